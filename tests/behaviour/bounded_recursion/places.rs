//! On which functions, and what has a count of its own.

use std::sync::Barrier;

use portcullis::{Violation, bounded_recursion};

use crate::common::code;

struct Walker {
    entered: u32,
}

impl Walker {
    #[bounded_recursion(max = 3)]
    fn by_mutable(&mut self, deeper: u32) -> Result<u32, Violation> {
        self.entered += 1;
        if deeper == 0 { Ok(self.entered) } else { self.by_mutable(deeper - 1) }
    }

    #[bounded_recursion(max = 3)]
    fn by_value(self, deeper: u32) -> Result<Self, Violation> {
        if deeper == 0 { Ok(self) } else { self.by_value(deeper - 1) }
    }

    #[bounded_recursion(max = 3)]
    fn by_box(self: Box<Self>, deeper: u32) -> Result<u32, Violation> {
        if deeper == 0 { Ok(self.entered) } else { self.by_box(deeper - 1) }
    }

    #[bounded_recursion(max = 3)]
    fn without_receiver(deeper: u32) -> Result<(), Violation> {
        if deeper == 0 { Ok(()) } else { Self::without_receiver(deeper - 1) }
    }
}

#[test]
fn methods() {
    let mut walker = Walker { entered: 0 };
    assert_eq!(walker.by_mutable(2).unwrap(), 3);
    assert_eq!(code(walker.by_mutable(3)), "recursion.depth");
    // What the refused call did before stays done.
    assert_eq!(walker.entered, 6);
    assert_eq!(walker.by_mutable(0).unwrap(), 7);

    let walker = walker.by_value(2).unwrap();
    assert_eq!(code(walker.by_value(3)), "recursion.depth");
    assert_eq!(Box::new(Walker { entered: 4 }).by_box(2).unwrap(), 4);
    assert_eq!(code(Box::new(Walker { entered: 4 }).by_box(3)), "recursion.depth");
    assert_eq!(Box::new(Walker { entered: 4 }).by_box(2).unwrap(), 4);
    Walker::without_receiver(2).unwrap();
    assert_eq!(code(Walker::without_receiver(3)), "recursion.depth");
    Walker::without_receiver(2).unwrap();
}

#[test]
fn all_objects_share_the_count_of_a_method() {
    struct List(Option<Box<List>>);
    impl List {
        #[bounded_recursion(max = 10)]
        fn length(&self) -> Result<u32, Violation> {
            self.0.as_ref().map_or(Ok(1), |rest| Ok(rest.length()? + 1))
        }
    }
    let list = |length| (1..length).fold(List(None), |rest, _| List(Some(Box::new(rest))));
    assert_eq!(list(10).length().unwrap(), 10);
    assert_eq!(code(list(11).length()), "recursion.depth");
    assert_eq!(list(10).length().unwrap(), 10);
}

trait Parse {
    fn parse(&self, deeper: u32) -> Result<u32, Violation>;
}

impl Parse for u8 {
    #[bounded_recursion(max = 2)]
    fn parse(&self, deeper: u32) -> Result<u32, Violation> {
        if deeper == 0 { Ok(0) } else { self.parse(deeper - 1) }
    }
}

impl Parse for u16 {
    #[bounded_recursion(max = 4)]
    fn parse(&self, deeper: u32) -> Result<u32, Violation> {
        if deeper == 0 { 1_u8.parse(1) } else { self.parse(deeper - 1) }
    }
}

#[test]
fn each_impl_of_a_trait_counts_for_itself() {
    assert_eq!(1_u8.parse(1).unwrap(), 0);
    assert_eq!(code(1_u8.parse(2)), "recursion.depth");
    assert_eq!(1_u16.parse(3).unwrap(), 0);
    assert_eq!(code(1_u16.parse(4)), "recursion.depth");
    assert_eq!(1_u8.parse(1).unwrap(), 0);
}

#[test]
fn all_instances_of_a_generic_function_share_one_count() {
    trait Nest {
        fn nest(deeper: u32) -> Result<u32, Violation>;
    }
    impl Nest for u8 {
        fn nest(deeper: u32) -> Result<u32, Violation> {
            enter::<u16>(deeper)
        }
    }
    impl Nest for u16 {
        fn nest(deeper: u32) -> Result<u32, Violation> {
            enter::<u8>(deeper)
        }
    }
    #[bounded_recursion(max = 5)]
    fn enter<T: Nest>(deeper: u32) -> Result<u32, Violation> {
        if deeper == 0 { Ok(0) } else { Ok(T::nest(deeper - 1)? + 1) }
    }
    assert_eq!(enter::<u8>(4).unwrap(), 4);
    assert_eq!(code(enter::<u8>(5)), "recursion.depth");
    assert_eq!(enter::<u16>(4).unwrap(), 4);
    assert_eq!(code(enter::<u16>(5)), "recursion.depth");
}

#[test]
fn a_nested_function_has_a_count_of_its_own() {
    #[bounded_recursion(max = 2)]
    fn outer(deeper: u32) -> Result<u32, Violation> {
        #[bounded_recursion(max = 4)]
        fn inner(deeper: u32) -> Result<u32, Violation> {
            if deeper == 0 { Ok(0) } else { Ok(inner(deeper - 1)? + 1) }
        }
        if deeper == 0 { inner(3) } else { outer(deeper - 1) }
    }
    assert_eq!(outer(1).unwrap(), 3);
    assert_eq!(code(outer(2)), "recursion.depth");
    assert_eq!(outer(1).unwrap(), 3);
}

#[test]
fn two_functions_that_call_each_other_are_bounded_by_the_tighter() {
    #[bounded_recursion(max = 3)]
    fn even(left: u32) -> Result<bool, Violation> {
        if left == 0 { Ok(true) } else { odd(left - 1) }
    }
    #[bounded_recursion(max = 64)]
    fn odd(left: u32) -> Result<bool, Violation> {
        if left == 0 { Ok(false) } else { even(left - 1) }
    }
    assert!(even(4).unwrap());
    assert!(!even(5).unwrap());
    assert_eq!(code(even(6)), "recursion.depth");
    assert!(even(4).unwrap());
}

#[test]
fn each_thread_counts_for_itself() {
    #[bounded_recursion(max = 4)]
    fn enter(deeper: u32, both: &Barrier) -> Result<u32, Violation> {
        if deeper == 0 {
            // Both threads stand at the bound now.
            both.wait();
            both.wait();
            return Ok(0);
        }
        Ok(enter(deeper - 1, both)? + 1)
    }
    let both = Barrier::new(2);
    std::thread::scope(|scope| {
        let other = scope.spawn(|| (enter(3, &both).unwrap(), code(enter(4, &both))));
        assert_eq!(enter(3, &both).unwrap(), 3);
        assert_eq!(code(enter(4, &both)), "recursion.depth");
        assert_eq!(other.join().unwrap(), (3, "recursion.depth"));
    });
}

#[test]
fn parameters_drop_after_the_level_is_left() {
    struct Again(u32);
    impl Drop for Again {
        fn drop(&mut self) {
            if self.0 > 0 {
                enter(Again(self.0 - 1)).unwrap();
            }
        }
    }
    // Recursion through the drop of a parameter is not inside the body, so it is no level: the same as plain code, which
    // has the parameters outlive the body.
    #[bounded_recursion(max = 1)]
    fn enter(_again: Again) -> Result<(), Violation> {
        Ok(())
    }
    enter(Again(5)).unwrap();
}

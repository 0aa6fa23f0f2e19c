//! The ways out and the ways in again.

use std::panic::{AssertUnwindSafe, catch_unwind};

use portcullis::{Violation, bounded_recursion};

use crate::common::{code, panic_of};

#[derive(Clone, Copy)]
enum Way {
    Question,
    Return,
    Panic,
    End,
}

#[bounded_recursion(max = 3)]
fn leave(deeper: u32, way: Way) -> Result<u32, Violation> {
    if deeper > 0 {
        return Ok(leave(deeper - 1, way)? + 1);
    }
    match way {
        Way::Question => Err(Violation::field("a", "b", "c"))?,
        Way::Return => return Ok(0),
        Way::Panic => panic!("on purpose"),
        Way::End => {}
    }
    Ok(0)
}

/// Only a count of nothing admits exactly the bound.
#[track_caller]
fn ensure_as_new() {
    assert_eq!(leave(2, Way::End).unwrap(), 2);
    assert_eq!(code(leave(3, Way::End)), "recursion.depth");
}

#[test]
fn after_every_way_out_the_count_is_what_it_was() {
    for _ in 0..5 {
        for deeper in 0..3 {
            assert_eq!(code(leave(deeper, Way::Question)), "input.custom");
            ensure_as_new();
            leave(deeper, Way::Return).unwrap();
            ensure_as_new();
            assert_eq!(panic_of(|| leave(deeper, Way::Panic)), "on purpose");
            ensure_as_new();
        }
    }
}

#[test]
fn a_panic_that_is_caught_half_way_up_leaves_the_levels_above_counted() {
    #[bounded_recursion(max = 4)]
    fn walk(deeper: u32, panics: bool) -> Result<u32, Violation> {
        match deeper {
            0 if panics => panic!("at the bottom"),
            0 => Ok(0),
            10 => {
                let caught = catch_unwind(AssertUnwindSafe(|| walk(2, panics)));
                assert_eq!(caught.is_err(), panics);
                // This level is still entered, so three more are left.
                assert_eq!(walk(2, false).unwrap(), 2);
                assert_eq!(code(walk(3, false)), "recursion.depth");
                Ok(3)
            }
            _ => Ok(walk(deeper - 1, panics)? + 1),
        }
    }
    for panics in [true, false, true] {
        assert_eq!(walk(10, panics).unwrap(), 3);
    }
}

#[test]
fn a_sibling_call_does_not_add_up() {
    #[bounded_recursion(max = 6)]
    fn tree(deeper: u32) -> Result<u32, Violation> {
        if deeper == 0 { Ok(1) } else { Ok(tree(deeper - 1)? + tree(deeper - 1)?) }
    }
    assert_eq!(tree(5).unwrap(), 32);
    assert_eq!(code(tree(6)), "recursion.depth");
    assert_eq!(tree(5).unwrap(), 32);
}

#[test]
fn through_a_closure() {
    #[bounded_recursion(max = 3)]
    fn enter(deeper: u32) -> Result<u32, Violation> {
        let again = |deeper: u32| enter(deeper);
        if deeper == 0 { Ok(0) } else { Ok(again(deeper - 1)? + 1) }
    }
    assert_eq!(enter(2).unwrap(), 2);
    assert_eq!(code(enter(3)), "recursion.depth");
    assert_eq!(enter(2).unwrap(), 2);
}

#[test]
fn through_a_function_pointer() {
    type Step = fn(u32, Pointer) -> Result<u32, Violation>;
    #[derive(Clone, Copy)]
    struct Pointer(Step);
    #[bounded_recursion(max = 3)]
    fn enter(deeper: u32, next: Pointer) -> Result<u32, Violation> {
        if deeper == 0 { Ok(0) } else { Ok((next.0)(deeper - 1, next)? + 1) }
    }
    assert_eq!(enter(2, Pointer(enter)).unwrap(), 2);
    assert_eq!(code(enter(3, Pointer(enter))), "recursion.depth");
    assert_eq!(enter(2, Pointer(enter)).unwrap(), 2);
}

#[test]
fn through_a_trait_object() {
    trait Visit {
        fn visit(&self, deeper: u32, other: &dyn Visit) -> Result<u32, Violation>;
    }
    struct Node;
    impl Visit for Node {
        #[bounded_recursion(max = 3)]
        fn visit(&self, deeper: u32, other: &dyn Visit) -> Result<u32, Violation> {
            if deeper == 0 { Ok(0) } else { Ok(other.visit(deeper - 1, self)? + 1) }
        }
    }
    assert_eq!(Node.visit(2, &Node).unwrap(), 2);
    assert_eq!(code(Node.visit(3, &Node)), "recursion.depth");
    assert_eq!(Node.visit(2, &Node).unwrap(), 2);
}

#[test]
fn through_a_callback_of_foreign_code() {
    #[bounded_recursion(max = 3)]
    fn enter(deeper: u32) -> Result<u32, Violation> {
        if deeper == 0 {
            return Ok(0);
        }
        let mut inside = Ok(0);
        let mut both = [2, 1];
        // The standard library calls back, once for two elements.
        both.sort_by(|left, right| {
            inside = enter(deeper - 1);
            left.cmp(right)
        });
        Ok(inside? + 1)
    }
    assert_eq!(enter(2).unwrap(), 2);
    assert_eq!(code(enter(3)), "recursion.depth");
    assert_eq!(enter(2).unwrap(), 2);
}

#[test]
fn through_a_drop() {
    struct Again(u32);
    impl Drop for Again {
        fn drop(&mut self) {
            if self.0 > 0 {
                let _ = enter(self.0 - 1);
            }
        }
    }
    #[bounded_recursion(max = 3)]
    fn enter(deeper: u32) -> Result<(), Violation> {
        ENTERED.with(|entered| entered.set(entered.get() + 1));
        let _again = Again(deeper);
        Ok(())
    }
    thread_local! {
        static ENTERED: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
    }
    for _ in 0..2 {
        enter(100).unwrap();
        assert_eq!(ENTERED.take(), 3);
    }
}

#[test]
fn what_a_call_returns_holds_no_level() {
    // An iterator that is made inside and read outside: it holds no level.
    #[bounded_recursion(max = 2, or(panic))]
    fn numbers(deeper: u32) -> Box<dyn Iterator<Item = u32>> {
        if deeper == 0 { Box::new(0..3) } else { Box::new(numbers(deeper - 1).chain(0..1)) }
    }
    let (first, second) = (numbers(1), numbers(1));
    assert_eq!(first.count(), 4);
    assert_eq!(numbers(1).count(), 4);
    assert_eq!(second.count(), 4);
}

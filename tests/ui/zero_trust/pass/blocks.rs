//! What the rules of blocks have nothing to say about.

#![deny(warnings)]

use portcullis::zero_trust;

#[zero_trust]
mod bounds_that_may_do_something {
    use portcullis::{Violation, bounded_recursion};

    pub trait Step {
        fn step(&self) -> Result<u32, Violation>;
    }

    #[bounded_recursion(max = 8)]
    pub fn by_dyn(#[trusted(reason = "the server's own")] step: &dyn Step) -> Result<u32, Violation> {
        step.step()
    }
    #[bounded_recursion(max = 8)]
    pub fn by_pointer(#[trusted(reason = "the server's own")] step: fn(u32) -> u32) -> Result<u32, Violation> {
        Ok(step(1))
    }
    #[bounded_recursion(max = 8)]
    pub fn by_closure(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
        let next = |n| n;
        Ok(next(n))
    }
    #[bounded_recursion(max = 8)]
    pub fn by_the_outside(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
        super::outside(n)
    }
    #[bounded_recursion(max = 8)]
    pub fn by_formatting(#[trusted(reason = "the server's own")] n: &dyn std::fmt::Display) -> Result<String, Violation> {
        Ok(format!("{n}"))
    }
    #[bounded_recursion(max = 8)]
    pub fn by_another(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
        by_the_outside(n)
    }
    #[bounded_recursion(max = 8)]
    pub fn by_itself(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
        if n == 0 { Ok(0) } else { by_itself(n - 1) }
    }
}

fn outside(n: u32) -> Result<u32, portcullis::Violation> {
    if n == 0 { Ok(0) } else { bounds_that_may_do_something::by_the_outside(n - 1) }
}

#[zero_trust(bounded_recursion(max = 8))]
mod a_bound_for_all {
    use portcullis::Violation;

    pub fn ping(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
        if n == 0 { Ok(0) } else { pong(n - 1) }
    }
    fn pong(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
        if n == 0 { Ok(0) } else { ping(n - 1) }
    }
    pub fn alone(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
        Ok(n)
    }
}

#[zero_trust]
mod no_input_without_end {
    use portcullis::Violation;

    pub struct Tree {
        pub children: Vec<Tree>,
    }
    pub struct Node<'a> {
        pub parent: Option<&'a Node<'a>>,
    }
    pub struct Flat {
        pub at: u32,
    }
    pub struct Holder {
        pub of: std::marker::PhantomData<Holder>,
        pub next: fn(Holder) -> Holder,
    }

    impl Tree {
        pub fn count(&self) -> Result<usize, Violation> {
            let mut count = 1;
            for child in &self.children {
                count += child.count()?;
            }
            Ok(count)
        }
    }
    pub fn own(#[trusted(reason = "the server's own")] tree: &Tree) -> Result<usize, Violation> {
        tree.count()
    }
    pub fn excused(
        #[portcullis::allow(recursion, reason = "the parser stops at 16 levels")]
        #[check(custom = always)]
        tree: Tree,
    ) -> Result<usize, Violation> {
        tree.count()
    }
    #[portcullis::allow(recursion, reason = "the parser stops at 16 levels")]
    pub fn excused_whole(#[check(custom = always)] tree: Tree) -> Result<usize, Violation> {
        tree.count()
    }
    pub fn others(
        #[check(custom = any)] node: &Node<'_>,
        #[check(custom = any)] flat: Flat,
        #[check(custom = any)] holder: &Holder,
    ) -> Result<u32, Violation> {
        let _ = (node.parent.is_some(), holder.of, holder.next);
        Ok(flat.at)
    }
    #[zero_trust(skip, reason = "it is the check itself")]
    fn always(_: &Tree) -> Result<(), portcullis::validator::ValidationError> {
        Ok(())
    }
    #[zero_trust(skip, reason = "it is the check itself")]
    fn any<T>(_: &T) -> Result<(), portcullis::validator::ValidationError> {
        Ok(())
    }
    #[zero_trust(skip, reason = "plants no tree of a client's")]
    pub fn left_out(tree: Tree) -> usize {
        tree.children.len()
    }
    use super::zero_trust;
}

/// Each block says what is in it, once.
#[zero_trust]
mod outer {
    use super::zero_trust;
    use portcullis::Violation;

    #[zero_trust(bounded_recursion(max = 4))]
    pub mod inner {
        use portcullis::Violation;

        pub fn ping(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
            if n == 0 { super::pong(n) } else { super::pong(n - 1) }
        }
    }
    pub fn pong(#[check(range(max = 9))] n: u32) -> Result<u32, Violation> {
        if n == 0 { Ok(0) } else { inner::ping(n - 1) }
    }
    #[zero_trust(skip, reason = "shown to no client at all")]
    pub mod helpers {
        pub fn plain(#[trusted(reason = "of no use where it is left out")] n: u32) -> u32 {
            n
        }
    }
}

fn main() {
    use no_input_without_end::*;
    struct One;
    impl bounds_that_may_do_something::Step for One {
        fn step(&self) -> Result<u32, portcullis::Violation> {
            Ok(1)
        }
    }
    let _ = bounds_that_may_do_something::by_dyn(&One);
    let _ = bounds_that_may_do_something::by_pointer(|n| n);
    let _ = bounds_that_may_do_something::by_closure(1);
    let _ = bounds_that_may_do_something::by_formatting(&1);
    let _ = bounds_that_may_do_something::by_another(1);
    let _ = bounds_that_may_do_something::by_itself(1);
    let _ = (a_bound_for_all::ping(1), a_bound_for_all::alone(1));
    let tree = || Tree { children: Vec::new() };
    let _ = (own(&tree()), excused(tree()), excused_whole(tree()), left_out(tree()));
    let holder = Holder { of: std::marker::PhantomData, next: |holder| holder };
    let _ = others(&Node { parent: None }, Flat { at: 1 }, &holder);
    let _ = (outer::inner::ping(1), outer::pong(1), outer::helpers::plain(1));
}

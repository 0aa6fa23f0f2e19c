//! Exits that come before a body can call anything are not counted below them (`macros/src/leaf.rs`), and what only looks like
//! one is. Each of the latter would run out of stack.

#![allow(
    clippy::needless_else,
    clippy::needless_pass_by_value,
    clippy::single_match,
    clippy::unnecessary_operation,
    clippy::unused_unit,
    reason = "what it drops, and where, is what is tested"
)]

use std::cmp::Ordering;
use std::ops::Deref;

use portcullis::{Violation, bounded_recursion};

use crate::common::code;

#[test]
fn the_bound_counts_a_leaf_as_any_call() {
    #[bounded_recursion(max = 10)]
    fn by_if(n: u32) -> Result<u32, Violation> {
        if n == 0 { Ok(0) } else { Ok(by_if(n - 1)? + 1) }
    }

    #[bounded_recursion(max = 10)]
    fn by_return(n: u32) -> Result<u32, Violation> {
        if n == 0 {
            return Ok(0);
        }
        let deeper = by_return(n - 1)?;
        Ok(deeper + 1)
    }

    #[bounded_recursion(max = 10)]
    fn by_match(n: u32, sign: bool) -> Result<u32, Violation> {
        match n {
            0 if sign => Ok(0),
            0 => Err(Violation::field("n", "sign", "has none")),
            1..=u32::MAX => Ok(by_match(n - 1, sign)? + 1),
        }
    }

    #[bounded_recursion(max = 10)]
    fn by_negation(n: u32) -> Result<u32, Violation> {
        if n != 0 {
            return by_negation(n - 1).map(|deeper| deeper + 1);
        }
        Ok(0)
    }

    for _ in 0..3 {
        assert_eq!(by_if(9).unwrap(), 9);
        assert_eq!(code(by_if(10)), "recursion.depth");
        assert_eq!(by_return(9).unwrap(), 9);
        assert_eq!(code(by_return(10)), "recursion.depth");
        assert_eq!(by_match(9, true).unwrap(), 9);
        assert_eq!(code(by_match(9, false)), "input.custom");
        assert_eq!(code(by_match(10, true)), "recursion.depth");
        assert_eq!(by_negation(9).unwrap(), 9);
        assert_eq!(code(by_negation(10)), "recursion.depth");
    }
}

#[test]
fn a_tree_whose_leaves_are_as_deep_as_the_bound() {
    enum Tree {
        Leaf,
        Node(Vec<Tree>),
    }

    fn tree(levels: u32) -> Tree {
        if levels == 0 { Tree::Leaf } else { Tree::Node(vec![tree(levels - 1), tree(levels - 1)]) }
    }

    #[bounded_recursion(max = 8)]
    fn leaves(tree: &Tree) -> Result<u32, Violation> {
        match tree {
            Tree::Leaf => Ok(1),
            Tree::Node(trees) => trees.iter().map(leaves).sum(),
        }
    }

    assert_eq!(leaves(&tree(7)).unwrap(), 128);
    assert_eq!(code(leaves(&tree(8))), "recursion.depth");
    assert_eq!(leaves(&tree(7)).unwrap(), 128);
}

/// Comparing it goes on.
#[derive(Clone, Copy)]
struct Compared(u64);

impl PartialEq<u64> for Compared {
    fn eq(&self, other: &u64) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd<u64> for Compared {
    fn partial_cmp(&self, other: &u64) -> Option<Ordering> {
        compare(Self(self.0 + 1)).ok()?;
        self.0.partial_cmp(other)
    }
}

#[bounded_recursion(max = 20)]
fn compare(n: Compared) -> Result<u64, Violation> {
    if n < 2 {
        return Ok(0);
    }
    Ok(1)
}

/// Comparing it goes on too.
#[derive(Clone, Copy)]
struct AtTheEnd(u64);

impl PartialEq<u64> for AtTheEnd {
    fn eq(&self, other: &u64) -> bool {
        compare_at_the_end(*self).is_ok() && self.0 == *other
    }
}

#[bounded_recursion(max = 20)]
fn compare_at_the_end(n: AtTheEnd) -> Result<u64, Violation> {
    if n == 2 { Ok(0) } else { Ok(u64::from(String::new().is_empty())) }
}

#[test]
fn an_operator_of_ones_own_is_a_call() {
    assert_eq!(compare(Compared(5)).unwrap(), 1);
    assert_eq!(compare_at_the_end(AtTheEnd(5)).unwrap(), 1);
}

#[test]
fn each_of_two_ways_on_is_counted() {
    #[bounded_recursion(max = 20, or(return 7))]
    fn by_both(n: u32) -> u32 {
        if n > 5 { by_both(n - 1) } else { by_both(5) }
    }

    assert_eq!((by_both(9), by_both(0)), (7, 7));
}

#[test]
fn what_comes_before_the_last_statement_is_counted() {
    #[bounded_recursion(max = 20)]
    fn first(n: u32) -> Result<u32, Violation> {
        let below = first(n + 1).unwrap_or(0);
        if n == 0 { Ok(0) } else { Ok(below.max(1)) }
    }

    assert_eq!((first(0).unwrap(), first(1).unwrap()), (0, 1));
}

/// A parameter of a type parameter that is called as a primitive type is.
#[bounded_recursion(max = 20)]
#[allow(non_camel_case_types, clippy::builtin_type_shadow, reason = "on purpose")]
fn by_name<u64: PartialOrd<i32> + Copy>(n: u64) -> Result<i32, Violation> {
    if n < 2 { Ok(0) } else { Ok(i32::from(String::new().is_empty())) }
}

struct Again;

impl PartialEq<i32> for Again {
    fn eq(&self, _: &i32) -> bool {
        false
    }
}

impl PartialOrd<i32> for Again {
    fn partial_cmp(&self, _: &i32) -> Option<Ordering> {
        by_name(&Again).is_ok().then_some(Ordering::Greater)
    }
}

impl PartialEq<i32> for &Again {
    fn eq(&self, _: &i32) -> bool {
        false
    }
}

impl PartialOrd<i32> for &Again {
    fn partial_cmp(&self, other: &i32) -> Option<Ordering> {
        Again.partial_cmp(other)
    }
}

#[test]
fn a_type_parameter_is_no_primitive_type() {
    assert_eq!(by_name(&Again).unwrap(), 1);
}

/// Dropping it goes on.
struct Dropped;

impl Drop for Dropped {
    fn drop(&mut self) {
        let _ = in_arm(Some(Dropped));
    }
}

#[bounded_recursion(max = 20, or(return forget(dropped)))]
fn in_arm(dropped: Option<Dropped>) -> bool {
    match dropped {
        Some(_dropped) => true,
        None => String::new().is_empty(),
    }
}

fn forget(dropped: Option<Dropped>) -> bool {
    std::mem::forget(dropped);
    false
}

#[test]
fn what_a_pattern_binds_is_dropped() {
    assert!(in_arm(Some(Dropped)));
}

#[test]
fn what_a_statement_drops_is_dropped_by_a_call() {
    enum Again {
        Once,
    }

    impl Drop for Again {
        fn drop(&mut self) {
            let _ = discard(0);
        }
    }

    #[bounded_recursion(max = 20, or(return false))]
    fn discard(n: u32) -> bool {
        if n == 0 {
            Some(Again::Once);
        }
        true
    }

    #[bounded_recursion(max = 20, or(return()))]
    fn choose(n: u32) {
        if n == 0 {
            drop(Some(Again::Once));
        } else {
        }
    }

    assert!(discard(0));
    choose(0);
}

#[test]
fn what_an_arm_owns_is_dropped_within_the_call() {
    struct Node {
        next: Option<Box<Node>>,
    }

    thread_local! {
        static DEEPEST: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
        static LEVEL: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
    }

    impl Drop for Node {
        fn drop(&mut self) {
            LEVEL.set(LEVEL.get() + 1);
            DEEPEST.set(DEEPEST.get().max(LEVEL.get()));
            release(self.next.take());
            LEVEL.set(LEVEL.get() - 1);
        }
    }

    #[bounded_recursion(max = 20, or(return std::mem::forget(node)))]
    fn release(node: Option<Box<Node>>) {
        match node {
            Some(_node) => {}
            _ => {}
        }
    }

    let list = (0..1_000).fold(None, |next, _| Some(Box::new(Node { next })));
    release(list);
    assert_eq!(DEEPEST.get(), 20);
}

#[test]
fn a_name_may_mean_something_else_further_down() {
    struct Not;

    impl PartialEq<i32> for Not {
        fn eq(&self, _: &i32) -> bool {
            bound(Some(Not), 0) == 7
        }
    }

    #[bounded_recursion(max = 20, or(return 7))]
    fn bound(not: Option<Not>, n: u32) -> u32 {
        match not {
            Some(n) => {
                if n == 0 {
                    return 1;
                }
                u32::from(String::new().is_empty())
            }
            None => n,
        }
    }

    struct Other;

    impl PartialEq<i32> for Other {
        fn eq(&self, _: &i32) -> bool {
            item(3) == 7
        }
    }

    #[bounded_recursion(max = 20, or(return 7))]
    #[allow(unused_variables, non_upper_case_globals, reason = "on purpose")]
    fn item(n: u32) -> u32 {
        if n == 0 {
            return 1;
        }
        const n: Other = Other;
        0
    }

    #[bounded_recursion(max = 20, or(return Err(n)))]
    #[allow(non_snake_case, reason = "on purpose")]
    fn function(n: u32) -> Result<u32, u32> {
        if n == 0 {
            return Ok(n);
        }
        fn Ok(n: u32) -> Result<u32, u32> {
            function(n)
        }
        Err(0)
    }

    assert_eq!(bound(Some(Not), 0), 1);
    // The last of 20 is refused, the one before it finds its answer, the next one does not.
    assert_eq!(item(3), 0);
    assert_eq!((function(1), function(0)), (Err(0), Err(0)));
}

/// With what it may name still there: nothing is moved or bound before it.
#[test]
fn the_key_and_the_answer_are_those_of_the_call() {
    enum Tree {
        Leaf,
        Node(u64, Box<Tree>),
    }

    #[bounded_recursion(mode = both, max = 3, key = id, or(return refused(tree, violation)))]
    fn keyed(tree: Tree, id: u64) -> Result<u64, String> {
        match tree {
            Tree::Leaf => Ok(id),
            Tree::Node(id, below) => keyed(*below, id + 1_000),
        }
    }

    fn refused(tree: Tree, violation: Violation) -> Result<u64, String> {
        drop(tree);
        Err(violation.internal().key().unwrap_or_default().to_owned())
    }

    let tree = |levels: u64| (0..levels).fold(Tree::Leaf, |below, id| Tree::Node(id, Box::new(below)));
    assert_eq!(keyed(tree(2), 7), Ok(1_000));
    assert_eq!(keyed(tree(5), 7), Err("1002".to_owned()));
}

/// A call that does not go further down finds its group on the thread's list already.
#[test]
fn a_group_is_listed_once() {
    #[bounded_recursion(max = 2)]
    fn walk(n: u32, job: Option<&dyn Fn()>) -> Result<u32, Violation> {
        if n == 0 {
            return Ok(0);
        }
        if n == 1 {
            job.unwrap()();
            return Ok(1);
        }
        walk(n - 1, job)
    }

    let (jobs, pool) = std::sync::mpsc::channel::<Box<dyn FnOnce() + Send>>();
    let worker = std::thread::spawn(move || {
        for job in pool {
            job();
        }
        // Outside of everything.
        walk(0, None)
    });
    for _ in 0..3 {
        walk(0, None).unwrap();
    }
    let send = || {
        let job = portcullis::carry_call(|| assert_eq!(code(walk(0, None)), "recursion.depth"));
        jobs.send(Box::new(job)).unwrap();
    };
    walk(2, Some(&send)).unwrap();
    drop(jobs);
    assert_eq!(worker.join().unwrap().unwrap(), 0);
}

struct Referring(u64);

impl Deref for Referring {
    type Target = u64;

    fn deref(&self) -> &u64 {
        static REFUSED: u64 = 0;
        shorter(self, 0).unwrap_or(&REFUSED)
    }
}

#[bounded_recursion(max = 20, or(return None))]
fn shorter(of: &Referring, left: u32) -> Option<&u64> {
    if left == 0 { Some(of) } else { None }
}

#[bounded_recursion(max = 20, or(return &of.0))]
fn plainly(of: &Referring, left: u32) -> &u64 {
    if left == 0 {
        return of;
    }
    &of.0
}

#[test]
fn what_is_returned_may_be_converted_by_a_call() {
    struct Pointing;

    impl Deref for Pointing {
        type Target = u64;

        fn deref(&self) -> &u64 {
            static REFUSED: u64 = 0;
            by_constant(0).unwrap_or(&REFUSED)
        }
    }

    #[allow(non_upper_case_globals, reason = "on purpose")]
    const Refer: &Pointing = &Pointing;

    #[bounded_recursion(max = 20, or(return None))]
    fn by_constant(n: u32) -> Option<&'static u64> {
        if n == 0 {
            return Some(Refer);
        }
        None
    }

    assert_eq!(by_constant(0), Some(&0));
    assert_eq!(shorter(&Referring(7), 0), Some(&0));
    assert_eq!(plainly(&Referring(7), 0), &0);
}

#[test]
fn a_guard_and_a_macro_are_calls() {
    #[bounded_recursion(max = 20, or(return true))]
    fn guarded(n: u32) -> bool {
        match n {
            0 if guarded(0) => n == 1,
            _ => n == 0 && String::new().is_empty(),
        }
    }

    macro_rules! again {
        () => {
            expanded(0)
        };
    }

    #[bounded_recursion(max = 20, or(return 7))]
    fn expanded(n: u32) -> u32 {
        if n == 0 { again!() } else { 0 }
    }

    assert!(!guarded(1));
    // Of 20 guards the last was refused.
    assert!(guarded(0));
    assert_eq!(expanded(0), 7);
}

#[test]
fn a_choice_that_is_taken_away_takes_no_count_along() {
    #[bounded_recursion(max = 20, or(return 7))]
    fn goes_on(n: u32) -> u32 {
        #[cfg(any())]
        if n == 0 {
            return 0;
        }
        goes_on(n)
    }

    assert_eq!(goes_on(0), 7);
}

#[test]
fn with_the_stack_a_leaf_is_not_asked() {
    #[bounded_recursion(mode = stack)]
    fn down(n: u64) -> Result<u64, Violation> {
        if n == 0 { Ok(0) } else { Ok(down(n - 1)? + 1) }
    }

    assert_eq!(down(1_000).unwrap(), 1_000);
    assert_eq!(code(down(u64::MAX)), "recursion.stack");
    assert_eq!(down(1_000).unwrap(), 1_000);
}

//! Each node drops once, also when the drop of one panics.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use portcullis::{TakeApart, drop_iteratively};

/// Counts its drops, and panics at one of them.
struct Counted<'a> {
    drops: &'a Cell<u32>,
    panics_at: u32,
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.drops.set(self.drops.get() + 1);
        if self.drops.get() == self.panics_at {
            std::panic::resume_unwind(Box::new("on purpose"));
        }
    }
}

#[derive(TakeApart)]
struct Tree<'a> {
    counted: Counted<'a>,
    children: Vec<Tree<'a>>,
    more: Option<Box<Tree<'a>>>,
}

/// A tree of 2^levels - 1 nodes.
fn tree(levels: u32, drops: &Cell<u32>, panics_at: u32) -> Tree<'_> {
    let child = || (levels > 1).then(|| tree(levels - 1, drops, panics_at));
    Tree { counted: Counted { drops, panics_at }, children: child().into_iter().collect(), more: child().map(Box::new) }
}

#[test]
fn each_node_once() {
    let drops = Cell::new(0);
    drop_iteratively(tree(12, &drops, 0));
    assert_eq!(drops.get(), 4_095);
}

#[test]
fn the_others_drop_when_one_panics() {
    for panics_at in [1, 2, 100, 1_023] {
        let drops = Cell::new(0);
        let caught = catch_unwind(AssertUnwindSafe(|| drop_iteratively(tree(10, &drops, panics_at))));
        assert!(caught.is_err());
        assert_eq!(drops.get(), 1_023);
    }
}

#[test]
fn what_is_shared_stays() {
    #[derive(TakeApart)]
    struct Node<'a>(Counted<'a>, Option<Rc<Node<'a>>>);
    let drops = Cell::new(0);
    let counted = || Counted { drops: &drops, panics_at: 0 };
    let shared = Rc::new(Node(counted(), Some(Rc::new(Node(counted(), None)))));
    drop_iteratively(Node(counted(), Some(Rc::clone(&shared))));
    assert_eq!(drops.get(), 1);
    drop_iteratively(shared);
    assert_eq!(drops.get(), 3);
}

#[test]
fn by_its_own_drop_once_too() {
    #[derive(TakeApart)]
    #[take_apart(drop)]
    struct Node<'a> {
        counted: Counted<'a>,
        children: Vec<Node<'a>>,
    }
    fn node<'a>(levels: u32, drops: &'a Cell<u32>) -> Node<'a> {
        let children = if levels == 0 { Vec::new() } else { vec![node(levels - 1, drops), node(levels - 1, drops)] };
        Node { counted: Counted { drops, panics_at: 0 }, children }
    }
    let drops = Cell::new(0);
    drop(node(9, &drops));
    assert_eq!(drops.get(), 1_023);
    let mut kept = node(9, &drops);
    drops.set(0);
    // A part can still be taken out by reference.
    let taken = std::mem::take(&mut kept.children);
    drop(kept);
    assert_eq!(drops.get(), 1);
    drop_iteratively(taken);
    assert_eq!(drops.get(), 1_023);
}

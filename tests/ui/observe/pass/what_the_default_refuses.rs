//! Each of these does not compile at the default level, and is what it was under `observe`.

#![deny(warnings)]
#![allow(dead_code, reason = "compiled, not all called")]

use std::future::Future;

use portcullis::zero_trust;

struct Opaque(u8);

// PC0007: nothing to carry a violation. PC0101, PC0102: no rules.
#[zero_trust(observe)]
fn nothing(list: &mut [u8], at: usize, opaque: Opaque, name: &str) {
    list[at] += opaque.0;
    let _ = name;
}

// PC0008: what runs before the future, and a future that is made elsewhere.
#[zero_trust(observe, bounded_steps(max = 9), deadline("2s"), shed_load(memory = "85%"), bounded_concurrency(max = 9))]
fn before(a: u32) -> impl Future<Output = u32> {
    let b = a + 1;
    async move { b + 1 }
}

#[zero_trust(observe, bounded_steps(max = 9), deadline("2s"), shed_load(memory = "85%"), bounded_concurrency(max = 9))]
fn elsewhere(a: u32) -> impl Future<Output = u32> {
    before(a)
}

// PC0010.
#[track_caller]
#[zero_trust(observe)]
fn tracked(a: Option<u32>) -> u32 {
    a.unwrap()
}

// PC0021, PC0022.
#[zero_trust(observe, bounded_steps(max = 9))]
fn beside_unsafe(list: &[u32]) -> u8 {
    let mut sum = 0;
    for at in 0..list.len() {
        // SAFETY: `at` is below the length.
        sum += unsafe { *list.get_unchecked(at) };
    }
    sum as u8
}

// PC0301 to PC0306.
#[zero_trust(observe)]
fn surely(#[check(range(min = 1, max = 86_400))] secs: i32, #[check(range(max = 9))] at: usize) -> i32 {
    let cards = [1, 2, 3];
    if secs > 0 { secs * 1_000_000 / cards[at] } else { 0 }
}

// PC0201, PC0204.
struct Tree(Vec<Tree>);

#[zero_trust(observe, without(bounded_recursion))]
mod block {
    use super::Tree;

    pub(super) fn count(tree: &Tree) -> usize {
        1 + tree.0.iter().map(inner).sum::<usize>()
    }

    fn inner(tree: &Tree) -> usize {
        count(tree)
    }
}

// PC0009.
#[zero_trust(observe, or(return a))]
fn shadowed(a: u32) -> u32 {
    let a = a + 1;
    a
}

// The list is moved, and an element of it is borrowed for longer than the call.
#[zero_trust(observe)]
fn generic<'a, T: Clone, const N: usize>(list: &'a [T; N], at: usize, mut other: Vec<T>) -> (&'a T, Vec<T>) {
    other[at] = list[at].clone();
    (&list[at], other)
}

trait Service {
    fn call(&self, at: usize) -> u8;
}

#[zero_trust(observe)]
impl Service for Opaque {
    fn call(&self, at: usize) -> u8 {
        [self.0][at]
    }
}

fn main() {
    let mut list = [1];
    nothing(&mut list, 0, Opaque(1), "x");
    assert_eq!((list[0], tracked(Some(1)), beside_unsafe(&[300, 1]), shadowed(1)), (2, 1, 45, 2));
    assert_eq!((surely(10, 1), block::count(&Tree(vec![Tree(vec![])])), Opaque(7).call(0)), (5_000_000, 2, 7));
    assert_eq!(generic(&[1, 2], 1, vec![0, 0]), (&2, vec![0, 2]));
}

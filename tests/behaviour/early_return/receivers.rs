//! Methods: whatever the receiver is, the boundary takes it along and gives back what it lent.

use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;

use portcullis::{Violation, checked_arithmetic, checked_indexing, zero_trust};

use crate::common::{Later, code, run};

#[derive(Clone, Debug, Default, PartialEq)]
struct Bag {
    items: Vec<u8>,
    name: String,
    refusals: u8,
}

impl Bag {
    fn of(items: &[u8]) -> Self {
        Self { items: items.to_vec(), name: "bag".to_owned(), refusals: 0 }
    }

    #[checked_arithmetic]
    fn shared(&self, by: u8) -> Result<u8, Violation> {
        Ok(self.items.iter().fold(by, |sum, x| sum + x))
    }

    #[checked_arithmetic]
    #[checked_indexing]
    fn lent(&mut self, by: u8) -> Result<&mut u8, Violation> {
        self.items.iter_mut().for_each(|x| *x += by);
        let last = || self.items.len() - 1;
        let last = last();
        Ok(&mut self.items[last])
    }

    #[checked_arithmetic]
    fn named<'a>(&'a self, other: &'a str, by: u8) -> Result<&'a str, Violation> {
        Ok(if self.items.iter().any(|x| x + by > 9) { &self.name } else { other })
    }

    #[checked_arithmetic]
    fn owned(self, by: u8) -> Result<Vec<u8>, Violation> {
        Ok(self.items.into_iter().map(|x| x + by).collect())
    }

    #[checked_arithmetic]
    fn changed(mut self, by: u8) -> Result<Self, Violation> {
        self.items.iter_mut().for_each(|x| *x += by);
        self.items.push(by);
        Ok(self)
    }

    #[checked_arithmetic]
    fn boxed(mut self: Box<Self>, by: u8) -> Result<Box<Self>, Violation> {
        self.items = self.items.iter().map(|x| x + by).collect();
        Ok(self)
    }

    #[checked_arithmetic]
    fn counted(self: &Rc<Self>, other: Arc<Self>, by: u8) -> Result<Rc<Self>, Violation> {
        let sum = self.items.iter().chain(&other.items).fold(by, |sum, x| sum + x);
        Ok(if sum == 0 { Rc::default() } else { self.clone() })
    }

    #[checked_arithmetic]
    fn pinned(mut self: Pin<&mut Self>, by: u8) -> Result<Pin<&mut Self>, Violation> {
        let sum = self.items.iter().fold(by, |sum, x| sum + x);
        self.as_mut().get_mut().items.push(sum);
        Ok(self)
    }

    #[checked_arithmetic]
    async fn later(&mut self, by: u8) -> Result<&mut Vec<u8>, Violation> {
        Later::default().await;
        self.items.iter_mut().for_each(|x| *x += by);
        Later::default().await;
        Ok(&mut self.items)
    }

    #[checked_arithmetic(or(return (self.items.len(), by, violation.code())))]
    fn seen(&self, by: u8) -> (usize, u8, &'static str) {
        let sum = self.items.iter().fold(by, |sum, x| sum + x);
        (0, sum, "fine")
    }

    #[zero_trust]
    fn all(&mut self, #[check(range(max = 254))] by: u8) -> Result<&[u8], Violation> {
        self.items.iter_mut().for_each(|x| *x += by);
        Ok(&self.items[[0_usize].map(|at| at + 1)[0]..])
    }
}

#[test]
fn every_kind_of_receiver() {
    let (good, bad) = (Bag::of(&[1, 2]), Bag::of(&[1, 255]));
    assert_eq!(good.shared(1).unwrap(), 4);
    assert_eq!(code(bad.shared(1)), "arithmetic.overflow");
    assert_eq!([good.named("other", 1).unwrap(), good.named("other", 8).unwrap()], ["other", "bag"]);
    assert_eq!(code(bad.named("other", 1)), "arithmetic.overflow");
    assert_eq!(good.clone().owned(1).unwrap(), [2, 3]);
    assert_eq!(code(bad.clone().owned(1)), "arithmetic.overflow");
    assert_eq!(good.clone().changed(1).unwrap().items, [2, 3, 1]);
    assert_eq!(code(bad.clone().changed(1)), "arithmetic.overflow");
    assert_eq!(Box::new(good.clone()).boxed(1).unwrap().items, [2, 3]);
    assert_eq!(code(Box::new(bad.clone()).boxed(1)), "arithmetic.overflow");
    let (rc, arc) = (Rc::new(good.clone()), Arc::new(good.clone()));
    assert_eq!(*rc.counted(arc.clone(), 1).unwrap(), good);
    assert_eq!(code(rc.counted(arc.clone(), 250)), "arithmetic.overflow");
    assert_eq!((Rc::strong_count(&rc), Arc::strong_count(&arc)), (1, 1));
    assert_eq!(good.seen(1), (0, 4, "fine"));
    assert_eq!(bad.seen(7), (2, 7, "arithmetic.overflow"));
}

#[test]
fn what_is_borrowed_through_a_mutable_receiver_is_free_after_a_refusal() {
    let mut bag = Bag::of(&[1, 2]);
    *bag.lent(1).unwrap() += 1;
    assert_eq!(code(bag.lent(252)), "arithmetic.overflow");
    assert_eq!(bag.items, [254, 4], "a refusal undoes nothing");
    assert_eq!(code(Bag::default().lent(1)), "arithmetic.overflow");

    let mut bag = Bag::of(&[1, 2]);
    run(bag.later(1)).unwrap().push(9);
    assert_eq!(code(run(bag.later(250))), "arithmetic.overflow");
    assert_eq!(bag.items.len(), 3);

    let mut bag = Bag::of(&[1, 2]);
    assert_eq!(bag.all(1).unwrap(), [3]);
    assert_eq!(code(bag.all(253)), "arithmetic.overflow");
    assert_eq!(code(Bag::default().all(1)), "index.bounds");

    let mut bag = pin!(Bag::of(&[1, 2]));
    bag.as_mut().pinned(0).unwrap().pinned(1).unwrap();
    assert_eq!(code(bag.as_mut().pinned(250)), "arithmetic.overflow");
    assert_eq!(bag.items, [1, 2, 3, 7]);
}

trait Total {
    const STEP: u8;

    fn items(&self) -> &[u8];

    #[checked_arithmetic]
    fn total(&self) -> Result<u8, Violation> {
        Ok(self.items().iter().fold(Self::STEP, |sum, x| sum + x))
    }

    #[checked_arithmetic]
    fn largest(self) -> Result<u8, Violation>
    where
        Self: Sized,
    {
        Ok(self.items().iter().map(|x| x + Self::STEP).max().unwrap_or(0))
    }

    fn generic<T: Into<u8> + Copy>(&self, of: &[T], each: impl Fn(u8) -> u8) -> Result<u8, Violation>;
}

impl<const N: usize> Total for [u8; N] {
    const STEP: u8 = 10;

    fn items(&self) -> &[u8] {
        self
    }

    #[checked_arithmetic]
    #[checked_indexing]
    fn generic<T: Into<u8> + Copy>(&self, of: &[T], each: impl Fn(u8) -> u8) -> Result<u8, Violation> {
        let at = |at: usize| each(self[at]);
        Ok(of.iter().map(|x| (*x).into()).enumerate().map(|(n, x): (usize, u8)| at(n) + x).max().unwrap_or(N as u8))
    }
}

#[test]
fn methods_of_traits_given_and_implemented() {
    assert_eq!([1, 2].total().unwrap(), 13);
    assert_eq!(code([1, 245].total()), "arithmetic.overflow");
    assert_eq!([1, 2].largest().unwrap(), 12);
    assert_eq!(code([1, 246].largest()), "arithmetic.overflow");
    assert_eq!([1, 2].generic(&[true, false], |x| x * 2).unwrap(), 4);
    assert_eq!([1, 2].generic::<bool>(&[], |x| x).unwrap(), 2);
    assert_eq!(code([1].generic(&[true, false], |x| x)), "index.bounds");
    assert_eq!(code([255].generic(&[true], |x| x)), "arithmetic.overflow");
}

#[test]
fn constants_generics_and_lifetimes_of_the_function() {
    #[checked_arithmetic]
    fn sums<const N: usize, const BY: u8>(v: [u8; N]) -> Result<[u8; N], Violation> {
        Ok(v.map(|x| x + BY))
    }
    #[checked_arithmetic]
    #[allow(single_use_lifetimes, reason = "the case")]
    fn longest<'a, 'b: 'a, T>(one: &'a [T], two: &'b [T], by: usize) -> Result<&'a [T], Violation>
    where
        T: Clone,
    {
        let length = |list: &[T]| list.len() + by;
        Ok(if length(one) > length(two) { one } else { two })
    }
    #[checked_arithmetic]
    fn callback<F>(v: &[u8], mut each: F) -> Result<u8, Violation>
    where
        F: for<'x> FnMut(&'x u8) -> &'x u8,
    {
        Ok(v.iter().map(|x| each(x) + 1).max().unwrap_or(0))
    }
    assert_eq!(sums::<2, 3>([1, 2]).unwrap(), [4, 5]);
    assert_eq!(code(sums::<2, 3>([1, 253])), "arithmetic.overflow");
    assert_eq!(longest(&[1], &[1, 2], 0).unwrap(), [1, 2]);
    assert_eq!(code(longest(&[1], &[1], usize::MAX)), "arithmetic.overflow");
    assert_eq!(callback(&[1], |x| x).unwrap(), 2);
    assert_eq!(code(callback(&[255], |x| x)), "arithmetic.overflow");
}

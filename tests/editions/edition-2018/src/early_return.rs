//! Closures with checks in them, and so a boundary: in this edition a closure captures whole variables, and the boundary is
//! one too. Edition 2021 runs the same source.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use portcullis::{catch_panic, checked_arithmetic, checked_indexing, zero_trust, Violation};

#[derive(Default)]
struct Bag {
    items: Vec<u8>,
    name: String,
    total: u8,
}

impl Bag {
    #[checked_arithmetic]
    fn fill(&mut self, v: &[u8]) -> Result<&mut u8, Violation> {
        let total = &mut self.total;
        v.iter().for_each(|x| *total += x);
        self.items.extend(v.iter().map(|x| x + 1));
        Ok(&mut self.total)
    }

    #[checked_arithmetic]
    #[checked_indexing]
    fn into_name(mut self, at: usize) -> Result<String, Violation> {
        let items = &self.items;
        let step = (|| items[at] + 1)();
        self.name.push(char::from(step));
        Ok(self.name)
    }

    #[zero_trust(or(return (self.total, violation.code())))]
    fn seen(&self, #[check(length(max = 3))] v: &[u8]) -> (u8, &'static str) {
        (v.iter().fold(self.total, |sum, x| sum + x), "fine")
    }
}

#[checked_arithmetic]
fn both((a, mut b): (u8, Vec<u8>), c: &mut u8) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    if b.is_empty() {
        return Err("nothing".into());
    }
    let mut add = |x: u8| *c += x;
    for x in b.iter() {
        add(*x);
    }
    b.iter_mut().for_each(|x| *x += a);
    Ok(b)
}

#[checked_arithmetic]
async fn later(v: Vec<u8>, name: &str) -> Result<usize, Violation> {
    let sum = async { v.iter().fold(0, |sum, x| sum + x) }.await;
    std::future::ready(()).await;
    Ok(usize::from(sum) + name.len())
}

#[catch_panic(or(return 1))]
#[checked_arithmetic(or(return 2))]
#[checked_indexing(or(return 3))]
fn stacked(v: &[u8]) -> usize {
    v.iter().fold(0_u8, |sum, at| sum + at + v[usize::from(*at)]);
    assert!(v.len() < 3);
    0
}

fn code<T>(refused: Result<T, Violation>) -> &'static str {
    refused.map(drop).unwrap_err().code()
}

fn ready<F: Future>(future: F) -> F::Output {
    let mut future: Pin<Box<F>> = Box::pin(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("nothing here waits"),
    }
}

#[test]
fn methods_lend_and_take_fields() {
    let mut bag = Bag::default();
    *bag.fill(&[1, 2]).unwrap() += 1;
    assert_eq!(code(bag.fill(&[252])), "arithmetic.overflow");
    assert_eq!((bag.total, bag.items.as_slice()), (4, &[2, 3][..]));
    assert_eq!(bag.seen(&[1]), (5, "fine"));
    assert_eq!(bag.seen(&[252]), (4, "arithmetic.overflow"));
    assert_eq!(bag.seen(&[0; 4]), (4, "input.length"));
    assert_eq!(bag.into_name(0).unwrap(), "\u{3}");
    assert_eq!(code(Bag::default().into_name(0)), "index.bounds");
}

#[test]
fn parameters_and_early_returns() {
    let mut c = 0;
    assert_eq!(both((1, vec![2, 3]), &mut c).unwrap(), [3, 4]);
    assert_eq!(both((1, Vec::new()), &mut c).unwrap_err().to_string(), "nothing");
    assert!(both((1, vec![255]), &mut c).unwrap_err().is::<Violation>());
    assert_eq!(c, 5);
}

#[test]
fn futures() {
    assert_eq!(ready(later(vec![1, 2], "ab")).unwrap(), 5);
    assert_eq!(code(ready(later(vec![255, 2], "ab"))), "arithmetic.overflow");
}

#[test]
fn each_attribute_by_its_own_way_out() {
    let mut long = [0; 256];
    long[0] = 255;
    long[255] = 1;
    assert_eq!([&[0, 0][..], &[0; 3], &long, &[2]].iter().map(|v| stacked(v)).collect::<Vec<_>>(), [0, 1, 2, 3]);
}

//! The ways out of a refusal, and from where.

use portcullis::{Violation, bounded_allocation, catch_panic, checked_arithmetic, zero_trust};

use super::refused;
use crate::common::{Later, code, panic_of, run};

#[test]
fn each_way_out() {
    #[bounded_allocation(max = 100, or(return violation.code().len() + n))]
    fn returned(n: usize) -> usize {
        vec![0_u8; n].len()
    }
    assert_eq!((returned(100), returned(101)), (100, 111));
    #[bounded_allocation(max = 100, or(panic))]
    fn panics(n: usize) -> usize {
        String::with_capacity(n).capacity()
    }
    assert_eq!(panics(100), 100);
    let message = panic_of(|| panics(101));
    assert!(message.starts_with("portcullis: allocation: `with_capacity` of 101 bytes"), "{message}");
    #[bounded_allocation(max = 100, or(return))]
    fn nothing(n: usize, list: &mut Vec<u8>) {
        list.resize(n, 0);
    }
    let mut list = vec![];
    nothing(101, &mut list);
    assert!(list.is_empty());
}

#[test]
fn out_of_closures_and_macros_and_loops() {
    #[bounded_allocation(max = 100)]
    fn nested(rows: &[usize]) -> Result<Vec<Vec<u8>>, Violation> {
        let make = |n: &usize| vec![0; *n];
        Ok(rows.iter().map(make).collect())
    }
    assert_eq!(nested(&[1, 2]).unwrap().len(), 2);
    refused(nested(&[1, 101]), "vec!");
    refused(nested(&[1, 2, 3, 4, 5]), "collect");
    #[bounded_allocation(max = 100)]
    fn printed(n: usize) -> Result<String, Violation> {
        let mut all = String::new();
        for at in 0..2 {
            all = format!("{all}{}", "x".repeat(n + at));
            assert!(!vec![1_u8; n].is_empty(), "{:?}", Vec::<u8>::with_capacity(n));
        }
        Ok(all)
    }
    assert_eq!(printed(99).unwrap().len(), 199);
    refused(printed(100), "repeat");
}

#[test]
fn functions_without_captures_stay_pointers() {
    #[bounded_allocation(max = 100, or(panic))]
    fn made() -> fn(usize) -> Vec<u8> {
        |n| vec![0; n]
    }
    assert_eq!(made()(100).len(), 100);
    assert!(panic_of(|| made()(101)).contains("allocation"));
}

#[test]
fn out_of_futures() {
    #[bounded_allocation(max = 100)]
    async fn ask(n: usize) -> Result<usize, Violation> {
        Later::default().await;
        let inner = async {
            Later::default().await;
            vec![0_u8; n].len()
        };
        let mut list = Vec::<u8>::with_capacity(n / 2);
        list.extend(std::iter::repeat_n(1, n / 2));
        Later::default().await;
        Ok(inner.await + list.len())
    }
    assert_eq!(run(ask(100)).unwrap(), 150);
    refused(run(ask(102)), "vec!");
    refused(run(ask(202)), "with_capacity");
    fn is_send(future: impl Future + Send) -> impl Future {
        future
    }
    drop(is_send(ask(1)));
}

#[async_trait::async_trait]
trait Handler {
    async fn handle(&self, n: usize) -> Result<Vec<u8>, Violation>;
}

struct Server(u8);

#[async_trait::async_trait]
impl Handler for Server {
    #[bounded_allocation(max = 100)]
    async fn handle(&self, n: usize) -> Result<Vec<u8>, Violation> {
        Later::default().await;
        Ok(vec![self.0; n])
    }
}

#[zero_trust(bounded_allocation(max = 100), without(validated_input))]
impl Server {
    fn method(&self, n: usize) -> Result<Vec<u8>, Violation> {
        Ok([self.0].repeat(n))
    }
}

#[zero_trust(bounded_allocation(max = 100), without(validated_input))]
mod inside {
    use portcullis::Violation;

    pub(super) fn function(n: usize) -> Result<Vec<u8>, Violation> {
        Ok((0..n).map(|_| 7).collect())
    }
}

#[test]
fn on_methods_of_traits_on_blocks_and_on_modules() {
    let server = Server(7);
    assert_eq!(run(server.handle(100)).unwrap(), [7; 100]);
    refused(run(server.handle(101)), "vec!");
    assert_eq!(server.method(100).unwrap(), [7; 100]);
    refused(server.method(101), "repeat");
    assert_eq!(inside::function(100).unwrap(), [7; 100]);
    refused(inside::function(101), "collect");
}

#[test]
fn beside_other_attributes_in_either_order() {
    #[bounded_allocation(max = 100)]
    #[checked_arithmetic]
    #[catch_panic]
    fn first(n: usize, by: usize) -> Result<usize, Violation> {
        let make = |n: usize| vec![0_u8; n * by];
        Ok(make(n).len())
    }
    #[catch_panic]
    #[checked_arithmetic]
    #[bounded_allocation(max = 100)]
    fn last(n: usize, by: usize) -> Result<usize, Violation> {
        let make = |n: usize| vec![0_u8; n * by];
        Ok(make(n).len())
    }
    for ask in [first, last] {
        assert_eq!(ask(50, 2).unwrap(), 100);
        refused(ask(51, 2), "vec!");
        assert_eq!(code(ask(usize::MAX, 2)), "arithmetic.overflow");
    }
    #[bounded_allocation(max = 200, or(return 2))]
    #[bounded_allocation(max = 100, or(return 1))]
    fn twice(n: usize) -> u8 {
        u8::from(vec![0_u8; n].is_empty())
    }
    assert_eq!([twice(0), twice(100), twice(101), twice(201)].map(|answer| answer > 0), [true, false, true, true]);
}

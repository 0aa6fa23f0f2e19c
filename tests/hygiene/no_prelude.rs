//! No prelude at all.

#![no_implicit_prelude]

use ::portcullis::{Violation, checked_indexing, zero_trust};
use ::std::assert;
use ::std::result::Result;
use ::std::string::String;

use crate::named::Named;

#[zero_trust]
fn handle(
    #[check(range(min = 1, max = 200))] number: u8,
    #[check(length(max = 3))] text: &str,
    named: Named,
    deeper: bool,
) -> Result<u8, Violation> {
    if deeper {
        return handle(number, text, named, deeper);
    }
    assert!(number != 7, "on purpose");
    let weigh = |number: u8| number + 50;
    let mut sum = weigh(number);
    sum += 50;
    ::std::mem::drop(named.name);
    Result::Ok(sum)
}

#[zero_trust(bounded_recursion(mode = both, max = 9))]
fn down(#[check(range(max = 200))] left: u8) -> Result<u8, Violation> {
    if left == 0 { Result::Ok(left) } else { down(left - 1) }
}

#[::portcullis::bounded_recursion(mode = stack, or(panic))]
fn below(left: u8) -> u8 {
    if left == 0 { left } else { below(left - 1) }
}

#[zero_trust(shed_load(memory = "85%"))]
fn admitted(#[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
    Result::Ok(probe() + number)
}

#[::portcullis::shed_load(memory = "512MiB")]
async fn admitted_later(number: u8) -> Result<u8, Violation> {
    Result::Ok(probe() + number)
}

#[::portcullis::shed_load(priority = probe)]
fn probe() -> u8 {
    1
}

const FACTOR: i32 = 1_000;

#[derive(::portcullis::Covered)]
struct Order {
    #[check(range(min = -9, max = FACTOR))]
    secs: i32,
}

#[zero_trust]
fn judged(order: &Order, #[check(range(min = 0, max = FACTOR))] part: i32) -> Result<i32, Violation> {
    Result::Ok(order.secs * FACTOR - part)
}

#[::std::prelude::v1::test]
fn what_the_compiler_judges_without_a_prelude() {
    ::std::assert_eq!(judged(&Order { secs: 2 }, 1).unwrap(), 1_999);
}

#[::std::prelude::v1::test]
fn gates_without_a_prelude() {
    ::std::assert_eq!(admitted(7).unwrap(), 8);
    ::std::mem::drop(admitted_later(7));
}

#[zero_trust(bounded_steps(max = 5), deadline("1h"))]
fn count(#[check(range(max = 20))] number: u8) -> Result<u8, Violation> {
    let mut counted = 0;
    while counted < number {
        counted += 1;
    }
    Result::Ok(counted)
}

#[::portcullis::deadline("1h", or(panic))]
#[::portcullis::bounded_steps(max = number, or(return 0))]
async fn count_later(number: u8) -> u8 {
    let mut counted = 0;
    while counted < number {
        counted += 1;
        ::std::future::ready(()).await;
    }
    counted
}

#[::std::prelude::v1::test]
fn counted_without_a_prelude() {
    ::std::assert_eq!(count(5).unwrap(), 5);
    ::std::assert_eq!(count(6).unwrap_err().code(), "steps");
    let future = ::std::pin::pin!(count_later(3));
    let mut context = ::std::task::Context::from_waker(::std::task::Waker::noop());
    assert!(::std::matches!(::std::future::Future::poll(future, &mut context), ::std::task::Poll::Ready(3)));
}

#[derive(::portcullis::Covered)]
struct Covering {
    #[check(length(max = 3), one_of("a", "abcd"))]
    text: String,
    #[check(range(max = 9))]
    perhaps: ::std::option::Option<u8>,
    #[check(nested)]
    next: ::std::option::Option<::std::boxed::Box<Covering>>,
}

#[::std::prelude::v1::test]
fn covered_without_a_prelude() {
    let text = |text| <String as ::std::convert::From<&str>>::from(text);
    let inner =
        Covering { text: text("abcd"), perhaps: ::std::option::Option::Some(10), next: ::std::option::Option::None };
    let next = ::std::option::Option::Some(::std::boxed::Box::new(inner));
    let covering = Covering { text: text("a"), perhaps: ::std::option::Option::None, next };
    let refused = ::portcullis::Covered::ensure(&covering, "c").unwrap_err();
    ::std::assert_eq!(refused.fields().len(), 2);
}

#[::std::prelude::v1::test]
fn stacks_without_a_prelude() {
    ::std::assert_eq!(down(8).unwrap() + below(100), 0);
    ::std::assert_eq!(down(9).unwrap_err().code(), "recursion.depth");
}

#[zero_trust]
async fn later(#[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
    assert!(number != 7, "on purpose");
    Result::Ok(number + 100)
}

::portcullis::recursion_group!(GROUP);

#[::portcullis::bounded_recursion(max = 2, group = GROUP, key = (text))]
async fn descend(text: &str, (left, _): (u8, Named)) -> Result<u8, Violation> {
    if left == 0 { Result::Ok(left) } else { ::std::boxed::Box::pin(again(text, left - 1)).await }
}

#[zero_trust(bounded_recursion(max = 2, group = GROUP))]
async fn again(#[check(length(max = 3))] text: &str, #[check(range(max = 9))] left: u8) -> Result<u8, Violation> {
    let named = Named { name: <String as ::std::convert::From<&str>>::from(text) };
    ::std::boxed::Box::pin(descend(text, (left, named))).await
}

#[::std::prelude::v1::test]
fn futures_without_a_prelude() {
    let run = |left| {
        let mut future = ::std::boxed::Box::pin(again("a", left));
        let mut context = ::std::task::Context::from_waker(::std::task::Waker::noop());
        match ::std::future::Future::poll(future.as_mut(), &mut context) {
            ::std::task::Poll::Ready(value) => value,
            ::std::task::Poll::Pending => ::std::panic!("nothing here waits"),
        }
    };
    ::std::assert_eq!(run(0).unwrap(), 0);
    ::std::assert_eq!(run(1).unwrap_err().code(), "recursion.depth");
}

#[zero_trust(or(return 0), without(catch_panic))]
fn other(#[check(one_of(1, 200))] number: u8) -> u8 {
    number + ::core::hint::black_box(100_u8)
}

#[checked_indexing]
fn indices(list: &mut ::std::vec::Vec<[u8; 2]>, i: usize, j: usize) -> Result<u8, Violation> {
    list[i][j] = list[0][1];
    let place = &mut list[i];
    place[j] += 1;
    place.swap(0, j);
    let pick = |i: usize| list[i..][0][j];
    Result::Ok(pick(i) + list.remove(i)[0])
}

#[::std::prelude::v1::test]
fn indices_without_a_prelude() {
    let call = |i, j| indices(&mut ::std::vec![[1, 2], [3, 4]], i, j);
    ::std::assert_eq!(call(1, 0).unwrap(), 6);
    for (i, j) in [(2, 0), (0, 2)] {
        ::std::assert_eq!(call(i, j).unwrap_err().code(), "index.bounds");
    }
}

#[::std::prelude::v1::test]
fn without_a_prelude() {
    let call = |number, text, name: &str, deeper| {
        let name = <String as ::std::convert::From<&str>>::from(name);
        handle(number, text, Named { name }, deeper)
    };
    let code = |answer: Result<u8, Violation>| answer.unwrap_err().code();
    ::std::assert_eq!(call(155, "a", "b", false).unwrap(), 255);
    ::std::assert_eq!(code(call(0, "a", "b", false)), "input.range");
    ::std::assert_eq!(code(call(1, "abcd", "b", false)), "input.length");
    ::std::assert_eq!(code(call(1, "a", "", false)), "input.length");
    ::std::assert_eq!(code(call(156, "a", "b", false)), "arithmetic.overflow");
    ::std::assert_eq!(code(call(7, "a", "b", false)), "panic");
    ::std::assert_eq!(code(call(1, "a", "b", true)), "recursion.depth");
    ::std::assert_eq!([other(1), other(200), other(2)], [101, 0, 0]);
    ::std::mem::drop(later(1));
}

mod routed {
    #[::portcullis::zero_trust(route)]
    pub(super) fn collect(
        #[trusted(reason = "made at start-up")] limit: u8,
        #[check(range(max = 200))] number: u8,
    ) -> ::std::result::Result<u8, ::portcullis::Violation> {
        ::std::result::Result::Ok(number + limit)
    }
}

#[::std::prelude::v1::test]
fn routes_without_a_prelude() {
    use routed::collect;

    const RULES: &[::portcullis::Rule] = ::portcullis::rules_of!(routed::collect);
    ::std::assert_eq!(RULES.len() + ::portcullis::protections_of!(collect).len(), 7);
    ::std::assert_eq!(::portcullis::gated!(collect)(1, 2).unwrap(), 3);
    let other = ::portcullis::gated!(::portcullis::unprotected!(other, reason = "any number will do"));
    ::std::assert_eq!(other(1), 101);
}

#[zero_trust(
    observe,
    require(number > 0),
    bounded_steps(max = 2),
    deadline("1h"),
    shed_load(memory = "85%"),
    bounded_concurrency(max = 9),
    bounded_allocation(max = "64B"),
    bounded_recursion(mode = both)
)]
fn observed(number: u8, #[check(length(max = 3))] text: &str, list: &mut ::std::vec::Vec<u8>) -> u8 {
    let mut sum = number;
    for at in 0..list.len() {
        sum += list[at];
        list[at] = text.len() as u8;
    }
    let pick = |at: usize| &list[at..];
    sum + pick(0)[0] + ::std::vec![1_u8; list.len()][0]
}

#[zero_trust(observe, bounded_recursion(max = 3), bounded_steps(max = 2))]
async fn observed_later(left: u8) -> u8 {
    if left == 0 { left } else { ::std::boxed::Box::pin(observed_later(left - 1)).await }
}

#[::std::prelude::v1::test]
fn observed_without_a_prelude() {
    ::std::assert_eq!(observed(0, "abcd", &mut ::std::vec![1, 2, 3]), 11);
    ::std::mem::drop(observed_later(9));
}

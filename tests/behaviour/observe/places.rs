//! Where it stands: return types that carry nothing, blocks, generics, other attributes.

use std::fmt::Display;
use std::future::Future;

use portcullis::{Violation, checked_arithmetic, deadline, zero_trust};

use super::{codes, outcome};
use crate::common::run;

#[test]
fn any_return_type_will_do() {
    #[zero_trust(observe)]
    fn nothing(list: &mut Vec<u8>, at: usize) {
        list[at] += 1;
    }
    #[zero_trust(observe)]
    fn shown<T: Display + Clone>(value: T, times: u8) -> impl Iterator<Item = String> {
        (0..times + 1).map(move |_| value.to_string())
    }
    #[zero_trust(observe)]
    fn borrowed<'a>(list: &'a [u8], at: usize) -> Option<&'a u8> {
        Some(&list[at])
    }
    #[zero_trust(observe, or(return Err("later")))]
    fn kept_for_later(list: &[u8], at: usize) -> Result<u8, &'static str> {
        Ok(list[at] + 1)
    }
    #[zero_trust(observe)]
    fn ends() -> ! {
        panic!("for the test")
    }
    let mut list = vec![255];
    assert_eq!(codes(|| nothing(&mut list, 0)), ((), vec!["arithmetic.overflow"]));
    assert_eq!(list, [0]);
    assert_eq!(codes(|| shown("x", u8::MAX).count()), (0, vec!["arithmetic.overflow"]));
    assert_eq!(codes(|| shown("x", 2).count()), (3, vec![]));
    assert_eq!(codes(|| borrowed(&[1], 0)), (Some(&1), vec![]));
    assert_eq!(codes(|| kept_for_later(&[255], 0)), (Ok(0), vec!["arithmetic.overflow"]));
    assert_eq!(codes(|| outcome(|| kept_for_later(&[], 0).is_ok())).1, ["index.bounds"]);
    assert_eq!(codes(|| outcome(|| -> u8 { ends() })), (Err("for the test".to_owned()), vec!["panic"]));
}

#[test]
fn a_future_that_is_made_elsewhere_is_left_alone() {
    fn made() -> impl Future<Output = u8> {
        async { 7 }
    }
    #[zero_trust(observe, deadline("2s"), bounded_steps(max = 9))]
    fn handed_on(by: u8) -> impl Future<Output = u8> {
        let _ = by + 250;
        made()
    }
    #[zero_trust(observe)]
    fn before(by: u8) -> impl Future<Output = u8> {
        let by = by;
        async move { by + 250 }
    }
    assert_eq!(codes(|| run(handed_on(9))), (7, vec!["arithmetic.overflow"]));
    assert_eq!(codes(|| run(before(9))), (3, vec!["arithmetic.overflow"]));
}

mod block {
    use portcullis::zero_trust;

    #[zero_trust(observe, bounded_steps(max = 5))]
    pub(super) mod inside {
        use portcullis::{bounded_steps, zero_trust};

        pub(crate) fn even(left: u32) -> bool {
            left == 0 || odd(left - 1)
        }

        pub(crate) fn odd(left: u32) -> bool {
            left != 0 && even(left - 1)
        }

        #[bounded_steps(max = 2)]
        pub(crate) fn turns(count: u32) -> u32 {
            let mut sum = 0;
            for _ in 0..count {
                sum += 1;
            }
            sum
        }

        pub(crate) struct Hand(pub(crate) Vec<u8>);

        impl Hand {
            pub(crate) fn card(&self, at: usize) -> u8 {
                self.0[at]
            }

            #[zero_trust(skip, reason = "no client reaches it")]
            pub(crate) fn last(&self) -> u8 {
                self.0[self.0.len() - 1]
            }
        }
    }

    pub(super) struct Table(pub(super) u8);

    #[zero_trust(observe)]
    impl Table {
        pub(super) fn raise(&mut self, by: u8) -> &mut Self {
            self.0 += by;
            self
        }
    }
}

#[test]
fn blocks_hand_it_on_and_ask_for_no_bound() {
    use block::inside::{Hand, even, turns};
    assert_eq!(codes(|| even(8)), (true, vec!["steps"]));
    assert_eq!(codes(|| turns(3)), (3, vec!["steps"]));
    assert_eq!(codes(|| outcome(|| Hand(vec![]).card(0))).1, ["index.bounds"]);
    assert_eq!(codes(|| outcome(|| Hand(vec![7]).last())), (Ok(7), vec![]));
    let mut table = block::Table(200);
    assert_eq!(codes(|| table.raise(100).raise(1).0), (45, vec!["arithmetic.overflow"]));
}

#[test]
fn beside_a_protection_that_refuses() {
    #[zero_trust(observe, without(checked_arithmetic))]
    #[checked_arithmetic]
    fn under(list: &[u8], at: usize) -> Result<u8, Violation> {
        Ok(list[at] + 1)
    }
    #[deadline("1h", or(panic))]
    #[zero_trust(observe, without(deadline), bounded_steps(max = 2))]
    fn over(count: u32) -> u32 {
        let mut sum = 0;
        for _ in 0..count {
            sum += 1;
        }
        sum
    }
    let (refused, told) = codes(|| under(&[255], 0));
    assert_eq!((refused.unwrap_err().code(), told), ("arithmetic.overflow", vec![]));
    assert_eq!(codes(|| outcome(|| under(&[], 0).is_ok())).1, ["index.bounds"]);
    assert_eq!(codes(|| over(9)), (9, vec!["steps"]));
}

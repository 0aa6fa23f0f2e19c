//! The order in which operands are evaluated.

use portcullis::{Violation, checked_arithmetic};

use super::Log;

#[test]
fn left_before_right() {
    twin! { fn plain, protected(log: &Log) -> u32 { log.on("left", 7) - log.on("right", 2) } }
    let log = Log::default();
    assert_eq!(plain(&log), protected(&log));
    assert_eq!(log.taken(), ["left", "right", "left", "right"]);
}

#[test]
fn nested_operators_from_left_to_right() {
    twin! {
        fn plain, protected(log: &Log) -> u32 {
            (log.on("a", 9) - log.on("b", 2)) * log.on("c", 3) + log.on("d", 4) % log.on("e", 3)
        }
    }
    let log = Log::default();
    assert_eq!(plain(&log), protected(&log));
    assert_eq!(log.taken(), ["a", "b", "c", "d", "e"].repeat(2));
}

#[test]
fn right_before_the_place_of_a_number() {
    twin! {
        fn plain, protected(log: &Log) -> [u32; 2] {
            let mut a = [1, 2];
            a[log.on("index", 1)] += log.on("right", 5);
            a
        }
    }
    let log = Log::default();
    assert_eq!(plain(&log), protected(&log));
    assert_eq!(log.taken(), ["right", "index", "right", "index"]);
}

#[test]
fn right_before_the_place_of_a_number_in_a_vector() {
    twin! {
        fn plain, protected(log: &Log, v: &mut Vec<i64>) {
            log.on("base", v)[log.on("index", 1)] -= log.on("right", 5);
        }
    }
    let log = Log::default();
    let (mut v, mut w) = (vec![1, 2], vec![1, 2]);
    plain(&log, &mut v);
    protected(&log, &mut w);
    assert_eq!(v, w);
    assert_eq!(log.taken(), ["right", "base", "index"].repeat(2));
}

#[test]
fn right_before_the_place_of_a_shift() {
    twin! {
        fn plain, protected(log: &Log) -> [u32; 2] {
            let mut a = [1, 2];
            a[log.on("index", 1)] <<= log.on("right", 5_i64);
            a
        }
    }
    let log = Log::default();
    assert_eq!(plain(&log), protected(&log));
    assert_eq!(log.taken(), ["right", "index", "right", "index"]);
}

#[test]
fn an_operand_that_changes_the_other() {
    twin! {
        fn plain, protected(mut x: u32) -> (u32, u32) {
            let sum = x + {
                x = 50;
                x
            };
            x += {
                x = 7;
                1
            };
            (sum, x)
        }
    }
    assert_eq!(plain(3), (53, 8));
    assert_eq!(protected(3), (53, 8));
}

#[test]
fn the_right_side_is_not_evaluated_when_the_left_side_returns() {
    twin! {
        fn plain, protected(log: &Log, value: Option<u32>) -> Option<u32> {
            Some(value? + log.on("right", 1))
        }
    }
    let log = Log::default();
    assert_eq!((plain(&log, None), protected(&log, None)), (None, None));
    assert!(log.taken().is_empty());
    assert_eq!(plain(&log, Some(1)), protected(&log, Some(1)));
    assert_eq!(log.taken(), ["right", "right"]);
}

#[test]
fn short_circuits_stay_short() {
    twin! {
        fn plain, protected(log: &Log, x: u32) -> bool {
            x + 1 == 1 && log.on("and", x * 2) == 0 || log.on("or", x - 1) == 0
        }
    }
    let log = Log::default();
    for x in [1, 2] {
        assert_eq!(plain(&log, x), protected(&log, x));
    }
    assert_eq!(log.taken(), ["or"; 4]);
    assert_eq!(plain(&log, 0), protected(&log, 0));
    assert_eq!(log.taken(), ["and", "and"]);
}

#[test]
fn both_operands_are_evaluated_before_the_refusal() {
    #[checked_arithmetic]
    fn protected(log: &Log) -> Result<u8, Violation> {
        let refused = log.on("left", 200) + log.on("right", 100);
        Ok(log.on("after", refused))
    }
    let log = Log::default();
    assert!(protected(&log).is_err());
    assert_eq!(log.taken(), ["left", "right"]);
}

#[test]
fn the_place_is_found_once() {
    #[checked_arithmetic]
    fn protected(log: &Log, v: &mut [u8]) -> Result<(), Violation> {
        v[log.on("index", 0)] += 1;
        Ok(())
    }
    let log = Log::default();
    assert!(protected(&log, &mut [1]).is_ok());
    assert!(protected(&log, &mut [255]).is_err());
    assert_eq!(log.taken(), ["index", "index"]);
}

//! When the receiver and the arguments of a method are evaluated, and how often.

use portcullis::{Violation, checked_arithmetic};

use crate::checked_arithmetic::{Log, Noisy};

#[test]
fn the_receiver_and_then_the_argument_once() {
    #[checked_arithmetic]
    fn protected(log: &Log, x: u8) -> Result<u8, Violation> {
        Ok(log.on("receiver", x).pow(log.on("argument", 2)).max(log.on("then", 1_u8)))
    }
    let log = Log::default();
    assert_eq!(protected(&log, 3).unwrap(), 9);
    assert_eq!(log.taken(), ["receiver", "argument", "then"]);
    assert!(protected(&log, 16).is_err());
    assert_eq!(log.taken(), ["receiver", "argument"]);
}

#[test]
fn an_index_and_a_dereference_once() {
    #[checked_arithmetic]
    fn protected(log: &Log, values: &[i32], at: &Box<usize>) -> Result<(i32, i32), Violation> {
        Ok((values[log.on("index", **at)].pow(log.on("argument", 2)), (*log.on("behind", &values[0])).abs()))
    }
    let log = Log::default();
    assert_eq!(protected(&log, &[-3, 4], &Box::new(1)).unwrap(), (16, 3));
    assert_eq!(log.taken(), ["index", "argument", "behind"]);
}

#[test]
fn a_number_is_copied_before_the_argument_changes_it() {
    twin! {
        fn plain, protected(mut x: u32, values: &mut [u32; 2]) -> (u32, u32, u32, u32) {
            let first = x.pow({ x = 3; x });
            let second = values[0].pow({ values[0] = 1; 2 });
            let third = x.div_ceil({ x += 1; x });
            (first, second, third, x)
        }
    }
    assert_eq!(plain(2, &mut [5, 6]), (8, 25, 1, 4));
    assert_eq!(protected(2, &mut [5, 6]), (8, 25, 1, 4));
}

#[test]
fn arguments_that_leave_the_function() {
    #[checked_arithmetic]
    fn protected(x: u8, by: Option<u32>) -> Result<u8, Violation> {
        Ok(x.pow(by.ok_or_else(|| Violation::field("by", "missing", "is missing"))?))
    }
    assert_eq!(protected(2, Some(3)).unwrap(), 8);
    assert_eq!(protected(2, None).unwrap_err().code(), "input.custom");
    assert_eq!(protected(2, Some(8)).unwrap_err().code(), "arithmetic.overflow");
}

#[test]
fn temporaries_live_to_the_end_of_the_statement() {
    twin! {
        fn plain, protected(log: &Log) -> u32 {
            let power = Noisy::new(log, "receiver", 3).value.pow(Noisy::new(log, "argument", 2).value)
                + log.on("operand", 1);
            log.on("next", power)
        }
    }
    let (log, other) = (Log::default(), Log::default());
    assert_eq!((plain(&log), protected(&other)), (10, 10));
    let order = log.taken();
    assert_eq!(order, other.taken());
    assert_eq!(order, ["operand", "argument", "receiver", "next"]);
}

#[test]
fn a_refusal_drops_what_was_made() {
    #[checked_arithmetic]
    fn protected(log: &Log, x: u32) -> Result<u32, Violation> {
        let _kept = Noisy::new(log, "kept", 0);
        Ok(Noisy::new(log, "receiver", x).value.pow(Noisy::new(log, "argument", 32).value))
    }
    let log = Log::default();
    assert!(protected(&log, 2).is_err());
    assert_eq!(log.taken(), ["argument", "receiver", "kept"]);
}

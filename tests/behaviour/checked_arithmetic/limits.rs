//! Documented limits. Each case pins what happens today, so that a change is noticed and written down.

use std::ops::AddAssign;

use portcullis::{Violation, checked_arithmetic};

use super::Log;

#[test]
fn limit_the_right_side_of_an_overloaded_compound_operator_is_evaluated_before_its_place() {
    #[derive(Default)]
    struct Text(String);
    impl AddAssign<&str> for Text {
        fn add_assign(&mut self, more: &str) {
            self.0.push_str(more);
        }
    }
    twin! {
        fn plain, protected(log: &Log) -> String {
            let mut texts = [Text::default()];
            texts[log.on("index", 0)] += log.on("right", "a");
            let [text] = texts;
            text.0
        }
    }
    let log = Log::default();
    assert_eq!(plain(&log), protected(&log));
    assert_eq!(log.taken(), ["index", "right", "right", "index"]);
}

#[test]
fn limit_a_number_plus_assign_a_reference_counts_as_overloaded() {
    twin! {
        fn plain, protected(log: &Log) -> u8 {
            let mut a = [1_u8];
            a[log.on("index", 0)] += &log.on("right", 2);
            a[0]
        }
    }
    let log = Log::default();
    assert_eq!(plain(&log), protected(&log));
    assert_eq!(log.taken(), ["index", "right", "right", "index"]);
}

#[test]
fn limit_arguments_of_unknown_macros_are_not_checked() {
    macro_rules! same {
        ($value:expr) => {
            $value
        };
    }
    #[checked_arithmetic]
    fn protected(a: u8) -> Result<u8, Violation> {
        let b = a - 1;
        Ok(same!(a + b))
    }
    assert_eq!(protected(200).unwrap(), 143);
}

#[test]
fn limit_callees_are_not_checked() {
    fn callee(a: u8) -> u8 {
        a + 1
    }
    #[checked_arithmetic]
    fn protected(a: u8) -> Result<u8, Violation> {
        Ok(callee(a) + 1)
    }
    assert_eq!(protected(255).unwrap(), 1);
}

#[test]
fn limit_casts_are_not_checked() {
    #[checked_arithmetic]
    fn protected(a: u32) -> Result<u8, Violation> {
        Ok((a + 1) as u8)
    }
    assert_eq!(protected(300).unwrap(), 45);
}

#[test]
fn limit_a_sum_of_constants_under_a_reference_is_left_to_the_compiler() {
    static LEVEL: u8 = 200;
    #[checked_arithmetic]
    fn protected(a: u8) -> Result<u8, Violation> {
        Ok(*&(LEVEL + LEVEL) / a)
    }
    assert_eq!(protected(1).unwrap(), 144);
}

#[test]
fn limit_a_shift_by_a_negative_amount_is_logged_as_the_largest_amount() {
    #[checked_arithmetic]
    fn protected(a: u8, by: i8) -> Result<u8, Violation> {
        Ok(a << by)
    }
    assert!(protected(1, -1).unwrap_err().internal().to_string().contains(": 1 << 4294967295 of u8 in "));
}

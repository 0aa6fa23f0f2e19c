//! A literal takes its type from what stands around it, as it did.

use portcullis::{Violation, checked_arithmetic};

macro_rules! each_type {
    ($($name:ident: $int:ident)*) => {$(
        #[test]
        fn $name() {
            #[checked_arithmetic]
            fn protected(x: $int) -> Result<[$int; 7], Violation> {
                Ok([x + 1, 1 + x, x * 2, 100 - x, 100 / x, x % 3, 1 << x])
            }
            assert_eq!(protected(5).unwrap(), [6, 6, 10, 95, 20, 2, 32]);
        }
    )*};
}
each_type! {
    beside_u8: u8 beside_u16: u16 beside_u32: u32 beside_u64: u64 beside_u128: u128 beside_usize: usize
    beside_i8: i8 beside_i16: i16 beside_i32: i32 beside_i64: i64 beside_i128: i128 beside_isize: isize
}

#[test]
fn a_counter_takes_its_type_from_a_later_call() {
    #[checked_arithmetic(or(panic))]
    fn protected() -> u64 {
        fn takes(n: u64) -> u64 {
            n
        }
        let mut n = 0;
        n += 1;
        n *= 3;
        takes(n)
    }
    assert_eq!(protected(), 3);
}

#[test]
fn a_shifted_one_takes_its_type_from_the_result() {
    #[checked_arithmetic(or(panic))]
    fn protected(n: u8) -> u128 {
        1 << n
    }
    assert_eq!(protected(100), 1_u128 << 100);
}

#[test]
fn a_shift_amount_stays_an_i32_of_its_own() {
    #[checked_arithmetic(or(panic))]
    fn protected(x: u64) -> u64 {
        let amount = 3;
        (x << amount) + (x >> 1)
    }
    assert_eq!(protected(10), 85);
}

#[test]
fn methods_on_a_sum_with_a_literal_first() {
    #[checked_arithmetic(or(panic))]
    fn protected(x: u8) -> u8 {
        (1 + x).pow(2)
    }
    assert_eq!(protected(4), 25);
}

#[test]
fn methods_on_a_sum_of_variables() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: i64, b: i64) -> i64 {
        (a + b).pow(2) - (a - b).abs() + (-a).signum()
    }
    assert_eq!(protected(2, 5), 45);
}

#[test]
fn a_float_literal_stays_a_float() {
    #[checked_arithmetic(or(panic))]
    fn protected(x: f32) -> f32 {
        let half = 0.5;
        2.0 * x - half / 0.25 + 1.0
    }
    assert_eq!(protected(3.0).to_bits(), 5.0_f32.to_bits());
}

#[test]
fn a_literal_that_nothing_types_falls_back_to_i32() {
    #[checked_arithmetic(or(panic))]
    fn protected() -> usize {
        let n = 3;
        let m = n + 4;
        size_of_val(&m)
    }
    assert_eq!(protected(), 4);
}

#[test]
fn a_literal_left_of_a_user_type() {
    struct Meters(u64);
    impl std::ops::Add<Meters> for u64 {
        type Output = Meters;
        fn add(self, other: Meters) -> Meters {
            Meters(self.wrapping_add(other.0))
        }
    }
    #[checked_arithmetic(or(panic))]
    fn protected(m: Meters) -> Meters {
        5 + m
    }
    assert_eq!(protected(Meters(2)).0, 7);
}

#[test]
fn the_smallest_value_as_a_literal() {
    #[checked_arithmetic(or(panic))]
    fn protected() -> (i8, i128, i64) {
        let x: i64 = -9_223_372_036_854_775_808;
        (-128, -170_141_183_460_469_231_731_687_303_715_884_105_728, x)
    }
    assert_eq!(protected(), (i8::MIN, i128::MIN, i64::MIN));
}

#[test]
fn precedence_of_minus_before_a_method() {
    #[checked_arithmetic(or(panic))]
    fn protected(x: i32) -> (i32, i32, i32) {
        (-x.pow(2), (-x).pow(2), --x)
    }
    assert_eq!(protected(3), (-9, 9, 3));
}

#[test]
fn precedence_and_grouping_of_mixed_operators() {
    twin! {
        fn plain, protected(a: i32, b: i32, c: i32) -> [i32; 5] {
            [a + b * c, (a + b) * c, a - b - c, a << 1 + b, a * b % c / 2 + !a - (b ^ c)]
        }
    }
    for (a, b, c) in [(1, 2, 3), (7, 5, 2), (-4, 3, 9)] {
        assert_eq!(plain(a, b, c), protected(a, b, c));
    }
}

#[test]
fn a_long_sum_compiles_and_adds_up() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: u32) -> u32 {
        let b = a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a + a;
        b + b * 2 + b * 3 + b * 4 + b * 5 + b * 6 + b * 7 + b * 8 + b * 9 + b * 10 + b * 11 + b * 12 + b * 13
    }
    assert_eq!(protected(2), 25 * 2 * 91);
}

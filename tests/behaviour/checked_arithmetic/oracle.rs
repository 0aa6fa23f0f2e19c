//! What each operator has to answer, told apart from the code under test: narrow types are counted in `i128` by hand, and
//! the 128-bit types ask std.

use portcullis::Violation;

/// The operators, in the order of every table here.
pub(super) const OPERATORS: [&str; 7] = ["+", "-", "*", "/", "%", "<<", ">>"];

pub(super) const OVERFLOW: &str = "arithmetic.overflow";
pub(super) const DIVISION: &str = "arithmetic.division";

/// The value, or the code of the refusal.
pub(super) type Answer<T> = Result<T, &'static str>;

pub(super) fn answer<T>(result: Result<T, Violation>) -> Answer<T> {
    result.map_err(|violation| violation.code())
}

/// A type of at most 64 bits, as a range of `i128`.
#[derive(Clone, Copy)]
pub(super) struct Narrow {
    pub(super) bits: u32,
    pub(super) signed: bool,
}

impl Narrow {
    fn smallest(self) -> i128 {
        if self.signed { -(1 << (self.bits - 1)) } else { 0 }
    }

    fn largest(self) -> i128 {
        self.smallest() + (1 << self.bits) - 1
    }

    fn fitting(self, value: i128) -> Answer<i128> {
        if value < self.smallest() || value > self.largest() { Err(OVERFLOW) } else { Ok(value) }
    }

    /// What the low bits of `value` say in this type.
    fn truncated(self, value: i128) -> i128 {
        let low = value.rem_euclid(1 << self.bits);
        if low > self.largest() { low - (1 << self.bits) } else { low }
    }

    pub(super) fn arithmetic(self, operator: &str, a: i128, b: i128) -> Answer<i128> {
        match operator {
            "+" => self.fitting(a + b),
            "-" => self.fitting(a - b),
            // The product of two 64-bit values may leave `i128` only where it has left the type long before.
            "*" => a.checked_mul(b).map_or(Err(OVERFLOW), |product| self.fitting(product)),
            "/" | "%" if b == 0 => Err(DIVISION),
            "/" => self.fitting(a / b),
            // The language refuses the rest where the quotient does not fit, although the rest is 0.
            "%" => self.fitting(a / b).map(|quotient| a - quotient * b),
            other => self.shift(other, a, b),
        }
    }

    pub(super) fn shift(self, operator: &str, a: i128, amount: i128) -> Answer<i128> {
        if amount < 0 || amount >= i128::from(self.bits) {
            return Err(OVERFLOW);
        }
        match operator {
            // Bit by bit: the truncation keeps it inside `i128`.
            "<<" => Ok((0..amount).fold(a, |value, _| self.truncated(value * 2))),
            ">>" => Ok((0..amount).fold(a, |value, _| value.div_euclid(2))),
            other => unreachable!("{other} is no operator"),
        }
    }

    pub(super) fn negated(self, a: i128) -> Answer<i128> {
        self.fitting(0 - a)
    }
}

/// The operator itself, its compound form and, for both, operands by reference, each protected.
macro_rules! all_forms {
    ($int:ident: $(($name:ident $operator:tt $assign:tt $right:ty))*) => {
        $(
            #[allow(clippy::op_ref, reason = "the forms by reference are the point")]
            pub(super) mod $name {
                use portcullis::{Violation, checked_arithmetic};

                #[checked_arithmetic]
                pub(in super::super) fn value(a: $int, b: $right) -> Result<$int, Violation> {
                    Ok(a $operator b)
                }
                #[checked_arithmetic]
                pub(in super::super) fn left(a: &$int, b: $right) -> Result<$int, Violation> {
                    Ok(a $operator b)
                }
                #[checked_arithmetic]
                pub(in super::super) fn right(a: $int, b: &$right) -> Result<$int, Violation> {
                    Ok(a $operator b)
                }
                #[checked_arithmetic]
                pub(in super::super) fn both(a: &$int, b: &$right) -> Result<$int, Violation> {
                    Ok(a $operator b)
                }
                #[checked_arithmetic]
                pub(in super::super) fn place(a: &mut $int, b: $right) -> Result<(), Violation> {
                    *a $assign b;
                    Ok(())
                }
                #[checked_arithmetic]
                pub(in super::super) fn place_right(a: &mut $int, b: &$right) -> Result<(), Violation> {
                    *a $assign b;
                    Ok(())
                }

                /// The answer of every form, which has to be the same; a place keeps its value when it is refused.
                pub(in super::super) fn every(a: $int, b: $right) -> Result<$int, &'static str> {
                    let code = |violation: Violation| {
                        let written = violation.internal().operator().unwrap();
                        assert_eq!(written, stringify!($operator));
                        violation.code()
                    };
                    let code_of_place = |violation: Violation| {
                        assert_eq!(violation.internal().operator().unwrap(), stringify!($assign));
                        violation.code()
                    };
                    let answer = value(a, b).map_err(code);
                    for other in [left(&a, b), right(a, &b), both(&a, &b)] {
                        assert_eq!(other.map_err(code), answer, "by reference: {a} {b}");
                    }
                    let (mut first, mut second) = (a, a);
                    let changed = [place(&mut first, b), place_right(&mut second, &b)];
                    for (changed, now) in changed.into_iter().zip([first, second]) {
                        assert_eq!(changed.map_err(code_of_place).map(|()| now), answer, "in place: {a} {b}");
                        assert_eq!(now, answer.unwrap_or(a), "what the place holds: {a} {b}");
                    }
                    answer
                }
            }
        )*
    };
    ($int:ident) => {
        all_forms! { $int:
            (sum + += $int) (difference - -= $int) (product * *= $int) (quotient / /= $int) (rest % %= $int)
            (left << <<= u32) (right >> >>= u32)
        }

        /// In the order of `OPERATORS`; the shifts by `amount`.
        pub(super) fn every(a: $int, b: $int, amount: u32) -> [Result<$int, &'static str>; 7] {
            [
                sum::every(a, b),
                difference::every(a, b),
                product::every(a, b),
                quotient::every(a, b),
                rest::every(a, b),
                left::every(a, amount),
                right::every(a, amount),
            ]
        }
    };
}

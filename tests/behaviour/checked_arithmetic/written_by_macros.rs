//! Functions that a `macro_rules!` writes: other hygiene, and operands in invisible groups.

use portcullis::{Violation, checked_arithmetic};

macro_rules! with_operator {
    ($($name:ident $operator:tt $assign:tt)*) => {$(
        mod $name {
            use super::*;
            #[checked_arithmetic]
            pub(super) fn value(a: i16, b: i16) -> Result<i16, Violation> {
                Ok(a $operator b)
            }
            #[checked_arithmetic]
            pub(super) fn place(mut a: i16, b: i16) -> Result<i16, Violation> {
                a $assign b;
                Ok(a)
            }
        }
    )*};
}
with_operator!(sum + += difference - -= product * *=);

#[test]
fn an_operator_that_is_an_argument() {
    assert_eq!((sum::value(7, 2).unwrap(), sum::place(7, 2).unwrap()), (9, 9));
    assert_eq!((difference::value(7, 2).unwrap(), difference::place(7, 2).unwrap()), (5, 5));
    assert_eq!((product::value(7, 2).unwrap(), product::place(7, 2).unwrap()), (14, 14));
    assert_eq!(sum::value(i16::MAX, 1).unwrap_err().internal().operator(), Some("+"));
    assert_eq!(difference::place(i16::MIN, 1).unwrap_err().internal().operator(), Some("-="));
    assert!(product::place(i16::MIN, -1).is_err());
}

#[test]
fn expressions_that_are_arguments_keep_their_grouping() {
    macro_rules! scaled {
        ($name:ident($x:ident: $int:ty) = $left:expr, $right:expr) => {
            #[checked_arithmetic]
            fn $name($x: $int) -> Result<$int, Violation> {
                Ok($left * $right - -$left)
            }
        };
    }
    scaled!(protected(x: i8) = x + 1, x - 2);
    assert_eq!(protected(5).unwrap(), 6 * 3 + 6);
    assert!(protected(127).is_err());
    assert!(protected(12).is_err());
}

#[test]
fn a_body_that_is_an_argument() {
    macro_rules! handler {
        ($name:ident, $argument:ident, $body:block) => {
            #[checked_arithmetic]
            fn $name($argument: u8) -> Result<u8, Violation> $body
        };
    }
    handler!(protected, x, {
        let y = x + 1;
        Ok(y * 2)
    });
    assert_eq!(protected(3).unwrap(), 8);
    assert!(protected(127).is_err());
}

#[test]
fn locals_of_the_macro_and_of_its_caller_stay_apart() {
    macro_rules! twice {
        ($name:ident, $x:ident, $value:expr) => {
            #[checked_arithmetic]
            fn $name($x: u8) -> Result<u8, Violation> {
                let y = 100;
                Ok($value + y)
            }
        };
    }
    twice!(protected, y, y + 1);
    assert_eq!(protected(3).unwrap(), 104);
    assert!(protected(155).is_err());
}

#[test]
fn a_way_out_and_a_violation_that_the_macro_writes() {
    macro_rules! handler {
        ($name:ident) => {
            #[checked_arithmetic(or(return Err(violation.code())))]
            fn $name(x: u8) -> Result<u8, &'static str> {
                Ok(x + 1)
            }
        };
    }
    handler!(protected);
    assert_eq!((protected(1), protected(255)), (Ok(2), Err("arithmetic.overflow")));
}

#[test]
fn a_method_whose_self_is_an_argument() {
    macro_rules! method {
        ($type:ident, $self:ident, $field:ident) => {
            impl $type {
                #[checked_arithmetic]
                fn bump(&mut $self, by: u8) -> Result<u8, Violation> {
                    $self.$field += by;
                    Ok($self.$field)
                }
            }
        };
    }
    struct Counter {
        count: u8,
    }
    method!(Counter, self, count);
    let mut counter = Counter { count: 250 };
    assert_eq!(counter.bump(5).unwrap(), 255);
    assert!(counter.bump(1).is_err());
}

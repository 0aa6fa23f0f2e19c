//! `checked_arithmetic`: what an operator of the user's source turns into.
//!
//! The macro sees tokens, not types, and `+` may join integers, strings, durations or a user's own type. So the choice is
//! left to the compiler: generated code wraps references to both operands in [`Operands`] and asks it `by`. For two
//! integers, or an integer and a reference to one, the answer comes from [`ByInteger`] and is the tag [`Checked`]; for
//! anything else it comes from [`ByOperator`], found one auto-reference later, and is the tag [`AsWritten`], which makes
//! the generated code use the operator as the user wrote it. Both tags are without size, so the choice costs nothing.
//!
//! Limit: inside a generic function the operands of type `T` are not known to be integers, so they are as written.

use crate::Violation;
use crate::violation::{Cause, Integer, Kind};

/// The operands of `+ - * / %`, by reference: asking moves nothing.
#[derive(Debug)]
pub struct Operands<'a, L, R>(pub &'a L, pub &'a R);

/// The operands of `<< >>`: their types need not be the same.
#[derive(Debug)]
pub struct ShiftOperands<'a, L, R>(pub &'a L, pub &'a R);

/// The operand of unary `-`.
#[derive(Debug)]
pub struct Negated<'a, T>(pub &'a T);

/// Operands whose arithmetic is checked. (Floats count among them, with checks that pass everything: a closure whose
/// parameter types become known late has to settle on this side.)
#[diagnostic::on_unimplemented(
    message = "[PC0020] the operand types of this operator become known too late for `checked_arithmetic`",
    label = "annotate the closure parameters that stand here, such as `|a: &str, b: &str|`"
)]
pub trait ByInteger {
    #[doc(hidden)]
    #[inline]
    fn __portcullis_by(&self) -> Checked {
        Checked
    }
}

/// All other operands.
pub trait ByOperator {
    #[doc(hidden)]
    #[inline]
    fn __portcullis_by(&self) -> AsWritten {
        AsWritten
    }
}

impl<L, R> ByOperator for &Operands<'_, L, R> {}
impl<L, R> ByOperator for &ShiftOperands<'_, L, R> {}
impl<T> ByOperator for &Negated<'_, T> {}

/// The tag of operands whose arithmetic is checked.
#[derive(Clone, Copy, Debug)]
pub struct Checked;

/// The tag of operands whose operator stays as it was written.
#[derive(Clone, Copy, Debug)]
pub struct AsWritten;

impl Checked {
    /// Whether the operator stays as written.
    #[inline]
    #[must_use]
    pub const fn as_written(self) -> bool {
        false
    }
}

impl AsWritten {
    /// Whether the operator stays as written.
    #[inline]
    #[must_use]
    pub const fn as_written(self) -> bool {
        true
    }
}

/// A primitive number, and its operations with a refusal where the language would wrap or panic.
pub trait Number: Copy {
    #[doc(hidden)]
    fn add(self, right: Self, operator: &'static str) -> Result<Self, Violation>;
    #[doc(hidden)]
    fn sub(self, right: Self, operator: &'static str) -> Result<Self, Violation>;
    #[doc(hidden)]
    fn mul(self, right: Self, operator: &'static str) -> Result<Self, Violation>;
    #[doc(hidden)]
    fn div(self, right: Self, operator: &'static str) -> Result<Self, Violation>;
    #[doc(hidden)]
    fn rem(self, right: Self, operator: &'static str) -> Result<Self, Violation>;
}

/// A number that can be shifted.
pub trait Bits: Number {
    #[doc(hidden)]
    fn shl(self, right: u32, operator: &'static str) -> Result<Self, Violation>;
    #[doc(hidden)]
    fn shr(self, right: u32, operator: &'static str) -> Result<Self, Violation>;
}

/// A number that has a sign.
pub trait Signed: Number {
    #[doc(hidden)]
    fn neg(self) -> Result<Self, Violation>;
}

/// A number or a reference to one: the operators take both.
pub trait Operand: Copy {
    /// The number's own type.
    type Value: Number;
    #[doc(hidden)]
    fn value(self) -> Self::Value;
}

/// What may stand right of `<<`.
pub trait ShiftAmount: Copy {
    /// The amount; what does not fit is larger than any width.
    #[doc(hidden)]
    fn amount(self) -> u32;
}

impl<T: ShiftAmount> ShiftAmount for &T {
    #[inline]
    fn amount(self) -> u32 {
        (*self).amount()
    }
}

#[cold]
#[inline(never)]
#[track_caller]
fn overflow(operator: &'static str, left: Option<Integer>, right: Option<Integer>) -> Violation {
    Violation::new(Kind::Arithmetic, "arithmetic.overflow", Cause::Arithmetic { operator, left, right })
}

#[cold]
#[inline(never)]
#[track_caller]
fn no_quotient(operator: &'static str, left: Option<Integer>, right: Option<Integer>, by_zero: bool) -> Violation {
    let code = if by_zero { "arithmetic.division" } else { "arithmetic.overflow" };
    Violation::new(Kind::Arithmetic, code, Cause::Arithmetic { operator, left, right })
}

/// One checked operation: the value when it fits, else a violation that is made out of line, from `Err(left)` and `right`.
macro_rules! operation {
    ($name:ident($left:ident: $int:ty, $right:ident: $amount:ty, $operator:ident) = $fits:expr, else $refused:expr) => {
        #[inline]
        #[track_caller]
        fn $name(self, $right: $amount, $operator: &'static str) -> Result<Self, Violation> {
            #[cold]
            #[inline(never)]
            #[track_caller]
            fn refused($left: $int, $right: $amount, $operator: &'static str) -> Violation {
                $refused
            }
            let $left = self;
            match $fits {
                Ok(value) => Ok(value),
                Err(left) => Err(refused(left, $right, $operator)),
            }
        }
    };
}

/// Sum and difference hand the *wrapped* result to the cold function, which finds the left operand from it: keeping
/// that operand alive would cost the hot path a register and a move.
#[inline]
fn fitting<T>((value, overflowed): (T, bool)) -> Result<T, T> {
    if overflowed { Err(value) } else { Ok(value) }
}

macro_rules! integers {
    ($kept:ident($wide:ident): $($int:ident)*) => {$(const _: () = {
        #[allow(clippy::cast_lossless, reason = "there is no `From` between usize and the wide types")]
        fn kept(value: $int) -> Option<Integer> {
            Some(Integer::$kept(value as $wide))
        }

        impl Number for $int {
            operation! {
                add(left: $int, right: $int, operator) = fitting(left.overflowing_add(right)),
                else overflow(operator, kept(left.wrapping_sub(right)), kept(right))
            }
            operation! {
                sub(left: $int, right: $int, operator) = fitting(left.overflowing_sub(right)),
                else overflow(operator, kept(left.wrapping_add(right)), kept(right))
            }
            operation! {
                mul(left: $int, right: $int, operator) = left.checked_mul(right).ok_or(left),
                else overflow(operator, kept(left), kept(right))
            }
            operation! {
                div(left: $int, right: $int, operator) = left.checked_div(right).ok_or(left),
                else no_quotient(operator, kept(left), kept(right), right == 0)
            }
            operation! {
                rem(left: $int, right: $int, operator) = left.checked_rem(right).ok_or(left),
                else no_quotient(operator, kept(left), kept(right), right == 0)
            }
        }

        impl Bits for $int {
            operation! {
                shl(left: $int, right: u32, operator) = left.checked_shl(right).ok_or(left),
                else overflow(operator, kept(left), Some(Integer::Unsigned(u128::from(right))))
            }
            operation! {
                shr(left: $int, right: u32, operator) = left.checked_shr(right).ok_or(left),
                else overflow(operator, kept(left), Some(Integer::Unsigned(u128::from(right))))
            }
        }

        impl ShiftAmount for $int {
            #[inline]
            fn amount(self) -> u32 {
                u32::try_from(self).unwrap_or(u32::MAX)
            }
        }

        impl<R: ShiftAmount> ByInteger for ShiftOperands<'_, $int, R> {}
        impl<R: ShiftAmount> ByInteger for ShiftOperands<'_, &$int, R> {}
        operands!($int);
    };)*};
}

macro_rules! signed {
    ($($int:ident)*) => {$(
        impl Signed for $int {
            #[inline]
            #[track_caller]
            fn neg(self) -> Result<Self, Violation> {
                match self.checked_neg() {
                    Some(negated) => Ok(negated),
                    // Only the smallest value has no negative.
                    None => Err(overflow("-", None, Some(Integer::Signed(self as i128)))),
                }
            }
        }
        impl ByInteger for Negated<'_, $int> {}
        impl ByInteger for Negated<'_, &$int> {}
    )*};
}

/// Floats pass every check: they saturate to infinity and NaN by themselves, and the language never refuses them.
macro_rules! floats {
    ($($float:ident)*) => {$(
        impl Number for $float {
            floats!($float: add + sub - mul * div / rem %);
        }
        impl Signed for $float {
            #[inline]
            fn neg(self) -> Result<Self, Violation> {
                Ok(-self)
            }
        }
        impl ByInteger for Negated<'_, $float> {}
        impl ByInteger for Negated<'_, &$float> {}
        operands!($float);
    )*};
    ($float:ident: $($name:ident $operator:tt)*) => {$(
        #[inline]
        fn $name(self, right: Self, _: &'static str) -> Result<Self, Violation> {
            Ok(self $operator right)
        }
    )*};
}

macro_rules! operands {
    ($number:ident) => {
        impl Operand for $number {
            type Value = $number;
            #[inline]
            fn value(self) -> $number {
                self
            }
        }

        impl Operand for &$number {
            type Value = $number;
            #[inline]
            fn value(self) -> $number {
                *self
            }
        }

        // Written out: one impl over all `T: Number` overlaps with itself in the compiler's eyes (E0119).
        impl ByInteger for Operands<'_, $number, $number> {}
        impl ByInteger for Operands<'_, $number, &$number> {}
        impl ByInteger for Operands<'_, &$number, $number> {}
        impl ByInteger for Operands<'_, &$number, &$number> {}
    };
}

integers!(Unsigned(u128): u8 u16 u32 u64 u128 usize);
integers!(Signed(i128): i8 i16 i32 i64 i128 isize);
signed!(i8 i16 i32 i64 i128 isize);
floats!(f32 f64);

/// The methods of both tags: for each operator, itself and its compound form.
macro_rules! operators {
    ($(
        $name:ident $text:literal, $assign:ident $text_assign:literal
        where L: $left:ident, R: [$($right:tt)*] or [$($right_assign:tt)*] as $value:expr;
    )*) => {
        impl Checked {$(
            #[doc = concat!("`left ", $text, " right`.\n\n# Errors\nWhen no value of the type is the result.")]
            #[inline]
            #[track_caller]
            pub fn $name<L, R>(self, left: L, right: R) -> Result<L::Value, Violation>
            where
                L: Operand<Value: $left>,
                R: $($right)*,
            {
                left.value().$name($value(right), $text)
            }

            #[doc = concat!("`*left ", $text_assign, " right`.\n\n# Errors\nAs without `=`, and `left` keeps its value.")]
            #[inline]
            #[track_caller]
            pub fn $assign<L, R>(self, left: &mut L, right: R) -> Result<(), Violation>
            where
                L: $left,
                R: $($right_assign)*,
            {
                match (*left).$name($value(right), $text_assign) {
                    Ok(value) => {
                        *left = value;
                        Ok(())
                    }
                    Err(violation) => Err(violation),
                }
            }
        )*}

        impl AsWritten {$(
            #[doc = concat!("Never runs: `", $text, "` stays as written.\n\n# Errors\nNone.")]
            pub fn $name<L, R, O>(self, _: L, _: R) -> Result<O, Violation> {
                never()
            }

            #[doc = concat!("Never runs: `", $text_assign, "` stays as written.\n\n# Errors\nNone.")]
            pub fn $assign<L, R>(self, _: L, _: R) -> Result<(), Violation> {
                never()
            }
        )*}
    };
}

operators! {
    add "+", add_assign "+=" where L: Number, R: [Operand<Value = L::Value>] or [Operand<Value = L>] as Operand::value;
    sub "-", sub_assign "-=" where L: Number, R: [Operand<Value = L::Value>] or [Operand<Value = L>] as Operand::value;
    mul "*", mul_assign "*=" where L: Number, R: [Operand<Value = L::Value>] or [Operand<Value = L>] as Operand::value;
    div "/", div_assign "/=" where L: Number, R: [Operand<Value = L::Value>] or [Operand<Value = L>] as Operand::value;
    rem "%", rem_assign "%=" where L: Number, R: [Operand<Value = L::Value>] or [Operand<Value = L>] as Operand::value;
    shl "<<", shl_assign "<<=" where L: Bits, R: [ShiftAmount] or [ShiftAmount] as ShiftAmount::amount;
    shr ">>", shr_assign ">>=" where L: Bits, R: [ShiftAmount] or [ShiftAmount] as ShiftAmount::amount;
}

impl Checked {
    /// `-operand`.
    ///
    /// # Errors
    /// When the operand is the smallest value of its type.
    #[inline]
    #[track_caller]
    pub fn neg<T: Operand<Value: Signed>>(self, operand: T) -> Result<T::Value, Violation> {
        operand.value().neg()
    }
}

impl AsWritten {
    /// Never runs: `-` stays as written.
    ///
    /// # Errors
    /// None.
    pub fn neg<T, O>(self, _: T) -> Result<O, Violation> {
        never()
    }
}

#[cold]
fn never() -> ! {
    unreachable!("generated code asks `as_written` first")
}

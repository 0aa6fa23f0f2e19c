//! `checked_arithmetic`: what stands before an operator of the user's source.
//!
//! The macro sees tokens, not types, and `+` may join integers, strings, durations or a user's own type. So the choice is
//! left to the compiler. Generated code wraps references to both operands in `Operands` and asks it to check: for two
//! integers, or an integer and a reference to one, the method comes from `ByInteger`; for anything else it comes from
//! `ByOperator`, found one auto-reference later, whose answer is to run the operator as it is written.
//!
//! Inside a generic function the operands of type `T` are not known to be integers: `late.rs` asks once more, where they are.

#![allow(clippy::unused_self, reason = "generated code asks an answer whose type it does not know")]
#![allow(clippy::arithmetic_side_effects, reason = "a divisor has been looked at before it divides")]
#![allow(clippy::cast_lossless, reason = "there is no `From` between usize and the wide types")]

pub(crate) mod cast;
pub(crate) mod late;
pub(crate) mod method;
mod time;
pub(crate) mod watched;

use self::late::{Binary, Late, Negation, Shift};
use crate::Violation;
use crate::violation::{Cause, Integer, Kept, Values};

/// The violations are made out of line, and only from what costs the hot path nothing: an operand kept in a register for
/// them costs a loop an instruction each time round (`tests/benches/arithmetic.rs`). After a sum or a difference that is
/// the wrapped result, from which the true one follows; before a shift both operands; after a product none.
macro_rules! integers {
    ($kept:ident($wide:ident): $($int:ident)*) => {$(const _: () = {
        const TYPE: &str = stringify!($int);

        fn kept(value: $int) -> Integer {
            Integer::$kept(value as $wide)
        }

        #[cold]
        #[inline(never)]
        #[track_caller]
        fn wrapped(operator: &'static str, result: $int) -> Violation {
            // A signed type shows the direction by the wrong sign.
            let below = if <$int>::MIN == 0 { operator.starts_with('-') } else { result.leading_zeros() > 0 };
            refused("arithmetic.overflow", operator, TYPE, true_result(i128::try_from(result).ok(), <$int>::BITS, below))
        }

        #[cold]
        #[inline(never)]
        #[track_caller]
        fn lost(operator: &'static str) -> Violation {
            refused("arithmetic.overflow", operator, TYPE, Values::None)
        }

        #[cold]
        #[inline(never)]
        #[track_caller]
        fn no_quotient(operator: &'static str, right: $int) -> Violation {
            if right == 0 {
                refused("arithmetic.division", operator, TYPE, Values::None)
            } else {
                // Only the smallest value by minus one has a quotient that does not fit.
                refused("arithmetic.overflow", operator, TYPE, Values::Operands(kept(<$int>::MIN), kept(right)))
            }
        }

        #[cold]
        #[inline(never)]
        #[track_caller]
        fn too_far(operator: &'static str, left: $int, amount: u32) -> Violation {
            refused("arithmetic.overflow", operator, TYPE, Values::Operands(kept(left), Integer::Unsigned(amount as u128)))
        }

        impl Number for $int {
            #[inline]
            #[track_caller]
            fn add(self, right: Self, operator: &'static str) -> Result<Done<Self>, Violation> {
                match self.checked_add(right) {
                    Some(sum) => Ok(Done(sum)),
                    None => Err(wrapped(operator, self.wrapping_add(right))),
                }
            }

            #[inline]
            #[track_caller]
            fn sub(self, right: Self, operator: &'static str) -> Result<Done<Self>, Violation> {
                match self.checked_sub(right) {
                    Some(difference) => Ok(Done(difference)),
                    None => Err(wrapped(operator, self.wrapping_sub(right))),
                }
            }

            #[inline]
            #[track_caller]
            fn mul(self, right: Self, operator: &'static str) -> Result<Done<Self>, Violation> {
                match self.checked_mul(right) {
                    Some(product) => Ok(Done(product)),
                    None => Err(lost(operator)),
                }
            }

            #[inline]
            #[track_caller]
            fn div(self, right: Self, operator: &'static str) -> Result<Done<Self>, Violation> {
                match self.checked_div(right) {
                    Some(quotient) => Ok(Done(quotient)),
                    None => Err(no_quotient(operator, right)),
                }
            }

            #[inline]
            #[track_caller]
            fn rem(self, right: Self, operator: &'static str) -> Result<Done<Self>, Violation> {
                match self.checked_rem(right) {
                    Some(remainder) => Ok(Done(remainder)),
                    None => Err(no_quotient(operator, right)),
                }
            }

            fitted!(add sub mul);

            #[inline]
            #[track_caller]
            fn saturating_div(self, right: Self, operator: &'static str) -> Result<Done<Self>, Violation> {
                if right == 0 { Err(no_quotient(operator, right)) } else { Ok(Done(self.saturating_div(right))) }
            }

            #[inline]
            #[track_caller]
            fn wrapping_div(self, right: Self, operator: &'static str) -> Result<Done<Self>, Violation> {
                if right == 0 { Err(no_quotient(operator, right)) } else { Ok(Done(self.wrapping_div(right))) }
            }

            #[inline]
            #[track_caller]
            fn saturating_rem(self, right: Self, operator: &'static str) -> Result<Done<Self>, Violation> {
                Number::wrapping_rem(self, right, operator)
            }

            #[inline]
            #[track_caller]
            fn wrapping_rem(self, right: Self, operator: &'static str) -> Result<Done<Self>, Violation> {
                if right == 0 { Err(no_quotient(operator, right)) } else { Ok(Done(self.wrapping_rem(right))) }
            }
        }

        impl Bits for $int {
            #[inline]
            #[track_caller]
            fn shl(self, amount: u32, operator: &'static str) -> Result<Done<Self>, Violation> {
                match self.checked_shl(amount) {
                    Some(shifted) => Ok(Done(shifted)),
                    None => Err(too_far(operator, self, amount)),
                }
            }

            #[inline]
            #[track_caller]
            fn shr(self, amount: u32, operator: &'static str) -> Result<Done<Self>, Violation> {
                match self.checked_shr(amount) {
                    Some(shifted) => Ok(Done(shifted)),
                    None => Err(too_far(operator, self, amount)),
                }
            }

            /// As a product by a power of two that saturates: what is not nothing goes to the end of the type.
            #[inline]
            fn saturating_shl(self, amount: u32, _: &'static str) -> Result<Done<Self>, Violation> {
                Ok(Done(match self.checked_shl(amount) {
                    Some(shifted) => shifted,
                    None if self == 0 => 0,
                    None if self > 0 => <$int>::MAX,
                    None => <$int>::MIN,
                }))
            }

            /// As a quotient by a power of two: nothing is left, or, below zero, minus one.
            #[inline]
            #[allow(unused_comparisons, reason = "the macro serves signed and unsigned types")]
            fn saturating_shr(self, amount: u32, _: &'static str) -> Result<Done<Self>, Violation> {
                Ok(Done(self.checked_shr(amount).unwrap_or(if self < 0 { !0 } else { 0 })))
            }

            #[inline]
            fn wrapping_shl(self, amount: u32, _: &'static str) -> Result<Done<Self>, Violation> {
                Ok(Done(self.wrapping_shl(amount)))
            }

            #[inline]
            fn wrapping_shr(self, amount: u32, _: &'static str) -> Result<Done<Self>, Violation> {
                Ok(Done(self.wrapping_shr(amount)))
            }
        }

        impl ShiftAmount for $int {
            #[inline]
            fn amount(self) -> u32 {
                u32::try_from(self).unwrap_or(u32::MAX)
            }
            #[inline]
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a release build looks at the low bits")]
            fn low_bits(self) -> u32 {
                self as u32
            }
        }

        impl<R: ShiftAmount> ByBits for ShiftOperands<'_, $int, R> {
            shifted!($int);
        }
        impl<R: ShiftAmount> ByBits for ShiftOperands<'_, &$int, R> {
            shifted!($int);
        }
        operands!($int);
    };)*};
}

macro_rules! fitted {
    ($($operation:ident)*) => {$(fitted!(@ $operation);)*};
    (@ add) => { fitted!(@ saturating_add wrapping_add); };
    (@ sub) => { fitted!(@ saturating_sub wrapping_sub); };
    (@ mul) => { fitted!(@ saturating_mul wrapping_mul); };
    (@ $saturating:ident $wrapping:ident) => {
        #[inline]
        fn $saturating(self, right: Self, _: &'static str) -> Result<Done<Self>, Violation> {
            Ok(Done(self.$saturating(right)))
        }
        #[inline]
        fn $wrapping(self, right: Self, _: &'static str) -> Result<Done<Self>, Violation> {
            Ok(Done(self.$wrapping(right)))
        }
    };
}

macro_rules! shifted {
    ($int:ident) => {
        type Number = $int;
        #[inline]
        fn __portcullis_shift(&self) -> ($int, u32) {
            (self.0.number(), self.1.amount())
        }
        #[inline]
        fn __portcullis_masked(&self) -> ($int, u32) {
            (self.0.number(), self.1.low_bits())
        }
    };
}

macro_rules! signed {
    ($($int:ident)*) => {$(
        impl Sign for $int {
            #[inline]
            #[track_caller]
            fn negated(self, operator: &'static str) -> Result<Done<Self>, Violation> {
                match self.checked_neg() {
                    Some(negated) => Ok(Done(negated)),
                    None => Err(refused("arithmetic.overflow", operator, stringify!($int), Values::Operand(Integer::Signed(self as i128)))),
                }
            }
            #[inline]
            fn saturating_negated(self, _: &'static str) -> Result<Done<Self>, Violation> {
                Ok(Done(self.saturating_neg()))
            }
            #[inline]
            fn wrapping_negated(self, _: &'static str) -> Result<Done<Self>, Violation> {
                Ok(Done(self.wrapping_neg()))
            }
        }
        negated!($int);
    )*};
}

/// Floats go to infinity or NaN by themselves, and the language refuses none of it.
macro_rules! floats {
    ($($float:ident)*) => {$(
        impl Number for $float {
            floats!(@ add + sub - mul * div / rem %);
            floats!(@ saturating_add + saturating_sub - saturating_mul * saturating_div / saturating_rem %);
            floats!(@ wrapping_add + wrapping_sub - wrapping_mul * wrapping_div / wrapping_rem %);
        }
        operands!($float);
        impl Sign for $float {
            floats!(@ - negated saturating_negated wrapping_negated);
        }
        negated!($float);
    )*};
    (@ - $($name:ident)*) => {$(
        #[inline]
        fn $name(self, _: &'static str) -> Result<Done<Self>, Violation> {
            Ok(Done(-self))
        }
    )*};
    (@ $($name:ident $operator:tt)*) => {$(
        #[inline]
        fn $name(self, right: Self, _: &'static str) -> Result<Done<Self>, Violation> {
            Ok(Done(self $operator right))
        }
    )*};
}

macro_rules! negated {
    ($number:ident) => {
        negated!(@ $number, $number);
        negated!(@ $number, &$number);
    };
    (@ $number:ident, $operand:ty) => {
        impl BySign for Negated<'_, $operand> {
            type Number = $number;
            #[inline]
            fn __portcullis_signed(&self) -> ($number,) {
                (self.0.number(),)
            }
        }
    };
}

/// Written out for each pair: one impl over all numbers overlaps with itself in the compiler's eyes (E0119).
macro_rules! operands {
    ($number:ident) => {
        impl Operand for $number {
            type Number = $number;
            #[inline]
            fn number(&self) -> $number {
                *self
            }
        }
        operands!(@ $number, $number, $number);
        operands!(@ $number, $number, &$number);
        operands!(@ $number, &$number, $number);
        operands!(@ $number, &$number, &$number);
    };
    (@ $number:ident, $left:ty, $right:ty) => {
        impl ByInteger for Operands<'_, $left, $right> {
            type Number = $number;
            type Right = $number;
            #[inline]
            fn __portcullis_numbers(&self) -> ($number, $number) {
                (self.0.number(), self.1.number())
            }
        }
    };
}

macro_rules! asks {
    (of $numbers:ident $parts:tt: $($method:ident $operation:ident $operator:literal),*) => {
        $(asks!(@ $numbers $parts $method $operation $operator);)*
    };
    (@ $numbers:ident ($number:ident $(, $right:ident)?) $method:ident $operation:ident $operator:literal) => {
        #[doc(hidden)]
        #[allow(clippy::missing_errors_doc, reason = "only for generated code")]
        #[inline]
        #[track_caller]
        fn $method(&self) -> Result<Done<Self::Number>, Violation> {
            let ($number, $($right)?) = self.$numbers();
            $number.$operation($($right,)? $operator)
        }
    };
}

/// What is found out late, each by the operator of the types that it may turn out to have.
macro_rules! asks_late {
    (of $ask:ident $asked:tt: $($method:ident $operation:ident $operator:literal),*) => {
        $(asks_late!(@ $ask $asked $method $operation $operator);)*
    };
    (
        @ $ask:ident ($trait:ident $($masked:literal)?, $number:ident: $of:ident $(, $right:ident: $type:ty)?)
        $method:ident $operation:ident $operator:literal
    ) => {
        #[doc(hidden)]
        #[allow(clippy::missing_errors_doc, reason = "only for generated code")]
        #[inline]
        #[track_caller]
        fn $method(&self) -> Result<Late, Violation> {
            struct Asked;
            impl $trait for Asked {
                $(const MASKED: bool = $masked;)?
                #[inline]
                #[track_caller]
                fn of<N: $of>($number: N $(, $right: $type)?) -> Result<Done<N>, Violation> {
                    $number.$operation($($right,)? $operator)
                }
            }
            self.$ask::<Asked>()
        }
    };
}

/// The methods that generated code calls, each with the operation and the operator's text.
macro_rules! methods {
    (binary $asks:ident $of:ident $parts:tt) => {
        $asks! { of $of $parts:
            __portcullis_add add "+", __portcullis_add_assign add "+=",
            __portcullis_sub sub "-", __portcullis_sub_assign sub "-=",
            __portcullis_mul mul "*", __portcullis_mul_assign mul "*=",
            __portcullis_div div "/", __portcullis_div_assign div "/=",
            __portcullis_rem rem "%", __portcullis_rem_assign rem "%=",
            __portcullis_saturating_add saturating_add "+", __portcullis_wrapping_add wrapping_add "+",
            __portcullis_saturating_sub saturating_sub "-", __portcullis_wrapping_sub wrapping_sub "-",
            __portcullis_saturating_mul saturating_mul "*", __portcullis_wrapping_mul wrapping_mul "*",
            __portcullis_saturating_div saturating_div "/", __portcullis_wrapping_div wrapping_div "/",
            __portcullis_saturating_rem saturating_rem "%", __portcullis_wrapping_rem wrapping_rem "%"
        }
    };
    (shift $asks:ident $of:ident $parts:tt) => {
        $asks! { of $of $parts:
            __portcullis_shl shl "<<", __portcullis_shl_assign shl "<<=",
            __portcullis_shr shr ">>", __portcullis_shr_assign shr ">>=",
            __portcullis_saturating_shl saturating_shl "<<", __portcullis_saturating_shr saturating_shr ">>"
        }
    };
    (masked $asks:ident $of:ident $parts:tt) => {
        $asks! { of $of $parts:
            __portcullis_wrapping_shl wrapping_shl "<<", __portcullis_wrapping_shr wrapping_shr ">>"
        }
    };
    (sign $asks:ident $of:ident $parts:tt) => {
        $asks! { of $of $parts:
            __portcullis_neg negated "-", __portcullis_saturating_neg saturating_negated "-",
            __portcullis_wrapping_neg wrapping_negated "-"
        }
    };
}

/// The operands of `+ - * / %`, by reference: asking moves nothing.
#[derive(Debug)]
pub struct Operands<'a, L, R>(pub &'a L, pub &'a R);

/// The operands of `<< >>`: their types need not be the same.
#[derive(Debug)]
pub struct ShiftOperands<'a, L, R>(pub &'a L, pub &'a R);

/// The operand of unary `-`.
#[derive(Debug)]
pub struct Negated<'a, T>(pub &'a T);

/// The same of operands whose types the compiler decides last (`macros/src/rewrite/undecided.rs`): they are asked late, whatever
/// they turn out to be.
#[derive(Debug)]
pub struct OpenOperands<'a, L, R>(pub &'a L, pub &'a R);

#[derive(Debug)]
#[allow(missing_docs, reason = "as above")]
pub struct OpenShiftOperands<'a, L, R>(pub &'a L, pub &'a R);

/// The answer for numbers: the result. Using it, and not the operator once more, is what lets the optimiser make one
/// instruction of a product and its check.
#[derive(Debug)]
pub struct Done<T>(pub(crate) T);

/// The answer for anything else: the operator, as it is written.
#[derive(Debug)]
pub struct AsWritten;

impl<T> Done<T> {
    /// Whether the operator is to run as it is written.
    #[inline]
    #[must_use]
    pub const fn as_written(&self) -> bool {
        false
    }

    /// The result.
    #[inline]
    #[must_use]
    pub fn value(self) -> T {
        self.0
    }

    /// The result, into the place of a compound assignment.
    #[inline]
    pub fn store(self, place: &mut T) {
        *place = self.0;
    }
}

impl AsWritten {
    /// Whether the operator is to run as it is written.
    #[inline]
    #[must_use]
    pub const fn as_written(&self) -> bool {
        true
    }

    /// Never runs.
    #[must_use]
    pub fn value<T>(self) -> T {
        never()
    }

    /// Never runs.
    #[must_use]
    pub fn element<'a, T: ?Sized>(&self) -> &'a T {
        never()
    }

    /// Never runs.
    pub fn store<T: ?Sized>(self, _: &mut T) {
        never()
    }
}

#[cold]
pub(crate) fn never() -> ! {
    unreachable!("generated code asks `as_written` first")
}

/// Operands that are checked. Floats count among them and pass every check: a closure whose parameter types become known
/// late has to settle on this side.
#[diagnostic::on_unimplemented(
    message = "[PC0020] the types of these operands become known too late",
    label = "annotate the closure parameters that stand here, such as `|a: String, b: &str|`",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0020/"
)]
pub trait ByInteger {
    #[doc(hidden)]
    type Number: Number<Self::Right>;
    #[doc(hidden)]
    type Right;
    #[doc(hidden)]
    fn __portcullis_numbers(&self) -> (Self::Number, Self::Right);
    methods!(binary asks __portcullis_numbers(left, right));
}

/// The same for shifts, where only the left side has to be known.
#[diagnostic::on_unimplemented(
    message = "[PC0020] the types of these operands become known too late",
    label = "annotate the closure parameters that stand here, such as `|a: u32, b: u32|`",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0020/"
)]
pub trait ByBits {
    #[doc(hidden)]
    type Number: Bits;
    #[doc(hidden)]
    fn __portcullis_shift(&self) -> (Self::Number, u32);
    #[doc(hidden)]
    fn __portcullis_masked(&self) -> (Self::Number, u32);
    methods!(shift asks __portcullis_shift(number, amount));
    methods!(masked asks __portcullis_masked(number, amount));
}

/// The same for unary `-`.
#[diagnostic::on_unimplemented(
    message = "[PC0020] the type of this operand becomes known too late",
    label = "annotate the closure parameter that stands here, such as `|a: i32|`",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0020/"
)]
pub trait BySign {
    #[doc(hidden)]
    type Number: Sign;
    #[doc(hidden)]
    fn __portcullis_signed(&self) -> (Self::Number,);
    methods!(sign asks __portcullis_signed(number));
}

/// All other operands: nothing to check, unless they are integers that only a type parameter hides.
pub trait ByOperator {
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc, reason = "only for generated code")]
    #[inline]
    fn __portcullis_binary<O: Binary>(&self) -> Result<Late, Violation> {
        Ok(Late::AS_WRITTEN)
    }
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc, reason = "only for generated code")]
    #[inline]
    fn __portcullis_shifted<O: Shift>(&self) -> Result<Late, Violation> {
        Ok(Late::AS_WRITTEN)
    }
    #[doc(hidden)]
    #[allow(clippy::missing_errors_doc, reason = "only for generated code")]
    #[inline]
    fn __portcullis_negated<O: Negation>(&self) -> Result<Late, Violation> {
        Ok(Late::AS_WRITTEN)
    }
    methods!(binary asks_late __portcullis_binary(Binary, left: Number, right: N));
    methods!(shift asks_late __portcullis_shifted(Shift false, number: Bits, amount: u32));
    methods!(masked asks_late __portcullis_shifted(Shift true, number: Bits, amount: u32));
    methods!(sign asks_late __portcullis_negated(Negation, number: Sign));
}

macro_rules! by_operator {
    ($($operands:ty: $ask:ident<$trait:ident> by $late:ident;)*) => {$(
        impl<L, R> ByOperator for $operands {
            #[inline]
            #[track_caller]
            fn $ask<O: $trait>(&self) -> Result<Late, Violation> {
                late::$late::<O, L, R>(self.0, self.1)
            }
        }
    )*};
}

by_operator! {
    &Operands<'_, L, R>: __portcullis_binary<Binary> by binary;
    OpenOperands<'_, L, R>: __portcullis_binary<Binary> by binary;
    &ShiftOperands<'_, L, R>: __portcullis_shifted<Shift> by shift;
    OpenShiftOperands<'_, L, R>: __portcullis_shifted<Shift> by shift;
}

impl<T> ByOperator for &Negated<'_, T> {
    #[inline]
    #[track_caller]
    fn __portcullis_negated<O: Negation>(&self) -> Result<Late, Violation> {
        late::negation::<O, T>(self.0)
    }
}

/// A number or what leads to one: the operators take references, and methods reach through all of these.
pub trait Operand {
    #[doc(hidden)]
    type Number;
    #[doc(hidden)]
    fn number(&self) -> Self::Number;
}

macro_rules! reached {
    ($($reference:ty),*) => {$(
        impl<T: Operand + ?Sized> Operand for $reference {
            type Number = T::Number;
            #[inline]
            fn number(&self) -> T::Number {
                (**self).number()
            }
        }
    )*};
}
reached!(&T, &mut T, core::cell::Ref<'_, T>, core::cell::RefMut<'_, T>);
#[cfg(feature = "alloc")]
reached!(alloc::boxed::Box<T>, alloc::rc::Rc<T>, alloc::sync::Arc<T>);
#[cfg(feature = "std")]
reached!(std::sync::MutexGuard<'_, T>, std::sync::RwLockReadGuard<'_, T>, std::sync::RwLockWriteGuard<'_, T>);

macro_rules! operations {
    ($($operation:ident)*) => {$(
        #[doc(hidden)]
        #[track_caller]
        fn $operation(self, _: R, _: &'static str) -> Result<Done<Self>, Violation> {
            never()
        }
    )*};
}

/// A number: does the operation have a result, and does it fit? What the language has no operator for is never asked.
#[allow(clippy::missing_errors_doc, reason = "only for generated code")]
pub trait Number<R = Self>: Copy {
    operations! {
        add sub mul div rem
        saturating_add saturating_sub saturating_mul saturating_div saturating_rem
        wrapping_add wrapping_sub wrapping_mul wrapping_div wrapping_rem
    }
}

/// A number that can be shifted.
#[allow(clippy::missing_errors_doc, reason = "only for generated code")]
pub trait Bits: Copy {
    #[doc(hidden)]
    fn shl(self, amount: u32, operator: &'static str) -> Result<Done<Self>, Violation>;
    #[doc(hidden)]
    fn shr(self, amount: u32, operator: &'static str) -> Result<Done<Self>, Violation>;
    #[doc(hidden)]
    fn saturating_shl(self, amount: u32, operator: &'static str) -> Result<Done<Self>, Violation>;
    #[doc(hidden)]
    fn saturating_shr(self, amount: u32, operator: &'static str) -> Result<Done<Self>, Violation>;
    #[doc(hidden)]
    fn wrapping_shl(self, amount: u32, operator: &'static str) -> Result<Done<Self>, Violation>;
    #[doc(hidden)]
    fn wrapping_shr(self, amount: u32, operator: &'static str) -> Result<Done<Self>, Violation>;
}

/// A number with a sign.
#[allow(clippy::missing_errors_doc, reason = "only for generated code")]
pub trait Sign: Copy {
    #[doc(hidden)]
    fn negated(self, operator: &'static str) -> Result<Done<Self>, Violation>;
    #[doc(hidden)]
    fn saturating_negated(self, operator: &'static str) -> Result<Done<Self>, Violation>;
    #[doc(hidden)]
    fn wrapping_negated(self, operator: &'static str) -> Result<Done<Self>, Violation>;
}

/// What may stand right of `<<`.
pub trait ShiftAmount: Copy {
    /// An amount that is negative, or does not fit, is larger than any width.
    #[doc(hidden)]
    fn amount(self) -> u32;
    /// What a release build looks at.
    #[doc(hidden)]
    fn low_bits(self) -> u32;
}

impl<T: ShiftAmount> ShiftAmount for &T {
    #[inline]
    fn amount(self) -> u32 {
        (*self).amount()
    }
    #[inline]
    fn low_bits(self) -> u32 {
        (*self).low_bits()
    }
}

#[cold]
#[inline(never)]
#[track_caller]
pub(crate) fn refused(code: &'static str, operator: &'static str, of: &'static str, values: Values) -> Violation {
    Violation::new(code, Cause::Arithmetic { operator, of, values: Kept::new(values) })
}

#[cold]
#[inline(never)]
#[track_caller]
fn beyond(operator: &'static str, of: &'static str) -> Violation {
    refused("arithmetic.overflow", operator, of, Values::None)
}

#[cold]
#[inline(never)]
#[track_caller]
fn by_zero(operator: &'static str, of: &'static str) -> Violation {
    refused("arithmetic.division", operator, of, Values::None)
}

/// What the sum or difference would have been, from what the type made of it: one turn above, or one `below`. The widest
/// types have no wider one to say it in.
fn true_result(wrapped: Option<i128>, bits: u32, below: bool) -> Values {
    let turn = 1i128.checked_shl(bits);
    let result = match (wrapped, turn) {
        (Some(wrapped), Some(turn)) if below => wrapped.checked_sub(turn),
        (Some(wrapped), Some(turn)) => wrapped.checked_add(turn),
        _ => None,
    };
    result.map_or(Values::None, |result| Values::Result(Integer::Signed(result)))
}

integers!(Unsigned(u128): u8 u16 u32 u64 u128 usize);
integers!(Signed(i128): i8 i16 i32 i64 i128 isize);
signed!(i8 i16 i32 i64 i128 isize);
floats!(f32 f64);

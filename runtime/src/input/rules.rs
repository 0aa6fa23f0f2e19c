//! The rules of `#[check(..)]`. Each answers `Ok(())`, or the rule's code and its words, and never holds the value.

mod number;
mod text;

#[cfg(feature = "alloc")]
use alloc::{
    borrow::Cow,
    string::{String, ToString},
};
use core::fmt::Display;

#[cfg(feature = "validator")]
use validator::{ValidateArgs, ValidateLength, ValidationError, ValidationErrors};

pub use self::number::{Finite, Ranged, finite, range, range_between};
#[cfg(feature = "graphemes")]
pub use self::text::length_in_graphemes;
#[cfg(feature = "validator")]
pub use self::text::{Pattern, email, non_control, pattern, regex, url};
pub use self::text::{ascii, length_in_bytes, one_of_words};

/// A broken rule.
#[derive(Debug)]
pub struct Broken {
    pub(super) code: Code,
    #[cfg(feature = "alloc")]
    pub(super) detail: String,
}

/// Of a rule of the user's own, whose code may be made at run time, with the list that has the words for it.
#[cfg(feature = "alloc")]
type Code = Cow<'static, str>;
#[cfg(not(feature = "alloc"))]
type Code = &'static str;

#[cold]
#[inline(never)]
#[cfg_attr(not(feature = "alloc"), expect(unused_variables, reason = "a code is all that is kept"))]
pub(super) fn broken(code: &'static str, detail: impl Display) -> Broken {
    Broken {
        code: Code::from(code),
        #[cfg(feature = "alloc")]
        detail: detail.to_string(),
    }
}

/// Of a rule with two bounds, both inclusive.
#[cold]
#[inline(never)]
fn outside<T: Display + PartialEq>(code: &'static str, words: &str, min: Option<T>, max: Option<T>) -> Broken {
    match (min, max) {
        (Some(min), Some(max)) if min == max => broken(code, format_args!("{words} {min}")),
        (Some(min), Some(max)) => broken(code, format_args!("{words} between {min} and {max}")),
        (Some(min), None) => broken(code, format_args!("{words} at least {min}")),
        (None, Some(max)) => broken(code, format_args!("{words} at most {max}")),
        (None, None) => broken(code, format_args!("{words} a number")),
    }
}

/// A value whose length `validator` knows.
#[cfg(feature = "validator")]
#[diagnostic::on_unimplemented(
    message = "[PC0103] `length` does not fit the type `{Self}`",
    label = "`length` is for strings and collections",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0103/"
)]
pub trait Lengthy: ValidateLength<u64> {}

#[cfg(feature = "validator")]
#[diagnostic::do_not_recommend]
impl<T: ValidateLength<u64> + ?Sized> Lengthy for T {}

/// `length(min = .., max = ..)` or `length(equal = ..)`: characters of a string, elements of a collection.
///
/// # Errors
/// `length`.
#[cfg(feature = "validator")]
#[inline]
pub fn length<T>(value: &T, min: Option<u64>, max: Option<u64>, equal: Option<u64>) -> Result<(), Broken>
where
    T: Lengthy + ?Sized,
{
    if value.validate_length(min, max, equal) { Ok(()) } else { Err(outside_length("", min, max, equal)) }
}

#[cold]
#[inline(never)]
pub(super) fn outside_length(unit: &str, min: Option<u64>, max: Option<u64>, equal: Option<u64>) -> Broken {
    let (min, max) = if equal.is_some() { (equal, equal) } else { (min, max) };
    let words = match unit {
        "bytes" => "must have a number of bytes that is",
        "graphemes" => "must have a number of visible characters that is",
        _ => "must have a length that is",
    };
    outside("length", words, min, max)
}

/// `one_of(a, b, ..)`.
///
/// # Errors
/// `one_of`. The admitted values are not listed: they may be a secret.
#[inline]
pub fn one_of<T: PartialEq<U> + ?Sized, U>(value: &T, admitted: &[U]) -> Result<(), Broken> {
    if admitted.iter().any(|one| value == one) { Ok(()) } else { Err(not_admitted()) }
}

#[cold]
#[inline(never)]
fn not_admitted() -> Broken {
    broken("one_of", "is not one of the admitted values")
}

/// `custom = path`: a function of the user's, of the shape that `validator` has for its own custom rules.
///
/// # Errors
/// The error's code and message.
#[cfg(feature = "validator")]
#[inline]
pub fn custom(result: Result<(), ValidationError>) -> Result<(), Broken> {
    match result {
        Ok(()) => Ok(()),
        Err(error) => Err(Broken { detail: super::detail(&error), code: error.code }),
    }
}

/// `args = ..`: `Validate`, of a type that needs to know something for it.
///
/// # Errors
/// What its rules found.
#[cfg(feature = "validator")]
#[inline]
pub fn validate_with_args<'v_a, T: ValidateArgs<'v_a> + ?Sized>(
    value: &T,
    args: T::Args,
) -> Result<(), ValidationErrors> {
    value.validate_with_args(args)
}

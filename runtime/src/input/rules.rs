//! The rules of `#[check(..)]`. Each answers `Ok(())`, or the rule's code and its words, and never holds the value.

#[cfg(feature = "alloc")]
use alloc::{
    borrow::Cow,
    string::{String, ToString},
};
use core::fmt::Display;

#[cfg(feature = "validator")]
use validator::{ValidateEmail, ValidateLength, ValidateNonControlCharacter, ValidateUrl, ValidationError};

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

/// A number that `range` fits.
#[diagnostic::on_unimplemented(
    message = "[PC0103] `range` does not fit the type `{Self}`",
    label = "`range` is for integers, floats and characters"
)]
pub trait Ranged: PartialOrd + Copy + Display {}

macro_rules! ranged {
    ($($number:ty)*) => {$(impl Ranged for $number {})*};
}
ranged!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 char);

/// `range(min = .., max = ..)`, both inclusive. NaN is in no range.
///
/// # Errors
/// `range`.
#[inline]
pub fn range<T: Ranged>(value: &T, min: Option<T>, max: Option<T>) -> Result<(), Broken> {
    let inside = min.is_none_or(|min| *value >= min) && max.is_none_or(|max| *value <= max);
    if inside { Ok(()) } else { Err(outside("range", "must be", min, max)) }
}

/// A value whose length `validator` knows.
#[cfg(feature = "validator")]
#[diagnostic::on_unimplemented(
    message = "[PC0103] `length` does not fit the type `{Self}`",
    label = "`length` is for strings and collections"
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
    if value.validate_length(min, max, equal) {
        return Ok(());
    }
    let (min, max) = if equal.is_some() { (equal, equal) } else { (min, max) };
    Err(outside("length", "must have a length that is", min, max))
}

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

#[cold]
#[inline(never)]
#[cfg_attr(not(feature = "alloc"), expect(unused_variables, reason = "a code is all that is kept"))]
fn broken(code: &'static str, detail: impl Display) -> Broken {
    Broken {
        code: Code::from(code),
        #[cfg(feature = "alloc")]
        detail: detail.to_string(),
    }
}

/// `finite`: neither NaN nor infinite.
///
/// # Errors
/// `finite`.
#[inline]
pub fn finite(value: &(impl Into<f64> + Copy)) -> Result<(), Broken> {
    if (*value).into().is_finite() { Ok(()) } else { Err(broken("finite", "must be a finite number")) }
}

/// `one_of(a, b, ..)`.
///
/// # Errors
/// `one_of`. The admitted values are not listed: they may be a secret.
#[inline]
pub fn one_of<T: PartialEq<U> + ?Sized, U>(value: &T, admitted: &[U]) -> Result<(), Broken> {
    if admitted.iter().any(|one| value == one) {
        Ok(())
    } else {
        Err(broken("one_of", "is not one of the admitted values"))
    }
}

/// `ascii`.
///
/// # Errors
/// `ascii`.
#[inline]
pub fn ascii(value: &(impl AsRef<str> + ?Sized)) -> Result<(), Broken> {
    if value.as_ref().is_ascii() { Ok(()) } else { Err(broken("ascii", "must be ASCII")) }
}

/// `non_control`: no control characters, by `validator`'s rule.
///
/// # Errors
/// `non_control`.
#[cfg(feature = "validator")]
#[inline]
pub fn non_control(value: &(impl AsRef<str> + ?Sized)) -> Result<(), Broken> {
    if Cow::from(value.as_ref()).validate_non_control_character() {
        Ok(())
    } else {
        Err(broken("non_control", "must not hold control characters"))
    }
}

/// `email`, by `validator`'s rule.
///
/// # Errors
/// `email`.
#[cfg(feature = "validator")]
#[inline]
pub fn email(value: &(impl AsRef<str> + ?Sized)) -> Result<(), Broken> {
    if Cow::from(value.as_ref()).validate_email() { Ok(()) } else { Err(broken("email", "must be an e-mail address")) }
}

/// `url`, by `validator`'s rule.
///
/// # Errors
/// `url`.
#[cfg(feature = "validator")]
#[inline]
pub fn url(value: &(impl AsRef<str> + ?Sized)) -> Result<(), Broken> {
    if Cow::from(value.as_ref()).validate_url() { Ok(()) } else { Err(broken("url", "must be a URL")) }
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

//! The rules of texts.

#[cfg(feature = "validator")]
use alloc::borrow::Cow;
#[cfg(feature = "validator")]
use std::sync::OnceLock;

#[cfg(feature = "validator")]
use ::regex::Regex;
#[cfg(feature = "validator")]
use validator::{AsRegex, ValidateEmail, ValidateNonControlCharacter, ValidateUrl};

use super::{Broken, broken, not_admitted, outside_length};

/// `length(.., unit = bytes)`.
///
/// # Errors
/// `length`.
#[inline]
pub fn length_in_bytes<T: AsRef<[u8]> + ?Sized>(
    value: &T,
    min: Option<u64>,
    max: Option<u64>,
    equal: Option<u64>,
) -> Result<(), Broken> {
    if is_length(value.as_ref().len(), min, max, equal) {
        Ok(())
    } else {
        Err(outside_length("bytes", min, max, equal))
    }
}

/// `length(.., unit = graphemes)`: what a reader takes for one character. With the feature `graphemes`.
///
/// # Errors
/// `length`.
#[cfg(feature = "graphemes")]
#[inline]
pub fn length_in_graphemes<T: AsRef<str> + ?Sized>(
    value: &T,
    min: Option<u64>,
    max: Option<u64>,
    equal: Option<u64>,
) -> Result<(), Broken> {
    use unicode_segmentation::UnicodeSegmentation as _;

    // No further than it takes to tell: a text that is far too long is not read to its end.
    let enough = [min, max, equal].into_iter().flatten().max().unwrap_or(u64::MAX);
    let enough = usize::try_from(enough).unwrap_or(usize::MAX).saturating_add(1);
    let length = value.as_ref().graphemes(true).take(enough).count();
    if is_length(length, min, max, equal) { Ok(()) } else { Err(outside_length("graphemes", min, max, equal)) }
}

#[inline]
fn is_length(length: usize, min: Option<u64>, max: Option<u64>, equal: Option<u64>) -> bool {
    // No length is beyond 64 bits.
    let length = u64::try_from(length).unwrap_or(u64::MAX);
    min.is_none_or(|min| length >= min)
        && max.is_none_or(|max| length <= max)
        && equal.is_none_or(|equal| length == equal)
}

/// `one_of("a", "b", ..)` of a text.
///
/// # Errors
/// `one_of`. The admitted values are not listed: they may be a secret.
#[inline]
pub fn one_of_words<T: AsRef<str> + ?Sized, U: AsRef<str>>(value: &T, admitted: &[U]) -> Result<(), Broken> {
    let value = value.as_ref();
    if admitted.iter().any(|one| value == one.as_ref()) { Ok(()) } else { Err(not_admitted()) }
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

/// A `regex = ".."`, compiled when it is first asked, and once.
#[cfg(feature = "validator")]
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    /// `None` where it has become too large, which a macro does not see: nothing matches it then.
    compiled: OnceLock<Option<Regex>>,
}

#[cfg(feature = "validator")]
impl Pattern {
    /// Not compiled yet.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, compiled: OnceLock::new() }
    }

    fn is_match(&self, text: &str) -> bool {
        self.compiled.get_or_init(|| Regex::new(self.text).ok()).as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

/// `regex = ".."`.
///
/// # Errors
/// `regex`.
#[cfg(feature = "validator")]
#[inline]
pub fn pattern(value: &(impl AsRef<str> + ?Sized), pattern: &'static Pattern) -> Result<(), Broken> {
    if pattern.is_match(value.as_ref()) { Ok(()) } else { Err(other_form()) }
}

/// `regex = path`: a `Regex` of the user's own, or a `LazyLock` with one.
///
/// # Errors
/// `regex`.
#[cfg(feature = "validator")]
#[inline]
pub fn regex(value: &(impl AsRef<str> + ?Sized), regex: impl AsRegex) -> Result<(), Broken> {
    if regex.as_regex().is_match(value.as_ref()) { Ok(()) } else { Err(other_form()) }
}

#[cfg(feature = "validator")]
#[cold]
#[inline(never)]
fn other_form() -> Broken {
    broken("regex", "does not have the form that is asked for")
}

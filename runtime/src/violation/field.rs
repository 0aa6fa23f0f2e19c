//! The values of a request that broke a rule, as the client may hear of them. With the feature `alloc`.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;

use super::{Cause, Violation, input_code};

/// One rule that one value of the request broke. Holds no rejected value. With the feature `alloc`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct FieldError {
    /// Parameter name, then the path inside its value: `req.items[3].name`.
    pub path: String,
    /// The rule, as a stable word: `range`, `length`, `email`, or the code of a custom rule.
    pub code: Cow<'static, str>,
    /// The rule in words, from its bounds: `must be between 1 and 86400`.
    pub detail: String,
}

/// More errors than this are counted, not kept: the answer to a hostile request stays small.
const FIELDS_KEPT: usize = 16;

/// The errors of one violation. Empty unless it is one of input.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) kept: Vec<FieldError>,
    pub(super) omitted: usize,
}

/// With the feature `alloc`.
impl Violation {
    /// A refusal of your own for one value, for what no rule can say (a name that is taken, a cross-check against stored
    /// state). It answers the client exactly as a broken rule does.
    ///
    /// ```
    /// use portcullis::Violation;
    ///
    /// let refused = Violation::field("name", "taken", "is already taken");
    /// assert_eq!(refused.code(), "input.custom");
    /// assert_eq!(refused.to_string(), "the request is refused: input.custom: name is already taken");
    /// ```
    #[track_caller]
    #[must_use]
    pub fn field(path: impl Into<String>, code: &'static str, detail: impl Into<String>) -> Self {
        Self::input(vec![FieldError { path: path.into(), code: code.into(), detail: detail.into() }], 0)
    }

    #[track_caller]
    #[cold]
    pub(crate) fn input(mut fields: Vec<FieldError>, omitted: usize) -> Self {
        // validator hands its errors over in the order of a hash map.
        fields.sort();
        let beyond = fields.len().saturating_sub(FIELDS_KEPT);
        fields.truncate(FIELDS_KEPT);
        let code = fields.first().map_or("input", |field| input_code(&field.code));
        let mut violation = Self::new(code, Cause::Input);
        violation.0.fields = Fields { kept: fields, omitted: beyond.saturating_add(omitted) };
        violation
    }

    /// The values of the request that broke a rule, sorted by path, at most 16. Empty unless [`kind`](Self::kind) is
    /// [`Kind::Input`](super::Kind::Input).
    #[must_use]
    pub fn fields(&self) -> &[FieldError] {
        &self.0.fields.kept
    }

    /// How many errors [`fields`](Self::fields) leaves out, at least: after 256 of them a list is not looked into further.
    #[must_use]
    pub fn fields_omitted(&self) -> usize {
        self.0.fields.omitted
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.path, self.detail)
    }
}

impl fmt::Display for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before = ": ";
        for field in &self.kept {
            write!(f, "{before}{field}")?;
            before = "; ";
        }
        match self.omitted {
            0 => Ok(()),
            more => write!(f, "; and at least {more} more"),
        }
    }
}

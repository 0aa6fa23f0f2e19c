//! Each broken rule of a call, with the words for it.

use alloc::borrow::{Cow, ToOwned};
#[cfg(feature = "validator")]
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

#[cfg(feature = "validator")]
use validator::{ValidationError, ValidationErrors, ValidationErrorsKind};

use super::rules;
use crate::Violation;
use crate::violation::FieldError;

/// Errors beyond this many are counted and not looked at: what a hostile value can make us allocate is bounded.
const ERRORS_LOOKED_AT: usize = 256;

/// What the parameters of one call broke. Holds no allocation while there is nothing to say.
#[derive(Debug, Default)]
pub struct Input {
    errors: Vec<FieldError>,
    omitted: usize,
}

impl Input {
    /// Nothing broken yet.
    #[inline]
    #[must_use]
    pub const fn new() -> Self {
        Self { errors: Vec::new(), omitted: 0 }
    }

    /// Notes a broken rule of the parameter `path`.
    #[inline]
    pub fn rule(&mut self, path: &'static str, result: Result<(), rules::Broken>) {
        if let Err(broken) = result {
            self.broken(path, broken);
        }
    }

    #[cold]
    #[inline(never)]
    fn broken(&mut self, path: &str, broken: rules::Broken) {
        self.push(path.to_owned(), broken.code, broken.detail);
    }

    /// Notes what `Validate` found in the parameter `path`.
    #[cfg(feature = "validator")]
    #[inline]
    pub fn validated(&mut self, path: &str, result: Result<(), ValidationErrors>) {
        if let Err(errors) = result {
            self.nested(path, &errors);
        }
    }

    #[cfg(feature = "validator")]
    #[cold]
    fn nested(&mut self, path: &str, errors: &ValidationErrors) {
        for (name, kind) in &errors.0 {
            // validator's name for "the list itself", and for a rule over a whole struct.
            let path = match &**name {
                "_tmp_validator" | "__all__" => path.to_owned(),
                name => format!("{path}.{name}"),
            };
            match kind {
                ValidationErrorsKind::Struct(inner) => self.nested(&path, inner),
                ValidationErrorsKind::List(items) => {
                    for (index, inner) in items {
                        self.nested(&format!("{path}[{index}]"), inner);
                    }
                }
                ValidationErrorsKind::Field(broken) => {
                    for error in broken {
                        self.push(path.clone(), error.code.clone(), detail(error));
                    }
                }
            }
        }
    }

    pub(super) fn push(&mut self, path: String, code: Cow<'static, str>, detail: String) {
        if self.errors.len() < ERRORS_LOOKED_AT {
            self.errors.push(FieldError { path, code, detail });
        } else {
            self.omitted = self.omitted.saturating_add(1);
        }
    }

    /// Ends the checks of a call.
    ///
    /// # Errors
    /// `input.*` when any rule was broken.
    #[inline]
    #[track_caller]
    pub fn finish(self) -> Result<(), Violation> {
        if self.errors.is_empty() { Ok(()) } else { Err(Violation::input(self.errors, self.omitted)) }
    }
}

/// The words for an error of `validator`, from its bounds only: its other parameters hold the rejected value.
#[cfg(feature = "validator")]
pub(super) fn detail(error: &ValidationError) -> String {
    if let Some(message) = &error.message {
        return message.clone().into_owned();
    }
    let words = match &*error.code {
        "email" => return "must be an e-mail address".to_owned(),
        "url" => return "must be a URL".to_owned(),
        "required" => return "is required".to_owned(),
        "non_control_character" => return "must not hold control characters".to_owned(),
        "length" => "must have a length that is",
        "range" => "must be",
        _ => return "is not valid".to_owned(),
    };
    let bounds = [
        ("equal", "exactly"),
        ("min", "at least"),
        ("max", "at most"),
        ("exclusive_min", "above"),
        ("exclusive_max", "below"),
    ];
    let bounds = bounds.iter().filter_map(|(name, word)| Some(format!("{word} {}", error.params.get(*name)?)));
    format!("{words} {}", bounds.collect::<Vec<_>>().join(" and "))
}

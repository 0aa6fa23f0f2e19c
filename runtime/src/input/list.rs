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

    /// Itself, also where it is a reference already.
    #[inline]
    pub fn lend(&mut self) -> &mut Self {
        self
    }

    /// Notes a broken rule of the parameter `path`. Whether it was kept.
    #[inline]
    pub fn rule(&mut self, path: &'static str, result: Result<(), rules::Broken>) -> bool {
        let kept = result.is_ok();
        if let Err(broken) = result {
            self.broken(path, broken);
        }
        kept
    }

    /// `each(..)`: as many of the elements as it takes to have seen enough errors.
    #[inline]
    pub fn each<C: IntoIterator>(&mut self, path: &'static str, items: C, mut check: impl FnMut(&mut Self, C::Item)) {
        let mut enough = false;
        for (index, item) in items.into_iter().enumerate() {
            if enough {
                // At least this many.
                self.omitted = self.omitted.max(1);
                return;
            }
            let before = self.errors.len();
            check(self, item);
            if self.errors.len() > before {
                enough = self.at_index(path, before, index);
            }
        }
    }

    /// Says at which index the errors since `before` are. Whether that is enough.
    #[cold]
    #[inline(never)]
    fn at_index(&mut self, path: &'static str, before: usize, index: usize) -> bool {
        let index = alloc::format!("[{index}]");
        for error in self.errors.iter_mut().skip(before) {
            // Behind the name of the list, before what an inner list has put there.
            error.path.insert_str(path.len(), &index);
        }
        self.errors.len() >= ERRORS_LOOKED_AT
    }

    /// `keys(..)` of a map.
    #[inline]
    pub fn keys<'a, K: 'a, V: 'a>(
        &mut self,
        _: &'static str,
        map: impl IntoIterator<Item = (&'a K, &'a V)>,
        mut check: impl FnMut(&mut Self, &'a K),
    ) {
        for (key, _) in map {
            let before = self.errors.len();
            check(self, key);
            if self.errors.len() > before {
                return self.one_of_many(before, "a key ");
            }
        }
    }

    /// `values(..)` of a map.
    #[inline]
    pub fn values<'a, K: 'a, V: 'a>(
        &mut self,
        _: &'static str,
        map: impl IntoIterator<Item = (&'a K, &'a V)>,
        mut check: impl FnMut(&mut Self, &'a V),
    ) {
        for (_, value) in map {
            let before = self.errors.len();
            check(self, value);
            if self.errors.len() > before {
                return self.one_of_many(before, "a value ");
            }
        }
    }

    /// Which one it was would be what the client sent: its key. So the first is as good as all.
    #[cold]
    #[inline(never)]
    fn one_of_many(&mut self, before: usize, which: &str) {
        for error in self.errors.iter_mut().skip(before) {
            error.detail.insert_str(0, which);
        }
    }

    /// `require(..)`: what has to hold between parameters.
    #[inline]
    pub fn require(&mut self, path: &'static str, others: &'static str, met: bool) {
        if !met {
            self.unmet(path, others);
        }
    }

    #[cold]
    #[inline(never)]
    fn unmet(&mut self, path: &str, others: &str) {
        let detail =
            if others.is_empty() { "is not admitted".to_owned() } else { alloc::format!("does not go with {others}") };
        self.push(path.to_owned(), "require".into(), detail);
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

    fn push(&mut self, path: String, code: Cow<'static, str>, detail: String) {
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
        if self.errors.is_empty() { Ok(()) } else { Err(self.refusal()) }
    }

    /// What was broken.
    #[track_caller]
    pub(super) fn refusal(self) -> Violation {
        Violation::input(self.errors, self.omitted)
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

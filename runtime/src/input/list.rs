//! Each broken rule of a call, with the words for it.

use alloc::borrow::{Cow, ToOwned};
use alloc::boxed::Box;
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
pub(super) const ERRORS_LOOKED_AT: usize = 256;

/// What the parameters of one call broke. Nothing while there is nothing to say, and handed from one check to the next by value:
/// a check that succeeds costs what it costs by hand (`tests/benches/input.rs`).
#[derive(Debug, Default)]
pub struct Input(Option<Box<Found>>);

#[derive(Debug, Default)]
struct Found {
    errors: Vec<FieldError>,
    omitted: usize,
}

impl Input {
    /// Nothing broken yet.
    #[inline]
    #[must_use]
    pub const fn new() -> Self {
        Self(None)
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
            self.0 = Some(Found::broken(self.0.take(), path, broken));
        }
        kept
    }

    /// Notes what `Validate` found in the parameter `path`.
    #[cfg(feature = "validator")]
    #[inline]
    pub fn validated(&mut self, path: &str, result: Result<(), ValidationErrors>) {
        if let Err(errors) = result {
            self.0 = Some(Found::validated(self.0.take(), path, &errors));
        }
    }

    /// `each(..)`: as many of the elements as it takes to have found enough.
    #[inline]
    pub fn each<C: IntoIterator>(&mut self, path: &'static str, items: C, mut check: impl FnMut(&mut Self, C::Item)) {
        let mut items = items.into_iter().enumerate();
        for (index, item) in items.by_ref() {
            let mut input = Self::new();
            check(&mut input, item);
            if let Some(inside) = input.0 {
                let found = Found::at_index(self.0.take(), inside, path, index);
                let enough = found.errors.len() >= ERRORS_LOOKED_AT;
                self.0 = Some(found);
                if enough {
                    break;
                }
            }
        }
        if let Some(found) = &mut self.0
            && items.next().is_some()
        {
            // At least this many.
            found.omitted = found.omitted.max(1);
        }
    }

    /// `keys(..)` of a map.
    #[inline]
    pub fn keys<'a, K: 'a, V: 'a>(
        &mut self,
        _: &'static str,
        map: impl IntoIterator<Item = (&'a K, &'a V)>,
        check: impl FnMut(&mut Self, &'a K),
    ) {
        self.one_of_many("a key ", map.into_iter().map(|(key, _)| key), check);
    }

    /// `values(..)` of a map.
    #[inline]
    pub fn values<'a, K: 'a, V: 'a>(
        &mut self,
        _: &'static str,
        map: impl IntoIterator<Item = (&'a K, &'a V)>,
        check: impl FnMut(&mut Self, &'a V),
    ) {
        self.one_of_many("a value ", map.into_iter().map(|(_, value)| value), check);
    }

    /// Which one it was would be what the client sent: its key. So the first is as good as all.
    #[inline]
    fn one_of_many<T>(&mut self, which: &str, items: impl Iterator<Item = T>, mut check: impl FnMut(&mut Self, T)) {
        for item in items {
            let mut input = Self::new();
            check(&mut input, item);
            if let Some(inside) = input.0 {
                self.0 = Some(Found::one_of_many(self.0.take(), inside, which));
                return;
            }
        }
    }

    /// `require(..)`: what has to hold between parameters. Whether it does.
    #[inline]
    pub fn require(&mut self, path: &'static str, others: &'static str, met: bool) -> bool {
        if !met {
            self.0 = Some(Found::unmet(self.0.take(), path, others));
        }
        met
    }

    /// What the walk over a covered value has found.
    #[cfg(feature = "validator")]
    #[cold]
    #[inline(never)]
    pub(super) fn found(&mut self, errors: Vec<FieldError>) {
        let found = self.0.get_or_insert_default();
        for FieldError { path, code, detail } in errors {
            found.push(path, code, detail);
        }
    }

    /// To that walk.
    #[cfg(feature = "validator")]
    #[inline]
    pub(super) fn into_errors(self) -> Vec<FieldError> {
        self.0.map(|found| found.errors).unwrap_or_default()
    }

    /// Ends the checks of a call.
    ///
    /// # Errors
    /// `input.*` when any rule was broken.
    #[inline]
    #[track_caller]
    pub fn finish(self) -> Result<(), Violation> {
        match self.0 {
            None => Ok(()),
            Some(found) => Err(found.violation()),
        }
    }

    /// Of what is known to be broken, also where it does not say how.
    #[cfg(feature = "stream")]
    pub(super) fn refusal(self) -> Violation {
        self.0.unwrap_or_default().violation()
    }
}

/// Each takes what was found before and returns it with what it adds.
#[allow(clippy::boxed_local, clippy::unnecessary_box_returns, reason = "the box is what is handed on")]
impl Found {
    #[cold]
    #[inline(never)]
    fn broken(before: Option<Box<Self>>, path: &str, broken: rules::Broken) -> Box<Self> {
        let mut found = before.unwrap_or_default();
        found.push(path.to_owned(), broken.code, broken.detail);
        found
    }

    #[cfg(feature = "validator")]
    #[cold]
    #[inline(never)]
    fn validated(before: Option<Box<Self>>, path: &str, errors: &ValidationErrors) -> Box<Self> {
        let mut found = before.unwrap_or_default();
        found.nested(path, errors);
        found
    }

    #[cfg(feature = "validator")]
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

    /// Says at which index of the list `path` the errors of an element are.
    #[cold]
    #[inline(never)]
    fn at_index(before: Option<Box<Self>>, inside: Box<Self>, path: &str, index: usize) -> Box<Self> {
        let index = alloc::format!("[{index}]");
        let mut found = before.unwrap_or_default();
        for mut error in inside.errors {
            // Behind the name of the list, before what an inner list has put there.
            error.path.insert_str(path.len(), &index);
            found.push(error.path, error.code, error.detail);
        }
        found.omitted = found.omitted.saturating_add(inside.omitted);
        found
    }

    #[cold]
    #[inline(never)]
    fn one_of_many(before: Option<Box<Self>>, inside: Box<Self>, which: &str) -> Box<Self> {
        let mut found = before.unwrap_or_default();
        for mut error in inside.errors {
            error.detail.insert_str(0, which);
            found.push(error.path, error.code, error.detail);
        }
        found.omitted = found.omitted.saturating_add(inside.omitted);
        found
    }

    #[cold]
    #[inline(never)]
    fn unmet(before: Option<Box<Self>>, path: &str, others: &str) -> Box<Self> {
        let detail =
            if others.is_empty() { "is not admitted".to_owned() } else { alloc::format!("does not go with {others}") };
        let mut found = before.unwrap_or_default();
        found.push(path.to_owned(), "require".into(), detail);
        found
    }

    fn push(&mut self, path: String, code: Cow<'static, str>, detail: String) {
        if self.errors.len() < ERRORS_LOOKED_AT {
            self.errors.push(FieldError { path, code, detail });
        } else {
            self.omitted = self.omitted.saturating_add(1);
        }
    }

    #[cold]
    #[inline(never)]
    #[track_caller]
    fn violation(self: Box<Self>) -> Violation {
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

//! The one broken rule of a call that a violation without fields is named for.

use super::rules;
use crate::Violation;
use crate::violation::{Cause, input_code};

/// The parameter and the rule, as `list` would sort them: the code of a violation does not hang on a feature.
#[derive(Debug, Default)]
pub struct Input(Option<(&'static str, &'static str)>);

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
            self.note(path, broken.code);
        }
        kept
    }

    fn note(&mut self, path: &'static str, code: &'static str) {
        let broken = (path, code);
        self.0 = Some(self.0.map_or(broken, |first| first.min(broken)));
    }

    /// `each(..)`.
    #[inline]
    pub fn each<C: IntoIterator>(&mut self, _: &'static str, items: C, mut check: impl FnMut(&mut Self, C::Item)) {
        for item in items {
            check(self, item);
        }
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
            check(self, key);
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
            check(self, value);
        }
    }

    /// `require(..)`: what has to hold between parameters. Whether it does.
    #[inline]
    pub fn require(&mut self, path: &'static str, _: &'static str, met: bool) -> bool {
        if !met {
            self.note(path, "require");
        }
        met
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
            Some((_, rule)) => Err(Violation::new(input_code(rule), Cause::Input)),
        }
    }
}

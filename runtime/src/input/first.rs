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

    /// Notes a broken rule of the parameter `path`.
    #[inline]
    pub fn rule(&mut self, path: &'static str, result: Result<(), rules::Broken>) {
        if let Err(broken) = result {
            let broken = (path, broken.code);
            self.0 = Some(self.0.map_or(broken, |first| first.min(broken)));
        }
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

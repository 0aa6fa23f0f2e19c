//! The list of all escapes of a crate.

/// One place where somebody wrote down why a rule does not hold: a row of [`escapes!`](crate::escapes).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Escape {
    /// The file, from the package's folder.
    pub file: &'static str,
    /// The line in which the escape stands.
    pub line: u32,
    /// The rule that it excuses from, as in `#[portcullis::allow(unwrap, ..)]`; or `trusted`, `skip`, `unprotected`.
    pub rule: &'static str,
    /// Why.
    pub reason: &'static str,
}

/// As expanded code makes it.
#[must_use]
pub const fn escape(file: &'static str, line: u32, rule: &'static str, reason: &'static str) -> Escape {
    Escape { file, line, rule, reason }
}

/// Every escape of the crate in which it stands, with its reason, for whoever reviews it: `&'static [`[`Escape`]`]`, a constant.
///
/// ```
/// const ESCAPES: &[portcullis::Escape] = portcullis::escapes!();
///
/// for escape in ESCAPES {
///     println!("{}:{} {}: {}", escape.file, escape.line, escape.rule, escape.reason);
/// }
/// // A test that a reviewer sees change.
/// assert_eq!(ESCAPES.len(), 0);
/// ```
///
/// Listed are `#[portcullis::allow(rule, reason = "..")]`, `#[trusted(reason = "..")]`, `#[zero_trust(skip, reason = "..")]` and
/// `unprotected!(.., reason = "..")`, also in code that is left out by `#[cfg]`. The macro reads the files under `src/` of the
/// package when it is compiled, and is compiled again when one of them has changed.
///
/// **What it cannot see.** Files elsewhere (`#[path]`, `tests/`, what a build script writes), and escapes that a macro makes.
/// A file that is new is read when any other file changes, as the one that declares its module does. By `concat!` or a constant no
/// reason can be given in the first place.
#[macro_export]
macro_rules! escapes {
    () => {
        $crate::__private::gates::escapes!($crate)
    };
}

//! PC0401 to PC0404: what panics, and what is passed over where the protection that would check it is left out.

use syn::{Expr, ExprCall, ExprLit, ExprMethodCall, Lit, Macro, Path};

use super::paths::Meaning;
use super::sites::is_full_range;
use super::walk::Walk;
use crate::names::words;
use crate::rewrite::may_lose;
use crate::rules::Rule;
use crate::text;

/// With the number of their arguments.
const UNWRAPS: [(&str, usize); 4] = [("unwrap", 0), ("expect", 1), ("unwrap_err", 0), ("expect_err", 1)];

const UNWRAPS_BY_PATH: [&str; 8] = [
    "std::option/Option::unwrap",
    "std::option/Option::expect",
    "std::result/Result::unwrap",
    "std::result/Result::expect",
    "std::result/Result::unwrap_err",
    "std::result/Result::expect_err",
    "std::option/Option::unwrap_unchecked",
    "std::result/Result::unwrap_unchecked",
];

/// Methods that panic where there is no such element, called by path: no pass replaces these.
const LISTS_BY_PATH: [&str; 13] = [
    "std::vec/Vec::remove",
    "std::vec/Vec::swap_remove",
    "std::vec/Vec::insert",
    "std::vec/Vec::drain",
    "std::vec/Vec::split_off",
    "std::collections/VecDeque::insert",
    "std::collections/VecDeque::drain",
    "std::string/String::remove",
    "std::string/String::insert",
    "std::string/String::drain",
    "std/str::split_at",
    "std/slice::split_at",
    "std/slice::split_at_mut",
];

const PANICS_BY_PATH: [&str; 2] = ["std::panic/panic_any", "std::panic/resume_unwind"];

const MACROS: [&str; 7] =
    ["std/panic", "std/todo", "std/unimplemented", "std/unreachable", "std/assert", "std/assert_eq", "std/assert_ne"];

impl Walk {
    pub(super) fn panicking_method(&mut self, call: &ExprMethodCall) {
        let arguments = call.args.len();
        if !UNWRAPS.iter().any(|(name, count)| call.method == name && arguments == *count) {
            return;
        }
        let ty = self.scopes.ty(&call.receiver);
        if ty.is_some_and(|ty| ty.is_certain && ty.last() != "Option" && !ty.last().ends_with("Result")) {
            return;
        }
        if self.writes_to_text(&call.receiver) || call.args.first().is_some_and(|why| self.is_no_message(why)) {
            return;
        }
        let name = &call.method;
        let message = format!("`.{name}(..)` panics where there is no such value\nhelp: {}", self.instead_of(call))
            .replace("unwrap(..)", "unwrap()")
            .replace("unwrap_err(..)", "unwrap_err()");
        self.hit(Rule::Unwrap, name, &message);
    }

    /// A builder's own `expect`: what it is given is of a written type, and nothing that could be lent as a `&str`.
    fn is_no_message(&self, given: &Expr) -> bool {
        !matches!(given, Expr::Reference(_) | Expr::Lit(_))
            && self
                .scopes
                .ty(given)
                .is_some_and(|ty| ty.is_certain && !ty.is_lent && !matches!(ty.last(), "str" | "String"))
    }

    /// `write!(text, ..)` of a `String` never fails.
    fn writes_to_text(&self, receiver: &Expr) -> bool {
        let Expr::Macro(call) = receiver else { return false };
        if !crate::known_macros::is_written_to(&call.mac) {
            return false;
        }
        let mut first = None;
        crate::known_macros::rewrite(&call.mac, |argument| {
            if first.is_none() {
                first = self.scopes.ty(argument);
            }
        });
        first.is_some_and(|ty| ty.last() == "String")
    }

    fn instead_of(&self, call: &ExprMethodCall) -> &'static str {
        match &*call.receiver {
            Expr::MethodCall(inner)
                if ["lock", "read", "write"].iter().any(|lock| inner.method == lock) && inner.args.is_empty() =>
            {
                "a lock that a panic has poisoned would panic for every later client: \
                 `.unwrap_or_else(std::sync::PoisonError::into_inner)`, or `map_err(..)?`"
            }
            Expr::Call(made)
                if matches!(&*made.args.iter().collect::<Vec<_>>(), [Expr::Lit(ExprLit { lit: Lit::Str(_), .. })]) =>
            {
                "what a literal makes is made once, outside: `static PATTERN: std::sync::LazyLock<_> = ..;`"
            }
            _ if self.place.unwinds => {
                "handle it where it stands: `let Some(value) = .. else { .. }`, `unwrap_or(..)`, `ok_or(..)?`"
            }
            _ => "return it: `?`, or `ok_or(..)?`, or `let Some(value) = .. else { return .. }`",
        }
    }

    pub(super) fn panicking_call(&mut self, call: &ExprCall, meaning: &Meaning) {
        if let Some(entry) = meaning.among(&PANICS_BY_PATH) {
            let name = entry.rsplit("::").next().unwrap_or(entry).trim_start_matches("panic/");
            let message = format!("`{name}` panics\nhelp: return a refusal: `return Err(..)`");
            self.hit(Rule::PanickingMacro, &call.func, &message);
        }
        if meaning.among(&LISTS_BY_PATH).is_some() {
            let message = "called by its path, this panics where there is no such element, and no pass replaces it\n\
                help: call it as a method, which `checked_indexing` sees: `list.remove(i)`";
            self.hit(Rule::UncheckedIndex, &call.func, message);
        }
        if let Expr::Path(path) = &*call.func {
            self.panicking_path(&path.path, meaning);
        }
    }

    pub(super) fn panicking_path(&mut self, path: &Path, meaning: &Meaning) {
        if meaning.among(&UNWRAPS_BY_PATH).is_some() {
            let message = format!(
                "`{}` panics where there is no such value\nhelp: return it: `?`, or `ok_or(..)?`",
                words(path).join("::")
            );
            self.hit(Rule::Unwrap, path, &message);
        }
    }

    pub(super) fn panicking_macro(&mut self, call: &Macro) {
        let Some(name) = self.scopes.macro_meaning(&call.path).among(&MACROS) else { return };
        let name = name.rsplit('/').next().unwrap_or(name);
        let help = if name.starts_with("assert") {
            "return a refusal: `if !(..) { return Err(..) }`; between parameters, `require(..)` in the attribute"
        } else {
            "return a refusal: `return Err(..)`"
        };
        self.hit(Rule::PanickingMacro, &call.path, &format!("`{name}!` panics\nhelp: {help}"));
    }

    /// Indices and casts that no pass replaces.
    pub(super) fn unchecked(&mut self, expr: &Expr) {
        match expr {
            Expr::Index(index) if !self.coverage.indexing && !is_full_range(&index.index) => {
                let owner = self.scopes.ty(&index.expr);
                let is_constant =
                    matches!(&*index.index, Expr::Lit(_)) && owner.as_ref().is_some_and(|ty| ty.last() == "[]");
                // Of `serde_json` and its kin: null where there is none.
                if is_constant || owner.is_some_and(|ty| ty.last() == "Value") {
                    return;
                }
                let message = "this index panics where there is no such element, and nothing here checks it\n\
                    help: `.get(..)` and `ok_or(..)?`; or have `checked_indexing` on";
                self.hit(Rule::UncheckedIndex, index, message);
            }
            Expr::Cast(cast) if !self.coverage.casts && may_lose(cast) && !self.scopes.is_widening(cast) => {
                let to = text::of_type(&cast.ty);
                let message = format!(
                    "this cast may lose a value, and nothing here checks it\n\
                     help: `{to}::try_from(..)?`, or where it always fits `{to}::from(..)`; or have `checked_arithmetic(casts = on)`"
                );
                self.hit(Rule::UncheckedCast, cast, &message);
            }
            _ => {}
        }
    }
}

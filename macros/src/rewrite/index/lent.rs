//! `&text[a..b]`, `map[&key]`: to look whether the element is there is to find it, and the optimiser does not see that the
//! native operator finds the same. So where a place is only read, the check of a text and of a map is the access; of anything
//! else it stands before the native operation, as always. Which of the two it is, the types tell:
//! `runtime/src/indexing/lent.rs`.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, ExprMethodCall};

use super::super::operator;
use super::super::{Broken, Walk};
use super::place::{Chain, Step};
use crate::names;

/// Methods of `str` that read. A type with an index operator of its own, and behind a range a method of one of these names
/// that takes `&mut self`, does not compile.
const READS: [&str; 47] = [
    "as_bytes",
    "as_ptr",
    "as_str",
    "bytes",
    "char_indices",
    "chars",
    "contains",
    "encode_utf16",
    "ends_with",
    "eq_ignore_ascii_case",
    "find",
    "is_ascii",
    "is_char_boundary",
    "is_empty",
    "len",
    "lines",
    "match_indices",
    "matches",
    "parse",
    "repeat",
    "replace",
    "replacen",
    "rfind",
    "rmatches",
    "rsplit",
    "rsplit_once",
    "rsplitn",
    "split",
    "split_ascii_whitespace",
    "split_inclusive",
    "split_once",
    "split_terminator",
    "split_whitespace",
    "splitn",
    "starts_with",
    "strip_prefix",
    "strip_suffix",
    "to_ascii_lowercase",
    "to_ascii_uppercase",
    "to_lowercase",
    "to_owned",
    "to_string",
    "to_uppercase",
    "trim",
    "trim_end",
    "trim_end_matches",
    "trim_start",
];

/// The same of what a map may hold.
const READS_OF_ANY: [&str; 9] =
    ["as_bytes", "as_str", "clone", "contains_key", "is_empty", "iter", "len", "to_owned", "to_string"];

/// Whether the call only reads what it is called on.
pub(super) fn reads(call: &ExprMethodCall, on: &Chain) -> bool {
    let names = match (on.ends_in_key(), on.ends_in_range()) {
        (true, _) => &READS_OF_ANY[..],
        (false, true) => &READS,
        (false, false) => &[],
    };
    names.iter().any(|name| call.method == name)
}

impl Chain {
    fn last_index(&self) -> Option<&Expr> {
        match self.steps.last()? {
            Step::Index(index, _) => Some(&index.index),
            _ => None,
        }
    }

    /// An index that no list of `std` has: a key of a map, or of a type with an operator of its own.
    pub(super) fn ends_in_key(&self) -> bool {
        match self.last_index() {
            Some(Expr::Reference(key)) => key.attrs.is_empty(),
            Some(Expr::Lit(key)) => matches!(key.lit, syn::Lit::Str(_)),
            _ => false,
        }
    }

    /// What may be a key by its type: numbers are neither computed nor written as one.
    fn may_end_in_key(&self) -> bool {
        match self.last_index() {
            Some(Expr::Lit(_) | Expr::Binary(_) | Expr::Unary(_) | Expr::Cast(_)) | None => self.ends_in_key(),
            Some(_) => true,
        }
    }

    fn ends_in_range(&self) -> bool {
        matches!(self.last_index(), Some(Expr::Range(range)) if range.attrs.is_empty())
    }
}

impl Walk<'_> {
    /// A reference to what a range or a key of a named place leads to, for where nothing else is done with it.
    pub(super) fn lent(&mut self, chain: &Chain) -> Option<TokenStream> {
        let (last, before) = chain.steps.split_last()?;
        let Step::Index(index, name) = last else { return None };
        let is_searched = chain.ends_in_range() || chain.may_end_in_key();
        let alone = !before.iter().any(|step| matches!(step, Step::Index(..)));
        // A constant may be promoted to a static, and is left as it is.
        if !is_searched || !alone || chain.made || self.is_left(chain) || operator::is_constant_name(&chain.root) {
            return None;
        }
        let base = before.iter().fold(chain.root.to_token_stream(), |base, step| step.after(&base));
        let checks = self.checks(&base, std::slice::from_ref(last), None);
        let native = chain.place(chain.root.to_token_stream(), &[name.to_token_stream()]);
        let otherwise = self.refuse(Broken::Indexing).otherwise(&quote!(&#native));
        let (lent, found, violation) = (names::local("lent"), names::local("found"), names::local("violation"));
        let at_index = &index.index;
        let at = index.bracket_token.span.open();
        let look = quote_spanned!(at=> (&&__portcullis::Asked(&#base, &#name)).__portcullis_lent());
        Some(quote! {
            (match (#at_index,) {
                (#name,) => {
                    let #lent = #look;
                    if #lent.is_lent() {
                        match #lent.found() {
                            __portcullis::Ok(#found) => #found,
                            __portcullis::Err(#violation) => #otherwise,
                        }
                    } else {
                        #checks
                        &#native
                    }
                }
            })
        })
    }
}

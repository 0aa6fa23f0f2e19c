//! Which rules a body breaks, and which it does not.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Coverage, Strict};
use crate::report::Report;
use crate::subject::Subject;

/// The codes and the texts of what a function breaks, under all protections.
pub(super) fn messages(coverage: Coverage, source: &str) -> Vec<String> {
    let item: TokenStream = source.parse().unwrap_or_else(|error| panic!("{error}: {source}"));
    let mut subject = Subject::parse("zero_trust", item).unwrap_or_else(|error| panic!("{error}: {source}"));
    let mut report = Report::default();
    Strict { shown: Vec::new(), coverage }.ensure(&mut subject, &mut report);
    let printed = report.beside(quote!(), &syn::parse_quote!(::portcullis)).to_string();
    printed.split("\"[").skip(1).map(|text| text.split('"').next().unwrap_or("").to_owned()).collect()
}

fn codes(coverage: Coverage, source: &str) -> Vec<String> {
    messages(coverage, source).iter().map(|text| text.get(..6).unwrap_or("").to_owned()).collect()
}

pub(super) const ALL: Coverage =
    Coverage { arithmetic: true, casts: true, indexing: true, steps: false, allocation: false, deadline: false };

#[track_caller]
fn breaks(source: &str, expected: &[&str]) {
    assert_eq!(codes(ALL, source), expected, "{source}\n{:#?}", messages(ALL, source));
}

#[track_caller]
fn passes(source: &str) {
    breaks(source, &[]);
}

mod guards;
mod loops;
mod memory;
mod panics;
mod shape;
mod tasks;

//! Attributes put before functions as text, so that all else in a file stays as it was, byte for byte.

use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, ImplItemFn, ItemFn, Signature, TraitItemFn};

use crate::arithmetic::operators;

/// A test is what the annotated functions are judged by.
const TEST_ATTRIBUTES: [&str; 9] =
    ["apply", "bench", "fixture", "quickcheck", "rstest", "template", "test", "test_case", "wasm_bindgen_test"];

pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) line: usize,
    /// From where an attribute goes to the body's end.
    pub(crate) range: Range<usize>,
    pub(crate) holds_arithmetic: bool,
    /// The macros it calls that cannot be seen into.
    pub(crate) opaque_macros: Vec<String>,
}

/// The functions that get no attribute.
#[derive(Default, Clone, Copy)]
pub(crate) struct LeftOut {
    pub(crate) constant: usize,
    pub(crate) variadic: usize,
    pub(crate) tests: usize,
    pub(crate) without_body: usize,
    /// Behind a macro's name: in its definition, or handed to it.
    pub(crate) in_macros: usize,
}

impl LeftOut {
    pub(crate) fn add(&mut self, other: Self) {
        for (total, more) in [
            (&mut self.constant, other.constant),
            (&mut self.variadic, other.variadic),
            (&mut self.tests, other.tests),
            (&mut self.without_body, other.without_body),
            (&mut self.in_macros, other.in_macros),
        ] {
            *total = total.saturating_add(more);
        }
    }
}

/// In the order of their first tokens.
pub(crate) fn functions(source: &str) -> syn::Result<(Vec<Function>, LeftOut)> {
    let file: syn::File = syn::parse_str(source)?;
    let mut finder = Finder { functions: Vec::new(), left_out: LeftOut::default() };
    finder.visit_file(&file);
    Ok((finder.functions, finder.left_out))
}

pub(crate) struct Insertion {
    pub(crate) at: usize,
    pub(crate) text: String,
}

/// The insertions in the order of their places.
pub(crate) fn insert(source: &str, insertions: &[Insertion]) -> String {
    let mut annotated = String::new();
    let mut rest = 0;
    for Insertion { at, text } in insertions {
        annotated.push_str(source.get(rest..*at).unwrap_or_default());
        annotated.push_str(text);
        rest = *at;
    }
    annotated.push_str(source.get(rest..).unwrap_or_default());
    annotated
}

/// Where a byte of the annotated text was before; one of an insertion is at the insertion's place.
pub(crate) fn original(offset: usize, insertions: &[Insertion]) -> usize {
    let mut inserted = 0_usize;
    for Insertion { at, text } in insertions {
        let start = at.saturating_add(inserted);
        if offset < start {
            break;
        }
        if offset < start.saturating_add(text.len()) {
            return *at;
        }
        inserted = inserted.saturating_add(text.len());
    }
    offset.saturating_sub(inserted)
}

struct Finder {
    functions: Vec<Function>,
    left_out: LeftOut,
}

impl Finder {
    fn function(&mut self, attributes: &[Attribute], bare: impl ToTokens, signature: &Signature, body: &Block) {
        let reason = if attributes.iter().any(is_test) {
            &mut self.left_out.tests
        } else if signature.constness.is_some() {
            &mut self.left_out.constant
        } else if signature.variadic.is_some() {
            &mut self.left_out.variadic
        } else {
            let found = operators(body);
            self.functions.extend(bare.into_token_stream().into_iter().next().map(|first| Function {
                name: signature.ident.to_string(),
                line: signature.ident.span().start().line,
                range: first.span().byte_range().start..body.brace_token.span.close().byte_range().end,
                holds_arithmetic: !found.raw.is_empty(),
                opaque_macros: found.opaque_macros,
            }));
            return;
        };
        *reason = reason.saturating_add(1);
    }
}

impl Visit<'_> for Finder {
    fn visit_item_fn(&mut self, item: &ItemFn) {
        self.function(&item.attrs, ItemFn { attrs: Vec::new(), ..item.clone() }, &item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &ImplItemFn) {
        self.function(&item.attrs, ImplItemFn { attrs: Vec::new(), ..item.clone() }, &item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &TraitItemFn) {
        match &item.default {
            Some(body) => {
                let bare = TraitItemFn { attrs: Vec::new(), ..item.clone() };
                self.function(&item.attrs, bare, &item.sig, body);
            }
            None => self.left_out.without_body = self.left_out.without_body.saturating_add(1),
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_foreign_item_fn(&mut self, _: &syn::ForeignItemFn) {
        self.left_out.without_body = self.left_out.without_body.saturating_add(1);
    }

    fn visit_macro(&mut self, call: &syn::Macro) {
        self.left_out.in_macros = self.left_out.in_macros.saturating_add(functions_among(call.tokens.clone()));
    }
}

fn is_test(attribute: &Attribute) -> bool {
    attribute.path().segments.last().is_some_and(|last| TEST_ATTRIBUTES.contains(&last.ident.to_string().as_str()))
}

/// How often `fn` stands before a name, be it that of a macro's variable.
fn functions_among(tokens: TokenStream) -> usize {
    let mut found = 0_usize;
    let mut after_fn = false;
    for token in tokens {
        let (names, inside) = match &token {
            TokenTree::Ident(_) => (true, 0),
            TokenTree::Punct(punct) => (punct.as_char() == '$', 0),
            TokenTree::Group(group) => (false, functions_among(group.stream())),
            TokenTree::Literal(_) => (false, 0),
        };
        found = found.saturating_add(inside).saturating_add(usize::from(after_fn && names));
        after_fn = matches!(&token, TokenTree::Ident(name) if name == "fn");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Insertion, functions, insert, original};

    const MARK: &str = "#[here] ";

    fn insertions(source: &str) -> Vec<Insertion> {
        let (functions, _) = functions(source).expect("the source of a test parses");
        functions.iter().map(|function| Insertion { at: function.range.start, text: MARK.to_owned() }).collect()
    }

    fn annotated(source: &str) -> String {
        let annotated = insert(source, &insertions(source));
        assert_eq!(annotated.replace(MARK, ""), source, "the rest stays byte for byte");
        annotated
    }

    #[test]
    fn a_function_with_nothing_before_it() {
        assert_eq!(annotated("fn f() {}"), "#[here] fn f() {}");
    }

    #[test]
    fn after_attributes_and_doc_comments() {
        assert_eq!(
            annotated("/// Says ä.\n#[inline]\n  /** so */ #[cfg(unix)] // why\n  pub  fn f ( ) { }\r\n"),
            "/// Says ä.\n#[inline]\n  /** so */ #[cfg(unix)] // why\n  #[here] pub  fn f ( ) { }\r\n"
        );
    }

    #[test]
    fn before_visibility_and_qualifiers() {
        assert_eq!(
            annotated("pub(in crate::a) unsafe extern \"C\" fn f() {}"),
            "#[here] pub(in crate::a) unsafe extern \"C\" fn f() {}"
        );
        assert_eq!(annotated("async fn f() { #![allow(unused)] }"), "#[here] async fn f() { #![allow(unused)] }");
    }

    #[test]
    fn methods_default_methods_and_nested_functions() {
        assert_eq!(
            annotated("impl S { pub fn a(&self) {} /* b */ fn b() { fn c() {} } }"),
            "impl S { #[here] pub fn a(&self) {} /* b */ #[here] fn b() { #[here] fn c() {} } }"
        );
        assert_eq!(annotated("trait T { fn a(); fn b() {} }"), "trait T { fn a(); #[here] fn b() {} }");
        assert_eq!(annotated("mod m { mod n { fn f() {} } }"), "mod m { mod n { #[here] fn f() {} } }");
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let source = "const fn a() {} #[test] fn b() {} trait T { fn c(); } extern \"C\" { fn d(); }
            macro_rules! m { ($e:ident) => { fn $e() {} fn f(g: fn(u8)) {} } }
            unsafe extern \"C\" fn h(_: ...) {}";
        assert_eq!(annotated(source), source);
        let (_, left_out) = functions(source).expect("the source of a test parses");
        assert_eq!((left_out.constant, left_out.tests, left_out.variadic), (1, 1, 1));
        assert_eq!((left_out.without_body, left_out.in_macros), (2, 2));
    }

    #[test]
    fn arithmetic_is_told_by_the_body() {
        let (functions, _) = functions("fn a(b: u8) -> u8 { b + 1 } fn c() -> u8 { 1 + 1 }").expect("it parses");
        assert_eq!(functions.iter().map(|function| function.holds_arithmetic).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn a_place_in_the_annotated_text_has_one_before() {
        let source = "fn a() {} fn b() {}";
        let insertions = insertions(source);
        let annotated = insert(source, &insertions);
        for name in ["a()", "b()"] {
            let place = annotated.find(name).expect("the name stands in it");
            assert_eq!(original(place, &insertions), source.find(name).expect("the name stands in it"));
        }
        assert_eq!(original(0, &insertions), 0);
        assert_eq!(original(annotated.rfind("here").expect("the mark stands in it"), &insertions), 10);
    }
}

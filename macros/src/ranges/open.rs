//! Prints what the compiler is asked: numbers by their names, and the ways to the places that they meet in (`judged` in the runtime).

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::visit_mut::VisitMut;
use syn::{Expr, ExprPath, PatType, Path, Type};

use super::constant::constant_whole;
use super::hidden::{Doing, Found, Leaf, Source, Step};
use super::interval::IntType;
use super::operator::Op;
use super::question::{Question, Way};
use super::{Function, message};
use crate::{names, parameter, text};

pub(crate) fn alias() -> Ident {
    Ident::new("__portcullis_judged", Span::call_site())
}

/// What brings the names in.
pub(crate) fn import(runtime: &Path) -> TokenStream {
    let alias = alias();
    quote! {
        #[allow(unused_imports, clippy::pedantic)]
        use #runtime::__private::judged::{self as #alias, ByBounded as _, ByOtherwise as _, ByPointer as _, ByWhole as _};
    }
}

/// By its look, a constant outside of the function.
pub(crate) fn is_constant(path: &ExprPath) -> bool {
    let is_plain = path.qself.is_none() && path.path.segments.iter().all(|segment| segment.arguments.is_none());
    let name = path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
    let is_upper = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_';
    is_plain
        && path.attrs.is_empty()
        && name.starts_with(|letter: char| letter.is_ascii_uppercase())
        && name.chars().all(is_upper)
}

pub(super) fn text(path: &ExprPath) -> String {
    text::of_code(path.path.to_token_stream())
}

/// Its number, if it has one.
pub(super) fn constant(path: &ExprPath) -> TokenStream {
    let (alias, path) = (alias(), &path.path);
    quote!(#alias::slot(&|| (&&#alias::Named(&#path)).__portcullis_whole()).number(#path))
}

fn of_type(ty: IntType) -> TokenStream {
    let (alias, name) = (alias(), Ident::new(&ty.name.to_uppercase(), Span::call_site()));
    quote!(#alias::#name)
}

/// Without an operator, which an attribute below ours would find.
fn number(value: i128) -> TokenStream {
    let alias = alias();
    let literal = proc_macro2::Literal::i128_unsuffixed(value.saturating_abs());
    if value < 0 { quote!(#alias::minus(#literal)) } else { quote!(#literal) }
}

/// Between `min` or `exclusive_min` and `max` or `exclusive_max`, where those are numbers or constants.
pub(crate) fn bounds(ty: IntType, [min, max, above, below]: [Option<&Expr>; 4]) -> Option<TokenStream> {
    let (alias, of) = (alias(), of_type(ty));
    let bound = |bound: Option<&Expr>, exclusive: Option<&Expr>, otherwise: &str| match (bound, exclusive) {
        (None, None) => {
            let otherwise = Ident::new(otherwise, Span::call_site());
            Some(quote!(#alias::#otherwise(#of)))
        }
        (Some(written), None) | (None, Some(written)) => named(ty, written),
        (Some(_), Some(_)) => None,
    };
    let (low, high) = (bound(min, above, "lowest")?, bound(max, below, "highest")?);
    let (above, below) = (above.is_some(), below.is_some());
    Some(quote!(#alias::Bounds::between(#low, #above, #high, #below)))
}

/// A number that is written, or a constant.
fn named(ty: IntType, written: &Expr) -> Option<TokenStream> {
    let (alias, of) = (alias(), of_type(ty));
    if let Some(value) = constant_whole(written).and_then(|whole| whole.range.as_point()) {
        let value = number(value);
        return Some(quote!(#alias::exactly(#of, #value)));
    }
    match written {
        Expr::Path(path) if is_constant(path) => Some(constant(path)),
        Expr::Group(inner) => named(ty, &inner.expr),
        Expr::Paren(inner) => named(ty, &inner.expr),
        _ => None,
    }
}

/// What finds the type of a parameter's variable: a closure that nobody calls takes the parameter apart as the function does.
pub(crate) fn finder(parameter: &PatType, binding: &Ident) -> Option<TokenStream> {
    let mut pattern = (*parameter.pat).clone();
    let mut plain = Plain { is_plain: true };
    plain.visit_pat_mut(&mut pattern);
    let mut names = parameter::bindings(&parameter.pat);
    names.retain(|name| name.ident != *binding);
    let is_known = !parameter
        .ty
        .to_token_stream()
        .into_iter()
        .any(|tree| matches!(&tree, TokenTree::Ident(word) if word == "impl" || word == "_"));
    // One that says something to lints may mean the type.
    let is_bare = parameter
        .attrs
        .iter()
        .all(|attribute| ["check", "trusted", "doc"].iter().any(|own| attribute.path().is_ident(own)));
    if !plain.is_plain || !is_known || !is_bare {
        return None;
    }
    let (alias, ty) = (alias(), &parameter.ty);
    let others = names.into_iter().map(|name| &name.ident);
    // One that is lent is what it lends.
    let lent = matches!(&**ty, Type::Reference(reference) if reference.mutability.is_none());
    let value = if lent { quote!(*#binding) } else { quote!(#binding) };
    Some(quote!(&|| {
        let #pattern: #ty = #alias::none();
        #(#alias::unasked(&#others);)*
        (&&&#alias::Named(&#value)).__portcullis_fields()
    }))
}

/// Takes `mut` off the names, and looks whether there is anything else at them.
struct Plain {
    is_plain: bool,
}

impl VisitMut for Plain {
    fn visit_pat_ident_mut(&mut self, name: &mut syn::PatIdent) {
        name.mutability = None;
        self.is_plain &= name.by_ref.is_none() && name.subpat.is_none() && name.attrs.is_empty();
    }
    fn visit_expr_mut(&mut self, _: &mut Expr) {
        self.is_plain = false;
    }
}

/// A type as one letter.
fn letter(ty: Option<IntType>) -> char {
    const ALL: [&str; 12] = ["u8", "u16", "u32", "u64", "u128", "i8", "i16", "i32", "i64", "i128", "usize", "isize"];
    ALL.iter().zip('a'..).find(|(name, _)| ty.is_some_and(|ty| ty.name == **name)).map_or('_', |(_, letter)| letter)
}

/// The operator, and its type.
fn sign(doing: Doing) -> (char, Option<IntType>) {
    match doing {
        Doing::Binary(Op::Add) => ('+', None),
        Doing::Binary(Op::Sub) => ('-', None),
        Doing::Binary(Op::Mul) => ('*', None),
        Doing::Binary(Op::Div) => ('/', None),
        Doing::Binary(Op::Rem) => ('%', None),
        Doing::Binary(Op::Shl | Op::Shr) => ('<', None),
        Doing::Binary(_) => ('&', None),
        Doing::Cast(ty) => ('c', Some(ty)),
        Doing::Wrap(ty) => ('w', Some(ty)),
        Doing::From(ty) => ('f', Some(ty)),
        Doing::Index => ('[', None),
    }
}

/// As `judged::steps` in the runtime reads it.
pub(crate) fn way(way: &Way, numbered: impl Fn(usize) -> usize) -> String {
    let at: Vec<String> = way.at.iter().map(|(name, value)| format!("{name} = {}", message::number(*value))).collect();
    let steps = way.steps.iter().map(|step| match step {
        Step::Known(whole) => format!("={}{},{};", letter(whole.ty), whole.range.low, whole.range.high),
        Step::Leaf(leaf) => format!("#{};", numbered(*leaf)),
        Step::Apply(doing, left, right, deps) => {
            let (sign, ty) = sign(*doing);
            format!("{sign}{}{left},{right},{};", letter(ty), deps.bits())
        }
    });
    format!("{}|{}\n", at.join(", "), steps.collect::<String>())
}

/// What stands in the function for the compiler to judge.
pub(crate) fn asked(function: &Function<'_>, questions: &[Question<'_>], runtime: &Path) -> TokenStream {
    if questions.is_empty() {
        return TokenStream::new();
    }
    let (alias, import) = (alias(), import(runtime));
    let leaves = function.leaves.borrow();
    // Those that are asked for, in their order.
    let all = questions.iter().flat_map(|question| &question.ways).flat_map(|way| &way.steps);
    let used: BTreeSet<usize> =
        all.filter_map(|step| if let Step::Leaf(leaf) = step { Some(*leaf) } else { None }).collect();
    let numbered = |leaf: usize| used.iter().position(|own| *own == leaf).unwrap_or(0);
    let fields = |nth: &usize| names::local(&format!("fields_{nth}"));
    let mut roots = BTreeSet::new();
    let known: Vec<TokenStream> = used
        .iter()
        .filter_map(|leaf| leaves.get(*leaf))
        .map(|Leaf { name, found }| match found {
            Found::Constant(number) => quote!(#alias::Leaf::Constant(#name, #number)),
            Found::Range(bounds) => quote!(#alias::Leaf::Range(#name, #bounds)),
            Found::Field(nth, member) => {
                roots.insert(*nth);
                let fields = fields(nth);
                quote!(#alias::Leaf::Range(#name, #alias::bounds(#fields, #member)))
            }
        })
        .collect();
    let roots = roots.iter().filter_map(|nth| match &function.sources.get(*nth)?.source {
        Source::Fields(finder) => {
            let fields = fields(nth);
            Some(quote!(let #fields = #alias::fields(#finder);))
        }
        Source::Range(_) => None,
    });
    let sites = questions.iter().map(|question| {
        let ways: String = question.ways.iter().map(|one| way(one, numbered)).collect();
        let (shown, help) = (message::shown(question.expr), question.help());
        quote!(#alias::Site { shown: #shown, help: #help, ways: #ways })
    });
    let (leaves, all) = (names::local("leaves"), names::local("sites"));
    let ensured = questions.iter().enumerate().map(|(nth, question)| {
        let (first, last) = ends(question.expr);
        // From the first to the last token of the user's expression.
        let mut arguments = Group::new(Delimiter::Parenthesis, quote!(#leaves, #all, #nth));
        arguments.set_span(names::at(last));
        let mut alias = alias.clone();
        alias.set_span(names::at(first));
        let called = quote_spanned!(names::at(first)=> #alias::ensure);
        quote!(#called #arguments;)
    });
    // The compiler runs this constant while it looks at what the future holds, in `cargo check` too; of a function that depends on types
    // it runs none.
    quote!({
        #import
        #alias::unasked(|| async {
            if const {
                #(#roots)*
                let #leaves = &[#(#known),*];
                let #all = &[#(#sites),*];
                #(#ensured)*
                false
            } {}
        });
    })
}

fn ends(expr: &Expr) -> (Span, Span) {
    let tokens: Vec<TokenTree> = expr.to_token_stream().into_iter().collect();
    let span = |tree: Option<&TokenTree>, last: bool| match tree {
        Some(TokenTree::Group(group)) if last => group.span_close(),
        Some(TokenTree::Group(group)) => group.span_open(),
        Some(tree) => tree.span(),
        None => Span::call_site(),
    };
    (span(tokens.first(), false), span(tokens.last(), true))
}

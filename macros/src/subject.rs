//! One function, as seen once.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{Block, Expr, ExprAsync, FnArg, Item, ItemFn, Path, ReceiverKind, ReturnType, Stmt, Token, Type};

use crate::names;
use crate::parameter::Parameter;
use crate::report::Report;
use crate::rules::Rule;

/// The function under an attribute.
pub(crate) struct Subject {
    pub(crate) item: ItemFn,
    pub(crate) shape: Shape,
}

/// When the body runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// When it is called.
    Sync,
    /// `async fn`: when it is polled.
    Async,
    /// `fn` whose last expression is `Box::pin(async ..)` or `async ..`, as `async_trait` leaves it: when it is polled.
    AsyncTail,
    /// `fn` that returns a future made elsewhere: what it runs is not to be seen.
    Future,
}

impl Subject {
    /// The function, or why the attribute cannot stand here.
    pub(crate) fn parse(attribute: &str, tokens: TokenStream) -> syn::Result<Self> {
        let parsed = syn::parse2::<ItemFn>(tokens.clone());
        let mut item = parsed.map_err(|error| not_a_function(attribute, tokens, &error))?;
        Precedence.visit_block_mut(&mut item.block);
        let shape = shape(&item);
        Ok(Self { item, shape })
    }

    /// What no protection can rewrite.
    pub(crate) fn ensure_ordinary(&self, attribute: &str, report: &mut Report) {
        let sig = &self.item.sig;
        if let Some(constness) = &sig.constness {
            let mut message = format!(
                "`{attribute}` cannot stand on a `const fn`: no guard and no checked operator can run at compile time\n\
                 help: remove `const`, or protect its callers and set `overflow-checks = true` in the profile"
            );
            if attribute == "zero_trust" {
                message.push_str("\nhelp: or leave it out of its block: `#[zero_trust(skip, reason = \"..\")]`");
            }
            report.add(Rule::WrongFunction, constness, &message);
        }
        if let Some(variadic) = &sig.variadic {
            let message =
                format!("`{attribute}` cannot check variadic arguments\nhelp: protect a function that wraps this one");
            report.add(Rule::WrongFunction, variadic, &message);
        }
    }

    /// The boundary and the checks of a function that ends with its future stand in the future: what the function does before
    /// that would come before them.
    pub(crate) fn ensure_all_in_future(&self, protection: &str, report: &mut Report) {
        if self.shape != Shape::AsyncTail {
            return;
        }
        let before = self.item.block.stmts.split_last().map_or(&[][..], |(_, before)| before);
        if let Some(statement) = before.iter().find(|statement| !is_beside(statement)) {
            let message = format!(
                "this runs before the future that the function returns, and so before `{protection}`\n\
                 help: move it into the `async` block, or make the function an `async fn`"
            );
            report.add(Rule::UnseenFuture, statement, &message);
        }
    }

    /// A limit of the whole request is in force where the body runs, which has to be here.
    pub(crate) fn ensure_seen(&self, protection: &str, report: &mut Report) {
        self.ensure_all_in_future(protection, report);
        if self.shape == Shape::Future {
            let message = format!(
                "`{protection}` cannot see the future that this function returns, and so not what it does\n\
                 help: make it an `async fn`, or end it with `async move {{ .. }}` or `Box::pin(async move {{ .. }})`"
            );
            report.add(Rule::UnseenFuture, &self.item.sig.output, &message);
        }
    }

    pub(crate) fn name(&self) -> String {
        self.item.sig.ident.to_string()
    }

    /// The parameters other than `self`, which is the server's own.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = Parameter<'_>> {
        self.item.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Receiver(_) => None,
            FnArg::Typed(parameter) => Some(Parameter::new(parameter)),
        })
    }

    /// The block that runs for a call: of the function, or of the future that it returns.
    pub(crate) fn body(&mut self) -> &mut Block {
        match self.shape {
            Shape::AsyncTail => match async_tail(&mut self.item.block) {
                Some(future) => &mut future.block,
                None => unreachable!("the shape says so"),
            },
            _ => &mut self.item.block,
        }
    }

    /// The future that the function ends with, where it is no `async fn`.
    pub(crate) fn future(&mut self) -> Option<&mut Expr> {
        if self.shape == Shape::AsyncTail { tail(&mut self.item.block) } else { None }
    }

    /// Makes an `async fn` the function that returns its future. `impl` has our edition, in which it captures what the future
    /// of an `async fn` does: every lifetime and type.
    pub(crate) fn make_plain(&mut self, runtime: &Path) {
        let sig = &mut self.item.sig;
        sig.asyncness = None;
        let output = match &sig.output {
            ReturnType::Default => quote!(()),
            // Cannot be named but as what a function returns.
            ReturnType::Type(_, output) if matches!(**output, Type::Never(_)) => {
                quote!(<fn() -> #output as #runtime::__private::Returns>::Output)
            }
            ReturnType::Type(_, output) => output.to_token_stream(),
        };
        sig.output = syn::parse_quote!(-> impl #runtime::__private::Future<Output = #output>);
    }

    /// The type that the body returns, as far as it can be written inside the body: `_` for an `impl Trait` in it.
    pub(crate) fn output(&self) -> Option<Type> {
        match &self.item.sig.output {
            ReturnType::Type(_, output) if self.shape != Shape::AsyncTail => writable(output),
            _ => None,
        }
    }

    /// The receiver that the function owns. The token is the user's own: `self` is hygienic.
    pub(crate) fn owned_self(&self) -> Option<Token![self]> {
        let receiver = self.item.sig.receiver()?;
        (!matches!(receiver.kind, ReceiverKind::Reference(..))).then_some(receiver.self_token)
    }

    /// Whether the receiver is still there after a closure has taken it along.
    pub(crate) fn shares_self(&self) -> bool {
        self.item.sig.receiver().is_none_or(|receiver| matches!(receiver.kind, ReceiverKind::Reference(_, _, None)))
    }

    pub(crate) fn returns_nothing(&self) -> bool {
        matches!(self.item.sig.output, ReturnType::Default)
    }
}

/// An expression that a `macro_rules` macro passed on is a group without delimiters, and the compiler forgets the group once
/// it has been through an attribute: `$a * 2` would take the last term of a sum (`tests/hygiene/by_macro.rs`).
pub(crate) struct Precedence;

impl VisitMut for Precedence {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Expr::Group(group) = expr {
            let paren_token = syn::token::Paren(names::at(group.expr.span()));
            *expr = Expr::Paren(syn::ExprParen { attrs: Vec::new(), paren_token, expr: group.expr.clone() });
        }
        syn::visit_mut::visit_expr_mut(self, expr);
    }
    fn visit_pat_mut(&mut self, _: &mut syn::Pat) {}
    fn visit_type_mut(&mut self, _: &mut Type) {}
}

/// Whether a statement before the future runs nothing of the user's: an item, or what another attribute of ours has put there.
fn is_beside(statement: &Stmt) -> bool {
    match statement {
        Stmt::Item(_) => true,
        Stmt::Local(local) => names::is_ours(local.pat.to_token_stream()),
        _ => false,
    }
}

fn not_a_function(attribute: &str, tokens: TokenStream, error: &syn::Error) -> syn::Error {
    let each = if attribute == "zero_trust" {
        "write it on a function, an `impl` block or an inline module"
    } else {
        "write it on each function"
    };
    let (found, help) = match syn::parse2::<Item>(tokens.clone()) {
        Ok(item) => (kind(&item), each),
        Err(_) if syn::parse2::<syn::TraitItemFn>(tokens.clone()).is_ok() => {
            ("a function without one", "write it on the functions of each `impl` of the trait")
        }
        // Half typed, or newer than the parser.
        Err(_) if has_body(&tokens) => {
            let message = format!("`{attribute}` cannot read this: {error}");
            return Rule::WrongItem.at(error.span(), &message);
        }
        Err(_) => ("something else", each),
    };
    let message = format!("`{attribute}` needs a function with a body, and this is {found}\nhelp: {help}");
    Rule::WrongItem.error(head(tokens), &message)
}

fn has_body(tokens: &TokenStream) -> bool {
    let last = tokens.clone().into_iter().last();
    let is_named = tokens
        .clone()
        .into_iter()
        .any(|tree| matches!(tree, TokenTree::Ident(word) if ["fn", "mod", "impl"].iter().any(|known| word == known)));
    is_named && matches!(last, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace)
}

fn kind(item: &Item) -> &'static str {
    match item {
        Item::Struct(_) => "a struct",
        Item::Enum(_) => "an enum",
        Item::Union(_) => "a union",
        Item::Trait(_) => "a trait",
        Item::Impl(_) => "an `impl` block",
        Item::Mod(_) => "a module",
        Item::Const(_) => "a constant",
        Item::Static(_) => "a static",
        Item::Type(_) => "a type",
        Item::Use(_) => "an import",
        Item::Macro(_) => "a macro",
        _ => "something else",
    }
}

/// The item without its braces: what an error about the whole item underlines.
fn head(tokens: TokenStream) -> TokenStream {
    let is_body = |tree: &TokenTree| matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    tokens.into_iter().take_while(|tree| !is_body(tree)).collect()
}

pub(crate) fn shape(item: &ItemFn) -> Shape {
    if item.sig.asyncness.is_some() {
        return Shape::Async;
    }
    if async_tail(&mut item.block.clone()).is_some() {
        return Shape::AsyncTail;
    }
    match &item.sig.output {
        ReturnType::Type(_, output) if names_future(output) => Shape::Future,
        _ => Shape::Sync,
    }
}

/// `async ..` or `Box::pin(async ..)` as the last expression.
pub(crate) fn async_tail(block: &mut Block) -> Option<&mut ExprAsync> {
    match tail(block)? {
        Expr::Async(future) => Some(future),
        _ => None,
    }
}

/// The last expression, without the `Box::pin` around it.
fn tail(block: &mut Block) -> Option<&mut Expr> {
    let Some(Stmt::Expr(tail, None)) = block.stmts.last_mut() else { return None };
    if matches!(tail, Expr::Call(call) if is_box_pin(&call.func)) {
        let Expr::Call(call) = tail else { return None };
        return call.args.first_mut();
    }
    Some(tail)
}

fn is_box_pin(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    let names = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
    names.take(2).eq(["pin", "Box"])
}

fn names_future(output: &Type) -> bool {
    struct Search(bool);
    impl Visit<'_> for Search {
        fn visit_path_segment(&mut self, segment: &syn::PathSegment) {
            self.0 |= segment.ident == "Future" || segment.ident == "BoxFuture" || segment.ident == "LocalBoxFuture";
            syn::visit::visit_path_segment(self, segment);
        }
    }
    let mut search = Search(false);
    search.visit_type(output);
    search.0
}

/// None where nothing can be written: an `impl Trait` alone, or a macro, which may become one.
fn writable(output: &Type) -> Option<Type> {
    #[derive(Default)]
    struct Opaque {
        is_macro: bool,
    }
    impl VisitMut for Opaque {
        fn visit_type_mut(&mut self, ty: &mut Type) {
            match ty {
                Type::ImplTrait(_) => *ty = Type::Verbatim(quote_spanned!(ty.span()=> _)),
                Type::Macro(_) => self.is_macro = true,
                _ => syn::visit_mut::visit_type_mut(self, ty),
            }
        }
    }
    if matches!(output, Type::ImplTrait(_)) {
        return None;
    }
    let (mut output, mut opaque) = (output.clone(), Opaque::default());
    opaque.visit_type_mut(&mut output);
    (!opaque.is_macro).then_some(output)
}

impl ToTokens for Subject {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.item.to_tokens(tokens);
    }
}

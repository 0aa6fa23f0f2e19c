//! Subject and plan to tokens: the only file that prints a function.
//!
//! Generated code holds no operator, index or loop of its own, so that a second attribute of ours finds nothing of the first
//! to rewrite (`generated_code_holds_no_operator` in `expand.rs` walks the snapshots for it).

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Item, ItemUse, Path, Stmt, UseTree};

use crate::names;
use crate::parameter::{self, Binding};
use crate::plan::Plan;
use crate::refusal::{Exit, Or};
use crate::rules::{self, PANIC_ABORT};
use crate::subject::{Shape, Subject};

pub(crate) fn lower(mut subject: Subject, plan: Plan, runtime: &Path) -> TokenStream {
    if plan.parameters_checked {
        parameter::strip(&mut subject.item);
    }
    let generates = plan.boundary.is_some() || !plan.entry.is_empty() || plan.body.is_some();
    if let Some(body) = plan.body {
        *subject.item.block = body;
    }
    if !generates {
        return quote!(#subject);
    }
    // A boundary takes the names of an attribute before ours into its closure, and needs them outside.
    let prelude = match plan.boundary {
        None if has_prelude(&subject) => TokenStream::new(),
        _ => prelude(&subject, runtime),
    };
    let needs_std = needs_std(&plan.needs_std);
    // The parameters move into the boundary's closure, and are bound there anew.
    let moved = match &plan.boundary {
        Some(or) => moved(&mut subject, or),
        None => TokenStream::new(),
    };
    let entry = plan.entry;
    let statements = std::mem::take(&mut subject.body().stmts);
    let guarded = quote!(#(#entry)* #(#statements)*);
    let body = match plan.boundary {
        Some(or) => boundary(&subject, &or, plan.unwinds.as_ref(), &quote!(#moved #guarded)),
        None => guarded,
    };
    subject.body().stmts = verbatim(body);
    // At the very beginning, also of a function whose body is the future that it ends with.
    let statements = std::mem::take(&mut subject.item.block.stmts);
    subject.item.block.stmts = verbatim(quote!(#prelude #needs_std #(#statements)*));
    quote!(#subject)
}

fn verbatim(tokens: TokenStream) -> Vec<Stmt> {
    vec![Stmt::Expr(syn::Expr::Verbatim(tokens), None)]
}

/// A function that is refused: the user's own, with what the compiler has still to judge in a branch that never runs.
pub(crate) fn unprotected(mut subject: Subject, judged: &TokenStream, runtime: &Path) -> TokenStream {
    if !judged.is_empty() {
        let prelude = prelude(&subject, runtime);
        let statements = std::mem::take(&mut subject.item.block.stmts);
        subject.item.block.stmts = verbatim(quote!(if false { #prelude #judged } #(#statements)*));
    }
    quote!(#subject)
}

/// Whether an attribute of ours has been here before.
fn has_prelude(subject: &Subject) -> bool {
    subject.item.block.stmts.iter().any(is_prelude)
}

/// The names that generated code uses.
fn prelude(subject: &Subject, runtime: &Path) -> TokenStream {
    let name = subject.name();
    let alias = Ident::new(names::ALIAS, Span::call_site());
    quote! {
        #[allow(unused_imports, clippy::pedantic)]
        use #runtime::__private::{
            self as #alias, ByBits as _, ByContent as _, ByInteger as _, ByNothing as _, ByOperator as _,
            BySign as _, ByValidate as _,
        };
        const __PORTCULLIS_FUNCTION: &str = #alias::concat!(#alias::module_path!(), "::", #name);
    }
}

/// Once, however many need it.
fn needs_std(protections: &[&str]) -> Option<TokenStream> {
    let message = rules::needs_std(protections);
    (!protections.is_empty()).then(|| {
        quote!(
            const _: &str = __portcullis::needs_std!(#message);
        )
    })
}

fn is_prelude(stmt: &Stmt) -> bool {
    fn renames(tree: &UseTree) -> bool {
        match tree {
            UseTree::Path(path) => renames(&path.tree),
            UseTree::Group(group) => group.items.iter().any(renames),
            UseTree::Rename(rename) => rename.rename == names::ALIAS,
            UseTree::Name(_) | UseTree::Glob(_) => false,
        }
    }
    matches!(stmt, Stmt::Item(Item::Use(ItemUse { tree, .. })) if renames(tree))
}

/// Binds each parameter anew inside the boundary, in their order, so that they drop in the order in which they would
/// have without it.
fn moved(subject: &mut Subject, or: &Or) -> TokenStream {
    if subject.shape == Shape::AsyncTail {
        return TokenStream::new();
    }
    // A closure takes only the fields that its body names: all of `self` has to drop where it would have.
    let whole = subject.owned_self().map(|own| quote!(let _ = &#own;));
    let names = parameter::take_mutability(&mut subject.item);
    let bound = names.iter().map(|Binding { attributes, mutability, name }| {
        // What only the expression of `or(return ..)` uses is used.
        let unused = matches!(or, Or::Return(_)).then(|| quote!(#[allow(unused_variables)]));
        quote!(#(#attributes)* #unused let #mutability #name = #name;)
    });
    quote!(#whole #(#bound)*)
}

/// The body in the closure or the future that a panic does not leave.
///
/// `unwinds` is what a violation that unwound to it is to become, where that may differ from what a panic becomes.
fn boundary(subject: &Subject, or: &Or, unwinds: Option<&Or>, body: &TokenStream) -> TokenStream {
    let (value, violation) = (names::local("value"), names::local("violation"));
    let mut refuse = or.refuse(subject, Exit::Return, &quote!(#violation));
    if let Some(own) = unwinds.map(|own| own.refuse(subject, Exit::Return, &quote!(#violation)))
        && own.to_string() != refuse.to_string()
    {
        refuse = quote!(if __portcullis::has_unwound(&#violation) { #own } else { #refuse });
    }
    let output = subject.output();
    let caught = match subject.shape {
        Shape::Sync | Shape::Future => {
            let output = output.map(|output| quote!(-> #output));
            quote!(__portcullis::catch(move || #output { #body }))
        }
        Shape::Async | Shape::AsyncTail => {
            // The block's type is the function's, which the compiler would otherwise look for in the body: `?` needs it.
            let typed = output.map(|output| {
                quote! {
                    #[allow(unreachable_code, clippy::all, clippy::pedantic)]
                    if false { return __portcullis::never::<#output>(); }
                }
            });
            quote!(__portcullis::catch_future(async move { #typed #body }).await)
        }
    };
    let abort = PANIC_ABORT;
    quote! {
        #[cfg(panic = "abort")]
        const _: &str = __portcullis::needs_unwinding!(#abort);
        match #caught {
            __portcullis::Ok(#value) => #value,
            __portcullis::Err(#violation) => #refuse,
        }
    }
}

//! Subject and plan to tokens: the only file that prints a function.
//!
//! Generated code holds no operator, index or loop of its own, so that a second attribute of ours finds nothing of the first
//! to rewrite (`generated_code_holds_no_operator` in `expand.rs` walks the snapshots for it).

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Expr, Item, ItemUse, Path, Stmt, UseTree};

use crate::leaf;
use crate::names;
use crate::parameter::{self, Binding};
use crate::plan::{Descent, Door, Gate, Plan, Scope, Until, Watch};
use crate::refusal::{Exit, Or, names_in};
use crate::rewrite::{Broken, Rewritten};
use crate::rules;
use crate::subject::{Shape, Subject};

pub(crate) fn lower(mut subject: Subject, mut plan: Plan, runtime: &Path) -> TokenStream {
    if plan.parameters_checked {
        parameter::strip(&mut subject.item);
    }
    let judged = plan.judged.clone();
    let had_prelude = has_prelude(&subject);
    let watch = plan.watch.take().unwrap_or_default();
    let is_watched = watch.panics || watch.is_of_request();
    let names_a_parameter = names_a_parameter(&subject, &plan, &watch);
    let Rewritten { body, unwinds, others, checkpoint } = plan.rewritten;
    let generates = plan.boundary.is_some()
        || plan.request
        || plan.proved
        || is_watched
        || !plan.entry.is_empty()
        || plan.descent.is_some()
        || body.is_some();
    let runs = plan.scope.as_ref().map(|scope| names::called(scope.runs));
    let scope = plan.scope.as_ref().map(|Scope { made, .. }| {
        let (scope, group) = (names::local("scope"), names::local("group"));
        quote!(let (#scope, #group) = #made;)
    });
    if let Some(body) = body {
        *subject.item.block = body;
    }
    let boundary = Boundary::of(plan.boundary, unwinds, others);
    if !generates {
        return quote!(#subject);
    }
    let is_future = matches!(subject.shape, Shape::Async | Shape::AsyncTail);
    // A closure or a future of ours is around the body.
    let is_moved = boundary.is_some() || ((plan.request || is_watched) && is_future);
    // It takes the names of an attribute before ours along, as a future with a depth does, and they are needed outside. But they
    // stand there already where the function ends with its future.
    let is_taken = subject.shape != Shape::AsyncTail && (is_moved || scope.is_some());
    let prelude = if had_prelude && !is_taken { TokenStream::new() } else { prelude(&subject, runtime) };
    let needs_std = needs_std(&plan.needs_std);
    let needs_counting = plan.needs_counting.then(needs_counting);
    // The parameters move into it, and are bound there anew.
    let mut moved_into_proof = TokenStream::new();
    let moved = if boundary.is_none() && is_moved && subject.shape == Shape::Async && !names_a_parameter {
        // Each whole, which no name is needed for.
        let whole = subject.owned_self().map(|own| quote!(let _ = &#own;));
        let captured = parameter::capture(&mut subject.item);
        quote!(#whole #captured)
    } else if (is_moved || plan.proved) && subject.shape != Shape::AsyncTail {
        let values = boundary.iter().flat_map(Boundary::ors).chain(plan.until.iter().map(|until| &until.or));
        // What only an expression of the attribute uses is used.
        let may_be_unused = values.into_iter().any(|or| matches!(or, Or::Return(_))) || names_a_parameter;
        let moved = Moved::of(&mut subject);
        moved_into_proof = moved.bound(false, true);
        if is_moved { moved.bound(may_be_unused, !plan.proved) } else { TokenStream::new() }
    } else {
        TokenStream::new()
    };
    let mut entry = plan.entry;
    if let Some(Descent { statement, after }) = plan.descent {
        // What comes between may call something of the user's.
        if after < entry.len() || checkpoint.is_some() || plan.proved {
            entry.insert(after, statement);
        } else {
            let Subject { item, .. } = &mut subject;
            leaf::descend_after(&item.sig, &mut item.block, &statement);
        }
    }
    // Before what drops with the request: the parameters, where a closure has taken them along. But as a value of the attribute may
    // use them up, it comes behind them where it names one.
    let mut begun = if plan.request && !is_future { entered(&subject, plan.door) } else { TokenStream::new() };
    let bindings: Vec<_> = subject.parameters().flat_map(|parameter| parameter.bindings()).collect();
    if bindings.iter().any(|bound| names::holds(begun.clone(), &bound.ident.to_string())) {
        entry.insert(0, std::mem::take(&mut begun));
    }
    let statements = std::mem::take(&mut subject.body().stmts);
    let statements = quote!(#(#statements)*);
    let statements = if plan.proved { proved(&subject, &moved_into_proof, &statements) } else { statements };
    // The checkpoint comes when all limits are in force.
    let guarded = quote!(#begun #moved #(#entry)* #checkpoint #statements);
    let guarded = if is_watched { watched(&subject, &watch, &guarded) } else { guarded };
    let guarded = if plan.request && is_future {
        in_request(&subject, [&plan.steps, &plan.budget], plan.until.as_ref(), &guarded)
    } else {
        guarded
    };
    let body = match boundary {
        Some(boundary) => boundary.around(&subject, &guarded),
        None => guarded,
    };
    subject.body().stmts = verbatim(body);
    if let Some(runs) = runs {
        make_scoped(&mut subject, &runs, runtime);
    }
    // At the very beginning, also of a function whose body is the future that it ends with.
    let statements = std::mem::take(&mut subject.item.block.stmts);
    subject.item.block.stmts = verbatim(quote!(#prelude #needs_std #needs_counting #judged #scope #(#statements)*));
    // The linker names the function that it finds a panic in, and that would be the one it is inlined in.
    let findable = (plan.proved && !subject.item.attrs.iter().any(|attribute| attribute.path().is_ident("inline")))
        .then(|| quote!(#[inline(never)]));
    quote!(#findable #subject)
}

/// Has the body run at the depth that the function took when it was called. An `async fn` does nothing when it is called, so
/// it becomes the function that the language would make of it.
fn make_scoped(subject: &mut Subject, runs: &Ident, runtime: &Path) {
    let scope = names::local("scope");
    if let Some(future) = subject.future() {
        *future = Expr::Verbatim(quote!(__portcullis::#runs(#scope, #future)));
        return;
    }
    let typed = typed(subject);
    // Attributes that come after ours know a function for an `async fn` by a block at its end, as `async_trait` leaves it.
    let seen_later = subject.item.attrs.iter().any(|attribute| !is_of_the_language(attribute));
    let captured = parameter::capture(&mut subject.item);
    let whole = subject.owned_self().map(|own| quote!(let _ = &#own;));
    let statements = std::mem::take(&mut subject.item.block.stmts);
    let future = quote!(__portcullis::#runs(#scope, async move { #typed #whole #captured #(#statements)* }));
    let future = if seen_later { quote!(async move { #future.await }) } else { future };
    subject.item.block.stmts = verbatim(future);
    subject.make_plain(runtime);
}

/// The attributes that mean the same on the function that an `async fn` becomes.
fn is_of_the_language(attribute: &syn::Attribute) -> bool {
    const KNOWN: [&str; 14] = [
        "allow",
        "cfg",
        "cfg_attr",
        "cold",
        "deny",
        "deprecated",
        "doc",
        "expect",
        "forbid",
        "inline",
        "must_use",
        "no_mangle",
        "target_feature",
        "warn",
    ];
    attribute.path().get_ident().is_some_and(|name| KNOWN.iter().any(|known| name == known))
}

/// The block's type is the function's, which the compiler would otherwise look for in the body: `?` needs it.
fn typed(subject: &Subject) -> Option<TokenStream> {
    // `!` cannot be written there, and a body that never returns needs no help.
    subject.output().filter(|output| !matches!(output, syn::Type::Never(_))).map(|output| {
        quote! {
            #[allow(unreachable_code, clippy::all, clippy::pedantic)]
            if false { return __portcullis::never::<#output>(); }
        }
    })
}

/// The user's statements, after our checks and before what a panic becomes. See `runtime/src/proof.rs`.
fn proved(subject: &Subject, moved: &TokenStream, statements: &TokenStream) -> TokenStream {
    let output = subject.output().map(|output| quote!(-> #output));
    let abort = rules::proof_abort();
    quote! {
        #[cfg(panic = "abort")]
        const _: &str = __portcullis::proof_needs_unwinding!(#abort);
        __portcullis::proved(move || #output { #moved #statements })
    }
}

/// Where a request may begin.
fn handler(handler: &Ident) -> TokenStream {
    // In a block of its own: another attribute of ours on this function may have one too.
    quote!(let #handler = {
        static __PORTCULLIS_HANDLER: __portcullis::Handler = __portcullis::Handler::new(__PORTCULLIS_FUNCTION);
        &__PORTCULLIS_HANDLER
    };)
}

/// The call as a part of the request that the thread works on, else as the beginning of one.
fn entered(subject: &Subject, door: Option<Door>) -> TokenStream {
    let (own, request, violation) = (names::local("handler"), names::local("request"), names::local("violation"));
    let handler = handler(&own);
    let Some(Door { gate, refuse }) = door else {
        return quote!(#handler let #request = __portcullis::Entered::new(#own););
    };
    // Shown as the place of a refusal.
    let through =
        quote_spanned!(subject.item.sig.ident.span()=> __portcullis::Entered::through(#own, &__PORTCULLIS_GATE));
    quote! {
        #handler
        let #request = match { #gate #through } {
            __portcullis::Ok(#request) => #request,
            __portcullis::Err(#violation) => #refuse,
        };
    }
}

/// The future's body as a part of the request that the thread works on, else as the beginning of one. Inside the boundary, outside of
/// every other guard.
fn in_request(subject: &Subject, limits: [&Option<Expr>; 2], until: Option<&Until>, body: &TokenStream) -> TokenStream {
    let own = names::local("handler");
    let begun = handler(&own);
    let typed = typed(subject);
    let request = quote!(__portcullis::in_request(#own, async move { #typed #body }));
    // The arguments may name parameters, which the body takes along: they come first.
    let [steps, budget] = limits;
    let request = budget.iter().fold(request, |request, max| quote!(__portcullis::budgeted(#max, #request)));
    let request = steps.iter().fold(request, |request, max| quote!(__portcullis::counted(#max, #request)));
    let Some(Until { timeout, or }) = until else { return quote!(#begun #request.await) };
    let refuse = or.refuse(subject, Exit::Return, &names::local("violation").into_token_stream());
    let (value, late, violation) = (names::local("value"), names::local("late"), names::local("violation"));
    // Shown as the place of a refusal.
    let refused = quote_spanned!(subject.item.sig.ident.span()=> #late.violation());
    quote! {
        #begun
        match __portcullis::until(#timeout, #request).await {
            __portcullis::Ok(#value) => #value,
            __portcullis::Err(#late) => {
                let #violation = #refused;
                #refuse
            }
        }
    }
}

/// The body, observed as a whole.
fn watched(subject: &Subject, watch: &Watch, body: &TokenStream) -> TokenStream {
    let of_request = watch.is_of_request().then(|| watch_request(subject, watch));
    if matches!(subject.shape, Shape::Async | Shape::AsyncTail) {
        let typed = typed(subject);
        let body = quote!(async move { #typed #body });
        let body = of_request.iter().fold(body, |body, watch| quote!(__portcullis::watched(#watch, #body)));
        return if watch.panics {
            quote!(__portcullis::panics_told(__PORTCULLIS_FUNCTION, #body).await)
        } else {
            quote!(#body.await)
        };
    }
    let (panics, watching) = (names::local("panics"), names::local("watching"));
    let panics = watch.panics.then(|| quote!(let #panics = __portcullis::Panics::watch(__PORTCULLIS_FUNCTION);));
    let watching = of_request.iter().map(|watch| quote!(let #watching = #watch.watch();));
    quote!(#panics #(#watching)* #body)
}

/// What a request is observed by.
fn watch_request(subject: &Subject, watch: &Watch) -> TokenStream {
    let Watch { panics: _, gate, steps, timeout, budget, requests } = watch;
    let new = quote_spanned!(subject.item.sig.ident.span()=> __portcullis::Watch::new(__PORTCULLIS_FUNCTION));
    let probe = (*gate == Some(Gate::Probe)).then(|| quote!(.probe()));
    let steps = steps.iter().map(|max| quote!(.steps(#max)));
    let timeout = timeout.iter().map(|timeout| quote!(.deadline(#timeout)));
    let budget = budget.iter().map(|max| quote!(.budget(#max)));
    let requests = requests.iter().map(|max| {
        quote!(.requests(
            {
                static __PORTCULLIS_HANDLER: __portcullis::Handler = __portcullis::Handler::new(__PORTCULLIS_FUNCTION);
                &__PORTCULLIS_HANDLER
            },
            {
                __portcullis::thread_local! {
                    static __PORTCULLIS_ENTRIES: __portcullis::Entries = const { __portcullis::Entries::new() };
                }
                &__PORTCULLIS_ENTRIES
            },
            #max
        ))
    });
    quote!(#new #probe #(#steps)* #(#timeout)* #(#budget)* #(#requests)*)
}

fn verbatim(tokens: TokenStream) -> Vec<Stmt> {
    vec![Stmt::Expr(Expr::Verbatim(tokens), None)]
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
            self as #alias, ByBits as _, ByCall as _, ByCast as _, ByContent as _, ByCovered as _, ByDeref as _, ByDerefOwn as _,
            ByDerefTwice as _, ByFactors as _, ByIndex as _, ByInteger as _, ByItems as _, ByIterator as _,
            ByKept as _, ByLent as _, ByList as _, ByLoan as _, ByLossy as _, ByMethod as _, ByName as _, ByNothing as _, ByNumber as _, ByOperator as _,
            ByAdded as _, ByAdder as _, ByGathered as _, ByGatherer as _, ByGuard as _, ByHeld as _, ByHolder as _, ByMade as _,
            ByMadeWith as _, ByMaker as _, ByMut as _, ByReader as _, BySource as _, ByUnheld as _,
            ByOwn as _, ByPlace as _, BySign as _, BySlice as _, ByTotal as _, ByValidate as _, Lend as _,
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

/// What only the runtime's features can tell.
fn needs_counting() -> TokenStream {
    let message = rules::needs_counting();
    quote!(
        const _: &str = __portcullis::needs_counting!(#message);
    )
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

/// What stands around a body, in a closure or a future of ours.
struct Boundary {
    /// What a panic becomes. A boundary without it is only for violations that unwind, and lets panics pass.
    panics: Option<Or>,
    /// What a violation becomes that a closure or an async block of the body lets unwind.
    unwinds: Vec<(Broken, Or)>,
    /// What the boundary of another attribute answers, further out.
    others: Vec<Broken>,
}

impl Boundary {
    fn of(panics: Option<Or>, unwinds: Vec<(Broken, Or)>, others: Vec<Broken>) -> Option<Self> {
        (panics.is_some() || !unwinds.is_empty()).then_some(Self { panics, unwinds, others })
    }

    fn ors(&self) -> impl Iterator<Item = &Or> {
        self.panics.iter().chain(self.unwinds.iter().map(|(_, or)| or))
    }

    /// The body in the closure or the future that a panic does not leave.
    fn around(&self, subject: &Subject, body: &TokenStream) -> TokenStream {
        let (value, violation) = (names::local("value"), names::local("violation"));
        let output = subject.output();
        let future = matches!(subject.shape, Shape::Async | Shape::AsyncTail);
        let (catch, abort) = match (&self.panics, future) {
            (Some(_), false) => ("catch", rules::panic_abort()),
            (Some(_), true) => ("catch_future", rules::panic_abort()),
            (None, false) => ("catch_violation", rules::unwind_abort()),
            (None, true) => ("catch_violation_future", rules::unwind_abort()),
        };
        let catch = Ident::new(catch, Span::mixed_site());
        let caught = if future {
            let typed = typed(subject);
            quote!(__portcullis::#catch(async move { #typed #body }).await)
        } else {
            let output = output.map(|output| quote!(-> #output));
            quote!(__portcullis::#catch(move || #output { #body }))
        };
        let refuse = self.refuse(subject, &violation);
        quote! {
            #[cfg(panic = "abort")]
            const _: &str = __portcullis::needs_unwinding!(#abort);
            match #caught {
                __portcullis::Ok(#value) => #value,
                __portcullis::Err(#violation) => #refuse,
            }
        }
    }

    /// Each kind of violation by its own way out, where they differ.
    fn refuse(&self, subject: &Subject, violation: &Ident) -> TokenStream {
        let print = |or: &Or| or.refuse(subject, Exit::Return, &quote!(#violation));
        let kinds = self.unwinds.iter().map(|(broken, or)| (Some(*broken), print(or)));
        let mut arms: Vec<(Option<Broken>, TokenStream)> =
            kinds.chain(self.panics.iter().map(|or| (None, print(or)))).collect();
        let Some((_, last)) = arms.pop() else { return TokenStream::new() };
        let passed_on = self.others.iter().map(|kind| {
            let is = Ident::new(kind.asked(), Span::mixed_site());
            quote!(let #violation = __portcullis::pass_on(#violation, __portcullis::#is, __PORTCULLIS_FUNCTION);)
        });
        let passed_on = quote!(#(#passed_on)*);
        let refused = arms.into_iter().rev().fold(last, |otherwise, (broken, own)| match broken {
            Some(broken) if own.to_string() != otherwise.to_string() => {
                let is = Ident::new(broken.asked(), Span::mixed_site());
                quote!(if __portcullis::#is(&#violation) { #own } else { #otherwise })
            }
            _ => otherwise,
        });
        if passed_on.is_empty() { refused } else { quote!({ #passed_on #refused }) }
    }
}

/// Whether what is evaluated outside of the future names a parameter.
fn names_a_parameter(subject: &Subject, plan: &Plan, watch: &Watch) -> bool {
    let until = plan.until.as_ref();
    let value = until.and_then(|until| match &until.or {
        Or::Return(value) => Some(&**value),
        _ => None,
    });
    let outside = [until.map(|until| &until.timeout), plan.steps.as_ref(), plan.budget.as_ref(), value];
    let named: Vec<Ident> = outside.into_iter().flatten().chain(watch.limits()).flat_map(names_in).collect();
    subject.parameters().flat_map(|parameter| parameter.bindings()).any(|bound| named.contains(&bound.ident))
}

/// The parameters that a closure of ours takes along.
struct Moved {
    whole: Option<TokenStream>,
    names: Vec<Binding>,
}

impl Moved {
    /// Takes their mutability off the signature.
    fn of(subject: &mut Subject) -> Self {
        // A closure takes only the fields that its body names: all of `self` has to drop where it would have.
        let whole = subject.owned_self().map(|own| quote!(let _ = &#own;));
        Self { whole, names: parameter::take_mutability(&mut subject.item) }
    }

    /// Binds each anew inside, in their order and whole, so that they drop as they would have without it.
    fn bound(&self, may_be_unused: bool, innermost: bool) -> TokenStream {
        let whole = &self.whole;
        let bound = self.names.iter().map(|Binding { attributes, mutability, name }| {
            let unused = may_be_unused.then(|| quote!(#[allow(unused_variables)]));
            let mutability = mutability.filter(|_| innermost);
            quote!(#(#attributes)* #unused #[allow(clippy::pedantic)] let #mutability #name = #name;)
        });
        quote!(#whole #(#bound)*)
    }
}

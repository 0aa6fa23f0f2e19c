//! What `zero_trust(route)` puts beside a function: a type of the function's own name, which goes wherever an import takes the
//! function, and holds the table of its rules. The gates of `gate.rs` ask for it.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Attribute, Ident, Path};

use crate::names;
use crate::passes::Pass;
use crate::report::Report;
use crate::rules::Rule;
use crate::subject::Subject;
use crate::text;

/// The attributes of frameworks that make a type of the function's name themselves: rocket's and actix's by the method, and
/// `handler` of poem. It is theirs then that has the table. An attribute that only has the name of one makes no type, and
/// the compiler says that there is none.
const MAKE_A_TYPE: [&str; 13] = [
    "catch", "connect", "delete", "get", "handler", "head", "options", "patch", "post", "put", "route", "routes",
    "trace",
];

/// What the table says of one function.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) rows: Vec<Row>,
    /// The protections with their limits.
    pub(crate) protections: Vec<String>,
    /// Whether the rows are those of all parameters.
    pub(crate) parameters: bool,
}

/// One value that a client sends, and what becomes of it.
pub(crate) struct Row {
    pub(crate) cfgs: Vec<Attribute>,
    pub(crate) parameter: String,
    pub(crate) ty: String,
    pub(crate) rule: String,
    pub(crate) judged: Judged,
    pub(crate) reasons: Vec<String>,
}

/// `portcullis::Judged`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Judged {
    ByRules,
    ByType,
    Any,
    Trusted,
    Not,
}

pub(crate) const NO_ROUTE_HERE: &str = "`route` puts a type beside the function, and none can stand in an `impl` block\n\
    help: write `#[zero_trust]` here, and route a function outside of the block that calls this one, with `#[zero_trust(route)]`";

/// Complains where no type can stand beside the function.
pub(crate) fn ensure_possible(subject: &Subject, report: &mut Report) {
    if let Some(receiver) = subject.item.sig.receiver() {
        report.add(Rule::NoRouteHere, receiver, NO_ROUTE_HERE);
    }
}

/// The type, also of a function with mistakes: without it each of its routes would be a second one.
pub(crate) fn beside(
    subject: &Subject,
    passes: &[Box<dyn Pass>],
    observed: bool,
    key: Span,
    runtime: &Path,
) -> TokenStream {
    if subject.item.sig.receiver().is_some() {
        return TokenStream::new();
    }
    let told = tell(subject, passes);
    let item = &subject.item;
    let cfgs: Vec<&Attribute> = item.attrs.iter().filter(|attribute| attribute.path().is_ident("cfg")).collect();
    let mut name = item.sig.ident.clone();
    name.set_span(names::at(name.span()));
    let vis = &item.vis;
    let own = (!makes_a_type(&item.attrs)).then(|| {
        // Where the name is taken, or nothing can stand here, the compiler complains of the key.
        quote_spanned! {names::at(key)=>
            #(#cfgs)*
            #[doc(hidden)]
            #[allow(non_camel_case_types, dead_code, clippy::all, clippy::pedantic)]
            #vis enum #name {}
        }
    });
    let rows = told.rows.iter().map(|Row { cfgs, parameter, ty, rule, judged, reasons }| {
        let judged = Ident::new(&format!("{judged:?}"), Span::mixed_site());
        quote!(#(#cfgs)* #runtime::__private::rule(#parameter, #ty, #rule, #runtime::Judged::#judged, &[#(#reasons),*]))
    });
    let protections = observed.then(|| "observe".to_owned()).into_iter().chain(told.protections);
    quote_spanned! {names::at(key)=>
        #own
        #(#cfgs)*
        impl #runtime::__private::Routed for #name {
            const RULES: #runtime::__private::Rules = &[#(#rows),*];
            const PROTECTIONS: #runtime::__private::Texts = &[#(#protections),*];
        }
    }
}

fn tell(subject: &Subject, passes: &[Box<dyn Pass>]) -> Told {
    let mut told = Told::default();
    for pass in passes {
        pass.tell(subject, &mut told);
    }
    if !told.parameters {
        told.rows.extend(subject.parameters().map(|parameter| Row {
            cfgs: parameter.helper("cfg").cloned().collect(),
            parameter: text::of_code(parameter.of.pat.to_token_stream()),
            ty: text::of_type(&parameter.of.ty),
            rule: String::new(),
            judged: Judged::Not,
            reasons: Vec::new(),
        }));
    }
    told
}

fn makes_a_type(attrs: &[Attribute]) -> bool {
    attrs.iter().filter_map(|attribute| attribute.path().segments.last()).any(|last| {
        let name = last.ident.to_string();
        MAKE_A_TYPE.contains(&&*name)
    })
}

//! `#[derive(TakeApart)]`: each field is offered to the list of the parts, and the types tell which it takes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Attribute, Field, Fields, Generics, Index, Item, Member, Path, parse_quote};

use crate::args::{self, Args};
use crate::names;
use crate::nesting::ensure_shallow;
use crate::report::Report;
use crate::rules::Rule;

/// What `#[take_apart(..)]` says of the type.
struct Options {
    runtime: Path,
    /// `drop`: by its own `Drop` too.
    drops: bool,
}

pub(crate) fn derive(tokens: TokenStream) -> TokenStream {
    let mut report = Report::default();
    let Some(item) = report.take(ensure_shallow(&tokens).and_then(|()| syn::parse2::<Item>(tokens))) else {
        return report.beside(TokenStream::new(), &parse_quote!(::portcullis));
    };
    let (name, generics, attributes) = match &item {
        Item::Struct(item) => (&item.ident, &item.generics, &item.attrs),
        Item::Enum(item) => (&item.ident, &item.generics, &item.attrs),
        Item::Union(item) => {
            let message = "`TakeApart` takes structs and enums apart: which field of a union is there, nobody knows";
            report.add(Rule::WrongItem, &item.ident, message);
            return report.beside(TokenStream::new(), &parse_quote!(::portcullis));
        }
        // The compiler lets a derive stand on nothing else.
        _ => return TokenStream::new(),
    };
    let options = options(attributes, &mut report);
    let shapes: Vec<(TokenStream, &Fields)> = match &item {
        Item::Enum(item) => item
            .variants
            .iter()
            .map(|variant| {
                let variant_name = &variant.ident;
                (quote!(Self::#variant_name), &variant.fields)
            })
            .collect(),
        Item::Struct(item) => vec![(quote!(Self), &item.fields)],
        _ => Vec::new(),
    };
    let arms: Vec<TokenStream> =
        shapes.iter().map(|(shape, fields)| arm(shape, fields, options.drops, &mut report)).collect();
    let runtime = options.runtime.clone();
    if !report.is_clean() {
        return report.beside(TokenStream::new(), &runtime);
    }
    print(name, generics, &options, &arms)
}

fn print(name: &Ident, generics: &Generics, options: &Options, arms: &[TokenStream]) -> TokenStream {
    let runtime = &options.runtime;
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let parts = names::local("parts");
    let alias = Ident::new(names::ALIAS, Span::call_site());
    let prelude = quote! {
        #[allow(unused_imports)]
        use #runtime::__private::{self as #alias, ByKeptLeaf as _, ByLeaf as _, ByParts as _, ByTaken as _, ByUntakeable as _};
    };
    let (by, of, drop) = if options.drops {
        let drop = quote! {
            #[automatically_derived]
            impl #impl_generics #runtime::__private::Drop for #name #type_generics #clause {
                fn drop(&mut self) {
                    #prelude
                    let mut #parts = <#runtime::Parts<'_> as __portcullis::Default>::default();
                    match self { #(#arms)* }
                }
            }
        };
        (quote!(mut self), quote!(&mut self), drop)
    } else {
        (quote!(self), quote!(self), TokenStream::new())
    };
    let parts = if options.drops { quote!(mut #parts) } else { quote!(#parts) };
    quote! {
        #[automatically_derived]
        #[allow(clippy::pedantic)]
        impl #impl_generics #runtime::TakeApart for #name #type_generics #clause {
            fn take_apart<'__portcullis>(#by, #parts: &mut #runtime::Parts<'__portcullis>)
            where
                Self: '__portcullis,
            {
                #prelude
                match #of { #(#arms)* }
            }
        }
        #drop
    }
}

/// One shape of the value: each of its fields, offered.
fn arm(shape: &TokenStream, fields: &Fields, drops: bool, report: &mut Report) -> TokenStream {
    let parts = names::local("parts");
    let mut bound = Vec::new();
    let mut offered = Vec::new();
    for (at, field) in fields.iter().enumerate() {
        let member = field.ident.clone().map_or_else(|| Member::Unnamed(Index::from(at)), Member::Named);
        let name = names::local(&format!("field_{at}"));
        if is_skipped(field, report) {
            bound.push(quote!(#member: _));
            continue;
        }
        bound.push(quote!(#member: #name));
        let at = names::at(field.ty.span());
        offered.push(if drops {
            quote_spanned!(at=> __portcullis::FieldOf(#name).__portcullis_take(&mut #parts);)
        } else {
            quote_spanned!(at=> __portcullis::Field(#name).__portcullis_add(#parts);)
        });
    }
    quote!(#shape { #(#bound),* } => { #(#offered)* })
}

fn options(attributes: &[Attribute], report: &mut Report) -> Options {
    let mut options = Options { runtime: parse_quote!(::portcullis), drops: false };
    for mut args in read(attributes, &["crate", "drop"], report) {
        options.drops |= args.take("drop").is_some();
        if let Some(path) = args.take("crate") {
            options.runtime = args::runtime(Some(path), report);
        }
    }
    options
}

fn is_skipped(field: &Field, report: &mut Report) -> bool {
    read(&field.attrs, &["skip"], report).into_iter().any(|mut args| args.take("skip").is_some())
}

fn read(attributes: &[Attribute], known: &[&str], report: &mut Report) -> Vec<Args> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("take_apart"))
        .map(|attribute| {
            let tokens = attribute.meta.require_list().map(|list| list.tokens.clone());
            let tokens = report.take(tokens).unwrap_or_default();
            Args::read("take_apart", tokens.into_token_stream(), known, report)
        })
        .collect()
}

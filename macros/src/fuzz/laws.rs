//! What holds of every expansion, whatever went in.

use proc_macro2::{TokenStream, TokenTree};
use proptest::test_runner::TestCaseError;
use proptest::{prop_assert, prop_assert_eq};
use quote::{ToTokens as _, quote};

use crate::expand::{self, strip};
use crate::report::Report;
use crate::subject::Subject;
use crate::{covered, gate, module, strict, take_apart};

pub(super) const ATTRIBUTES: &[&str] =
    &["zero_trust", "bounded_recursion", "checked_arithmetic", "checked_indexing", "validated_input", "catch_panic"];

pub(super) const GATES: &[Gate] = &[
    Gate("gated", gate::gated),
    Gate("rules_of", gate::rules_of),
    Gate("protections_of", gate::protections_of),
    Gate("unprotected", gate::unprotected),
    Gate("axum_route", gate::axum_route),
    Gate("rocket_routes", gate::rocket_routes),
];

#[derive(Clone, Copy)]
pub(super) struct Gate(&'static str, pub(super) fn(TokenStream) -> TokenStream);

impl std::fmt::Debug for Gate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

type Judged = Result<(), TestCaseError>;

pub(super) fn ensure_attribute(attribute: &str, args: &TokenStream, item: &TokenStream) -> Judged {
    let output = expand::attribute(attribute, args.clone(), item.clone());
    if args.to_string() == module::NAMED {
        return Ok(());
    }
    let again = expand::attribute(attribute, args.clone(), item.clone());
    prop_assert_eq!(output.to_string(), again.to_string(), "an expansion depends on nothing but its input");
    ensure_sized(&[args, item], &output)?;
    let errors = errors(&output);
    errors.iter().try_for_each(|error| ensure_readable(error))?;
    if syn::parse2::<syn::Item>(item.clone()).is_err() {
        prop_assert!(!errors.is_empty(), "what cannot be parsed is an error");
        prop_assert!(output.to_string().starts_with(&item.to_string()), "it stays as it is: {}", output);
        return Ok(());
    }
    let printed = syn::parse2::<syn::File>(output.clone());
    prop_assert!(printed.is_ok(), "the expansion parses: {:?}: {}", printed.err(), output);
    // Some functions hold a `compile_error` of their own.
    if errors.len() > self::errors(item).len() {
        ensure_kept(attribute, item, &output)?;
    }
    // A second attribute under the first sees what the first has printed.
    for item in printed.expect("just asked").items {
        if let syn::Item::Fn(_) = item {
            let stacked = expand::attribute("zero_trust", TokenStream::new(), item.to_token_stream());
            let printed = syn::parse2::<syn::File>(stacked.clone());
            prop_assert!(printed.is_ok(), "stacked: {:?}: {}", printed.err(), stacked);
        }
    }
    Ok(())
}

/// Beside an error stands all that the user wrote, but for what only our attributes understand.
fn ensure_kept(attribute: &str, item: &TokenStream, output: &TokenStream) -> Judged {
    let output = output.to_string();
    let Ok(mut subject) = Subject::parse(attribute, item.clone()) else {
        if module::block(item).is_none() {
            prop_assert!(output.starts_with(&item.to_string()), "the item stays: {}", output);
        }
        return Ok(());
    };
    strip(&mut subject);
    // Those of functions inside too.
    strict::refuse_escapes(&mut subject, false, &mut Report::default());
    let (visibility, signature) = (&subject.item.vis, &subject.item.sig);
    let head = quote!(#visibility #signature).to_string();
    let mut rest = output.as_str();
    let statements = subject.item.block.stmts.iter().map(|statement| statement.to_token_stream().to_string());
    for wanted in std::iter::once(head).chain(statements) {
        let Some(at) = rest.find(&wanted) else {
            return Err(TestCaseError::fail(format!("`{wanted}` is gone from {output}")));
        };
        rest = rest.split_at(at.saturating_add(wanted.len())).1;
    }
    Ok(())
}

pub(super) fn ensure_derives(item: &TokenStream) -> Judged {
    // The compiler lets a derive stand on nothing else.
    if let Ok(read) = syn::parse2::<syn::Item>(item.clone())
        && !matches!(read, syn::Item::Struct(_) | syn::Item::Enum(_) | syn::Item::Union(_))
    {
        return Ok(());
    }
    for derive in [covered::derive, take_apart::derive] {
        let output = derive(item.clone());
        ensure_sized(&[item], &output)?;
        errors(&output).iter().try_for_each(|error| ensure_readable(error))?;
        let printed = syn::parse2::<syn::File>(output.clone());
        prop_assert!(printed.is_ok(), "the expansion parses: {:?}: {}", printed.err(), output);
    }
    Ok(())
}

pub(super) fn ensure_gate(Gate(_, gate): Gate, input: &TokenStream) -> Judged {
    let output = gate(quote!(portcullis, #input));
    ensure_sized(&[input], &output)?;
    errors(&output).iter().try_for_each(|error| ensure_readable(error))?;
    let printed = syn::parse2::<syn::Expr>(output.clone());
    prop_assert!(printed.is_ok(), "the expansion parses: {:?}: {}", printed.err(), output);
    Ok(())
}

/// The fuel of an expansion: what it prints is in proportion to what it read.
fn ensure_sized(input: &[&TokenStream], output: &TokenStream) -> Judged {
    let read = input.iter().map(|tokens| count((*tokens).clone())).fold(0_usize, usize::saturating_add);
    let printed = count(output.clone());
    prop_assert!(printed <= read.saturating_mul(300).saturating_add(3_000), "{} of {}", printed, read);
    Ok(())
}

fn count(tokens: TokenStream) -> usize {
    tokens.into_iter().fold(0_usize, |sum, tree| {
        let inside = match tree {
            TokenTree::Group(group) => count(group.stream()),
            _ => 0,
        };
        sum.saturating_add(inside).saturating_add(1)
    })
}

/// The messages of the `compile_error!`s. Without recursion, since the tokens may be deeper than the stack.
pub(super) fn errors(output: &TokenStream) -> Vec<String> {
    let mut found = Vec::new();
    let mut left = vec![output.clone()];
    while let Some(tokens) = left.pop() {
        let mut named = false;
        for tree in tokens {
            match tree {
                TokenTree::Ident(word) => named = word == "compile_error",
                TokenTree::Group(group) if named => {
                    found.extend(syn::parse2::<syn::LitStr>(group.stream()).map(|message| message.value()));
                    named = false;
                }
                TokenTree::Group(group) => left.push(group.stream()),
                _ => {}
            }
        }
    }
    found
}

/// No line of ours is wider than a terminal, where it can be broken.
fn ensure_readable(message: &str) -> Judged {
    if !message.starts_with("[PC") {
        return Ok(());
    }
    for line in message.lines().filter(|line| line.chars().count() > 73) {
        let text = line.trim_start();
        let labelled = text.starts_with("[PC") || text.starts_with("help: ");
        let text = text.split_once(' ').filter(|_| labelled).map_or(text, |(_, text)| text);
        let mut quoted = false;
        let breaks = text.chars().any(|character| {
            quoted ^= character == '`';
            character == ' ' && !quoted
        });
        prop_assert!(!breaks, "wide: {}", line);
    }
    Ok(())
}

//! The pipeline: parse -> subject -> policy -> ensure -> plan -> lower.

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::VisitMut as _;

use crate::admitted;
use crate::lower::{lower, unprotected};
use crate::module;
use crate::nesting::{ensure_rewritable, ensure_shallow};
use crate::parameter;
use crate::passes::ensure_alone;
use crate::plan::Plan;
use crate::policy::{Policy, protection};
use crate::proof;
use crate::report::Report;
use crate::rewrite::{Rewrites, Strip, is_escape};
use crate::route;
use crate::strict;
use crate::subject::Subject;

/// Expands one attribute: `zero_trust` on a block, or any on a function.
pub(crate) fn attribute(attribute: &str, args: TokenStream, item: TokenStream) -> TokenStream {
    if let Err(error) = ensure_shallow(&args) {
        return refused(error, item, TokenStream::new());
    }
    if let Err(error) = ensure_shallow(&item) {
        return refused(error, item, args);
    }
    if args.to_string() == module::NAMED {
        return TokenStream::new();
    }
    match module::block(&item) {
        Some(Ok(block)) if attribute == "zero_trust" => module::expand(&args, block),
        _ => function(attribute, args, item),
    }
}

/// What is not even parsed.
fn refused(error: syn::Error, item: TokenStream, args: TokenStream) -> TokenStream {
    let mut report = Report::default();
    report.push(error);
    report.beside(item, &Policy::runtime(args))
}

/// Expands one attribute on one function. A pure function of its input: another attribute may make it run twice.
pub(crate) fn function(attribute: &str, args: TokenStream, item: TokenStream) -> TokenStream {
    let mut report = Report::default();
    let mut policy = Policy::read(attribute, args.clone(), &mut report);
    let Some(mut subject) = report.take(Subject::parse(attribute, item.clone())) else {
        return report.beside(item, &policy.runtime);
    };
    if policy.is_skipped {
        return report.beside(plain(subject), &policy.runtime);
    }
    if let Err(error) = ensure_rewritable(&subject.item.block) {
        report.push(error);
        return report.beside(plain(subject), &policy.runtime);
    }
    subject.ensure_ordinary(attribute, &mut report);
    ensure_alone(attribute, args, &subject, &mut report);
    let runtime = policy.runtime.clone();
    let routed = policy.routed.clone();
    let proved = policy.proved.clone();
    if let Some(key) = &proved {
        proof::ensure_provable(key, &subject, &mut report);
    }
    let strict = policy.strict.take();
    let casts_are_checked = policy.checks_casts();
    let observed = policy.observed;
    // What would surely be refused is not refused.
    let settings = if observed { None } else { admitted::settings(&policy, &subject) };
    let passes = policy.passes();
    if routed.is_some() {
        route::ensure_possible(&subject, &mut report);
    }
    // Told by the attributes of the parameters, which are gone afterwards.
    let routed = routed.map(|key| route::beside(&subject, &passes, observed, key.span(), &runtime));
    match &strict {
        Some(strict) => strict.ensure(&mut subject, &mut report),
        None => strict::refuse_escapes(&mut subject, casts_are_checked, &mut report),
    }
    let mut rewrites = Rewrites::default();
    for pass in &passes {
        pass.ensure(&subject, &mut report);
        pass.rewrites(&mut rewrites);
    }
    let judged = admitted::ensure(settings, &subject, &runtime, &mut report);
    if report.is_clean() {
        for pass in &passes {
            pass.prepare(&mut subject);
        }
    }
    let rewritten = rewrites.body(&subject, &mut report);
    subject.item.attrs.retain(|attribute| !is_escape(attribute));
    if !report.is_clean() {
        let judged: TokenStream = passes.iter().map(|pass| pass.judged_by_types(&subject)).collect();
        strip(&mut subject);
        let function = unprotected(subject, &judged, &runtime);
        return report.beside(quote!(#function #routed), &runtime);
    }
    let mut plan = Plan { rewritten, judged, proved: proved.is_some(), ..Plan::default() };
    if observed {
        plan.needs_std.push("observe");
    }
    for pass in &passes {
        pass.add_to(&mut plan, &subject);
    }
    let function = lower(subject, plan, &runtime);
    quote!(#function #routed)
}

/// A function that is left out: none of our attributes stays on it.
fn plain(mut subject: Subject) -> Subject {
    subject.item.attrs.retain(|attribute| protection(attribute).is_none() && !is_escape(attribute));
    strip(&mut subject);
    subject
}

/// Takes off what only the attributes understand.
pub(crate) fn strip(subject: &mut Subject) {
    parameter::strip(&mut subject.item);
    Strip.visit_block_mut(&mut subject.item.block);
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use proc_macro2::TokenStream;
    use quote::{ToTokens, quote};
    use syn::visit::Visit;

    /// Each `tests/expand/*/*.in.rs` holds one function under one attribute; its `.out.rs` is what that becomes.
    /// `UPDATE_EXPECT=1 cargo test -p portcullis-macros` writes them anew.
    #[test]
    fn snapshots() {
        let cases = cases();
        assert!(!cases.is_empty());
        for input in cases {
            let output = PathBuf::from(input.to_string_lossy().replace(".in.rs", ".out.rs"));
            expect_test::expect_file![&output].assert_eq(&expanded(&input));
        }
    }

    /// The law of `lower.rs`: a second attribute of ours finds nothing of the first to rewrite.
    #[test]
    fn generated_code_holds_no_operator() {
        for input in cases() {
            let once = expanded(&input);
            let mut seen = Operators::default();
            seen.visit_file(&syn::parse_file(&once).expect("the expansion parses"));
            assert!(seen.generated.is_empty(), "{}: {:?}", input.display(), seen.generated);
        }
    }

    /// `strict` refuses, and prints nothing: each case of `zero_trust` that it lets through is the same with it.
    #[test]
    fn the_expansion_of_a_strict_handler_is_that_of_a_default_one() {
        let mut compared = 0;
        for (name, args, item) in cases().iter().map(|input| case(input)).filter(|(name, ..)| name == "zero_trust") {
            let strict = super::function(&name, quote!(strict, #args), item.clone()).to_string();
            if !strict.contains("compile_error") {
                assert_eq!(strict, super::function(&name, args, item).to_string());
                compared += 1;
            }
        }
        assert!(compared >= 4, "{compared}");
    }

    /// Operators that do not stand between the names that stand for the user's operands.
    #[derive(Default)]
    struct Operators {
        generated: Vec<String>,
    }

    impl Visit<'_> for Operators {
        fn visit_expr_binary(&mut self, binary: &syn::ExprBinary) {
            let text = binary.to_token_stream().to_string();
            let operands = text.contains("__portcullis_l") && text.contains("__portcullis_r");
            if text.contains("__portcullis") && !operands {
                self.generated.push(text);
            }
        }
    }

    fn cases() -> Vec<PathBuf> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/expand");
        let folders = fs::read_dir(root).expect("the folder of the cases").map(|entry| entry.expect("an entry").path());
        let mut files: Vec<PathBuf> = folders
            .flat_map(|folder| fs::read_dir(folder).expect("a folder for each attribute"))
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.to_string_lossy().ends_with(".in.rs"))
            .collect();
        files.sort();
        files
    }

    /// The attribute's name, its arguments, and the function.
    fn case(input: &Path) -> (String, TokenStream, TokenStream) {
        let source = fs::read_to_string(input).expect("the case can be read");
        let mut file = syn::parse_file(&source).expect("the case parses");
        let Some(syn::Item::Fn(mut item)) = file.items.pop() else { panic!("a case holds one function") };
        let attribute = item.attrs.remove(0);
        let args = attribute.meta.require_list().map(|list| list.tokens.clone()).unwrap_or_default();
        let name = attribute.path().require_ident().expect("the attribute's own name").to_string();
        (name, args, quote!(#item))
    }

    fn expanded(input: &Path) -> String {
        let (name, args, item) = case(input);
        let tokens = super::function(&name, args, item);
        prettyplease::unparse(&syn::parse2(tokens).expect("the expansion parses"))
    }
}

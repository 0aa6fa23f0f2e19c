//! The whole pipeline under input that nobody would write: no input makes a macro panic or loses what the user wrote.
//!
//! The longer run, which also takes the functions of every crate that this workspace is built from, on the stack that the compiler has:
//! `RUST_MIN_STACK=8388608 PROPTEST_CASES=3000 cargo test --release -p portcullis-macros fuzz -- --include-ignored`.

mod corpus;
mod laws;
mod mutation;
mod nesting;
mod tokens;

use proc_macro2::TokenStream;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use self::corpus::Corpus;
use self::laws::{ATTRIBUTES, GATES, ensure_attribute, ensure_derives, ensure_gate};
use self::mutation::{Mutation, mutations};
use self::nesting::on_a_stack;
use crate::nesting::ensure_shallow;

/// The same cases in each build: a failure is an input that the machine of whoever reads of it finds too.
fn config() -> ProptestConfig {
    let seeded = proptest::test_runner::RngSeed::Fixed(7);
    // Of which `PROPTEST_CASES` is taken over.
    let asked = ProptestConfig::default();
    let is_longer = asked.cases != 256;
    let rng_seed = if is_longer { asked.rng_seed } else { seeded };
    ProptestConfig { failure_persistence: None, max_shrink_iters: 20_000, rng_seed, ..asked }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn tokens_of_any_kind(attribute in select(ATTRIBUTES), args in tokens::arguments(), item in tokens::any()) {
        ensure_attribute(attribute, &args, &item)?;
        ensure_derives(&item)?;
    }

    #[test]
    fn gates_take_any_tokens(gate in select(GATES), input in tokens::any()) {
        ensure_gate(gate, &input)?;
    }

    #[test]
    fn functions_put_together(attribute in select(ATTRIBUTES), args in tokens::arguments(), item in tokens::function()) {
        ensure_attribute(attribute, &args, &item)?;
    }

    #[test]
    fn functions_with_any_tokens_in_their_holes(attribute in select(ATTRIBUTES), args in tokens::arguments(), item in tokens::holes()) {
        ensure_attribute(attribute, &args, &item)?;
    }

    #[test]
    fn types_with_any_tokens_in_their_holes(item in tokens::holes_of_types()) {
        ensure_derives(&item)?;
    }

    #[test]
    fn types_put_together(item in tokens::declaration()) {
        ensure_derives(&item)?;
    }

    #[test]
    fn functions_of_this_repository_changed(
        attribute in select(ATTRIBUTES),
        args in tokens::arguments(),
        at in any::<Index>(),
        changes in vec(mutations(), 0..6),
    ) {
        let corpus = Corpus::of_this_repository();
        ensure_attribute(attribute, &args, &changed(corpus.item(at), &changes, corpus))?;
    }

    #[test]
    fn types_of_this_repository_changed(at in any::<Index>(), changes in vec(mutations(), 0..6)) {
        let corpus = Corpus::of_this_repository();
        ensure_derives(&changed(corpus.declaration(at), &changes, corpus))?;
    }

    #[test]
    #[ignore = "takes the sources of every crate of the workspace's tree"]
    fn functions_of_other_crates_changed(
        attribute in select(ATTRIBUTES),
        args in tokens::arguments(),
        at in any::<Index>(),
        changes in vec(mutations(), 0..6),
    ) {
        let corpus = Corpus::of_other_crates();
        ensure_attribute(attribute, &args, &changed(corpus.item(at), &changes, corpus))?;
    }
}

fn changed(item: TokenStream, changes: &[Mutation], corpus: &Corpus) -> TokenStream {
    changes.iter().fold(item, |item, change| change.of(item, corpus))
}

/// As they stand there: each under one attribute, the attributes in turn.
fn ensure_all(corpus: &Corpus, each: usize) {
    for (item, attribute) in corpus.items().step_by(each).zip(ATTRIBUTES.iter().cycle()) {
        if let Err(error) = ensure_attribute(attribute, &TokenStream::new(), &item) {
            panic!("{attribute} on {item}: {error}");
        }
        assert!(ensure_shallow(&item).is_ok(), "real code is not too deep: {item}");
    }
    for item in corpus.declarations() {
        if let Err(error) = ensure_derives(&item) {
            panic!("{item}: {error}");
        }
    }
}

#[test]
fn functions_of_this_repository() {
    on_a_stack(|| ensure_all(Corpus::of_this_repository(), 5));
}

#[test]
#[ignore = "takes the sources of every crate of the workspace's tree"]
fn each_function_of_other_crates() {
    on_a_stack(|| ensure_all(Corpus::of_other_crates(), 1));
}

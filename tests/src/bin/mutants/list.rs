//! The mutants, by what they take a check out of. Each text has to stand exactly once in its file.
//!
//! Some edits are left out because no program that compiles can tell them: `Done` that says "as written" (the operator then
//! runs once more, after its check), the branch that never runs (it is for the compiler's messages: `tests/ui/`), a slice that is
//! summed by its iterator (it takes longer: `benches/sum.rs`), a `Cow` that is not listed (what it derefs to is), and a pair of
//! integers that is not listed (what is asked late finds it).

mod allocation;
mod called_names;
mod calls;
mod casts;
mod concurrency;
mod exits;
mod indexing;
mod known_macros;
mod late;
mod leaves;
mod methods;
mod operators;
mod places;
mod policies;
mod receivers;
mod recursion;
mod rewriting;
mod stack;
mod time;
mod totals;

/// One edit that takes a check away, or makes it say something else.
pub(crate) struct Mutant {
    pub(crate) what: &'static str,
    pub(crate) file: &'static str,
    pub(crate) from: &'static str,
    pub(crate) to: &'static str,
}

const fn takes_out(what: &'static str, file: &'static str, from: &'static str, to: &'static str) -> Mutant {
    Mutant { what, file, from, to }
}

/// Each with the room of `behaviour` that is the first to tell; what survives there has to survive all of it.
const LISTS: [(&str, &[Mutant]); 20] = [
    ("bounded_allocation", allocation::MUTANTS),
    ("checked_arithmetic", operators::MUTANTS),
    ("checked_arithmetic", late::MUTANTS),
    ("checked_arithmetic", policies::MUTANTS),
    ("checked_arithmetic", casts::MUTANTS),
    ("checked_arithmetic", methods::MUTANTS),
    ("checked_arithmetic", totals::MUTANTS),
    ("checked_arithmetic", time::MUTANTS),
    ("checked_indexing", indexing::MUTANTS),
    ("checked_indexing", calls::MUTANTS),
    ("checked_indexing", called_names::MUTANTS),
    ("checked_indexing", receivers::MUTANTS),
    ("checked_arithmetic", rewriting::MUTANTS),
    ("checked_indexing", places::MUTANTS),
    ("checked_arithmetic", known_macros::MUTANTS),
    ("early_return", exits::MUTANTS),
    ("bounded_recursion", recursion::MUTANTS),
    ("bounded_recursion", stack::MUTANTS),
    ("bounded_recursion", leaves::MUTANTS),
    ("bounded_concurrency", concurrency::MUTANTS),
];

pub(crate) fn mutants() -> impl Iterator<Item = (&'static str, &'static Mutant)> {
    LISTS.into_iter().flat_map(|(room, list)| list.iter().map(move |mutant| (room, mutant)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::mutants;

    #[test]
    fn each_text_stands_exactly_once_in_its_file() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let stale: Vec<String> = mutants()
            .filter_map(|(_, mutant)| {
                let source = std::fs::read_to_string(root.join(mutant.file)).unwrap_or_default();
                let places = source.matches(mutant.from).count();
                (places != 1).then(|| format!("{}: {places} times in {}", mutant.what, mutant.file))
            })
            .collect();
        assert!(stale.is_empty(), "{stale:#?}");
    }

    #[test]
    fn each_edit_changes_something_and_has_a_name_of_its_own() {
        let mut names = BTreeSet::new();
        for (_, mutant) in mutants() {
            assert!(names.insert(mutant.what), "two are named {}", mutant.what);
            assert_ne!(mutant.from, mutant.to, "{}", mutant.what);
        }
    }
}

//! The mutants, by what they take a check out of. Each text has to stand exactly once in its file.
//!
//! Two edits are left out because no program that compiles can tell them: `Done` that says "as written" (the operator then
//! runs once more, after its check), and the branch that never runs (it is for the compiler's messages: `tests/ui/`).

mod called_names;
mod calls;
mod casts;
mod exits;
mod indexing;
mod known_macros;
mod methods;
mod operators;
mod places;
mod policies;
mod receivers;
mod recursion;
mod rewriting;
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

const LISTS: [&[Mutant]; 15] = [
    operators::MUTANTS,
    policies::MUTANTS,
    casts::MUTANTS,
    methods::MUTANTS,
    totals::MUTANTS,
    time::MUTANTS,
    indexing::MUTANTS,
    calls::MUTANTS,
    called_names::MUTANTS,
    receivers::MUTANTS,
    rewriting::MUTANTS,
    places::MUTANTS,
    known_macros::MUTANTS,
    exits::MUTANTS,
    recursion::MUTANTS,
];

pub(crate) fn mutants() -> impl Iterator<Item = &'static Mutant> {
    LISTS.into_iter().flatten()
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
            .filter_map(|mutant| {
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
        for mutant in mutants() {
            assert!(names.insert(mutant.what), "two are named {}", mutant.what);
            assert_ne!(mutant.from, mutant.to, "{}", mutant.what);
        }
    }
}

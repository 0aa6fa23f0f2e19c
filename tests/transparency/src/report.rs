//! What is said of a crate, and of all of them.

use std::collections::BTreeSet;

use crate::annotated::{Annotated, Id};
use crate::cargo::Mode;
use crate::expansion::Expansion;

/// Of a thousand functions that hold arithmetic, so many may fail to compile.
const BAR_PER_MILLE: usize = 2;

/// One mode's run of a crate.
pub(crate) struct Run {
    pub(crate) mode: Mode,
    pub(crate) plain: usize,
    pub(crate) annotated: usize,
    pub(crate) lost: Vec<(String, String)>,
    pub(crate) compile_ratio: f64,
}

pub(crate) const HEADER: &str = "\
| crate | mode | functions annotated | with arithmetic | left out: const / in macros / tests / not in this build \
| do not compile | of them with arithmetic | tests plain | tests annotated | lost | compile ratio | operators checked \
| raw operators left | raw beside unknown macros |
|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|";

#[derive(Default)]
pub(crate) struct Total {
    with_arithmetic: usize,
    broken_with_arithmetic: usize,
    broken: usize,
    lost: usize,
    failures: Vec<String>,
}

impl Total {
    pub(crate) fn fail(&mut self, name: &str, error: &anyhow::Error) {
        self.failures.push(format!("{name}: {error:#}"));
    }

    pub(crate) fn add(&mut self, name: &str, annotated: &Annotated, expansion: &Expansion, runs: &[Run]) {
        let built: BTreeSet<Id> = expansion.reached.iter().chain(annotated.broken.keys()).copied().collect();
        let count = |of: &dyn Fn(&Id) -> bool| built.iter().filter(|id| of(id)).count();
        let arithmetic: BTreeSet<Id> =
            annotated.functions().filter(|(_, function)| function.holds_arithmetic).map(|(id, _)| id).collect();
        let opaque: BTreeSet<Id> = annotated
            .functions()
            .filter(|(_, function)| !function.opaque_macros.is_empty())
            .map(|(id, _)| id)
            .collect();
        let raw: Vec<&(Id, String)> =
            expansion.raw.iter().filter(|(id, _)| !annotated.broken.contains_key(id)).collect();
        let (raw_in_macros, raw_left): (Vec<_>, Vec<_>) = raw.into_iter().partition(|(id, _)| opaque.contains(id));
        let with_arithmetic = count(&|id| arithmetic.contains(id));
        let broken_with_arithmetic = annotated.broken.keys().filter(|id| arithmetic.contains(id)).count();
        let left_out = annotated.left_out;
        for run in runs {
            println!(
                "| {name} | {} | {} | {with_arithmetic} | {} / {} / {} / {} | {} | {broken_with_arithmetic} | {} | {} | {} | {:.2} | {} | {} | {} |",
                run.mode,
                built.len(),
                left_out.constant,
                left_out.in_macros,
                left_out.tests,
                annotated.functions().count().saturating_sub(built.len()),
                annotated.broken.len(),
                run.plain,
                run.annotated,
                run.lost.len(),
                run.compile_ratio,
                expansion.checked,
                raw_left.len(),
                raw_in_macros.len(),
            );
            self.lost = self.lost.saturating_add(run.lost.len());
        }
        for (id, error) in &annotated.broken {
            println!("\ndoes not compile: {name} {}\n{}", annotated.place(*id), error.trim_end());
        }
        for (run, (test, why)) in runs.iter().flat_map(|run| run.lost.iter().map(move |lost| (run, lost))) {
            println!("\nlost: {name} {} {test}\n{}", run.mode, why.trim_end());
        }
        for (what, operators) in [("raw", raw_left), ("raw beside unknown macros", raw_in_macros)] {
            for (id, operator) in operators {
                println!("{what}: {name} {}: {operator}", annotated.place(*id));
            }
        }
        self.with_arithmetic = self.with_arithmetic.saturating_add(with_arithmetic);
        self.broken_with_arithmetic = self.broken_with_arithmetic.saturating_add(broken_with_arithmetic);
        self.broken = self.broken.saturating_add(annotated.broken.len());
    }

    /// Prints the end, and says whether all is as it has to be.
    pub(crate) fn finish(&self) -> bool {
        for failure in &self.failures {
            println!("\nnot measured: {failure}");
        }
        let allowed = self.with_arithmetic.saturating_mul(BAR_PER_MILLE);
        let compiles = self.broken_with_arithmetic.saturating_mul(1000) <= allowed && self.with_arithmetic > 0;
        let met = compiles && self.lost == 0 && self.failures.is_empty();
        println!(
            "\n{} functions hold arithmetic, {} of them do not compile (bar: {BAR_PER_MILLE} in 1000), and {} others; \
             {} tests lost (bar: 0); {} crates not measured (bar: 0): {}",
            self.with_arithmetic,
            self.broken_with_arithmetic,
            self.broken.saturating_sub(self.broken_with_arithmetic),
            self.lost,
            self.failures.len(),
            if met { "the bar is met" } else { "the bar is MISSED" },
        );
        met
    }
}

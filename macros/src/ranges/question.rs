//! The places that only the compiler can judge, and the ways to them that it has to take.

use std::collections::HashMap;

use syn::{BinOp, Expr};

use super::Function;
use super::hidden::{Asked, Step};
use super::interval::Interval;
use super::value::Deps;
use super::walk::{Run, Seen, Site};

/// As many points as are tried, and places asked of.
const MOST_POINTS: usize = 12;
const MOST_QUESTIONS: usize = 12;

/// As many ways to one place.
const MOST_WAYS: usize = 4;

/// Beside that of the runs that need no compiler.
const FUEL: u32 = 10_000;

/// Whether a place fails on one of these ways.
pub(crate) struct Question<'f> {
    pub(crate) expr: &'f Expr,
    pub(crate) ways: Vec<Way>,
}

/// The steps to a place, of which it is the last, and the inputs whose value was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Way {
    pub(crate) at: Vec<(String, i128)>,
    pub(crate) steps: Vec<Step>,
}

impl Question<'_> {
    /// What to write instead.
    pub(super) fn help(&self) -> &'static str {
        match self.expr {
            Expr::Cast(_) => "convert with `try_from`, or mend the rule",
            Expr::Index(_) => "take it with `get(..)`, or mend the rule",
            Expr::Binary(binary) => match binary.op {
                BinOp::Div(_) | BinOp::DivAssign(_) => "divide with `checked_div`, or mend the rule",
                BinOp::Rem(_) | BinOp::RemAssign(_) => "divide with `checked_rem`, or mend the rule",
                BinOp::Shl(_) | BinOp::ShlAssign(_) => "shift with `checked_shl`, or mend the rule",
                BinOp::Shr(_) | BinOp::ShrAssign(_) => "shift with `checked_shr`, or mend the rule",
                _ => "widen the operands first, or mend the rule",
            },
            _ => "mend the rule",
        }
    }
}

impl Function<'_> {
    /// What is left for the compiler to judge.
    pub(crate) fn questions(&self) -> Vec<Question<'_>> {
        self.fuel.set(FUEL);
        let all: Vec<Interval> = self.inputs.iter().map(|input| input.range).collect();
        let any = self.by_name(&all).is_some_and(|seen| !seen.asked.is_empty());
        if !any {
            return Vec::new();
        }
        let mut questions: HashMap<Site, Question<'_>> = HashMap::new();
        for point in self.points().into_iter().take(MOST_POINTS) {
            let ranges: Vec<Interval> = point.iter().copied().map(Interval::point).collect();
            let Some(seen) = self.by_name(&ranges) else { break };
            for asked in &seen.asked {
                let Some(way) = self.way(asked, &point, &all) else { continue };
                let is_new = !questions.contains_key(&asked.site);
                if is_new && questions.len() >= MOST_QUESTIONS {
                    continue;
                }
                let question =
                    questions.entry(asked.site).or_insert_with(|| Question { expr: asked.expr, ways: Vec::new() });
                if question.ways.len() < MOST_WAYS && !question.ways.contains(&way) {
                    question.ways.push(way);
                }
            }
        }
        let mut questions: Vec<Question<'_>> = questions.into_values().collect();
        questions.sort_by_key(|question| self.survey.order(super::walk::site(question.expr)));
        questions
    }

    fn by_name(&self, ranges: &[Interval]) -> Option<Seen<'_>> {
        let seen = Run::new(self, ranges, true).by_name().follow();
        (!seen.is_short).then_some(seen)
    }

    /// The way to the place with these values: of those inputs only that it depends on, if the place is reached whatever the others are;
    /// else of all but those that may have decided something in a way that is not followed.
    fn way(&self, asked: &Asked<'_>, point: &[i128], all: &[Interval]) -> Option<Way> {
        if asked.deps.inputs().is_none() || asked.path.meets(asked.before.inputs()) {
            return None;
        }
        let own = |at: usize| asked.deps.meets(Deps::input(at));
        let followed = |at: usize| !asked.path.meets(Deps::input(at));
        self.way_with(asked.site, point, all, own).or_else(|| self.way_with(asked.site, point, all, followed))
    }

    fn way_with(&self, site: Site, point: &[i128], all: &[Interval], is_named: impl Fn(usize) -> bool) -> Option<Way> {
        let named: Vec<usize> = (0..point.len()).filter(|at| is_named(*at)).collect();
        let mut ranges = all.to_vec();
        for at in &named {
            *ranges.get_mut(*at)? = Interval::point(*point.get(*at)?);
        }
        let seen = self.by_name(&ranges)?;
        let asked = seen.asked.iter().find(|asked| asked.site == site)?;
        let chosen = named.iter().map(|at| Deps::input(*at)).fold(asked.before.inputs(), |all, one| all | one);
        if asked.path.meets(chosen) {
            return None;
        }
        let at = named.iter().filter_map(|at| Some((self.inputs.get(*at)?.shown.clone(), *point.get(*at)?)));
        let steps = seen.steps.get(..=asked.at)?.to_vec();
        Some(Way { at: at.collect(), steps })
    }
}

//! Finds a value that the rules admit and that fails, and shows how far others fail with it.

use std::collections::HashSet;

use syn::Expr;
use syn::visit::Visit;

use super::constant::constant_whole;
use super::interval::Interval;
use super::value::{Deps, Value};
use super::walk::{Compared, Failure, Run, Seen, Site};
use super::{Function, Input, Of};

/// As many points as are tried.
const MOST_POINTS: usize = 100;

/// As many points as are tried again for one place.
const MOST_TRIES: usize = 6;

/// A place that surely fails.
#[derive(Clone)]
pub(crate) struct Claim<'f> {
    pub(crate) failure: Failure<'f>,
    /// The inputs that make it fail, with their values. The others may have any.
    pub(crate) named: Vec<(&'f Input, i128)>,
    /// The whole run that showed it: a value for each input.
    #[cfg_attr(not(test), allow(dead_code, reason = "the oracle runs it again"))]
    pub(crate) point: Vec<i128>,
    /// Every value of the only input beyond this one fails too.
    pub(crate) threshold: Option<Threshold>,
}

#[derive(Clone, Copy)]
pub(crate) struct Threshold {
    pub(crate) from: i128,
    /// Upwards.
    pub(crate) up: bool,
    /// No value short of it fails.
    pub(crate) is_limit: bool,
}

/// What is told of one function.
pub(crate) struct Findings<'f> {
    pub(crate) claims: Vec<Claim<'f>>,
    pub(crate) conditions: Vec<(Compared<'f>, bool)>,
    pub(crate) explained: Vec<(&'f Expr, Value)>,
}

impl Function<'_> {
    pub(crate) fn findings(&self) -> Findings<'_> {
        if self.inputs.is_empty() && !self.survey.explains {
            return Findings { claims: Vec::new(), conditions: Vec::new(), explained: Vec::new() };
        }
        let all: Vec<Interval> = self.inputs.iter().map(|input| input.range).collect();
        let whole = Run::new(self, &all, true).follow();
        let mut explained: Vec<_> = whole.explained.values().copied().collect();
        explained.sort_by_key(|(expr, _)| self.survey.order(super::walk::site(expr)));
        let nothing = Findings { claims: Vec::new(), conditions: Vec::new(), explained };
        if whole.is_short || self.inputs.is_empty() {
            return nothing;
        }
        let claims = if whole.perhaps.is_empty() && whole.sure.is_empty() { Vec::new() } else { self.claims(&all) };
        Findings { claims, conditions: self.conditions(&all), ..nothing }
    }

    fn run(&self, ranges: &[Interval]) -> Option<Seen<'_>> {
        let seen = Run::new(self, ranges, true).follow();
        (!seen.is_short).then_some(seen)
    }

    fn claims(&self, all: &[Interval]) -> Vec<Claim<'_>> {
        let mut claims: Vec<Claim<'_>> = Vec::new();
        let mut settled: HashSet<Site> = HashSet::new();
        let mut tries: std::collections::HashMap<Site, usize> = std::collections::HashMap::new();
        for point in self.points() {
            let ranges: Vec<Interval> = point.iter().copied().map(Interval::point).collect();
            let Some(seen) = self.run(&ranges) else { break };
            let mut found: Vec<_> = seen.sure.into_iter().filter(|(site, _)| !settled.contains(site)).collect();
            found.sort_by_key(|(site, _)| self.survey.order(*site));
            for (site, failure) in found {
                let count = tries.entry(site).or_default();
                *count = count.saturating_add(1);
                if *count > MOST_TRIES || failure.path.meets(failure.deps.inputs()) {
                    continue;
                }
                if let Some(claim) = self.claim(site, failure, &point, all) {
                    settled.insert(site);
                    claims.push(claim);
                }
            }
        }
        claims.sort_by_key(|claim| self.survey.order(super::walk::site(claim.failure.expr)));
        claims
    }

    /// Whether the place fails for all of these values, and comes to it as none of `deps` decide.
    fn fails(&self, site: Site, ranges: &[Interval], named: Deps) -> bool {
        let seen = self.run(ranges);
        seen.and_then(|seen| seen.sure.get(&site).copied())
            .is_some_and(|failure| !failure.path.meets((failure.deps | named).inputs()))
    }

    fn claim<'f>(&'f self, site: Site, failure: Failure<'f>, point: &[i128], all: &[Interval]) -> Option<Claim<'f>> {
        let mut ranges: Vec<Interval> = point.iter().copied().map(Interval::point).collect();
        let mut named = Deps::NONE;
        for (at, range) in all.iter().enumerate() {
            let place = ranges.get_mut(at)?;
            let value = std::mem::replace(place, *range);
            if !self.fails(site, &ranges, Deps::NONE) {
                *ranges.get_mut(at)? = value;
                named |= Deps::input(at);
            }
        }
        // Those whose value does not matter, when none does.
        let matter = if named.is_none() { failure.deps.inputs() } else { named };
        if matter.is_none() || failure.path.meets(matter | failure.deps.inputs()) || !self.fails(site, &ranges, matter)
        {
            return None;
        }
        let shown: Vec<usize> = (0..all.len()).filter(|at| matter.meets(Deps::input(*at))).collect();
        let values = shown.iter().filter_map(|at| Some((self.inputs.get(*at)?, *point.get(*at)?)));
        let threshold = match &*shown {
            [at] if !named.is_none() => self.threshold(site, *at, *point.get(*at)?, &ranges, all),
            _ => None,
        };
        Some(Claim { failure, named: values.collect(), point: point.to_vec(), threshold })
    }

    fn threshold(
        &self,
        site: Site,
        at: usize,
        value: i128,
        ranges: &[Interval],
        all: &[Interval],
    ) -> Option<Threshold> {
        let input = self.inputs.get(at)?;
        if input.only.is_some() || matches!(input.of, Of::Bool) {
            return None;
        }
        let range = *all.get(at)?;
        let up = value == range.high;
        if !up && value != range.low {
            return None;
        }
        let with = |part: Interval| {
            let mut ranges = ranges.to_vec();
            if let Some(place) = ranges.get_mut(at) {
                *place = part;
            }
            ranges
        };
        let beyond = |from: i128| {
            if up { Interval::new(from, range.high) } else { Interval::new(range.low, from) }
        };
        // Halves what lies between one that fails, with all beyond it, and one that may not.
        let (mut fails, mut holds) = (value, if up { range.low } else { range.high });
        while fails.abs_diff(holds) > 1 {
            let half = holds.saturating_add(fails.saturating_sub(holds) / 2);
            if self.fails(site, &with(beyond(half)?), Deps::input(at)) {
                fails = half;
            } else {
                holds = half;
            }
        }
        let short = if up {
            Interval::new(range.low, fails.saturating_sub(1))
        } else {
            Interval::new(fails.saturating_add(1), range.high)
        };
        let is_limit = short
            .and_then(|short| self.run(&with(short)))
            .is_some_and(|seen| !seen.perhaps.contains(&site) && !seen.sure.contains_key(&site));
        (fails != value || is_limit).then_some(Threshold { from: fails, up, is_limit })
    }

    /// Comparisons that the rules decide, and the types alone would not.
    fn conditions(&self, all: &[Interval]) -> Vec<(Compared<'_>, bool)> {
        let by_rules = Run::new(self, all, false).follow();
        let any: Vec<Interval> = self.inputs.iter().map(Input::widest).collect();
        let by_types = Run::new(self, &any, false).follow();
        if by_rules.is_short || by_types.is_short {
            return Vec::new();
        }
        let mut decided: Vec<_> = by_rules
            .compared
            .iter()
            .filter(|(site, compared)| {
                !compared.deps.inputs().is_none()
                    && by_types.compared.get(site).is_some_and(|by_types| by_types.decided.is_none())
            })
            .filter_map(|(_, compared)| Some((*compared, compared.decided?)))
            .collect();
        decided.sort_by_key(|(compared, _)| self.survey.order(super::walk::site(compared.expr)));
        decided
    }

    /// The values to try: ends of ranges first, then what the function compares with.
    pub(super) fn points(&self) -> Vec<Vec<i128>> {
        let ends: Vec<(i128, i128)> = self.inputs.iter().map(|input| (input.range.high, input.range.low)).collect();
        let mut points = Vec::new();
        let count = self.inputs.len();
        let corners = 1_usize.checked_shl(u32::try_from(count.min(6)).unwrap_or(0)).unwrap_or(1);
        for corner in 0..corners {
            let side = |at: usize| (corner >> at.min(5)) & 1;
            points.push(
                ends.iter()
                    .enumerate()
                    .map(|(at, (high, low))| if side(at) == 0 { *high } else { *low })
                    .collect::<Vec<i128>>(),
            );
        }
        let specials = self.specials();
        for (at, input) in self.inputs.iter().enumerate() {
            let own = input.only.iter().flatten().chain(&specials);
            for value in own.copied().filter(|value| input.admits(*value)) {
                for is_high in [true, false] {
                    let mut point: Vec<i128> =
                        ends.iter().map(|(high, low)| if is_high { *high } else { *low }).collect();
                    if let Some(place) = point.get_mut(at) {
                        *place = value;
                    }
                    points.push(point);
                }
            }
        }
        let mut known = HashSet::new();
        points.retain(|point| {
            point.iter().zip(&self.inputs).all(|(value, input)| input.admits(*value)) && known.insert(point.clone())
        });
        points.truncate(MOST_POINTS);
        points
    }

    /// Zero, and the numbers of the function with their neighbours.
    fn specials(&self) -> Vec<i128> {
        struct Search(Vec<i128>);
        impl Visit<'_> for Search {
            fn visit_expr(&mut self, expr: &Expr) {
                if let Expr::Lit(_) | Expr::Unary(_) = expr
                    && let Some(value) = constant_whole(expr).and_then(|whole| whole.range.as_point())
                {
                    self.0.extend([value, value.saturating_sub(1), value.saturating_add(1)]);
                }
                syn::visit::visit_expr(self, expr);
            }
        }
        let mut search = Search(vec![0, 1, -1]);
        self.required.iter().for_each(|required| search.visit_expr(required));
        search.visit_block(self.block);
        let mut known = HashSet::new();
        search.0.retain(|value| known.insert(*value));
        search.0
    }
}

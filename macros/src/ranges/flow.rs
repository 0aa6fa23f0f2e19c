//! Branches and loops.

use std::cell::Cell;

use syn::{Expr, Lit, Pat, RangeLimits};

use super::constant::{constant_whole, of_literal};
use super::interval::Interval;
use super::state::{self, Name, State};
use super::value::{Deps, Kind, Value, Whole};
use super::walk::{Frame, MOST_TURNS, Run};
use super::ways::Ways;

impl<'f> Run<'f> {
    pub(super) fn branch(&mut self, expr: &'f Expr, branch: &'f syn::ExprIf) -> Value {
        let len = self.len();
        let condition = self.eval(&branch.cond);
        let names = self.function.assigned_in(expr);
        let value = self.decided_by(condition.deps, &names, |run| run.branch_on(branch, condition, len));
        Value { deps: value.deps | condition.deps, ..value }
    }

    fn branch_on(&mut self, branch: &'f syn::ExprIf, condition: Value, len: usize) -> Value {
        let otherwise = branch.else_branch.as_ref().map(|(_, otherwise)| &**otherwise);
        let then_ways = self.function.ways_of_block(&branch.then_branch);
        let else_ways = otherwise.map(|otherwise| self.function.ways(otherwise)).unwrap_or_default();
        self.leak_by(condition.deps, then_ways, else_ways);
        let decided = condition.decided();
        let decision = if decided.is_some() { Deps::NONE } else { condition.deps.of_decision() };
        let Some(before) = self.state.clone() else { return Value::unknown(Deps::NONE) };
        let mut ways = [None, None];
        let mut values = [None, None];
        for (held, (way, value)) in [true, false].into_iter().zip(ways.iter_mut().zip(&mut values)) {
            if decided.is_some_and(|decided| decided != held) {
                continue;
            }
            self.state = Some(before.clone());
            if !held {
                self.truncate(len);
            }
            self.enter(decision);
            self.refine(&branch.cond, held);
            let found = match (held, otherwise) {
                (true, _) => self.block(&branch.then_branch),
                (false, Some(otherwise)) => self.eval(otherwise),
                (false, None) => Value::unknown(Deps::NONE),
            };
            self.truncate(len);
            *value = self.state.is_some().then_some(found);
            *way = self.state.take();
        }
        let [then, otherwise] = ways;
        match decided {
            Some(_) => self.state = then.or(otherwise),
            None => self.meet(&before, then, otherwise, decision),
        }
        match values {
            [Some(one), Some(other)] => one.join(other, condition.deps),
            [one, other] => one.or(other).unwrap_or(Value::unknown(Deps::NONE)),
        }
    }

    pub(super) fn choose(&mut self, expr: &'f Expr, of: &'f syn::ExprMatch) -> Value {
        let scrutinee = self.eval(&of.expr);
        let guards = of.arms.iter().filter_map(|arm| parts_of(&arm.pat).1);
        // A guard decides too.
        let deps = guards.map(|guard| self.mentioned(guard)).fold(scrutinee.deps, |all, deps| all | deps);
        let deps = deps | if scrutinee.kind == Kind::Unknown { self.leaked() } else { Deps::NONE };
        let names = self.function.assigned_in(expr);
        let value = self.decided_by(deps, &names, |run| run.choose_by(of, scrutinee, deps));
        Value { deps: value.deps | deps, ..value }
    }

    fn choose_by(&mut self, of: &'f syn::ExprMatch, scrutinee: Value, deps: Deps) -> Value {
        let len = self.len();
        let all: Vec<Ways> = of.arms.iter().map(|arm| self.function.ways(&arm.body)).collect();
        if all.iter().any(|ways| ways.acts) && all.iter().filter(|ways| !ways.leaves).count() > 1 {
            self.leak(deps);
        }
        let decision = deps.of_decision();
        let Some(before) = self.state.clone() else { return Value::unknown(Deps::NONE) };
        // What the guards so far have done.
        let mut here = before.clone();
        let mut met: Option<Option<State>> = None;
        let mut value: Option<Value> = None;
        for (nth, arm) in of.arms.iter().enumerate() {
            let is_last = nth.saturating_add(1) == of.arms.len();
            let (pat, guard) = parts_of(&arm.pat);
            let fits = covers(pat, scrutinee, is_last);
            if fits == Some(false) {
                continue;
            }
            self.state = Some(here.clone());
            let is_certain = fits == Some(true) && guard.is_none() && met.is_none();
            if !is_certain {
                self.enter(decision);
            }
            match pat {
                Pat::Ident(_) => self.bind(pat, scrutinee),
                pat => self.bind_unknown(pat, deps),
            }
            let mut closes = fits == Some(true);
            if let Some(guard) = guard {
                let asked = self.eval(guard);
                let decided = asked.decided();
                let passed_by = self.state.clone();
                if let Some(mut state) = passed_by {
                    state.truncate(len);
                    if decided != Some(true) {
                        state.path = before.path | asked.deps.inputs() | (state.path.inputs());
                    }
                    here = state;
                }
                if decided == Some(false) {
                    continue;
                }
                closes &= decided == Some(true);
                self.enter(asked.deps.of_decision());
                self.refine(guard, true);
            }
            let found = self.eval(&arm.body);
            self.truncate(len);
            if self.state.is_some() {
                value = Some(value.map_or(found, |before| before.join(found, deps)));
            }
            let state = self.state.take();
            if is_certain {
                self.state = state;
                return found;
            }
            met = Some(match met {
                None => state,
                Some(earlier) => {
                    self.meet(&before, earlier, state, decision | Deps::WORLD);
                    self.state.take()
                }
            });
            if closes {
                break;
            }
        }
        self.state = met.flatten();
        value.unwrap_or(Value::unknown(deps))
    }

    pub(super) fn for_loop(&mut self, expr: &'f Expr, of: &'f syn::ExprForLoop) -> Value {
        let (names, deps) = (self.function.assigned_in(expr), self.mentioned(expr));
        self.decided_by(deps, &names, |run| run.for_turns(expr, of))
    }

    fn for_turns(&mut self, expr: &'f Expr, of: &'f syn::ExprForLoop) -> Value {
        let nothing = Value::unknown(Deps::NONE);
        let range = if let Expr::Range(range) = without_parentheses(&of.expr) { Some(range) } else { None };
        let ends = range.and_then(|range| Some((range, range.start.as_deref()?, range.end.as_deref()?)));
        let Some((range, start, end)) = ends else {
            let over = self.eval(&of.expr);
            let element = if let Kind::List { element, .. } = over.kind { element } else { None };
            let is_owned = matches!(without_parentheses(&of.expr), Expr::Path(_));
            let item = Value::whole(element.filter(|_| is_owned), over.deps | Deps::WORLD);
            self.unfollowed(expr, &[], &of.body, over.deps.of_decision(), false, |run| run.bind(&of.pat, item));
            return nothing;
        };
        let (start, end) = (self.eval(start), self.eval(end));
        let deps = start.deps | end.deps;
        let closed = matches!(range.limits, RangeLimits::Closed(_));
        let bounds = start.as_whole().zip(end.as_whole()).and_then(|(start, end)| start.unified(end));
        let Some((from, to)) = bounds else {
            let item = Value::unknown(deps | self.leaked());
            self.unfollowed(expr, &[], &of.body, deps.of_decision(), false, |run| run.bind(&of.pat, item));
            return nothing;
        };
        let last = if closed { to.range.high } else { to.range.high.saturating_sub(1) };
        let Some(all) = Interval::new(from.range.low, last) else { return nothing };
        let passed = from.passed.join(to.passed);
        if let (Some(first), Some(_)) = (from.range.as_point(), to.range.as_point())
            && last.saturating_sub(first) < i128::from(MOST_TURNS)
        {
            self.leak_by(deps, self.function.ways_of_block(&of.body), Ways::default());
            let turn = Cell::new(first);
            while turn.get() <= last && self.state.is_some() {
                let item = Value::whole(Some(Whole { ty: from.ty, range: Interval::point(turn.get()), passed }), deps);
                let out = self.turn(&of.body, |run| run.bind(&of.pat, item));
                turn.set(turn.get().saturating_add(1));
                if out.is_some() {
                    self.state = self.go_on(out, expr, &[], &of.body, deps, |run| {
                        let rest = Value::whole(Some(Whole { ty: from.ty, range: all, passed }), deps);
                        run.bind(&of.pat, rest);
                    });
                    break;
                }
            }
            return nothing;
        }
        let item = Value::whole(Some(Whole { ty: from.ty, range: all, passed }), deps);
        self.unfollowed(expr, &[], &of.body, deps.of_decision(), false, |run| run.bind(&of.pat, item));
        nothing
    }

    /// After a turn from which some states have broken out: the rest of the loop is not followed turn by turn.
    fn go_on(
        &mut self,
        out: Option<State>,
        expr: &'f Expr,
        conditions: &[&'f Expr],
        body: &'f syn::Block,
        deps: Deps,
        bind: impl Fn(&mut Self),
    ) -> Option<State> {
        if self.state.is_some() {
            self.unfollowed(expr, conditions, body, deps.of_decision(), false, bind);
        }
        state::join(self.state.take(), out, Deps::INPUTS | Deps::WORLD)
    }

    /// One turn. Gives the states that broke out of it.
    fn turn(&mut self, body: &'f syn::Block, bind: impl Fn(&mut Self)) -> Option<State> {
        let len = self.len();
        self.loops.push(Frame { breaks: None, continues: None, len });
        bind(self);
        self.block(body);
        self.truncate(len);
        let frame = self.loops.pop();
        let (breaks, continues) = frame.map_or((None, None), |frame| (frame.breaks, frame.continues));
        self.state = state::join(self.state.take(), continues, Deps::INPUTS | Deps::WORLD);
        breaks
    }

    /// `loop`, when there is no condition.
    pub(super) fn while_loop(&mut self, expr: &'f Expr, condition: Option<&'f Expr>, body: &'f syn::Block) -> Value {
        let (names, deps) = (self.function.assigned_in(expr), self.mentioned(expr));
        self.decided_by(deps, &names, |run| run.while_turns(expr, condition, body))
    }

    fn while_turns(&mut self, expr: &'f Expr, condition: Option<&'f Expr>, body: &'f syn::Block) -> Value {
        let nothing = Value::unknown(Deps::NONE);
        let conditions: Vec<&'f Expr> = condition.into_iter().collect();
        let leaked = self.mentioned(expr);
        if self.function.ways(expr).acts {
            self.leak(leaked);
        }
        for _ in 0..MOST_TURNS {
            let len = self.len();
            let Some(before) = self.state.clone() else { return nothing };
            if let Some(condition) = condition {
                let asked = self.eval(condition);
                self.truncate(len);
                match asked.decided() {
                    Some(true) => {}
                    Some(false) => return nothing,
                    None => {
                        self.state = Some(before);
                        self.unfollowed(expr, &conditions, body, asked.deps.of_decision(), false, |_| {});
                        return nothing;
                    }
                }
            }
            let out = self.turn(body, |_| {});
            if out.is_some() {
                let deps = self.mentioned(expr);
                self.state = match &self.state {
                    None => out,
                    Some(_) if condition.is_none() => {
                        self.unfollowed(expr, &conditions, body, deps.of_decision(), true, |_| {});
                        state::join(self.state.take(), out, Deps::INPUTS | Deps::WORLD)
                    }
                    Some(_) => self.go_on(out, expr, &conditions, body, deps, |_| {}),
                };
                return nothing;
            }
        }
        let deps = self.mentioned(expr);
        self.unfollowed(expr, &conditions, body, deps.of_decision(), condition.is_none(), |_| {});
        nothing
    }

    /// A loop whose turns are not counted: of what it assigns only the types are known. `endless`: only a `break` ends it.
    fn unfollowed(
        &mut self,
        expr: &'f Expr,
        conditions: &[&'f Expr],
        body: &'f syn::Block,
        decision: Deps,
        endless: bool,
        bind: impl Fn(&mut Self),
    ) {
        if self.function.ways_of_block(body).acts {
            let deps = self.mentioned(expr);
            self.leak(deps | decision);
        }
        let names = self.function.assigned_in(expr);
        if let Some(state) = &mut self.state {
            state.forget(&names);
        }
        if self.state.is_none() {
            return;
        }
        // What a turn tells code that is not seen, and the ways out of it, lie before the next turn.
        let outer = std::mem::replace(&mut self.on_trial, true);
        for last in [false, true] {
            let Some(before) = self.state.clone() else { break };
            let mut after = before.clone();
            self.turn_unfollowed(&before, conditions, body, decision, endless, &names, &bind);
            if let Some(tried) = self.state.take() {
                if last && !tried.adds_nothing_to(&after) {
                    after.exit(Deps::INPUTS);
                    after.leaked = Deps::INPUTS;
                } else {
                    after.follow(&tried);
                }
            }
            self.state = Some(after);
        }
        self.on_trial = outer;
        let Some(before) = self.state.clone() else { return };
        self.turn_unfollowed(&before, conditions, body, decision, endless, &names, &bind);
    }

    #[allow(clippy::too_many_arguments, reason = "the parts of one loop")]
    fn turn_unfollowed(
        &mut self,
        before: &State,
        conditions: &[&'f Expr],
        body: &'f syn::Block,
        decision: Deps,
        endless: bool,
        names: &[Name],
        bind: &impl Fn(&mut Self),
    ) {
        let len = before.len();
        self.enter(decision);
        self.loops.push(Frame { breaks: None, continues: None, len });
        for condition in conditions {
            self.eval(condition);
        }
        let asked = self.state.clone();
        bind(self);
        self.block(body);
        self.truncate(len);
        let frame = self.loops.pop();
        let (breaks, continues) = frame.map_or((None, None), |frame| (frame.breaks, frame.continues));
        let any = Deps::INPUTS | Deps::WORLD;
        let turned = state::join(self.state.take(), continues, any);
        // Where the loop ends by itself: before a turn, or after one.
        let ended = asked.map(|mut asked| {
            asked.truncate(len);
            asked
        });
        let whole = breaks.is_none();
        let through = match (endless, turned) {
            (true, _) => None,
            (false, Some(turned)) => {
                let after = ended.unwrap_or_else(|| before.clone());
                if whole {
                    state::meet(before, Some(turned), Some(after), decision)
                } else {
                    Some(turned.join(after, any))
                }
            }
            // No turn comes to its end.
            (false, None) => ended.map(|mut ended| {
                ended.exit(decision | self.ended);
                ended
            }),
        };
        self.state = state::join(through, breaks, any);
        // What was assigned in a turn is any value after it.
        if let Some(state) = &mut self.state {
            state.forget(names);
        }
    }
}

fn without_parentheses(expr: &Expr) -> &Expr {
    match expr {
        Expr::Paren(inner) => without_parentheses(&inner.expr),
        Expr::Group(inner) => without_parentheses(&inner.expr),
        other => other,
    }
}

/// The pattern of an arm, and what else it asks.
fn parts_of(pat: &Pat) -> (&Pat, Option<&Expr>) {
    if let Pat::Guard(guarded) = pat { (&guarded.pat, Some(&guarded.guard)) } else { (pat, None) }
}

/// Whether a pattern takes the value: `None` where that is open.
fn covers(pat: &Pat, value: Value, is_last: bool) -> Option<bool> {
    let of = |low: Option<Whole>, high: Option<Whole>, closed: bool| -> Option<bool> {
        let whole = value.as_whole()?;
        let low = match low {
            Some(low) => whole.unified(low)?.1.range.low,
            None => i128::MIN,
        };
        let high = match high {
            Some(high) => whole.unified(high)?.1.range.high.saturating_sub(i128::from(!closed)),
            None => i128::MAX,
        };
        let Some(taken) = Interval::new(low, high) else { return Some(false) };
        if whole.range.is_inside(taken) {
            Some(true)
        } else if whole.range.meet(taken).is_none() {
            Some(false)
        } else {
            None
        }
    };
    match pat {
        Pat::Wild(_) => Some(true),
        // It may be a constant's name; the last one of a match takes all that is left in any case.
        Pat::Ident(name) if name.subpat.is_none() && name.by_ref.is_none() => is_last.then_some(true),
        Pat::Paren(inner) => covers(&inner.pat, value, is_last),
        Pat::Lit(literal) => match (&literal.lit, value.kind) {
            (Lit::Bool(wanted), Kind::Bool { .. }) => value.decided().map(|decided| decided == wanted.value),
            (lit, Kind::Int(_)) => {
                let whole = of_literal(lit, false).as_whole()?;
                of(Some(whole), Some(whole), true)
            }
            _ => None,
        },
        Pat::Range(range) => {
            let bound = |bound: &Option<Box<Expr>>| match bound {
                None => Some(None),
                Some(bound) => constant_whole(bound).map(Some),
            };
            let (low, high) = (bound(&range.start)?, bound(&range.end)?);
            of(low, high, matches!(range.limits, RangeLimits::Closed(_)))
        }
        Pat::Or(or) => {
            let cases: Vec<Option<bool>> = or.cases.iter().map(|case| covers(case, value, false)).collect();
            if cases.contains(&Some(true)) {
                Some(true)
            } else if cases.iter().all(|case| *case == Some(false)) {
                Some(false)
            } else {
                None
            }
        }
        _ => None,
    }
}

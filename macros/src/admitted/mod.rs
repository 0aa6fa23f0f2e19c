//! What the rules of a function admit, told to `ranges`, and what that finds.

use proc_macro2::{Ident, TokenStream};
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, GenericArgument, PathArguments, Type};

use crate::args::{self, Value};
use crate::check::value::types_of;
use crate::check::{Check, Length, Range, Rules, Standing, Unit};
use crate::parameter::Parameter;
use crate::policy::Policy;
use crate::ranges::attribute::{attributes, is_explain};
use crate::ranges::constant::{constant_whole, length_of, type_of};
use crate::ranges::hidden::Source;
use crate::ranges::interval::{IntType, Interval};
use crate::ranges::operator::Fault;
use crate::ranges::value::{Deps, Kind, Value as Known, Whole};
use crate::ranges::walk::site;
use crate::ranges::{Arithmetic, Function, Given, Input, Of, Settings, message, open};
use crate::refusal::Or;
use crate::report::Report;
use crate::rewrite::is_escape;
use crate::rules::Rule;
use crate::subject::{Shape, Subject, async_tail};

/// Which protections stand on the function, under this attribute and under those below it: the outermost sees the function as it
/// is written.
pub(crate) fn settings(policy: &Policy, subject: &Subject) -> Option<(Settings, Vec<Expr>)> {
    let others: Vec<Policy> = subject
        .item
        .attrs
        .iter()
        .filter_map(|other| {
            let name = crate::policy::protection(other)?;
            Some(Policy::read(name, args::tokens_of(other), &mut Report::default()))
        })
        .collect();
    let all = || std::iter::once(policy).chain(&others);
    let input = all().find_map(Policy::input)?;
    let arithmetic = all().find_map(Policy::arithmetic);
    if arithmetic.is_none() && !all().any(Policy::checks_indexing) {
        return None;
    }
    let refused = arithmetic.is_some_and(|arithmetic| !matches!(arithmetic.or, Or::Saturate | Or::Wrap));
    let settings = Settings {
        arithmetic: if refused { Arithmetic::Refused } else { Arithmetic::Wraps },
        casts: refused && !excuses_casts(subject) && arithmetic.is_some_and(|arithmetic| arithmetic.casts),
        methods: arithmetic.is_some_and(|arithmetic| arithmetic.methods),
    };
    Some((settings, input.required().to_vec()))
}

/// `#[portcullis::allow(cast, ..)]` on the whole function (`tests/ui/strict/pass/excused.rs`).
fn excuses_casts(subject: &Subject) -> bool {
    let escapes = subject.item.attrs.iter().filter(|attribute| is_escape(attribute));
    escapes
        .map(args::tokens_of)
        .any(|tokens| args::list(tokens).unwrap_or_default().iter().any(|arg| arg.name == "cast"))
}

/// Complains of what surely fails, and answers `explain`. Gives what only the compiler can judge.
pub(crate) fn ensure(
    settings: Option<(Settings, Vec<Expr>)>,
    subject: &Subject,
    runtime: &syn::Path,
    report: &mut Report,
) -> TokenStream {
    let mut body = subject.item.block.clone();
    let block = match async_tail(&mut body).filter(|_| subject.shape == Shape::AsyncTail) {
        Some(future) => future.block.clone(),
        None => *body,
    };
    let mut asked = Asked(Vec::new());
    asked.visit_block(&block);
    let mut answered = Vec::new();
    let settings_refuse = settings.as_ref().is_some_and(|(settings, _)| settings.arithmetic == Arithmetic::Refused);
    let given = settings.and_then(|(settings, required)| {
        let (parameters, inputs, sources) = read(subject)?;
        let function = Function::new(&subject.item.sig, &block, parameters, inputs, required, settings)?;
        Some(function.with_sources(sources))
    });
    let mut asked_of_compiler = TokenStream::new();
    if let Some(function) = &given {
        let found = function.findings();
        for claim in &found.claims {
            let rule = match claim.failure.fault {
                Fault::Overflow(..) => Rule::SurelyOverflows,
                Fault::Zero => Rule::DividesByZero,
                Fault::Index(..) => Rule::OutsideList,
                Fault::Shift(..) => Rule::ShiftsTooFar,
                Fault::Cast(..) => Rule::LosesValue,
            };
            report.add(rule, claim.failure.expr, &message::of_claim(claim));
        }
        for (compared, holds) in &found.conditions {
            let inputs = function.inputs_of(compared.deps);
            report.add(Rule::DecidedByRules, compared.expr, &message::of_condition(compared, *holds, &inputs));
        }
        for (expr, value) in &found.explained {
            report.add(Rule::Explained, expr, &message::of_value(expr, *value));
            answered.push(site(expr));
        }
        let can_ask = settings_refuse && subject.item.sig.constness.is_none();
        if can_ask {
            asked_of_compiler = open::asked(function, &function.questions(), runtime);
        }
    }
    for expr in asked.0.into_iter().filter(|expr| !answered.contains(&site(expr))) {
        report.add(Rule::Explained, expr, &message::of_value(expr, Known::unknown(Deps::NONE)));
    }
    asked_of_compiler
}

/// The expressions that `explain` stands before.
struct Asked<'a>(Vec<&'a Expr>);

impl<'a> Visit<'a> for Asked<'a> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        if attributes(expr).iter().any(is_explain) {
            self.0.push(expr);
        }
        visit::visit_expr(self, expr);
    }
    fn visit_local(&mut self, local: &'a syn::Local) {
        if let Some(init) = local.init.as_ref().filter(|_| local.attrs.iter().any(is_explain)) {
            self.0.push(&init.expr);
        }
        visit::visit_local(self, local);
    }
    fn visit_item(&mut self, _: &'a syn::Item) {}
}

/// Which of them the compiler knows more of.
type Sources = Vec<(usize, Source)>;

/// The variables of the parameters, with what they are.
type Variables<'a> = Vec<(&'a Ident, Given)>;

/// The variables of the parameters, what a client chooses, and what the compiler knows of it. `None` where a parameter may not be there.
fn read(subject: &Subject) -> Option<(Variables<'_>, Vec<Input>, Sources)> {
    let (mut given, mut inputs, mut sources) = (Vec::new(), Vec::new(), Vec::new());
    for parameter in subject.parameters() {
        if parameter.helper("cfg").chain(parameter.helper("cfg_attr")).next().is_some() {
            return None;
        }
        read_one(&parameter, &mut given, &mut inputs, &mut sources);
    }
    Some((given, inputs, sources))
}

fn read_one<'a>(parameter: &Parameter<'a>, given: &mut Variables<'a>, inputs: &mut Vec<Input>, sources: &mut Sources) {
    let trusted = parameter.helper("trusted").next().is_some();
    let written: Vec<&Attribute> = parameter.helper("check").collect();
    let lists = || written.iter().flat_map(|attribute| args::list(args::tokens_of(attribute)).unwrap_or_default());
    let mut report = Report::default();
    let mut rules = Rules::default();
    if let Some(name) = parameter.name() {
        rules.read(lists().collect(), Standing::Parameter, &mut report);
        let ty = Some(&*parameter.of.ty);
        let is_known = report.is_clean() && !trusted && !parameter.bindings().iter().any(|name| name.by_ref.is_some());
        given.push((name, if is_known { value(name, ty, &rules, inputs) } else { Given::of_type(ty) }));
        if is_known {
            let found = source(parameter, name, ty, &rules);
            sources.extend(found.map(|found| (given.len().saturating_sub(1), found)));
        }
        return;
    }
    let mut types = Vec::new();
    types_of(&parameter.of.pat, &parameter.of.ty, &mut types);
    for binding in parameter.bindings() {
        let name = &binding.ident;
        let ty = types.iter().find(|(known, _)| *known == name).map(|(_, ty)| *ty);
        let mut rules = Rules::default();
        let mut report = Report::default();
        for arg in lists().filter(|arg| arg.name == *name) {
            let Value::List(tokens) = arg.value else { continue };
            rules.read(args::list(tokens).unwrap_or_default(), Standing::Part, &mut report);
        }
        let is_known = report.is_clean() && !trusted && ty.is_some();
        given.push((name, if is_known { value(name, ty, &rules, inputs) } else { Given::of_type(ty) }));
        if report.is_clean() && !trusted && binding.by_ref.is_none() {
            let found = source(parameter, name, ty, &rules);
            sources.extend(found.map(|found| (given.len().saturating_sub(1), found)));
        }
    }
}

/// What the compiler knows of a variable that a macro does not see the bounds of.
fn source(parameter: &Parameter<'_>, name: &Ident, ty: Option<&Type>, rules: &Rules) -> Option<Source> {
    if !rules.steps.is_empty() || rules.settled {
        return None;
    }
    match &*rules.checks {
        [] if ty.and_then(type_of).is_none() => Some(Source::Fields(open::finder(parameter.of, name)?)),
        [(_, Check::Range(bounds))] => {
            let int = ty.and_then(type_of)?;
            let written = [&bounds.min, &bounds.max, &bounds.exclusive_min, &bounds.exclusive_max];
            let is_seen = between(bounds, int.possibly()).1;
            let bounds = open::bounds(int, written.map(Option::as_ref)).filter(|_| !is_seen)?;
            Some(Source::Range(bounds))
        }
        _ => None,
    }
}

/// What the variable is: an input, when the rules admit each value of a range.
fn value(name: &Ident, ty: Option<&Type>, rules: &Rules, inputs: &mut Vec<Input>) -> Given {
    let plain = Given::of_type(ty);
    let Some(ty) = ty.filter(|_| rules.steps.is_empty() && !rules.settled && inputs.len() < Deps::MOST) else {
        return plain;
    };
    let found = if let Some(int) = type_of(ty) {
        whole(int, rules)
    } else if matches!(ty, Type::Path(path) if path.path.is_ident("bool")) && rules.checks.is_empty() {
        Some((Of::Bool, Interval { low: 0, high: 1 }, None, true))
    } else {
        list(ty, rules)
    };
    let Some((of, range, only, is_free)) = found else { return plain };
    if !is_free {
        return match of {
            Of::Int(int) => Given::within(int, range),
            Of::Bool => plain,
            Of::Length(element) => {
                Given::Value(Known { kind: Kind::List { length: range, element }, deps: Deps::WORLD })
            }
        };
    }
    let shown = if matches!(of, Of::Length(_)) { format!("{name}.len()") } else { name.to_string() };
    inputs.push(Input { shown, of, range, only });
    Given::Input(inputs.len().saturating_sub(1))
}

/// What is admitted: a kind of value, its range, the only ones, and whether each of them is.
type Admitted = (Of, Interval, Option<Vec<i128>>, bool);

fn whole(ty: IntType, rules: &Rules) -> Option<Admitted> {
    let mut range = ty.possibly();
    let mut only: Option<Vec<i128>> = None;
    let mut is_free = !rules.checks.is_empty();
    for (_, check) in &rules.checks {
        match check {
            Check::Range(bounds) => {
                let (admitted, is_known) = between(bounds, range);
                range = admitted;
                is_free &= is_known;
            }
            Check::OneOf(all) => {
                let values: Option<Vec<i128>> =
                    all.iter().map(|value| constant_whole(value)?.of(ty)?.range.as_point()).collect();
                is_free &= values.is_some();
                only = values;
            }
            _ => is_free = false,
        }
    }
    if let Some(values) = &mut only {
        values.retain(|value| range.is_none_or(|range| range.contains(*value)));
        let all = Interval::new(*values.iter().min()?, *values.iter().max()?)?;
        range = Some(range.map_or(Some(all), |range| range.meet(all))?);
    }
    let range = range.filter(|range| ty.possibly().map_or(ty.holds(*range), |held| range.is_inside(held)))?;
    Some((Of::Int(ty), range, only, is_free))
}

/// Between the bounds, as far as they are numbers that are seen; and whether they all are.
fn between(bounds: &Range, all: Option<Interval>) -> (Option<Interval>, bool) {
    let mut is_known = true;
    let mut bound = |bound: &Option<Expr>, offset: i128| {
        let written = bound.as_ref()?;
        let value = constant_whole(written).and_then(|whole| whole.range.as_point());
        is_known &= value.is_some();
        value.map(|value| value.saturating_add(offset))
    };
    let low = bound(&bounds.min, 0).into_iter().chain(bound(&bounds.exclusive_min, 1)).max();
    let high = bound(&bounds.max, 0).into_iter().chain(bound(&bounds.exclusive_max, -1)).min();
    let low = low.into_iter().chain(all.map(|all| all.low)).max();
    let high = high.into_iter().chain(all.map(|all| all.high)).min();
    (low.zip(high).and_then(|(low, high)| Interval::new(low, high)), is_known)
}

fn list(ty: &Type, rules: &Rules) -> Option<Admitted> {
    let item = element(ty)?;
    let mut length: Option<Interval> = None;
    let mut is_free = true;
    let mut element = None;
    for (_, check) in &rules.checks {
        match check {
            Check::Length(written) => {
                let (admitted, is_known) = counted(written)?;
                length = Some(admitted);
                is_free &= is_known;
            }
            Check::Each(rules) if rules.steps.is_empty() => {
                if let Some((Of::Int(int), range, _, free)) = type_of(item).and_then(|int| whole(int, rules)) {
                    element = Some(Whole::typed(int, range));
                    is_free &= free;
                } else {
                    is_free = false;
                }
            }
            _ => is_free = false,
        }
    }
    if let Type::Array(array) = ty {
        return Some((Of::Length(element), length_of(&array.len)?, None, false));
    }
    Some((Of::Length(element), length?, None, is_free))
}

/// What a list holds whose length is the number of its elements.
fn element(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Reference(reference) if reference.mutability.is_none() => element(&reference.elem),
        Type::Paren(inner) => element(&inner.elem),
        Type::Group(inner) => element(&inner.elem),
        Type::Slice(slice) => Some(&slice.elem),
        Type::Array(array) => Some(&array.elem),
        Type::Path(path) => {
            let last = path.path.segments.last().filter(|last| last.ident == "Vec")?;
            let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
            match arguments.args.first() {
                Some(GenericArgument::Type(ty)) if arguments.args.len() == 1 => Some(ty),
                _ => None,
            }
        }
        _ => None,
    }
}

fn counted(written: &Length) -> Option<(Interval, bool)> {
    let number = |bound: &Option<Expr>| match bound {
        None => Some(None),
        Some(bound) => constant_whole(bound).and_then(|whole| whole.range.as_point()).map(Some),
    };
    let all = crate::ranges::interval::USIZE.possibly()?;
    let [min, max, equal] = [&written.min, &written.max, &written.equal].map(number);
    let is_known = min.is_some() && max.is_some() && equal.is_some() && written.unit == Unit::Chars;
    let equal = equal.flatten();
    let low = equal.or(min.flatten()).unwrap_or(0).max(0);
    let high = equal.or(max.flatten()).unwrap_or(all.high).min(all.high);
    Some((Interval::new(low, high)?, is_known))
}

#[cfg(test)]
#[allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::match_same_arms,
    clippy::similar_names,
    clippy::too_many_lines,
    reason = "a test"
)]
mod oracle;
#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "a test")]
mod tests;

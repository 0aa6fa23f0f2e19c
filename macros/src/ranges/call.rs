//! Calls: of what is known here, and of everything else.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Expr, Macro, Token};

use super::hidden::Doing;
use super::interval::{IntType, Interval, U32, USIZE};
use super::operator::{self, Op};
use super::survey::{LEAVING, LOOKING};
use super::value::{Deps, Kind, Value, Whole};
use super::walk::Run;
use super::ways::is_one_of;

/// Methods of integers and lists that look at their operands, and do nothing else. Those of `Ord` are in every prelude.
const KNOWN: [&str; 33] = [
    "abs",
    "abs_diff",
    "checked_add",
    "checked_div",
    "checked_mul",
    "checked_neg",
    "checked_pow",
    "checked_rem",
    "checked_sub",
    "clamp",
    "clone",
    "count_ones",
    "div_euclid",
    "is_empty",
    "is_negative",
    "is_positive",
    "leading_zeros",
    "len",
    "max",
    "min",
    "pow",
    "rem_euclid",
    "saturating_add",
    "saturating_mul",
    "saturating_pow",
    "saturating_sub",
    "signum",
    "trailing_zeros",
    "unsigned_abs",
    "wrapping_add",
    "wrapping_mul",
    "wrapping_sub",
    "to_string",
];

pub(crate) fn is_known(method: &Ident) -> bool {
    KNOWN.iter().any(|known| method == known)
}

/// Makes a value of its arguments: a constructor, or `From` between integers.
pub(crate) fn is_pure(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    let constructor =
        path.path.segments.last().is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase));
    path.qself.is_none() && (constructor || converted(function).is_some())
}

/// `i64::from`.
fn converted(function: &Expr) -> Option<IntType> {
    let Expr::Path(path) = function else { return None };
    let mut segments = path.path.segments.iter();
    let (of, from, end) = (segments.next()?, segments.next()?, segments.next());
    (path.qself.is_none() && from.ident == "from" && end.is_none()).then(|| IntType::named(&of.ident.to_string()))?
}

impl<'f> Run<'f> {
    pub(super) fn call(&mut self, call: &'f syn::ExprCall) -> Value {
        if let (Some(ty), Some(of)) = (converted(&call.func), call.args.first()) {
            let value = self.eval(of);
            return match self.apply_hidden(of, Doing::From(ty), value, value) {
                Some(value) => value,
                None => self.convert(ty, value),
            };
        }
        if is_pure(&call.func) {
            return Value::unknown(self.eval_all(call.args.iter()));
        }
        let function = self.eval(&call.func);
        let deps = self.eval_all(call.args.iter());
        self.unseen(function.deps | deps)
    }

    /// By `From`, which has every value fit.
    fn convert(&mut self, ty: IntType, value: Value) -> Value {
        let whole = match value.kind {
            Kind::Int(whole) if ty.holds(whole.range) => Some(Whole::typed(ty, whole.range)),
            Kind::Int(_) | Kind::List { .. } => None,
            Kind::Bool { can_hold, can_fail } => {
                let range = Interval { low: i128::from(!can_fail), high: i128::from(can_hold) };
                return Value::whole(Some(Whole::typed(ty, range)), value.deps);
            }
            // Of a type of the user's.
            Kind::Hidden(_) | Kind::Fields(_) | Kind::Unknown => {
                let found = self.unseen(value.deps);
                return Value::whole(Whole::any(ty), found.deps);
            }
        };
        Value::whole(whole.or_else(|| Whole::any(ty)), value.deps)
    }

    pub(super) fn method(&mut self, expr: &'f Expr, call: &'f syn::ExprMethodCall) -> Value {
        let receiver = self.eval(&call.receiver);
        let arguments: Vec<Value> = call.args.iter().map(|argument| self.eval(argument)).collect();
        let deps = arguments.iter().fold(receiver.deps, |deps, argument| deps | argument.deps);
        let name = call.method.to_string();
        let found = match (receiver.kind, &*arguments) {
            (Kind::Int(Whole { ty: Some(ty), range, passed }), arguments) => {
                self.of_number(expr, &name, ty, Whole { ty: Some(ty), range, passed }, arguments, deps)
            }
            (Kind::List { length, .. }, []) if name == "len" => {
                Some(Value::whole(Some(Whole::typed(USIZE, length)), deps))
            }
            (Kind::List { length, .. }, []) if name == "is_empty" => {
                let decided = if length.low > 0 {
                    Some(false)
                } else if length.high == 0 {
                    Some(true)
                } else {
                    None
                };
                Some(Value::truth(decided, deps))
            }
            (Kind::Bool { .. }, []) if name == "clone" => Some(receiver),
            _ => None,
        };
        found.unwrap_or_else(|| self.unseen(deps))
    }

    fn of_number(
        &mut self,
        expr: &'f Expr,
        name: &str,
        ty: IntType,
        whole: Whole,
        arguments: &[Value],
        deps: Deps,
    ) -> Option<Value> {
        let known: Option<Vec<Whole>> = arguments.iter().map(|argument| argument.as_whole()).collect();
        let given = |at: usize| known.as_ref().and_then(|known| known.get(at)).copied();
        let same = |at: usize| given(at).and_then(|argument| argument.of(ty));
        let typed = |range: Option<Interval>| {
            let held = range.filter(|range| ty.holds(*range)).map(|range| Whole::typed(ty, range));
            Some(Value::whole(held.or_else(|| Whole::any(ty)), deps))
        };
        let checked = self.function.settings.methods;
        let range = whole.range;
        match (name, arguments.len()) {
            ("min" | "max", 1) => {
                let other = same(0)?.range;
                let (low, high) = if name == "min" {
                    (range.low.min(other.low), range.high.min(other.high))
                } else {
                    (range.low.max(other.low), range.high.max(other.high))
                };
                typed(Interval::new(low, high))
            }
            ("clamp", 2) => {
                let (low, high) = (same(0)?.range.as_point()?, same(1)?.range.as_point()?);
                // Else it panics.
                Interval::new(low, high)?;
                typed(Interval::new(range.low.clamp(low, high), range.high.clamp(low, high)))
            }
            ("clone", 0) => Some(Value::whole(Some(whole), deps)),
            ("pow", 1) if checked => {
                let outcome = given(0).and_then(|exponent| operator::apply(Op::Pow, whole, exponent));
                Some(self.arithmetic(expr, outcome, Some(ty), deps))
            }
            ("div_euclid" | "rem_euclid", 1) if checked => {
                let op = if name == "div_euclid" { Op::DivEuclid } else { Op::RemEuclid };
                let outcome = given(0).and_then(|other| operator::apply(op, whole, other));
                Some(self.arithmetic(expr, outcome, Some(ty), deps))
            }
            ("abs", 0) if checked => {
                let outcome = operator::apply_one(Op::Abs, whole);
                Some(self.arithmetic(expr, outcome, Some(ty), deps))
            }
            ("pow" | "abs" | "div_euclid" | "rem_euclid", _) => {
                self.exit(deps);
                Some(Value::whole(Whole::any(ty), deps))
            }
            ("unsigned_abs", 0) => {
                let absolute = operator::apply_one(Op::Abs, Whole { ty: Some(ty), ..whole });
                let unsigned = ty.unsigned()?;
                let held = absolute.and_then(|outcome| outcome.result).map(|found| found.range);
                let held = held
                    .filter(|range| unsigned.holds(*range) && ty.holds(*range) && whole.range.low > ty.surely().low);
                let held = held.map(|range| Whole::typed(unsigned, range));
                Some(Value::whole(held.or_else(|| Whole::any(unsigned)), deps))
            }
            ("abs_diff", 1) => {
                let unsigned = if ty.is_signed() { ty.unsigned()? } else { ty };
                Some(Value::whole(Whole::any(unsigned), deps))
            }
            ("saturating_add" | "saturating_sub" | "saturating_mul", 1) => {
                let other = same(0)?.range;
                let exact = match name {
                    "saturating_add" => range.add(other),
                    "saturating_sub" => range.sub(other),
                    _ => range.mul(other),
                };
                let held = ty.possibly().filter(|_| ty.is_fixed())?;
                let clamped = |value: i128| value.clamp(held.low, held.high);
                typed(Interval::new(clamped(exact.low), clamped(exact.high)))
            }
            ("wrapping_add" | "wrapping_sub" | "wrapping_mul", 1) => {
                let other = same(0)?.range;
                typed(Some(match name {
                    "wrapping_add" => range.add(other),
                    "wrapping_sub" => range.sub(other),
                    _ => range.mul(other),
                }))
            }
            ("saturating_pow", 1) => typed(None),
            ("signum", 0) => typed(Interval::new(range.low.signum(), range.high.signum())),
            ("is_positive", 0) => {
                let decided = if range.low > 0 { Some(true) } else { (range.high <= 0).then_some(false) };
                Some(Value::truth(decided, deps))
            }
            ("is_negative", 0) => {
                let decided = if range.high < 0 { Some(true) } else { (range.low >= 0).then_some(false) };
                Some(Value::truth(decided, deps))
            }
            ("count_ones" | "leading_zeros" | "trailing_zeros", 0) => {
                let bits = Interval::new(0, ty.most_bits().into())?;
                Some(Value::whole(Some(Whole::typed(U32, bits)), deps))
            }
            (name, _) if name.starts_with("checked_") || name == "to_string" => Some(Value::unknown(deps)),
            _ => None,
        }
    }

    pub(super) fn macro_call(&mut self, call: &'f Macro) -> Value {
        let words = self.function.words_of_macro(call);
        let deps = self.deps_of_words(&words);
        if is_one_of(call, &LEAVING) {
            self.end(deps);
            return Value::unknown(deps);
        }
        if !is_one_of(call, &LOOKING) {
            // It may hold a `return`, and name what it was not given.
            return self.unseen(Deps::INPUTS);
        }
        if acts(call.tokens.clone()) {
            let names: Vec<_> = words.iter().filter_map(|word| self.function.survey.known(word)).collect();
            if let Some(state) = &mut self.state {
                state.forget(&names);
            }
            return self.unseen(deps);
        }
        self.exit(deps | self.leaked());
        if call.path.is_ident("vec")
            && let Ok(list) = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(call.tokens.clone())
        {
            let length = i128::try_from(list.len()).unwrap_or(0);
            return Value { kind: Kind::List { length: Interval::point(length), element: None }, deps };
        }
        Value::unknown(deps | self.leaked())
    }
}

/// Whether something may be called, or assigned, among the arguments of a macro.
fn acts(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Group(_) => true,
        TokenTree::Punct(punct) => matches!(punct.as_char(), '=' | '?'),
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    })
}

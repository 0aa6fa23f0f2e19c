//! Ranges at compile time: what a function surely does with values that its rules admit.
//!
//! The law is that no error is false. A place is only told of when a run of the function with one value of each input comes to it and
//! fails there whatever else happens, and nothing on the way looked at that value in a manner that is not followed. Ranges find where to
//! look, and show that each value beyond a threshold fails too.

pub(crate) mod attribute;
mod call;
pub(crate) mod constant;
mod flow;
pub(crate) mod hidden;
pub(crate) mod interval;
pub(crate) mod message;
pub(crate) mod open;
pub(crate) mod operator;
pub(crate) mod question;
mod refine;
mod state;
mod survey;
pub(crate) mod value;
pub(crate) mod walk;
mod ways;
pub(crate) mod witness;

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use proc_macro2::Ident;
use quote::ToTokens as _;
use syn::visit::{self, Visit};
use syn::{Block, Expr, Signature, Type};

use self::hidden::{Leaf, Sourced};
use self::interval::{IntType, Interval, USIZE};
use self::state::Name;
use self::survey::{Survey, words_of};
use self::value::{Deps, Kind, Value, Whole};
use self::walk::Site;
use self::ways::Ways;

/// Expressions that are looked at for one function, over all runs. It says nothing of what it has not seen by then.
const FUEL: u32 = 20_000;

/// A value that a client chooses, and what the rules admit of it.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    /// The variable, or for a list its length.
    pub(crate) shown: String,
    pub(crate) of: Of,
    pub(crate) range: Interval,
    /// The only ones, where the rule lists them.
    pub(crate) only: Option<Vec<i128>>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Of {
    Int(IntType),
    Bool,
    /// How many elements, each of which is any of these.
    Length(Option<Whole>),
}

impl Input {
    fn value(&self, range: Interval, deps: Deps) -> Value {
        let kind = match self.of {
            Of::Int(ty) => Kind::Int(Whole::typed(ty, range)),
            Of::Bool => Kind::Bool { can_hold: range.high > 0, can_fail: range.low < 1 },
            Of::Length(element) => Kind::List { length: range, element },
        };
        Value { kind, deps }
    }

    /// All of its type.
    fn widest(&self) -> Interval {
        match self.of {
            Of::Int(ty) => ty.possibly().unwrap_or(self.range),
            Of::Bool => Interval { low: 0, high: 1 },
            Of::Length(_) => USIZE.possibly().unwrap_or(self.range),
        }
    }

    fn admits(&self, value: i128) -> bool {
        self.range.contains(value) && self.only.as_ref().is_none_or(|only| only.contains(&value))
    }
}

/// What a parameter's variable is at the start.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Given {
    Input(usize),
    Value(Value),
}

impl Given {
    /// A value that nothing is known of but its type.
    pub(crate) fn of_type(ty: Option<&Type>) -> Self {
        let unknown = Value::unknown(Deps::WORLD);
        Self::Value(match ty {
            Some(Type::Array(array)) => constant::length_of(&array.len)
                .map_or(unknown, |length| Value { kind: Kind::List { length, element: None }, deps: Deps::WORLD }),
            Some(Type::Path(path)) if path.path.is_ident("bool") => Value::truth(None, Deps::WORLD),
            Some(ty) => Value::whole(constant::type_of(ty).and_then(Whole::any), Deps::WORLD),
            None => unknown,
        })
    }

    /// A whole number that lies in a range, of which not each has to be there.
    pub(crate) fn within(ty: IntType, range: Interval) -> Self {
        Self::Value(Value::whole(Some(Whole::typed(ty, range)), Deps::WORLD))
    }
}

/// What a result outside its type does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    /// It is refused.
    Refused,
    /// It comes out as another value, as the function says, or as the profile does.
    Wraps,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) arithmetic: Arithmetic,
    pub(crate) casts: bool,
    pub(crate) methods: bool,
}

/// A function with its rules.
pub(crate) struct Function<'a> {
    block: &'a Block,
    parameters: Vec<(&'a Ident, Given)>,
    inputs: Vec<Input>,
    required: Vec<Expr>,
    settings: Settings,
    survey: Survey,
    names_bool: bool,
    fuel: Cell<u32>,
    ways: RefCell<HashMap<Site, Ways>>,
    ways_of_blocks: RefCell<HashMap<Site, Ways>>,
    pub(crate) sources: Vec<Sourced>,
    pub(crate) leaves: RefCell<Vec<Leaf>>,
    words: RefCell<HashMap<Site, std::rc::Rc<HashSet<String>>>>,
    assigned: RefCell<HashMap<Site, std::rc::Rc<Vec<Name>>>>,
}

impl<'a> Function<'a> {
    /// `None` of one that is not understood.
    pub(crate) fn new(
        sig: &Signature,
        block: &'a Block,
        parameters: Vec<(&'a Ident, Given)>,
        inputs: Vec<Input>,
        required: Vec<Expr>,
        settings: Settings,
    ) -> Option<Self> {
        let mut survey = Survey::of(sig, block)?;
        for required in &required {
            survey.ask(required)?;
        }
        let names_bool = sig.generics.type_params().all(|param| param.ident != "bool");
        Some(Self {
            block,
            parameters,
            inputs,
            required,
            settings,
            survey,
            names_bool,
            fuel: Cell::new(FUEL),
            ways: RefCell::default(),
            ways_of_blocks: RefCell::default(),
            sources: Vec::new(),
            leaves: RefCell::default(),
            words: RefCell::default(),
            assigned: RefCell::default(),
        })
    }

    /// The inputs that a value may depend on.
    pub(crate) fn inputs_of(&self, deps: Deps) -> Vec<&Input> {
        self.inputs.iter().enumerate().filter(|(at, _)| deps.meets(Deps::input(*at))).map(|(_, input)| input).collect()
    }

    /// Whether there is fuel for that much more.
    fn burn(&self, steps: usize) -> bool {
        let left = self.fuel.get().saturating_sub(u32::try_from(steps).unwrap_or(u32::MAX));
        self.fuel.set(left);
        left > 0
    }

    fn names_bool(&self, ty: &Type) -> bool {
        self.names_bool && matches!(ty, Type::Path(path) if path.path.is_ident("bool"))
    }

    /// What a variable of this name is known to be.
    fn bound(&self, ident: &Ident, value: Value) -> Value {
        let changes = match value.kind {
            // Numbers in a value that is not `mut` stay as they are, whatever is called on it.
            Kind::Fields(_) => self.survey.is_mutable(ident) || self.survey.is_in_macro(ident),
            Kind::List { .. } => self.survey.is_unstable(ident) || self.survey.is_mutable(ident),
            _ => self.survey.is_unstable(ident),
        };
        if changes { Value::unknown(value.deps) } else { value }
    }

    fn ways(&self, expr: &Expr) -> Ways {
        *self.ways.borrow_mut().entry(walk::site(expr)).or_insert_with(|| Ways::of(expr, &self.survey))
    }

    fn ways_of_block(&self, block: &Block) -> Ways {
        let place = std::ptr::from_ref(block).addr();
        *self.ways_of_blocks.borrow_mut().entry(place).or_insert_with(|| Ways::of_block(block, &self.survey))
    }

    fn words(&self, expr: &Expr) -> std::rc::Rc<HashSet<String>> {
        self.words_at(walk::site(expr), || expr.to_token_stream())
    }

    fn words_of_macro(&self, call: &syn::Macro) -> std::rc::Rc<HashSet<String>> {
        self.words_at(std::ptr::from_ref(&call.tokens).addr(), || call.tokens.clone())
    }

    fn words_at(&self, site: Site, tokens: impl FnOnce() -> proc_macro2::TokenStream) -> std::rc::Rc<HashSet<String>> {
        let find = || {
            let mut words = HashSet::new();
            words_of(tokens(), &mut words);
            std::rc::Rc::new(words)
        };
        let words = self.words.borrow_mut().entry(site).or_insert_with(find).clone();
        self.burn(words.len());
        words
    }

    /// The variables that something in it assigns.
    fn assigned_in(&self, expr: &Expr) -> std::rc::Rc<Vec<Name>> {
        struct Search<'s>(Vec<Name>, &'s Survey);
        impl Visit<'_> for Search<'_> {
            fn visit_expr(&mut self, expr: &Expr) {
                let place = match expr {
                    Expr::Assign(assign) => Some(&assign.left),
                    Expr::Binary(binary) if operator::of_compound(&binary.op).is_some() => Some(&binary.left),
                    _ => None,
                };
                if let Some(place) = place {
                    self.0.extend(names_in(place, self.1));
                }
                visit::visit_expr(self, expr);
            }
        }
        let find = || {
            let mut search = Search(Vec::new(), &self.survey);
            search.visit_expr(expr);
            std::rc::Rc::new(search.0)
        };
        self.assigned.borrow_mut().entry(walk::site(expr)).or_insert_with(find).clone()
    }

    /// The variables that stand in a place.
    fn names_in(&self, place: &Expr) -> Vec<Name> {
        names_in(place, &self.survey)
    }
}

fn names_in(place: &Expr, survey: &Survey) -> Vec<Name> {
    struct Search<'s>(Vec<Name>, &'s Survey);
    impl Visit<'_> for Search<'_> {
        fn visit_expr_path(&mut self, path: &syn::ExprPath) {
            self.0.extend(path.path.get_ident().map(|ident| self.1.name(ident)));
        }
    }
    let mut search = Search(Vec::new(), survey);
    search.visit_expr(place);
    search.0
}

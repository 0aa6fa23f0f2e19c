//! Guards the law of `ranges`: random functions are run by an interpreter that shares no code with the analysis, in random worlds, and
//! each claim has to come true.
//!
//! A world answers the functions that the analysis does not see, from all that they were ever told, and chooses the trusted
//! parameter. A claim names values of inputs, and then
//! 1. some world gets to the place, and it fails there;
//! 2. a world in which it does not fail there gets there for no value of those inputs: what kept it away did not look at them;
//! 3. the functions that are not seen are told the same before the place, whatever those inputs are: none could have refused them;
//! 4. each value beyond a threshold fails where it gets there, and none short of a limit does;
//! 5. a condition that is said to be decided comes out so each time.

use std::collections::HashMap;

use syn::Expr;
use syn::visit::Visit;

use crate::ranges::hidden::Step;
use crate::ranges::open;
use crate::ranges::walk::{Site, site};
use crate::ranges::{Arithmetic, Function, Settings};
use crate::subject::Subject;

/// Xorshift: the same functions each time.
#[derive(Clone)]
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(mix(seed, 0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, count: u64) -> u64 {
        (self.next() >> 11) % count
    }

    pub(super) fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    pub(super) fn between(&mut self, low: i32, high: i32) -> i32 {
        let count = u64::try_from(high - low + 1).expect("a range");
        low + i32::try_from(self.below(count)).expect("a small number")
    }
}

fn mix(one: u64, other: u64) -> u64 {
    let mixed = (one ^ other.rotate_left(23)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 29)
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Ty {
    U8,
    I8,
}

impl Ty {
    fn name(self) -> &'static str {
        if self == Self::U8 { "u8" } else { "i8" }
    }

    fn least(self) -> i32 {
        if self == Self::U8 { 0 } else { -128 }
    }

    fn most(self) -> i32 {
        if self == Self::U8 { 255 } else { 127 }
    }

    fn any(random: &mut Random) -> Self {
        if random.one_in(2) { Self::U8 } else { Self::I8 }
    }
}

type Id = usize;

enum Node {
    Literal(i32, Ty),
    Variable(String),
    Binary(Id, &'static str, Box<Node>, Box<Node>, Ty),
    Negative(Id, Box<Node>),
    Cast(Id, Box<Node>, Ty),
    Method(Id, &'static str, Box<Node>, Box<Node>, Ty),
    Index(Id, &'static str, Box<Node>),
    If(Box<Condition>, Box<Node>, Box<Node>),
    /// A function that is not seen, with its type written.
    Unseen(u64, Box<Node>, Ty),
}

enum Condition {
    Compare(Id, &'static str, Node, Node),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
    Unseen(u64, Node),
    Flag,
}

enum Statement {
    Let(String, bool, Ty, Node),
    Assign(String, Node),
    Compound(Id, &'static str, String, Node, Ty),
    If(Condition, Vec<Statement>, Vec<Statement>),
    For(String, i32, Node, Vec<Statement>),
    While(Condition, String, Vec<Statement>),
    Match(String, Vec<(String, i32, i32, Vec<Statement>)>, Vec<Statement>),
    Tell(u64, Node),
    TellSelf(String),
    Return,
    Break,
    Continue,
}

struct Parameter {
    name: &'static str,
    ty: Ty,
    low: i32,
    high: i32,
}

struct Program {
    inputs: Vec<Parameter>,
    list: Option<(i32, i32)>,
    body: Vec<Statement>,
}

struct Maker {
    random: Random,
    next: Id,
    names: usize,
    variables: Vec<(String, Ty, bool)>,
    depth: u32,
    loops: u32,
    has_list: bool,
    unseen: u64,
}

impl Maker {
    fn id(&mut self) -> Id {
        self.next += 1;
        self.next
    }

    fn program(seed: u64) -> Program {
        let mut random = Random::new(seed);
        let count = random.below(3) + 1;
        let mut inputs = Vec::new();
        for name in ["a", "b", "c"].into_iter().take(usize::try_from(count).expect("few")) {
            let ty = Ty::any(&mut random);
            let one = random.between(ty.least(), ty.most());
            let other =
                if random.one_in(2) { ty.most() - random.between(0, 9) } else { random.between(ty.least(), ty.most()) };
            let (low, high) = (one.min(other), one.max(other));
            inputs.push(Parameter {
                name,
                ty,
                low: low.max(ty.least() + i32::from(low == ty.least() && high == ty.most())),
                high,
            });
        }
        let list = random.one_in(3).then(|| {
            let low = random.between(0, 5);
            (low, low + random.between(0, 6))
        });
        let mut variables: Vec<(String, Ty, bool)> =
            inputs.iter().map(|input| (input.name.to_owned(), input.ty, false)).collect();
        variables.push(("t".to_owned(), Ty::U8, false));
        let has_list = list.is_some();
        let mut maker = Self { random, next: 0, names: 0, variables, depth: 0, loops: 0, has_list, unseen: 0 };
        let body = maker.statements(5);
        Program { inputs, list, body }
    }

    fn statements(&mut self, most: u64) -> Vec<Statement> {
        let len = self.variables.len();
        let count = self.random.below(most) + 1;
        let made = (0..count).map(|_| self.statement()).collect();
        self.variables.truncate(len);
        made
    }

    fn statement(&mut self) -> Statement {
        self.depth += 1;
        let kind = if self.depth > 3 { self.random.below(6) } else { self.random.below(14) };
        let made = match kind {
            0 | 1 => {
                let ty = Ty::any(&mut self.random);
                let value = self.node(ty, 3);
                self.names += 1;
                let name = if self.random.one_in(6) { "a".to_owned() } else { format!("v{}", self.names) };
                let mutable = self.random.one_in(2);
                self.variables.push((name.clone(), ty, mutable));
                Statement::Let(name, mutable, ty, value)
            }
            2 | 3 => {
                let seen =
                    |name: &str, all: &[(String, Ty, bool)]| all.iter().rev().find(|known| known.0 == name).cloned();
                let names: Vec<String> = self.variables.iter().map(|known| known.0.clone()).collect();
                let mutable: Vec<(String, Ty, bool)> =
                    names.iter().filter_map(|name| seen(name, &self.variables)).filter(|known| known.2).collect();
                if mutable.is_empty() {
                    Statement::Tell(self.fresh(), self.small())
                } else {
                    let (name, ty, _) =
                        mutable[usize::try_from(self.random.below(mutable.len() as u64)).expect("few")].clone();
                    if self.random.one_in(2) {
                        Statement::Assign(name, self.node(ty, 2))
                    } else {
                        let op = ["+", "-", "*", "/", "%"][usize::try_from(self.random.below(5)).expect("few")];
                        Statement::Compound(self.id(), op, name, self.node(ty, 2), ty)
                    }
                }
            }
            4 if self.random.one_in(4) => Statement::Tell(self.fresh(), self.small()),
            4 if self.random.one_in(5) => Statement::TellSelf("t".to_owned()),
            5 if self.loops > 0 && self.random.one_in(3) => {
                if self.random.one_in(2) {
                    Statement::Break
                } else {
                    Statement::Continue
                }
            }
            5 if self.random.one_in(8) => Statement::Return,
            6..=9 => {
                let condition = self.condition(2);
                let then = if self.random.one_in(3) { vec![Statement::Return] } else { self.statements(3) };
                let otherwise = if self.random.one_in(2) { Vec::new() } else { self.statements(2) };
                Statement::If(condition, then, otherwise)
            }
            10 => {
                self.names += 1;
                let name = format!("i{}", self.names);
                let end = self.node(Ty::U8, 1);
                self.loops += 1;
                self.variables.push((name.clone(), Ty::U8, false));
                let body = self.statements(3);
                self.variables.pop();
                self.loops -= 1;
                Statement::For(name, self.random.between(0, 3), end, body)
            }
            11 => {
                self.names += 1;
                let name = format!("w{}", self.names);
                self.loops += 1;
                self.variables.push((name.clone(), Ty::U8, true));
                let id = self.id();
                let limit = self.node(Ty::U8, 1);
                let condition = Condition::Compare(id, "<", Node::Variable(name.clone()), limit);
                let body = self.statements(2);
                self.variables.pop();
                self.loops -= 1;
                Statement::While(condition, name, body)
            }
            12 => {
                let known: Vec<(String, Ty)> = self.variables.iter().map(|known| (known.0.clone(), known.1)).collect();
                let at = usize::try_from(self.random.below(known.len() as u64)).expect("few");
                let name = known[at].0.clone();
                // The innermost of that name.
                let ty = self.variables.iter().rev().find(|known| known.0 == name).expect("it is there").1;
                let arms = (0..=self.random.below(2))
                    .map(|_| {
                        let low = self.random.between(ty.least(), ty.most());
                        let high = if self.random.one_in(2) { low } else { self.random.between(low, ty.most()) };
                        (String::new(), low, high, self.statements(2))
                    })
                    .collect();
                Statement::Match(name, arms, self.statements(2))
            }
            _ => {
                let ty = Ty::any(&mut self.random);
                let value = self.node(ty, 4);
                Statement::Let("_last".to_owned(), false, ty, value)
            }
        };
        self.depth -= 1;
        made
    }

    fn fresh(&mut self) -> u64 {
        self.unseen += 1;
        self.unseen
    }

    fn small(&mut self) -> Node {
        let ty = Ty::any(&mut self.random);
        self.node(ty, 1)
    }

    fn condition(&mut self, depth: u32) -> Condition {
        match self.random.below(if depth == 0 { 4 } else { 8 }) {
            0..=2 => {
                let ty = Ty::any(&mut self.random);
                let op = ["<", "<=", ">", ">=", "==", "!="][usize::try_from(self.random.below(6)).expect("few")];
                let (left, right) = (self.node(ty, 1), self.node(ty, 1));
                Condition::Compare(self.id(), op, left, right)
            }
            3 if self.random.one_in(2) => Condition::Unseen(self.fresh(), self.small()),
            3 => Condition::Flag,
            4 | 5 => Condition::And(Box::new(self.condition(depth - 1)), Box::new(self.condition(depth - 1))),
            6 => Condition::Or(Box::new(self.condition(depth - 1)), Box::new(self.condition(depth - 1))),
            _ => Condition::Not(Box::new(self.condition(depth - 1))),
        }
    }

    fn node(&mut self, ty: Ty, depth: u32) -> Node {
        let kind = if depth == 0 { self.random.below(5) } else { self.random.below(16) };
        match kind {
            0 => Node::Literal(
                if self.random.one_in(6) {
                    self.random.between(ty.least(), ty.most())
                } else {
                    self.random.between(0, 5)
                },
                ty,
            ),
            1..=4 => self.variable(ty),
            5..=9 => {
                let ops = ["+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "+", "-"];
                let op = ops[usize::try_from(self.random.below(12)).expect("few")];
                let left = self.node(ty, depth - 1);
                // Else hardly any function would come to its end.
                let literal = matches!(op, "/" | "%" | "<<" | ">>" | "*") && !self.random.one_in(4);
                let right =
                    if literal { Node::Literal(self.random.between(1, 7), ty) } else { self.node(ty, depth - 1) };
                Node::Binary(self.id(), op, Box::new(left), Box::new(right), ty)
            }
            10 if ty == Ty::I8 => Node::Negative(self.id(), Box::new(self.node(ty, depth - 1))),
            11 => {
                let from = Ty::any(&mut self.random);
                match self.node(from, depth - 1) {
                    // What visibly is a number is not checked.
                    literal @ Node::Literal(..) => {
                        Node::Cast(self.id(), Box::new(Node::Unseen(self.fresh(), Box::new(literal), from)), ty)
                    }
                    of => Node::Cast(self.id(), Box::new(of), ty),
                }
            }
            12 => {
                let ops =
                    ["min", "max", "saturating_add", "saturating_sub", "wrapping_add", "rem_euclid", "div_euclid"];
                let op = ops[usize::try_from(self.random.below(7)).expect("few")];
                let (left, right) = (self.node(ty, depth - 1), self.node(ty, depth - 1));
                Node::Method(self.id(), op, Box::new(left), Box::new(right), ty)
            }
            13 if ty == Ty::U8 => {
                let list = if self.has_list && self.random.one_in(2) { "list" } else { "table" };
                Node::Index(self.id(), list, Box::new(self.node(Ty::U8, depth - 1)))
            }
            14 => Node::If(
                Box::new(self.condition(1)),
                Box::new(self.node(ty, depth - 1)),
                Box::new(self.node(ty, depth - 1)),
            ),
            15 if self.random.one_in(3) => Node::Unseen(self.fresh(), Box::new(self.small()), ty),
            _ => self.variable(ty),
        }
    }

    fn variable(&mut self, ty: Ty) -> Node {
        let fitting: Vec<String> = self
            .variables
            .iter()
            .filter(|(name, own, _)| {
                *own == ty
                    && self.variables.iter().rev().find(|known| known.0 == *name).is_some_and(|known| known.1 == ty)
            })
            .map(|(name, ..)| name.clone())
            .collect();
        if fitting.is_empty() || self.random.one_in(5) {
            let literal = if self.random.one_in(4) {
                self.random.between(ty.least(), ty.most())
            } else {
                self.random.between(0, 9)
            };
            return Node::Literal(literal, ty);
        }
        Node::Variable(fitting[usize::try_from(self.random.below(fitting.len() as u64)).expect("few")].clone())
    }
}

// The program as source.

thread_local! {
    /// Which of the literals are written as constants: one of so many.
    static NAMED: std::cell::Cell<i32> = const { std::cell::Cell::new(0) };
}

/// A constant's name tells what it is.
fn constant(value: i32, ty: Ty) -> Option<String> {
    let every = NAMED.get();
    let sign = if value < 0 { "M" } else { "P" };
    let name = format!("K_{}_{sign}{}", ty.name().to_uppercase(), value.unsigned_abs());
    (every > 0 && value.rem_euclid(every) == 0).then_some(name)
}

fn node(of: &Node) -> String {
    match of {
        Node::Literal(value, ty) if constant(*value, *ty).is_some() => constant(*value, *ty).expect("it is"),
        Node::Literal(value, ty) if *value < 0 => format!("({value}_{})", ty.name()),
        Node::Literal(value, ty) => format!("{value}_{}", ty.name()),
        Node::Variable(name) => name.clone(),
        Node::Binary(id, op, left, right, _) => format!("(#[allow(id_{id})] ({} {op} {}))", node(left), node(right)),
        Node::Negative(id, of) => format!("(#[allow(id_{id})] (-{}))", node(of)),
        Node::Cast(id, of, ty) => format!("(#[allow(id_{id})] ({} as {}))", node(of), ty.name()),
        Node::Method(id, name, left, right, _) => {
            format!("(#[allow(id_{id})] ({}.{name}({})))", node(left), node(right))
        }
        Node::Index(id, list, at) => format!("(#[allow(id_{id})] ({list}[usize::from({})]))", node(at)),
        Node::If(of, then, otherwise) => {
            format!("(if {} {{ {} }} else {{ {} }})", condition(of), node(then), node(otherwise))
        }
        Node::Unseen(name, of, ty) => format!("(ask{name}({}) as {})", node(of), ty.name()),
    }
}

fn condition(of: &Condition) -> String {
    match of {
        Condition::Compare(id, op, left, right) => format!("(#[allow(id_{id})] ({} {op} {}))", node(left), node(right)),
        Condition::And(left, right) => format!("({} && {})", condition(left), condition(right)),
        Condition::Or(left, right) => format!("({} || {})", condition(left), condition(right)),
        Condition::Not(of) => format!("(!{})", condition(of)),
        Condition::Unseen(name, of) => format!("is{name}({})", node(of)),
        Condition::Flag => "self.flag".to_owned(),
    }
}

fn statements(all: &[Statement]) -> String {
    all.iter().map(statement).collect::<Vec<_>>().join("\n")
}

fn statement(of: &Statement) -> String {
    match of {
        Statement::Let(name, mutable, ty, value) => {
            format!("let {}{name}: {} = {};", if *mutable { "mut " } else { "" }, ty.name(), node(value))
        }
        Statement::Assign(name, value) => format!("{name} = {};", node(value)),
        Statement::Compound(id, op, name, value, _) => {
            format!("{{ #[allow(id_{id})] ({name} {op}= {}); }}", node(value))
        }
        Statement::If(of, then, otherwise) if otherwise.is_empty() => {
            format!("if {} {{ {} }}", condition(of), statements(then))
        }
        Statement::If(of, then, otherwise) => {
            format!("if {} {{ {} }} else {{ {} }}", condition(of), statements(then), statements(otherwise))
        }
        Statement::For(name, start, end, body) => {
            format!("for {name} in {start}_u8..{} {{ {} }}", node(end), statements(body))
        }
        Statement::While(of, name, body) => {
            format!(
                "let mut {name}: u8 = 0_u8; while {} {{ {name} = {name}.wrapping_add(1_u8); {} }}",
                condition(of),
                statements(body)
            )
        }
        Statement::Match(name, arms, rest) => {
            let arms = arms.iter().map(|(_, low, high, body)| {
                let pat = if low == high { low.to_string() } else { format!("{low}..={high}") };
                format!("{pat} => {{ {} }}", statements(body))
            });
            format!("match {name} {{ {} _ => {{ {} }} }}", arms.collect::<Vec<_>>().join(" "), statements(rest))
        }
        Statement::Tell(name, of) => format!("tell{name}({})?;", node(of)),
        Statement::TellSelf(name) => format!("self.heard = {name};"),
        Statement::Return => "return Ok(());".to_owned(),
        Statement::Break => "break;".to_owned(),
        Statement::Continue => "continue;".to_owned(),
    }
}

/// The same function, with numbers that only the compiler knows: constants, parameters between constants, and fields.
fn disguised(of: &Program, random: &mut Random) -> String {
    let (mut parameters, mut fields) = (Vec::new(), String::new());
    for input in &of.inputs {
        let (name, ty) = (input.name, input.ty.name());
        match random.below(3) {
            0 => {
                parameters.push(format!("#[check(range(min = {}, max = {}))] {name}: {ty}", input.low, input.high));
            }
            1 => {
                let bounds = name.to_uppercase();
                parameters.push(format!("#[check(range(min = LOW_{bounds}, max = HIGH_{bounds}))] {name}: {ty}"));
            }
            _ => fields.extend(["let ", name, ": ", ty, " = order.", name, "; "]),
        }
    }
    if let Some((low, high)) = of.list {
        parameters.push(format!("#[check(length(min = {low}, max = {high}))] list: Vec<u8>"));
    }
    parameters.push("#[trusted(reason = \"of the world\")] t: u8, order: Order".to_owned());
    NAMED.set(random.between(1, 4));
    let body = statements(&of.body);
    NAMED.set(0);
    format!(
        "fn f(&mut self, {}) -> Result<(), V> {{ let table: [u8; 4] = [7_u8, 0_u8, 200_u8, 3_u8]; {fields} {body} Ok(()) }}",
        parameters.join(", "),
    )
}

fn source(of: &Program) -> String {
    let mut parameters: Vec<String> = of
        .inputs
        .iter()
        .map(|input| {
            format!("#[check(range(min = {}, max = {}))] {}: {}", input.low, input.high, input.name, input.ty.name())
        })
        .collect();
    if let Some((low, high)) = of.list {
        parameters.push(format!("#[check(length(min = {low}, max = {high}))] list: Vec<u8>"));
    }
    parameters.push("#[trusted(reason = \"of the world\")] t: u8".to_owned());
    format!(
        "fn f(&mut self, {}) -> Result<(), V> {{ let table: [u8; 4] = [7_u8, 0_u8, 200_u8, 3_u8]; {} Ok(()) }}",
        parameters.join(", "),
        statements(&of.body)
    )
}

// The interpreter.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    Fail(Id),
    World,
    Return,
    Break,
    Continue,
    /// Too long to follow.
    Long,
}

/// One run.
struct Machine {
    /// The length of the list.
    length: usize,
    variables: Vec<(String, i32)>,
    world: u64,
    flag: u64,
    /// What the functions that are not seen were told, in order.
    told: Vec<(u64, i32)>,
    visited: HashMap<Id, u32>,
    /// How each comparison came out.
    compared: Vec<(Id, bool)>,
    steps: u32,
    ended: Option<Stop>,
}

impl Machine {
    fn run(program: &Program, values: &[i32], world: u64) -> Self {
        let mut random = Random::new(world);
        let mut machine = Self {
            length: 0,
            variables: Vec::new(),
            world,
            flag: random.next(),
            told: Vec::new(),
            visited: HashMap::new(),
            compared: Vec::new(),
            steps: 0,
            ended: None,
        };
        for (input, value) in program.inputs.iter().zip(values) {
            machine.variables.push((input.name.to_owned(), *value));
        }
        if program.list.is_some() {
            machine.length = usize::try_from(*values.last().expect("the length")).expect("a length");
        }
        let t = if random.one_in(2) { random.between(0, 255) } else { random.between(0, 5) };
        machine.variables.push(("t".to_owned(), t));
        machine.ended = machine.statements(&program.body).err();
        machine
    }

    /// What the world says: it remembers all that it was told.
    fn ask(&mut self, name: u64, told: i32) -> u64 {
        self.told.push((name, told));
        let heard = self.told.iter().fold(self.world, |all, (name, told)| {
            mix(mix(all, *name), u64::from(told.unsigned_abs()) ^ u64::from(*told < 0) << 40)
        });
        mix(heard, 77)
    }

    fn get(&self, name: &str) -> i32 {
        self.variables.iter().rev().find(|known| known.0 == name).expect("it is in scope").1
    }

    fn set(&mut self, name: &str, value: i32) {
        self.variables.iter_mut().rev().find(|known| known.0 == name).expect("it is in scope").1 = value;
    }

    fn step(&mut self) -> Result<(), Stop> {
        self.steps += 1;
        if self.steps > 20_000 { Err(Stop::Long) } else { Ok(()) }
    }

    fn statements(&mut self, all: &[Statement]) -> Result<(), Stop> {
        let len = self.variables.len();
        let done = all.iter().try_for_each(|statement| self.statement(statement));
        self.variables.truncate(len);
        done
    }

    fn statement(&mut self, of: &Statement) -> Result<(), Stop> {
        self.step()?;
        match of {
            Statement::Let(name, _, _, value) => {
                let value = self.node(value)?;
                self.variables.push((name.clone(), value));
            }
            Statement::Assign(name, value) => {
                let value = self.node(value)?;
                self.set(name, value);
            }
            Statement::Compound(id, op, name, value, ty) => {
                let right = self.node(value)?;
                let left = self.get(name);
                let value = self.operate(*id, op, left, right, *ty)?;
                self.set(name, value);
            }
            Statement::If(of, then, otherwise) => {
                let way = if self.condition(of)? { then } else { otherwise };
                self.statements(way)?;
            }
            Statement::For(name, start, end, body) => {
                let end = self.node(end)?;
                for turn in *start..end {
                    self.step()?;
                    self.variables.push((name.clone(), turn));
                    let done = self.statements(body);
                    self.variables.pop();
                    match done {
                        Err(Stop::Break) => break,
                        Ok(()) | Err(Stop::Continue) => {}
                        other => return other,
                    }
                }
            }
            Statement::While(of, name, body) => {
                self.variables.push((name.clone(), 0));
                while self.condition(of)? {
                    self.step()?;
                    let next = (self.get(name) + 1) % 256;
                    self.set(name, next);
                    match self.statements(body) {
                        Err(Stop::Break) => break,
                        Ok(()) | Err(Stop::Continue) => {}
                        other => return other,
                    }
                }
            }
            Statement::Match(name, arms, rest) => {
                let value = self.get(name);
                let arm = arms.iter().find(|(_, low, high, _)| (*low..=*high).contains(&value));
                self.statements(arm.map_or(rest, |arm| &arm.3))?;
            }
            Statement::Tell(name, of) => {
                let told = self.node(of)?;
                if self.ask(*name, told).is_multiple_of(40) {
                    return Err(Stop::World);
                }
            }
            Statement::TellSelf(name) => {
                let told = self.get(name);
                self.ask(9_999, told);
            }
            Statement::Return => return Err(Stop::Return),
            Statement::Break => return Err(Stop::Break),
            Statement::Continue => return Err(Stop::Continue),
        }
        Ok(())
    }

    fn condition(&mut self, of: &Condition) -> Result<bool, Stop> {
        self.step()?;
        Ok(match of {
            Condition::Compare(id, op, left, right) => {
                let (left, right) = (self.node(left)?, self.node(right)?);
                let held = match *op {
                    "<" => left < right,
                    "<=" => left <= right,
                    ">" => left > right,
                    ">=" => left >= right,
                    "==" => left == right,
                    _ => left != right,
                };
                self.compared.push((*id, held));
                held
            }
            Condition::And(left, right) => self.condition(left)? && self.condition(right)?,
            Condition::Or(left, right) => self.condition(left)? || self.condition(right)?,
            Condition::Not(of) => !self.condition(of)?,
            Condition::Unseen(name, of) => {
                let told = self.node(of)?;
                let answer = self.ask(*name, told);
                if answer.is_multiple_of(40) {
                    return Err(Stop::World);
                }
                answer & 64 != 0
            }
            // What the world was told may be in it.
            Condition::Flag => {
                let heard = self
                    .told
                    .iter()
                    .fold(self.flag, |all, (name, told)| mix(mix(all, *name), u64::from(told.unsigned_abs())));
                heard & 32 != 0
            }
        })
    }

    fn node(&mut self, of: &Node) -> Result<i32, Stop> {
        self.step()?;
        match of {
            Node::Literal(value, _) => Ok(*value),
            Node::Variable(name) => Ok(self.get(name)),
            Node::Binary(id, op, left, right, ty) => {
                let (left, right) = (self.node(left)?, self.node(right)?);
                self.operate(*id, op, left, right, *ty)
            }
            Node::Negative(id, of) => {
                let of = i8::try_from(self.node(of)?).expect("an i8");
                self.found(*id, of.checked_neg().map(i32::from))
            }
            Node::Cast(id, of, ty) => {
                let of = self.node(of)?;
                let held = if *ty == Ty::U8 {
                    u8::try_from(of).ok().map(i32::from)
                } else {
                    i8::try_from(of).ok().map(i32::from)
                };
                self.found(*id, held)
            }
            Node::Method(id, name, left, right, ty) => {
                let (left, right) = (self.node(left)?, self.node(right)?);
                let result = match ty {
                    Ty::U8 => method_of_u8(name, u8::try_from(left).expect("a u8"), u8::try_from(right).expect("a u8")),
                    Ty::I8 => {
                        method_of_i8(name, i8::try_from(left).expect("an i8"), i8::try_from(right).expect("an i8"))
                    }
                };
                self.found(*id, result)
            }
            Node::Index(id, list, at) => {
                let at = usize::try_from(self.node(at)?).expect("an index");
                let held = if *list == "table" {
                    [7, 0, 200, 3].get(at).copied()
                } else {
                    (at < self.length).then(|| i32::try_from(mix(self.world, at as u64) % 256).expect("a byte"))
                };
                self.found(*id, held)
            }
            Node::If(of, then, otherwise) => {
                if self.condition(of)? {
                    self.node(then)
                } else {
                    self.node(otherwise)
                }
            }
            Node::Unseen(name, of, ty) => {
                let told = self.node(of)?;
                let answer = self.ask(*name, told);
                if answer.is_multiple_of(16) {
                    return Err(Stop::World);
                }
                let count = u64::try_from(ty.most() - ty.least() + 1).expect("a range");
                Ok(ty.least() + i32::try_from((answer >> 9) % count).expect("a byte"))
            }
        }
    }

    fn found(&mut self, id: Id, result: Option<i32>) -> Result<i32, Stop> {
        *self.visited.entry(id).or_default() += 1;
        result.ok_or(Stop::Fail(id))
    }

    fn operate(&mut self, id: Id, op: &str, left: i32, right: i32, ty: Ty) -> Result<i32, Stop> {
        let result = match ty {
            Ty::U8 => {
                let (l, r) = (u8::try_from(left).expect("a u8"), u8::try_from(right).expect("a u8"));
                match op {
                    "+" => l.checked_add(r),
                    "-" => l.checked_sub(r),
                    "*" => l.checked_mul(r),
                    "/" => l.checked_div(r),
                    "%" => l.checked_rem(r),
                    "&" => Some(l & r),
                    "|" => Some(l | r),
                    "^" => Some(l ^ r),
                    "<<" => l.checked_shl(r.into()),
                    _ => l.checked_shr(r.into()),
                }
                .map(i32::from)
            }
            Ty::I8 => {
                let (l, r) = (i8::try_from(left).expect("an i8"), i8::try_from(right).expect("an i8"));
                let amount = u32::try_from(r).ok();
                match op {
                    "+" => l.checked_add(r),
                    "-" => l.checked_sub(r),
                    "*" => l.checked_mul(r),
                    "/" => l.checked_div(r),
                    "%" => l.checked_rem(r),
                    "&" => Some(l & r),
                    "|" => Some(l | r),
                    "^" => Some(l ^ r),
                    "<<" => amount.and_then(|amount| l.checked_shl(amount)),
                    _ => amount.and_then(|amount| l.checked_shr(amount)),
                }
                .map(i32::from)
            }
        };
        self.found(id, result)
    }
}

fn method_of_u8(name: &str, left: u8, right: u8) -> Option<i32> {
    match name {
        "min" => Some(left.min(right)),
        "max" => Some(left.max(right)),
        "saturating_add" => Some(left.saturating_add(right)),
        "saturating_sub" => Some(left.saturating_sub(right)),
        "wrapping_add" => Some(left.wrapping_add(right)),
        "rem_euclid" => left.checked_rem_euclid(right),
        _ => left.checked_div_euclid(right),
    }
    .map(i32::from)
}

fn method_of_i8(name: &str, left: i8, right: i8) -> Option<i32> {
    match name {
        "min" => Some(left.min(right)),
        "max" => Some(left.max(right)),
        "saturating_add" => Some(left.saturating_add(right)),
        "saturating_sub" => Some(left.saturating_sub(right)),
        "wrapping_add" => Some(left.wrapping_add(right)),
        "rem_euclid" => left.checked_rem_euclid(right),
        _ => left.checked_div_euclid(right),
    }
    .map(i32::from)
}

/// The number that stands before each place.
struct Ids(HashMap<Site, Id>);

impl Visit<'_> for Ids {
    fn visit_expr(&mut self, expr: &Expr) {
        if let Expr::Paren(paren) = expr {
            for attribute in &paren.attrs {
                let word = attribute.parse_args::<syn::Ident>().expect("one word").to_string();
                let id = word.trim_start_matches("id_").parse().expect("a number");
                self.0.insert(site(&paren.expr), id);
            }
        }
        syn::visit::visit_expr(self, expr);
    }
}

/// How much was claimed.
#[derive(Default, Debug)]
pub(super) struct Tally {
    pub(super) claims: u32,
    pub(super) thresholds: u32,
    pub(super) limits: u32,
    pub(super) conditions: u32,
    pub(super) silent: u32,
    pub(super) dead: u32,
    pub(super) runs: u64,
}

const WORLDS: u64 = 24;

/// Follows one random function, and tries each claim. The error is what is false.
pub(super) fn judge(seed: u64, tally: &mut Tally) -> Result<(), String> {
    let program = Maker::program(seed);
    let text = source(&program);
    let subject =
        Subject::parse("zero_trust", text.parse().expect("tokens")).map_err(|error| format!("{error}: {text}"))?;
    let block = (*subject.item.block).clone();
    let mut ids = Ids(HashMap::new());
    ids.visit_block(&block);
    let (parameters, inputs, _) = super::read(&subject).expect("no cfg");
    let settings = Settings { arithmetic: Arithmetic::Refused, casts: true, methods: true };
    let function = Function::new(&subject.item.sig, &block, parameters, inputs, Vec::new(), settings)
        .ok_or_else(|| format!("given up: {text}"))?;
    let found = function.findings();
    if found.claims.is_empty() && found.conditions.is_empty() {
        tally.silent += 1;
        return Ok(());
    }
    let mut names: Vec<String> = program.inputs.iter().map(|input| input.name.to_owned()).collect();
    let mut ranges: Vec<(i32, i32)> = program.inputs.iter().map(|input| (input.low, input.high)).collect();
    if let Some(list) = program.list {
        names.push("list.len()".to_owned());
        ranges.push(list);
    }
    let mut random = Random::new(seed ^ 0xabcd);
    let any =
        |random: &mut Random| -> Vec<i32> { ranges.iter().map(|(low, high)| random.between(*low, *high)).collect() };
    for claim in &found.claims {
        tally.claims += 1;
        let id = ids.0[&site(claim.failure.expr)];
        let point: Vec<i32> = claim.point.iter().map(|value| i32::try_from(*value).expect("a byte")).collect();
        let named: Vec<usize> = claim
            .named
            .iter()
            .map(|(input, _)| names.iter().position(|name| *name == input.shown).expect("an input"))
            .collect();
        let told =
            |what: &str| format!("{what}\nclaim: {}\nseed {seed}: {text}", crate::ranges::message::of_claim(claim));
        let tried = Tried { program: &program, ranges: &ranges, seed, id, point: &point, named: &named };
        let threshold = claim.threshold;
        let Some(is_dead) = tried.claim(threshold, tally, &mut random, told)? else { return Ok(()) };
        tally.dead += u32::from(is_dead);
        if let Some(threshold) = claim.threshold {
            tally.thresholds += 1;
            tally.limits += u32::from(threshold.is_limit);
        }
    }
    for (compared, holds) in &found.conditions {
        tally.conditions += 1;
        let id = ids.0[&site(compared.expr)];
        for world in 0..WORLDS * 4 {
            let run = Machine::run(&program, &any(&mut random), mix(seed, world));
            tally.runs += 1;
            if run.compared.iter().any(|(own, held)| *own == id && held != holds) {
                return Err(format!("the condition {id} is not always {holds}: seed {seed}: {text}"));
            }
        }
    }
    Ok(())
}

/// A claim, and what it is tried on.
struct Tried<'a> {
    program: &'a Program,
    ranges: &'a [(i32, i32)],
    seed: u64,
    id: Id,
    point: &'a [i32],
    named: &'a [usize],
}

impl Tried<'_> {
    /// Whether nothing ever gets to the place. `None` where a run was too long.
    fn claim(
        &self,
        threshold: Option<crate::ranges::witness::Threshold>,
        tally: &mut Tally,
        random: &mut Random,
        told: impl Fn(&str) -> String,
    ) -> Result<Option<bool>, String> {
        let Self { program, ranges, seed, id, point, named } = *self;
        let any = |random: &mut Random| -> Vec<i32> {
            ranges.iter().map(|(low, high)| random.between(*low, *high)).collect()
        };
        let (mut reached, mut visited) = (false, false);
        for world in 0..WORLDS * 20 {
            if world >= WORLDS && reached {
                break;
            }
            // The others are the run's own, and then any.
            let mut values = if world % 2 == 0 { point.to_vec() } else { any(random) };
            for at in named {
                values[*at] = point[*at];
            }
            let with = Machine::run(program, &values, mix(seed, world));
            tally.runs += 1;
            if with.ended == Some(Stop::Long) {
                return Ok(None);
            }
            let failed = with.ended == Some(Stop::Fail(id));
            reached |= failed;
            let counterparts = if world < WORLDS || failed && world < WORLDS * 2 { 10 } else { 1 };
            for _ in 0..counterparts {
                let mut others = values.clone();
                let fresh = any(random);
                for at in named {
                    others[*at] = fresh[*at];
                }
                let other = Machine::run(program, &others, mix(seed, world));
                tally.runs += 1;
                visited |= other.visited.contains_key(&id);
                if !failed && !matches!(with.ended, Some(Stop::Fail(_))) && other.visited.contains_key(&id) {
                    return Err(told(&format!(
                        "evaded at {values:?} ({:?}), reached at {others:?}, world {world}",
                        with.ended
                    )));
                }
                let differs = with.told.iter().zip(&other.told).any(|(one, other)| one != other);
                if failed && differs {
                    return Err(told(&format!("told apart from {others:?}")));
                }
            }
            if let (Some(threshold), [at]) = (threshold, named) {
                let from = i32::try_from(threshold.from).expect("a byte");
                for value in ranges[*at].0..=ranges[*at].1 {
                    let mut others = values.clone();
                    others[*at] = value;
                    let other = Machine::run(program, &others, mix(seed, world));
                    tally.runs += 1;
                    let beyond = if threshold.up { value >= from } else { value <= from };
                    let fails = other.ended == Some(Stop::Fail(id));
                    if beyond && !fails && other.visited.contains_key(&id) {
                        return Err(told(&format!("{value} is beyond, and does not fail")));
                    }
                    if !beyond && threshold.is_limit && fails {
                        return Err(told(&format!("{value} is inside the limit, and fails")));
                    }
                }
            }
        }
        if !reached && visited {
            return Err(told("no world gets there, but with other values"));
        }
        // Code that nothing gets to, whatever the inputs are.
        Ok(Some(!reached))
    }
}

/// The numbers that the compiler would know.
fn number_of<'n>(leaf: &'n str, program: &Program) -> judged::Leaf<'n> {
    let typed = |ty: Ty, value: i32| {
        let ty = if ty == Ty::U8 { judged::U8 } else { judged::I8 };
        judged::exactly(ty, value.into())
    };
    if let Some(name) = leaf.strip_prefix("K_") {
        let (ty, value) = name.split_once('_').expect("a type");
        let ty = if ty == "U8" { Ty::U8 } else { Ty::I8 };
        let (sign, digits) = value.split_at(1);
        let value: i32 = digits.parse().expect("a number");
        // One of another type, which nobody knows the operators of.
        let number = if value == 4 { None } else { typed(ty, if sign == "M" { -value } else { value }) };
        return judged::Leaf::Constant(leaf, number);
    }
    let name = leaf.trim_start_matches("order.");
    let input = program.inputs.iter().find(|input| input.name == name).expect("an input");
    let (low, high) = (typed(input.ty, input.low), typed(input.ty, input.high));
    judged::Leaf::Range(leaf, judged::Bounds::between(low, false, high, false))
}

/// Follows the same function where only the compiler knows its numbers, has the code that the compiler would run judge it, and
/// tries what that says.
pub(super) fn judge_by_name(seed: u64, tally: &mut Tally) -> Result<(), String> {
    let program = Maker::program(seed);
    let mut random = Random::new(seed ^ 0x5eed);
    let text = disguised(&program, &mut random);
    let subject =
        Subject::parse("zero_trust", text.parse().expect("tokens")).map_err(|error| format!("{error}: {text}"))?;
    let block = (*subject.item.block).clone();
    let mut ids = Ids(HashMap::new());
    ids.visit_block(&block);
    let (parameters, inputs, sources) = super::read(&subject).expect("no cfg");
    let settings = Settings { arithmetic: Arithmetic::Refused, casts: true, methods: true };
    let function = Function::new(&subject.item.sig, &block, parameters, inputs, Vec::new(), settings)
        .ok_or_else(|| format!("given up: {text}"))?
        .with_sources(sources);
    let questions = function.questions();
    let mut ranges: Vec<(i32, i32)> = program.inputs.iter().map(|input| (input.low, input.high)).collect();
    let mut names: Vec<String> = program.inputs.iter().map(|input| input.name.to_owned()).collect();
    if let Some(list) = program.list {
        names.push("list.len()".to_owned());
        ranges.push(list);
    }
    tally.silent += u32::from(questions.is_empty());
    for question in &questions {
        for way in &question.ways {
            let leaves = function.leaves.borrow();
            let known: Vec<judged::Leaf<'_>> = leaves.iter().map(|leaf| number_of(&leaf.name, &program)).collect();
            let printed = open::way(way, |leaf| leaf);
            tally.conditions += 1;
            let Some(fault) = judged::fault(&known, &printed) else { continue };
            tally.claims += 1;
            let called = way.steps.iter().map(|step| match *step {
                Step::Leaf(leaf) => Some(known[leaf]),
                _ => None,
            });
            let mut point: Vec<i32> = ranges.iter().map(|(low, high)| random.between(*low, *high)).collect();
            let mut named = Vec::new();
            let chosen = called.zip(&fault.values).filter_map(|(leaf, value)| match (leaf, value) {
                (Some(judged::Leaf::Range(name, _)), Some(value)) => {
                    Some((name.trim_start_matches("order.").to_owned(), value.low))
                }
                _ => None,
            });
            for (name, value) in way.at.iter().cloned().chain(chosen) {
                let at = names.iter().position(|known| *known == name).expect("an input");
                point[at] = i32::try_from(value).expect("a byte");
                named.push(at);
            }
            let id = ids.0[&site(question.expr)];
            let told = |what: &str| format!("{what}\n{way:?} {fault:?}\nof {named:?}\nseed {seed}: {text}");
            let tried = Tried { program: &program, ranges: &ranges, seed, id, point: &point, named: &named };
            let Some(is_dead) = tried.claim(None, tally, &mut random, told)? else { return Ok(()) };
            tally.dead += u32::from(is_dead);
        }
    }
    Ok(())
}

/// The code that the compiler runs.
#[path = "../../../runtime/src/judged/mod.rs"]
#[allow(dead_code, unused_imports, unreachable_pub, clippy::pedantic, reason = "it is looked at where it belongs")]
mod judged;

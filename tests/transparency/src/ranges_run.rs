//! The ranges of `zero_trust` over whole crates: every function is followed as it is written, and again with random rules on its
//! parameters. What is claimed is listed with its line, for a person to judge.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::bail;
use proc_macro2::Ident;
use syn::spanned::Spanned as _;
use syn::visit::Visit;
use syn::{Block, FnArg, Pat, Signature};

use crate::call_graph::{roots, whole};
use crate::cargo::Cargo;
use crate::crates::SERVERS;
use crate::ranges::constant::{is_list, type_of};
use crate::ranges::interval::Interval;
use crate::ranges::{Arithmetic, Function, Given, Input, Of, Settings, message};

/// As long as one function may take.
const LONGEST: Duration = Duration::from_millis(50);

/// How often each function is followed with other rules.
const ROUNDS: u64 = 4;

#[derive(Default)]
struct Tally {
    functions: usize,
    followed: usize,
    ruled: usize,
    claims: usize,
    conditions: usize,
    longest: Duration,
}

/// How long this thread has run: other processes do not count, as they would on a clock. Zero where Linux does not say it.
fn on_processor() -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|nanos| nanos.parse().ok()).map_or(Duration::ZERO, Duration::from_nanos)
}

/// Whether the bar is met.
pub(crate) fn all(names: &[String], scratch: &Path) -> anyhow::Result<bool> {
    if let Some(unknown) = names.iter().find(|name| SERVERS.iter().all(|known| known.name != **name)) {
        bail!("no server of the table is called {unknown}");
    }
    let cargo = Cargo { target: scratch.join("target"), jobs: None };
    let mut longest = Duration::ZERO;
    let mut unruled = 0_usize;
    for server in SERVERS.iter().filter(|known| names.is_empty() || names.iter().any(|name| name == known.name)) {
        for root in roots(*server, scratch, &cargo)? {
            let text = whole(&root)?;
            let file = syn::parse_file(&text)?;
            let lines: Vec<&str> = text.lines().collect();
            let mut walk = Functions { lines: &lines, tally: Tally::default(), unruled: 0, seed: 1 };
            walk.visit_file(&file);
            let Functions { tally, unruled: own, .. } = walk;
            println!(
                "{} {}: {} functions, {} followed, {} with rules on integers or lists; {} claims and {} decided conditions under \
                 {ROUNDS} sets of random rules each, {own} without rules; longest {:?}",
                server.name,
                server.version,
                tally.functions,
                tally.followed,
                tally.ruled,
                tally.claims,
                tally.conditions,
                tally.longest
            );
            longest = longest.max(tally.longest);
            unruled = unruled.saturating_add(own);
        }
    }
    let met = unruled == 0 && longest < LONGEST;
    println!(
        "\n{unruled} claims about functions without rules (bar: 0), longest {longest:?} (bar: {LONGEST:?}): {}",
        if met { "the bar is met" } else { "the bar is MISSED" }
    );
    Ok(met)
}

struct Functions<'l> {
    lines: &'l [&'l str],
    tally: Tally,
    unruled: usize,
    seed: u64,
}

impl Functions<'_> {
    fn look(&mut self, sig: &Signature, block: &Block) {
        self.tally.functions = self.tally.functions.saturating_add(1);
        for round in 0..=ROUNDS {
            let (mut given, mut inputs) = (Vec::new(), Vec::new());
            for parameter in &sig.inputs {
                let FnArg::Typed(parameter) = parameter else { continue };
                self.read(&parameter.pat, &parameter.ty, round > 0, &mut given, &mut inputs);
            }
            if round > 0 && inputs.is_empty() {
                return;
            }
            if round == 0 {
                // A value that nothing looks at: without any the function would not be followed.
                inputs.push(Input {
                    shown: String::new(),
                    of: Of::Bool,
                    range: Interval { low: 0, high: 1 },
                    only: None,
                });
            }
            let start = on_processor();
            let settings = Settings { arithmetic: Arithmetic::Refused, casts: true, methods: true };
            let is_ruled = !inputs.is_empty();
            let Some(function) = Function::new(sig, block, given, inputs, Vec::new(), settings) else { return };
            let found = function.findings();
            let took = on_processor().saturating_sub(start);
            if took > LONGEST {
                println!("  {} takes {took:?}", sig.ident);
            }
            self.tally.longest = self.tally.longest.max(took);
            if round == 0 {
                self.tally.followed = self.tally.followed.saturating_add(1);
                self.unruled = self.unruled.saturating_add(found.claims.len()).saturating_add(found.conditions.len());
            } else if round == 1 {
                self.tally.ruled = self.tally.ruled.saturating_add(usize::from(is_ruled));
            }
            self.tally.claims = self.tally.claims.saturating_add(found.claims.len());
            self.tally.conditions = self.tally.conditions.saturating_add(found.conditions.len());
            for claim in &found.claims {
                self.show(&sig.ident, claim.failure.expr.span(), &message::of_claim(claim));
            }
            for (compared, holds) in &found.conditions {
                let inputs = function.inputs_of(compared.deps);
                self.show(&sig.ident, compared.expr.span(), &message::of_condition(compared, *holds, &inputs));
            }
        }
    }

    fn show(&self, name: &Ident, at: proc_macro2::Span, said: &str) {
        let line = at.start().line;
        let source = line.checked_sub(1).and_then(|at| self.lines.get(at)).map_or("", |line| line.trim());
        println!("  {line} {name}: {source}\n    {}", said.replace('\n', " "));
    }

    /// A parameter, with a rule that somebody might have written.
    fn read<'a>(
        &mut self,
        pat: &'a Pat,
        ty: &'a syn::Type,
        ruled: bool,
        given: &mut Vec<(&'a Ident, Given)>,
        inputs: &mut Vec<Input>,
    ) {
        let Pat::Ident(name) = pat else { return };
        let ident = &name.ident;
        let range = if !ruled {
            None
        } else if let Some(int) = type_of(ty) {
            self.between(int.possibly()).map(|range| (Of::Int(int), range, ident.to_string()))
        } else if is_list(ty) && !matches!(ty, syn::Type::Array(_)) {
            let length = self.between(Interval::new(0, 64));
            length.map(|length| (Of::Length(None), length, format!("{ident}.len()")))
        } else {
            None
        };
        let value = match range {
            Some((of, range, shown)) => {
                inputs.push(Input { shown, of, range, only: None });
                Given::Input(inputs.len().saturating_sub(1))
            }
            None => Given::of_type(Some(ty)),
        };
        given.push((ident, value));
    }

    fn next(&mut self) -> u64 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.seed.wrapping_shr(33)
    }

    /// Somewhere in a type: often around zero, and sometimes to its end.
    fn between(&mut self, all: Option<Interval>) -> Option<Interval> {
        let all = all?;
        let mut one = || {
            let (how, value) = (self.next() % 4, i128::from(self.next()));
            match how {
                0 => value % 10,
                1 => value % 1_000,
                2 => value,
                _ => all.high.saturating_sub(value % 3),
            }
            .clamp(all.low, all.high)
        };
        let (one, other) = (one(), one());
        Interval::new(one.min(other), one.max(other))
    }
}

impl<'a> Visit<'a> for Functions<'_> {
    fn visit_item_fn(&mut self, function: &'a syn::ItemFn) {
        self.look(&function.sig, &function.block);
        syn::visit::visit_item_fn(self, function);
    }
    fn visit_impl_item_fn(&mut self, function: &'a syn::ImplItemFn) {
        self.look(&function.sig, &function.block);
        syn::visit::visit_impl_item_fn(self, function);
    }
}

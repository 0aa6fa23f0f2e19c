//! Which protections stand on a function, with their limits.

use proc_macro2::{Ident, Span, TokenStream};
use syn::{Attribute, Path};

use crate::args::{self, Arg, Args};
use crate::passes::allocation_budget::AllocationBudget;
use crate::passes::bounded_allocation::BoundedAllocation;
use crate::passes::bounded_concurrency::BoundedConcurrency;
use crate::passes::bounded_recursion::BoundedRecursion;
use crate::passes::bounded_steps::BoundedSteps;
use crate::passes::catch_panic::CatchPanic;
use crate::passes::checked_arithmetic::{self, CheckedArithmetic};
use crate::passes::checked_indexing::CheckedIndexing;
use crate::passes::deadline::Deadline;
use crate::passes::shed_load::ShedLoad;
use crate::passes::validated_input::ValidatedInput;
use crate::passes::{Pass, Standing};
use crate::refusal::Or;
use crate::report::Report;
use crate::rules::Rule;
use crate::strict::{Coverage, Strict};

/// The protections by name; each is also an attribute of its own.
pub(crate) const PROTECTIONS: [&str; 10] = [
    "catch_panic",
    "bounded_recursion",
    "shed_load",
    "deadline",
    "bounded_concurrency",
    "validated_input",
    "bounded_steps",
    "bounded_allocation",
    "checked_indexing",
    "checked_arithmetic",
];

/// Those that `zero_trust` has only where they are written: each needs a limit that only the user knows.
const OFF_UNTIL_GIVEN: [&str; 5] =
    ["shed_load", "deadline", "bounded_concurrency", "bounded_steps", "bounded_allocation"];

pub(crate) struct Policy {
    /// Where the runtime is: `crate = path`, else `::portcullis`.
    pub(crate) runtime: Path,
    /// `zero_trust(skip, ..)`: the function stays as it is.
    pub(crate) is_skipped: bool,
    /// `zero_trust(prove_no_panic, ..)`: the linker shows that the body cannot panic.
    pub(crate) proved: Option<Ident>,
    /// `zero_trust(route, ..)`: the gates of a router let the function through.
    pub(crate) routed: Option<Ident>,
    /// `zero_trust(observe, ..)`: nothing is refused.
    pub(crate) observed: bool,
    /// `zero_trust(strict, ..)`: what must not face a client does not compile.
    pub(crate) strict: Option<Strict>,
    protections: Protections,
}

/// The protection that an attribute is by itself.
pub(crate) fn protection(attribute: &Attribute) -> Option<&'static str> {
    let last = attribute.path().segments.last()?;
    PROTECTIONS.into_iter().find(|name| last.ident == name)
}

/// Whether `zero_trust` with these arguments leaves a function out.
pub(crate) fn is_skipped(tokens: TokenStream) -> bool {
    args::list(tokens).unwrap_or_default().iter().any(|arg| arg.name == "skip")
}

/// Whether `zero_trust` with these arguments refuses nothing.
pub(crate) fn is_observed(tokens: TokenStream) -> bool {
    args::list(tokens).unwrap_or_default().iter().any(|arg| arg.name == "observe")
}

/// One field a protection. The field's presence is the protection's.
#[derive(Default)]
struct Protections {
    catch_panic: Option<CatchPanic>,
    bounded_recursion: Option<BoundedRecursion>,
    shed_load: Option<ShedLoad>,
    deadline: Option<Deadline>,
    bounded_concurrency: Option<BoundedConcurrency>,
    validated_input: Option<ValidatedInput>,
    bounded_steps: Option<BoundedSteps>,
    /// A key of `zero_trust`, and no attribute.
    allocation_budget: Option<AllocationBudget>,
    bounded_allocation: Option<BoundedAllocation>,
    checked_indexing: Option<CheckedIndexing>,
    checked_arithmetic: Option<CheckedArithmetic>,
}

impl Policy {
    /// Of an attribute: `zero_trust`, or one protection.
    pub(crate) fn read(attribute: &str, tokens: TokenStream, report: &mut Report) -> Self {
        if attribute == "zero_trust" {
            return Self::zero_trust(tokens, report);
        }
        let keys = [keys(attribute), &["crate"]].concat();
        let mut args = Args::read(attribute, tokens, &keys, report);
        let runtime = args::runtime(args.take("crate"), report);
        let mut protections = Protections::default();
        let standing = Standing { zero_trust: false, written: true, at: Span::call_site(), observed: false };
        protections.add(attribute, args, &Or::Carry, standing, report);
        Self { runtime, is_skipped: false, routed: None, proved: None, observed: false, strict: None, protections }
    }

    pub(crate) fn input(&self) -> Option<&ValidatedInput> {
        self.protections.validated_input.as_ref()
    }

    pub(crate) fn arithmetic(&self) -> Option<&CheckedArithmetic> {
        self.protections.checked_arithmetic.as_ref()
    }

    pub(crate) fn checks_indexing(&self) -> bool {
        self.protections.checked_indexing.is_some()
    }

    /// Where the runtime is. What else is wrong with the arguments is for those who read the rest.
    pub(crate) fn runtime(tokens: TokenStream) -> Path {
        let args = args::list_with_value(tokens).unwrap_or_default();
        args::runtime(args.into_iter().find(|arg| arg.name == "crate"), &mut Report::default())
    }

    fn zero_trust(tokens: TokenStream, report: &mut Report) -> Self {
        if is_skipped(tokens.clone()) {
            return Self::skipped(tokens, report);
        }
        let known = [
            &PROTECTIONS[..],
            &[
                "require",
                "allocation_budget",
                "route",
                "prove_no_panic",
                "observe",
                "strict",
                "without",
                "or",
                "crate",
                "skip",
            ],
        ]
        .concat();
        let mut args = Args::read("zero_trust", tokens, &known, report);
        let runtime = args::runtime(args.take("crate"), report);
        let routed = args.take("route").map(|route| flag(route, report));
        let proved = args.take("prove_no_panic").map(|proved| flag(proved, report));
        let strict = args.take("strict");
        let observe = args.take("observe").map(|observe| flag(observe, report));
        if observe.is_some() {
            let others = strict.iter().map(|strict| &strict.name).chain(&proved);
            others.for_each(|other| refuse_to_observe(other, report));
        }
        let observed = observe.is_some();
        let or = Or::from(args.take("or"), &Or::Carry, "zero_trust", report);
        let without = args.take("without").and_then(|arg| arg.list(report)).map(|tokens| without(tokens, report));
        let mut require = args.take("require");
        let budget = args
            .take("allocation_budget")
            .and_then(|arg| AllocationBudget::read(arg, or.clone().under(observed), report));
        let mut protections = Protections { allocation_budget: budget, ..Protections::default() };
        for name in PROTECTIONS {
            let left_out = without.iter().flatten().find(|left_out| *left_out == name);
            let given = args.take(name);
            if let (Some(left_out), Some(_)) = (left_out, &given) {
                let message = format!("`{name}` is both given and left out\nhelp: keep one of the two");
                report.add(Rule::KeyTwice, left_out, &message);
            }
            let written = given.is_some();
            let at = given.as_ref().map_or_else(Span::call_site, |arg| arg.name.span());
            if left_out.is_none() && (written || !OFF_UNTIL_GIVEN.contains(&name)) {
                let own = given.map_or(TokenStream::new(), |arg| match arg.value {
                    args::Value::Flag => TokenStream::new(),
                    _ => arg.list(report).unwrap_or_default(),
                });
                let mut own = Args::read(name, own, keys(name), report);
                if let Some(require) = require.take_if(|_| name == "validated_input") {
                    own.add(require, report);
                }
                protections.add(name, own, &or, Standing { zero_trust: true, written, at, observed }, report);
            }
        }
        if let Some(require) = require {
            let message = "`require` is a part of `validated_input`, which is left out\nhelp: keep one of the two";
            report.add(Rule::KeyTwice, &require.name, message);
        }
        let strict = strict.map(|strict| Strict::read(strict, protections.coverage(), report));
        Self { runtime, is_skipped: false, routed, proved, observed, strict, protections }
    }

    /// `zero_trust(skip, reason = "..")`.
    fn skipped(tokens: TokenStream, report: &mut Report) -> Self {
        let mut args = Args::read("zero_trust(skip)", tokens, &["skip", "reason", "crate"], report);
        let runtime = args::runtime(args.take("crate"), report);
        if let Some(skip) = args.take("skip") {
            if !matches!(skip.value, args::Value::Flag) {
                report.add(Rule::WrongValue, &skip.name, "`skip` takes no value\nhelp: `skip, reason = \"..\"`");
            }
            args.ensure_reason("skip", &skip.name, "#[zero_trust(skip, reason = \"no client reaches it\")]", report);
        }
        Self {
            runtime,
            is_skipped: true,
            routed: None,
            proved: None,
            observed: false,
            strict: None,
            protections: Protections::default(),
        }
    }

    /// Whether casts are replaced.
    pub(crate) fn checks_casts(&self) -> bool {
        self.protections.coverage().casts
    }

    /// The order, outside in. Destructuring every field makes a new protection choose its place before it compiles.
    pub(crate) fn passes(self) -> Vec<Box<dyn Pass>> {
        fn boxed<P: Pass + 'static>(pass: Option<P>) -> Option<Box<dyn Pass>> {
            pass.map(|pass| Box::new(pass) as _)
        }
        let Protections {
            catch_panic,
            bounded_recursion,
            shed_load,
            deadline,
            bounded_concurrency,
            validated_input,
            bounded_steps,
            allocation_budget,
            bounded_allocation,
            checked_indexing,
            checked_arithmetic,
        } = self.protections;
        [
            // Nothing inside, guards included, can unwind past it.
            boxed(catch_panic),
            // The cheapest question first.
            boxed(bounded_recursion),
            // A server in need does nothing more for the request.
            boxed(shed_load),
            boxed(deadline),
            // Within the deadline, which gives the permit back.
            boxed(bounded_concurrency),
            // Before any of the body, whose writes a refusal does not undo.
            boxed(validated_input),
            // These rewrite what the user wrote.
            boxed(bounded_steps),
            boxed(allocation_budget),
            boxed(bounded_allocation),
            // These two touch the user's tokens only; nothing that the others generate.
            boxed(checked_indexing),
            boxed(checked_arithmetic),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Protections {
    /// What `strict` may leave to them. Those that only a key brings are told by the key.
    fn coverage(&self) -> Coverage {
        let arithmetic = self.checked_arithmetic.as_ref().filter(|arithmetic| !matches!(arithmetic.or, Or::Wrap));
        Coverage {
            arithmetic: arithmetic.is_some_and(|arithmetic| !matches!(arithmetic.or, Or::Saturate)),
            casts: arithmetic.is_some_and(|arithmetic| arithmetic.casts),
            indexing: self.checked_indexing.is_some(),
            steps: self.bounded_steps.is_some(),
            allocation: self.bounded_allocation.is_some(),
            deadline: self.deadline.is_some(),
        }
    }

    fn add(&mut self, name: &str, mut args: Args, or: &Or, standing: Standing, report: &mut Report) {
        let or = Or::from(args.take("or"), or, name, report).under(standing.observed);
        match name {
            "catch_panic" => self.catch_panic = Some(CatchPanic { or }),
            "bounded_recursion" => {
                self.bounded_recursion = Some(BoundedRecursion::read(&mut args, or, standing.written, report));
            }
            "validated_input" => {
                self.validated_input = Some(ValidatedInput::read(args.take("require"), or, report));
            }
            "shed_load" => self.shed_load = Some(ShedLoad::read(&mut args, or, report)),
            "deadline" => self.deadline = Some(Deadline::read(&mut args, or, standing, report)),
            "bounded_concurrency" => {
                self.bounded_concurrency = Some(BoundedConcurrency::read(&mut args, or, standing, report));
            }
            "bounded_steps" => self.bounded_steps = Some(BoundedSteps::read(&mut args, or, standing, report)),
            "bounded_allocation" => {
                self.bounded_allocation = Some(BoundedAllocation::read(&mut args, or, standing, report));
            }
            "checked_indexing" => self.checked_indexing = Some(CheckedIndexing { or }),
            "checked_arithmetic" => {
                self.checked_arithmetic = Some(CheckedArithmetic {
                    or,
                    casts: checked_arithmetic::switch(args.take("casts"), standing.zero_trust, report),
                    methods: checked_arithmetic::switch(args.take("methods"), true, report),
                    zero_trust: standing.zero_trust,
                });
            }
            _ => unreachable!("PROTECTIONS lists them"),
        }
    }
}

/// The keys of one protection.
fn keys(protection: &str) -> &'static [&'static str] {
    match protection {
        "bounded_recursion" => &["max", "mode", "group", "key", "or"],
        "checked_arithmetic" => &["casts", "methods", "or"],
        "validated_input" => &["require", "or"],
        "shed_load" => &["memory", "priority", "or"],
        "deadline" => &[args::VALUE, "or"],
        "bounded_concurrency" | "bounded_steps" | "bounded_allocation" => &["max", "or"],
        _ => &["or"],
    }
}

/// A key that stands alone.
fn flag(Arg { name, value }: Arg, report: &mut Report) -> Ident {
    if !matches!(value, args::Value::Flag) {
        report.add(Rule::WrongValue, &name, &format!("`{name}` takes no value\nhelp: `{name}`"));
    }
    name
}

/// What a function that refuses nothing cannot be as well.
fn refuse_to_observe(other: &Ident, report: &mut Report) {
    let message = if other == "strict" {
        "`observe` has the code as it is, and `strict` does not\n\
         help: keep one of the two: `observe` first, then neither, then `strict`"
    } else {
        "under `observe` the body may panic as it does by itself, and `prove_no_panic` shows that it cannot\n\
         help: keep one of the two"
    };
    report.add(Rule::KeyTwice, other, message);
}

fn without(tokens: TokenStream, report: &mut Report) -> Vec<Ident> {
    Args::read("without", tokens, &PROTECTIONS, report).names()
}

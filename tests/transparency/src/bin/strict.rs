//! `strict` on every function of published servers: how often each rule is broken there, and how long the macro takes.
//!
//! `cargo run --release -p portcullis-transparency --bin strict -- [crate ..]`: all servers of `crates.rs`, or those named.
//! `--show PC0405 --of 10` prints hits, spread over all, for a person to judge. Fails when a function takes too long.
//!
//! What exports macros can export nothing else, so that the modules of `portcullis-macros` stand here once more.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::large_enum_variant,
    reason = "shared with `portcullis-macros`, whose attributes need more of it"
)]

#[path = "../../../../macros/src/admitted/mod.rs"]
mod admitted;
#[path = "../../../../macros/src/args.rs"]
mod args;
#[path = "../../../../macros/src/boundary.rs"]
mod boundary;
#[path = "../cargo.rs"]
mod cargo;
#[path = "../../../../macros/src/check/mod.rs"]
mod check;
#[path = "../crates.rs"]
mod crates;
#[path = "../../../../macros/src/expand.rs"]
mod expand;
#[path = "../../../../macros/src/known_macros/mod.rs"]
mod known_macros;
#[path = "../../../../macros/src/leaf.rs"]
mod leaf;
#[path = "../../../../macros/src/lower.rs"]
mod lower;
#[path = "../../../../macros/src/module/mod.rs"]
mod module;
#[path = "../../../../macros/src/names.rs"]
mod names;
#[path = "../../../../macros/src/nesting.rs"]
mod nesting;
#[path = "../../../../macros/src/parameter.rs"]
mod parameter;
#[path = "../../../../macros/src/passes/mod.rs"]
mod passes;
#[path = "../../../../macros/src/plan.rs"]
mod plan;
#[path = "../../../../macros/src/policy.rs"]
mod policy;
#[path = "../../../../macros/src/proof.rs"]
mod proof;
#[path = "../../../../macros/src/ranges/mod.rs"]
mod ranges;
#[path = "../../../../macros/src/refusal.rs"]
mod refusal;
#[path = "../../../../macros/src/report.rs"]
mod report;
#[path = "../../../../macros/src/rewrite/mod.rs"]
mod rewrite;
#[path = "../../../../macros/src/route.rs"]
mod route;
#[path = "../../../../macros/src/rules.rs"]
mod rules;
#[path = "../../../../macros/src/size.rs"]
mod size;
#[path = "../source.rs"]
mod source;
#[path = "../../../../macros/src/strict/mod.rs"]
mod strict;
#[path = "../../../../macros/src/subject.rs"]
mod subject;
#[path = "../../../../macros/src/text.rs"]
mod text;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::bail;
use clap::Parser;
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::{Attribute, ImplItem, Item, Meta, TraitItem, Type};

use cargo::Cargo;
use crates::SERVERS;
use source::{fetched, rust_files};
use strict::Shown;

/// Outside of the compiler no place has a line.
fn line(_: proc_macro2::Span) -> Option<usize> {
    None
}

/// What one function may take.
const MOST: Duration = Duration::from_millis(50);

/// What is measured again.
const LONG: Duration = Duration::from_millis(12);

/// Of a published function nothing tells which of its parameters a client controls.
const ARGUMENTS: &str = "strict, without(validated_input)";

/// Counts what `strict` would refuse in published servers.
#[derive(Parser)]
struct Cli {
    /// The servers, by name; all that are known if none is named.
    crates: Vec<String>,
    /// Print hits of this rule; may be repeated.
    #[arg(long)]
    show: Vec<String>,
    /// How many.
    #[arg(long, default_value_t = 10)]
    of: usize,
    /// Where the sources go.
    #[arg(long, default_value_os_t = std::env::temp_dir().join("portcullis-transparency"))]
    scratch: PathBuf,
}

/// What became of all functions.
#[derive(Default)]
struct Total {
    functions: usize,
    hit: usize,
    longest: (Duration, String),
    by_rule: BTreeMap<String, Vec<String>>,
}

fn main() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    if let Some(unknown) = cli.crates.iter().find(|name| SERVERS.iter().all(|known| known.name != **name)) {
        bail!("no server of the table is called {unknown}");
    }
    let cargo = Cargo { target: cli.scratch.join("target"), jobs: None };
    let mut all = Total::default();
    for server in
        SERVERS.iter().filter(|known| cli.crates.is_empty() || cli.crates.iter().any(|name| name == known.name))
    {
        let folder = fetched(*server, &cli.scratch.join("call-graph").join(server.name), &cargo)?.join("src");
        let mut total = Total::default();
        for path in rust_files(&folder)? {
            let text = fs::read_to_string(&path)?;
            let Ok(file) = syn::parse_file(&text) else { continue };
            let shown = path.strip_prefix(&folder).unwrap_or(&path).display();
            let mut judge =
                Judge { file: format!("{} {shown}", server.name), lines: text.lines().collect(), total: &mut total };
            judge.items(&file.items, None);
        }
        println!("{} {}: {}", server.name, server.version, total.text());
        all.add(total);
    }
    println!("\nall: {}", all.text());
    for hits in cli.show.iter().filter_map(|rule| all.by_rule.get(rule)) {
        let step = hits.len().checked_div(cli.of).unwrap_or(1).max(1);
        hits.iter().step_by(step).take(cli.of).for_each(|hit| println!("{hit}"));
    }
    let met = all.longest.0 < MOST;
    println!(
        "the longest took {:.1} ms: {} (bar: {} ms): {}",
        all.longest.0.as_secs_f64() * 1_000.0,
        all.longest.1,
        MOST.as_millis(),
        if met { "the bar is met" } else { "the bar is MISSED" }
    );
    Ok(if met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

impl Total {
    fn add(&mut self, other: Self) {
        self.functions = self.functions.saturating_add(other.functions);
        self.hit = self.hit.saturating_add(other.hit);
        if other.longest.0 > self.longest.0 {
            self.longest = other.longest;
        }
        for (rule, hits) in other.by_rule {
            self.by_rule.entry(rule).or_default().extend(hits);
        }
    }

    fn text(&self) -> String {
        let rules: Vec<String> = self.by_rule.iter().map(|(rule, hits)| format!("{rule} {}", hits.len())).collect();
        format!("{} functions, {} with hits; {}", self.functions, self.hit, rules.join(", "))
    }
}

/// The functions of one file.
struct Judge<'a> {
    file: String,
    lines: Vec<&'a str>,
    total: &'a mut Total,
}

impl Judge<'_> {
    fn items(&mut self, items: &[Item], outer: Option<&Shown>) {
        let shown = Shown::within(items, outer);
        for item in items {
            match item {
                Item::Fn(item) => self.function(&shown, &item.attrs, &item.to_token_stream(), None),
                Item::Impl(of) => {
                    for item in &of.items {
                        if let ImplItem::Fn(item) = item {
                            self.function(&shown, &item.attrs, &item.to_token_stream(), Some(&of.self_ty));
                        }
                    }
                }
                Item::Trait(of) => {
                    for item in &of.items {
                        if let TraitItem::Fn(item) = item
                            && item.default.is_some()
                        {
                            self.function(&shown, &item.attrs, &item.to_token_stream(), None);
                        }
                    }
                }
                Item::Mod(of) if !is_for_tests(&of.attrs) => {
                    if let Some((_, items)) = &of.content {
                        self.items(items, Some(&shown));
                    }
                }
                _ => {}
            }
        }
    }

    fn function(&mut self, shown: &Shown, attrs: &[Attribute], function: &TokenStream, own: Option<&Type>) {
        let is_constant = syn::parse2::<syn::ItemFn>(function.clone()).is_ok_and(|item| item.sig.constness.is_some());
        if is_for_tests(attrs) || is_constant {
            return;
        }
        let arguments: TokenStream = ARGUMENTS.parse().unwrap_or_default();
        let once = || {
            let start = Instant::now();
            let arguments = shown.handed(arguments.clone(), function, own);
            let expanded = expand::function("zero_trust", arguments, function.clone());
            (start.elapsed(), expanded)
        };
        let (mut took, expanded) = once();
        // What else the machine does is no time of ours.
        for _ in 0..9 {
            if took > LONG {
                took = took.min(once().0);
            }
        }
        let mut errors = Vec::new();
        find_errors(expanded, &mut errors);
        let mut is_hit = false;
        for (line, message) in errors {
            let Some(code) = message.get(1..7).filter(|code| code.starts_with("PC04") || code.starts_with("PC009"))
            else {
                continue;
            };
            is_hit = true;
            let source = line.checked_sub(1).and_then(|at| self.lines.get(at)).map_or("", |line| line.trim());
            let said = message.lines().next().unwrap_or_default();
            let hit = format!("{}:{line}\n    {source}\n    {said}", self.file);
            self.total.by_rule.entry(code.to_owned()).or_default().push(hit);
        }
        self.total.functions = self.total.functions.saturating_add(1);
        self.total.hit = self.total.hit.saturating_add(usize::from(is_hit));
        if took > self.total.longest.0 {
            self.total.longest = (took, format!("{} {}", self.file, quote!(#own)));
        }
    }
}

/// `#[test]`, whoever's, and `#[cfg(test)]`: no client calls it.
fn is_for_tests(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => list.tokens.to_string().contains("test"),
        meta => meta.path().segments.last().is_some_and(|last| last.ident == "test"),
    })
}

/// The errors that the expansion holds, each with its line.
fn find_errors(tokens: TokenStream, found: &mut Vec<(usize, String)>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        let TokenTree::Group(group) = tree else { continue };
        let name = at.checked_sub(2).and_then(|at| trees.get(at));
        if matches!(name, Some(TokenTree::Ident(name)) if name == "compile_error")
            && let Ok(message) = syn::parse2::<syn::LitStr>(group.stream())
        {
            let line = name.map_or(0, |name| name.span().start().line);
            found.push((line, message.value()));
        } else {
            find_errors(group.stream(), found);
        }
    }
}

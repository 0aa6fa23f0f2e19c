//! Shows that an attribute on every function of a published crate changes nothing: all compiles, and the crate's own tests
//! pass as before.
//!
//! `cargo run -p portcullis-transparency -- [crate ..]`: all of `crates.rs`, or those named. Exits with 1 when the bar that
//! the last line shows is missed. `--call-graph` looks at the call graphs of servers instead (`call_graph.rs`), `--ranges` at
//! what is known of ranges in them (`ranges_run.rs`), `--vulnerable` at published versions with an advisory (`vulnerable.rs`).

mod analysis;
mod annotate;
mod annotated;
mod arithmetic;
mod call_graph;
mod cargo;
mod crates;
mod expansion;
#[allow(dead_code, reason = "shared with `portcullis-macros`, which rewrites by it too")]
#[path = "../../../macros/src/known_macros/mod.rs"]
mod known_macros;
#[allow(dead_code, reason = "shared with `portcullis-macros`, which prints by it")]
#[path = "../../../macros/src/names.rs"]
mod names;
mod outcome;
#[allow(dead_code, reason = "shared with `portcullis-macros`, which reads more of them")]
#[path = "../../../macros/src/parameter.rs"]
mod parameter;
#[allow(dead_code, reason = "shared with `portcullis-macros`, which says more of it")]
#[path = "../../../macros/src/ranges/mod.rs"]
mod ranges;
mod ranges_run;
mod report;
mod source;
#[allow(dead_code, reason = "shared with `portcullis-macros`, whose tables need more of it")]
#[path = "../../../macros/src/text.rs"]
mod text;
mod vulnerable;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{bail, ensure};
use clap::Parser;

use annotated::Annotated;
use cargo::{Build, Built, Cargo, Diagnostic, Mode, TestProgram};
use crates::{CRATES, Crate};
use report::{Run, Total};

/// Puts attributes on every function of published crates, and runs the crates' own tests.
#[derive(Parser)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
struct Cli {
    /// The crates, by name; all that are known if none is named.
    crates: Vec<String>,
    /// What follows `portcullis::`, or a whole attribute that begins with `#[`. May be repeated.
    #[arg(long = "attribute", default_value = "checked_arithmetic(or(panic))")]
    attributes: Vec<String>,
    /// A feature of portcullis that the attributes need. May be repeated.
    #[arg(long = "feature")]
    features: Vec<String>,
    #[arg(long, conflicts_with = "debug_only")]
    release_only: bool,
    #[arg(long)]
    debug_only: bool,
    /// Run the doc tests too.
    #[arg(long)]
    doc: bool,
    /// How many jobs cargo may run at once.
    #[arg(long)]
    jobs: Option<u32>,
    /// The call graphs of servers: which cycles they hold, and whether planted ones are found.
    #[arg(long)]
    call_graph: bool,
    /// What is known of ranges at compile time: every function of servers is followed, with random rules too.
    #[arg(long, conflicts_with = "call_graph")]
    ranges: bool,
    /// Published versions with an advisory: they crash, and with one attribute they refuse.
    #[arg(long, conflicts_with_all = ["call_graph", "ranges"])]
    vulnerable: bool,
    /// Where the copies and all that is built of them go.
    #[arg(long, default_value_os_t = std::env::temp_dir().join("portcullis-transparency"))]
    scratch: PathBuf,
}

fn main() -> anyhow::Result<ExitCode> {
    expansion::in_place_of_rustc().unwrap_or_else(|| {
        let cli = Cli::parse();
        let met = if cli.call_graph {
            call_graph::all(&cli.crates, &cli.scratch)?
        } else if cli.ranges {
            ranges_run::all(&cli.crates, &cli.scratch)?
        } else if cli.vulnerable {
            vulnerable::all(&cli.crates, &cli.scratch)
        } else {
            all(&cli)?
        };
        Ok(if met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

/// Whether the bar is met.
fn all(cli: &Cli) -> anyhow::Result<bool> {
    if let Some(unknown) = cli.crates.iter().find(|name| CRATES.iter().all(|known| known.name != **name)) {
        bail!("no crate of the table is called {unknown}");
    }
    let cargo = Cargo { target: cli.scratch.join("target"), jobs: cli.jobs };
    let mut total = Total::default();
    println!("{}", report::HEADER);
    for subject in
        CRATES.iter().filter(|known| cli.crates.is_empty() || cli.crates.iter().any(|name| name == known.name))
    {
        if let Err(error) = one(*subject, cli, &cargo, &mut total) {
            println!("\n{} is not measured: {error:#}", subject.name);
            total.fail(subject.name, &error);
        }
    }
    Ok(total.finish())
}

fn one(subject: Crate, cli: &Cli, cargo: &Cargo, total: &mut Total) -> anyhow::Result<()> {
    let copies = source::copies(subject, &cli.scratch.join(subject.name), &cli.features, cargo)?;
    let mut annotated = Annotated::read(copies.annotated, attributes(&cli.attributes))?;
    let mut runs = Vec::new();
    for mode in [Mode::Debug, Mode::Release] {
        if !(cli.release_only && mode == Mode::Debug || cli.debug_only && mode == Mode::Release) {
            runs.push(run(Build { subject, mode }, cli.doc, cargo, &copies.plain, &mut annotated)?);
        }
    }
    let expansion = expansion::expand(&annotated, cargo, subject)?;
    total.add(subject.name, &annotated, &expansion, &runs);
    Ok(())
}

fn run(build: Build, doc: bool, cargo: &Cargo, plain: &Path, annotated: &mut Annotated) -> anyhow::Result<Run> {
    let ends = |package: &Path, programs: &[TestProgram]| {
        let mut ends = outcome::run(programs, package, build.subject.skipped_tests)?;
        if doc {
            ends.extend(outcome::run_doc_tests(cargo, package, build)?);
        }
        anyhow::Ok(ends)
    };
    eprintln!("{} {}: plain", build.subject.name, build.mode);
    let before = match cargo.build_tests(plain, build)? {
        Built::Tests(programs) => ends(plain, &programs)?,
        Built::Errors(errors) => bail!("does not build as published: {}", errors.first().map_or("", Diagnostic::text)),
    };
    ensure!(outcome::passed(&before) > 0, "not one test passes as published");
    eprintln!("{} {}: annotated", build.subject.name, build.mode);
    let programs = annotated.build(cargo, build)?;
    let now = ends(annotated.folder(), &programs)?;
    let compile = cargo.compile_time(annotated.folder(), build)?.as_secs_f64();
    Ok(Run {
        mode: build.mode,
        plain: outcome::passed(&before),
        annotated: outcome::passed(&now),
        lost: outcome::lost(&before, &now),
        compile_ratio: compile / cargo.compile_time(plain, build)?.as_secs_f64(),
    })
}

fn attributes(texts: &[String]) -> String {
    let whole =
        |text: &String| if text.starts_with("#[") { format!("{text} ") } else { format!("#[::portcullis::{text}] ") };
    texts.iter().map(whole).collect()
}

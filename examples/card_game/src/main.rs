//! The incident drill: one game server, with the protections and without, under the same attack.

mod attack;
mod child;
mod client;
mod drill;
mod game;
mod memory;
mod pool;
mod protected;
mod report;
mod server;
mod traffic;
mod unprotected;
mod wire;

use std::fmt::Display;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::Serialize;

use crate::attack::Attack;
use crate::memory::Limit;
use crate::server::{Confined, Settings, Twin};
use crate::traffic::Load;

/// The incident drill: starts the game server without protection and with it, sends both the same traffic, and tells
/// how each fared
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Cli {
    /// Print one JSON object in place of the table
    #[arg(long)]
    json: bool,
    #[command(subcommand)]
    half: Option<Half>,
}

/// One half of the drill, by hand
#[derive(Subcommand)]
enum Half {
    /// Run one server; its address is the first line that it prints
    Serve(Serve),
    /// Send the drill's traffic to a server
    Attack(Onslaught),
    /// Run one of the drills; without a name, the drill of the stack
    Drill(Exercise),
}

#[derive(Args)]
struct Exercise {
    #[arg(value_enum, default_value_t = Which::Stack)]
    which: Which,
    /// Print one JSON object in place of the table
    #[arg(long)]
    json: bool,
    /// For the drill of the memory: a control group with a limit on memory, for the servers to go into, in place of a limit on
    /// addresses
    #[arg(long)]
    cgroup: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Which {
    /// Eight attacks, most of which end the stack of a thread
    Stack,
    /// Two recursions that end the memory of the process
    Memory,
}

#[derive(Args)]
struct Serve {
    /// Leave the protections out
    #[arg(long)]
    unprotected: bool,
    /// Where to listen; port 0 lets the system choose
    #[arg(long, default_value = "127.0.0.1:0")]
    addr: SocketAddr,
    /// The addresses that it may take, in MiB
    #[arg(long, default_value_t = 1_024)]
    addresses_mib: u64,
    /// Go into this control group, which has its own limit, and have none on addresses
    #[arg(long)]
    cgroup: Option<PathBuf>,
    /// Write incident reports into this folder
    #[arg(long)]
    incidents: Option<PathBuf>,
    /// Append one byte to this file for each call of `idle_pool`
    #[arg(long)]
    calls_file: Option<PathBuf>,
    /// Stop when standard input ends
    #[arg(long)]
    with_parent: bool,
}

#[derive(Args)]
struct Onslaught {
    /// The server's address
    #[arg(long)]
    addr: SocketAddr,
    /// Send this attack alone, without honest players
    #[arg(long)]
    only: Option<Attack>,
}

fn main() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    match cli.half {
        Some(Half::Serve(serve)) => server::serve(serve.settings()?).map(|()| ExitCode::SUCCESS),
        Some(Half::Attack(onslaught)) => client_runtime()?.block_on(onslaught.send()).map(|()| ExitCode::SUCCESS),
        Some(Half::Drill(exercise)) => exercise.run(),
        None => Exercise { which: Which::Stack, json: cli.json, cgroup: None }.run(),
    }
}

fn client_runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

fn print<R: Serialize + Display>(report: &R, json: bool) -> anyhow::Result<()> {
    let text = if json { serde_json::to_string_pretty(report)? } else { report.to_string() };
    Ok(writeln!(std::io::stdout(), "{text}")?)
}

impl Exercise {
    fn run(self) -> anyhow::Result<ExitCode> {
        let clients = client_runtime()?;
        let passed = match self.which {
            Which::Stack => {
                let report = clients.block_on(drill::run())?;
                print(&report, self.json)?;
                report.as_expected()
            }
            Which::Memory => {
                let limit = self.cgroup.map_or(Ok(Limit::ADDRESSES), Limit::of_group)?;
                let report = clients.block_on(memory::run(&limit))?;
                print(&report, self.json)?;
                report.as_expected()
            }
        };
        Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

impl Serve {
    fn settings(self) -> anyhow::Result<Settings> {
        let calls = match &self.calls_file {
            Some(path) => Some(
                OpenOptions::new()
                    .create(true)
                    .append(true)
                    .open(path)
                    .with_context(|| format!("cannot open {}", path.display()))?,
            ),
            None => None,
        };
        let twin = if self.unprotected { Twin::Unprotected } else { Twin::Protected };
        let Self { addr, addresses_mib, cgroup, incidents, with_parent, .. } = self;
        let confined = cgroup.map_or(Confined::Addresses(addresses_mib.saturating_mul(1 << 20)), Confined::Group);
        Ok(Settings { twin, addr, confined, incidents, calls, with_parent })
    }
}

impl Onslaught {
    async fn send(self) -> anyhow::Result<()> {
        let load = self.only.map_or_else(Load::full, Load::single);
        let bar = drill::progress(load.honest());
        let tally = load.send(self.addr, &bar).await.tally;
        bar.finish_and_clear();
        let mut stdout = std::io::stdout();
        writeln!(stdout, "honest requests answered: {}, lost: {}", tally.answered, tally.lost)?;
        for (code, count) in tally.refused {
            writeln!(stdout, "refused: {code}: {count}")?;
        }
        Ok(())
    }
}

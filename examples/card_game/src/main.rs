//! The incident drill: one game server, with the protections and without, under the same attack.

mod attack;
mod child;
mod client;
mod drill;
mod game;
mod protected;
mod report;
mod server;
mod traffic;
mod unprotected;
mod wire;

use std::fs::OpenOptions;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};

use crate::attack::Attack;
use crate::report::Report;
use crate::server::{Settings, Twin};
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
}

#[derive(Args)]
struct Serve {
    /// Leave the protections out
    #[arg(long)]
    unprotected: bool,
    /// Where to listen; port 0 lets the system choose
    #[arg(long, default_value = "127.0.0.1:0")]
    addr: SocketAddr,
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
        None => {
            let report = client_runtime()?.block_on(drill::run())?;
            print(&report, cli.json)?;
            Ok(if report.as_expected() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
    }
}

fn client_runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

fn print(report: &Report, json: bool) -> anyhow::Result<()> {
    let text = if json { serde_json::to_string_pretty(report)? } else { report.to_string() };
    Ok(writeln!(std::io::stdout(), "{text}")?)
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
        Ok(Settings { twin, addr: self.addr, calls, with_parent: self.with_parent })
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

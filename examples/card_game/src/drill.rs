//! The drill: both servers, the same traffic, one report.

use std::io::IsTerminal as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::ExitStatus;

use indicatif::{ProgressBar, ProgressStyle};

use crate::child::{End, Server};
use crate::report::{Outcome, Report};
use crate::server::Twin;
use crate::traffic::{Aftermath, Load};
use crate::wire::Request;

pub(crate) async fn run() -> anyhow::Result<Report> {
    let load = Load::full();
    let bar = progress(load.honest().saturating_mul(2));
    // Both before the first byte of traffic: a new process inherits the peak memory of the one that starts it, which is
    // least now.
    let (unprotected, protected) = (Server::start(Twin::Unprotected)?, Server::start(Twin::Protected)?);
    let unprotected = attend(unprotected, &load, &bar).await?;
    let protected = attend(protected, &load, &bar).await?;
    bar.finish_and_clear();
    Ok(Report { unprotected, protected, expected: load.refusals() })
}

/// Sends the load to a server, and looks whether it is still there.
async fn attend(server: Server, load: &Load, bar: &ProgressBar) -> anyhow::Result<Outcome> {
    let Aftermath { mut tally, mut attacker } = load.send(server.addr, bar).await;
    let before = tally.answered;
    tally.honest(&mut attacker, &Request::Play { slot: 0 }).await;
    let alive = tally.answered > before;
    let End { status, peak_rss_bytes, idle_pool_calls, last_words } =
        tokio::task::spawn_blocking(|| server.stop()).await??;
    let ended = if alive && status.success() { "alive".to_owned() } else { cause(status) };
    Ok(Outcome::new(ended, idle_pool_calls, peak_rss_bytes, tally, last_words))
}

pub(crate) fn cause(status: ExitStatus) -> String {
    match status.signal() {
        Some(signal) => format!("signal {signal}"),
        None => status.to_string(),
    }
}

/// On a terminal only.
pub(crate) fn progress(requests: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} honest requests, {elapsed}");
    ProgressBar::new(requests).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

//! Honest players and a health probe all the time, and attackers for a while.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use serde::Serialize;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::Recursion;
use crate::child;
use crate::client::Client;
use crate::wire::{Reply, Request};

const PLAYERS: u32 = 40;
const ATTACKERS: u32 = 16;
/// Above the accounts of the honest players, and all of level 1, in which a period of a second is a second long.
const ATTACKER: u32 = 900_000;
/// Between two requests of a player.
const PACE: Duration = Duration::from_millis(20);
/// Between two probes; and before an attacker who is refused comes again.
const PAUSE: Duration = Duration::from_millis(10);
/// The players alone.
const CALM: Duration = Duration::from_millis(500);
/// How long the attack goes on after the first refusal at the door.
const SIEGE: Duration = Duration::from_secs(2);
/// No attack lasts longer, whatever comes of it.
const LONGEST: Duration = Duration::from_mins(1);
/// When nobody was refused for so long, the door is open for all: of the 2,000 requests that come in a second, one that opens for a part
/// of them refuses some.
const QUIET: Duration = Duration::from_secs(1);
/// How long after the attack the players wait for that.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the clients saw.
#[derive(Default, Serialize)]
pub(crate) struct Seen {
    pub(crate) honest_answered: u64,
    /// At the door, as `memory`: they may simply come again.
    pub(crate) honest_refused: u64,
    /// Everything else: stopped after they were admitted, refused for what they are not, without an answer.
    pub(crate) honest_lost: u64,
    pub(crate) probes_answered: u64,
    pub(crate) probes_lost: u64,
    pub(crate) slowest_probe_ms: u64,
    /// After they were admitted: code to count.
    pub(crate) attacks_stopped: BTreeMap<String, u64>,
    /// At the door.
    pub(crate) attacks_refused: u64,
    /// From the end of the attack until an honest request was answered.
    pub(crate) open_after_ms: Option<u64>,
    /// And until the last one was refused.
    pub(crate) open_for_all_after_ms: Option<u64>,
    /// The most addresses that the server was seen to hold.
    #[serde(skip)]
    pub(crate) peak_addresses: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Attack,
    Honest,
    Over,
}

/// What every client follows.
#[derive(Clone)]
struct Field {
    addr: SocketAddr,
    recursion: Recursion,
    stage: watch::Receiver<Stage>,
    /// When somebody was last refused at the door.
    refused: watch::Sender<Option<Instant>>,
}

/// What one client saw, and when it was answered.
#[derive(Default)]
struct Diary {
    seen: Seen,
    answered: Vec<Instant>,
}

pub(super) async fn send(addr: SocketAddr, pid: u32, recursion: Recursion) -> Seen {
    let (stage, following) = watch::channel(Stage::Honest);
    let (refused, mut first_refused) = watch::channel(None);
    let field = Field { addr, recursion, stage: following, refused };
    let mut honest = JoinSet::new();
    for account in 0..PLAYERS {
        honest.spawn(play(field.clone(), account));
    }
    honest.spawn(probe(field.clone()));
    honest.spawn(measure(field.clone(), pid));
    sleep(CALM).await;

    stage.send_replace(Stage::Attack);
    let (mut attackers, mut diaries) = (JoinSet::new(), Vec::new());
    for number in 0..ATTACKERS {
        attackers.spawn(attack(field.clone(), number));
    }
    let siege = async {
        let _ = first_refused.wait_for(Option::is_some).await;
        sleep(SIEGE).await;
    };
    tokio::select! {
        () = siege => {}
        () = sleep(LONGEST) => {}
        // All of them have lost their server.
        () = all(&mut attackers, &mut diaries) => {}
    }
    stage.send_replace(Stage::Honest);
    all(&mut attackers, &mut diaries).await;
    let ended = Instant::now();

    let last_refused = || field.refused.borrow().map_or(ended, |last| last.max(ended));
    let quiet = async {
        while last_refused().elapsed() < QUIET {
            sleep(PAUSE).await;
        }
    };
    // Too late is what the report says then.
    let _ = timeout(PATIENCE, quiet).await;
    let last_refused = last_refused();
    stage.send_replace(Stage::Over);
    all(&mut honest, &mut diaries).await;

    let mut seen = Seen::default();
    let answered = diaries.iter().flat_map(|diary| &diary.answered).filter(|at| **at > ended).min();
    seen.open_after_ms = answered.map(|at| milliseconds(*at - ended));
    seen.open_for_all_after_ms = answered.map(|_| milliseconds(last_refused - ended));
    for diary in diaries {
        seen.add(diary.seen);
    }
    seen
}

async fn all(clients: &mut JoinSet<Diary>, diaries: &mut Vec<Diary>) {
    while let Some(ended) = clients.join_next().await {
        // Of a client whose own task failed nothing is known: a request of it counts as lost.
        let failed = || Diary { seen: Seen { honest_lost: 1, ..Seen::default() }, answered: Vec::new() };
        diaries.push(ended.unwrap_or_else(|_| failed()));
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

impl Field {
    fn is_over(&self) -> bool {
        *self.stage.borrow() == Stage::Over
    }

    fn is_attacked(&self) -> bool {
        *self.stage.borrow() == Stage::Attack
    }

    /// A connection, logged in.
    async fn enter(&self, account: u32) -> anyhow::Result<(Client, Reply)> {
        let mut client = Client::connect(self.addr).await?;
        let reply = client.ask(&Request::Login { account }).await?;
        Ok((client, reply))
    }

    fn note_refusal(&self) {
        self.refused.send_replace(Some(Instant::now()));
    }
}

/// Turn after turn, until all is over or the server is gone.
async fn play(field: Field, account: u32) -> Diary {
    let mut diary = Diary::default();
    let mut client = Client::connect(field.addr).await.ok();
    let mut turn = 0_u32;
    while !field.is_over() {
        let request = match turn % 4 {
            0 => Request::Login { account },
            1 => Request::Play { slot: 2 },
            2 => field.recursion.collect(10_800),
            _ => Request::Say { text: format!("player {account} says hello in turn {turn}") },
        };
        let reply = match &mut client {
            Some(client) => client.ask(&request).await.ok(),
            None => None,
        };
        match reply {
            Some(Reply::Refused { code, .. }) if code == "memory" => {
                diary.seen.honest_refused += 1;
                field.note_refusal();
            }
            Some(Reply::Welcome { .. } | Reply::Played { .. } | Reply::Gold(_) | Reply::Said { .. }) => {
                diary.seen.honest_answered += 1;
                diary.answered.push(Instant::now());
                turn += 1;
            }
            lost => {
                diary.seen.honest_lost += 1;
                if lost.is_none() {
                    break;
                }
            }
        }
        sleep(PACE).await;
    }
    diary
}

/// As an orchestrator asks, more often.
async fn probe(field: Field) -> Diary {
    let mut diary = Diary::default();
    let mut client = Client::connect(field.addr).await.ok();
    while !field.is_over() {
        let asked = Instant::now();
        let reply = match &mut client {
            Some(client) => client.ask(&Request::Health).await.ok(),
            None => None,
        };
        if reply != Some(Reply::Healthy) {
            diary.seen.probes_lost += 1;
            break;
        }
        diary.seen.probes_answered += 1;
        diary.seen.slowest_probe_ms = diary.seen.slowest_probe_ms.max(milliseconds(asked.elapsed()));
        sleep(PAUSE).await;
    }
    diary
}

async fn measure(field: Field, pid: u32) -> Diary {
    let mut diary = Diary::default();
    while !field.is_over() {
        diary.seen.peak_addresses = child::peak_addresses(pid).unwrap_or(0).max(diary.seen.peak_addresses);
        sleep(PAUSE).await;
    }
    diary
}

/// A second's period over a day's absence, again and again.
async fn attack(field: Field, number: u32) -> Diary {
    let mut diary = Diary::default();
    let account = ATTACKER.saturating_add(number.saturating_mul(50));
    let mut client = None;
    while field.is_attacked() {
        let reply = match &mut client {
            Some(client) => Client::ask(client, &field.recursion.collect(1)).await.ok(),
            None => match field.enter(account).await {
                Ok((entered, Reply::Welcome { .. })) => {
                    client = Some(entered);
                    continue;
                }
                Ok((_, reply)) => Some(reply),
                Err(_) => None,
            },
        };
        match reply {
            Some(Reply::Stopped { code }) => {
                let stopped = diary.seen.attacks_stopped.entry(code).or_default();
                *stopped += 1;
            }
            Some(Reply::Refused { .. }) => {
                diary.seen.attacks_refused += 1;
                field.note_refusal();
                sleep(PAUSE).await;
            }
            Some(_) => {}
            None => break,
        }
    }
    diary
}

impl Seen {
    fn add(&mut self, other: Self) {
        for (sum, more) in [
            (&mut self.honest_answered, other.honest_answered),
            (&mut self.honest_refused, other.honest_refused),
            (&mut self.honest_lost, other.honest_lost),
            (&mut self.probes_answered, other.probes_answered),
            (&mut self.probes_lost, other.probes_lost),
            (&mut self.attacks_refused, other.attacks_refused),
        ] {
            *sum = sum.saturating_add(more);
        }
        for (code, more) in other.attacks_stopped {
            let sum = self.attacks_stopped.entry(code).or_default();
            *sum = sum.saturating_add(more);
        }
        self.slowest_probe_ms = self.slowest_probe_ms.max(other.slowest_probe_ms);
        self.peak_addresses = self.peak_addresses.max(other.peak_addresses);
    }
}

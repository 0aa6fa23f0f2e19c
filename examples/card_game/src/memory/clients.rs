//! Who comes to the server.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::time::sleep;

use super::Recursion;
use super::seen::{Seen, count, milliseconds};
use crate::client::Client;
use crate::wire::{Reply, Request};

/// Above the accounts of the honest players, and all of level 1, in which a period of a second is a second long.
const ATTACKER: u32 = 900_000;
/// Between two requests of a player.
const PACE: Duration = Duration::from_millis(20);
/// Between two probes; and before an attacker who is refused comes again.
pub(super) const PAUSE: Duration = Duration::from_millis(10);

/// Who acts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Attack,
    Honest,
    Over,
}

/// What every client follows.
#[derive(Clone)]
pub(super) struct Field {
    pub(super) addr: SocketAddr,
    pub(super) recursion: Recursion,
    pub(super) stage: watch::Receiver<Stage>,
    /// When somebody was last refused at the door.
    pub(super) refused: watch::Sender<Option<Instant>>,
    /// An attacker has been.
    pub(super) repelled: watch::Sender<bool>,
}

/// What one client saw, and when it was answered.
#[derive(Default)]
pub(super) struct Diary {
    pub(super) seen: Seen,
    pub(super) answered: Vec<Instant>,
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
pub(super) async fn play(field: Field, account: u32) -> Diary {
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
                count(&mut diary.seen.honest_refused);
                field.note_refusal();
            }
            Some(Reply::Welcome { .. } | Reply::Played { .. } | Reply::Gold(_) | Reply::Said { .. }) => {
                count(&mut diary.seen.honest_answered);
                diary.answered.push(Instant::now());
                turn = turn.wrapping_add(1);
            }
            lost => {
                count(&mut diary.seen.honest_lost);
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
pub(super) async fn probe(field: Field) -> Diary {
    let mut diary = Diary::default();
    let mut client = Client::connect(field.addr).await.ok();
    while !field.is_over() {
        let asked = Instant::now();
        let reply = match &mut client {
            Some(client) => client.ask(&Request::Health).await.ok(),
            None => None,
        };
        if reply != Some(Reply::Healthy) {
            count(&mut diary.seen.probes_lost);
            break;
        }
        count(&mut diary.seen.probes_answered);
        diary.seen.slowest_probe_ms = diary.seen.slowest_probe_ms.max(milliseconds(asked.elapsed()));
        sleep(PAUSE).await;
    }
    diary
}

/// A second's period over a day's absence, again and again.
pub(super) async fn attack(field: Field, number: u32) -> Diary {
    let mut diary = Diary::default();
    let account = ATTACKER.saturating_add(number.saturating_mul(50));
    let mut client: Option<Client> = None;
    while field.is_attacked() {
        let reply = match &mut client {
            // An attacker waits for as long as it takes.
            Some(client) => client.exchange(&field.recursion.collect(1)).await.ok(),
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
                count(diary.seen.attacks_stopped.entry(code).or_default());
            }
            Some(Reply::Refused { .. }) => {
                count(&mut diary.seen.attacks_refused);
                field.note_refusal();
                field.repelled.send_replace(true);
                sleep(PAUSE).await;
            }
            Some(_) => {}
            None => break,
        }
    }
    diary
}

//! The traffic of a load test: honest players, and attackers among them.

use std::collections::BTreeMap;
use std::iter::repeat_n;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::ValueEnum as _;
use futures_util::future::join_all;
use indicatif::ProgressBar;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::attack::Attack;
use crate::client::Client;
use crate::protected::offer::Offer;
use crate::wire::{self, Reply, Request};

/// Requests of one honest player.
const TURNS: u32 = 40;

/// Who plays.
pub(crate) struct Load {
    players: u32,
    attacks: Vec<Attack>,
    /// Attackers of each kind.
    gang: u32,
}

/// What the clients saw.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) answered: u64,
    /// Honest requests with no answer, or refused.
    pub(crate) lost: u64,
    pub(crate) refused: BTreeMap<String, u64>,
    pub(crate) latencies: Vec<Duration>,
}

/// What is left when the traffic is over.
pub(crate) struct Aftermath {
    pub(crate) tally: Tally,
    /// A connection that has attacked, and still answers.
    pub(crate) attacker: Option<Client>,
}

impl Load {
    pub(crate) fn full() -> Self {
        Self { players: 200, attacks: Attack::value_variants().to_vec(), gang: 5 }
    }

    pub(crate) fn single(attack: Attack) -> Self {
        Self { players: 0, attacks: vec![attack], gang: 1 }
    }

    /// Honest requests in it.
    pub(crate) fn honest(&self) -> u64 {
        let players = u64::from(self.players).saturating_mul(TURNS.into());
        // One before the attack, one after.
        let attackers = self.attacks.iter().map(|_| u64::from(self.gang).saturating_mul(2));
        attackers.fold(players, u64::saturating_add)
    }

    /// The violations that a protected server answers with.
    pub(crate) fn refusals(&self) -> BTreeMap<String, u64> {
        let mut codes = BTreeMap::new();
        for attack in &self.attacks {
            count(&mut codes, attack.code(), self.gang.into());
        }
        codes
    }

    /// Everyone at once; the attacks begin when each player has played half of its turns, so that a server that dies has
    /// served before, and has players to lose.
    pub(crate) async fn send(&self, addr: SocketAddr, bar: &ProgressBar) -> Aftermath {
        // The players, and the attackers as one.
        let half_time = Arc::new(Barrier::new((self.players as usize).saturating_add(1)));
        let mut players = JoinSet::new();
        for account in 0..self.players {
            players.spawn(play(addr, account, Arc::clone(&half_time), bar.clone()));
        }
        let mut aftermath = self.attack(addr, &half_time, bar).await;
        while let Some(ended) = players.join_next().await {
            // Of a player whose own task failed nothing is known, so nothing of it counts as answered.
            aftermath.tally.add(ended.unwrap_or_else(|_| Tally { lost: TURNS.into(), ..Tally::default() }));
        }
        aftermath
    }

    /// Kind after kind, each gang at once.
    async fn attack(&self, addr: SocketAddr, half_time: &Barrier, bar: &ProgressBar) -> Aftermath {
        let attackers = (0..).zip(self.attacks.iter().flat_map(|attack| repeat_n(attack, self.gang as usize)));
        let mut gangs = join_all(attackers.map(|(number, attack)| Attacker::enter(addr, *attack, number))).await;
        half_time.wait().await;
        for gang in gangs.chunk_by_mut(|a, b| a.attack == b.attack) {
            join_all(gang.iter_mut().map(Attacker::strike)).await;
            bar.inc(u64::from(self.gang).saturating_mul(2));
        }
        let mut aftermath = Aftermath { tally: Tally::default(), attacker: None };
        for Attacker { tally, client, .. } in gangs {
            aftermath.tally.add(tally);
            aftermath.attacker = aftermath.attacker.or(client);
        }
        aftermath
    }
}

async fn play(addr: SocketAddr, account: u32, half_time: Arc<Barrier>, bar: ProgressBar) -> Tally {
    let mut tally = Tally::default();
    let mut client = Client::connect(addr).await.ok();
    for turn in 0..TURNS {
        if turn == TURNS / 2 {
            half_time.wait().await;
        }
        tally.honest(&mut client, &honest(account, turn)).await;
        bar.inc(1);
    }
    tally
}

/// Attacks once, between two honest requests on the same connection.
struct Attacker {
    attack: Attack,
    client: Option<Client>,
    tally: Tally,
}

impl Attacker {
    async fn enter(addr: SocketAddr, attack: Attack, number: u32) -> Self {
        let mut attacker = Self { attack, client: Client::connect(addr).await.ok(), tally: Tally::default() };
        let login = Request::Login { account: attack.account(number) };
        attacker.tally.honest(&mut attacker.client, &login).await;
        attacker
    }

    async fn strike(&mut self) {
        if let Some(Reply::Refused { code, .. }) = ask(&mut self.client, &self.attack.request()).await {
            count(&mut self.tally.refused, &code, 1);
        }
        self.tally.honest(&mut self.client, &COLLECT).await;
    }
}

/// A period of three hours: eight in a day's absence.
const COLLECT: Request = Request::CollectIdle { secs: 10_800 };

fn honest(account: u32, turn: u32) -> Request {
    match turn % 4 {
        _ if turn == 0 => Request::Login { account },
        0 => Request::Say { text: format!("player {account} says hello in turn {turn}") },
        1 => Request::Play { slot: 2 },
        2 => COLLECT,
        _ => Request::Trade { offer: offer().unwrap_or_default() },
    }
}

/// Two cards, one of them in a bundle of its own.
fn offer() -> postcard::Result<Vec<u8>> {
    let offer = Offer::Bundle(vec![Offer::Card(7), Offer::Bundle(vec![Offer::Card(9)])]);
    wire::encode(&offer).map(Into::into)
}

impl Tally {
    /// Sends a request that deserves its answer. A connection that fails once is gone, with all that it would have sent.
    pub(crate) async fn honest(&mut self, client: &mut Option<Client>, request: &Request) {
        let sent = Instant::now();
        match ask(client, request).await {
            Some(Reply::Refused { code, .. }) => {
                count(&mut self.refused, &code, 1);
                self.lost = self.lost.saturating_add(1);
            }
            None | Some(Reply::NotLoggedIn) => self.lost = self.lost.saturating_add(1),
            Some(_) => {
                self.answered = self.answered.saturating_add(1);
                self.latencies.push(sent.elapsed());
            }
        }
    }

    fn add(&mut self, other: Self) {
        self.answered = self.answered.saturating_add(other.answered);
        self.lost = self.lost.saturating_add(other.lost);
        self.latencies.extend(other.latencies);
        for (code, more) in other.refused {
            count(&mut self.refused, &code, more);
        }
    }
}

async fn ask(client: &mut Option<Client>, request: &Request) -> Option<Reply> {
    let reply = client.as_mut()?.ask(request).await.ok();
    if reply.is_none() {
        *client = None;
    }
    reply
}

fn count(codes: &mut BTreeMap<String, u64>, code: &str, more: u64) {
    let known = codes.entry(code.to_owned()).or_default();
    *known = known.saturating_add(more);
}

//! Honest players and a health probe all the time, and attackers for a while.

use std::cell::Cell;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::Recursion;
use super::clients::{Diary, Field, PAUSE, Stage, attack, play, probe};
use super::seen::{Seen, milliseconds};

const PLAYERS: u32 = 40;
const ATTACKERS: u32 = 16;
/// The players alone.
const CALM: Duration = Duration::from_millis(500);
/// How long the attack goes on after the first attacker was refused at the door.
const SIEGE: Duration = Duration::from_secs(2);
/// No attack lasts longer, whatever comes of it.
const LONGEST: Duration = Duration::from_mins(1);
/// When nobody was refused for so long, the door is open for all: of the 2,000 requests that come in a second, one that opens for a part
/// of them refuses some.
const QUIET: Duration = Duration::from_secs(1);
/// How long after the attack the players wait for that.
const PATIENCE: Duration = Duration::from_secs(20);

/// `peak` tells the most that the server has taken, while it is there.
pub(super) async fn send(addr: SocketAddr, recursion: Recursion, peak: impl Fn() -> Option<u64>) -> Seen {
    let highest = Cell::new(0);
    let watch = async {
        loop {
            highest.set(highest.get().max(peak().unwrap_or(0)));
            sleep(PAUSE).await;
        }
    };
    tokio::select! {
        seen = fight(addr, recursion) => Seen { peak: highest.get(), ..seen },
        () = watch => Seen::default(),
    }
}

async fn fight(addr: SocketAddr, recursion: Recursion) -> Seen {
    let (stage, following) = watch::channel(Stage::Honest);
    let (refused, _) = watch::channel(None);
    let (repelled, mut first_repelled) = watch::channel(false);
    let field = Field { addr, recursion, stage: following, refused, repelled };
    let mut honest = JoinSet::new();
    for account in 0..PLAYERS {
        honest.spawn(play(field.clone(), account));
    }
    honest.spawn(probe(field.clone()));
    sleep(CALM).await;

    stage.send_replace(Stage::Attack);
    let (mut attackers, mut diaries) = (JoinSet::new(), Vec::new());
    for number in 0..ATTACKERS {
        attackers.spawn(attack(field.clone(), number));
    }
    let siege = async {
        let _ = first_repelled.wait_for(|repelled| *repelled).await;
        sleep(SIEGE).await;
    };
    tokio::select! {
        () = siege => {}
        () = sleep(LONGEST) => {}
        // All of them have lost their server.
        () = all(&mut attackers, &mut diaries) => {}
    }
    stage.send_replace(Stage::Honest);
    let _ = timeout(LONGEST, all(&mut attackers, &mut diaries)).await;
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
    seen.open_after_ms = answered.map(|at| milliseconds(at.saturating_duration_since(ended)));
    seen.open_for_all_after_ms = answered.map(|_| milliseconds(last_refused.saturating_duration_since(ended)));
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

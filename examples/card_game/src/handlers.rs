//! The handlers, as a user of portcullis writes them. Compiled twice: `gate` is what differs.

use std::sync::{Arc, Mutex};

use portcullis::{FromViolation as _, Violation};

use super::gate::{bounded_recursion, checked_arithmetic, shed_load, zero_trust};
use super::offer::Offer;
use super::{boxed, growing};
use crate::game::{Player, World, held};
use crate::wire::{Reply, Request};

/// What a connection keeps between its requests.
pub(crate) struct Session {
    world: Arc<World>,
    player: Option<Arc<Mutex<Player>>>,
}

impl Session {
    pub(crate) fn new(world: Arc<World>) -> Self {
        Self { world, player: None }
    }

    pub(crate) async fn answer(&mut self, request: Request) -> Reply {
        match (request, &self.player) {
            (Request::Login { account }, _) => login(self, account),
            (Request::Health, _) => health(),
            (_, None) => Reply::NotLoggedIn,
            (Request::Play { slot }, Some(player)) => play(&mut held(player), slot),
            (Request::CollectIdle { secs }, Some(player)) => collect_idle(&self.world, &mut held(player), secs),
            (Request::Trade { offer }, Some(_)) => trade(&offer),
            (Request::Say { text }, Some(_)) => say(&self.world, text).await,
            (Request::CollectBoxed { secs }, Some(player)) => boxed::collect_idle(&self.world, player, secs).await,
            (Request::CollectGrowing { secs }, Some(player)) => growing::collect_idle(&self.world, player, secs).await,
        }
    }
}

/// Whatever the memory: a server that refuses its probe is killed for it.
#[shed_load(priority = probe)]
fn health() -> Reply {
    Reply::Healthy
}

#[zero_trust(shed_load(memory = "80%"))]
fn login(
    #[trusted(reason = "made by the server for this connection")] session: &mut Session,
    #[check(range(max = 999_999))] account: u32,
) -> Reply {
    let player = session.player.insert(session.world.player(account));
    let player = held(player);
    Reply::Welcome { level: player.level, gold: player.gold }
}

/// The rule knows how many cards a hand may hold. How many this one holds nobody asks, so `remove` would panic.
#[zero_trust(shed_load(memory = "80%"))]
fn play(#[trusted(reason = "the server's own state")] player: &mut Player, #[check(range(max = 9))] slot: u8) -> Reply {
    let card = player.hand.remove(usize::from(slot));
    player.draw();
    Reply::Played { card }
}

/// The incident's handler. Without its rule, `secs` is what the client likes.
#[zero_trust(shed_load(memory = "80%"))]
fn collect_idle(
    #[trusted(reason = "the server's own state")] world: &World,
    #[trusted(reason = "the server's own state")] player: &mut Player,
    #[check(range(min = 1, max = 86_400))] secs: i32,
) -> Reply {
    let period = secs * 1_000 * player.level;
    let now = world.now();
    match idle_pool(world, player.collected_at, now, period, player.level) {
        Ok(reward) => {
            player.gold += reward;
            player.collected_at = now;
            Reply::Gold(player.gold)
        }
        Err(violation) => Reply::from_violation(violation),
    }
}

/// The reward of the periods between two times. It trusts that a period brings `at` nearer to `now`.
#[bounded_recursion(max = 64)]
#[checked_arithmetic]
fn idle_pool(world: &World, at: i32, now: i32, period: i32, level: i32) -> Result<i32, Violation> {
    world.count_idle_pool();
    if now - at < period {
        return Ok(0);
    }
    Ok(level + idle_pool(world, at + period, now, period, level)?)
}

/// The rule bounds the bytes. It cannot see the depth that they decode to.
#[zero_trust(shed_load(memory = "80%"))]
fn trade(#[check(length(min = 1, max = 262_144))] offer: &[u8]) -> Reply {
    match Offer::decode(offer) {
        Ok(offer) => Reply::Offered { cards: offer.cards() },
        Err(violation) => Reply::from_violation(violation),
    }
}

/// The lobby shows the first 80 bytes of a line, and forgets that a character may be longer than one.
#[zero_trust(shed_load(memory = "80%"))]
#[expect(clippy::expect_used, reason = "the drill is about handlers that panic")]
async fn say(
    #[trusted(reason = "the server's own state")] world: &World,
    #[check(length(min = 1, max = 280), non_control)] mut text: String,
) -> Reply {
    if text.len() > 80 {
        let mut line = text.into_bytes();
        line.truncate(80);
        text = String::from_utf8(line).expect("what was text is text");
    }
    let lines = world.say(text).await;
    Reply::Said { lines: u32::try_from(lines).unwrap_or(u32::MAX) }
}

//! One collection of the idle pool, as its levels share it. Compiled once: nothing in it recurses.

use std::future::pending;
use std::process::abort;
use std::sync::{Arc, Mutex};

use portcullis::Violation;
use tokio::task::JoinHandle;

use crate::game::{Player, World, held};
use crate::wire::Reply;

/// Entries of the ledger on a page: 64 KiB.
pub(crate) const PAGE: usize = 8_192;

#[derive(Clone)]
pub(crate) struct Pool {
    pub(crate) world: Arc<World>,
    /// Whose it is.
    pub(crate) account: u32,
    pub(crate) level: i32,
    /// How long a reward period lasts, in milliseconds.
    pub(crate) period: i32,
    pub(crate) now: i32,
}

impl Pool {
    /// Ends the collection: pays out what its levels came to.
    pub(crate) fn pay(&self, player: &Mutex<Player>, reward: Result<i32, Violation>) -> Reply {
        match reward {
            Ok(reward) => {
                let mut player = held(player);
                player.gold = player.gold.saturating_add(reward);
                player.collected_at = self.now;
                Reply::Gold(player.gold)
            }
            Err(violation) => Reply::Stopped { code: violation.code().to_owned() },
        }
    }
}

/// What a level comes to that runs elsewhere. One that panicked has entered half of its pages: a server that goes on would pay out of them.
pub(crate) async fn joined<T>(level: JoinHandle<T>) -> T {
    match level.await {
        Ok(came_to) => came_to,
        Err(error) if error.is_panic() => abort(),
        // The server ends, and so does who waits here.
        Err(_) => pending().await,
    }
}

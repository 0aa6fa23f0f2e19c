//! The game's state, which outlives every request and every connection.

use std::collections::{HashMap, VecDeque};
use std::fs::File;
use std::io::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use crate::pool::PAGE;

/// Cards in a hand.
const HAND: u16 = 5;
/// Accounts were last collected this long before the server started: a day, in the game's 32-bit milliseconds.
const ABSENCE_MS: i32 = 86_400_000;
/// The lobby's memory.
const LINES: usize = 100;

pub(crate) struct World {
    started: Instant,
    players: Mutex<HashMap<u32, Arc<Mutex<Player>>>>,
    lobby: tokio::sync::Mutex<VecDeque<String>>,
    calls: Option<File>,
}

pub(crate) struct Player {
    account: u32,
    pub(crate) level: i32,
    pub(crate) gold: i32,
    /// On the clock of [`World::now`].
    pub(crate) collected_at: i32,
    pub(crate) hand: Vec<u16>,
    drawn: u16,
}

impl World {
    /// `calls`: a file that grows by one byte for each call of `idle_pool`. It is still there when the process is not.
    pub(crate) fn new(calls: Option<File>) -> Self {
        Self { started: Instant::now(), players: Mutex::default(), lobby: tokio::sync::Mutex::default(), calls }
    }

    /// The player of this account, the same one for every connection.
    pub(crate) fn player(&self, account: u32) -> Arc<Mutex<Player>> {
        Arc::clone(held(&self.players).entry(account).or_insert_with(|| Arc::new(Mutex::new(Player::stored(account)))))
    }

    /// Milliseconds since the server started.
    pub(crate) fn now(&self) -> i32 {
        i32::try_from(self.started.elapsed().as_millis()).unwrap_or(i32::MAX)
    }

    pub(crate) fn count_idle_pool(&self) {
        if let Some(mut file) = self.calls.as_ref() {
            // The drill fails by itself when the count is short; the game goes on without it.
            let _ = file.write_all(b".");
        }
    }

    /// The page of the ledger of this time.
    pub(crate) fn page(&self, at: i32) -> Vec<u64> {
        let mut page = vec![0; PAGE];
        self.read(at, &mut page);
        page
    }

    /// The same, to where the caller has room. What stands there is invented; that it takes room is not.
    pub(crate) fn read(&self, at: i32, page: &mut [u64]) {
        page.fill(self.started.elapsed().as_secs() ^ u64::from(at.unsigned_abs()));
    }

    /// Enters a page, and tells the gold that it brings beyond the level's: none, for the drill.
    pub(crate) fn settle(&self, page: &[u64]) -> i32 {
        let longest = u64::from(i32::MIN.unsigned_abs()) << 1 | self.started.elapsed().as_secs();
        i32::from(page.iter().any(|entry| *entry > longest))
    }

    /// Adds a line to the lobby, and tells how many it holds.
    pub(crate) async fn say(&self, line: String) -> usize {
        let mut lobby = self.lobby.lock().await;
        if lobby.len() >= LINES {
            lobby.pop_front();
        }
        lobby.push_back(line);
        lobby.len()
    }
}

impl Player {
    /// As the account was stored: levels 1 to 50, for the drill told by the account's number.
    fn stored(account: u32) -> Self {
        let mut player = Self {
            account,
            level: i32::try_from(account % 50).unwrap_or(0).saturating_add(1),
            gold: 0,
            collected_at: ABSENCE_MS.saturating_neg(),
            hand: Vec::new(),
            drawn: 0,
        };
        (0..HAND).for_each(|_| player.draw());
        player
    }

    /// Whose, of which level, and since when, its idle pool is.
    pub(crate) fn idle(&self) -> (u32, i32, i32) {
        (self.account, self.level, self.collected_at)
    }

    pub(crate) fn draw(&mut self) {
        self.hand.push(self.drawn);
        self.drawn = self.drawn.wrapping_add(1);
    }
}

/// Locks also what a panicking handler held: in the twin without protection only its own connection is to end.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

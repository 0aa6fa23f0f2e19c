//! `allocation_budget`: what a request may ask for in all.
//!
//! What a thread has counted is added to the account of the request that it works on when it turns to another, and when it has asked for
//! as much as was left: the allocator then makes the next checkpoint look. Threads that work on the same request have its account in common.
//! Each of them looks when it has asked for a part of what was left.

use alloc::sync::Arc;
use core::cell::Cell;
use core::sync::atomic::{AtomicU64, Ordering};
use std::sync::Once;
use std::thread_local;

use super::{ensure_installed, is_installed, settle, slot};
use crate::Violation;
use crate::depth::limit::Limit;
use crate::memory::announce;
use crate::request::{self, Handler, InRequest};
use crate::violation::Cause;

/// Of what is left, so much does a thread that is not alone ask for before it looks: one part of so many.
const PARTS: u64 = 8;

/// Less is not worth a look.
const LEAST: u64 = 4_096;

/// The bytes of a request, or of a part of it that has a limit of its own.
#[derive(Debug)]
pub(crate) struct Account {
    max: u64,
    spent: AtomicU64,
    /// Nobody stops for it.
    observed: bool,
    /// Of the limit further out, from which each byte is taken too.
    within: Option<Arc<Account>>,
}

impl Account {
    fn all(&self) -> impl Iterator<Item = &Self> {
        core::iter::successors(Some(self), |account| account.within.as_deref())
    }

    fn in_force(&self) -> impl Iterator<Item = &Self> {
        self.all().filter(|account| !account.observed)
    }

    pub(super) fn charge(&self, bytes: u64) {
        self.all().for_each(|account| {
            account.spent.fetch_add(bytes, Ordering::Relaxed);
        });
    }

    fn left(&self) -> u64 {
        let left = |account: &Self| account.max.saturating_sub(account.spent.load(Ordering::Relaxed));
        self.in_force().map(left).min().unwrap_or(u64::MAX)
    }

    /// The limit that is passed.
    fn broken(&self) -> Option<(u64, u64)> {
        self.in_force()
            .map(|account| (account.max, account.spent.load(Ordering::Relaxed)))
            .find(|(max, spent)| spent > max)
    }
}

thread_local! {
    /// Of the request in force.
    static ACCOUNT: Cell<Option<Arc<Account>>> = const { Cell::new(None) };
}

/// While the thread ends there is none any more.
fn replace(account: Option<Arc<Account>>) -> Option<Arc<Account>> {
    ACCOUNT.try_with(|current| current.replace(account)).ok().flatten()
}

/// Of the request in force.
pub(super) fn with<R>(ask: impl FnOnce(Option<&Arc<Account>>) -> R) -> R {
    let account = replace(None);
    let answer = ask(account.as_ref());
    replace(account);
    answer
}

fn in_force() -> Option<Arc<Account>> {
    let account = replace(None);
    replace(account.clone());
    account
}

/// One with this limit, within that in force.
fn open(max: u64) -> Arc<Account> {
    ensure_installed();
    Arc::new(Account { max, spent: AtomicU64::new(0), observed: false, within: in_force() })
}

/// The same for who only observes.
fn open_observed(max: u64) -> Arc<Account> {
    static SAID: Once = Once::new();
    if !is_installed() {
        SAID.call_once(|| {
            announce::say(format_args!(
                "`allocation_budget` observes nothing, since `Counting` is not the global allocator"
            ));
        });
    }
    Arc::new(Account { max, spent: AtomicU64::new(0), observed: true, within: in_force() })
}

/// Puts an account in force, and gives the one that was.
fn enter(account: Option<Arc<Account>>) -> Option<Arc<Account>> {
    let outer = replace(account);
    arm();
    outer
}

/// Until when the allocator says nothing.
fn arm() {
    with(|account| match account {
        None => slot::disarm(),
        Some(account) => {
            let left = account.left();
            let alone = Arc::strong_count(account) == 1 && account.within.is_none();
            slot::arm(if alone { left } else { left.min(LEAST.max(left / PARTS)) });
        }
    });
}

/// Whether the request has asked for too much.
#[track_caller]
pub(crate) fn look() -> Result<(), Violation> {
    if with(|account| account.is_none()) {
        return Ok(());
    }
    settle(request::handler());
    arm();
    match with(|account| account.and_then(|account| account.broken())) {
        Some((max, spent)) => Err(Violation::new("allocation", Cause::Budget { max, spent })),
        None => Ok(()),
    }
}

/// The limit of a function, for as long as it runs.
#[derive(Debug)]
#[must_use]
pub struct Budget {
    outer: Option<Arc<Account>>,
}

impl Budget {
    /// Begins it.
    pub fn enter(max: impl Limit) -> Self {
        settle(request::handler());
        Self { outer: enter(Some(open(max.count()))) }
    }
}

impl Drop for Budget {
    fn drop(&mut self) {
        settle(request::handler());
        drop(enter(self.outer.take()));
    }
}

/// `allocation_budget` of an `async fn`.
#[inline]
pub fn budgeted<F>(max: impl Limit, request: InRequest<F>) -> InRequest<F> {
    request.with_bytes(Bytes { max: Some(max.count()), ..Bytes::new() })
}

/// The account as a future keeps it between its polls, or a closure until it is called.
#[derive(Debug)]
pub(crate) struct Bytes {
    /// A limit of its own, until it joins a request.
    max: Option<u64>,
    /// Its own, or that which it was taken along with. Without one, that of whoever polls is in force.
    account: Option<Arc<Account>>,
    /// It was taken along: what is around has nothing to do with it.
    apart: bool,
    /// Of a function that only observes.
    observed: bool,
}

/// What was in force around it.
#[derive(Debug)]
pub(crate) enum Outer {
    /// It is in force still.
    InForce,
    Replaced(Option<Arc<Account>>),
}

impl Bytes {
    pub(crate) const fn new() -> Self {
        Self { max: None, account: None, apart: false, observed: false }
    }

    /// A limit that nobody stops for.
    #[inline]
    pub(crate) const fn observed(max: u64) -> Self {
        Self { max: Some(max), account: None, apart: false, observed: true }
    }

    /// Whether it was passed, where it was only observed.
    pub(crate) fn overspent(&self) -> Option<Violation> {
        let account = self.account.as_ref().filter(|account| account.observed)?;
        let (max, spent) = (account.max, account.spent.load(Ordering::Relaxed));
        (spent > max).then(|| Violation::without_place("allocation", Cause::Budget { max, spent }))
    }

    /// Of the request in force, for what will run elsewhere.
    pub(crate) fn carried() -> Self {
        let account = in_force();
        // It is alone no more.
        arm();
        Self { account, apart: true, ..Self::new() }
    }

    /// Joins the request that this thread works on.
    #[inline]
    pub(crate) fn join(&mut self) {
        if let Some(max) = self.max.take() {
            self.account = Some(if self.observed { open_observed(max) } else { open(max) });
        }
    }

    /// Puts it in force, for one of `handler`, which is not in force yet: what was counted before belongs to what is.
    #[inline]
    pub(crate) fn enter(&mut self, handler: Option<&'static Handler>) -> Outer {
        settle(handler);
        let has = self.apart || self.account.is_some();
        if has { Outer::Replaced(enter(self.account.take())) } else { Outer::InForce }
    }

    /// Puts back what was there, where `handler` will be in force again.
    #[inline]
    pub(crate) fn leave(&mut self, outer: &mut Outer, handler: Option<&'static Handler>) {
        settle(handler);
        if let Outer::Replaced(outer) = outer {
            self.account = enter(outer.take());
        }
    }
}

//! One handler behind every protection that there is, and what it may do.

use std::future::pending;
use std::hint::black_box;
use std::pin::Pin;
use std::time::Duration;

use portcullis::{Tasks, Violation, channel, interval, live_timers, sleep, time_left, zero_trust};

use super::dice::Dice;

portcullis::recursion_group!(pub(super) DEEP);

/// Requests in the handler at once.
pub(super) const PERMITS: u32 = 24;

pub(super) static TASKS: Tasks = Tasks::new(200);

/// What a request does, of so many; the next number is refused by its rule.
pub(super) const KINDS: u64 = 20;

/// Who holds a permit on purpose may take as long as a busy machine takes.
const fn within(is_held: bool) -> Duration {
    if is_held { Duration::from_mins(5) } else { Duration::from_millis(20) }
}

#[zero_trust(
    bounded_recursion(max = 8, group = DEEP, key = dice.number()),
    shed_load(memory = "85%"),
    bounded_concurrency(max = PERMITS),
    deadline(within(held.is_some())),
    bounded_steps(max = 300),
    bounded_allocation(max = "64KiB"),
    allocation_budget = "512KiB"
)]
pub(super) async fn handle(
    #[check(range(max = 19))] kind: u64,
    #[trusted(reason = "the soak's own")] mut dice: Dice,
    #[trusted(reason = "the soak's own")] held: Option<Held>,
) -> Result<u64, Violation> {
    if let Some(held) = held {
        held.await;
        return Ok(0);
    }
    // Any place may be that at which it is cancelled.
    for _ in 0..dice.roll(3) {
        tokio::task::yield_now().await;
    }
    let any = dice.roll(u64::MAX);
    let small = usize::try_from(dice.roll(8)).unwrap_or(0);
    match kind {
        0 => Ok(any + (u64::MAX >> dice.roll(3))),
        1 => Ok([3, 1, 4, 1][small]),
        2 => Ok(u64::from(any as u8)),
        3 => panic!("{}", super::DICE),
        4 => Ok(1 + Box::pin(handle(dice.roll(6), dice, None)).await?),
        // Too deep for one of four.
        5 => descend(dice.roll(12), dice).await,
        6 => {
            let mut sum = 0_u64;
            for step in 0..dice.roll(600) {
                sum = sum.wrapping_add(step);
            }
            Ok(sum)
        }
        7 => Ok(black_box(vec![1_u8; 128 << dice.roll(11)]).len() as u64),
        8 => {
            let mut kept = 0;
            for _ in 0..dice.roll(30) {
                kept += black_box(vec![1_u8; 32 << 10]).len() as u64;
            }
            Ok(kept)
        }
        // Until its deadline, now and then.
        9 if dice.roll(8) == 0 => pending().await,
        9 => settle(dice.roll(14), dice),
        10 => tasks(dice).await,
        11 => messages(dice).await,
        12 => timers(dice).await,
        // On a thread that may wait, with its panics.
        13 => {
            let call = TASKS.spawn_blocking(move || settle(dice.roll(14), dice))?;
            call.await.unwrap_or(Ok(0))
        }
        14 => Ok(time_left().map_or(0, |left| left.subsec_micros().into())),
        15 => Ok(live_timers() as u64),
        16 => nested(dice).await,
        17 => {
            // A panic of a task is that task's alone.
            let task = portcullis::spawn(async move {
                tokio::task::yield_now().await;
                settle(9, dice)
            });
            task.await.unwrap_or(Ok(0))
        }
        _ => Ok(any),
    }
}

/// What a request waits for that holds its permit.
type Held = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Takes a permit of the handler for as long as the future runs.
pub(super) async fn hold(future: impl Future<Output = ()> + Send + 'static) -> Result<u64, Violation> {
    handle(0, Dice::of(0), Some(Box::pin(future))).await
}

async fn descend(levels: u64, dice: Dice) -> Result<u64, Violation> {
    #[zero_trust(bounded_recursion(max = 8, group = DEEP), bounded_steps(max = 100))]
    async fn deeper(
        #[trusted(reason = "the soak's own")] levels: u64,
        #[trusted(reason = "the soak's own")] mut dice: Dice,
    ) -> Result<u64, Violation> {
        if dice.roll(3) == 0 {
            tokio::task::yield_now().await;
        }
        if levels == 0 { Ok(0) } else { Ok(1 + Box::pin(deeper(levels - 1, dice)).await?) }
    }
    deeper(levels, dice).await
}

/// In sync code, with a panic for one of fourteen.
#[zero_trust(bounded_recursion(max = 8, group = DEEP), deadline("1s"), bounded_steps(max = 200), without(catch_panic))]
fn settle(
    #[trusted(reason = "the soak's own")] levels: u64,
    #[trusted(reason = "the soak's own")] mut dice: Dice,
) -> Result<u64, Violation> {
    match levels {
        0 => Ok(dice.roll(9)),
        9 => panic!("{}", super::DICE),
        _ => Ok(1 + settle(levels - 1, dice)?),
    }
}

/// Some are waited for, some are aborted, some outlive the request, and some panic.
async fn tasks(mut dice: Dice) -> Result<u64, Violation> {
    let mut joined = 0;
    for _ in 0..=dice.roll(4) {
        let mut own = dice.split();
        let task = TASKS.spawn(async move {
            for _ in 0..own.roll(4) {
                tokio::task::yield_now().await;
            }
            assert!(own.roll(6) > 0, "{}", super::DICE);
            // A part of the request, that may come when it is over.
            nested(own).await
        })?;
        match dice.roll(3) {
            0 => joined += task.await.unwrap_or(Ok(0))?,
            1 => task.abort(),
            _ => {}
        }
    }
    Ok(joined)
}

/// More than are read; one end or the other goes first.
async fn messages(mut dice: Dice) -> Result<u64, Violation> {
    let (sender, mut receiver) = channel(4);
    let (sent, read) = (dice.roll(8), dice.roll(6));
    let reader = portcullis::spawn(async move {
        let mut sum = 0;
        for _ in 0..read {
            sum += receiver.recv().await?;
        }
        Ok::<u64, Violation>(sum)
    });
    for message in 0..sent {
        if dice.roll(20) == 0 {
            sender.try_send(message)?;
        } else {
            sender.send(message).await?;
        }
    }
    drop(sender);
    reader.await.unwrap_or(Ok(0))
}

/// An interval that a task takes along ends with the request.
async fn timers(mut dice: Dice) -> Result<u64, Violation> {
    let mut ticks = interval(Duration::from_micros(200 + dice.roll(500)))?;
    let task = portcullis::spawn(async move {
        let mut count = 0_u64;
        while ticks.tick().await.is_ok() {
            count += 1;
        }
        count
    });
    let slept = sleep(Duration::from_micros(dice.roll(2_000))).await;
    if dice.roll(2) == 0 {
        task.abort();
    }
    Ok(u64::from(slept.is_ok()))
}

/// With a permit of its own, of few.
#[zero_trust(bounded_concurrency(max = 4), bounded_steps(max = 50), or(return Err(violation)))]
async fn nested(#[trusted(reason = "the soak's own")] mut dice: Dice) -> Result<u64, Violation> {
    for _ in 0..dice.roll(3) {
        tokio::task::yield_now().await;
    }
    Ok(dice.roll(100) / dice.roll(20))
}

/// Behind a gate that is always shut.
#[zero_trust(shed_load(memory = "1MiB"))]
pub(super) fn full() -> Result<(), Violation> {
    Ok(())
}

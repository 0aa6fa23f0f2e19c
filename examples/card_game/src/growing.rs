//! The idle pool as the second repair would have it: "the stack is too small, so let it grow". Each level asks whether there is room, and
//! goes on in a new segment where there is not. Compiled twice, as the handlers are.

use std::sync::{Arc, Mutex};

use portcullis::Violation;

use super::gate::{bounded_recursion, bounded_steps, checked_arithmetic, spawn_blocking, zero_trust};
use crate::game::{Player, World, held};
use crate::pool::{PAGE, Pool, joined};
use crate::wire::Reply;

/// More than a level takes, with room for what it calls.
const RED_ZONE: usize = 512 << 10;
const SEGMENT: usize = 4 << 20;

/// On a thread that may be busy for long.
#[zero_trust(shed_load(memory = "80%"))]
pub(crate) async fn collect_idle(
    #[trusted(reason = "the server's own state")] world: &Arc<World>,
    #[trusted(reason = "the server's own state")] player: &Mutex<Player>,
    #[check(range(min = 1, max = 86_400))] secs: i32,
) -> Reply {
    let (account, level, from) = held(player).idle();
    let pool = Pool { world: Arc::clone(world), account, level, period: secs * 1_000 * level, now: world.now() };
    let levels = pool.clone();
    let reward = joined(spawn_blocking(move || idle_pool(&levels, from))).await;
    pool.pay(player, reward)
}

/// The limit is that of the boxed one, for the same reason.
#[bounded_recursion(max = 4_096, key = pool.account)]
#[bounded_steps(max = 10_000)]
fn idle_pool(pool: &Pool, at: i32) -> Result<i32, Violation> {
    stacker::maybe_grow(RED_ZONE, SEGMENT, || settle(pool, at))
}

#[checked_arithmetic]
#[expect(clippy::large_stack_arrays, reason = "the drill is about stacks that grow")]
fn settle(pool: &Pool, at: i32) -> Result<i32, Violation> {
    if pool.now - at < pool.period {
        return Ok(0);
    }
    let mut page = [0; PAGE];
    pool.world.read(at, &mut page);
    let rest = idle_pool(pool, at + pool.period)?;
    Ok(pool.level + rest + pool.world.settle(&page))
}

//! The idle pool as the first repair would have it: "the stack is too small, so box it". Each level is a future in the heap and a
//! task of its own, so that no stack grows. Compiled twice, as the handlers are.

use std::pin::Pin;
use std::sync::{Arc, Mutex};

use portcullis::Violation;

use super::gate::{spawn, zero_trust};
use crate::game::{Player, World, held};
use crate::pool::{Pool, joined};
use crate::wire::Reply;

#[zero_trust(shed_load(memory = "80%"))]
pub(crate) async fn collect_idle(
    #[trusted(reason = "the server's own state")] world: &Arc<World>,
    #[trusted(reason = "the server's own state")] player: &Mutex<Player>,
    #[check(range(min = 1, max = 86_400))] secs: i32,
) -> Reply {
    let (account, level, from) = held(player).idle();
    let pool = Pool { world: Arc::clone(world), account, level, period: secs * 1_000 * level, now: world.now() };
    let reward = idle_pool(pool.clone(), from).await;
    pool.pay(player, reward)
}

/// An hour's absence in periods of a second is honest, and 3,600 levels deep: the limit has to let it pass. It keeps a request within
/// 256 MiB, and says nothing of how many of them there are.
#[zero_trust(bounded_recursion(max = 4_096, key = pool.account), bounded_steps(max = 10_000))]
fn idle_pool(
    #[trusted(reason = "made by the handler")] pool: Pool,
    #[trusted(reason = "made by the handler")] at: i32,
) -> Pin<Box<dyn Future<Output = Result<i32, Violation>> + Send>> {
    Box::pin(async move {
        if pool.now - at < pool.period {
            return Ok(0);
        }
        // Kept until the periods after it are settled, which are entered first.
        let page = pool.world.page(at);
        let rest = joined(spawn(idle_pool(pool.clone(), at + pool.period))).await?;
        Ok(pool.level + rest + pool.world.settle(&page))
    })
}

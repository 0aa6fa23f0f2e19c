//! Beside other attributes, on methods, on blocks.

use std::future::Future;
use std::pin::Pin;

use portcullis::{Violation, bounded_steps, catch_panic, checked_arithmetic, deadline, zero_trust};

use super::Count;
use crate::common::{Later, code, run};

/// Whichever of the two is expanded first, an iteration is one step.
macro_rules! orders {
    ($($name:ident: $(#[$attribute:meta])*;)*) => {$(
        #[test]
        fn $name() {
            $(#[$attribute])*
            fn sync(n: u32, count: &Count) -> Result<u32, Violation> {
                for _ in 0..n {
                    count.one();
                }
                Ok(n)
            }
            $(#[$attribute])*
            async fn future(n: u32, count: &Count) -> Result<u32, Violation> {
                for _ in 0..n {
                    Later::default().await;
                    count.one();
                }
                Ok(n)
            }
            $(#[$attribute])*
            fn closure(n: u32, count: &Count) -> Result<u32, Violation> {
                let each = |n| {
                    for _ in 0..n {
                        count.one();
                    }
                };
                each(n);
                Ok(n)
            }
            // The call itself is a step of the one around.
            #[bounded_steps(max = 6)]
            fn around(n: u32, count: &Count) -> Result<u32, Violation> {
                sync(n, count)
            }
            let count = Count::default();
            assert_eq!(sync(9, &count).unwrap(), 9);
            assert_eq!(run(future(9, &count)).unwrap(), 9);
            assert_eq!(closure(9, &count).unwrap(), 9);
            assert_eq!(around(5, &count).unwrap(), 5);
            assert_eq!(count.taken(), 32);
            assert_eq!(code(sync(10, &count)), "steps");
            assert_eq!(code(run(future(10, &count))), "steps");
            assert_eq!(code(closure(10, &count)), "steps");
            assert_eq!(count.taken(), 27);
            assert_eq!(code(around(6, &count)), "steps");
            assert_eq!(count.taken(), 5);
        }
    )*};
}
orders! {
    alone: #[bounded_steps(max = 9)];
    above_a_deadline: #[bounded_steps(max = 9)] #[deadline("1h")];
    below_a_deadline: #[deadline("1h")] #[bounded_steps(max = 9)];
    above_a_boundary: #[bounded_steps(max = 9)] #[catch_panic];
    below_a_boundary: #[catch_panic] #[bounded_steps(max = 9)];
    between: #[deadline("1h")] #[bounded_steps(max = 9)] #[catch_panic];
    above_arithmetic: #[bounded_steps(max = 9)] #[checked_arithmetic];
    below_arithmetic: #[checked_arithmetic] #[bounded_steps(max = 9)];
    in_all: #[zero_trust(bounded_steps(max = 9), without(validated_input))];
    in_all_with_a_deadline: #[zero_trust(bounded_steps(max = 9), deadline("1h"), without(validated_input))];
    beside_all: #[zero_trust(deadline("1h"), without(bounded_steps, validated_input))] #[bounded_steps(max = 9)];
    above_all: #[bounded_steps(max = 9)] #[zero_trust(deadline("1h"), without(bounded_steps, validated_input))];
}

#[test]
fn each_has_its_own_way_out() {
    use portcullis::testing::Clock;
    use std::time::Duration;

    macro_rules! both {
        ($name:ident: $(#[$attribute:meta])*) => {
            $(#[$attribute])*
            fn $name(n: u32, clock: &Clock) -> &'static str {
                let each = || {
                    for _ in 0..n {
                        clock.advance(Duration::from_millis(1));
                    }
                };
                each();
                for _ in 0..n {
                    clock.advance(Duration::from_millis(1));
                }
                "done"
            }
        };
    }
    both!(steps_first: #[bounded_steps(max = 200, or(return "steps"))] #[deadline("50ms", or(return "deadline"))]);
    both!(deadline_first: #[deadline("50ms", or(return "deadline"))] #[bounded_steps(max = 200, or(return "steps"))]);
    both!(few_steps_first: #[bounded_steps(max = 40, or(return "steps"))] #[deadline("50ms", or(return "deadline"))]);
    both!(few_deadline_first: #[deadline("50ms", or(return "deadline"))] #[bounded_steps(max = 40, or(return "steps"))]);
    let clock = Clock::new();
    clock.hold(|| {
        for both in [steps_first, deadline_first] {
            assert_eq!(both(24, clock), "done");
            assert_eq!(both(26, clock), "deadline");
            assert_eq!(both(70, clock), "deadline");
        }
        for both in [few_steps_first, few_deadline_first] {
            assert_eq!(both(20, clock), "done");
            assert_eq!(both(21, clock), "steps");
            assert_eq!(both(41, clock), "steps");
        }
    });
}

struct Pool(u32);

#[zero_trust(bounded_steps(max = 5))]
impl Pool {
    fn fill(&mut self, #[check(range(max = 100))] n: u32) -> Result<u32, Violation> {
        for _ in 0..n {
            self.0 += 1;
        }
        Ok(self.0)
    }

    #[bounded_steps(max = 7)]
    async fn later(self, #[check(range(max = 100))] n: u32) -> Result<u32, Violation> {
        let Pool(mut filled) = self;
        for _ in 0..n {
            Later::default().await;
            filled += 1;
        }
        Ok(filled)
    }
}

#[test]
fn methods_of_a_block() {
    assert_eq!(Pool(1).fill(5).unwrap(), 6);
    let mut pool = Pool(1);
    assert_eq!(code(pool.fill(6)), "steps");
    // A refusal undoes nothing.
    assert_eq!(pool.0, 6);
    assert_eq!(run(Pool(0).later(7)).unwrap(), 7);
    assert_eq!(code(run(Pool(0).later(8))), "steps");
}

#[async_trait::async_trait]
trait Collect {
    async fn collect(&self, n: u32) -> Result<u32, Violation>;
    async fn twice(&self, n: u32) -> Result<u32, Violation>;
}

#[async_trait::async_trait]
impl Collect for Pool {
    #[bounded_steps(max = self.0)]
    async fn collect(&self, n: u32) -> Result<u32, Violation> {
        for _ in 0..n {
            std::future::ready(()).await;
        }
        Ok(n)
    }

    #[zero_trust(bounded_steps(max = 4), without(validated_input))]
    async fn twice(&self, n: u32) -> Result<u32, Violation> {
        self.collect(n).await?;
        self.collect(0).await
    }
}

#[test]
fn async_trait() {
    let pool = Pool(3);
    assert_eq!(run(pool.collect(3)).unwrap(), 3);
    assert_eq!(code(run(pool.collect(4))), "steps");
    run(pool.twice(2)).unwrap();
    assert_eq!(code(run(pool.twice(3))), "steps");
}

#[test]
fn a_future_by_hand() {
    #[bounded_steps(max = 4)]
    fn boxed(n: u32) -> Pin<Box<dyn Future<Output = Result<u32, Violation>> + Send>> {
        Box::pin(async move {
            for _ in 0..n {
                std::future::ready(()).await;
            }
            Ok(n)
        })
    }
    #[bounded_steps(max = 4)]
    fn plain(n: u32) -> impl Future<Output = Result<u32, Violation>> + Send {
        async move {
            for _ in 0..n {
                std::future::ready(()).await;
            }
            Ok(n)
        }
    }
    run(boxed(4)).unwrap();
    assert_eq!(code(run(boxed(5))), "steps");
    run(plain(4)).unwrap();
    assert_eq!(code(run(plain(5))), "steps");
}

#[test]
fn with_a_bound_on_recursion() {
    #[zero_trust(bounded_recursion(max = 10), bounded_steps(max = 8), without(validated_input))]
    async fn down(level: u32) -> Result<u32, Violation> {
        Later::default().await;
        if level == 0 { Ok(0) } else { Ok(Box::pin(down(level - 1)).await? + 1) }
    }
    assert_eq!(run(down(8)).unwrap(), 8);
    assert_eq!(code(run(down(9))), "steps");
    fn is_send<T: Send>(_: T) {}
    is_send(down(1));
}

//! Where the attribute can stand.

use async_trait::async_trait;
use portcullis::{Violation, bounded_concurrency, bounded_recursion, catch_panic, checked_arithmetic, zero_trust};

use super::{admitted, wait};
use crate::common::{Later, code, run};

struct Server {
    max: i64,
}

impl Server {
    #[bounded_concurrency(max = self.max)]
    async fn limit_of_self(&self) -> Result<(), Violation> {
        wait().await
    }

    #[bounded_concurrency(max = max, or(return None))]
    fn limit_of_parameter(&mut self, max: u8) -> Option<i64> {
        self.max += 1;
        Some(self.max)
    }
}

#[test]
fn the_limit_is_asked_at_each_call() {
    let server: &'static Server = Box::leak(Box::new(Server { max: 2 }));
    let wider: &'static Server = Box::leak(Box::new(Server { max: 5 }));
    let none: &'static Server = Box::leak(Box::new(Server { max: -1 }));
    assert_eq!(admitted(|| Box::pin(server.limit_of_self())), 2);
    assert_eq!(admitted(|| Box::pin(wider.limit_of_self())), 5);
    assert_eq!(admitted(|| Box::pin(none.limit_of_self())), 0);
    let mut own = Server { max: 7 };
    assert_eq!((own.limit_of_parameter(0), own.limit_of_parameter(1)), (None, Some(8)));
}

#[async_trait]
trait Collect {
    async fn collect(&self, secs: u32) -> Result<u32, Violation>;
}

#[async_trait]
impl Collect for Server {
    #[bounded_concurrency(max = 1)]
    async fn collect(&self, secs: u32) -> Result<u32, Violation> {
        Later::default().await;
        if secs == 1 {
            wait().await?;
        }
        if secs > 10 { self.collect(secs - 10).await } else { Ok(secs) }
    }
}

#[test]
fn async_trait_methods() {
    let server: &'static Server = Box::leak(Box::new(Server { max: 1 }));
    assert_eq!(run(server.collect(34)).unwrap(), 4);
    let holding = || -> super::Waiting { Box::pin(async { server.collect(1).await.map(drop) }) };
    assert_eq!(admitted(holding), 1);
}

#[test]
fn all_instances_of_a_generic_function_have_one_count() {
    #[bounded_concurrency(max = 2)]
    async fn hold<T>(_: T) -> Result<(), Violation> {
        wait().await
    }
    let mut odd = false;
    let either = || -> super::Waiting {
        odd = !odd;
        if odd { Box::pin(hold(7_u8)) } else { Box::pin(hold("text")) }
    };
    assert_eq!(admitted(either), 2);
}

#[zero_trust(without(catch_panic), bounded_concurrency(max = 2))]
mod block {
    use portcullis::Violation;

    pub(super) async fn one() -> Result<(), Violation> {
        super::wait().await
    }

    pub(super) async fn two() -> Result<(), Violation> {
        super::wait().await
    }
}

#[test]
fn each_function_of_a_block_has_its_own_count() {
    let mut ones = Box::pin(block::one());
    assert!(crate::common::poll(ones.as_mut()).is_pending());
    assert_eq!(admitted(|| Box::pin(block::two())), 2);
    assert_eq!(admitted(|| Box::pin(block::one())), 1);
}

/// A future at the end of the function, under two attributes that each put something around it.
#[test]
fn two_attributes_on_a_boxed_future() {
    type Boxed<'a> = std::pin::Pin<Box<dyn Future<Output = Result<u8, Violation>> + 'a>>;
    #[bounded_concurrency(max = 1)]
    #[catch_panic]
    fn one(number: &u8) -> Boxed<'_> {
        Box::pin(async move {
            Later::default().await;
            assert!(*number > 0, "nothing");
            Ok(*number)
        })
    }
    #[catch_panic]
    #[bounded_concurrency(max = 1)]
    fn other(number: &u8) -> Boxed<'_> {
        Box::pin(async move {
            Later::default().await;
            assert!(*number > 0, "nothing");
            Ok(*number)
        })
    }
    for _ in 0..3 {
        for function in [one, other] {
            assert_eq!(run(function(&7)).unwrap(), 7);
            assert_eq!(code(run(function(&0))), "panic");
        }
    }
}

/// Above and below each other protection: the permit is taken, and given back.
macro_rules! stacked {
    ($($name:ident: $($attribute:ident $(($($key:tt)*))?)*;)*) => {$(
        #[test]
        fn $name() {
            $(#[$attribute $(($($key)*))?])*
            async fn later(number: u8) -> Result<u8, Violation> {
                Later::default().await;
                assert!(number > 0, "nothing");
                if number == 1 { wait().await? }
                Ok([number].iter().map(|number| number + 100).sum::<u8>())
            }
            $(#[$attribute $(($($key)*))?])*
            fn now(number: u8) -> Result<u8, Violation> {
                assert!(number > 0, "nothing");
                Ok([number].iter().map(|number| number + 100).sum::<u8>())
            }
            for _ in 0..3 {
                assert_eq!(run(later(2)).unwrap(), 102);
                assert_eq!(now(2).unwrap(), 102);
                assert_eq!(code(run(later(200))), "arithmetic.overflow");
                assert_eq!(code(now(200)), "arithmetic.overflow");
                assert_eq!(code(run(later(0))), "panic");
                assert_eq!(code(now(0)), "panic");
                assert_eq!(admitted(|| Box::pin(async { later(1).await.map(drop) })), 1);
            }
        }
    )*};
}
stacked! {
    outermost: catch_panic checked_arithmetic bounded_recursion(max = 3) bounded_concurrency(max = 1);
    below_recursion: catch_panic checked_arithmetic bounded_concurrency(max = 1) bounded_recursion(max = 3);
    below_arithmetic: catch_panic bounded_concurrency(max = 1) checked_arithmetic;
    innermost: bounded_concurrency(max = 1) catch_panic checked_arithmetic;
    twice: bounded_concurrency(max = 3) catch_panic checked_arithmetic bounded_concurrency(max = 1);
}

#[test]
fn or_panic() {
    #[bounded_concurrency(max = 1 - 1, or(panic))]
    fn never() {}
    assert!(crate::common::panic_of(never).starts_with("portcullis: busy: all 0 are taken"));
}

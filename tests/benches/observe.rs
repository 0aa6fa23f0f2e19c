//! `observe` against the plain twin and the default level: a call that has nothing to do, a handler that works, a future, and an
//! occurrence, which is told to nobody.

#![allow(
    missing_docs,
    clippy::pedantic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a benchmark"
)]

mod harness;

use std::hint::black_box;
use std::pin::pin;
use std::sync::LazyLock;
use std::task::{Context, Poll, Waker};

use harness::Comparison;
use portcullis::zero_trust;

static PRICES: LazyLock<Vec<u32>> = LazyLock::new(|| (0..512).collect());

/// The same source three times.
macro_rules! twins {
    ($module:ident, $calls:expr, |$call:ident| $run:expr, [$($keys:tt)*] $($function:tt)*) => {
        mod $module {
            use super::*;

            mod plain {
                #[allow(unused_imports, reason = "not each has data")]
                use super::*;
                twins!(@ [] $($function)*);
            }
            mod observed {
                #[allow(unused_imports, reason = "not each has data")]
                use super::*;
                twins!(@ [#[zero_trust(observe $($keys)*)]] $($function)*);
            }
            mod refusing {
                #[allow(unused_imports, reason = "not each has data")]
                use super::*;
                twins!(@ [#[zero_trust(or(return 0) $($keys)*)]] $($function)*);
            }

            fn all<R: Runs>($call: impl Fn(u32) -> R) -> u64 {
                let mut sum = 0;
                for call in 0..$calls {
                    let $call = $call(black_box(call));
                    sum += $run;
                }
                sum
            }

            pub(super) const COMPARISON: Comparison = Comparison {
                name: stringify!($module),
                variants: &[
                    ("plain", || all(plain::handler)),
                    ("observe", || all(observed::handler)),
                    ("default", || all(refusing::handler)),
                ],
            };
        }
    };
    // Only ours know the rules.
    (@ [] $(#[$a:meta])* $($kind:ident)+ ($($(#[$rule:meta])* $name:ident: $type:ty),*) -> $output:ty $body:block) => {
        #[inline(never)]
        pub(super) $($kind)+($($name: $type),*) -> $output $body
    };
    (@ [$(#[$level:meta])+] $($kind:ident)+ ($($(#[$rule:meta])* $name:ident: $type:ty),*) -> $output:ty $body:block) => {
        $(#[$level])+
        #[inline(never)]
        pub(super) $($kind)+($($(#[$rule])* $name: $type),*) -> $output $body
    };
}

trait Runs {
    fn value(self) -> u64;
}

impl Runs for u64 {
    fn value(self) -> u64 {
        self
    }
}

/// A future that is ready at once.
struct Ready<F>(F);

impl<F: Future<Output = u64>> Runs for Ready<F> {
    fn value(self) -> u64 {
        match pin!(self.0).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => 0,
        }
    }
}

// Nothing but the attribute.
twins!(call, 1_000, |value| value.value(), []
    fn handler(#[check(range(max = 9_999))] secs: u32) -> u64 {
        u64::from(secs)
    }
);

// A few hundred operators, indices and casts.
twins!(work, 20, |value| value.value(), []
    fn handler(#[check(range(max = 9_999))] secs: u32) -> u64 {
        let mut total = 0;
        for at in 0..PRICES.len() {
            total += PRICES[at] * secs / (at as u32 + 1);
        }
        u64::from(total)
    }
);

// Each iteration is a step, too.
twins!(steps, 20, |value| value.value(), [, bounded_steps(max = 1_000), without(checked_arithmetic)]
    fn handler(#[check(range(max = 9_999))] secs: u32) -> u64 {
        let mut total = 0;
        for at in 0..PRICES.len() {
            total ^= PRICES[at].wrapping_mul(secs);
        }
        u64::from(total)
    }
);

mod future {
    use super::*;

    async fn plain(secs: u32) -> u64 {
        u64::from(secs)
    }
    #[zero_trust(observe)]
    async fn observed(secs: u32) -> u64 {
        u64::from(secs)
    }
    #[zero_trust(or(return 0))]
    async fn refusing(#[trusted(reason = "the same as the others")] secs: u32) -> u64 {
        u64::from(secs)
    }

    fn all<F: Future<Output = u64>>(call: impl Fn(u32) -> F) -> u64 {
        (0..1_000).map(|secs| Ready(call(black_box(secs))).value()).sum()
    }

    pub(super) const COMPARISON: Comparison = Comparison {
        name: "future",
        variants: &[("plain", || all(plain)), ("observe", || all(observed)), ("default", || all(refusing))],
    };
}

// Each call is one occurrence.
twins!(occurrence, 1_000, |value| value.value(), []
    fn handler(#[check(range(min = 9_999))] secs: u32) -> u64 {
        u64::from(secs)
    }
);

fn main() {
    harness::main(&[call::COMPARISON, work::COMPARISON, steps::COMPARISON, future::COMPARISON, occurrence::COMPARISON]);
}

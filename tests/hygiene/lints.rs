//! A user's strict lints find nothing in generated code.

#![deny(
    warnings,
    unused,
    unused_qualifications,
    missing_docs,
    unreachable_pub,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unused_lifetimes,
    unused_results,
    explicit_outlives_requirements,
    let_underscore_drop,
    variant_size_differences,
    elided_lifetimes_in_paths,
    clippy::all,
    clippy::pedantic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::shadow_unrelated,
    clippy::shadow_reuse,
    clippy::absolute_paths,
    clippy::question_mark_used,
    clippy::needless_return,
    clippy::panic
)]
#![allow(clippy::unnecessary_wraps, clippy::arithmetic_side_effects, reason = "the operators are the case")]

use std::future::ready;
use std::hint::black_box;
use std::time::Duration;

use portcullis::{Violation, zero_trust};

struct Server {
    served: u64,
}

impl Server {
    #[zero_trust]
    fn serve(
        &mut self,
        #[check(range(max = 9))] number: u64,
        mut extra: (),
        _unused: (),
    ) -> Result<&mut u64, Violation> {
        extra = black_box(extra);
        let () = extra;
        self.served += number;
        self.served -= -(-1_i64) as u64 * number;
        Ok(&mut self.served)
    }

    #[zero_trust]
    async fn later(&self, #[check(range(max = 9))] number: u64) -> Result<u64, Violation> {
        let inner = async { self.served + number };
        Ok(inner.await)
    }

    #[zero_trust(bounded_recursion(key = number))]
    async fn deeper(
        &mut self,
        #[check(range(max = 9))] number: u64,
        mut extra: (),
        _unused: (),
    ) -> Result<&mut u64, Violation> {
        extra = black_box(extra);
        let () = extra;
        self.served += number;
        if number == 0 {
            return Ok(&mut self.served);
        }
        Box::pin(self.deeper(number - 1, (), ())).await
    }

    #[zero_trust(or(panic))]
    fn shift(#[check(range(max = 9))] amount: u32) -> u64 {
        [amount].iter().map(|by| 1 << by).sum()
    }

    #[zero_trust(bounded_recursion(mode = both, max = 20, key = number))]
    fn down(&mut self, #[check(range(max = 9))] number: u64) -> Result<&mut u64, Violation> {
        if number == 0 { Ok(&mut self.served) } else { self.down(number - 1) }
    }

    #[zero_trust(shed_load(memory = "85%"))]
    fn admitted(&self, #[check(range(max = 9))] number: u64) -> Result<u64, Violation> {
        Ok(self.served + number)
    }

    #[zero_trust(shed_load(memory = "512MiB", or(return Ok(number))))]
    async fn admitted_later(&self, #[check(range(max = 9))] number: u64, mut extra: ()) -> Result<u64, Violation> {
        extra = black_box(extra);
        let () = extra;
        Ok(self.served + number)
    }

    #[zero_trust(or(panic), shed_load(priority = probe))]
    fn health(&self) -> u64 {
        self.served
    }

    #[zero_trust(bounded_steps(max = 20), deadline("1h"))]
    fn count(
        &mut self,
        #[check(range(max = 99))] number: u64,
        mut extra: (),
        _unused: (),
    ) -> Result<&mut u64, Violation> {
        extra = black_box(extra);
        let () = extra;
        for _ in 0..number {
            self.served += 1;
        }
        let each = |of| {
            let mut left = of;
            while left > 0 {
                left -= 1;
            }
        };
        each(number);
        Ok(&mut self.served)
    }

    #[zero_trust(bounded_steps(max = number * 2), deadline(Duration::from_secs(number), or(return Ok(number))))]
    async fn count_later(
        &self,
        #[check(range(max = 99))] number: u64,
        mut extra: (),
        _unused: (),
    ) -> Result<u64, Violation> {
        extra = black_box(extra);
        let () = extra;
        for _ in 0..number {
            ready(()).await;
        }
        Ok(self.served)
    }

    #[zero_trust(or(return))]
    fn nothing(&mut self, #[check(range(max = 9))] number: u64) {
        self.served = number * 2;
    }
}

#[test]
fn nothing_to_complain_of() {
    let mut server = Server { served: 0 };
    assert_eq!(*server.serve(9, (), ()).unwrap(), 0);
    assert_eq!(*server.down(9).unwrap(), 0);
    assert_eq!(server.serve(10, (), ()).unwrap_err().code(), "input.range");
    server.nothing(3);
    assert_eq!((server.served, Server::shift(3)), (6, 8));
    assert_eq!((server.admitted(1).unwrap(), server.health()), (7, 6));
    drop(server.admitted_later(1, ()));
    assert_eq!(*server.count(9, (), ()).unwrap(), 15);
    assert_eq!(server.count(11, (), ()).unwrap_err().code(), "steps");
    drop(server.later(1));
    drop(server.count_later(1, (), ()));
    drop(server.deeper(1, (), ()));
}

/// What a library shows.
pub(crate) mod shown {
    use portcullis::{Rule, Violation, gated, protections_of, rules_of, zero_trust};

    /// Documented, and its type is not to be.
    ///
    /// # Errors
    /// Where it refuses.
    #[zero_trust(route)]
    pub(crate) fn collect(#[check(range(max = 9))] number: u64) -> Result<u64, Violation> {
        Ok(number + 1)
    }

    mod private {
        #[portcullis::zero_trust(route)]
        pub(crate) async fn later() -> Result<u64, portcullis::Violation> {
            Ok(1)
        }
    }

    /// Theirs.
    pub(crate) const RULES: &[Rule] = rules_of!(collect);

    #[test]
    fn routes_have_nothing_to_complain_of() {
        let collect = gated!(collect);
        assert_eq!(collect(1).unwrap(), 2);
        drop(gated!(private::later)());
        let _: &[&str] = protections_of!(private::later);
        assert_eq!(RULES.len(), 1);
    }
}

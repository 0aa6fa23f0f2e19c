//! `zero_trust` on an `impl` block.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;

use portcullis::{FromViolation, Violation, zero_trust};

use crate::common::{Later, code, run};

#[derive(Default)]
struct Pool {
    cards: Vec<u8>,
    settled: Cell<u8>,
}

#[zero_trust]
impl Pool {
    const SIZE: u8 = 3;

    fn new(#[check(length(max = 3))] cards: Vec<u8>) -> Result<Self, Violation> {
        Ok(Self { cards, ..Self::default() })
    }
    fn card(&self, #[check(range(max = 9))] at: usize) -> Result<u8, Violation> {
        Ok(self.cards[at])
    }
    async fn later(&mut self, #[check(range(max = 9))] by: u8) -> Result<u8, Violation> {
        Later::default().await;
        self.cards[0] += by;
        Ok(self.cards[0])
    }
    fn boxed(self: Box<Self>, #[check(range(max = 9))] at: usize) -> Result<u8, Violation> {
        Ok(self.cards[at])
    }
    fn shared(self: Rc<Self>, #[check(range(max = 9))] at: usize) -> Result<u8, Violation> {
        Ok(self.cards[at])
    }
    fn pinned(self: Pin<&mut Self>, #[check(range(max = 9))] at: usize) -> Result<u8, Violation> {
        Ok(self.cards[at])
    }
    /// Calls itself: bounded by default.
    fn down(&self, #[check(range(max = 200))] n: u8) -> Result<u8, Violation> {
        if n == 0 { Ok(0) } else { Ok(self.down(n - 1)? + 1) }
    }
    #[zero_trust(skip, reason = "settles what it can")]
    fn settle(&self, by: u8) {
        self.settled.set(self.settled.get().wrapping_add(by));
    }
}

#[test]
fn every_function_of_a_type_is_protected() {
    let pool = || Pool::new(vec![250, 7]).unwrap();
    assert_eq!(code(Pool::new(vec![0; 4])), "input.length");
    assert_eq!(
        (pool().card(1).unwrap(), code(pool().card(2)), code(pool().card(10))),
        (7, "index.bounds", "input.range")
    );
    assert_eq!(run(pool().later(5)).unwrap(), 255);
    assert_eq!(code(run(pool().later(6))), "arithmetic.overflow");
    assert_eq!(code(run(pool().later(10))), "input.range");
    assert_eq!((Box::new(pool()).boxed(1).unwrap(), code(Box::new(pool()).boxed(2))), (7, "index.bounds"));
    assert_eq!((Rc::new(pool()).shared(1).unwrap(), code(Rc::new(pool()).shared(2))), (7, "index.bounds"));
    assert_eq!((Pin::new(&mut pool()).pinned(1).unwrap(), code(Pin::new(&mut pool()).pinned(10))), (7, "input.range"));
    assert_eq!(
        (pool().down(63).unwrap(), code(pool().down(64)), pool().down(63).unwrap()),
        (63, "recursion.depth", 63)
    );
    let pool = pool();
    pool.settle(200);
    pool.settle(200);
    assert_eq!((pool.settled.get(), Pool::SIZE), (144, 3));
}

trait Deal<T> {
    type Card;
    fn deal(&self, at: usize) -> Result<Self::Card, Violation>;
}

#[zero_trust]
impl Deal<u8> for Pool {
    type Card = u8;
    fn deal(&self, #[check(range(max = 9))] at: usize) -> Result<Self::Card, Violation> {
        Ok(self.cards[at])
    }
}

#[zero_trust(or(return Err(violation)))]
impl<T: Clone> Deal<T> for Vec<T>
where
    T: Send,
{
    type Card = T;
    fn deal(&self, #[check(range(max = 9))] at: usize) -> Result<T, Violation> {
        Ok(self[at].clone())
    }
}

#[test]
fn every_function_of_a_trait_is_protected() {
    let pool = Pool::new(vec![7]).unwrap();
    let deals: [&dyn Deal<u8, Card = u8>; 2] = [&pool, &vec![7]];
    for deal in deals {
        assert_eq!(
            (deal.deal(0).unwrap(), code(deal.deal(1)), code(deal.deal(10))),
            (7, "index.bounds", "input.range")
        );
    }
}

/// Two functions of one name for one type are no cycle, and neither is one that hands on to what it holds.
struct Reward(u8);

#[zero_trust]
mod conversions {
    use super::Reward;
    use portcullis::{FromViolation, Violation};

    pub(super) struct Refused(pub(super) &'static str);
    pub(super) struct Reply(pub(super) Result<Reward, Refused>);

    #[zero_trust(skip, reason = "a violation is none of the client's values")]
    impl FromViolation for Reply {
        fn from_violation(violation: Violation) -> Self {
            Self(Err(Refused(violation.code())))
        }
    }
    impl From<(u8, u8)> for Reply {
        fn from(#[check(a(range(max = 200)), b(range(max = 200)))] (a, b): (u8, u8)) -> Self {
            Self::from(Reward(a + std::hint::black_box(b)))
        }
    }
    impl From<Reward> for Reply {
        fn from(#[trusted(reason = "made by the other one")] reward: Reward) -> Self {
            Self(Ok(reward))
        }
    }
    pub(super) struct Stack {
        pub(super) inner: Vec<u8>,
    }
    impl Stack {
        pub(super) fn push(&mut self, #[check(range(max = 9))] card: u8) -> Result<(), Violation> {
            self.len()?;
            self.inner.push(card);
            Ok(())
        }
        fn len(&self) -> Result<usize, Violation> {
            Ok(self.inner.len())
        }
    }
    use super::zero_trust;
}

#[test]
fn what_is_no_cycle_compiles() {
    let reply = |a, b| conversions::Reply::from((a, b)).0.map(|reward| reward.0).map_err(|refused| refused.0);
    assert_eq!(reply(100, 100), Ok(200));
    assert_eq!(reply(200, 100), Err("arithmetic.overflow"));
    assert_eq!(reply(201, 1), Err("input.range"));
    let mut stack = conversions::Stack { inner: Vec::new() };
    stack.push(9).unwrap();
    assert_eq!((code(stack.push(10)), stack.inner), ("input.range", vec![9]));
    let violation = code(Pool::new(vec![0; 4]));
    assert_eq!(violation, "input.length");
    let _: fn(Violation) -> conversions::Reply = FromViolation::from_violation;
}

#[async_trait::async_trait]
trait Serve {
    async fn serve(&self, at: usize) -> Result<u8, Violation>;
}

struct Above(Vec<u8>);
struct Below(Vec<u8>);

#[zero_trust]
#[async_trait::async_trait]
impl Serve for Above {
    async fn serve(&self, #[check(range(max = 9))] at: usize) -> Result<u8, Violation> {
        if at > 4 { self.serve(at - 5).await } else { Ok(self.0[at]) }
    }
}

#[async_trait::async_trait]
#[zero_trust]
impl Serve for Below {
    async fn serve(&self, #[check(range(max = 9))] at: usize) -> Result<u8, Violation> {
        Ok(self.0[at])
    }
}

#[test]
fn above_and_below_async_trait() {
    let servers: [&dyn Serve; 2] = [&Above(vec![7]), &Below(vec![7])];
    for server in servers {
        assert_eq!(run(server.serve(0)).unwrap(), 7);
        assert_eq!(code(run(server.serve(1))), "index.bounds");
        assert_eq!(code(run(server.serve(10))), "input.range");
    }
    assert_eq!(run(Above(vec![7]).serve(5)).unwrap(), 7);
}

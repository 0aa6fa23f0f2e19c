//! Numbers that only the compiler knows, of which nothing must be said: they fit, something has looked at them, they are of another type
//! than it seems, or nobody knows them until the function is called.

#![deny(warnings, unused_qualifications)]
#![allow(dead_code, clippy::all)]
#![forbid(unsafe_code)]

use std::num::Wrapping;
use std::ops::{Add, Deref, Div, Mul};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use portcullis::validator::{Validate, ValidationError};
use portcullis::{Covered, Violation, checked_arithmetic, validated_input, zero_trust};

const FACTOR: i32 = 1_000_000;
const MAX_SECS: i32 = 86_400;
const FEW: i32 = 3;
const WIDE: i64 = 1_000_000;
const HUGE: u128 = 1 << 120;
const RATE: f64 = 1.5;
const TICK: Duration = Duration::from_secs(1);
const TURN: Wrapping<i32> = Wrapping(i32::MAX);
const LENT: &i32 = &1_000_000;
const YES: bool = true;
const NAME: String = String::new();
const TABLE: [u8; 4] = [1, 2, 3, 4];
const ZERO: u32 = 0;
const OWNED: Owned = Owned(Vec::new());
static STATIC: i32 = 7;
static COUNTER: AtomicU32 = AtomicU32::new(0);
#[deprecated]
const OLD: i32 = 7;

struct Owned(Vec<u8>);

impl Drop for Owned {
    fn drop(&mut self) {}
}

impl Mul<Owned> for i32 {
    type Output = i32;
    fn mul(self, _: Owned) -> i32 {
        self
    }
}

#[derive(Clone, Copy)]
struct Money(i64);

const PRICE: Money = Money(1_000_000);

impl Mul<Money> for i32 {
    type Output = Money;
    fn mul(self, by: Money) -> Money {
        Money(i64::from(self) * by.0)
    }
}

impl Add<i32> for Money {
    type Output = Money;
    fn add(self, by: i32) -> Money {
        Money(self.0 + i64::from(by))
    }
}

impl Div<u32> for Money {
    type Output = Money;
    fn div(self, _: u32) -> Money {
        self
    }
}

#[derive(Clone, Copy)]
#[repr(i32)]
enum Level {
    HIGH = 1_000,
}

mod limits {
    pub(crate) const MAX: i32 = 20_000;
    pub(crate) mod inner {
        pub(crate) const MAX: i32 = 100;
    }
}

#[zero_trust]
fn types(#[check(range(min = 1, max = 86_400))] secs: i32, #[check(range(max = 9))] few: u32) -> Result<i64, Violation> {
    let _: i32 = secs * FEW;
    let _: f64 = f64::from(secs) * RATE;
    let _: Duration = TICK * few;
    let _: Wrapping<i32> = TURN * Wrapping(secs);
    let _: Money = secs * PRICE;
    let _: Money = PRICE / few;
    let _: i32 = secs * OWNED;
    let _: bool = YES & (secs > 3);
    let _: u128 = HUGE >> few;
    let _: String = NAME + "x";
    let _: i32 = secs + STATIC;
    let _: u32 = few + COUNTER.load(Ordering::Relaxed);
    let _: i32 = secs + Level::HIGH as i32;
    let _: u8 = TABLE[few.min(3) as usize];
    Ok(i64::from(secs) * WIDE)
}

#[zero_trust]
fn lent(#[check(range(min = 1, max = 2))] secs: i32) -> Result<i32, Violation> {
    Ok(secs * LENT)
}

#[zero_trust]
fn by_constants(
    #[check(range(min = 1, max = MAX_SECS))] secs: i32,
    #[check(range(min = 0, exclusive_max = limits::inner::MAX))] part: i32,
) -> Result<i32, Violation> {
    let all = secs * limits::MAX;
    Ok(all + part * FEW)
}

/// Constants decide as on this platform, or with these settings.
#[zero_trust]
fn decided(#[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
    if FEW > 2 {
        return Ok(0);
    }
    Ok(secs * FACTOR)
}

#[zero_trust]
fn looked_at(#[check(range(min = 1, max = 86_400))] secs: i32, order: Order) -> Result<i32, Violation> {
    ensure(secs)?;
    order.look()?;
    if order.parts == 0 {
        return Ok(0);
    }
    Ok(secs * FACTOR + order.secs * FACTOR + (8 / order.parts) as i32)
}

fn ensure(secs: i32) -> Result<(), Violation> {
    few(u32::from(secs > 2_000)).map(drop)
}

#[validated_input]
fn few(#[check(range(max = 0))] n: u32) -> Result<u32, Violation> {
    Ok(n)
}

/// Of each way to a product, one is refused before it.
#[zero_trust]
fn one_by_one(#[check(range(min = 0, max = 100))] n: u8, order: Order) -> Result<u8, Violation> {
    let least = u8::try_from(order.secs).unwrap_or(1);
    Ok(n + least)
}

#[zero_trust]
fn names(#[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
    #[allow(non_snake_case)]
    let LOCAL: i32 = 2;
    let first = secs * LOCAL;
    let second = {
        const FACTOR: i32 = 3;
        use self::limits::inner as limits;
        secs * FACTOR + secs * limits::MAX
    };
    Ok(first + second)
}

#[allow(deprecated)]
#[zero_trust]
fn deprecated(#[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
    Ok(secs * OLD)
}

#[zero_trust]
fn deprecated_inside(#[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
    #[allow(deprecated)]
    let all = secs * OLD;
    Ok(all)
}

// What depends on types is not judged before they are known, and not then.

trait Limited {
    const LIMIT: i32 = 1_000_000;

    #[zero_trust]
    fn own(#[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
        Ok(secs * Self::LIMIT)
    }
}

impl Limited for u8 {}

#[zero_trust]
fn of_parameter<T: Limited, const N: i32>(
    #[check(range(min = 1, max = 86_400))] secs: i32,
) -> Result<i32, Violation> {
    Ok(secs * T::LIMIT + secs * N)
}

struct Sized<const N: i32>;

impl<const N: i32> Sized<N> {
    const TWICE: i32 = N * 2;

    #[zero_trust]
    fn times(&self, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
        Ok(secs * N + secs * Self::TWICE)
    }
}

struct Within<'a>(&'a str);

impl<'a> Within<'a> {
    const LIMIT: i32 = 2;

    #[zero_trust]
    async fn times(
        &self,
        #[check(range(min = 1, max = 86_400))] secs: i32,
        order: &'a Order,
    ) -> Result<i32, Violation> {
        let closure = |by: i32| by * FACTOR;
        Ok(secs * Self::LIMIT + closure(1) + order.secs * FEW)
    }
}

macro_rules! handler {
    ($name:ident, $limit:path) => {
        #[zero_trust]
        fn $name(#[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
            Ok(secs * $limit)
        }
    };
}

handler!(by_macro, limits::inner::MAX);

// Fields.

#[derive(Covered)]
struct Order {
    #[check(range(min = 1, max = MAX_SECS))]
    secs: i32,
    #[check(range(max = 9))]
    parts: u32,
    #[check(length(max = 9))]
    name: String,
}

impl Order {
    fn look(&self) -> Result<(), Violation> {
        ensure(self.secs)
    }

    fn mend(&mut self) {
        self.secs = 1;
    }
}

/// A rule over the whole, over two fields, or of the user's own.
#[derive(Covered)]
#[check(custom = agrees)]
struct Agreed {
    #[check(range(min = 1, max = 86_400))]
    secs: i32,
}

fn agrees(agreed: &Agreed) -> Result<(), ValidationError> {
    small(&agreed.secs)
}

#[derive(Covered)]
struct Even {
    #[check(range(min = 1, max = 86_400), custom = small)]
    secs: i32,
    #[trusted(reason = "set by the server")]
    max: i32,
    #[check(range(min = 1.0, max = 2.0))]
    rate: f64,
}

fn small(secs: &i32) -> Result<(), ValidationError> {
    if *secs > 9 { Err(ValidationError::new("small")) } else { Ok(()) }
}

#[derive(Validate)]
#[validate(crate = "portcullis::validator")]
struct Plain {
    #[validate(range(min = 1, max = 86_400))]
    secs: i32,
}

/// What a type lends has fields too.
#[derive(Covered)]
struct Lending {
    #[check(range(min = 1, max = 86_400))]
    secs: i32,
    #[trusted(reason = "of the server")]
    other: Other,
}

struct Other {
    all: i32,
}

impl Deref for Lending {
    type Target = Other;
    fn deref(&self) -> &Other {
        &self.other
    }
}

#[derive(Covered)]
enum Either {
    One {
        #[check(range(max = 9))]
        secs: i32,
    },
}

#[derive(Covered)]
struct Of<T, const N: i32> {
    #[check(range(min = 1, max = N))]
    secs: i32,
    #[check(nested)]
    of: T,
}

struct Json<T>(T);

#[zero_trust]
fn fields(
    agreed: Agreed,
    even: Even,
    plain: Plain,
    lending: Lending,
    mut order: Order,
    #[check(secs(range(min = 1, max = 86_400)))] Json(Order { secs, .. }): Json<Order>,
    pair: (Order, Order),
    list: Vec<Order>,
) -> Result<i32, Violation> {
    order.mend();
    let all = agreed.secs * FACTOR + even.secs * FACTOR + plain.secs * FACTOR + lending.all * FACTOR;
    let more = order.secs * FACTOR + secs + pair.0.secs + list.iter().map(|order| order.secs).sum::<i32>();
    let Either::One { secs } = Either::One { secs: 3 };
    Ok(all + more + lending.secs + even.max + secs + even.rate as i32)
}

#[zero_trust]
async fn extracted(Json(order): Json<Order>, Json(mut other): Json<Box<Order>>) -> Result<i32, Violation> {
    other.secs = 3;
    let order = order;
    Ok(other.secs * FACTOR + order.secs * FEW)
}

#[zero_trust]
fn replaced(order: &Order) -> Result<i32, Violation> {
    let made = Order { secs: 1, parts: 1, name: String::new() };
    let order = if order.name.is_empty() { order } else { &made };
    Ok(order.secs * FEW)
}

#[zero_trust]
fn changed(order: &mut Order) -> Result<i32, Violation> {
    order.secs = 1;
    Ok(order.secs * FACTOR)
}

#[zero_trust]
fn generic<T: Covered>(of: Of<T, 2_000>, #[trusted(reason = "of the server")] any: impl Into<i32>) -> Result<i32, Violation> {
    Ok(of.secs * FACTOR + any.into())
}

#[validated_input]
#[checked_arithmetic]
fn apart(#[check(range(min = -9, max = MAX_SECS))] secs: i32, order: Order) -> Result<i32, Violation> {
    Ok(secs * FEW - order.secs * -FEW)
}

/// Without the refusal of what wraps there is nothing to be refused.
#[zero_trust(checked_arithmetic(or(wrap)))]
fn wraps(#[check(range(min = 1, max = MAX_SECS))] secs: i32) -> Result<i32, Violation> {
    Ok(secs * FACTOR)
}

fn main() {
    assert_eq!(by_constants(1, 1).unwrap(), 20_003);
    assert_eq!(u8::own(1).unwrap(), 1_000_000);
    assert_eq!(u8::own(86_400).unwrap_err().code(), "arithmetic.overflow");
    assert!(of_parameter::<u8, 1_000_000>(3).is_ok());
    assert!(Sized::<1_000_000>.times(3).is_ok());
    assert_eq!(apart(1, Order { secs: 2, parts: 1, name: String::new() }).unwrap(), 9);
    assert!(by_macro(3).is_ok());
    let _ = Within("").0;
}

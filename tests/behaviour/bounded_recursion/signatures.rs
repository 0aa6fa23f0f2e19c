//! What an `async fn` becomes means the same: receivers, lifetimes, generics, patterns, order of drops, `Send`.

use std::fmt::{Debug, Display};
use std::future::Future;
use std::pin::Pin;

use portcullis::{Violation, bounded_recursion, zero_trust};

use crate::common::{Later, Log, Noisy, code, poll, run};

/// The same `async fn` twice.
macro_rules! twins {
    ($(async fn $plain:ident, $protected:ident $($rest:tt)*)*) => {$(twins!(@one $plain $protected [] $($rest)*);)*};
    (@one $plain:ident $protected:ident [$($before:tt)*] $body:block) => {
        async fn $plain $($before)* $body
        #[bounded_recursion(max = 64, or(panic))]
        async fn $protected $($before)* $body
    };
    (@one $plain:ident $protected:ident [$($before:tt)*] $next:tt $($rest:tt)*) => {
        twins!(@one $plain $protected [$($before)* $next] $($rest)*);
    };
}

#[allow(dead_code, reason = "its drop is what matters")]
struct Pair<'a>(Noisy<'a>, Noisy<'a>);

twins! {
    async fn patterns_plain, patterns (log: &Log, Pair(one, _): Pair<'_>, _: Noisy<'_>, mut last: Noisy<'_>, _unused: Noisy<'_>) {
        let _local = Noisy(log, "local");
        Later::default().await;
        last.1 = "last, renamed";
        drop(one);
    }
}
twins! {
    async fn lifetimes_plain, lifetimes <'a>(one: &'a str, other: &str, list: &mut Vec<String>) -> &'a str {
        list.push(other.to_owned());
        one
    }
}
twins! {
    async fn generic_plain, generic <T, const N: usize>(items: [T; N], seen: impl Fn(&T) -> bool) -> String where T: Display + Debug {
        Later::default().await;
        items.iter().filter(|item| seen(item)).fold(String::new(), |text, item| format!("{text}{item}{item:?}"))
    }
}
twins! {
    async fn coerced_plain, coerced (early: bool) -> Box<dyn Display + Send> {
        if early {
            return Box::new(1);
        }
        Box::new("late")
    }
}
twins! {
    async fn opaque_plain, opaque (number: &u8) -> impl Display {
        Later::default().await;
        number
    }
}
twins! {
    async fn question_plain, question (text: &str) -> Result<u8, Box<dyn std::error::Error>> {
        let number: u8 = text.parse()?;
        Ok(number)
    }
}

#[test]
fn patterns_and_the_order_of_drops() {
    fn drops<'a, F: Future<Output = ()> + 'a>(
        log: &'a Log,
        call: impl FnOnce(&'a Log, Pair<'a>, Noisy<'a>, Noisy<'a>, Noisy<'a>) -> F,
        polls: u32,
    ) -> Vec<&'static str> {
        let noisy = |name| Noisy(log, name);
        let pair = Pair(noisy("one"), noisy("other"));
        let mut future = Box::pin(call(log, pair, noisy("ignored"), noisy("last"), noisy("unused")));
        log.note("called");
        for _ in 0..polls {
            let _ = poll(future.as_mut());
            log.note("polled");
        }
        drop(future);
        log.taken()
    }
    let log = Log::default();
    for polls in 0..=2 {
        let plain = drops(&log, patterns_plain, polls);
        assert_eq!(drops(&log, patterns, polls), plain, "after {polls} polls");
        assert_eq!(plain.len(), 6 + usize::try_from(polls).unwrap() + usize::from(polls > 0));
    }
}

#[test]
fn values() {
    let (mut one, mut other) = (Vec::new(), Vec::new());
    let text = String::from("kept");
    let (a, b) = (run(lifetimes_plain(&text, "x", &mut one)), run(lifetimes(&text, "x", &mut other)));
    assert_eq!((a, one), (b, other));
    assert_eq!(run(generic_plain([1, 2, 3], |n| *n > 1)), run(generic([1, 2, 3], |n| *n > 1)));
    for early in [true, false] {
        assert_eq!(run(coerced_plain(early)).to_string(), run(coerced(early)).to_string());
    }
    assert_eq!(run(opaque_plain(&7)).to_string(), run(opaque(&7)).to_string());
    for text in ["7", "x"] {
        let (plain, protected) = (run(question_plain(text)), run(question(text)));
        assert_eq!(plain.map_err(|error| error.to_string()), protected.map_err(|error| error.to_string()));
    }
}

fn sent<T: Send>(value: T) -> T {
    value
}

#[test]
fn what_was_send_is() {
    let mut list = Vec::new();
    drop(sent(lifetimes("a", "b", &mut list)));
    drop(sent(coerced(true)));
    drop(sent(generic([1], |_| true)));
    let boxed: Pin<Box<dyn Future<Output = _> + Send + 'static>> = Box::pin(coerced(false));
    assert_eq!(run(boxed).to_string(), "late");
}

struct Walker {
    entered: u32,
    name: String,
}

impl Walker {
    #[bounded_recursion(max = 3)]
    async fn shared(&self, left: u32) -> Result<&str, Violation> {
        if left == 0 { Ok(&self.name) } else { Box::pin(self.shared(left - 1)).await }
    }
    #[bounded_recursion(max = 3)]
    async fn mutable(&mut self, left: u32) -> Result<&mut String, Violation> {
        self.entered += 1;
        if left == 0 { Ok(&mut self.name) } else { Box::pin(self.mutable(left - 1)).await }
    }
    #[bounded_recursion(max = 3)]
    async fn owned(mut self, left: u32) -> Result<Self, Violation> {
        self.entered += 1;
        if left == 0 { Ok(self) } else { Box::pin(self.owned(left - 1)).await }
    }
    #[bounded_recursion(max = 3)]
    async fn boxed(self: Box<Self>, left: u32) -> Result<u32, Violation> {
        if left == 0 { Ok(self.entered) } else { Box::pin(self.boxed(left - 1)).await }
    }
    #[bounded_recursion(max = 3)]
    async fn pinned(self: Pin<&mut Self>, left: u32) -> Result<u32, Violation> {
        if left == 0 { Ok(self.entered) } else { Box::pin(self.pinned(left - 1)).await }
    }
}

#[test]
fn receivers() {
    let mut walker = Walker { entered: 0, name: "w".to_owned() };
    assert_eq!(run(walker.shared(2)).unwrap(), "w");
    assert_eq!(code(run(walker.shared(3)).map(str::len)), "recursion.depth");
    run(walker.mutable(2)).unwrap().push('!');
    assert_eq!(code(run(walker.mutable(3)).map(|_| ())), "recursion.depth");
    let walker = run(walker.owned(2)).unwrap();
    assert_eq!((walker.entered, &*walker.name), (9, "w!"));
    let mut walker = Box::new(walker);
    assert_eq!(run(Pin::new(&mut *walker).pinned(2)).unwrap(), 9);
    assert_eq!(code(run(Pin::new(&mut *walker).pinned(3))), "recursion.depth");
    assert_eq!(run(walker.boxed(2)).unwrap(), 9);
}

/// `self` too is kept until the future is done, also where the body does not name it.
#[test]
fn an_owned_receiver_drops_last() {
    struct Owned<'a>(#[allow(dead_code, reason = "its drop is what matters")] Noisy<'a>, Noisy<'a>);
    impl Owned<'_> {
        async fn plain(self, log: &Log, _parameter: Noisy<'_>) {
            let _local = Noisy(log, "local");
            Later::default().await;
        }
        #[bounded_recursion(max = 3, or(panic))]
        async fn protected(self, log: &Log, _parameter: Noisy<'_>) {
            let _local = Noisy(log, "local");
            Later::default().await;
        }
        async fn part(self, log: &Log) {
            drop(self.1);
            Later::default().await;
            log.note("end");
        }
        #[bounded_recursion(max = 3, or(panic))]
        async fn part_protected(self, log: &Log) {
            drop(self.1);
            Later::default().await;
            log.note("end");
        }
    }
    let log = Log::default();
    let owned = || Owned(Noisy(&log, "one"), Noisy(&log, "other"));
    run(owned().plain(&log, Noisy(&log, "parameter")));
    let plain = log.taken();
    run(owned().protected(&log, Noisy(&log, "parameter")));
    assert_eq!(log.taken(), plain);
    run(owned().part(&log));
    let plain = log.taken();
    run(owned().part_protected(&log));
    assert_eq!(log.taken(), plain);
}

portcullis::recursion_group!(PROVIDED);

/// A provided `async fn` cannot name its own future; it can come back to itself through another type.
async fn provided(left: u32) -> Result<u32, Violation> {
    let again: Pin<Box<dyn Future<Output = Result<u32, Violation>>>> = Box::pin(async move { 8.provided(left).await });
    again.await
}

trait Handle {
    async fn handle(&self, left: u32) -> Result<u32, Violation>;
    fn sendable(&self, left: u32) -> impl Future<Output = Result<u32, Violation>> + Send;
    #[bounded_recursion(max = 1, group = PROVIDED)]
    async fn provided(&self, left: u32) -> Result<u32, Violation> {
        if left == 0 { Ok(7) } else { provided(left - 1).await }
    }
}

impl Handle for u8 {
    #[bounded_recursion(max = 3)]
    async fn handle(&self, left: u32) -> Result<u32, Violation> {
        if left == 0 { Ok(u32::from(*self)) } else { Box::pin(self.handle(left - 1)).await }
    }
    #[bounded_recursion(max = 3)]
    async fn sendable(&self, left: u32) -> Result<u32, Violation> {
        Later::default().await;
        Ok(u32::from(*self) + left)
    }
}

#[test]
fn functions_of_traits() {
    async fn generic(handle: impl Handle, left: u32) -> Result<u32, Violation> {
        handle.handle(left).await
    }
    assert_eq!(run(generic(7, 2)).unwrap(), 7);
    assert_eq!(code(run(generic(7, 3))), "recursion.depth");
    assert_eq!(run(sent(7.sendable(2))).unwrap(), 9);
    assert_eq!(run(7.provided(0)).unwrap(), 7);
    assert_eq!(code(run(7.provided(1))), "recursion.depth");
}

#[test]
fn a_function_that_never_returns() {
    #[bounded_recursion(max = 3, or(panic))]
    async fn serve(left: u32) -> ! {
        assert!(left > 0, "the server ends");
        Box::pin(serve(left - 1)).await
    }
    async fn or_number(serve_it: bool) -> u32 {
        if serve_it { serve(3).await } else { 1 }
    }
    assert_eq!(run(or_number(false)), 1);
    assert!(crate::common::panic_of(|| run(or_number(true))).starts_with("portcullis: recursion.depth"));
}

#[test]
#[allow(unsafe_op_in_unsafe_fn, reason = "as in the editions before 2024")]
fn more_than_one_protection() {
    #[zero_trust(bounded_recursion(max = 3))]
    async fn all(
        #[check(range(max = 100))] left: u32,
        #[trusted(reason = "made by the test")] (mut sum, list): (u32, &[u32]),
    ) -> Result<u32, Violation> {
        sum += list[usize::try_from(left).unwrap_or(0)];
        if left == 0 { Ok(sum) } else { Box::pin(all(left - 1, (sum, list))).await }
    }
    assert_eq!(run(all(2, (1, &[1, 2, 3]))).unwrap(), 7);
    assert_eq!(code(run(all(3, (1, &[1, 2, 3, 4])))), "recursion.depth");
    assert_eq!(code(run(all(2, (1, &[1, 2])))), "index.bounds");
    assert_eq!(code(run(all(2, (u32::MAX, &[1, 2, 3])))), "arithmetic.overflow");
    assert_eq!(code(run(all(101, (1, &[])))), "input.range");
}

/// `zero_trust` bounds by itself what names itself, and leaves the signature of other futures alone.
#[test]
fn by_default_only_what_calls_itself() {
    #[zero_trust]
    async fn recursive(#[check(range(max = 1_000))] left: u32) -> Result<u32, Violation> {
        if left == 0 { Ok(0) } else { Box::pin(recursive(left - 1)).await }
    }
    assert_eq!(run(recursive(63)).unwrap(), 0);
    assert_eq!(code(run(recursive(64))), "recursion.depth");
}

/// What needs an `async fn` below the attribute finds one.
#[test]
fn others_stay_async() {
    #[zero_trust]
    #[tokio::main(flavor = "current_thread")]
    async fn served(#[check(range(max = 9))] number: u32) -> Result<u32, Violation> {
        tokio::task::yield_now().await;
        Ok(number + 1)
    }
    assert_eq!(served(1).unwrap(), 2);
    assert_eq!(code(served(10)), "input.range");
}

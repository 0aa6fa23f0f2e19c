//! The macros of `tracing`, `log`, `anyhow`, `tokio` and `futures`: the operators in their arguments are checked.

use std::sync::{Arc, Mutex};

use anyhow::{anyhow, bail, ensure};
use portcullis::{Violation, checked_arithmetic};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// Each field as text, in the order in which it came.
#[derive(Clone, Default)]
struct Recorder(Arc<Mutex<Vec<String>>>);

impl Visit for Recorder {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0.lock().unwrap().push(format!("{field}={value:?}"));
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push(event.metadata().target().to_owned());
        event.record(&mut self.clone());
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

pub(super) fn recorded<T>(body: impl FnOnce() -> T) -> (T, Vec<String>) {
    let recorder = Recorder::default();
    let value = tracing::subscriber::with_default(recorder.clone(), body);
    let seen = recorder.0.lock().unwrap().clone();
    (value, seen)
}

#[test]
fn events_and_spans_say_what_they_said() {
    twin! {
        fn plain, protected(a: u32, kind: Level) {
            tracing::info!("sum {} of {a}", a + 1);
            tracing::info!(target: "cards", count = a + 1, shown = ?(a * 2), %kind, ?kind, a, "took {x}", x = a - 1);
            tracing::warn!({ dealt.count = a + 1, "a literal" = %(a - 1) }, "dealt {}", a * 3);
            tracing::event!(Level::ERROR, total = a + 2, empty = tracing::field::Empty);
            tracing::debug!(name: "named", parent: None, %a);
            let span = tracing::info_span!("round", number = a + 1, kind = ?kind);
            let _entered = span.enter();
            tracing::trace!(message = a + 5);
            tracing::error!(a);
        }
    }
    let (plain, protected) = (recorded(|| plain(7, Level::INFO)).1, recorded(|| protected(7, Level::INFO)).1);
    assert_eq!(plain, protected);
    assert_eq!(plain.len(), 23, "{plain:?}");
}

#[test]
fn a_field_and_a_message_refuse() {
    #[checked_arithmetic]
    fn field(a: u8) -> Result<(), Violation> {
        tracing::info!(target: "cards", count = a + 1, "text");
        Ok(())
    }
    #[checked_arithmetic]
    fn shown(a: u8) -> Result<(), Violation> {
        tracing::info!(count = %(a + 1));
        Ok(())
    }
    #[checked_arithmetic]
    fn message(a: u8) -> Result<(), Violation> {
        tracing::info!(%a, "text {}", a + 1);
        Ok(())
    }
    #[checked_arithmetic]
    fn span(a: u8) -> Result<(), Violation> {
        let _ = tracing::info_span!("round", count = a + 1);
        Ok(())
    }
    for protected in [field, shown, message, span] {
        assert!(recorded(|| protected(254)).0.is_ok());
        let (refused, said) = recorded(|| protected(255));
        assert_eq!(refused.unwrap_err().internal().operator(), Some("+"));
        assert!(said.is_empty(), "{said:?}");
    }
}

/// `log` has one logger a process, so what it prints is not looked at: that all forms compile is.
#[test]
fn records_of_log_compile_and_refuse() {
    #[checked_arithmetic]
    fn protected(a: u8) -> Result<(), Violation> {
        log::set_max_level(log::LevelFilter::Trace);
        log::info!("{} {x}", a + 1, x = a + 1);
        log::warn!(target: "cards", "{}", a + 2);
        log::error!(target: "cards", count = a + 3, kind:? = a, a; "dealt {}", a - 1);
        log::log!(log::Level::Info, "{}", a + 4);
        log::log!(target: "cards", log::Level::Debug, "{:?}", (a + 5,));
        Ok(())
    }
    assert!(protected(250).is_ok());
    for a in 251..=255 {
        assert_eq!(protected(a).unwrap_err().code(), "arithmetic.overflow");
    }
}

#[test]
fn anyhow_is_seen_through() {
    twin! {
        fn plain, protected(a: u8) -> anyhow::Result<u8> {
            ensure!(a > 1, "{} is too little of {x}", a + 1, x = a * 2);
            ensure!(a + 1 < 20);
            if a == 5 {
                bail!("{} is what nobody wants", a + 1);
            }
            Err(anyhow!("{a} and {}", a - 1))
        }
    }
    for a in [0, 5, 7, 19] {
        assert_eq!(plain(a).unwrap_err().to_string(), protected(a).unwrap_err().to_string());
    }
    #[checked_arithmetic]
    fn refused(a: u8) -> anyhow::Result<()> {
        ensure!(a + 1 > 0, "never");
        bail!("{}", a + 2)
    }
    assert!(refused(255).unwrap_err().is::<Violation>());
    assert!(refused(254).unwrap_err().is::<Violation>());
    assert!(!refused(253).unwrap_err().is::<Violation>());
}

async fn given(n: u8) -> u8 {
    n
}

#[checked_arithmetic]
async fn joined(a: u8) -> Result<(u8, u8), Violation> {
    let (b, c) = tokio::join!(given(a + 1), async { given(a).await * 2 });
    let (d, e) = tokio::join!(biased; given(b - 1), given(c));
    let (f, g) = futures_util::join!(given(d + 1), given(e));
    let tried: Result<_, Violation> = tokio::try_join!(async { Ok(given(f + 1).await) }, async { Ok(g) });
    tried
}

#[test]
fn joins_refuse() {
    assert_eq!(crate::common::run(joined(3)).unwrap(), (5, 6));
    assert!(crate::common::run(joined(255)).is_err(), "in an argument");
    assert!(crate::common::run(joined(128)).is_err(), "in an async block");
    assert!(crate::common::run(joined(126)).is_ok());
}

#[checked_arithmetic]
async fn selected(a: u8, open: bool) -> Result<u8, Violation> {
    let mut rounds = 0u8;
    loop {
        let more = tokio::select! {
            biased;
            _ = std::future::pending::<()>() => unreachable!(),
            Some(n) = async { (rounds < 1).then_some(a + 1) }, if open => {
                rounds += 1;
                n > 200
            }
            n = given(a + 2), if a + 3 > 0 => n + rounds > 9,
            else => break,
        };
        if more {
            return Ok(a + rounds);
        }
        if rounds > 0 {
            break;
        }
    }
    futures_util::select! {
        n = Box::pin(futures_util::FutureExt::fuse(given(a * 2))) => Ok(n + rounds),
        complete => Ok(0),
    }
}

#[test]
fn selects_refuse() {
    let run = |a, open| crate::common::run(selected(a, open));
    assert_eq!(run(3, true).unwrap(), 7);
    assert_eq!(run(10, false).unwrap(), 10);
    assert!(run(255, true).is_err(), "in a future");
    assert!(run(253, false).is_err(), "in a condition");
    assert!(run(252, false).is_ok());
    assert!(run(130, true).is_err(), "in another macro of that name");
}

/// The list of `rusqlite`, as it is written there.
macro_rules! params {
    () => { &[] as &[&dyn std::fmt::Debug] };
    ($($value:expr),+ $(,)?) => { &[$(&$value as &dyn std::fmt::Debug),+] as &[&dyn std::fmt::Debug] };
}

#[test]
fn a_list_of_parameters_refuses() {
    #[checked_arithmetic(casts = on)]
    fn protected(a: u8, b: i64) -> Result<String, Violation> {
        Ok(format!("{:?} {:?}", params![], params![a, a + 1, b as u16, vec![a; 2].len() - 1,]))
    }
    assert_eq!(protected(7, 65_535).unwrap(), "[] [7, 8, 65535, 1]");
    assert_eq!(protected(255, 1).unwrap_err().internal().operator(), Some("+"));
    assert_eq!(protected(7, 65_536).unwrap_err().code(), "cast.lossy");
    // That of `mysql`, which is no list of expressions.
    macro_rules! params {
        ($($name:literal => $value:expr),*) => { [$(($name, $value)),*] };
    }
    twin! {
        fn plain, named(a: u8) -> [(&'static str, u8); 2] {
            params! { "a" => a, "b" => a.wrapping_add(1) }
        }
    }
    assert_eq!(plain(255), named(255));
}

/// Another macro of a name that is known: what it cannot take for its own grammar stays.
#[test]
fn macros_of_the_same_names_stay() {
    macro_rules! select {
        ($a:ident from $b:expr) => {
            stringify!($a $b)
        };
    }
    macro_rules! info {
        ($($tokens:tt)*) => {
            stringify!($($tokens)*)
        };
    }
    macro_rules! ensure {
        ($condition:expr) => {
            stringify!($condition)
        };
    }
    twin! {
        fn plain, protected(_a: u8) -> [&'static str; 4] {
            [select!(_a from _a + 1), info!(_a + 1, => x), ensure!(_a + 1), info!(_a + 1 ; _b)]
        }
    }
    assert_eq!(plain(255), protected(255));
}

//! One attack on one stack, in a process that may die of it: `stacks PLACE MODE SHAPE`, and more in `work`. Prints what came of
//! it; `behaviour/bounded_recursion/stack_ends.rs` looks at that, and at how the process ended.

#![allow(clippy::arithmetic_side_effects, clippy::panic_in_result_fn, clippy::unwrap_used, reason = "a test")]

use std::env;
use std::error::Error;
use std::hint::black_box;
use std::os::unix::process::CommandExt as _;
use std::panic::catch_unwind;
use std::process::Command;
use std::thread;

use portcullis::{TakeApart, Violation, bounded_recursion, drop_iteratively};
use rustix::process::{Resource, Rlimit, getpid, getrlimit, setrlimit};
use rustix::thread::gettid;

/// More than any stack here, and far more than it lasts for: 10,000,000 levels.
static INPUT: [u8; 10_000_000] = [b'['; 10_000_000];

/// What the process may take of addresses, so that a stack without a limit ends too, before it has 48 bytes for each level. A
/// backtrace reads the debug information of the whole program, and takes several times its size: where that is not to be had,
/// std waits for itself without end.
const MEMORY: u64 = 384 << 20;

type Answer = Result<u64, Violation>;

/// Of a call one level down: so that the optimiser makes no loop of the recursion.
fn deeper(inner: Answer) -> Answer {
    Ok(black_box(inner?) + 1)
}

/// The same functions under each attribute, and under none.
macro_rules! shapes {
    ($mode:ident $(, #[$attribute:meta])?) => {
        mod $mode {
            use super::*;

            $(#[$attribute])?
            fn direct(text: &[u8]) -> Answer {
                match text {
                    [b'[', inner @ ..] => deeper(direct(inner)),
                    _ => Ok(0),
                }
            }

            $(#[$attribute])?
            fn list(text: &[u8]) -> Answer {
                if text.is_empty() { Ok(0) } else { deeper(element(text)) }
            }

            $(#[$attribute])?
            fn element(text: &[u8]) -> Answer {
                match text {
                    [b'[', inner @ ..] => deeper(list(inner)),
                    _ => Ok(0),
                }
            }

            struct Parser<'a>(&'a [u8]);

            impl Parser<'_> {
                $(#[$attribute])?
                fn nested(&mut self) -> Answer {
                    match self.0 {
                        [b'[', inner @ ..] => {
                            self.0 = inner;
                            deeper(self.nested())
                        }
                        _ => Ok(0),
                    }
                }
            }

            $(#[$attribute])?
            fn closure(text: &[u8]) -> Answer {
                text.split_first().map_or(Ok(0), |(_, inner)| deeper(closure(inner)))
            }

            pub(super) fn run(shape: &str, text: &[u8]) -> Answer {
                match shape {
                    "direct" => direct(text),
                    "mutual" => list(text),
                    "method" => Parser(text).nested(),
                    "closure" => closure(text),
                    _ => panic!("no such shape"),
                }
            }
        }
    };
}

shapes!(plain);
shapes!(count, #[bounded_recursion(max = 64)]);
shapes!(stack, #[bounded_recursion(mode = stack)]);
shapes!(both, #[bounded_recursion(mode = both, max = u32::MAX)]);
shapes!(lower, #[bounded_recursion(mode = both, max = 64)]);

fn run(mode: &str, shape: &str, text: &[u8]) -> Answer {
    match mode {
        "plain" => plain::run(shape, text),
        "count" => count::run(shape, text),
        "stack" => stack::run(shape, text),
        "both" => both::run(shape, text),
        "lower" => lower::run(shape, text),
        _ => panic!("no such mode"),
    }
}

/// The code of the refusal, or `ok`.
fn said(answer: &Answer) -> &'static str {
    answer.as_ref().map_or_else(Violation::code, |_| "ok")
}

/// The attack, and twice a sane request after it.
fn attack(mode: &str, shape: &str) -> String {
    let [attack, next, again] = [&INPUT[..], b"[[[[]", b"[[[[]"].map(|text| said(&run(mode, shape, text)));
    format!("{attack} {next} {again}")
}

/// What a function does with the refusal while the stack is at its end.
mod last {
    use super::{Error, black_box, bounded_recursion};

    #[bounded_recursion(mode = stack)]
    pub(super) fn anyhow(text: &[u8]) -> anyhow::Result<u64> {
        match text {
            [_, inner @ ..] => Ok(black_box(anyhow(inner)?) + 1),
            [] => Ok(0),
        }
    }

    /// Shows it there, with its backtrace.
    #[bounded_recursion(mode = stack, or(return Err(format!("{:?}", ::anyhow::Error::new(violation)))))]
    pub(super) fn shown(text: &[u8]) -> Result<u64, String> {
        match text {
            [_, inner @ ..] => Ok(black_box(shown(inner)?) + 1),
            [] => Ok(0),
        }
    }

    #[bounded_recursion(mode = stack, or(return {
        tracing::error!(internal = %violation.internal(), "refused");
        Err(violation.into())
    }))]
    pub(super) fn traced(text: &[u8]) -> Result<u64, Box<dyn Error>> {
        match text {
            [_, inner @ ..] => Ok(black_box(traced(inner)?) + 1),
            [] => Ok(0),
        }
    }

    #[bounded_recursion(mode = stack, or(panic))]
    pub(super) fn panicking(text: &[u8]) -> u64 {
        match text {
            [_, inner @ ..] => black_box(panicking(inner)) + 1,
            [] => 0,
        }
    }
}

/// The attack on a function that does this with its refusal.
fn at_the_end(error: &str) -> String {
    let text = match error {
        "anyhow" => format!("{:?}", last::anyhow(&INPUT).unwrap_err()),
        "shown" => last::shown(&INPUT).unwrap_err(),
        "traced" => last::traced(&INPUT).unwrap_err().to_string(),
        "panic" => catch_unwind(|| last::panicking(&INPUT)).unwrap_err().downcast_ref::<String>().unwrap().clone(),
        _ => panic!("no such error"),
    };
    // The next request, and another attack.
    let next = last::panicking(b"[[[[]");
    let again = last::anyhow(&INPUT).is_err();
    format!("{next} {again} {text}")
}

/// The first call of the thread comes from so many KiB further down; then one from here, and an attack.
fn below(kib: usize, first: &str) -> String {
    /// Not protected.
    fn at(end: usize, then: impl Fn() -> &'static str) -> &'static str {
        let here = 0_u8;
        if black_box(&raw const here).addr() < end { then() } else { black_box(at(end, then)) }
    }
    let run = |text| said(&stack::run("direct", text));
    let (sane, attack) = (|| run(&[b'['; 200]), || run(&INPUT));
    let here = 0_u8;
    let end = (&raw const here).addr() - (kib << 10);
    let first = at(end, || if first == "sane" { sane() } else { attack() });
    [first, sane(), attack()].join(" ")
}

/// Calls in a segment of the stack that is not the thread's, before and after calls on the thread's own.
fn segments(mode: &str, first: &str) -> String {
    const SANE: &[u8] = &[b'['; 1_000];
    let inside = || stacker::grow(4 << 20, || said(&run(mode, "direct", SANE)));
    let outside = || said(&run(mode, "direct", &INPUT));
    let said = match first {
        "inside" => [inside(), outside(), inside(), outside()],
        _ => [outside(), inside(), outside(), inside()],
    };
    said.join(" ")
}

/// A chain of a million boxes, whose own drop recurses.
fn dropped(how: &str) -> &'static str {
    #[derive(TakeApart)]
    struct Chain {
        level: u32,
        next: Option<Box<Chain>>,
    }
    let chain = (0..1_000_000).fold(None, |next, level| Some(Box::new(Chain { level, next })));
    assert_eq!(chain.as_ref().map(|last| last.level), Some(999_999));
    match how {
        "plain" => drop(chain),
        _ => drop_iteratively(chain),
    }
    "dropped"
}

fn work(args: &[String]) -> String {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match *args {
        ["drop", how] => dropped(how).to_owned(),
        [mode, "segment", first] => segments(mode, first),
        [mode, "attack-in-segment", shape] => stacker::grow(1 << 20, || attack(mode, shape)),
        [mode, "sane"] => [(); 2].map(|()| said(&run(mode, "direct", b"[[[[]"))).join(" "),
        ["stack", "below", kib, first] => below(kib.parse().unwrap(), first),
        ["stack", "left"] => stack::run("direct", &INPUT).unwrap_err().internal().to_string(),
        ["stack", "last", error] => at_the_end(error),
        [mode, shape] => attack(mode, shape),
        _ => panic!("no such work"),
    }
}

fn main() {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    let args: Vec<String> = env::args().skip(1).collect();
    let (place, rest) = args.split_first().unwrap();
    let at_most = |bytes| Rlimit { current: Some(bytes), maximum: Some(bytes) };
    setrlimit(Resource::As, at_most(MEMORY)).unwrap();
    setrlimit(Resource::Core, at_most(0)).unwrap();
    let rest = rest.to_vec();
    let said = match &**place {
        "main" => {
            assert_eq!(gettid(), getpid());
            work(&rest)
        }
        "unlimited" => return unlimited(&rest),
        "worker" => runtime().block_on(async { tokio::spawn(async move { work(&rest) }).await.unwrap() }),
        "blocking" => runtime().block_on(async { tokio::task::spawn_blocking(move || work(&rest)).await.unwrap() }),
        kib => {
            let bytes = kib.parse::<usize>().unwrap() << 10;
            thread::Builder::new().stack_size(bytes).spawn(move || work(&rest)).unwrap().join().unwrap()
        }
    };
    println!("{said}");
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap()
}

/// The main thread of a process that began without a limit of its stack.
fn unlimited(rest: &[String]) {
    let Rlimit { maximum, .. } = getrlimit(Resource::Stack);
    assert_eq!(maximum, None, "the hard limit of the stack has to be `unlimited`");
    setrlimit(Resource::Stack, Rlimit { current: None, maximum }).unwrap();
    let program = env::current_exe().unwrap();
    panic!("{}", Command::new(program).arg("main").args(rest).exec());
}

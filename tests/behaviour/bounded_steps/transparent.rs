//! Code that is within its limit means the same.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use portcullis::{Violation, bounded_steps};

use crate::common::{Log, Noisy, run};

macro_rules! twin {
    ($($rest:tt)*) => { twin_of_steps! { $($rest)* } };
}
macro_rules! twin_of_steps {
    (async fn $plain:ident, $protected:ident $($rest:tt)*) => {
        async fn $plain $($rest)*

        #[bounded_steps(max = 100_000, or(panic))]
        async fn $protected $($rest)*
    };
    (fn $plain:ident, $protected:ident $($rest:tt)*) => {
        fn $plain $($rest)*

        #[bounded_steps(max = 100_000, or(panic))]
        fn $protected $($rest)*
    };
}

#[test]
fn values_and_labels() {
    twin! {
        fn plain, protected(text: &str) -> (Option<usize>, u32, &str, i8) {
            let at = 'found: {
                for (at, letter) in text.char_indices() {
                    if letter == 'x' {
                        break 'found Some(at);
                    }
                }
                None
            };
            let mut n = 0;
            let value = 'outer: loop {
                n += 1;
                loop {
                    n += 1;
                    if n % 7 == 0 {
                        break 'outer n * 2;
                    }
                    if n % 3 == 0 {
                        continue 'outer;
                    }
                }
            };
            let rest = loop {
                break &text[text.len() / 2..];
            };
            let byte = loop {
                if value > 3 {
                    break -1;
                }
            };
            (at, value, rest, byte)
        }
    }
    for text in ["", "x", "abx", "abcdef"] {
        assert_eq!(plain(text), protected(text));
    }
}

#[test]
fn drops_come_in_their_order() {
    twin! {
        fn plain, protected<'a>(log: &'a Log, _first: Noisy<'a>, last: Noisy<'a>) -> u8 {
            let _local = Noisy(log, "local");
            for name in ["a", "b", "c"] {
                let _each = Noisy(log, name);
                if name == "b" {
                    drop(last);
                    return 1;
                }
            }
            2
        }
    }
    twin! {
        async fn plain_async, protected_async<'a>(log: &'a Log, _first: Noisy<'a>, _: Noisy<'a>, last: Noisy<'a>, _unused: Noisy<'a>) -> u8 {
            let _local = Noisy(log, "local");
            for name in ["a", "b"] {
                let _each = Noisy(log, name);
                log.note(last.1);
            }
            2
        }
    }
    let log = Log::default();
    plain(&log, Noisy(&log, "first"), Noisy(&log, "last"));
    let expected = log.taken();
    protected(&log, Noisy(&log, "first"), Noisy(&log, "last"));
    assert_eq!(log.taken(), expected);

    let noisy = |name| Noisy(&log, name);
    run(plain_async(&log, noisy("first"), noisy("ignored"), noisy("last"), noisy("unused")));
    let expected = log.taken();
    assert_eq!(expected.len(), 9);
    run(protected_async(&log, noisy("first"), noisy("ignored"), noisy("last"), noisy("unused")));
    assert_eq!(log.taken(), expected);
    // Never polled.
    drop(plain_async(&log, noisy("first"), noisy("ignored"), noisy("last"), noisy("unused")));
    let expected = log.taken();
    drop(protected_async(&log, noisy("first"), noisy("ignored"), noisy("last"), noisy("unused")));
    assert_eq!(log.taken(), expected);
}

#[test]
fn what_is_left_alone() {
    #[bounded_steps(max = 3)]
    fn items() -> Result<usize, Violation> {
        const TABLE: [u8; 16] = {
            let mut table = [0; 16];
            let mut at = 0;
            while at < 16 {
                table[at] = at as u8;
                at += 1;
            }
            table
        };
        fn plain() -> usize {
            let mut n = 0;
            for _ in 0..100 {
                n += 1;
            }
            n
        }
        let sum = const {
            let mut n = 0;
            while n < 50 {
                n += 1;
            }
            n
        };
        // An adaptor is no loop: as documented.
        Ok(TABLE.iter().map(|byte| usize::from(*byte)).sum::<usize>() + plain() + sum)
    }
    assert_eq!(items().unwrap(), 270);
}

#[test]
fn generics_borrows_and_question_marks() {
    #[bounded_steps(max = 1_000)]
    fn group<'a, K: Ord + Copy, T>(
        items: &'a [T],
        key: impl Fn(&T) -> Result<K, Violation>,
    ) -> Result<BTreeMap<K, Vec<&'a T>>, Violation> {
        let mut groups: BTreeMap<K, Vec<&T>> = BTreeMap::new();
        for item in items {
            let group = groups.entry(key(item)?).or_default();
            group.push(item);
        }
        Ok(groups)
    }
    let groups = group(&["a", "bb", "cc"], |text| Ok(text.len())).unwrap();
    assert_eq!(groups[&2], [&"bb", &"cc"]);

    #[bounded_steps(max = 10, or(return ControlFlow::Break(0)))]
    fn flow(n: u8) -> ControlFlow<u8, u8> {
        let mut total = 0;
        for at in 0..n {
            total += step(at)?;
        }
        ControlFlow::Continue(total)
    }
    fn step(at: u8) -> ControlFlow<u8, u8> {
        if at == 8 { ControlFlow::Break(at) } else { ControlFlow::Continue(1) }
    }
    assert_eq!(flow(8), ControlFlow::Continue(8));
    assert_eq!(flow(9), ControlFlow::Break(8));
}

#[test]
fn loops_of_any_type() {
    #[bounded_steps(max = 5)]
    fn never() -> Result<std::convert::Infallible, Violation> {
        loop {}
    }
    #[bounded_steps(max = 5, or(panic))]
    #[allow(clippy::never_loop, clippy::while_let_loop, reason = "what is tested")]
    fn diverges(n: u8) -> ! {
        let _: u8 = loop {
            if n > 0 {
                break n;
            }
        };
        panic!("at the end")
    }
    #[bounded_steps(max = 5)]
    fn statement_that_begins_with_a_sign(mut cells: [i32; 3], at: &mut i32) -> Result<i32, Violation> {
        for cell in &mut cells {
            *cell += 1;
            *at += *cell;
        }
        for _ in 0..1 {
            (*at) += 1;
        }
        let last = loop {
            break -*at;
        };
        Ok(last)
    }
    assert_eq!(crate::common::code(never()), "steps");
    assert_eq!(crate::common::panic_of(|| diverges(1)), "at the end");
    assert!(crate::common::panic_of(|| diverges(0)).starts_with("portcullis: steps"));
    let mut at = 0;
    assert_eq!(statement_that_begins_with_a_sign([1, 2, 3], &mut at).unwrap(), -10);
}

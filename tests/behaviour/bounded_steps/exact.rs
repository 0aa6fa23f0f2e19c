//! The limit itself, to the step.

use portcullis::{Kind, Violation, bounded_steps};

use super::Count;
use crate::common::{code, panic_of};

/// Each kind of loop, of `n` iterations.
macro_rules! loops {
    ($($name:ident($n:ident, $count:ident) { $($body:tt)* })*) => {$(
        #[test]
        fn $name() {
            #[bounded_steps(max = 7)]
            fn run($n: u32, $count: &Count) -> Result<(), Violation> {
                $($body)*
                Ok(())
            }
            let count = Count::default();
            for n in 0..12 {
                let done = run(n, &count);
                if n <= 7 {
                    done.unwrap();
                    assert_eq!(count.taken(), u64::from(n));
                } else {
                    assert_eq!(code(done), "steps");
                    // The iteration that is refused does not begin.
                    assert_eq!(count.taken(), 7);
                }
            }
        }
    )*};
}
loops! {
    for_loop(n, count) {
        for _ in 0..n {
            count.one();
        }
    }
    while_loop(n, count) {
        let mut left = n;
        while left > 0 {
            count.one();
            left -= 1;
        }
    }
    while_let(n, count) {
        let mut stack = vec![(); n as usize];
        while let Some(()) = stack.pop() {
            count.one();
        }
    }
    endless_loop(n, count) {
        let mut left = n;
        if n > 0 {
            loop {
                count.one();
                left -= 1;
                if left == 0 {
                    break;
                }
            }
        }
    }
    labels(n, count) {
        let mut left = n;
        'outer: while left > 0 {
            loop_of(&mut left, count);
            if left == 0 {
                break 'outer;
            }
            continue 'outer;
        }
    }
    in_a_macro(n, count) {
        assert!({
            for _ in 0..n {
                count.one();
            }
            true
        });
    }
    in_a_condition(n, count) {
        if n > 0 && {
            let mut left = n;
            while left > 0 {
                count.one();
                left -= 1;
            }
            left > 0
        } {
            unreachable!();
        }
    }
    in_an_argument(n, count) {
        drop(vec![{
            for _ in 0..n {
                count.one();
            }
        }]);
    }
    in_a_let_else(n, count) {
        let Some(()) = (if n == 99 { None } else { Some(()) }) else {
            loop {}
        };
        for _ in 0..n {
            count.one();
        }
    }
}

/// A plain function, which counts nothing.
fn loop_of(left: &mut u32, count: &Count) {
    count.one();
    for _ in 0..1 {
        *left -= 1;
    }
}

#[test]
fn nested_loops_count_together() {
    #[bounded_steps(max = 20)]
    fn grid(rows: u32, columns: u32, count: &Count) -> Result<(), Violation> {
        for _ in 0..rows {
            count.one();
            for _ in 0..columns {
                count.one();
            }
        }
        Ok(())
    }
    let count = Count::default();
    grid(4, 4, &count).unwrap();
    assert_eq!(count.taken(), 20);
    assert_eq!(code(grid(4, 5, &count)), "steps");
    assert_eq!(count.taken(), 20);
    assert_eq!(code(grid(5, 4, &count)), "steps");
    assert_eq!(count.taken(), 20);
    // Each call has the limit anew.
    grid(4, 4, &count).unwrap();
}

#[test]
fn a_refusal_says_where_and_how_many() {
    #[bounded_steps(max = 3)]
    fn endless() -> Result<(), Violation> {
        loop {}
    }
    let refused = endless().unwrap_err();
    assert_eq!((refused.code(), refused.kind()), ("steps", Kind::Steps));
    assert_eq!(refused.to_string(), "the request is refused: steps");
    let internal = refused.internal();
    let line = internal.location().unwrap().line();
    assert!(line > 120 && internal.location().unwrap().file().ends_with("exact.rs"), "{internal}");
    let text = internal.to_string();
    assert!(text.starts_with("steps: more than 3 steps in ") && text.contains("endless at "), "{text}");
}

#[test]
fn the_limit_is_asked_at_each_call() {
    #[bounded_steps(max = limit * 2)]
    fn run(limit: i64, n: u32) -> Result<(), Violation> {
        for _ in 0..n {}
        Ok(())
    }
    run(5, 10).unwrap();
    assert_eq!(code(run(5, 11)), "steps");
    run(6, 12).unwrap();
    // What is no count admits no iteration, and the call itself.
    run(-1, 0).unwrap();
    assert_eq!(code(run(-1, 1)), "steps");
    run(i64::MAX / 2, 1_000).unwrap();
}

#[test]
fn no_limit_is_too_large() {
    #[bounded_steps(max = u64::MAX)]
    fn run(n: u32) -> Result<u32, Violation> {
        for _ in 0..n {}
        inner(n)
    }
    #[bounded_steps(max = 5)]
    fn inner(n: u32) -> Result<u32, Violation> {
        for _ in 0..n {}
        Ok(n)
    }
    assert_eq!(run(5).unwrap(), 5);
    assert_eq!(code(run(6)), "steps");
}

#[test]
fn other_ways_out() {
    #[bounded_steps(max = 2, or(return Err(format!("{} of {n}", violation.code()))))]
    fn value(n: u32) -> Result<(), String> {
        for _ in 0..n {}
        Ok(())
    }
    #[bounded_steps(max = 2, or(panic))]
    fn panics(n: u32) {
        for _ in 0..n {}
    }
    #[bounded_steps(max = 2, or(return))]
    fn nothing(n: u32, count: &Count) {
        for _ in 0..n {
            count.one();
        }
    }
    assert_eq!(value(3).unwrap_err(), "steps of 3");
    value(2).unwrap();
    assert!(panic_of(|| panics(3)).starts_with("portcullis: steps: more than 2 steps in "));
    panics(2);
    let count = Count::default();
    nothing(3, &count);
    assert_eq!(count.taken(), 2);
}

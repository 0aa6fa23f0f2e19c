//! The counts of the allocator.

use std::hint::black_box;
use std::sync::Barrier;
use std::thread;

use portcullis::counting::{gross_bytes, handlers, is_installed, live_bytes};
use portcullis::{Violation, bounded_steps, carry_call};

use crate::asked;

#[test]
fn what_is_asked_for_is_counted_once() {
    assert!(is_installed());
    let (kept, bytes) = asked(|| black_box(vec![0_u8; 1_000_000]));
    assert_eq!(bytes, 1_000_000);
    let ((), bytes) = asked(|| drop(kept));
    assert_eq!(bytes, 0, "to give back is not to ask");
    let ((), bytes) = asked(|| {
        let mut list = Vec::<u8>::with_capacity(1_000);
        list.reserve_exact(3_000);
        list.shrink_to(2_000);
        black_box(list);
    });
    assert_eq!(bytes, 3_000, "what grows counts by how much it grows");
}

#[test]
fn what_is_in_use() {
    // Other tests run beside this one; they keep less.
    const LARGE: usize = 1 << 30;
    let kept = black_box(Vec::<u8>::with_capacity(LARGE));
    assert!(live_bytes() >= LARGE as u64);
    drop(kept);
    assert!(live_bytes() < LARGE as u64);
    assert!(gross_bytes() >= LARGE as u64);
}

#[test]
fn threads_count_apart() {
    thread::scope(|scope| {
        for size in [10_000, 20_000, 30_000] {
            scope.spawn(move || {
                let (_, bytes) = asked(|| black_box(vec![0_u8; size]));
                assert_eq!(bytes, size as u64);
            });
        }
    });
}

#[test]
fn more_threads_than_slots_and_slots_that_are_used_again() {
    let all = Barrier::new(700);
    for _ in 0..2 {
        thread::scope(|scope| {
            for _ in 0..700 {
                thread::Builder::new()
                    .stack_size(256 << 10)
                    .spawn_scoped(scope, || {
                        let (_, bytes) = asked(|| black_box(vec![0_u8; 5_000]));
                        assert_eq!(bytes, 5_000);
                        all.wait();
                        let (_, bytes) = asked(|| black_box(vec![0_u8; 6_000]));
                        assert_eq!(bytes, 6_000);
                    })
                    .unwrap();
            }
        });
    }
}

#[bounded_steps(max = 1_000_000)]
fn greedy(bytes: usize) -> Result<(), Violation> {
    black_box(vec![0_u8; bytes]);
    modest(10);
    thread::scope(|scope| {
        let elsewhere = carry_call(move || drop(black_box(vec![0_u8; bytes])));
        scope.spawn(elsewhere);
    });
    Ok(())
}

/// It is called by the one above, whose request it is.
#[bounded_steps(max = 1_000_000, or(panic))]
fn modest(bytes: usize) {
    black_box(vec![0_u8; bytes]);
}

#[bounded_steps(max = 1_000_000, or(panic))]
async fn slow(bytes: usize) {
    for _ in 0..10 {
        drop(black_box(vec![0_u8; bytes]));
        tokio::task::yield_now().await;
    }
}

fn of(name: &str) -> u64 {
    handlers().iter().find(|(handler, _)| handler.ends_with(name)).map_or(0, |(_, bytes)| *bytes)
}

#[test]
fn bytes_belong_to_the_handler_at_which_the_request_began() {
    greedy(1_000_000).unwrap();
    let greedy = of("::greedy");
    assert!((2_000_010..2_100_000).contains(&greedy), "{greedy}");
    assert_eq!(of("::modest"), 0);
    modest(500);
    assert_eq!(of("::modest"), 500);
}

#[test]
fn tasks_that_take_turns_on_one_thread() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        tokio::join!(slow(1_000), slow(2_000), async {
            drop(black_box(vec![0_u8; 70_000]));
            tokio::task::yield_now().await;
            drop(black_box(vec![0_u8; 70_000]));
        });
    });
    // The runtime keeps lists of its own.
    assert!((30_000..31_000).contains(&of("::slow")), "{}", of("::slow"));
}

#[test]
fn a_request_that_is_still_at_work_is_seen() {
    #[bounded_steps(max = 1_000, or(panic))]
    fn at_work(seen: impl FnOnce()) {
        black_box(vec![0_u8; 123_456]);
        seen();
    }
    // Of the first request nothing is known before it ends.
    at_work(|| {});
    at_work(|| assert!(of("::at_work") >= 2 * 123_456));
}

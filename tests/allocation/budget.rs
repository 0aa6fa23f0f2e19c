//! `allocation_budget`: the gross bytes of a whole request.

use std::hint::black_box;
use std::thread;
use std::time::Duration;

use portcullis::{Violation, carry, carry_call, zero_trust};

use crate::asked;

fn over(violation: &Violation) {
    assert_eq!((violation.code(), violation.kind()), ("allocation", portcullis::Kind::Allocation));
    let text = violation.internal().to_string();
    assert!(text.contains("bytes in all, where 1048576 are the limit"), "{text}");
}

#[zero_trust(allocation_budget = "1MiB")]
fn lines(#[check(range(max = 1_000_000))] count: usize) -> Result<usize, Violation> {
    let mut total = 0;
    for _ in 0..count {
        total += black_box(vec![0_u8; 1_000]).len();
    }
    Ok(total)
}

#[test]
fn a_loop_stops_at_the_checkpoint_after_the_limit() {
    assert_eq!(lines(1_000).unwrap(), 1_000_000);
    let (refused, bytes) = asked(|| lines(1_000_000));
    over(&refused.unwrap_err());
    assert!((1 << 20..(1 << 20) + 4_000).contains(&bytes), "{bytes}");
    // The next request has a budget of its own.
    assert_eq!(lines(1_000).unwrap(), 1_000_000);
}

#[zero_trust(allocation_budget = "1MiB")]
fn nested(#[check(range(max = 10_000))] depth: usize) -> Result<(), Violation> {
    for _ in 0..depth {
        black_box(vec![0_u8; 1_000]);
    }
    lines(depth).map(drop)
}

#[test]
fn what_is_called_takes_from_the_same_budget() {
    nested(500).unwrap();
    over(&nested(600).unwrap_err());
}

#[test]
fn what_is_around_is_not_counted_and_is_counted_afterwards() {
    #[zero_trust(allocation_budget = "1MiB")]
    fn outer(#[check(range(max = 10))] times: usize) -> Result<(), Violation> {
        #[zero_trust(allocation_budget = 10_000)]
        fn inner() -> Result<(), Violation> {
            for _ in 0..9 {
                black_box(vec![0_u8; 1_000]);
            }
            Ok(())
        }
        for _ in 0..times {
            // More than the inner budget, which is not in force here.
            black_box(vec![0_u8; 100_000]);
            inner()?;
        }
        Ok(())
    }
    black_box(vec![0_u8; 2 << 20]);
    outer(9).unwrap();
    let violation = outer(10).unwrap_err();
    over(&violation);
}

#[zero_trust(allocation_budget = "1MiB")]
async fn waits(#[check(range(max = 10_000))] rounds: usize) -> Result<(), Violation> {
    for _ in 0..rounds {
        black_box(vec![0_u8; 1_000]);
        tokio::task::yield_now().await;
    }
    Ok(())
}

#[test]
fn it_follows_the_request_over_await_and_beside_others() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let many = (0..20).map(|_| tokio::spawn(waits(1_000)));
        for task in many.collect::<Vec<_>>() {
            task.await.unwrap().unwrap();
        }
        let (small, large) = tokio::join!(tokio::spawn(waits(1_000)), tokio::spawn(waits(2_000)));
        small.unwrap().unwrap();
        over(&large.unwrap().unwrap_err());
    });
}

#[zero_trust(allocation_budget = "1MiB")]
fn workers(#[check(range(max = 8))] count: usize, #[check(range(max = 10_000))] each: usize) -> Result<(), Violation> {
    thread::scope(|scope| {
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(carry_call(move || lines(each)))).collect();
        workers.into_iter().try_for_each(|worker| worker.join().unwrap().map(drop))
    })
}

#[test]
fn threads_of_a_request_share_it() {
    workers(4, 200).unwrap();
    over(&workers(4, 300).unwrap_err());
    // Together they are over by no more than what each asks for before it looks.
    over(&workers(8, 10_000).unwrap_err());
}

#[test]
fn so_do_its_tasks_also_when_it_has_ended() {
    #[zero_trust(allocation_budget = "1MiB")]
    async fn spawns(#[check(range(max = 10_000))] rounds: usize) -> Result<(), Violation> {
        let other = portcullis::spawn(waits(rounds));
        let carried = carry(waits(rounds));
        carried.await?;
        other.await.unwrap_or(Ok(()))
    }
    #[zero_trust(allocation_budget = "1MiB")]
    async fn leaves(
        #[check(range(max = 10_000))] rounds: usize,
    ) -> Result<tokio::task::JoinHandle<Result<(), Violation>>, Violation> {
        black_box(vec![0_u8; 600_000]);
        Ok(portcullis::spawn(waits(rounds)))
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        spawns(400).await.unwrap();
        over(&spawns(600).await.unwrap_err());
        leaves(300).await.unwrap().await.unwrap().unwrap();
        over(&leaves(600).await.unwrap().await.unwrap().unwrap_err());
    });
}

#[test]
fn each_way_out() {
    #[zero_trust(allocation_budget = "1MiB", or(return violation.code()))]
    fn returned(#[check(range(max = 10_000))] count: usize) -> &'static str {
        for _ in 0..count {
            black_box(vec![0_u8; 1_000]);
        }
        "done"
    }
    assert_eq!((returned(1), returned(2_000)), ("done", "allocation"));
    #[zero_trust(allocation_budget = "1MiB", bounded_steps(max = 100, or(return 1)), or(return 2))]
    fn either(#[check(range(max = 10_000))] count: usize, #[check(range(max = 10_000_000))] bytes: usize) -> u8 {
        let each = |bytes| {
            for _ in 0..count {
                black_box(vec![0_u8; bytes]);
            }
        };
        each(bytes);
        0
    }
    assert_eq!((either(10, 10), either(200, 1), either(10, 1_000_000)), (0, 1, 2));
    #[zero_trust(allocation_budget = "1MiB", bounded_allocation(max = "2MiB", or(return 1)), deadline("1h", or(return 3)), or(return 2))]
    async fn with_others(#[check(range(max = 10_000_000))] bytes: usize) -> u8 {
        let fill = async { (0..3).map(|_| vec![0_u8; bytes]).collect::<Vec<_>>() };
        black_box(fill.await);
        for _ in 0..1 {
            tokio::time::sleep(Duration::ZERO).await;
        }
        0
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let answers = [10, 1_000_000, 3_000_000].map(|bytes| runtime.block_on(with_others(bytes)));
    assert_eq!(answers, [0, 2, 1]);
}

/// Under the least limit that an expression gives.
#[test]
fn a_limit_that_is_computed() {
    #[zero_trust(allocation_budget = share * 1_000)]
    fn of_share(
        #[trusted(reason = "the server's own setting")] share: u64,
        #[check(range(max = 1_000))] count: usize,
    ) -> Result<(), Violation> {
        for _ in 0..count {
            black_box(vec![0_u8; 1_000]);
        }
        Ok(())
    }
    of_share(10, 10).unwrap();
    assert_eq!(of_share(10, 12).unwrap_err().code(), "allocation");
    of_share(100, 12).unwrap();
}

#[test]
fn the_page_of_an_incident_has_what_each_handler_asked_for() {
    #[zero_trust(allocation_budget = "16MiB")]
    fn hungry() -> Result<usize, Violation> {
        Ok(black_box(vec![0_u8; 3_000_000]).len())
    }
    let shown = || {
        let page = portcullis::incident::page();
        let (_, row) = page.split_once("::hungry\"")?;
        let (_, asked) = row.split_once("\"asked\":")?;
        asked.split([',', '}']).next()?.parse::<u64>().ok()
    };
    assert_eq!(shown(), None);
    hungry().unwrap();
    assert!(shown().unwrap() >= 3_000_000);
}

thread_local! {
    static TOLD: std::cell::RefCell<Vec<String>> = const { std::cell::RefCell::new(Vec::new()) };
}

fn listen(event: &portcullis::Event<'_>) {
    if let portcullis::Event::Observed(violation) = event {
        TOLD.with_borrow_mut(|told| told.push(violation.internal().to_string()));
    }
}

#[test]
fn one_that_is_only_observed_stops_nobody() {
    #[zero_trust(observe, allocation_budget = "64KiB")]
    fn observed(count: usize) -> usize {
        // A limit that refuses, of which this one is no part.
        lines(count).unwrap_or_default()
    }
    #[zero_trust(observe, allocation_budget = "64KiB")]
    async fn later(count: usize) -> usize {
        black_box(vec![0_u8; 1_000 * count]).len()
    }
    portcullis::set_observer(listen).unwrap();
    let told = |run: &dyn Fn() -> usize| {
        TOLD.with_borrow_mut(Vec::clear);
        (run(), TOLD.with_borrow_mut(std::mem::take))
    };
    assert_eq!(told(&|| observed(60)), (60_000, vec![]));
    let (sum, all) = told(&|| observed(900));
    assert_eq!((sum, all.len()), (900_000, 1), "{all:?}");
    assert!(all[0].contains("bytes in all, where 65536 are the limit"), "{all:?}");
    // What it calls has its own limit still.
    assert_eq!(told(&|| observed(2_000)).0, 0);
    let run = |count| {
        let mut future = std::pin::pin!(later(count));
        match future.as_mut().poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
            std::task::Poll::Ready(sum) => sum,
            std::task::Poll::Pending => 0,
        }
    };
    assert_eq!(told(&|| run(60)), (60_000, vec![]));
    assert_eq!(told(&|| run(70)).1.len(), 1);
}

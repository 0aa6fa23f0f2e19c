//! The tables, as they are shown to those who look: live.

use portcullis::incident::{page, prometheus};
use portcullis::{Violation, bounded_recursion, shed_load, zero_trust};

#[zero_trust]
fn counted(#[check(range(max = 9))] secs: u32) -> Result<u32, Violation> {
    Ok(secs)
}

#[zero_trust(observe)]
fn looks(#[check(range(max = 9))] secs: u32) -> u32 {
    secs
}

fn line<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix(start)).map(str::trim)
}

const HERE: &str = concat!("handler=\"", module_path!(), "::");

#[test]
fn refusals_are_counted_by_function_and_code() {
    for _ in 0..3 {
        assert!(counted(10).is_err());
    }
    let text = prometheus();
    let counted = format!("portcullis_violations_total{{{HERE}counted\",code=\"input.range\"}}");
    assert_eq!(line(&text, &counted), Some("3"), "{text}");
    let observed = format!("portcullis_observed_total{{{HERE}looks\",code=\"input.range\"}}");
    assert_eq!(line(&text, &observed), None, "{text}");
    assert_eq!(looks(10) + looks(9) + looks(11), 30);
    let text = prometheus();
    assert_eq!(line(&text, &observed), Some("2"), "{text}");
    assert!(!text.contains(&format!("portcullis_violations_total{{{HERE}looks")), "{text}");
    assert!(page().contains("\"refusals\":{},\"observed\":{\"input.range\":2}"), "as data of the page");
    for comment in ["# TYPE portcullis_violations_total counter", "# HELP portcullis_in_flight "] {
        assert!(text.contains(comment), "{text}");
    }
}

#[bounded_recursion(max = 1_000_000, key = player)]
fn deep(left: u32, player: &str) -> Result<String, Violation> {
    if left == 0 { Ok(prometheus() + &page()) } else { deep(left - 1, player) }
}

#[test]
fn a_recursion_is_seen_while_it_runs_and_its_key_forges_nothing() {
    let hostile = "</script><script>alert(1)</script>\n\"'&";
    let seen = std::thread::Builder::new()
        .stack_size(64 << 20)
        .spawn(|| deep(5_000, hostile).unwrap())
        .unwrap()
        .join()
        .unwrap();
    assert_eq!(line(&seen, &format!("portcullis_depth_max{{{HERE}deep\"}}")), Some("4096"));
    let row =
        format!("{{\"name\":\"{}::deep\",\"in_flight\":0,\"depth\":4096,\"deepest\":{{\"level\":4096,", module_path!());
    assert!(seen.contains(&row), "{seen}");
    assert!(seen.contains("\\u003c/script\\u003e"), "the key is there, as data");
    assert!(!seen.contains("alert(1)</script>"), "and nothing else");
    // The page's own two.
    assert_eq!(seen.matches("</script>").count(), 2);
}

#[bounded_recursion(max = 1_000_000)]
fn deep_without_a_key(left: u32) -> Result<String, Violation> {
    if left == 0 { Ok(prometheus()) } else { deep_without_a_key(left - 1) }
}

#[test]
fn what_goes_beyond_each_1024th_level_has_left_a_mark() {
    let seen = |levels: u32| {
        let run = move || deep_without_a_key(levels - 1).unwrap();
        let seen = std::thread::Builder::new().stack_size(64 << 20).spawn(run).unwrap().join().unwrap();
        line(&seen, &format!("portcullis_depth_max{{{HERE}deep_without_a_key\"}}")).map(str::to_owned)
    };
    assert_eq!(seen(1_024), None);
    for (levels, mark) in [(1_025, "1024"), (2_048, "1024"), (2_049, "2048"), (5_000, "4096")] {
        assert_eq!(seen(levels).as_deref(), Some(mark), "{levels}");
    }
}

#[bounded_recursion(max = 1_000_000)]
async fn deep_future(left: u32) -> Result<String, Violation> {
    if left == 0 { Ok(prometheus()) } else { Box::pin(deep_future(left - 1)).await }
}

#[test]
fn a_recursion_of_futures_is_seen_too() {
    let run = || crate::run(deep_future(3_000)).unwrap();
    let seen = std::thread::Builder::new().stack_size(256 << 20).spawn(run).unwrap().join().unwrap();
    assert_eq!(line(&seen, &format!("portcullis_depth_max{{{HERE}deep_future\"}}")), Some("2048"));
}

#[bounded_recursion(max = 10)]
fn shallow(left: u32) -> Result<u32, Violation> {
    if left == 0 { Ok(0) } else { shallow(left - 1) }
}

#[test]
fn a_depth_without_a_mark_is_that_of_its_refusal() {
    let depth = || line(&prometheus(), &format!("portcullis_depth_max{{{HERE}shallow\"}}")).map(str::to_owned);
    assert!(shallow(9).is_ok());
    assert_eq!(depth(), None);
    assert!(shallow(10).is_err());
    assert_eq!(depth().as_deref(), Some("10"));
}

#[shed_load(memory = "85%", priority = probe)]
#[allow(clippy::unnecessary_wraps, reason = "as a handler is")]
fn handler(inside: &dyn Fn() -> String) -> Result<String, Violation> {
    Ok(inside())
}

#[shed_load(memory = "85%", priority = probe)]
async fn async_handler(wait: tokio::sync::oneshot::Receiver<()>) -> Result<(), Violation> {
    let _ = wait.await;
    Ok(())
}

fn in_flight(name: &str) -> Option<u32> {
    line(&prometheus(), &format!("portcullis_in_flight{{{HERE}{name}\"}}")).map(|count| count.parse().unwrap())
}

#[test]
fn a_request_is_in_flight_from_its_begin_to_its_end() {
    let inside = handler(&|| format!("{:?}", in_flight("handler"))).unwrap();
    assert_eq!(inside, "Some(1)");
    assert_eq!(in_flight("handler"), Some(0));
    let panicked = std::panic::catch_unwind(|| handler(&|| panic!("for the test")));
    assert!(panicked.is_err());
    assert_eq!(in_flight("handler"), Some(0));
}

#[tokio::test]
async fn a_future_is_in_flight_from_its_first_poll_until_it_is_dropped() {
    let mut senders = Vec::new();
    let mut tasks = Vec::new();
    for _ in 0..5 {
        let (sender, receiver) = tokio::sync::oneshot::channel();
        senders.push(sender);
        tasks.push(tokio::spawn(async_handler(receiver)));
    }
    while in_flight("async_handler") != Some(5) {
        tokio::task::yield_now().await;
    }
    // One is answered, one cancelled, one is never polled.
    senders.remove(0).send(()).unwrap();
    tasks.remove(0).await.unwrap().unwrap();
    assert_eq!(in_flight("async_handler"), Some(4));
    tasks[0].abort();
    assert!(tasks.remove(0).await.unwrap_err().is_cancelled());
    drop(async_handler(tokio::sync::oneshot::channel().1));
    assert_eq!(in_flight("async_handler"), Some(3));
    drop(senders);
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(in_flight("async_handler"), Some(0));
}

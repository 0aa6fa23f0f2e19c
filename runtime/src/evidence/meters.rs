//! Counters and gauges of `metrics`. Labels are what the macros and this crate have written, never what a client sent.

use std::sync::Once;

use metrics::{Unit, counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};

use super::table;
use crate::Violation;
use crate::memory::{State, Status};
use crate::violation::Cause;

/// Once, when there is first something to tell: the recorder is there by then, or nothing is told to it.
fn describe() {
    static DESCRIBED: Once = Once::new();
    DESCRIBED.call_once(|| {
        describe_counter!("portcullis.violations", Unit::Count, "Refusals, by handler, kind and code.");
        describe_counter!("portcullis.observed", Unit::Count, "What would be refused, by handler, kind and code.");
        describe_histogram!("portcullis.depth", Unit::Count, "Levels at which a recursion was refused or left a mark.");
        describe_gauge!("portcullis.memory.state", "0 normal, 1 elevated, 2 critical.");
        describe_gauge!("portcullis.memory.used", Unit::Bytes, "In use, of the source that is fullest.");
        describe_gauge!("portcullis.memory.limit", Unit::Bytes, "The limit of that source.");
        describe_gauge!("portcullis.in_flight", Unit::Count, "Requests that began at a handler and have not ended.");
        describe_gauge!("portcullis.tasks", Unit::Count, "Tasks that live.");
    });
}

/// The part of the code before its point, but that a cast is arithmetic.
fn kind(code: &'static str) -> &'static str {
    match code.split_once('.').map_or(code, |(kind, _)| kind) {
        "cast" => "arithmetic",
        kind => kind,
    }
}

pub(super) fn refused(violation: &Violation, function: &'static str) {
    count("portcullis.violations", violation, function);
}

pub(super) fn observed(violation: &Violation, function: &'static str) {
    count("portcullis.observed", violation, function);
}

fn count(counter: &'static str, violation: &Violation, function: &'static str) {
    describe();
    counter!(counter, "handler" => function, "kind" => kind(violation.code()), "code" => violation.code()).increment(1);
    if let Cause::Depth { max, .. } = violation.cause() {
        histogram!("portcullis.depth", "handler" => function).record(f64::from(*max));
    }
}

pub(super) fn deep(level: u32, function: &'static str) {
    describe();
    histogram!("portcullis.depth", "handler" => function).record(f64::from(level));
}

/// At each sample of the memory.
#[allow(clippy::cast_precision_loss, reason = "a gauge is a float")]
pub(super) fn sampled(status: &Status) {
    describe();
    let state = match status.state {
        State::Normal => 0.0,
        State::Elevated => 1.0,
        State::Critical => 2.0,
    };
    gauge!("portcullis.memory.state").set(state);
    gauge!("portcullis.memory.used").set(status.used as f64);
    gauge!("portcullis.memory.limit").set(status.limit as f64);
    for row in table::rows() {
        gauge!("portcullis.in_flight", "handler" => row.name()).set(f64::from(row.in_flight()));
    }
    if let Some(tasks) = super::tasks() {
        gauge!("portcullis.tasks").set(tasks as f64);
    }
}

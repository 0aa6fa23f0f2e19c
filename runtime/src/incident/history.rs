//! The last minutes, in a ring of fixed size that is allocated once.

use alloc::vec::Vec;

use serde::{Serialize, Serializer};

use super::smaps::Split;
use super::words::Moment;
use crate::evidence::table;
use crate::memory::State;

/// 12 minutes of seconds. While memory is not calm there are four points to the second.
const POINTS: usize = 720;
/// The functions whose numbers are kept over time: the first that the table has.
pub(super) const FUNCTIONS: usize = 32;

/// How it was at a moment.
#[derive(Clone, Copy)]
pub(super) struct Point {
    pub(super) at: Moment,
    pub(super) state: State,
    /// Bytes of the process in memory.
    pub(super) resident: u64,
    /// Where a point has none, the last one before it holds.
    pub(super) split: Option<Split>,
    functions: [Function; FUNCTIONS],
}

#[derive(Clone, Copy, Default)]
struct Function {
    in_flight: u32,
    depth: u32,
    /// Since the point before.
    refused: u32,
}

pub(super) struct History {
    points: Vec<Point>,
    /// Of the oldest, when the ring is full.
    next: usize,
    /// Refusals at the last point.
    refused: [u64; FUNCTIONS],
}

impl History {
    pub(super) fn new() -> Self {
        Self { points: Vec::with_capacity(POINTS), next: 0, refused: [0; FUNCTIONS] }
    }

    /// Adds a point, with what the table says now.
    pub(super) fn add(&mut self, at: Moment, state: State, resident: u64, split: Option<Split>) {
        let mut functions = [Function::default(); FUNCTIONS];
        for ((function, before), row) in functions.iter_mut().zip(&mut self.refused).zip(table::rows()) {
            let refused = row.refusals().fold(0_u64, |sum, (_, count)| sum.saturating_add(count));
            *function = Function {
                in_flight: row.in_flight(),
                depth: row.deepest.take_recent(),
                refused: u32::try_from(refused.saturating_sub(*before)).unwrap_or(u32::MAX),
            };
            *before = refused;
        }
        self.push(&Point { at, state, resident, split, functions });
    }

    fn push(&mut self, point: &Point) {
        if self.points.len() < POINTS {
            self.points.push(*point);
        } else if let Some(oldest) = self.points.get_mut(self.next) {
            *oldest = *point;
            self.next = self.next.wrapping_add(1) % POINTS;
        }
    }

    /// From the oldest to the newest.
    pub(super) fn points(&self) -> impl Iterator<Item = &Point> {
        let (newer, older) = self.points.split_at(self.next.min(self.points.len()));
        older.iter().chain(newer)
    }
}

/// `[at, state, resident, [heap, stacks, segments, files] or null, [[function, in flight, depth, refused], ..]]`, the functions
/// that did nothing left out.
impl Serialize for Point {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let split = self.split.map(|split| [split.heap, split.stacks, split.segments, split.files]);
        (self.at, self.state as u8, self.resident, split, Busy(&self.functions)).serialize(serializer)
    }
}

struct Busy<'a>(&'a [Function]);

impl Serialize for Busy<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let busy =
            self.0.iter().enumerate().map(|(at, function)| (at, function.in_flight, function.depth, function.refused));
        serializer
            .collect_seq(busy.filter(|(_, in_flight, depth, refused)| (*in_flight, *depth, *refused) != (0, 0, 0)))
    }
}

impl Serialize for History {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.points())
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]
mod tests {
    use alloc::vec::Vec;

    use super::{FUNCTIONS, Function, History, POINTS, Point};
    use crate::incident::words::Moment;
    use crate::memory::State;

    fn point(at: u64) -> Point {
        let mut functions = [Function::default(); FUNCTIONS];
        functions[3] = Function { in_flight: 2, depth: 2_048, refused: 1 };
        Point { at: Moment(at), state: State::Critical, resident: 7, split: None, functions }
    }

    #[test]
    fn the_ring_keeps_the_newest_in_their_order_and_never_grows() {
        let mut history = History::new();
        let room = history.points.capacity();
        for at in 0..(POINTS as u64 * 2 + 5) {
            history.push(&point(at));
        }
        let kept: Vec<u64> = history.points().map(|point| point.at.0).collect();
        assert_eq!(kept, (POINTS as u64 + 5..POINTS as u64 * 2 + 5).collect::<Vec<_>>());
        assert_eq!(history.points.capacity(), room);
    }

    #[test]
    fn a_point_in_json() {
        let mut history = History::new();
        assert_eq!(serde_json::to_string(&history).unwrap(), "[]");
        history.push(&point(5));
        assert_eq!(serde_json::to_string(&history).unwrap(), "[[5,2,7,null,[[3,2,2048,1]]]]");
    }
}

//! Methods that take an index: `runtime/src/indexing/calls.rs`.

use super::{Mutant, takes_out};

const fn calls(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "runtime/src/indexing/calls.rs", from, to)
}

pub(super) const MUTANTS: &[Mutant] = &[
    calls(
        "SplitAt of [T]: unchecked",
        "SplitAt [T] [T]: list, at => at <= list.len();",
        "SplitAt [T] [T]: _list, _at => true;",
    ),
    calls(
        "SplitAt of [T]: the end is refused",
        "SplitAt [T] [T]: list, at => at <= list.len();",
        "SplitAt [T] [T]: list, at => at < list.len();",
    ),
    calls(
        "SplitAt of str: unchecked",
        "SplitAt [] str: text, at => text.is_char_boundary(at);",
        "SplitAt [] str: _list, _at => true;",
    ),
    calls(
        "Chunks of [T]: unchecked",
        "Chunks [T] [T]: _list, size => size > 0;",
        "Chunks [T] [T]: _list, _at => true;",
    ),
    calls(
        "Rotate of [T]: unchecked",
        "Rotate [T] [T]: list, by => by <= list.len();",
        "Rotate [T] [T]: _list, _at => true;",
    ),
    calls(
        "Rotate of [T]: the end is refused",
        "Rotate [T] [T]: list, by => by <= list.len();",
        "Rotate [T] [T]: list, by => by < list.len();",
    ),
    calls(
        "Select of [T]: unchecked",
        "Select [T] [T]: list, at => at < list.len();",
        "Select [T] [T]: _list, _at => true;",
    ),
    calls(
        "Select of [T]: the end passes",
        "Select [T] [T]: list, at => at < list.len();",
        "Select [T] [T]: list, at => at <= list.len();",
    ),
    calls(
        "Remove of Vec<T>: unchecked",
        "    Remove [T] Vec<T>: list, at => at < list.len();",
        "    Remove [T] Vec<T>: _list, _at => true;",
    ),
    calls(
        "Remove of Vec<T>: the end passes",
        "    Remove [T] Vec<T>: list, at => at < list.len();",
        "    Remove [T] Vec<T>: list, at => at <= list.len();",
    ),
    calls(
        "SwapRemove of Vec<T>: unchecked",
        "SwapRemove [T] Vec<T>: list, at => at < list.len();",
        "SwapRemove [T] Vec<T>: _list, _at => true;",
    ),
    calls(
        "SwapRemove of Vec<T>: the end passes",
        "SwapRemove [T] Vec<T>: list, at => at < list.len();",
        "SwapRemove [T] Vec<T>: list, at => at <= list.len();",
    ),
    calls(
        "Insert of Vec<T>: unchecked",
        "Insert [T] Vec<T>: list, at => at <= list.len();",
        "Insert [T] Vec<T>: _list, _at => true;",
    ),
    calls(
        "Insert of Vec<T>: the end is refused",
        "Insert [T] Vec<T>: list, at => at <= list.len();",
        "Insert [T] Vec<T>: list, at => at < list.len();",
    ),
    calls(
        "SplitOff of Vec<T>: unchecked",
        "SplitOff [T] Vec<T>: list, at => at <= list.len();",
        "SplitOff [T] Vec<T>: _list, _at => true;",
    ),
    calls(
        "SplitOff of Vec<T>: the end is refused",
        "SplitOff [T] Vec<T>: list, at => at <= list.len();",
        "SplitOff [T] Vec<T>: list, at => at < list.len();",
    ),
    calls(
        "Remove of String: unchecked",
        "Remove [] String: text, at => at < text.len() && text.is_char_boundary(at);",
        "Remove [] String: _list, _at => true;",
    ),
    calls(
        "Remove of String: the end passes",
        "Remove [] String: text, at => at < text.len() && text.is_char_boundary(at);",
        "Remove [] String: text, at => text.is_char_boundary(at);",
    ),
    calls(
        "Remove of String: inside of a char passes",
        "Remove [] String: text, at => at < text.len() && text.is_char_boundary(at);",
        "Remove [] String: text, at => at < text.len();",
    ),
    calls(
        "Insert of String: unchecked",
        "Insert [] String: text, at => text.is_char_boundary(at);",
        "Insert [] String: _list, _at => true;",
    ),
    calls(
        "SplitOff of String: unchecked",
        "SplitOff [] String: text, at => text.is_char_boundary(at);",
        "SplitOff [] String: _list, _at => true;",
    ),
    calls(
        "Truncate of String: unchecked",
        "Truncate [] String: text, at => at >= text.len() || text.is_char_boundary(at);",
        "Truncate [] String: _list, _at => true;",
    ),
    calls(
        "Truncate of String: beyond the end is refused",
        "Truncate [] String: text, at => at >= text.len() || text.is_char_boundary(at);",
        "Truncate [] String: text, at => text.is_char_boundary(at);",
    ),
    calls(
        "Insert of VecDeque<T>: unchecked",
        "Insert [T] VecDeque<T>: list, at => at <= list.len();",
        "Insert [T] VecDeque<T>: _list, _at => true;",
    ),
    calls(
        "Insert of VecDeque<T>: the end is refused",
        "Insert [T] VecDeque<T>: list, at => at <= list.len();",
        "Insert [T] VecDeque<T>: list, at => at < list.len();",
    ),
    calls(
        "SplitOff of VecDeque<T>: unchecked",
        "SplitOff [T] VecDeque<T>: list, at => at <= list.len();",
        "SplitOff [T] VecDeque<T>: _list, _at => true;",
    ),
    calls(
        "SplitOff of VecDeque<T>: the end is refused",
        "SplitOff [T] VecDeque<T>: list, at => at <= list.len();",
        "SplitOff [T] VecDeque<T>: list, at => at < list.len();",
    ),
    calls(
        "Rotate of VecDeque<T>: unchecked",
        "Rotate [T] VecDeque<T>: list, by => by <= list.len();",
        "Rotate [T] VecDeque<T>: _list, _at => true;",
    ),
    calls(
        "Rotate of VecDeque<T>: the end is refused",
        "Rotate [T] VecDeque<T>: list, by => by <= list.len();",
        "Rotate [T] VecDeque<T>: list, by => by < list.len();",
    ),
    calls(
        "SplitOff of LinkedList<T>: unchecked",
        "SplitOff [T] LinkedList<T>: list, at => at <= list.len();",
        "SplitOff [T] LinkedList<T>: _list, _at => true;",
    ),
    calls(
        "SplitOff of LinkedList<T>: the end is refused",
        "SplitOff [T] LinkedList<T>: list, at => at <= list.len();",
        "SplitOff [T] LinkedList<T>: list, at => at < list.len();",
    ),
    calls(
        "swap: the first unchecked",
        "**a < self.len() && **b < self.len()",
        "{\n                    let _ = a;\n                    **b < self.len()\n                }",
    ),
    calls(
        "swap: the second unchecked",
        "**a < self.len() && **b < self.len()",
        "{\n                    let _ = b;\n                    **a < self.len()\n                }",
    ),
    calls("swap told: the smaller", "a.max(b).of(self.len())", "a.min(b).of(self.len())"),
    calls("Range of VecDeque: the end unchecked", "start <= end && end <= length", "start <= end && length <= length"),
    calls("Range of VecDeque: the order unchecked", "start <= end && end <= length", "start <= start && end <= length"),
    calls(
        "CopyWithin: the target unchecked",
        "to.checked_add(part.len()).is_some_and(|end| end <= self.len())",
        "to.checked_add(part.len()).is_some_and(|end| end <= usize::MAX)",
    ),
    calls("CopyWithin: the source unchecked", ".is_some_and(|part| to", ".is_none_or(|part| to"),
    calls("CopyFromSlice: unchecked", "self.len() == from.0.length()", "from.0.length() == from.0.length()"),
    calls("CopyFromSlice: a longer one passes", "self.len() == from.0.length()", "self.len() <= from.0.length()"),
    calls("CopyFromSlice: a shorter one passes", "self.len() == from.0.length()", "self.len() >= from.0.length()"),
    calls("StepBy: unchecked", "*self.1.0 > 0", "*self.1.0 > 0 || true"),
    calls(
        "call: place in the source",
        "#[inline]\n    #[track_caller]\n    fn __portcullis_ensure(&self, method: &'static str) -> Result<(), Violation> {\n        if self.0",
        "#[inline]\n    fn __portcullis_ensure(&self, method: &'static str) -> Result<(), Violation> {\n        if self.0",
    ),
];

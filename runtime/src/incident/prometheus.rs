//! The gauges, as Prometheus reads them.

use alloc::string::String;
use core::fmt::{self, Write as _};

use super::model::name;
use super::watching;
use crate::evidence;
use crate::evidence::table;
use crate::memory::{self, State};

/// The gauges and counters of this process in the text format of Prometheus: the state of memory, its split as it was last listed, requests in
/// flight, depths and refusals of each protected function, tasks that live.
///
/// ```
/// use portcullis::{Violation, zero_trust};
///
/// #[zero_trust]
/// fn collect(#[check(range(min = 1, max = 60))] secs: u32) -> Result<u32, Violation> {
///     Ok(secs * 10)
/// }
///
/// assert!(collect(0).is_err());
/// let text = portcullis::incident::prometheus();
/// assert!(text.contains(r#"portcullis_violations_total{handler=""#));
/// assert!(text.contains(r#"::collect",code="input.range"} 1"#));
/// ```
///
/// | name | labels | |
/// |---|---|---|
/// | `portcullis_memory_state` | `state` | 1 for the state that it is in: `normal`, `elevated`, `critical` |
/// | `portcullis_memory_used_bytes`, `portcullis_memory_limit_bytes` | `source` | of the source that is fullest |
/// | `portcullis_memory_admitted_ratio` | | how much of the requests the gates admit |
/// | `portcullis_memory_split_bytes` | `part` | `heap`, `stacks`, `segments`, `files`; 10 seconds old or so; with [`Reports::start`](super::Reports::start) |
/// | `portcullis_in_flight` | `handler` | requests that began there and have not ended |
/// | `portcullis_depth_max` | `handler` | the deepest ever: in steps of 1,024, or of a refusal |
/// | `portcullis_violations_total` | `handler`, `code` | refusals |
/// | `portcullis_tasks` | | those of `portcullis::spawn` that live |
///
/// The text has names of functions and nothing that a client sent; still, an internal port is the place for it. With the feature `axum`,
/// [`axum::prometheus`](crate::axum::prometheus) is a handler for it.
#[must_use]
pub fn prometheus() -> String {
    let mut text = String::new();
    // Into a `String` nothing fails.
    let _ = write(&mut text);
    text
}

fn write(to: &mut String) -> fmt::Result {
    if let Some(status) = memory::status() {
        head(to, "memory_state", "gauge", "The state that memory is in.")?;
        for state in [State::Normal, State::Elevated, State::Critical] {
            let is = u8::from(status.state == state);
            writeln!(to, "portcullis_memory_state{{state=\"{}\"}} {is}", name(state))?;
        }
        let source = status.source;
        for (name, what, bytes) in [("used", "in use", status.used), ("limit", "there are at most", status.limit)] {
            let full = alloc::format!("memory_{name}_bytes");
            head(to, &full, "gauge", &alloc::format!("Bytes that are {what}, of the source that is fullest."))?;
            writeln!(to, "portcullis_{full}{{source=\"{}\"}} {bytes}", Label(&source))?;
        }
        head(to, "memory_admitted_ratio", "gauge", "The part of the requests that is admitted.")?;
        writeln!(to, "portcullis_memory_admitted_ratio {}", f64::from(status.admitted) / 100.0)?;
    }
    if let Ok(Some(split)) = watching(|watch| watch.split()) {
        head(to, "memory_split_bytes", "gauge", "Bytes in memory, by whose they are.")?;
        let parts =
            [("heap", split.heap), ("stacks", split.stacks), ("segments", split.segments), ("files", split.files)];
        for (part, bytes) in parts {
            writeln!(to, "portcullis_memory_split_bytes{{part=\"{part}\"}} {bytes}")?;
        }
    }
    head(to, "in_flight", "gauge", "Requests that began at a handler and have not ended.")?;
    for row in table::rows() {
        writeln!(to, "portcullis_in_flight{{handler=\"{}\"}} {}", Label(&row.name()), row.in_flight())?;
    }
    head(to, "depth_max", "gauge", "The deepest that a function was entered.")?;
    for row in table::rows().filter(|row| row.deepest.high() > 0) {
        writeln!(to, "portcullis_depth_max{{handler=\"{}\"}} {}", Label(&row.name()), row.deepest.high())?;
    }
    head(to, "violations_total", "counter", "Refusals.")?;
    for row in table::rows() {
        for (code, count) in row.refusals() {
            let handler = row.name();
            writeln!(to, "portcullis_violations_total{{handler=\"{}\",code=\"{code}\"}} {count}", Label(&handler))?;
        }
    }
    head(to, "observed_total", "counter", "What would be refused, where `observe` stands.")?;
    for row in table::rows() {
        for (code, count) in row.observed() {
            let handler = row.name();
            writeln!(to, "portcullis_observed_total{{handler=\"{}\",code=\"{code}\"}} {count}", Label(&handler))?;
        }
    }
    if let Some(tasks) = evidence::tasks() {
        head(to, "tasks", "gauge", "Tasks that live.")?;
        writeln!(to, "portcullis_tasks {tasks}")?;
    }
    Ok(())
}

fn head(to: &mut String, name: &str, kind: &str, help: &str) -> fmt::Result {
    writeln!(to, "# HELP portcullis_{name} {help}\n# TYPE portcullis_{name} {kind}")
}

/// The value of a label, escaped.
struct Label<'a, T>(&'a T);

impl<T: fmt::Display> fmt::Display for Label<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = alloc::string::ToString::to_string(self.0);
        text.chars().try_for_each(|character| match character {
            '\\' => f.write_str("\\\\"),
            '"' => f.write_str("\\\""),
            '\n' => f.write_str("\\n"),
            _ => f.write_char(character),
        })
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]
mod tests {
    use alloc::string::ToString as _;

    use super::Label;

    #[test]
    fn a_label_cannot_end_itself() {
        assert_eq!(Label(&"a\"} 1\nb\\").to_string(), "a\\\"} 1\\nb\\\\");
    }
}

//! What the messages mean, and what becomes of them: what a user of portcullis writes.

#![allow(clippy::indexing_slicing, reason = "the lint sees the index as it is written, and not that it is checked")]

use portcullis::{Covered, FromViolation, Violation, bounded_recursion, zero_trust};
use serde::{Deserialize, Serialize};

/// What a client may send. The parser tells types from each other; every value is the client's choice.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Message {
    /// Of a sensor, in degrees.
    Reading { sensor: usize, celsius: f32 },
    /// Since the last such message.
    Rain { drops: u32 },
    /// Asks whether an alarm would ring at the sensor's last reading.
    Alarm { sensor: usize, when: Rule },
}

/// It holds itself, as deep as the client likes and the parser allows: `serde_json` gives up at 128 levels, `Covered` at 64.
#[derive(Covered, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Rule {
    Above(#[check(finite)] f32),
    All(#[check(length(max = 16), nested)] Vec<Rule>),
    Not(#[check(nested)] Box<Rule>),
}

/// The one reply to each message, of whatever protection it falls foul.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Reply {
    Mean { celsius: f32 },
    Total { drops: u32 },
    Alarm { rings: bool },
    Refused { code: &'static str, message: String },
}

/// The public half only. The other is for the log.
impl FromViolation for Reply {
    fn from_violation(violation: Violation) -> Self {
        Self::Refused { code: violation.code(), message: violation.to_string() }
    }
}

/// It has four sensors; another may have more, so the rule allows a hundred.
#[derive(Default)]
pub(crate) struct Station {
    celsius: [f32; 4],
    drops: u32,
}

impl Station {
    pub(crate) fn answer(&mut self, bytes: &[u8]) -> Reply {
        match serde_json::from_slice(bytes) {
            Ok(Message::Reading { sensor, celsius }) => self.reading(sensor, celsius),
            Ok(Message::Rain { drops }) => self.rain(drops),
            Ok(Message::Alarm { sensor, when }) => self.alarm(sensor, &when),
            // The parser's own words would tell of our types.
            Err(_) => Reply::from_violation(Violation::field("message", "json", "is not a message")),
        }
    }
}

#[zero_trust]
impl Station {
    /// NaN cannot come by JSON, infinity can: `1e39` is a number, and as an `f32` it is infinite. Neither is in a range.
    fn reading(
        &mut self,
        #[check(range(max = 99))] sensor: usize,
        #[check(range(min = -90.0, max = 60.0))] celsius: f32,
    ) -> Reply {
        self.celsius[sensor] = celsius;
        Reply::Mean { celsius: self.celsius.iter().sum::<f32>() / 4.0 }
    }

    /// Each message keeps its rule. Their sum is another matter.
    fn rain(&mut self, #[check(range(max = 1_000_000_000))] drops: u32) -> Reply {
        self.drops += drops;
        Reply::Total { drops: self.drops }
    }

    fn alarm(&mut self, #[check(range(max = 99))] sensor: usize, when: &Rule) -> Reply {
        match holds(when, self.celsius[sensor]) {
            Ok(rings) => Reply::Alarm { rings },
            Err(violation) => Reply::from_violation(violation),
        }
    }
}

/// Of its own type, so that the refusal of an inner call ends the outer ones too.
#[bounded_recursion(max = 16)]
fn holds(rule: &Rule, celsius: f32) -> Result<bool, Violation> {
    match rule {
        Rule::Above(bound) => Ok(celsius > *bound),
        Rule::Not(rule) => Ok(!holds(rule, celsius)?),
        Rule::All(rules) => {
            for rule in rules {
                if !holds(rule, celsius)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
    }
}

//! `deadline`: the point at which the function's future is dropped, and its checkpoints refuse.

use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Expr, ExprLit, Lit, LitStr, parse_quote};

use crate::args::{Args, VALUE, Value};
use crate::boundary;
use crate::names;
use crate::passes::{Pass, Standing};
use crate::plan::{Plan, Until};
use crate::refusal::Or;
use crate::report::Report;
use crate::rewrite::{Broken, Rewrites};
use crate::route::Told;
use crate::rules::Rule;
use crate::subject::{Shape, Subject};
use crate::text;

pub(crate) struct Deadline {
    timeout: Timeout,
    or: Or,
    standing: Standing,
}

enum Timeout {
    /// Written as text.
    Text(LitStr, u64),
    /// A `Duration`.
    Value(Expr),
}

/// The units of a timeout, in milliseconds.
const UNITS: [(&str, u64); 4] = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)];

impl Deadline {
    pub(crate) fn read(args: &mut Args, or: Or, standing: Standing, report: &mut Report) -> Self {
        let given = if let Some(Value::Alone(given)) = args.take(VALUE).map(|arg| arg.value) {
            given
        } else {
            let message = "`deadline` needs to know how long the call may take\nhelp: `deadline(\"2s\")`";
            report.add(Rule::WrongValue, standing.at("deadline"), message);
            parse_quote!("1s")
        };
        Self { timeout: Timeout::of(given, report), or, standing }
    }
}

impl Timeout {
    fn of(given: Expr, report: &mut Report) -> Self {
        let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &given else { return Self::Value(given) };
        let wrong = match millis(&text.value()) {
            Ok(0) => "a deadline of no time would refuse every call".to_owned(),
            Ok(millis) => return Self::Text(text.clone(), millis),
            Err(wrong) => wrong,
        };
        let message = format!("{wrong}\nhelp: `deadline(\"250ms\")`, `\"2s\"`, `\"1m\"`, or a `Duration`");
        report.add(Rule::WrongValue, text, &message);
        Self::Text(text.clone(), 1)
    }

    fn value(&self) -> Expr {
        match self {
            Self::Text(text, millis) => {
                Expr::Verbatim(quote_spanned!(names::at(text.span())=> __portcullis::Duration::from_millis(#millis)))
            }
            Self::Value(value) => value.clone(),
        }
    }
}

/// `250ms`.
fn millis(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let unit = text.strip_prefix(digits).unwrap_or_default();
    let Some((_, millis)) = UNITS.iter().find(|(known, _)| *known == unit) else {
        return Err(format!("`{text}` is no length of time: a whole number and one of `ms`, `s`, `m`, `h`"));
    };
    let number: u64 =
        digits.parse().map_err(|_| format!("`{text}` is no length of time: `{digits}` is not a whole number"))?;
    number.checked_mul(*millis).ok_or_else(|| format!("`{text}` is longer than a deadline can be"))
}

impl Pass for Deadline {
    fn ensure(&self, subject: &Subject, report: &mut Report) {
        self.or.ensure_limit("deadline", subject, report);
        if !self.or.observes() && subject.shape != Shape::Sync {
            boundary::ensure_possible("deadline", "`or(panic)`", &self.or, subject, report);
        }
    }

    fn rewrites(&self, rewrites: &mut Rewrites) {
        rewrites.check(Broken::Deadline, &self.or, self.standing.zero_trust);
    }

    fn add_to(&self, plan: &mut Plan, subject: &Subject) {
        plan.needs_std.push("deadline");
        let timeout = self.timeout.value();
        if self.or.observes() {
            plan.watch().timeout = Some(timeout);
            return;
        }
        plan.request = true;
        if subject.shape == Shape::Sync {
            let deadline = names::local("deadline");
            plan.entry.push(quote!(let #deadline = __portcullis::Deadline::enter(#timeout);));
        } else {
            plan.until = Some(Until { timeout, or: self.or.clone() });
        }
    }

    fn tell(&self, _: &Subject, told: &mut Told) {
        let timeout = match &self.timeout {
            Timeout::Text(text, _) => text.to_token_stream(),
            Timeout::Value(value) => value.to_token_stream(),
        };
        told.protections.push(text::of_code(quote!(deadline(#timeout))));
    }
}

#[cfg(test)]
mod tests {
    use super::millis;

    #[test]
    fn a_length_of_time() {
        for (text, expected) in [("250ms", 250), ("2s", 2_000), ("1m", 60_000), ("3h", 10_800_000), ("0s", 0)] {
            assert_eq!(millis(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn nonsense() {
        for text in
            ["", "2", "s", "2 s", "1.5s", "-1s", "2sec", "2S", "s2", "99999999999999999999s", "9999999999999999h"]
        {
            assert!(millis(text).is_err(), "{text}");
        }
    }
}

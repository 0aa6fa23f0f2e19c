//! Numbers and times as a person reads them.

use core::fmt;
use core::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};

/// A size, with one digit behind the point: `5.1 GiB`.
pub(super) struct Size(pub(super) u64);

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[allow(clippy::cast_precision_loss, reason = "to be read")]
        let bytes = self.0 as f64;
        match self.0 {
            0..0x10_0000 => write!(f, "{:.0} KiB", bytes / f64::from(1 << 10)),
            0x10_0000..0x4000_0000 => write!(f, "{:.1} MiB", bytes / f64::from(1 << 20)),
            _ => write!(f, "{:.1} GiB", bytes / f64::from(1 << 30)),
        }
    }
}

/// A number, with its thousands apart: `243,204`.
pub(super) struct Count(pub(super) u64);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut left = self.0;
        let mut groups = [0_u64; 7];
        let mut used = 0_usize;
        for group in &mut groups {
            *group = left % 1_000;
            left /= 1_000;
            used = used.saturating_add(1);
            if left == 0 {
                break;
            }
        }
        let mut shown = groups.iter().take(used).rev();
        write!(f, "{}", shown.next().unwrap_or(&0))?;
        shown.try_for_each(|group| write!(f, ",{group:03}"))
    }
}

/// The time of day, of UTC: `09:37:10`.
pub(super) struct TimeOfDay(pub(super) Moment);

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (_, seconds) = self.0.day_and_second();
        let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        write!(f, "{hours:02}:{minutes:02}:{seconds:02}")
    }
}

/// Date and time, of UTC: `2026-11-28 09:37:10`.
pub(super) struct DateTime(pub(super) Moment);

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (day, _) = self.0.day_and_second();
        let (year, month, day) = date(day);
        write!(f, "{year:04}-{month:02}-{day:02} {}", TimeOfDay(self.0))
    }
}

/// A point in time: milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub(super) struct Moment(pub(super) u64);

impl Moment {
    pub(super) fn now() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        Self(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
    }

    fn day_and_second(self) -> (u64, u64) {
        let seconds = self.0 / 1_000;
        (seconds / 86_400, seconds % 86_400)
    }
}

/// The date of a day since 1970, in the calendar of today.
fn date(days: u64) -> (u64, u64, u64) {
    // Years that begin with March, so that the leap day is the last; eras of 400 of them, all alike. Nothing here comes near the
    // end of its type: the days of a u64 of milliseconds are 38 bits.
    #![allow(clippy::arithmetic_side_effects, reason = "38 bits")]
    let days = days + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]
mod tests {
    use alloc::string::ToString as _;

    use super::{Count, DateTime, Moment, Size, TimeOfDay};

    #[test]
    fn sizes_and_counts() {
        let sizes = [0, 1_023, 1 << 20, 214_748_365, 5_476_083_302, u64::MAX].map(|size| Size(size).to_string());
        assert_eq!(sizes, ["0 KiB", "1 KiB", "1.0 MiB", "204.8 MiB", "5.1 GiB", "17179869184.0 GiB"]);
        let counts = [0, 999, 1_000, 243_204, 1_000_009, u64::MAX].map(|count| Count(count).to_string());
        assert_eq!(counts, ["0", "999", "1,000", "243,204", "1,000,009", "18,446,744,073,709,551,615"]);
    }

    #[test]
    fn dates() {
        for (seconds, date) in [
            (0, "1970-01-01 00:00:00"),
            (951_782_399, "2000-02-28 23:59:59"),
            (951_782_400, "2000-02-29 00:00:00"),
            (1_709_164_800, "2024-02-29 00:00:00"),
            (1_795_858_630, "2026-11-28 09:37:10"),
            (4_107_542_400, "2100-03-01 00:00:00"),
        ] {
            assert_eq!(DateTime(Moment(seconds * 1_000)).to_string(), date);
            assert_eq!(TimeOfDay(Moment(seconds * 1_000 + 999)).to_string(), date.split_once(' ').unwrap().1);
        }
        let _ = DateTime(Moment(u64::MAX)).to_string();
    }
}

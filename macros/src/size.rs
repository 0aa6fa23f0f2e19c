//! Sizes as text: `"512MiB"`.

const UNITS: [(&str, u64); 5] = [("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)];

/// How many bytes that is. None for what is no number with a unit, and for more than `u64` holds.
pub(crate) fn bytes(text: &str) -> Option<u64> {
    let (number, unit) =
        UNITS.into_iter().find_map(|(name, unit)| text.strip_suffix(name).map(|number| (number, unit)))?;
    whole(number.trim_end())?.checked_mul(unit)
}

/// Digits, with `_` between them as in the language.
pub(crate) fn whole(number: &str) -> Option<u64> {
    number.starts_with(|first: char| first.is_ascii_digit()).then(|| number.replace('_', "").parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn numbers_with_a_unit() {
        let sizes = [("0B", 0), ("512MiB", 512 << 20), ("1_024 KiB", 1 << 20), ("3GiB", 3 << 30), ("2TiB", 2 << 40)];
        for (text, size) in sizes {
            assert_eq!(bytes(text), Some(size), "{text}");
        }
        for text in
            ["", "512", "MiB", "512MB", "512mib", "-1B", "+1B", "_1B", "1.5GiB", " 1B", "1B ", "16777216TiB", "x1KiB"]
        {
            assert_eq!(bytes(text), None, "{text}");
        }
    }
}

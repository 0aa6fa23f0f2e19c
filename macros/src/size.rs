//! Sizes as text: `"512MiB"`.

use syn::{Expr, ExprLit, Lit, parse_quote};

use crate::report::Report;
use crate::rules::Rule;

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

/// What stands after `key =`, as a count of bytes: a size as text, an integer, or an expression for one.
pub(crate) fn expression(key: &str, example: &str, given: &Expr, report: &mut Report) -> Expr {
    let wrong = match given {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => match bytes(&text.value()) {
            Some(0) => "nothing could be asked for",
            Some(bytes) => return parse_quote!(#bytes),
            None => "a size is a whole number and one of `B`, `KiB`, `MiB`, `GiB`, `TiB`",
        },
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => match number.base10_parse::<u128>().map(u64::try_from) {
            Ok(Ok(0)) => "nothing could be asked for",
            Ok(Ok(bytes)) => return parse_quote!(#bytes),
            _ => "it does not fit u64",
        },
        Expr::Lit(_) | Expr::Unary(_) => "it takes a size as text, or a count of bytes",
        _ => return given.clone(),
    };
    report.add(Rule::WrongValue, given, &format!("`{key}`: {wrong}\nhelp: `{key} = {example:?}`"));
    given.clone()
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

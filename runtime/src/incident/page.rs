//! The page: one file that needs nothing else, with the data in it.

use core::fmt::{self, Display};
use std::io::{self, Write};

use super::model::Model;

const PAGE: &str = include_str!("page.html");

/// Writes the page. With `refresh`, a browser asks for it anew after so many seconds.
pub(super) fn write(to: &mut impl Write, model: &Model<'_>, refresh: Option<u32>) -> io::Result<()> {
    for part in PAGE.split("<!--@") {
        let (slot, rest) = part.split_once("-->").unwrap_or(("", part));
        match slot {
            "verdict" => write!(to, "{}", Escaped(model.verdict))?,
            "refresh" => {
                if let Some(seconds) = refresh {
                    write!(to, "<meta http-equiv=\"refresh\" content=\"{seconds}\">")?;
                }
            }
            "data" => serde_json::to_writer(InScript(&mut *to), model)?,
            _ => {
                to.write_all(part.as_bytes())?;
                continue;
            }
        }
        to.write_all(rest.as_bytes())?;
    }
    Ok(())
}

/// As the text of an element.
struct Escaped<'a>(&'a dyn Display);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Escaping<'a, 'b>(&'a mut fmt::Formatter<'b>);
        impl fmt::Write for Escaping<'_, '_> {
            fn write_str(&mut self, text: &str) -> fmt::Result {
                text.chars().try_for_each(|character| match character {
                    '<' => self.0.write_str("&lt;"),
                    '>' => self.0.write_str("&gt;"),
                    '&' => self.0.write_str("&amp;"),
                    '"' => self.0.write_str("&quot;"),
                    '\'' => self.0.write_str("&#39;"),
                    _ => fmt::Write::write_char(self.0, character),
                })
            }
        }
        fmt::Write::write_fmt(&mut Escaping(f), format_args!("{}", self.0))
    }
}

/// As JSON within a script, which the first `</` would end: in JSON these characters stand in strings only, where they can be
/// written by their numbers.
struct InScript<W>(W);

impl<W: Write> Write for InScript<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for run in bytes.split_inclusive(|byte| matches!(byte, b'<' | b'>' | b'&')) {
            match run.split_last() {
                Some((last @ (b'<' | b'>' | b'&'), before)) => {
                    self.0.write_all(before)?;
                    write!(self.0, "\\u{last:04x}")?;
                }
                _ => self.0.write_all(run)?,
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]
mod tests {
    use alloc::string::{String, ToString as _};
    use std::io::Write as _;

    use super::{Escaped, InScript, PAGE};

    #[test]
    fn nothing_in_the_data_ends_the_script_or_the_element() {
        let hostile = "</script><img src=x onerror=\"alert('1')\">&";
        assert_eq!(
            Escaped(&hostile).to_string(),
            "&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;"
        );
        let mut json = alloc::vec::Vec::new();
        serde_json::to_writer(InScript(&mut json), &(hostile, "<")).unwrap();
        InScript(&mut json).write_all(b"").unwrap();
        let json = String::from_utf8(json).unwrap();
        assert!(!json.contains(['<', '>', '&']), "{json}");
        assert_eq!(serde_json::from_str::<(String, String)>(&json).unwrap(), (hostile.into(), "<".into()));
    }

    #[test]
    fn the_page_has_its_slots_and_nothing_from_elsewhere() {
        for (slot, times) in [("verdict", 2), ("refresh", 1), ("data", 1)] {
            assert_eq!(PAGE.matches(&*std::format!("<!--@{slot}-->")).count(), times, "{slot}");
        }
        assert_eq!(PAGE.matches("<!--").count(), 4);
        for outside in ["src=", "href=", "@import", "url(", "fetch(", "innerHTML", "http://", "https://", "eval("] {
            // The name of a namespace, which nothing loads.
            assert!(!PAGE.replace("http://www.w3.org/2000/svg", "").contains(outside), "{outside}");
        }
    }
}

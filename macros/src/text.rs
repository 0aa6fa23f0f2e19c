//! Tokens as a person would have written them: for tables and messages, never to be parsed again.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::Type;

/// Of an expression, a pattern, or the arguments of an attribute, in which `<` compares unless it follows `::`.
pub(crate) fn of_code(tokens: TokenStream) -> String {
    let mut text = String::new();
    print(tokens, false, &mut text);
    text
}

/// Of a type, in which `<` holds arguments.
pub(crate) fn of_type(ty: &Type) -> String {
    let mut text = String::new();
    print(ty.to_token_stream(), true, &mut text);
    text
}

fn print(tokens: TokenStream, is_type: bool, text: &mut String) {
    let mut before = Before::Start;
    let mut arguments = 0_u32;
    for tree in tokens {
        let glued = match &tree {
            TokenTree::Punct(punct) => match punct.as_char() {
                ',' | ';' | '.' | '?' | ':' => true,
                '<' => is_type || before == Before::Path,
                '>' => arguments > 0 && before != Before::Joint('-'),
                '!' => punct.spacing() == Spacing::Alone && before == Before::Word,
                _ => false,
            },
            TokenTree::Group(group) => match group.delimiter() {
                Delimiter::Parenthesis | Delimiter::Bracket => matches!(before, Before::Word | Before::Call),
                Delimiter::None | Delimiter::Brace => false,
            },
            _ => false,
        };
        let opens = matches!(before, Before::Start | Before::Path | Before::Prefix | Before::Joint(_));
        if !(glued || opens) {
            text.push(' ');
        }
        before = match tree {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                text.push_str(open);
                print(group.stream(), is_type, text);
                text.push_str(close);
                Before::Call
            }
            TokenTree::Ident(ident) => {
                let word = ident.to_string();
                text.push_str(&word);
                if ["as", "in", "mut", "ref", "if", "match", "move", "return", "dyn", "impl", "else"].contains(&&*word)
                {
                    Before::Other
                } else {
                    Before::Word
                }
            }
            TokenTree::Literal(literal) => {
                text.push_str(&literal.to_string());
                Before::Word
            }
            TokenTree::Punct(punct) => {
                let sign = punct.as_char();
                text.push(sign);
                match sign {
                    ':' if before == Before::Joint(':') => Before::Path,
                    '<' if glued => {
                        arguments = arguments.saturating_add(1);
                        Before::Path
                    }
                    '>' if glued => {
                        arguments = arguments.saturating_sub(1);
                        Before::Word
                    }
                    '.' if punct.spacing() == Spacing::Alone => Before::Path,
                    '\'' => Before::Prefix,
                    '=' if before == Before::Joint('.') => Before::Prefix,
                    '!' if glued => Before::Call,
                    '&' | '*' | '-' | '!' if punct.spacing() == Spacing::Alone && before.begins_a_value() => {
                        Before::Prefix
                    }
                    _ if punct.spacing() == Spacing::Joint => Before::Joint(sign),
                    _ => Before::Other,
                }
            }
        };
    }
}

/// What stands before a token, as far as it matters to the space between.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Start,
    /// A name, which an argument list follows without a space.
    Word,
    /// A group, or the `!` of a macro.
    Call,
    /// What the next one belongs to: `::`, `.`, `<`.
    Path,
    /// An operator with one operand.
    Prefix,
    /// The first sign of an operator.
    Joint(char),
    Other,
}

impl Before {
    fn begins_a_value(self) -> bool {
        matches!(self, Self::Start | Self::Path | Self::Prefix | Self::Other)
    }
}

/// Lines of at most `width` columns. A text in backticks is there to be pasted, and stays whole, on a line of its own when it
/// needs one.
pub(crate) fn wrapped(text: &str, width: usize) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| wrapped_line(line, width)).collect();
    lines.join("\n")
}

fn wrapped_line(line: &str, width: usize) -> String {
    if columns(line) <= width {
        return line.to_owned();
    }
    // What follows stands under the first word, not under the code or the `help:` before it.
    let text = line.trim_start_matches(' ');
    let labelled = text.starts_with("[PC") || text.starts_with("help: ");
    let text = text.split_once(' ').filter(|_| labelled).map_or(text, |(_, text)| text);
    let (label, text) = line.split_at(line.len().saturating_sub(text.len()));
    let indent = columns(label);
    let mut wrapped = label.to_owned();
    let mut column = indent;
    for word in words(text) {
        let with_word = column.saturating_add(1).saturating_add(columns(word));
        if column == indent {
            column = column.saturating_add(columns(word));
        } else if with_word > width {
            wrapped.push('\n');
            wrapped.push_str(&" ".repeat(indent));
            column = indent.saturating_add(columns(word));
        } else {
            wrapped.push(' ');
            column = with_word;
        }
        wrapped.push_str(word);
    }
    wrapped
}

fn columns(text: &str) -> usize {
    text.chars().count()
}

/// Split at the spaces that are in no backticks.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    line.split(move |character| {
        quoted ^= character == '`';
        character == ' ' && !quoted
    })
}

#[cfg(test)]
mod tests {
    use super::{of_code, of_type, wrapped};

    #[test]
    fn long_lines_are_broken_between_words() {
        let text = "[PC0001] one two three four\nhelp: five six seven\n  eight nine ten\nshort";
        let expected =
            "[PC0001] one two\n         three\n         four\nhelp: five six\n      seven\n  eight nine ten\nshort";
        assert_eq!(wrapped(text, 16), expected);
    }

    #[test]
    fn what_is_there_to_be_pasted_stays_whole() {
        let text = "help: write `a very long text` here";
        assert_eq!(wrapped(text, 16), "help: write\n      `a very long text`\n      here");
        assert_eq!(wrapped("help: `a very long text`", 16), "help: `a very long text`");
        assert_eq!(wrapped("[PC0001] `a very long text`: b", 16), "[PC0001] `a very long text`:\n         b");
    }

    #[test]
    fn code_is_as_it_is_written() {
        for code in [
            "range(min = 1, max = 86_400)",
            "length(max = 8), each(length(max = 20), regex = \"^[a-z]+$\")",
            "range(min = -5, max = i32::MAX - 1)",
            "custom = crate::rules::even",
            "one_of(\"a\", \"b\"), field = 0",
            "start <= end, end - start <= 31, !done, a < b && *b > &c",
            "args = &Limits { most: limits.most() }",
            "Json(order)",
            "(a, mut b)",
            "Vec::<u8>::new().len() != vec![1, 2].len()",
            "0..=9",
            "1024 * 1024 * n - 3_u8 - a",
        ] {
            assert_eq!(of_code(code.parse().expect("tokens")), code);
        }
    }

    #[test]
    fn types_are_as_they_are_written() {
        for ty in [
            "&'a str",
            "&mut [u8]",
            "Option<Json<HashMap<String, Vec<u8>>>>",
            "[u8; 4]",
            "(u8, std::string::String)",
            "impl Fn(u8) -> Vec<u8>",
        ] {
            assert_eq!(of_type(&syn::parse_str(ty).expect("a type")), ty);
        }
    }
}

//! PC0412: macros into whose arguments nobody sees, where something stands that a protection or a rule would look at.

use proc_macro2::{Delimiter, Spacing, TokenTree};
use syn::Macro;

use super::sites::is_checked_method;
use super::walk::Walk;
use crate::rules::Rule;
use crate::text;

/// Take no expression that runs.
const INERT: [&str; 14] = [
    "concat",
    "stringify",
    "include",
    "include_str",
    "include_bytes",
    "env",
    "option_env",
    "file",
    "line",
    "column",
    "module_path",
    "cfg",
    "compile_error",
    "thread_local",
];

const WORDS: [&str; 6] = ["as", "unsafe", "loop", "while", "await", "async"];
const METHODS: [&str; 8] = ["unwrap", "expect", "unwrap_err", "expect_err", "leak", "lock", "block_on", "spawn"];
const CALLS: [&str; 9] =
    ["spawn", "spawn_blocking", "exit", "abort", "forget", "unbounded_channel", "unbounded", "sleep", "block_on"];
const MACROS: [&str; 7] = ["panic", "todo", "unimplemented", "unreachable", "assert", "assert_eq", "assert_ne"];

impl Walk {
    pub(super) fn opaque(&mut self, call: &Macro) {
        let Some(last) = call.path.segments.last() else { return };
        if INERT.iter().any(|inert| last.ident == inert) {
            return;
        }
        let reading = if last.ident == "html" { Reading::Markup } else { Reading::Code };
        let trees: Vec<TokenTree> = call.tokens.clone().into_iter().collect();
        if let Some(found) = hidden(&trees, reading, begins_tag(&trees)) {
            let name = text::of_code(quote::ToTokens::to_token_stream(&call.path));
            let message = format!(
                "no protection sees the arguments of `{name}!`, and `{found}` stands among them\n\
                 help: move it out, and hand over the value: `let value = ..;`\n\
                 help: or, where it is harmless: `#[portcullis::allow(opaque_macro, reason = \"..\")]`"
            );
            self.hit(Rule::OpaqueMacro, &call.path, &message);
        }
    }
}

/// What the tokens of a level are, as far as that shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Code,
    /// Names with hyphens, and code between parentheses, and after `if` and the like up to its block.
    Markup,
}

/// Begin code in markup.
const CONTROL: [&str; 5] = ["if", "for", "match", "let", "while"];

impl Reading {
    /// Of a group, where tags (`<p>`) leave the braces to code.
    fn within(self, delimiter: Delimiter, inner: &[TokenTree], has_tags: bool) -> Self {
        let is_markup = self == Self::Markup && delimiter == Delimiter::Brace && (!has_tags || begins_tag(inner));
        if is_markup { Self::Markup } else { Self::Code }
    }
}

fn begins_tag(trees: &[TokenTree]) -> bool {
    is_punct(trees.first(), '<')
}

/// The first thing that somebody would look at.
fn hidden(trees: &[TokenTree], reading: Reading, has_tags: bool) -> Option<String> {
    // No expression begins so: `(/) / "status"` is a route.
    let is_no_expression = is_punct(trees.first(), '/') || is_punct(trees.first(), '%');
    let mut is_control = false;
    for (at, tree) in trees.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| trees.get(at));
        let after = at.checked_add(1).and_then(|at| trees.get(at));
        let text = |found: &str| Some(found.to_owned());
        match tree {
            TokenTree::Ident(word) => {
                let word = word.to_string();
                // `for="x"` is an attribute, and `data-for` a name.
                is_control |= CONTROL.contains(&&*word) && !is_punct(after, '=') && !is_punct(before, '-');
                let is_called =
                    matches!(after, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
                let is_method = is_punct(before, '.');
                if word == "as" && !ends_value(before) || word == "await" && !is_method {
                    continue;
                }
                if WORDS.contains(&&*word) {
                    return text(&word);
                }
                if is_method && is_called && (METHODS.contains(&&*word) || is_checked_method(&word)) {
                    return Some(format!(".{word}(..)"));
                }
                if !is_method && is_called && CALLS.contains(&&*word) {
                    return Some(format!("{word}(..)"));
                }
                if is_punct(after, '!') && MACROS.contains(&&*word) {
                    return Some(format!("{word}!"));
                }
            }
            TokenTree::Punct(punct) => {
                let sign = punct.as_char();
                let is_shift = matches!(sign, '<' | '>') && punct.spacing() == Spacing::Joint && is_punct(after, sign);
                let value = if is_shift { at.checked_add(2).and_then(|at| trees.get(at)) } else { after };
                let is_operator = matches!(sign, '+' | '-' | '*' | '/' | '%') || is_shift;
                is_control &= sign != ';';
                let is_hyphen =
                    reading == Reading::Markup && !is_control && sign == '-' && is_word(before) && is_word(after);
                if is_no_expression || is_hyphen {
                    continue;
                }
                if is_operator && ends_value(before) && (begins_value(value) || is_punct(value, '=')) {
                    return Some(sign.to_string());
                }
            }
            TokenTree::Group(group) => {
                // `list[at]`, and no attribute, macro call or list.
                let is_attribute =
                    at.checked_sub(2).is_some_and(|at| is_punct(trees.get(at), '#') || is_punct(trees.get(at), '!'));
                let is_list = matches!(before, Some(TokenTree::Group(_))) && is_attribute;
                if group.delimiter() == Delimiter::Bracket
                    && ends_value(before)
                    && !is_list
                    && !group.stream().is_empty()
                {
                    return Some(format!("[{}]", text::of_code(group.stream())));
                }
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                if let Some(found) = hidden(&inner, reading.within(group.delimiter(), &inner, has_tags), has_tags) {
                    return Some(found);
                }
                is_control &= group.delimiter() != Delimiter::Brace;
            }
            TokenTree::Literal(_) => {}
        }
    }
    None
}

fn is_punct(tree: Option<&TokenTree>, sign: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == sign)
}

fn is_word(tree: Option<&TokenTree>) -> bool {
    matches!(tree, Some(TokenTree::Ident(_)))
}

fn ends_value(tree: Option<&TokenTree>) -> bool {
    match tree {
        Some(TokenTree::Ident(word)) => {
            !["return", "in", "if", "match", "else", "as", "mut", "ref", "let", "move", "while"]
                .contains(&&*word.to_string())
        }
        Some(TokenTree::Literal(_)) => true,
        Some(TokenTree::Group(group)) => group.delimiter() != Delimiter::Brace,
        _ => false,
    }
}

fn begins_value(tree: Option<&TokenTree>) -> bool {
    matches!(tree, Some(TokenTree::Ident(_) | TokenTree::Literal(_) | TokenTree::Group(_)))
}

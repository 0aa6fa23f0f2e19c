//! Rust as words, each with its line: enough of a lexer that comments, texts and lifetimes are told apart.

pub(super) struct Word {
    pub(super) line: usize,
    pub(super) kind: Kind,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Name(String),
    Text(String),
    Sign(char),
}

pub(super) fn words(text: &str) -> Vec<Word> {
    let mut reader = Reader { rest: text.chars().collect(), line: 1, found: Vec::new() };
    reader.rest.reverse();
    while let Some(next) = reader.rest.last().copied() {
        let line = reader.line;
        if let Some(kind) = reader.word(next) {
            reader.found.push(Word { line, kind });
        }
    }
    reader.found
}

struct Reader {
    /// The next one last.
    rest: Vec<char>,
    line: usize,
    found: Vec<Word>,
}

impl Reader {
    fn take(&mut self) -> Option<char> {
        let next = self.rest.pop()?;
        self.line = self.line.saturating_add(usize::from(next == '\n'));
        Some(next)
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        let at = self.rest.len().checked_sub(ahead)?.checked_sub(1)?;
        self.rest.get(at).copied()
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while self.peek(0).is_some_and(&wanted) {
            taken.extend(self.take());
        }
        taken
    }

    fn word(&mut self, next: char) -> Option<Kind> {
        match next {
            '/' if self.peek(1) == Some('/') => {
                self.take_while(|sign| sign != '\n');
                None
            }
            '/' if self.peek(1) == Some('*') => {
                self.comment();
                None
            }
            '"' => Some(Kind::Text(self.text())),
            '\'' => {
                self.letter();
                None
            }
            _ if next.is_alphanumeric() || next == '_' => {
                let name = self.take_while(|sign| sign.is_alphanumeric() || sign == '_');
                self.named(name)
            }
            _ if next.is_whitespace() => {
                self.take();
                None
            }
            _ => self.take().map(Kind::Sign),
        }
    }

    /// A name, or a text that begins like one.
    fn named(&mut self, name: String) -> Option<Kind> {
        let is_raw = matches!(name.as_str(), "r" | "br" | "cr");
        match self.peek(0) {
            Some('"') if is_raw => Some(Kind::Text(self.raw(0))),
            Some('"') if name == "b" || name == "c" => Some(Kind::Text(self.text())),
            Some('\'') if name == "b" => {
                self.letter();
                None
            }
            Some('#') if is_raw => {
                let marks = self.rest.iter().rev().take_while(|sign| **sign == '#').count();
                if self.peek(marks) == Some('"') {
                    for _ in 0..marks {
                        self.take();
                    }
                    return Some(Kind::Text(self.raw(marks)));
                }
                // `r#loop`.
                self.take();
                Some(Kind::Name(self.take_while(|sign| sign.is_alphanumeric() || sign == '_')))
            }
            _ => Some(Kind::Name(name)),
        }
    }

    fn comment(&mut self) {
        let mut depth = 0_usize;
        while let Some(sign) = self.take() {
            match (sign, self.peek(0)) {
                ('/', Some('*')) => {
                    self.take();
                    depth = depth.saturating_add(1);
                }
                ('*', Some('/')) => {
                    self.take();
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return;
                    }
                }
                _ => {}
            }
        }
    }

    fn text(&mut self) -> String {
        self.take();
        let mut text = String::new();
        while let Some(sign) = self.take() {
            match sign {
                '"' => break,
                '\\' => match self.take() {
                    Some('\n') => {
                        self.take_while(char::is_whitespace);
                    }
                    Some('n') => text.push('\n'),
                    Some('t') => text.push('\t'),
                    Some(other) => text.push(other),
                    None => break,
                },
                other => text.push(other),
            }
        }
        text
    }

    /// Up to the quote with as many marks.
    fn raw(&mut self, marks: usize) -> String {
        self.take();
        let mut text = String::new();
        while let Some(sign) = self.take() {
            if sign == '"' && (0..marks).all(|ahead| self.peek(ahead) == Some('#')) {
                for _ in 0..marks {
                    self.take();
                }
                break;
            }
            text.push(sign);
        }
        text
    }

    /// `'a'`, `'\''`, or the lifetime `'a`.
    fn letter(&mut self) {
        self.take();
        match (self.peek(0), self.peek(1)) {
            (Some('\\'), _) => {
                self.take();
                self.take();
                self.take_while(|sign| sign != '\'' && sign != '\n');
                self.take();
            }
            (Some(_), Some('\'')) => {
                self.take();
                self.take();
            }
            _ => {}
        }
    }
}

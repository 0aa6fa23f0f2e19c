//! What looks like a break of a rule, and is none by what stands beside it.

#![deny(warnings)]

use std::sync::{Mutex, PoisonError};

use portcullis::{Violation, zero_trust};

/// A template whose names have hyphens.
macro_rules! html {
    ($($tokens:tt)*) => { stringify!($($tokens)*) };
}
/// The routes of `rouille`.
macro_rules! router {
    (($method:ident) ($(/ $part:ident)*) => $answer:expr) => { (stringify!($method), [$(stringify!($part)),*], $answer) };
}

pub struct Builder<X> {
    expect: X,
}

impl<X> Builder<X> {
    #[must_use]
    pub fn expect<Y>(self, expect: Y) -> Builder<Y> {
        Builder { expect }
    }
    pub fn made(expect: X) -> Self {
        Self { expect }
    }
    pub fn get(self) -> X {
        self.expect
    }
}

#[zero_trust(strict)]
mod handlers {
    use std::future::Future;

    use super::{Builder, Mutex, PoisonError, Violation, zero_trust};

    #[zero_trust(strict, without(catch_panic, validated_input))]
    pub fn awaited_in_the_tail() -> impl Future<Output = Result<u8, Violation>> {
        let task = tokio::task::spawn_blocking(|| 7);
        async move { Ok(task.await.unwrap_or_default()) }
    }

    pub struct Store {
        size: u64,
        name: String,
    }

    impl Store {
        #[zero_trust(skip, reason = "no client reaches it")]
        pub fn new() -> Self {
            Self { size: 0, name: "a-b".to_owned() }
        }
        /// A cast that keeps every value, and a `replace` that is no write.
        pub fn put(&mut self, #[check(length(max = 9))] data: &[u8]) -> Result<usize, Violation> {
            let name = self.name.replace("-", "+");
            let length = name.len() + 1;
            self.name = name;
            self.size = data.len() as u64;
            Ok(length)
        }
    }

    pub fn beside_a_guard(
        #[trusted(reason = "the server's own")] state: &Mutex<Vec<String>>,
    ) -> Result<Vec<u64>, Violation> {
        let names = state.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(names.iter().map(|name| name.len() as u64).collect())
    }

    pub struct Parts {
        pub handler: fn(u8) -> u8,
    }

    pub fn of_a_builder(#[trusted(reason = "the server's own")] handler: Parts) -> Result<u8, Violation> {
        let expect: Builder<u8> = Builder::made(1);
        let made = Builder::made(0_u8).expect(expect).get().get();
        Ok((handler.handler)(made))
    }

    #[zero_trust(strict, without(bounded_allocation))]
    pub fn small(
        #[trusted(reason = "one byte, and no more")] indent: u8,
        #[trusted(reason = "the server's own")] words: std::slice::Iter<'_, u8>,
    ) -> Result<usize, Violation> {
        let (low, high) = words.size_hint();
        let list: Vec<u8> = Vec::with_capacity(high.unwrap_or(low));
        let other: Vec<u8> = Vec::with_capacity(words.size_hint().1.unwrap_or(0));
        Ok(" ".repeat(indent.into()).len() + list.len() + other.len())
    }

    pub fn templates(#[check(range(max = 9))] id: u32) -> Result<(&'static str, u32), Violation> {
        let page = html! { div.drag-form data-theme="x" { label for="a" { (id) } } };
        let (_, [api, _], answer) = router!((GET) (/api/status) => id);
        Ok((if page.is_empty() { api } else { "page" }, answer))
    }

    pub fn on_each_way(#[check(length(max = 99), each(range(max = 250)))] text: &[u8]) -> Result<usize, Violation> {
        let (mut at, mut found) = (0, 0);
        while at < text.len() {
            match text[at] {
                b' ' => at += 1,
                b'%' => {
                    found += 1;
                    at += 3;
                    continue;
                }
                b'#' => break,
                _ => {
                    if found > 3 {
                        return Ok(found);
                    }
                    at += 2;
                }
            }
        }
        loop {
            match found {
                0 => return Ok(at),
                _ => break,
            }
        }
        Ok(found)
    }

    pub fn of_a_slice(#[check(length(max = 99), each(range(max = 250)))] text: &[u8]) -> Result<usize, Violation> {
        let (mut left, mut pairs) = (text, 0);
        while left.len() >= 2 {
            let (_, rest) = left.split_at(2);
            left = rest;
            pairs += 1;
        }
        left = text;
        while let [first, rest @ ..] = left {
            if *first > 9 {
                break;
            }
            left = rest;
        }
        loop {
            let Some((_, rest)) = left.split_first() else { break };
            left = rest;
        }
        Ok(pairs)
    }

    pub fn one_by_one(#[check(length(max = 99))] text: &str) -> Result<Option<u32>, Violation> {
        let mut letters = text.chars().peekable();
        let mut list: Vec<char> = Vec::new();
        while letters.peek().is_some() {
            list.extend(letters.next());
        }
        let mut sum = 0;
        loop {
            match list.pop() {
                Some('#') => continue,
                Some(letter) => sum += u32::from(letter == '.'),
                None => break,
            }
        }
        let mut words = text.split_whitespace();
        loop {
            let Some(word) = words.next() else { return Ok(Some(sum)) };
            if word == "none" {
                return Ok(None);
            }
        }
    }
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert_eq!(runtime.block_on(async { handlers::awaited_in_the_tail().await }).unwrap(), 7);
    let mut store = handlers::Store::new();
    assert_eq!(store.put(&[1, 2]).unwrap(), 4);
    assert_eq!(handlers::beside_a_guard(&Mutex::new(vec!["ab".to_owned()])).unwrap(), [2]);
    assert_eq!(handlers::of_a_builder(handlers::Parts { handler: |n| n + 1 }).unwrap(), 2);
    assert_eq!(handlers::small(3, [1, 2].iter()).unwrap(), 3);
    assert_eq!(handlers::templates(7).unwrap(), ("page", 7));
    assert_eq!(handlers::on_each_way(b"ab% %").unwrap(), 1);
    assert_eq!(handlers::of_a_slice(b"abcde").unwrap(), 2);
    assert_eq!(handlers::one_by_one("a.b. c#").unwrap(), Some(2));
}

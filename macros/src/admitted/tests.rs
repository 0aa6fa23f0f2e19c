//! What is said of small functions, and what must not be.

use quote::quote;

use super::oracle::{Tally, judge};
use crate::expand::function;

/// The errors with a code of this room, in the order of the report.
fn said(source: &str) -> Vec<String> {
    said_under("zero_trust", "", source)
}

fn said_under(attribute: &str, args: &str, source: &str) -> Vec<String> {
    let item: proc_macro2::TokenStream = source.parse().expect("tokens");
    let expanded = function(attribute, args.parse().expect("tokens"), item);
    let text = expanded.to_string();
    let mut found = Vec::new();
    for part in text.split("compile_error").skip(1) {
        let Some(start) = part.find("\"[PC03") else { continue };
        let literal: syn::LitStr = {
            let rest = &part[start..];
            let tokens: proc_macro2::TokenStream = rest[..=end_of(rest)].parse().expect("a literal");
            syn::parse2(quote!(#tokens)).expect("a literal")
        };
        found.push(literal.value());
    }
    found
}

fn end_of(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    text.len()
}

#[test]
fn show() {
    for body in [
        "fn f(#[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, V> { Ok(secs * 1_000_000) }",
        "fn f(#[check(range(max = 100))] a: u32, #[check(range(max = 100))] b: u32) -> Result<u32, V> { Ok(a - b) }",
        "fn f(#[trusted(reason = \"a sum\")] sum: u32, #[check(range(max = 100))] n: u32) -> Result<u32, V> { Ok(sum / n) }",
        "fn f(#[check(length(min = 4, max = 4))] a: Vec<u8>, #[check(range(max = 9))] i: usize) -> Result<u8, V> { Ok(a[i]) }",
        "fn f(#[check(range(max = 70))] n: u32) -> Result<u64, V> { let one: u64 = 1; Ok(one << n) }",
        "fn f(#[check(range(max = 256))] n: u32) -> Result<u8, V> { Ok(n as u8) }",
        "fn f(#[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, V> { if secs > 100_000 { return Ok(1); } Ok(0) }",
        "fn f(#[check(range(max = 100_000))] n: u32, #[check(range(max = 100_000))] p: u32) -> Result<u32, V> { let mut t: u32 = 0; for _ in 0..n { t += p; } Ok(t) }",
        "fn f(#[check(range(max = 90))] n: u8, #[check(range(max = 100))] p: u8) -> Result<u8, V> { let mut t: u8 = 0; for _ in 0..n { t += p; } Ok(t) }",
        "async fn f(#[trusted(reason = \"of the server\")] db: Db, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, V> { let base = db.base().await?; if base.is_odd() { return Err(V); } let x = secs * 1_000_000; Ok(x + base) }",
        "fn f(#[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, V> { let x = secs; let y = #[portcullis::explain] (x + 5); Ok(y) }",
        "fn f(#[check(range(min = -128, max = 5))] n: i8) -> Result<i8, V> { Ok(-n) }",
    ] {
        println!("-- {body}");
        for text in said(body) {
            println!("error: {text}");
        }
    }
}

/// `PORTCULLIS_ORACLE=100000 cargo test -p portcullis-macros oracle` looks at more.
#[test]
fn oracle() {
    let count = std::env::var("PORTCULLIS_ORACLE").ok().and_then(|count| count.parse().ok()).unwrap_or(400);
    let mut tally = Tally::default();
    let mut lies = Vec::new();
    for seed in 0..count {
        lies.extend(judge(seed, &mut tally).err());
    }
    println!("{count} functions: {tally:?}");
    lies.sort_by_key(String::len);
    assert!(
        lies.is_empty(),
        "{} are false, as\n{}",
        lies.len(),
        lies.iter().take(3).cloned().collect::<Vec<_>>().join("\n\n")
    );
    assert!(
        tally.claims > 80
            && tally.thresholds > 30
            && tally.limits > 20
            && tally.conditions > 80
            && tally.dead < tally.claims / 10,
        "{tally:?}"
    );
}

//! What is said of small functions, and what must not be.

use quote::quote;

use super::oracle::{Random, Tally, judge, judge_by_name};
use crate::expand::function;
use crate::ranges::interval::{IntType, Interval};
use crate::ranges::operator::{Fails, Op, apply};
use crate::ranges::value::Whole;

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

/// The codes of what is said, with a part of the first.
fn codes(source: &str) -> Vec<String> {
    said(source).iter().map(|text| text.get(1..7).unwrap_or_default().to_owned()).collect()
}

#[test]
fn each_fault_is_told_with_its_value() {
    let secs = "#[check(range(min = 1, max = 86_400))] secs: i32";
    let whole = said(&format!("fn f({secs}) -> Result<i32, V> {{ Ok(secs * 1_000_000) }}"));
    assert_eq!(
        whole,
        ["[PC0301] `secs * 1_000_000` overflows i32: at secs = 86_400 the result is\n         \
          86_400_000_000; every secs >= 2_148 overflows\n\
          i32 holds -2_147_483_648..=2_147_483_647\n\
          help: widen first: `i64::from(secs) * 1_000_000`\n\
          help: or lower the rule of `secs`: `range(max = 2_147)`\n\
          see: https://docs.rs/portcullis/latest/portcullis/errors/PC0301/"]
    );
    // What leaves without a look at the value is no excuse.
    let late = format!(
        "async fn f(#[trusted(reason = \"of the server\")] db: Db, {secs}) -> Result<i32, V> {{
            let base = db.base().await?;
            if base.is_odd() {{ return Err(V); }}
            Ok(secs * 1_000_000)
        }}"
    );
    assert_eq!(codes(&late), ["PC0301"]);
    // One that was handed the value may have looked.
    assert!(codes(&late.replace("db.base()", "db.base(secs)")).is_empty());
    for (code, body) in [
        (
            "PC0301",
            "fn f(#[check(range(max = 90))] n: u8, #[check(range(max = 100))] p: u8) -> Result<u8, V> { let mut t: u8 = 0; for _ in 0..n { t += p; } Ok(t) }",
        ),
        (
            "PC0302",
            "fn f(#[trusted(reason = \"of the server\")] sum: u32, #[check(range(max = 9))] n: u32) -> Result<u32, V> { Ok(sum / n) }",
        ),
        (
            "PC0303",
            "fn f(#[check(length(equal = 4))] a: Vec<u8>, #[check(range(exclusive_max = 6))] i: usize) -> Result<u8, V> { Ok(a[i]) }",
        ),
        ("PC0304", "fn f(#[check(one_of(1, 70))] n: u32) -> Result<u64, V> { Ok(1_u64 << n) }"),
        ("PC0305", "fn f(#[check(range(max = 256))] n: u32) -> Result<u8, V> { Ok(n as u8) }"),
        (
            "PC0306",
            "fn f(#[check(range(max = 60 * 60))] n: u32) -> Result<u8, V> { if n > 3_600 { Ok(1) } else { Ok(0) } }",
        ),
    ] {
        assert_eq!(codes(body), [code], "{body}");
    }
}

#[test]
fn protections_that_stand_apart_are_seen_together() {
    let body = "#[checked_arithmetic] fn f(#[check(range(max = 250))] n: u8) -> Result<u8, V> { Ok(n + 100) }";
    assert_eq!(said_under("validated_input", "", body).len(), 1);
    let below = body.replace("checked_arithmetic", "validated_input");
    assert_eq!(said_under("checked_arithmetic", "", &below).len(), 1);
    assert!(said_under("checked_arithmetic", "or(wrap)", &below).is_empty());
    assert!(said_under("validated_input", "", &body.replace("#[checked_arithmetic]", "")).is_empty());
}

/// Every pair of values out of ranges of `i8` and `u8`, against the operations of the language.
#[test]
fn operations_hold_for_every_value_in_their_ranges() {
    let mut random = Random::new(7);
    for name in ["i8", "u8"] {
        let ty = IntType::named(name).expect("a type");
        let all = ty.possibly().expect("eight bits");
        for op in [
            Op::Add,
            Op::Sub,
            Op::Mul,
            Op::Div,
            Op::Rem,
            Op::Shl,
            Op::Shr,
            Op::And,
            Op::Or,
            Op::Xor,
            Op::Pow,
            Op::DivEuclid,
            Op::RemEuclid,
        ] {
            for _ in 0..60 {
                let (left, right) = (part(&mut random, all), part(&mut random, all));
                let right_ty = if op == Op::Pow { IntType::named("u32").expect("a type") } else { ty };
                if op == Op::Pow && right.low < 0 {
                    continue;
                }
                let outcome = apply(op, Whole::typed(ty, left), Whole::typed(right_ty, right)).expect("both are known");
                for a in left.low..=left.high {
                    for b in right.low..=right.high {
                        let found = exact(op, a, b).filter(|result| all.contains(*result));
                        match (outcome.fails, found) {
                            (Fails::Never, None) | (Fails::Surely(_), Some(_)) => {
                                panic!("{a} {op:?} {b} of {name}: {outcome:?}")
                            }
                            _ => {}
                        }
                        if let Some(found) = found {
                            let held = outcome.result.expect("a result").range;
                            assert!(held.contains(found), "{a} {op:?} {b} = {found} of {name}: {outcome:?}");
                        }
                    }
                }
            }
        }
    }
}

fn part(random: &mut Random, all: Interval) -> Interval {
    let (low, high) = (i32::try_from(all.low).expect("small"), i32::try_from(all.high).expect("small"));
    let (one, other) = (random.between(low, high), random.between(low, high));
    let near = if random.one_in(3) { one } else { other };
    Interval::new(one.min(near).into(), one.max(near).into()).expect("in order")
}

/// What the language gives, in numbers without a width; bits that a shift pushes out are gone.
fn exact(op: Op, a: i128, b: i128) -> Option<i128> {
    let signed = a < 0 || b < 0;
    match op {
        Op::Add => a.checked_add(b),
        Op::Sub => a.checked_sub(b),
        Op::Mul => a.checked_mul(b),
        Op::Div => a.checked_div(b),
        // The least value by -1 fails with its quotient.
        Op::Rem => a.checked_rem(b).filter(|_| !(a == -128 && b == -1)),
        Op::DivEuclid => a.checked_div_euclid(b),
        Op::RemEuclid => a.checked_rem_euclid(b).filter(|_| !(a == -128 && b == -1)),
        Op::Pow => u32::try_from(b).ok().and_then(|b| a.checked_pow(b)),
        // Of an `i8` and a `u8` the bits differ: only what keeps them all is compared.
        Op::Shl => (0..8)
            .contains(&b)
            .then(|| a << b)
            .map(|wide| if (-128..=255).contains(&wide) && (signed || wide < 128) { wide } else { a }),
        Op::Shr => (0..8).contains(&b).then(|| a >> b),
        Op::And => Some(a & b),
        Op::Or => Some(a | b),
        Op::Xor => Some(a ^ b),
        Op::Neg | Op::Abs => None,
    }
}

/// `PORTCULLIS_ORACLE=100000 cargo test -p portcullis-macros oracle` looks at more.
#[test]
fn oracle() {
    let count = std::env::var("PORTCULLIS_ORACLE").ok().and_then(|count| count.parse().ok()).unwrap_or(600);
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
            && tally.limits > 15
            && tally.conditions > 80
            && tally.dead < tally.claims / 10,
        "{tally:?}"
    );
}

/// The same functions, where the compiler has to know their numbers.
#[test]
fn oracle_by_name() {
    let count = std::env::var("PORTCULLIS_ORACLE").ok().and_then(|count| count.parse().ok()).unwrap_or(600);
    let mut tally = Tally::default();
    let mut lies = Vec::new();
    for seed in 0..count {
        lies.extend(judge_by_name(seed, &mut tally).err());
    }
    println!("{count} functions: {tally:?}");
    lies.sort_by_key(String::len);
    assert!(
        lies.is_empty(),
        "{} are false, as\n{}",
        lies.len(),
        lies.iter().take(3).cloned().collect::<Vec<_>>().join("\n\n")
    );
    assert!(tally.claims > 40 && tally.dead < tally.claims / 4, "{tally:?}");
}

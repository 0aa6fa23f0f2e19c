//! Code in code in code. What overflows a stack ends the process, and with it the test.

use std::thread;

use proc_macro2::TokenStream;

use super::laws::{GATES, ensure_attribute, errors};
use crate::{covered, expand, nesting, take_apart};

/// Three quarters of what the compiler's thread has.
const STACK: usize = nesting::BUDGET * 1024;

/// Code that is so deep.
type Shape = fn(usize) -> String;

/// Each in its own way.
const SHAPES: &[(&str, Shape)] = &[
    ("parentheses", |n| around("(", "a", ")", n)),
    ("brackets", |n| around("[", "a", "]", n)),
    ("blocks", |n| around("{", "a", "}", n)),
    ("conditions", |n| around("if a > 0 { ", "a", " }", n)),
    ("calls", |n| around("f(", "a", ")", n)),
    ("indices", |n| around("a[", "a", "]", n)),
    ("sums in parentheses", |n| around("(a + ", "a", ")", n)),
    ("sums in blocks", |n| around("{ a * ", "a", "}", n)),
    ("matches", |n| around("match a { _ => a - ", "a", " }", n)),
    ("closures called", |n| around("(|| ", "a", ")()", n)),
    ("loops", |n| around("for a in b { ", "a", " }", n)),
    ("functions", |n| around("fn f() { ", "a", " }", n)),
    ("in a macro", |n| format!("println!(\"{{}}\", {})", around("(a + ", "a", ")", n))),
    ("a sum", |n| chain("a", " + a", n)),
    ("a sum in a macro", |n| format!("println!(\"{{}}\", {})", chain("a", " + a", n))),
    ("a sum in an unknown macro", |n| format!("unknown!({})", chain("a", " + a", n))),
    ("comparisons", |n| chain("a", " && a", n)),
    ("casts", |n| chain("a", " as u8", n)),
    ("calls of methods", |n| chain("a", ".f(a)", n)),
    ("checked methods", |n| chain("a", ".pow(1)", n)),
    ("fields", |n| chain("a", ".a", n)),
    ("questions", |n| chain("a", "?", n)),
    ("indices in a row", |n| chain("a", "[0]", n)),
    ("calls in a row", |n| chain("a", "()", n)),
    ("else if", |n| chain("if a { a }", " else if a { a }", n)),
    ("negations", |n| format!("{} a", "!".repeat(n))),
    ("minus", |n| format!("{} a", "- ".repeat(n))),
    ("references", |n| format!("{} a", "& ".repeat(n))),
    ("closures", |n| format!("{} a", "|a| ".repeat(n))),
    ("returns", |n| format!("{} a", "return ".repeat(n))),
    ("assignments", |n| format!("{} a", "a = ".repeat(n))),
    ("types", |n| format!("let a: {}u8{};", "Vec<".repeat(n), ">".repeat(n))),
    ("pointers of pointers", |n| format!("let a: {}u8;", "&".repeat(n))),
    ("types of references", |n| format!("let a: {}u8{};", "A<&A<".repeat(n / 2), ">>".repeat(n / 2))),
    ("pointers", |n| format!("let a: {}u8;", "& ".repeat(n))),
    ("patterns", |n| format!("let {} = a;", around("(", "a", ",)", n))),
];

fn around(open: &str, inner: &str, close: &str, n: usize) -> String {
    format!("{}{inner}{}", open.repeat(n), close.repeat(n))
}

fn chain(first: &str, then: &str, n: usize) -> String {
    first.to_owned() + &then.repeat(n)
}

fn function(body: &str) -> TokenStream {
    format!("fn f(a: u8) -> u8 {{ {body} }}").parse().expect("tokens")
}

/// On a stack of its own, of the size of the compiler's.
pub(super) fn on_a_stack<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run).expect("a thread");
        thread.join().expect("it ends well")
    })
}

fn is_too_deep(attribute: &str, body: &str) -> bool {
    on_a_stack(|| {
        let item = function(body);
        let trees = item.clone().into_iter().count();
        let output = expand::attribute(attribute, "or(panic)".parse().expect("tokens"), item);
        let errors = errors(&output);
        let too_deep = errors.iter().any(|error| error.starts_with("[PC0015]"));
        assert!(!too_deep || output.into_iter().count() > trees, "the function stays");
        too_deep
    })
}

#[test]
fn what_is_too_deep_for_the_stack_is_said() {
    for (name, shape) in SHAPES {
        for n in [10_000, 50_000] {
            assert!(is_too_deep("zero_trust", &shape(n)), "{name}, {n} deep");
        }
    }
}

#[test]
fn what_a_person_writes_is_not_too_deep() {
    for (name, shape) in SHAPES {
        assert!(!is_too_deep("checked_arithmetic", &shape(60)), "{name}");
    }
    // What documents a function is as long as it likes: the sources of `utoipa-gen` have 400 lines before one.
    assert!(!is_too_deep("checked_arithmetic", &format!("{} fn g() {{}}", "#[doc = \"a line\"] ".repeat(3_000))));
    assert!(!is_too_deep("checked_arithmetic", &chain("self.name == other.name", " && self.name == other.name", 200)));
    assert!(!is_too_deep("checked_arithmetic", &chain("1 << 1", " | 1 << 1", 100)));
    let chosen = format!("if a {{ a }}{}", " else if a == 1 && a + 1 > b { a }".repeat(600));
    assert!(!is_too_deep("checked_arithmetic", &chosen));
    let table = "a => a + 1, a | a if a > 0 => { a - 1 } a @ 1..=9 => if a > 1 { a * 2 } else { a << 1 }, ".repeat(300);
    assert!(!is_too_deep("checked_arithmetic", &format!("match a {{ {table} }}")));
    assert!(!is_too_deep(
        "checked_arithmetic",
        &"let a = a + 1 - a; f(a, a * 2); if a > 1 { f(a) } a += 1; ".repeat(300)
    ));
    assert!(!is_too_deep("checked_arithmetic", &format!("[{}]", "a + 1, ".repeat(3_000))));
    assert!(!is_too_deep("checked_arithmetic", &format!("matches!(a, {})", chain("1", " | 2", 500))));
}

/// The deepest that is let through goes all the way.
#[test]
fn up_to_the_limit_no_walk_overflows() {
    for (_, shape) in SHAPES {
        let (mut fits, mut too_many) = (60, 2_000);
        while too_many - fits > 1 {
            let n = usize::midpoint(fits, too_many);
            if is_too_deep("checked_arithmetic", &shape(n)) { too_many = n } else { fits = n }
        }
        for attribute in ["zero_trust", "checked_arithmetic", "bounded_recursion"] {
            is_too_deep(attribute, &shape(fits));
        }
        let block = format!("mod m {{ {} }}", function(&shape(fits)));
        on_a_stack(|| expand::attribute("zero_trust", TokenStream::new(), block.parse().expect("tokens")).is_empty());
    }
}

#[test]
fn derives_and_gates_say_it_too() {
    for n in [100, 10_000, 100_000] {
        let field = format!("struct S {{ #[check(nested)] a: {}u8{} }}", "Option<".repeat(n), ">".repeat(n));
        let length = format!("struct S([u8; {}]);", around("(", "1", ")", n));
        for item in [field, length] {
            for derive in [covered::derive, take_apart::derive] {
                let found = on_a_stack(|| errors(&derive(item.parse().expect("tokens"))));
                let too_deep = found.iter().any(|error| error.starts_with("[PC0015]"));
                assert_eq!(too_deep, n > 1_000, "{n}: {found:?}");
            }
        }
        for gate in GATES {
            let handler = format!("portcullis, get({})", around("(", "a", ")", n));
            let found = on_a_stack(|| errors(&gate.1(handler.parse().expect("tokens"))));
            assert_eq!(found.iter().any(|error| error.starts_with("[PC0015]")), n > 1_000, "{n}: {found:?}");
        }
        let args = format!("or(return {})", around("(", "a", ")", n));
        let found =
            on_a_stack(|| errors(&expand::attribute("catch_panic", args.parse().expect("tokens"), function("a"))));
        assert_eq!(found.iter().any(|error| error.starts_with("[PC0015]")), n > 1_000, "{n}: {found:?}");
    }
}

/// What an editor hands over while someone types.
#[test]
fn half_typed_functions_stay() {
    let bodies = [
        "a.",
        "let b = ",
        "let b: = 1;",
        "if a { } else",
        "a +",
        "match a { 1 => }",
        "f(a, ,)",
        "a[",
        "|",
        "S { a: }",
        "#[portcullis::allow(",
        "a as",
        "for in",
        "let Some(b) = a else",
        "\"{\" +",
        "..=",
        "return a +; b",
    ];
    let heads = [
        "fn f(a: u8) -> u8",
        "fn f(a: ) -> u8",
        "fn f(#[check(range(min = ))] a: u8) -> u8",
        "fn f(#[check] a: u8) ->",
        "async fn f(a",
        "fn (a: u8)",
        "pub(cra) fn f()",
        "impl S { fn f(&self)",
        "mod m { fn f(a: u8)",
    ];
    let args = [
        "",
        "or(",
        "or(return",
        "max = ",
        "bounded_recursion(max",
        "without(catch_",
        "require(a <",
        ",",
        "= 1",
        "or(return a.)",
    ];
    for head in heads {
        for body in bodies {
            // The brackets that an editor closes by itself.
            let closed = |text: &str| {
                let open: String = text.chars().fold(String::new(), |mut open, character| {
                    match character {
                        '(' => open.insert(0, ')'),
                        '[' => open.insert(0, ']'),
                        '{' => open.insert(0, '}'),
                        ')' | ']' | '}' if open.starts_with(character) => drop(open.remove(0)),
                        _ => {}
                    }
                    open
                });
                text.to_owned() + &open
            };
            let text = body.replace("\"{\"", "\"\"");
            let item: TokenStream = closed(&format!("{} {{ {}", closed(head), closed(&text))).parse().expect("tokens");
            for args in args {
                let args: TokenStream = closed(args).parse().expect("tokens");
                ensure_attribute("zero_trust", &args, &item).expect("the laws");
            }
        }
    }
}

#[test]
fn what_the_parser_says_is_told() {
    let output = expand::attribute("zero_trust", TokenStream::new(), function("let b = ;"));
    let [error] = &*errors(&output) else { panic!("one error: {output}") };
    assert!(error.starts_with("[PC0001] `zero_trust` cannot read this: expected"), "{error}");
}

//! Token streams out of the words that Rust, and our attributes, are made of.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

pub(super) const DELIMITERS: &[Delimiter] =
    &[Delimiter::Parenthesis, Delimiter::Bracket, Delimiter::Brace, Delimiter::None];

/// What a token stream is made of.
pub(super) const WORDS: &[&str] = &[
    "fn",
    "async",
    "const",
    "unsafe",
    "extern \"C\"",
    "pub",
    "impl",
    "mod",
    "trait",
    "struct",
    "enum",
    "union",
    "type",
    "where",
    "for",
    "let",
    "mut",
    "ref",
    "if",
    "else",
    "match",
    "while",
    "loop",
    "return",
    "break",
    "continue",
    "move",
    "dyn",
    "as",
    "in",
    "self",
    "Self",
    "super",
    "crate",
    "use",
    "static",
    "await",
    "yield",
    "try",
    "box",
    "macro_rules",
    "r#fn",
    "_",
    "a",
    "b",
    "u8",
    "i32",
    "f64",
    "usize",
    "String",
    "Vec",
    "Option",
    "Result",
    "Box",
    "T",
    "violation",
    "x",
    "'a",
    "'static",
    "'a: loop",
    "0",
    "1u8",
    "86_400",
    "0x1F",
    "1e9",
    "1.5f32",
    "1.",
    "-1",
    "\"text\"",
    "b\"bytes\"",
    "c\"c\"",
    "'c'",
    "b'b'",
    "r#\"raw\"#",
    "340282366920938463463374607431768211456",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "!",
    "&",
    "|",
    "<<",
    ">>",
    "&&",
    "||",
    "=",
    "+=",
    "<<=",
    "==",
    "!=",
    "<",
    ">",
    "<=",
    ">=",
    "@",
    ".",
    "..",
    "..=",
    "...",
    ",",
    ";",
    ":",
    "::",
    "->",
    "=>",
    "#",
    "$",
    "?",
    "~",
    "#[cfg(test)]",
    "#[inline]",
    "#[track_caller]",
    "#[doc = \"x\"]",
    "#![allow(unused)]",
    "#[check(range(max = 9))]",
    "#[trusted(reason = \"long enough a reason\")]",
    "#[portcullis::allow(cast, reason = \"low byte on purpose\")]",
    "#[portcullis::allow(recursion, reason = \"halves\")]",
    "#[zero_trust]",
    "#[bounded_recursion(max = 4)]",
    "#[validate(length(max = 3))]",
    "#[serde(rename = \"b\")]",
    "#[take_apart(drop)]",
    "println!",
    "vec!",
    "tokio::select!",
    "format!(\"{a} {}\", b)",
    "Box::pin(async move {})",
    "|a, b| a + b",
    "a[b]",
    "a as u8",
    ".await",
    ".sum()",
    "a: u8",
    "fn f() {}",
    "{}",
    "()",
    "[]",
    "1..",
    "..b",
];

/// Expressions around `x`.
pub(super) const EXPRESSIONS: &[&str] = &[
    "x",
    "(x + 1)",
    "(1 - x)",
    "(x * x)",
    "(x / x)",
    "(x % 7)",
    "(x << 3)",
    "(-x)",
    "(!x)",
    "(*x)",
    "(&x)",
    "(&mut x)",
    "(x as u8)",
    "(x as f32 as i64)",
    "list[x]",
    "x[0]",
    "x[1..]",
    "x[..=x]",
    "x[..]",
    "list[x][x]",
    "{ x }",
    "(|| x)()",
    "(|a: u8, b| a + b + x)",
    "(async { x })",
    "(async move { x.await })",
    "(x?)",
    "x.sum::<u8>()",
    "x.iter().sum()",
    "x.pow(x)",
    "x.abs()",
    "(return x)",
    "{ return; }",
    "(loop { break x })",
    "('a: loop { break 'a x })",
    "(if x { x } else { x })",
    "(match x { a if a > x => x, a @ (1 | 2) => x, _ => x })",
    "(while x { x; })",
    "(for a in x { x; })",
    "(if let Some(a) = x && a > 1 { x } else { x })",
    "unsafe { x }",
    "const { x }",
    "vec![x; 3]",
    "vec![x, x + 1]",
    "println!(\"{}\", x + 1)",
    "format!(\"{a} {:?} {:>1$}\", x, 3)",
    "assert!(x < x, \"{}\", x)",
    "dbg!(x + 1)",
    "matches!(x, 1 | 2)",
    "tracing::info!(a = x + 1, ?b, %c, \"{}\", x)",
    "tokio::select! { a = x => a + 1, else => x }",
    "tokio::join!(x, x)",
    "unknown! { x + 1 }",
    "{ let a = x; a += 1; a }",
    "{ let a: u8; a = x; }",
    "{ a += x; }",
    "{ a[x] -= x; }",
    "{ a.b[x].c <<= x; }",
    "{ *x += 1; }",
    "{ fn f() { x; } }",
    "{ struct S; impl S { fn f(self) -> u8 { x + 1 } } }",
    "{ let Some(a) = x else { return x }; a }",
    "#[portcullis::allow(cast, reason = \"low byte on purpose\")] (x as u8)",
    "{ #[portcullis::allow(cast, reason = \"low byte on purpose\")] let a = x as u8; a }",
    "{ #[portcullis::allow(cast)] a(x as u8); }",
    "S { a: x, ..x }",
    "(x, x)",
    "[x; 3]",
    "[x, x]",
    "x.a",
    "x.0.1",
    "x.f::<u8>(x)",
    "f::<{ x }>(x)",
    "(x..=x)",
    "(x..)",
    "(x = x)",
    "((a, _) = x)",
    "<u8>::from(x)",
    "<u8 as From<u8>>::from(x)",
    "i32::MAX",
    "u8::pow(x, 2)",
    "u8::abs_diff",
    "core::mem::swap(&mut x, &mut x)",
    "x.swap(1, 2)",
    "x.split_at(x)",
    "(let a = x)",
    "(move |&a| x)",
    "(async |a| x)",
    "(static || x)",
    "(break)",
    "continue",
    "Box::pin(async move { x })",
    "x.map(|a| a * 2)",
    "x.unwrap()",
    "std::ptr::addr_of!(x)",
    "&raw const x",
    "(x.a)(x)",
    "include_str!(x)",
    "(yield x)",
];

/// What stands in `#[..]` before a parameter.
pub(super) const PARAMETERS: &[&str] = &[
    "check(range(min = 1, max = 100))",
    "check(range(max = 1e400))",
    "check(range(min = 'a', max = 'z'))",
    "check(range(min = 10, max = 1))",
    "check(range(max = 300))",
    "check(range())",
    "check(range(min = -5))",
    "check(length(max = 64))",
    "check(length(equal = 3, min = 2))",
    "check(length(max = 3), each(length(max = 9), regex = \"^[a-z]+$\"))",
    "check(regex = \"(\")",
    "check(regex = \"[a-z]\")",
    "check(keys(), values(range(max = 1)))",
    "check(one_of(\"a\", \"b\"))",
    "check(one_of())",
    "check(nested)",
    "check(custom = f)",
    "check(custom = )",
    "check(via = get_ref)",
    "check(field = a)",
    "check(deref)",
    "check(args = &a)",
    "check(finite)",
    "check(email)",
    "check(a(range(max = 9)), b(length(max = 9)))",
    "check(a(trusted(reason = \"made at start-up\")))",
    "check",
    "check()",
    "check = 1",
    "check(,)",
    "trusted(reason = \"made at start-up\")",
    "trusted",
    "trusted(reason)",
    "trusted(reason = 1)",
    "check(each(each(each(each(range(max = 1))))))",
    "check(trusted(reason = \"not here, but in a list\"))",
    "portcullis::allow(recursion, reason = \"not nested by clients\")",
    "cfg(test)",
    "allow(unused)",
];

/// What stands in the parentheses of an attribute.
const ARGUMENTS: &[&str] = &[
    "max = 8",
    "max = 0",
    "max = -1",
    "max = a + b",
    "max = \"x\"",
    "max",
    "max = ",
    "max()",
    "mode = count",
    "mode = stack",
    "mode = both",
    "mode = other",
    "group = GROUP",
    "group = ",
    "key = a",
    "key = a + b",
    "or(panic)",
    "or(return violation)",
    "or(return Err(violation))",
    "or(return self.a(a, b))",
    "or(return)",
    "or(return 1 2)",
    "or(saturate)",
    "or(wrap)",
    "or()",
    "or",
    "or = 1",
    "casts = on",
    "casts = off",
    "casts = maybe",
    "methods = off",
    "bounded_recursion(max = 8)",
    "bounded_recursion(max = 8, mode = stack)",
    "bounded_recursion",
    "bounded_recursion = 3",
    "checked_arithmetic(casts = off, or(wrap))",
    "checked_arithmetic(or(saturate))",
    "checked_indexing(or(panic))",
    "catch_panic(or(return violation.into()))",
    "validated_input(or(panic))",
    "without(catch_panic)",
    "without(catch_panic, catch_panic)",
    "without(bounded_recursion, checked_arithmetic, checked_indexing, validated_input, catch_panic)",
    "without(a)",
    "without()",
    "without",
    "require(a < b)",
    "require(a <= b, a != 0)",
    "require()",
    "require(1 < 2)",
    "require(a <",
    "route",
    "route()",
    "skip",
    "skip, reason = \"no client reaches it\"",
    "skip, reason = \"no\"",
    "reason = \"no client reaches it\"",
    "crate = ::elsewhere",
    "crate = crate::portcullis",
    "crate = 1",
    "strict",
    "observe",
    "bounded_recursio(max = 8)",
    "__portcullis_named",
    "=",
    "a b",
];

/// The tokens of a text that has balanced brackets.
pub(super) fn read(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// Words and groups, in any order.
pub(super) fn any() -> impl Strategy<Value = TokenStream> {
    streams(WORDS).prop_map(|trees| print(&trees))
}

/// Arguments that every attribute takes, arguments in their usual places, and some of any kind.
pub(super) fn arguments() -> impl Strategy<Value = TokenStream> {
    let taken = select(&["", "or(panic)", "or(return violation)"][..]).prop_map(read);
    let usual = vec(select(ARGUMENTS), 0..4).prop_map(|list| read(&list.join(", ")));
    prop_oneof![4 => taken, 4 => usual, 1 => any()]
}

/// Tokens of any kind where a function may hold any.
pub(super) fn holes() -> impl Strategy<Value = TokenStream> {
    let places = select(
        &[
            "fn f(a: u8) -> u8 { println!(x); a }",
            "fn f(a: u8) { vec![x] }",
            "fn f(a: u8) { format!(\"{}\", x) }",
            "fn f(a: u8) { assert!(x) }",
            "fn f(a: u8) { dbg!(x) }",
            "fn f(a: u8) { matches!(x) }",
            "fn f(a: u8) { tracing::info!(x) }",
            "fn f(a: u8) { tokio::select! { x } }",
            "fn f(a: u8) { tokio::join!(x) }",
            "fn f(a: u8) { log::warn!(target: x, x) }",
            "fn f(a: u8) { unknown!(x) }",
            "fn f(a: m!(x)) -> m!(x) { let m!(x) = a; m! { x } }",
            "fn f(#[check(x)] a: u8) {}",
            "fn f(#[check(a(x))] (a, b): (u8, u8)) {}",
            "fn f(#[trusted(x)] a: u8) {}",
            "#[bounded_recursion(x)] fn f(a: u8) {}",
            "#[zero_trust(x)] fn f(a: u8) {}",
            "fn f(a: u8) { #[portcullis::allow(x)] { a as i8 } }",
            "#[doc(x)] fn f(a: u8) { #[x] a; }",
            "mod m { #[zero_trust(x)] fn f(a: u8) { g() } #[portcullis::allow(x)] fn g() { m!(x) } }",
            "mod m { struct S { a: m!(x) } impl S { fn f(self) { m!(x); self.f() } } }",
            "impl S { #[validated_input(x)] fn f(#[portcullis::allow(x)] a: S) {} }",
        ][..],
    );
    (places, any()).prop_map(|(place, inner)| super::mutation::with(read(place), &inner))
}

/// The same, for a derive.
pub(super) fn holes_of_types() -> impl Strategy<Value = TokenStream> {
    let places = select(
        &[
            "struct S { #[check(x)] a: u8 }",
            "struct S { #[validate(x)] a: u8 }",
            "struct S { #[serde(x)] #[check(nested)] a: T }",
            "#[covered(x)] struct S(#[trusted(x)] u8);",
            "#[serde(x)] enum S { #[serde(x)] A { #[check(range(max = 9))] a: u8 } }",
            "#[validate(x)] struct S { #[validate(length(max = 3))] a: m!(x) }",
            "#[take_apart(x)] struct S(#[take_apart(x)] u8);",
            "struct S<T = m!(x)>(T) where m!(x): T;",
        ][..],
    );
    (places, any()).prop_map(|(place, inner)| super::mutation::with(read(place), &inner))
}

/// A function, with expressions in one another.
pub(super) fn function() -> impl Strategy<Value = TokenStream> {
    let heads = select(
        &[
            "pub fn f(",
            "async fn f(",
            "fn f<'a, T: Fn(u8) -> u8, const N: usize>(",
            "const fn f(",
            "unsafe fn f(",
            "fn f(self, ",
            "async fn f(&mut self, ",
            "fn f(self: Box<Self>, ",
            "fn f(&self, ",
            "pub(crate) async unsafe extern \"C\" fn f(",
            "#[inline] #[track_caller] fn f(",
            "#[zero_trust(skip, reason = \"no client reaches it\")] fn f(",
            "#[bounded_recursion(max = 3)] fn f(",
        ][..],
    );
    let parameters = vec(
        (
            proptest::option::of(select(PARAMETERS)),
            select(
                &[
                    "a: u8",
                    "mut a: i32",
                    "b: String",
                    "(a, b): (u8, String)",
                    "Json(a): Json<Vec<u64>>",
                    "_: f64",
                    "S { a, .. }: S",
                    "[a, b]: [u8; 2]",
                    "a: impl Fn(u8)",
                    "a: &'a mut [T; N]",
                    "a @ Some(_): Option<u8>",
                    "&a: &char",
                    "a: m!()",
                    "a: HashMap<String, f32>",
                    "a: dyn T",
                    "a: !",
                    "a: _",
                    "...",
                ][..],
            ),
        ),
        0..4,
    );
    let outputs = select(
        &[
            "",
            "-> u8",
            "-> Result<u8, Violation>",
            "-> impl Future<Output = u8>",
            "-> !",
            "-> Pin<Box<dyn Future<Output = Result<(), E>>>>",
            "-> Option<impl Iterator<Item = u8>>",
            "-> m!()",
            "-> Result<(), E> where T: Copy",
            "-> BoxFuture<'a, u8>",
        ][..],
    );
    let statements = vec((expression(), select(&["", ";", "; let a = a + 1;", "; let a;", "; m!{}"][..])), 0..4);
    (heads, parameters, outputs, statements).prop_map(|(head, parameters, output, statements)| {
        let parameters: Vec<String> = parameters
            .into_iter()
            .map(|(attribute, parameter)| match attribute {
                Some(attribute) => format!("#[{attribute}] {parameter}"),
                None => parameter.to_owned(),
            })
            .collect();
        let body: Vec<String> = statements.into_iter().map(|(expression, end)| expression + end).collect();
        read(&format!("{head}{}) {output} {{ {} }}", parameters.join(", "), body.join(" ")))
    })
}

fn expression() -> impl Strategy<Value = String> {
    vec(select(EXPRESSIONS), 0..5).prop_map(|list| {
        list.into_iter().fold("a".to_owned(), |inner, around| {
            // As whole words: `max` is no `x`.
            let tokens: Vec<String> = around
                .split_inclusive(|character: char| !character.is_alphanumeric())
                .map(|word| {
                    word.strip_prefix('x')
                        .filter(|rest| !rest.starts_with(char::is_alphanumeric))
                        .map_or_else(|| word.to_owned(), |rest| format!("{inner}{rest}"))
                })
                .collect();
            tokens.concat()
        })
    })
}

/// A struct, an enum or a union.
pub(super) fn declaration() -> impl Strategy<Value = TokenStream> {
    let fields = || {
        vec(
            (
                proptest::option::of(prop_oneof![
                    select(PARAMETERS),
                    select(
                        &[
                            "validate(length(max = 3))",
                            "validate(nested)",
                            "validate(range(min = 1, max = 2), email)",
                            "validate(custom(function = \"f\", use_context))",
                            "validate(skip)",
                            "validate(required)",
                            "validate(regex(path = *R))",
                            "validate(must_match(other = \"b\"))",
                            "validate",
                            "serde(skip)",
                            "serde(rename = \"b\", default)",
                            "serde(flatten)",
                            "serde(rename(deserialize = 1))",
                            "take_apart(skip)",
                            "take_apart"
                        ][..]
                    ),
                ]),
                select(
                    &[
                        "u8",
                        "String",
                        "Vec<S>",
                        "Option<Box<S>>",
                        "HashMap<String, f64>",
                        "[u8; N]",
                        "&'a str",
                        "T",
                        "PhantomData<T>",
                        "()",
                        "bool",
                        "(u8, S)",
                        "m!()",
                        "dyn T",
                        "impl T",
                        "fn(u8)",
                        "<T as U>::V",
                        "_",
                    ][..],
                ),
            ),
            0..4,
        )
    };
    let heads = select(
        &[
            "struct S",
            "pub struct S<'a, T: Copy, const N: usize>",
            "#[covered(depth = 3)] struct S",
            "#[covered(depth)] struct S<T = u8>",
            "#[validate(schema(function = \"f\"))] struct S",
            "#[validate(context = C)] struct S",
            "#[take_apart(drop)] struct S",
            "#[serde(rename_all = \"camelCase\", transparent)] struct S",
            "#[check(custom = f)] struct S",
            "#[trusted] struct S",
        ][..],
    );
    (heads, fields(), 0..4_u8, fields()).prop_map(|(head, fields, shape, others)| {
        let print = |named: bool, fields: &[(Option<&str>, &str)]| {
            let fields: Vec<String> = fields
                .iter()
                .enumerate()
                .map(|(at, (attribute, ty))| {
                    let attribute = attribute.map(|attribute| format!("#[{attribute}] ")).unwrap_or_default();
                    if named { format!("{attribute}f{at}: {ty}") } else { format!("{attribute}{ty}") }
                })
                .collect();
            fields.join(", ")
        };
        read(&match shape {
            0 => format!("{head} {{ {} }}", print(true, &fields)),
            1 => format!("{head}({});", print(false, &fields)),
            2 => format!(
                "{} {{ A {{ {} }}, B({}), #[serde(skip)] C = 3 }}",
                head.replace("struct", "enum"),
                print(true, &fields),
                print(false, &others)
            ),
            _ => format!("{} {{ {} }}", head.replace("struct", "union"), print(true, &fields)),
        })
    })
}

/// A tree that proptest can make smaller.
#[derive(Clone, Debug)]
enum Tree {
    Word(&'static str),
    Group(Delimiter, Vec<Tree>),
}

fn streams(words: &'static [&'static str]) -> impl Strategy<Value = Vec<Tree>> {
    let tree = select(words).prop_map(Tree::Word).prop_recursive(4, 64, 8, |inside| {
        (select(DELIMITERS), vec(inside, 0..8)).prop_map(|(delimiter, trees)| Tree::Group(delimiter, trees))
    });
    vec(tree, 0..12)
}

fn print(trees: &[Tree]) -> TokenStream {
    trees
        .iter()
        .flat_map(|tree| match tree {
            Tree::Word(word) => read(word),
            Tree::Group(delimiter, trees) => TokenTree::from(Group::new(*delimiter, print(trees))).into(),
        })
        .collect()
}

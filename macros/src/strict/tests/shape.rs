//! Escapes, macros that nobody sees into, and tokens that no handler has.

use quote::ToTokens as _;

use super::{ALL, breaks, codes, messages, passes};

const WHY: &str = "reason = \"it is so by its making\"";

#[track_caller]
fn excused(source: &str, expected: &[&str]) {
    let source = source.replace("WHY", WHY);
    assert_eq!(codes(ALL, &source), expected, "{source}\n{:#?}", messages(ALL, &source));
}

#[test]
fn escapes() {
    excused("fn f() { #[portcullis::allow(unwrap, WHY)] let x = g().unwrap(); }", &[]);
    excused("fn f() { #[portcullis::allow(unwrap, WHY)] g().unwrap().h(); }", &[]);
    excused("fn f() { #[portcullis::allow(unwrap, WHY)] { g().unwrap(); h().unwrap(); } }", &[]);
    excused("fn f() { h(#[portcullis::allow(unwrap, WHY)] (g().unwrap())) }", &[]);
    excused("#[portcullis::allow(unwrap, WHY)] fn f() { g().unwrap(); h().unwrap(); }", &[]);
    excused("#[portcullis::allow(loop, WHY)] fn f() { loop {} }", &[]);
    excused("fn f() { #[portcullis::allow(unsafe, WHY)] unsafe { g() } }", &[]);
    excused(
        "fn f() { #[portcullis::allow(loop, WHY)] loop { g(); #[portcullis::allow(panic, WHY)] h(panic!()); } }",
        &[],
    );
    excused(
        "fn f() { #[portcullis::allow(unwrap, WHY)] #[portcullis::allow(spawn, WHY)] tokio::spawn(g().unwrap()); }",
        &[],
    );
    excused("fn f() { format!(\"{}\", #[portcullis::allow(unwrap, WHY)] (g().unwrap())); }", &[]);
    excused("#[portcullis::allow(partial, WHY)] fn f(&mut self) { self.a = 1; b + c }", &[]);
    excused("fn f(&mut self) { self.a = 1; #[portcullis::allow(partial, WHY)] let x = b + c; }", &[]);
    excused("fn f() { #[portcullis::allow(unwrap, WHY)] fn g() { h().unwrap() } }", &[]);
}

#[test]
fn escapes_that_are_not_right() {
    excused("fn f() { #[portcullis::allow(unwrap, WHY)] let x = g(); }", &["PC0092"]);
    excused("#[portcullis::allow(unwrap, WHY)] fn f() { }", &["PC0092"]);
    excused("fn f() { #[portcullis::allow(loop, WHY)] let x = g().unwrap(); }", &["PC0401", "PC0092"]);
    excused("fn f() { #[portcullis::allow(unwrap)] g().unwrap(); }", &["PC0090"]);
    excused("fn f() { #[portcullis::allow(unwrap, reason = \"no\")] g().unwrap(); }", &["PC0090"]);
    excused("fn f() { #[portcullis::allow(unwarp, WHY)] g().unwrap(); }", &["PC0401", "PC0091"]);
    excused("fn f() { #[portcullis::allow] g().unwrap(); }", &["PC0401", "PC0091"]);
    excused("fn f() { #[portcullis::allow(unwrap, loop, WHY)] g().unwrap(); }", &["PC0003"]);
    excused("fn f() { h(#[portcullis::allow(unwrap, WHY)] x.y + g().unwrap()) }", &["PC0401", "PC0091"]);
    // Casts are looked at elsewhere, and so is their escape.
    excused("fn f() { #[portcullis::allow(cast, WHY)] let x = y as u8; }", &[]);
    // The compiler's own.
    excused("fn f() { #[allow(unused)] let x = g().unwrap(); }", &["PC0401"]);
}

#[test]
fn macros_that_nobody_sees_into() {
    breaks("fn f() { json!({ \"a\": b + c }) }", &["PC0412"]);
    breaks("fn f() { html! { <p>{ list[at] }</p> } }", &["PC0412"]);
    breaks(
        "fn f() { mine!(x.unwrap()); mine!(y as u8); mine!(panic!()); mine!(tokio::spawn(x)); mine!(unsafe { x }) }",
        &["PC0412"; 5],
    );
    breaks("fn f() { mine!(a.pow(2)); mine!({ [x => (a << b)] }); mine!(a += 1) }", &["PC0412"; 3]);
    passes("fn f() { json!({ \"a\": b, \"c\": [1, 2], \"d\": -1, \"e\": x.len(), \"f\": &*y }) }");
    passes(
        "fn f() { mine!(); mine!(a, b.c, D::E, f(g), h!(i)); concat!(\"a\", 1); include_str!(\"a\"); mine!(x => y) }",
    );
    passes("fn f() { html! { <div class=\"a\"><br/>{ name }</div> } mine!(#[attr] [1, 2], vec![3]) }");
    passes("fn f() { use std::fmt as f; mine!(use a) }");
    // Names in markup, and not what stands beside them.
    passes("fn f() { html! { div.drag-form data-x-y=(x) { label for=\"a\" data-for=\"b\" { (name) } } } }");
    passes("fn f() { html! { <p data-id=\"a\">{ name }</p> } }");
    passes("fn f() { html! { @if x { p-q { (n) } } @else { @let y = z; a-b; } } }");
    breaks("fn f() { html! { p-q { (a - b) } } html! { p data-x=[a - b] {} } }", &["PC0412"; 2]);
    breaks("fn f() { html! { @if a - b { p {} } } html! { p { @let x = a - b; } } }", &["PC0412"; 2]);
    breaks("fn f() { html! { @for x in a - b { p {} } } html! { p { (x) a - (b) } } }", &["PC0412"; 2]);
    breaks("fn f() { html! { <p>{ a - b }</p> } mine! { p-q { (x) } } }", &["PC0412"; 2]);
    // A route.
    passes("fn f() { router!(request, (GET) (/api/v1/{id: u32}) => { g(id) }) }");
    breaks("fn f() { router!(request, (GET) (/api/v1) => { g(a / b) }) }", &["PC0412"]);
    breaks("fn f() { router!(request, (GET) (/api/{id.unwrap()}) => {}) }", &["PC0412"]);
    // Of `rusqlite`, a list, and looked into; of `mysql`, none.
    breaks("fn f() { params![a.unwrap(), b + 1] }", &["PC0401"]);
    breaks("fn f() { params! { \"a\" => b + 1 } }", &["PC0412"]);
    let known = "fn f() { assert_eq!(a, b) }";
    breaks(known, &["PC0404"]);
}

const BODIES: &[&str] = &[
    "",
    ";;;",
    "{{{{}}}}",
    "a;",
    "a",
    "()",
    "let x;",
    "let _ = ();",
    "let x @ Some(_) = y else { return };",
    "'a: loop { break 'a }",
    "loop { continue }",
    "while true {}",
    "for _ in _ {}",
    "for _ in .. {}",
    "match x {}",
    "match x { _ => {} }",
    "if let _ = x {}",
    "if a && let Some(b) = c && let d = e {}",
    "|| || || ()",
    "async move || {}",
    "async {}",
    "async { async {}.await }.await",
    "const {}",
    "unsafe {}",
    "x.await?.await?",
    "x?.y?[z?]?",
    "&raw const x",
    "*&*&x = 1",
    "(a, b) = (b, a)",
    "[a, ..] = b",
    "S { a, .. } = b",
    "_ = x",
    "a = b = c",
    "a += b += c",
    "return return return",
    "break break",
    "x..",
    "..x",
    "..=x",
    "..",
    "0..=9",
    "yield_now()",
    "r#loop()",
    "r#type::r#fn()",
    "<T as U>::v()",
    "<[u8]>::len(x)",
    "<_>::default()",
    "Self::new()",
    "self",
    "super::x()",
    "crate::x()",
    "::std::process::id()",
    "f::<{ 1 + 1 }>()",
    "m!()",
    "m![]",
    "m!{}",
    "m!{};",
    "m!(;)",
    "vec![;]",
    "vec![1;]",
    "vec![1; 2; 3]",
    "format!()",
    "write!()",
    "write!(x)",
    "dbg!()",
    "dbg!(x, y,)",
    "select!{}",
    "select! { => }",
    "join!()",
    "matches!()",
    "assert!()",
    "ensure!()",
    "panic!{}",
    "macro_rules! m { () => {} }",
    "m! x {}",
    "use a::*;",
    "use a::{self, b as _, c::{d, e::*}};",
    "use {a, b};",
    "use a as a;",
    "use b as c; use c as b; b()",
    "use self::x as y; y()",
    "extern crate a;",
    "struct S; impl S { fn f(self) {} }",
    "trait T { fn f(&self) { g().len() } const C: u8 = 1; }",
    "mod m { fn f() {} }",
    "static X: u8 = 1;",
    "type A = A; let x: A = y; x.z()",
    "type A = B; type B = A; let x: A = y; x.unwrap_or(1)",
    "fn f() { fn f() { fn f() {} } }",
    "x.0.0.0",
    "x.y.z.w()",
    "1.max(2)",
    "\"\".len()",
    "b\"\"[0]",
    "'a'",
    "1u8 as _",
    "-1",
    "--x",
    "!!x",
    "a < b",
    "a < b && c > d",
    "a as u8 < b",
    "x.lock()",
    "x.lock().lock().lock()",
    "let a = x.lock(); let a = a.lock(); y.await",
    "drop()",
    "drop(drop)",
    "drop(drop(x))",
    "Vec::with_capacity()",
    "x.reserve()",
    "x.resize(1)",
    "A.push()",
    "A.lock().unwrap_or(B).push(C)",
    "spawn()",
    "tokio::spawn()",
    "let x = tokio::spawn()",
    "#[a] #[b] x",
    "#[a] { x }",
    "(#[a] x)(y)",
    "#[portcullis::allow(x::y, z)] w",
    "#[portcullis::allow = 1] w",
    "#[a::allow(unwrap, reason = 1)] w",
    "if x { y } else if z { w } else { v }.u",
    "let f = |self_: u8, (a, b): (u8, u8), [c, ..]: [u8; 2]| a;",
    "let x = { let y = z; y };",
    "break 'static",
    "builtin()",
    "let a: impl Fn() = b;",
    "x = |y| |z| y",
    "static || yield x",
    "do_yeet()",
    "let else_ = 1 else { return };",
    "é()",
    "let 名 = 1; 名.len()",
];

const HEADS: &[&str] = &[
    "fn f()",
    "async fn f(self)",
    "fn f(self: Pin<&mut Self>)",
    "fn f<'a, T: U<'a>, const N: usize>(x: &'a mut [T; N], _: (), (a, Json(b)): (u8, Json<u8>))",
    "pub(in a::b) unsafe extern \"C\" fn f(x: fn(u8) -> u8, ..)",
    "fn f(_: impl Fn(u8) -> u8, y: dyn Z, w: <A as B>::C, v: _, u: m!(), t: !)",
    "fn f(&self) -> BoxFuture<'_, ()>",
];

/// What the compiler hands over is never broken, and an editor's is.
#[test]
fn no_tokens_are_too_odd() {
    let mut seen = 0_usize;
    for body in BODIES {
        for head in HEADS {
            for source in
                [format!("{head} {{ {body} }}"), format!("{head} {{ {body}; Box::pin(async move {{ {body} }}) }}")]
            {
                let Ok(tokens) = source.parse::<proc_macro2::TokenStream>() else { continue };
                let item = syn::parse2::<syn::ItemFn>(tokens.clone());
                for args in [
                    "strict",
                    "strict, without(checked_arithmetic, checked_indexing), or(panic)",
                    "strict, checked_arithmetic(or(wrap))",
                ] {
                    let args = args.parse().expect("tokens");
                    let printed = crate::expand::function("zero_trust", args, tokens.clone()).to_string();
                    // The user's function always comes back.
                    assert!(item.is_err() || printed.contains("fn f"), "{source}");
                    seen = seen.saturating_add(1);
                }
            }
        }
    }
    assert!(seen > 4_000, "{seen}");
}

#[test]
fn the_body_stays_as_it_is() {
    use quote::quote;
    let source = quote! {
        fn f(&mut self, x: u8) -> Result<u8, E> {
            let y = self.a[x as usize]? + format!("{}", x.b)?.len();
            #[cfg(unix)]
            let z = async { list.iter().map(|w| w.c).sum::<u8>() };
            assert_matches!(y, Some(_));
            if y > 1 { Ok(1) } else { self.d(2).await }
        }
    };
    let mut subject = crate::subject::Subject::parse("zero_trust", source.clone()).expect("a function");
    let mut report = crate::report::Report::default();
    super::Strict { shown: Vec::new(), coverage: ALL }.ensure(&mut subject, &mut report);
    assert_eq!(subject.to_token_stream().to_string(), source.to_string());
    // And nothing is put into it.
    let expanded = |args: &str| {
        let item = quote! { fn f(x: &[u8], #[check(range(max = 9))] n: usize) -> Result<u8, E> { let y = x[n] + 1; for z in x { g(*z)?; } Ok(y as u8) } };
        crate::expand::function("zero_trust", args.parse().expect("tokens"), item).to_string()
    };
    let trusted = "validated_input";
    assert_eq!(expanded(&format!("strict, without({trusted})")), expanded(&format!("without({trusted})")));
}

//! Which calls the graph is certain of, over code as servers have it. `cargo run --release -p portcullis-transparency --
//! --call-graph` asks the same of published servers.

use syn::{Item, parse_str};

use super::calls::calls;
use super::seen::Seen;

/// The certain calls in a module `app`, and those that are only possible, each as `caller -> called`.
fn graph(source: &str) -> (Vec<String>, Vec<String>) {
    let item: Item = parse_str(&format!("mod app {{ {source} }}")).expect("the source parses");
    let mut seen = Seen::block(&item, false);
    let calls = calls(&mut seen);
    let name = |id: usize| seen.functions.get(id).map_or("", |function| &function.name);
    let shown = |(from, to): (usize, usize)| format!("{} -> {}", name(from), name(to));
    let certain: Vec<(usize, usize)> = calls.certain.edges().collect();
    let possible = calls.possible.edges().filter(|edge| !certain.contains(edge)).map(shown).collect();
    (certain.iter().copied().map(shown).collect(), possible)
}

#[track_caller]
fn certain(source: &str, expected: &[&str]) {
    assert_eq!(graph(source).0, expected, "{source}");
}

#[track_caller]
fn only_possible(source: &str, expected: &[&str]) {
    let (certain, possible) = graph(source);
    assert_eq!(
        (certain, &*possible),
        (Vec::new(), &*expected.iter().map(ToString::to_string).collect::<Vec<_>>()),
        "{source}"
    );
}

#[test]
fn paths_go_by_modules_and_imports() {
    certain("fn a() { b() } fn b() {}", &["a -> b"]);
    certain("fn a() { self::b() } fn b() {}", &["a -> b"]);
    certain("fn a() { crate::app::b() } fn b() {}", &["a -> b"]);
    certain("fn a() {} mod m { fn b() { super::a() } }", &["m::b -> a"]);
    certain("fn a() {} mod m { use super::a as s; fn b() { s() } }", &["m::b -> a"]);
    certain("fn a() {} mod m { use super::*; fn b() { a() } }", &["m::b -> a"]);
    certain(
        "fn a() {} mod m { use crate::app::{a, n}; fn b() { a(); n::c() } } mod n { pub fn c() {} }",
        &["m::b -> a", "m::b -> n::c"],
    );
    certain("mod m { pub use self::n::c as d; mod n { pub fn c() {} } } fn a() { m::d() }", &["a -> m::n::c"]);
    certain("fn a() { use self::m::b; b() } mod m { pub fn b() {} }", &["a -> m::b"]);
}

#[test]
fn the_last_name_alone_says_nothing() {
    certain("fn router() { m::router() } mod m { pub fn router() {} }", &["router -> m::router"]);
    certain(
        "mod m { pub fn router() { axum::router(); other::m::router(); crate::router(); super::super::router() } }",
        &[],
    );
    certain("use other::get; fn get_all() { get() } mod m { pub fn get() {} }", &[]);
    certain("mod m { use super::absent::*; fn a() { b() } } fn b() {}", &[]);
    // A module further down in the crate is not known by its name.
    certain("fn a() { crate::v1::app::b() } fn b() {}", &[]);
}

#[test]
fn a_name_as_a_value_is_a_call() {
    certain("fn a() { [1].iter().map(b).sum() } fn b() {}", &["a -> b"]);
    certain("fn a() -> fn() { let f = b; f } fn b() {}", &["a -> b"]);
    certain("fn a() { go(|| async { b().await }) } fn b() {}", &["a -> b"]);
    certain("fn a() { S { b } } fn b() {}", &["a -> b"]);
}

#[test]
fn what_is_bound_is_no_function() {
    certain("fn a(b: fn()) { b() } fn b() {}", &[]);
    certain("fn a() { let b = 1; go(b) } fn b() {}", &[]);
    certain("fn a() { let b = b(); go(b) } fn b() {}", &["a -> b"]);
    certain("fn a() { if let Some(b) = c { go(b) } else { b() } } fn b() {}", &["a -> b"]);
    certain("fn a() { while let Some(b) = c { go(b) } } fn b() {}", &[]);
    certain("fn a() { match c { Ok(b) if b > 1 => go(b), b => b } } fn b() {}", &[]);
    certain("fn a() { for b in c { go(b) } } fn b() {}", &[]);
    certain("fn a() { go(|b| b(1)) } fn b() {}", &[]);
    certain("fn a() { { let b = 1; } b() } fn b() {}", &["a -> b"]);
    certain("fn a() { fn b() { a() } b() } fn b() {}", &["a -> a::b", "a::b -> a"]);
    certain("fn a() { let b = || a(); b() } fn b() {}", &["a -> a"]);
}

#[test]
fn methods_go_by_the_declared_type() {
    certain(
        "struct S; impl S { fn a(&self) { self.b() } fn b(self: Box<Self>) { Self::a(&self) } }",
        &["S::a -> S::b", "S::b -> S::a"],
    );
    certain(
        "struct S { t: T } struct T; impl S { fn a(&self) { self.t.b() } } impl T { fn b(&self) {} }",
        &["S::a -> T::b"],
    );
    certain("struct T; fn a(t: &mut T) { t.b() } impl T { fn b(&self) {} }", &["a -> T::b"]);
    certain(
        "struct T; fn a() { let t = T::new(); t.b() } impl T { fn new() -> Self { T } fn b(&self) {} }",
        &["a -> T::new", "a -> T::b"],
    );
    certain("struct T; fn a(State(t): State<Arc<T>>) { t.b() } impl T { fn b(&self) {} }", &["a -> T::b"]);
    certain("struct T { all: Vec<T> } impl T { fn b(&self) { for t in &self.all { t.b() } } }", &["T::b -> T::b"]);
    certain(
        "struct T; type U = T; fn a(t: U) { t.b(); U::c() } impl T { fn b(&self) {} fn c() {} }",
        &["a -> T::b", "a -> T::c"],
    );
    certain("fn a(t: &Elsewhere) { t.b() } impl Elsewhere { fn b(&self) {} }", &["a -> Elsewhere::b"]);
    certain(
        "struct T; async fn a(l: &Mutex<T>) -> Result<(), E> { l.lock().await.b(); c()?.b() } fn c() -> Result<T, E> {} impl T { fn b(&self) {} }",
        &["a -> c", "a -> T::b"],
    );
}

#[test]
fn what_a_value_of_another_crate_does_is_no_call() {
    let foreign = "struct S { inner: Vec<u8> } impl S { fn push(&mut self) { self.inner.push(1) } }";
    assert_eq!(graph(foreign), (Vec::new(), Vec::new()));
    let pointer = "struct S { inner: Arc<S> } impl S { fn clone(&self) { self.inner.clone() } }";
    assert_eq!(graph(pointer), (Vec::new(), Vec::new()));
    let text = "struct S; impl S { fn len(&self, text: &str) { text.len(); \"\".len() } }";
    assert_eq!(graph(text), (Vec::new(), Vec::new()));
    let list = "struct S; impl S { fn iter(&self, all: &[S]) { all.iter() } }";
    assert_eq!(graph(list), (Vec::new(), Vec::new()));
}

#[test]
fn what_nothing_declares_is_only_possible() {
    only_possible("struct S; impl S { fn get(&self) { unknown().get() } }", &["S::get -> S::get"]);
    only_possible(
        "trait Go { fn go(&self); } struct S; impl Go for S { fn go(&self) {} } fn a(s: &dyn Go) { s.go() }",
        &["a -> S::go"],
    );
    only_possible(
        "trait Go { fn go(&self); } struct S<T>(T); impl<T: Go> Go for S<T> { fn go(&self) { self.0.go() } }",
        &["S::go -> S::go"],
    );
    only_possible("fn a(s: impl Go) { s.go() } struct S; impl S { fn go(&self) {} }", &["a -> S::go"]);
}

#[test]
fn functions_of_traits_are_told_apart() {
    let two = "struct X; impl From<A> for X { fn from(a: A) -> X { Self::from(B) } } impl From<B> for X { fn from(b: B) -> X { X } }";
    only_possible(two, &["X::from -> X::from", "X::from -> X::from"]);
    let by_arguments = "struct X; impl From<A> for X { fn from(a: A) -> X { <Self as From<B>>::from(B) } } impl From<B> for X { fn from(b: B) -> X { X } }";
    certain(by_arguments, &["X::from -> X::from"]);
    // The type's own comes before the trait's.
    let inherent = "struct X; impl X { fn m(&self) {} } impl M for X { fn m(&self) { self.m() } }";
    let item: Item = parse_str(&format!("mod app {{ {inherent} }}")).expect("the source parses");
    let mut seen = Seen::block(&item, false);
    assert!(calls(&mut seen).certain.components().is_empty());
    certain("struct X; impl M for X { fn m(&self) { self.m() } }", &["X::m -> X::m"]);
    // A type that is declared elsewhere may have its own there.
    only_possible("impl M for X { fn m(&self) { self.m() } }", &["X::m -> X::m"]);
    certain(
        "impl M for X { fn m(&self) { self.n() } fn n(&self) { Self::m(self) } }",
        &["X::m -> X::n", "X::n -> X::m"],
    );
    certain(
        "struct X; impl fmt::Debug for X { fn fmt(&self) { fmt::Display::fmt(self) } } impl fmt::Display for X { fn fmt(&self) {} }",
        &["X::fmt -> X::fmt"],
    );
    certain("impl Read for &mut X { fn read(&mut self) { (**self).read() } }", &[]);
}

#[test]
fn what_a_type_has_from_its_trait_calls_the_types_own() {
    let source = "
        trait Step { fn step(&self) { self.walk() } fn walk(&self); }
        struct X; impl Step for X { fn walk(&self) { self.step() } }
        struct Y { inner: X } impl Step for Y { fn walk(&self) { self.inner.step() } }";
    let item: Item = parse_str(&format!("mod app {{ {source} }}")).expect("the source parses");
    let mut seen = Seen::block(&item, false);
    let calls = calls(&mut seen);
    let cycles: Vec<String> = calls
        .certain
        .components()
        .iter()
        .map(|component| seen.path_of(&calls.certain.shortest_cycle(component)))
        .collect();
    assert_eq!(cycles, ["X::walk -> X::step -> X::walk"]);
}

#[test]
fn macros_are_looked_into() {
    certain("fn a() { format!(\"{}\", b()) } fn b() {}", &["a -> b"]);
    certain("fn a() { dbg!(b()) } fn b() {}", &["a -> b"]);
    certain("async fn a() { tokio::select! { x = b() => c(x) } } fn b() {} fn c() {}", &["a -> b", "a -> c"]);
    certain("fn a() { info!(count = b(), \"{}\", c()) } fn b() {} fn c() {}", &["a -> b", "a -> c"]);
    certain("fn a() { unknown!(b) } fn b() {}", &["a -> b"]);
    certain("fn a() { unknown!{ x => b(1); y } } fn b() {}", &["a -> b"]);
    certain("fn a() { unknown!{ b: 1, x => c!(b = 2) fn b } } fn b() {}", &[]);
    certain("struct S; impl S { fn a(&self) { unknown!{ x => self.b(1); y } } fn b(&self) {} }", &["S::a -> S::b"]);
    certain("macro_rules! again { ($e:expr) => { b($e) }; } fn a() { again!(1) } fn b() {}", &["a -> b"]);
    only_possible("macro_rules! two { (1) => { b() }; (2) => {} } fn a() { two!(2) } fn b() {}", &["a -> b"]);
}

#[test]
fn what_is_compiled_for_one_platform_or_the_other_is_one() {
    certain(
        "#[cfg(unix)] mod sys { pub fn a() {} } #[cfg(windows)] mod sys { pub fn b() {} } fn c() { sys::a(); sys::b() }",
        &["c -> sys::a", "c -> sys::b"],
    );
    certain(
        "struct S; impl S { #[cfg(unix)] fn a(&self) {} #[cfg(windows)] fn a(&self) {} fn b(&self) { self.a() } }",
        &["S::b -> S::a", "S::b -> S::a"],
    );
}

#[test]
fn what_only_tests_call_is_not_there() {
    certain("#[test] fn a() { b() } fn b() {} #[cfg(test)] mod tests { fn c() { super::b() } }", &[]);
}

#[test]
fn names_that_go_round_in_circles_end() {
    // Each module has the names of all others: the ways through them are too many to walk.
    let names: Vec<String> = (0..30).map(|n| format!("m{n}")).collect();
    let globs = names.iter().map(|name| format!("pub use super::{name}::*; ")).collect::<Vec<_>>().concat();
    let modules = names.iter().map(|name| format!("mod {name} {{ {globs} }} ")).collect::<Vec<_>>().concat();
    certain(&format!("{modules} mod last {{ pub use super::m0::*; fn a() {{ b(); super::m29::b() }} }}"), &[]);
    certain("use self::a as b; use self::b as a; fn c() { a() } type T = U; type U = T; fn d(t: T) { t.e() }", &[]);
}

/// The indirect calls, each as `caller -> called`.
#[track_caller]
fn indirect(source: &str, expected: &[&str]) {
    let item: Item = parse_str(&format!("mod app {{ {source} }}")).expect("the source parses");
    let mut seen = Seen::block(&item, false);
    let calls = calls(&mut seen);
    let name = |id: usize| seen.functions.get(id).map_or("", |function| &function.name);
    let found: Vec<String> =
        calls.indirect.keys().map(|(from, to)| format!("{} -> {}", name(*from), name(*to))).collect();
    assert_eq!(found, expected, "{source}");
}

#[test]
fn through_dyn() {
    let blocks = "struct A; struct B; impl Step for A { fn go(&self) {} } impl Step for B { fn go(&self) {} } impl B { fn come(&self) {} }";
    let of = |source: &str, expected: &[&str]| indirect(&format!("{blocks} {source}"), expected);
    let both = ["f -> A::go", "f -> B::go"];
    of("fn f(step: &dyn Step) { step.go() }", &both);
    of("fn f(step: Box<dyn Step + Send>) { step.go() }", &both);
    of("type Any = Arc<dyn Step>; fn f(step: &Any) { step.clone(); step.go(); step.come() }", &both);
    of("struct S { step: Box<dyn Step> } fn f(s: &S) { s.step.go() }", &both);
    of("fn f(steps: &[Box<dyn Step>]) { for step in steps { step.go() } }", &both);
    of(
        "struct S(Vec<Box<dyn Step>>, Option<Box<dyn Step>>); fn f(s: &S) { s.0.iter().for_each(|step| step.go()); } fn g(s: &S) { s.1.as_ref().map(|s| s.go()); }",
        &["f -> A::go", "f -> B::go", "g -> A::go", "g -> B::go"],
    );
    of("fn f(steps: Box<dyn Iterator>, list: &[A]) { steps.map(|step| step.go()); list.iter().map(|a| a.go()); }", &[]);
    // What is called is settled when the types are.
    of("fn f(step: &impl Step) { step.go() } fn g<S: Step>(step: S) { step.go() } fn h(a: &A) { a.go() }", &[]);
}

#[test]
fn through_pointers() {
    indirect("fn a(n: u8) {} static ALL: [fn(u8); 1] = [a]; fn f(n: usize) { ALL[n](1) }", &["f -> a"]);
    indirect(
        "fn a(n: u8) {} const ALL: &[(u8, fn(u8))] = &[(1, a)]; fn f() { let (_, a) = ALL[0]; a(1) }",
        &["f -> a"],
    );
    indirect(
        "fn a(n: u8) {} fn b() {} fn new() -> S { S { a, b } } struct S { a: fn(u8), b: fn() } fn f(s: S) { (s.a)(1) }",
        &["f -> a"],
    );
    indirect("mod m { pub fn a() {} } static ALL: fn() = m::a; fn f(go: fn()) { go() }", &["f -> m::a"]);
    indirect("impl A { fn a() {} } struct A; static ALL: fn() = A::a; fn f(go: &dyn Fn()) { go() }", &["f -> A::a"]);
    // A closure's body stands where it does, and one that is handed in is its maker's.
    indirect("fn a(n: u8) {} static ALL: fn(u8) = a; fn f(go: impl Fn(u8)) { go(1); let own = |n| n; own(1) }", &[]);
    indirect("fn a(n: u8) {} fn f(go: fn(u8)) { go(1) } fn g() { a(1) }", &[]);
}

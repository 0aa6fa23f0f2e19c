use super::{ALL, breaks, codes, messages, passes};
use crate::strict::Coverage;

#[test]
fn unwrap_and_its_kin() {
    breaks("fn f() { g().unwrap() }", &["PC0401"]);
    breaks("fn f() { g().expect(\"why\") }", &["PC0401"]);
    breaks("fn f() { g().unwrap_err(); g().expect_err(\"why\") }", &["PC0401", "PC0401"]);
    breaks("fn f(x: Option<u8>) { x.unwrap() }", &["PC0401"]);
    breaks("fn f(x: io::Result<u8>) { x.unwrap() }", &["PC0401"]);
    breaks("fn f(x: &mut std::option::Option<u8>) { x.unwrap() }", &["PC0401"]);
    breaks("fn f() { Option::unwrap(g()); list.map(Result::unwrap) }", &["PC0401", "PC0401"]);
    breaks("fn f() { use std::option::Option as Maybe; Maybe::unwrap(g()) }", &["PC0401"]);
    breaks(
        "fn f() { format!(\"{}\", g().unwrap()); info!(a = g().unwrap(), \"..\"); vec![g().unwrap()] }",
        &["PC0401"; 3],
    );
    breaks("async fn f() { tokio::select! { x = a() => x.unwrap(), _ = b().unwrap() => {} } }", &["PC0401"; 2]);
    breaks("fn f() { list.iter().map(|x| x.get(0).unwrap()) }", &["PC0401"]);
    breaks("fn f() { let g = async { a.unwrap() }; }", &["PC0401"]);
    breaks("fn f() { fn g(x: Option<u8>) { x.unwrap() } g(None) }", &["PC0401"]);
    breaks("fn f() { match x { Some(y) if y.unwrap() > 1 => 1, _ => 2 } }", &["PC0401"]);
    breaks("fn f() { Regex::new(text).unwrap() }", &["PC0401"]);
    breaks("fn f() { let matcher = Regex::new(text); matcher.unwrap() }", &["PC0401"]);
}

#[test]
fn unwrap_of_a_type_of_the_users_own() {
    passes("fn f(x: Parcel) { x.unwrap() }");
    passes("fn f(x: &Parcel) { x.expect(1) }");
    passes("fn f<X>(&self, expect: X) { Service::with(a).expect(expect) }");
    passes("fn f() { struct Builder<X> { expect: X } fn g(b: Builder<u8>) { Service::with(a).expect(b.expect) } }");
    breaks("fn f(why: &str) { g().expect(why) }", &["PC0401"]);
    breaks("fn f(why: &String) { g().expect(why); g().expect_err(why) }", &["PC0401"; 2]);
    breaks("fn f(why: &SmolStr) { g().expect(why) }", &["PC0401"]);
    breaks("fn f() { let text: SmolStr = h(); let why = &text; g().expect(why); g().expect(&text) }", &["PC0401"; 2]);
    breaks("fn f(&self) { struct S { why: &'static str } g().expect(WHY); g().expect(h()) }", &["PC0401"; 2]);
    passes("fn f(x: Box<Parcel>) { x.unwrap() }");
    passes("fn f(Json(x): Json<Parcel>) { x.unwrap() }");
    passes("fn f() { let x: Parcel = g(); x.unwrap() }");
    passes("fn f() { Parcel { a: 1 }.unwrap() }");
    passes("fn f() { let x = Parcel::default(); x.unwrap() }");
    passes("fn f(&self) { self.unwrap() }");
    passes("fn f<T: Wrapped>(x: T) { x.unwrap() }");
    passes("fn f(x: impl Wrapped) { x.unwrap() }");
    passes("fn f() { struct Parcel { inner: Inner } let x = Parcel { inner: i }; x.inner.unwrap() }");
    passes("fn f() { struct P; impl P { fn new() -> Self { P } } P::new().unwrap() }");
    passes("fn f() { fn unwrap(x: u8) -> u8 { x } unwrap(1) }");
    passes("fn f() { x.unwrap_or(1); x.unwrap_or_default(); x.unwrap_or_else(|| 1); x.expect(1, 2) }");
    passes("fn f() { let mut text = String::new(); write!(text, \"{}\", 1).unwrap(); }");
}

#[test]
fn shadowing_ends_what_was_known() {
    breaks("fn f(x: Parcel) { let x = x.content(); x.unwrap() }", &["PC0401"]);
    breaks("fn f(x: Parcel) { list.map(|x| x.unwrap()) }", &["PC0401"]);
    breaks("fn f(x: Parcel) { if let Some(x) = g() { x.unwrap() } }", &["PC0401"]);
    passes("fn f() { let x = g(); { let x: Parcel = h(); x.unwrap() } }");
    breaks("fn f() { { let x: Parcel = h(); } x.unwrap() }", &["PC0401"]);
}

#[test]
fn panicking_macros() {
    breaks("fn f() { panic!() }", &["PC0404"]);
    breaks("fn f() { todo!(); unimplemented!(); unreachable!(\"{}\", 1) }", &["PC0404"; 3]);
    breaks("fn f() { assert!(a); std::assert_eq!(a, b); core::assert_ne!(a, b); }", &["PC0404"; 3]);
    breaks("fn f() { use std::panic as fail; fail!() }", &["PC0404"]);
    breaks("fn f() { std::panic::panic_any(1) }", &["PC0404"]);
    passes("fn f() { debug_assert!(a); ensure!(a, \"b\"); bail!(\"b\") }");
    passes("fn f() { macro_rules! panic { () => {} } panic!() }");
    passes("fn f() { use crate::assert; assert!(a) }");
    passes("fn f() { const { assert!(A < B) } }");
    passes("fn f() { const X: u8 = { assert!(A < B); 1 }; }");
}

#[test]
fn indices_and_casts_where_nobody_checks_them() {
    let none = Coverage::default();
    let of = |source: &str| codes(none, source);
    passes("fn f() { list[1]; x as u8; let y = list[at] as u16; }");
    assert_eq!(of("fn f() { list[at]; list[1..] }"), ["PC0402"; 2]);
    assert_eq!(of("fn f() { list[..]; let three = [1, 2, 3]; three[2]; }"), [""; 0]);
    assert_eq!(of("fn f(list: &[u8], array: [u8; 2]) { list[0]; array[0] }"), ["PC0402"]);
    assert_eq!(of("fn f() { x as u8; }"), ["PC0403"]);
    assert_eq!(
        of("fn f(x: u8, y: u32, z: u16) { x as u32; x as i16; y as usize; z as f32; true as u8; 'a' as u32 }"),
        [""; 0]
    );
    assert_eq!(of("fn f(x: u32, y: usize, z: u64) { x as i32; y as u32; z as f64; }"), ["PC0403"; 3]);
    assert_eq!(of("fn f(x: u64) { (x & 0xFF) as u8; list.len() as u64; list.len() as u128; }"), [""; 0]);
    // Nobody looks into a function that stands in another.
    breaks("fn f() { fn g() { list[at] as u8 } g() }", &["PC0402", "PC0403"]);
    breaks("fn f() { Vec::remove(&mut list, at); list.remove(at); list.iter().map(|list| list[1]) }", &["PC0402"]);
}

#[test]
fn the_message_fits_its_place() {
    let first = |source: &str| messages(ALL, source).remove(0);
    assert!(first("fn f() { m.lock().unwrap(); }").contains("PoisonError::into_inner"));
    assert!(first("fn f() { Regex::new(\"^a$\").unwrap(); }").contains("LazyLock"));
    assert!(first("fn f() { g().unwrap(); }").contains("ok_or"));
}

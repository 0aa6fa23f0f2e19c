use super::{ALL, breaks, codes, passes};
use crate::strict::Coverage;

#[test]
fn sizes_that_a_client_chose() {
    breaks("fn f(n: usize) { Vec::with_capacity(n) }", &["PC0413"]);
    breaks("fn f(order: Order) { vec![0; order.count as usize]; list.reserve(order.count * 2) }", &["PC0413"; 2]);
    breaks("fn f(Json(order): Json<Order>) { let count = order.count; \"x\".repeat(count) }", &["PC0413"]);
    breaks("fn f() { let n = u32::from_be_bytes(head); vec![0u8; n as usize] }", &["PC0413"]);
    breaks(
        "async fn f(#[trusted(reason = \"..\")] s: S) { let n = s.read_u32().await?; BytesMut::with_capacity(n as usize) }",
        &["PC0413"],
    );
    breaks("fn f() { let n: usize = text.parse()?; buffer.resize(n, 0) }", &["PC0413"]);
    breaks("fn f() { let n = usize::from_str_radix(t, 16)?; repeat_n(0, n).collect() }", &["PC0413"]);
    breaks("fn f() { let n = (h as usize) << 8 | l as usize; vec![0; n] }", &["PC0413"]);
    breaks("fn f() { let n = list.iter().fold(0, |n, b| (n << 8) | b); vec![0; n] }", &["PC0413"]);
    breaks("fn f() { let n = head.map(|h| u32::from_be_bytes(h)); Vec::with_capacity(n.unwrap_or(0)) }", &["PC0413"]);
    breaks("fn f() { vec![0; list.len().wrapping_sub(8)] }", &["PC0413"]);
    passes("fn f() { vec![0; 1 << 8 | 3]; vec![0; (n << 8 | m).min(9)]; list.iter().fold(0, |n, b| n.max(b.len())) }");
    passes("fn f() { let n = list.iter().map(|x| x.len()).sum(); vec![0; n]; vec![0; list.len() - 8] }");
    breaks("fn f(a: usize) { let n = if x { a } else { 1 }; String::with_capacity(n.saturating_mul(2)) }", &["PC0413"]);
}

#[test]
fn sizes_that_something_bounds() {
    passes("fn f(#[check(range(max = 9))] n: usize) { Vec::with_capacity(n) }");
    passes(
        "fn f(list: Vec<u8>) { Vec::with_capacity(list.len()); vec![0; list.len() * 2]; vec![0; 1024]; vec![a, b] }",
    );
    passes(
        "fn f(n: usize) { Vec::with_capacity(n.min(MAX)); Vec::with_capacity(n.clamp(1, 9)); vec![0; n % 16]; vec![0; n & 15] }",
    );
    passes("fn f(n: usize) { if n > MAX { return Err(e); } Vec::with_capacity(n) }");
    passes("fn f(order: Order) { if order.count <= MAX { Vec::with_capacity(order.count as usize) } }");
    passes("fn f(n: usize) { ensure!(n <= MAX, \"..\"); Vec::with_capacity(n) }");
    breaks("fn f(n: usize) { assert!(n <= MAX, \"..\"); Vec::with_capacity(n) }", &["PC0404"]);
    breaks("fn f(n: usize) { debug_assert!(n <= MAX, \"..\"); Vec::with_capacity(n) }", &["PC0413"]);
    // An iterator knows its length, and a client writes that of what `serde` reads.
    passes("fn f(x: impl Iterator<Item = u8>) { let n = x.size_hint().1.unwrap_or(9); Vec::with_capacity(n) }");
    passes("fn f(x: I) { let (low, high) = x.size_hint(); Vec::with_capacity(high.unwrap_or(low)) }");
    breaks("fn f<A>(x: A) { Vec::with_capacity(x.size_hint().unwrap_or(0)) }", &["PC0413"]);
    breaks("fn f<A>(x: A) { let n = x.size_hint(); Vec::with_capacity(n.unwrap_or(0)) }", &["PC0413"]);
    breaks("fn f<A>(x: A) { if let Some(n) = x.size_hint() { Vec::with_capacity(n) } }", &["PC0413"]);
    // No large number.
    passes("fn f(n: u8, b: bool, m: i8) { vec![0; n.into()]; vec![0; b as usize]; vec![0; usize::try_from(m)?] }");
    passes("fn f() { struct Head { indent: u8 } fn g(h: &Head) { \" \".repeat(h.indent.into()) } }");
    breaks("fn f(n: u16, list: &[u8]) { vec![0; n.into()]; vec![0; (list[0] as usize) << 8 | 1] }", &["PC0413"; 2]);
    breaks("fn f() { fn g(m: i8) { Vec::with_capacity(m as usize) } }", &["PC0413", "PC0403"]);
    passes("fn f(n: usize) { let n = n.min(9); Vec::with_capacity(n) }");
    passes("fn f() { Vec::with_capacity(self.capacity); rope.repeat(2); db.count(n); pool.reserve(); }");
    passes("fn f(n: usize) { let rows = load(n); Vec::with_capacity(rows) }");
    breaks("fn f(n: usize) { if n > MAX { log(); } Vec::with_capacity(n) }", &["PC0413"]);
    assert_eq!(codes(Coverage { allocation: true, ..ALL }, "fn f(n: usize) { Vec::with_capacity(n) }"), [""; 0]);
}

#[test]
fn statics_that_only_grow() {
    breaks("fn f() { SEEN.lock()?.insert(key, value); }", &["PC0414"]);
    breaks("fn f() { crate::state::SEEN.write()?.entry(key).or_insert(1); }", &["PC0414"]);
    breaks("fn f() { SEEN.insert(key, value); LOG.lock()?.push(x); }", &["PC0414"; 2]);
    breaks("fn f() { let mut seen = SEEN.lock()?; seen.push(x); }", &["PC0414"]);
    breaks(
        "fn f() { let seen = SEEN.get_or_init(d); let mut seen = seen.lock().map_err(e)?; seen.push(x); }",
        &["PC0414"],
    );
    breaks("fn f() { let mut seen = SEEN.lock()?; seen.push(x); Ok(seen.len()) }", &["PC0414"]);
    breaks("fn f() { SEEN.with_borrow_mut(|seen| seen.push(x)); }", &["PC0414"]);
    breaks(
        "fn f() { SEEN.with(|seen| seen.borrow_mut().push(x)); SEEN.lock().map(|mut s| s.push(x)).ok(); }",
        &["PC0414"; 2],
    );
    passes("fn f() { SEEN.with_borrow_mut(|seen| { seen.clear(); seen.push(x) }); }");
    passes("fn f() { let mut seen = SEEN.lock()?; if seen.len() > 9 { return e; } seen.push(x); Ok(seen.len()) }");
    passes("fn f() { let mut seen = SEEN.lock()?; let n = seen.len(); ensure(n)?; seen.push(x); }");
    breaks("async fn f() { SEEN.lock().await.extend(list); }", &["PC0414"]);
}

#[test]
fn statics_that_something_bounds() {
    passes("fn f() { let mut seen = SEEN.lock()?; if seen.len() >= MAX { return Err(e); } seen.push(x); }");
    passes("fn f() { let mut seen = SEEN.lock()?; seen.push(x); if full { seen.pop_front(); } }");
    passes("fn f() { SEEN.lock()?.remove(key); SEEN.lock()?.insert(key, value); }");
    passes("fn f() -> impl Future { SEEN.lock()?.insert(key, value); async { g().await; SEEN.lock()?.remove(key) } }");
    passes("fn f() -> impl Future { if SEEN.len() < 9 { SEEN.insert(key, value); } async { g().await } }");
    breaks("fn f() -> impl Future { SEEN.lock()?.insert(key, value); async { g().await } }", &["PC0414"]);
    passes("fn f() { static SEEN: Mutex<LruCache<u8, u8>> = x; SEEN.lock()?.push(1, 2); }");
    passes("fn f() { static SEEN: portcullis::Bounded<Vec<u8>> = x; SEEN.push(1); }");
    passes("fn f(mut list: Vec<u8>) { list.push(1); self.items.push(1); COUNT.fetch_add(1); TABLE.get(key).push(1) }");
}

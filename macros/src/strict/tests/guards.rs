use super::{ALL, breaks, codes, messages, passes};
use crate::strict::Coverage;

/// Without the unwrapping, which has a rule of its own.
#[track_caller]
fn held(body: &str, count: usize) {
    let source = format!("async fn f() {{ {body} }}");
    let found: Vec<String> = codes(ALL, &source).into_iter().filter(|code| code != "PC0401").collect();
    assert_eq!(found, vec!["PC0411"; count], "{source}\n{:#?}", messages(ALL, &source));
}

#[test]
fn guards_across_await() {
    held("let g = m.lock(); h().await;", 1);
    held("let g = m.lock().unwrap(); h().await;", 1);
    held("let mut g = m.write().map_err(|_| e)?; *g = h().await;", 1);
    held("let Ok(g) = m.lock() else { return }; h().await;", 1);
    held("if let Ok(g) = m.lock() { h().await; }", 1);
    held("match m.lock().unwrap().kind { 1 => h().await, _ => {} }", 1);
    held("let _g = m.lock().unwrap(); tokio::select! { x = h() => {} }", 1);
    held("send(m.lock().unwrap().clone()).await;", 1);
    held("let x = &m.lock().unwrap().name; h(x).await;", 1);
    held("let g = cell.borrow_mut(); h().await;", 1);
    held("let g = m.lock(); for x in list { h(x).await; }", 1);
    held("let g = m.lock(); if a { drop(g); } h().await;", 1);
    held("let g = m.lock(); h().await; h().await;", 1);
    held("while let Some(x) = m.lock().unwrap().pop() { h(x).await; }", 1);
    held("if let Ok(g) = m.lock() { g.add(1) } let g = m.lock(); h().await", 1);
    breaks("async fn f(m: Shared) { let g = m.lock().unwrap_or_else(e); h().await; }", &["PC0411"]);
    breaks("async fn f(m: Shared) { let g = m.lock()?; h().await; }", &["PC0411"]);
    held("let a = m.lock(); let b = n.lock(); h().await; i().await", 2);
}

#[test]
fn guards_that_are_gone() {
    held("let g = m.lock(); drop(g); h().await;", 0);
    held("let g = m.lock(); std::mem::drop(g); h().await;", 0);
    held("{ let g = m.lock(); } h().await;", 0);
    held("let x = m.lock().unwrap().clone(); h(x).await;", 0);
    held("let x = { let g = m.lock(); g.name() }; h(x).await;", 0);
    held("let _ = m.lock(); h().await;", 0);
    held("if m.lock().unwrap().is_empty() { h().await; }", 0);
    held("let g = m.lock(); if a { drop(g); h().await; } else { drop(g); } h().await;", 0);
    held("let g = m.lock(); if a { return; } drop(g); h().await;", 0);
    held("let g = m.lock().await; h().await;", 0);
    held("let g = timeout(d, m.lock()).await; h().await;", 0);
    held("let g = m.lock(); consume(g); h().await;", 0);
    held("let task = async { h().await }; let g = m.lock(); go(task)", 0);
    held("let g = m.lock(); let task = async { h().await };", 0);
    held("let g = m.lock(key); let x = file.read(buffer); h().await;", 0);
    held("for x in list { let g = m.lock(); g.add(x); } h().await;", 0);
    held("if let Ok(g) = m.lock() { g.add(1) } h().await;", 0);
    held("let x = if let Ok(g) = m.lock() { *g } else { 0 }; h(x).await;", 0);
    passes("async fn f() { struct Door {} let door = Door {}; let g = door.lock()?; h().await; }");
    passes("async fn f(door: Door) { let g = door.lock(); h().await; }");
    passes("async fn f(m: &tokio::sync::Mutex<u8>) { let g = m.lock(); let g = g.await; h().await; }");
}

#[test]
fn checks_in_closures_beside_a_guard() {
    let of = |source: &str| -> Vec<String> { codes(ALL, source).into_iter().filter(|code| code != "PC0401").collect() };
    assert_eq!(of("fn f() { let g = m.lock().unwrap(); list.iter().map(|x| x + n).collect() }"), ["PC0416"]);
    assert_eq!(of("fn f() { let g = m.lock()?; list.iter().for_each(|x| g.add(table[x])) }"), ["PC0416"]);
    assert_eq!(of("fn f() { list.iter().map(|x| { let g = m.lock().unwrap(); g.n + x }) }"), ["PC0416"]);
    // `parking_lot` and `RefCell` do not poison, and a `return` poisons nothing.
    assert_eq!(of("fn f() { let g = m.lock(); list.iter().map(|x| x + n).collect() }"), [""; 0]);
    assert_eq!(of("fn f() { let g = m.lock().unwrap(); n + 1 }"), [""; 0]);
    assert_eq!(of("fn f() { let g = m.lock().unwrap(); drop(g); list.iter().map(|x| x + n).collect() }"), [""; 0]);
    assert_eq!(of("fn f() { let g = m.lock().unwrap(); list.iter().map(|x| x.name()).collect() }"), [""; 0]);
    let unchecked = Coverage::default();
    assert_eq!(codes(unchecked, "fn f() { let g = m.lock()?; list.iter().map(|x| x + n).collect() }"), [""; 0]);
}

/// A cast that keeps every value refuses nothing.
#[test]
fn casts_that_keep_every_value() {
    let of = |source: &str| -> Vec<String> { codes(ALL, source).into_iter().filter(|code| code != "PC0401").collect() };
    assert_eq!(of("fn f() { m.lock().unwrap().add(|| list.len() as u64) }"), [""; 0]);
    assert_eq!(of("fn f() { let g = m.lock()?; lists.iter().map(|x| x.len() as u64).collect() }"), [""; 0]);
    assert_eq!(of("fn f() { let g = m.lock()?; lists.iter().map(|x| x.len() as u32).collect() }"), ["PC0416"]);
    passes("fn f(&mut self, n: u8) { self.size = list.len() as u64; self.n = n as u32; self.m = n as f32; }");
    passes("fn f(&mut self, n: u32) { self.name = x; self.n = n as u64; self.m = n as usize; }");
    breaks("fn f(&mut self, n: u32) { self.name = x; self.n = n as u16; }", &["PC0417"]);
    breaks("fn f(&mut self, n: u32) { self.name = x; self.n = n as i32; }", &["PC0417"]);
    breaks("fn f(&mut self) { self.name = x; self.n = unknown() as u64; }", &["PC0417"]);
}

#[test]
fn replace_of_a_text_is_no_write() {
    passes("fn f(&self) { let name = self.name.replace(\"a\", \"b\"); name.len() + 1 }");
    passes("fn f(&self) { for x in list { let name = self.name.replace('a', \"b\"); h(name.len() + 1) } }");
    breaks("fn f(&mut self) { let old = self.slot.replace(new); a + b }", &["PC0417"]);
    breaks("fn f(&mut self) { for x in list { a + b; self.slot.replace(x); } }", &["PC0417"]);
}

#[test]
fn checks_behind_a_write() {
    breaks("fn f(&mut self) { self.count += 1; self.total = a + b; }", &["PC0417"]);
    breaks("fn f(&mut self) { self.items.push(x); list[at] }", &["PC0417"]);
    breaks("fn f(&mut self) { self.a = 1; x as u8; y + 1; z + 1 }", &["PC0417"]);
    breaks("fn f(&mut self) { for x in list { self.total += x.n; } }", &["PC0417"]);
    breaks("fn f() { let mut g = m.lock(); g.n = 1; a + b }", &["PC0417"]);
    breaks("fn f() { m.lock().items.push(1); a + b }", &["PC0417"]);
    breaks("fn f(&mut self) { if a { self.b = 1; } c + d }", &["PC0417"]);
    breaks("fn f(self: &Arc<Self>) { self.state.lock().push(1); a + b }", &["PC0417"]);
}

#[test]
fn writes_that_come_last() {
    passes("fn f(&mut self) { let total = self.total + n; self.total = total; self.name = x; }");
    passes("fn f(&mut self) { self.total += n; }");
    passes("fn f(&mut self) { let mut local = 1; local += n; local + 1; self.a = local; }");
    passes("fn f(mut self) { self.a = 1; a + b }");
    passes("fn f(&mut self) { if a { self.b = 1; return Ok(()); } c + d }");
    passes("fn f(&mut self) { if a { self.b = 1; } else { c + d } }");
    passes("fn f(&mut self) { for i in 0..9 { if list[i] == x { self.items.remove(i); return; } } }");
    passes("fn f(&mut self) { self.name = x; format!(\"{}\", 1); text == other && a < b }");
    passes("async fn f(&mut self) { self.n = 1; h().await }");
    let timed = Coverage { deadline: true, ..ALL };
    assert_eq!(codes(timed, "async fn f(&mut self) { self.n = 1; h().await }"), ["PC0417"]);
    let saturating = Coverage { arithmetic: false, ..ALL };
    assert_eq!(codes(saturating, "fn f(&mut self) { self.n = 1; a + b }"), [""; 0]);
}

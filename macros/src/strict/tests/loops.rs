//! Loops that end by what stands within them.

use super::{breaks, passes};

#[test]
fn each_way_through_steps_or_leaves() {
    passes("fn f() { while at < end { if g() { at += 1; continue; } h(); at += 2; } }");
    passes(
        "fn f() { while at < end { match g() { A => at += 1, B => { h(); at = at + 2; } C => return, D => break } } }",
    );
    passes("fn f() { while at < end { if let Some(x) = g() { at += 1; } else if h() { at += 2; } else { return; } } }");
    passes("fn f() { while at < end { let x = match g() { A => { at += 1; continue; } B => 1, }; h(x)?; at += 1; } }");
    passes("fn f() { while at < end { let Some(x) = g() else { at += 1; continue; }; at += 3; } }");
    passes("fn f() { while at < end { for x in list { if x { continue; } } if g() { at += 1; } else { at += 2; } } }");
    passes("fn f() { while at < end { { if g() { at += 1; continue; } } at += 1; } }");
    passes("fn f() { while self.at < end { if g() { self.at += 1; continue; } self.at += 2; } }");
    // Some way does not.
    breaks("fn f() { while at < end { if g() { at += 1; } h(); } }", &["PC0405"]);
    breaks("fn f() { while at < end { if g() { continue; } at += 1; } }", &["PC0405"]);
    breaks("fn f() { while at < end { match g() { A => at += 1, B => {} } } }", &["PC0405"]);
    breaks("fn f() { while at < end { let x = match g() { A => continue, B => 1 }; at += x.max(1); } }", &["PC0405"]);
    breaks("fn f() { while at < end { let Some(x) = g() else { continue }; at += 1; } }", &["PC0405"]);
    breaks("fn f() { while at < end { for x in list { at += 1; } } }", &["PC0405"]);
    breaks("fn f() { while at < end { list.iter().for_each(|x| at += 1); } }", &["PC0405"]);
    breaks("fn f() { while at < end { let later = async { return; }; h(later); } }", &["PC0405"]);
    breaks(
        "fn f() { 'a: while at < end { for x in list { if x { continue 'a; } } if g() { at += 1; } else { at += 2; } } }",
        &["PC0405"],
    );
    breaks("fn f() { while at < end { 'a: { if g() { break 'a; } at += 1; } } }", &["PC0405"]);
    breaks("fn f() { while at < end { if g() { at += 1; continue; } skip!(continue); at += 1; } }", &["PC0405"]);
    breaks("fn f() { while at < end { if g() { at += 1; continue; } #[cfg(unix)] return; } }", &["PC0405"]);
    // It may go back and forth, or be another variable.
    breaks("fn f() { while at < end { if g() { at += 1; } else { at -= 1; } } }", &["PC0405"]);
    breaks("fn f() { while at < end { if g() { at += 1; } else { at += 2; at = h(); } } }", &["PC0405"]);
    breaks("fn f() { while at < end { if g() { at += 1; } else { at += 2; } h(&mut at); } }", &["PC0405"]);
    breaks("fn f() { while at < end { let mut at = 0; if g() { at += 1; } else { at += 2; } } }", &["PC0405"]);
    breaks("fn f() { while x.at < end { let x = g(); if h() { x.at += 1; } else { x.at += 2; } } }", &["PC0405"]);
    breaks("fn f() { while at < end { if g() { at += n; continue; } at += 1; } }", &["PC0405"]);
}

#[test]
fn no_way_leads_back() {
    passes("fn f() { loop { match g() { A => return 1, B => break, C => bail!(e) } } }");
    passes("fn f() { loop { if g() { break; } return; } }");
    breaks("fn f() { loop { match g() { A => return 1, B => {} } } }", &["PC0405"]);
    breaks("fn f() { loop { match g() { A => return 1, B => continue } } }", &["PC0405"]);
    breaks("fn f() { loop { h(|| return 1); } }", &["PC0405"]);
    breaks("fn f() { loop { return match g() { A => continue, B => 1 }; } }", &["PC0405"]);
    breaks("fn f() { loop { return h(if g() { continue } else { 1 }); } }", &["PC0405"]);
    breaks("fn f() { loop { break if g() { continue } else { 1 }; } }", &["PC0405"]);
    breaks("fn f() { loop { loop { break; } } }", &["PC0405"]);
    breaks("fn f() { loop { 'a: { break 'a; } } }", &["PC0405"]);
    breaks("fn f() { loop { #[cfg(unix)] return; } }", &["PC0405"]);
    breaks("fn f() { loop { #[cfg(unix)] { return; } } }", &["PC0405"]);
}

#[test]
fn a_limit_stands_before_what_passes_over_it() {
    passes("fn f() { loop { n += 1; if n > 9 { break; } if g() { continue; } h(); } }");
    passes("fn f() { loop { if n > 9 { break; } if g() { n += 1; continue; } n += 2; } }");
    breaks("fn f() { loop { n += 1; if g() { continue; } if n > 9 { break; } } }", &["PC0405"]);
    breaks("fn f() { loop { if g() { n += 1; continue; } n += 2; if n > 9 { break; } } }", &["PC0405"]);
}

#[test]
fn what_is_left_of_a_slice() {
    passes("fn f() { while !s.is_empty() { let (a, rest) = s.split_at(4); s = rest; g(a); } }");
    passes("fn f() { while s.len() > N { let (a, rest) = s.split_at(N); g(a)?; s = rest; } }");
    passes("fn f() { while let [first, rest @ ..] = s { g(first); s = rest; } }");
    passes("fn f() { while let [rest @ .., last] = s { if g(last) { s = rest; } else { break; } } }");
    passes("fn f() { while let Some((first, rest)) = s.split_first() { g(first); s = rest; } }");
    passes("fn f() { loop { let Some((first, rest)) = s.split_first() else { break }; s = rest; } }");
    passes("fn f() { loop { let (first, rest) = s.split_first_chunk::<4>().ok_or(e)?; s = rest; } }");
    passes("fn f() { loop { match s.split_last() { Some((last, rest)) => s = rest, None => return } } }");
    breaks("fn f() { while !s.is_empty() { let (a, rest) = s.split_at(n); s = rest; } }", &["PC0405"]);
    breaks("fn f() { while !s.is_empty() { let (a, rest) = s.split_at(0); s = rest; } }", &["PC0405"]);
    breaks("fn f() { while !s.is_empty() { let (a, rest) = s.split_at(4); s = a; } }", &["PC0405"]);
    breaks("fn f() { while !s.is_empty() { let (a, rest) = t.split_at(4); s = rest; } }", &["PC0405"]);
    breaks("fn f() { while !s.is_empty() { let (a, rest) = s.split_at(4); let rest = g(); s = rest; } }", &["PC0405"]);
    breaks("fn f() { while let [rest @ ..] = s { s = rest; } }", &["PC0405"]);
    breaks("fn f() { while let [first, rest @ ..] = s { if g(first) { s = rest; } } }", &["PC0405"]);
    breaks("fn f() { while let [first, rest @ ..] = s { g(rest); } }", &["PC0405"]);
    breaks("fn f() { loop { let Some((first, rest)) = s.split_first() else { break }; } }", &["PC0405"]);
}

#[test]
fn one_is_taken_out_and_none_put_in() {
    passes("fn f() { loop { let x = words.next()?; g(x); } }");
    passes("fn f() { loop { let x = words.next().ok_or(e)?; if g(x) { continue; } h(); } }");
    passes("fn f() { loop { g(words.next().ok_or_else(e)?); } }");
    passes("fn f() { loop { let Some(x) = list.pop() else { break }; g(x); } }");
    passes("fn f() { loop { match queue.pop_front() { Some(x) if g(x) => {} Some(x) => h(x), None => return } } }");
    passes("fn f() { loop { let x = match self.queue.pop_front() { None => break, Some(x) => x }; g(x); } }");
    passes("fn f() { loop { if let Some(x) = words.next() { g(x); } else { break; } } }");
    passes("fn f() { for n in 0.. { let Some(x) = words.next() else { return }; g(n, x); } }");
    passes("fn f() { while let Some(x) = it.peek() { g(x); it.next(); } }");
    passes("fn f() { while it.peek().is_some() { let x = it.next(); g(x); } }");
    passes("fn f() { while let Some(x) = list.last() { if g(x) { break; } list.pop(); } }");
    // It may be that none is.
    breaks("fn f() { loop { if g() { let x = words.next()?; } } }", &["PC0405"]);
    breaks("fn f() { loop { if g() { continue; } let x = words.next()?; } }", &["PC0405"]);
    breaks("fn f() { loop { let x = words.next(); g(x); } }", &["PC0405"]);
    breaks("fn f() { loop { let Some(x) = list.pop() else { continue }; } }", &["PC0405"]);
    breaks("fn f() { loop { let Some(x) = list.pop() else { if g() { continue; } break }; } }", &["PC0405"]);
    breaks("fn f() { loop { match list.pop() { Some(x) => g(x), None => h() } } }", &["PC0405"]);
    breaks("fn f() { loop { let x = words().next()?; } }", &["PC0405"]);
    breaks("fn f() { loop { let x = list.iter().next()?; } }", &["PC0405"]);
    breaks("fn f() { loop { let x = self.next()?; } }", &["PC0405"]);
    breaks("async fn f() { loop { let Some(x) = stream.next().await else { break }; } }", &["PC0405"]);
    breaks("async fn f() { loop { let x = stream.next().await?; } }", &["PC0405"]);
    breaks("fn f(peer: impl Read) { let bytes = peer.bytes(); loop { let x = bytes.next()?; } }", &["PC0405"]);
    breaks("fn f() { while it.peek().is_some() { if g() { it.next(); } } }", &["PC0405"]);
    breaks("fn f() { while it.peek().is_some() { for x in list { it.next(); } } }", &["PC0405"]);
    breaks("fn f() { while let Some(x) = it.peek() { g(x); } }", &["PC0405"]);
    // Or that some are put in.
    breaks("fn f() { loop { let Some(x) = list.pop() else { break }; list.push(g(x)); } }", &["PC0405"]);
    breaks("fn f() { loop { let Some(x) = list.pop() else { break }; g(|y| list.extend(y)); } }", &["PC0405"]);
    breaks("fn f() { loop { let Some(x) = list.pop() else { break }; g(x, &mut list); } }", &["PC0405"]);
    breaks("fn f() { loop { let Some(x) = list.pop() else { break }; list = g(x); } }", &["PC0405"]);
    breaks("fn f() { loop { let Some(x) = list.pop() else { break }; mine!(list.push(x)); } }", &["PC0405"]);
    breaks("fn f(&mut self) { loop { let Some(x) = self.list.pop() else { break }; self.run(x); } }", &["PC0405"]);
    breaks(
        "fn f(&mut self) { loop { let Some(x) = self.list.pop() else { break }; run(&mut *self, x); } }",
        &["PC0405"],
    );
    breaks("fn f() { while fill(&mut list) { let Some(x) = list.pop() else { break }; } }", &["PC0405"]);
    breaks("fn f() { loop { let mut words = g(); let x = words.next()?; } }", &["PC0405"]);
}

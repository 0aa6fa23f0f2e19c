use super::{ALL, breaks, codes, passes};
use crate::strict::Coverage;

#[test]
fn loops_that_only_their_input_ends() {
    breaks("fn f() { loop { if g() { break; } } }", &["PC0405"]);
    breaks("fn f() { while g() { h(); } }", &["PC0405"]);
    breaks("fn f() { for x in 0.. { if g(x) { break; } } }", &["PC0405"]);
    breaks(
        "fn f() { for x in (0..).step_by(2) {} for x in iter::repeat(1) {} for x in list.iter().cycle() {} }",
        &["PC0405"; 3],
    );
    breaks("async fn f() { while let Some(x) = stream.next().await { g(x) } }", &["PC0405"]);
    breaks("fn f() { while let Some(x) = stack.pop() { stack.push(x.next()) } }", &["PC0405"]);
    breaks("fn f() { while low < high { if g() { low += 1 } else { high -= 1 } } }", &["PC0405"]);
    breaks("fn f() { while at < end { if g() { continue; } at += 1; } }", &["PC0405"]);
    breaks("fn f() { loop { tries += 1; if tries > 3 { log(); } } }", &["PC0405"]);
    breaks("fn f() { while n < 9 || g() { n += 1; } }", &["PC0405"]);
    breaks("async fn f() { while let Some(id) = next { next = parent(id).await; } }", &["PC0405"]);
}

#[test]
fn loops_that_have_a_bound() {
    passes("fn f() { for x in 0..n {} for x in &list {} for x in (0..).take(9) {} for (i, x) in (0..).zip(list) {} }");
    passes("fn f() { while at < list.len() { at += 1; } }");
    passes("fn f() { while at < end && g() { h(); at = at + 2; } }");
    passes("fn f() { while n > 0 { n /= 10; } while n != 0 { n >>= 1; } }");
    passes("fn f() { loop { tries += 1; if tries > LIMIT { return Err(e); } g(); } }");
    passes("fn f() { loop { g(); tries = tries.saturating_add(1); if tries >= 3 || h() { break; } } }");
    passes("fn f() { loop { tries += 1; ensure!(tries < 9, \"..\"); } }");
    passes("fn f() { for x in 0.. { if x > 9 { break; } } }");
    passes("fn f() { while let Some(x) = stack.pop() { g(x) } while let Some(x) = words.next() { g(x) } }");
    passes("fn f() { while !queue.is_empty() { let x = queue.pop_front(); g(x) } }");
    passes("fn f() { while list.len() > 9 { list.pop(); } }");
    passes("fn f() { while let Some(node) = next { next = node.parent.as_ref(); } }");
    passes("fn f() { while let Some(x) = list.get(at) { at += 1; g(x) } }");
    passes("fn f() { while rest.len() > 4 { rest = &rest[4..]; } }");
    passes("fn f() { while rest.len() > 4 { rest = &rest[..rest.len() - 1]; } }");
    // A step is one that is not nothing.
    breaks("fn f() { while at < end { at += step; } }", &["PC0405"]);
    breaks("fn f() { while at < end { at += 0; } }", &["PC0405"]);
    breaks("fn f() { loop { n += read(); if n > 9 { break; } } }", &["PC0405"]);
    breaks("fn f() { while rest.len() > 4 { rest = &rest[used..]; } }", &["PC0405"]);
    breaks("fn f() { while at < end { at = at.saturating_add(step); } }", &["PC0405"]);
    passes("fn f(#[check(range(min = 1, max = 9))] step: u8) { while at < end { at += step; } }");
    breaks("fn f(#[check(range(min = 0, max = 9))] step: u8) { while at < end { at += step; } }", &["PC0405"]);
    passes("fn f() { while at < end { let n = read(); if n == 0 { break; } at += n; } }");
    passes("fn f() { while at < end { at += STEP; } while at < end { at += Self::STEP * 2; } }");
    passes("fn f() { while at < end { at += usize::from(list[at]) + 1; } while at < end { at += n.max(1); } }");
    passes("fn f() { while at < end { at += letter.len_utf8(); } }");
    // What a peer sends.
    breaks("fn f(peer: TcpStream) { for b in peer.bytes() { g(b) } }", &["PC0405"]);
    breaks("fn f(peer: impl BufRead) { for line in peer.lines() { g(line) } }", &["PC0405"]);
    breaks(
        "fn f<R>(peer: R) where R: Read { for b in BufReader::new(peer).bytes().enumerate() { g(b) } }",
        &["PC0405"],
    );
    breaks(
        "fn f(peer: &TcpStream) { let reader = BufReader::new(peer); for l in reader.lines() { g(l) } }",
        &["PC0405"],
    );
    passes("fn f<R: Read>(peer: R) { for b in peer.bytes().take(9) { g(b) } for b in peer.take(9).bytes() { g(b) } }");
    passes("fn f(text: &str) { for b in text.bytes() { g(b) } for line in text.lines() { g(line) } }");
}

#[test]
fn other_protections_bound_loops() {
    let stepped = Coverage { steps: true, ..ALL };
    assert_eq!(codes(stepped, "fn f() { loop { g() } }"), [""; 0]);
    assert_eq!(codes(stepped, "fn f() { fn h() { loop { g() } } h() }"), ["PC0405"]);
    let timed = Coverage { deadline: true, ..ALL };
    assert_eq!(codes(timed, "async fn f() { loop { g().await } }"), [""; 0]);
    assert_eq!(codes(timed, "async fn f() { loop { g() } }"), [""; 0]);
    assert_eq!(codes(timed, "fn f() { loop { g() } }"), [""; 0]);
    assert_eq!(codes(timed, "fn f() { fn h() { loop { g() } } h() }"), ["PC0405"]);
}

#[test]
fn what_ends_the_process_or_is_taken_at_its_word() {
    breaks("fn f() { std::process::exit(1) }", &["PC0406"]);
    breaks("fn f() { use std::process; process::abort() }", &["PC0406"]);
    breaks("fn f() { use std::process::exit as end; end(1) }", &["PC0406"]);
    breaks("fn f() { exit(1) }", &["PC0406"]);
    passes("fn f() { fn exit(x: u8) {} exit(1); room.exit(1); Room::exit(1); self::exit(1) }");
    passes("fn f(exit: fn(u8)) { exit(1) }");
    passes("fn f() { use crate::rooms::exit; exit(1) }");
    breaks("fn f() { unsafe { g() } }", &["PC0407"]);
    breaks("unsafe fn f() { }", &["PC0407"]);
}

#[test]
fn leaks() {
    breaks(
        "fn f() { std::mem::forget(x); mem::forget(x); Box::leak(x); Box::into_raw(x); std::mem::ManuallyDrop::new(x) }",
        &["PC0408"; 5],
    );
    breaks("fn f() { let x: &'static str = text.leak(); }", &["PC0408"]);
    breaks("fn f() { use core::mem::forget as keep; keep(x) }", &["PC0408"]);
    passes("fn f(pipe: Pipe) { pipe.leak(); drop(x); memory.forget(x); User::forget(x) }");
}

#[test]
fn channels() {
    breaks(
        "fn f() { tokio::sync::mpsc::unbounded_channel(); unbounded_channel::<u8>(); mpsc::unbounded_channel() }",
        &["PC0409"; 3],
    );
    breaks("fn f() { std::sync::mpsc::channel(); mpsc::channel::<u8>() }", &["PC0409"; 2]);
    breaks("fn f() { flume::unbounded(); crossbeam_channel::unbounded(); async_channel::unbounded() }", &["PC0409"; 3]);
    breaks("fn f() { use futures::channel::mpsc; mpsc::unbounded() }", &["PC0409"]);
    passes(
        "fn f() { tokio::sync::mpsc::channel(64); std::sync::mpsc::sync_channel(1); mpsc::channel(9); tokio::sync::oneshot::channel(); oneshot::channel() }",
    );
    passes("fn f() { use tokio::sync::oneshot::channel; channel() }");
    passes("fn f() { use crate::limited::unbounded_channel; unbounded_channel() }");
}

#[test]
fn tasks_that_nobody_waits_for() {
    breaks("fn f() { tokio::spawn(g()); }", &["PC0410"]);
    breaks("fn f() { use tokio::spawn as s; s(g()); }", &["PC0410"]);
    breaks(
        "fn f() { use tokio::task; task::spawn_blocking(|| g()); let _ = task::spawn(g()); drop(task::spawn(g())); }",
        &["PC0410"; 3],
    );
    breaks("fn f() { std::thread::spawn(|| g()); let _task = thread::spawn(|| g()); h(); }", &["PC0410"; 2]);
    breaks("fn f() { tokio::runtime::Handle::current().spawn(g()); }", &["PC0410"]);
    breaks("fn f() { portcullis::spawn(g()); }", &["PC0410"]);
    breaks("fn f() { std::thread::Builder::new().name(n).spawn(|| g())?; }", &["PC0410"]);
    passes("fn f() { let task = std::thread::Builder::new().name(n).spawn(|| g())?; task.join() }");
    passes("async fn f() { tokio::spawn(g()).await?; let done = tokio::spawn(g()).await.map_err(e)?; h(done) }");
    passes("async fn f() { tokio::spawn(g()).await; let task = tokio::spawn(g()); h(); task.await; }");
    passes("fn f() { tasks.push(tokio::spawn(g())); tokio::spawn(g()) }");
    passes(
        "fn f() { let mut set = JoinSet::new(); set.spawn(g()); scope.spawn(|| g()); Command::new(\"ls\").spawn(); }",
    );
    passes("fn f() { let spawn = |x| x; spawn(1); fn h() {} }");
    passes("fn f() { use crate::jobs::spawn; spawn(g()); }");
    // The future that the function gives awaits it, and one that does not drops it.
    passes("fn f() -> BoxFuture<()> { let task = tokio::spawn(g()); Box::pin(async move { task.await }) }");
    passes("fn f() -> impl Future { let task = spawn_blocking(g); async { task.await.map_err(e) } }");
    breaks(
        "fn f() -> BoxFuture<()> { let task = tokio::spawn(g()); Box::pin(async move { other.await }) }",
        &["PC0410"],
    );
    breaks("fn f() -> impl Future { let _task = tokio::spawn(g()); let x = h(); async { x } }", &["PC0410"]);
}

#[test]
fn calls_that_block_a_worker() {
    breaks("async fn f() { std::thread::sleep(d); std::fs::read(p)?; fs::write(p, b)?; }", &["PC0415"; 3]);
    breaks("async fn f() { use std::fs::File; File::open(p)?; }", &["PC0415"]);
    breaks("async fn f() { let x = list.iter().map(|p| std::fs::read(p)); }", &["PC0415"]);
    breaks(
        "async fn f() { handle.block_on(g()); rx.blocking_recv(); futures::executor::block_on(g()) }",
        &["PC0415"; 3],
    );
    breaks("fn f() -> BoxFuture<()> { Box::pin(async move { std::fs::read(p)?; }) }", &["PC0415"]);
    breaks("fn f() { let task = async { std::fs::read(p) }; }", &["PC0415"]);
    breaks("async fn f(r: std::sync::mpsc::Receiver<u8>) { let x = r.recv(); }", &["PC0415"]);
    breaks("async fn f(r: Receiver<u8>) { let x = r.recv()?; g(r.recv().ok()) }", &["PC0415"; 2]);
    passes("async fn f(r: Receiver<u8>) { let x = r.recv(); x.await?; g(r.recv()).await; r.recv().await.ok() }");
    passes("async fn f(r: Receiver<u8>) { join!(r.recv().map_err(e), g()); r.recv().map_err(e).await? }");
    passes("fn f(r: Receiver<u8>) { r.recv()?; }");
    passes("async fn g() { struct Own {} let own = Own {}; own.recv()?; own.wait().ok(); path.join(name).is_ok() }");
    breaks("async fn f() { std::process::Command::new(p).arg(a).status() }", &["PC0415"]);
    breaks("async fn f() { Command::new(p).output()?; worker.join().is_ok() }", &["PC0415"; 2]);
    passes("async fn f() { Command::new(p).output().await?; tokio::process::Command::new(p).status().await? }");
    breaks("async fn f(all: &Barrier) { all.wait().is_leader() }", &["PC0415"]);
    breaks("async fn f() { let g = m.lock()?; let g = c.wait(g)?; }", &["PC0415"]);
    passes("fn f() { std::fs::read(p)?; std::thread::sleep(d); handle.block_on(g()) }");
    passes(
        "async fn f() { tokio::fs::read(p).await?; use tokio::fs; fs::write(p, b).await?; tokio::time::sleep(d).await; sleep(d).await }",
    );
    passes("async fn f() { fs::read(p).await?; File::open(p).await?; timeout(d, fs::read(p)).await }");
    passes(
        "async fn f() { tokio::task::spawn_blocking(move || std::fs::read(p)).await; web::block(|| std::fs::read(p)).await }",
    );
    passes("async fn f(store: Store) { store.block_on(g()); }");
    passes("async fn f() { pool.run(move || std::fs::read(p)).await; }");
}

#[test]
fn what_is_taken_back_is_no_leak() {
    passes("fn f() { let raw = Box::into_raw(x); let y = g(raw); Box::from_raw(raw) }");
    breaks("fn f() { let raw = Box::into_raw(x); }", &["PC0408"]);
    passes("fn f() -> impl Future { let raw = Box::into_raw(x); async move { Box::from_raw(raw) } }");
    passes("fn f() -> impl Future { let raw = Box::into_raw(x); let y = Box::from_raw(raw); async move { y } }");
    breaks("fn f() -> impl Future { let raw = Box::into_raw(x); async move { g(raw) } }", &["PC0408"]);
}

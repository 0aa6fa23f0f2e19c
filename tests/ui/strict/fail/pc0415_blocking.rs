use portcullis::{Violation, zero_trust};

#[zero_trust(strict)]
async fn page() -> Result<String, Violation> {
    use std::fs as files;
    std::thread::sleep(std::time::Duration::from_millis(1));
    Ok(files::read_to_string("page.html").unwrap_or_default())
}

#[zero_trust(strict)]
async fn waiting(
    #[trusted(reason = "the server's own")] events: std::sync::mpsc::Receiver<u8>,
    #[trusted(reason = "the server's own")] ready: &(std::sync::Mutex<bool>, std::sync::Condvar),
    #[trusted(reason = "the server's own")] all: &std::sync::Barrier,
    #[trusted(reason = "the server's own")] worker: std::thread::JoinHandle<u8>,
) -> Result<bool, Violation> {
    let event = events.recv().unwrap_or_default();
    if let Ok(guard) = ready.0.lock() {
        drop(ready.1.wait(guard));
    }
    let done = std::process::Command::new("true").arg("1").status().is_ok_and(|status| status.success());
    Ok(all.wait().is_leader() && done && worker.join().is_ok_and(|one| one == event))
}

fn main() {
    let _ = page();
    let ready = (std::sync::Mutex::new(true), std::sync::Condvar::new());
    let _ = waiting(std::sync::mpsc::channel().1, &ready, &std::sync::Barrier::new(1), std::thread::spawn(|| 1));
}

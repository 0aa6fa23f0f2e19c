use std::sync::mpsc;

use portcullis::{Violation, zero_trust};

#[zero_trust(strict)]
fn channel() -> Result<u8, Violation> {
    let (sender, receiver) = mpsc::channel::<u8>();
    let _ = sender.send(1);
    let (late, _) = tokio::sync::mpsc::unbounded_channel::<u8>();
    let _ = late.send(1);
    Ok(receiver.recv().unwrap_or(0))
}

fn main() {
    let _ = channel();
}

use portcullis::{Violation, zero_trust};

#[zero_trust(strict)]
fn settle(#[check(range(max = 86_400))] secs: u32, #[check(range(max = 9))] step: u32) -> Result<u32, Violation> {
    let mut left = secs;
    let rounds = 0;
    while left > 0 {
        left = next(left, step);
    }
    loop {
        if next(left, rounds) == 0 {
            break;
        }
    }
    for round in 0.. {
        if next(round, step) == 9 {
            break;
        }
    }
    Ok(rounds)
}

/// A step that may be of nothing, and what a peer sends.
#[zero_trust(strict)]
fn received<R: std::io::BufRead>(#[trusted(reason = "the connection")] mut peer: R) -> Result<usize, Violation> {
    let (mut buffer, mut filled) = ([0_u8; 64], 0);
    while filled < 1_000 {
        let read = peer.read(&mut buffer).unwrap_or_default();
        filled += read;
    }
    for line in peer.lines() {
        filled ^= line.map_or(0, |line| line.len());
    }
    Ok(filled)
}

fn next(left: u32, step: u32) -> u32 {
    left.saturating_sub(step)
}

fn main() {
    let _ = settle(1, 1);
    let _ = received(&b""[..]);
}

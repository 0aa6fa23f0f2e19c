//! A loop that only its input ends.

#[cfg(faulty)]
pub mod faulty {
    use std::io::{BufRead, Read};

    use portcullis::{Violation, zero_trust};
    use tokio::io::{AsyncRead, AsyncReadExt};

    use crate::shared::Error;

    // CVE-2022-0778 (OpenSSL, BN_mod_sqrt): a square root modulo what is no prime never ended.
    #[zero_trust(strict)]
    pub fn sqrt_mod(
        #[check(range(max = 1_000_000))] value: u64,
        #[check(range(min = 1, max = 1_000_000))] modulus: u64,
    ) -> Result<u64, Violation> {
        let mut root = value % modulus;
        loop { //~ PC0405
            if root * root % modulus == value % modulus {
                break Ok(root);
            }
            root = (root + 7) % modulus;
        }
    }

    // RUSTSEC-2024-0345 (sequoia-openpgp): a packet of an unknown version did not advance the parser.
    #[zero_trust(strict)]
    pub fn certificates(#[check(length(max = 4_096))] packets: &[u8]) -> Result<usize, Violation> {
        let (mut rest, mut count) = (packets, 0);
        while !rest.is_empty() { //~ PC0405
            if let [4, tail @ ..] = rest {
                rest = tail;
                count += 1;
            }
        }
        Ok(count)
    }

    // Post-mortem: Zune, 31 December 2008: the last day of a leap year was taken away from nothing.
    #[zero_trust(strict)]
    pub fn year(#[check(range(max = 40_000))] days: u32) -> Result<u32, Violation> {
        let (mut days, mut year) = (days, 1_980);
        while days > 365 { //~ PC0405
            if year % 4 == 0 {
                if days > 366 {
                    days -= 366;
                    year += 1;
                }
            } else {
                days -= 365;
                year += 1;
            }
        }
        Ok(year)
    }

    // RUSTSEC-2024-0336 (rustls): `complete_io` went on for ever after a peer's close_notify.
    #[zero_trust(strict)]
    pub async fn drain<R: AsyncRead + Unpin + Send>(
        #[trusted(reason = "the connection")] mut socket: R,
    ) -> Result<u64, Error> {
        let mut buffer = [0_u8; 512];
        let mut total = 0;
        loop { //~ PC0405
            let read = socket.read(&mut buffer).await?;
            total += u64::try_from(read)?;
            if total > 1 << 40 {
                return Ok(total);
            }
        }
    }

    // RUSTSEC-2026-0118 (hickory-proto): a walk up to an ancestor that was none.
    #[zero_trust(strict)]
    pub fn enclosers(
        #[check(length(max = 255))] name: &str,
        #[check(length(max = 255))] zone: &str,
    ) -> Result<Vec<String>, Violation> {
        let mut found = Vec::new();
        let mut name = name;
        while name != zone { //~ PC0405
            name = name.split_once('.').map_or("", |(_, parent)| parent);
            found.push(name.to_owned());
        }
        Ok(found)
    }

    // CVE-2022-36114 (cargo): a small archive that unpacks to a disk full of zeros.
    #[zero_trust(strict)]
    pub fn unpack<R: Read>(#[trusted(reason = "the upload")] archive: R) -> Result<Vec<u8>, Error> {
        let mut out = Vec::new();
        for byte in archive.bytes() { //~ PC0405
            let byte = byte?;
            out.extend([byte; 64]);
        }
        Ok(out)
    }

    // RUSTSEC-2018-0007 (trust-dns-proto): a compression pointer that pointed at itself.
    #[zero_trust(strict)]
    pub fn labels(
        #[check(length(max = 512))] message: Vec<u8>,
        #[check(range(max = 511))] start: usize,
    ) -> Result<usize, Error> {
        let mut at = start;
        let mut labels = 0;
        while let Some(length) = message.get(at) { //~ PC0405
            if *length == 0 {
                break;
            }
            at = if *length >= 192 { usize::from(*length & 63) } else { at + usize::from(*length) + 1 };
            labels ^= 1;
        }
        Ok(labels)
    }

    // CVE-2010-4476 (Java, `Double.parseDouble`): an approximation that jumped between two values.
    #[zero_trust(strict)]
    pub fn refine(#[check(range(min = 0.0, max = 1.0e300))] value: f64) -> Result<f64, Violation> {
        let next = |guess: f64| (guess + value / guess) / 2.0;
        let mut guess = value;
        while (guess * guess - value).abs() > f64::MIN_POSITIVE { //~ PC0405
            guess = next(guess);
        }
        Ok(guess)
    }

    // RUSTSEC-2023-0065 (tungstenite): the header of a handshake, read as long as it came.
    #[zero_trust(strict)]
    pub fn header<R: BufRead>(#[trusted(reason = "the connection")] mut peer: R) -> Result<String, Error> {
        let mut header = String::new();
        while peer.read_line(&mut header)? > 2 {} //~ PC0405
        Ok(header)
    }

    // CVE-2019-9518 (HTTP/2, empty frames flood): frames that hold nothing, without end.
    #[zero_trust(strict)]
    pub async fn frames(
        #[trusted(reason = "the connection")] mut frames: tokio::sync::mpsc::Receiver<Vec<u8>>,
    ) -> Result<usize, Violation> {
        let mut empty = 0;
        while let Some(frame) = frames.recv().await { //~ PC0405
            if frame.is_empty() {
                empty += 1;
            }
        }
        Ok(empty)
    }

    // RUSTSEC-2019-0033 (http, `HeaderMap::reserve`): probing without end for a place that is not there.
    #[zero_trust(strict)]
    pub fn free_slot(#[check(length(max = 64), each(range(max = 63)))] taken: &[u32]) -> Result<u32, Error> {
        for slot in 0.. { //~ PC0405
            if !taken.contains(&slot) {
                return Ok(slot);
            }
        }
        Err(Error::Busy)
    }
}

#[cfg(mended)]
pub mod mended {
    use std::io::{BufRead, Read};

    use portcullis::{Violation, zero_trust};
    use tokio::io::{AsyncRead, AsyncReadExt};

    use crate::shared::Error;

    #[zero_trust(strict)]
    pub fn sqrt_mod(
        #[check(range(max = 1_000_000))] value: u64,
        #[check(range(min = 1, max = 1_000_000))] modulus: u64,
    ) -> Result<u64, Error> {
        for root in 0..modulus {
            if root * root % modulus == value % modulus {
                return Ok(root);
            }
        }
        Err(Error::NotFound)
    }

    #[zero_trust(strict)]
    pub fn certificates(#[check(length(max = 4_096))] packets: &[u8]) -> Result<usize, Violation> {
        let mut count = 0;
        for version in packets {
            if *version == 4 {
                count += 1;
            }
        }
        Ok(count)
    }

    #[zero_trust(strict)]
    pub fn year(#[check(range(max = 40_000))] days: u32) -> Result<u32, Violation> {
        let mut days = days;
        for year in 1_980..2_100 {
            let length = if year % 4 == 0 { 366 } else { 365 };
            if days <= length {
                return Ok(year);
            }
            days -= length;
        }
        Ok(2_100)
    }

    #[zero_trust(strict, bounded_steps(max = 10_000))]
    pub async fn drain<R: AsyncRead + Unpin + Send>(
        #[trusted(reason = "the connection")] mut socket: R,
    ) -> Result<u64, Error> {
        let mut buffer = [0_u8; 512];
        let mut total = 0;
        loop {
            let read = socket.read(&mut buffer).await?;
            total += u64::try_from(read)?;
            if read == 0 {
                return Ok(total);
            }
        }
    }

    #[zero_trust(strict)]
    pub fn enclosers(
        #[check(length(max = 255))] name: &str,
        #[check(length(max = 255))] zone: &str,
    ) -> Result<Vec<String>, Violation> {
        let mut found = Vec::new();
        let mut name = name;
        for _ in 0..128 {
            if name == zone {
                break;
            }
            name = name.split_once('.').map_or("", |(_, parent)| parent);
            found.push(name.to_owned());
        }
        Ok(found)
    }

    #[zero_trust(strict)]
    pub fn unpack<R: Read>(#[trusted(reason = "the upload")] archive: R) -> Result<Vec<u8>, Error> {
        let mut out = Vec::new();
        for byte in archive.bytes().take(65_536) {
            let byte = byte?;
            out.extend([byte; 64]);
        }
        Ok(out)
    }

    #[zero_trust(strict, bounded_steps(max = 128))]
    pub fn labels(
        #[check(length(max = 512))] message: Vec<u8>,
        #[check(range(max = 511))] start: usize,
    ) -> Result<usize, Error> {
        let mut at = start;
        let mut labels = 0;
        while let Some(length) = message.get(at) {
            if *length == 0 {
                break;
            }
            at = if *length >= 192 { usize::from(*length & 63) } else { at + usize::from(*length) + 1 };
            labels ^= 1;
        }
        Ok(labels)
    }

    #[zero_trust(strict)]
    pub fn refine(#[check(range(min = 0.0, max = 1.0e300))] value: f64) -> Result<f64, Violation> {
        let next = |guess: f64| (guess + value / guess) / 2.0;
        let mut guess = value;
        for _ in 0..1_100 {
            guess = next(guess);
        }
        Ok(guess)
    }

    #[zero_trust(strict)]
    pub fn header<R: BufRead>(#[trusted(reason = "the connection")] mut peer: R) -> Result<String, Error> {
        let mut header = String::new();
        for _ in 0..100 {
            if peer.by_ref().take(8_192).read_line(&mut header)? <= 2 {
                break;
            }
        }
        Ok(header)
    }

    #[zero_trust(strict, deadline("2s"))]
    pub async fn frames(
        #[trusted(reason = "the connection")] mut frames: tokio::sync::mpsc::Receiver<Vec<u8>>,
    ) -> Result<usize, Violation> {
        let mut empty = 0;
        while let Some(frame) = frames.recv().await {
            if frame.is_empty() {
                empty += 1;
            }
        }
        Ok(empty)
    }

    #[zero_trust(strict)]
    pub fn free_slot(#[check(length(max = 64), each(range(max = 63)))] taken: &[u32]) -> Result<u32, Error> {
        for slot in 0..64 {
            if !taken.contains(&slot) {
                return Ok(slot);
            }
        }
        Err(Error::Busy)
    }
}

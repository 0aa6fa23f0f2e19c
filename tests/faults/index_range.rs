//! An index that the rules let be outside.

#[cfg(faulty)]
pub mod faulty {
    use portcullis::{Violation, zero_trust};

    // Post-mortem: CrowdStrike, July 2024 (root cause analysis of 6 August): the 21st field of 20.
    #[zero_trust(strict)]
    pub fn template_field(
        #[check(each(range(max = 9)))] fields: [u32; 20],
        #[check(range(max = 20))] field: usize,
    ) -> Result<u32, Violation> {
        Ok(fields[field]) //~ PC0303
    }

    // RUSTSEC-2023-0039 (buffered-reader): an index that the input chose.
    #[zero_trust(strict)]
    pub async fn consumed(
        #[trusted(reason = "the reader's own buffer")] buffer: [u8; 32],
        #[check(range(max = 32))] amount: usize,
    ) -> Result<u8, Violation> {
        let next = buffer[amount]; //~ PC0303
        Ok(next)
    }

    // RUSTSEC-2022-0068 (capnp): a list pointer with an offset behind the segment.
    #[zero_trust(strict)]
    pub fn list_word(#[check(range(min = 1, max = 8))] pointer: usize) -> Result<u64, Violation> {
        let segment: [u64; 8] = [0; 8];
        let offset = pointer + 1;
        Ok(segment[offset]) //~ PC0303
    }

    // RUSTSEC-2023-0077 (rosenpass): the first byte of a message, taken for the number of its kind.
    #[zero_trust(strict)]
    pub fn message_kind(#[check(range(max = 200))] kind: u8) -> Result<&'static str, Violation> {
        const KINDS: [&str; 4] = ["hello", "initiation", "cookie", "data"];
        Ok(KINDS[usize::from(kind)]) //~ PC0303
    }

    // CVE-2014-0160 (OpenSSL, heartbleed): the length that the peer states, of a record that is shorter.
    #[zero_trust(strict)]
    pub fn heartbeat(
        #[trusted(reason = "bytes need no rule")] record: [u8; 64],
        #[check(range(max = 65_535))] payload: usize,
    ) -> Result<u8, Violation> {
        let mut sum: u8 = 0;
        if payload > 0 {
            sum ^= record[payload - 1]; //~ PC0303
        }
        Ok(sum)
    }

    // CVE-2021-3449 (OpenSSL): an extension that was there the first time only.
    #[zero_trust(strict)]
    pub fn signature_algorithm(
        #[check(length(max = 16), each(range(max = 64)))] offered: Vec<u16>,
    ) -> Result<u16, Violation> {
        Ok(offered[0]) //~ PC0303
    }
}

#[cfg(mended)]
pub mod mended {
    use crate::shared::Error;
    use portcullis::{Violation, zero_trust};

    #[zero_trust(strict)]
    pub fn template_field(
        #[check(each(range(max = 9)))] fields: [u32; 20],
        #[check(range(max = 19))] field: usize,
    ) -> Result<u32, Violation> {
        Ok(fields[field])
    }

    #[zero_trust(strict)]
    pub async fn consumed(
        #[trusted(reason = "the reader's own buffer")] buffer: [u8; 32],
        #[check(range(max = 32))] amount: usize,
    ) -> Result<u8, Error> {
        let next = buffer.get(amount).copied().ok_or(Error::Malformed)?;
        Ok(next)
    }

    #[zero_trust(strict)]
    pub fn list_word(#[check(range(min = 1, max = 6))] pointer: usize) -> Result<u64, Violation> {
        let segment: [u64; 8] = [0; 8];
        let offset = pointer + 1;
        Ok(segment[offset])
    }

    #[zero_trust(strict)]
    pub fn message_kind(#[check(range(max = 200))] kind: u8) -> Result<&'static str, Error> {
        const KINDS: [&str; 4] = ["hello", "initiation", "cookie", "data"];
        match KINDS.get(usize::from(kind)) {
            Some(kind) => Ok(kind),
            None => Err(Error::Malformed),
        }
    }

    #[zero_trust(strict)]
    pub fn heartbeat(
        #[trusted(reason = "bytes need no rule")] record: [u8; 64],
        #[check(range(max = 65_535))] payload: usize,
    ) -> Result<u8, Violation> {
        let mut sum: u8 = 0;
        if payload > 0 && payload <= 64 {
            sum ^= record[payload - 1];
        }
        Ok(sum)
    }

    #[zero_trust(strict)]
    pub fn signature_algorithm(
        #[check(length(min = 1, max = 16), each(range(max = 64)))] offered: Vec<u16>,
    ) -> Result<u16, Violation> {
        Ok(offered[0])
    }
}

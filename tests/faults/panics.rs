//! A macro that panics, where a refusal was meant.

#[cfg(faulty)]
pub mod faulty {
    use portcullis::{Violation, zero_trust};

    use crate::shared::{Db, Error};

    // CVE-2015-5477 (BIND): a TKEY query that failed an assertion, and the name server ended.
    #[zero_trust(strict)]
    pub fn tkey(#[check(length(max = 255))] name: &str) -> Result<usize, Violation> {
        assert!(!name.is_empty(), "a query has a name"); //~ PC0404
        Ok(name.len())
    }

    // CVE-2018-17144 (Bitcoin Core): an assertion on a transaction that spent one output twice.
    #[zero_trust(strict)]
    pub fn spend(#[check(length(min = 1, max = 99), each(range(max = 9_999)))] outputs: Vec<u32>) -> Result<usize, Violation> {
        let mut seen = std::collections::BTreeSet::new();
        for output in &outputs {
            assert_eq!(seen.replace(*output), None); //~ PC0404
        }
        Ok(seen.len())
    }

    // CVE-2020-8617 (BIND): a TSIG record that came to a place that was thought unreachable.
    #[zero_trust(strict)]
    pub async fn tsig(#[check(range(max = 63))] algorithm: u16) -> Result<&'static str, Error> {
        Ok(match algorithm {
            1 => "hmac-md5",
            2 => "hmac-sha256",
            _ => unreachable!("algorithms are registered: {algorithm}"), //~ PC0404
        })
    }

    // CVE-2026-27572 (wasmtime): a panic when a client's header fields were too many.
    #[zero_trust(strict)]
    pub fn add_field(#[check(range(max = 100_000))] fields: usize) -> Result<usize, Violation> {
        if fields > 32_768 {
            panic!("too many fields"); //~ PC0404
        }
        Ok(fields)
    }

    // CVE-2025-53901 (wasmtime): a call with arguments that nobody had thought of, and the host panicked.
    #[zero_trust(strict)]
    pub fn renumber(#[check(range(max = 64))] from: u32, #[check(range(max = 64))] to: u32) -> Result<u32, Violation> {
        use std::cmp::Ordering::{Equal, Greater, Less};
        let moved = match from.cmp(&to) {
            Less => to,
            Equal => todo!(), //~ PC0404
            Greater => from,
        };
        Ok(moved)
    }

    pub struct Chain {
        tip: u64,
    }

    // CVE-2016-2776 (BIND): an assertion in the making of a response.
    #[zero_trust(strict)]
    impl Chain {
        pub fn rewind(&self, #[check(range(max = 1_000))] blocks: u64) -> Result<u64, Violation> {
            let checked = |depth: u64| {
                std::assert!(depth <= self.tip); //~ PC0404
                self.tip - depth
            };
            Ok(checked(blocks))
        }
    }

    // Post-mortem: Cloudflare, leap second of 1 January 2017: `rand.Int63n` panics for a negative weight.
    #[zero_trust(strict)]
    pub fn weighted(#[check(range(min = -1_000, max = 1_000))] weight: i64) -> Result<i64, Violation> {
        use core::assert_ne as never;
        never!(weight, 0, "no weight"); //~ PC0404
        Ok(1_000 / weight)
    }

    pub trait Storage {
        fn load(&self, key: u64) -> Result<Vec<u8>, Error>;
    }

    // RUSTSEC-2023-0082 (phonenumber): a panic on input that the grammar lets through.
    #[zero_trust(strict)]
    impl Storage for Db {
        fn load(&self, #[check(range(max = 99))] _key: u64) -> Result<Vec<u8>, Error> {
            unimplemented!("binary rows") //~ PC0404
        }
    }
}

#[cfg(mended)]
pub mod mended {
    use portcullis::{Violation, zero_trust};

    use crate::shared::{Db, Error};

    #[zero_trust(strict)]
    pub fn tkey(#[check(length(min = 1, max = 255))] name: &str) -> Result<usize, Violation> {
        debug_assert!(!name.is_empty(), "the rule says so");
        Ok(name.len())
    }

    #[zero_trust(strict)]
    pub fn spend(#[check(length(min = 1, max = 99), each(range(max = 9_999)))] outputs: Vec<u32>) -> Result<usize, Error> {
        let mut seen = std::collections::BTreeSet::new();
        for output in &outputs {
            if !seen.insert(*output) {
                return Err(Error::Conflict);
            }
        }
        Ok(seen.len())
    }

    #[zero_trust(strict)]
    pub async fn tsig(#[check(range(max = 63))] algorithm: u16) -> Result<&'static str, Error> {
        Ok(match algorithm {
            1 => "hmac-md5",
            2 => "hmac-sha256",
            _ => return Err(Error::Malformed),
        })
    }

    #[zero_trust(strict)]
    pub fn add_field(#[check(range(max = 100_000))] fields: usize) -> Result<usize, Error> {
        if fields > 32_768 {
            return Err(Error::Malformed);
        }
        Ok(fields)
    }

    #[zero_trust(strict)]
    pub fn renumber(#[check(range(max = 64))] from: u32, #[check(range(max = 64))] to: u32) -> Result<u32, Violation> {
        use std::cmp::Ordering::{Equal, Greater, Less};
        let moved = match from.cmp(&to) {
            Less | Equal => to,
            Greater => from,
        };
        Ok(moved)
    }

    pub struct Chain {
        tip: u64,
    }

    #[zero_trust(strict)]
    impl Chain {
        pub fn rewind(&self, #[check(range(max = 1_000))] blocks: u64) -> Result<u64, Error> {
            let checked = |depth: u64| self.tip.checked_sub(depth);
            checked(blocks).ok_or(Error::Malformed)
        }
    }

    #[zero_trust(strict)]
    pub fn weighted(#[check(range(min = 1, max = 1_000))] weight: i64) -> Result<i64, Violation> {
        Ok(1_000 / weight)
    }

    pub trait Storage {
        fn load(&self, key: u64) -> Result<Vec<u8>, Error>;
    }

    #[zero_trust(strict)]
    impl Storage for Db {
        fn load(&self, #[check(range(max = 99))] key: u64) -> Result<Vec<u8>, Error> {
            Err(if key == 0 { Error::NotFound } else { Error::Internal })
        }
    }
}

//! Arithmetic that leaves its type for a value that the rules admit.

#[cfg(faulty)]
pub mod faulty {
    use portcullis::{Violation, zero_trust};

    // RUSTSEC-2021-0079 (hyper): the size of a chunk, digit by digit, left its type.
    #[zero_trust(strict)]
    pub fn chunk_size(
        #[check(range(max = 0x1fff_ffff))] size: u32,
        #[check(range(max = 15))] digit: u32,
    ) -> Result<u32, Violation> {
        Ok(size * 16 + digit) //~ PC0301
    }

    // RUSTSEC-2021-0073 (prost-types): a timestamp of a message became a time of the system by an addition that overflowed.
    #[zero_trust(strict)]
    pub async fn timestamp_nanos(
        #[check(range(min = 0, max = 253_402_300_799))] seconds: i64,
        #[check(range(min = 0, max = 999_999_999))] nanos: i64,
    ) -> Result<i64, Violation> {
        Ok(seconds * 1_000_000_000 + nanos) //~ PC0301
    }

    // RUSTSEC-2017-0005 (cookie): a large Max-Age in milliseconds.
    #[zero_trust(strict)]
    pub fn max_age(#[check(range(max = 20_000_000_000_000_000))] seconds: u64) -> Result<u64, Violation> {
        let millis: u64 = seconds * 1_000; //~ PC0301
        Ok(millis)
    }

    // Post-mortem: Boeing 787 (FAA AD 2015-09-07), a signed 32-bit count of hundredths of a second, full after 248 days.
    #[zero_trust(strict)]
    pub fn uptime_ticks(#[check(range(min = 0, max = 365))] days: i32) -> Result<i32, Violation> {
        const TICKS_A_DAY: i32 = 24 * 60 * 60 * 100;
        Ok(days * TICKS_A_DAY) //~ PC0301
    }

    pub struct Ledger;

    // RUSTSEC-2024-0338 (cosmwasm-std): `pow` wrapped for large exponents.
    #[zero_trust(strict)]
    impl Ledger {
        pub fn whole_units(
            &self,
            #[check(range(min = 1, max = 9))] amount: u64,
            #[check(range(max = 24))] decimals: u32,
        ) -> Result<u64, Violation> {
            let scale: u64 = 10;
            let scale = scale.pow(decimals); //~ PC0301
            Ok(scale / amount)
        }
    }

    // RUSTSEC-2025-0136 (sequoia-openpgp): a ciphertext shorter than one block, less one block.
    #[zero_trust(strict)]
    pub fn unwrapped_length(#[check(range(max = 4_096))] ciphertext: usize) -> Result<usize, Violation> {
        if ciphertext % 8 != 0 {
            return Ok(0);
        }
        Ok(ciphertext / 8 - 1) //~ PC0301
    }

    // RUSTSEC-2026-0007 (bytes): `new_cap + offset` overflowed in the condition that was to guard it.
    #[zero_trust(strict)]
    pub fn reclaims(
        #[check(range(max = 4_000_000_000))] capacity: u32,
        #[check(range(max = 4_000_000_000))] wanted: u32,
        #[check(range(max = 4_000_000_000))] offset: u32,
    ) -> Result<bool, Violation> {
        let end = wanted + offset; //~ PC0301
        Ok(capacity >= end)
    }

    // Post-mortem: Cloudflare, leap second of 1 January 2017: the clock had gone back, and a difference was negative.
    #[zero_trust(strict)]
    pub fn round_trip(
        #[check(range(min = 1, max = 4_000_000_000))] sent: u64,
        #[check(range(min = 1, max = 4_000_000_000))] received: u64,
    ) -> Result<u64, Violation> {
        let took = received - sent; //~ PC0301
        Ok(took)
    }

    // Post-mortem: YouTube, December 2014: a signed 32-bit count of views.
    #[zero_trust(strict)]
    pub fn views(
        #[check(range(min = 0, max = 2_000_000_000))] seen: i32,
        #[check(range(min = 0, max = 2_000_000_000))] batch: i32,
    ) -> Result<i32, Violation> {
        let mut views = seen;
        views += batch; //~ PC0301
        Ok(views)
    }

    // CVE-2002-0639 (OpenSSH): the number of responses times the size of a pointer.
    #[zero_trust(strict)]
    pub fn response_bytes(
        #[check(one_of(32, 64))] width: u32,
        #[check(range(max = 0x4000_0000))] responses: u32,
    ) -> Result<u32, Violation> {
        Ok(match width {
            32 => responses,
            _ => responses * 8, //~ PC0301
        })
    }

    // Post-mortem: Therac-25 (Leveson and Turner, 1993): a one-byte counter came round to zero, and the check was skipped.
    #[zero_trust(strict)]
    pub fn setup_passes(#[check(range(max = 256))] passes: u32) -> Result<u8, Violation> {
        let mut class3: u8 = 0;
        for _ in 0..passes {
            class3 += 1; //~ PC0301
        }
        Ok(class3)
    }
}

#[cfg(mended)]
pub mod mended {
    use portcullis::{Violation, zero_trust};

    #[zero_trust(strict)]
    pub fn chunk_size(
        #[check(range(max = 0x0fff_ffff))] size: u32,
        #[check(range(max = 15))] digit: u32,
    ) -> Result<u32, Violation> {
        Ok(size * 16 + digit)
    }

    #[zero_trust(strict)]
    pub async fn timestamp_nanos(
        #[check(range(min = 0, max = 253_402_300_799))] seconds: i64,
        #[check(range(min = 0, max = 999_999_999))] nanos: i64,
    ) -> Result<i128, Violation> {
        Ok(i128::from(seconds) * 1_000_000_000 + i128::from(nanos))
    }

    #[zero_trust(strict)]
    pub fn max_age(#[check(range(max = 31_536_000))] seconds: u64) -> Result<u64, Violation> {
        let millis: u64 = seconds * 1_000;
        Ok(millis)
    }

    #[zero_trust(strict)]
    pub fn uptime_ticks(#[check(range(min = 0, max = 365))] days: i32) -> Result<i64, Violation> {
        const TICKS_A_DAY: i64 = 24 * 60 * 60 * 100;
        Ok(i64::from(days) * TICKS_A_DAY)
    }

    pub struct Ledger;

    #[zero_trust(strict)]
    impl Ledger {
        pub fn whole_units(
            &self,
            #[check(range(min = 1, max = 9))] amount: u64,
            #[check(range(max = 18))] decimals: u32,
        ) -> Result<u64, Violation> {
            let scale: u64 = 10;
            let scale = scale.pow(decimals);
            Ok(scale / amount)
        }
    }

    #[zero_trust(strict)]
    pub fn unwrapped_length(#[check(range(min = 16, max = 4_096))] ciphertext: usize) -> Result<usize, Violation> {
        if ciphertext % 8 != 0 {
            return Ok(0);
        }
        Ok(ciphertext / 8 - 1)
    }

    #[zero_trust(strict)]
    pub fn reclaims(
        #[check(range(max = 4_000_000_000))] capacity: u32,
        #[check(range(max = 4_000_000_000))] wanted: u32,
        #[check(range(max = 4_000_000_000))] offset: u32,
    ) -> Result<bool, Violation> {
        Ok(wanted.checked_add(offset).is_some_and(|end| capacity >= end))
    }

    #[zero_trust(strict)]
    pub fn round_trip(
        #[check(range(min = 1, max = 4_000_000_000))] sent: u64,
        #[check(range(min = 1, max = 4_000_000_000))] received: u64,
    ) -> Result<u64, Violation> {
        let took = received.saturating_sub(sent);
        Ok(took)
    }

    #[zero_trust(strict)]
    pub fn views(
        #[check(range(min = 0, max = 2_000_000_000))] seen: i64,
        #[check(range(min = 0, max = 2_000_000_000))] batch: i64,
    ) -> Result<i64, Violation> {
        let mut views = seen;
        views += batch;
        Ok(views)
    }

    #[zero_trust(strict)]
    pub fn response_bytes(
        #[check(one_of(32, 64))] width: u32,
        #[check(range(max = 0x1000))] responses: u32,
    ) -> Result<u32, Violation> {
        Ok(match width {
            32 => responses,
            _ => responses * 8,
        })
    }

    #[zero_trust(strict)]
    pub fn setup_passes(#[check(range(max = 256))] passes: u32) -> Result<u16, Violation> {
        let mut class3: u16 = 0;
        for _ in 0..passes {
            class3 += 1;
        }
        Ok(class3)
    }
}

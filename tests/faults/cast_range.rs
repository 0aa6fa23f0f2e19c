//! A cast that loses a value that the rules admit.

#[cfg(faulty)]
pub mod faulty {
    use portcullis::{Violation, zero_trust};

    // RUSTSEC-2024-0363 (sqlx): the length of a value beyond 4 GiB, written into a 32-bit length prefix.
    #[zero_trust(strict)]
    pub fn length_prefix(#[check(range(max = 8_589_934_592))] length: u64) -> Result<i32, Violation> {
        Ok(length as i32) //~ PC0305
    }

    // Post-mortem: Microsoft Exchange, 1 January 2022: 2201010001 in a signed 32-bit number, and no mail was delivered.
    #[zero_trust(strict)]
    pub fn signature_version(
        #[check(range(min = 2_101_010_001, max = 2_912_319_999))] stamp: i64,
    ) -> Result<i32, Violation> {
        let version = stamp as i32; //~ PC0305
        Ok(version)
    }

    // Post-mortem: Comair, 25 December 2004: more than 32,767 changes of crews in a month.
    #[zero_trust(strict)]
    pub async fn crew_changes(#[check(range(max = 40_000))] changes: u32) -> Result<i16, Violation> {
        if changes == 0 {
            return Ok(0);
        }
        Ok(changes as i16) //~ PC0305
    }

    // CVE-2002-0392 (Apache): the size of a chunk became negative.
    #[zero_trust(strict)]
    pub fn chunk_left(
        #[check(range(max = 0xffff_fff0))] size: u32,
        #[check(range(max = 15))] read: u32,
    ) -> Result<i32, Violation> {
        let size = size + read;
        let left: i32 = size as i32; //~ PC0305
        Ok(left)
    }

    // CVE-2020-15999 (FreeType): the width of a bitmap, kept in 16 bits.
    #[zero_trust(strict)]
    pub fn bitmap_row(#[check(range(min = 1, max = 100_000))] width: usize) -> Result<(u16, usize), Violation> {
        let row = (width as u16, width * 4); //~ PC0305
        Ok(row)
    }
}

#[cfg(mended)]
pub mod mended {
    use crate::shared::Error;
    use portcullis::{Violation, zero_trust};

    #[zero_trust(strict)]
    pub fn length_prefix(#[check(range(max = 8_589_934_592))] length: u64) -> Result<i32, Error> {
        Ok(i32::try_from(length)?)
    }

    #[zero_trust(strict)]
    pub fn signature_version(
        #[check(range(min = 2_101_010_001, max = 2_912_319_999))] stamp: i64,
    ) -> Result<i64, Violation> {
        let version = stamp;
        Ok(version)
    }

    #[zero_trust(strict)]
    pub async fn crew_changes(#[check(range(max = 30_000))] changes: u32) -> Result<i16, Violation> {
        if changes == 0 {
            return Ok(0);
        }
        Ok(changes as i16)
    }

    #[zero_trust(strict)]
    pub fn chunk_left(
        #[check(range(max = 0x00ff_fff0))] size: u32,
        #[check(range(max = 15))] read: u32,
    ) -> Result<i32, Violation> {
        let size = size + read;
        let left: i32 = size as i32;
        Ok(left)
    }

    #[zero_trust(strict)]
    pub fn bitmap_row(#[check(range(min = 1, max = 65_535))] width: usize) -> Result<(u16, usize), Violation> {
        let row = (width as u16, width * 4);
        Ok(row)
    }
}

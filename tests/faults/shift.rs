//! A shift by the width of the type or more.

#[cfg(faulty)]
pub mod faulty {
    use portcullis::{Violation, zero_trust};

    // CVE-2020-27774 (ImageMagick): a shift too large for its 64-bit type, by a number of the file.
    #[zero_trust(strict)]
    pub fn quantum(#[check(range(max = 64))] depth: u32) -> Result<u64, Violation> {
        Ok(1u64 << depth) //~ PC0304
    }

    // CVE-2023-52810 (Linux, jfs): the shift that an image of a file system states.
    #[zero_trust(strict)]
    pub fn block_of(
        #[check(range(max = 1_000_000))] address: u32,
        #[check(range(max = 63))] shift: u32,
    ) -> Result<u32, Violation> {
        Ok(address >> shift) //~ PC0304
    }

    // CVE-2015-5237 (protobuf) is of its lengths; its varints are read like this, and an eleventh byte shifts by 70.
    #[zero_trust(strict)]
    pub fn varint_part(
        #[check(range(max = 127))] part: u64,
        #[check(range(max = 10))] at: u32,
    ) -> Result<u64, Violation> {
        let shift = at * 7;
        Ok(part << shift) //~ PC0304
    }

    // CVE-2016-2053 (Linux, asn1_ber_decoder): BER of a stranger; here a tag in as many seven-bit groups as it likes.
    #[zero_trust(strict)]
    pub fn tag(#[check(range(max = 127))] first: u32) -> Result<u32, Violation> {
        let mut tag = first;
        for group in 0..6 {
            let shift: u32 = group * 7;
            tag |= first << shift; //~ PC0304
        }
        Ok(tag)
    }

    // CVE-2020-27771 (ImageMagick): numbers of a file outside what the type holds; here as many bits as the row has.
    #[zero_trust(strict)]
    pub async fn row_mask(#[check(range(min = 1, max = 16))] bits: u8) -> Result<u16, Violation> {
        let mut mask: u16 = 0xffff;
        mask <<= bits; //~ PC0304
        Ok(!mask)
    }
}

#[cfg(mended)]
pub mod mended {
    use portcullis::{Violation, zero_trust};

    #[zero_trust(strict)]
    pub fn quantum(#[check(range(max = 63))] depth: u32) -> Result<u64, Violation> {
        Ok(1u64 << depth)
    }

    #[zero_trust(strict)]
    pub fn block_of(
        #[check(range(max = 1_000_000))] address: u32,
        #[check(range(max = 63))] shift: u32,
    ) -> Result<u32, Violation> {
        Ok(if shift < 32 { address >> shift } else { 0 })
    }

    #[zero_trust(strict)]
    pub fn varint_part(
        #[check(range(max = 127))] part: u64,
        #[check(range(max = 8))] at: u32,
    ) -> Result<u64, Violation> {
        let shift = at * 7;
        Ok(part << shift)
    }

    #[zero_trust(strict)]
    pub fn tag(#[check(range(max = 127))] first: u32) -> Result<u32, Violation> {
        let mut tag = first;
        for group in 0..4 {
            let shift: u32 = group * 7;
            tag |= first << shift;
        }
        Ok(tag)
    }

    #[zero_trust(strict)]
    pub async fn row_mask(#[check(range(min = 1, max = 16))] bits: u8) -> Result<u16, Violation> {
        let mut mask: u32 = 0xffff_ffff;
        mask <<= bits;
        Ok(u16::try_from(!mask).unwrap_or(u16::MAX))
    }
}

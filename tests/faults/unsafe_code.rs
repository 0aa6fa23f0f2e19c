//! `unsafe` in a body that a client drives.

#[cfg(faulty)]
pub mod faulty {
    use portcullis::{Violation, zero_trust};

    // RUSTSEC-2020-0009 (flatbuffers): a scalar read from bytes by a pointer, whatever stood there.
    #[zero_trust(strict)]
    pub fn scalar(#[check(length(min = 8, max = 64))] bytes: &[u8]) -> Result<u64, Violation> {
        let value = unsafe { bytes.as_ptr().cast::<u64>().read_unaligned() }; //~ PC0407
        Ok(value)
    }

    // RUSTSEC-2018-0004 (claxon): memory that nothing had been written to was handed out.
    #[zero_trust(strict)]
    pub fn samples(#[check(range(max = 4_096))] count: usize) -> Result<Vec<u8>, Violation> {
        let mut samples = Vec::with_capacity(4_096);
        unsafe { //~ PC0407
            samples.set_len(count);
        }
        Ok(samples)
    }

    // RUSTSEC-2022-0019 (crossbeam-channel): a zero where a value of any type should be.
    #[zero_trust(strict)]
    pub async fn slot(#[check(range(max = 8))] at: usize) -> Result<Option<String>, Violation> {
        let mut slots: [Option<String>; 9] = unsafe { std::mem::zeroed() }; //~ PC0407
        Ok(slots[at].take())
    }

    // RUSTSEC-2021-0003 (smallvec): `insert_many` wrote past what it had room for.
    #[zero_trust(strict)]
    pub fn text(#[check(length(max = 64))] bytes: Vec<u8>) -> Result<String, Violation> {
        Ok(unsafe { String::from_utf8_unchecked(bytes) }) //~ PC0407
    }

    // RUSTSEC-2026-0041 (lz4_flex): an offset that was not looked at before bytes were copied from it.
    #[zero_trust(strict)]
    pub fn back_reference(
        #[check(length(max = 4_096))] window: &[u8],
        #[check(range(max = 65_535))] offset: usize,
    ) -> Result<u8, Violation> {
        let copied = |at: usize| unsafe { *window.get_unchecked(at) }; //~ PC0407
        Ok(copied(offset))
    }

    // RUSTSEC-2019-0034 (http, `HeaderMap::drain`): values that were taken twice.
    #[zero_trust(strict)]
    pub fn drained(#[check(length(max = 9), each(length(max = 9)))] values: Vec<String>) -> Result<usize, Violation> {
        fn twice(value: &String) -> String {
            value.clone()
        }
        let mut sum = 0;
        for value in &values {
            sum += twice(value).len();
            sum += match value.len() {
                0 => 0,
                _ => unsafe { std::ptr::read(value).len() }, //~ PC0407
            };
        }
        Ok(sum)
    }

    pub struct Table(Vec<u64>);

    // RUSTSEC-2021-0124 (tokio, `oneshot`): a place that two threads took to be their own.
    #[zero_trust(strict)]
    impl Table {
        pub unsafe fn at(&self, #[check(range(max = 9))] at: usize) -> Result<u64, Violation> { //~ PC0407
            Ok(self.0[at])
        }
    }
}

#[cfg(mended)]
pub mod mended {
    use portcullis::{Violation, zero_trust};

    use crate::shared::Error;

    #[zero_trust(strict)]
    pub fn scalar(#[check(length(min = 8, max = 64))] bytes: &[u8]) -> Result<u64, Error> {
        let value = bytes.first_chunk().copied().map(u64::from_le_bytes).ok_or(Error::Malformed)?;
        Ok(value)
    }

    #[zero_trust(strict)]
    pub fn samples(#[check(range(max = 4_096))] count: usize) -> Result<Vec<u8>, Violation> {
        let mut samples = Vec::with_capacity(4_096);
        samples.resize(count, 0);
        Ok(samples)
    }

    #[zero_trust(strict)]
    pub async fn slot(#[check(range(max = 8))] at: usize) -> Result<Option<String>, Violation> {
        let mut slots: [Option<String>; 9] = Default::default();
        Ok(slots[at].take())
    }

    #[zero_trust(strict)]
    pub fn text(#[check(length(max = 64))] bytes: Vec<u8>) -> Result<String, Error> {
        Ok(String::from_utf8(bytes)?)
    }

    #[zero_trust(strict)]
    pub fn back_reference(
        #[check(length(max = 4_096))] window: &[u8],
        #[check(range(max = 65_535))] offset: usize,
    ) -> Result<u8, Error> {
        let copied = |at: usize| window.get(at).copied();
        copied(offset).ok_or(Error::Malformed)
    }

    #[zero_trust(strict)]
    pub fn drained(#[check(length(max = 9), each(length(max = 9)))] values: Vec<String>) -> Result<usize, Violation> {
        let mut sum = 0;
        for value in &values {
            sum += value.len();
            sum += match value.len() {
                0 => 0,
                _ => value.clone().len(),
            };
        }
        Ok(sum)
    }

    pub struct Table(Vec<u64>);

    #[zero_trust(strict)]
    impl Table {
        pub fn at(&self, #[check(range(max = 9))] at: usize) -> Result<u64, Violation> {
            Ok(self.0[at])
        }
    }
}

//! What cannot be checked in a function that holds `unsafe`, and futures that are not to be seen.

/// What the service trusts, made in another place.
pub fn first(bytes: &[u8]) -> u8 {
    bytes.first().copied().unwrap_or_default()
}

pub async fn other(key: u64) -> Result<u64, crate::shared::Error> {
    tokio::task::yield_now().await;
    Ok(key)
}

#[cfg(faulty)]
pub mod faulty {
    use std::pin::Pin;

    use portcullis::{Violation, zero_trust};

    use super::other;
    use crate::shared::Error;

    // RUSTSEC-2024-0363 (sqlx): a cast of a length, where bytes are written by hand.
    #[zero_trust(strict)]
    pub fn prefix(#[check(length(min = 1, max = 70_000))] value: &[u8]) -> Result<u16, Violation> {
        #[portcullis::allow(unsafe, reason = "there is one, the rule says so")]
        let first = unsafe { *value.as_ptr() };
        Ok((value.len() as u16) ^ u16::from(first)) //~ PC0021
    }

    // RUSTSEC-2021-0003 (smallvec): a size hint that was taken for a size.
    #[zero_trust(strict)]
    pub fn hinted(#[check(length(max = 64))] values: Vec<u8>) -> Result<i8, Violation> {
        #[portcullis::allow(unsafe, reason = "shorter than it was")]
        unsafe {
            let mut values = values;
            values.set_len(0);
            Ok(values.capacity() as i8) //~ PC0021
        }
    }

    // RUSTSEC-2026-0007 (bytes): an offset that was larger than the capacity.
    #[zero_trust(strict)]
    #[portcullis::allow(unsafe, reason = "reviewed with the offset in mind")]
    pub async fn advance(#[check(range(max = 99))] by: i64, #[check(length(max = 9))] bytes: &[u8]) -> Result<u8, Violation> {
        let offset = by as usize; //~ PC0021
        if offset < bytes.len() { Ok(unsafe { *bytes.get_unchecked(offset) }) } else { Ok(0) }
    }

    // RUSTSEC-2018-0004 (claxon): a buffer that is filled step by step, if every step is taken.
    #[zero_trust(strict, bounded_steps(max = 100))]
    #[portcullis::allow(unsafe, reason = "all of it is filled below")]
    pub fn filled(#[check(length(max = 64))] source: &[u8]) -> Result<u8, Violation> {
        let mut sum = 0_u8;
        for at in 0..source.len() { //~ PC0022
            sum ^= unsafe { *source.get_unchecked(at) };
        }
        Ok(sum)
    }

    // RUSTSEC-2019-0034 (http, `HeaderMap::drain`): left in the middle, with values in two places.
    #[zero_trust(strict, deadline("2s"))]
    #[portcullis::allow(unsafe, reason = "each is read once")]
    pub fn drained(#[check(length(max = 64))] bytes: Vec<u8>) -> Result<usize, Violation> {
        let mut at = 0;
        while at < bytes.len() { //~ PC0022
            at ^= unsafe { usize::from(*bytes.as_ptr()) } | 1;
        }
        Ok(at)
    }

    // RUSTSEC-2022-0037 (async-graphql): a resolver that hands on a future, with a bound that bounds nothing.
    #[zero_trust(strict)]
    pub fn resolve(#[check(range(max = 99))] key: u64) -> impl Future<Output = Result<u64, Error>> { //~ PC0008
        other(key)
    }

    // CVE-2023-44487 (HTTP/2, rapid reset): work that is made in one place and done in another.
    #[zero_trust(strict)]
    pub fn boxed(
        #[check(range(max = 99))] key: u64,
    ) -> Pin<Box<dyn Future<Output = Result<u64, Error>> + Send>> { //~ PC0008
        let later = other(key);
        Box::pin(later)
    }

    pub struct Handler;

    // RUSTSEC-2022-0038 (juniper): the same, behind a method.
    #[zero_trust(strict)]
    impl Handler {
        pub fn call(&self, #[check(range(max = 99))] key: u64) -> impl Future<Output = Result<u64, Error>> + use<> { //~ PC0008
            if key > 9 { futures_util::future::Either::Left(other(1)) } else { futures_util::future::Either::Right(other(key)) }
        }
    }

    // CVE-2015-5477 (BIND): an answer that has no way to say no.
    #[zero_trust(strict)]
    pub fn answer(#[check(length(max = 9))] name: &str) -> usize { //~ PC0007
        name.len()
    }

    // RUSTSEC-2024-0376 (tonic): an error that no type has a place for.
    #[zero_trust(strict)]
    pub async fn accept(#[check(range(max = 9))] peer: u32) -> Option<u32> { //~ PC0007
        Some(peer)
    }
}

#[cfg(mended)]
pub mod mended {
    use std::pin::Pin;

    use portcullis::{Violation, zero_trust};

    use super::{first, other};
    use crate::shared::Error;

    #[zero_trust(strict)]
    pub fn prefix(#[check(length(min = 1, max = 70_000))] value: &[u8]) -> Result<u16, Violation> {
        let first = first(value);
        Ok((value.len() as u16) ^ u16::from(first))
    }

    #[zero_trust(strict)]
    pub fn hinted(#[check(length(max = 64))] values: Vec<u8>) -> Result<i8, Violation> {
        let mut values = values;
        values.clear();
        Ok(values.capacity() as i8)
    }

    #[zero_trust(strict)]
    pub async fn advance(#[check(range(max = 99))] by: u8, #[check(length(max = 9))] bytes: &[u8]) -> Result<u8, Violation> {
        let offset = usize::from(by);
        if offset < bytes.len() { Ok(bytes[offset]) } else { Ok(0) }
    }

    #[zero_trust(strict, bounded_steps(max = 100))]
    pub fn filled(#[check(length(max = 64))] source: &[u8]) -> Result<u8, Violation> {
        let mut sum = 0_u8;
        for byte in source {
            sum ^= *byte;
        }
        Ok(sum)
    }

    #[zero_trust(strict, deadline("2s"))]
    pub fn drained(#[check(length(max = 64))] bytes: Vec<u8>) -> Result<usize, Violation> {
        let mut at = 0;
        while at < bytes.len() {
            at ^= usize::from(first(&bytes)) | 1;
        }
        Ok(at)
    }

    #[zero_trust(strict)]
    pub async fn resolve(#[check(range(max = 99))] key: u64) -> Result<u64, Error> {
        other(key).await
    }

    #[zero_trust(strict)]
    pub fn boxed(#[check(range(max = 99))] key: u64) -> Pin<Box<dyn Future<Output = Result<u64, Error>> + Send>> {
        Box::pin(async move {
            let later = other(key);
            later.await
        })
    }

    pub struct Handler;

    #[zero_trust(strict)]
    impl Handler {
        pub async fn call(&self, #[check(range(max = 99))] key: u64) -> Result<u64, Error> {
            if key > 9 { other(1).await } else { other(key).await }
        }
    }

    #[zero_trust(strict, or(return 0))]
    pub fn answer(#[check(length(max = 9))] name: &str) -> usize {
        name.len()
    }

    #[zero_trust(strict)]
    pub async fn accept(#[check(range(max = 9))] peer: u32) -> Result<Option<u32>, Violation> {
        Ok(Some(peer))
    }
}

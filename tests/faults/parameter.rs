//! A value that the client chooses, and nothing checks.

#[cfg(faulty)]
pub mod faulty {
    use std::collections::HashMap;

    use portcullis::{Violation, zero_trust};

    use crate::shared::{Db, Error, State};

    // Post-mortem: the card-game server that this project starts from: a client's `0`, which nobody looked at.
    #[zero_trust(strict)]
    pub async fn collect_idle(
        #[trusted(reason = "made at start-up")] State(db): State<Db>,
        secs: i32, //~ PC0101
    ) -> Result<Option<u64>, Error> {
        db.find(u64::from(secs.unsigned_abs())).await
    }

    // RUSTSEC-2021-0079 (hyper): the size of a chunk, which the peer chooses.
    #[zero_trust(strict)]
    pub fn chunk(size: u64) -> Result<u64, Violation> { //~ PC0101
        Ok(size ^ 1)
    }

    // CVE-2024-37032 (Ollama): a digest that became a path.
    #[zero_trust(strict)]
    pub fn blob(digest: &str) -> Result<String, Violation> { //~ PC0101
        Ok(format!("blobs/{digest}"))
    }

    // CVE-2021-44228 (Log4j): a text of the client, as long as it likes and whatever is in it.
    #[zero_trust(strict)]
    pub async fn agent(header: Option<String>) -> Result<usize, Violation> { //~ PC0101
        Ok(header.map_or(0, |header| header.len()))
    }

    // CVE-2011-3192 (Apache, `Range` header): hundreds of overlapping ranges.
    #[zero_trust(strict)]
    pub fn ranges(ranges: Vec<(u64, u64)>) -> Result<usize, Violation> { //~ PC0102
        Ok(ranges.len())
    }

    // CVE-2011-4885 (PHP, hash collisions): as many form fields as the request has.
    #[zero_trust(strict)]
    pub fn form(#[check(length(max = 99))] fields: HashMap<String, String>) -> Result<usize, Violation> { //~ PC0101
        Ok(fields.len())
    }

    // CVE-2020-26266 (TensorFlow): values that were never looked at; and NaN passes every comparison that refuses what is too large.
    #[zero_trust(strict)]
    pub fn bid(
        #[check(range(min = 1, max = 99))] count: u32,
        price: f64, //~ PC0101
    ) -> Result<bool, Violation> {
        Ok(price < 1_000.0 && count > 1)
    }

    pub struct Shop;

    // CVE-2019-11043 (PHP-FPM): a length that a URL chose.
    #[zero_trust(strict)]
    impl Shop {
        pub fn page(&self, number: usize) -> Result<usize, Violation> { //~ PC0101
            Ok(number ^ 1)
        }
    }

    // RUSTSEC-2023-0065 (tungstenite): names of headers of any length.
    #[zero_trust(strict)]
    pub mod headers {
        use portcullis::Violation;

        pub fn names(#[check(length(max = 99))] names: &[String]) -> Result<usize, Violation> { //~ PC0101
            Ok(names.len())
        }
    }
}

#[cfg(mended)]
pub mod mended {
    use std::collections::HashMap;

    use portcullis::{Violation, zero_trust};

    use crate::shared::{Db, Error, State};

    #[zero_trust(strict)]
    pub async fn collect_idle(
        #[trusted(reason = "made at start-up")] State(db): State<Db>,
        #[check(range(min = 1, max = 86_400))] secs: i32,
    ) -> Result<Option<u64>, Error> {
        db.find(u64::from(secs.unsigned_abs())).await
    }

    #[zero_trust(strict)]
    pub fn chunk(#[check(range(max = 65_536))] size: u64) -> Result<u64, Violation> {
        Ok(size ^ 1)
    }

    #[zero_trust(strict)]
    pub fn blob(#[check(length(max = 71), regex = "^sha256-[0-9a-f]{64}$")] digest: &str) -> Result<String, Violation> {
        Ok(format!("blobs/{digest}"))
    }

    #[zero_trust(strict)]
    pub async fn agent(#[check(length(max = 200), non_control)] header: Option<String>) -> Result<usize, Violation> {
        Ok(header.map_or(0, |header| header.len()))
    }

    fn in_order(range: &(u64, u64)) -> Result<(), portcullis::validator::ValidationError> {
        if range.0 <= range.1 { Ok(()) } else { Err(portcullis::validator::ValidationError::new("order")) }
    }

    #[zero_trust(strict)]
    pub fn ranges(#[check(length(max = 8), each(custom = in_order))] ranges: Vec<(u64, u64)>) -> Result<usize, Violation> {
        Ok(ranges.len())
    }

    #[zero_trust(strict)]
    pub fn form(
        #[check(length(max = 99), keys(length(max = 40)), values(length(max = 999)))] fields: HashMap<String, String>,
    ) -> Result<usize, Violation> {
        Ok(fields.len())
    }

    #[zero_trust(strict)]
    pub fn bid(
        #[check(range(min = 1, max = 99))] count: u32,
        #[check(range(min = 0.0, max = 1.0e6))] price: f64,
    ) -> Result<bool, Violation> {
        Ok(price < 1_000.0 && count > 1)
    }

    pub struct Shop;

    #[zero_trust(strict)]
    impl Shop {
        pub fn page(&self, #[check(range(max = 1_000))] number: usize) -> Result<usize, Violation> {
            Ok(number ^ 1)
        }
    }

    #[zero_trust(strict)]
    pub mod headers {
        use portcullis::Violation;

        pub fn names(#[check(length(max = 99), each(length(max = 40)))] names: &[String]) -> Result<usize, Violation> {
            Ok(names.len())
        }
    }
}

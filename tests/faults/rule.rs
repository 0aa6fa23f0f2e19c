//! A rule that is there and rules nothing, or not what was meant.

#[cfg(faulty)]
pub mod faulty {
    use std::collections::BTreeMap;

    use portcullis::{Violation, zero_trust};

    // CVE-2022-21449 (Java, ECDSA): 0 is not in the range of a signature's numbers; here a range in the wrong order.
    #[zero_trust(strict)]
    pub fn signature(#[check(range(min = 100, max = 1))] r: u32) -> Result<u32, Violation> { //~ PC0104
        Ok(r ^ 1)
    }

    // CVE-2014-1266 (Apple, goto fail): a check that lets nothing through, or all.
    #[zero_trust(strict)]
    pub async fn level(
        #[check(range(exclusive_min = 3, exclusive_max = 4))] level: u8, //~ PC0104
    ) -> Result<u8, Violation> {
        Ok(level ^ 1)
    }

    // Post-mortem: Cloudflare, 2 July 2019: a rule that was rolled out and refused, in effect, everybody.
    #[zero_trust(strict)]
    pub fn colour(#[check(length(min = 20, max = 2))] name: &str) -> Result<usize, Violation> { //~ PC0104
        Ok(name.len())
    }

    // CVE-2002-0639 (OpenSSH): a limit of more than the number can be.
    #[zero_trust(strict)]
    pub fn age(#[check(range(min = 1, max = 300))] years: u8) -> Result<u8, Violation> { //~ PC0105
        Ok(years ^ 1)
    }

    // CVE-2021-33909 (Linux): a bound of one type, and a value of another.
    #[zero_trust(strict)]
    pub async fn balance(
        #[check(range(max = 9))] account: u32,
        #[check(range(min = -100, max = 100))] cents: u64, //~ PC0105
    ) -> Result<u64, Violation> {
        Ok(cents ^ u64::from(account))
    }

    pub struct Port;

    // CVE-2020-27771 (ImageMagick): a value outside of what the type holds.
    #[zero_trust(strict)]
    impl Port {
        pub fn open(&self, #[check(range(min = 1, max = 65_536))] port: u16) -> Result<u16, Violation> { //~ PC0105
            Ok(port ^ 1)
        }
    }

    // RUSTSEC-2022-0055 (axum-core): no limit on the size of a body.
    #[zero_trust(strict)]
    pub fn rename(#[check(length(min = 1))] name: &str) -> Result<usize, Violation> { //~ PC0106
        Ok(name.len())
    }

    // CVE-2023-24998 (commons-fileupload): a limit on each part, and none on how many there are.
    #[zero_trust(strict)]
    pub fn upload(#[check(each(length(max = 64)))] parts: Vec<String>) -> Result<usize, Violation> { //~ PC0106
        Ok(parts.len())
    }

    // RUSTSEC-2021-0026 (comrak): a pattern that the client can go around.
    #[zero_trust(strict)]
    pub fn host(#[check(length(max = 99), regex = "[a-z.]+")] host: &str) -> Result<usize, Violation> { //~ PC0106
        Ok(host.len())
    }

    // RUSTSEC-2021-0079 (hyper): a limit that is the type's own.
    #[zero_trust(strict)]
    pub async fn slot(#[check(range(max = 255))] slot: u8) -> Result<u8, Violation> { //~ PC0106
        Ok(slot ^ 1)
    }

    // CVE-2011-4885 (PHP): keys were looked at, but not how many.
    #[zero_trust(strict)]
    pub fn tags(
        #[check(keys(length(max = 9)), values(range(max = 9)))] tags: BTreeMap<String, u32>, //~ PC0106
    ) -> Result<usize, Violation> {
        Ok(tags.len())
    }

    // CVE-2012-2661 (Rails): a rule for one kind of value, and a value of another.
    #[zero_trust(strict)]
    pub fn nick(#[check(range(min = 1, max = 20))] name: &str) -> Result<usize, Violation> { //~ PC0103
        Ok(name.len())
    }

    // CVE-2017-5638 (Struts): what is checked is not what is used.
    #[zero_trust(strict)]
    pub async fn count(#[check(length(max = 3))] count: u32) -> Result<u32, Violation> { //~ PC0103
        Ok(count ^ 1)
    }

    // CVE-2021-44228 (Log4j): the check is of another name.
    #[zero_trust(strict)]
    pub fn point(
        #[check(x(range(max = 9)), z(range(max = 9)))] (x, y): (u32, bool), //~ PC0108
    ) -> Result<u32, Violation> {
        Ok(if y { x } else { 0 })
    }
}

#[cfg(mended)]
pub mod mended {
    use std::collections::BTreeMap;

    use portcullis::{Violation, zero_trust};

    #[zero_trust(strict)]
    pub fn signature(#[check(range(min = 1, max = 100))] r: u32) -> Result<u32, Violation> {
        Ok(r ^ 1)
    }

    #[zero_trust(strict)]
    pub async fn level(#[check(range(exclusive_min = 3, exclusive_max = 5))] level: u8) -> Result<u8, Violation> {
        Ok(level ^ 1)
    }

    #[zero_trust(strict)]
    pub fn colour(#[check(length(min = 2, max = 20))] name: &str) -> Result<usize, Violation> {
        Ok(name.len())
    }

    #[zero_trust(strict)]
    pub fn age(#[check(range(min = 1, max = 130))] years: u8) -> Result<u8, Violation> {
        Ok(years ^ 1)
    }

    #[zero_trust(strict)]
    pub async fn balance(
        #[check(range(max = 9))] account: u32,
        #[check(range(min = -100, max = 100))] cents: i64,
    ) -> Result<i64, Violation> {
        Ok(cents ^ i64::from(account))
    }

    pub struct Port;

    #[zero_trust(strict)]
    impl Port {
        pub fn open(&self, #[check(range(min = 1))] port: u16) -> Result<u16, Violation> {
            Ok(port ^ 1)
        }
    }

    #[zero_trust(strict)]
    pub fn rename(#[check(length(min = 1, max = 20))] name: &str) -> Result<usize, Violation> {
        Ok(name.len())
    }

    #[zero_trust(strict)]
    pub fn upload(#[check(length(max = 8), each(length(max = 64)))] parts: Vec<String>) -> Result<usize, Violation> {
        Ok(parts.len())
    }

    #[zero_trust(strict)]
    pub fn host(#[check(length(max = 99), regex = "^[a-z.]+$")] host: &str) -> Result<usize, Violation> {
        Ok(host.len())
    }

    #[zero_trust(strict)]
    pub async fn slot(#[check(range(max = 63))] slot: u8) -> Result<u8, Violation> {
        Ok(slot ^ 1)
    }

    #[zero_trust(strict)]
    pub fn tags(
        #[check(length(max = 16), keys(length(max = 9)), values(range(max = 9)))] tags: BTreeMap<String, u32>,
    ) -> Result<usize, Violation> {
        Ok(tags.len())
    }

    #[zero_trust(strict)]
    pub fn nick(#[check(length(min = 1, max = 20))] name: &str) -> Result<usize, Violation> {
        Ok(name.len())
    }

    #[zero_trust(strict)]
    pub async fn count(#[check(range(max = 999))] count: u32) -> Result<u32, Violation> {
        Ok(count ^ 1)
    }

    #[zero_trust(strict)]
    pub fn point(#[check(x(range(max = 9)))] (x, y): (u32, bool)) -> Result<u32, Violation> {
        Ok(if y { x } else { 0 })
    }
}

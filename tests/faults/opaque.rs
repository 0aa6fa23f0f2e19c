//! A macro that nobody sees into, with something in it that would be looked at.

/// The service's own macros, from another file.
macro_rules! respond {
    ($status:literal, $body:expr) => {
        ($status, $body)
    };
}

macro_rules! audit {
    ($($what:tt)*) => {{
        $($what)*;
    }};
}

macro_rules! with_retry {
    ($times:expr, $body:block) => {{
        let mut result = None;
        for _ in 0..$times {
            result = Some($body);
        }
        result
    }};
}

pub(crate) use {audit, respond, with_retry};

#[cfg(faulty)]
pub mod faulty {
    use portcullis::{Violation, zero_trust};

    use super::{audit, respond, with_retry};
    use crate::shared::{Db, Error};

    // RUSTSEC-2026-0037 (quinn-proto): the `unwrap()` that nobody reviewed, since it stood in a macro.
    #[zero_trust(strict)]
    pub fn status(#[check(length(max = 9))] code: &str) -> Result<(u16, u32), Violation> {
        Ok(respond!(200, code.parse().unwrap())) //~ PC0412
    }

    // RUSTSEC-2024-0373 (quinn-proto): a clean-up whose own error was not thought of.
    #[zero_trust(strict)]
    pub async fn cleaned(
        #[trusted(reason = "made at start-up")] db: &Db,
        #[check(range(max = 99))] key: u64,
    ) -> Result<(), Error> {
        let found = db.find(key).await?;
        audit!(found.expect("it was there")); //~ PC0412
        Ok(())
    }

    // CVE-2022-0778 (OpenSSL): a loop that is written where the reader of the handler does not see it.
    #[zero_trust(strict)]
    pub fn tried(#[check(range(max = 99))] n: u32) -> Result<Option<u32>, Violation> {
        Ok(with_retry!(3, { n.checked_add(1).unwrap() })) //~ PC0412
    }

    // RUSTSEC-2025-0136 (sequoia-openpgp): an underflow, in the argument of a macro that no protection rewrites.
    #[zero_trust(strict)]
    pub fn body(#[check(range(max = 99))] length: usize) -> Result<(u16, usize), Violation> {
        Ok(respond!(206, length - 16)) //~ PC0412
    }

    // RUSTSEC-2023-0039 (buffered-reader): an index, in the argument of a macro that no protection rewrites.
    #[zero_trust(strict)]
    pub fn first(#[check(length(max = 9))] bytes: Vec<u8>) -> Result<(u16, u8), Violation> {
        let answer = respond!(200, bytes[0]); //~ PC0412
        Ok(answer)
    }
}

#[cfg(mended)]
pub mod mended {
    use portcullis::{Violation, zero_trust};

    use super::{audit, respond, with_retry};
    use crate::shared::{Db, Error};

    #[zero_trust(strict)]
    pub fn status(#[check(length(max = 9))] code: &str) -> Result<(u16, u32), Error> {
        let code = code.parse()?;
        Ok(respond!(200, code))
    }

    #[zero_trust(strict)]
    pub async fn cleaned(
        #[trusted(reason = "made at start-up")] db: &Db,
        #[check(range(max = 99))] key: u64,
    ) -> Result<(), Error> {
        let found = db.find(key).await?.ok_or(Error::NotFound)?;
        audit!(found);
        Ok(())
    }

    #[zero_trust(strict)]
    pub fn tried(#[check(range(max = 99))] n: u32) -> Result<Option<u32>, Violation> {
        let next = n + 1;
        Ok(with_retry!(3, { next }))
    }

    #[zero_trust(strict)]
    pub fn body(#[check(range(min = 16, max = 99))] length: usize) -> Result<(u16, usize), Violation> {
        let left = length - 16;
        Ok(respond!(206, left))
    }

    #[zero_trust(strict)]
    pub fn first(#[check(length(min = 1, max = 9))] bytes: Vec<u8>) -> Result<(u16, u8), Violation> {
        let first = bytes[0];
        let answer = respond!(200, first);
        Ok(answer)
    }
}

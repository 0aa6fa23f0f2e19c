//! An index that nobody checks, since the protection that would is left out.

#[cfg(faulty)]
pub mod faulty {
    use std::collections::HashMap;

    use portcullis::{Violation, zero_trust};

    // RUSTSEC-2021-0125 (simple_asn1): a slice into the middle of a character.
    #[zero_trust(strict, without(checked_indexing))]
    pub fn utc_year(#[check(length(min = 2, max = 13))] time: &str) -> Result<String, Violation> {
        Ok(time[..2].to_owned()) //~ PC0402
    }

    // RUSTSEC-2023-0077 (rosenpass): the buffer was shorter than the message says.
    #[zero_trust(strict, without(checked_indexing))]
    pub async fn biscuit(
        #[trusted(reason = "made at start-up")] biscuits: &[u8],
        #[check(length(max = 256))] message: Vec<u8>,
    ) -> Result<u8, Violation> {
        let kind = biscuits[message.len()]; //~ PC0402
        Ok(kind)
    }

    // RUSTSEC-2018-0001 (untrusted): a read past the end of what was sent.
    #[zero_trust(strict, without(checked_indexing))]
    pub fn skip_past<'a>(
        #[check(length(max = 256))] input: &'a [u8],
        #[check(range(max = 255))] length: usize,
    ) -> Result<&'a [u8], Violation> {
        let (_, rest) = input.split_at(length);
        let after = &rest[1..]; //~ PC0402
        Ok(after)
    }

    // CVE-2021-45711 (simple_asn1): the same slip, in a chain of iterators.
    #[zero_trust(strict, without(checked_indexing))]
    pub fn initials(#[check(length(max = 9), each(length(max = 40)))] names: &[String]) -> Result<String, Violation> {
        Ok(names.iter().map(|name| &name[0..1]).collect()) //~ PC0402
    }

    // RUSTSEC-2023-0082 (phonenumber): a table by what the number begins with.
    #[zero_trust(strict, without(checked_indexing))]
    pub fn region(
        #[trusted(reason = "read at start-up")] regions: &HashMap<String, u32>,
        #[check(length(max = 4))] prefix: &str,
    ) -> Result<u32, Violation> {
        Ok(regions[prefix]) //~ PC0402
    }
}

#[cfg(mended)]
pub mod mended {
    use std::collections::HashMap;

    use portcullis::{Violation, zero_trust};

    use crate::shared::Error;

    #[zero_trust(strict, without(checked_indexing))]
    pub fn utc_year(#[check(length(min = 2, max = 13))] time: &str) -> Result<String, Error> {
        Ok(time.get(..2).ok_or(Error::Malformed)?.to_owned())
    }

    #[zero_trust(strict, without(checked_indexing))]
    pub async fn biscuit(
        #[trusted(reason = "made at start-up")] biscuits: &[u8],
        #[check(length(max = 256))] message: Vec<u8>,
    ) -> Result<u8, Error> {
        let kind = biscuits.get(message.len()).copied().ok_or(Error::Malformed)?;
        Ok(kind)
    }

    // With the protection there, the index is checked.
    #[zero_trust(strict)]
    pub fn skip_past<'a>(
        #[check(length(max = 256))] input: &'a [u8],
        #[check(range(max = 255))] length: usize,
    ) -> Result<&'a [u8], Error> {
        let (_, rest) = input.split_at_checked(length).ok_or(Error::Malformed)?;
        let after = &rest[1..];
        Ok(after)
    }

    #[zero_trust(strict, without(checked_indexing))]
    pub fn initials(#[check(length(max = 9), each(length(max = 40)))] names: &[String]) -> Result<String, Violation> {
        Ok(names.iter().filter_map(|name| name.chars().next()).collect())
    }

    #[zero_trust(strict, without(checked_indexing))]
    pub fn region(
        #[trusted(reason = "read at start-up")] regions: &HashMap<String, u32>,
        #[check(length(max = 4))] prefix: &str,
    ) -> Result<Option<u32>, Violation> {
        Ok(regions.get(prefix).copied())
    }
}

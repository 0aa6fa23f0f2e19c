//! A cast that nobody checks, since the protection that would is left out.

#[cfg(faulty)]
pub mod faulty {
    use portcullis::{Violation, zero_trust};

    // Post-mortem: Ariane 5, flight 501 (1996): a 64-bit float, made a signed 16-bit integer.
    #[zero_trust(strict, checked_arithmetic(casts = off))]
    pub fn horizontal_bias(#[check(range(min = 0.0, max = 100_000.0))] bias: f64) -> Result<i16, Violation> {
        Ok(bias as i16) //~ PC0403
    }

    // RUSTSEC-2024-0363 (sqlx): `as` on the length of a value.
    #[zero_trust(strict, checked_arithmetic(casts = off))]
    pub async fn bind(#[check(length(max = 65_535))] value: &[u8]) -> Result<Vec<u8>, Violation> {
        let mut message = (value.len() as u32).to_be_bytes().to_vec(); //~ PC0403
        message.extend_from_slice(value);
        Ok(message)
    }

    // CVE-2022-23852 (Expat): a length that was kept in an int.
    #[zero_trust(strict, without(checked_arithmetic))]
    pub fn element_name(#[check(length(max = 90_000))] name: String) -> Result<i32, Violation> {
        let length = name.len();
        if length == 0 { Ok(-1) } else { Ok(length as i32) } //~ PC0403
    }

    // CVE-2021-33909 (Linux, seq_file): a size_t that became an int on the way.
    #[zero_trust(strict, checked_arithmetic(casts = off))]
    pub fn show_mounts(
        #[check(length(max = 64), each(range(max = 4_000_000_000)))] sizes: Vec<u64>,
    ) -> Result<Vec<i32>, Violation> {
        Ok(sizes.iter().map(|size| *size as i32).collect()) //~ PC0403
    }

    type Seconds = i32;

    // Post-mortem: Deep Impact (NASA, 2013): a time that no longer fitted its 32 bits, and the probe was lost.
    #[zero_trust(strict, checked_arithmetic(casts = off))]
    pub fn expires(#[check(range(max = 9_999_999_999))] at: u64) -> Result<Seconds, Violation> {
        Ok(at as Seconds) //~ PC0403
    }
}

#[cfg(mended)]
pub mod mended {
    use portcullis::{Violation, zero_trust};

    use crate::shared::Error;

    // With the protection there, the cast is checked.
    #[zero_trust(strict)]
    pub fn horizontal_bias(#[check(range(min = 0.0, max = 100_000.0))] bias: f64) -> Result<i16, Violation> {
        Ok(bias as i16)
    }

    #[zero_trust(strict, checked_arithmetic(casts = off))]
    pub async fn bind(#[check(length(max = 65_535))] value: &[u8]) -> Result<Vec<u8>, Error> {
        let mut message = u32::try_from(value.len())?.to_be_bytes().to_vec();
        message.extend_from_slice(value);
        Ok(message)
    }

    #[zero_trust(strict, without(checked_arithmetic))]
    pub fn element_name(#[check(length(max = 90_000))] name: String) -> Result<i32, Error> {
        let length = name.len();
        if length == 0 { Ok(-1) } else { Ok(length.try_into()?) }
    }

    #[zero_trust(strict, checked_arithmetic(casts = off))]
    pub fn show_mounts(
        #[check(length(max = 64), each(range(max = 4_000_000_000)))] sizes: Vec<u64>,
    ) -> Result<Vec<i32>, Error> {
        sizes.iter().map(|size| i32::try_from(*size).map_err(Error::from)).collect()
    }

    type Seconds = i64;

    #[zero_trust(strict, checked_arithmetic(casts = off))]
    pub fn expires(#[check(range(max = 99_999_999))] at: u32) -> Result<Seconds, Violation> {
        Ok(Seconds::from(at))
    }
}

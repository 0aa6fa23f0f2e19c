//! A value that may not be there, taken as if it were.

#[cfg(faulty)]
pub mod faulty {
    use std::collections::HashMap;
    use std::num::NonZeroU32;
    use std::sync::Mutex;

    use portcullis::{Covered, Violation, zero_trust};

    use crate::shared::{Db, Error, Json, State};

    // Post-mortem: Cloudflare, 18 November 2025: `.unwrap()` of a list of features that had become too long.
    #[zero_trust(strict)]
    pub fn features(#[check(length(max = 400), each(length(max = 40)))] lines: &[String]) -> Result<usize, Violation> {
        let features: [&str; 200] =
            lines.iter().map(String::as_str).collect::<Vec<_>>().try_into().unwrap(); //~ PC0401
        Ok(features.len())
    }

    // RUSTSEC-2026-0037 (quinn-proto): `unwrap()` in the parsing of transport parameters.
    #[zero_trust(strict)]
    pub fn transport_parameter(#[check(length(max = 64))] bytes: &[u8]) -> Result<u16, Violation> {
        let (id, rest) = bytes.split_first_chunk::<2>().unwrap(); //~ PC0401
        Ok(u16::from_be_bytes(*id).wrapping_add(u16::from(rest.is_empty())))
    }

    // RUSTSEC-2021-0078 (hyper): what a `Content-Length` may look like.
    #[zero_trust(strict)]
    pub fn content_length(#[check(length(max = 20), ascii)] header: &str) -> Result<u64, Violation> {
        Ok(header.trim().parse().expect("a number")) //~ PC0401
    }

    // RUSTSEC-2024-0369 (phonenumber): a panic on a crafted number.
    #[zero_trust(strict)]
    pub fn country(#[check(length(max = 20))] number: &str) -> Result<u32, Error> {
        let digit = |c: char| c.to_digit(10).unwrap(); //~ PC0401
        Ok(number.chars().skip(1).take(2).map(digit).sum())
    }

    // Post-mortem: Google Cloud, 12 June 2025: a policy with blank fields, and a null pointer in every region.
    #[zero_trust(strict)]
    pub async fn quota(
        #[trusted(reason = "made at start-up")] State(db): State<Db>,
        #[check(range(max = 99_999))] project: u64,
    ) -> Result<u64, Error> {
        let policy = db.find(project).await?;
        Ok(policy.unwrap()) //~ PC0401
    }

    #[derive(Covered)]
    pub struct Login {
        #[check(length(max = 99))]
        pub token: Option<String>,
    }

    // RUSTSEC-2026-0104 (rustls-webpki): an element that may be empty, and was taken not to be.
    #[zero_trust(strict)]
    pub async fn login(Json(login): Json<Login>) -> Result<usize, Violation> {
        match login.token.as_deref().map(str::trim) {
            Some("") => Ok(0),
            token => Ok(token.expect("checked above").len()), //~ PC0401
        }
    }

    pub struct Sessions {
        by_user: Mutex<HashMap<u64, String>>,
    }

    // RUSTSEC-2024-0373 (quinn-proto): a table in which the connection was expected, and was not.
    #[zero_trust(strict)]
    impl Sessions {
        pub fn close(&self, #[check(range(max = 1_000_000))] user: u64) -> Result<String, Error> {
            let mut sessions = self.by_user.lock().map_err(|_| Error::Internal)?;
            Ok(sessions.remove(&user).unwrap()) //~ PC0401
        }
    }

    // RUSTSEC-2025-0009 (ring): a panic on certain inputs; `unwrap_err` bets on the input the other way round.
    #[zero_trust(strict)]
    pub fn refused(#[check(length(max = 9))] text: &str) -> Result<String, Violation> {
        Ok(text.parse::<u32>().unwrap_err().to_string()) //~ PC0401
    }

    // RUSTSEC-2024-0399 (rustls): a ClientHello that came in two parts.
    #[zero_trust(strict)]
    pub fn hello(#[check(length(max = 512))] record: &[u8]) -> Result<u32, Violation> {
        record
            .chunks(4)
            .map(|word| Ok(u32::from_be_bytes(word.try_into().unwrap()) & 0xff)) //~ PC0401
            .sum()
    }

    macro_rules! field {
        ($row:expr, $name:literal) => {
            $row.get($name)
        };
    }

    // RUSTSEC-2023-0065 (tungstenite): headers of a handshake; here one that is not there.
    #[zero_trust(strict)]
    pub fn upgrade(
        #[check(length(max = 32), keys(length(max = 40)), values(length(max = 200)))] headers: HashMap<String, String>,
    ) -> Result<String, Violation> {
        Ok(field!(headers, "upgrade").unwrap().to_lowercase()) //~ PC0401
    }

    // CVE-2024-45311 (quinn): state that was believed to be consistent.
    #[zero_trust(strict)]
    pub fn per_page<T>(
        #[trusted(reason = "rows of the server")] rows: &[T],
        #[check(range(max = 100))] count: u32,
    ) -> Result<u32, Error>
    where
        T: Clone,
    {
        let count = Option::expect(NonZeroU32::new(count), "at least one"); //~ PC0401
        Ok(u32::try_from(rows.len())? / count)
    }

    // Post-mortem: Cloudflare, leap second of 1 January 2017: time does not always go forward.
    #[zero_trust(strict)]
    pub fn age(#[check(range(max = 4_000_000_000))] issued: u64) -> Result<u64, Violation> {
        use std::time::{Duration, SystemTime, UNIX_EPOCH};
        let issued = UNIX_EPOCH + Duration::from_secs(issued);
        let age = SystemTime::now().duration_since(issued).map(|age| age.as_secs());
        if age.is_ok() { Ok(age.unwrap()) } else { Ok(age.unwrap_or_default()) } //~ PC0401
    }
}

#[cfg(mended)]
pub mod mended {
    use std::collections::HashMap;
    use std::num::NonZeroU32;
    use std::sync::Mutex;

    use portcullis::{Covered, Violation, zero_trust};

    use crate::shared::{Db, Error, Json, State};

    #[zero_trust(strict)]
    pub fn features(#[check(length(max = 400), each(length(max = 40)))] lines: &[String]) -> Result<usize, Error> {
        let features: [&str; 200] =
            lines.iter().map(String::as_str).collect::<Vec<_>>().try_into().map_err(|_| Error::Malformed)?;
        Ok(features.len())
    }

    #[zero_trust(strict)]
    pub fn transport_parameter(#[check(length(max = 64))] bytes: &[u8]) -> Result<u16, Error> {
        let Some((id, rest)) = bytes.split_first_chunk::<2>() else {
            return Err(Error::Malformed);
        };
        Ok(u16::from_be_bytes(*id).wrapping_add(u16::from(rest.is_empty())))
    }

    #[zero_trust(strict)]
    pub fn content_length(#[check(length(max = 20), ascii)] header: &str) -> Result<u64, Error> {
        Ok(header.trim().parse()?)
    }

    #[zero_trust(strict)]
    pub fn country(#[check(length(max = 20))] number: &str) -> Result<u32, Error> {
        let digit = |c: char| c.to_digit(10).ok_or(Error::Malformed);
        number.chars().skip(1).take(2).map(digit).sum()
    }

    #[zero_trust(strict)]
    pub async fn quota(
        #[trusted(reason = "made at start-up")] State(db): State<Db>,
        #[check(range(max = 99_999))] project: u64,
    ) -> Result<u64, Error> {
        let policy = db.find(project).await?;
        policy.ok_or(Error::NotFound)
    }

    #[derive(Covered)]
    pub struct Login {
        #[check(length(max = 99))]
        pub token: Option<String>,
    }

    #[zero_trust(strict)]
    pub async fn login(Json(login): Json<Login>) -> Result<usize, Violation> {
        match login.token.as_deref().map(str::trim) {
            None | Some("") => Ok(0),
            Some(token) => Ok(token.len()),
        }
    }

    pub struct Sessions {
        by_user: Mutex<HashMap<u64, String>>,
    }

    #[zero_trust(strict)]
    impl Sessions {
        pub fn close(&self, #[check(range(max = 1_000_000))] user: u64) -> Result<String, Error> {
            let mut sessions = self.by_user.lock().map_err(|_| Error::Internal)?;
            sessions.remove(&user).ok_or(Error::NotFound)
        }
    }

    #[zero_trust(strict)]
    pub fn refused(#[check(length(max = 9))] text: &str) -> Result<String, Violation> {
        Ok(text.parse::<u32>().err().map(|error| error.to_string()).unwrap_or_default())
    }

    #[zero_trust(strict)]
    pub fn hello(#[check(length(max = 512))] record: &[u8]) -> Result<u32, Error> {
        record.chunks(4).map(|word| Ok(u32::from_be_bytes(word.try_into()?) & 0xff)).sum()
    }

    macro_rules! field {
        ($row:expr, $name:literal) => {
            $row.get($name)
        };
    }

    #[zero_trust(strict)]
    pub fn upgrade(
        #[check(length(max = 32), keys(length(max = 40)), values(length(max = 200)))] headers: HashMap<String, String>,
    ) -> Result<String, Error> {
        Ok(field!(headers, "upgrade").ok_or(Error::Malformed)?.to_lowercase())
    }

    #[zero_trust(strict)]
    pub fn per_page<T>(
        #[trusted(reason = "rows of the server")] rows: &[T],
        #[check(range(max = 100))] count: u32,
    ) -> Result<u32, Error>
    where
        T: Clone,
    {
        let count = NonZeroU32::new(count).ok_or(Error::Malformed)?;
        Ok(u32::try_from(rows.len())? / count)
    }

    #[zero_trust(strict)]
    pub fn age(#[check(range(max = 4_000_000_000))] issued: u64) -> Result<u64, Violation> {
        use std::time::{Duration, SystemTime, UNIX_EPOCH};
        let issued = UNIX_EPOCH + Duration::from_secs(issued);
        let age = SystemTime::now().duration_since(issued).map(|age| age.as_secs());
        Ok(age.unwrap_or_default())
    }
}

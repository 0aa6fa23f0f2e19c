//! What the handlers stand in: the service's error, its extractors, and a database that answers.

use std::ops::Deref;

use portcullis::Violation;

#[derive(Debug)]
pub enum Error {
    Refused(Violation),
    NotFound,
    Malformed,
    Conflict,
    Busy,
    Internal,
}

impl From<Violation> for Error {
    fn from(violation: Violation) -> Self {
        Self::Refused(violation)
    }
}

impl From<std::num::ParseIntError> for Error {
    fn from(_: std::num::ParseIntError) -> Self {
        Self::Malformed
    }
}

impl From<std::num::TryFromIntError> for Error {
    fn from(_: std::num::TryFromIntError) -> Self {
        Self::Malformed
    }
}

impl From<std::str::Utf8Error> for Error {
    fn from(_: std::str::Utf8Error) -> Self {
        Self::Malformed
    }
}

impl From<std::string::FromUtf8Error> for Error {
    fn from(_: std::string::FromUtf8Error) -> Self {
        Self::Malformed
    }
}

impl From<std::array::TryFromSliceError> for Error {
    fn from(_: std::array::TryFromSliceError) -> Self {
        Self::Malformed
    }
}

impl From<std::io::Error> for Error {
    fn from(_: std::io::Error) -> Self {
        Self::Internal
    }
}

/// A body, as axum and actix hand it over.
pub struct Json<T>(pub T);

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// What the router was given at start-up.
pub struct State<T>(pub T);

impl<T> Deref for State<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

#[derive(Clone, Default)]
pub struct Db {
    rows: Vec<(u64, u64)>,
}

impl Db {
    pub async fn find(&self, key: u64) -> Result<Option<u64>, Error> {
        tokio::task::yield_now().await;
        Ok(self.rows.iter().find(|row| row.0 == key).map(|row| row.1))
    }

    pub async fn store(&self, key: u64, value: u64) -> Result<(), Error> {
        tokio::task::yield_now().await;
        if key == value { Err(Error::Conflict) } else { Ok(()) }
    }

    pub fn all(&self) -> &[(u64, u64)] {
        &self.rows
    }
}

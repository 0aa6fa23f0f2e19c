//! A parameter of a type that nothing checks.

#[cfg(faulty)]
pub mod faulty {
    use portcullis::{Violation, zero_trust};

    use crate::shared::{Error, Json};

    pub struct Purchase {
        pub item: String,
        pub count: u32,
    }

    // CVE-2012-2661 (Rails): a parsed body was taken for a checked one.
    #[zero_trust(strict)]
    pub async fn buy(Json(purchase): Json<Purchase>) -> Result<usize, Error> { //~ PC0102
        Ok(purchase.item.len() ^ usize::try_from(purchase.count)?)
    }

    pub type Seconds = i32;

    // Post-mortem: the card-game server that this project starts from: the duration, under a name of its own.
    #[zero_trust(strict)]
    pub fn idle(secs: Seconds) -> Result<i32, Violation> { //~ PC0102
        Ok(secs ^ 1)
    }

    pub struct UserId(pub u64);

    // CVE-2012-2055 (GitHub, mass assignment): an id that the form brought along.
    #[zero_trust(strict)]
    pub fn owner(id: UserId) -> Result<u64, Violation> { //~ PC0102
        Ok(id.0)
    }

    pub enum Command {
        Sleep(u64),
        Echo(String),
    }

    // CVE-2022-0543 (Redis): a command of a stranger, with its arguments.
    #[zero_trust(strict)]
    pub fn run(
        #[check(range(max = 9))] slot: u32,
        command: &Command, //~ PC0102
    ) -> Result<u64, Violation> {
        Ok(match command {
            Command::Sleep(secs) => *secs ^ u64::from(slot),
            Command::Echo(text) => text.len() as u64,
        })
    }

    pub struct Frames;

    // RUSTSEC-2024-0332 (h2): a list of frames that nobody has looked at.
    #[zero_trust(strict)]
    impl Frames {
        pub async fn read(&self, frames: Vec<Purchase>) -> Result<usize, Violation> { //~ PC0102
            Ok(frames.len())
        }
    }

    // CVE-2017-5638 (Struts): whatever the request is made into.
    #[zero_trust(strict)]
    pub fn generic<T: AsRef<str>>(text: T) -> Result<usize, Violation> { //~ PC0102
        Ok(text.as_ref().len())
    }
}

#[cfg(mended)]
pub mod mended {
    use portcullis::{Covered, Violation, zero_trust};

    use crate::shared::{Error, Json};

    #[derive(Covered)]
    pub struct Purchase {
        #[check(length(max = 20))]
        pub item: String,
        #[check(range(min = 1, max = 99))]
        pub count: u32,
    }

    #[zero_trust(strict)]
    pub async fn buy(Json(purchase): Json<Purchase>) -> Result<usize, Error> {
        Ok(purchase.item.len() ^ usize::try_from(purchase.count)?)
    }

    pub type Seconds = i32;

    #[zero_trust(strict)]
    pub fn idle(#[check(range(min = 1, max = 86_400))] secs: Seconds) -> Result<i32, Violation> {
        Ok(secs ^ 1)
    }

    #[derive(Covered)]
    pub struct UserId(#[check(range(max = 1_000_000))] pub u64);

    #[zero_trust(strict)]
    pub fn owner(id: UserId) -> Result<u64, Violation> {
        Ok(id.0)
    }

    #[derive(Covered)]
    pub enum Command {
        Sleep(#[check(range(max = 9))] u64),
        Echo(#[check(length(max = 99))] String),
    }

    #[zero_trust(strict)]
    pub fn run(#[check(range(max = 9))] slot: u32, command: &Command) -> Result<u64, Violation> {
        Ok(match command {
            Command::Sleep(secs) => *secs ^ u64::from(slot),
            Command::Echo(text) => text.len() as u64,
        })
    }

    pub struct Frames;

    #[zero_trust(strict)]
    impl Frames {
        pub async fn read(&self, #[check(length(max = 16))] frames: Vec<Purchase>) -> Result<usize, Violation> {
            Ok(frames.len())
        }
    }

    fn short<T: AsRef<str>>(text: &T) -> Result<(), portcullis::validator::ValidationError> {
        if text.as_ref().len() < 100 { Ok(()) } else { Err(portcullis::validator::ValidationError::new("length")) }
    }

    #[zero_trust(strict)]
    pub fn generic<T: AsRef<str>>(#[check(custom = short)] text: T) -> Result<usize, Violation> {
        Ok(text.as_ref().len())
    }
}

//! The end of the process, for all clients, at the wish of one.

#[cfg(faulty)]
pub mod faulty {
    use std::process;

    use portcullis::{Violation, zero_trust};

    use crate::shared::{Db, Error};

    // RUSTSEC-2024-0376 (tonic): a connection that could not be accepted, and the server exited.
    #[zero_trust(strict)]
    pub async fn accept(#[check(range(max = 65_535))] handshake: u32) -> Result<u32, Error> {
        if handshake == 0 {
            std::process::exit(0); //~ PC0406
        }
        Ok(handshake)
    }

    // CVE-2015-5477 (BIND): what cannot be answered ends the name server.
    #[zero_trust(strict)]
    pub fn answer(#[check(length(max = 255))] name: &str) -> Result<usize, Violation> {
        let Some((_, zone)) = name.split_once('.') else {
            process::abort() //~ PC0406
        };
        Ok(zone.len())
    }

    // Post-mortem: Google Cloud, 12 June 2025: a binary that crashed at a policy it could not read, everywhere at once.
    #[zero_trust(strict)]
    pub fn policy(#[check(length(max = 64))] text: &str) -> Result<u32, Violation> {
        use std::process::exit as give_up;
        Ok(text.parse().unwrap_or_else(|_| give_up(1))) //~ PC0406
    }

    // CVE-2018-17144 (Bitcoin Core): a bad block ended the node.
    #[zero_trust(strict)]
    pub mod blocks {
        use std::process::abort;

        use portcullis::Violation;

        pub fn connect(#[check(range(max = 1_000))] inputs: u32) -> Result<u32, Violation> {
            match inputs {
                0 => abort(), //~ PC0406
                inputs => Ok(inputs),
            }
        }
    }

    // CVE-2016-2776 (BIND): an error while the answer was made.
    #[zero_trust(strict)]
    pub async fn render(
        #[trusted(reason = "made at start-up")] db: &Db,
        #[check(range(max = 99))] page: u64,
    ) -> Result<u64, Error> {
        let row = db.find(page).await?.unwrap_or_else(|| ::std::process::exit(2)); //~ PC0406
        Ok(row)
    }

    // CVE-2020-8617 (BIND): the program ends since it believes to be in a bad state.
    #[zero_trust(strict)]
    pub fn ended(#[check(range(max = 9))] code: u8) -> Result<u8, Violation> {
        if code == 9 {
            process::exit(i32::from(code)); //~ PC0406
        }
        Ok(code)
    }
}

#[cfg(mended)]
pub mod mended {
    use portcullis::{Violation, zero_trust};

    use crate::shared::{Db, Error};

    #[zero_trust(strict)]
    pub async fn accept(#[check(range(max = 65_535))] handshake: u32) -> Result<u32, Error> {
        if handshake == 0 {
            return Err(Error::Malformed);
        }
        Ok(handshake)
    }

    #[zero_trust(strict)]
    pub fn answer(#[check(length(max = 255))] name: &str) -> Result<usize, Error> {
        let Some((_, zone)) = name.split_once('.') else {
            return Err(Error::Malformed);
        };
        Ok(zone.len())
    }

    #[zero_trust(strict)]
    pub fn policy(#[check(length(max = 64))] text: &str) -> Result<u32, Error> {
        fn exit(_code: i32) -> Error {
            Error::Malformed
        }
        text.parse().map_err(|_| exit(1))
    }

    #[zero_trust(strict)]
    pub mod blocks {
        use crate::shared::Error;

        pub fn connect(#[check(range(max = 1_000))] inputs: u32) -> Result<u32, Error> {
            match inputs {
                0 => Err(Error::Malformed),
                inputs => Ok(inputs),
            }
        }
    }

    #[zero_trust(strict)]
    pub async fn render(
        #[trusted(reason = "made at start-up")] db: &Db,
        #[check(range(max = 99))] page: u64,
    ) -> Result<u64, Error> {
        let row = db.find(page).await?.ok_or(Error::NotFound)?;
        Ok(row)
    }

    pub struct Job;

    impl Job {
        fn abort(&self) {}
    }

    // A task that is aborted is not the process.
    #[zero_trust(strict)]
    pub fn ended(
        #[check(range(max = 9))] code: u8,
        #[trusted(reason = "the server's own")] job: Job,
    ) -> Result<u8, Violation> {
        if code == 9 {
            job.abort();
        }
        Ok(code)
    }
}

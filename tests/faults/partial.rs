//! A refusal behind a write, which it does not undo.

#[cfg(faulty)]
pub mod faulty {
    use std::collections::HashMap;
    use std::sync::{Mutex, RwLock};

    use portcullis::zero_trust;

    use crate::shared::{Db, Error};

    pub struct Transport {
        nonce: u64,
        received: Vec<u8>,
    }

    #[zero_trust(strict)]
    impl Transport {
        // RUSTSEC-2024-0011 (snow): the nonce went up before the message was known to be genuine.
        pub fn receive(&mut self, #[check(length(min = 1, max = 512))] message: Vec<u8>) -> Result<u8, Error> {
            self.nonce = self.nonce.saturating_add(1);
            Ok(message[0]) //~ PC0417
        }

        // CVE-2010-5139 (Bitcoin): outputs were accepted before their sum had been looked at.
        pub fn accept(&mut self, #[check(range(max = 99))] a: u32, #[check(range(max = 4_000_000_000))] b: u32) -> Result<u32, Error> {
            self.received.clear();
            let sum = a + b.rotate_left(a); //~ PC0417
            Ok(sum)
        }
    }

    // Post-mortem: The DAO, June 2016: paid out first, written down afterwards; here the other half fails.
    #[zero_trust(strict)]
    pub fn transfer(
        #[trusted(reason = "made at start-up")] accounts: &Mutex<HashMap<u64, u64>>,
        #[check(range(max = 99))] from: u64,
        #[check(range(max = 99))] to: u64,
        #[check(range(max = 1_000))] amount: u64,
    ) -> Result<u64, Error> {
        let mut accounts = accounts.lock().map_err(|_| Error::Internal)?;
        let old = accounts.get(&to).copied().unwrap_or_default();
        accounts.remove(&from);
        let new = old + amount; //~ PC0417
        Ok(new)
    }

    pub struct Cart {
        items: Vec<u64>,
        db: Db,
    }

    // RUSTSEC-2024-0373 (quinn-proto): an attempt that ended in the middle of its clean-up.
    #[zero_trust(strict, deadline("2s"))]
    impl Cart {
        pub async fn checkout(&mut self, #[check(range(max = 99))] key: u64) -> Result<(), Error> {
            self.items.push(key);
            self.db.store(key, 1).await //~ PC0417
        }
    }

    // CVE-2016-7054 (OpenSSL): a record was worked on before its authentication tag was looked at.
    #[zero_trust(strict)]
    pub fn decrypt(
        #[trusted(reason = "the connection's state")] state: &RwLock<[u8; 4]>,
        #[check(length(min = 1, max = 64))] record: &[u8],
        #[check(range(max = 255))] rounds: u32,
    ) -> Result<u8, Error> {
        if let Ok(mut state) = state.write() {
            state[0] = 1;
            let last = record[record.len() - 1]; //~ PC0417
            return Ok(last.wrapping_add(state[1].rotate_left(rounds)));
        }
        Err(Error::Internal)
    }

    pub struct Counter(u32);

    // Post-mortem: Knight Capital, 1 August 2012: orders went out, and what counted them off was not there.
    #[zero_trust(strict)]
    impl Counter {
        pub fn count(&mut self, #[check(length(max = 9), each(range(max = 99)))] orders: Vec<u32>) -> Result<u32, Error> {
            for order in orders {
                self.0 = order;
                let next = order as u8; //~ PC0417
                self.0 = u32::from(next);
            }
            Ok(self.0)
        }
    }
}

#[cfg(mended)]
pub mod mended {
    use std::collections::HashMap;
    use std::sync::{Mutex, RwLock};

    use portcullis::zero_trust;

    use crate::shared::{Db, Error};

    pub struct Transport {
        nonce: u64,
        received: Vec<u8>,
    }

    #[zero_trust(strict)]
    impl Transport {
        pub fn receive(&mut self, #[check(length(min = 1, max = 512))] message: Vec<u8>) -> Result<u8, Error> {
            let kind = message[0];
            self.nonce = self.nonce.saturating_add(1);
            Ok(kind)
        }

        pub fn accept(&mut self, #[check(range(max = 99))] a: u32, #[check(range(max = 4_000_000_000))] b: u32) -> Result<u32, Error> {
            let sum = a + b.rotate_left(a);
            self.received.clear();
            Ok(sum)
        }
    }

    #[zero_trust(strict)]
    pub fn transfer(
        #[trusted(reason = "made at start-up")] accounts: &Mutex<HashMap<u64, u64>>,
        #[check(range(max = 99))] from: u64,
        #[check(range(max = 99))] to: u64,
        #[check(range(max = 1_000))] amount: u64,
    ) -> Result<u64, Error> {
        let mut accounts = accounts.lock().map_err(|_| Error::Internal)?;
        let old = accounts.get(&to).copied().unwrap_or_default();
        let new = old + amount;
        accounts.remove(&from);
        Ok(new)
    }

    pub struct Cart {
        items: Vec<u64>,
        db: Db,
    }

    #[zero_trust(strict, deadline("2s"))]
    impl Cart {
        pub async fn checkout(&mut self, #[check(range(max = 99))] key: u64) -> Result<(), Error> {
            self.db.store(key, 1).await?;
            self.items.push(key);
            Ok(())
        }
    }

    #[zero_trust(strict)]
    pub fn decrypt(
        #[trusted(reason = "the connection's state")] state: &RwLock<[u8; 4]>,
        #[check(length(min = 1, max = 64))] record: &[u8],
        #[check(range(max = 255))] rounds: u32,
    ) -> Result<u8, Error> {
        let last = record[record.len() - 1];
        if let Ok(mut state) = state.write() {
            let next = last.wrapping_add(state[1].rotate_left(rounds));
            state[0] = 1;
            return Ok(next);
        }
        Err(Error::Internal)
    }

    pub struct Counter(u32);

    #[zero_trust(strict)]
    impl Counter {
        pub fn count(&mut self, #[check(length(max = 9), each(range(max = 99)))] orders: Vec<u32>) -> Result<u32, Error> {
            let next = orders.iter().try_fold(0, |_, order| u8::try_from(*order))?;
            self.0 = u32::from(next);
            Ok(self.0)
        }
    }
}

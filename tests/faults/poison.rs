//! A check in a closure beside a guard of `std`: the refusal unwinds through the closure and poisons the lock.

#[cfg(faulty)]
pub mod faulty {
    use std::collections::HashMap;
    use std::sync::{Arc, Mutex, RwLock};

    use portcullis::zero_trust;

    use crate::shared::Error;

    // RUSTSEC-2024-0373 (quinn-proto): state that an error left half changed, and everything after it panicked.
    #[zero_trust(strict)]
    pub fn charge(
        #[trusted(reason = "made at start-up")] balance: &Mutex<u32>,
        #[check(length(max = 9), each(range(max = 4_000_000_000)))] items: Vec<u32>,
    ) -> Result<u32, Error> {
        let held = balance.lock().map_err(|_| Error::Internal)?;
        let sum = items.iter().fold(0, |sum, item| sum + item); //~ PC0416
        Ok(sum ^ *held)
    }

    // CVE-2024-45311 (quinn): the lock that all connections share.
    #[zero_trust(strict)]
    pub fn rows(
        #[trusted(reason = "made at start-up")] table: Arc<RwLock<Vec<u64>>>,
        #[check(length(max = 9), each(range(max = 99)))] at: Vec<usize>,
    ) -> Result<Vec<u64>, Error> {
        let table = table.write().map_err(|_| Error::Internal)?;
        let rows = at.iter().map(|at| table[*at]).collect(); //~ PC0416
        Ok(rows)
    }

    // RUSTSEC-2024-0399 (rustls): a panic that a peer reaches, beside what others wait for.
    #[zero_trust(strict)]
    pub fn mean(
        #[trusted(reason = "made at start-up")] totals: &Mutex<HashMap<u32, u32>>,
        #[check(range(max = 99))] count: u32,
    ) -> Result<Option<u32>, Error> {
        let Ok(totals) = totals.lock() else {
            return Err(Error::Internal);
        };
        Ok(totals.get(&1).map(|total| total / count)) //~ PC0416
    }

    pub struct Stock {
        items: Mutex<Vec<u16>>,
    }

    // RUSTSEC-2026-0037 (quinn-proto): values that nobody looked at, in a step of an iterator.
    #[zero_trust(strict)]
    impl Stock {
        pub fn ids(&self, #[check(range(max = 99))] width: usize) -> Result<Vec<u8>, Error> {
            let items = self.items.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            Ok(items.iter().map(|item| (*item as u8) >> (width & 7)).collect()) //~ PC0416
        }
    }

    // RUSTSEC-2025-0136 (sequoia-openpgp): an underflow, while others wait for the table.
    #[zero_trust(strict)]
    pub fn longest(
        #[trusted(reason = "made at start-up")] names: &Mutex<Vec<String>>,
        #[check(range(max = 64))] prefix: usize,
    ) -> Result<usize, Error> {
        if let Ok(names) = names.lock() {
            let mut lengths: Vec<usize> = Vec::new();
            names.iter().for_each(|name| lengths.push(name.len() - prefix)); //~ PC0416
            return lengths.into_iter().max().ok_or(Error::NotFound);
        }
        Err(Error::Internal)
    }
}

#[cfg(mended)]
pub mod mended {
    use std::collections::HashMap;
    use std::sync::{Arc, Mutex, RwLock};

    use portcullis::zero_trust;

    use crate::shared::Error;

    #[zero_trust(strict)]
    pub fn charge(
        #[trusted(reason = "made at start-up")] balance: &Mutex<u32>,
        #[check(length(max = 9), each(range(max = 4_000_000_000)))] items: Vec<u32>,
    ) -> Result<u32, Error> {
        let sum = items.iter().fold(0, |sum, item| sum + item);
        let held = balance.lock().map_err(|_| Error::Internal)?;
        Ok(sum ^ *held)
    }

    #[zero_trust(strict)]
    pub fn rows(
        #[trusted(reason = "made at start-up")] table: Arc<RwLock<Vec<u64>>>,
        #[check(length(max = 9), each(range(max = 99)))] at: Vec<usize>,
    ) -> Result<Vec<u64>, Error> {
        let table = table.write().map_err(|_| Error::Internal)?;
        let rows = at.iter().filter_map(|at| table.get(*at).copied()).collect();
        Ok(rows)
    }

    #[zero_trust(strict)]
    pub fn mean(
        #[trusted(reason = "made at start-up")] totals: &Mutex<HashMap<u32, u32>>,
        #[check(range(max = 99))] count: u32,
    ) -> Result<Option<u32>, Error> {
        let Ok(totals) = totals.lock() else {
            return Err(Error::Internal);
        };
        Ok(totals.get(&1).and_then(|total| total.checked_div(count)))
    }

    pub struct Stock {
        items: Mutex<Vec<u16>>,
    }

    #[zero_trust(strict)]
    impl Stock {
        pub fn ids(&self, #[check(range(max = 99))] width: usize) -> Result<Vec<u8>, Error> {
            let items = self.items.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clone();
            Ok(items.iter().map(|item| (*item as u8) >> (width & 7)).collect())
        }
    }

    #[zero_trust(strict)]
    pub fn longest(
        #[trusted(reason = "made at start-up")] names: &Mutex<Vec<String>>,
        #[check(range(max = 64))] prefix: usize,
    ) -> Result<usize, Error> {
        if let Ok(names) = names.lock() {
            let mut lengths: Vec<usize> = Vec::new();
            for name in names.iter() {
                lengths.push(name.len() - prefix);
            }
            return lengths.into_iter().max().ok_or(Error::NotFound);
        }
        Err(Error::Internal)
    }
}

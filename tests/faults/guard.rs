//! A guard of a synchronous lock across `.await`: the worker that needs the lock waits for the one that waits.

#[cfg(faulty)]
pub mod faulty {
    use std::collections::HashMap;
    use std::sync::{Arc, Mutex, RwLock};

    use portcullis::zero_trust;

    use crate::shared::{Db, Error, State};

    pub type Shared = Arc<Mutex<HashMap<u64, u64>>>;

    // Post-mortem: Fly.io, 1 September 2024: a read guard that lived longer than its author thought, in every proxy.
    #[zero_trust(strict)]
    pub async fn route(
        #[trusted(reason = "made at start-up")] routes: Arc<RwLock<HashMap<u64, u64>>>,
        #[trusted(reason = "made at start-up")] db: Db,
        #[check(range(max = 99))] app: u64,
    ) -> Result<u64, Error> {
        let routes = routes.read().map_err(|_| Error::Internal)?;
        let found = db.find(app).await?; //~ PC0411
        found.or(routes.get(&app).copied()).ok_or(Error::NotFound)
    }

    // RUSTSEC-2020-0059 (futures-util): what a guard may be taken to.
    #[zero_trust(strict)]
    pub async fn count(
        #[trusted(reason = "made at start-up")] State(shared): State<Shared>,
        #[trusted(reason = "made at start-up")] State(db): State<Db>,
        #[check(range(max = 99))] key: u64,
    ) -> Result<u64, Error> {
        let mut counts = shared.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let by = match db.find(key).await? { //~ PC0411
            Some(by) => by,
            None => 1,
        };
        Ok(*counts.entry(key).and_modify(|count| *count ^= by).or_insert(by))
    }

    // Post-mortem: Oxide, RFD 609 (futurelock, 2025): a lock that is held by what is not polled.
    #[zero_trust(strict)]
    pub async fn settle(
        #[trusted(reason = "made at start-up")] shared: &Mutex<u64>,
        #[trusted(reason = "made at start-up")] db: &Db,
        #[check(range(max = 99))] key: u64,
    ) -> Result<u64, Error> {
        if let Ok(guard) = shared.lock() {
            db.store(key, *guard).await?; //~ PC0411
        }
        Ok(key)
    }

    pub struct Shop {
        stock: Mutex<u64>,
        db: Db,
    }

    // RUSTSEC-2025-0023 (tokio, broadcast): a value that two threads were in at once.
    #[zero_trust(strict)]
    impl Shop {
        pub async fn sell(&self, #[check(range(max = 9))] item: u64) -> Result<u64, Error> {
            let Ok(stock) = self.stock.lock() else {
                return Err(Error::Internal);
            };
            self.db.store(item, *stock).await?; //~ PC0411
            Ok(*stock)
        }

        pub async fn peek(&self, #[check(range(max = 9))] item: u64) -> Result<u64, Error> {
            Ok(item)
        }
    }

    // Post-mortem: Fly.io, 1 September 2024, once more: the guard of an `if let` lives to the end of its `else`.
    #[zero_trust(strict)]
    pub async fn refresh(
        #[trusted(reason = "made at start-up")] cache: &RwLock<Option<u64>>,
        #[trusted(reason = "made at start-up")] db: &Db,
    ) -> Result<u64, Error> {
        match *cache.write().map_err(|_| Error::Internal)? {
            Some(value) => Ok(value),
            None => Ok(db.find(1).await?.unwrap_or_default()), //~ PC0411
        }
    }

    // RUSTSEC-2022-0040 (owning_ref): an owner that moves on while it is borrowed; here a guard in a loop that awaits.
    #[zero_trust(strict)]
    pub async fn fan_out(
        #[trusted(reason = "made at start-up")] shared: Shared,
        #[trusted(reason = "made at start-up")] db: Db,
        #[check(length(max = 8), each(range(max = 99)))] keys: Vec<u64>,
    ) -> Result<u64, Error> {
        let mut sum: u64 = 0;
        for key in keys {
            let guard = shared.lock().map_err(|_| Error::Internal)?;
            let held = guard.len();
            tokio::task::yield_now().await; //~ PC0411
            sum ^= key ^ db.all().len() as u64 ^ held as u64;
            drop(guard);
        }
        Ok(sum)
    }

    // CVE-2021-45710 (tokio, oneshot): what two sides of a channel are in at once; here a guard while the other side is waited for.
    #[zero_trust(strict)]
    pub async fn publish(
        #[trusted(reason = "made at start-up")] last: &Mutex<u64>,
        #[trusted(reason = "made at start-up")] out: &tokio::sync::mpsc::Sender<u64>,
        #[check(range(max = 99))] value: u64,
    ) -> Result<(), Error> {
        let mut guard = last.lock().map_err(|_| Error::Internal)?;
        if *guard != value {
            *guard = value;
            out.send(value).await.map_err(|_| Error::Busy)?; //~ PC0411
        }
        Ok(())
    }

    // Post-mortem: Fly.io, 1 September 2024, and parking_lot: a lock whose guard has no `Result` around it.
    #[zero_trust(strict)]
    pub async fn evict(
        #[trusted(reason = "made at start-up")] table: &parking_lot::RwLock<Vec<u64>>,
        #[trusted(reason = "made at start-up")] db: &Db,
    ) -> Result<usize, Error> {
        let mut table = table.write();
        for key in table.split_off(0) {
            db.store(key, 0).await?; //~ PC0411
        }
        Ok(table.len())
    }
}

#[cfg(mended)]
pub mod mended {
    use std::collections::HashMap;
    use std::sync::{Arc, Mutex, RwLock};

    use portcullis::zero_trust;

    use crate::shared::{Db, Error, State};

    pub type Shared = Arc<Mutex<HashMap<u64, u64>>>;

    #[zero_trust(strict)]
    pub async fn route(
        #[trusted(reason = "made at start-up")] routes: Arc<RwLock<HashMap<u64, u64>>>,
        #[trusted(reason = "made at start-up")] db: Db,
        #[check(range(max = 99))] app: u64,
    ) -> Result<u64, Error> {
        let found = db.find(app).await?;
        let routes = routes.read().map_err(|_| Error::Internal)?;
        found.or(routes.get(&app).copied()).ok_or(Error::NotFound)
    }

    #[zero_trust(strict)]
    pub async fn count(
        #[trusted(reason = "made at start-up")] State(shared): State<Shared>,
        #[trusted(reason = "made at start-up")] State(db): State<Db>,
        #[check(range(max = 99))] key: u64,
    ) -> Result<u64, Error> {
        let by = match db.find(key).await? {
            Some(by) => by,
            None => 1,
        };
        let mut counts = shared.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        Ok(*counts.entry(key).and_modify(|count| *count ^= by).or_insert(by))
    }

    #[zero_trust(strict)]
    pub async fn settle(
        #[trusted(reason = "made at start-up")] shared: &Mutex<u64>,
        #[trusted(reason = "made at start-up")] db: &Db,
        #[check(range(max = 99))] key: u64,
    ) -> Result<u64, Error> {
        let value = if let Ok(guard) = shared.lock() { Some(*guard) } else { None };
        if let Some(value) = value {
            db.store(key, value).await?;
        }
        Ok(key)
    }

    pub struct Shop {
        stock: Mutex<u64>,
        db: Db,
    }

    #[zero_trust(strict)]
    impl Shop {
        pub async fn sell(&self, #[check(range(max = 9))] item: u64) -> Result<u64, Error> {
            let stock = {
                let Ok(stock) = self.stock.lock() else {
                    return Err(Error::Internal);
                };
                *stock
            };
            self.db.store(item, stock).await?;
            Ok(stock)
        }

        pub async fn peek(&self, #[check(range(max = 9))] item: u64) -> Result<u64, Error> {
            Ok(item)
        }
    }

    #[zero_trust(strict)]
    pub async fn refresh(
        #[trusted(reason = "made at start-up")] cache: &RwLock<Option<u64>>,
        #[trusted(reason = "made at start-up")] db: &Db,
    ) -> Result<u64, Error> {
        let cached = *cache.write().map_err(|_| Error::Internal)?;
        match cached {
            Some(value) => Ok(value),
            None => Ok(db.find(1).await?.unwrap_or_default()),
        }
    }

    #[zero_trust(strict)]
    pub async fn fan_out(
        #[trusted(reason = "made at start-up")] shared: Shared,
        #[trusted(reason = "made at start-up")] db: Db,
        #[check(length(max = 8), each(range(max = 99)))] keys: Vec<u64>,
    ) -> Result<u64, Error> {
        let mut sum: u64 = 0;
        for key in keys {
            let guard = shared.lock().map_err(|_| Error::Internal)?;
            let held = guard.len();
            drop(guard);
            tokio::task::yield_now().await;
            sum ^= key ^ db.all().len() as u64 ^ held as u64;
        }
        Ok(sum)
    }

    // The lock that may be held across `.await`.
    #[zero_trust(strict)]
    pub async fn publish(
        #[trusted(reason = "made at start-up")] last: &tokio::sync::Mutex<u64>,
        #[trusted(reason = "made at start-up")] out: &tokio::sync::mpsc::Sender<u64>,
        #[check(range(max = 99))] value: u64,
    ) -> Result<(), Error> {
        let mut guard = last.lock().await;
        if *guard != value {
            *guard = value;
            out.send(value).await.map_err(|_| Error::Busy)?;
        }
        Ok(())
    }

    #[zero_trust(strict)]
    pub async fn evict(
        #[trusted(reason = "made at start-up")] table: &parking_lot::RwLock<Vec<u64>>,
        #[trusted(reason = "made at start-up")] db: &Db,
    ) -> Result<usize, Error> {
        let keys: Vec<u64> = table.write().drain(..).take(64).collect();
        for key in keys {
            db.store(key, 0).await?;
        }
        Ok(table.read().len())
    }
}

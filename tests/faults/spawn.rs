//! A task or a thread that nobody waits for: no limit, no deadline, and its panic is not seen.

#[cfg(faulty)]
pub mod faulty {
    use portcullis::{Violation, zero_trust};
    use tokio::task;

    use crate::shared::{Db, Error, Json, State};

    // CVE-2023-44487 (HTTP/2, rapid reset): work that went on after the client had taken back its request.
    #[zero_trust(strict)]
    pub async fn stream(
        #[trusted(reason = "made at start-up")] State(db): State<Db>,
        #[check(range(max = 99))] key: u64,
    ) -> Result<(), Violation> {
        tokio::spawn(async move { db.find(key).await.map(|_| ()) }); //~ PC0410
        Ok(())
    }

    // Post-mortem: AWS Kinesis, 25 November 2020: a thread for each peer, until the system allowed no more.
    #[zero_trust(strict)]
    pub fn peer(#[check(range(max = 9_999))] peer: u32) -> Result<u32, Violation> {
        std::thread::spawn(move || peer.wrapping_mul(3)); //~ PC0410
        Ok(peer)
    }

    // RUSTSEC-2023-0034 (h2): streams that were opened and reset faster than they were let go.
    #[zero_trust(strict)]
    pub async fn accept(#[check(length(max = 512))] frame: Vec<u8>) -> Result<usize, Error> {
        let length = frame.len();
        let _ = task::spawn(async move { frame.len() }); //~ PC0410
        Ok(length)
    }

    // RUSTSEC-2022-0084 (libp2p): no management of what a peer may begin.
    #[zero_trust(strict)]
    pub async fn dial(#[check(range(max = 99))] peers: u32) -> Result<u32, Violation> {
        use tokio::spawn as background;
        for peer in 0..peers {
            background(async move { peer + 1 }); //~ PC0410
        }
        Ok(peers)
    }

    // CVE-2007-6750 (slowloris): a worker for as long as the peer cares to take.
    #[zero_trust(strict)]
    pub async fn upload(Json(name): Json<Name>) -> Result<(), Violation> {
        drop(tokio::task::spawn_blocking(move || name.0.len())); //~ PC0410
        Ok(())
    }

    // CVE-2019-9511 (HTTP/2, data dribble): a task that waits for a window of one byte.
    #[zero_trust(strict)]
    pub mod dribble {
        use std::thread::{self, Builder};

        use portcullis::Violation;

        pub fn serve(#[check(range(max = 9))] window: usize) -> Result<usize, Violation> {
            Builder::new().name("dribble".into()).spawn(move || window).ok(); //~ PC0410
            thread::yield_now();
            Ok(window)
        }
    }

    // CVE-2023-45288 (Go, HTTP/2 CONTINUATION flood): headers that are parsed on and on beside the request.
    #[zero_trust(strict)]
    pub async fn headers(#[check(length(max = 8), each(length(max = 99)))] lines: Vec<String>) -> Result<(), Violation> {
        lines.into_iter().for_each(|line| {
            tokio::spawn(async move { line.len() }); //~ PC0410
        });
        Ok(())
    }

    #[derive(portcullis::Covered)]
    pub struct Name(#[check(length(max = 9))] pub String);
}

#[cfg(mended)]
pub mod mended {
    use portcullis::{Violation, zero_trust};
    use tokio::task;

    use crate::shared::{Db, Error, Json, State};

    #[zero_trust(strict)]
    pub async fn stream(
        #[trusted(reason = "made at start-up")] State(db): State<Db>,
        #[check(range(max = 99))] key: u64,
    ) -> Result<(), Error> {
        let found = tokio::spawn(async move { db.find(key).await.map(|_| ()) });
        found.await.map_err(|_| Error::Internal)?
    }

    #[zero_trust(strict)]
    pub fn peer(#[check(range(max = 9_999))] peer: u32) -> Result<u32, Error> {
        let worker = std::thread::spawn(move || peer.wrapping_mul(3));
        worker.join().map_err(|_| Error::Internal)
    }

    #[zero_trust(strict)]
    pub async fn accept(#[check(length(max = 512))] frame: Vec<u8>) -> Result<usize, Error> {
        task::spawn(async move { frame.len() }).await.map_err(|_| Error::Internal)
    }

    #[zero_trust(strict)]
    pub async fn dial(#[check(range(max = 99))] peers: u32) -> Result<u32, Error> {
        let mut tasks = task::JoinSet::new();
        for peer in 0..peers {
            tasks.spawn(async move { peer + 1 });
        }
        let mut sum = 0_u32;
        for _ in 0..peers {
            if let Some(done) = tasks.join_next().await {
                sum = sum.saturating_add(done.map_err(|_| Error::Internal)?);
            }
        }
        Ok(sum)
    }

    #[zero_trust(strict)]
    pub async fn upload(Json(name): Json<Name>) -> Result<usize, Error> {
        tokio::task::spawn_blocking(move || name.0.len()).await.map_err(|_| Error::Internal)
    }

    #[zero_trust(strict)]
    pub mod dribble {
        use std::thread;

        use portcullis::Violation;

        pub fn serve(#[check(range(max = 9))] window: usize) -> Result<usize, Violation> {
            let window = thread::scope(|scope| {
                scope.spawn(|| thread::yield_now());
                window
            });
            Ok(window)
        }
    }

    #[zero_trust(strict)]
    pub async fn headers(#[check(length(max = 8), each(length(max = 99)))] lines: Vec<String>) -> Result<(), Error> {
        let tasks: Vec<task::JoinHandle<usize>> =
            lines.into_iter().map(|line| tokio::spawn(async move { line.len() })).collect();
        for task in tasks {
            task.await.map_err(|_| Error::Internal)?;
        }
        Ok(())
    }

    #[derive(portcullis::Covered)]
    pub struct Name(#[check(length(max = 9))] pub String);
}

//! A call that blocks a worker, in async code.

#[cfg(faulty)]
pub mod faulty {
    use std::fs;
    use std::io::Read;
    use std::sync::mpsc::Receiver;
    use std::sync::{Arc, Barrier, Condvar, Mutex};
    use std::time::Duration;

    use portcullis::zero_trust;

    use crate::shared::{Db, Error};

    // CVE-2007-6750 (slowloris): a worker for each peer that takes its time.
    #[zero_trust(strict)]
    pub async fn throttle(#[check(range(max = 9))] secs: u64) -> Result<u64, Error> {
        std::thread::sleep(Duration::from_secs(secs)); //~ PC0415
        Ok(secs)
    }

    // RUSTSEC-2021-0126 (rust-embed): a file that the client names, read as it comes.
    #[zero_trust(strict)]
    pub async fn asset(#[check(one_of("index.html", "app.js"))] name: &str) -> Result<Vec<u8>, Error> {
        let path = std::path::Path::new("assets").join(name);
        Ok(fs::read(path)?) //~ PC0415
    }

    // CVE-2018-12121 (Node.js): headers of a size that takes the only thread there is.
    #[zero_trust(strict)]
    pub async fn upload(#[check(length(max = 99))] text: String) -> Result<(), Error> {
        use std::fs::write as save;
        save("upload.txt", text)?; //~ PC0415
        Ok(())
    }

    // Post-mortem: Stack Overflow, 20 July 2016: a request that kept a worker busy, and the load balancer took the site down.
    #[zero_trust(strict)]
    pub async fn nested(
        #[trusted(reason = "made at start-up")] runtime: tokio::runtime::Handle,
        #[trusted(reason = "made at start-up")] db: Db,
        #[check(range(max = 99))] key: u64,
    ) -> Result<Option<u64>, Error> {
        runtime.block_on(db.find(key)) //~ PC0415
    }

    // CVE-2011-1473 (TLS renegotiation): a resolver, a handshake, and the peer that does not go on.
    #[zero_trust(strict)]
    pub async fn webhook(#[check(length(max = 99), ascii)] host: &str) -> Result<usize, Error> {
        let mut stream = std::net::TcpStream::connect((host, 443))?; //~ PC0415
        stream.set_read_timeout(Some(Duration::from_millis(9)))?;
        let mut answer = [0; 16];
        Ok(stream.read(&mut answer)?)
    }

    // CVE-2019-5737 (Node.js): a connection that is kept open, and waited for.
    #[zero_trust(strict)]
    pub fn events(
        #[trusted(reason = "made at start-up")] events: Receiver<u64>,
    ) -> impl Future<Output = Result<u64, Error>> + Send {
        async move {
            let event = events.recv().map_err(|_| Error::Internal)?; //~ PC0415
            Ok(event)
        }
    }

    // Post-mortem: Fly.io, 1 September 2024: all workers of a proxy waited for what one of them had to do.
    #[zero_trust(strict)]
    pub async fn ready(
        #[trusted(reason = "made at start-up")] state: Arc<(Mutex<bool>, Condvar)>,
    ) -> Result<bool, Error> {
        let (lock, changed) = &*state;
        let ready = lock.lock().map_err(|_| Error::Internal)?;
        let ready = changed.wait(ready).map_err(|_| Error::Internal)?; //~ PC0415
        Ok(*ready)
    }

    pub struct Files;

    // CVE-2019-9517 (HTTP/2, internal data buffering): a body that is sent while nobody reads.
    #[zero_trust(strict)]
    impl Files {
        pub async fn listing(&self, #[check(one_of("a", "b"))] folder: &str) -> Result<usize, Error> {
            let count = || std::fs::read_dir(folder).map(Iterator::count); //~ PC0415
            Ok(count()?)
        }

        // CVE-2024-24576 (Rust, `Command`): a program of the system, begun for a request.
        pub async fn shell(&self) -> Result<bool, Error> {
            Ok(std::process::Command::new("true").status()?.success()) //~ PC0415
        }
    }

    // Post-mortem: AWS Kinesis, 25 November 2020: a fleet in which each waited for each.
    #[zero_trust(strict)]
    pub async fn together(#[trusted(reason = "made at start-up")] all: &Barrier) -> Result<bool, Error> {
        Ok(all.wait().is_leader()) //~ PC0415
    }
}

#[cfg(mended)]
pub mod mended {
    use std::sync::Arc;
    use std::time::Duration;

    use portcullis::zero_trust;
    use tokio::sync::mpsc::Receiver;

    use crate::shared::{Db, Error};

    #[zero_trust(strict)]
    pub async fn throttle(#[check(range(max = 9))] secs: u64) -> Result<u64, Error> {
        tokio::time::sleep(Duration::from_secs(secs)).await;
        Ok(secs)
    }

    #[zero_trust(strict)]
    pub async fn asset(#[check(one_of("index.html", "app.js"))] name: &str) -> Result<Vec<u8>, Error> {
        let path = std::path::Path::new("assets").join(name);
        Ok(tokio::fs::read(path).await?)
    }

    #[zero_trust(strict)]
    pub async fn upload(#[check(length(max = 99))] text: String) -> Result<(), Error> {
        use tokio::fs::write as save;
        save("upload.txt", text).await?;
        Ok(())
    }

    #[zero_trust(strict)]
    pub async fn nested(
        #[trusted(reason = "made at start-up")] db: Db,
        #[check(range(max = 99))] key: u64,
    ) -> Result<Option<u64>, Error> {
        db.find(key).await
    }

    #[zero_trust(strict)]
    pub async fn webhook(#[check(length(max = 99), ascii)] host: String) -> Result<usize, Error> {
        use std::io::Read;
        tokio::task::spawn_blocking(move || {
            let mut stream = std::net::TcpStream::connect((host.as_str(), 443))?;
            stream.set_read_timeout(Some(Duration::from_millis(9)))?;
            let mut answer = [0; 16];
            Ok(stream.read(&mut answer)?)
        })
        .await
        .map_err(|_| Error::Internal)?
    }

    #[zero_trust(strict)]
    pub fn events(
        #[trusted(reason = "made at start-up")] mut events: Receiver<u64>,
    ) -> impl Future<Output = Result<u64, Error>> + Send {
        async move {
            let event = events.recv().await.ok_or(Error::Internal)?;
            Ok(event)
        }
    }

    #[zero_trust(strict)]
    pub async fn ready(
        #[trusted(reason = "made at start-up")] state: Arc<tokio::sync::Notify>,
    ) -> Result<bool, Error> {
        state.notified().await;
        Ok(true)
    }

    pub struct Files;

    // In a function that is not async nobody else waits for the thread.
    #[zero_trust(strict)]
    impl Files {
        pub fn listing(&self, #[check(one_of("a", "b"))] folder: &str) -> Result<usize, Error> {
            let count = || std::fs::read_dir(folder).map(Iterator::count);
            Ok(count()?)
        }

        pub fn shell(&self) -> Result<bool, Error> {
            Ok(std::process::Command::new("true").status()?.success())
        }
    }

    #[zero_trust(strict)]
    pub async fn together(#[trusted(reason = "made at start-up")] all: &tokio::sync::Barrier) -> Result<bool, Error> {
        Ok(all.wait().await.is_leader())
    }
}

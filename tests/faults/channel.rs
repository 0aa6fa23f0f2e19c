//! A queue that a fast client fills.

/// As in the crate of that name.
pub mod flume {
    pub fn unbounded<T>() -> (std::sync::mpsc::Sender<T>, std::sync::mpsc::Receiver<T>) {
        std::sync::mpsc::channel()
    }

    pub fn bounded<T>(cap: usize) -> (std::sync::mpsc::SyncSender<T>, std::sync::mpsc::Receiver<T>) {
        std::sync::mpsc::sync_channel(cap)
    }
}

#[cfg(faulty)]
pub mod faulty {
    use std::sync::mpsc::Receiver;

    use portcullis::{Violation, zero_trust};
    use tokio::sync::mpsc;

    use super::flume;

    // CVE-2019-9512 (HTTP/2, ping flood): an answer to each ping, queued without a limit.
    #[zero_trust(strict)]
    pub async fn pings(#[check(range(max = 9))] peer: u32) -> Result<mpsc::UnboundedReceiver<u32>, Violation> {
        let (answers, queue) = mpsc::unbounded_channel(); //~ PC0409
        answers.send(peer).ok();
        Ok(queue)
    }

    // CVE-2019-9514 (HTTP/2, reset flood): the frames that answer bad streams.
    #[zero_trust(strict)]
    pub fn resets(#[check(range(max = 9))] stream: u32) -> Result<Receiver<u32>, Violation> {
        let (frames, queue) = std::sync::mpsc::channel(); //~ PC0409
        frames.send(stream).ok();
        Ok(queue)
    }

    // CVE-2019-9515 (HTTP/2, settings flood): an acknowledgement for each.
    #[zero_trust(strict)]
    pub async fn settings(#[check(range(max = 9))] setting: u32) -> Result<bool, Violation> {
        use tokio::sync::mpsc::unbounded_channel as queue;
        let (acknowledged, _kept) = queue::<u32>(); //~ PC0409
        Ok(acknowledged.send(setting).is_ok())
    }

    // RUSTSEC-2020-0043 (ws): the outgoing buffer of a slow reader.
    #[zero_trust(strict)]
    pub fn outgoing(#[check(length(max = 512))] message: Vec<u8>) -> Result<Receiver<Vec<u8>>, Violation> {
        let (out, queue) = flume::unbounded(); //~ PC0409
        out.send(message).ok();
        Ok(queue)
    }

    pub struct Hub;

    // RUSTSEC-2026-0258 (h2): empty DATA frames, queued until somebody reads.
    #[zero_trust(strict)]
    impl Hub {
        pub async fn subscribe(
            &self,
            #[check(range(max = 99))] topic: u32,
        ) -> Result<mpsc::UnboundedReceiver<u32>, Violation> {
            let open = || mpsc::unbounded_channel::<u32>(); //~ PC0409
            let (sender, receiver) = open();
            sender.send(topic).ok();
            Ok(receiver)
        }
    }

    // RUSTSEC-2024-0003 (h2): resets of streams that the server has not got to yet.
    #[zero_trust(strict)]
    pub mod streams {
        use std::sync::mpsc::{Receiver, channel};

        use portcullis::Violation;

        pub fn pending(#[check(range(max = 9))] stream: u32) -> Result<Receiver<u32>, Violation> {
            let (sender, receiver) = channel(); //~ PC0409
            sender.send(stream).ok();
            Ok(receiver)
        }
    }
}

#[cfg(mended)]
pub mod mended {
    use std::sync::mpsc::Receiver;

    use portcullis::{Violation, zero_trust};
    use tokio::sync::mpsc;

    use super::flume;

    #[zero_trust(strict)]
    pub async fn pings(#[check(range(max = 9))] peer: u32) -> Result<mpsc::Receiver<u32>, Violation> {
        let (answers, queue) = mpsc::channel(16);
        answers.try_send(peer).ok();
        Ok(queue)
    }

    #[zero_trust(strict)]
    pub fn resets(#[check(range(max = 9))] stream: u32) -> Result<Receiver<u32>, Violation> {
        let (frames, queue) = std::sync::mpsc::sync_channel(16);
        frames.try_send(stream).ok();
        Ok(queue)
    }

    #[zero_trust(strict)]
    pub async fn settings(#[check(range(max = 9))] setting: u32) -> Result<bool, Violation> {
        use tokio::sync::mpsc::channel as queue;
        let (acknowledged, _kept) = queue::<u32>(8);
        Ok(acknowledged.try_send(setting).is_ok())
    }

    #[zero_trust(strict)]
    pub fn outgoing(#[check(length(max = 512))] message: Vec<u8>) -> Result<Receiver<Vec<u8>>, Violation> {
        let (out, queue) = flume::bounded(8);
        out.try_send(message).ok();
        Ok(queue)
    }

    pub struct Hub;

    #[zero_trust(strict)]
    impl Hub {
        pub async fn subscribe(
            &self,
            #[check(range(max = 99))] topic: u32,
        ) -> Result<portcullis::Receiver<u32>, Violation> {
            let open = || portcullis::channel::<u32>(8);
            let (sender, receiver) = open();
            sender.try_send(topic).ok();
            Ok(receiver)
        }
    }

    #[zero_trust(strict)]
    pub mod streams {
        use tokio::sync::mpsc::{Receiver, channel};

        use portcullis::Violation;

        pub fn pending(#[check(range(max = 9))] stream: u32) -> Result<Receiver<u32>, Violation> {
            let (sender, receiver) = channel(4);
            sender.try_send(stream).ok();
            Ok(receiver)
        }
    }
}

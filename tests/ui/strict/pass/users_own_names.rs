//! Names of the rules that are something else: the user's own types, functions and macros, bounded and awaited forms.

#![deny(warnings)]

use portcullis::zero_trust;

pub struct Parcel {
    inside: u8,
}

impl Parcel {
    #[must_use]
    pub fn unwrap(&self) -> u8 {
        self.inside
    }
    #[must_use]
    pub fn expect(&self, _: &str) -> u8 {
        self.inside
    }
    #[must_use]
    pub fn leak(&self) -> u8 {
        self.inside
    }
}

mod own {
    pub fn spawn(n: u8) -> u8 {
        n
    }
    pub fn exit(n: u8) -> u8 {
        n
    }
    pub mod fs {
        #[must_use]
        pub fn read(n: u8) -> u8 {
            n
        }
    }
}

#[zero_trust(strict)]
mod handlers {
    use std::sync::{Mutex, PoisonError};

    use portcullis::{Violation, zero_trust};
    use tokio::spawn as start;

    use super::Parcel;
    use super::own::fs;
    use super::own::{exit, spawn};

    struct Shelf {
        parcel: Parcel,
    }

    #[zero_trust(skip, reason = "no client reaches it")]
    fn made() -> Parcel {
        Parcel { inside: 7 }
    }

    impl Shelf {
        fn top(&self) -> Result<u8, Violation> {
            Ok(self.parcel.unwrap() + self.unwrap())
        }
        #[zero_trust(skip, reason = "no client reaches it")]
        fn unwrap(&self) -> u8 {
            self.parcel.expect("mine")
        }
    }

    pub fn own_types(#[trusted(reason = "the server's own")] parcel: &Parcel) -> Result<u8, Violation> {
        let typed: Parcel = Parcel { inside: parcel.unwrap() };
        let shelf = Shelf { parcel: typed };
        let unwrap = |n: u8| n;
        Ok(shelf.top()? + made().unwrap() + made().leak() + unwrap(1) + spawn(1) + exit(1))
    }

    pub async fn own_functions(#[trusted(reason = "the server's own")] state: &Mutex<u8>) -> Result<u8, Violation> {
        let one = *state.lock().unwrap_or_else(PoisonError::into_inner);
        let task = start(async move { one });
        let two = task.await.unwrap_or_default();
        {
            let mut guard = state.lock().unwrap_or_else(PoisonError::into_inner);
            *guard = two;
        }
        tokio::time::sleep(std::time::Duration::ZERO).await;
        Ok(fs::read(two))
    }

    pub fn bounded(#[check(range(max = 99))] n: usize, #[check(length(max = 99), each(range(max = 9)))] list: &[u8]) -> Result<usize, Violation> {
        let mut copy: Vec<u8> = Vec::with_capacity(n);
        let (mut at, mut rounds) = (0, 0);
        while at < list.len() {
            copy.push(list[at]);
            at += 1;
        }
        while let Some(last) = copy.pop() {
            at += usize::from(last);
        }
        loop {
            rounds += 1;
            if rounds > 3 {
                break;
            }
        }
        let mut buffer: &[u8] = list;
        while !buffer.is_empty() {
            let read = usize::from(buffer[0] > 3);
            if read == 0 {
                break;
            }
            buffer = &buffer[read..];
        }
        let (sender, receiver) = std::sync::mpsc::sync_channel(1);
        let _ = sender.try_send(1_u8);
        Ok(at + receiver.try_iter().count())
    }

    #[zero_trust(strict, deadline("2s"))]
    pub fn until_the_deadline(#[check(range(min = 1, max = 9))] step: u32) -> Result<u32, Violation> {
        let mut left = 100;
        while left > 9 {
            left ^= step.rotate_left(left);
        }
        Ok(left)
    }

    /// The rule leaves a step of nothing out.
    pub fn stepwise(#[check(range(min = 1, max = 9))] step: u32, #[check(length(max = 99))] text: &str) -> Result<u32, Violation> {
        let mut at = 0;
        while at < 100 {
            at += step;
        }
        for byte in text.bytes() {
            at ^= u32::from(byte);
        }
        Ok(at)
    }

    /// What `if let` holds ends with it.
    pub async fn in_turn(#[trusted(reason = "the server's own")] state: &Mutex<u8>) -> Result<u8, Violation> {
        let copy = if let Ok(guard) = state.lock() { *guard } else { 0 };
        tokio::time::sleep(std::time::Duration::ZERO).await;
        Ok(copy)
    }

    pub async fn awaited(
        #[trusted(reason = "the server's own")] mut events: tokio::sync::mpsc::Receiver<u8>,
        #[trusted(reason = "the server's own")] ready: &tokio::sync::Barrier,
    ) -> Result<bool, Violation> {
        let event = events.recv().await.unwrap_or_default();
        let later = events.recv();
        let more = later.await.unwrap_or_default();
        Ok(ready.wait().await.is_leader() && event == more)
    }
}

fn main() {
    let parcel = Parcel { inside: 7 };
    assert_eq!(handlers::own_types(&parcel).unwrap(), 7 + 7 + 7 + 7 + 3);
    assert_eq!(handlers::bounded(3, &[1, 2]).unwrap(), 2 + 3 + 1);
    assert_eq!(handlers::stepwise(7, "a").unwrap(), 105 ^ 97);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    assert_eq!(runtime.block_on(handlers::own_functions(&std::sync::Mutex::new(5))).unwrap(), 5);
}

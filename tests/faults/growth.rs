//! A static that only grows, by what clients send.

#[cfg(faulty)]
pub mod faulty {
    use std::collections::{BTreeMap, HashMap, HashSet};
    use std::sync::{LazyLock, Mutex, OnceLock, RwLock};

    use portcullis::{Violation, zero_trust};

    use crate::shared::Error;

    static SESSIONS: Mutex<Vec<String>> = Mutex::new(Vec::new());
    static SEEN: LazyLock<Mutex<HashSet<u64>>> = LazyLock::new(Mutex::default);
    static FRAGMENTS: RwLock<BTreeMap<u64, Vec<u8>>> = RwLock::new(BTreeMap::new());
    static CACHE: OnceLock<Mutex<HashMap<String, u32>>> = OnceLock::new();

    // CVE-2016-6304 (OpenSSL): what each renegotiation left behind.
    #[zero_trust(strict)]
    pub fn renegotiate(#[check(length(max = 512))] extension: String) -> Result<(), Error> {
        SESSIONS.lock().map_err(|_| Error::Internal)?.push(extension); //~ PC0414
        Ok(())
    }

    // RUSTSEC-2026-0185 (quinn-proto): fragments with gaps between them, kept until the gaps are filled.
    #[zero_trust(strict)]
    pub async fn fragment(
        #[check(range(max = 1_000_000))] offset: u64,
        #[check(length(max = 1_200))] bytes: Vec<u8>,
    ) -> Result<usize, Error> {
        let mut fragments = FRAGMENTS.write().map_err(|_| Error::Internal)?;
        fragments.insert(offset, bytes); //~ PC0414
        Ok(fragments.len())
    }

    // RUSTSEC-2024-0003 (h2): the streams that were reset, remembered.
    #[zero_trust(strict)]
    pub fn reset(#[check(range(max = 1_000_000))] stream: u64) -> Result<bool, Violation> {
        let Ok(mut seen) = SEEN.lock() else { return Ok(false) };
        Ok(seen.insert(stream)) //~ PC0414
    }

    // Post-mortem: AWS, 22 October 2012: a table of servers that did not answer, which grew in each agent.
    #[zero_trust(strict)]
    pub fn agent(#[check(length(max = 64))] host: String) -> Result<u32, Error> {
        let cache = CACHE.get_or_init(Mutex::default);
        let mut cache = cache.lock().map_err(|_| Error::Internal)?;
        let tries = cache.entry(host).or_insert(0); //~ PC0414
        Ok(*tries)
    }

    // RUSTSEC-2024-0332 (h2): a CONTINUATION frame after the other.
    #[zero_trust(strict)]
    pub mod continuation {
        use std::sync::Mutex;

        use portcullis::Violation;

        static HEADERS: Mutex<String> = Mutex::new(String::new());

        pub fn frame(#[check(length(max = 512))] block: &str) -> Result<bool, Violation> {
            if let Ok(mut headers) = HEADERS.lock() {
                headers.push_str(block); //~ PC0414
            }
            Ok(true)
        }
    }

    thread_local! {
        static RECENT: std::cell::RefCell<Vec<u64>> = const { std::cell::RefCell::new(Vec::new()) };
    }

    // CVE-2023-24998 (commons-fileupload): as many parts as the request has.
    #[zero_trust(strict)]
    pub fn part(#[check(range(max = 9_999))] id: u64) -> Result<(), Violation> {
        RECENT.with_borrow_mut(|recent| recent.push(id)); //~ PC0414
        Ok(())
    }
}

#[cfg(mended)]
pub mod mended {
    use std::collections::{BTreeMap, HashMap, HashSet};
    use std::sync::{LazyLock, Mutex, OnceLock, RwLock};

    use portcullis::{Bounded, Violation, zero_trust};

    use crate::shared::Error;

    static SESSIONS: Mutex<Vec<String>> = Mutex::new(Vec::new());
    static SEEN: LazyLock<Mutex<HashSet<u64>>> = LazyLock::new(Mutex::default);
    static FRAGMENTS: RwLock<BTreeMap<u64, Vec<u8>>> = RwLock::new(BTreeMap::new());
    static CACHE: OnceLock<Mutex<HashMap<String, u32>>> = OnceLock::new();

    #[zero_trust(strict)]
    pub fn renegotiate(#[check(length(max = 512))] extension: String) -> Result<(), Error> {
        let mut sessions = SESSIONS.lock().map_err(|_| Error::Internal)?;
        if sessions.len() >= 1_000 {
            return Err(Error::Busy);
        }
        sessions.push(extension);
        Ok(())
    }

    #[zero_trust(strict)]
    pub async fn fragment(
        #[check(range(max = 1_000_000))] offset: u64,
        #[check(length(max = 1_200))] bytes: Vec<u8>,
    ) -> Result<usize, Error> {
        let mut fragments = FRAGMENTS.write().map_err(|_| Error::Internal)?;
        fragments.insert(offset, bytes);
        if fragments.len() > 256 {
            fragments.pop_first();
        }
        Ok(fragments.len())
    }

    #[zero_trust(strict)]
    pub fn reset(#[check(range(max = 1_000_000))] stream: u64) -> Result<bool, Violation> {
        let Ok(mut seen) = SEEN.lock() else { return Ok(false) };
        seen.retain(|old| old.abs_diff(stream) < 100);
        Ok(seen.insert(stream))
    }

    #[zero_trust(strict)]
    pub fn agent(#[check(length(max = 64))] host: String) -> Result<u32, Error> {
        let cache = CACHE.get_or_init(Mutex::default);
        let cache = cache.lock().map_err(|_| Error::Internal)?;
        Ok(cache.get(&host).copied().unwrap_or_default())
    }

    #[zero_trust(strict)]
    pub mod continuation {
        use std::sync::Mutex;

        use portcullis::Violation;

        static HEADERS: Mutex<String> = Mutex::new(String::new());

        pub fn frame(#[check(length(max = 512))] block: &str) -> Result<bool, Violation> {
            if let Ok(mut headers) = HEADERS.lock() {
                headers.clear();
                headers.push_str(block);
            }
            Ok(true)
        }
    }

    thread_local! {
        static RECENT: std::cell::RefCell<Option<Bounded<Vec<u64>>>> = const { std::cell::RefCell::new(None) };
    }

    #[zero_trust(strict)]
    pub fn part(#[check(range(max = 9_999))] id: u64) -> Result<bool, Violation> {
        let mut mine = Vec::new();
        mine.push(id);
        Ok(RECENT.with_borrow(|recent| recent.is_some()))
    }
}

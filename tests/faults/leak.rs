//! Memory that is never freed, on every request.

#[cfg(faulty)]
pub mod faulty {
    use std::mem::{self, ManuallyDrop};
    use std::rc::Rc;
    use std::sync::Arc;

    use portcullis::{Violation, zero_trust};

    // Post-mortem: AWS, 22 October 2012: an agent's report that was kept at each try, until no memory was left.
    #[zero_trust(strict)]
    pub fn report(#[check(length(max = 64))] host: String) -> Result<&'static str, Violation> {
        Ok(Box::leak(host.into_boxed_str())) //~ PC0408
    }

    // CVE-2014-3567 (OpenSSL): a session ticket that failed its check was not freed.
    #[zero_trust(strict)]
    pub fn ticket(#[check(length(max = 512))] ticket: Vec<u8>) -> Result<bool, Violation> {
        let good = ticket.first() == Some(&1);
        if !good {
            std::mem::forget(ticket); //~ PC0408
        }
        Ok(good)
    }

    // CVE-2014-3513 (OpenSSL): a handshake message of a kind whose memory nobody freed.
    #[zero_trust(strict)]
    pub async fn srtp(#[check(length(max = 512))] extension: Vec<u8>) -> Result<usize, Violation> {
        let extension = ManuallyDrop::new(extension); //~ PC0408
        Ok(extension.len())
    }

    // CVE-2018-5744 (BIND): packets with more than one EDNS option leaked.
    #[zero_trust(strict)]
    pub fn edns(#[check(length(max = 8), each(range(max = 99)))] options: Vec<u16>) -> Result<&'static [u16], Violation> {
        Ok(if options.is_empty() { &[] } else { options.leak() }) //~ PC0408
    }

    // CVE-2022-38177 (BIND): a signature of the wrong length leaked, at each try.
    #[zero_trust(strict)]
    pub fn signature(#[check(length(max = 99))] signature: Vec<u8>) -> Result<usize, Violation> {
        let keep = |bytes: Vec<u8>| mem::forget(bytes); //~ PC0408
        let length = signature.len();
        keep(signature);
        Ok(length)
    }

    // CVE-2009-1378 (OpenSSL, DTLS): a record that came too early was kept for good.
    #[zero_trust(strict)]
    pub fn early(#[check(length(max = 512))] record: Vec<u8>) -> Result<bool, Violation> {
        use std::mem::forget as keep_alive;
        let record = Arc::new(record);
        let empty = record.is_empty();
        keep_alive(record); //~ PC0408
        Ok(empty)
    }

    // CVE-2016-6304 (OpenSSL): an OCSP extension at each renegotiation, each kept.
    #[zero_trust(strict)]
    pub fn extension(#[check(length(max = 512))] value: Vec<u8>) -> Result<*const Vec<u8>, Violation> {
        Ok(Rc::into_raw(Rc::new(value))) //~ PC0408
    }
}

#[cfg(mended)]
pub mod mended {
    use std::sync::Arc;

    use portcullis::{Violation, zero_trust};

    #[zero_trust(strict)]
    pub fn report(#[check(length(max = 64))] host: String) -> Result<Box<str>, Violation> {
        Ok(host.into_boxed_str())
    }

    #[zero_trust(strict)]
    pub fn ticket(#[check(length(max = 512))] ticket: Vec<u8>) -> Result<bool, Violation> {
        let good = ticket.first() == Some(&1);
        if !good {
            std::mem::drop(ticket);
        }
        Ok(good)
    }

    #[zero_trust(strict)]
    pub async fn srtp(#[check(length(max = 512))] extension: Vec<u8>) -> Result<usize, Violation> {
        let extension = Box::new(extension);
        Ok(extension.len())
    }

    #[zero_trust(strict)]
    pub fn edns(#[check(length(max = 8), each(range(max = 99)))] options: Vec<u16>) -> Result<Arc<[u16]>, Violation> {
        Ok(options.into())
    }

    pub struct Bucket;

    impl Bucket {
        fn leak(&self, _bytes: Vec<u8>) {}
    }

    // A leaky bucket is a limit.
    #[zero_trust(strict)]
    pub fn signature(#[check(length(max = 99))] signature: Vec<u8>) -> Result<usize, Violation> {
        let bucket: Bucket = Bucket;
        let length = signature.len();
        bucket.leak(signature);
        Ok(length)
    }

    #[zero_trust(strict)]
    pub fn early(#[check(length(max = 512))] record: Vec<u8>) -> Result<bool, Violation> {
        let record = Arc::new(record);
        let empty = record.is_empty();
        drop(record);
        Ok(empty)
    }

    #[zero_trust(strict)]
    pub fn extension(#[check(length(max = 512))] value: Vec<u8>) -> Result<Arc<Vec<u8>>, Violation> {
        Ok(Arc::new(value))
    }
}

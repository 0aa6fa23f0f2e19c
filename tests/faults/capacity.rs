//! Memory as large as a client says.

#[cfg(faulty)]
pub mod faulty {
    use std::collections::HashMap;
    use std::io::Read;

    use portcullis::{Violation, zero_trust};
    use tokio::io::{AsyncRead, AsyncReadExt};

    use crate::shared::Error;

    // RUSTSEC-2026-0154 (russh): the length of a frame, 32 bits of it, and a buffer of that size.
    #[zero_trust(strict)]
    pub async fn agent_frame<R: AsyncRead + Unpin + Send>(
        #[trusted(reason = "the connection")] mut peer: R,
    ) -> Result<Vec<u8>, Error> {
        let length = peer.read_u32().await?;
        let mut frame = vec![0; length as usize]; //~ PC0413
        peer.read_exact(&mut frame).await?;
        Ok(frame)
    }

    // RUSTSEC-2019-0007 (asn1_der): a vector for as many bytes as the length field announces.
    #[zero_trust(strict)]
    pub fn der_value<R: Read>(#[trusted(reason = "the upload")] mut der: R) -> Result<Vec<u8>, Error> {
        let mut header = [0_u8; 8];
        der.read_exact(&mut header)?;
        let length = usize::from_be_bytes(header);
        let mut value = Vec::with_capacity(length); //~ PC0413
        der.take(64).read_to_end(&mut value)?;
        Ok(value)
    }

    // RUSTSEC-2017-0006 (rmpv): memory for raw buffers before there was anything in them.
    #[zero_trust(strict)]
    pub fn raw_buffer(
        #[check(length(min = 4, max = 64))] message: &[u8],
    ) -> Result<Vec<u8>, Error> {
        let announced = u32::from_be_bytes(*message.first_chunk().ok_or(Error::Malformed)?);
        let mut out: Vec<u8> = Vec::new();
        out.reserve(usize::try_from(announced)?); //~ PC0413
        out.extend_from_slice(message);
        Ok(out)
    }

    // RUSTSEC-2022-0035 (websocket): a frame's header, and memory for all that it says will come.
    #[zero_trust(strict)]
    pub fn data_frame(#[check(length(max = 20), ascii)] header: &str) -> Result<String, Error> {
        let size: usize = header.parse()?;
        Ok(String::with_capacity(size)) //~ PC0413
    }

    // RUSTSEC-2021-0066 (evm-core): memory grown to an offset that a contract names.
    #[zero_trust(strict)]
    pub fn copy_large(
        #[check(length(max = 64))] memory: Vec<u8>,
        #[check(length(max = 4))] operand: &[u8],
    ) -> Result<Vec<u8>, Violation> {
        let offset = operand.iter().fold(0_usize, |offset, byte| (offset << 8) | usize::from(*byte));
        let mut memory = memory;
        memory.resize(offset, 0); //~ PC0413
        Ok(memory)
    }

    // RUSTSEC-2019-0003 (protobuf): a string of the length that stands before it.
    #[zero_trust(strict)]
    pub fn padded(#[check(length(max = 8), ascii)] width: &str) -> Result<String, Error> {
        let width = width.parse::<usize>()?;
        Ok(" ".repeat(width)) //~ PC0413
    }

    // RUSTSEC-2019-0033 (http): `HeaderMap::reserve` of what the caller was told.
    #[zero_trust(strict)]
    pub fn header_map(
        #[check(length(max = 9), keys(length(max = 9)), values(length(max = 9)))] query: HashMap<String, String>,
    ) -> Result<usize, Error> {
        let expected: usize = query.get("expected").ok_or(Error::Malformed)?.parse()?;
        let map: HashMap<u32, u32> = HashMap::with_capacity(expected); //~ PC0413
        Ok(map.capacity())
    }

    pub struct Header {
        pub length: u64,
    }

    impl Header {
        fn parse(bytes: &[u8]) -> Self {
            Self { length: bytes.first().copied().map_or(0, u64::from) << 32 }
        }
    }

    // RUSTSEC-2025-0136 (sequoia-openpgp): a small negative number, and a vector of that length.
    #[zero_trust(strict)]
    pub async fn key_unwrap(#[check(length(max = 64))] ciphertext: Vec<u8>) -> Result<Vec<u8>, Error> {
        let header = Header::parse(&ciphertext);
        let plain = vec![0_u8; header.length.wrapping_sub(8) as usize]; //~ PC0413
        Ok(plain)
    }

    // CVE-2018-1000517 (BusyBox wget): the length of a chunk, as the other side states it.
    #[zero_trust(strict)]
    pub fn chunk(#[check(length(max = 16), ascii)] line: &str) -> Result<Vec<u8>, Error> {
        let size = usize::from_str_radix(line, 16)?;
        Ok(std::iter::repeat_n(0, size).collect()) //~ PC0413
    }
}

#[cfg(mended)]
pub mod mended {
    use std::collections::HashMap;
    use std::io::Read;

    use portcullis::{Violation, zero_trust};
    use tokio::io::{AsyncRead, AsyncReadExt};

    use crate::shared::Error;

    const FRAME: usize = 262_144;

    #[zero_trust(strict)]
    pub async fn agent_frame<R: AsyncRead + Unpin + Send>(
        #[trusted(reason = "the connection")] mut peer: R,
    ) -> Result<Vec<u8>, Error> {
        let length = peer.read_u32().await? as usize;
        if length > FRAME {
            return Err(Error::Malformed);
        }
        let mut frame = vec![0; length];
        peer.read_exact(&mut frame).await?;
        Ok(frame)
    }

    #[zero_trust(strict)]
    pub fn der_value<R: Read>(#[trusted(reason = "the upload")] mut der: R) -> Result<Vec<u8>, Error> {
        let mut header = [0_u8; 8];
        der.read_exact(&mut header)?;
        let length = usize::from_be_bytes(header);
        let mut value = Vec::with_capacity(length.min(FRAME));
        der.take(64).read_to_end(&mut value)?;
        Ok(value)
    }

    #[zero_trust(strict)]
    pub fn raw_buffer(#[check(length(min = 4, max = 64))] message: &[u8]) -> Result<Vec<u8>, Violation> {
        let mut out: Vec<u8> = Vec::new();
        out.reserve(message.len());
        out.extend_from_slice(message);
        Ok(out)
    }

    #[zero_trust(strict)]
    pub fn data_frame(#[check(length(max = 20), ascii)] header: &str) -> Result<String, Error> {
        let size: usize = header.parse()?;
        Ok(String::with_capacity(size.clamp(16, 4_096)))
    }

    #[zero_trust(strict)]
    pub fn copy_large(
        #[check(length(max = 64))] memory: Vec<u8>,
        #[check(range(max = 65_536))] offset: usize,
    ) -> Result<Vec<u8>, Violation> {
        let mut memory = memory;
        memory.resize(offset, 0);
        Ok(memory)
    }

    #[zero_trust(strict)]
    pub fn padded(#[check(range(max = 80))] width: usize) -> Result<String, Violation> {
        Ok(" ".repeat(width))
    }

    #[zero_trust(strict, bounded_allocation(max = "1MiB"))]
    pub fn header_map(
        #[check(length(max = 9), keys(length(max = 9)), values(length(max = 9)))] query: HashMap<String, String>,
    ) -> Result<usize, Error> {
        let expected: usize = query.get("expected").ok_or(Error::Malformed)?.parse()?;
        let map: HashMap<u32, u32> = HashMap::with_capacity(expected);
        Ok(map.capacity())
    }

    #[zero_trust(strict)]
    pub async fn key_unwrap(#[check(length(min = 8, max = 64))] ciphertext: Vec<u8>) -> Result<Vec<u8>, Violation> {
        let plain = vec![0_u8; ciphertext.len() - 8];
        Ok(plain)
    }

    #[zero_trust(strict)]
    pub fn chunk(#[check(length(max = 16), ascii)] line: &str) -> Result<Vec<u8>, Error> {
        let size = usize::from_str_radix(line, 16)?;
        if !(1..=8_192).contains(&size) {
            return Err(Error::Malformed);
        }
        Ok(std::iter::repeat_n(0, size).collect())
    }
}

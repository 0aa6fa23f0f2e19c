//! What jemalloc writes (`heap_v2`), read line by line: of a large program it is megabytes long.

use alloc::vec::Vec;
use core::mem;
use std::io::{self, BufRead, Read as _};

/// The longest line. A stack has 256 addresses at most.
const LINE: u64 = 64 << 10;

/// A dump of which the first line is read.
pub(super) struct Dump<R> {
    from: R,
    line: Vec<u8>,
    /// One of so many bytes is sampled.
    pub(super) rate: u64,
}

pub(super) enum Entry<'a> {
    /// What one stack has asked for and not given back, as estimated for all that was not sampled. The innermost address is the first.
    Stack {
        addresses: &'a [u64],
        objects: i64,
        bytes: i64,
    },
    Mapping(Mapping<'a>),
}

/// Code of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mapping<'a> {
    pub(super) start: u64,
    pub(super) end: u64,
    pub(super) offset: u64,
    pub(super) file: &'a [u8],
}

impl<R: BufRead> Dump<R> {
    pub(super) fn begin(mut from: R) -> io::Result<Self> {
        let mut line = Vec::new();
        read(&mut from, &mut line)?;
        let rate = line.trim_ascii().strip_prefix(b"heap_v2/").and_then(number).filter(|rate| *rate > 0);
        let rate = rate.ok_or_else(|| garbled("it does not begin with `heap_v2/` and a rate"))?;
        Ok(Self { from, line, rate })
    }

    pub(super) fn each(mut self, mut then: impl FnMut(Entry<'_>) -> io::Result<()>) -> io::Result<()> {
        let mut addresses = Vec::new();
        let mut is_stack = false;
        let mut are_mappings = false;
        while read(&mut self.from, &mut self.line)? {
            let line = self.line.trim_ascii();
            if are_mappings {
                mapping(line).map_or(Ok(()), |mapping| then(Entry::Mapping(mapping)))?;
            } else if let Some(stack) = line.strip_prefix(b"@") {
                if mem::replace(&mut is_stack, true) {
                    return Err(garbled("a stack has no counts"));
                }
                addresses.clear();
                for word in words(stack) {
                    addresses.push(address(word).ok_or_else(|| garbled("a stack has what is no address"))?);
                }
            } else if let Some(counts) = line.strip_prefix(b"t*:") {
                // Those before the first stack are the sums.
                if mem::take(&mut is_stack) {
                    let (objects, bytes) = numbers(counts).ok_or_else(|| garbled("a count is no number"))?;
                    if objects > 0 && bytes > 0 {
                        let (objects, bytes) = estimate(objects, bytes, self.rate);
                        then(Entry::Stack { addresses: &addresses, objects, bytes })?;
                    }
                }
            } else {
                are_mappings = line == b"MAPPED_LIBRARIES:";
            }
        }
        if is_stack { Err(garbled("a stack has no counts")) } else { Ok(()) }
    }
}

fn garbled(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// The next line. Tells whether there is one.
fn read(from: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let read = from.by_ref().take(LINE).read_until(b'\n', line)?;
    if u64::try_from(read) == Ok(LINE) && !line.ends_with(b"\n") {
        return Err(garbled("a line has no end"));
    }
    Ok(read > 0)
}

fn words(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty())
}

fn number(word: &[u8]) -> Option<u64> {
    str::from_utf8(word).ok()?.parse().ok()
}

fn hexadecimal(word: &[u8]) -> Option<u64> {
    u64::from_str_radix(str::from_utf8(word).ok()?, 16).ok()
}

fn address(word: &[u8]) -> Option<u64> {
    hexadecimal(word.strip_prefix(b"0x")?)
}

/// ` 13: 6688 [0: 0]`: objects, and their bytes. In brackets is what has been given back too, if jemalloc counts it.
fn numbers(line: &[u8]) -> Option<(u64, u64)> {
    let mut words = words(line);
    let objects = number(words.next()?.strip_suffix(b":")?)?;
    Some((objects, number(words.next()?)?))
}

/// A line of `/proc/self/maps`: `5581e000-5582f000 r-xp 00002000 fd:01 2762   /usr/bin/game`.
fn mapping(line: &[u8]) -> Option<Mapping<'_>> {
    let mut fields = line.splitn(6, |byte| *byte == b' ');
    let mut range = fields.next()?.splitn(2, |byte| *byte == b'-');
    let (start, end) = (hexadecimal(range.next()?)?, hexadecimal(range.next()?)?);
    let is_code = fields.next()?.contains(&b'x');
    let offset = hexadecimal(fields.next()?)?;
    let file = fields.nth(2)?.trim_ascii();
    (is_code && file.starts_with(b"/")).then_some(Mapping { start, end, offset, file })
}

/// An object of `size` bytes is sampled with the probability `1 - exp(-size / rate)`. The sizes themselves are not told, so that
/// it is that of their mean, as jeprof has it; jemalloc counts so that this comes out right.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "an estimate, which ends at the largest number"
)]
fn estimate(objects: u64, bytes: u64, rate: u64) -> (i64, i64) {
    let (objects, bytes) = (objects as f64, bytes as f64);
    let sampled = -(-(bytes / objects) / rate as f64).exp_m1();
    ((objects / sampled).round() as i64, (bytes / sampled).round() as i64)
}

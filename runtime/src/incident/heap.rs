//! What the heap holds and who asked for it, in the format of pprof: of jemalloc, where it takes samples.
//!
//! The crates that do this bring `prost` with its limit of recursion switched off, for the whole program: a message of a
//! client could overflow the stack of its gRPC server.

mod control;
mod dump;
mod pprof;

use alloc::ffi::CString;
use alloc::format;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use self::dump::{Dump, Entry};
use self::pprof::Profile;
use super::folder;

/// Writes the profile, if it is no larger than `room`.
pub(super) fn write(path: &Path, room: u64) -> io::Result<()> {
    if !control::is_on() {
        return Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "the program's allocator is not jemalloc with `prof:true`",
        ));
    }
    if !control::samples() {
        return Err(io::Error::new(io::ErrorKind::Unsupported, "jemalloc takes no samples: `prof_active:true`"));
    }
    let dump = path.with_extension("txt");
    // jemalloc would make it for everybody to read; of a file that is there the rights stay.
    drop(folder::create(&dump)?);
    // Not bounded by `room`: it is there for as long as it is read.
    let dump = Removed(dump);
    let name = CString::new(dump.0.as_os_str().as_encoded_bytes())?;
    control::dump(&name).map_err(|error| io::Error::other(format!("jemalloc wrote no dump: {error}")))?;
    profile(BufReader::new(File::open(&dump.0)?), path, room)
}

/// The file is removed, also when what it is for fails.
struct Removed(PathBuf);

impl Drop for Removed {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Leaves no half of a profile.
fn profile(dump: impl BufRead, path: &Path, room: u64) -> io::Result<()> {
    let to = Limited { to: folder::create(path)?, left: room };
    let written = convert(dump, BufWriter::new(to));
    if written.is_err() {
        fs::remove_file(path)?;
    }
    written
}

/// Piece by piece: memory is short when this is asked for.
fn convert(dump: impl BufRead, to: impl Write) -> io::Result<()> {
    let dump = Dump::begin(dump)?;
    let mut profile = Profile::begin(to, dump.rate)?;
    dump.each(|entry| match entry {
        Entry::Stack { addresses, objects, bytes } => profile.sample(addresses, objects, bytes),
        Entry::Mapping(mapping) => profile.mapping(&mapping),
    })?;
    profile.end()
}

/// Takes so many bytes and no more.
struct Limited<W> {
    to: W,
    left: u64,
}

impl<W: Write> Write for Limited<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = |length| u64::try_from(length).unwrap_or(u64::MAX);
        if length(bytes.len()) > self.left {
            return Err(io::Error::from(io::ErrorKind::QuotaExceeded));
        }
        let written = self.to.write(bytes)?;
        self.left = self.left.saturating_sub(length(written));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]
mod tests;

//! What the heap holds and who asked for it, in the format of pprof: of jemalloc, where it takes samples.

use std::io::{self, Write as _};
use std::path::Path;

use super::folder;

/// Writes the profile, if it is no larger than `room`.
pub(super) fn write(path: &Path, room: u64) -> io::Result<()> {
    let Some(control) = jemalloc_pprof::PROF_CTL.as_ref() else {
        return Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "the program's allocator is not jemalloc with `prof:true`",
        ));
    };
    // Somebody else takes one: there will be one.
    let mut control = control.try_lock().map_err(|_| io::Error::from(io::ErrorKind::ResourceBusy))?;
    if !control.activated() {
        return Err(io::Error::new(io::ErrorKind::Unsupported, "jemalloc takes no samples: `prof_active:true`"));
    }
    let profile = control.dump_pprof().map_err(io::Error::other)?;
    if u64::try_from(profile.len()).is_ok_and(|length| length <= room) {
        folder::create(path)?.write_all(&profile)
    } else {
        Err(io::Error::from(io::ErrorKind::QuotaExceeded))
    }
}

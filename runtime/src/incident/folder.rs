//! The folder of the reports: for the owner alone, and never larger than its quota.

use alloc::vec::Vec;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::string::String;

/// Each report's folder begins with this, and nothing else is ever removed.
const PREFIX: &str = "incident-";

/// Makes the folder, or takes the rights of others away from one that is there.
pub(super) fn open(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

/// A new file, which must not be there yet: nobody else's link is followed.
pub(super) fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A new folder for a report.
pub(super) fn begin(folder: &Path, name: &str) -> io::Result<PathBuf> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let mut again = 0_u32;
    loop {
        let numbered = if again == 0 { String::new() } else { std::format!("-{again}") };
        let path = folder.join(std::format!("{PREFIX}{name}{numbered}"));
        match builder.create(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && again < 1_000 => {
                again = again.saturating_add(1);
            }
            made => return made.map(|()| path),
        }
    }
}

/// Removes the oldest reports until the others, but for `kept`, leave `room` of the quota. Tells whether they do.
pub(super) fn make_room(folder: &Path, quota: u64, room: u64, kept: Option<&Path>) -> io::Result<bool> {
    let mut reports = reports(folder)?;
    let sum = |reports: &[(PathBuf, u64)]| reports.iter().fold(0_u64, |sum, (_, size)| sum.saturating_add(*size));
    let most = quota.saturating_sub(room);
    // Their names begin with the time.
    reports.sort_unstable_by(|(a, _), (b, _)| b.cmp(a));
    while sum(&reports) > most {
        let Some(oldest) = reports.iter().rposition(|(path, _)| Some(path.as_path()) != kept) else { break };
        let (path, _) = reports.remove(oldest);
        fs::remove_dir_all(path)?;
    }
    Ok(sum(&reports) <= most && room <= quota)
}

/// The folders of the reports, with their sizes.
fn reports(folder: &Path) -> io::Result<Vec<(PathBuf, u64)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        // Of a link this is the link: what it leads to is not ours.
        if entry.file_type()?.is_dir() && entry.file_name().to_string_lossy().starts_with(PREFIX) {
            let mut size = 0_u64;
            for file in fs::read_dir(entry.path())? {
                size = size.saturating_add(file?.metadata()?.len());
            }
            found.push((entry.path(), size));
        }
    }
    Ok(found)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]
mod tests {
    use std::fs;
    use std::io::Write as _;
    use std::path::PathBuf;

    use super::{begin, create, make_room, open};

    /// A folder of its own for a test, removed when it is dropped.
    struct Own(PathBuf);

    impl Own {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(std::format!("portcullis-folder-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            open(&path).unwrap();
            Self(path)
        }
    }

    impl Drop for Own {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    #[cfg(unix)]
    fn only_the_owner_may_read() {
        use std::os::unix::fs::PermissionsExt as _;

        let own = Own::new("rights");
        fs::set_permissions(&own.0, fs::Permissions::from_mode(0o777)).unwrap();
        open(&own.0).unwrap();
        let report = begin(&own.0, "1").unwrap();
        create(&report.join("a")).unwrap();
        let rights = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((rights(own.0.clone()), rights(report.clone()), rights(report.join("a"))), (0o700, 0o700, 0o600));
        assert!(create(&report.join("a")).is_err(), "what is there is not written over");
        std::os::unix::fs::symlink("/dev/null", report.join("link")).unwrap();
        assert!(create(&report.join("link")).is_err(), "a link is not followed");
    }

    #[test]
    fn the_oldest_reports_make_room_and_nothing_else_is_touched() {
        let own = Own::new("quota");
        fs::write(own.0.join("incident-file"), [0; 500]).unwrap();
        fs::create_dir(own.0.join("mine")).unwrap();
        let mut reports = alloc::vec::Vec::new();
        for name in ["2", "1", "3", "3"] {
            let report = begin(&own.0, name).unwrap();
            create(&report.join("report.json")).unwrap().write_all(&[0; 100]).unwrap();
            reports.push(report);
        }
        assert!(reports[3].ends_with("incident-3-1"));
        let there = || reports.iter().map(|report| report.exists()).collect::<alloc::vec::Vec<_>>();
        assert!(make_room(&own.0, 400, 0, None).unwrap());
        assert_eq!(there(), [true, true, true, true]);
        assert!(make_room(&own.0, 400, 150, None).unwrap());
        assert_eq!(there(), [false, false, true, true]);
        assert!(!make_room(&own.0, 50, 0, Some(&reports[2])).unwrap());
        assert_eq!(there(), [false, false, true, false]);
        assert!(!make_room(&own.0, 50, 60, None).unwrap());
        assert!(own.0.join("incident-file").exists() && own.0.join("mine").exists());
    }
}

//! The control groups that a process is in, from its own up: each may have a limit, and the kernel keeps to all of them.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Which of the kernel's two interfaces. On a hybrid host memory is a matter of the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    One,
    Two,
}

/// One group.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) version: Version,
    pub(super) folder: String,
}

/// More of them than anybody nests.
const MOST: usize = 64;

/// The groups of this process whose memory is counted, its own first, from `/proc/self/cgroup` and `/proc/self/mountinfo`. None
/// where it cannot be told which folder is ours: a limit that is not ours must not be read.
pub(super) fn groups(cgroup: &str, mounts: &str) -> Vec<Group> {
    let own = |version, path| above(version, path, mounts);
    let one = cgroup.lines().find_map(|line| {
        let (_, rest) = line.split_once(':')?;
        let (controllers, path) = rest.split_once(':')?;
        controllers.split(',').any(|controller| controller == "memory").then_some(path)
    });
    // A controller is in one of the two hierarchies.
    match one {
        Some(path) => own(Version::One, path),
        None => cgroup
            .lines()
            .find_map(|line| line.strip_prefix("0::"))
            .map_or_else(Vec::new, |path| own(Version::Two, path)),
    }
}

/// The group at `path` and those above it, as far as they are mounted.
fn above(version: Version, path: &str, mounts: &str) -> Vec<Group> {
    // `/..` is outside of what this process's namespace shows, so what is mounted is not above it.
    if path.split('/').any(|step| step == "..") {
        return Vec::new();
    }
    let mut mounted = mounts.lines().filter_map(|line| mount(line, version));
    let Some((point, rest)) = mounted.find_map(|(root, point)| Some((point, within(path, &root)?))) else {
        return Vec::new();
    };
    let mut groups = Vec::new();
    let mut rest = rest.trim_matches('/');
    while groups.len() < MOST {
        let folder = if rest.is_empty() { point.clone() } else { format!("{point}/{rest}") };
        groups.push(Group { version, folder });
        if rest.is_empty() {
            break;
        }
        rest = rest.rsplit_once('/').map_or("", |(above, _)| above);
    }
    groups
}

/// Which folder of the hierarchy is mounted, and where.
fn mount(line: &str, version: Version) -> Option<(String, String)> {
    let (fields, rest) = line.split_once(" - ")?;
    let mut fields = fields.split(' ').skip(3);
    let (root, point) = (fields.next()?, fields.next()?);
    let mut rest = rest.split(' ');
    let (kind, options) = (rest.next()?, rest.nth(1).unwrap_or_default());
    let is_it = match version {
        Version::One => kind == "cgroup" && options.split(',').any(|option| option == "memory"),
        Version::Two => kind == "cgroup2",
    };
    is_it.then(|| (unescaped(root), unescaped(point)))
}

/// The rest of `path` under `root`.
fn within<'a>(path: &'a str, root: &str) -> Option<&'a str> {
    let rest = path.strip_prefix(root.trim_end_matches('/'))?;
    (rest.is_empty() || rest.starts_with('/')).then_some(rest)
}

/// The kernel writes a space as `\040`.
fn unescaped(path: &str) -> String {
    let mut plain = String::new();
    let mut parts = path.split('\\');
    plain.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let code = part.get(..3).and_then(|code| u8::from_str_radix(code, 8).ok());
        if let (Some(code), Some(rest)) = (code, part.get(3..)) {
            plain.push(code.into());
            plain.push_str(rest);
        } else {
            plain.push('\\');
            plain.push_str(part);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use alloc::format;
    use alloc::string::{String, ToString as _};
    use alloc::vec::Vec;

    use super::{MOST, Version, groups, unescaped};

    const HYBRID: &str = "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755\n\
        34 31 0:31 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset\n\
        35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory\n\
        41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n";
    const UNIFIED: &str = "29 22 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n";

    fn folders(cgroup: &str, mounts: &str) -> Vec<String> {
        groups(cgroup, mounts).into_iter().map(|group| group.folder).collect()
    }

    #[test]
    fn version_two_from_its_own_group_to_the_top() {
        let found = groups("0::/system.slice/web.service\n", UNIFIED);
        assert!(found.iter().all(|group| group.version == Version::Two));
        assert_eq!(
            folders("0::/system.slice/web.service\n", UNIFIED),
            ["/sys/fs/cgroup/system.slice/web.service", "/sys/fs/cgroup/system.slice", "/sys/fs/cgroup"]
        );
    }

    #[test]
    fn on_a_hybrid_host_memory_is_in_version_one() {
        let found = groups("5:cpuset:/\n4:memory:/api/22\n0::/elsewhere\n", HYBRID);
        assert!(found.iter().all(|group| group.version == Version::One));
        assert_eq!(
            folders("5:cpuset:/\n4:memory:/api/22\n0::/elsewhere\n", HYBRID),
            ["/sys/fs/cgroup/memory/api/22", "/sys/fs/cgroup/memory/api", "/sys/fs/cgroup/memory"]
        );
    }

    #[test]
    fn controllers_that_are_mounted_together() {
        let mounts = "35 31 0:32 / /cg/cpu,memory rw - cgroup cgroup rw,cpu,memory\n";
        assert_eq!(folders("4:cpu,memory:/a\n", mounts), ["/cg/cpu,memory/a", "/cg/cpu,memory"]);
        // Not the controller of this name.
        assert!(folders("4:memory2:/a\n", mounts).is_empty());
    }

    #[test]
    fn a_namespace_shows_its_own_root() {
        assert_eq!(folders("0::/\n", UNIFIED), ["/sys/fs/cgroup"]);
        // No namespace, yet only the container's own folder is mounted.
        let mounts = "35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n";
        assert_eq!(folders("4:memory:/docker/abc\n", mounts), ["/sys/fs/cgroup/memory"]);
        assert_eq!(
            folders("4:memory:/docker/abc/job\n", mounts),
            ["/sys/fs/cgroup/memory/job", "/sys/fs/cgroup/memory"]
        );
    }

    #[test]
    fn folders_that_are_not_above_this_process() {
        for cgroup in ["0::/../other\n", "0::/..\n"] {
            assert!(folders(cgroup, UNIFIED).is_empty(), "{cgroup}");
        }
        // Another container's folder, of which the name only begins alike.
        let mounts = "35 31 0:32 /docker/abc /cg rw - cgroup cgroup rw,memory\n";
        assert!(folders("4:memory:/docker/abcdef\n", mounts).is_empty());
        assert!(folders("4:memory:/\n", mounts).is_empty());
        // The host's whole hierarchy, seen from inside a namespace: where in it we are is not told.
        assert!(folders("0::/\n", "29 22 0:26 /../.. /host/cgroup rw - cgroup2 cgroup2 rw\n").is_empty());
    }

    #[test]
    fn garbage() {
        for cgroup in ["", "\n", "memory", "4:memory", ":::", "0::", "\u{fffd}\u{fffd}", "x:y:z"] {
            for mounts in ["", " - ", "a b c d e - cgroup", "a - cgroup2", UNIFIED, HYBRID, "\u{fffd}"] {
                for folder in folders(cgroup, mounts) {
                    assert!(folder.starts_with("/sys/fs/cgroup"), "{cgroup} {mounts}: {folder}");
                }
            }
        }
        let deep = format!("0::{}\n", "/a".repeat(2_000));
        assert_eq!(folders(&deep, UNIFIED).len(), MOST);
    }

    #[test]
    fn a_mount_point_with_a_space() {
        assert_eq!(unescaped("/my\\040groups\\"), "/my groups\\".to_string());
        assert_eq!(unescaped("\\9\\1\\é00"), "\\9\\1\\é00");
    }
}

//! What the kernel says of processes that it killed.

/// How often the kernel killed in a control group because its memory was used up: of `memory.events` (version 2), or of
/// `memory.oom_control` (version 1, since Linux 4.13).
pub(super) fn kills(events: &str) -> Option<u64> {
    events.lines().find_map(|line| line.strip_prefix("oom_kill ")?.trim().parse().ok())
}

/// A line of the kernel's log that says whom it killed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kill<'a> {
    pub(super) pid: u32,
    pub(super) name: &'a str,
    /// What it held in memory, of heap and stacks, as bytes.
    pub(super) held: Option<u64>,
    pub(super) line: &'a str,
}

/// The kill that the log tells of a process, by its number or, where it has another one outside of its container, by its name. The last
/// one, if there are several.
pub(super) fn killed<'a>(log: &'a str, pid: u32, name: &str) -> Option<Kill<'a>> {
    let kills = || log.lines().filter_map(kill);
    kills().rfind(|kill| kill.pid == pid).or_else(|| {
        // As much of a name as the kernel keeps.
        let kept =
            name.char_indices().map(|(at, _)| at).find(|at| *at >= 15).and_then(|at| name.get(..at)).unwrap_or(name);
        kills().rfind(|kill| !kept.is_empty() && kill.name == kept)
    })
}

/// `[88.1] Memory cgroup out of memory: Killed process 4242 (card-game) total-vm:8126464kB, anon-rss:7340032kB, file-rss:..`
fn kill(line: &str) -> Option<Kill<'_>> {
    let (_, rest) = line.split_once("Killed process ")?;
    let (pid, rest) = rest.split_once(' ')?;
    // A name may hold brackets itself.
    let (name, sizes) =
        rest.strip_prefix('(')?.split_once(") ").or_else(|| rest.strip_prefix('(')?.split_once("),"))?;
    let size = |of: &str| {
        let (_, rest) = sizes.split_once(of)?;
        let (number, _) = rest.split_once("kB")?;
        number.parse::<u64>().ok()?.checked_mul(1 << 10)
    };
    Some(Kill { pid: pid.trim_end_matches(',').parse().ok()?, name, held: size("anon-rss:"), line: line.trim() })
}

/// When a process began, in ticks since the machine did: of `/proc/<pid>/stat`. With the number it names a process for good.
pub(super) fn began(stat: &str) -> Option<u64> {
    // The name before it may hold anything.
    let (_, rest) = stat.rsplit_once(')')?;
    rest.split_ascii_whitespace().nth(19)?.parse().ok()
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Kill, began, killed, kills};

    const LOG: &str = "\
[  80.000001] card-game invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0
[  80.100000] Memory cgroup out of memory: Killed process 17 (other) total-vm:10kB, anon-rss:4kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0
[  88.123456] Memory cgroup out of memory: Killed process 4242 (card-game) total-vm:8126464kB, anon-rss:7340032kB, file-rss:2048kB, shmem-rss:0kB, UID:1000 pgtables:14kB oom_score_adj:0
2026-11-28T09:37:12+00:00 host kernel: Out of memory: Killed process 99 (a (b) c) total-vm:1kB, anon-rss:1kB, file-rss:0kB
[  99.0] Out of memory: Killed process x (y) z
[  99.0] Killed process 5";

    #[test]
    fn a_kill_is_found_by_number_and_else_by_name() {
        let of_number = killed(LOG, 4242, "else").unwrap();
        assert_eq!((of_number.pid, of_number.name, of_number.held), (4242, "card-game", Some(7 << 30)));
        assert!(of_number.line.starts_with("[  88.123456] Memory cgroup"));
        assert_eq!(killed(LOG, 1, "card-game"), Some(of_number));
        assert_eq!(killed(LOG, 99, "").map(|kill: Kill<'_>| kill.held), Some(Some(1024)));
        assert_eq!(killed(LOG, 1, "card"), None);
        assert_eq!(killed(LOG, 1, ""), None);
        assert_eq!(killed("", 1, "x"), None);
        let long = "Killed process 8 (a-long-server-n) total-vm:1kB, anon-rss:zkB";
        assert_eq!(killed(long, 1, "a-long-server-name").unwrap().held, None);
    }

    #[test]
    fn kills_of_a_group() {
        assert_eq!(kills("low 0\nhigh 12\nmax 4\noom 2\noom_kill 1\noom_group_kill 0\n"), Some(1));
        assert_eq!(kills("oom_kill_disable 0\nunder_oom 0\noom_kill 3\n"), Some(3));
        for garbage in ["", "oom_kill", "oom_kill x", "oom_kill -1", "\u{fffd}"] {
            assert_eq!(kills(garbage), None, "{garbage:?}");
        }
    }

    #[test]
    fn when_a_process_began() {
        let stat = "4242 (a) b) S 1 4242 4242 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 987654 8126464 1";
        assert_eq!(began(stat), Some(987_654));
        assert_eq!(began("4242 (a) S 1"), None);
        assert_eq!(began(""), None);
    }
}

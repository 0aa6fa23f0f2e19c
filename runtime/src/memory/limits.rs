//! The numbers in the texts of the system.

/// What a process holds, of `/proc/self/statm`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Process {
    /// Addresses that are taken, in bytes: what `ulimit -v` limits.
    pub(super) addresses: u64,
    /// Bytes that are in memory and the process's own: without files and what is shared, which the kernel can take back, or
    /// has counted for somebody else.
    pub(super) own: u64,
}

/// Of `statm`, in pages of so many bytes.
pub(super) fn process(statm: &str, page: u64) -> Option<Process> {
    let mut numbers = statm.split_ascii_whitespace().map(|number| number.parse::<u64>().ok());
    let (addresses, resident, shared) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let bytes = |pages: u64| pages.checked_mul(page);
    Some(Process { addresses: bytes(addresses)?, own: bytes(resident.saturating_sub(shared))? })
}

/// The limit of a control group, if it is one: version 2 writes `max` for none and version 1 a number near 2^63. What the
/// machine does not have cannot be used up either.
pub(super) fn limit(text: &str, machine: Option<u64>) -> Option<u64> {
    let limit = text.trim().parse::<u64>().ok()?;
    (0 < limit && is_there(limit, machine)).then_some(limit)
}

/// Whether a machine has so many bytes, as far as its size is known.
pub(super) fn is_there(bytes: u64, machine: Option<u64>) -> bool {
    bytes < machine.unwrap_or(1 << 62)
}

/// The soft limit of the address space, of `/proc/self/limits`.
pub(super) fn address_space(limits: &str) -> Option<u64> {
    let soft =
        limits.lines().find_map(|line| line.strip_prefix("Max address space"))?.split_ascii_whitespace().next()?;
    soft.parse().ok().filter(|soft| *soft > 0)
}

/// A line `name number` or `name: number kB`; the number.
pub(super) fn line(text: &str, name: &str) -> Option<u64> {
    let rest = text.lines().find_map(|line| {
        let rest = line.strip_prefix(name)?;
        rest.strip_prefix(':').or_else(|| rest.strip_prefix([' ', '\t']))
    })?;
    let mut words = rest.split_ascii_whitespace();
    let number = words.next()?.parse::<u64>().ok()?;
    if words.next() == Some("kB") { number.checked_mul(1 << 10) } else { Some(number) }
}

/// How large a page is, of `/proc/self/auxv`: nothing in `std` tells.
pub(crate) fn page_size(auxv: &[u8]) -> Option<u64> {
    const AT_PAGESZ: usize = 6;
    const WORD: usize = size_of::<usize>();
    let (words, _) = auxv.as_chunks::<WORD>();
    let (pairs, _) = words.as_chunks::<2>();
    let (_, size) = pairs
        .iter()
        .map(|[key, value]| (usize::from_ne_bytes(*key), usize::from_ne_bytes(*value)))
        .find(|(key, _)| *key == AT_PAGESZ)?;
    u64::try_from(size).ok().filter(|size| size.is_power_of_two())
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::{Process, address_space, limit, line, page_size, process};

    #[test]
    fn what_is_no_limit() {
        for none in ["max\n", "9223372036854771712\n", "0\n", "-1\n", "", "\u{fffd}", "12 MiB", "99999999999999999999"]
        {
            assert_eq!(limit(none, None), None, "{none:?}");
        }
        assert_eq!(limit("1073741824\n", None), Some(1 << 30));
        assert_eq!(limit("1073741824\n", Some(1 << 31)), Some(1 << 30));
        assert_eq!(limit("1073741824\n", Some(1 << 30)), None);
    }

    #[test]
    fn what_a_process_holds() {
        assert_eq!(process("765 424 395 5 0 123 0\n", 4_096), Some(Process { addresses: 765 << 12, own: 29 << 12 }));
        assert_eq!(process("1 1 2\n", 4_096), Some(Process { addresses: 4_096, own: 0 }));
        for garbage in ["", "1 2", "a b c", "18446744073709551615 1 1", "-1 1 1"] {
            assert_eq!(process(garbage, 4_096), None, "{garbage:?}");
        }
    }

    #[test]
    fn the_limit_of_the_address_space() {
        let limits = |soft| {
            alloc::format!(
                "Max msgqueue size         819200               819200               bytes     \nMax address space         {soft}            unlimited            bytes     \n"
            )
        };
        assert_eq!(address_space(&limits("2147483648")), Some(1 << 31));
        for none in ["unlimited", "0", "much", ""] {
            assert_eq!(address_space(&limits(none)), None, "{none:?}");
        }
        assert_eq!(address_space("Max address space"), None);
        assert_eq!(address_space(""), None);
    }

    #[test]
    fn lines_by_their_whole_name() {
        let stat = "inactive_file_extra 1\ntotal_inactive_file 7\ninactive_file 5\n";
        assert_eq!(line(stat, "inactive_file"), Some(5));
        assert_eq!(line(stat, "total_inactive_file"), Some(7));
        assert_eq!(line(stat, "active_file"), None);
        assert_eq!(line("MemTotal:       24683652 kB\n", "MemTotal"), Some(24_683_652 << 10));
        assert_eq!(line("MemTotal:  much kB\n", "MemTotal"), None);
        assert_eq!(line("MemTotal:  18446744073709551615 kB\n", "MemTotal"), None);
    }

    #[test]
    fn the_size_of_a_page() {
        let auxv =
            |pairs: &[[usize; 2]]| pairs.iter().flatten().flat_map(|word| word.to_ne_bytes()).collect::<Vec<u8>>();
        assert_eq!(page_size(&auxv(&[[33, 6], [6, 16_384], [0, 0]])), Some(16_384));
        assert_eq!(page_size(&auxv(&[[33, 6], [0, 0]])), None);
        assert_eq!(page_size(&auxv(&[[6, 4_095]])), None);
        assert_eq!(page_size(b"\x06"), None);
    }
}

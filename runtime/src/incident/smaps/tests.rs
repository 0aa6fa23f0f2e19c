use alloc::format;
use alloc::string::String;

use super::{Smaps, Split};

/// A mapping as the kernel lists it.
fn mapping(from: u64, kib: u64, rights: &str, resident: u64, name: &str, flags: &str) -> String {
    let to = from + (kib << 10);
    let inode = if name.starts_with('/') { 42 } else { 0 };
    format!(
        "{from:08x}-{to:08x} {rights} 00000000 00:00 {inode}    {name}\nSize: {kib} kB\nKernelPageSize: 4 kB\n\
        Rss: {resident} kB\nPss: {resident} kB\nVmFlags: {flags} \n"
    )
}

/// A guard of a page and what is above it.
fn guarded(from: u64, kib: u64, resident: u64, flags: &str) -> String {
    mapping(from, 4, "---p", 0, "", "mr mw me") + &mapping(from + 4096, kib, "rw-p", resident, "", flags)
}

fn split(text: &str, known: &[(u64, u64)]) -> Option<Split> {
    let mut smaps = Smaps::new(known);
    text.lines().for_each(|line| smaps.line(line.as_bytes()));
    smaps.finish()
}

const RW: &str = "rd wr mr mw me ac";
const STACK: &str = "rd wr mr mw me nh ac";
const KIB: u64 = 1 << 10;

#[test]
fn each_kind_of_mapping() {
    let text = [
        mapping(0x1000, 100, "r-xp", 40, "/usr/bin/game", "rd ex"),
        mapping(0x10_0000, 100, "rw-p", 90, "[heap]", RW),
        mapping(0x20_0000, 1000, "rw-p", 700, "", RW),
        mapping(0x40_0000, 100, "rw-p", 7, "[anon:jemalloc]", RW),
        guarded(0x100_0000, 2048, 12, STACK),
        guarded(0x200_0000, 2048, 1500, STACK),
        mapping(0x300_0000, 100, "rw-s", 60, "/dev/zero (deleted)", RW),
        mapping(0x400_0000, 132, "rw-p", 20, "[stack]", RW),
        mapping(0x500_0000, 8, "r-xp", 8, "[vdso]", "rd ex"),
        // The unused end of an arena, after which comes something else.
        mapping(0x600_0000, 132, "rw-p", 100, "", RW),
        mapping(0x602_1000, 64_000, "---p", 0, "", "mr"),
        mapping(0x700_0000, 500, "rw-p", 400, "", RW),
    ]
    .concat();
    let known = [(0x200_0000 + 4096, 0x200_0000 + 4096 + 2048 * KIB)];
    let split = split(&text, &known).unwrap();
    assert_eq!(split.heap, (90 + 700 + 7 + 100 + 400) * KIB);
    assert_eq!(split.stacks, (12 + 1500 + 20) * KIB);
    assert_eq!((split.files, split.segments), (100 * KIB, 0));
    assert_eq!((split.stack_count, split.segment_count), (3, 0));
    let largest = split.largest.unwrap();
    assert_eq!((largest.bytes, largest.thread, largest.main), (1500 * KIB, Some(0), false));
    assert_eq!(split.sum(), split.heap + split.stacks + split.files);
}

#[test]
fn many_guarded_mappings_of_one_size_without_the_mark_of_a_stack_are_segments() {
    let marked = guarded(0x100_0000, 2048, 12, STACK);
    let segments = |count: u64, kib: u64| {
        (0..count).map(|at| guarded(0x1_0000_1000 + at * 0x10_0000, kib, 50, RW)).collect::<String>()
    };
    let many = split(&(marked.clone() + &segments(40, 128)), &[]).unwrap();
    assert_eq!((many.segments, many.segment_count, many.heap), (40 * 50 * KIB, 40, 0));
    let few = split(&(marked.clone() + &segments(3, 128)), &[]).unwrap();
    assert_eq!((few.segments, few.heap), (0, 150 * KIB));
    // Of signal handlers.
    let small = split(&(marked.clone() + &segments(40, 16)), &[]).unwrap();
    assert_eq!((small.segments, small.heap), (0, 2000 * KIB));
    // Of glibc.
    let arenas: String = (1..40).map(|at| guarded(at * (64 << 20) - 4096, 60_000, 50, RW)).collect();
    assert_eq!(split(&(marked + &arenas), &[]).unwrap().segments, 0);
}

#[test]
fn a_kernel_that_marks_no_stack_has_them_all_for_stacks() {
    let text: String = (0..40).map(|at| guarded(0x1000_1000 + at * 0x10_0000, 128, 50, RW)).collect();
    let split = split(&text, &[]).unwrap();
    assert_eq!((split.segments, split.stacks, split.stack_count), (0, 40 * 50 * KIB, 40));
}

#[test]
fn what_is_broken_counts_nothing_and_breaks_nothing() {
    for text in
        ["", "\n", "Rss: 5 kB", "zz-yy rw-p", "1-2", "- rw-p 0 0 0", "VmFlags: nh", "ffffffffffffffffff-0 rw-p 0 0:0 0"]
    {
        assert_eq!(split(text, &[]), None, "{text:?}");
    }
    let short = mapping(0x1000, 4, "rw-p", 4, "", RW);
    for cut in 0..short.len() {
        let _ = split(&short[..cut], &[(0, u64::MAX), (5, 1)]);
    }
    let odd = "00001000-00000500 rw-p 0 0:0 0\nRss: 18446744073709551615 kB\n00002000-00003000 rw-p 0 0:0 0\nRss: x kB\nRss:\n";
    assert_eq!(split(odd, &[]).unwrap().heap, 0);
    let mut smaps = Smaps::new(&[]);
    smaps.line(b"00001000-00002000 r--p 00000000 08:01 7    /tmp/\xff\xfe name");
    smaps.line(b"Rss: 4 kB");
    assert_eq!(smaps.finish().unwrap().files, 4 * KIB);
}

#[test]
#[cfg(target_os = "linux")]
fn this_process() {
    let text = std::fs::read_to_string("/proc/self/smaps").unwrap();
    let split = split(&text, &[]).unwrap();
    assert!(split.heap > 0 && split.stacks > 0 && split.files > 0, "{split:?}");
    let resident: u64 = text
        .lines()
        .filter_map(|line| line.strip_prefix("Rss:")?.trim().strip_suffix(" kB")?.parse::<u64>().ok())
        .sum();
    assert!(split.sum() <= resident * KIB && split.sum() > resident * KIB / 2, "{} of {resident} KiB", split.sum());
}

//! Whose memory it is: what `/proc/self/smaps` lists, split into heap, stacks, segments of growing stacks, and files.

use serde::Serialize;

/// A page or a few without rights, below a stack, so that who leaves it faults.
const GUARD: u64 = 64 << 10;
/// Smaller than this is no segment that a recursion runs on: the stacks of signal handlers are.
const SEGMENT: u64 = 32 << 10;
/// So many of one size are segments of a growing stack. Of a size that is less frequent it is another program's own.
const MANY: u32 = 4;
/// Sizes that are told apart. Growing stacks have one.
const SIZES: usize = 64;
/// glibc lays its arenas at multiples of this, one after the other, and the unused end of one looks like the guard of the next.
const ARENA: u64 = 64 << 20;

/// Bytes in memory, by whose they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Split {
    /// All that is not the rest.
    pub(crate) heap: u64,
    /// Of threads, those we know and others.
    pub(crate) stacks: u64,
    /// What `stacker` and its like have a recursion go on in.
    pub(crate) segments: u64,
    /// Mapped files, the program and its libraries among them, and memory that is shared.
    pub(crate) files: u64,
    /// How many stacks there are.
    pub(crate) stack_count: u32,
    /// How many segments.
    pub(crate) segment_count: u32,
    /// The stack with most in memory.
    pub(crate) largest: Option<Stack>,
}

/// A stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Stack {
    /// Bytes in memory.
    pub(crate) bytes: u64,
    /// Which of the threads that are known has it.
    #[serde(skip)]
    pub(crate) thread: Option<usize>,
    /// Whether it is the main thread's, which no protected function has to register.
    pub(crate) main: bool,
}

impl Split {
    /// All of it.
    pub(crate) fn sum(&self) -> u64 {
        [self.stacks, self.segments, self.files].iter().fold(self.heap, |sum, part| sum.saturating_add(*part))
    }
}

/// Reads the list line by line: of a process with many mappings it is megabytes long.
pub(crate) struct Smaps<'a> {
    /// The stacks of the threads that are known: from, to.
    known: &'a [(u64, u64)],
    split: Split,
    current: Mapping,
    /// The end of the guard that the last mapping was.
    guarded: Option<u64>,
    sizes: [Size; SIZES],
    /// Whether this kernel marks stacks at all.
    marks: bool,
}

#[derive(Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the kernel's")]
struct Mapping {
    start: u64,
    end: u64,
    is_open: bool,
    writable: bool,
    inaccessible: bool,
    kind: Kind,
    resident: u64,
    /// `VmFlags` has `nh`, which the kernel gives to what is mapped as a stack.
    marked: bool,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Anonymous,
    Heap,
    MainStack,
    File,
    /// The kernel's own: `[vdso]`.
    Kernel,
}

/// The mappings of one size that look like segments.
#[derive(Clone, Copy, Default)]
struct Size {
    bytes: u64,
    count: u32,
    resident: u64,
    largest: u64,
}

impl<'a> Smaps<'a> {
    pub(crate) fn new(known: &'a [(u64, u64)]) -> Self {
        Self {
            known,
            split: Split::default(),
            current: Mapping::default(),
            guarded: None,
            sizes: [Size::default(); SIZES],
            marks: false,
        }
    }

    /// The next line, without its end. What is none of the known ones is passed over.
    pub(crate) fn line(&mut self, line: &[u8]) {
        if let Some(mapping) = Mapping::begins(line) {
            self.close();
            self.current = mapping;
        } else if let Some(rest) = line.strip_prefix(b"Rss:") {
            self.current.resident = kilobytes(rest).unwrap_or(0);
        } else if let Some(flags) = line.strip_prefix(b"VmFlags:") {
            self.current.marked = flags.split(|byte| *byte == b' ').any(|flag| flag == b"nh");
        }
    }

    /// What all the lines came to. None if there was no mapping among them.
    pub(crate) fn finish(mut self) -> Option<Split> {
        let any = self.current.is_open;
        self.close();
        let sizes = self.sizes;
        for size in sizes.iter().filter(|size| size.count > 0) {
            match (size.count >= MANY, self.marks) {
                (true, true) => {
                    self.split.segments = self.split.segments.saturating_add(size.resident);
                    self.split.segment_count = self.split.segment_count.saturating_add(size.count);
                }
                (false, true) => self.split.heap = self.split.heap.saturating_add(size.resident),
                // Nothing tells stacks and segments apart.
                (_, false) => {
                    self.split.stacks = self.split.stacks.saturating_add(size.resident);
                    self.split.stack_count = self.split.stack_count.saturating_add(size.count);
                    self.largest(Stack { bytes: size.largest, thread: None, main: false });
                }
            }
        }
        any.then_some(self.split)
    }

    /// The mapping is whole.
    fn close(&mut self) {
        let mapping = core::mem::take(&mut self.current);
        if !mapping.is_open {
            return;
        }
        let size = mapping.end.saturating_sub(mapping.start);
        let guarded = self.guarded.take() == Some(mapping.start);
        if mapping.inaccessible && size <= GUARD && mapping.kind == Kind::Anonymous {
            self.guarded = Some(mapping.end);
            return;
        }
        let resident = mapping.resident;
        match mapping.kind {
            Kind::Kernel => {}
            Kind::File => self.split.files = self.split.files.saturating_add(resident),
            Kind::Heap => self.split.heap = self.split.heap.saturating_add(resident),
            Kind::MainStack => self.stack(Stack { bytes: resident, thread: self.thread(&mapping), main: true }),
            Kind::Anonymous => {
                if let Some(thread) = self.thread(&mapping) {
                    self.stack(Stack { bytes: resident, thread: Some(thread), main: false });
                } else if guarded && mapping.writable && mapping.marked {
                    self.marks = true;
                    self.stack(Stack { bytes: resident, thread: None, main: false });
                } else if guarded && mapping.writable && size >= SEGMENT && mapping.start & (ARENA - 1) != 0 {
                    self.maybe_segment(size, resident);
                } else {
                    self.split.heap = self.split.heap.saturating_add(resident);
                }
            }
        }
    }

    fn thread(&self, mapping: &Mapping) -> Option<usize> {
        self.known.iter().position(|(low, high)| mapping.start < *high && *low < mapping.end)
    }

    fn stack(&mut self, stack: Stack) {
        self.split.stacks = self.split.stacks.saturating_add(stack.bytes);
        self.split.stack_count = self.split.stack_count.saturating_add(1);
        self.largest(stack);
    }

    fn largest(&mut self, stack: Stack) {
        if self.split.largest.is_none_or(|largest| largest.bytes < stack.bytes) {
            self.split.largest = Some(stack);
        }
    }

    fn maybe_segment(&mut self, bytes: u64, resident: u64) {
        let place = self.sizes.iter_mut().find(|size| size.count == 0 || size.bytes == bytes);
        if let Some(size) = place {
            size.bytes = bytes;
            size.count = size.count.saturating_add(1);
            size.resident = size.resident.saturating_add(resident);
            size.largest = size.largest.max(resident);
        } else {
            self.split.heap = self.split.heap.saturating_add(resident);
        }
    }
}

impl Mapping {
    /// `7f12a4000000-7f12a4021000 rw-p 00000000 00:00 0    [heap]`
    fn begins(line: &[u8]) -> Option<Self> {
        let line = str::from_utf8(line).ok().or_else(|| {
            // The path of a file need not be text, and what comes before it is.
            let text = line.split(|byte| *byte == b'/').next()?;
            str::from_utf8(text).ok()
        })?;
        let mut words = line.split_ascii_whitespace();
        let (start, end) = words.next()?.split_once('-')?;
        let number = |text: &str| u64::from_str_radix(text, 16).ok();
        let (start, end) = (number(start)?, number(end)?);
        let rights = words.next()?;
        let inode = words.nth(2)?;
        let kind = match words.next() {
            None if inode != "0" => Kind::File,
            Some("[heap]") => Kind::Heap,
            Some("[stack]") => Kind::MainStack,
            Some(path) if path.starts_with('/') => Kind::File,
            Some(name) if name.starts_with("[anon:") => Kind::Anonymous,
            Some(name) if name.starts_with('[') => Kind::Kernel,
            _ => Kind::Anonymous,
        };
        Some(Self {
            start,
            end,
            is_open: true,
            writable: rights.starts_with("rw"),
            inaccessible: rights.starts_with("---"),
            kind,
            ..Self::default()
        })
    }
}

/// `      132 kB`
fn kilobytes(text: &[u8]) -> Option<u64> {
    let number = str::from_utf8(text).ok()?.split_ascii_whitespace().next()?.parse::<u64>().ok()?;
    number.checked_mul(1 << 10)
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]
#[path = "smaps/tests.rs"]
mod tests;

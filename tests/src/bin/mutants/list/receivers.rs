//! What the methods that take an index are called on: `runtime/src/indexing/calls.rs`.

use super::{Mutant, takes_out};

const fn receiver(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "runtime/src/indexing/calls.rs", from, to)
}

pub(super) const MUTANTS: &[Mutant] = &[
    receiver(
        "SplitAt of arrays not listed",
        "[T; N]: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate Select",
        "[T; N]: CopyFromSlice Swap Chunks CopyWithin Rotate Select",
    ),
    receiver(
        "SplitAt of lists not listed",
        "Vec<T>: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate Select",
        "Vec<T>: CopyFromSlice Swap Chunks CopyWithin Rotate Select",
    ),
    receiver(
        "CopyFromSlice of arrays not listed",
        "[T; N]: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate Select",
        "[T; N]: SplitAt Swap Chunks CopyWithin Rotate Select",
    ),
    receiver(
        "CopyFromSlice of lists not listed",
        "Vec<T>: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate Select",
        "Vec<T>: SplitAt Swap Chunks CopyWithin Rotate Select",
    ),
    receiver(
        "Swap of arrays not listed",
        "[T; N]: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate Select",
        "[T; N]: SplitAt CopyFromSlice Chunks CopyWithin Rotate Select",
    ),
    receiver(
        "Swap of lists not listed",
        "Vec<T>: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate Select",
        "Vec<T>: SplitAt CopyFromSlice Chunks CopyWithin Rotate Select",
    ),
    receiver(
        "Chunks of arrays not listed",
        "[T; N]: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate Select",
        "[T; N]: SplitAt CopyFromSlice Swap CopyWithin Rotate Select",
    ),
    receiver(
        "Chunks of lists not listed",
        "Vec<T>: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate Select",
        "Vec<T>: SplitAt CopyFromSlice Swap CopyWithin Rotate Select",
    ),
    receiver(
        "CopyWithin of arrays not listed",
        "[T; N]: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate Select",
        "[T; N]: SplitAt CopyFromSlice Swap Chunks Rotate Select",
    ),
    receiver(
        "CopyWithin of lists not listed",
        "Vec<T>: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate Select",
        "Vec<T>: SplitAt CopyFromSlice Swap Chunks Rotate Select",
    ),
    receiver(
        "Rotate of arrays not listed",
        "[T; N]: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate Select",
        "[T; N]: SplitAt CopyFromSlice Swap Chunks CopyWithin Select",
    ),
    receiver(
        "Rotate of lists not listed",
        "Vec<T>: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate Select",
        "Vec<T>: SplitAt CopyFromSlice Swap Chunks CopyWithin Select",
    ),
    receiver(
        "Select of arrays not listed",
        "[T; N]: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate Select",
        "[T; N]: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate",
    ),
    receiver(
        "Select of lists not listed",
        "Vec<T>: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate Select",
        "Vec<T>: SplitAt CopyFromSlice Swap Chunks CopyWithin Rotate",
    ),
    receiver("calls through &B missing", "[] &B;", ""),
    receiver("calls through &mut B missing", "[] &mut B;", ""),
    receiver("calls through Ref<'_, B> missing", "[] Ref<'_, B>;", ""),
    receiver("calls through RefMut<'_, B> missing", "[] RefMut<'_, B>;", ""),
    receiver("calls through Box<B> missing", "[] Box<B>;", ""),
    receiver("calls through Rc<B> missing", "[] Rc<B>;", ""),
    receiver("calls through Arc<B> missing", "[] Arc<B>;", ""),
    receiver("calls through MutexGuard<'_, B> missing", "[] MutexGuard<'_, B>;", ""),
    receiver("calls through RwLockReadGuard<'_, B> missing", "[] RwLockReadGuard<'_, B>;", ""),
    receiver("calls through RwLockWriteGuard<'_, B> missing", "[] RwLockWriteGuard<'_, B>;", ""),
    receiver("Swap of VecDeque not listed", "swaps!([T] VecDeque<T>;);", "swaps!();"),
    receiver("Range of Vec not listed", "    Range [T,] Vec<T> as [T];\n", ""),
    receiver("Range of String not listed", "    Range [] String as str;\n", ""),
    receiver(
        "SplitAt of String not listed",
        "impl<A> Admits<A, SplitAt> for String\nwhere\n    str: Admits<A, SplitAt>,\n{\n    through!(@ A, SplitAt, str);\n}\n",
        "type _Unused = String;\n",
    ),
];

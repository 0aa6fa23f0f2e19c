//! The names of the methods that take an index: `macros/src/rewrite/index/call.rs`.

use super::{Mutant, takes_out};

const fn written(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "macros/src/rewrite/index/call.rs", from, to)
}

pub(super) const MUTANTS: &[Mutant] = &[
    written("split_at left out", "(\"split_at\", 1, 1, \"SplitAt\")", "(\"split_at\", 9, 1, \"SplitAt\")"),
    written("split_at_mut left out", "(\"split_at_mut\", 1, 1, \"SplitAt\")", "(\"split_at_mut\", 9, 1, \"SplitAt\")"),
    written(
        "copy_from_slice left out",
        "(\"copy_from_slice\", 1, 1, \"CopyFromSlice\")",
        "(\"copy_from_slice\", 9, 1, \"CopyFromSlice\")",
    ),
    written(
        "clone_from_slice left out",
        "(\"clone_from_slice\", 1, 1, \"CopyFromSlice\")",
        "(\"clone_from_slice\", 9, 1, \"CopyFromSlice\")",
    ),
    written("swap left out", "(\"swap\", 2, 2, \"Swap\")", "(\"swap\", 9, 2, \"Swap\")"),
    written("remove left out", "(\"remove\", 1, 1, \"Remove\")", "(\"remove\", 9, 1, \"Remove\")"),
    written(
        "swap_remove left out",
        "(\"swap_remove\", 1, 1, \"SwapRemove\")",
        "(\"swap_remove\", 9, 1, \"SwapRemove\")",
    ),
    written("insert left out", "(\"insert\", 2, 1, \"Insert\")", "(\"insert\", 9, 1, \"Insert\")"),
    written("insert_str left out", "(\"insert_str\", 2, 1, \"Insert\")", "(\"insert_str\", 9, 1, \"Insert\")"),
    written("drain left out", "(\"drain\", 1, 1, \"Range\")", "(\"drain\", 9, 1, \"Range\")"),
    written("range left out", "(\"range\", 1, 1, \"Range\")", "(\"range\", 9, 1, \"Range\")"),
    written("range_mut left out", "(\"range_mut\", 1, 1, \"Range\")", "(\"range_mut\", 9, 1, \"Range\")"),
    written("replace_range left out", "(\"replace_range\", 2, 1, \"Range\")", "(\"replace_range\", 9, 1, \"Range\")"),
    written("splice left out", "(\"splice\", 2, 1, \"Range\")", "(\"splice\", 9, 1, \"Range\")"),
    written(
        "extend_from_within left out",
        "(\"extend_from_within\", 1, 1, \"Range\")",
        "(\"extend_from_within\", 9, 1, \"Range\")",
    ),
    written("split_off left out", "(\"split_off\", 1, 1, \"SplitOff\")", "(\"split_off\", 9, 1, \"SplitOff\")"),
    written("truncate left out", "(\"truncate\", 1, 1, \"Truncate\")", "(\"truncate\", 9, 1, \"Truncate\")"),
    written("chunks left out", "(\"chunks\", 1, 1, \"Chunks\")", "(\"chunks\", 9, 1, \"Chunks\")"),
    written("chunks_mut left out", "(\"chunks_mut\", 1, 1, \"Chunks\")", "(\"chunks_mut\", 9, 1, \"Chunks\")"),
    written("chunks_exact left out", "(\"chunks_exact\", 1, 1, \"Chunks\")", "(\"chunks_exact\", 9, 1, \"Chunks\")"),
    written(
        "chunks_exact_mut left out",
        "(\"chunks_exact_mut\", 1, 1, \"Chunks\")",
        "(\"chunks_exact_mut\", 9, 1, \"Chunks\")",
    ),
    written("rchunks left out", "(\"rchunks\", 1, 1, \"Chunks\")", "(\"rchunks\", 9, 1, \"Chunks\")"),
    written("rchunks_mut left out", "(\"rchunks_mut\", 1, 1, \"Chunks\")", "(\"rchunks_mut\", 9, 1, \"Chunks\")"),
    written("rchunks_exact left out", "(\"rchunks_exact\", 1, 1, \"Chunks\")", "(\"rchunks_exact\", 9, 1, \"Chunks\")"),
    written(
        "rchunks_exact_mut left out",
        "(\"rchunks_exact_mut\", 1, 1, \"Chunks\")",
        "(\"rchunks_exact_mut\", 9, 1, \"Chunks\")",
    ),
    written("windows left out", "(\"windows\", 1, 1, \"Chunks\")", "(\"windows\", 9, 1, \"Chunks\")"),
    written("step_by left out", "(\"step_by\", 1, 1, \"StepBy\")", "(\"step_by\", 9, 1, \"StepBy\")"),
    written(
        "copy_within left out",
        "(\"copy_within\", 2, 2, \"CopyWithin\")",
        "(\"copy_within\", 9, 2, \"CopyWithin\")",
    ),
    written("rotate_left left out", "(\"rotate_left\", 1, 1, \"Rotate\")", "(\"rotate_left\", 9, 1, \"Rotate\")"),
    written("rotate_right left out", "(\"rotate_right\", 1, 1, \"Rotate\")", "(\"rotate_right\", 9, 1, \"Rotate\")"),
    written(
        "select_nth_unstable left out",
        "(\"select_nth_unstable\", 1, 1, \"Select\")",
        "(\"select_nth_unstable\", 9, 1, \"Select\")",
    ),
    written(
        "select_nth_unstable_by left out",
        "(\"select_nth_unstable_by\", 2, 1, \"Select\")",
        "(\"select_nth_unstable_by\", 9, 1, \"Select\")",
    ),
    written(
        "select_nth_unstable_by_key left out",
        "(\"select_nth_unstable_by_key\", 2, 1, \"Select\")",
        "(\"select_nth_unstable_by_key\", 9, 1, \"Select\")",
    ),
];

//! Depth: counted on beyond the limit, and told once in a descent.

use std::thread;

use portcullis::{RecursionGroup, Violation, bounded_recursion, zero_trust};

use super::{codes, told};
use crate::common::run;

#[zero_trust(observe, bounded_recursion(max = 5))]
fn down(left: u32) -> u32 {
    if left == 0 { 0 } else { down(left - 1) + 1 }
}

#[test]
fn the_first_level_too_many_is_told_and_no_other() {
    assert_eq!(codes(|| down(4)), (4, vec![]));
    assert_eq!(codes(|| down(5)), (5, vec!["recursion.depth"]));
    assert_eq!(codes(|| down(500)), (500, vec!["recursion.depth"]));
    // Each descent by itself.
    assert_eq!(codes(|| down(9) + down(9)), (18, vec!["recursion.depth"; 2]));
}

#[test]
fn a_tree_is_one_descent() {
    #[zero_trust(observe, bounded_recursion(max = 3))]
    fn leaves(depth: u32) -> u32 {
        if depth == 0 { 1 } else { leaves(depth - 1) + leaves(depth - 1) }
    }
    assert_eq!(codes(|| leaves(8)), (256, vec!["recursion.depth"]));
    assert_eq!(codes(|| leaves(2)), (4, vec![]));
}

#[test]
fn by_default_it_is_64_and_the_key_is_there() {
    #[zero_trust(observe, bounded_recursion(key = name))]
    fn keyed(name: &str, left: u32) -> u32 {
        if left == 0 { 0 } else { keyed(name, left - 1) }
    }
    assert_eq!(codes(|| keyed("ann", 63)), (0, vec![]));
    assert_eq!(codes(|| keyed("ann", 64)), (0, vec!["recursion.depth"]));
}

portcullis::recursion_group!(GROUP);

#[zero_trust(observe, bounded_recursion(max = 6, group = GROUP))]
fn observed(left: u32) -> Result<u32, Violation> {
    if left == 0 { Ok(GROUP.with(RecursionGroup::depth)) } else { enforced(left - 1) }
}

#[bounded_recursion(max = 6, group = GROUP)]
fn enforced(left: u32) -> Result<u32, Violation> {
    if left == 0 { Ok(GROUP.with(RecursionGroup::depth)) } else { observed(left - 1) }
}

#[test]
fn in_a_group_it_sees_all_and_counts_for_nobody_else() {
    // Six levels of each: the enforced function is six deep and not refused.
    let (ended, told) = codes(|| observed(11));
    assert_eq!((ended.unwrap(), told), (6, vec!["recursion.depth"]));
    let (ended, told) = codes(|| observed(13));
    assert_eq!((ended.unwrap_err().code(), told), ("recursion.depth", vec!["recursion.depth"]));
    let (ended, told) = codes(|| observed(5));
    assert_eq!((ended.unwrap(), told), (3, vec![]));
}

#[test]
fn futures_count_from_where_they_are_made() {
    #[zero_trust(observe, bounded_recursion(max = 3))]
    async fn later(left: u32) -> u32 {
        crate::common::Later::default().await;
        if left == 0 { 0 } else { Box::pin(later(left - 1)).await + 1 }
    }
    assert_eq!(codes(|| run(later(2))), (2, vec![]));
    assert_eq!(codes(|| run(later(3))), (3, vec!["recursion.depth"]));
    assert_eq!(codes(|| run(later(20))), (20, vec!["recursion.depth"]));
}

#[test]
fn into_the_reserve_of_the_stack_and_on() {
    #[zero_trust(observe, bounded_recursion(mode = stack))]
    fn deep(left: u32) -> u32 {
        let filled = std::hint::black_box([left; 64]);
        if left == 0 { filled[0] } else { deep(left - 1) + 1 }
    }
    let on = |stack: usize, left| {
        let run = move || told(|| deep(left));
        thread::Builder::new().stack_size(stack).spawn(run).unwrap().join().unwrap()
    };
    let (ended, told) = on(8 << 20, 50);
    assert_eq!((ended, told.len()), (50, 0));
    // As far into it as debug frames of some kilobytes lead: 2 MiB less 128 KiB are passed before the end.
    let mut left = 200;
    let told = loop {
        let (ended, told) = on(2 << 20, left);
        assert_eq!(ended, left);
        if !told.is_empty() {
            break told;
        }
        left += 8;
    };
    assert_eq!(told.iter().map(|told| told.code).collect::<Vec<_>>(), ["recursion.stack"]);
}

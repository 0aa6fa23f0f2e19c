//! What stands after `max =`, and where exactly it refuses.

use portcullis::{Kind, Violation, bounded_recursion, zero_trust};

use crate::common::{code, panic_of, run};

/// Of `five`.
const LINE: u32 = line!() + 2;
#[bounded_recursion(max = 5)]
fn five(deeper: u32) -> Result<u32, Violation> {
    if deeper == 0 {
        return Ok(1);
    }
    Ok(five(deeper - 1)? + 1)
}

#[test]
fn as_many_entries_as_the_bound_and_no_more() {
    for _ in 0..3 {
        assert_eq!(five(4).unwrap(), 5);
        let refused = five(5).unwrap_err();
        assert_eq!(refused.code(), "recursion.depth");
        assert_eq!(refused.kind(), Kind::Recursion);
        assert!(refused.fields().is_empty());
        assert_eq!(five(0).unwrap(), 1);
    }
}

#[test]
fn one_level_admits_a_call_and_no_call_inside_it() {
    #[bounded_recursion(max = 1)]
    fn once(again: bool) -> Result<(), Violation> {
        if again { once(false) } else { Ok(()) }
    }
    once(false).unwrap();
    assert_eq!(code(once(true)), "recursion.depth");
    once(false).unwrap();
}

#[test]
fn the_internal_half_has_the_bound_the_function_and_its_line() {
    let refused = five(5).unwrap_err();
    let internal = refused.internal();
    assert!(internal.to_string().starts_with("recursion.depth: entered more than 5 deep in "), "{internal}");
    assert!(internal.function().ends_with("bounded_recursion::bounds::five"), "{internal}");
    assert_eq!(internal.location().unwrap().line(), LINE);
    assert_eq!(internal.operator(), None);
}

/// How many levels it admits.
fn levels(mut enter: impl FnMut(u64) -> Result<(), Violation>) -> u64 {
    let mut admitted = 0;
    while admitted < 1_000 && enter(admitted).is_ok() {
        admitted += 1;
    }
    admitted
}

#[test]
fn sixty_four_without_a_number() {
    #[bounded_recursion]
    fn bare(deeper: u64) -> Result<(), Violation> {
        if deeper == 0 { Ok(()) } else { bare(deeper - 1) }
    }
    #[bounded_recursion()]
    fn empty(deeper: u64) -> Result<(), Violation> {
        if deeper == 0 { Ok(()) } else { empty(deeper - 1) }
    }
    #[zero_trust]
    fn whole(#[trusted(reason = "the test's own")] deeper: u64) -> Result<(), Violation> {
        if deeper == 0 { Ok(()) } else { whole(deeper - 1) }
    }
    #[zero_trust(bounded_recursion)]
    fn named(#[trusted(reason = "the test's own")] deeper: u64) -> Result<(), Violation> {
        if deeper == 0 { Ok(()) } else { named(deeper - 1) }
    }
    assert_eq!(levels(bare), 64);
    assert_eq!(levels(empty), 64);
    assert_eq!(levels(whole), 64);
    assert_eq!(levels(named), 64);
}

const WIDE: usize = 3;
const NONE: i32 = -1;
const ZERO: u8 = 0;
static LIMITS: [i64; 1] = [2];

fn bound_of(levels: u16) -> u16 {
    levels
}

#[test]
fn any_integer_expression() {
    #[bounded_recursion(max = WIDE)]
    fn constant(deeper: u64) -> Result<(), Violation> {
        if deeper == 0 { Ok(()) } else { constant(deeper - 1) }
    }
    #[bounded_recursion(max = WIDE + 1)]
    fn sum(deeper: u64) -> Result<(), Violation> {
        if deeper == 0 { Ok(()) } else { sum(deeper - 1) }
    }
    #[bounded_recursion(max = bound_of(5))]
    fn called(deeper: u64) -> Result<(), Violation> {
        if deeper == 0 { Ok(()) } else { called(deeper - 1) }
    }
    #[bounded_recursion(max = LIMITS[0])]
    fn stored(deeper: u64) -> Result<(), Violation> {
        if deeper == 0 { Ok(()) } else { stored(deeper - 1) }
    }
    #[bounded_recursion(max = if deeper > 100 { 1 } else { 6_u128 })]
    fn by_parameter(deeper: u64) -> Result<(), Violation> {
        if deeper == 0 { Ok(()) } else { by_parameter(deeper - 1) }
    }
    #[bounded_recursion(max = N)]
    fn generic<const N: u32>(deeper: u64) -> Result<(), Violation> {
        if deeper == 0 { Ok(()) } else { generic::<N>(deeper - 1) }
    }
    assert_eq!(levels(constant), 3);
    assert_eq!(levels(sum), 4);
    assert_eq!(levels(called), 5);
    assert_eq!(levels(stored), 2);
    assert_eq!(levels(by_parameter), 6);
    assert_eq!(levels(generic::<7>), 7);
}

#[test]
fn what_is_no_count_refuses_all_and_what_is_too_large_none() {
    #[bounded_recursion(max = NONE)]
    fn negative(_: u64) -> Result<(), Violation> {
        unreachable!("refused")
    }
    #[bounded_recursion(max = ZERO)]
    fn zero(_: u64) -> Result<(), Violation> {
        unreachable!("refused")
    }
    #[bounded_recursion(max = u64::MAX)]
    fn large(deeper: u64) -> Result<(), Violation> {
        if deeper == 0 { Ok(()) } else { large(deeper - 1) }
    }
    assert_eq!(levels(negative), 0);
    assert_eq!(levels(zero), 0);
    assert_eq!(levels(large), 1_000);
}

#[test]
fn or_panic_says_so_and_the_count_is_right_after_it() {
    #[bounded_recursion(max = 3, or(panic))]
    fn panicking(deeper: u32) -> u32 {
        if deeper == 0 { 0 } else { panicking(deeper - 1) + 1 }
    }
    for _ in 0..3 {
        assert_eq!(panicking(2), 2);
        let message = panic_of(|| panicking(3));
        assert!(message.starts_with("portcullis: recursion.depth"), "{message}");
    }
    assert_eq!(panicking(2), 2);
}

#[test]
fn or_return_sees_the_violation_the_receiver_and_the_parameters() {
    struct Server {
        name: &'static str,
    }
    impl Server {
        #[bounded_recursion(max = 2, or(return format!("{} {} {deeper}", self.name, violation.code())))]
        fn walk(&self, deeper: u32) -> String {
            if deeper == 0 { "end".to_owned() } else { self.walk(deeper - 1) }
        }
    }
    let server = Server { name: "login" };
    assert_eq!(server.walk(1), "end");
    assert_eq!(server.walk(9), "login recursion.depth 7");
    assert_eq!(server.walk(1), "end");
}

#[test]
fn or_return_alone_returns_nothing() {
    #[bounded_recursion(max = 4, or(return))]
    fn count(deeper: u32, entered: &mut u32) {
        *entered += 1;
        if deeper > 0 {
            count(deeper - 1, entered);
        }
    }
    for _ in 0..2 {
        let mut entered = 0;
        count(100, &mut entered);
        assert_eq!(entered, 4);
    }
}

/// From the first mark of depth on an entry is admitted elsewhere.
#[test]
fn the_bound_is_exact_on_either_side_of_a_mark_of_depth() {
    #[bounded_recursion(max = max)]
    fn levels(left: u32, max: u32) -> Result<u32, Violation> {
        if left == 0 { Ok(0) } else { Ok(levels(left - 1, max)? + 1) }
    }
    #[bounded_recursion(max = max, key = left)]
    fn keyed(left: u32, max: u32) -> Result<u32, Violation> {
        if left == 0 { Ok(0) } else { Ok(keyed(left - 1, max)? + 1) }
    }
    // No end of it is a leaf.
    #[bounded_recursion(mode = both, max = max)]
    fn counted(left: u32, max: u32) -> Result<u32, Violation> {
        match left.checked_sub(1) {
            Some(left) => Ok(counted(left, max)? + 1),
            None => Ok(0),
        }
    }
    #[bounded_recursion(max = max)]
    async fn futures(left: u32, max: u32) -> Result<u32, Violation> {
        if left == 0 { Ok(0) } else { Ok(Box::pin(futures(left - 1, max)).await? + 1) }
    }
    #[bounded_recursion(max = max, key = left)]
    async fn keyed_futures(left: u32, max: u32) -> Result<u32, Violation> {
        if left == 0 { Ok(0) } else { Ok(Box::pin(keyed_futures(left - 1, max)).await? + 1) }
    }
    type Descent = fn(u32, u32) -> Result<u32, Violation>;
    let descents: [Descent; 5] =
        [levels, keyed, counted, |left, max| run(futures(left, max)), |left, max| run(keyed_futures(left, max))];
    let exact = move || {
        for max in [1, 2, 1_022, 1_023, 1_024, 1_025, 2_047, 2_048, 2_049] {
            for descend in descents {
                assert_eq!(descend(max - 1, max).unwrap(), max - 1);
                assert_eq!(code(descend(max, max)), "recursion.depth", "{max}");
                assert_eq!(descend(max - 1, max).unwrap(), max - 1);
            }
        }
    };
    // Frames of a debug build.
    std::thread::Builder::new().stack_size(64 << 20).spawn(exact).unwrap().join().unwrap();
}

#[test]
fn a_deep_attack_does_not_reach_the_end_of_a_small_stack() {
    #[bounded_recursion(max = 64)]
    fn depth(input: &[u8]) -> Result<usize, Violation> {
        match input {
            [b'[', inner @ ..] => Ok(depth(inner)? + 1),
            _ => Ok(0),
        }
    }
    let attack = vec![b'['; 10_000_000];
    let thread = std::thread::Builder::new().stack_size(256 * 1024);
    let seen = thread.spawn(move || (code(depth(&attack)), depth(b"[[[]]]").unwrap())).unwrap();
    assert_eq!(seen.join().unwrap(), ("recursion.depth", 3));
}

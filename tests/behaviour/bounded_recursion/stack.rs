//! `mode = stack` and `mode = both` where the process lives on; the attacks are in `stack_ends.rs`.

use std::thread;

use portcullis::{Kind, RecursionGroup, Violation, bounded_recursion, zero_trust};

use crate::common::{code, panic_of, run};

/// On a stack of its own, of at least so many KiB: the system may give it the larger one of a thread that has ended.
fn on<R: Send + 'static>(kib: usize, body: impl FnOnce() -> R + Send + 'static) -> R {
    thread::Builder::new().stack_size(kib << 10).spawn(body).unwrap().join().unwrap()
}

/// Of `down`.
const LINE: u32 = line!() + 2;
#[bounded_recursion(mode = stack)]
fn down(left: u64) -> Result<u64, Violation> {
    if left == 0 { Ok(0) } else { Ok(down(left - 1)? + 1) }
}

#[test]
fn the_internal_half_has_what_is_left_the_function_and_its_line() {
    let refused = down(u64::MAX).unwrap_err();
    assert_eq!((refused.code(), refused.kind()), ("recursion.stack", Kind::Recursion));
    assert_eq!(refused.to_string(), "the request is refused: recursion.stack");
    let internal = refused.internal();
    assert!(internal.to_string().contains(" bytes of the stack left, 131072 in reserve in "), "{internal}");
    assert!(internal.function().ends_with("bounded_recursion::stack::down"), "{internal}");
    assert_eq!(internal.location().unwrap().line(), LINE);
    assert_eq!(internal.key(), None);
}

#[test]
fn a_call_is_refused_by_where_it_stands_and_not_by_what_was_before() {
    on(512, || {
        for _ in 0..3 {
            assert_eq!(code(down(u64::MAX)), "recursion.stack");
            assert_eq!(down(200).unwrap(), 200);
        }
    });
}

portcullis::recursion_group!(PARSER);

#[test]
fn both_refuse_by_whichever_comes_first_and_leave_the_count_right() {
    #[bounded_recursion(mode = both, max = 3, group = PARSER)]
    fn few(left: u64) -> Result<u64, Violation> {
        if left == 0 { Ok(0) } else { few(left - 1) }
    }
    #[bounded_recursion(mode = both, max = u32::MAX, group = PARSER)]
    fn many(left: u64) -> Result<u64, Violation> {
        if left == 0 { Ok(0) } else { Ok(many(left - 1)? + 1) }
    }
    for _ in 0..3 {
        assert_eq!(few(2).unwrap(), 0);
        assert_eq!(code(few(3)), "recursion.depth");
        assert_eq!(many(200).unwrap(), 200);
        assert_eq!(code(many(u64::MAX)), "recursion.stack");
        assert_eq!(PARSER.with(RecursionGroup::depth), 0);
    }
}

#[test]
fn the_key_is_in_the_log_of_either() {
    #[bounded_recursion(mode = both, max = 1_000_000, key = player)]
    fn pool(left: u64, player: &str) -> Result<u64, Violation> {
        if left == 0 { Ok(0) } else { Ok(pool(left - 1, player)? + 1) }
    }
    let refused = on(256, || pool(u64::MAX, "ann\n").unwrap_err());
    assert_eq!(refused.code(), "recursion.stack");
    assert_eq!(refused.internal().key(), Some("ann\n"));
    assert!(refused.internal().to_string().contains(" in reserve, key ann\\n in "), "{}", refused.internal());
}

#[test]
fn every_way_out() {
    #[bounded_recursion(mode = stack, or(panic))]
    fn panicking(left: u64) -> u64 {
        if left == 0 { 0 } else { panicking(left - 1) + 1 }
    }
    #[bounded_recursion(mode = stack, or(return left))]
    fn returning(left: u64) -> u64 {
        if left == 0 { 0 } else { returning(left - 1) }
    }
    #[bounded_recursion(mode = stack, or(return))]
    fn quiet(left: u64, entered: &mut u64) {
        *entered += 1;
        if left > 0 {
            quiet(left - 1, entered);
        }
    }
    assert_eq!((panicking(9), returning(9)), (9, 0));
    let message = panic_of(|| panicking(u64::MAX));
    assert!(message.starts_with("portcullis: recursion.stack: "), "{message}");
    assert!(returning(u64::MAX) > 0);
    let mut entered = 0;
    quiet(u64::MAX, &mut entered);
    assert!(entered > 100, "{entered}");
}

#[test]
fn on_methods_of_generic_types_and_traits() {
    struct List<T>(Option<(T, Box<Self>)>);
    impl<T> List<T> {
        #[bounded_recursion(mode = stack)]
        fn length(&self) -> Result<usize, Violation> {
            self.0.as_ref().map_or(Ok(0), |(_, rest)| Ok(rest.length()? + 1))
        }
    }
    trait Descend {
        #[bounded_recursion(mode = stack)]
        fn descend(&self, left: u64) -> Result<u64, Violation> {
            if left == 0 { Ok(0) } else { self.descend(left - 1) }
        }
    }
    impl Descend for u8 {}
    impl Descend for List<String> {
        #[bounded_recursion(mode = stack)]
        fn descend(&self, left: u64) -> Result<u64, Violation> {
            Ok((&7_u8 as &dyn Descend).descend(left)? + 1)
        }
    }
    let list = (0..9_u64).fold(List(None), |rest, value| List(Some((value, Box::new(rest)))));
    assert_eq!(list.length().unwrap(), 9);
    let objects: [&dyn Descend; 2] = [&7_u8, &List::<String>(None)];
    for (object, value) in objects.into_iter().zip(0..) {
        assert_eq!(object.descend(9).unwrap(), value);
        assert_eq!(code(object.descend(u64::MAX)), "recursion.stack");
        assert_eq!(object.descend(9).unwrap(), value);
    }
}

#[test]
fn under_zero_trust() {
    #[zero_trust(bounded_recursion(mode = both, max = 1_000_000))]
    fn nested(#[trusted(reason = "the test's own")] left: u64) -> Result<u64, Violation> {
        if left == 0 { Ok(0) } else { Ok(nested(left - 1)? + 1) }
    }
    assert_eq!(nested(50).unwrap(), 50);
    assert_eq!(code(nested(u64::MAX)), "recursion.stack");
    assert_eq!(nested(50).unwrap(), 50);
}

/// Asked at the first poll, which stands on the stack of whoever polls.
#[test]
fn a_future_is_refused_by_where_it_is_polled() {
    #[bounded_recursion(mode = stack)]
    async fn nested(left: u64) -> Result<u64, Violation> {
        if left == 0 { Ok(0) } else { Ok(Box::pin(nested(left - 1)).await? + 1) }
    }
    #[bounded_recursion(mode = both, max = 1_000_000)]
    async fn counted(left: u64) -> Result<u64, Violation> {
        if left == 0 { Ok(0) } else { Ok(Box::pin(counted(left - 1)).await? + 1) }
    }
    on(512, || {
        for _ in 0..2 {
            assert_eq!(code(run(nested(u64::MAX))), "recursion.stack");
            assert_eq!(code(run(counted(u64::MAX))), "recursion.stack");
            assert_eq!((run(nested(50)).unwrap(), run(counted(50)).unwrap()), (50, 50));
        }
    });
}

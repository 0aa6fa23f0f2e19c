//! `group = path`: one count for functions that call each other; `key = expr`: who did it.

use portcullis::{RecursionGroup, Violation, bounded_recursion, recursion_group};

use crate::common::code;

mod shared {
    portcullis::recursion_group!(
        /// Of two modules.
        pub(super) IDLE
    );
}

use shared::IDLE as RENAMED;

#[bounded_recursion(max = 10, group = shared::IDLE)]
fn idle_pool(left: u32) -> Result<u32, Violation> {
    if left == 0 { Ok(depth()) } else { settle(left - 1) }
}

#[bounded_recursion(max = 10, group = RENAMED)]
fn settle(left: u32) -> Result<u32, Violation> {
    if left == 0 { Ok(depth()) } else { idle_pool(left - 1) }
}

fn depth() -> u32 {
    shared::IDLE.with(RecursionGroup::depth)
}

#[test]
fn the_functions_of_a_group_share_the_bound() {
    assert_eq!(idle_pool(9).unwrap(), 10);
    assert_eq!(code(idle_pool(10)), "recursion.depth");
    assert_eq!(settle(9).unwrap(), 10);
    assert_eq!(code(settle(10)), "recursion.depth");
    assert_eq!(depth(), 0);
}

/// The control: what is not one group does not pass for one.
#[test]
fn two_private_counts_in_one_cycle_are_two() {
    #[bounded_recursion(max = 10)]
    fn idle_pool(left: u32) -> Result<(), Violation> {
        if left == 0 { Ok(()) } else { settle(left - 1) }
    }
    #[bounded_recursion(max = 10)]
    fn settle(left: u32) -> Result<(), Violation> {
        if left == 0 { Ok(()) } else { idle_pool(left - 1) }
    }
    idle_pool(19).unwrap();
    assert_eq!(code(idle_pool(20)), "recursion.depth");
}

#[test]
fn each_function_tests_its_own_max() {
    recursion_group!(GROUP);
    #[bounded_recursion(max = 20, group = GROUP)]
    fn wide(left: u32, narrow_at: u32) -> Result<u32, Violation> {
        match left {
            0 => Ok(GROUP.with(RecursionGroup::depth)),
            left if left == narrow_at => narrow(left - 1),
            left => wide(left - 1, narrow_at),
        }
    }
    #[bounded_recursion(max = 5, group = GROUP)]
    fn narrow(left: u32) -> Result<u32, Violation> {
        wide(left, 0)
    }
    assert_eq!(wide(19, 0).unwrap(), 20);
    assert_eq!(code(wide(20, 0)), "recursion.depth");
    // Entered fifth it is within its bound, entered sixth not, though the group goes to twenty.
    assert_eq!(wide(18, 15).unwrap(), 20);
    assert_eq!(code(wide(18, 14)), "recursion.depth");
}

#[test]
fn a_group_has_a_visibility() {
    in_a_group::again(2).unwrap();
    assert_eq!(code(in_a_group::again(3)), "recursion.depth");
    assert_eq!(in_a_group::GROUP.with(RecursionGroup::depth), 0);

    recursion_group! { GROUP; }
    assert_eq!(GROUP.with(RecursionGroup::depth), 0);
}

fn outer(left: u32) -> Result<(), Violation> {
    in_a_group::again(left)
}

mod in_a_group {
    portcullis::recursion_group!(pub(in crate::bounded_recursion) GROUP);
    #[portcullis::bounded_recursion(max = 3, group = GROUP)]
    pub(super) fn again(left: u32) -> Result<(), portcullis::Violation> {
        if left == 0 { Ok(()) } else { super::outer(left - 1) }
    }
}

#[bounded_recursion(max = 3)]
fn two(left: u32) -> Result<(), Violation> {
    if left == 0 { Ok(()) } else { two(left - 1) }
}

#[test]
fn the_methods_of_a_trait_share_one() {
    recursion_group!(VISIT);
    trait Visit {
        fn visit(&self, left: u32) -> Result<u32, Violation>;
    }
    struct List;
    struct Item;
    impl Visit for List {
        #[bounded_recursion(max = 6, group = VISIT)]
        fn visit(&self, left: u32) -> Result<u32, Violation> {
            if left == 0 { Ok(0) } else { (&Item as &dyn Visit).visit(left - 1) }
        }
    }
    impl Visit for Item {
        #[bounded_recursion(max = 6, group = VISIT)]
        fn visit(&self, left: u32) -> Result<u32, Violation> {
            if left == 0 { Ok(1) } else { (&List as &dyn Visit).visit(left - 1) }
        }
    }
    assert_eq!(List.visit(5).unwrap(), 1);
    assert_eq!(code(List.visit(6)), "recursion.depth");
}

#[test]
fn the_max_is_asked_at_each_call() {
    struct Config {
        levels: usize,
    }
    impl Config {
        #[bounded_recursion(max = self.levels)]
        fn descend(&mut self, left: u32, then: usize) -> Result<u32, Violation> {
            if left == 0 {
                return Ok(0);
            }
            self.levels = then;
            self.descend(left - 1, then)
        }
    }
    assert_eq!(Config { levels: 5 }.descend(4, 5).unwrap(), 0);
    assert_eq!(code(Config { levels: 5 }.descend(5, 5)), "recursion.depth");
    // A limit that is lowered on the way holds from there on, down to nothing.
    assert_eq!(code(Config { levels: 5 }.descend(4, 1)), "recursion.depth");
    assert_eq!(code(Config { levels: 5 }.descend(4, 0)), "recursion.depth");
    assert_eq!(code(Config { levels: 0 }.descend(0, 0)), "recursion.depth");
}

#[test]
fn the_key_is_in_the_internal_half_with_the_count() {
    struct Player {
        id: u64,
    }
    #[bounded_recursion(max = 3, key = player.id)]
    fn collect(player: &Player, left: u32) -> Result<(), Violation> {
        if left == 0 { Ok(()) } else { collect(player, left - 1) }
    }
    let refused = collect(&Player { id: 1_000_009 }, 3).unwrap_err();
    assert_eq!(refused.internal().key(), Some("1000009"));
    let log = refused.internal().to_string();
    assert!(log.starts_with("recursion.depth: entered more than 3 deep, key 1000009 in "), "{log}");
    let public = format!("{refused} {refused:?}");
    assert!(!public.contains("1000009"), "{public}");
}

#[test]
fn the_key_is_any_expression_and_moves_nothing() {
    #[bounded_recursion(max = 2, key = format_args!("{name}/{left}"))]
    fn collect(name: String, left: u32) -> Result<String, Violation> {
        if left == 0 { Ok(name) } else { collect(name, left - 1) }
    }
    assert_eq!(collect("a".to_owned(), 1).unwrap(), "a");
    assert_eq!(collect("a\n".to_owned(), 2).unwrap_err().internal().key(), Some("a\n/0"));
    // One line, whatever the key holds.
    assert!(!collect("a\n".to_owned(), 2).unwrap_err().internal().to_string().contains('\n'));

    #[bounded_recursion(max = 2, key = name, or(return violation.internal().key().unwrap_or_default().to_owned() + &name))]
    fn returned(name: String, left: u32) -> String {
        if left == 0 { name } else { returned(name, left - 1) }
    }
    assert_eq!(returned("k".to_owned(), 2), "kk");
}

#[test]
fn without_a_key_there_is_none() {
    assert_eq!(two(3).unwrap_err().internal().key(), None);
    assert_eq!(Violation::field("a", "range", "no").internal().key(), None);
}

#[test]
fn the_key_is_not_evaluated_for_a_call_that_succeeds() {
    #[bounded_recursion(max = 2, key = { *asked += 1; *asked })]
    fn collect(asked: &mut u32, left: u32) -> Result<u32, Violation> {
        if left == 0 { Ok(*asked) } else { collect(asked, left - 1) }
    }
    let mut asked = 0;
    assert_eq!(collect(&mut asked, 1).unwrap(), 0);
    assert!(collect(&mut asked, 2).is_err());
    assert_eq!(asked, 1);
}

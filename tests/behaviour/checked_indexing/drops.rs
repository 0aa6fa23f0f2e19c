//! When temporaries and old elements are dropped.

use portcullis::{Violation, checked_indexing};

use super::{at, refused};
use crate::common::{Log, Noisy};

/// As in [`super::order`], for drops.
macro_rules! drops {
    ($($name:ident [$($event:literal)*] ($log:ident) { $($body:tt)* })*) => {$(
        #[test]
        fn $name() {
            twin! { fn plain, protected($log: &Log) { $($body)* } }
            let log = Log::default();
            plain(&log);
            assert_eq!(log.taken(), [$($event),*]);
            protected(&log);
            assert_eq!(log.taken(), [$($event),*]);
        }
    )*};
}

impl Noisy<'_> {
    fn number(&self) -> usize {
        0
    }
    fn list(&self) -> [u8; 1] {
        [7]
    }
}

drops! {
    a_temporary_in_the_index ["statement" "index" "next"] (log) {
        let list = [1];
        let _ = (list[Noisy(log, "index").number()], log.note("statement"));
        log.note("next");
    }
    a_temporary_in_the_base ["statement" "base" "next"] (log) {
        let _ = (Noisy(log, "base").list()[0], log.note("statement"));
        log.note("next");
    }
    a_list_made_by_an_expression ["looked" "a" "b"] (log) {
        let _ = (vec![Noisy(log, "a"), Noisy(log, "b")][0].number(), log.note("looked"));
    }
    a_list_whose_life_is_extended ["looked" "a" "b"] (log) {
        let element = &vec![Noisy(log, "a"), Noisy(log, "b")][1];
        let _ = element.number();
        log.note("looked");
    }
    an_old_element ["old" "after" "kept" "new"] (log) {
        let mut list = vec![Noisy(log, "kept"), Noisy(log, "old")];
        list[1] = Noisy(log, "new");
        log.note("after");
    }
    a_temporary_in_the_index_of_a_write ["old" "index" "after" "new"] (log) {
        let mut list = vec![Noisy(log, "old")];
        list[Noisy(log, "index").number()] = Noisy(log, "new");
        log.note("after");
    }
    a_temporary_in_a_receivers_index ["called" "index" "after"] (log) {
        let list = vec![vec![1]];
        list[Noisy(log, "index").number()].iter().for_each(|_| log.note("called"));
        log.note("after");
    }
    a_removed_element ["gone" "after" "kept"] (log) {
        let mut list = vec![Noisy(log, "gone"), Noisy(log, "kept")];
        list.remove(0);
        log.note("after");
    }
    a_temporary_in_the_argument_of_a_method ["argument" "after" "gone"] (log) {
        let mut list = vec![Noisy(log, "gone")];
        let gone = list.remove(Noisy(log, "argument").number());
        log.note("after");
        drop(gone);
    }
    a_temporary_in_what_is_matched ["arm" "index" "after"] (log) {
        let list = [1];
        match list[Noisy(log, "index").number()] {
            _ => log.note("arm"),
        }
        log.note("after");
    }
    a_temporary_in_a_condition ["index" "inside"] (log) {
        let list = [true];
        if list[Noisy(log, "index").number()] {
            log.note("inside");
        }
    }
}

#[test]
fn a_refusal_drops_what_is_alive_from_the_last_to_the_first() {
    #[checked_indexing]
    fn protected(log: &Log, list: Vec<u8>, i: usize) -> Result<u8, Violation> {
        let _first = Noisy(log, "first");
        let _second = Noisy(log, "second");
        let sum = list[Noisy(log, "temporary").number() + i];
        log.note("after");
        Ok(sum)
    }
    let log = Log::default();
    refused(protected(&log, vec![1], 1), "[]", at(1, 1));
    assert_eq!(log.taken(), ["temporary", "second", "first"]);
}

#[test]
fn a_refused_write_drops_the_new_value_and_keeps_the_old() {
    #[checked_indexing]
    fn protected<'a>(log: &'a Log, list: &mut Vec<Noisy<'a>>, i: usize) -> Result<(), Violation> {
        list[i] = Noisy(log, "new");
        Ok(())
    }
    let log = Log::default();
    let mut list = vec![Noisy(&log, "old")];
    refused(protected(&log, &mut list, 1), "[]", at(1, 1));
    assert_eq!(log.taken(), ["new"]);
    drop(list);
    assert_eq!(log.taken(), ["old"]);
}

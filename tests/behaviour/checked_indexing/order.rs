//! The order in which base, index and right side are evaluated, each once.

use portcullis::{Violation, checked_indexing};

use super::{Log, at, refused};

/// A body under a log: the same value and the same order, plain and protected.
macro_rules! orders {
    ($($name:ident [$($event:literal)*] ($log:ident) { $($body:tt)* })*) => {$(
        #[test]
        fn $name() {
            twin! {
                fn plain, protected($log: &Log) -> String {
                    let value = { $($body)* };
                    format!("{value:?}")
                }
            }
            let log = Log::default();
            let value = plain(&log);
            assert_eq!(log.taken(), [$($event),*]);
            assert_eq!(protected(&log), value);
            assert_eq!(log.taken(), [$($event),*]);
        }
    )*};
}

orders! {
    base_before_index ["base" "index"] (log) { log.on("base", [1, 2])[log.on("index", 1)] }
    bases_and_indices_from_left_to_right ["base" "i" "j"] (log) { log.on("base", [[1, 2], [3, 4]])[log.on("i", 1)][log.on("j", 0)] }
    indices_of_a_name ["i" "j"] (log) { let list = [[1, 2], [3, 4]]; list[log.on("i", 1)][log.on("j", 0)] }
    indices_around_a_field ["i" "j"] (log) { let list = [(0, [1, 2])]; list[log.on("i", 0)].1[log.on("j", 0)] }
    the_ends_of_a_range ["start" "end"] (log) { let list = vec![1, 2, 3]; list[log.on("start", 1)..log.on("end", 2)].to_vec() }
    right_before_index ["right" "index"] (log) { let mut list = [1, 2]; list[log.on("index", 1)] = log.on("right", 7); list }
    right_before_index_of_a_vector ["right" "index"] (log) {
        let mut list = vec![1, 2];
        list[log.on("index", 1)] = log.on("right", 7);
        list
    }
    right_before_index_of_a_number ["right" "index"] (log) {
        let mut list = vec![1, 2];
        list[log.on("index", 1)] += log.on("right", 7);
        list
    }
    index_before_right_of_text ["index" "right"] (log) {
        let mut list = vec![String::new()];
        list[log.on("index", 0)] += log.on("right", "a");
        list
    }
    right_before_nested_indices ["right" "i" "j"] (log) {
        let mut list = vec![vec![1]];
        list[log.on("i", 0)][log.on("j", 0)] = log.on("right", 7);
        list
    }
    both_sides_of_an_operator ["i" "j"] (log) { let list = [1, 2]; list[log.on("i", 0)] + list[log.on("j", 1)] }
    receiver_before_argument ["i" "argument"] (log) {
        let mut list = vec![vec![1]];
        list[log.on("i", 0)].push(log.on("argument", 2));
        list
    }
    arguments_in_their_order ["i" "a" "b"] (log) {
        let mut list = vec![vec![1, 2]];
        list[log.on("i", 0)].swap(log.on("a", 0), log.on("b", 1));
        list
    }
    a_mutable_reference ["i" "j"] (log) {
        let mut list = vec![vec![1]];
        *&mut list[log.on("i", 0)][log.on("j", 0)] = 2;
        list
    }
    elements_of_an_array ["i" "j"] (log) { let list = [1, 2]; [list[log.on("i", 0)], list[log.on("j", 1)]] }
    several_places ["right" "i" "j"] (log) {
        let mut list = vec![1, 2];
        (list[log.on("i", 0)], list[log.on("j", 1)]) = log.on("right", (8, 9));
        list
    }
    an_index_in_an_index ["inner" "outer"] (log) { let list = [1, 0]; list[log.on("outer", list[log.on("inner", 1)])] }
    a_called_element ["i" "argument"] (log) { let list: [fn(u8) -> u8; 1] = [|n| n]; list[log.on("i", 0)](log.on("argument", 1)) }
}

#[test]
fn nothing_after_the_refused_index_is_evaluated() {
    #[checked_indexing]
    fn read(log: &Log, list: &[[u8; 2]], i: usize) -> Result<u8, Violation> {
        Ok(list[log.on("index", i)][0] + log.on("after", 1))
    }
    #[checked_indexing]
    fn write(log: &Log, list: &mut Vec<u8>, i: usize) -> Result<(), Violation> {
        list[log.on("index", i)] = log.on("right", 1);
        log.on("after", Ok(()))
    }
    let log = Log::default();
    refused(read(&log, &[[1, 2]], 1), "[]", at(1, 1));
    refused(write(&log, &mut vec![], 0), "[]", at(0, 0));
    assert_eq!(log.taken(), ["index", "right", "index"]);
}

#[test]
fn an_index_that_changes_the_variable_it_comes_from() {
    twin! {
        fn plain, protected(list: &mut [u8]) -> (u8, usize) {
            let mut i = 0;
            let mut next = || {
                i += 1;
                i - 1
            };
            list[next()] = 7;
            list[next()] += 1;
            let last = list[next()];
            (last, i)
        }
    }
    let mut lists = [[1, 2, 3], [1, 2, 3]];
    assert_eq!(plain(&mut lists[0]), protected(&mut lists[1]));
    assert_eq!(lists[0], lists[1]);
}

//! Methods of the user's own types that have the name of one of std's.

use portcullis::{Violation, checked_indexing};

use super::{Log, at, refused};

/// Every method of such a name, none of which panics.
#[derive(Clone, Debug, Default, PartialEq)]
struct Slots(Vec<&'static str>);

macro_rules! methods {
    ($($method:ident($($argument:ident),*))*) => {
        impl Slots {
            $(fn $method(&mut self, $($argument: usize),*) -> usize {
                self.0.push(stringify!($method));
                0 $(+ $argument)*
            })*
        }
        twin! {
            fn all_plain, all_protected(slots: &mut Slots, i: usize) -> Vec<usize> {
                vec![$({ $(let $argument = i;)* slots.$method($($argument),*) }),*]
            }
        }
    };
}
methods! {
    split_at(a) split_at_mut(a) copy_from_slice(a) clone_from_slice(a) swap(a, b) remove(a) swap_remove(a) insert(a, b)
    insert_str(a, b) drain(a) replace_range(a, b) splice(a, b) extend_from_within(a) split_off(a) truncate(a) chunks(a)
    chunks_mut(a) chunks_exact(a) chunks_exact_mut(a) rchunks(a) rchunks_exact(a) windows(a) step_by(a) copy_within(a, b)
    rotate_left(a) rotate_right(a)
}

#[test]
fn each_is_called_once_as_before() {
    let mut slots = [Slots::default(), Slots::default()];
    assert_eq!(all_plain(&mut slots[0], 1_000), all_protected(&mut slots[1], 1_000));
    assert_eq!(slots[0], slots[1]);
    assert_eq!(slots[0].0.len(), 26);
}

#[test]
fn a_method_that_takes_itself_by_value() {
    struct Bag(u32);
    impl Bag {
        fn remove(self, n: u32) -> u32 {
            self.0 - n
        }
    }
    twin! {
        fn plain, protected(bag: Bag, bags: Vec<Bag>) -> (u32, u32) {
            let first = bag.remove(1);
            let last = bags.into_iter().last().unwrap().remove(2);
            (first, last)
        }
    }
    assert_eq!(plain(Bag(7), vec![Bag(8)]), protected(Bag(7), vec![Bag(8)]));
}

#[test]
fn a_key_that_is_moved_in() {
    struct Names(Vec<String>);
    impl Names {
        fn remove(&mut self, name: String) -> Option<String> {
            let at = self.0.iter().position(|known| *known == name)?;
            Some(self.0.remove(at))
        }
        fn insert(&mut self, name: String, at: usize) {
            self.0.insert(at, name);
        }
    }
    twin! {
        fn plain, protected(names: &mut Names) -> Option<String> {
            let key = String::from("key");
            names.insert(key, 0);
            let key = String::from("key");
            names.remove(key)
        }
    }
    assert_eq!(plain(&mut Names(vec![])), protected(&mut Names(vec![])));
}

#[test]
fn a_trait_of_the_users_that_gives_a_slice_a_method_of_that_name() {
    trait Remove {
        fn remove(&mut self, i: usize) -> usize;
    }
    impl Remove for [u8] {
        fn remove(&mut self, i: usize) -> usize {
            i + self.len()
        }
    }
    twin! { fn plain, protected(list: &mut [u8]) -> usize { list.remove(100) } }
    assert_eq!(plain(&mut [1]), protected(&mut [1]));
}

#[test]
fn what_leads_to_a_list_by_deref_is_left_to_its_list() {
    struct Wrapped(Vec<u8>);
    impl std::ops::Deref for Wrapped {
        type Target = Vec<u8>;
        fn deref(&self) -> &Vec<u8> {
            &self.0
        }
    }
    impl std::ops::DerefMut for Wrapped {
        fn deref_mut(&mut self) -> &mut Vec<u8> {
            &mut self.0
        }
    }
    twin! {
        fn plain, protected(list: &mut Wrapped) -> (u8, usize) {
            list.swap(0, 1);
            (list.remove(1), list.split_at(1).0.len())
        }
    }
    let (mut a, mut b) = (Wrapped(vec![1, 2, 3]), Wrapped(vec![1, 2, 3]));
    assert_eq!(plain(&mut a), protected(&mut b));
    assert_eq!(a.0, b.0);
}

#[test]
fn a_receiver_with_effects_is_made_once() {
    let log = Log::default();
    #[checked_indexing]
    fn protected(log: &Log, list: &mut Vec<u8>, i: usize) -> Result<u8, Violation> {
        Ok(log.on("list", list).remove(log.on("place", i)))
    }
    assert_eq!(protected(&log, &mut vec![1, 2], 1).unwrap(), 2);
    assert_eq!(log.taken(), ["list", "place"]);
    refused(protected(&log, &mut vec![1, 2], 2), "remove", at(2, 2));
    assert_eq!(log.taken(), ["list", "place"]);
}

//! Temporaries live as long as they did, and drop in their order.

use std::cell::RefCell;
use std::ops::{Add, AddAssign};
use std::sync::Mutex;

use portcullis::{Violation, checked_arithmetic};

use super::{Log, Noisy};

impl<'a> Add for Noisy<'a> {
    type Output = Noisy<'a>;
    fn add(self, other: Self) -> Self {
        Noisy::new(self.log, "sum", self.value + other.value)
    }
}

impl AddAssign<Noisy<'_>> for Noisy<'_> {
    fn add_assign(&mut self, other: Noisy<'_>) {
        self.value += other.value;
    }
}

#[test]
fn temporaries_of_both_operands() {
    twin! {
        fn plain, protected(log: &Log) -> u32 {
            let sum = Noisy::new(log, "left", 1).value + Noisy::new(log, "right", 2).value;
            log.on("next statement", sum)
        }
    }
    let log = Log::default();
    assert_eq!(plain(&log), protected(&log));
    assert_eq!(log.taken(), ["right", "left", "next statement"].repeat(2));
}

#[test]
fn temporaries_of_a_tail_expression_before_locals() {
    twin! {
        fn plain, protected(log: &Log) -> u32 {
            let _local = Noisy::new(log, "local", 0);
            Noisy::new(log, "left", 1).value + Noisy::new(log, "right", 2).value
        }
    }
    let log = Log::default();
    assert_eq!(plain(&log), protected(&log));
    assert_eq!(log.taken(), ["right", "left", "local"].repeat(2));
}

#[test]
fn operands_that_the_operator_consumes() {
    twin! {
        fn plain, protected(log: &Log) -> u32 {
            let mut sum = Noisy::new(log, "a", 1) + Noisy::new(log, "b", 2);
            log.on("between", ());
            sum += Noisy::new(log, "c", 3);
            log.on("end", sum.value)
        }
    }
    let log = Log::default();
    assert_eq!(plain(&log), protected(&log));
    assert_eq!(log.taken(), ["b", "a", "between", "c", "end", "sum"].repeat(2));
}

#[test]
fn an_operand_that_waits_while_the_other_returns() {
    twin! {
        fn plain, protected(log: &Log, right: Option<u32>) -> Option<u32> {
            let sum = Noisy::new(log, "left", 1) + Noisy::new(log, "right", right?);
            Some(sum.value)
        }
    }
    let log = Log::default();
    assert_eq!(plain(&log, None), protected(&log, None));
    assert_eq!(log.taken(), ["left", "left"]);
}

#[test]
fn temporaries_of_a_place() {
    twin! {
        fn plain, protected(log: &Log) {
            Noisy::new(log, "place", 1).value += Noisy::new(log, "right", 2).value;
            log.on("next statement", ());
        }
    }
    let log = Log::default();
    plain(&log);
    protected(&log);
    assert_eq!(log.taken(), ["place", "right", "next statement"].repeat(2));
}

#[test]
fn a_temporary_of_a_condition_ends_before_the_block() {
    #[checked_arithmetic(or(panic))]
    fn protected(cell: &RefCell<u32>) -> u32 {
        if *cell.borrow() + 1 > 2 {
            *cell.borrow_mut() += 10;
        }
        while *cell.borrow() - 1 > 5 {
            *cell.borrow_mut() -= 1;
        }
        if *cell.borrow() + 1 > 0 && *cell.borrow_mut() - 1 > 0 { 1 + *cell.borrow() } else { 0 }
    }
    assert_eq!(protected(&RefCell::new(2)), 7);
}

#[test]
fn a_temporary_of_a_match_lives_through_its_arms() {
    twin! {
        fn plain, protected(cell: &RefCell<u32>) -> bool {
            match *cell.borrow() + 1 {
                1 => false,
                _ => cell.try_borrow_mut().is_err(),
            }
        }
    }
    assert!(plain(&RefCell::new(1)));
    assert!(protected(&RefCell::new(1)));
}

#[test]
fn a_guard_in_the_tail_of_the_function_that_owns_the_lock() {
    #[checked_arithmetic]
    fn protected(start: u8) -> Result<u8, Violation> {
        let mutex = Mutex::new(start);
        *mutex.lock().unwrap() += 1;
        let doubled = {
            let inner = Mutex::new(start);
            *inner.lock().unwrap() + *mutex.lock().unwrap()
        };
        Ok(*mutex.lock().unwrap() + doubled)
    }
    assert_eq!(protected(1).unwrap(), 5);
}

#[test]
fn the_result_of_an_operator_borrows_from_a_temporary() {
    struct Prefix(&'static str);
    impl<'a> Add<&'a str> for &Prefix {
        type Output = &'a str;
        fn add(self, text: &'a str) -> &'a str {
            text.strip_prefix(self.0).unwrap_or(text)
        }
    }
    #[checked_arithmetic(or(panic))]
    fn protected(text: &str) -> usize {
        (&Prefix("a") + &String::from(text)).len() + 1
    }
    assert_eq!(protected("abc"), 3);
}

#[test]
fn a_let_extends_the_life_of_a_result() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: u8, text: String) -> (u8, String) {
        struct Holds<'a> {
            sum: &'a u8,
        }
        let sum = &(a + 1);
        let changed = &mut (a * 2);
        *changed += 1;
        let held = Holds { sum: &(a - 1) };
        let slice: &[u8] = &[a + 2, a + 3];
        let text: &str = &(text + "!");
        (*sum + *changed + *held.sum + slice[0] + slice[1], text.to_owned())
    }
    assert_eq!(protected(2, "a".into()), (3 + 5 + 1 + 4 + 5, "a!".into()));
}

#[test]
fn locals_drop_in_their_order_when_an_operator_is_refused() {
    #[checked_arithmetic]
    fn protected(log: &Log, x: u8) -> Result<u8, Violation> {
        let _first = Noisy::new(log, "first", 0);
        let _second = Noisy::new(log, "second", 0);
        let sum = x + Noisy::new(log, "temporary", 1).value as u8;
        let _third = Noisy::new(log, "third", 0);
        Ok(sum)
    }
    let log = Log::default();
    assert!(protected(&log, 255).is_err());
    assert_eq!(log.taken(), ["temporary", "second", "first"]);
    assert!(protected(&log, 1).is_ok());
    assert_eq!(log.taken(), ["temporary", "third", "second", "first"]);
}

#[test]
fn a_box_is_moved_out_of_by_an_operator() {
    #[checked_arithmetic(or(panic))]
    fn protected(text: Box<String>, more: &str) -> String {
        *text + more
    }
    assert_eq!(protected(Box::new("a".into()), "b"), "ab");
}

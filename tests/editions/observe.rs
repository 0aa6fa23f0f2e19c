//! `observe` where plain code panics on overflow, in one source for each edition.

use std::cell::RefCell;
use std::panic;

use portcullis::{set_observer, zero_trust, Event};

thread_local! {
    static TOLD: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

fn listen(event: &Event) {
    if let Event::Observed(violation) = *event {
        TOLD.with(|told| told.borrow_mut().push(violation.code()));
    }
}

fn plain(a: u8, b: u8, list: &[u8], at: usize) -> u8 {
    let mut sum = a + b;
    sum -= list[at];
    (-(sum as i8)) as u8 + (u32::from(a) * 2) as u8
}

#[zero_trust(observe, require(a + b > 0, list.len() > at))]
fn observed(a: u8, b: u8, list: &[u8], at: usize) -> u8 {
    let mut sum = a + b;
    sum -= list[at];
    (-(sum as i8)) as u8 + (u32::from(a) * 2) as u8
}

fn ended<F: FnOnce() -> u8 + panic::UnwindSafe>(call: F) -> Result<u8, String> {
    panic::catch_unwind(call).map_err(|payload| match payload.downcast_ref::<&str>() {
        Some(text) => (*text).to_owned(),
        None => payload.downcast_ref::<String>().cloned().unwrap_or_default(),
    })
}

#[test]
fn the_panics_are_those_of_plain_code_and_each_is_told_once() {
    set_observer(listen).unwrap();
    panic::set_hook(Box::new(|_| ()));
    let ends = [0, 1, 2, 64, 127, 128, 200, 255];
    let mut panics = 0;
    for a in ends.iter().cloned() {
        for b in ends.iter().cloned() {
            for at in 0..4 {
                let expected = ended(move || plain(a, b, &[0, 3, 128], at));
                TOLD.with(|told| told.borrow_mut().clear());
                assert_eq!(ended(move || observed(a, b, &[0, 3, 128], at)), expected, "{} {} {}", a, b, at);
                let told = TOLD.with(|told| told.borrow().clone());
                let of = |code: &str| told.iter().filter(|told| **told == code).count();
                // `a + b` overflows in the condition, and again where it stands.
                let overflows = of("arithmetic.overflow");
                match expected {
                    Err(ref text)
                        if text.starts_with("attempt to add")
                            || text.starts_with("attempt to subtract")
                            || text.starts_with("attempt to negate") =>
                    {
                        assert!(overflows > 0, "{} {:?}", text, told);
                        panics += 1;
                    }
                    Err(ref text) => {
                        assert!(text.starts_with("index out of bounds"), "{}", text);
                        assert_eq!(of("index.bounds"), 1, "{:?}", told);
                    }
                    Ok(_) => assert_eq!(overflows + of("index.bounds"), 0, "{:?}", told),
                }
                assert_eq!(of("panic"), 0, "{:?}", told);
            }
        }
    }
    assert!(panics > 50);
    let _ = panic::take_hook();
}

//! What can be said in the attribute.

use std::cell::Cell;

use portcullis::{Violation, zero_trust};

use crate::common::{code, panic_of};

#[test]
fn without_leaves_out_what_it_names_and_nothing_else() {
    #[zero_trust(without(catch_panic))]
    fn panics(#[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
        assert!(number > 0, "nothing");
        Ok(number + 100)
    }
    #[zero_trust(without(checked_arithmetic))]
    fn wraps(#[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
        assert!(number > 0, "nothing");
        Ok(number + 100)
    }
    #[zero_trust(without(validated_input))]
    fn admits(number: u8) -> Result<u8, Violation> {
        assert!(number > 0, "nothing");
        Ok(number + 100)
    }
    #[zero_trust(without(bounded_recursion, checked_arithmetic))]
    fn deep(#[check(range(max = 1_000))] deeper: u32) -> Result<u32, Violation> {
        if deeper == 0 { Ok(0) } else { deep(deeper - 1) }
    }
    assert_eq!(panic_of(|| panics(0)), "nothing");
    assert_eq!([code(panics(201)), code(panics(156))], ["input.range", "arithmetic.overflow"]);
    assert_eq!(panics(155).unwrap(), 255);

    assert_eq!([code(wraps(0)), code(wraps(201))], ["panic", "input.range"]);
    assert_eq!(wraps(156).unwrap(), 0);

    assert_eq!([code(admits(0)), code(admits(201))], ["panic", "arithmetic.overflow"]);
    assert_eq!(admits(155).unwrap(), 255);

    assert_eq!(deep(1_000).unwrap(), 0);
    assert_eq!(code(deep(1_001)), "input.range");
}

#[test]
fn without_all_four_is_the_plain_function() {
    #[zero_trust(without(catch_panic, bounded_recursion, validated_input, checked_arithmetic))]
    fn plain(number: u8) -> u8 {
        number + 100
    }
    assert_eq!(plain(200), 44);
}

#[test]
fn keys_of_one_protection() {
    #[zero_trust(bounded_recursion(max = 2), validated_input, checked_arithmetic(), catch_panic)]
    fn shallow(#[check(range(max = 100))] deeper: u32) -> Result<u32, Violation> {
        if deeper == 0 { Ok(0) } else { shallow(deeper - 1) }
    }
    assert_eq!(shallow(1).unwrap(), 0);
    assert_eq!(code(shallow(2)), "recursion.depth");
    assert_eq!(shallow(1).unwrap(), 0);
}

#[test]
fn one_or_for_all() {
    #[zero_trust(bounded_recursion(max = 2), or(return violation.code()))]
    fn told(#[check(range(max = 200))] number: u8, deeper: bool) -> &'static str {
        assert!(number > 0, "nothing");
        if deeper {
            return told(number, number < 150);
        }
        let weights = [1_u8, 2];
        match weights.iter().map(|weight| weight + number + 100).max() {
            Some(_) => "served",
            None => "none",
        }
    }
    assert_eq!(told(1, false), "served");
    assert_eq!(told(201, false), "input.range");
    assert_eq!(told(200, false), "arithmetic.overflow");
    assert_eq!(told(0, false), "panic");
    assert_eq!(told(1, true), "recursion.depth");
    assert_eq!(told(1, false), "served");
}

#[test]
fn or_panic_for_all() {
    #[zero_trust(bounded_recursion(max = 2), or(panic))]
    fn panicking(#[check(range(max = 200))] number: u8, deeper: bool) -> u8 {
        assert!(number > 0, "nothing");
        if deeper { panicking(number, deeper) } else { number + 100 }
    }
    for (number, deeper, code) in [
        (201, false, "input.range"),
        (200, false, "arithmetic.overflow"),
        (0, false, "panic"),
        (1, true, "recursion.depth"),
    ] {
        let message = panic_of(|| panicking(number, deeper));
        assert!(message.starts_with("portcullis: ") && message.contains(code), "{message}");
        assert_eq!(panicking(1, false), 101);
    }
}

#[test]
fn one_protection_answers_otherwise_than_the_rest() {
    #[zero_trust(or(return 0), checked_arithmetic(or(return u8::MAX)), catch_panic(or(return 1)))]
    fn answers(#[check(range(max = 200))] number: u8) -> u8 {
        assert!(number > 0, "nothing");
        number + 100
    }
    #[zero_trust(validated_input(or(return Ok(0))))]
    fn lenient(#[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
        Ok(number + std::hint::black_box(100_u8))
    }
    #[zero_trust(checked_arithmetic(or(panic)))]
    fn strict(#[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
        Ok(number + std::hint::black_box(100_u8))
    }
    assert_eq!([answers(1), answers(201), answers(200), answers(0)], [101, 0, u8::MAX, 1]);
    assert_eq!(lenient(201).unwrap(), 0);
    assert_eq!(code(lenient(200)), "arithmetic.overflow");
    assert_eq!(lenient(1).unwrap(), 101);
    // The panic meets the boundary, which is outside.
    let violation = strict(200).unwrap_err();
    assert_eq!(violation.code(), "panic");
    assert!(violation.internal().to_string().contains("portcullis: arithmetic.overflow"), "{}", violation.internal());
    assert_eq!(code(strict(201)), "input.range");
    assert_eq!(strict(1).unwrap(), 101);
}

#[test]
fn or_return_sees_the_receiver() {
    struct Server {
        refused: Cell<u32>,
    }
    impl Server {
        #[zero_trust(or(return self.refuse(&violation)))]
        fn serve(&self, #[check(range(max = 9))] number: u32) -> u32 {
            self.refused.get() + number
        }
        fn refuse(&self, violation: &Violation) -> u32 {
            self.refused.set(self.refused.get() + 1);
            u32::try_from(violation.fields().len()).unwrap() + 1_000
        }
    }
    let server = Server { refused: Cell::new(0) };
    assert_eq!([server.serve(9), server.serve(10), server.serve(0)], [9, 1_001, 1]);
}

/// As a crate that wraps this one would do.
mod facade {
    pub(super) use portcullis as gate;
}

#[test]
fn the_runtime_under_another_name() {
    #[facade::gate::zero_trust(crate = facade::gate)]
    fn relative(#[check(range(max = 200))] number: u8) -> Result<u8, Violation> {
        Ok([number].iter().map(|number| number + 100).sum())
    }
    #[facade::gate::checked_arithmetic(crate = crate::zero_trust::keys::facade::gate, or(return 0))]
    fn absolute(number: u8) -> u8 {
        number + 100
    }
    assert_eq!(relative(155).unwrap(), 255);
    assert_eq!([code(relative(201)), code(relative(200))], ["input.range", "arithmetic.overflow"]);
    assert_eq!([absolute(155), absolute(156)], [255, 0]);
}

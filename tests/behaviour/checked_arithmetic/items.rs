//! Shapes of functions and their parameters.

use portcullis::{Violation, bounded_recursion, checked_arithmetic};

#[test]
fn patterns_as_parameters() {
    struct Pair {
        x: u8,
        y: u8,
    }
    #[checked_arithmetic]
    fn protected((a, [b, ..]): (u8, [u8; 2]), Pair { x, y: mut z }: Pair, mut c: u8) -> Result<u8, Violation> {
        c += a * b;
        z -= x;
        Ok(c + z)
    }
    assert_eq!(protected((2, [3, 9]), Pair { x: 1, y: 5 }, 10).unwrap(), 20);
    assert!(protected((2, [3, 9]), Pair { x: 5, y: 1 }, 10).is_err());
}

#[test]
fn an_extern_function() {
    #[checked_arithmetic(or(return -1))]
    extern "C" fn protected(a: i32, b: i32) -> i32 {
        a * b
    }
    let pointer: extern "C" fn(i32, i32) -> i32 = protected;
    assert_eq!((pointer(2, 3), pointer(i32::MAX, 2)), (6, -1));
}

#[test]
fn a_function_that_tracks_its_caller() {
    #[checked_arithmetic]
    #[track_caller]
    fn protected(a: u8) -> Result<(u8, u32), Violation> {
        Ok((a + 1, std::panic::Location::caller().line()))
    }
    assert_eq!(protected(1).unwrap(), (2, line!()));
    assert!(protected(255).is_err());
}

#[test]
fn other_attributes_on_both_sides() {
    #[must_use]
    #[checked_arithmetic]
    #[inline(never)]
    #[allow(non_snake_case)]
    /// Documented.
    fn Protected(a: u8) -> Result<u8, Violation> {
        Ok(a + 1)
    }
    assert_eq!(Protected(1).unwrap(), 2);
    assert!(Protected(255).is_err());
}

#[test]
fn under_another_protection() {
    #[bounded_recursion(max = 4)]
    #[checked_arithmetic]
    fn protected(a: u8) -> Result<u8, Violation> {
        if a % 10 == 0 { Ok(a) } else { Ok(protected(a + 1)? + 1) }
    }
    assert_eq!(protected(18).unwrap(), 22);
    assert_eq!(protected(11).unwrap_err().code(), "recursion.depth");
    assert_eq!(protected(255).unwrap_err().code(), "arithmetic.overflow");
}

#[test]
fn a_recursive_function_as_an_operand_of_itself() {
    twin! {
        fn plain, protected(n: u64) -> u64 {
            if n < 2 { n } else { protected(n - 1) + protected(n - 2) }
        }
    }
    assert_eq!((plain(20), protected(20)), (6765, 6765));
}

#[test]
fn raw_names_and_unicode_names() {
    #[checked_arithmetic]
    fn protected(r#match: u8, größe: u8) -> Result<u8, Violation> {
        let r#fn = r#match + größe;
        Ok(r#fn * größe)
    }
    assert_eq!(protected(1, 2).unwrap(), 6);
    assert!(protected(255, 1).is_err());
}

#[test]
fn locals_with_names_like_those_of_the_generated_code() {
    #[checked_arithmetic(or(return violation.code().len()))]
    fn protected(l: usize, r: usize) -> usize {
        let violation = l - r;
        let value = violation + 1;
        let by = |l: usize, r: usize| r - l;
        by(value, 9) + violation
    }
    assert_eq!((protected(3, 1), protected(1, 3)), (8, "arithmetic.overflow".len()));
}

//! What runs after the function has returned: its closures, and the adaptors of a lazy iterator. There is no caller left to
//! return a violation to, so it is a panic with a message.

use portcullis::{Violation, checked_arithmetic, checked_indexing};

use crate::common::{code, panic_of};

#[checked_arithmetic]
fn adder(by: u8) -> Result<Box<dyn Fn(u8) -> u8>, Violation> {
    Ok(Box::new(move |x| x + by))
}

#[test]
fn a_closure_that_is_called_after_the_function_panics_aloud() {
    let add = adder(5).unwrap();
    assert_eq!(add(1), 6);
    let message = panic_of(|| add(255));
    assert!(message.starts_with("portcullis: arithmetic.overflow: `+` of u8 would be 260 in "), "{message}");
    assert!(message.contains("::adder at "), "{message}");
    assert_eq!(add(1), 6);
}

#[test]
fn called_inside_another_protected_function_with_a_boundary_it_is_that_ones_refusal() {
    #[checked_arithmetic]
    fn other(f: &dyn Fn(u8) -> u8, v: &[u8]) -> Result<u8, Violation> {
        Ok(v.iter().map(|x| f(*x) / 2).sum())
    }
    let add = adder(5).unwrap();
    assert_eq!(other(&add, &[1]).unwrap(), 3);
    assert_eq!(code(other(&add, &[255])), "arithmetic.overflow");
}

#[test]
fn a_lazy_iterator_refuses_when_it_is_asked_and_not_before() {
    #[checked_arithmetic(or(return Default::default()))]
    fn named(v: &[u8]) -> std::collections::VecDeque<u8> {
        v.iter().map(|x| x + 1).collect()
    }
    #[checked_arithmetic]
    #[checked_indexing]
    fn lazy<'a>(v: &'a [u8], by: u8) -> Result<impl Iterator<Item = u8> + use<'a>, Violation> {
        let by = by - 1;
        Ok(v.iter().map(move |x| x + by + v[0]).filter(|x| x % 2 == 0))
    }
    assert!(named(&[255]).is_empty());
    assert_eq!(code(lazy(&[1], 0).map(|_| ())), "arithmetic.overflow", "what is not lazy is returned");
    assert_eq!(lazy(&[1, 2], 1).unwrap().collect::<Vec<_>>(), [2]);
    let mut items = lazy(&[1, 255], 1).unwrap();
    assert_eq!(items.next(), Some(2));
    let message = panic_of(|| items.next());
    assert!(message.starts_with("portcullis: arithmetic.overflow: "), "{message}");
}

#[test]
fn a_bare_impl_iterator_says_what_to_do_and_panics_aloud() {
    #[checked_arithmetic(or(panic))]
    fn lazy(v: &[u8]) -> impl Iterator<Item = u8> {
        v.iter().map(|x| x + 1)
    }
    assert!(lazy(&[1, 2]).eq([2, 3]));
    assert!(panic_of(|| lazy(&[255]).count()).starts_with("portcullis: arithmetic.overflow: "));
}

#[test]
fn a_closure_kept_in_a_struct_is_answered_by_the_method_that_calls_it_while_it_has_a_boundary() {
    struct Kept(Box<dyn Fn(u8) -> u8>);
    impl Kept {
        #[checked_arithmetic]
        fn new(by: u8) -> Result<Self, Violation> {
            Ok(Self(Box::new(move |x| x * by)))
        }
        #[checked_arithmetic]
        fn all(&self, v: &[u8]) -> Result<u8, Violation> {
            Ok(v.iter().map(|x| (self.0)(*x)).fold(0, |sum, x| sum + x))
        }
    }
    let kept = Kept::new(100).unwrap();
    assert_eq!(kept.all(&[1, 1]).unwrap(), 200);
    assert_eq!(code(kept.all(&[1, 3])), "arithmetic.overflow");
    assert!(panic_of(|| (kept.0)(3)).starts_with("portcullis: "));
}

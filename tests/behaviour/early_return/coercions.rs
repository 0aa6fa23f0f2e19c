//! What an early `return` and the end of a body coerce to, where a boundary is around: the type that the function says.

use std::convert::Infallible;
use std::error::Error;
use std::fmt::{Debug, Display};
use std::rc::Rc;

use portcullis::{FromViolation, Violation, checked_arithmetic};

use crate::common::{Later, code, run};

type Answer<T> = Result<T, Box<dyn Error>>;

#[test]
fn boxes_of_closures() {
    #[checked_arithmetic(or(return Box::new(|_| 0)))]
    fn protected(v: &[u8]) -> Box<dyn Fn(u8) -> u8> {
        if v.is_empty() {
            return Box::new(|x| x);
        }
        let sum: u8 = v.iter().map(|x| x + 1).max().unwrap_or(0);
        if sum == 9 {
            return Box::new(u8::reverse_bits);
        }
        Box::new(move |x| x.max(sum))
    }
    #[checked_arithmetic(or(return Box::new(|_| 0)))]
    async fn later(v: &[u8]) -> Box<dyn Fn(u8) -> u8> {
        Later::default().await;
        if v.is_empty() {
            return Box::new(|x| x);
        }
        let sum: u8 = v.iter().map(|x| x + 1).max().unwrap_or(0);
        if sum == 9 {
            return Box::new(u8::reverse_bits);
        }
        Box::new(move |x| x.max(sum))
    }
    let functions: [&dyn Fn(&[u8]) -> Box<dyn Fn(u8) -> u8>; 2] = [&protected, &|v| run(later(v))];
    for function in functions {
        let all = [&[][..], &[8], &[4], &[255]].map(|v| function(v)(2));
        assert_eq!(all, [2, 64, 5, 0]);
    }
}

#[test]
fn references_to_trait_objects_and_slices() {
    #[checked_arithmetic(or(return &0_u8))]
    fn shown<'a>(v: &'a [u8], text: &'a String) -> &'a dyn Display {
        if v.is_empty() {
            return text;
        }
        let at = v.iter().map(|x| x + 1).filter(|x| *x < 9).count();
        if at == 0 { &"none" } else { &v[0] }
    }
    #[checked_arithmetic(or(return &[]))]
    fn slice(v: &[u8]) -> &[u8] {
        if v.iter().any(|x| x + 1 == 1) {
            return &[7, 7];
        }
        if v.len() > 2 {
            return &[1; 3];
        }
        v
    }
    #[checked_arithmetic(or(return ""))]
    fn text<'a>(owned: &'a String, boxed: &'a Box<String>, v: &[u8]) -> &'a str {
        if v.iter().fold(0, |sum, x| sum + x) > 9 {
            return boxed;
        }
        owned
    }
    let owned = "text".to_owned();
    let all = [&[][..], &[1], &[9], &[255]].map(|v| shown(v, &owned).to_string());
    assert_eq!(all, ["text", "1", "none", "0"]);
    assert_eq!([&[1][..], &[0], &[1, 2, 3], &[255]].map(slice), [&[1][..], &[7, 7], &[1; 3], &[]]);
    let boxed = Box::new("boxed".to_owned());
    assert_eq!([&[1][..], &[10], &[255, 1]].map(|v| text(&owned, &boxed, v)), ["text", "boxed", ""]);
}

#[test]
fn boxed_errors() {
    #[checked_arithmetic]
    fn protected(text: &str) -> Answer<u8> {
        if text.is_empty() {
            Err("nothing")?;
        }
        if text == "?" {
            return Err("a question".into());
        }
        let number = Some(text).map(|text| text.parse::<u8>()).unwrap_or(Ok(0))?;
        if number == 7 {
            return Err(Box::new(std::fmt::Error));
        }
        Ok([number].map(|x| x + 1)[0])
    }
    #[checked_arithmetic(or(return Some(Box::new(violation))))]
    fn optional(x: u8) -> Option<Box<dyn Error>> {
        if x == 0 {
            return Some(Box::new(std::fmt::Error));
        }
        [x].map(|x| x + 1).contains(&9).then(|| "eight".into())
    }
    assert_eq!(protected("1").unwrap(), 2);
    for (text, words) in [("", "nothing"), ("?", "a question"), ("x", "invalid digit found in string")] {
        assert_eq!(protected(text).unwrap_err().to_string(), words);
    }
    assert!(protected("7").unwrap_err().is::<std::fmt::Error>());
    assert_eq!(protected("255").unwrap_err().downcast_ref::<Violation>().unwrap().code(), "arithmetic.overflow");
    assert!(optional(0).unwrap().is::<std::fmt::Error>());
    assert!(optional(1).is_none());
    assert_eq!(optional(8).unwrap().to_string(), "eight");
    assert!(optional(255).unwrap().is::<Violation>());
}

#[test]
fn shared_pointers_function_pointers_and_tuples_of_them() {
    #[checked_arithmetic(or(return (Rc::new(0_u8), |y| y)))]
    fn protected(v: &[u8]) -> (Rc<dyn Debug>, fn(u8) -> u8) {
        let sum = v.iter().fold(0, |sum, x| sum + x);
        if sum > 9 {
            return (Rc::new("many"), u8::count_ones_of);
        }
        (Rc::new(sum), |x| x / 2)
    }
    trait Ones {
        fn count_ones_of(self) -> u8;
    }
    impl Ones for u8 {
        fn count_ones_of(self) -> u8 {
            self.count_ones() as u8
        }
    }
    let all = [&[1][..], &[10], &[255, 1]].map(|v| {
        let (shown, function) = protected(v);
        (format!("{shown:?}"), function(15))
    });
    assert_eq!(all, [("1".to_owned(), 7), ("\"many\"".to_owned(), 4), ("0".to_owned(), 15)]);
}

#[test]
fn mutable_references_are_reborrowed() {
    #[checked_arithmetic]
    fn protected<'a>(list: &'a mut Vec<u8>, v: &[u8]) -> Result<&'a mut [u8], Violation> {
        if v.is_empty() {
            return Ok(list);
        }
        list.extend(v.iter().map(|x| x + 1));
        let kept = &mut *list;
        Ok(&mut kept[1..])
    }
    let mut list = vec![1];
    assert_eq!(protected(&mut list, &[]).unwrap(), [1]);
    protected(&mut list, &[1, 2]).unwrap()[0] = 9;
    assert_eq!(code(protected(&mut list, &[255])), "arithmetic.overflow");
    assert_eq!(list, [1, 9, 3]);
}

#[test]
#[deny(unreachable_code)]
fn what_never_is() {
    #[checked_arithmetic]
    fn never(v: &[u8]) -> Result<Infallible, Violation> {
        let mut n = 0_u8;
        loop {
            v.iter().for_each(|x| n += x);
        }
    }
    #[checked_arithmetic]
    fn diverging(v: &[u8]) -> Result<u8, Violation> {
        if v.iter().map(|x| x + 1).max() == Some(9) {
            match never(v)? {}
        }
        panic!("neither")
    }
    #[checked_arithmetic(or(return std::panic::panic_any(violation.code())))]
    fn truly(v: &[u8]) -> ! {
        let sum: u8 = v.iter().map(|x| x + 1).max().unwrap_or(0);
        panic!("{sum}")
    }
    assert_eq!(code(never(&[1])), "arithmetic.overflow");
    assert_eq!(code(diverging(&[8])), "arithmetic.overflow");
    assert_eq!(crate::common::panic_of(|| diverging(&[1])), "neither");
    assert_eq!(crate::common::panic_of(|| truly(&[1])), "2");
    assert_eq!(crate::common::panic_of(|| truly(&[255])), "arithmetic.overflow");
}

#[test]
fn a_type_that_only_the_signature_tells() {
    #[checked_arithmetic]
    fn protected(v: &[u8]) -> Result<Vec<u64>, Violation> {
        if v.is_empty() {
            return Ok(Default::default());
        }
        let smallest = v.iter().map(|x| x + 1).min();
        Ok(smallest.into_iter().map(Into::into).collect())
    }
    #[checked_arithmetic]
    async fn later<R: FromViolation + Default + From<u8>>(v: &[u8]) -> R {
        if v.is_empty() {
            return Default::default();
        }
        [v[0]].map(|x| x + 1)[0].into()
    }
    #[derive(Debug, Default, PartialEq)]
    struct Text(String);
    impl From<u8> for Text {
        fn from(number: u8) -> Self {
            Self(number.to_string())
        }
    }
    impl FromViolation for Text {
        fn from_violation(violation: Violation) -> Self {
            Self(violation.code().to_owned())
        }
    }
    assert!(protected(&[]).unwrap().is_empty());
    assert_eq!(protected(&[1, 2]).unwrap(), [2]);
    assert_eq!(code(protected(&[255])), "arithmetic.overflow");
    let all = [&[][..], &[1], &[255]].map(|v| run(later::<Text>(v)).0);
    assert_eq!(all, ["", "2", "arithmetic.overflow"]);
}

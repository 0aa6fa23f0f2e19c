//! The ways out: `or(panic)`, `or(return ..)`, an error of the user's, and `zero_trust` around it all.

use portcullis::{FromViolation, Violation, checked_indexing, zero_trust};

use super::{at, part, refused};
use crate::common::{panic_of, run};

#[test]
fn a_panic_of_ours() {
    #[checked_indexing(or(panic))]
    fn protected(list: &mut [u8], i: usize) -> u8 {
        list[i] += 1;
        list[i]
    }
    assert_eq!(protected(&mut [1], 0), 2);
    assert!(panic_of(|| protected(&mut [1], 1)).starts_with("portcullis: index.bounds: `[]` at 1 of 1"));
}

#[test]
fn a_value_that_sees_the_violation_and_the_parameters() {
    #[checked_indexing(or(return format!("{} {who}", violation.code())))]
    fn protected(who: &str, list: &[String], i: usize) -> String {
        list[i].clone()
    }
    #[checked_indexing(or(return))]
    fn nothing(list: &mut [u8], i: usize) {
        list[0] = 7;
        list[i] = 8;
        list[0] = 9;
    }
    assert_eq!(protected("me", &["a".to_owned()], 0), "a");
    assert_eq!(protected("me", &[], 0), "index.bounds me");
    let mut list = [0; 2];
    nothing(&mut list, 2);
    assert_eq!(list, [7, 0]);
    nothing(&mut list, 1);
    assert_eq!(list, [9, 8]);
}

#[test]
fn a_value_out_of_a_closure() {
    #[checked_indexing(or(return None))]
    fn protected(list: &[u8], places: &[usize]) -> Option<Vec<u8>> {
        Some(places.iter().map(|&i| list[i]).collect())
    }
    assert_eq!(protected(&[1, 2], &[1, 0]), Some(vec![2, 1]));
    assert_eq!(protected(&[1, 2], &[1, 2]), None);
}

#[test]
fn an_error_and_an_answer_of_the_users() {
    #[derive(Debug, PartialEq)]
    enum Error {
        Refused(&'static str),
    }
    impl From<Violation> for Error {
        fn from(violation: Violation) -> Self {
            Self::Refused(violation.code())
        }
    }
    #[derive(Debug, PartialEq)]
    struct Reply(u16);
    impl FromViolation for Reply {
        fn from_violation(_: Violation) -> Self {
            Self(400)
        }
    }
    #[checked_indexing]
    fn error(list: &[u8]) -> Result<u8, Error> {
        Ok(list[0])
    }
    #[checked_indexing]
    fn reply(list: &[u16]) -> Reply {
        Reply(list[0])
    }
    assert_eq!((error(&[1]), error(&[])), (Ok(1), Err(Error::Refused("index.bounds"))));
    assert_eq!((reply(&[200]), reply(&[])), (Reply(200), Reply(400)));
}

#[zero_trust]
fn pick(
    #[trusted(reason = "made by the test")] list: &mut Vec<u32>,
    #[check(range(max = 10))] i: usize,
    #[check(range(max = 10))] by: u32,
) -> Result<u32, Violation> {
    list[i] += by;
    list[i + 1] = list[i] * 2 - 1;
    let sum = list.iter().map(|&x| x + list[0]).sum::<u32>();
    Ok(sum + list.remove(i) + (list[0] as u8 as u32))
}

#[test]
fn with_all_other_protections() {
    assert_eq!(pick(&mut vec![1, 2], 0, 1).unwrap(), 14);
    refused(pick(&mut vec![1, 2], 2, 1), "[]", at(2, 2));
    refused(pick(&mut vec![1, 2], 1, 1), "[]", at(2, 2));
    let code = |list: &mut Vec<u32>, i, by| pick(list, i, by).unwrap_err().code();
    assert_eq!(code(&mut vec![1, 2], 11, 1), "input.range");
    assert_eq!(code(&mut vec![u32::MAX, 2], 0, 1), "arithmetic.overflow");
    assert_eq!(code(&mut vec![0, 2], 0, 0), "arithmetic.overflow");
}

#[test]
fn each_protection_with_its_own_way_out() {
    #[zero_trust(checked_indexing(or(return 1)), checked_arithmetic(or(return 2)), or(return 3))]
    fn protected(#[trusted(reason = "made by the test")] list: &[u8], #[check(range(max = 9))] i: usize) -> u8 {
        let add = |x: u8| x + list[i];
        add(list[0]) + list[i]
    }
    assert_eq!(protected(&[10, 20], 1), 50);
    assert_eq!((protected(&[10, 20], 2), protected(&[10, 200], 1), protected(&[10, 20], 10)), (1, 2, 3));
}

#[test]
fn a_protected_future_under_zero_trust() {
    #[zero_trust]
    async fn protected(
        #[check(length(max = 9))] text: String,
        #[check(range(max = 99))] i: usize,
    ) -> Result<String, Violation> {
        crate::common::Later::default().await;
        Ok(text[i..].to_owned())
    }
    assert_eq!(run(protected("aß".to_owned(), 1)).unwrap(), "ß");
    refused(run(protected("aß".to_owned(), 2)), "[]", part(2, 3, 3));
}

#[test]
fn left_out_of_zero_trust() {
    #[zero_trust(without(checked_indexing))]
    fn protected(#[trusted(reason = "made by the test")] list: &[u8]) -> Result<u8, Violation> {
        Ok(list[0])
    }
    assert_eq!(protected(&[]).unwrap_err().code(), "panic");
}

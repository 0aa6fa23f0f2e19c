//! Rules for what a collection or an `Option` holds.

use std::collections::{BTreeSet, HashSet, VecDeque};
use std::num::NonZeroU16;

use portcullis::{Violation, validated_input};

use super::broken;

#[test]
fn each_element_by_its_rules() {
    #[validated_input]
    fn protected(
        #[check(length(max = 3), each(length(min = 1, max = 4), ascii))] tags: Vec<String>,
        #[check(length(max = 3), each(range(max = 9)))] numbers: &[u32],
        #[check(each(range(max = 9)))] array: [u8; 2],
        #[check(length(max = 3), each(range(max = 9)))] queue: VecDeque<i8>,
        #[check(length(max = 3), each(range(max = 9)))] sorted: BTreeSet<u64>,
        #[check(length(max = 3), each(one_of("a", "b")))] words: HashSet<&str>,
    ) -> Result<usize, Violation> {
        Ok(tags.len() + numbers.len() + array.len() + queue.len() + sorted.len() + words.len())
    }
    let call = |tag: &str, number: u8, word| {
        let queue = [number.cast_signed()].into();
        protected(
            vec!["ok".into(), tag.into()],
            &[1, number.into()],
            [0, number],
            queue,
            [number.into()].into(),
            [word].into(),
        )
    };
    assert_eq!(call("okay", 9, "a").unwrap(), 9);
    assert_eq!(
        broken(call("äöüßé", 10, "c")),
        [
            "array[1] range",
            "numbers[1] range",
            "queue[0] range",
            "sorted[0] range",
            "tags[1] ascii",
            "tags[1] length",
            "words[0] one_of"
        ]
    );
    assert_eq!(call("", 9, "b").unwrap_err().fields()[0].detail, "must have a length that is between 1 and 4");
    assert_eq!(call("okay", 9, "a").unwrap(), 9);
}

#[test]
fn lists_of_lists() {
    #[validated_input]
    fn protected(
        #[check(length(max = 2), each(length(max = 2), each(range(max = 9))))] rows: Vec<Vec<u32>>,
        #[check(length(max = 2), each(each(range(max = 9))))] board: Vec<[i32; 2]>,
    ) -> Result<usize, Violation> {
        Ok(rows.len() + board.len())
    }
    assert_eq!(protected(vec![vec![9], vec![]], vec![[1, 2]]).unwrap(), 3);
    assert_eq!(
        broken(protected(vec![vec![1], vec![2, 10]], vec![[1, 2], [10, 2]])),
        ["board[1][0] range", "rows[1][1] range"]
    );
    assert_eq!(broken(protected(vec![vec![], vec![1, 2, 10]], vec![])), ["rows[1] length"]);
}

#[test]
fn what_any_value_of_will_do() {
    #[validated_input]
    fn protected(
        #[check(length(max = 2), each(trusted(reason = "only counted")))] names: Vec<String>,
        #[check(length(max = 2))] bytes: Vec<u8>,
        #[check(length(max = 2))] flags: &[bool],
        #[check(a(range(max = 9)), b(trusted(reason = "only echoed")))] (a, b): (u8, String),
    ) -> Result<usize, Violation> {
        Ok(names.len() + bytes.len() + flags.len() + usize::from(a) + b.len())
    }
    let long = "x".repeat(100);
    assert_eq!(protected(vec![long.clone(); 2], vec![1; 2], &[true], (1, long.clone())).unwrap(), 106);
    assert_eq!(
        broken(protected(vec![long; 3], vec![1; 3], &[true; 3], (10, String::new()))),
        ["a range", "bytes length", "flags length", "names length"]
    );
}

#[test]
fn inside_an_option() {
    #[validated_input]
    fn protected(
        #[check(range(min = 1, max = 9))] number: Option<u32>,
        #[check(email)] mail: Option<&str>,
        #[check(finite)] ratio: &Option<f64>,
        #[check(length(max = 3))] text: Result<String, ()>,
        #[check(length(max = 2), each(range(max = 9)))] list: Option<Vec<Option<u8>>>,
        flag: Option<bool>,
    ) -> Result<bool, Violation> {
        let _ = (number, mail, ratio, text, list);
        Ok(flag.unwrap_or_default())
    }
    assert!(!protected(None, None, &None, Err(()), None, None).unwrap());
    let list = |number| Some(vec![None, Some(number)]);
    assert!(protected(Some(9), Some("a@example.com"), &Some(0.5), Ok("abc".into()), list(9), Some(true)).unwrap());
    assert_eq!(
        broken(protected(Some(0), Some("nobody"), &Some(f64::NAN), Ok("abcd".into()), list(10), None)),
        ["list[1] range", "mail email", "number range", "ratio finite", "text length"]
    );
}

#[test]
fn inside_what_no_signature_shows() {
    type Maybe = Option<u32>;
    #[validated_input]
    fn protected(
        #[check(range(max = 9))] number: Maybe,
        #[check(range(min = 2))] id: NonZeroU16,
    ) -> Result<u16, Violation> {
        let _ = number;
        Ok(id.get())
    }
    let id = |id| NonZeroU16::new(id).unwrap();
    assert_eq!(protected(None, id(2)).unwrap(), 2);
    assert_eq!(protected(Some(9), id(2)).unwrap(), 2);
    assert_eq!(broken(protected(Some(10), id(1))), ["id range", "number range"]);
}

#[test]
fn many_wrong_elements_cost_no_more_than_some() {
    #[validated_input]
    fn protected(
        #[check(length(max = 2_000_000), each(range(max = 9)))] numbers: Vec<u32>,
    ) -> Result<usize, Violation> {
        Ok(numbers.len())
    }
    let refused = protected(vec![10; 1_000_000]).unwrap_err();
    assert_eq!(refused.fields().len(), 16);
    assert!(refused.fields_omitted() >= 240, "{}", refused.fields_omitted());
}

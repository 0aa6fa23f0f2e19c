//! The rules with bounds, on both sides of each.

use portcullis::{Kind, Violation, validated_input};

use crate::common::code;

const CLOSE: f64 = 1e-9;

#[test]
fn range_of_integers() {
    #[validated_input]
    fn both(#[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
        Ok(secs)
    }
    #[validated_input]
    fn below_zero(#[check(range(min = -5, max = -1))] value: i8) -> Result<i8, Violation> {
        Ok(value)
    }
    #[validated_input]
    fn one_side(
        #[check(range(min = 3))] low: u8,
        #[check(range(max = 340_282_366_920_938_463_463_374_607_431_768_211_454))] high: u128,
    ) -> Result<(), Violation> {
        let _ = (low, high);
        Ok(())
    }
    for secs in [1, 2, 86_399, 86_400] {
        assert_eq!(both(secs).unwrap(), secs);
    }
    for secs in [i32::MIN, -1, 0, 86_401, i32::MAX] {
        let refused = both(secs).unwrap_err();
        assert_eq!(refused.code(), "input.range");
        assert_eq!(refused.kind(), Kind::Input);
        assert_eq!(refused.fields()[0].path, "secs");
        assert_eq!(refused.fields()[0].code, "range");
        assert_eq!(refused.fields()[0].detail, "must be between 1 and 86400");
        assert_eq!(both(1).unwrap(), 1);
    }
    assert_eq!([-5, -1].map(|value| below_zero(value).unwrap()), [-5, -1]);
    assert_eq!([-6, 0, i8::MIN, i8::MAX].map(|value| code(below_zero(value))), ["input.range"; 4]);
    one_side(3, u128::MAX - 1).unwrap();
    one_side(u8::MAX, 0).unwrap();
    assert_eq!(one_side(2, 0).unwrap_err().fields()[0].detail, "must be at least 3");
    assert_eq!(one_side(3, u128::MAX).unwrap_err().fields()[0].path, "high");
}

#[test]
fn range_by_expressions() {
    const MOST: u64 = 10;
    fn least() -> u64 {
        2
    }
    #[validated_input]
    fn protected(#[check(range(min = least(), max = MOST * 2))] value: u64) -> Result<u64, Violation> {
        Ok(value)
    }
    assert_eq!([2, 20].map(|value| protected(value).unwrap()), [2, 20]);
    assert_eq!([1, 21].map(|value| code(protected(value))), ["input.range"; 2]);
}

#[test]
fn range_of_floats_has_no_nan_in_it() {
    #[validated_input]
    fn both(#[check(range(min = -0.5, max = 1.0))] value: f64) -> Result<f64, Violation> {
        Ok(value)
    }
    #[validated_input]
    fn lower(#[check(range(min = 0.0))] value: f32) -> Result<(), Violation> {
        let _ = value;
        Ok(())
    }
    #[validated_input]
    fn upper(#[check(range(max = 0.0))] value: f32) -> Result<(), Violation> {
        let _ = value;
        Ok(())
    }
    for value in [-0.5, 0.0, -0.0, 1.0] {
        assert!((both(value).unwrap() - value).abs() < CLOSE);
    }
    for value in [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1.0 + f64::EPSILON, -0.500_000_1] {
        assert_eq!(code(both(value)), "input.range");
    }
    lower(f32::INFINITY).unwrap();
    upper(f32::NEG_INFINITY).unwrap();
    assert_eq!(code(lower(f32::NAN)), "input.range");
    assert_eq!(code(upper(f32::NAN)), "input.range");
}

#[test]
fn range_of_characters() {
    #[validated_input]
    fn protected(#[check(range(min = 'a', max = 'z'))] letter: char) -> Result<char, Violation> {
        Ok(letter)
    }
    assert_eq!(['a', 'm', 'z'].map(|letter| protected(letter).unwrap()), ['a', 'm', 'z']);
    assert_eq!(['`', '{', 'A', 'ä', '\0'].map(|letter| code(protected(letter))), ["input.range"; 5]);
}

#[test]
fn length_counts_characters_of_a_string() {
    #[validated_input]
    fn lent(#[check(length(min = 2, max = 4))] text: &str) -> Result<usize, Violation> {
        Ok(text.len())
    }
    #[validated_input]
    fn owned(#[check(length(equal = 3))] text: String) -> Result<usize, Violation> {
        Ok(text.len())
    }
    assert_eq!(lent("ab").unwrap(), 2);
    // Four characters, 16 bytes.
    assert_eq!(lent("🦀🦀🦀🦀").unwrap(), 16);
    for text in ["", "a", "🦀", "abcde", "🦀🦀🦀🦀🦀"] {
        assert_eq!(code(lent(text)), "input.length");
    }
    assert_eq!(owned("äöü".to_owned()).unwrap(), 6);
    assert_eq!(code(owned("äö".to_owned())), "input.length");
    assert_eq!(code(owned("äöüß".to_owned())), "input.length");
    assert_eq!(owned("a".repeat(4)).unwrap_err().fields()[0].detail, "must have a length that is 3");
    assert_eq!(lent("").unwrap_err().fields()[0].detail, "must have a length that is between 2 and 4");
}

#[test]
fn length_counts_elements_of_a_collection() {
    #[validated_input]
    fn vector(#[check(length(min = 1, max = 64))] items: Vec<u8>) -> Result<usize, Violation> {
        Ok(items.len())
    }
    #[validated_input]
    fn slice(#[check(length(max = 2))] items: &[u8]) -> Result<usize, Violation> {
        Ok(items.len())
    }
    #[validated_input]
    fn mutable(#[check(length(equal = 2), each(length(max = 9)))] items: &mut Vec<String>) -> Result<usize, Violation> {
        items.push(String::new());
        Ok(items.len())
    }
    assert_eq!(vector(vec![0]).unwrap(), 1);
    assert_eq!(code(vector(Vec::new())), "input.length");
    assert_eq!(slice(&[1, 2]).unwrap(), 2);
    assert_eq!(slice(&[]).unwrap(), 0);
    assert_eq!(code(slice(&[1, 2, 3])), "input.length");
    let mut items = vec![String::new(), String::new()];
    assert_eq!(mutable(&mut items).unwrap(), 3);
    assert_eq!(code(mutable(&mut items)), "input.length");
    assert_eq!(items.len(), 3);
}

#[test]
fn finite() {
    #[validated_input]
    fn protected(#[check(finite)] wide: f64, #[check(finite)] narrow: &f32) -> Result<(), Violation> {
        let _ = (wide, narrow);
        Ok(())
    }
    protected(f64::MAX, &f32::MIN).unwrap();
    protected(-0.0, &f32::MIN_POSITIVE).unwrap();
    for wide in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(code(protected(wide, &0.0)), "input.finite");
    }
    for narrow in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        assert_eq!(code(protected(0.0, &narrow)), "input.finite");
    }
}

#[test]
fn one_of() {
    const ADMITTED: u32 = 9;
    #[validated_input]
    fn number(#[check(one_of(1, 5, ADMITTED))] number: u32) -> Result<u32, Violation> {
        Ok(number)
    }
    #[validated_input]
    fn owned(#[check(one_of("north", "south"))] side: String) -> Result<String, Violation> {
        Ok(side)
    }
    #[validated_input]
    fn lent(#[check(one_of("north", "south"))] side: &str) -> Result<usize, Violation> {
        Ok(side.len())
    }
    #[validated_input]
    fn lent_string(#[check(one_of("north", "south"))] side: &String) -> Result<usize, Violation> {
        Ok(side.len())
    }
    #[validated_input]
    fn letter(#[check(one_of('x', 'y'))] letter: char) -> Result<char, Violation> {
        Ok(letter)
    }
    assert_eq!([1, 5, 9].map(|value| number(value).unwrap()), [1, 5, 9]);
    assert_eq!([0, 2, 4, 6, 10].map(|value| code(number(value))), ["input.one_of"; 5]);
    owned("south".to_owned()).unwrap();
    lent("north").unwrap();
    lent_string(&"north".to_owned()).unwrap();
    for side in ["", "North", "north ", "south\0"] {
        assert_eq!(code(owned(side.to_owned())), "input.one_of");
        assert_eq!(code(lent(side)), "input.one_of");
        assert_eq!(code(lent_string(&side.to_owned())), "input.one_of");
    }
    letter('y').unwrap();
    assert_eq!(code(letter('z')), "input.one_of");
    let words = lent("east").unwrap_err().to_string();
    assert!(!words.contains("north") && !words.contains("south"), "the admitted values may be a secret: {words}");
}

#[test]
fn bounds_that_are_themselves_outside() {
    #[validated_input]
    fn integers(#[check(range(exclusive_min = 0, max = 9))] n: i32) -> Result<i32, Violation> {
        Ok(n)
    }
    #[validated_input]
    fn floats(#[check(range(min = 0.0, exclusive_max = 1.0))] x: f64) -> Result<f64, Violation> {
        Ok(x)
    }
    #[validated_input]
    fn one_side(#[check(range(exclusive_min = 0.5))] x: f32) -> Result<f32, Violation> {
        Ok(x)
    }
    assert_eq!([1, 9].map(|n| integers(n).unwrap()), [1, 9]);
    assert_eq!([0, 10, i32::MIN].map(|n| code(integers(n))), ["input.range"; 3]);
    assert_eq!(integers(0).unwrap_err().fields()[0].detail, "must be above 0 and at most 9");
    assert!([0.0, -0.0, 1.0 - f64::EPSILON].map(floats).iter().all(Result::is_ok));
    assert_eq!([1.0, -CLOSE, f64::NAN, f64::INFINITY].map(|x| code(floats(x))), ["input.range"; 4]);
    assert_eq!(floats(1.0).unwrap_err().fields()[0].detail, "must be at least 0 and below 1");
    assert!(one_side(0.6).is_ok());
    assert_eq!([0.5, f32::NAN].map(|x| code(one_side(x))), ["input.range"; 2]);
    assert_eq!(one_side(0.5).unwrap_err().fields()[0].detail, "must be above 0.5");
}

//! Return types with an `impl Trait` in them: the rest of the type is still what an early `return` coerces to.

use std::error::Error;
use std::fmt::Display;

use portcullis::{Violation, catch_panic, checked_arithmetic, zero_trust};

use crate::common::{Later, code, run};

type Boxed = Box<dyn Error>;

/// What the error is: a text, or the code of a violation.
fn words<T>(result: Result<T, Boxed>) -> String {
    match result {
        Ok(_) => "fine".to_owned(),
        Err(error) => error.downcast_ref::<Violation>().map_or_else(|| error.to_string(), |own| own.code().to_owned()),
    }
}

#[checked_arithmetic]
fn next(v: &[u8]) -> Result<impl Iterator<Item = u8> + use<>, Boxed> {
    if v.is_empty() {
        return Err(Box::new(std::fmt::Error));
    }
    if v.len() == 1 {
        return Err("one".into());
    }
    if v.len() == 2 {
        Err("two")?;
    }
    Ok(v.iter().map(|x| x + 1).collect::<Vec<_>>().into_iter())
}

#[checked_arithmetic]
async fn later(v: &[u8]) -> Result<impl Iterator<Item = u8> + use<>, Boxed> {
    Later::default().await;
    if v.is_empty() {
        return Err(Box::new(std::fmt::Error));
    }
    if v.len() == 1 {
        return Err("one".into());
    }
    if v.len() == 2 {
        Err("two")?;
    }
    Ok(v.iter().map(|x| x + 1).collect::<Vec<_>>().into_iter())
}

#[zero_trust]
fn all(#[check(length(max = 4))] v: &[u8]) -> Result<impl Iterator<Item = u8> + use<>, Boxed> {
    if v.is_empty() {
        return Err(Box::new(std::fmt::Error));
    }
    if v.len() == 1 {
        return Err("one".into());
    }
    if v.len() == 2 {
        Err("two")?;
    }
    Ok(v.iter().map(|x| x + 1).collect::<Vec<_>>().into_iter())
}

#[test]
fn errors_coerce_beside_an_opaque_value() {
    let cases: [(&[u8], &str); 5] = [
        (&[], &std::fmt::Error.to_string()),
        (&[1], "one"),
        (&[1, 2], "two"),
        (&[1, 2, 3], "fine"),
        (&[1, 2, 255], "arithmetic.overflow"),
    ];
    for (v, expected) in cases {
        assert_eq!([words(next(v)), words(run(later(v))), words(all(v))], [expected; 3], "{v:?}");
    }
    assert!(next(&[1, 2, 3]).unwrap().eq([2, 3, 4]));
    assert_eq!(words(all(&[0; 5])), "input.length");
}

#[test]
fn an_opaque_type_deep_inside_and_one_with_a_lifetime() {
    #[checked_arithmetic]
    #[expect(clippy::type_complexity, reason = "the case")]
    fn pair<'a>(v: &'a [u8]) -> Result<(impl Iterator<Item = &'a u8>, Box<dyn Fn(u8) -> u8 + 'a>), Violation> {
        let largest = v.iter().map(|x| x + 1).max();
        if largest == Some(9) {
            return Ok((v.iter(), Box::new(|x| x)));
        }
        Ok((v.iter(), Box::new(move |x| x.max(largest.unwrap_or(0)))))
    }
    #[catch_panic(or(return Some(Box::new("none".to_owned()))))]
    fn boxed(x: u8) -> Option<Box<impl Display + Clone>> {
        assert!(x > 0, "nothing");
        (x > 1).then(|| Box::new(x.to_string()))
    }
    for (v, expected) in [(&[8, 1][..], 2), (&[4, 1], 5)] {
        let (items, function) = pair(v).unwrap();
        assert_eq!((items.count(), function(2)), (2, expected));
    }
    assert_eq!(code(pair(&[255]).map(|_| ())), "arithmetic.overflow");
    assert_eq!([0, 1, 2].map(|x| boxed(x).map(|text| text.to_string())), [Some("none".into()), None, Some("2".into())]);
}

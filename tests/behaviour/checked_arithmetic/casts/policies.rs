//! Casts where the policy makes the value fit.

use portcullis::{Violation, checked_arithmetic};

#[test]
fn casts_saturate_amid_operators() {
    #[checked_arithmetic(or(saturate), casts = on)]
    fn protected(x: i64, y: f64) -> (u8, i8, u32, f32) {
        ((x * 2) as u8, (x + 1) as i8, y as u32, (x as i32 as f32) + 0.5)
    }
    assert_eq!(protected(i64::MAX, -1.0), (255, 127, 0, 2_147_483_648.0));
    assert_eq!(protected(i64::MIN, f64::NAN), (0, -128, 0, -2_147_483_648.0));
    assert_eq!(protected(3, 7.9), (6, 4, 7, 3.5));
}

#[test]
fn casts_wrap_as_written() {
    #[checked_arithmetic(or(wrap), casts = on)]
    fn protected(x: i64) -> (u8, i8, u16) {
        ((x + 1) as u8, x as i8, -x as u16)
    }
    assert_eq!(protected(255), (0, -1, 65_281));
}

#[test]
fn casts_in_closures_and_futures() {
    #[checked_arithmetic(casts = on)]
    fn closures(values: &[u32]) -> Result<Vec<u8>, Violation> {
        Ok(values.iter().map(|value| *value as u8).collect())
    }
    #[checked_arithmetic(casts = on)]
    async fn future(value: u32) -> Result<u8, Violation> {
        let inner = async move { value as u8 };
        Ok(inner.await)
    }
    assert_eq!(closures(&[1, 255]).unwrap(), [1, 255]);
    assert_eq!(crate::common::code(closures(&[1, 256])), "cast.lossy");
    assert_eq!(crate::common::run(future(255)).unwrap(), 255);
    assert_eq!(crate::common::code(crate::common::run(future(256))), "cast.lossy");
}

#[test]
fn casts_are_left_alone_unless_asked_for() {
    #[checked_arithmetic]
    fn alone(x: u32) -> Result<u8, Violation> {
        Ok(x as u8 + 1)
    }
    #[checked_arithmetic(casts = off)]
    fn off(x: u32) -> Result<u8, Violation> {
        Ok(x as u8 + 1)
    }
    assert_eq!((alone(256).unwrap(), off(257).unwrap()), (1, 2));
    assert!(alone(255).is_err());
}

#[test]
fn a_loss_becomes_what_the_attribute_says() {
    #[checked_arithmetic(casts = on, or(return violation.code()))]
    fn protected(x: u32) -> &'static str {
        if x as u8 > 9 { "large" } else { "small" }
    }
    assert_eq!([protected(3), protected(30), protected(300)], ["small", "large", "cast.lossy"]);
}

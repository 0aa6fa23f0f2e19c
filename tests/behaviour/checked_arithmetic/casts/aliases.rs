//! Targets that are not spelled as a number: `_`, aliases, associated types, generics.

use portcullis::{Integer, Values, Violation, checked_arithmetic};

use crate::common::code;

type Small = u8;

#[test]
fn an_alias_of_a_number_is_checked() {
    #[checked_arithmetic(casts = on)]
    fn protected(x: u64) -> Result<Small, Violation> {
        Ok(x as Small)
    }
    assert_eq!(protected(255).unwrap(), 255);
    let refused = protected(256).unwrap_err();
    assert_eq!(refused.internal().values(), Values::Operand(Integer::Unsigned(256)));
}

#[test]
fn an_alias_by_a_path_or_an_associated_type() {
    mod sizes {
        pub(super) type Count = u16;
        pub(super) type Same<T> = T;
    }
    trait Sized2 {
        type Count;
    }
    struct Table;
    impl Sized2 for Table {
        type Count = i8;
    }
    #[checked_arithmetic(casts = on)]
    fn protected(x: i64) -> Result<(u16, i8, u8), Violation> {
        Ok((x as sizes::Count, x as <Table as Sized2>::Count, x as sizes::Same<u8>))
    }
    assert_eq!(protected(127).unwrap(), (127, 127, 127));
    assert_eq!(code(protected(128)), "cast.lossy");
    assert_eq!(code(protected(-1)), "cast.lossy");
}

#[test]
fn an_alias_of_a_pointer_or_an_object_stays() {
    type Raw = *const u8;
    type Object = Box<dyn Fn(u8) -> u8>;
    type Function = fn(u8) -> u8;
    #[checked_arithmetic(or(panic), casts = on)]
    fn protected(x: &u8) -> (bool, u8, u8) {
        let raw = x as Raw;
        let object = Box::new(|x: u8| x) as Object;
        let function = (|x: u8| x) as Function;
        (raw.is_null(), object(*x), function(*x))
    }
    assert_eq!(protected(&3), (false, 3, 3));
}

#[test]
fn a_target_that_is_inferred() {
    #[checked_arithmetic(casts = on)]
    fn protected(x: u64) -> Result<(u8, Vec<i16>), Violation> {
        let narrow: u8 = x as _;
        let mut all = Vec::new();
        all.push(1_i16);
        all.push(x as _);
        Ok((narrow, all))
    }
    assert_eq!(protected(7).unwrap(), (7, vec![1, 7]));
    assert_eq!(code(protected(256)), "cast.lossy");
}

#[test]
fn an_inferred_pointer_stays() {
    #[checked_arithmetic(or(panic), casts = on)]
    fn protected(x: &u8) -> bool {
        let opaque: *const () = x as *const u8 as _;
        let function: fn(u8) -> u8 = (|x: u8| x) as _;
        opaque.is_null() && function(1) == 1
    }
    assert!(!protected(&3));
}

#[test]
fn casts_beside_generics() {
    #[checked_arithmetic(casts = on)]
    fn protected<T: Into<u64>, const N: usize>(x: T) -> Result<(u8, u8), Violation> {
        Ok((x.into() as u8, N as u8))
    }
    assert_eq!(protected::<u32, 255>(255).unwrap(), (255, 255));
    assert_eq!(code(protected::<u32, 255>(256)), "cast.lossy");
    assert_eq!(code(protected::<u32, 256>(1)), "cast.lossy");
}

#[test]
fn constants_of_the_users_own_are_checked() {
    const LIMIT: u16 = 256;
    static COUNT: u16 = 3;
    #[checked_arithmetic(casts = on)]
    fn fits() -> Result<u8, Violation> {
        Ok(COUNT as u8)
    }
    #[checked_arithmetic(casts = on)]
    fn lossy() -> Result<u8, Violation> {
        Ok(LIMIT as u8)
    }
    assert_eq!(fits().unwrap(), 3);
    assert_eq!(code(lossy()), "cast.lossy");
}

//! `#[portcullis::allow(cast, reason = "..")]`: the casts that are meant.

use portcullis::{Violation, checked_arithmetic};

use crate::common::code;

#[test]
fn an_expression_in_parentheses() {
    #[checked_arithmetic(casts = on)]
    fn protected(x: u32) -> Result<(u8, u8), Violation> {
        Ok((
            #[portcullis::allow(cast, reason = "low byte on purpose")]
            (x as u8),
            (x >> 8) as u8,
        ))
    }
    assert_eq!(protected(0x1_02).unwrap(), (2, 1));
    assert_eq!(code(protected(0x1_00_02)), "cast.lossy", "the other one is not excused");
}

#[test]
fn a_statement() {
    #[checked_arithmetic(casts = on)]
    fn protected(x: u32, low: &mut u8) -> Result<u8, Violation> {
        #[portcullis::allow(cast, reason = "low byte on purpose")]
        {
            *low = x as u8;
        }
        #[portcullis::allow(cast, reason = "low byte on purpose")]
        low.clone_from(&(x as u8));
        Ok(x as u8)
    }
    let mut low = 0;
    assert_eq!(code(protected(0x1_02, &mut low)), "cast.lossy");
    assert_eq!(low, 2);
    assert_eq!(protected(7, &mut low).unwrap(), 7);
}

#[test]
fn a_let() {
    #[checked_arithmetic(casts = on)]
    fn protected(x: i64) -> Result<u16, Violation> {
        #[portcullis::allow(cast, reason = "both halves are kept")]
        let (low, high) = (x as u8, (x >> 8) as u8);
        Ok(u16::from(low) + (u16::from(high) << 8))
    }
    assert_eq!(protected(-1).unwrap(), u16::MAX);
}

#[test]
fn a_block_and_what_is_inside_of_it() {
    #[checked_arithmetic(casts = on)]
    fn protected(x: u32) -> Result<Vec<u8>, Violation> {
        let bytes = #[portcullis::allow(cast, reason = "a byte at a time")]
        {
            let shift = |by: u32| (x >> by) as u8;
            let mut bytes = vec![shift(24), shift(16)];
            if x > 1 {
                bytes.push((x >> 8) as u8);
            }
            bytes.push(x as u8);
            bytes
        };
        Ok(bytes)
    }
    assert_eq!(protected(0x0102_0304).unwrap(), [1, 2, 3, 4]);
}

#[test]
fn a_macro_call() {
    #[checked_arithmetic(casts = on)]
    fn protected(x: u32) -> Result<u8, Violation> {
        #[portcullis::allow(cast, reason = "as the protocol has it")]
        assert_eq!(x as u8, 2, "the low byte is {}", x as u8);
        Ok((x >> 8) as u8)
    }
    assert_eq!(protected(0x1_02).unwrap(), 1);
    assert!(protected(0x1_00_02).is_err());
}

#[test]
fn a_tail() {
    #[checked_arithmetic(casts = on)]
    fn protected(x: u32) -> u8 {
        #[portcullis::allow(cast, reason = "low byte on purpose")]
        {
            x as u8
        }
    }
    assert_eq!(protected(0x1_02), 2);
}

#[test]
fn a_body_whose_only_cast_is_excused_needs_no_way_out() {
    #[checked_arithmetic(casts = on)]
    fn protected(x: u32) -> u8 {
        #[portcullis::allow(cast, reason = "low byte on purpose")]
        let low = x as u8;
        low
    }
    assert_eq!(protected(0x1_02), 2);
}

#[test]
fn operators_under_an_escape_are_still_checked() {
    #[checked_arithmetic(casts = on)]
    fn protected(x: u32) -> Result<u8, Violation> {
        #[portcullis::allow(cast, reason = "low byte on purpose")]
        let low = (x + 1) as u8;
        Ok(low)
    }
    assert_eq!(protected(255).unwrap(), 0);
    assert_eq!(code(protected(u32::MAX)), "arithmetic.overflow");
}

#[test]
fn other_attributes_beside_an_escape_stay() {
    #[checked_arithmetic(casts = on)]
    fn protected(x: u32) -> Result<u8, Violation> {
        #[allow(unused_variables)]
        #[portcullis::allow(cast, reason = "low byte on purpose")]
        #[cfg(test)]
        let low = x as u8;
        #[cfg(not(test))]
        #[portcullis::allow(cast, reason = "compiled out")]
        let low = x as u8 + 1;
        Ok(low)
    }
    assert_eq!(protected(0x1_02).unwrap(), 2);
}

#[test]
fn an_escape_in_a_closure_and_in_a_future() {
    #[checked_arithmetic(casts = on)]
    fn closure(values: &[u32]) -> Result<Vec<u8>, Violation> {
        Ok(values
            .iter()
            .map(|value| {
                #[portcullis::allow(cast, reason = "low byte on purpose")]
                let low = *value as u8;
                low + 1
            })
            .collect())
    }
    #[checked_arithmetic(casts = on)]
    async fn future(x: u32) -> Result<u8, Violation> {
        #[portcullis::allow(cast, reason = "low byte on purpose")]
        let low = async { x as u8 }.await;
        Ok(low + 1)
    }
    assert_eq!(closure(&[256, 257]).unwrap(), [1, 2]);
    assert!(closure(&[255]).is_err());
    assert_eq!(crate::common::run(future(257)).unwrap(), 2);
}

//! What the refusal of a cast says, and where casts stand.

use portcullis::{Integer, Values, Violation, checked_arithmetic};

use crate::checked_arithmetic::{Log, Refusal};

fn lost(value: Integer, line: u32) -> Refusal {
    Refusal { code: "cast.lossy", operator: "as", values: Values::Operand(value), line }
}

#[test]
fn the_violation_names_the_line_of_the_cast() {
    const LINE: u32 = line!() + 6;
    #[rustfmt::skip]
    #[checked_arithmetic(casts = on)]
    fn protected(x: i64) -> Result<u8, Violation> {
        let narrow =
            x
            as u8;
        Ok(narrow)
    }
    lost(Integer::Signed(-1), LINE).check(protected(-1));
    lost(Integer::Signed(256), LINE).check(protected(256));
}

#[test]
fn the_value_is_kept_with_its_sign() {
    const LINE: u32 = line!() + 3;
    #[checked_arithmetic(casts = on)]
    fn protected(x: u128) -> Result<i128, Violation> {
        Ok(x as i128)
    }
    lost(Integer::Unsigned(u128::MAX), LINE).check(protected(u128::MAX));
}

#[test]
fn the_log_line_names_both_types() {
    #[checked_arithmetic(casts = on)]
    fn protected(x: i64, y: f64) -> Result<(u8, u16), Violation> {
        Ok((x as u8, y as u16))
    }
    let text = protected(-3, 0.0).unwrap_err().internal().to_string();
    assert!(text.starts_with("cast.lossy: -3 of i64 as u8 in "), "{text}");
    let text = protected(3, f64::NAN).unwrap_err().internal().to_string();
    assert!(text.starts_with("cast.lossy: f64 as u16 in "), "{text}");
}

#[test]
fn a_chain_of_casts_stops_at_the_first_loss() {
    #[checked_arithmetic(casts = on)]
    fn protected(x: i32) -> Result<u64, Violation> {
        Ok(x as u16 as i64 as u64)
    }
    assert_eq!(protected(65_535).unwrap(), 65_535);
    let refused = protected(-1).unwrap_err();
    assert_eq!(refused.internal().values(), Values::Operand(Integer::Signed(-1)));
}

#[test]
fn the_operand_is_evaluated_once_and_in_its_turn() {
    #[checked_arithmetic(casts = on)]
    fn protected(log: &Log, x: u32) -> Result<[u8; 3], Violation> {
        Ok([log.on("a", 1_u32) as u8, log.on("b", x) as u8, log.on("c", 3_u32) as u8])
    }
    let log = Log::default();
    assert_eq!(protected(&log, 2).unwrap(), [1, 2, 3]);
    assert_eq!(log.taken(), ["a", "b", "c"]);
    assert!(protected(&log, 256).is_err());
    assert_eq!(log.taken(), ["a", "b"]);
}

#[test]
fn casts_as_indices_arguments_and_conditions() {
    #[checked_arithmetic(casts = on)]
    fn protected(values: &[u8], at: i64) -> Result<u32, Violation> {
        if at as u8 > 100 {
            return Ok(u32::from(values[0]));
        }
        let picked = values[at as usize];
        match at as u8 {
            0 => Ok(u32::max(picked as u32, at as u32)),
            _ => Ok(format!("{}", at as i8).len() as u32 + values.len() as u32),
        }
    }
    assert_eq!(protected(&[7, 8], 101).unwrap(), 7);
    assert_eq!(protected(&[7, 8], 0).unwrap(), 7);
    assert_eq!(protected(&[7, 8], 1).unwrap(), 3);
    assert!(protected(&[7, 8], -1).is_err());
}

#[test]
fn casts_of_places_move_and_borrow_nothing() {
    struct Row {
        width: u64,
        cells: Vec<i32>,
    }
    #[checked_arithmetic(casts = on)]
    fn protected(row: &mut Row, at: &u16) -> Result<(u8, u8, Row), Violation> {
        let cell = row.cells[*at as usize] as u8;
        row.width = row.width as u32 as u64 + 1;
        let width = row.width as u8;
        Ok((cell, width, Row { width: *at as u64, cells: std::mem::take(&mut row.cells) }))
    }
    let (cell, width, moved) = protected(&mut Row { width: 3, cells: vec![0, 255] }, &1).unwrap();
    assert_eq!((cell, width, moved.width, moved.cells.len()), (255, 4, 1, 2));
    assert!(protected(&mut Row { width: 3, cells: vec![-1] }, &0).is_err());
    assert!(protected(&mut Row { width: 255, cells: vec![1] }, &0).is_err());
}

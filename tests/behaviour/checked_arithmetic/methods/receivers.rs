//! On what a method may be called.

use std::cell::{Cell, RefCell};
use std::num::{NonZero, Saturating, Wrapping};

use portcullis::{Violation, checked_arithmetic};

use crate::common::code;

struct Row {
    width: u32,
    cells: Vec<i32>,
    deeper: Option<Box<Row>>,
}

fn row(width: u32, cells: &[i32]) -> Row {
    Row { width, cells: cells.to_vec(), deeper: Some(Box::new(Row { width, cells: Vec::new(), deeper: None })) }
}

impl Row {
    #[checked_arithmetic]
    fn area(&self) -> Result<u32, Violation> {
        Ok(self.width.pow(2))
    }
}

#[test]
fn fields_indices_and_places_behind_references() {
    #[checked_arithmetic]
    fn protected(row: &Row, at: usize, pair: &mut (i32, u8)) -> Result<(u32, i32, i32, u8), Violation> {
        let deeper = row.deeper.as_ref().map_or(0, |row| row.width.pow(2));
        pair.0 = pair.0.abs();
        Ok((deeper, row.cells[at].abs(), row.cells[at + 1].pow(2), pair.1.next_power_of_two()))
    }
    assert_eq!(row(5, &[]).area().unwrap(), 25);
    assert_eq!(code(row(1 << 16, &[]).area()), "arithmetic.overflow");
    assert_eq!(protected(&row(3, &[0, -4, 5]), 1, &mut (-1, 5)).unwrap(), (9, 4, 25, 8));
    assert_eq!(code(protected(&row(1 << 16, &[0, 1, 2]), 1, &mut (0, 0))), "arithmetic.overflow");
    assert_eq!(code(protected(&row(1, &[i32::MIN, 2]), 0, &mut (0, 0))), "arithmetic.overflow");
    assert_eq!(code(protected(&row(1, &[1, 1 << 16]), 0, &mut (0, 0))), "arithmetic.overflow");
    assert_eq!(code(protected(&row(1, &[1, 2]), 0, &mut (i32::MIN, 0))), "arithmetic.overflow");
    assert_eq!(code(protected(&row(1, &[1, 2]), 0, &mut (0, 129))), "arithmetic.overflow");
}

#[test]
fn references_to_references_boxes_and_dereferences() {
    #[checked_arithmetic]
    fn protected(a: &&i8, b: &mut i8, c: Box<i8>, d: &&&mut i8) -> Result<[i8; 6], Violation> {
        let copied = **a;
        *b = b.pow(1);
        Ok([a.abs(), (**a).abs(), b.abs(), c.abs(), (*c).abs().max(copied.abs()), d.abs()])
    }
    assert_eq!(protected(&&-1, &mut -2, Box::new(-3), &&&mut -4).unwrap(), [1, 1, 2, 3, 3, 4]);
    assert_eq!(code(protected(&&-128, &mut 1, Box::new(1), &&&mut 1)), "arithmetic.overflow");
    assert_eq!(code(protected(&&1, &mut -128, Box::new(1), &&&mut 1)), "arithmetic.overflow");
    assert_eq!(code(protected(&&1, &mut 1, Box::new(-128), &&&mut 1)), "arithmetic.overflow");
    assert_eq!(code(protected(&&1, &mut 1, Box::new(1), &&&mut -128)), "arithmetic.overflow");
}

#[test]
fn literals_constants_calls_blocks_and_casts() {
    const BASE: u8 = 3;
    static SIDE: i32 = -5;
    fn given(x: u8) -> u8 {
        x
    }
    #[checked_arithmetic]
    fn protected(by: u32, x: i64) -> Result<(u8, u8, u8, u8, i32, i64, u16), Violation> {
        Ok((
            2_u8.pow(by),
            BASE.pow(by),
            given(2).pow(by),
            { given(1) }.pow(by),
            SIDE.abs(),
            (x - 1).abs(),
            (x as u16).pow(if by > 3 { 1 } else { 2 }),
        ))
    }
    assert_eq!(protected(3, 5).unwrap(), (8, 27, 8, 1, 5, 4, 25));
    assert_eq!(code(protected(8, 5)), "arithmetic.overflow");
    assert_eq!(code(protected(6, 5)), "arithmetic.overflow");
    assert_eq!(code(protected(3, i64::MIN + 1)), "arithmetic.overflow");
}

#[test]
fn cells_guards_and_chains() {
    #[checked_arithmetic]
    fn protected(cell: &Cell<i16>, shared: &RefCell<i16>) -> Result<(i16, i16, u32), Violation> {
        let once = cell.get().abs();
        cell.set(cell.get().pow(2).rem_euclid(1000));
        let borrowed = *shared.borrow();
        Ok((once, borrowed.abs().pow(2), once.abs().pow(1).unsigned_abs().into()))
    }
    let cell = Cell::new(-100);
    assert_eq!(protected(&cell, &RefCell::new(-3)).unwrap(), (100, 9, 100));
    assert_eq!(cell.get(), 0);
    assert_eq!(code(protected(&Cell::new(i16::MIN), &RefCell::new(1))), "arithmetic.overflow");
    assert_eq!(code(protected(&Cell::new(200), &RefCell::new(1))), "arithmetic.overflow");
    assert_eq!(code(protected(&cell, &RefCell::new(-200))), "arithmetic.overflow");
}

#[test]
fn in_closures_futures_and_macros() {
    #[checked_arithmetic]
    fn closures(values: &[i32]) -> Result<(Vec<i32>, String), Violation> {
        let squares = values.iter().map(|value| value.pow(2)).collect();
        Ok((squares, format!("{}", values[0].abs())))
    }
    #[checked_arithmetic]
    async fn future(value: u8) -> Result<u8, Violation> {
        let inner = async move { value.pow(2) };
        Ok(inner.await.next_power_of_two())
    }
    assert_eq!(closures(&[-3, 4]).unwrap(), (vec![9, 16], "3".to_owned()));
    assert_eq!(code(closures(&[1 << 16])), "arithmetic.overflow");
    assert_eq!(crate::common::run(future(7)).unwrap(), 64);
    assert_eq!(code(crate::common::run(future(16))), "arithmetic.overflow");
    assert_eq!(code(crate::common::run(future(12))), "arithmetic.overflow");
}

#[test]
fn numbers_of_std_that_are_no_integers() {
    fn plain(a: f64, b: Wrapping<u8>, c: Saturating<u8>, d: NonZero<u32>, e: f32) -> (f64, u8, u8, u32, u32, f32, f64) {
        (a.abs(), (b * b).0, c.pow(3).0, d.ilog2(), d.ilog10(), e.rem_euclid(2.0), a.div_euclid(0.0))
    }
    #[checked_arithmetic(or(panic))]
    fn protected(
        a: f64,
        b: Wrapping<u8>,
        c: Saturating<u8>,
        d: NonZero<u32>,
        e: f32,
    ) -> (f64, u8, u8, u32, u32, f32, f64) {
        (a.abs(), (b * b).0, c.pow(3).0, d.ilog2(), d.ilog10(), e.rem_euclid(2.0), a.div_euclid(0.0))
    }
    let thousand = NonZero::new(1000).unwrap();
    let expected = plain(-1.5, Wrapping(200), Saturating(200), thousand, -3.0);
    assert_eq!(protected(-1.5, Wrapping(200), Saturating(200), thousand, -3.0), expected);
    assert_eq!(expected.2, 255);
}

#[test]
fn behind_the_guards_and_counted_pointers_of_std() {
    macro_rules! squares {
        ($($name:ident: $number:ident => $behind:expr;)*) => {$(
            #[checked_arithmetic]
            fn $name($number: u8) -> Result<u8, Violation> {
                Ok($behind.pow(2))
            }
            assert_eq!($name(15).unwrap(), 225);
            assert_eq!(code($name(16)), "arithmetic.overflow", stringify!($name));
        )*};
    }
    squares! {
        rc: n => std::rc::Rc::new(n);
        arc: n => std::sync::Arc::new(n);
        mutex: n => std::sync::Mutex::new(n).lock().unwrap();
        reader: n => std::sync::RwLock::new(n).read().unwrap();
        writer: n => std::sync::RwLock::new(n).write().unwrap();
        lent: n => RefCell::new(n).borrow();
        lent_mutably: n => RefCell::new(n).borrow_mut();
    }
}

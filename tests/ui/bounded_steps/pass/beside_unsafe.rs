//! No exit is put into a loop beside `unsafe`; the call itself still is a step.

use portcullis::{Violation, bounded_steps};

#[bounded_steps(max = 3)]
fn sum(numbers: &[u8]) -> Result<u32, Violation> {
    let mut sum = 0;
    for at in 0..numbers.len() {
        // SAFETY: `at` is below the length.
        sum += u32::from(unsafe { *numbers.as_ptr().add(at) });
    }
    Ok(sum)
}

#[bounded_steps(max = 3)]
unsafe fn count(n: u32) -> Result<u32, Violation> {
    let mut counted = 0;
    for _ in 0..n {
        counted += 1;
    }
    Ok(counted)
}

#[bounded_steps(max = 5)]
fn around(calls: u32) -> Result<(), Violation> {
    for _ in 0..calls {
        sum(&[1; 9])?;
    }
    Ok(())
}

fn main() {
    assert_eq!(sum(&[1; 9]).unwrap(), 9);
    // SAFETY: asks for nothing.
    assert_eq!(unsafe { count(9) }.unwrap(), 9);
    around(2).unwrap();
    assert_eq!(around(3).unwrap_err().code(), "steps");
}

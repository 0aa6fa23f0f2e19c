//! The attributes in edition 2021, where temporaries of a tail expression outlive the locals and a reference to a
//! `static mut` is a warning. This package may use `unsafe`, which the workspace forbids elsewhere: operators in unsafe
//! code are cases too.

#![deny(warnings)]

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use portcullis::{bounded_recursion, checked_arithmetic, zero_trust, Violation};

    static mut CALLS: u8 = 253;
    static mut TABLE: [u8; 2] = [250, 5];

    /// # Safety
    /// One thread at a time.
    #[checked_arithmetic]
    unsafe fn count() -> Result<u8, Violation> {
        CALLS += 1;
        TABLE[0] += TABLE[1];
        Ok(CALLS - 1)
    }

    #[checked_arithmetic]
    fn pointers(v: &mut [u8], i: usize) -> Result<u8, Violation> {
        assert!(i + 1 < v.len());
        let p = v.as_mut_ptr();
        // SAFETY: both places are inside the slice.
        unsafe {
            *p.add(i) += *p.add(i + 1);
            Ok(*p.add(i) * 2)
        }
    }

    #[checked_arithmetic]
    fn union_fields(x: u8) -> Result<u8, Violation> {
        union Either {
            byte: u8,
            _sign: i8,
        }
        let mut either = Either { byte: x };
        // SAFETY: every bit pattern is a `u8`.
        unsafe {
            either.byte += 1;
            Ok(either.byte + 1)
        }
    }

    #[checked_arithmetic]
    fn tail(cell: &RefCell<u8>) -> Result<u8, Violation> {
        let more = 1;
        Ok(*cell.borrow() + more)
    }

    /// A cast beside `unsafe` is left alone: an exit might leave a promise half kept. Its operators are not.
    #[checked_arithmetic(casts = on)]
    fn casts(v: &[u32], i: i64) -> Result<u8, Violation> {
        let narrow = v[0] as u8;
        // SAFETY: the tests ask for elements that are there.
        let there = unsafe { *v.get_unchecked(i as usize) } as u8;
        Ok(narrow + there)
    }

    /// # Safety
    /// `p` is valid for reads.
    #[checked_arithmetic(casts = on)]
    unsafe fn behind(p: *const u32) -> Result<u8, Violation> {
        Ok(*p as u8 + 1)
    }

    #[bounded_recursion(max = 3)]
    fn down(n: u32) -> Result<u32, Violation> {
        if n == 0 {
            return Ok(0);
        }
        Ok(down(n - 1)? + 1)
    }

    #[zero_trust]
    fn handler(#[check(range(min = 1, max = 60))] secs: i32) -> Result<i32, Violation> {
        let mut pair = (secs, String::new());
        let mut double = || pair.0 *= 50_000_000;
        pair.1.push('x');
        double();
        Ok(pair.0)
    }

    #[test]
    fn statics() {
        // SAFETY: no other test touches them.
        unsafe {
            assert_eq!(count().unwrap(), 253);
            assert_eq!(count().unwrap_err().internal().operator(), Some("+="));
        }
    }

    #[test]
    fn casts_beside_unsafe() {
        assert_eq!(casts(&[0x1_02, 0x1_03], 1).unwrap(), 5);
        assert_eq!(casts(&[255, 1], 1).unwrap_err().code(), "arithmetic.overflow");
        // SAFETY: both are references.
        unsafe {
            assert_eq!(behind(&256).unwrap(), 1);
            assert_eq!(behind(&255).unwrap_err().code(), "arithmetic.overflow");
        }
    }

    #[test]
    fn unsafe_places() {
        assert_eq!(pointers(&mut [1, 2], 0).unwrap(), 6);
        assert_eq!(pointers(&mut [255, 2], 0).unwrap_err().internal().operator(), Some("+="));
        assert_eq!(union_fields(1).unwrap(), 3);
        assert!(union_fields(255).is_err());
        assert!(union_fields(254).is_err());
    }

    #[test]
    fn tails() {
        assert_eq!(tail(&RefCell::new(1)).unwrap(), 2);
        assert!(tail(&RefCell::new(255)).is_err());
    }

    #[test]
    fn recursion() {
        assert_eq!(down(2).unwrap(), 2);
        assert_eq!(down(3).unwrap_err().code(), "recursion.depth");
        assert_eq!(down(2).unwrap(), 2);
    }

    #[test]
    fn everything() {
        assert_eq!(handler(2).unwrap(), 100_000_000);
        assert_eq!(handler(0).unwrap_err().code(), "input.range");
        assert_eq!(handler(60).unwrap_err().code(), "arithmetic.overflow");
    }
}

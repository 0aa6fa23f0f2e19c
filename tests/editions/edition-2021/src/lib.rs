//! The attributes in edition 2021, where temporaries of a tail expression outlive the locals and a reference to a
//! `static mut` is a warning. This package may use `unsafe`, which the workspace forbids elsewhere: operators in unsafe
//! code are cases too.

#![deny(warnings)]

#[cfg(test)]
#[path = "../../blocks.rs"]
mod blocks;

#[cfg(test)]
#[path = "../../allocation.rs"]
mod allocation;
#[cfg(test)]
#[path = "../../edition-2018/src/early_return.rs"]
mod early_return;

#[cfg(test)]
#[path = "../../indexing.rs"]
mod indexing;

#[cfg(test)]
mod linted;
#[cfg(test)]
#[path = "../../observe.rs"]
mod observe;
#[cfg(test)]
#[path = "../../recursion.rs"]
mod recursion;

#[cfg(test)]
#[path = "../../judged.rs"]
mod judged;

#[cfg(test)]
#[path = "../../routes.rs"]
mod routes;

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use portcullis::{bounded_recursion, checked_arithmetic, checked_indexing, zero_trust, Violation};

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

    static mut SUM: u8 = 0;

    /// The body stands in a closure of ours, and is as unsafe there as the function.
    ///
    /// # Safety
    /// One thread at a time; the pointer leads to two places.
    #[checked_arithmetic]
    unsafe fn sum(p: *const u8) -> Result<u8, Violation> {
        SUM = [0, 1].iter().fold(0, |sum, at| sum + *p.add(*at));
        Ok(SUM)
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

    static mut SCORES: [u8; 2] = [1, 2];

    /// # Safety
    /// One thread at a time.
    #[checked_indexing]
    unsafe fn score(i: usize) -> Result<u8, Violation> {
        SCORES[i] += 1;
        SCORES[0] = SCORES[i];
        Ok(SCORES[i])
    }

    /// What is behind a raw pointer is left alone; what is beside it is not.
    #[checked_indexing]
    fn raw(list: &mut [u8; 2], other: &[u8], i: usize) -> Result<u8, Violation> {
        let pointer: *mut [u8; 2] = list;
        // SAFETY: the array is borrowed, and nothing else looks at it; a constant index is inside.
        unsafe {
            (*pointer)[1] = other[i];
            Ok((*pointer)[0] + (*pointer)[1])
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
    fn unsafe_closures() {
        // SAFETY: no other test touches the sum.
        unsafe {
            assert_eq!(sum([1, 2].as_ptr()).unwrap(), 3);
            assert_eq!(sum([255, 2].as_ptr()).unwrap_err().code(), "arithmetic.overflow");
            assert_eq!({ SUM }, 3);
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
    fn indices_of_statics() {
        // SAFETY: no other test touches them.
        unsafe {
            assert_eq!(score(1).unwrap(), 3);
            assert_eq!(score(0).unwrap(), 4);
            let refused = score(2).unwrap_err();
            assert_eq!((refused.code(), refused.internal().operator()), ("index.bounds", Some("[]")));
        }
    }

    #[test]
    fn indices_behind_raw_pointers() {
        let mut list = [1, 2];
        assert_eq!(raw(&mut list, &[7], 0).unwrap(), 8);
        assert_eq!(raw(&mut list, &[7], 1).unwrap_err().code(), "index.bounds");
        assert_eq!(list, [1, 7]);
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

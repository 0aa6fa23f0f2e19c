//! Casts that are no conversion between numbers, or that visibly lose nothing: they stay as they are written.

#![allow(unused_parens, reason = "parentheses around an operand are one of the forms")]

use std::rc::Rc;

use portcullis::{Violation, checked_arithmetic};

#[test]
fn enums_bools_and_chars() {
    #[derive(Clone, Copy)]
    #[repr(u16)]
    enum Level {
        Low = 1,
        High = 300,
    }
    cast_twin! {
        fn plain, protected(level: Level, flag: bool, letter: char) -> (u8, i32, u8, f64, u32, u8, i8, char, u64) {
            (
                level as u8,
                level as i32,
                flag as u8,
                flag as i32 as f64,
                letter as u32,
                letter as u8,
                flag as i8,
                letter as u8 as char,
                (level as u16) as u64,
            )
        }
    }
    for (level, flag, letter) in [(Level::Low, true, 'a'), (Level::High, false, 'é'), (Level::High, true, '😀')] {
        assert_eq!(plain(level, flag, letter), protected(level, flag, letter));
    }
}

#[test]
fn pointers_and_functions() {
    fn twice(x: u32) -> u32 {
        x.wrapping_mul(2)
    }
    cast_twin! {
        fn plain, protected(values: &[u32; 2], x: &mut u8) -> (bool, bool, u32, bool) {
            let pointer = values as *const [u32; 2] as *const u32;
            let address = pointer as usize;
            let opaque = pointer as *const ();
            let mutable = x as *mut u8 as *const u8;
            let function = twice as fn(u32) -> u32;
            (opaque as usize == address, mutable.is_null(), function(3), twice as *const () as usize == function as usize)
        }
    }
    assert_eq!(plain(&[1, 2], &mut 1), (true, false, 6, true));
    assert_eq!(protected(&[1, 2], &mut 1), (true, false, 6, true));
}

#[test]
fn trait_objects_and_slices() {
    trait Named {
        fn name(&self) -> &'static str;
    }
    impl Named for u8 {
        fn name(&self) -> &'static str {
            "u8"
        }
    }
    cast_twin! {
        fn plain, protected(x: &u8) -> (&'static str, &'static str, &'static str, usize, u8) {
            let reference = x as &dyn Named;
            let boxed = Box::new(1_u8) as Box<dyn Named>;
            let counted = Rc::new(1_u8) as Rc<dyn Named>;
            let slice = &[1_u8, 2, 3] as &[u8];
            let closure = (|x: u8| x) as fn(u8) -> u8;
            (reference.name(), boxed.name(), counted.name(), slice.len(), closure(3))
        }
    }
    assert_eq!(plain(&1), protected(&1));
}

#[test]
fn literals_take_the_type_of_the_target() {
    cast_twin! {
        fn plain, protected() -> (u8, u64, i128, f32, u8, u8, u64, u8, f64, u16) {
            (
                255 as u8,
                0xFFFF_FFFF_FFFF_FFFF as u64,
                170_141_183_460_469_231_731_687_303_715_884_105_727 as i128,
                16_777_217 as f32,
                -1_i32 as u8,
                2.9 as u8,
                !0 as u64,
                b'a' as u8,
                (1 << 20) as f64,
                { 65_535 } as u16,
            )
        }
    }
    assert_eq!(plain(), protected());
}

#[test]
fn masks_that_leave_what_the_target_holds() {
    #[checked_arithmetic(casts = on)]
    fn protected(x: u64, y: i32) -> (u8, u8, u16, u32, i8, u8, bool, u8, u8) {
        (
            (x & 0xFF) as u8,
            (0xFF & x) as u8,
            (x & 0xFFFF) as u16,
            (x & 0xFFFF_FFFF) as u32,
            (y & 0x7F) as i8,
            (y & 0xF) as u8,
            true,
            (x == 3) as u8,
            (!(x > 3) && y < 0) as u8,
        )
    }
    // A body of such casts needs no way out.
    assert_eq!(protected(u64::MAX, -1), (255, 255, 65_535, u32::MAX, 127, 15, true, 0, 0));
}

#[test]
fn a_mask_wider_than_the_target_is_checked() {
    #[checked_arithmetic(casts = on)]
    fn protected(x: u64) -> Result<(u8, i8), Violation> {
        Ok(((x & 0x1FF) as u8, (x & 0xFF) as i8))
    }
    assert_eq!(protected(127).unwrap(), (127, 127));
    assert!(protected(256).is_err());
    assert!(protected(128).is_err());
    assert_eq!(protected(512).unwrap(), (0, 0));
}

#[test]
fn what_is_made_at_compile_time() {
    const WIDE: i64 = -1;
    #[checked_arithmetic(or(panic), casts = on)]
    fn protected(x: u8) -> (usize, u8, [u8; 2], u8, &'static u8, usize) {
        const NARROW: u8 = WIDE as u8;
        static STATIC: u8 = 257_u16 as u8;
        let sized = [0_u8; 258_u16 as u8 as usize];
        let block = const { WIDE as u8 };
        let promoted: &'static u8 = &(WIDE as u8);
        fn width<const N: usize>() -> usize {
            N
        }
        (sized.len(), NARROW, [x; 2 as usize], STATIC.max(block), promoted, width::<{ WIDE as u8 as usize }>())
    }
    assert_eq!(protected(3), (2, 255, [3, 3], 255, &255, 255));
}

#[test]
fn nested_functions_keep_their_casts() {
    #[checked_arithmetic(casts = on)]
    fn protected(x: u32) -> Result<u8, Violation> {
        fn low(x: u32) -> u8 {
            x as u8
        }
        struct Local;
        impl Local {
            fn low(x: u32) -> u8 {
                x as u8
            }
        }
        Ok(low(x) & Local::low(x))
    }
    assert_eq!(protected(0x1_02).unwrap(), 2);
}

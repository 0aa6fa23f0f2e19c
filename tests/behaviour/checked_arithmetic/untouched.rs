//! What the attribute has no business with: compile time, other items, patterns, types, casts.

use portcullis::{Violation, checked_arithmetic};

const BASE: usize = 2;

#[test]
fn a_promoted_constant_is_still_static() {
    #[checked_arithmetic(or(panic))]
    fn protected(x: usize) -> (&'static usize, &'static [usize], usize) {
        (&(BASE + 1), &[BASE * 2, 3 - BASE], x + 1)
    }
    assert_eq!(protected(1), (&3, &[4, 1][..], 2));
}

#[test]
fn constants_and_statics_inside() {
    #[checked_arithmetic(or(panic))]
    fn protected(x: usize) -> usize {
        const HERE: usize = BASE * 10 + 1;
        static THERE: usize = HERE - 1;
        x + HERE + THERE
    }
    assert_eq!(protected(1), 42);
}

#[test]
fn array_lengths_and_const_blocks() {
    #[checked_arithmetic(or(panic))]
    fn protected(x: u8) -> usize {
        let zeros: [u8; BASE + 1] = [0; BASE + 1];
        let filled = [const { BASE as u8 + 1 }; 2];
        let repeated = [x + 1; BASE * 2];
        zeros.len() + const { BASE + 3 } + filled.len() + repeated.len()
    }
    assert_eq!(protected(1), 3 + 5 + 2 + 4);
}

#[test]
fn generic_arguments() {
    fn width<const N: usize>(x: usize) -> usize {
        N + x
    }
    struct Row<const N: usize>;
    impl<const N: usize> Row<N> {
        const WIDTH: usize = N;
        fn width(&self) -> usize {
            N
        }
        fn plus<const M: usize>(&self) -> usize {
            N + M
        }
    }
    #[checked_arithmetic(or(panic))]
    fn protected(x: usize) -> usize {
        let row: Row<{ BASE + 4 }> = Row;
        width::<{ BASE + 1 }>(x + 1) + Row::<{ BASE - 1 }>::WIDTH + row.width() + row.plus::<{ BASE + 1 }>()
    }
    assert_eq!(protected(1), 5 + 1 + 6 + 9);
}

#[test]
fn nested_functions_impls_and_enums() {
    #[checked_arithmetic(or(panic))]
    fn protected(x: u8) -> u8 {
        fn nested(x: u8) -> u8 {
            x + 1
        }
        const fn constant(x: u8) -> u8 {
            x * 2
        }
        struct Local(u8);
        impl Local {
            fn next(&self) -> u8 {
                self.0 + 1
            }
        }
        #[allow(dead_code)]
        enum Numbered {
            First = 1 + 2,
            Second = -(3 - 1),
        }
        nested(x) / 2 + constant(3) + Local(255).next() + Numbered::First as u8
    }
    assert_eq!(protected(255), 9, "the nested ones wrap: they carry no attribute of their own");
}

#[test]
fn a_nested_function_with_an_attribute_of_its_own() {
    #[checked_arithmetic]
    fn protected(x: u8) -> Result<u8, Violation> {
        #[checked_arithmetic(or(return 7))]
        fn nested(x: u8) -> u8 {
            x + 1
        }
        Ok(nested(x) * 2)
    }
    assert_eq!((protected(1).unwrap(), protected(255).unwrap()), (4, 14));
    let refused = protected(254).unwrap_err();
    assert!(refused.internal().function().ends_with("::protected"));
}

#[test]
fn casts_that_truncate_on_purpose() {
    twin! {
        fn plain, protected(x: i64) -> (u8, u32, u64, i8, f32) {
            (x as u8, (x * 3) as u32, !0 as u64 - x as u64, -x as i8, x as f32 * 0.5)
        }
    }
    for x in [0, 1, 300, 1 << 40] {
        assert_eq!(plain(x), protected(x));
    }
}

#[test]
fn casts_of_enums_chars_bools_pointers_and_functions() {
    enum Step {
        One = 1,
        Nine = 9,
    }
    type Small = u8;
    twin! {
        fn plain, protected(x: u8) -> (u8, u32, u8, bool, i32, Small, u8) {
            fn identity(x: i32) -> i32 {
                x
            }
            let function = identity as fn(i32) -> i32;
            let boxed = Box::new(|x: i32| x + 1) as Box<dyn Fn(i32) -> i32>;
            let pointer = &raw const x;
            let step = if x > 3 { Step::Nine } else { Step::One };
            (
                step as u8 + 1,
                'a' as u32 + x as u32,
                true as u8 + x,
                pointer as usize == &raw const x as usize + 0,
                function(x as i32) + boxed(1),
                (x as i32 + 256) as Small,
                2.9_f32 as u8 + 1,
            )
        }
    }
    for x in [2, 200] {
        assert_eq!(plain(x), protected(x));
    }
}

#[test]
fn methods_that_choose_their_own_arithmetic() {
    #[checked_arithmetic(or(panic))]
    fn protected(x: u8) -> (u8, u8, Option<u8>, (u8, bool)) {
        (x.wrapping_add(1), x.saturating_mul(2), x.checked_sub(1), x.overflowing_shl(9))
    }
    assert_eq!(protected(255), (0, 255, Some(254), (254, true)));
}

#[test]
fn a_body_without_arithmetic_needs_no_way_out() {
    #[checked_arithmetic]
    fn protected(x: &mut bool) {
        *x = !*x;
    }
    let mut x = true;
    protected(&mut x);
    assert!(!x);
}

#[test]
fn closures_stored_by_type_and_lifetimes_in_the_signature() {
    #[checked_arithmetic]
    fn protected<'a, F>(v: &'a mut [u8], f: F) -> Result<&'a mut u8, Violation>
    where
        F: Fn(u8) -> u8 + 'a,
    {
        v[0] += f(1);
        v.get_mut(1 - 1).ok_or_else(|| Violation::field("v", "empty", "is empty"))
    }
    let mut v = [1];
    *protected(&mut v, |x| x + 2).unwrap() += 1;
    assert_eq!(v, [5]);
}

#[test]
fn ordinary_functions_of_all_kinds() {
    twin! {
        fn plain, protected(v: &[u32], text: &str, n: usize) -> (Vec<usize>, u32, f64, u64, String) {
            let pairs = (0..n).flat_map(|i| (0..i).map(move |j| i * n + j)).collect();
            let digits = text.bytes().fold(0, |sum, b| sum * 10 + u32::from(b - b'0'));
            let mean = v.iter().sum::<u32>() as f64 / v.len() as f64;
            let mut seed = 0x9E37_79B9_7F4A_7C15;
            seed ^= seed >> 12;
            seed ^= (seed & 0xFFFF) << 25;
            let packed = v.iter().enumerate().fold(0, |all, (i, x)| all | u64::from(*x) << (8 * i));
            (pairs, digits, mean - 0.5, packed + (seed >> 40), format!("{:04x}", digits + 1) + &"y".repeat(2 * n))
        }
    }
    assert_eq!(plain(&[1, 2, 3], "123", 3), protected(&[1, 2, 3], "123", 3));
}

#[test]
fn other_promoted_constants_are_still_static() {
    #[derive(Debug, PartialEq)]
    struct Level {
        at: usize,
    }
    #[checked_arithmetic(or(panic))]
    fn structs() -> &'static Level {
        &Level { at: BASE + 1 }
    }
    #[checked_arithmetic(or(panic))]
    fn constructors() -> &'static Option<usize> {
        &Some(BASE + 1)
    }
    #[checked_arithmetic(or(panic))]
    fn repetitions() -> &'static [usize; 3] {
        &[BASE + 1; 3]
    }
    #[checked_arithmetic(or(panic))]
    fn receivers() -> std::slice::Iter<'static, usize> {
        [BASE + 1, 2].iter()
    }
    assert_eq!((structs(), constructors(), repetitions()), (&Level { at: 3 }, &Some(3), &[3; 3]));
    assert_eq!(receivers().len(), 2);
}

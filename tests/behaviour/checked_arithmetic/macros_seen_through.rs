//! The macros of std whose arguments are expressions: the operators in them are checked, their text stays.

use std::fmt::Write as _;
use std::io::Write as _;

use portcullis::{Violation, checked_arithmetic};

use super::panic_of;

#[test]
fn format_with_positions_names_and_widths() {
    twin! {
        fn plain, protected(a: u32, b: u32) -> String {
            let c = a + b;
            format!("{} {x:>width$} {0:>1$} {c} {:?}", a + b, (b * 2) as usize, x = a * b, width = 1 + b as usize)
        }
    }
    assert_eq!(plain(3, 4), protected(3, 4));
}

#[test]
fn format_refuses() {
    #[checked_arithmetic]
    fn protected(a: u8) -> Result<String, Violation> {
        Ok(format!("{}{x}", 1, x = a + 1))
    }
    assert_eq!(protected(1).unwrap(), "12");
    assert!(protected(255).is_err());
}

#[test]
fn print_and_eprint_refuse() {
    #[checked_arithmetic]
    fn protected(a: u8) -> Result<(), Violation> {
        println!("{}", a + 1);
        eprintln!("{}", a + 2);
        print!("{}", a + 3);
        eprint!("{}", a + 4);
        Ok(())
    }
    assert!(protected(1).is_ok());
    for (a, column) in [(255, 26), (254, 27), (253, 24), (252, 25)] {
        let refused = protected(a).unwrap_err();
        assert_eq!(refused.internal().location().unwrap().column(), column, "the operator of {a}");
    }
}

#[test]
fn write_and_writeln_refuse() {
    #[checked_arithmetic]
    fn protected(a: u8, text: &mut String, bytes: &mut Vec<u8>) -> Result<(), Box<dyn std::error::Error>> {
        write!(text, "{}", a + 1)?;
        writeln!(bytes, "{}", a * 2)?;
        Ok(())
    }
    let (mut text, mut bytes) = (String::new(), Vec::new());
    assert!(protected(127, &mut text, &mut bytes).is_ok());
    let refused = protected(128, &mut text, &mut bytes).unwrap_err();
    assert!(refused.is::<Violation>());
    assert_eq!((&*text, &*bytes), ("128129", &b"254\n"[..]));
    assert!(protected(255, &mut text, &mut bytes).is_err());
    assert_eq!(text.len(), 6, "the first of the two refused");
}

#[test]
fn assert_keeps_the_text_of_its_condition() {
    twin! {
        fn plain, protected(a: u32, v: &[u32]) {
            assert!(a + 1 != 1);
            assert!(v.len() + 1 == 3 || a as i32 - 1 == 1,);
            assert!(v.len() as u32 + a > 3);
        }
    }
    for (a, v) in [(0, &[][..]), (1, &[]), (1, &[1, 2])] {
        assert_eq!(panic_of(|| plain(a, v)), panic_of(|| protected(a, v)));
    }
    assert_eq!(panic_of(|| protected(0, &[])), "assertion failed: a + 1 != 1");
    plain(2, &[1, 2]);
    protected(2, &[1, 2]);
}

#[test]
fn assert_keeps_the_spacing_of_its_condition() {
    fn plain(a: i32, v: &[i32]) {
        assert!(-a + 1 == -1 && !v.is_empty() && *v == v[..a as usize - 1]);
    }
    #[checked_arithmetic(or(panic))]
    fn protected(a: i32, v: &[i32]) {
        assert!(-a + 1 == -1 && !v.is_empty() && *v == v[..a as usize - 1]);
    }
    assert_eq!(panic_of(|| plain(2, &[])), panic_of(|| protected(2, &[])));
}

#[test]
fn assert_with_a_message() {
    twin! {
        fn plain, protected(a: u32) {
            assert!(a + 1 == 3, "{{}} {} {b}", a * 2, b = a - 1);
            debug_assert!(a == a + 0, "never");
        }
    }
    assert_eq!(panic_of(|| plain(5)), panic_of(|| protected(5)));
    protected(2);
}

#[test]
fn assert_refuses() {
    #[checked_arithmetic]
    fn protected(a: u8) -> Result<(), Violation> {
        assert!(a + 1 > a);
        Ok(())
    }
    assert!(protected(1).is_ok());
    assert!(protected(255).is_err(), "refused, not a failed assertion");
}

#[test]
fn assert_eq_and_assert_ne_keep_their_messages() {
    twin! {
        fn plain, protected(a: u32) {
            assert_ne!(a + 1, 1, "zero");
            debug_assert_ne!(a + 1, 2);
            assert_eq!(a + 1, 3);
            debug_assert_eq!(a * 2, 4, "two {}", a - 2);
        }
    }
    for a in [0, 1, 7] {
        assert_eq!(panic_of(|| plain(a)), panic_of(|| protected(a)));
    }
    protected(2);
}

#[test]
fn assert_eq_refuses() {
    #[checked_arithmetic]
    fn protected(a: u8) -> Result<(), Violation> {
        assert_eq!(a + 1, a.wrapping_add(1));
        Ok(())
    }
    assert!(protected(1).is_ok());
    assert!(protected(255).is_err());
}

#[test]
fn vec_of_a_list_and_of_a_repetition() {
    #[checked_arithmetic]
    fn protected(a: u8, n: usize) -> Result<Vec<u8>, Violation> {
        let mut all = vec![a + 1, a * 2];
        all.extend(vec![a - 1; n - 1]);
        all.extend(vec![0_u8; 0]);
        Ok(all)
    }
    assert_eq!(protected(1, 3).unwrap(), [2, 2, 0, 0]);
    assert_eq!(protected(0, 3).unwrap_err().internal().operator(), Some("-"));
    assert_eq!(protected(128, 3).unwrap_err().internal().operator(), Some("*"));
    assert!(protected(1, 0).is_err(), "the length too");
}

#[test]
fn matches_and_its_guard() {
    #[checked_arithmetic]
    fn protected(a: i8) -> Result<bool, Violation> {
        Ok(matches!(a + 1, -5..=-1 | 3) || matches!(Some(a), Some(x) if x - 1 == 3))
    }
    assert_eq!(
        (-3..=5).map(|a| protected(a).unwrap()).collect::<Vec<_>>(),
        [true, true, false, false, false, true, false, true, false]
    );
    assert!(protected(127).is_err());
    assert!(protected(-128).is_err());
}

#[test]
fn panic_todo_and_unreachable() {
    twin! {
        fn plain, protected(a: u32) {
            match a {
                0 => panic!("a {}", a + 1),
                1 => todo!("b {}", a + 1),
                2 => unimplemented!("c {x}", x = a * 3),
                _ => unreachable!("d {}", a - 1),
            }
        }
    }
    for a in 0..4 {
        assert_eq!(panic_of(|| plain(a)), panic_of(|| protected(a)));
    }
}

#[test]
fn paths_and_nesting() {
    #[checked_arithmetic]
    fn protected(a: u8) -> Result<String, Violation> {
        std::assert!(::core::matches!(std::vec![a - 1; 2].len() * 2, 4));
        Ok(std::format!("{}", format!("{}", vec![a * 2][0])))
    }
    assert_eq!(protected(3).unwrap(), "6");
    assert!(protected(0).is_err());
    assert!(protected(200).is_err());
}

#[test]
fn a_macro_statement_and_one_in_braces() {
    #[checked_arithmetic]
    fn protected(a: u8) -> Result<u8, Violation> {
        assert! { a + 1 > 0 }
        let v = vec![a + 2];
        Ok(v[0])
    }
    assert_eq!(protected(3).unwrap(), 5);
    assert!(protected(255).is_err());
    assert!(protected(254).is_err());
}

#[test]
fn a_macro_of_the_same_name_whose_tokens_are_no_expressions() {
    macro_rules! vec {
        ($a:ident => $b:ident) => {
            $a + $b
        };
    }
    #[checked_arithmetic(or(panic))]
    fn protected(a: u8, b: u8) -> u8 {
        vec!(a => b)
    }
    assert_eq!(protected(1, 2), 3);
}

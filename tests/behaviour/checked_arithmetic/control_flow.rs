//! Operators in conditions, loops, matches and what leaves them.

use portcullis::checked_arithmetic;

#[test]
fn match_guards_and_patterns_with_negative_literals() {
    twin! {
        fn plain, protected(x: i32) -> i32 {
            match x {
                -5 => 1,
                i32::MIN..=-6 => 2,
                y if y + 1 == 3 && y - 1 == 1 => 3 + y,
                0..=9 => -x,
                _ => x % 7,
            }
        }
    }
    for x in [i32::MIN, -6, -5, 0, 2, 9, 100] {
        assert_eq!(plain(x), protected(x));
    }
}

#[test]
fn let_else() {
    twin! {
        fn plain, protected(x: u32) -> u8 {
            let Ok(small) = u8::try_from(x + 1) else { return (x % 7) as u8 };
            let (1.., Some(half)) = (small, Some(small / 2)) else { return 0 };
            half + 1
        }
    }
    for x in [0, 5, 300] {
        assert_eq!(plain(x), protected(x));
    }
}

#[test]
fn labelled_blocks_and_values_of_breaks() {
    twin! {
        fn plain, protected(v: &[u32]) -> u32 {
            let found = 'search: {
                for x in v {
                    if x % 2 == 0 {
                        break 'search x * 10;
                    }
                }
                v.len() as u32 + 1
            };
            let mut n = 0;
            let power = loop {
                n += 1;
                if 1 << n > found {
                    break n - 1;
                }
            };
            found + power
        }
    }
    for v in [&[1, 4][..], &[1, 3], &[]] {
        assert_eq!(plain(v), protected(v));
    }
}

#[test]
fn let_chains() {
    twin! {
        fn plain, protected(x: Option<u8>, y: u8) -> u8 {
            if let Some(x) = x
                && x + y > 3
                && let Some(rest) = (x - 1).checked_sub(y * 2)
                && matches!(rest + 1, 2..=9)
            {
                rest * 3
            } else {
                y + 1
            }
        }
    }
    for (x, y) in [(None, 1), (Some(1), 1), (Some(9), 2), (Some(9), 4)] {
        assert_eq!(plain(x, y), protected(x, y));
    }
}

#[test]
fn ranges_of_loops_and_slices() {
    twin! {
        fn plain, protected(v: &[u8], n: usize) -> u32 {
            let mut total = 0;
            for i in n - 1..n + 2 {
                total += u32::from(v[i - 1]);
            }
            for i in (0..=n - 1).rev().step_by(1 + n / 2) {
                total -= i as u32;
            }
            total + v[n - 1..n + 1].iter().map(|x| u32::from(*x)).sum::<u32>()
        }
    }
    assert_eq!(plain(&[9, 8, 7, 6], 2), protected(&[9, 8, 7, 6], 2));
}

#[test]
fn while_conditions_with_assignments_inside() {
    twin! {
        fn plain, protected(mut n: u64) -> u32 {
            let mut steps = 0;
            while {
                steps += 1;
                n != 1
            } {
                n = if n % 2 == 0 { n / 2 } else { 3 * n + 1 };
            }
            steps - 1
        }
    }
    assert_eq!(plain(27), 111);
    assert_eq!(protected(27), 111);
}

#[test]
fn operands_that_return_break_and_continue() {
    twin! {
        fn plain, protected(v: &[Option<i32>]) -> i32 {
            let mut total = 0;
            let mut items = v.iter();
            loop {
                total += match items.next() {
                    Some(Some(-1)) => return total * 100,
                    Some(Some(x)) => x - if *x > 5 { continue } else { 1 },
                    Some(None) => continue,
                    None => break,
                };
            }
            total + 1
        }
    }
    for v in [&[Some(1), None, Some(9), Some(5)][..], &[Some(4), Some(-1), Some(3)], &[]] {
        assert_eq!(plain(v), protected(v));
    }
}

#[test]
fn a_block_like_statement_before_a_tail_operator() {
    #[checked_arithmetic(or(panic))]
    fn protected(x: i32, more: bool) -> i32 {
        let mut y = x;
        if more {
            y += 1
        }
        match more {
            true => y *= 2,
            false => {}
        }
        -y + x
    }
    assert_eq!((protected(3, true), protected(3, false)), (-5, 0));
}

#[test]
fn a_question_mark_on_both_operands() {
    #[checked_arithmetic(or(return Err(violation.code().to_owned())))]
    fn protected(a: &str, b: &str) -> Result<u8, String> {
        let parse = |text: &str| text.parse::<u8>().map_err(|error| error.to_string());
        let mut total = parse(a)? + parse(b)?;
        total += parse(b)?;
        Ok(total)
    }
    assert_eq!(protected("1", "2"), Ok(5));
    assert_eq!(protected("1", "x"), Err("invalid digit found in string".into()));
    assert_eq!(protected("100", "100"), Err("arithmetic.overflow".into()));
}

#[test]
fn a_function_that_never_returns() {
    #[checked_arithmetic(or(panic))]
    fn protected(mut x: u8) -> ! {
        for _ in 0..9 {
            x += 50;
        }
        unreachable!()
    }
    assert!(super::panic_of(|| -> () { protected(0) }).starts_with("portcullis: arithmetic.overflow: `+=` of u8"));
}

#[test]
fn the_block_of_a_let_else_refuses() {
    #[portcullis::checked_arithmetic]
    fn protected(a: Option<u8>, b: u8) -> Result<u8, portcullis::Violation> {
        let Some(a) = a else { return Ok(b + 1) };
        Ok(a)
    }
    assert_eq!((protected(Some(7), 255).unwrap(), protected(None, 254).unwrap()), (7, 255));
    assert_eq!(protected(None, 255).unwrap_err().code(), "arithmetic.overflow");
}

#[test]
fn the_value_of_a_compound_form_refuses() {
    #[portcullis::checked_arithmetic]
    fn protected(mut a: u8, b: u8) -> Result<u8, portcullis::Violation> {
        a ^= b + 1;
        a -= b + 1;
        Ok(a)
    }
    assert_eq!(protected(255, 4).unwrap(), 245);
    let refused = protected(255, 255).unwrap_err();
    assert_eq!(refused.internal().operator(), Some("+"));
}

//! Control flow around closures with checks in them: the body stands in a closure or a future of ours, and leads where it led.

use std::num::ParseIntError;
use std::ops::ControlFlow;

use portcullis::{Violation, checked_arithmetic, checked_indexing};

use crate::common::{Later, code, run};

/// One source as a function and as a future, under both attributes.
macro_rules! both {
    ($name:ident($($parameter:ident: $of:ty),*) -> $output:ty $body:block) => {
        #[checked_arithmetic]
        #[checked_indexing]
        fn $name($($parameter: $of),*) -> $output $body

        mod later {
            use super::*;
            #[checked_indexing]
            #[checked_arithmetic]
            pub(super) async fn $name($($parameter: $of),*) -> $output {
                Later::default().await;
                $body
            }
        }
    };
}

mod question_marks {
    use super::*;

    #[derive(Debug, PartialEq)]
    pub(super) enum Failure {
        Number,
        Refused(&'static str),
    }

    impl From<ParseIntError> for Failure {
        fn from(_: ParseIntError) -> Self {
            Self::Number
        }
    }

    impl From<Violation> for Failure {
        fn from(violation: Violation) -> Self {
            Self::Refused(violation.code())
        }
    }

    both! {
        total(texts: &[&str]) -> Result<u8, Failure> {
            let first = texts[0].parse::<u8>()?;
            let rest: Vec<u8> = texts.iter().map(|text| Ok::<u8, ParseIntError>(text.parse::<u8>()? + 1)).collect::<Result<_, _>>()?;
            let sum = || -> Option<u8> { Some(rest.get(1)? + first) };
            let Some(sum) = sum() else { return Ok(0) };
            rest.iter().try_fold(sum, |sum, x| if *x == 77 { Err(Failure::Number) } else { Ok(sum + x) })
        }
    }

    #[test]
    fn in_closures_and_around_them() {
        let cases: [(&[&str], Result<u8, Failure>); 8] = [
            (&["1", "2"], Ok(9)),
            (&["1"], Ok(0)),
            (&["x"], Err(Failure::Number)),
            (&["1", "x"], Err(Failure::Number)),
            (&["1", "76"], Err(Failure::Number)),
            (&["1", "255"], Err(Failure::Refused("arithmetic.overflow"))),
            (&["100", "100"], Err(Failure::Refused("arithmetic.overflow"))),
            (&[], Err(Failure::Refused("index.bounds"))),
        ];
        for (texts, expected) in cases {
            assert_eq!(total(texts), expected, "{texts:?}");
            assert_eq!(run(later::total(texts)), expected, "{texts:?}");
        }
    }
}

mod labels {
    use super::*;

    both! {
        found(rows: &[&[u8]]) -> Result<(u8, u8), Violation> {
            let mut seen = 0;
            let first = 'found: {
                for row in rows {
                    let next = row.iter().map(|x| x + 1).max();
                    match next {
                        Some(9) => break 'found 1,
                        Some(10) => return Ok((0, 0)),
                        None => continue,
                        Some(_) => {}
                    }
                }
                2
            };
            let last = 'rows: loop {
                for (at, _) in rows.iter().enumerate() {
                    let row = rows.iter().map(|row| row[0]).nth(at).unwrap_or(0);
                    if row == 5 {
                        continue 'rows;
                    }
                    seen += [row].map(|x| x + 1)[0];
                    if seen > 200 {
                        break 'rows seen;
                    }
                }
                break seen;
            };
            Ok((first, last))
        }
    }

    #[test]
    fn breaks_with_values_continues_and_returns() {
        let cases: [(&[&[u8]], Result<(u8, u8), &str>); 7] = [
            (&[&[8], &[1]], Ok((1, 11))),
            (&[&[1], &[9]], Ok((0, 0))),
            (&[&[1], &[2]], Ok((2, 5))),
            (&[&[1], &[]], Err("index.bounds")),
            (&[&[255]], Err("arithmetic.overflow")),
            (&[&[8], &[255]], Err("arithmetic.overflow")),
            (&[&[1], &[5]], Ok((2, 202))),
        ];
        for (rows, expected) in cases {
            assert_eq!(found(rows).map_err(|refused| refused.code()), expected, "{rows:?}");
            assert_eq!(run(later::found(rows)).map_err(|refused| refused.code()), expected, "{rows:?}");
        }
    }
}

mod conditions {
    use super::*;

    both! {
        chosen(v: &[Option<u8>]) -> Result<u8, Violation> {
            let next = |x: u8| x + 1;
            let Some(Some(first)) = v.first().map(|x| x.map(next)) else {
                return Ok(0);
            };
            if let Some(last) = v.last()
                && let Some(last) = last.map(next)
                && next(last) > 9
                && v[usize::from(last - 9)].is_some()
            {
                return Ok(last);
            }
            let mut left = first;
            while let Some(fewer) = (left > 1).then(|| left - 1)
                && v.len() > 1
            {
                left = fewer;
            }
            Ok(match v {
                [_, middle, _] if middle.is_some_and(|x| next(x) == 3) => 3,
                _ => left,
            })
        }
    }

    #[test]
    fn let_else_let_chains_guards_and_while_let() {
        let cases: [(&[Option<u8>], Result<u8, &str>); 9] = [
            (&[], Ok(0)),
            (&[None], Ok(0)),
            (&[Some(4)], Ok(5)),
            (&[Some(4), None], Ok(1)),
            (&[Some(4), Some(2), None], Ok(3)),
            (&[Some(4), Some(8)], Ok(9)),
            (&[Some(255)], Err("arithmetic.overflow")),
            (&[Some(4), Some(254)], Err("arithmetic.overflow")),
            (&[Some(4), Some(20)], Err("index.bounds")),
        ];
        for (v, expected) in cases {
            assert_eq!(chosen(v).map_err(|refused| refused.code()), expected, "{v:?}");
            assert_eq!(run(later::chosen(v)).map_err(|refused| refused.code()), expected, "{v:?}");
        }
    }
}

#[test]
fn a_return_inside_the_users_own_closure_is_the_closures() {
    #[checked_arithmetic]
    fn protected(v: &[u8]) -> Result<usize, Violation> {
        let kept = v.iter().filter(|x| {
            if **x == 0 {
                return false;
            }
            **x - 1 > 2
        });
        Ok(kept.count())
    }
    assert_eq!(protected(&[0, 1, 5, 9]).unwrap(), 2);
}

#[test]
fn control_flow_and_results_of_the_standard_library() {
    #[checked_arithmetic]
    fn protected(v: &[u8]) -> Result<Option<u8>, Violation> {
        let found =
            v.iter().try_for_each(|x| if x + 1 == 9 { ControlFlow::Break(*x) } else { ControlFlow::Continue(()) });
        Ok(found.break_value())
    }
    assert_eq!([&[1, 8, 255][..], &[1]].map(|v| protected(v).unwrap()), [Some(8), None]);
    assert_eq!(code(protected(&[255, 8])), "arithmetic.overflow");
}

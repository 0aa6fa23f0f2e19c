//! `checked_arithmetic`, `checked_indexing` and `catch_panic` on one function, in each order, each with its own way out: a
//! violation in a closure leaves by the way of its kind, whichever boundary is the inner one.

use portcullis::{Violation, catch_panic, checked_arithmetic, checked_indexing, zero_trust};

use crate::common::{Later, run};

/// `name: attributes`: the sum of the list, where each element is also an index.
macro_rules! orders {
    ($($name:ident: $(#[$attribute:meta])*;)*) => {$(
        #[test]
        fn $name() {
            $(#[$attribute])*
            fn closures(v: &[u8]) -> &'static str {
                let sum = v.iter().fold(0, |sum, at| sum + at + v[usize::from(*at)] / 2);
                assert!(sum != 1, "one");
                "fine"
            }
            $(#[$attribute])*
            fn straight(v: &[u8]) -> &'static str {
                let mut sum = 0;
                for at in v {
                    sum += at + v[usize::from(*at)] / 2;
                }
                assert!(sum != 1, "one");
                "fine"
            }
            $(#[$attribute])*
            async fn later(v: &[u8]) -> &'static str {
                Later::default().await;
                let sum = async { v.iter().fold(0, |sum, at| sum + at + v[usize::from(*at)] / 2) }.await;
                assert!(sum != 1, "one");
                "fine"
            }
            let mut long = [0; 256];
            (long[0], long[255]) = (255, 1);
            let functions: [fn(&[u8]) -> &'static str; 3] = [closures, straight, |v| run(later(v))];
            for function in functions {
                for _ in 0..2 {
                    assert_eq!([function(&[0, 0]), function(&long), function(&[2])], ["fine", "arithmetic", "indexing"]);
                }
            }
            let panics = stringify!($(#[$attribute])*).contains("catch_panic");
            for function in functions {
                if panics {
                    assert_eq!(function(&[1, 0]), "panic");
                } else {
                    assert_eq!(crate::common::panic_of(|| function(&[1, 0])), "one");
                }
            }
        }
    )*};
}

orders! {
    arithmetic_above: #[checked_arithmetic(or(return "arithmetic"))] #[checked_indexing(or(return "indexing"))];
    indexing_above: #[checked_indexing(or(return "indexing"))] #[checked_arithmetic(or(return "arithmetic"))];
    arithmetic_indexing_panic: #[checked_arithmetic(or(return "arithmetic"))] #[checked_indexing(or(return "indexing"))] #[catch_panic(or(return "panic"))];
    arithmetic_panic_indexing: #[checked_arithmetic(or(return "arithmetic"))] #[catch_panic(or(return "panic"))] #[checked_indexing(or(return "indexing"))];
    indexing_arithmetic_panic: #[checked_indexing(or(return "indexing"))] #[checked_arithmetic(or(return "arithmetic"))] #[catch_panic(or(return "panic"))];
    indexing_panic_arithmetic: #[checked_indexing(or(return "indexing"))] #[catch_panic(or(return "panic"))] #[checked_arithmetic(or(return "arithmetic"))];
    panic_arithmetic_indexing: #[catch_panic(or(return "panic"))] #[checked_arithmetic(or(return "arithmetic"))] #[checked_indexing(or(return "indexing"))];
    panic_indexing_arithmetic: #[catch_panic(or(return "panic"))] #[checked_indexing(or(return "indexing"))] #[checked_arithmetic(or(return "arithmetic"))];
}

#[test]
fn in_one_list() {
    #[zero_trust(
        checked_arithmetic(or(return "arithmetic")),
        checked_indexing(or(return "indexing")),
        catch_panic(or(return "panic")),
        or(panic)
    )]
    fn protected(#[check(length(max = 9))] v: &[u8]) -> &'static str {
        let sum = v.iter().fold(0_u8, |sum, at| sum + (at + v[usize::from(*at)]) * 60);
        assert!(sum != 60, "one");
        "fine"
    }
    assert_eq!(
        [&[0, 0][..], &[4, 0, 0, 0, 1], &[2], &[0, 0, 0, 1]].map(protected),
        ["fine", "arithmetic", "indexing", "panic"]
    );
}

/// What the inner boundary passes on is still answered when the function calls itself.
#[test]
fn a_recursion_under_two_attributes() {
    #[checked_arithmetic(or(return "arithmetic".to_owned()))]
    #[checked_indexing(or(return "indexing".to_owned()))]
    fn protected(depth: u8, v: &[u8]) -> String {
        let one = |at: usize| v[at] + 1;
        match depth {
            0 => one(0).to_string(),
            1 => format!("{} {}", protected(0, v), one(1)),
            _ => format!("{} {}", protected(1, v), depth),
        }
    }
    assert_eq!(protected(2, &[1, 2]), "2 3 2");
    assert_eq!(protected(2, &[255, 2]), "arithmetic 3 2");
    assert_eq!(protected(2, &[1]), "indexing 2");
    assert_eq!(protected(2, &[]), "indexing 2");
}

/// Another function's boundary answers for both kinds, also where it has only one of them itself.
#[test]
fn a_closure_of_another_function_is_answered_by_the_innermost() {
    #[checked_arithmetic]
    fn apply(f: &dyn Fn(usize) -> u8, at: usize) -> Result<u8, Violation> {
        Ok([at].map(|at| f(at) + 1)[0])
    }
    #[checked_indexing]
    fn outer(v: &[u8], at: usize) -> Result<u8, Violation> {
        Ok(apply(&|at| v[at], at).unwrap_or(99))
    }
    assert_eq!(outer(&[1, 2], 1).unwrap(), 3);
    assert_eq!(outer(&[1, 2], 2).unwrap(), 99);
}

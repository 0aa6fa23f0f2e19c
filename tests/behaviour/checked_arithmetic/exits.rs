//! How a refusal leaves the function.

use std::cell::Ref;
use std::cell::RefCell;
use std::error::Error;

use portcullis::{Violation, checked_arithmetic, zero_trust};

use super::{Log, panic_of};

#[test]
fn or_panic_names_the_crate_the_operator_the_function_and_the_place() {
    const LINE: u32 = line!() + 3;
    #[checked_arithmetic(or(panic))]
    fn protected(a: u8, b: u8) -> u8 {
        a / b
    }
    assert_eq!(protected(7, 2), 3);
    let message = panic_of(|| protected(7, 0));
    assert!(message.starts_with("portcullis: arithmetic.division: `/` of u8 in "), "{message}");
    assert!(message.contains("exits::"), "{message}");
    assert!(message.contains(&format!("exits.rs:{LINE}:11 (")), "{message}");
}

#[test]
fn or_panic_of_a_function_that_could_return_it() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: u8) -> Result<u8, Violation> {
        Ok(a - 1)
    }
    assert!(panic_of(|| protected(0)).starts_with("portcullis: "));
}

#[test]
fn or_return_a_constant() {
    #[checked_arithmetic(or(return None))]
    fn protected(a: u8, b: u8) -> Option<u8> {
        Some(a % b)
    }
    assert_eq!((protected(7, 4), protected(7, 0)), (Some(3), None));
}

#[test]
fn or_return_nothing() {
    #[checked_arithmetic(or(return))]
    fn protected(total: &mut u8, by: u8) {
        *total += by;
        *total *= 2;
    }
    let mut total = 100;
    protected(&mut total, 50);
    assert_eq!(total, 150, "a refusal undoes nothing");
}

#[test]
fn or_return_sees_the_violation() {
    #[checked_arithmetic(or(return Err(format!("{} {:?}", violation, violation.internal().operator()))))]
    fn protected(a: i8) -> Result<i8, String> {
        Ok(-a)
    }
    assert_eq!(protected(3), Ok(-3));
    assert_eq!(protected(-128), Err("the request is refused: arithmetic.overflow Some(\"-\")".into()));
}

#[test]
fn or_return_sees_self_and_the_parameters() {
    struct Wallet {
        gold: u8,
        refusals: u32,
    }
    impl Wallet {
        #[checked_arithmetic(or(return { self.refusals = self.refusals.saturating_add(1); Err((self.gold, price, violation.code())) }))]
        fn pay(&mut self, price: u8) -> Result<u8, (u8, u8, &'static str)> {
            self.gold -= price;
            Ok(self.gold)
        }
    }
    let mut wallet = Wallet { gold: 5, refusals: 0 };
    assert_eq!(wallet.pay(3), Ok(2));
    assert_eq!(wallet.pay(3), Err((2, 3, "arithmetic.overflow")));
    assert_eq!(wallet.refusals, 1);
}

#[test]
fn or_return_is_evaluated_only_on_a_refusal() {
    #[checked_arithmetic(or(return log.on("refused", 0)))]
    fn protected(log: &Log, a: u8) -> u8 {
        a + 1 + log.on("body", 1)
    }
    let log = Log::default();
    assert_eq!(protected(&log, 1), 3);
    assert_eq!(log.taken(), ["body"]);
    assert_eq!(protected(&log, 255), 0);
    assert_eq!(log.taken(), ["refused"]);
    assert_eq!(protected(&log, 254), 0);
    assert_eq!(log.taken(), ["body", "refused"]);
}

#[test]
fn or_return_is_the_functions_also_from_a_closure() {
    #[checked_arithmetic(or(return None))]
    fn protected(v: &[u8]) -> Option<u8> {
        v.iter().copied().reduce(|a, b| a + b)
    }
    assert_eq!(protected(&[1, 2]), Some(3));
    assert_eq!(protected(&[255, 1]), None);
}

#[test]
fn the_operators_inside_or_return_are_the_users_own() {
    #[checked_arithmetic(or(return a.wrapping_add(b) + 0))]
    fn protected(a: u8, b: u8) -> u8 {
        a + b
    }
    assert_eq!(protected(255, 3), 2);
}

#[test]
fn into_a_boxed_error() {
    #[checked_arithmetic]
    fn protected(text: &str) -> Result<u8, Box<dyn Error + Send + Sync>> {
        Ok(text.parse::<u8>()? << 9)
    }
    assert!(!protected("x").unwrap_err().is::<Violation>());
    assert!(protected("1").unwrap_err().is::<Violation>());
}

#[test]
fn return_types_that_borrow() {
    #[checked_arithmetic]
    fn element(v: &mut [u8], i: usize) -> Result<&mut u8, Violation> {
        Ok(&mut v[i - 1])
    }
    #[checked_arithmetic]
    fn guard(cell: &RefCell<u8>) -> Result<Ref<'_, u8>, Violation> {
        *cell.borrow_mut() += 1;
        Ok(cell.borrow())
    }
    #[checked_arithmetic]
    fn boxed<'a>(v: &'a [u8], by: &u8) -> Result<Box<dyn Iterator<Item = u8> + 'a>, Violation> {
        let by = by - 1;
        Ok(Box::new(v.iter().map(move |x| x * by)))
    }
    assert_eq!(*element(&mut [1, 2], 2).unwrap(), 2);
    assert!(element(&mut [1, 2], 0).is_err());
    assert_eq!(*guard(&RefCell::new(1)).unwrap(), 2);
    assert!(guard(&RefCell::new(255)).is_err());
    assert!(boxed(&[1, 2], &4).is_ok_and(|items| items.eq([3, 6])));
    assert!(boxed(&[1, 2], &0).is_err());
}

#[test]
fn under_a_boundary_a_closure_returns_the_violation_too() {
    #[zero_trust]
    fn protected(#[trusted(reason = "made by the test itself")] v: &[u8]) -> Result<u8, Violation> {
        Ok(v.iter().fold(0, |sum, x| sum + x))
    }
    const LINE: u32 = line!() - 2;
    assert_eq!(protected(&[1, 2]).unwrap(), 3);
    super::Refusal { code: "arithmetic.overflow", operator: "+", values: super::would_be(300), line: LINE }
        .check(protected(&[200, 100]));
}

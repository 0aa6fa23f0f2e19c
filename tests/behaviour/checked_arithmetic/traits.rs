//! Methods of traits, generic code, operators' own implementations.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Index, IndexMut, Mul, Neg};

use portcullis::{FromViolation, Violation, checked_arithmetic};

use super::panic_of;

#[test]
fn an_implementation_of_an_operator() {
    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Gold(u8);
    impl Add for Gold {
        type Output = Self;
        #[checked_arithmetic(or(panic))]
        fn add(self, other: Self) -> Self {
            Self(self.0 + other.0)
        }
    }
    impl AddAssign for Gold {
        #[checked_arithmetic(or(return self.0 = u8::MAX))]
        fn add_assign(&mut self, other: Self) {
            self.0 += other.0;
        }
    }
    impl Neg for Gold {
        type Output = i16;
        #[checked_arithmetic(or(panic))]
        fn neg(self) -> i16 {
            -i16::from(self.0)
        }
    }
    assert_eq!((Gold(1) + Gold(2), -Gold(9)), (Gold(3), -9));
    let mut gold = Gold(200);
    gold += Gold(100);
    assert_eq!(gold, Gold(255));
    assert!(panic_of(|| Gold(200) + Gold(100)).starts_with("portcullis: arithmetic.overflow: `+` of u8"));
}

#[test]
fn a_method_and_a_default_method_of_a_trait() {
    trait Price {
        fn base(&self) -> Result<u16, Violation>;
        #[checked_arithmetic]
        fn taxed(&self, percent: u16) -> Result<u16, Violation> {
            Ok(self.base()? + self.base()? * percent / 100)
        }
    }
    struct Sword {
        level: u16,
    }
    impl Price for Sword {
        #[checked_arithmetic]
        fn base(&self) -> Result<u16, Violation> {
            Ok(self.level * 100)
        }
    }
    let priced: &dyn Price = &Sword { level: 3 };
    assert_eq!(priced.taxed(10).unwrap(), 330);
    assert!(priced.taxed(1000).is_err());
    assert!(Sword { level: 1000 }.taxed(0).is_err());
}

#[test]
fn self_types_and_associated_constants() {
    #[derive(Debug)]
    struct Counter<const STEP: u8>(u8);
    impl<const STEP: u8> Counter<STEP> {
        const LIMIT: u8 = 100;
        #[checked_arithmetic]
        fn next(self) -> Result<Self, Violation> {
            let Self(now) = self;
            Ok(Self(now + STEP + (Self::LIMIT - Self::LIMIT)))
        }
    }
    assert_eq!(Counter::<3>(1).next().unwrap().0, 4);
    assert!(Counter::<200>(100).next().is_err());
}

#[test]
fn index_implementations_over_computed_places() {
    struct Grid(Vec<u8>, usize);
    impl Index<(usize, usize)> for Grid {
        type Output = u8;
        #[checked_arithmetic(or(panic))]
        fn index(&self, (x, y): (usize, usize)) -> &u8 {
            &self.0[y * self.1 + x]
        }
    }
    impl IndexMut<(usize, usize)> for Grid {
        #[checked_arithmetic(or(panic))]
        fn index_mut(&mut self, (x, y): (usize, usize)) -> &mut u8 {
            &mut self.0[y * self.1 + x]
        }
    }
    #[checked_arithmetic]
    fn protected(grid: &mut Grid, x: usize) -> Result<u8, Violation> {
        grid[(x + 1, 0)] += grid[(x, 1)];
        Ok(grid[(x, 1)] * grid[(x + 1, 0)])
    }
    let mut grid = Grid(vec![1, 2, 3, 4], 2);
    assert_eq!(protected(&mut grid, 0).unwrap(), 15);
    assert!(panic_of(|| grid[(0, usize::MAX)]).starts_with("portcullis: arithmetic.overflow: `*` of usize"));
}

#[test]
fn generic_operators_of_a_bound() {
    #[checked_arithmetic(or(panic))]
    fn protected<T: Add<Output = T> + Mul<Output = T> + AddAssign + Copy>(a: T, b: T) -> T {
        let mut c = a + b;
        c += a * b;
        c
    }
    assert_eq!((protected(2, 3), protected(2.0_f64, 3.0).to_bits()), (11, 11.0_f64.to_bits()));
}

#[test]
fn higher_ranked_bounds_on_references() {
    #[checked_arithmetic(or(panic))]
    fn protected<T>(v: &[T]) -> T
    where
        T: for<'a> Sum<&'a T>,
        for<'a> &'a T: Add<&'a T, Output = T>,
    {
        let total: T = v.iter().sum();
        &total + &v[1 - 1]
    }
    assert_eq!(protected(&[1, 2]), 4);
}

#[test]
fn impl_trait_parameters_and_results() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: impl Add<u8, Output = u8>, b: u8) -> impl Iterator<Item = u8> + Clone {
        let start = (a + b) * 2;
        (start..start + 2).map(move |x| x + b)
    }
    assert!(protected(1_u8, 2).eq([8, 9]));
}

#[test]
fn a_return_type_of_the_users_own() {
    #[derive(Debug, PartialEq)]
    enum Reply {
        Sum(u8),
        Refused(&'static str),
    }
    impl FromViolation for Reply {
        fn from_violation(violation: Violation) -> Self {
            Self::Refused(violation.code())
        }
    }
    #[checked_arithmetic]
    fn protected(a: u8, b: u8) -> Reply {
        Reply::Sum(a / b + 250)
    }
    assert_eq!(protected(8, 2), Reply::Sum(254));
    assert_eq!(protected(8, 0), Reply::Refused("arithmetic.division"));
    assert_eq!(protected(8, 1), Reply::Refused("arithmetic.overflow"));
}

#[test]
fn a_return_type_behind_an_alias_and_an_error_of_the_users_own() {
    #[derive(Debug)]
    enum Failure {
        Refused(Violation),
        Parse(std::num::ParseIntError),
    }
    impl From<Violation> for Failure {
        fn from(violation: Violation) -> Self {
            Self::Refused(violation)
        }
    }
    impl From<std::num::ParseIntError> for Failure {
        fn from(error: std::num::ParseIntError) -> Self {
            Self::Parse(error)
        }
    }
    type Answer<T> = Result<T, Failure>;
    #[checked_arithmetic]
    fn protected(text: &str) -> Answer<i8> {
        Ok(-text.parse::<i8>()?)
    }
    assert_eq!(protected("4").unwrap(), -4);
    assert!(matches!(protected("x"), Err(Failure::Parse(error)) if !error.to_string().is_empty()));
    assert!(matches!(protected("-128"), Err(Failure::Refused(violation)) if violation.code() == "arithmetic.overflow"));
}

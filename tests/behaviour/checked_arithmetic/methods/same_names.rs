//! Types of the user's own with methods of the same names: they are called as ever.

use std::rc::Rc;

use portcullis::checked_arithmetic;

#[derive(Clone, Debug, PartialEq)]
struct Poly(Vec<u8>);

impl Poly {
    fn pow(self, by: u32) -> Self {
        Self(self.0.repeat(by as usize))
    }
    fn abs(&self) -> usize {
        self.0.len()
    }
    fn neg(&mut self) -> &mut Self {
        self.0.reverse();
        self
    }
    fn next_power_of_two(&mut self) {
        self.0.push(2);
    }
    fn ilog<T: TryFrom<usize>>(&self, base: usize) -> Option<T> {
        T::try_from(self.0.len() / base).ok()
    }
    fn ilog2<const N: usize>(&self) -> [usize; N] {
        [self.0.len(); N]
    }
    fn ilog10(self: Rc<Self>) -> usize {
        Rc::strong_count(&self)
    }
    fn isqrt(self: Box<Self>) -> Vec<u8> {
        self.0
    }
    fn div_euclid(&self, by: &str) -> String {
        format!("{:?}/{by}", self.0)
    }
    fn rem_euclid(&self, map: impl Fn(u8) -> u8) -> Vec<u8> {
        self.0.iter().map(|x| map(*x)).collect()
    }
    fn next_multiple_of(&mut self, taken: Vec<u8>) -> &[u8] {
        self.0 = taken;
        &self.0
    }
    fn div_ceil<'a>(&'a self, other: &'a mut Vec<u8>) -> &'a mut Vec<u8> {
        other.extend(&self.0);
        other
    }
    fn sum(&mut self) -> u32 {
        self.0.drain(..).map(u32::from).sum()
    }
    fn product(self) -> String {
        format!("{:?}", self.0)
    }
}

fn poly() -> Poly {
    Poly(vec![1, 200])
}

#[test]
fn by_value_and_by_reference() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: Poly, b: &Poly) -> (Poly, usize, usize, String) {
        let length = a.abs() + b.abs();
        (a.pow(2), length, poly().pow(3).abs(), b.div_euclid("x"))
    }
    assert_eq!(protected(poly(), &poly()), (Poly(vec![1, 200, 1, 200]), 4, 6, "[1, 200]/x".to_owned()));
}

#[test]
fn by_mutable_reference() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: &mut Poly, mut b: Poly, pair: &mut (Poly, u8)) -> (Vec<u8>, Poly, u32, usize) {
        a.next_power_of_two();
        b.neg().neg().neg().next_power_of_two();
        pair.0.neg();
        let taken = pair.0.next_multiple_of(vec![9]).to_vec();
        let total = pair.0.sum() + b.clone().sum();
        (taken, b, total, a.neg().abs())
    }
    let (mut a, mut pair) = (poly(), (poly(), 0));
    assert_eq!(protected(&mut a, poly(), &mut pair), (vec![9], Poly(vec![200, 1, 2]), 212, 3));
    assert_eq!((a, pair.0), (Poly(vec![2, 200, 1]), Poly(Vec::new())));
}

#[test]
fn by_mutable_reference_to_a_value_made_here() {
    #[checked_arithmetic(or(panic))]
    fn protected() -> u32 {
        poly().next_power_of_two();
        poly().sum() + poly().clone().sum()
    }
    assert_eq!(protected(), 402);
}

#[test]
fn by_mutable_reference_to_an_element_and_behind_a_dereference() {
    #[checked_arithmetic(or(panic))]
    fn protected(all: &mut Vec<Poly>, one: &mut Poly, boxed: &mut Box<Poly>) -> u32 {
        all[0].next_power_of_two();
        all[1].neg();
        (*one).next_power_of_two();
        (**boxed).neg();
        (**boxed).next_power_of_two();
        all[0].sum()
    }
    let (mut all, mut one, mut boxed) = (vec![poly(), poly()], poly(), Box::new(poly()));
    assert_eq!(protected(&mut all, &mut one, &mut boxed), 203);
    assert_eq!(all[1], Poly(vec![200, 1]));
    assert_eq!((one, *boxed), (Poly(vec![1, 200, 2]), Poly(vec![200, 1, 2])));
}

#[test]
fn by_smart_pointers() {
    #[checked_arithmetic(or(panic))]
    fn protected(counted: &Rc<Poly>, boxed: Box<Poly>) -> (usize, Vec<u8>, usize) {
        let length = counted.abs();
        (counted.clone().ilog10(), boxed.isqrt(), length)
    }
    assert_eq!(protected(&Rc::new(poly()), Box::new(poly())), (2, vec![1, 200], 2));
}

#[test]
fn with_turbofish_and_inferred_types() {
    #[checked_arithmetic(or(panic))]
    fn protected(a: &Poly) -> (Option<u8>, Option<i64>, [usize; 2], usize) {
        let inferred: Option<i64> = a.ilog(2);
        (a.ilog::<u8>(1), inferred, a.ilog2::<2>(), a.ilog2::<1>().len())
    }
    assert_eq!(protected(&poly()), (Some(2), Some(1), [2, 2], 1));
}

#[test]
fn with_closures_and_borrows_as_arguments() {
    #[checked_arithmetic(or(panic))]
    fn protected<'a>(a: &'a Poly, other: &'a mut Vec<u8>, by: u8) -> (Vec<u8>, &'a mut Vec<u8>) {
        (a.rem_euclid(|x| x / by), a.div_ceil(other))
    }
    let (even, mut other) = (Poly(vec![4, 6]), vec![7]);
    let (mapped, extended) = protected(&even, &mut other, 2);
    assert_eq!((mapped, &**extended), (vec![2, 3], &[7, 4, 6][..]));
}

#[test]
fn totals_of_the_users_own() {
    #[checked_arithmetic(or(panic))]
    fn protected(mut a: Poly, mut b: Box<Poly>) -> (u32, u32, String, String) {
        let twice = (a.sum(), b.sum());
        a.0.push(3);
        (twice.0, twice.1, a.product(), b.product())
    }
    assert_eq!(protected(poly(), Box::new(poly())), (201, 201, "[3]".to_owned(), "[]".to_owned()));
}

#[test]
fn fields_that_are_functions_are_not_methods() {
    struct Table {
        pow: fn(u8, u32) -> u8,
    }
    #[checked_arithmetic(or(panic))]
    fn protected(table: &Table) -> u8 {
        (table.pow)(3, 2)
    }
    assert_eq!(protected(&Table { pow: |_, _| 7 }), 7);
}

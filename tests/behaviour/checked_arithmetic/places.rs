//! The left sides of compound assignments: each place is found once, and borrowed no longer than it was.

use portcullis::{Violation, checked_arithmetic};

#[test]
fn an_element_from_another_element() {
    #[checked_arithmetic]
    fn protected(v: &mut [u32]) -> Result<(), Violation> {
        let (i, j) = (1, 0);
        v[i] += v[j];
        v[i] += v[i - 1];
        v[0] <<= 2_u8;
        v[i + 1] -= v[j] - 1;
        Ok(())
    }
    let mut v = [1, 2, 10];
    protected(&mut v).unwrap();
    assert_eq!(v, [4, 4, 7]);
}

#[test]
fn an_element_from_the_length_of_its_vector() {
    #[checked_arithmetic]
    fn protected(v: &mut Vec<u32>) -> Result<(), Violation> {
        v[0] += v.len() as u32;
        let end = v.len();
        v[end - 1] += 1;
        v[end - 2] *= v[end - 1];
        Ok(())
    }
    let mut v = vec![1, 2, 3];
    protected(&mut v).unwrap();
    assert_eq!(v, [4, 8, 4]);
}

#[test]
fn an_index_that_asks_the_slice_itself() {
    #[checked_arithmetic]
    fn protected(v: &mut [u32]) -> Result<(), Violation> {
        v[v.len() - 1] += 1;
        Ok(())
    }
    let mut v = [1, 2];
    protected(&mut v).unwrap();
    assert_eq!(v, [1, 3]);
}

#[test]
fn a_field_of_a_field_through_self() {
    struct Inner {
        hits: [u8; 2],
    }
    struct Outer {
        inner: Inner,
        step: u8,
    }
    impl Outer {
        #[checked_arithmetic]
        fn bump(&mut self, i: usize) -> Result<u8, Violation> {
            self.inner.hits[i] += self.step;
            self.inner.hits[i] *= self.inner.hits[1 - i];
            Ok(self.inner.hits[i])
        }
    }
    let mut outer = Outer { inner: Inner { hits: [1, 10] }, step: 2 };
    assert_eq!(outer.bump(0).unwrap(), 30);
    assert!(outer.bump(1).is_err());
    assert_eq!(outer.inner.hits, [30, 12]);
}

#[test]
fn a_call_that_changes_another_variable() {
    fn next(n: &mut u32) -> u32 {
        *n = n.wrapping_add(1);
        *n
    }
    twin! {
        fn plain, protected(mut x: u32, mut y: u32) -> (u32, u32) {
            x += next(&mut y);
            y *= next(&mut x) + next(&mut y);
            (x, y)
        }
    }
    assert_eq!(plain(3, 4), protected(3, 4));
}

#[test]
fn a_call_that_changes_the_place_itself() {
    fn reset(n: &mut u32) -> u32 {
        std::mem::replace(n, 100)
    }
    twin! {
        fn plain, protected(mut x: u32) -> (u32, u32) {
            x += reset(&mut x);
            let sum = x + reset(&mut x);
            (sum, x)
        }
    }
    assert_eq!(plain(3), (206, 100));
    assert_eq!(protected(3), (206, 100));
}

#[test]
fn a_place_and_itself() {
    #[checked_arithmetic]
    fn protected(mut x: u8) -> Result<u8, Violation> {
        x += x;
        x *= x;
        x -= x / 2;
        Ok(x)
    }
    assert_eq!(protected(3).unwrap(), 18);
    assert_eq!(protected(8).unwrap_err().internal().operator(), Some("*="));
}

#[test]
fn a_place_that_a_live_reference_points_beside() {
    #[checked_arithmetic(or(panic))]
    fn protected(pair: &mut (u8, u8)) -> u8 {
        let left = &pair.0;
        pair.1 += *left;
        pair.1 -= left;
        *left + pair.1
    }
    assert_eq!(protected(&mut (1, 2)), 3);
}

#[test]
fn a_place_borrowed_until_its_own_right_side() {
    #[checked_arithmetic(or(panic))]
    fn protected(mut x: u8) -> u8 {
        let before = &x;
        x += *before + 1;
        x
    }
    assert_eq!(protected(4), 9);
}

#[test]
fn a_slice_pattern_and_a_destructuring_assignment() {
    twin! {
        fn plain, protected(v: &mut [u8]) -> (u8, u8) {
            let [first, .., last] = v else { return (0, 0) };
            *first += *last;
            let (mut a, mut b) = (1, 1);
            (a, b) = (b, a + b);
            [a, b] = [a + *last, b - 1];
            v[a as usize + 1 - 3] = a + 1;
            (a, b)
        }
    }
    let (mut v, mut w) = ([1, 2, 3], [1, 2, 3]);
    assert_eq!(plain(&mut v), protected(&mut w));
    assert_eq!(v, w);
}

#[test]
fn a_place_keeps_its_value_when_the_operator_is_refused() {
    #[checked_arithmetic]
    fn protected(x: &mut i8, by: i8) -> Result<(), Violation> {
        *x *= by;
        Ok(())
    }
    let mut x = 100;
    assert!(protected(&mut x, 2).is_err());
    assert_eq!(x, 100);
}

#[test]
fn a_field_that_a_match_binds_by_reference() {
    enum Shape {
        Circle { radius: u8 },
        Line(u8, u8),
    }
    #[checked_arithmetic]
    fn protected(shape: &mut Shape) -> Result<u8, Violation> {
        match shape {
            Shape::Circle { radius } => *radius *= 2,
            Shape::Line(from, to) if *from < *to => *from += *to - 1,
            Shape::Line(..) => {}
        }
        Ok(match *shape {
            Shape::Circle { radius } => radius + 1,
            Shape::Line(from, to) => from - to,
        })
    }
    assert_eq!(protected(&mut Shape::Circle { radius: 3 }).unwrap(), 7);
    assert_eq!(protected(&mut Shape::Line(3, 5)).unwrap(), 2);
    assert!(protected(&mut Shape::Line(5, 6)).is_ok());
    assert!(protected(&mut Shape::Circle { radius: 128 }).is_err());
}

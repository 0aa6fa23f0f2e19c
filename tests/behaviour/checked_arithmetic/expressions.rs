//! Operators in all the other places where an expression or a statement may stand.

use portcullis::checked_arithmetic;

#[test]
fn attributes_of_statements() {
    #[checked_arithmetic(or(panic))]
    fn protected(mut x: u8) -> u8 {
        #[cfg(any())]
        let x = x + 100;
        #[allow(unused)]
        let y = x + 2;
        #[cfg(any())]
        {
            x += 100;
        }
        #[allow(unused)]
        {
            x *= 1;
        }
        #[cfg(any())]
        std::hint::black_box(x + 200);
        #[allow(unused)]
        std::hint::black_box(x + 100);
        x += 1;
        match y {
            #[cfg(any())]
            _ => x - 100,
            #[cfg(test)]
            _ => x + y,
        }
    }
    assert_eq!(protected(1), 5);
}

#[test]
fn fields_arrays_tuples_and_calls() {
    struct Point<T> {
        x: T,
        y: T,
    }
    twin! {
        fn plain, protected(a: i32) -> (i32, [i32; 3], Point<i32>, Vec<i32>) {
            let y = a * 2;
            let base = Point { x: a - 1, y };
            let repeated = [a + 1; 2];
            (
                i32::abs(-a) + { a * 2 } + if a > 0 { a - 1 } else { a + 1 },
                [a, a + 1, repeated[a as usize % 2]],
                Point { x: base.x + 1, ..base },
                Vec::from_iter([a; 2 + 1].map(|x| x + base.y)),
            )
        }
    }
    for a in [0, 3] {
        let ((n, array, point, vec), (m, brray, qoint, wec)) = (plain(a), protected(a));
        assert_eq!((n, array, point.x, point.y, vec), (m, brray, qoint.x, qoint.y, wec));
    }
}

#[test]
fn discarded_results() {
    #[checked_arithmetic]
    fn protected(x: u8) -> Result<u8, portcullis::Violation> {
        let _ = x + 1;
        _ = x * 2;
        Ok(x)
    }
    assert_eq!(protected(100).unwrap(), 100);
    assert!(protected(200).is_err(), "thrown away, and refused nevertheless");
    assert!(protected(255).is_err());
}

#[test]
fn compound_assignments_as_values_of_type_unit() {
    #[checked_arithmetic(or(panic))]
    fn protected(mut x: u8) -> (u8, bool) {
        let unit = x += 1;
        let closure = |y: &mut u8| *y += 1;
        closure(&mut x);
        let same = (x *= 2) == unit;
        (x, same)
    }
    assert_eq!(protected(1), (6, true));
}

use super::number::{Number, Outcome, Type, apply};
use super::steps::Op;
use super::{I8, U8, bounds, fields, slot};

/// What the language gives, in numbers without a width; `None` where it fails.
fn exact(op: Op, ty: Type, a: i128, b: i128) -> Option<i128> {
    let (low, high) = ty.bounds();
    let found = match op {
        Op::Add => a + b,
        Op::Sub => a - b,
        Op::Mul => a * b,
        Op::Div => a.checked_div(b)?,
        // The least value by -1 fails with its quotient.
        Op::Rem if a == low && b == -1 => return None,
        Op::Rem => a.checked_rem(b)?,
        Op::Shift => return (0..8).contains(&b).then_some(a),
        Op::Bits => a & b,
        Op::Cast(into) => return (into.bounds().0..=into.bounds().1).contains(&a).then_some(a),
        Op::Index => return (0 <= b && b < a).then_some(b),
        Op::Wrap(_) | Op::From(_) => return None,
    };
    (low..=high).contains(&found).then_some(found)
}

/// Ranges out of `i8` and `u8`, by each operation, against each pair of values in them.
#[test]
fn what_is_said_of_ranges_holds_for_each_value() {
    let mut seed: u64 = 7;
    let mut below = |most: i128| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i128::from(seed >> 33) % most
    };
    let mut counts = [0_u32; 3];
    for (ty, other) in [(I8, U8), (U8, I8)] {
        let (low, high) = ty.bounds();
        for op in [Op::Add, Op::Sub, Op::Mul, Op::Div, Op::Rem, Op::Shift, Op::Bits, Op::Cast(other)] {
            for nth in 0..300 {
                let mut range = || {
                    let (one, two) = (low + below(256), low + below(256));
                    let two = if nth % 2 == 0 { one } else { two };
                    Number { ty: Some(ty), low: one.min(two), high: one.max(two) }
                };
                let (left, right) = (range(), range());
                let outcome = apply(op, left, right);
                for a in left.low..=left.high {
                    for b in right.low..=right.high {
                        let found = exact(op, ty, a, b);
                        let agrees = match (outcome, found) {
                            (Outcome::Unknown, _) => true,
                            (Outcome::Holds(_), None) => false,
                            // What a shift leaves is not followed.
                            (Outcome::Holds(_), Some(_)) if matches!(op, Op::Shift) => true,
                            (Outcome::Holds(Number { low, high, .. }), Some(found)) => low <= found && found <= high,
                            (_, found) => found.is_none(),
                        };
                        assert!(agrees, "{a} {op:?} {b}: {outcome:?} of {left:?} and {right:?}, in {low}..={high}");
                    }
                }
                counts[match outcome {
                    Outcome::Unknown => 0,
                    Outcome::Holds(_) => 1,
                    _ => 2,
                }] += 1;
            }
        }
    }
    assert!(counts.iter().all(|count| *count > 100), "{counts:?}");
}

#[test]
#[allow(clippy::needless_borrow, reason = "as a macro prints it")]
fn what_is_no_integer_is_nothing() {
    use super::{ByOtherwise as _, ByWhole as _, Named};
    const FLOAT: f64 = 1.0;
    const WIDE: u128 = 1;
    const SHORT: u16 = 7;
    assert!(slot(&|| (&&Named(&FLOAT)).__portcullis_whole()).number(FLOAT).is_none());
    assert!(slot(&|| (&&Named(&WIDE)).__portcullis_whole()).number(WIDE).is_none());
    assert!(slot(&|| (&&Named(&SHORT)).__portcullis_whole()).number(SHORT).is_some_and(|number| number.low == 7));
    let none = bounds(fields(&|| (&&&Named(&SHORT)).__portcullis_fields()), "secs");
    assert!(matches!(none.value(0), Outcome::Unknown));
}

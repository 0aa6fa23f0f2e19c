//! Points and lengths of time: their operators panic out of range in every build, and are refused instead.

use std::time::{Duration, Instant, SystemTime};

use portcullis::{Values, Violation, checked_arithmetic};

use super::{Refusal, panic_of};

/// The operator, its compound form and a panic, with what is refused where it is `None`.
macro_rules! operators {
    ($($line:expr, $name:ident: $left:ident $operator:tt $assign:tt $right:ident, $checked:expr, $code:literal, $cases:expr;)*) => {$(
        #[test]
        fn $name() {
            const LINE: u32 = $line;
            #[checked_arithmetic]
            fn value(a: $left, b: $right) -> Result<$left, Violation> {
                Ok(a $operator b)
            }
            #[checked_arithmetic]
            fn place(a: &mut $left, b: $right) -> Result<(), Violation> {
                *a $assign b;
                Ok(())
            }
            #[checked_arithmetic(or(panic))]
            fn panicking(a: $left, b: $right) -> $left {
                a $operator b
            }
            let (mut fitted, mut refused) = (0, 0);
            for (a, b) in $cases {
                let mut changed = a;
                match $checked(a, b) {
                    Some(expected) => {
                        fitted += 1;
                        assert_eq!(value(a, b).unwrap(), expected);
                        assert_eq!(value(a, b).unwrap(), a $operator b);
                        place(&mut changed, b).unwrap();
                        assert_eq!(changed, expected);
                        assert_eq!(panicking(a, b), expected);
                    }
                    None => {
                        refused += 1;
                        let refusal = |operator| Refusal { code: $code, operator, values: Values::None, line: LINE };
                        refusal(stringify!($operator)).check(value(a, b));
                        refusal(stringify!($assign)).check(place(&mut changed, b));
                        assert_eq!(changed, a, "a refusal leaves the place as it was");
                        let message = panic_of(|| panicking(a, b));
                        assert!(message.starts_with(concat!("portcullis: ", $code, ": `", stringify!($operator), "` of ")), "{message}");
                    }
                }
            }
            assert!(fitted > 0 && refused > 0, "{fitted} fitted, {refused} were refused");
        }
    )*};
}

fn lengths() -> [(Duration, Duration); 7] {
    let (second, nano) = (Duration::from_secs(1), Duration::from_nanos(1));
    [
        (second, second / 2),
        (second / 2, second),
        (Duration::ZERO, nano),
        (nano, Duration::ZERO),
        (Duration::MAX, nano),
        (Duration::MAX, Duration::MAX),
        (Duration::MAX - nano, nano),
    ]
}

fn factors() -> [(Duration, u32); 6] {
    let second = Duration::from_secs(1);
    [(second, 3), (second, 0), (second, u32::MAX), (Duration::MAX, 1), (Duration::MAX, 2), (Duration::ZERO, 0)]
}

fn points<T: Copy>(now: T) -> [(T, Duration); 4] {
    [(now, Duration::ZERO), (now, Duration::from_millis(1500)), (now, Duration::from_nanos(1)), (now, Duration::MAX)]
}

operators! {
    line!(), sums_of_lengths: Duration + += Duration, Duration::checked_add, "arithmetic.overflow", lengths();
    line!(), differences_of_lengths: Duration - -= Duration, Duration::checked_sub, "arithmetic.overflow", lengths();
    line!(), lengths_so_many_times: Duration * *= u32, Duration::checked_mul, "arithmetic.overflow", factors();
    line!(), parts_of_lengths: Duration / /= u32, Duration::checked_div, "arithmetic.division", factors();
    line!(), later_instants: Instant + += Duration, |a: Instant, b| a.checked_add(b), "arithmetic.overflow", points(Instant::now());
    line!(), earlier_instants: Instant - -= Duration, |a: Instant, b| a.checked_sub(b), "arithmetic.overflow", points(Instant::now());
    line!(), later_times: SystemTime + += Duration, |a: SystemTime, b| a.checked_add(b), "arithmetic.overflow", points(SystemTime::now());
    line!(), earlier_times: SystemTime - -= Duration, |a: SystemTime, b| a.checked_sub(b), "arithmetic.overflow", points(SystemTime::UNIX_EPOCH);
}

#[test]
fn a_number_of_lengths() {
    #[checked_arithmetic]
    fn protected(times: u32, length: Duration) -> Result<Duration, Violation> {
        Ok(times * length)
    }
    assert_eq!(protected(3, Duration::from_secs(2)).unwrap(), Duration::from_secs(6));
    let refused = protected(2, Duration::MAX).unwrap_err();
    assert_eq!((refused.code(), refused.internal().operator()), ("arithmetic.overflow", Some("*")));
}

#[test]
fn the_time_between_two_instants_is_as_written() {
    #[checked_arithmetic]
    fn protected(a: Instant, b: Instant, wait: Duration) -> Result<(Duration, Duration, bool), Violation> {
        Ok((a - b, b - a, a + wait >= b))
    }
    let now = Instant::now();
    let later = now + Duration::from_secs(5);
    let (forward, back, reached) = protected(later, now, Duration::from_secs(1)).unwrap();
    assert_eq!((forward, back, reached), (Duration::from_secs(5), Duration::ZERO, true));
}

#[test]
fn literals_take_the_type_of_a_factor() {
    #[checked_arithmetic]
    fn protected(mut length: Duration) -> Result<[Duration; 4], Violation> {
        length *= 2;
        length /= 3;
        Ok([length * 60, 60 * length, length / 2, length + Duration::from_secs(60 * 60)])
    }
    let second = Duration::from_secs(1);
    assert_eq!(protected(second * 3).unwrap(), [second * 120, second * 120, second, second * 3602]);
    assert!(protected(Duration::MAX).is_err());
}

#[test]
fn lengths_and_points_in_fields_closures_and_chains() {
    struct Session {
        started: Instant,
        limits: Vec<Duration>,
    }
    #[checked_arithmetic]
    fn protected(session: &mut Session, by: u32) -> Result<Vec<Instant>, Violation> {
        session.limits[0] += Duration::from_secs(1) * by;
        session.started += session.limits[0] - Duration::from_secs(1);
        let started = session.started;
        Ok(session.limits.iter().map(|limit| started + *limit * by).collect())
    }
    let now = Instant::now();
    let second = Duration::from_secs(1);
    let mut session = Session { started: now, limits: vec![second, second * 5] };
    assert_eq!(protected(&mut session, 2).unwrap(), [now + second * 8, now + second * 12]);
    session.limits[1] = Duration::MAX;
    assert_eq!(crate::common::code(protected(&mut session, 1)), "arithmetic.overflow");
}

#[test]
fn lengths_saturate_and_points_cannot() {
    #[checked_arithmetic(or(saturate))]
    fn lengths(a: Duration, b: Duration, by: u32) -> [Duration; 4] {
        let mut place = a;
        place += b;
        [a + b, a - b, a * by, place]
    }
    #[checked_arithmetic(or(saturate))]
    fn part(a: Duration, by: u32) -> Duration {
        a / by
    }
    #[checked_arithmetic(or(saturate))]
    fn point(a: SystemTime, by: Duration) -> SystemTime {
        a + by
    }
    #[checked_arithmetic(or(wrap))]
    fn wrapping(a: Duration, b: Duration, by: u32) -> (Duration, Duration) {
        (a + b, a / by)
    }
    let (most, second, zero) = (Duration::MAX, Duration::from_secs(1), Duration::ZERO);
    assert_eq!(lengths(most, second, 2), [most, most - second, most, most]);
    assert_eq!(lengths(zero, second, 2), [second, zero, zero, second]);
    assert_eq!(point(SystemTime::UNIX_EPOCH, second), SystemTime::UNIX_EPOCH + second);
    assert_eq!(wrapping(second, second, 1), (second * 2, second));
    assert_eq!(part(second, 2), second / 2);
    let panics = [
        panic_of(|| part(second, 0)),
        panic_of(|| point(SystemTime::now(), most)),
        panic_of(|| wrapping(most, second, 1)),
        panic_of(|| wrapping(second, second, 0)),
    ];
    for panic in panics {
        assert!(panic.starts_with("portcullis: arithmetic."), "{panic}");
    }
}

#[test]
fn nothing_of_a_length_wraps() {
    #[checked_arithmetic(or(wrap))]
    fn difference(a: Duration, b: Duration) -> Duration {
        a - b
    }
    #[checked_arithmetic(or(wrap))]
    fn product(a: Duration, by: u32) -> Duration {
        a * by
    }
    let second = Duration::from_secs(1);
    assert_eq!((difference(second, second), product(second, 3)), (Duration::ZERO, second * 3));
    assert!(panic_of(|| difference(Duration::ZERO, second)).starts_with("portcullis: arithmetic.overflow: `-`"));
    assert!(panic_of(|| product(Duration::MAX, 2)).starts_with("portcullis: arithmetic.overflow: `*`"));
}

//! Return types by their trait and never by a name, where the violation comes out of a closure.

use std::fmt::Display;
use std::task::Poll;

use portcullis::{FromViolation, Violation, checked_arithmetic, checked_indexing};

use crate::common::{Later, code, run};

/// `name` is a function of a list, which returns `output`; what `shown` makes of it for a good, an overflowing and a short list.
macro_rules! outputs {
    ($($name:ident: $output:ty, |$v:ident| $body:expr; |$result:ident| $shown:expr => $good:literal;)*) => {$(
        #[test]
        fn $name() {
            #[checked_arithmetic]
            #[checked_indexing]
            fn protected($v: &[u8]) -> $output {
                let sum = $v.iter().map(|x| x + $v[1]).max().unwrap_or(0);
                let $v = sum;
                $body
            }
            #[checked_indexing]
            #[checked_arithmetic]
            async fn later($v: &[u8]) -> $output {
                Later::default().await;
                let sum = $v.iter().map(|x| x + $v[1]).max().unwrap_or(0);
                let $v = sum;
                $body
            }
            for (v, expected) in [(&[1, 2][..], $good), (&[255, 1], "arithmetic.overflow"), (&[1], "index.bounds")] {
                let $result = protected(v);
                assert_eq!($shown, expected);
                let $result = run(later(v));
                assert_eq!($shown, expected);
            }
        }
    )*};
}

type Answer<T, E = Own> = Result<T, E>;

struct Own(&'static str);

impl From<Violation> for Own {
    fn from(violation: Violation) -> Self {
        Self(violation.code())
    }
}

enum Reply {
    Sum(u8),
    Refused(&'static str),
}

impl FromViolation for Reply {
    fn from_violation(violation: Violation) -> Self {
        Self::Refused(violation.code())
    }
}

mod named_result {
    /// Not the one of std.
    pub(super) struct Result(pub(super) String);
    impl portcullis::FromViolation for Result {
        fn from_violation(violation: portcullis::Violation) -> Self {
            Self(violation.code().to_owned())
        }
    }
}

macro_rules! answer {
    () => { Result<u8, Violation> };
}

impl Reply {
    #[checked_arithmetic]
    fn of(v: &[u8]) -> Self {
        Self::Sum(v.iter().fold(0, |sum, x| sum + x))
    }
}

fn shown<T: Display, E>(result: Result<T, E>, code: impl FnOnce(E) -> &'static str) -> String {
    match result {
        Ok(value) => value.to_string(),
        Err(error) => code(error).to_owned(),
    }
}

outputs! {
    an_alias_with_an_error_of_its_own: Answer<u8>, |sum| Ok(sum); |result| shown(result, |own| own.0) => "4";
    an_alias_given_another_error: Answer<u8, Violation>, |sum| Ok(sum); |result| shown(result, |violation| violation.code()) => "4";
    an_enum_by_one_impl: Reply, |sum| Reply::Sum(sum); |reply| match reply { Reply::Sum(sum) => sum.to_string(), Reply::Refused(code) => code.to_owned() } => "4";
    a_type_that_is_only_called_result: named_result::Result, |sum| named_result::Result(sum.to_string()); |result| result.0 => "4";
    a_type_written_by_a_macro: answer!(), |sum| Ok(sum); |result| shown(result, |violation| violation.code()) => "4";
    poll_of_a_result: Poll<Result<u8, Violation>>, |sum| Poll::Ready(Ok(sum)); |polled| match polled { Poll::Ready(result) => shown(result, |violation| violation.code()), Poll::Pending => "pending".to_owned() } => "4";
    poll_of_an_option_of_a_result: Poll<Option<Answer<u8>>>, |sum| Poll::Ready(Some(Ok(sum))); |polled| match polled { Poll::Ready(Some(result)) => shown(result, |own| own.0), _ => "nothing".to_owned() } => "4";
    option_of_a_result: Option<Result<u8, Violation>>, |sum| Some(Ok(sum)); |item| item.map_or("nothing".to_owned(), |result| shown(result, |violation| violation.code())) => "4";
    a_result_in_the_error_of_which_is_boxed: Result<u8, Box<dyn std::error::Error + Send + Sync>>, |sum| Ok(sum); |result| shown(result, |error| error.downcast_ref::<Violation>().unwrap().code()) => "4";
    impl_trait_in_a_result: Result<impl Display, Violation>, |sum| Ok(format!("{sum}")); |result| shown(result, |violation| violation.code()) => "4";
    impl_iterator_in_a_result: Answer<impl Iterator<Item = u8>>, |sum| Ok(std::iter::repeat_n(sum, 2)); |result| match result { Ok(items) => items.map(|x| x.to_string()).collect::<String>(), Err(own) => own.0.to_owned() } => "44";
}

#[test]
fn generic_over_the_error_and_over_the_whole() {
    #[checked_arithmetic]
    fn error<E: From<Violation>>(v: &[u8]) -> Result<u8, E> {
        Ok(v.iter().fold(0, |sum, x| sum + x))
    }
    #[checked_arithmetic]
    fn whole<R>(v: &[u8], of: impl FnOnce(u8) -> R) -> R
    where
        R: FromViolation,
    {
        of(v.iter().fold(0, |sum, x| sum + x))
    }
    assert_eq!(error::<Violation>(&[1, 2]).unwrap(), 3);
    assert_eq!(code(error(&[255, 2])), "arithmetic.overflow");
    assert_eq!(error::<Own>(&[255, 2]).map_err(|own| own.0), Err("arithmetic.overflow"));
    assert!(error::<Box<dyn std::error::Error>>(&[255, 2]).unwrap_err().is::<Violation>());
    assert!(matches!(whole(&[1, 2], Reply::Sum), Reply::Sum(3)));
    assert!(matches!(whole(&[255, 2], Reply::Sum), Reply::Refused("arithmetic.overflow")));
}

#[test]
fn an_associated_type_and_self() {
    trait Handler {
        type Answer: FromViolation;
        fn handle(v: &[u8]) -> Self::Answer;
    }
    impl Handler for Reply {
        type Answer = Self;
        #[checked_arithmetic]
        fn handle(v: &[u8]) -> Self::Answer {
            Self::Sum(v.iter().fold(0, |sum, x| sum + x))
        }
    }
    for function in [Reply::handle, Reply::of] {
        assert!(matches!(function(&[1, 2]), Reply::Sum(3)));
        assert!(matches!(function(&[255, 2]), Reply::Refused("arithmetic.overflow")));
    }
}

#[test]
fn nothing_and_values_that_or_return_gives() {
    #[checked_arithmetic(or(return))]
    fn nothing(total: &mut u8, v: &[u8]) {
        v.iter().for_each(|x| *total += x);
        *total = 0;
    }
    #[checked_arithmetic(or(return()))]
    fn unit(total: &mut u8, v: &[u8]) -> () {
        v.iter().for_each(|x| *total += x);
        *total = 0;
    }
    #[checked_arithmetic(or(return format!("{violation} for {id}")))]
    fn opaque(id: u32, v: &[u8]) -> impl Display + use<> {
        let sum = v.iter().fold(0, |sum, x| sum + x);
        format!("{sum}")
    }
    for function in [nothing, unit] {
        let mut total = 0;
        function(&mut total, &[1, 2]);
        assert_eq!(total, 0);
        function(&mut total, &[255, 2]);
        assert_eq!(total, 255, "what comes after the closure is left out");
    }
    assert_eq!(opaque(7, &[1, 2]).to_string(), "3");
    assert_eq!(opaque(7, &[255, 2]).to_string(), "the request is refused: arithmetic.overflow for 7");
}

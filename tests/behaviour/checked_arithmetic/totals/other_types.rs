//! Totals that are no integers: as ever, save lengths of time, whose sum panics in std.

use std::iter::{Product, Sum};
use std::num::{Saturating, Wrapping};
use std::time::Duration;

use portcullis::{Violation, checked_arithmetic};

use crate::common::{code, panic_of};

#[test]
fn floats() {
    total_twin! {
        fn plain, protected(values: &[f64], small: Vec<f32>) -> [u64; 5] {
            let product: f32 = small.iter().product();
            [
                values.iter().sum::<f64>().to_bits(),
                values.iter().copied().product::<f64>().to_bits(),
                values.iter().map(|value| -value).sum::<f64>().to_bits(),
                product.to_bits().into(),
                small.into_iter().sum::<f32>().to_bits().into(),
            ]
        }
    }
    for values in [&[][..], &[0.1, 0.2, 0.3], &[f64::MAX, f64::MAX], &[f64::INFINITY, f64::NEG_INFINITY], &[-0.0]] {
        assert_eq!(protected(values, vec![1.5, f32::MAX]).unwrap(), plain(values, vec![1.5, f32::MAX]));
    }
}

#[test]
fn options_and_results_of_integers() {
    total_twin! {
        fn plain, protected(some: &[Option<u8>], texts: &[&str]) -> (Option<u8>, Option<u8>, Option<u8>, bool) {
            let parsed: Result<u8, std::num::ParseIntError> = texts.iter().map(|text| text.parse::<u8>()).sum();
            (
                some.iter().copied().sum::<Option<u8>>(),
                some.iter().copied().product(),
                parsed.as_ref().ok().copied(),
                texts.iter().map(|text| text.parse::<u8>()).product::<Result<u8, _>>().is_err(),
            )
        }
    }
    let cases: [(&[Option<u8>], &[&str]); 4] = [
        (&[Some(2), Some(3)], &["1", "2"]),
        (&[Some(2), None], &["x"]),
        (&[], &[]),
        (&[Some(200); 2], &["200", "100"]),
    ];
    for (some, texts) in cases {
        assert_eq!(protected(some, texts).unwrap(), plain(some, texts));
    }
}

#[test]
fn wrapping_and_saturating_numbers() {
    total_twin! {
        fn plain, protected(values: &[u8]) -> (Wrapping<u8>, Saturating<u8>, Wrapping<u8>) {
            (
                values.iter().copied().map(Wrapping).sum(),
                values.iter().copied().map(Saturating).fold(Saturating(0), |a, b| a + b),
                values.iter().copied().map(Wrapping).product(),
            )
        }
    }
    assert_eq!(protected(&[200, 100]).unwrap(), plain(&[200, 100]));
    assert_eq!(plain(&[200, 100]), (Wrapping(44), Saturating(255), Wrapping(32)));
}

#[test]
fn durations() {
    total_twin! {
        fn plain, protected(values: &[Duration]) -> (Duration, Duration) {
            (values.iter().sum(), values.iter().copied().sum::<Duration>())
        }
    }
    let fits = [Duration::from_secs(1), Duration::from_millis(1500), Duration::ZERO];
    assert_eq!(protected(&fits).unwrap(), plain(&fits));
    let refused = protected(&[Duration::MAX, Duration::from_nanos(1)]).unwrap_err();
    assert_eq!((refused.code(), refused.internal().operator()), ("arithmetic.overflow", Some("sum")));
    #[checked_arithmetic(or(panic))]
    fn panicking(values: &[Duration]) -> Duration {
        values.iter().sum()
    }
    let message = panic_of(|| panicking(&[Duration::MAX, Duration::MAX]));
    assert!(message.starts_with("portcullis: arithmetic.overflow: `sum` of "), "{message}");
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Coins(u8);

impl Sum for Coins {
    fn sum<I: Iterator<Item = Self>>(coins: I) -> Self {
        Self(coins.fold(0, |sum, coin| sum ^ coin.0))
    }
}
impl<'a> Sum<&'a Coins> for Coins {
    fn sum<I: Iterator<Item = &'a Self>>(coins: I) -> Self {
        Self(coins.count() as u8)
    }
}
impl Sum<u8> for Coins {
    fn sum<I: Iterator<Item = u8>>(numbers: I) -> Self {
        Self(numbers.fold(0, u8::wrapping_add))
    }
}
impl Sum<Coins> for String {
    fn sum<I: Iterator<Item = Coins>>(coins: I) -> Self {
        coins.map(|coin| char::from(b'a' + coin.0)).collect()
    }
}
impl<'a> Product<&'a u8> for Coins {
    fn product<I: Iterator<Item = &'a u8>>(numbers: I) -> Self {
        Self(numbers.fold(1, |product, number| product.wrapping_mul(*number)))
    }
}
impl Sum<Coins> for u8 {
    fn sum<I: Iterator<Item = Coins>>(coins: I) -> Self {
        coins.fold(0, |sum, coin| sum.wrapping_add(coin.0))
    }
}

#[test]
fn totals_of_the_users_own_types() {
    total_twin! {
        fn plain, protected(coins: &[Coins], numbers: &[u8]) -> (Coins, Coins, Coins, String, Coins, u8) {
            (
                coins.iter().copied().sum(),
                coins.iter().sum::<Coins>(),
                numbers.iter().copied().sum(),
                coins.iter().copied().sum(),
                numbers.iter().product(),
                coins.iter().copied().sum(),
            )
        }
    }
    let (coins, numbers) = ([Coins(3), Coins(5), Coins(255)], [200, 100]);
    assert_eq!(protected(&coins[..2], &numbers).unwrap(), plain(&coins[..2], &numbers));
    assert_eq!(plain(&coins[..2], &numbers).2, Coins(44));
    #[checked_arithmetic]
    fn wraps_by_itself(coins: &[Coins]) -> Result<u8, Violation> {
        Ok(coins.iter().copied().sum())
    }
    assert_eq!(wraps_by_itself(&coins).unwrap(), 7);
}

#[test]
fn an_iterator_of_the_users_own_and_one_with_a_sum_of_its_own() {
    struct Down(u8);
    impl Iterator for Down {
        type Item = u8;
        fn next(&mut self) -> Option<u8> {
            self.0 = self.0.checked_sub(1)?;
            Some(self.0)
        }
    }
    struct Deck(Vec<u8>);
    impl Deck {
        fn sum(&self) -> String {
            format!("{:?}", self.0)
        }
        fn product<T: From<u8>>(&mut self) -> T {
            self.0.push(1);
            T::from(self.0[0])
        }
    }
    struct Table {
        deck: Deck,
    }
    #[checked_arithmetic]
    fn protected(from: u8, table: &mut Table) -> Result<(u8, String, u32, String), Violation> {
        let first = table.deck.sum();
        let product = table.deck.product::<u32>();
        Ok((Down(from).sum(), first, product, table.deck.sum()))
    }
    let mut table = Table { deck: Deck(vec![200, 100]) };
    let expected = (10, "[200, 100]".to_owned(), 200, "[200, 100, 1]".to_owned());
    assert_eq!(protected(5, &mut table).unwrap(), expected);
    assert_eq!(code(protected(30, &mut table)), "arithmetic.overflow");
}

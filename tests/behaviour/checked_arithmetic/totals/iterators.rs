//! What a total can be asked of.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::rc::Rc;

use portcullis::{Violation, checked_arithmetic};

use crate::common::code;

#[test]
fn adaptors_of_slices_vectors_and_ranges() {
    total_twin! {
        fn plain, protected(values: &[u32], n: u32) -> [u32; 10] {
            [
                values.iter().map(|value| value * 2).sum(),
                values.iter().filter(|value| **value > 1).sum(),
                values.iter().zip(1..n).map(|(a, b)| a * b).sum(),
                (0..n).sum(),
                (1..=n).product(),
                (0..n).rev().step_by(2).sum(),
                values.iter().take(2).chain(&[7]).sum(),
                values.chunks(2).map(|chunk| chunk.iter().sum::<u32>()).sum(),
                values.windows(2).map(|window| window[1] - window[0]).sum(),
                values.iter().skip_while(|value| **value < 2).cloned().product(),
            ]
        }
    }
    assert_eq!(protected(&[1, 2, 3], 5).unwrap(), plain(&[1, 2, 3], 5));
    assert_eq!(code(protected(&[1, 2, 3], 13)), "arithmetic.overflow");
    assert_eq!(code(protected(&[1 << 31, 1 << 31], 3)), "arithmetic.overflow");
}

#[test]
fn collections_options_and_results() {
    total_twin! {
        fn plain, protected(values: Vec<u8>, map: &BTreeMap<&str, u8>, one: Option<u8>) -> [u8; 9] {
            let (queue, set): (VecDeque<u8>, HashSet<u8>) = (values.iter().copied().collect(), [1, 2].into());
            let boxed: Box<dyn Iterator<Item = u8> + '_> = Box::new(map.values().copied());
            [
                map.values().sum(),
                map.iter().map(|(key, value)| value + key.len() as u8).sum(),
                queue.iter().sum(),
                set.iter().product(),
                one.iter().sum(),
                one.into_iter().sum(),
                std::iter::once(3).chain(std::iter::repeat_n(1, 2)).sum(),
                boxed.sum(),
                values.into_iter().sum(),
            ]
        }
    }
    let map = BTreeMap::from([("a", 1), ("bc", 2)]);
    assert_eq!(protected(vec![4, 5], &map, Some(6)).unwrap(), plain(vec![4, 5], &map, Some(6)));
    assert_eq!(code(protected(vec![200, 100], &map, None)), "arithmetic.overflow");
    assert_eq!(code(protected(vec![1], &BTreeMap::from([("a", 200), ("b", 100)]), None)), "arithmetic.overflow");
}

#[test]
fn an_iterator_that_is_borrowed_goes_on() {
    total_twin! {
        fn plain, protected(values: &[u8]) -> (u8, u8, Option<u8>, u8, u8) {
            let mut iter = values.iter();
            let first: u8 = iter.by_ref().take(2).sum();
            let second = iter.by_ref().take_while(|value| **value != 9).sum::<u8>();
            let next = iter.next().copied();
            let lent = (&mut iter).take(1).product();
            let rest: u8 = iter.sum();
            (first, second, next, lent, rest)
        }
    }
    let values = [1, 2, 3, 4, 9, 5, 6, 7, 8];
    assert_eq!(protected(&values).unwrap(), plain(&values));
    assert_eq!(plain(&values), (3, 7, Some(5), 6, 15));
    assert_eq!(code(protected(&[200, 100])), "arithmetic.overflow");
}

#[test]
fn iterators_that_are_parameters_and_fields() {
    struct Feed<I> {
        numbers: I,
    }
    #[checked_arithmetic]
    fn generic<I: Iterator<Item = u8>>(numbers: I) -> Result<u8, Violation> {
        Ok(numbers.sum())
    }
    #[checked_arithmetic]
    fn opaque(numbers: impl IntoIterator<Item = u8>) -> Result<u8, Violation> {
        Ok(numbers.into_iter().product::<u8>())
    }
    #[checked_arithmetic]
    fn object(numbers: &mut dyn Iterator<Item = u8>) -> Result<u8, Violation> {
        Ok(numbers.sum())
    }
    #[checked_arithmetic]
    fn field(feed: Feed<std::ops::Range<u8>>) -> Result<u8, Violation> {
        Ok(feed.numbers.sum())
    }
    #[checked_arithmetic]
    fn lent(feed: &mut Feed<std::vec::IntoIter<u8>>) -> Result<(u8, usize), Violation> {
        let total = feed.numbers.by_ref().sum();
        Ok((total, feed.numbers.len()))
    }
    assert_eq!(generic([1, 2].into_iter()).unwrap(), 3);
    assert_eq!(code(generic([200, 56].into_iter())), "arithmetic.overflow");
    assert_eq!(opaque([3, 4]).unwrap(), 12);
    assert_eq!(code(opaque(vec![16, 16])), "arithmetic.overflow");
    assert_eq!(object(&mut (1..4)).unwrap(), 6);
    assert_eq!(code(object(&mut (1..=255))), "arithmetic.overflow");
    assert_eq!(field(Feed { numbers: 0..5 }).unwrap(), 10);
    assert_eq!(code(field(Feed { numbers: 0..255 })), "arithmetic.overflow");
    assert_eq!(lent(&mut Feed { numbers: vec![1, 2].into_iter() }).unwrap(), (3, 0));
}

#[test]
fn elements_are_made_once_and_in_order() {
    total_twin! {
        fn plain, protected(log: &mut Vec<u8>, values: &[u8]) -> (u8, u8) {
            let sum = values.iter().inspect(|value| log.push(**value)).sum();
            (sum, values.iter().map(|value| { log.push(value / 2); *value }).product())
        }
    }
    let (mut first, mut second) = (Vec::new(), Vec::new());
    assert_eq!(protected(&mut first, &[2, 4, 6]).unwrap(), plain(&mut second, &[2, 4, 6]));
    assert_eq!(first, second);
    assert_eq!(first, [2, 4, 6, 1, 2, 3]);
}

#[test]
fn totals_in_closures_futures_and_macros() {
    #[checked_arithmetic]
    fn closures(rows: &[Vec<u8>]) -> Result<(Vec<u8>, String), Violation> {
        let sums = rows.iter().map(|row| row.iter().sum()).collect();
        Ok((sums, format!("{}", rows[0].iter().product::<u8>())))
    }
    #[checked_arithmetic]
    async fn future(row: Rc<Vec<u8>>) -> Result<u8, Violation> {
        let inner = async move { row.iter().sum::<u8>() };
        Ok(inner.await)
    }
    assert_eq!(closures(&[vec![2, 3], vec![4]]).unwrap(), (vec![5, 4], "6".to_owned()));
    assert_eq!(code(closures(&[vec![1], vec![200, 100]])), "arithmetic.overflow");
    assert_eq!(code(closures(&[vec![16, 16], vec![]])), "arithmetic.overflow");
    assert_eq!(crate::common::run(future(Rc::new(vec![1, 2]))).unwrap(), 3);
    assert_eq!(code(crate::common::run(future(Rc::new(vec![200, 56])))), "arithmetic.overflow");
}

//! Indices in futures.

use std::collections::HashMap;

use portcullis::{Values, Violation, checked_indexing};

use super::{at, refused};
use crate::common::{Later, run};

#[test]
fn places_on_both_sides_of_an_await() {
    #[checked_indexing]
    async fn protected(list: &mut Vec<Vec<u8>>, i: usize, j: usize) -> Result<u8, Violation> {
        list[i].push(1);
        Later::default().await;
        list[i][j] += 1;
        let element = &mut list[i][j];
        Later::default().await;
        *element += 1;
        Ok(list[i][j])
    }
    let mut list = vec![vec![5]];
    assert_eq!(run(protected(&mut list, 0, 0)).unwrap(), 7);
    refused(run(protected(&mut list, 0, 9)), "[]", at(9, 3));
    refused(run(protected(&mut list, 1, 0)), "[]", at(1, 1));
    assert_eq!(list, [[7, 1, 1]]);
}

#[test]
fn an_await_in_the_index_and_on_the_right() {
    async fn later<T>(value: T) -> T {
        Later::default().await;
        value
    }
    #[checked_indexing]
    async fn protected(list: &mut Vec<u8>, i: usize) -> Result<u8, Violation> {
        list[i] = later(7).await;
        list[i] += later(1).await;
        let at = later(i).await;
        list.insert(later(at).await, later(9).await);
        Ok(list[later(i).await])
    }
    let mut list = vec![1];
    assert_eq!(run(protected(&mut list, 0)).unwrap(), 9);
    assert_eq!(list, [9, 8]);
    refused(run(protected(&mut list, 2)), "[]", at(2, 2));
}

#[test]
fn an_async_block_unwinds_to_its_function() {
    #[checked_indexing]
    async fn protected(map: &HashMap<&str, u8>, list: &[u8], i: usize) -> Result<u8, Violation> {
        let first = async { list[i] }.await;
        let second = async move {
            Later::default().await;
            map["a"] + first
        };
        Ok(second.await)
    }
    let map = HashMap::from([("a", 1)]);
    assert_eq!(run(protected(&map, &[1, 2], 1)).unwrap(), 3);
    refused(run(protected(&map, &[1, 2], 2)), "[]", at(2, 2));
    refused(run(protected(&HashMap::new(), &[1, 2], 1)), "[]", Values::None);
}

#[test]
fn a_future_stays_as_sendable_as_it_was() {
    #[checked_indexing]
    async fn protected(grid: Vec<Vec<u8>>, i: usize, j: usize) -> Result<u8, Violation> {
        let value = grid[i][j];
        Later::default().await;
        Ok(value + grid[i][j..][0])
    }
    fn sent<F: Future + Send>(future: F) -> F::Output {
        run(future)
    }
    assert_eq!(sent(protected(vec![vec![4]], 0, 0)).unwrap(), 8);
}

#[test]
fn a_plain_twin() {
    twin! {
        async fn plain, protected(list: &mut [u8], i: usize) -> u8 {
            list[i] += 1;
            Later::default().await;
            list.swap(0, i);
            list[..=i].iter().sum()
        }
    }
    let (mut a, mut b) = ([1, 2, 3], [1, 2, 3]);
    assert_eq!(run(plain(&mut a, 1)), run(protected(&mut b, 1)));
    assert_eq!(a, b);
}

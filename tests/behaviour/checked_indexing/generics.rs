//! Generic functions, where only a bound says what can be indexed.

use std::ops::{Index, IndexMut, Range};
use std::slice::SliceIndex;

use portcullis::{Violation, checked_indexing};

use super::{at, part, refused};

#[test]
fn elements_of_any_type() {
    #[checked_indexing]
    fn protected<T: Clone>(list: &mut [T], i: usize, value: T) -> Result<T, Violation> {
        let old = list[i].clone();
        list[i] = value;
        Ok(old)
    }
    assert_eq!(protected(&mut ["a".to_owned()], 0, String::new()).unwrap(), "a");
    refused(protected(&mut [1], 1, 2), "[]", at(1, 1));
}

#[test]
fn arrays_of_any_length() {
    #[checked_indexing]
    fn protected<const N: usize, const M: usize>(grid: &[[u8; N]; M], i: usize, j: usize) -> Result<u8, Violation> {
        Ok(grid[i][j] + grid[M - 1][N - 1])
    }
    assert_eq!(protected(&[[1, 2], [3, 4]], 1, 0).unwrap(), 7);
    refused(protected(&[[1, 2], [3, 4]], 0, 2), "[]", at(2, 2));
    refused(protected(&[[1, 2, 3]], 1, 0), "[]", at(1, 1));
}

#[test]
fn what_can_be_seen_as_bytes() {
    #[checked_indexing]
    fn protected(bytes: impl AsRef<[u8]>, mut out: impl AsMut<[u8]>, i: usize) -> Result<u8, Violation> {
        out.as_mut()[i] = bytes.as_ref()[i];
        out.as_mut()[..i].copy_from_slice(&bytes.as_ref()[..i]);
        Ok(bytes.as_ref()[i..].len() as u8)
    }
    let mut out = [0; 2];
    assert_eq!(protected("abc", &mut out, 1).unwrap(), 2);
    assert_eq!(&out, b"ab");
    refused(protected(vec![1], &mut out, 1), "[]", at(1, 1));
    refused(protected("abc", &mut out, 2), "[]", at(2, 2));
}

#[test]
fn a_bound_of_the_index_operator_is_left_to_the_type() {
    twin! {
        fn plain, protected<L: IndexMut<usize, Output = u8> + ?Sized>(list: &mut L, i: usize) -> u8 {
            list[i] += 1;
            let x = &mut list[0];
            *x += 1;
            list[i] + list[0]
        }
    }
    let (mut a, mut b) = (vec![1, 2], vec![1, 2]);
    assert_eq!(plain(&mut a[..], 1), protected(&mut b[..], 1));
    assert_eq!(a, b);
}

#[test]
fn an_index_of_any_type() {
    twin! {
        fn plain, protected<K: Copy, L: Index<K, Output: Clone>>(list: L, key: K) -> L::Output
        where
            L::Output: Sized,
        {
            list[key].clone()
        }
    }
    assert_eq!(plain(vec![1, 2], 1), protected(vec![1, 2], 1));
    let map = std::collections::HashMap::from([("a", 1)]);
    assert_eq!(plain(map.clone(), "a"), protected(map, "a"));
}

#[test]
fn a_range_of_a_bound_of_std() {
    twin! {
        fn plain, protected<I: SliceIndex<[u8], Output = [u8]> + Clone>(list: &[u8], part: I) -> usize {
            list[part.clone()].len() + list[part].iter().count()
        }
    }
    assert_eq!(plain(&[1, 2, 3], 1..), protected(&[1, 2, 3], 1..));
}

#[test]
fn a_list_in_a_generic_struct() {
    struct Ring<T, const N: usize> {
        items: [Option<T>; N],
        next: usize,
    }
    impl<T: Clone, const N: usize> Ring<T, N> {
        #[checked_indexing]
        fn push(&mut self, item: T) -> Result<Option<T>, Violation> {
            let old = self.items[self.next].replace(item);
            self.next += 1;
            Ok(old)
        }
        #[checked_indexing]
        fn part(&self, of: Range<usize>) -> Result<&[Option<T>], Violation> {
            Ok(&self.items[of])
        }
    }
    let mut ring = Ring::<_, 1> { items: [None], next: 0 };
    assert_eq!(ring.push("a".to_owned()).unwrap(), None);
    refused(ring.push("b".to_owned()), "[]", at(1, 1));
    assert_eq!(ring.part(0..1).unwrap(), [Some("a".to_owned())]);
    refused(ring.part(0..2), "[]", part(0, 2, 1));
}

#[test]
fn a_method_of_a_trait() {
    trait Table {
        fn cell(&self, i: usize, j: usize) -> Result<u8, Violation>;
        #[checked_indexing]
        fn first(&self, list: &[u8]) -> Result<u8, Violation> {
            Ok(list[0])
        }
    }
    impl Table for Vec<Vec<u8>> {
        #[checked_indexing]
        fn cell(&self, i: usize, j: usize) -> Result<u8, Violation> {
            Ok(self[i][j])
        }
    }
    let table = vec![vec![1, 2]];
    assert_eq!(table.cell(0, 1).unwrap(), 2);
    refused(table.cell(0, 2), "[]", at(2, 2));
    refused(table.cell(1, 0), "[]", at(1, 1));
    refused(table.first(&[]), "[]", at(0, 0));
}

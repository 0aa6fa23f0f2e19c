//! Every start and end, against what `get` says.

use portcullis::{Violation, checked_indexing};

/// Characters of one to four bytes.
const TEXT: &str = "aß€🦀";
const LIST: [u8; 4] = [1, 2, 3, 4];

/// What stands for a panic in the same words as `get`.
fn answer<T>(result: Result<T, Violation>) -> Option<T> {
    match result {
        Ok(value) => Some(value),
        Err(violation) => {
            assert_eq!((violation.code(), violation.internal().operator()), ("index.bounds", Some("[]")));
            None
        }
    }
}

/// Each kind of range, by name, that two numbers make.
macro_rules! ranges {
    ($($name:ident: $start:ident, $end:ident => $range:expr;)*) => {$(
        #[test]
        #[allow(unused_variables)]
        fn $name() {
            #[checked_indexing]
            fn slice(list: &[u8], $start: usize, $end: usize) -> Result<&[u8], Violation> {
                Ok(&list[$range])
            }
            #[checked_indexing]
            fn written(list: &mut Vec<u8>, $start: usize, $end: usize) -> Result<usize, Violation> {
                let part = &mut list[$range];
                part.fill(0);
                Ok(part.len())
            }
            #[checked_indexing]
            fn text(text: &str, $start: usize, $end: usize) -> Result<&str, Violation> {
                Ok(&text[$range])
            }
            #[checked_indexing]
            fn string(text: &mut String, $start: usize, $end: usize) -> Result<usize, Violation> {
                Ok((&mut text[$range]).len())
            }
            for $start in 0..=5 {
                for $end in 0..=5 {
                    let expected = LIST.get($range);
                    assert_eq!(answer(slice(&LIST, $start, $end)), expected);
                    assert_eq!(answer(written(&mut LIST.to_vec(), $start, $end)), expected.map(<[u8]>::len));
                }
            }
            for $start in 0..=TEXT.len() + 1 {
                for $end in 0..=TEXT.len() + 1 {
                    let expected = TEXT.get($range);
                    assert_eq!(answer(text(TEXT, $start, $end)), expected);
                    assert_eq!(answer(string(&mut TEXT.to_owned(), $start, $end)), expected.map(str::len));
                }
            }
        }
    )*};
}
ranges! {
    from_start_to_end: start, end => start..end;
    from_start_through_end: start, end => start..=end;
    from_start: start, end => start..;
    to_end: start, end => ..end;
    through_end: start, end => ..=end;
    the_whole: start, end => ..;
}

#[test]
fn every_element() {
    #[checked_indexing]
    fn slice(list: &[u8], i: usize) -> Result<u8, Violation> {
        Ok(list[i])
    }
    #[checked_indexing]
    fn array(list: &mut [u8; 4], i: usize) -> Result<u8, Violation> {
        list[i] += 1;
        Ok(list[i] - 1)
    }
    for i in (0..=5).chain([usize::MAX - 1, usize::MAX, 1 << 32, isize::MAX as usize]) {
        assert_eq!(answer(slice(&LIST, i)), LIST.get(i).copied());
        assert_eq!(answer(array(&mut LIST.clone(), i)), LIST.get(i).copied());
    }
}

#[test]
fn every_pair_of_indices() {
    #[checked_indexing]
    fn grid(list: &[Vec<u8>], i: usize, j: usize) -> Result<u8, Violation> {
        Ok(list[i][j])
    }
    let list = [vec![], vec![1], vec![2, 3]];
    for i in 0..=4 {
        for j in 0..=4 {
            assert_eq!(answer(grid(&list, i, j)), list.get(i).and_then(|row| row.get(j)).copied());
        }
    }
}

//! The policies in closures, futures, macros, methods, loops and literals: no way out is needed there, and none is taken.

use portcullis::checked_arithmetic;

use crate::common::{Later, run};

#[test]
fn in_closures() {
    #[checked_arithmetic(or(saturate))]
    fn saturating(values: &[u8]) -> (u8, Vec<u8>, u8) {
        let add = |a: u8, b: u8| a + b;
        let mut count = 250_u8;
        let mut more = |by: u8| {
            count += by;
            count
        };
        more(3);
        (
            values.iter().fold(0, |sum, value| sum + value),
            values.iter().map(|value| value * 2).collect(),
            add(more(9), 1),
        )
    }
    #[checked_arithmetic(or(wrap))]
    fn wrapping(values: &[u8]) -> (u8, Vec<u8>) {
        (values.iter().fold(0, |sum, value| sum + value), values.iter().map(|value| value << 9).collect())
    }
    assert_eq!(saturating(&[200, 100]), (255, vec![255, 200], 255));
    assert_eq!(wrapping(&[200, 100]), (44, vec![144, 200]));
}

#[test]
fn in_async_code() {
    #[checked_arithmetic(or(saturate))]
    async fn saturating(a: i8) -> i8 {
        let inner = async {
            Later::default().await;
            a - 100
        };
        let moved = async move { -a };
        inner.await + moved.await.min(0)
    }
    #[checked_arithmetic(or(wrap))]
    fn wrapping(a: u8) -> impl Future<Output = u8> {
        let before = a + 1;
        async move { before - 2 }
    }
    assert_eq!(run(saturating(-128)), -128);
    assert_eq!(run(saturating(5)), -100);
    assert_eq!((run(wrapping(255)), run(wrapping(3))), (254, 2));
}

#[test]
fn in_macros_loops_and_places() {
    struct Row {
        cells: Vec<u8>,
    }
    #[checked_arithmetic(or(saturate))]
    fn protected(row: &mut Row, text: &mut String) -> u8 {
        for cell in &mut row.cells {
            *cell *= 2;
        }
        row.cells[0] += 200;
        let all = vec![row.cells[1] + 250, 5 - row.cells[1]];
        text.push_str(&format!("{} {}", all[0], row.cells[1] - 255));
        while row.cells[2] < 255 {
            row.cells[2] += 60;
        }
        assert!(all[1] + 255 == 255);
        row.cells[2]
    }
    let (mut row, mut text) = (Row { cells: vec![100, 4, 10] }, String::new());
    assert_eq!(protected(&mut row, &mut text), 255);
    assert_eq!((row.cells, &*text), (vec![255, 8, 255], "255 0"));
}

#[test]
fn in_methods_and_generic_functions() {
    struct Counter<const STEP: u8> {
        at: u8,
    }
    impl<const STEP: u8> Counter<STEP> {
        #[checked_arithmetic(or(saturate))]
        fn up(&mut self) -> &mut Self {
            self.at += STEP;
            self
        }
        #[checked_arithmetic(or(wrap))]
        fn around<T: Into<u8>>(&mut self, by: T) -> u8 {
            self.at += by.into();
            self.at
        }
    }
    let mut counter = Counter::<100> { at: 100 };
    assert_eq!(counter.up().up().at, 255);
    assert_eq!(counter.around(3), 2);
}

#[test]
fn results_that_fit_are_the_plain_ones() {
    fn plain(a: i32, b: i32) -> [i32; 7] {
        [a + b, a - b, a * b, a / b, a % b, a << 3, -a >> 2]
    }
    #[checked_arithmetic(or(saturate))]
    fn saturating(a: i32, b: i32) -> [i32; 7] {
        [a + b, a - b, a * b, a / b, a % b, a << 3, -a >> 2]
    }
    #[checked_arithmetic(or(wrap))]
    fn wrapping(a: i32, b: i32) -> [i32; 7] {
        [a + b, a - b, a * b, a / b, a % b, a << 3, -a >> 2]
    }
    for (a, b) in [(7, 2), (-7, 2), (7, -2), (-7, -2), (0, 1), (1 << 15, 3)] {
        assert_eq!((saturating(a, b), wrapping(a, b)), (plain(a, b), plain(a, b)));
    }
}

//! `#[zero_trust]` on blocks, in one source for each edition.

use portcullis::{zero_trust, RecursionGroup, Violation};

portcullis::recursion_group!(SHARED);

// In a cycle, each with its bound; nothing else of the block has to say anything.
#[zero_trust]
mod handlers {
    use super::SHARED;
    use portcullis::{bounded_recursion, zero_trust, Violation};

    #[bounded_recursion(max = 3, group = SHARED)]
    pub fn even(#[check(range(max = 9))] n: u32) -> Result<bool, Violation> {
        if n == 0 {
            Ok(true)
        } else {
            odd(n - 1)
        }
    }

    #[bounded_recursion(max = 3, group = SHARED)]
    fn odd(#[check(range(max = 9))] n: u32) -> Result<bool, Violation> {
        if n == 0 {
            Ok(false)
        } else {
            even(n - 1)
        }
    }

    // Its own list, and the bound of one that calls itself.
    #[zero_trust(bounded_recursion(max = 2))]
    pub fn sum(#[check(range(max = 9))] n: u8) -> Result<u8, Violation> {
        if n == 0 {
            Ok(0)
        } else {
            Ok(n + sum(n - 1)?)
        }
    }
}

struct Table {
    rows: Vec<u8>,
}

#[zero_trust]
impl Table {
    pub fn row(&self, #[check(range(max = 9))] at: usize) -> Result<u8, Violation> {
        Ok(self.rows[at])
    }

    pub fn total(&self) -> Result<u8, Violation> {
        let mut total = 0;
        for row in &self.rows {
            total += *row;
        }
        Ok(total)
    }
}

fn code<T>(answer: Result<T, Violation>) -> &'static str {
    answer.err().map_or("ok", |violation| violation.code())
}

#[test]
fn functions_of_a_block_are_protected() {
    assert!(handlers::even(2).unwrap());
    assert_eq!(code(handlers::even(3)), "recursion.depth");
    assert_eq!(code(handlers::even(10)), "input.range");
    assert_eq!(SHARED.with(RecursionGroup::depth), 0);
    assert_eq!(handlers::sum(1).unwrap(), 1);
    assert_eq!(code(handlers::sum(2)), "recursion.depth");
    let table = Table { rows: vec![200, 56] };
    assert_eq!(table.row(1).unwrap(), 56);
    assert_eq!(code(table.row(2)), "index.bounds");
    assert_eq!(code(table.row(10)), "input.range");
    assert_eq!(code(table.total()), "arithmetic.overflow");
}

//! Calls through `dyn` and pointers that lead nowhere back, are bounded, or are settled by types.

#![deny(warnings)]

use portcullis::zero_trust;

#[zero_trust(strict)]
pub mod filters {
    use portcullis::{Violation, bounded_recursion};

    pub trait Filter {
        fn admits(&self, n: u32) -> Result<bool, Violation>;
    }
    pub struct Odd;
    pub struct Not(pub Box<dyn Filter>);
    pub struct Both<F>(pub F, pub F);

    impl Filter for Odd {
        fn admits(&self, #[check(range(max = 9))] n: u32) -> Result<bool, Violation> {
            Ok(n % 2 == 1)
        }
    }
    impl Filter for Not {
        #[bounded_recursion(max = 4)]
        fn admits(&self, #[check(range(max = 9))] n: u32) -> Result<bool, Violation> {
            Ok(!self.0.admits(n)?)
        }
    }
    impl<F: Filter> Filter for Both<F> {
        fn admits(&self, #[check(range(max = 9))] n: u32) -> Result<bool, Violation> {
            Ok(self.0.admits(n)? && self.1.admits(n)?)
        }
    }

    pub fn search(
        #[trusted(reason = "the server's own")] filter: &dyn Filter,
        #[check(range(max = 9))] n: u32,
    ) -> Result<bool, Violation> {
        filter.admits(n)
    }
}

#[zero_trust(strict)]
pub mod opcodes {
    use portcullis::Violation;

    type Operation = fn(&[u8]) -> Result<usize, Violation>;

    static TABLE: [Operation; 2] = [literal, nested];

    pub fn run(#[check(length(min = 1, max = 9))] code: &[u8]) -> Result<usize, Violation> {
        TABLE[usize::from(code[0] & 1)](&code[1..])
    }

    fn literal(#[check(length(max = 9))] code: &[u8]) -> Result<usize, Violation> {
        Ok(code.len())
    }

    #[portcullis::allow(recursion, reason = "each step takes a byte away")]
    fn nested(#[check(length(max = 9))] code: &[u8]) -> Result<usize, Violation> {
        if code.is_empty() { Ok(0) } else { run(code) }
    }
}

fn main() {
    use filters::{Both, Filter, Not, Odd};
    assert!(filters::search(&Not(Box::new(Not(Box::new(Odd)))), 3).unwrap());
    assert!(Both(Odd, Odd).admits(3).unwrap());
    let deep = (0..9).fold(Box::new(Odd) as Box<dyn Filter>, |inner, _| Box::new(Not(inner)));
    assert_eq!(deep.admits(3).unwrap_err().code(), "recursion.depth");
    assert_eq!(opcodes::run(&[1, 1, 0, 7]).unwrap(), 1);
}

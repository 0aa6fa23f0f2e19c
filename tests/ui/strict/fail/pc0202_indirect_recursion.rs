use portcullis::zero_trust;

#[zero_trust(strict)]
mod filters {
    use portcullis::Violation;

    pub trait Filter {
        fn admits(&self, n: u32) -> Result<bool, Violation>;
    }
    pub struct Not(pub Box<dyn Filter + Send>);
    pub struct Both(pub Box<dyn Filter + Send>, pub Box<dyn Filter + Send>);

    impl Filter for Not {
        fn admits(&self, #[check(range(max = 9))] n: u32) -> Result<bool, Violation> {
            Ok(!self.0.admits(n)?)
        }
    }
    impl Filter for Both {
        fn admits(&self, #[check(range(max = 9))] n: u32) -> Result<bool, Violation> {
            Ok(self.0.admits(n)? && self.1.admits(n)?)
        }
    }
}

#[zero_trust(strict)]
mod opcodes {
    use portcullis::Violation;

    type Operation = fn(&[u8]) -> Result<usize, Violation>;

    static TABLE: [Operation; 2] = [literal, nested];

    pub fn run(#[check(length(min = 1, max = 9))] code: &[u8]) -> Result<usize, Violation> {
        TABLE[usize::from(code[0] & 1)](&code[1..])
    }

    fn literal(#[check(length(max = 9))] code: &[u8]) -> Result<usize, Violation> {
        Ok(code.len())
    }

    fn nested(#[check(length(max = 9))] code: &[u8]) -> Result<usize, Violation> {
        run(code)
    }
}

fn main() {
    use filters::Filter;
    let filter = |of| filters::Not(of).admits(1);
    let _ = (filter, filters::Both);
    let _ = opcodes::run(&[0]);
}

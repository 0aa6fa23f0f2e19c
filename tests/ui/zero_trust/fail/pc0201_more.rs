//! Cycles through methods, traits, functions that are left out and functions inside functions; and what a bound leaves over.

use portcullis::{Violation, zero_trust};

struct Pool {
    bank: Bank,
}
struct Bank;

#[zero_trust]
mod methods {
    use super::{Bank, Pool, Violation, zero_trust};

    impl Pool {
        pub fn idle(&self) -> Result<u32, Violation> {
            Bank::settle(&self.bank, self)
        }
    }
    impl Bank {
        #[zero_trust(skip, reason = "called by the pool alone")]
        pub fn settle(&self, pool: &Pool) -> Result<u32, Violation> {
            pool.idle()
        }
    }
}

#[zero_trust]
mod traits {
    use super::Violation;

    pub trait Step {
        fn step(&self) -> Result<u32, Violation> {
            self.walk()
        }
        fn walk(&self) -> Result<u32, Violation>;
    }
    pub struct Left;
    pub struct Right;
    impl Step for Left {
        fn walk(&self) -> Result<u32, Violation> {
            self.step()
        }
    }
    impl Step for Right {
        fn walk(&self) -> Result<u32, Violation> {
            Ok(1)
        }
    }
}

#[zero_trust]
mod nested {
    use super::Violation;

    pub fn outer() -> Result<u32, Violation> {
        fn down(n: u32) -> u32 {
            if n == 0 { 0 } else { down(n - 1) }
        }
        Ok(down(9))
    }
}

#[zero_trust]
mod beside_a_bound {
    use super::Violation;
    use portcullis::bounded_recursion;

    #[bounded_recursion(max = 8)]
    pub fn a() -> Result<u32, Violation> {
        b()
    }
    fn b() -> Result<u32, Violation> {
        if a()? == 0 { c() } else { b() }
    }
    fn c() -> Result<u32, Violation> {
        b()
    }
}

#[zero_trust]
mod futures {
    use self::again as once_more;
    use super::Violation;

    // A future has its bound by default only where it names itself.
    pub fn again() -> std::pin::Pin<Box<dyn Future<Output = Result<u32, Violation>>>> {
        Box::pin(async move { once_more().await })
    }
}

fn main() {
    use traits::Step as _;
    let _ = (Pool { bank: Bank }.idle(), traits::Left.step(), traits::Right.step(), nested::outer(), beside_a_bound::a());
    let _ = futures::again();
}

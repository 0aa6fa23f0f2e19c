//! The attributes in edition 2015, where a crate is named by `extern crate` and paths begin at the crate's root.

extern crate portcullis;

#[cfg(test)]
#[path = "../../blocks.rs"]
mod blocks;

#[cfg(test)]
#[path = "../../allocation.rs"]
mod allocation;

#[cfg(test)]
#[path = "../../indexing.rs"]
mod indexing;

#[cfg(test)]
#[path = "../../judged.rs"]
mod judged;

#[cfg(test)]
#[path = "../../observe.rs"]
mod observe;

#[cfg(test)]
#[path = "../../routes.rs"]
mod routes;

#[cfg(test)]
mod tests {
    use portcullis::{
        bounded_recursion, bounded_steps, checked_arithmetic, deadline, shed_load, zero_trust, Violation,
    };

    #[checked_arithmetic]
    fn total(v: &[u8], by: u8) -> Result<u8, Violation> {
        let mut total = 0;
        for x in v {
            total += x;
        }
        Ok(total * by - 1)
    }

    // Limit: a function that uses a later keyword as a name, such as `async`, is beyond the parser of the macros.
    #[checked_arithmetic(or(return gen))]
    fn the_newest_keyword(gen: u8) -> u8 {
        let next = gen + 1;
        assert!(next - 1 == gen);
        next * 2
    }

    #[bounded_recursion(max = 3)]
    fn down(n: u32) -> Result<u32, Violation> {
        if n == 0 {
            return Ok(0);
        }
        Ok(down(n - 1)? + 1)
    }

    #[bounded_steps(max = 4)]
    #[deadline("1h")]
    fn count(n: u32) -> Result<u32, Violation> {
        let mut counted = 0;
        let mut each = || {
            while counted < n {
                counted += 1;
            }
        };
        each();
        Ok(counted)
    }

    #[test]
    fn steps() {
        assert_eq!(count(4).unwrap(), 4);
        assert_eq!(count(5).unwrap_err().code(), "steps");
    }

    #[zero_trust]
    fn handler(#[check(range(min = 1, max = 60))] secs: i32) -> Result<i32, Violation> {
        Ok([secs].iter().map(|x| x * 100_000_000).sum())
    }

    #[shed_load(memory = "85%")]
    fn admitted(by: u8) -> Result<u8, Violation> {
        Ok(by)
    }

    #[shed_load(memory = "16MiB", priority = probe)]
    fn probe() -> u8 {
        2
    }

    #[test]
    fn load() {
        assert_eq!((admitted(1).unwrap(), probe()), (1, 2));
    }

    #[test]
    fn arithmetic() {
        assert_eq!(total(&[1, 2], 3).unwrap(), 8);
        assert_eq!(total(&[200, 100], 1).unwrap_err().internal().operator(), Some("+="));
        assert_eq!(total(&[], 1).unwrap_err().internal().operator(), Some("-"));
        assert_eq!((the_newest_keyword(1), the_newest_keyword(255), the_newest_keyword(200)), (4, 255, 200));
    }

    #[test]
    fn recursion() {
        assert_eq!(down(2).unwrap(), 2);
        assert_eq!(down(3).unwrap_err().code(), "recursion.depth");
        assert_eq!(down(2).unwrap(), 2);
    }

    #[test]
    fn everything() {
        assert_eq!(handler(2).unwrap(), 200_000_000);
        assert_eq!(handler(0).unwrap_err().code(), "input.range");
        assert_eq!(handler(60).unwrap_err().code(), "arithmetic.overflow");
    }
}

//! All mistakes of a block in one build, and each once.

use portcullis::zero_trust;

#[zero_trust(or(explode), bounded_recursion(max = 0), nonsense)]
mod handlers {
    use portcullis::Violation;

    pub fn one(secs: i32) -> Result<i32, Violation> {
        Ok(secs)
    }
    pub fn two(secs: i32) -> Result<i32, Violation> {
        Ok(secs)
    }
    pub const fn three() -> Result<u8, Violation> {
        Ok(3)
    }
    #[zero_trust(skip)]
    pub fn four(secs: i32) -> i32 {
        secs
    }
    #[zero_trust(skip, casts = on, reason = "a helper of ours")]
    pub fn five(secs: i32) -> i32 {
        secs
    }
    use super::zero_trust;
}

fn main() {
    let _ = (handlers::one(1), handlers::two(2), handlers::three(), handlers::four(4), handlers::five(5));
}

//! What would overflow the compiler's stack.

macro_rules! deep {
    ([] $($code:tt)*) => {
        #[portcullis::zero_trust]
        fn handler() -> Result<u8, portcullis::Violation> {
            Ok($($code)*)
        }
    };
    ([x $($rest:tt)*] $($code:tt)*) => { deep!([$($rest)*] (((((((((($($code)*))))))))))); };
}
deep!([x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x x] 1);

fn main() {
    let _ = handler();
}

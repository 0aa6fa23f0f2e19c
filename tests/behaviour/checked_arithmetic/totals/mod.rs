//! `sum` and `product`: refused when the total does not fit, and only then.

/// The same function twice: as it is, and under the attribute, which refuses.
macro_rules! total_twin {
    (fn $plain:ident, $protected:ident ($($parameters:tt)*) -> $gives:ty $body:block) => {
        fn $plain($($parameters)*) -> $gives $body

        #[portcullis::checked_arithmetic]
        fn $protected($($parameters)*) -> Result<$gives, portcullis::Violation> {
            Ok($body)
        }
    };
}

mod inferred;
mod integers;
mod iterators;
mod other_types;
mod policies;

//! Protected functions, run.

/// The same function twice: as it is, and under the attribute, which panics where it refuses.
macro_rules! twin_under {
    ($protection:ident; $(#[$attribute:meta])* fn $plain:ident, $protected:ident $($rest:tt)*) => {
        $(#[$attribute])*
        fn $plain $($rest)*

        #[portcullis::$protection(or(panic))]
        $(#[$attribute])*
        fn $protected $($rest)*
    };
    ($protection:ident; async fn $plain:ident, $protected:ident $($rest:tt)*) => {
        async fn $plain $($rest)*

        #[portcullis::$protection(or(panic))]
        async fn $protected $($rest)*
    };
}

mod bounded_allocation;
mod bounded_concurrency;
mod bounded_recursion;
mod bounded_steps;
mod catch_panic;
mod checked_arithmetic;
mod checked_indexing;
mod common;
mod covered;
mod deadline;
mod early_return;
mod leaks;
mod observe;
mod shed_load;
mod soak;
mod stacking;
mod take_apart;
mod validated_input;
mod violation;
mod zero_trust;

//! Protected functions, run.

mod checked_arithmetic;

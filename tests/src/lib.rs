//! Unpublished: the tests of `portcullis`, one binary a kind. `behaviour` runs protected functions. The program
//! `mutants` shows that those tests notice when a check is taken out of the runtime; `stacks` is what `behaviour` has die of an
//! attack.

//! What the compiler says to a mistake, and what it must not say anything to.
//!
//! The texts are those of the toolchain that CI has; `TRYBUILD=overwrite cargo test -p portcullis-tests --test ui` writes
//! them anew.

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/*/fail/*.rs");
    cases.pass("ui/*/pass/*.rs");
}

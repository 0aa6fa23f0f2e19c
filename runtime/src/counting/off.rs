//! What stands for `counting` without the feature `alloc-count`: nothing is counted, and `allocation_budget` does not compile.

use core::convert::Infallible;

use crate::Violation;
use crate::depth::limit::Limit;
use crate::request::{Handler, InRequest};

/// For `counting::Gross`.
#[derive(Debug)]
pub(crate) struct Gross;

impl Gross {
    pub(crate) const fn new() -> Self {
        Self
    }
}

/// For `counting::settle`.
#[inline]
pub(crate) fn settle(_: Option<&'static Handler>) {}

#[allow(clippy::unused_self, reason = "as the original")]
pub(crate) mod account {
    use super::{Handler, InRequest, Infallible, Limit, Violation};

    /// For `account::look`.
    #[inline]
    #[expect(clippy::unnecessary_wraps, reason = "as the original")]
    pub(crate) fn look() -> Result<(), Violation> {
        Ok(())
    }

    /// For `account::Bytes`.
    #[derive(Debug)]
    pub(crate) struct Bytes;

    /// For `account::Outer`.
    #[derive(Debug)]
    pub(crate) struct Outer;

    impl Bytes {
        pub(crate) const fn new() -> Self {
            Self
        }

        #[inline]
        pub(crate) const fn observed(_: u64) -> Self {
            Self
        }

        #[inline]
        pub(crate) const fn overspent(&self) -> Option<Violation> {
            None
        }

        pub(crate) fn carried() -> Self {
            Self
        }

        #[inline]
        pub(crate) fn join(&mut self) {}

        #[inline]
        pub(crate) fn enter(&mut self, _: Option<&'static Handler>) -> Outer {
            Outer
        }

        #[inline]
        pub(crate) fn leave(&mut self, _: &mut Outer, _: Option<&'static Handler>) {}
    }

    /// For `account::Budget`.
    #[derive(Debug)]
    #[must_use]
    pub struct Budget(Infallible);

    impl Budget {
        /// Never runs.
        pub fn enter(_: impl Limit) -> Self {
            crate::refusal::never()
        }
    }

    /// For `account::budgeted`. Never runs.
    pub fn budgeted<F>(_: impl Limit, request: InRequest<F>) -> InRequest<F> {
        request
    }
}

//! Finding what can be validated in a parameter whose type the macro knows only by name.
//!
//! The levels are tried in turn, each with one auto-reference more than the one before: the value is `Covered`; it is a
//! list of what is `Validate`; it is `Validate`; it holds such a value; and last the level that never compiles, and whose words the user reads.
//! So an unknown type fails closed.

#[cfg(feature = "validator")]
use alloc::collections::{BTreeSet, LinkedList, VecDeque};
#[cfg(feature = "validator")]
use alloc::vec::Vec;
#[cfg(feature = "alloc")]
use alloc::{
    borrow::{Cow, ToOwned},
    boxed::Box,
    rc::Rc,
    sync::Arc,
};
#[cfg(feature = "validator")]
use std::collections::HashSet;

#[cfg(feature = "validator")]
use validator::Validate;

#[cfg(feature = "validator")]
use super::Covered;
use super::Input;

/// A parameter, by reference. Generated code calls `(&&&&&Probe(&value)).__portcullis_check(..)`.
#[derive(Debug)]
pub struct Probe<'a, T: ?Sized>(pub &'a T);

/// First: the value, by the walk that is bounded.
pub trait ByCovered {
    #[doc(hidden)]
    fn __portcullis_check(&self, input: &mut Input, path: &'static str);
    #[doc(hidden)]
    #[inline]
    fn __portcullis_observe(&self, input: &mut Input, path: &'static str) {
        self.__portcullis_check(input, path);
    }
}

#[cfg(feature = "validator")]
impl<T: Covered + ?Sized> ByCovered for &&&&Probe<'_, T> {
    #[inline]
    fn __portcullis_check(&self, input: &mut Input, path: &'static str) {
        input.covered(path, self.0);
    }
}

/// Second: a list, whose elements are looked at one by one. `validator` would look at them all, and keep each as it is, before
/// anyone could say that it is enough.
pub trait ByList {
    #[doc(hidden)]
    fn __portcullis_check(&self, input: &mut Input, path: &'static str);
    #[doc(hidden)]
    #[inline]
    fn __portcullis_observe(&self, input: &mut Input, path: &'static str) {
        self.__portcullis_check(input, path);
    }
}

#[cfg(feature = "validator")]
macro_rules! list {
    ($($list:ty, $item:ident $(, $size:ident)?;)*) => {$(
        impl<$item: Validate $(, const $size: usize)?> ByList for &&&Probe<'_, $list> {
            #[inline]
            fn __portcullis_check(&self, input: &mut Input, path: &'static str) {
                input.each(path, self.0, |input, item| input.validated(path, item.validate()));
            }
        }
    )*};
}
#[cfg(feature = "validator")]
list! {
    [T], T;
    [T; N], T, N;
    Vec<T>, T;
    VecDeque<T>, T;
    LinkedList<T>, T;
    BTreeSet<T>, T;
}

#[cfg(feature = "validator")]
impl<T: Validate, S> ByList for &&&Probe<'_, HashSet<T, S>> {
    #[inline]
    fn __portcullis_check(&self, input: &mut Input, path: &'static str) {
        // In no order that anyone could tell apart.
        input.each(path, self.0, |input, item| input.validated(path, item.validate()));
    }
}

/// Third: the value.
pub trait ByValidate {
    #[doc(hidden)]
    fn __portcullis_check(&self, input: &mut Input, path: &'static str);
    #[doc(hidden)]
    #[inline]
    fn __portcullis_observe(&self, input: &mut Input, path: &'static str) {
        self.__portcullis_check(input, path);
    }
}

#[cfg(feature = "validator")]
impl<T: Validate + ?Sized> ByValidate for &&Probe<'_, T> {
    #[inline]
    fn __portcullis_check(&self, input: &mut Input, path: &'static str) {
        input.validated(path, self.0.validate());
    }
}

/// Fourth: what it holds.
pub trait ByContent<M> {
    #[doc(hidden)]
    fn __portcullis_check(&self, input: &mut Input, path: &'static str);
    #[doc(hidden)]
    #[inline]
    fn __portcullis_observe(&self, input: &mut Input, path: &'static str) {
        self.__portcullis_check(input, path);
    }
}

impl<T: Content<M> + ?Sized, M> ByContent<M> for &Probe<'_, T> {
    #[inline]
    fn __portcullis_check(&self, input: &mut Input, path: &'static str) {
        self.0.check(input, path);
    }
}

/// Last: nothing that we know how to check.
pub trait ByNothing<T: ?Sized> {
    #[doc(hidden)]
    fn __portcullis_check(&self, input: &mut Input, path: &'static str)
    where
        T: Validated;
    /// Whoever only observes passes it over.
    #[doc(hidden)]
    #[inline]
    fn __portcullis_observe(&self, _: &mut Input, _: &'static str) {}
}

impl<T: ?Sized> ByNothing<T> for Probe<'_, T> {
    fn __portcullis_check(&self, _: &mut Input, _: &'static str)
    where
        T: Validated,
    {
    }
}

/// Implemented by nothing: the bound that an unknown parameter type fails.
#[diagnostic::on_unimplemented(
    message = "[PC0102] a parameter of type `{Self}` is not validated",
    label = "the client chose this value, and nothing checks it",
    note = "derive `portcullis::validator::Validate` for the type, or write a\n\
            rule before the parameter: `#[check(custom = path)]`",
    note = "rules on a pattern stand under the name that it binds:\n\
            `#[check(name(range(min = 1, max = 100)))]`",
    note = "what a type of its own holds is found by a step:\n\
            `#[check(via = get_ref)]`, `#[check(field = payload)]`; a context\n\
            is given by `#[check(args = ..)]`",
    note = "what is not there yet (a stream, a body, a socket) is trusted, and\n\
            checked as it is pulled: `portcullis::checked_items`,\n\
            `portcullis::checked_bytes`, with the feature `stream`",
    note = "if no client controls the value, say so before the parameter:\n\
            `#[trusted(reason = \"..\")]`",
    note = "if an attribute above has put this type in the place of yours,\n\
            `#[zero_trust]` goes above it",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0102/"
)]
pub trait Validated {}

/// A std container with validated content. The marker `M` says through what, so that the impls cannot overlap. `Deref` in
/// general is not among them: a foreign type may have more fields than the one that it lends.
pub trait Content<M> {
    #[doc(hidden)]
    fn check(&self, input: &mut Input, path: &'static str);
}

/// Marker: the value itself is `Validate`.
#[cfg(feature = "validator")]
#[derive(Debug)]
pub struct Itself;

/// Marker: what it holds is content by `M`.
#[derive(Debug)]
pub struct Within<M>(M);

#[cfg(feature = "validator")]
impl<T: Validate> Content<Itself> for T {
    fn check(&self, input: &mut Input, path: &'static str) {
        input.validated(path, self.validate());
    }
}

impl<T: Content<M>, M> Content<Within<M>> for Option<T> {
    fn check(&self, input: &mut Input, path: &'static str) {
        if let Some(content) = self {
            content.check(input, path);
        }
    }
}

impl<T: Content<M>, E, M> Content<Within<M>> for Result<T, E> {
    fn check(&self, input: &mut Input, path: &'static str) {
        if let Ok(content) = self {
            content.check(input, path);
        }
    }
}

#[cfg(feature = "alloc")]
macro_rules! pointer {
    ($($pointer:ident)*) => {$(
        impl<T: Content<M> + ?Sized, M> Content<Within<M>> for $pointer<T> {
            fn check(&self, input: &mut Input, path: &'static str) {
                (**self).check(input, path);
            }
        }
    )*};
}
#[cfg(feature = "alloc")]
pointer!(Box Rc Arc);

/// Its message. Its metadata and extensions are looked at where they are used.
///
/// ```
/// use portcullis::validated_input;
/// use portcullis::validator::Validate;
/// use tonic::{Request, Status};
///
/// #[derive(Validate)]
/// #[validate(crate = "portcullis::validator")]
/// pub struct Order {}
///
/// #[validated_input]
/// pub fn order(_request: Request<Order>) -> Result<(), Status> {
///     Ok(())
/// }
/// # assert!(order(Request::new(Order {})).is_ok());
/// ```
///
/// Of a stream nothing is there yet:
///
/// ```compile_fail,E0277
/// use portcullis::validated_input;
/// use portcullis::validator::Validate;
/// use tonic::{Request, Status, Streaming};
///
/// #[derive(Validate)]
/// #[validate(crate = "portcullis::validator")]
/// pub struct Order {}
///
/// #[validated_input]
/// pub fn order(_request: Request<Streaming<Order>>) -> Result<(), Status> {
///     Ok(())
/// }
/// ```
#[cfg(feature = "tonic")]
impl<T: Content<M>, M> Content<Within<M>> for tonic::Request<T> {
    fn check(&self, input: &mut Input, path: &'static str) {
        self.get_ref().check(input, path);
    }
}

#[cfg(feature = "alloc")]
impl<T: Content<M> + ToOwned + ?Sized, M> Content<Within<M>> for Cow<'_, T> {
    fn check(&self, input: &mut Input, path: &'static str) {
        (**self).check(input, path);
    }
}

macro_rules! tuple {
    ($($item:ident $marker:ident $index:tt),*) => {
        impl<$($item: Content<$marker>, $marker),*> Content<($($marker,)*)> for ($($item,)*) {
            fn check(&self, input: &mut Input, path: &'static str) {
                $(self.$index.check(input, path);)*
            }
        }
    };
}
tuple!(A M 0);
tuple!(A M 0, B N 1);
tuple!(A M 0, B N 1, C O 2);
tuple!(A M 0, B N 1, C O 2, D P 3);
tuple!(A M 0, B N 1, C O 2, D P 3, E Q 4);
tuple!(A M 0, B N 1, C O 2, D P 3, E Q 4, F R 5);

/// What a method returned, by reference: `via = get_ref`.
pub trait Lend {
    #[doc(hidden)]
    fn __portcullis_lend(&self) -> &Self;
}

impl<T: ?Sized> Lend for T {
    #[inline]
    fn __portcullis_lend(&self) -> &Self {
        self
    }
}

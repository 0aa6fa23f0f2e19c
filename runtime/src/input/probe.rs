//! Finding what can be validated in a parameter whose type the macro knows only by name.
//!
//! The levels are tried in turn, each with one auto-reference more than the one before: the value is `Covered`; it is `Validate`; a
//! reference to it is (this is how validator covers maps); it holds such a value; and last the level that never compiles,
//! and whose words the user reads. So an unknown type fails closed.

#[cfg(feature = "validator")]
use alloc::collections::BTreeMap;
#[cfg(feature = "alloc")]
use alloc::{boxed::Box, rc::Rc, sync::Arc};
#[cfg(feature = "validator")]
use std::collections::HashMap;

#[cfg(feature = "validator")]
use validator::Validate;

#[cfg(feature = "validator")]
use super::Covered;
use super::Input;

/// A parameter, by reference. Generated code calls `(&&&&Probe(&value)).__portcullis_check(..)`.
#[derive(Debug)]
pub struct Probe<'a, T: ?Sized>(pub &'a T);

/// First: the value, by the walk that is bounded.
pub trait ByCovered {
    #[doc(hidden)]
    fn __portcullis_check(&self, input: &mut Input, path: &'static str);
}

#[cfg(feature = "validator")]
impl<T: Covered + ?Sized> ByCovered for &&&Probe<'_, T> {
    #[inline]
    fn __portcullis_check(&self, input: &mut Input, path: &'static str) {
        input.covered(path, self.0);
    }
}

/// Second: the value, as `validator` has it.
pub trait ByValidate {
    #[doc(hidden)]
    fn __portcullis_check(&self, input: &mut Input, path: &'static str);
}

#[cfg(feature = "validator")]
impl<T: Validate + ?Sized> ByValidate for &&Probe<'_, T> {
    #[inline]
    fn __portcullis_check(&self, input: &mut Input, path: &'static str) {
        input.validated(path, self.0.validate());
    }
}

/// Third: what it holds.
pub trait ByContent<M> {
    #[doc(hidden)]
    fn __portcullis_check(&self, input: &mut Input, path: &'static str);
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
    note = "derive `portcullis::validator::Validate` for the type, or write a rule before the parameter: `#[check(custom = path)]`",
    note = "rules on a pattern stand under the name that it binds: `#[check(name(range(min = 1, max = 100)))]`",
    note = "if no client controls the value, say so before the parameter: `#[trusted(reason = \"..\")]`"
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

/// Marker: a reference to the map is `Validate`.
#[cfg(feature = "validator")]
#[derive(Debug)]
pub struct Map;

/// Marker: what it holds is content by `M`.
#[derive(Debug)]
pub struct Within<M>(M);

#[cfg(feature = "validator")]
impl<T: Validate> Content<Itself> for T {
    fn check(&self, input: &mut Input, path: &'static str) {
        input.validated(path, self.validate());
    }
}

#[cfg(feature = "validator")]
impl<K, V, S> Content<Map> for HashMap<K, V, S>
where
    for<'a> &'a Self: Validate,
{
    fn check(&self, input: &mut Input, path: &'static str) {
        input.validated(path, (&self).validate());
    }
}

#[cfg(feature = "validator")]
impl<K, V> Content<Map> for BTreeMap<K, V>
where
    for<'a> &'a Self: Validate,
{
    fn check(&self, input: &mut Input, path: &'static str) {
        input.validated(path, (&self).validate());
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

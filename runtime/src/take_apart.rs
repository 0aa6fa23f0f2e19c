//! Dropping a deep value without recursing.

#![allow(clippy::needless_for_each, reason = "a `for` over an `Option` has a lint of its own")]

use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BinaryHeap, LinkedList, VecDeque};
use alloc::rc::Rc;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt;
#[cfg(feature = "std")]
use std::collections::HashMap;

/// A value that can hold others of its kind: a node of a tree. [Derive](derive@crate::TakeApart) it, and [`drop_iteratively`] what
/// a client may have made deep.
///
/// Written by hand, `take_apart` moves each part that may be deep to the list, and lets go of the rest:
///
/// ```
/// # #![allow(dead_code)]
/// use portcullis::{Parts, TakeApart, drop_iteratively};
///
/// enum Expr {
///     Number(f64),
///     Sum(Box<Expr>, Box<Expr>),
/// }
///
/// impl TakeApart for Expr {
///     fn take_apart<'a>(self, parts: &mut Parts<'a>)
///     where
///         Self: 'a,
///     {
///         if let Self::Sum(left, right) = self {
///             parts.add(left);
///             parts.add(right);
///         }
///     }
/// }
///
/// let deep = (0..1_000_000).fold(Expr::Number(0.0), |left, _| Expr::Sum(Box::new(left), Box::new(Expr::Number(1.0))));
/// drop_iteratively(deep);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be taken apart",
    note = "`#[derive(portcullis::TakeApart)]` for the type"
)]
pub trait TakeApart: Sized {
    /// Moves the parts that may be deep to the list.
    fn take_apart<'a>(self, parts: &mut Parts<'a>)
    where
        Self: 'a;

    /// Puts the value on the list. A box is its own place there; what has no part needs none.
    #[doc(hidden)]
    fn wait<'a>(self, parts: &mut Parts<'a>)
    where
        Self: 'a,
    {
        parts.0.push(Box::new(self));
    }
}

/// What is still to be taken apart, and dropped. Dropping the list does that.
#[derive(Default)]
pub struct Parts<'a>(Vec<Box<dyn Part + 'a>>);

impl<'a> Parts<'a> {
    /// Adds a part. A `Box` costs two words of the list; another value is boxed, and an `Option` or an array only hands on
    /// what it holds.
    #[inline]
    pub fn add<T: TakeApart + 'a>(&mut self, part: T) {
        part.wait(self);
    }
}

impl fmt::Debug for Parts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts").field("waiting", &self.0.len()).finish()
    }
}

impl Drop for Parts<'_> {
    fn drop(&mut self) {
        /// Goes on where the drop of a part has panicked, as the drop of a `Vec` does.
        struct Rest<'p, 'a>(&'p mut Parts<'a>);
        impl Rest<'_, '_> {
            fn drop_each(&mut self) {
                while let Some(part) = self.0.0.pop() {
                    part.take_apart_boxed(self.0);
                }
            }
        }
        impl Drop for Rest<'_, '_> {
            fn drop(&mut self) {
                self.drop_each();
            }
        }
        Rest(self).drop_each();
    }
}

/// A [`TakeApart`] of any type.
trait Part {
    fn take_apart_boxed<'a>(self: Box<Self>, parts: &mut Parts<'a>)
    where
        Self: 'a;
}

impl<T: TakeApart> Part for T {
    fn take_apart_boxed<'a>(self: Box<Self>, parts: &mut Parts<'a>)
    where
        Self: 'a,
    {
        (*self).take_apart(parts);
    }
}

/// Drops a value of any depth on a stack of any size.
///
/// What was accepted level by level is dropped level by level, by the compiler, and that recursion no attribute bounds: a
/// list of a million boxes overflows a stack of 2 MiB. Here each node is taken apart, its parts wait in a list on the heap, and
/// then it is dropped without them.
///
/// ```
/// use portcullis::{TakeApart, drop_iteratively};
///
/// #[derive(TakeApart)]
/// struct Message {
///     text: String,
///     reply_to: Option<Box<Message>>,
///     quoted: Vec<Message>,
/// }
///
/// let mut message = Message { text: "first".into(), reply_to: None, quoted: Vec::new() };
/// for n in 0..1_000_000 {
///     message = Message { text: n.to_string(), reply_to: Some(Box::new(message)), quoted: Vec::new() };
/// }
/// drop_iteratively(message);
/// ```
///
/// **Cost.** Two words of the list for each part that waits. A part in a `Box` moves no memory; a `Vec` or a map is boxed
/// itself, three words or so, once. Nodes drop from the root on, not in the order in which the compiler drops them.
///
/// # Panics
/// When the drop of a node does; the others are dropped all the same, as in a `Vec`.
pub fn drop_iteratively<T: TakeApart>(value: T) {
    let mut parts = Parts::default();
    value.take_apart(&mut parts);
}

impl<T: TakeApart> TakeApart for Box<T> {
    #[inline]
    fn take_apart<'a>(self, parts: &mut Parts<'a>)
    where
        Self: 'a,
    {
        (*self).take_apart(parts);
    }
    #[inline]
    fn wait<'a>(self, parts: &mut Parts<'a>)
    where
        Self: 'a,
    {
        parts.0.push(self);
    }
}

/// What hands on what it holds, without a place in the list.
macro_rules! hand_on {
    ($([$($generics:tt)*] $holder:ty, $self:ident => $held:expr;)*) => {$(
        impl<$($generics)*> TakeApart for $holder {
            #[inline]
            fn take_apart<'a>($self, parts: &mut Parts<'a>)
            where
                Self: 'a,
            {
                $held.into_iter().for_each(|part| part.take_apart(parts));
            }
            #[inline]
            fn wait<'a>($self, parts: &mut Parts<'a>)
            where
                Self: 'a,
            {
                $held.into_iter().for_each(|part| part.wait(parts));
            }
        }
    )*};
}
hand_on! {
    [T: TakeApart] Option<T>, self => self;
    [T: TakeApart, E] Result<T, E>, self => self;
    [T: TakeApart, const N: usize] [T; N], self => self;
    // Only what nobody else holds.
    [T: TakeApart] Rc<T>, self => Self::into_inner(self);
    [T: TakeApart] Arc<T>, self => Self::into_inner(self);
}

/// What waits as a whole.
macro_rules! collection {
    ($([$($generics:tt)*] $collection:ty, $element:pat => $part:expr;)*) => {$(
        impl<$($generics)*> TakeApart for $collection {
            fn take_apart<'a>(self, parts: &mut Parts<'a>)
            where
                Self: 'a,
            {
                self.into_iter().for_each(|$element| $part.take_apart(parts));
            }
            #[inline]
            fn wait<'a>(self, parts: &mut Parts<'a>)
            where
                Self: 'a,
            {
                if !self.is_empty() {
                    parts.0.push(Box::new(self));
                }
            }
        }
    )*};
}
collection! {
    [T: TakeApart] Vec<T>, element => element;
    [T: TakeApart] VecDeque<T>, element => element;
    [T: TakeApart] LinkedList<T>, element => element;
    [T: TakeApart] BinaryHeap<T>, element => element;
    [K, V: TakeApart] BTreeMap<K, V>, (_, value) => value;
}
#[cfg(feature = "std")]
collection! {
    [K, V: TakeApart, S] HashMap<K, V, S>, (_, value) => value;
}

macro_rules! tuple {
    ($($item:ident $index:tt),*) => {
        impl<$($item: TakeApart),*> TakeApart for ($($item,)*) {
            #[inline]
            fn take_apart<'a>(self, parts: &mut Parts<'a>)
            where
                Self: 'a,
            {
                $(self.$index.take_apart(parts);)*
            }
            #[inline]
            fn wait<'a>(self, parts: &mut Parts<'a>)
            where
                Self: 'a,
            {
                $(self.$index.wait(parts);)*
            }
        }
    };
}
tuple!(A 0);
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);

/// A field, in the code of the derive: moved to the list when its type can be taken apart, else dropped.
#[derive(Debug)]
pub struct Field<T>(pub T);

/// First: what can be taken apart.
pub trait ByParts<'a> {
    #[doc(hidden)]
    fn __portcullis_add(self, parts: &mut Parts<'a>);
}

impl<'a, T: TakeApart + 'a> ByParts<'a> for Field<T> {
    #[inline]
    fn __portcullis_add(self, parts: &mut Parts<'a>) {
        parts.add(self.0);
    }
}

/// Last: a leaf.
pub trait ByLeaf {
    #[doc(hidden)]
    #[inline]
    fn __portcullis_add(&self, _: &mut Parts<'_>) {}
}

impl<T> ByLeaf for Field<T> {}

/// A field of a type that is taken apart by its own `Drop`, which sees it by reference: an empty one is left behind.
#[derive(Debug)]
pub struct FieldOf<'f, T>(pub &'f mut T);

/// First: what can be taken apart.
pub trait ByTaken<'a> {
    #[doc(hidden)]
    fn __portcullis_take(self, parts: &mut Parts<'a>);
}

impl<'a, T: TakeApart + Takeable + 'a> ByTaken<'a> for FieldOf<'_, T> {
    #[inline]
    fn __portcullis_take(self, parts: &mut Parts<'a>) {
        parts.add(core::mem::take(self.0));
    }
}

/// Second: what could be taken apart, if something could be left behind. Does not compile, and says so.
pub trait ByUntakeable {
    #[doc(hidden)]
    fn __portcullis_take(&self, _: &mut Parts<'_>)
    where
        Self: Untakeable,
    {
    }
}

impl<T: TakeApart> ByUntakeable for FieldOf<'_, T> {}

/// Last: a leaf.
pub trait ByKeptLeaf {
    #[doc(hidden)]
    #[inline]
    fn __portcullis_take(&mut self, _: &mut Parts<'_>) {}
}

impl<T> ByKeptLeaf for FieldOf<'_, T> {}

/// What an empty one of can be left behind: it has no part then.
pub trait Takeable: Default {}
impl<T> Takeable for Option<T> {}
impl<T> Takeable for Vec<T> {}
impl<T> Takeable for VecDeque<T> {}
impl<T> Takeable for LinkedList<T> {}
impl<T: Ord> Takeable for BinaryHeap<T> {}
impl<K, V> Takeable for BTreeMap<K, V> {}
#[cfg(feature = "std")]
impl<K, V, S: Default> Takeable for HashMap<K, V, S> {}

/// Implemented by nothing.
#[diagnostic::on_unimplemented(
    message = "[PC0206] nothing can be left behind in the place of this part",
    label = "the drop of this type sees its parts by reference",
    note = "hold the part in an `Option`, a `Vec` or a map of `std`, or leave\n\
            `drop` away and call `portcullis::drop_iteratively`",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0206/"
)]
pub trait Untakeable {}

//! Numbers by their names, where only the compiler knows the types: what is no integer gives nothing, and does no harm.

use core::marker::PhantomData;
use core::mem::forget;
use core::ops::Deref;

use super::number::{Integer, Number, Outcome};

/// A value by reference, for a closure that is never called: only what it would return counts.
#[derive(Debug)]
pub struct Named<'a, T: ?Sized>(pub &'a T);

/// It is a primitive integer.
#[derive(Debug)]
pub struct Whole<T>(PhantomData<T>);

/// It has fields with ranges.
#[derive(Debug)]
pub struct Fields<T>(PhantomData<T>);

/// It is something else.
#[derive(Debug)]
pub struct Opaque;

/// First: an integer.
pub trait ByWhole {
    type Found;
    #[doc(hidden)]
    fn __portcullis_whole(&self) -> Self::Found;
}

impl<T: Integer> ByWhole for &Named<'_, T> {
    type Found = Whole<T>;
    fn __portcullis_whole(&self) -> Whole<T> {
        Whole(PhantomData)
    }
}

/// First: what lends another value may have fields of that.
pub trait ByPointer {
    #[doc(hidden)]
    fn __portcullis_fields(&self) -> Opaque;
}

impl<T: Deref + ?Sized> ByPointer for &&Named<'_, T> {
    fn __portcullis_fields(&self) -> Opaque {
        Opaque
    }
}

/// Second: a type that is covered.
pub trait ByBounded {
    type Found;
    #[doc(hidden)]
    fn __portcullis_fields(&self) -> Self::Found;
}

impl<T: Bounded> ByBounded for &Named<'_, T> {
    type Found = Fields<T>;
    fn __portcullis_fields(&self) -> Fields<T> {
        Fields(PhantomData)
    }
}

/// Last: nothing that is known.
pub trait ByOtherwise {
    #[doc(hidden)]
    fn __portcullis_whole(&self) -> Opaque;
    #[doc(hidden)]
    fn __portcullis_fields(&self) -> Opaque;
}

impl<T: ?Sized> ByOtherwise for Named<'_, T> {
    fn __portcullis_whole(&self) -> Opaque {
        Opaque
    }
    fn __portcullis_fields(&self) -> Opaque {
        Opaque
    }
}

/// A field with its bounds.
pub type Field = (&'static str, Bounds);

/// The bounds of its fields, in so far as each value between them is admitted. `portcullis::Covered` implements it.
pub trait Bounded {
    const FIELDS: &'static [Field];
}

/// What a type has of fields with ranges.
pub trait HasFields {
    const FIELDS: &'static [Field];
}

impl<T: Bounded> HasFields for Fields<T> {
    const FIELDS: &'static [Field] = T::FIELDS;
}

impl HasFields for Opaque {
    const FIELDS: &'static [Field] = &[];
}

/// What a number comes through that has the type of a constant.
#[derive(Debug)]
pub struct Slot<T>(PhantomData<T>);

/// By what the closure would find.
#[must_use]
pub const fn slot<T, F: Fn() -> T>(_: &F) -> Slot<T> {
    Slot(PhantomData)
}

impl Slot<Opaque> {
    /// Its destructor is not for the compiler to run.
    #[must_use]
    pub const fn number<V>(&self, value: V) -> Option<Number> {
        forget(value);
        None
    }
}

/// The bounds of a value, each of which is admitted with all between them. `None` where one is not known.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    low: Option<Number>,
    high: Option<Number>,
}

impl Bounds {
    /// Between two numbers of the type, which may be left out themselves.
    #[must_use]
    pub const fn between(low: Option<Number>, above: bool, high: Option<Number>, below: bool) -> Self {
        Self { low: moved(low, above as i128), high: moved(high, -(below as i128)) }
    }

    const UNKNOWN: Self = Self { low: None, high: None };

    /// The largest value, the least, or zero between them. One that the type of the field does not hold is none.
    pub(super) const fn value(self, nth: usize) -> Outcome {
        let (Some(low), Some(high)) = (self.low, self.high) else { return Outcome::Unknown };
        let value = match nth {
            0 => high.high,
            1 => low.low,
            _ => 0,
        };
        let ty = match (low.ty, high.ty) {
            (Some(ty), Some(other)) if ty.is(other) => ty,
            _ => return Outcome::Unknown,
        };
        if low.low <= value && value <= high.high && ty.holds(value, value) {
            Outcome::Holds(Number { ty: Some(ty), low: value, high: value })
        } else {
            Outcome::Unknown
        }
    }
}

const fn moved(number: Option<Number>, by: i128) -> Option<Number> {
    match number {
        Some(Number { ty, low, high }) => {
            Some(Number { ty, low: low.saturating_add(by), high: high.saturating_add(by) })
        }
        None => None,
    }
}

/// The fields of what the closure would find.
#[must_use]
pub const fn fields<T: HasFields, F: Fn() -> T>(_: &F) -> &'static [Field] {
    T::FIELDS
}

/// The bounds of one of them.
#[must_use]
pub const fn bounds(fields: &[Field], name: &str) -> Bounds {
    let mut at = 0;
    while at < fields.len() {
        let (own, bounds) = fields[at];
        if is(own.as_bytes(), name.as_bytes()) {
            return bounds;
        }
        at += 1;
    }
    Bounds::UNKNOWN
}

const fn is(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    one.len() == other.len()
}

/// A value of the type, in a closure that is never called.
#[must_use]
pub fn none<T>() -> T {
    unreachable!("no one calls it")
}

/// Holds what the compiler is to look at, and nobody runs.
#[inline(always)]
pub fn unasked<T>(_: T) {}

//! Types that are known only when the program is compiled to code: what stands for a type parameter, and what an iterator gives
//! that nobody has named. No trait can choose by them, so they are asked for by their ids.

#![allow(unsafe_code, reason = "types that hold a lifetime have no `TypeId` of their own")]

use core::any::{self, TypeId};
use core::marker::PhantomData;
use core::{mem, ptr};

/// The type's id, where each lifetime in it is taken for `'static`.
#[inline]
pub(crate) fn id<T>() -> TypeId {
    trait Named {
        fn id(&self) -> TypeId
        where
            Self: 'static;
    }
    impl<T> Named for PhantomData<T> {
        #[inline]
        fn id(&self) -> TypeId
        where
            Self: 'static,
        {
            TypeId::of::<T>()
        }
    }
    let named = PhantomData::<T>;
    // SAFETY: only a lifetime is changed, of a reference to a value without content, which is not kept: `id` gives a number.
    let named = unsafe { mem::transmute::<&dyn Named, &(dyn Named + 'static)>(&named) };
    named.id()
}

/// A type without lifetimes, any value of which may be copied.
pub(crate) trait Plain: Copy + 'static {}

/// Whether `T` may be `N` or a reference to one. What this rules out is not compiled to code.
pub(crate) const fn may_be<T, N: Plain>() -> bool {
    let alike = size_of::<T>() == size_of::<N>() && align_of::<T>() == align_of::<N>();
    let refers = size_of::<T>() == size_of::<&N>() && align_of::<T>() == align_of::<&N>();
    !mem::needs_drop::<T>() && (alike || refers)
}

/// The type's name, without the `&` of a reference: a hint, for which a build without optimisation need not compare ids. Its form
/// is no promise of the language; the tests of this module miss it when it changes.
#[inline]
pub(crate) fn name<T>() -> &'static str {
    let name = any::type_name::<T>();
    match name.as_bytes() {
        [b'&', ..] => name.split_at(1).1,
        _ => name,
    }
}

/// The value, where `T` is `N` or a reference to one.
#[inline]
pub(crate) fn read<T, N: Plain>(value: &T) -> Option<N> {
    let id = id::<T>();
    if id == TypeId::of::<N>() {
        // SAFETY: `T` is `N`: it has no lifetime in which they could differ.
        Some(unsafe { *ptr::from_ref(value).cast::<N>() })
    } else if id == TypeId::of::<&'static N>() {
        // SAFETY: `T` is `&N` for a lifetime that is longer than that of `value`; the reference is followed and not kept.
        Some(unsafe { **ptr::from_ref(value).cast::<&N>() })
    } else {
        None
    }
}

/// A place for an `N`, where `T` is one.
#[inline]
pub(crate) fn place<T, N: Plain>(place: &mut T) -> Option<&mut N> {
    // SAFETY: `T` is `N`: it has no lifetime in which they could differ.
    (id::<T>() == TypeId::of::<N>()).then(|| unsafe { &mut *ptr::from_mut(place).cast::<N>() })
}

/// The value as a `T`, where that is `N`.
#[inline]
pub(crate) fn made<T, N: Plain>(value: N) -> Option<T> {
    // SAFETY: `T` is `N`, which is copied.
    (id::<T>() == TypeId::of::<N>()).then(|| unsafe { mem::transmute_copy::<N, T>(&value) })
}

#[cfg(test)]
mod tests {
    use super::{id, made, may_be, name, place, read};

    #[test]
    fn a_type_is_told_from_one_of_the_same_size() {
        let number = 7_u32;
        assert_eq!((read::<u32, u32>(&number), read::<u32, i32>(&number)), (Some(7), None));
        assert_eq!((read::<&u32, u32>(&&number), read::<&&u32, u32>(&&&number)), (Some(7), None));
        assert_eq!(read::<&mut u32, u32>(&&mut 7), None);
        assert_eq!((made::<u32, u32>(number), made::<f32, u32>(number)), (Some(7), None));
        let mut changed = 1_i64;
        if let Some(place) = place::<i64, i64>(&mut changed) {
            *place = 9;
        }
        assert!(place::<i64, u64>(&mut changed).is_none());
        assert_eq!(changed, 9);
    }

    #[test]
    fn a_name_is_that_of_the_number() {
        macro_rules! each {
            ($($int:ident)*) => {$(
                assert_eq!((name::<$int>(), name::<&$int>()), (stringify!($int), stringify!($int)));
            )*};
        }
        each!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);
    }

    #[test]
    fn lifetimes_are_none_of_the_type() {
        fn same<'a>(text: &'a str) -> bool {
            id::<&'a str>() == id::<&'static str>() && !text.is_empty()
        }
        let text = ["a"; 1];
        assert!(same(text[0]));
        assert_ne!(id::<&str>(), id::<&mut str>());
    }

    #[test]
    fn what_is_dropped_or_larger_is_ruled_out() {
        assert!(may_be::<u32, u32>() && may_be::<&u8, u8>() && may_be::<f32, i32>());
        assert!(!may_be::<[u8; 24], u64>() && !may_be::<u8, u16>() && !may_be::<[u8; 4], u32>());
        #[cfg(feature = "alloc")]
        assert!(!may_be::<alloc::boxed::Box<u64>, u64>());
    }
}

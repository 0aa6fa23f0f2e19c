//! A type that contains itself, validated under a bound.

use core::ops::{Deref, DerefMut};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use validator::{Validate, ValidationError, ValidationErrors};

use crate::depth::Depth;
use crate::{Parts, TakeApart};

crate::recursion_group!(
    /// Of all levels of all types.
    pub(super) LEVELS
);

/// One level of a type that contains itself: validation goes at most `MAX` of them deep.
///
/// `validate()`, as `validator` derives it, goes as deep as the value does, and a value of a million levels overflows the
/// stack before a handler has seen it. No attribute on the handler can bound that from outside; this type does it from
/// inside, wherever it stands between the levels:
///
/// ```
/// use portcullis::validator::Validate;
/// use portcullis::{Level, Violation, validated_input};
///
/// #[derive(Validate)]
/// #[validate(crate = "portcullis::validator")]
/// struct Comment {
///     #[validate(length(max = 500))]
///     text: String,
///     #[validate(nested)]
///     answers: Vec<Level<Comment, 16>>,
/// }
///
/// #[validated_input]
/// fn post(comment: Comment) -> Result<(), Violation> {
///     Ok(())
/// }
///
/// let nested = |levels| {
///     (1..levels).fold(Comment { text: "first".into(), answers: vec![] }, |inner, _| Comment {
///         text: "again".into(),
///         answers: vec![inner.into()],
///     })
/// };
/// assert!(post(nested(17)).is_ok());
/// assert_eq!(post(nested(18)).unwrap_err().code(), "input.depth");
/// ```
///
/// It is serialised and deserialised as what it holds, so it changes nothing for the client. The bound is on validation:
/// that of the parser is its own (`serde_json` stops at 128), and a value that was accepted deeper than the stack is for
/// [`drop_iteratively`](crate::drop_iteratively).
///
/// **Cost.** The value itself, and for its validation one thread-local count. The levels of all types that validate each
/// other are counted together. Needs the feature `validator`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level<T, const MAX: u32 = 64>(T);

impl<T, const MAX: u32> Level<T, MAX> {
    /// The value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T, const MAX: u32> From<T> for Level<T, MAX> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T, const MAX: u32> Deref for Level<T, MAX> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T, const MAX: u32> DerefMut for Level<T, MAX> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T: Validate, const MAX: u32> Validate for Level<T, MAX> {
    fn validate(&self) -> Result<(), ValidationErrors> {
        let Ok(_level) = Depth::enter(&LEVELS, MAX) else { return Err(too_deep(MAX)) };
        self.0.validate()
    }
}

#[cold]
fn too_deep(max: u32) -> ValidationErrors {
    let mut error = ValidationError::new("depth");
    error.message = Some(alloc::format!("must not be nested more than {max} deep").into());
    let mut errors = ValidationErrors::new();
    errors.add("__all__", error);
    errors
}

impl<T: Serialize, const MAX: u32> Serialize for Level<T, MAX> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>, const MAX: u32> Deserialize<'de> for Level<T, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

impl<T: TakeApart, const MAX: u32> TakeApart for Level<T, MAX> {
    fn take_apart<'a>(self, parts: &mut Parts<'a>)
    where
        Self: 'a,
    {
        self.0.take_apart(parts);
    }
}

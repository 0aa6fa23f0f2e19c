//! `#[derive(Covered)]`: one walk over the value of a request, bounded in its depth and in what it finds.
//!
//! `validator` returns every error of every element, with the rejected values, from as deep as the value goes. The walk asks
//! the same rules, and keeps a path, a code and words from the bounds.

use alloc::borrow::{Cow, ToOwned as _};
use alloc::boxed::Box;
use alloc::collections::{BTreeMap, BTreeSet, BinaryHeap, LinkedList, VecDeque};
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::fmt::Write as _;
use std::collections::{HashMap, HashSet};

use serde::Serialize;
use validator::{ValidationError, ValidationErrors, ValidationErrorsKind};

use super::level::{LEVELS, Level};
use super::list::ERRORS_LOOKED_AT;
use super::{Input, detail, rules};
use crate::depth::Depth;
use crate::violation::FieldError;
use crate::{RecursionGroup, Violation};

/// A value whose every part has a rule, or a reason to be trusted. Implemented by its derive, and for the pointers and
/// collections of `std` that hold such values; a [`Level`](crate::Level) is one of them.
#[diagnostic::on_unimplemented(
    message = "[PC0122] the type `{Self}` is not covered",
    label = "the client chose this value, and nothing is known to check all of it",
    note = "derive `portcullis::Covered` for the type; for a type of another\n\
            crate write `#[check(custom = path)]` instead of `nested`",
    note = "if no client controls the value, say so before the field:\n\
            `#[trusted(reason = \"..\")]`",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0122/"
)]
pub trait Covered {
    #[doc(hidden)]
    fn __portcullis_cover(&self, at: &At<'_>, found: &mut Found);

    /// Asks every rule of the value, where no attribute does it: `name` is what the paths of the errors begin with.
    ///
    /// ```
    /// use portcullis::Covered;
    ///
    /// #[derive(Covered)]
    /// struct Move {
    ///     #[check(range(max = 51))]
    ///     card: u8,
    /// }
    ///
    /// assert!(Move { card: 51 }.ensure("move").is_ok());
    /// let refused = Move { card: 52 }.ensure("move").unwrap_err();
    /// assert_eq!(refused.to_string(), "the request is refused: input.range: move.card must be at most 51");
    /// ```
    ///
    /// # Errors
    /// `input.*` when any rule was broken.
    #[track_caller]
    fn ensure(&self, name: &'static str) -> Result<(), Violation> {
        let mut input = Input::new();
        input.covered(name, self);
        input.finish()
    }
}

/// Where the walk is: a chain through the frames that led here, which becomes a text only for an error.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    outer: Option<&'a At<'a>>,
    step: Step,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Name(&'static str),
    Index(usize),
    /// An entry of a collection without order. Its key is the client's, and is not repeated.
    Entry,
}

impl<'a> At<'a> {
    #[inline]
    fn root(name: &'static str) -> Self {
        Self { outer: None, step: Step::Name(name) }
    }

    /// A field, by the name that the client knows.
    #[inline]
    #[must_use]
    pub fn field(outer: &'a At<'a>, name: &'static str) -> Self {
        Self { outer: Some(outer), step: Step::Name(name) }
    }

    /// An element, or a field of a tuple.
    #[inline]
    #[must_use]
    pub fn index(outer: &'a At<'a>, index: usize) -> Self {
        Self { outer: Some(outer), step: Step::Index(index) }
    }

    #[inline]
    fn entry(outer: &'a At<'a>) -> Self {
        Self { outer: Some(outer), step: Step::Entry }
    }

    #[cold]
    fn path(&self) -> String {
        let mut steps = Vec::new();
        let mut at = Some(self);
        while let Some(here) = at {
            steps.push(here.step);
            at = here.outer;
        }
        let mut path = String::new();
        for step in steps.iter().rev() {
            match step {
                Step::Name("") => {}
                Step::Name(name) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name);
                }
                Step::Index(index) => _ = write!(path, "[{index}]"),
                Step::Entry => path.push_str("[*]"),
            }
        }
        path
    }
}

/// What the walk has found. Holds no allocation while there is nothing to say, and never a value of the request.
#[derive(Debug, Default)]
pub struct Found {
    errors: Vec<FieldError>,
}

impl Found {
    /// How many errors so far.
    #[inline]
    #[must_use]
    pub fn count(&self) -> usize {
        self.errors.len()
    }

    /// Whether nothing was found since there were `count` errors.
    #[inline]
    #[must_use]
    pub fn is_clean_since(&self, count: usize) -> bool {
        self.errors.len() == count
    }

    /// One level down, if the walk goes on: refused at `max` levels, counted with those of [`Level`].
    #[inline]
    pub fn enter(&mut self, at: &At<'_>, max: u32) -> Option<Depth> {
        if self.is_full() {
            return None;
        }
        let entered = Depth::enter(&LEVELS, max);
        if entered.is_err() {
            self.too_deep(at, max);
        }
        entered.ok()
    }

    #[cold]
    #[inline(never)]
    fn too_deep(&mut self, at: &At<'_>, max: u32) {
        self.push(at, "depth".into(), format!("must not be nested more than {max} deep"));
    }

    /// Whether the walk ends.
    #[inline]
    fn is_full(&self) -> bool {
        self.errors.len() >= ERRORS_LOOKED_AT
    }

    /// Notes a broken rule of `#[check(..)]` before the type.
    #[inline]
    pub fn rule(&mut self, at: &At<'_>, result: Result<(), rules::Broken>) {
        if let Err(broken) = result {
            self.push(at, broken.code, broken.detail);
        }
    }

    /// Takes what the rules of a field have found, whose paths begin at the field.
    #[inline]
    pub fn take(&mut self, at: &At<'_>, input: Input) {
        let errors = input.into_errors();
        if !errors.is_empty() {
            self.taken(at, errors);
        }
    }

    #[cold]
    #[inline(never)]
    fn taken(&mut self, at: &At<'_>, errors: Vec<FieldError>) {
        for error in errors {
            let mut path = at.path();
            path.push_str(&error.path);
            self.errors.push(FieldError { path, ..error });
        }
    }

    /// Notes a broken rule of `#[validate(..)]`.
    #[cold]
    #[inline(never)]
    pub fn invalid(&mut self, at: &At<'_>, Invalid(error): Invalid) {
        let detail = detail(&error);
        self.push(at, error.code, detail);
    }

    #[cold]
    #[inline(never)]
    fn push(&mut self, at: &At<'_>, code: Cow<'static, str>, detail: String) {
        self.errors.push(FieldError { path: at.path(), code, detail });
    }
}

/// An error of `validator`, made without the rejected value.
#[derive(Debug)]
pub struct Invalid(ValidationError);

impl Invalid {
    /// Of one of its own rules.
    #[cold]
    #[must_use]
    pub fn new(code: &'static str) -> Self {
        Self(ValidationError::new(code))
    }

    /// Of a rule of the user's.
    #[cold]
    #[must_use]
    pub fn of(error: ValidationError) -> Self {
        Self(error)
    }

    /// A bound of the rule, for its words.
    #[cold]
    #[must_use]
    pub fn bound(mut self, name: &'static str, value: &impl Serialize) -> Self {
        self.0.add_param(name.into(), value);
        self
    }

    /// `code = ".."`.
    #[cold]
    #[must_use]
    pub fn code(mut self, code: &'static str) -> Self {
        self.0.code = code.into();
        self
    }

    /// `message = ".."`.
    #[cold]
    #[must_use]
    pub fn message(mut self, message: &'static str) -> Self {
        self.0.message = Some(message.into());
        self
    }
}

impl Input {
    /// Notes what the walk finds in the parameter `path`.
    #[inline]
    pub fn covered(&mut self, path: &'static str, value: &(impl Covered + ?Sized)) {
        let mut found = Found::default();
        value.__portcullis_cover(&At::root(path), &mut found);
        if found.count() > 0 {
            self.found(found.errors);
        }
    }
}

/// The walk as [`Validate`](validator::Validate) tells it, for frameworks and for types that only `validator` derives. The
/// keys are paths: `items[3].name`.
///
/// # Errors
/// Each broken rule, without the value that broke it.
#[inline]
pub fn validate(value: &(impl Covered + ?Sized)) -> Result<(), ValidationErrors> {
    let mut found = Found::default();
    value.__portcullis_cover(&At::root(""), &mut found);
    if found.count() == 0 { Ok(()) } else { Err(told(found)) }
}

#[cold]
#[inline(never)]
fn told(found: Found) -> ValidationErrors {
    let mut errors = ValidationErrors::new();
    for FieldError { path, code, detail } in found.errors {
        // validator's own key for a rule over the whole value.
        let key = if path.is_empty() { "__all__".to_owned() } else { path };
        let error = ValidationError { code, message: Some(detail.into()), params: HashMap::new() };
        if let ValidationErrorsKind::Field(errors) =
            errors.0.entry(key.into()).or_insert_with(|| ValidationErrorsKind::Field(Vec::new()))
        {
            errors.push(error);
        }
    }
    errors
}

/// A value under validator's `range`, which takes NaN for a number of any range: both of its comparisons are false.
#[derive(Debug)]
pub struct Compared<'a, T: ?Sized>(pub &'a T);

/// First: what has an order is in a range only when it is equal to itself.
pub trait ByOrder {
    #[doc(hidden)]
    fn __portcullis_is_ordered(&self) -> bool;
}

impl<T: PartialOrd + ?Sized> ByOrder for &Compared<'_, T> {
    #[inline]
    fn __portcullis_is_ordered(&self) -> bool {
        self.0.partial_cmp(self.0).is_some()
    }
}

/// Else: what only `validator` knows how to compare.
pub trait ByRange {
    #[doc(hidden)]
    fn __portcullis_is_ordered(&self) -> bool;
}

impl<T: ?Sized> ByRange for Compared<'_, T> {
    #[inline]
    fn __portcullis_is_ordered(&self) -> bool {
        true
    }
}

impl<T: Covered> Covered for Option<T> {
    #[inline]
    fn __portcullis_cover(&self, at: &At<'_>, found: &mut Found) {
        if let Some(value) = self {
            value.__portcullis_cover(at, found);
        }
    }
}

impl<T: Covered, E> Covered for Result<T, E> {
    #[inline]
    fn __portcullis_cover(&self, at: &At<'_>, found: &mut Found) {
        if let Ok(value) = self {
            value.__portcullis_cover(at, found);
        }
    }
}

macro_rules! pointers {
    ($($pointer:ty)*) => {$(
        impl<T: Covered + ?Sized> Covered for $pointer {
            #[inline]
            fn __portcullis_cover(&self, at: &At<'_>, found: &mut Found) {
                (**self).__portcullis_cover(at, found);
            }
        }
    )*};
}
pointers!(&T &mut T Box<T> Rc<T> Arc<T>);

impl<T: Covered + alloc::borrow::ToOwned + ?Sized> Covered for Cow<'_, T> {
    #[inline]
    fn __portcullis_cover(&self, at: &At<'_>, found: &mut Found) {
        (**self).__portcullis_cover(at, found);
    }
}

/// Its message, as a parameter that is such a request is looked at: not its metadata and extensions.
///
/// ```
/// use portcullis::validator::Validate;
/// use portcullis::{Covered, validated_input};
/// use tonic::{Request, Status};
///
/// #[derive(Validate, Covered)]
/// #[validate(crate = "portcullis::validator")]
/// struct Share {
///     #[validate(range(max = 1.0))]
///     part: f64,
/// }
///
/// #[validated_input]
/// fn part(share: Request<Share>) -> Result<f64, Status> {
///     Ok(share.into_inner().part)
/// }
///
/// assert_eq!(part(Request::new(Share { part: 0.5 })).unwrap(), 0.5);
/// // Only the walk refuses it.
/// assert!(part(Request::new(Share { part: f64::NAN })).is_err());
/// ```
#[cfg(feature = "tonic")]
impl<T: Covered> Covered for tonic::Request<T> {
    fn __portcullis_cover(&self, at: &At<'_>, found: &mut Found) {
        self.get_ref().__portcullis_cover(at, found);
    }
}

/// Its own bound stands beside that of the value's type. Here the value around the first level counts as one too.
impl<T: Covered, const MAX: u32> Covered for Level<T, MAX> {
    fn __portcullis_cover(&self, at: &At<'_>, found: &mut Found) {
        if LEVELS.with(RecursionGroup::depth) > MAX {
            found.too_deep(at, MAX);
        } else {
            (**self).__portcullis_cover(at, found);
        }
    }
}

impl<T: Covered> Covered for [T] {
    fn __portcullis_cover(&self, at: &At<'_>, found: &mut Found) {
        in_order(self.iter(), at, found);
    }
}

impl<T: Covered, const N: usize> Covered for [T; N] {
    fn __portcullis_cover(&self, at: &At<'_>, found: &mut Found) {
        in_order(self.iter(), at, found);
    }
}

macro_rules! lists {
    ($($list:ident)*) => {$(
        impl<T: Covered> Covered for $list<T> {
            fn __portcullis_cover(&self, at: &At<'_>, found: &mut Found) {
                in_order(self.iter(), at, found);
            }
        }
    )*};
}
lists!(Vec VecDeque LinkedList BTreeSet);

impl<T: Covered> Covered for BinaryHeap<T> {
    fn __portcullis_cover(&self, at: &At<'_>, found: &mut Found) {
        without_order(self.iter(), at, found);
    }
}

impl<T: Covered, S> Covered for HashSet<T, S> {
    fn __portcullis_cover(&self, at: &At<'_>, found: &mut Found) {
        without_order(self.iter(), at, found);
    }
}

impl<K, V: Covered, S> Covered for HashMap<K, V, S> {
    fn __portcullis_cover(&self, at: &At<'_>, found: &mut Found) {
        without_order(self.values(), at, found);
    }
}

impl<K, V: Covered> Covered for BTreeMap<K, V> {
    fn __portcullis_cover(&self, at: &At<'_>, found: &mut Found) {
        without_order(self.values(), at, found);
    }
}

#[inline]
fn in_order<'v, T: Covered + 'v>(values: impl Iterator<Item = &'v T>, at: &At<'_>, found: &mut Found) {
    for (index, value) in values.enumerate() {
        if found.is_full() {
            return;
        }
        value.__portcullis_cover(&At::index(at, index), found);
    }
}

#[inline]
fn without_order<'v, T: Covered + 'v>(values: impl Iterator<Item = &'v T>, at: &At<'_>, found: &mut Found) {
    for value in values {
        if found.is_full() {
            return;
        }
        value.__portcullis_cover(&At::entry(at), found);
    }
}

macro_rules! tuples {
    ($($item:ident $index:tt),*) => {
        impl<$($item: Covered),*> Covered for ($($item,)*) {
            fn __portcullis_cover(&self, at: &At<'_>, found: &mut Found) {
                $(self.$index.__portcullis_cover(&At::index(at, $index), found);)*
            }
        }
    };
}
tuples!(A 0);
tuples!(A 0, B 1);
tuples!(A 0, B 1, C 2);
tuples!(A 0, B 1, C 2, D 3);

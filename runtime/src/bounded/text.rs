//! `String`, bounded in bytes.

use alloc::string::{self, String};
use core::fmt;
use core::ops::RangeBounds;

use super::{Bounded, capacity, passed_on};
use crate::Violation;

impl Bounded<String> {
    capacity!();

    /// As `push` of the string itself.
    ///
    /// # Errors
    /// `capacity` when there is no room for all bytes of the character.
    #[track_caller]
    pub fn push(&mut self, character: char) -> Result<(), Violation> {
        self.make_room(character.len_utf8())?;
        self.inner.push(character);
        Ok(())
    }

    /// As `push_str` of the string itself.
    ///
    /// # Errors
    /// `capacity` when there is no room for all of it: then none is added.
    #[track_caller]
    pub fn push_str(&mut self, text: &str) -> Result<(), Violation> {
        self.make_room(text.len())?;
        self.inner.push_str(text);
        Ok(())
    }

    /// As `insert` of the string itself.
    ///
    /// # Errors
    /// `capacity` when there is no room for all bytes of the character.
    ///
    /// # Panics
    /// When `index` is beyond the end, or within a character.
    #[track_caller]
    pub fn insert(&mut self, index: usize, character: char) -> Result<(), Violation> {
        self.make_room(character.len_utf8())?;
        self.inner.insert(index, character);
        Ok(())
    }

    /// As `insert_str` of the string itself.
    ///
    /// # Errors
    /// `capacity` when there is no room for all of it: then none is added.
    ///
    /// # Panics
    /// When `index` is beyond the end, or within a character.
    #[track_caller]
    pub fn insert_str(&mut self, index: usize, text: &str) -> Result<(), Violation> {
        self.make_room(text.len())?;
        self.inner.insert_str(index, text);
        Ok(())
    }

    /// Adds the characters that come.
    ///
    /// # Errors
    /// `capacity` at the first that there is no room for. Those before it stay.
    #[track_caller]
    pub fn extend(&mut self, characters: impl IntoIterator<Item = char>) -> Result<(), Violation> {
        for character in characters {
            self.push(character)?;
        }
        Ok(())
    }

    passed_on! {
        fn pop() -> Option<char>;
        fn remove(index: usize) -> char;
        fn truncate(len: usize);
        fn drain[R: RangeBounds<usize>](range: R) -> string::Drain<'_>;
        fn split_off(at: usize) -> String;
        fn retain[F: FnMut(char) -> bool](keep: F);
        fn make_ascii_lowercase();
        fn make_ascii_uppercase();
    }
}

/// A piece for which there is no room is an error, and not written.
impl fmt::Write for Bounded<String> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push_str(text).map_err(|_| fmt::Error)
    }
}

impl fmt::Display for Bounded<String> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

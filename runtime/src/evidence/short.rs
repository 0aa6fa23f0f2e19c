//! A text that is cut to a fixed size, so that keeping it allocates nothing.

use core::fmt;

#[derive(Clone, Copy)]
pub(crate) struct Short<const N: usize> {
    bytes: [u8; N],
    length: usize,
}

impl<const N: usize> Default for Short<N> {
    fn default() -> Self {
        Self { bytes: [0; N], length: 0 }
    }
}

impl<const N: usize> Short<N> {
    pub(crate) fn of(text: &str) -> Self {
        let mut short = Self::default();
        short.push(text);
        short
    }

    /// Of bytes that were one, and whose end is filled with zeros.
    pub(crate) fn from_bytes(bytes: [u8; N]) -> Self {
        let length = bytes.iter().position(|byte| *byte == 0).unwrap_or(N);
        Self { bytes, length }
    }

    pub(crate) fn bytes(&self) -> &[u8; N] {
        &self.bytes
    }

    pub(crate) fn as_str(&self) -> &str {
        let kept = self.bytes.get(..self.length).unwrap_or_default();
        // Two writers that met may have left a character of which only a part is right.
        str::from_utf8(kept).unwrap_or_else(|error| {
            str::from_utf8(kept.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default()
        })
    }

    fn push(&mut self, text: &str) {
        let fits = text.floor_char_boundary(N.saturating_sub(self.length));
        let free = self.bytes.get_mut(self.length..).unwrap_or_default();
        for (to, from) in free.iter_mut().zip(text.as_bytes().get(..fits).unwrap_or_default()) {
            *to = *from;
        }
        // A text that has been cut once is cut.
        self.length =
            if fits < text.len() { N.min(self.length.saturating_add(fits)) } else { self.length.saturating_add(fits) };
    }
}

impl<const N: usize> fmt::Write for Short<N> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let fits = text.len() <= N.saturating_sub(self.length);
        self.push(text);
        if fits { Ok(()) } else { Err(fmt::Error) }
    }
}

impl<const N: usize> fmt::Debug for Short<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

#[cfg(test)]
#[allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "a test")]
mod tests {
    use core::fmt::Write as _;

    use super::Short;

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(Short::<8>::of("player").as_str(), "player");
        assert_eq!(Short::<8>::of("player 1000009").as_str(), "player 1");
        assert_eq!(Short::<3>::of("aéé").as_str(), "aé");
        assert_eq!(Short::<2>::of("aé").as_str(), "a");
        assert_eq!(Short::<2>::of("日本").as_str(), "");
        assert_eq!(Short::<0>::of("a").as_str(), "");
    }

    #[test]
    fn what_does_not_fit_ends_the_writing() {
        let mut short = Short::<8>::default();
        assert!(write!(short, "{}-{}", 12_345, 678_901).is_err());
        assert_eq!(short.as_str(), "12345-67");
        assert!(write!(short, "x").is_err());
        assert_eq!(Short::from_bytes(*short.bytes()).as_str(), "12345-67");
    }

    #[test]
    fn bytes_that_are_no_text_are_left_out() {
        assert_eq!(Short::from_bytes([b'a', 0xff, b'b', 0]).as_str(), "a");
        assert_eq!(Short::from_bytes([0; 4]).as_str(), "");
    }
}

//! Indices: `runtime/src/indexing.rs`, `indexing/sequence.rs` and `indexing/range.rs`.

use super::{Mutant, takes_out};

const fn index(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "runtime/src/indexing.rs", from, to)
}

const fn sequence(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "runtime/src/indexing/sequence.rs", from, to)
}

const fn range(what: &'static str, from: &'static str, to: &'static str) -> Mutant {
    takes_out(what, "runtime/src/indexing/range.rs", from, to)
}

pub(super) const MUTANTS: &[Mutant] = &[
    index(
        "own index operators taken for a collection behind them",
        "impl<I, B: Index<I> + ?Sized> ByOwn for &&&&&Indexed<'_, '_, B, I> {}",
        "",
    ),
    index(
        "one step to a collection missing",
        "impl<'a, I, B: Deref<Target: Sequence<I>> + ?Sized> ByDeref<'a> for &&&Indexed<'a, '_, B, I> {\n    type Output = <B::Target as Sequence<I>>::Output;\n    #[inline]\n    #[track_caller]\n    fn __portcullis_find(&self) -> Result<Found<'a, Self::Output>, Violation> {\n        found(&**self.0, self.1)\n    }\n}\n",
        "",
    ),
    index(
        "own operators behind a pointer passed over",
        "impl<I, B: Deref<Target: Index<I>> + ?Sized> ByDerefOwn for &&Indexed<'_, '_, B, I> {}",
        "",
    ),
    index(
        "two steps to a collection missing",
        "impl<'a, I, T, B> ByDerefTwice<'a> for &Indexed<'a, '_, B, I>\nwhere\n    T: Deref<Target: Sequence<I>> + ?Sized + 'a,\n    B: Deref<Target = T> + ?Sized,\n{\n    type Output = <T::Target as Sequence<I>>::Output;\n    #[inline]\n    #[track_caller]\n    fn __portcullis_find(&self) -> Result<Found<'a, Self::Output>, Violation> {\n        found(&***self.0, self.1)\n    }\n}\n",
        "",
    ),
    index(
        "index: place in the source",
        "#[inline]\n    #[track_caller]\n    fn __portcullis_find(&self) -> Result<Found<'a, B::Output>",
        "#[inline]\n    fn __portcullis_find(&self) -> Result<Found<'a, B::Output>",
    ),
    sequence(
        "ranges of lists not looked at",
        "impl<T, I: SliceIndex<[T]> + Clone",
        "impl<T, I: SliceIndex<[T], Output = T> + Clone",
    ),
    sequence(
        "arrays not listed",
        "impl<T, I, const N: usize> Sequence<I> for [T; N]\nwhere\n    [T]: Sequence<I>,\n{\n    type Output = <[T] as Sequence<I>>::Output;\n    #[inline]\n    fn find(&self, index: &I) -> Option<&Self::Output> {\n        Sequence::find(self.as_slice(), index)\n    }\n    fn outside(&self, index: &I) -> Values {\n        Sequence::outside(self.as_slice(), index)\n    }\n}\n",
        "",
    ),
    sequence(
        "str not listed",
        "impl<I: SliceIndex<str> + Clone + Position> Sequence<I> for str {\n    type Output = I::Output;\n    #[inline]\n    fn find(&self, index: &I) -> Option<&I::Output> {\n        self.get(index.clone())\n    }\n    fn outside(&self, index: &I) -> Values {\n        index.of(self.len())\n    }\n}\n",
        "",
    ),
    sequence("Vec not listed", "    [T] Vec<T> => [T];\n", ""),
    sequence("String not listed", "    [] String => str;\n", ""),
    sequence(
        "VecDeque not listed",
        "#[cfg(feature = \"alloc\")]\nimpl<T> Sequence<usize> for VecDeque<T> {\n    type Output = T;\n    #[inline]\n    fn find(&self, index: &usize) -> Option<&T> {\n        self.get(*index)\n    }\n    fn outside(&self, index: &usize) -> Values {\n        index.of(self.len())\n    }\n}\n",
        "",
    ),
    sequence(
        "HashMap not listed",
        "#[cfg(feature = \"std\")]\nimpl<K: Borrow<Q> + Eq + Hash, Q: Eq + Hash + ?Sized, V, S: BuildHasher> Sequence<&Q> for HashMap<K, V, S> {\n    type Output = V;\n    #[inline]\n    fn find(&self, key: &&Q) -> Option<&V> {\n        self.get(*key)\n    }\n    fn outside(&self, _: &&Q) -> Values {\n        Values::None\n    }\n}\n",
        "",
    ),
    sequence(
        "BTreeMap not listed",
        "#[cfg(feature = \"alloc\")]\nimpl<K: Borrow<Q> + Ord, Q: Ord + ?Sized, V> Sequence<&Q> for BTreeMap<K, V> {\n    type Output = V;\n    #[inline]\n    fn find(&self, key: &&Q) -> Option<&V> {\n        self.get(*key)\n    }\n    fn outside(&self, _: &&Q) -> Values {\n        Values::None\n    }\n}\n",
        "",
    ),
    range("told: the index", "index: *self", "index: length"),
    range("told: the start of a range", "=> range.start, range.end;", "=> 0, range.end;"),
    range("told: the end of a range", "=> range.start, range.end;", "=> range.start, length;"),
    range("told: the start of a range with no end", "=> range.start, length;", "=> 0, length;"),
    range("told: the end of a range with no start", "=> 0, range.end;", "=> 0, length;"),
    range("told: the start of an inclusive range", "=> *range.start(), ", "=> 0, "),
    range("told: the end of an inclusive range", "range.end().saturating_add(1)", "*range.end()"),
    range("told: the end of an inclusive range with no start", "range.end.saturating_add(1)", "range.end"),
    range(
        "told: an excluded start",
        "Bound::Excluded(start) => start.saturating_add(1)",
        "Bound::Excluded(start) => start",
    ),
    range("told: an included end", "Bound::Included(end) => end.saturating_add(1)", "Bound::Included(end) => end"),
    range("told: no start", "Bound::Unbounded => 0", "Bound::Unbounded => 1"),
    range("told: no end", "Bound::Unbounded => length", "Bound::Unbounded => 0"),
];

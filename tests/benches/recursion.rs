//! The modes of `bounded_recursion` against the unguarded twin, and against what makes the stack grow: `stacker`, and the
//! attribute of `recursive`.

#![allow(
    missing_docs,
    clippy::pedantic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a benchmark"
)]

mod harness;

use std::hint::black_box;
use std::sync::LazyLock;

use harness::Comparison;
use portcullis::bounded_recursion;
use recursive::recursive;

/// The same source seven times.
macro_rules! twins {
    ($module:ident, $call:expr, fn $name:ident($($parameter:ident: $type:ty),*) $body:block) => {
        mod $module {
            use super::*;

            pub(super) mod unguarded {
                #[allow(unused_imports, reason = "not each kernel has types of its own")]
                use super::*;
                #[inline(never)]
                pub(crate) fn $name($($parameter: $type),*) -> u64 $body
            }

            pub(super) mod bounded {
                use super::*;
                #[inline(never)]
                #[bounded_recursion(max = 1_000_000, or(return 0))]
                pub(crate) fn $name($($parameter: $type),*) -> u64 $body
            }

            // Too low for a mark of depth, and the compiler knows.
            pub(super) mod sane {
                use super::*;
                #[inline(never)]
                #[bounded_recursion(max = 64, or(return 0))]
                pub(crate) fn $name($($parameter: $type),*) -> u64 $body
            }

            pub(super) mod stack {
                use super::*;
                #[inline(never)]
                #[bounded_recursion(mode = stack, or(return 0))]
                pub(crate) fn $name($($parameter: $type),*) -> u64 $body
            }

            pub(super) mod both {
                use super::*;
                #[inline(never)]
                #[bounded_recursion(mode = both, max = 1_000_000, or(return 0))]
                pub(crate) fn $name($($parameter: $type),*) -> u64 $body
            }

            pub(super) mod stacker {
                #[allow(unused_imports, reason = "as above")]
                use super::*;
                #[inline(never)]
                pub(crate) fn $name($($parameter: $type),*) -> u64 {
                    // What `recursive` gives it.
                    ::stacker::maybe_grow(128 << 10, 2 << 20, || $body)
                }
            }

            pub(super) mod growing {
                use super::*;
                #[inline(never)]
                #[recursive]
                pub(crate) fn $name($($parameter: $type),*) -> u64 $body
            }

            pub(super) const COMPARISON: Comparison = Comparison {
                name: stringify!($module),
                variants: &[
                    ("unguarded", || { use unguarded::$name; $call }),
                    ("bounded_recursion", || { use bounded::$name; $call }),
                    ("max_64", || { use sane::$name; $call }),
                    ("stack", || { use stack::$name; $call }),
                    ("both", || { use both::$name; $call }),
                    ("stacker", || { use stacker::$name; $call }),
                    ("recursive", || { use growing::$name; $call }),
                ],
            };
        }
    };
}

twins!(
    fib,
    fib(black_box(20)),
    fn fib(n: u64) {
        if n < 2 { n } else { fib(n - 1) + fib(n - 2) }
    }
);

/// A binary tree of 4,095 nodes.
struct Node {
    value: u64,
    children: Vec<Node>,
}

static TREE: LazyLock<Node> = LazyLock::new(|| tree(11));

fn tree(levels: u64) -> Node {
    let children = if levels == 0 { Vec::new() } else { vec![tree(levels - 1), tree(levels - 1)] };
    Node { value: levels, children }
}

twins!(
    tree_walk,
    walk(black_box(&TREE)),
    fn walk(node: &Node) {
        let mut total = node.value;
        for child in &node.children {
            total += walk(child);
        }
        total
    }
);

twins!(
    visited_tree,
    walk(black_box(&TREE)),
    fn walk(node: &Node) {
        let mut total = visit(node.value);
        for child in &node.children {
            total += walk(child);
        }
        total
    }
);

/// Something that each node has to have done, and that the compiler does not see.
#[inline(never)]
fn visit(value: u64) -> u64 {
    black_box(value)
}

/// Lists of eight numbers in brackets, 32 deep: about 18 ns a list.
static TEXT: LazyLock<String> = LazyLock::new(|| {
    (0..32).fold("12,345,6".to_owned(), |inner, level| format!("[{level},80443,{inner},17,1200,9,653,24,7100]"))
});

twins!(
    nested_parse,
    parse(black_box(TEXT.as_bytes()), &mut 0),
    // Shifted, since times 10 is two instructions or three, by the register that the number happens to be in: for all its digits
    // that would be more than what a guard adds.
    fn parse(text: &[u8], at: &mut usize) {
        let mut total = 0u64;
        let mut number = 0u64;
        while let Some(&byte) = text.get(*at) {
            *at += 1;
            match byte {
                b'[' => total = total.wrapping_add(parse(text, at)),
                b']' => break,
                b',' => {
                    total = total.wrapping_add(number);
                    number = 0;
                }
                digit => number = number << 4 | u64::from(digit & 15),
            }
        }
        total.wrapping_add(number)
    }
);

/// Levels of calls that each call the next: past the first thousand an entry is one of the deep ones, which may leave a mark.
mod far_down {
    use super::{Comparison, black_box, bounded_recursion};

    #[inline(never)]
    fn unguarded(left: u64) -> u64 {
        if left == 0 { 0 } else { unguarded(left - 1).rotate_left(1) ^ left }
    }

    #[inline(never)]
    #[bounded_recursion(max = 1_000_000, or(return 0))]
    fn bounded(left: u64) -> u64 {
        if left == 0 { 0 } else { bounded(left - 1).rotate_left(1) ^ left }
    }

    pub(super) const COMPARISON: Comparison = Comparison {
        name: "far_down",
        variants: &[
            ("unguarded", || unguarded(black_box(10_000))),
            ("bounded_recursion", || bounded(black_box(10_000))),
        ],
    };
}

/// Calls of an `async fn`, each boxed and polled to its end.
mod in_futures {
    use std::future::Future;
    use std::pin::{Pin, pin};
    use std::task::{Context, Poll, Waker};

    use super::{Comparison, black_box, bounded_recursion};

    /// The same source twice.
    macro_rules! twins {
        ($(async fn $name:ident($($parameter:ident: $type:ty),*) $body:block)*) => {
            pub(super) mod unguarded {
                #[allow(unused_imports, reason = "not each kernel has types of its own")]
                use super::*;
                $(pub(crate) async fn $name($($parameter: $type),*) -> u64 $body)*
            }
            pub(super) mod bounded {
                #[allow(unused_imports, reason = "as above")]
                use super::*;
                $(
                    #[bounded_recursion(max = 1_000_000, or(return 0))]
                    pub(crate) async fn $name($($parameter: $type),*) -> u64 $body
                )*
            }
        };
    }

    /// Each of the small ones eight times, since where code comes to lie is worth more than what a guard costs. The numbers keep the
    /// compiler from making one of them.
    macro_rules! places {
        ($($place:ident $number:literal)*) => {
            $(mod $place {
                use super::*;

                twins! {
                    // Nothing but the call.
                    async fn empty(left: u64) {
                        if left == 0 { $number } else { Box::pin(empty(black_box(left - 1))).await + 1 }
                    }

                    // The same with the future behind a `dyn`, as `async_trait` has it.
                    async fn dynamic(left: u64) {
                        if left == 0 {
                            return $number;
                        }
                        let deeper: Pin<Box<dyn Future<Output = u64>>> = Box::pin(dynamic(black_box(left - 1)));
                        deeper.await + 1
                    }
                }
            })*

            pub(super) const EMPTY: Comparison = Comparison {
                name: "future_empty",
                variants: &[
                    ("unguarded", || 0 $(+ run($place::unguarded::empty(black_box(64))))*),
                    ("bounded_recursion", || 0 $(+ run($place::bounded::empty(black_box(64))))*),
                ],
            };

            pub(super) const DYNAMIC: Comparison = Comparison {
                name: "future_dyn",
                variants: &[
                    ("unguarded", || 0 $(+ run($place::unguarded::dynamic(black_box(64))))*),
                    ("bounded_recursion", || 0 $(+ run($place::bounded::dynamic(black_box(64))))*),
                ],
            };
        };
    }
    places!(a 0 b 1 c 2 d 3 e 4 f 5 g 6 h 7);

    twins! {
        // A file by file walk: a name is made for each, and a reader that may have to be waited for.
        async fn files(name: String, left: u64) {
            let size = read(&name).await;
            if left == 0 { size } else { Box::pin(files(format!("{name}/{left}"), left - 1)).await + size }
        }
    }

    async fn read(name: &str) -> u64 {
        std::future::ready(name.bytes().map(u64::from).sum()).await
    }

    fn run(future: impl Future<Output = u64>) -> u64 {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => 0,
        }
    }

    pub(super) const FILES: Comparison = Comparison {
        name: "future_files",
        variants: &[
            ("unguarded", || run(unguarded::files("root".to_owned(), black_box(16)))),
            ("bounded_recursion", || run(bounded::files("root".to_owned(), black_box(16)))),
        ],
    };
}

/// A chain of 1,000 boxes, made and dropped.
mod dropped {
    use portcullis::{TakeApart, drop_iteratively};

    use super::{Comparison, black_box};

    #[derive(TakeApart)]
    struct Chain {
        level: u64,
        next: Option<Box<Chain>>,
    }

    fn chain() -> Option<Box<Chain>> {
        let chain = (0..black_box(1_000)).fold(None, |next, level| Some(Box::new(Chain { level, next })));
        assert_eq!(chain.as_ref().map(|last| last.level), Some(999));
        chain
    }

    pub(super) const COMPARISON: Comparison = Comparison {
        name: "made_and_dropped",
        variants: &[
            ("plain", || {
                drop(chain());
                0
            }),
            ("drop_iteratively", || {
                drop_iteratively(chain());
                0
            }),
        ],
    };
}

fn main() {
    harness::main(&[
        fib::COMPARISON,
        tree_walk::COMPARISON,
        visited_tree::COMPARISON,
        nested_parse::COMPARISON,
        far_down::COMPARISON,
        in_futures::EMPTY,
        in_futures::DYNAMIC,
        in_futures::FILES,
        dropped::COMPARISON,
    ]);
}

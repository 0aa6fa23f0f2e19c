//! Recursion that a client drives, and types that it nests.

#[cfg(faulty)]
pub mod faulty {
    use portcullis::zero_trust;

    // Post-mortem: the card-game server that this project starts from: 243,204 levels in 1.6 s.
    #[zero_trust(strict)]
    pub mod idle {
        use portcullis::Violation;

        pub fn idle_pool(#[check(range(max = 1_000))] secs: u32) -> Result<u32, Violation> { //~ PC0201
            if secs == 0 { Ok(0) } else { settle(secs) }
        }

        fn settle(#[check(range(min = 1, max = 1_000))] secs: u32) -> Result<u32, Violation> {
            idle_pool(secs - 1)
        }
    }

    pub struct Parser<'a> {
        rest: &'a [u8],
    }

    // RUSTSEC-2024-0012 (serde-json-wasm): lists in lists.
    #[zero_trust(strict)]
    impl Parser<'_> {
        pub fn value(&mut self) -> Result<u32, portcullis::Violation> { //~ PC0201
            match self.rest {
                [b'[', rest @ ..] => {
                    self.rest = rest;
                    self.list()
                }
                _ => Ok(1),
            }
        }

        fn list(&mut self) -> Result<u32, portcullis::Violation> {
            Self::value(self)
        }
    }

    // RUSTSEC-2022-0037 (async-graphql): fragments that spread fragments.
    #[zero_trust(strict)]
    pub mod fragments {
        use std::pin::Pin;

        use crate::shared::Error;

        type Counted<'a> = Pin<Box<dyn Future<Output = Result<u32, Error>> + Send + 'a>>;

        pub fn selection(#[check(range(max = 99))] depth: u32) -> Counted<'static> { //~ PC0201
            Box::pin(async move { fragment(depth).await })
        }

        async fn fragment(#[check(range(max = 99))] depth: u32) -> Result<u32, Error> {
            if depth == 0 { Ok(1) } else { selection(depth - 1).await }
        }
    }

    // RUSTSEC-2018-0007 (trust-dns-proto): a pointer to a name that holds a pointer.
    #[zero_trust(strict)]
    pub mod names {
        pub mod wire {
            use portcullis::Violation;

            pub fn name(#[check(length(max = 255))] bytes: &[u8]) -> Result<usize, Violation> { //~ PC0201
                match bytes {
                    [192..=255, _, rest @ ..] => super::pointers::follow(rest),
                    rest => Ok(rest.len()),
                }
            }
        }

        pub mod pointers {
            use super::wire::name as read;
            use portcullis::Violation;

            pub fn follow(#[check(length(max = 255))] bytes: &[u8]) -> Result<usize, Violation> {
                read(bytes)
            }
        }
    }

    // RUSTSEC-2026-0009 (time): comments in comments, in a date.
    #[zero_trust(strict)]
    pub mod dates {
        use portcullis::Violation;

        pub fn comment(#[check(length(max = 99))] text: &str) -> Result<usize, Violation> { //~ PC0201
            text.split('(').skip(1).map(inner).sum()
        }

        fn inner(#[check(length(max = 99))] text: &str) -> Result<usize, Violation> {
            let next = |text: &str| comment(text);
            next(text)
        }
    }

    pub trait Visit {
        fn group(&self, depth: u32) -> Result<u32, portcullis::Violation>;
        fn item(&self, depth: u32) -> Result<u32, portcullis::Violation>;
    }

    pub struct Counter;

    // RUSTSEC-2024-0437 (protobuf): groups of an unknown field, skipped by recursion.
    #[zero_trust(strict)]
    impl Visit for Counter {
        fn group(&self, #[check(range(max = 99))] depth: u32) -> Result<u32, portcullis::Violation> { //~ PC0201
            self.item(depth)
        }

        fn item(&self, #[check(range(max = 99))] depth: u32) -> Result<u32, portcullis::Violation> {
            if depth == 0 { Ok(0) } else { self.group(depth - 1) }
        }
    }

    // RUSTSEC-2018-0005 (serde_yaml): aliases of aliases.
    #[zero_trust(strict, without(bounded_recursion))]
    pub mod yaml {
        use portcullis::Violation;

        pub fn resolve(#[check(range(max = 99))] alias: u32) -> Result<u32, Violation> { //~ PC0201
            if alias == 0 { Ok(0) } else { resolve(alias - 1) }
        }
    }

    // RUSTSEC-2022-0004 (rustc-serialize): a tree as the body of a request.
    #[zero_trust(strict)]
    pub mod trees {
        use portcullis::{Covered, Violation};

        #[derive(Covered)]
        pub struct Tree {
            #[check(nested, length(max = 9))]
            pub children: Vec<Tree>,
        }

        pub fn plant(tree: Tree) -> Result<usize, Violation> { //~ PC0204
            Ok(tree.children.len())
        }
    }

    // RUSTSEC-2020-0002 (prost): a message in a message.
    #[zero_trust(strict)]
    pub mod messages {
        use portcullis::{Covered, Violation};

        use crate::shared::Json;

        #[derive(Covered)]
        pub struct Envelope {
            #[check(nested)]
            pub part: Option<Box<Part>>,
        }

        #[derive(Covered)]
        pub enum Part {
            Text(#[check(length(max = 99))] String),
            Forwarded(#[check(nested)] Envelope),
        }

        pub async fn deliver(Json(envelope): Json<Envelope>) -> Result<bool, Violation> { //~ PC0204
            Ok(envelope.part.is_some())
        }
    }

    // RUSTSEC-2019-0025 (serde_cbor): a value that holds values.
    #[zero_trust(strict)]
    pub mod values {
        use std::collections::BTreeMap;

        use portcullis::{Covered, Violation};

        #[derive(Covered)]
        pub enum Value {
            Null,
            Number(#[check(range(max = 99))] u64),
            Map(#[check(length(max = 9), keys(length(max = 9)), nested)] BTreeMap<String, Value>),
        }

        pub fn store(
            #[check(range(max = 9))] slot: u32,
            value: &Value, //~ PC0204
        ) -> Result<bool, Violation> {
            Ok(matches!(value, Value::Null) && slot > 1)
        }
    }

    // RUSTSEC-2018-0006 (yaml-rust): a filter of filters.
    #[zero_trust(strict)]
    pub mod filters {
        use portcullis::{Covered, Violation};

        #[derive(Covered)]
        pub struct Not(#[check(nested)] pub Box<Filter>);

        #[derive(Covered)]
        pub enum Filter {
            All,
            Not(#[check(nested)] Not),
        }

        pub fn search(#[check(length(max = 4))] filters: Vec<Filter>) -> Result<usize, Violation> { //~ PC0204
            Ok(filters.len())
        }
    }
}

#[cfg(mended)]
pub mod mended {
    use portcullis::zero_trust;

    #[zero_trust(strict)]
    pub mod idle {
        use portcullis::{Violation, bounded_recursion};

        #[bounded_recursion(max = 64)]
        pub fn idle_pool(#[check(range(max = 1_000))] secs: u32) -> Result<u32, Violation> {
            if secs == 0 { Ok(0) } else { settle(secs) }
        }

        fn settle(#[check(range(min = 1, max = 1_000))] secs: u32) -> Result<u32, Violation> {
            idle_pool(secs - 1)
        }
    }

    pub struct Parser<'a> {
        rest: &'a [u8],
    }

    #[zero_trust(strict, bounded_recursion(max = 32))]
    impl Parser<'_> {
        pub fn value(&mut self) -> Result<u32, portcullis::Violation> {
            match self.rest {
                [b'[', rest @ ..] => {
                    self.rest = rest;
                    self.list()
                }
                _ => Ok(1),
            }
        }

        fn list(&mut self) -> Result<u32, portcullis::Violation> {
            Self::value(self)
        }
    }

    #[zero_trust(strict)]
    pub mod fragments {
        use std::pin::Pin;

        use portcullis::bounded_recursion;

        use crate::shared::Error;

        type Counted<'a> = Pin<Box<dyn Future<Output = Result<u32, Error>> + Send + 'a>>;

        #[bounded_recursion(max = 16)]
        pub fn selection(#[check(range(max = 99))] depth: u32) -> Counted<'static> {
            Box::pin(async move { fragment(depth).await })
        }

        async fn fragment(#[check(range(max = 99))] depth: u32) -> Result<u32, Error> {
            if depth == 0 { Ok(1) } else { selection(depth - 1).await }
        }
    }

    #[zero_trust(strict)]
    pub mod names {
        pub mod wire {
            use portcullis::Violation;

            pub fn name(#[check(length(max = 255))] bytes: &[u8]) -> Result<usize, Violation> {
                match bytes {
                    [192..=255, _, rest @ ..] => super::pointers::follow(rest),
                    rest => Ok(rest.len()),
                }
            }
        }

        pub mod pointers {
            use portcullis::Violation;

            pub fn follow(#[check(length(max = 255))] bytes: &[u8]) -> Result<usize, Violation> {
                Ok(bytes.len())
            }
        }
    }

    #[zero_trust(strict)]
    pub mod dates {
        use portcullis::Violation;

        pub fn comment(#[check(length(max = 99))] text: &str) -> Result<usize, Violation> {
            text.split('(').skip(1).map(inner).sum()
        }

        fn inner(#[check(length(max = 99))] text: &str) -> Result<usize, Violation> {
            let comment = |text: &str| text.len();
            Ok(comment(text))
        }
    }

    pub trait Visit {
        fn group(&self, depth: u32) -> Result<u32, portcullis::Violation>;
        fn item(&self, depth: u32) -> Result<u32, portcullis::Violation>;
    }

    pub struct Counter;

    #[zero_trust(strict)]
    impl Visit for Counter {
        #[portcullis::bounded_recursion(max = 8)]
        fn group(&self, #[check(range(max = 99))] depth: u32) -> Result<u32, portcullis::Violation> {
            self.item(depth)
        }

        fn item(&self, #[check(range(max = 99))] depth: u32) -> Result<u32, portcullis::Violation> {
            if depth == 0 { Ok(0) } else { self.group(depth - 1) }
        }
    }

    #[zero_trust(strict)]
    pub mod yaml {
        use portcullis::Violation;

        pub fn resolve(#[check(range(max = 99))] alias: u32) -> Result<u32, Violation> {
            if alias == 0 { Ok(0) } else { resolve(alias - 1) }
        }
    }

    #[zero_trust(strict)]
    pub mod trees {
        use portcullis::{Covered, Violation};

        #[derive(Covered)]
        pub struct Node {
            #[check(range(max = 99))]
            pub parent: u32,
        }

        #[derive(Covered)]
        pub struct Tree {
            #[check(nested, length(max = 9))]
            pub children: Vec<Node>,
        }

        pub fn plant(tree: Tree) -> Result<usize, Violation> {
            Ok(tree.children.len())
        }
    }

    #[zero_trust(strict)]
    pub mod messages {
        use portcullis::{Covered, Violation};

        use crate::shared::Json;

        #[derive(Covered)]
        pub struct Envelope {
            #[check(nested)]
            pub part: Option<Box<Part>>,
        }

        #[derive(Covered)]
        pub enum Part {
            Text(#[check(length(max = 99))] String),
            Forwarded(#[check(length(max = 999))] String),
        }

        pub async fn deliver(Json(envelope): Json<Envelope>) -> Result<bool, Violation> {
            Ok(envelope.part.is_some())
        }
    }

    #[zero_trust(strict)]
    pub mod values {
        use std::collections::BTreeMap;

        use portcullis::{Covered, Violation};

        #[derive(Covered)]
        pub enum Value {
            Null,
            Number(#[check(range(max = 99))] u64),
            Map(#[check(length(max = 9), keys(length(max = 9)), nested)] BTreeMap<String, Value>),
        }

        #[portcullis::allow(recursion, reason = "the parser stops at 128 levels")]
        pub fn store(#[check(range(max = 9))] slot: u32, value: &Value) -> Result<bool, Violation> {
            Ok(matches!(value, Value::Null) && slot > 1)
        }
    }

    #[zero_trust(strict)]
    pub mod filters {
        use portcullis::{Covered, Violation};

        #[derive(Covered)]
        pub struct Not(#[check(length(max = 9))] pub String);

        #[derive(Covered)]
        pub enum Filter {
            All,
            Not(#[check(nested)] Not),
        }

        pub fn search(#[check(length(max = 4))] filters: Vec<Filter>) -> Result<usize, Violation> {
            Ok(filters.len())
        }
    }
}

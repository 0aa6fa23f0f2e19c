//! Recursion through `dyn` and pointers, which no call names. (Written when PC0202 was, and so after the rule.)

#[cfg(faulty)]
pub mod faulty {
    use portcullis::zero_trust;

    // RUSTSEC-2022-0038 (juniper): fragments that spread fragments, each behind the trait of what can be selected.
    #[zero_trust(strict)]
    pub mod selections {
        use portcullis::Violation;

        pub trait Selection {
            fn fields(&self, depth: u32) -> Result<u32, Violation>;
        }

        pub struct Inline(pub Vec<Box<dyn Selection>>);
        pub struct Spread(pub std::sync::Arc<dyn Selection>);

        impl Selection for Inline {
            fn fields(&self, #[check(range(max = 99))] depth: u32) -> Result<u32, Violation> { //~ PC0202
                self.0.iter().map(|part| part.fields(depth)).sum()
            }
        }

        impl Selection for Spread {
            fn fields(&self, #[check(range(max = 99))] depth: u32) -> Result<u32, Violation> {
                self.0.fields(depth)
            }
        }
    }

    // RUSTSEC-2024-0437 (protobuf): a table of readers by the kind of a field, one of which reads groups of fields.
    #[zero_trust(strict)]
    pub mod wire {
        use portcullis::Violation;

        const READERS: [fn(&[u8]) -> Result<usize, Violation>; 2] = [bytes, group];

        pub fn field(#[check(length(min = 1, max = 99))] wire: &[u8]) -> Result<usize, Violation> { //~ PC0202
            READERS[usize::from(wire[0] & 1)](&wire[1..])
        }

        fn bytes(#[check(length(max = 99))] wire: &[u8]) -> Result<usize, Violation> {
            Ok(wire.len())
        }

        fn group(#[check(length(max = 99))] wire: &[u8]) -> Result<usize, Violation> {
            if wire.is_empty() { Ok(0) } else { field(wire) }
        }
    }

    // RUSTSEC-2018-0005 (serde_yaml): a visitor that is called back.
    #[zero_trust(strict)]
    pub mod visitors {
        use portcullis::Violation;

        pub struct Visitor {
            sequence: Box<dyn Fn(&Visitor, u32) -> Result<u32, Violation>>,
        }

        #[zero_trust(skip, reason = "at start-up")]
        pub fn made() -> Visitor {
            Visitor { sequence: Box::new(element) }
        }

        fn element( //~ PC0202
            #[trusted(reason = "made at start-up")] by: &Visitor,
            #[check(range(max = 99))] left: u32,
        ) -> Result<u32, Violation> {
            if left == 0 { Ok(1) } else { next(by, left - 1) }
        }

        fn next(
            #[trusted(reason = "made at start-up")] by: &Visitor,
            #[check(range(max = 99))] left: u32,
        ) -> Result<u32, Violation> {
            (by.sequence)(by, left)
        }

        use portcullis::zero_trust;
    }
}

#[cfg(mended)]
pub mod mended {
    use portcullis::zero_trust;

    #[zero_trust(strict)]
    pub mod selections {
        use portcullis::{Violation, bounded_recursion, recursion_group};

        recursion_group!(pub SELECTIONS);

        pub trait Selection {
            fn fields(&self, depth: u32) -> Result<u32, Violation>;
        }

        pub struct Inline(pub Vec<Box<dyn Selection>>);
        pub struct Spread(pub std::sync::Arc<dyn Selection>);

        impl Selection for Inline {
            #[bounded_recursion(max = 16, group = SELECTIONS)]
            fn fields(&self, #[check(range(max = 99))] depth: u32) -> Result<u32, Violation> {
                self.0.iter().map(|part| part.fields(depth)).sum()
            }
        }

        impl Selection for Spread {
            #[bounded_recursion(max = 16, group = SELECTIONS)]
            fn fields(&self, #[check(range(max = 99))] depth: u32) -> Result<u32, Violation> {
                self.0.fields(depth)
            }
        }
    }

    #[zero_trust(strict)]
    pub mod wire {
        use portcullis::Violation;

        const READERS: [fn(&[u8]) -> Result<usize, Violation>; 2] = [bytes, group];

        pub fn field(#[check(length(min = 1, max = 99))] wire: &[u8]) -> Result<usize, Violation> {
            READERS[usize::from(wire[0] & 1)](&wire[1..])
        }

        fn bytes(#[check(length(max = 99))] wire: &[u8]) -> Result<usize, Violation> {
            Ok(wire.len())
        }

        fn group(#[check(length(max = 99))] wire: &[u8]) -> Result<usize, Violation> {
            if wire.is_empty() { Ok(0) } else { bytes(wire) }
        }
    }

    #[zero_trust(strict, bounded_recursion(max = 32))]
    pub mod visitors {
        use portcullis::Violation;

        pub struct Visitor {
            sequence: Box<dyn Fn(&Visitor, u32) -> Result<u32, Violation>>,
        }

        #[zero_trust(skip, reason = "at start-up")]
        pub fn made() -> Visitor {
            Visitor { sequence: Box::new(element) }
        }

        fn element(
            #[trusted(reason = "made at start-up")] by: &Visitor,
            #[check(range(max = 99))] left: u32,
        ) -> Result<u32, Violation> {
            if left == 0 { Ok(1) } else { next(by, left - 1) }
        }

        fn next(
            #[trusted(reason = "made at start-up")] by: &Visitor,
            #[check(range(max = 99))] left: u32,
        ) -> Result<u32, Violation> {
            (by.sequence)(by, left)
        }

        use portcullis::zero_trust;
    }
}

//! Code in which a derive may break: names, attributes, lints, other paths to the crate.

#![deny(warnings, clippy::all, clippy::pedantic, single_use_lifetimes, unused_qualifications, unreachable_pub)]

use portcullis::Covered;

use super::broken;

#[test]
fn raw_names() {
    #[derive(Covered)]
    #[allow(non_camel_case_types)]
    struct r#struct {
        #[check(range(max = 9))]
        r#type: u8,
        #[check(nested)]
        r#match: r#enum,
    }
    #[derive(Covered)]
    #[allow(non_camel_case_types)]
    enum r#enum {
        r#fn {
            #[check(range(max = 9))]
            r#in: u8,
        },
    }
    let value = r#struct { r#type: 10, r#match: r#enum::r#fn { r#in: 10 } };
    assert_eq!(broken(value.ensure("r")), ["r.match.fn.in range", "r.type range"]);
}

#[test]
fn fields_and_variants_that_are_not_there() {
    #[derive(Covered)]
    struct Config {
        #[cfg(any())]
        gone: Unknown,
        #[cfg(not(any()))]
        #[check(range(max = 9))]
        here: u8,
        #[cfg_attr(all(), check(range(max = 9)))]
        with: u8,
    }
    #[derive(Covered)]
    enum Maybe {
        #[cfg(any())]
        Gone(Unknown),
        Here(#[check(range(max = 9))] u8),
    }
    assert_eq!(broken(Config { here: 10, with: 10 }.ensure("c")), ["c.here range", "c.with range"]);
    assert_eq!(broken(Maybe::Here(10).ensure("m")), ["m.Here range"]);
}

#[test]
fn names_that_are_also_the_derives() {
    #![allow(non_upper_case_globals, dead_code, clippy::items_after_statements)]
    const at: u8 = 1;
    const found: u8 = 2;
    const value: u8 = 3;
    const field_0: u8 = 4;
    #[derive(Covered)]
    struct Same {
        #[check(range(min = at, max = field_0))]
        value: u8,
        #[check(range(min = found, max = value))]
        found: u8,
        #[check(one_of(at))]
        at: u8,
    }
    assert!(Same { value: 4, found: 3, at: 1 }.ensure("same").is_ok());
    assert_eq!(
        broken(Same { value: 5, found: 1, at: 2 }.ensure("s")),
        ["s.at one_of", "s.found range", "s.value range"]
    );
}

#[test]
fn nothing_to_ask() {
    #[derive(Covered)]
    enum Never {}
    #[derive(Covered)]
    struct Empty {}
    #[derive(Covered)]
    enum Words {
        Yes,
        No,
    }
    assert!(Empty {}.ensure("e").is_ok());
    assert!([Words::Yes, Words::No].ensure("w").is_ok());
    assert!(None::<Never>.ensure("n").is_ok());
}

mod private_in_public {
    #![allow(unreachable_pub, dead_code)]

    use portcullis::Covered;

    #[derive(Covered)]
    pub struct Public {
        #[check(nested)]
        inner: Private,
        #[check(length(max = 2), nested)]
        list: Vec<Private>,
    }

    #[derive(Covered)]
    struct Private(#[check(range(max = 9))] u8);

    pub fn make() -> Public {
        Public { inner: Private(10), list: vec![Private(1), Private(10)] }
    }
}

#[test]
fn private_types_in_public_ones() {
    assert_eq!(broken(private_in_public::make().ensure("p")), ["p.inner range", "p.list[1] range"]);
}

mod elsewhere {
    pub(super) mod gate {
        pub(crate) use portcullis::*;
    }
    #[derive(gate::Covered)]
    #[covered(crate = super::elsewhere::gate, depth = 4)]
    pub(super) struct There {
        #[check(range(max = 9))]
        pub(super) count: u8,
    }
}

#[test]
fn the_crate_by_another_path() {
    assert_eq!(broken(elsewhere::There { count: 10 }.ensure("t")), ["t.count range"]);
}

#[test]
fn a_type_that_a_macro_writes() {
    macro_rules! write {
        ($name:ident { $($field:ident: $ty:ty = $max:expr),* }) => {
            #[derive(Covered)]
            struct $name { $(#[check(range(max = $max))] $field: $ty),* }
        };
    }
    write!(Made { a: u8 = 9, b: Option<u16> = 99 });
    assert!(Made { a: 9, b: None }.ensure("m").is_ok());
    assert_eq!(broken(Made { a: 10, b: Some(100) }.ensure("m")), ["m.a range", "m.b range"]);
}

#[test]
fn a_deprecated_field() {
    #[derive(Covered)]
    struct Old {
        #[deprecated]
        #[check(range(max = 9))]
        count: u8,
    }
    #[allow(deprecated)]
    let old = Old { count: 10 };
    assert_eq!(broken(old.ensure("old")), ["old.count range"]);
}

#[test]
fn lifetimes_and_defaults() {
    #[derive(Covered)]
    struct Borrowed<'a, 'b: 'a, T: ?Sized = str>
    where
        T: AsRef<str>,
    {
        #[check(ascii)]
        text: &'a T,
        #[check(length(max = 2))]
        bytes: &'b [u8],
        #[check(range(max = 9))]
        count: &'b u8,
        #[check(one_of(1, 2))]
        perhaps: Option<&'b u8>,
    }
    let good = Borrowed { text: "a", bytes: &[1, 2], count: &9, perhaps: Some(&2) };
    assert!(good.ensure("b").is_ok());
    let bad = Borrowed { text: "ä", bytes: &[1, 2, 3], count: &10, perhaps: Some(&3) };
    assert_eq!(broken(bad.ensure("b")), ["b.bytes length", "b.count range", "b.perhaps one_of", "b.text ascii"]);
}

#[test]
fn in_a_protected_block() {
    #[portcullis::zero_trust]
    mod block {
        use portcullis::{Covered, Violation};

        #[derive(Covered)]
        pub(super) struct Request {
            #[check(range(max = 9))]
            pub(super) count: u8,
        }

        pub(super) fn handle(request: Request) -> Result<u8, Violation> {
            Ok(request.count + 1)
        }
    }
    assert_eq!(block::handle(block::Request { count: 9 }).unwrap(), 10);
    assert_eq!(broken(block::handle(block::Request { count: 10 })), ["request.count range"]);
}

//! A part of a request's type that the rules pass over.

#[cfg(faulty)]
pub mod faulty {
    use std::collections::VecDeque;

    use portcullis::Covered;
    use portcullis::validator::Validate;

    // CVE-2012-2055 (GitHub, mass assignment): a field that the form was not meant to have.
    #[derive(Covered)]
    pub struct KeyUpdate {
        #[check(length(max = 99))]
        pub key: String,
        pub user_id: u64, //~ PC0121
    }

    // RUSTSEC-2022-0055 (axum-core): one text of the body, without a limit.
    #[derive(Covered)]
    pub enum Message {
        Ping,
        Say(String), //~ PC0121
    }

    // CVE-2023-24998 (commons-fileupload): how many there are was bounded, and not what each is.
    #[derive(Covered)]
    pub struct Upload {
        #[check(length(max = 8))]
        pub parts: Vec<String>, //~ PC0121
    }

    // CVE-2020-26266 (TensorFlow): a value that was never looked at.
    #[derive(Validate, Covered)]
    #[validate(crate = "portcullis::validator")]
    pub struct Bid {
        #[validate(range(min = 1, max = 9))]
        pub count: u32,
        pub price: f64, //~ PC0121
    }

    // CVE-2021-21315 (systeminformation): a field was passed over since it "cannot be" what it then was.
    #[derive(Validate, Covered)]
    #[validate(crate = "portcullis::validator")]
    pub struct Service {
        #[validate(skip)]
        pub name: String, //~ PC0121
    }

    // RUSTSEC-2021-0073 (prost-types): the seconds of a timestamp inside of a message.
    #[derive(Covered)]
    pub struct Span<T> {
        #[check(range(max = 9))]
        pub level: u8,
        pub at: Option<i64>, //~ PC0121
        #[trusted(reason = "set by the server")]
        pub extra: T,
    }

    pub struct Item(pub u32);

    // CVE-2012-2661 (Rails): the outer value was checked, the inner not.
    #[derive(Covered)]
    pub struct Purchase {
        #[check(nested)]
        pub item: Item, //~ PC0122
    }

    #[derive(Validate)]
    #[validate(crate = "portcullis::validator")]
    pub struct Price {
        #[validate(range(min = 0.0, max = 9.0))]
        pub euros: f64,
    }

    // CVE-2020-26266 (TensorFlow): NaN, in a type that only derives the common check.
    #[derive(Covered)]
    pub struct Order {
        #[check(nested, length(max = 8))]
        pub prices: Vec<Price>, //~ PC0122
    }

    // CVE-2022-0543 (Redis): a command in a command.
    #[derive(Covered)]
    pub enum Batch {
        None,
        One(#[check(nested)] Box<Item>), //~ PC0122
    }

    #[derive(Covered)]
    pub struct Line(#[check(range(max = 9))] pub u8);

    // CVE-2011-3192 (Apache, `Range` header): each was right, and there were too many.
    #[derive(Covered)]
    pub struct Ranges {
        #[check(nested)]
        pub ranges: Vec<Line>, //~ PC0123
    }

    // CVE-2011-4885 (PHP, hash collisions): as many fields as there are.
    #[derive(Covered)]
    pub struct Form {
        #[check(nested)]
        pub fields: VecDeque<Line>, //~ PC0123
    }

    // RUSTSEC-2026-0258 (h2): frames without end, in a list that may be left out.
    #[derive(Covered)]
    pub enum Frames {
        Data(#[check(nested)] Option<Vec<Line>>), //~ PC0123
        End,
    }
}

#[cfg(mended)]
pub mod mended {
    use std::collections::VecDeque;

    use portcullis::Covered;
    use portcullis::validator::Validate;

    #[derive(Covered)]
    pub struct KeyUpdate {
        #[check(length(max = 99))]
        pub key: String,
        #[trusted(reason = "set from the session, not from the body")]
        pub user_id: u64,
    }

    #[derive(Covered)]
    pub enum Message {
        Ping,
        Say(#[check(length(max = 200))] String),
    }

    #[derive(Covered)]
    pub struct Upload {
        #[check(length(max = 8), each(length(max = 64)))]
        pub parts: Vec<String>,
    }

    #[derive(Validate, Covered)]
    #[validate(crate = "portcullis::validator")]
    pub struct Bid {
        #[validate(range(min = 1, max = 9))]
        pub count: u32,
        #[validate(range(min = 0.0, max = 9.0))]
        pub price: f64,
    }

    #[derive(Validate, Covered)]
    #[validate(crate = "portcullis::validator")]
    pub struct Service {
        #[validate(length(max = 64))]
        pub name: String,
    }

    #[derive(Covered)]
    pub struct Span<T> {
        #[check(range(max = 9))]
        pub level: u8,
        #[check(range(min = 0, max = 253_402_300_799))]
        pub at: Option<i64>,
        #[trusted(reason = "set by the server")]
        pub extra: T,
    }

    #[derive(Covered)]
    pub struct Item(#[check(range(max = 99))] pub u32);

    #[derive(Covered)]
    pub struct Purchase {
        #[check(nested)]
        pub item: Item,
    }

    #[derive(Validate, Covered)]
    #[validate(crate = "portcullis::validator")]
    pub struct Price {
        #[validate(range(min = 0.0, max = 9.0))]
        pub euros: f64,
    }

    #[derive(Covered)]
    pub struct Order {
        #[check(nested, length(max = 8))]
        pub prices: Vec<Price>,
    }

    #[derive(Covered)]
    pub enum Batch {
        None,
        One(#[check(nested)] Box<Item>),
    }

    #[derive(Covered)]
    pub struct Line(#[check(range(max = 9))] pub u8);

    #[derive(Covered)]
    pub struct Ranges {
        #[check(nested, length(max = 8))]
        pub ranges: Vec<Line>,
    }

    #[derive(Covered)]
    pub struct Form {
        #[check(length(max = 8), nested)]
        pub fields: VecDeque<Line>,
    }

    #[derive(Covered)]
    pub enum Frames {
        Data(#[check(nested, length(max = 8))] Option<Vec<Line>>),
        End,
    }
}

//! How a parameter is written.

use std::fmt::Debug;

use portcullis::validator::Validate;
use portcullis::{Violation, validated_input};

use super::broken;
use super::types::{Named, named};
use crate::common::code;

#[test]
fn references() {
    #[validated_input]
    fn protected(
        #[check(range(max = 9))] shared: &u32,
        #[check(range(max = 9))] unique: &mut u32,
        request: &Named,
        changed: &mut Named,
    ) -> Result<u32, Violation> {
        *unique += *shared;
        changed.name = request.name.clone();
        Ok(*unique)
    }
    let (good, bad) = (named("good"), named(""));
    let (mut number, mut changed) = (9, named("old"));
    assert_eq!(protected(&9, &mut number, &good, &mut changed).unwrap(), 18);
    assert_eq!(changed.name, "good");
    assert_eq!(
        broken(protected(&10, &mut number, &bad, &mut named(""))),
        ["changed.name length", "request.name length", "shared range", "unique range"]
    );
    assert_eq!((number, &*changed.name), (18, "good"));
}

#[test]
fn mutable_parameters() {
    #[validated_input]
    fn protected(#[check(range(max = 9))] mut number: u32, mut request: Named) -> Result<String, Violation> {
        number += 1;
        request.name.push_str(&number.to_string());
        Ok(request.name)
    }
    assert_eq!(protected(9, named("a")).unwrap(), "a10");
    assert_eq!(broken(protected(10, named(""))), ["number range", "request.name length"]);
}

#[test]
fn raw_names_are_told_without_their_mark() {
    #[validated_input]
    fn r#match(#[check(range(max = 9))] r#type: u32, r#struct: Named) -> Result<u32, Violation> {
        let _ = r#struct;
        Ok(r#type)
    }
    assert_eq!(r#match(9, named("a")).unwrap(), 9);
    let refused = r#match(10, named("")).unwrap_err();
    assert!(!refused.to_string().contains("r#"), "{refused}");
    assert_eq!(broken::<()>(Err(refused)), ["struct.name length", "type range"]);
}

struct Point {
    x: i32,
    y: i32,
}

#[test]
fn rules_stand_under_the_names_that_a_pattern_binds() {
    #[validated_input]
    fn tuple(#[check(a(range(max = 9)), b(length(max = 2), ascii))] (a, b): (u32, &str)) -> Result<u32, Violation> {
        let _ = b;
        Ok(a)
    }
    #[validated_input]
    fn fields(#[check(x(range(min = 0)), down(range(max = 9)))] Point { x, y: down }: Point) -> Result<i32, Violation> {
        Ok(x + down)
    }
    #[validated_input]
    fn array(#[check(first(range(max = 9)))] [first, ..]: [u8; 3]) -> Result<u8, Violation> {
        Ok(first)
    }
    #[validated_input]
    fn changed(#[check(a(range(max = 9)))] (mut a, _): (u32, ())) -> Result<u32, Violation> {
        a += 1;
        Ok(a)
    }
    assert_eq!(tuple((9, "ab")).unwrap(), 9);
    assert_eq!(broken(tuple((10, "äöü"))), ["a range", "b ascii", "b length"]);
    assert_eq!(fields(Point { x: 0, y: 9 }).unwrap(), 9);
    assert_eq!(broken(fields(Point { x: -1, y: 10 })), ["down range", "x range"]);
    assert_eq!(array([9, 99, 99]).unwrap(), 9);
    assert_eq!(broken(array([10, 0, 0])), ["first range"]);
    assert_eq!(changed((9, ())).unwrap(), 10);
    assert_eq!(broken(changed((10, ()))), ["a range"]);
}

#[test]
fn what_a_pattern_binds_is_found_by_its_type() {
    struct Json<T>(T);
    struct Request {
        who: Named,
        to: Named,
    }
    #[validated_input]
    fn wrapped(Json(req): Json<Named>) -> Result<String, Violation> {
        Ok(req.name)
    }
    #[validated_input]
    fn fields(Request { who, to: target }: &Request) -> Result<usize, Violation> {
        Ok(who.name.len() + target.name.len())
    }
    assert_eq!(wrapped(Json(named("a"))).unwrap(), "a");
    assert_eq!(broken(wrapped(Json(named("")))), ["req.name length"]);
    assert_eq!(fields(&Request { who: named("a"), to: named("b") }).unwrap(), 2);
    assert_eq!(broken(fields(&Request { who: named(""), to: named("") })), ["target.name length", "who.name length"]);
}

#[test]
fn trusted_values_are_not_looked_at() {
    struct Database;
    #[validated_input]
    fn protected(
        #[trusted(reason = "made at start-up")] _database: &Database,
        #[trusted(reason = "signed by the server")] Named { name, .. }: Named,
        #[trusted(reason = "counted by the server")] number: u64,
    ) -> Result<(String, u64), Violation> {
        Ok((name, number))
    }
    assert_eq!(protected(&Database, named(""), u64::MAX).unwrap(), (String::new(), u64::MAX));
}

#[test]
fn truth_and_nothing_need_no_rule() {
    #[validated_input]
    fn protected(flag: bool, lent: &bool, (): (), nothing: ()) -> Result<bool, Violation> {
        let () = nothing;
        Ok(flag && *lent)
    }
    assert!(protected(true, &true, (), ()).unwrap());
}

#[test]
fn a_function_without_parameters_is_left_alone() {
    // It cannot be refused, so its return type need carry nothing.
    #[validated_input]
    fn protected() -> u32 {
        7
    }
    assert_eq!(protected(), 7);
}

#[test]
fn generic_parameters_by_their_bound() {
    #[validated_input]
    fn parameter<T: Validate + Debug>(request: T) -> Result<String, Violation> {
        Ok(format!("{request:?}"))
    }
    #[validated_input]
    fn anonymous(request: impl Validate, lent: &impl Validate) -> Result<(), Violation> {
        let _ = (request, lent);
        Ok(())
    }
    #[validated_input]
    fn unsized_value<T>(request: &T) -> Result<(), Violation>
    where
        T: Validate + ?Sized,
    {
        let _ = request;
        Ok(())
    }
    parameter(named("a")).unwrap();
    assert_eq!(broken(parameter(named(""))), ["request.name length"]);
    anonymous(named("a"), &named("b")).unwrap();
    assert_eq!(broken(anonymous(named(""), &named(""))), ["lent.name length", "request.name length"]);
    unsized_value(&named("a")).unwrap();
    assert_eq!(code(unsized_value(&named(""))), "input.length");
}

struct Server {
    served: u32,
}

impl Server {
    #[validated_input]
    fn serve(&mut self, #[check(range(max = 9))] number: u32) -> Result<&mut u32, Violation> {
        self.served += number;
        Ok(&mut self.served)
    }
}

#[test]
fn the_receiver_is_the_servers_own() {
    let mut server = Server { served: 0 };
    *server.serve(9).unwrap() += 1;
    assert_eq!(code(server.serve(10)), "input.range");
    assert_eq!(server.served, 10);
}

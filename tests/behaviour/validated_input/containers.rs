//! What holds a validated value.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use portcullis::validator::{Validate, ValidationError, ValidationErrors};
use portcullis::{Violation, validated_input};

use super::broken;
use super::types::{Named, named};

#[test]
fn option_and_result() {
    #[validated_input]
    fn option(request: Option<Named>) -> Result<bool, Violation> {
        Ok(request.is_some())
    }
    #[validated_input]
    fn result(request: Result<Named, String>) -> Result<bool, Violation> {
        Ok(request.is_ok())
    }
    #[validated_input]
    fn lent(request: Option<&Named>, deep: &Option<Result<Named, ()>>) -> Result<bool, Violation> {
        Ok(request.is_some() && deep.is_some())
    }
    assert!(option(Some(named("a"))).unwrap());
    assert!(!option(None).unwrap());
    assert_eq!(broken(option(Some(named("")))), ["request.name length"]);
    assert!(result(Ok(named("a"))).unwrap());
    // What went wrong before is for the body to see.
    assert!(!result(Err("not even a name".to_owned())).unwrap());
    assert_eq!(broken(result(Ok(named("")))), ["request.name length"]);
    assert!(lent(Some(&named("a")), &Some(Ok(named("b")))).unwrap());
    assert_eq!(broken(lent(Some(&named("")), &Some(Ok(named(""))))), ["deep.name length", "request.name length"]);
}

#[test]
fn pointers() {
    #[validated_input]
    fn protected(boxed: Box<Named>, counted: Rc<Named>, shared: &Arc<Named>) -> Result<usize, Violation> {
        Ok(boxed.name.len() + counted.name.len() + shared.name.len())
    }
    let call = |name| protected(Box::new(named(name)), Rc::new(named(name)), &Arc::new(named(name)));
    assert_eq!(call("a").unwrap(), 3);
    assert_eq!(broken(call("")), ["boxed.name length", "counted.name length", "shared.name length"]);
    assert_eq!(call("a").unwrap(), 3);
}

#[test]
fn tuples() {
    #[validated_input]
    fn protected(
        one: (Named,),
        pair: (Named, Option<Named>),
        four: &(Named, Box<Named>, Named, Vec<Named>),
    ) -> Result<(), Violation> {
        let _ = (one, pair, four);
        Ok(())
    }
    let call = |name| {
        let four = (named("a"), Box::new(named("a")), named("a"), vec![named("a"), named(name)]);
        protected((named(name),), (named("a"), Some(named(name))), &four)
    };
    call("a").unwrap();
    assert_eq!(broken(call("")), ["four[1].name length", "one.name length", "pair.name length"]);
}

#[test]
fn lists() {
    #[validated_input]
    fn protected(
        vector: Vec<Named>,
        slice: &[Named],
        array: [Named; 2],
        changed: &mut Vec<Named>,
    ) -> Result<usize, Violation> {
        changed.clear();
        Ok(vector.len() + slice.len() + array.len())
    }
    let (good, bad) = ([named("a"), named("b")], [named("a"), named("")]);
    let mut changed = good.to_vec();
    assert_eq!(protected(good.to_vec(), &good, good.clone(), &mut changed).unwrap(), 6);
    assert!(changed.is_empty());
    changed = bad.to_vec();
    assert_eq!(
        broken(protected(bad.to_vec(), &bad, bad.clone(), &mut changed)),
        ["array[1].name length", "changed[1].name length", "slice[1].name length", "vector[1].name length"]
    );
    assert_eq!(changed.len(), 2);
}

#[test]
fn a_list_that_is_too_long_is_not_looked_into() {
    #[validated_input]
    fn both(#[check(length(max = 2), nested)] items: Vec<Named>) -> Result<usize, Violation> {
        Ok(items.len())
    }
    // What it holds is found without being asked for.
    #[validated_input]
    fn by_itself(#[check(length(max = 2))] items: Vec<Named>) -> Result<usize, Violation> {
        Ok(items.len())
    }
    for protected in [both, by_itself] {
        assert_eq!(protected(vec![named("a"); 2]).unwrap(), 2);
        assert_eq!(broken(protected(vec![named("a"), named("")])), ["items[1].name length"]);
        assert_eq!(broken(protected(vec![named("a"), named("b"), named("")])), ["items length"]);
    }
}

#[test]
fn of_a_list_of_errors_no_more_is_looked_at_than_shown() {
    static LOOKED_AT: AtomicUsize = AtomicUsize::new(0);
    struct Counted;
    impl Validate for Counted {
        fn validate(&self) -> Result<(), ValidationErrors> {
            LOOKED_AT.fetch_add(1, Ordering::Relaxed);
            let mut errors = ValidationErrors::new();
            errors.add("field", ValidationError::new("wrong"));
            Err(errors)
        }
    }
    #[validated_input]
    fn protected(items: Vec<Counted>) -> Result<usize, Violation> {
        Ok(items.len())
    }
    let refused = protected((0..100_000).map(|_| Counted).collect()).unwrap_err();
    assert_eq!(refused.fields().len(), 16);
    assert!(refused.fields_omitted() > 0);
    assert_eq!(LOOKED_AT.load(Ordering::Relaxed), 256);
}

#[test]
fn maps_by_key_and_value() {
    #[validated_input]
    fn protected(
        #[check(length(max = 2), keys(length(max = 3)))] hashed: HashMap<String, Named>,
        #[check(length(max = 2), keys(range(max = 9)), values(nested))] sorted: &BTreeMap<u8, Named>,
        #[check(length(max = 2), keys(trusted(reason = "only looked up")), values(range(max = 9)))] prices: BTreeMap<
            String,
            u8,
        >,
    ) -> Result<usize, Violation> {
        Ok(hashed.len() + sorted.len() + prices.len())
    }
    let call = |key: &str, name: &str, number: u8| {
        let sorted = [(number, named(name))].into();
        protected([(key.to_owned(), named(name))].into(), &sorted, [("a long one".to_owned(), number)].into())
    };
    assert_eq!(call("key", "a", 9).unwrap(), 3);
    assert_eq!(broken(call("keys", "a", 9)), ["hashed length"]);
    assert_eq!(broken(call("key", "", 9)), ["hashed.name length", "sorted.name length"]);
    let refused = call("key", "a", 10).unwrap_err();
    let details: Vec<&str> = refused.fields().iter().map(|field| &*field.detail).collect();
    assert_eq!(details, ["a value must be at most 9", "a key must be at most 9"]);
    assert_eq!(call("key", "a", 9).unwrap(), 3);
}

#[test]
fn one_of_many_values_is_told_of_once() {
    #[validated_input]
    fn protected(
        #[check(length(max = 99), keys(range(max = 9)), values(range(max = 9)))] map: BTreeMap<u8, u8>,
    ) -> Result<usize, Violation> {
        Ok(map.len())
    }
    assert_eq!(broken(protected((10..90).map(|n| (n, n)).collect())), ["map range", "map range"]);
    assert_eq!(broken(protected((1..200).map(|n| (n, n)).collect())), ["map length"]);
}

/// As the frameworks have it.
struct Json<T>(T);

impl<T> Deref for Json<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

#[test]
fn extractors() {
    #[validated_input]
    fn whole(req: Json<Named>) -> Result<String, Violation> {
        Ok(req.0.name)
    }
    #[validated_input]
    fn opened(Json(req): Json<Named>) -> Result<String, Violation> {
        Ok(req.name)
    }
    #[validated_input]
    fn changed(Json(mut req): Json<Named>) -> Result<String, Violation> {
        req.name.push('!');
        Ok(req.name)
    }
    #[validated_input]
    fn list(req: Json<Vec<Named>>) -> Result<usize, Violation> {
        Ok(req.len())
    }
    #[validated_input]
    fn generic<T: Validate>(req: Json<T>) -> Result<T, Violation> {
        Ok(req.0)
    }
    #[validated_input]
    fn with_rule(#[check(id(range(max = 9)))] Json(id): Json<u32>) -> Result<u32, Violation> {
        Ok(id)
    }
    assert_eq!(whole(Json(named("a"))).unwrap(), "a");
    assert_eq!(broken(whole(Json(named("")))), ["req.name length"]);
    assert_eq!(opened(Json(named("a"))).unwrap(), "a");
    assert_eq!(broken(opened(Json(named("")))), ["req.name length"]);
    assert_eq!(changed(Json(named("a"))).unwrap(), "a!");
    assert_eq!(broken(changed(Json(named("")))), ["req.name length"]);
    assert_eq!(list(Json(vec![named("a")])).unwrap(), 1);
    assert_eq!(broken(list(Json(vec![named("a"), named("")]))), ["req[1].name length"]);
    assert_eq!(generic(Json(named("a"))).unwrap().name, "a");
    assert_eq!(broken(generic(Json(named("")))), ["req.name length"]);
    assert_eq!(with_rule(Json(9)).unwrap(), 9);
    assert_eq!(broken(with_rule(Json(10))), ["id range"]);
}

#[test]
fn extractors_inside_others() {
    #[validated_input]
    fn protected(
        maybe: Option<Json<Named>>,
        tried: Result<Json<Option<Named>>, String>,
        shared: Arc<Json<Named>>,
        lent: Cow<'_, [Named]>,
        #[check(range(max = 9))] number: Option<Json<u32>>,
    ) -> Result<usize, Violation> {
        let _ = (maybe, tried, shared, number);
        Ok(lent.len())
    }
    let call = |name: &str, number| {
        let list = [named(name)];
        protected(
            Some(Json(named(name))),
            Ok(Json(Some(named(name)))),
            Arc::new(Json(named(name))),
            Cow::Borrowed(&list),
            Some(Json(number)),
        )
    };
    assert_eq!(call("a", 9).unwrap(), 1);
    assert_eq!(
        broken(call("", 10)),
        ["lent[0].name length", "maybe.name length", "number range", "shared.name length", "tried.name length"]
    );
    assert_eq!(
        protected(None, Err("not even one".into()), Arc::new(Json(named("a"))), Cow::Owned(vec![]), None).unwrap(),
        0
    );
}

#[test]
fn what_an_extractor_binds_has_the_type_that_it_shows() {
    #[validated_input]
    fn protected(
        #[check(id(range(max = 9)), name(length(max = 3)))] Path((id, name)): Path<(Option<u32>, String)>,
    ) -> Result<(Option<u32>, String), Violation> {
        Ok((id, name))
    }
    struct Path<T>(T);
    assert_eq!(protected(Path((Some(9), "abc".into()))).unwrap(), (Some(9), "abc".into()));
    assert_eq!(protected(Path((None, "abc".into()))).unwrap().0, None);
    assert_eq!(broken(protected(Path((Some(10), "abcd".into())))), ["id range", "name length"]);
}

//! What holds a validated value.

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use portcullis::validator::Validate;
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
fn a_rule_on_the_list_and_the_rules_of_what_it_holds() {
    #[validated_input]
    fn both(#[check(length(max = 2), nested)] items: Vec<Named>) -> Result<usize, Violation> {
        Ok(items.len())
    }
    assert_eq!(both(vec![named("a"); 2]).unwrap(), 2);
    assert_eq!(broken(both(vec![named("a"), named("b"), named("")])), ["items length", "items[2].name length"]);
}

#[test]
fn maps() {
    #[validated_input]
    fn protected(hashed: HashMap<String, Named>, sorted: &BTreeMap<u8, Named>) -> Result<usize, Violation> {
        Ok(hashed.len() + sorted.len())
    }
    let call = |name: &str| protected([("key".to_owned(), named(name))].into(), &[(1, named(name))].into());
    assert_eq!(call("a").unwrap(), 2);
    assert_eq!(broken(call("")).len(), 2);
    assert_eq!(call("a").unwrap(), 2);
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

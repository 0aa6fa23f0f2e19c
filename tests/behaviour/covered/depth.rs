//! A covered type that contains itself is walked under a bound, of levels that all types count together.

use std::thread;

use portcullis::validator::Validate;
use portcullis::{Covered, Level, TakeApart, Violation, drop_iteratively, validated_input};

use super::broken;

#[derive(TakeApart, Validate, Covered)]
#[validate(crate = "portcullis::validator")]
struct Node {
    #[validate(range(max = 9))]
    value: u8,
    #[validate(nested)]
    next: Option<Box<Node>>,
}

fn chain(levels: u32, value: u8) -> Node {
    (1..levels).fold(Node { value, next: None }, |inner, _| Node { value: 1, next: Some(Box::new(inner)) })
}

#[validated_input]
fn handle(node: &Node) -> Result<u8, Violation> {
    Ok(node.value)
}

#[test]
fn the_bound_is_exact_and_the_next_request_is_not_refused() {
    assert_eq!(handle(&chain(64, 1)).unwrap(), 1);
    let refused = handle(&chain(65, 1)).unwrap_err();
    assert_eq!((refused.code(), refused.fields().len()), ("input.depth", 1));
    assert!(refused.fields()[0].to_string().ends_with(".next must not be nested more than 64 deep"));
    assert_eq!(handle(&chain(64, 1)).unwrap(), 1);
}

#[test]
fn what_is_broken_on_the_way_has_its_path() {
    assert_eq!(broken(handle(&chain(3, 10))), ["node.next.next.value range"]);
}

#[test]
fn ten_million_levels_are_refused_where_validator_needs_the_stack_for_them() {
    let small = thread::Builder::new().stack_size(256 << 10);
    let answered = small.spawn(|| {
        let deep = chain(10_000_000, 1);
        let code = handle(&deep).unwrap_err().code();
        drop_iteratively(deep);
        (code, handle(&chain(3, 1)).unwrap())
    });
    assert_eq!(answered.unwrap().join().unwrap(), ("input.depth", 1));
    // `validate()` itself goes on as deep as the value does: no bound is in what the derive of validator prints.
    assert!(chain(1_000, 1).validate().is_ok());
}

#[derive(Covered)]
#[covered(depth = 3)]
struct Left {
    #[check(length(max = 8), nested)]
    rights: Vec<Right>,
}

#[derive(Covered)]
enum Right {
    End,
    Left(#[check(nested)] Box<Left>),
}

fn nested(lefts: u32) -> Left {
    (1..lefts).fold(Left { rights: vec![Right::End] }, |inner, _| Left { rights: vec![Right::Left(Box::new(inner))] })
}

#[test]
fn types_that_contain_each_other_count_together() {
    assert!(nested(2).ensure("left").is_ok());
    assert_eq!(broken(nested(3).ensure("left")), ["left.rights[0].Left.rights[0].Left depth"]);
}

#[test]
fn the_impl_that_stands_in_for_validators_has_the_bound_too() {
    assert!(nested(2).validate().is_ok());
    assert!(nested(3).validate().is_err());
}

#[test]
fn a_bound_may_be_any_expression() {
    const LIMIT: u32 = 2;
    #[derive(Covered)]
    #[covered(depth = LIMIT + 1)]
    struct Tree {
        #[check(length(max = 2), nested)]
        branches: Vec<Tree>,
    }
    let tree = |levels| (1..levels).fold(Tree { branches: vec![] }, |inner, _| Tree { branches: vec![inner] });
    assert!(tree(3).ensure("tree").is_ok());
    assert_eq!(broken(tree(4).ensure("tree")), ["tree.branches[0].branches[0].branches[0] depth"]);
}

#[test]
fn a_level_in_a_covered_type_keeps_its_bound() {
    #[derive(Covered)]
    struct Comment {
        #[check(length(max = 4), nested)]
        answers: Vec<Level<Comment, 2>>,
    }
    let deep =
        |levels| (0..levels).fold(Comment { answers: vec![] }, |inner, _| Comment { answers: vec![inner.into()] });
    assert!(deep(2).ensure("comment").is_ok());
    assert_eq!(broken(deep(3).ensure("comment")), ["comment.answers[0].answers[0].answers[0] depth"]);
}

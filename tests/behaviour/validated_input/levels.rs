//! `Level`: a type that contains itself is validated as deep as it says.

use std::thread;

use portcullis::validator::Validate;
use portcullis::{Level, TakeApart, Violation, drop_iteratively, validated_input};

#[derive(TakeApart, Validate)]
#[validate(crate = "portcullis::validator")]
struct Node {
    #[validate(range(max = 9))]
    value: u8,
    #[validate(nested)]
    next: Option<Box<Level<Node, 32>>>,
    #[validate(nested)]
    more: Vec<Level<Node>>,
}

fn chain(levels: u32, value: u8) -> Node {
    (0..levels).fold(Node { value, next: None, more: Vec::new() }, |inner, _| Node {
        value: 1,
        next: Some(Box::new(inner.into())),
        more: Vec::new(),
    })
}

#[validated_input]
fn handle(#[check(nested)] node: &Node) -> Result<u8, Violation> {
    Ok(node.value)
}

#[test]
fn the_bound_is_exact() {
    assert_eq!(handle(&chain(32, 1)).unwrap(), 1);
    assert_eq!(handle(&chain(33, 1)).unwrap_err().code(), "input.depth");
    assert_eq!(handle(&chain(32, 1)).unwrap(), 1);
}

#[test]
fn what_is_broken_on_the_way_has_its_path() {
    let refused = handle(&chain(2, 10)).unwrap_err();
    assert_eq!(refused.fields()[0].to_string(), "node.next.next.value must be at most 9");
    let refused = handle(&chain(33, 1)).unwrap_err();
    let field = refused.fields()[0].to_string();
    assert!(field.starts_with("node.next.next.next."), "{field}");
    assert!(field.ends_with(" must not be nested more than 32 deep"), "{field}");
}

#[test]
fn the_levels_of_all_types_count_together() {
    let mut node = chain(31, 1);
    node.more = vec![chain(32, 1).into()];
    // 33 levels of the chain in the list, the first of them within 64 and the rest within 32.
    assert_eq!(handle(&node).unwrap_err().code(), "input.depth");
    node.more = vec![chain(31, 1).into()];
    assert!(handle(&node).is_ok());
    drop_iteratively(node);
}

#[test]
fn ten_million_levels_are_refused_and_the_next_request_is_not() {
    let small = thread::Builder::new().stack_size(256 << 10);
    let answered = small.spawn(|| {
        let deep = chain(10_000_000, 1);
        let code = handle(&deep).unwrap_err().code();
        drop_iteratively(deep);
        (code, handle(&chain(3, 1)).unwrap())
    });
    assert_eq!(answered.unwrap().join().unwrap(), ("input.depth", 1));
}

#[test]
fn the_client_does_not_see_it() {
    #[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
    struct Tree {
        value: u8,
        children: Vec<Level<Tree>>,
    }
    let text = r#"{"value":1,"children":[{"value":2,"children":[]}]}"#;
    let tree: Tree = serde_json::from_str(text).unwrap();
    assert_eq!(tree.children[0].value, 2);
    assert_eq!(serde_json::to_string(&tree).unwrap(), text);
}

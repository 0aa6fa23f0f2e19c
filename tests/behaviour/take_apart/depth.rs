//! As deep as memory goes, on a stack of 64 KiB.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::rc::Rc;
use std::thread;

use portcullis::{TakeApart, drop_iteratively};

const LEVELS: u32 = 10_000_000;

/// On a thread whose stack would not last for 2,000 levels of anything.
fn on_a_small_stack(body: impl FnOnce() + Send) {
    thread::scope(|scope| {
        thread::Builder::new().stack_size(64 << 10).spawn_scoped(scope, body).unwrap().join().unwrap();
    });
}

#[test]
fn a_chain_of_boxes() {
    #[derive(TakeApart)]
    struct Chain {
        level: u32,
        next: Option<Box<Chain>>,
    }
    on_a_small_stack(|| {
        let chain = (0..LEVELS).fold(None, |next, level| Some(Box::new(Chain { level, next })));
        drop_iteratively(chain);
    });
}

/// The same, by the type's own `Drop`, wherever it stands.
#[test]
fn a_chain_that_drops_flat_by_itself() {
    #[derive(TakeApart)]
    #[take_apart(drop)]
    struct Chain {
        level: u32,
        next: Option<Box<Chain>>,
    }
    on_a_small_stack(|| {
        let chain = |levels| (0..levels).fold(None, |next, level| Some(Box::new(Chain { level, next })));
        drop(chain(LEVELS));
        let held = vec![(chain(100_000), "held")];
        drop(held);
        let caught = std::panic::catch_unwind(|| {
            let _dropped_by_the_panic = chain(100_000);
            std::panic::resume_unwind(Box::new("on purpose"))
        });
        assert!(caught.is_err());
        drop_iteratively(chain(100_000));
    });
}

#[derive(TakeApart)]
enum Value {
    Null,
    Text(String),
    List(Vec<Value>),
    Map(HashMap<String, Value>),
    Sorted { tree: BTreeMap<u8, Value>, note: &'static str },
    Queue(VecDeque<Value>, [Option<Box<Value>>; 2]),
    Shared(Rc<Value>),
}

#[test]
fn every_kind_of_collection() {
    on_a_small_stack(|| {
        let deep = (0..1_000_000).fold(Value::Null, |inner, level| match level % 6 {
            0 => Value::List(vec![Value::Text("leaf".into()), inner, Value::Null]),
            1 => Value::Map(HashMap::from([("key".to_owned(), inner)])),
            2 => Value::Sorted { tree: BTreeMap::from([(1, Value::Null), (2, inner)]), note: "" },
            3 => Value::Queue(VecDeque::from([inner]), [None, Some(Box::new(Value::Null))]),
            4 => Value::Queue(VecDeque::new(), [Some(Box::new(inner)), None]),
            _ => Value::Shared(Rc::new(inner)),
        });
        drop_iteratively(deep);
    });
}

#[test]
fn types_that_hold_each_other() {
    #[derive(TakeApart)]
    struct Post {
        comments: Vec<Comment>,
    }
    #[derive(TakeApart)]
    struct Comment {
        quoted: Option<Box<Post>>,
    }
    on_a_small_stack(|| {
        let post = (0..1_000_000).fold(Post { comments: Vec::new() }, |post, _| Post {
            comments: vec![Comment { quoted: None }, Comment { quoted: Some(Box::new(post)) }],
        });
        drop_iteratively(post);
    });
}

#[test]
fn a_wide_node() {
    let wide = Value::List((0..1_000_000).map(|_| Value::List(vec![Value::Null])).collect());
    on_a_small_stack(move || {
        // Moves in: the value is not `Send` for its `Rc`, so a plain one is made here.
        let again = Value::List((0..1_000_000).map(|_| Value::List(vec![Value::Null])).collect());
        drop_iteratively(again);
    });
    drop_iteratively(wide);
}

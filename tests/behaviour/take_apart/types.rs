//! What the derive is put on.

use std::cell::Cell;
use std::marker::PhantomData;
use std::sync::Arc;

use portcullis::{Parts, TakeApart, drop_iteratively};

#[derive(TakeApart)]
struct Unit;

#[derive(TakeApart)]
struct Zero([(); 4], PhantomData<u8>);

#[derive(TakeApart)]
enum Never {}

#[derive(TakeApart)]
struct Generic<'a, T: 'a, const N: usize>
where
    T: Clone,
{
    r#type: &'a str,
    values: [T; N],
    next: Option<Arc<Generic<'a, T, N>>>,
}

#[derive(TakeApart)]
struct Bound<T: TakeApart>(T, Vec<(T, Option<Box<Bound<T>>>)>, Result<Box<Bound<T>>, String>);

#[derive(TakeApart)]
enum Mixed<'a> {
    Named { r#in: Option<Box<Mixed<'a>>>, text: &'a str },
    Tuple(Box<Mixed<'a>>, String),
    Unit,
}

#[test]
fn shapes() {
    drop_iteratively(Unit);
    drop_iteratively(Zero([(); 4], PhantomData));
    drop_iteratively(None::<Never>);
    let generic = Arc::new(Generic { r#type: "a", values: [1, 2], next: None });
    drop_iteratively(Generic { r#type: "b", values: [3, 4], next: Some(generic) });
    drop_iteratively(Bound(Unit, vec![(Unit, None)], Err("none".into())));
    let inner = Mixed::Tuple(Box::new(Mixed::Unit), "text".into());
    drop_iteratively(Mixed::Named { r#in: Some(Box::new(inner)), text: "" });
}

/// A parameter with the bound is taken apart; one without is a leaf.
#[test]
fn parameters() {
    struct Part<'a>(&'a Cell<u32>);
    impl TakeApart for Part<'_> {
        fn take_apart<'a>(self, _: &mut Parts<'a>)
        where
            Self: 'a,
        {
            self.0.set(self.0.get() + 1);
        }
    }
    #[derive(TakeApart)]
    struct With<T: TakeApart>(T);
    #[derive(TakeApart)]
    struct Without<T>(T);
    #[derive(TakeApart)]
    struct Skips<T: TakeApart>(#[take_apart(skip)] T, T);
    let apart = Cell::new(0);
    drop_iteratively(With(Part(&apart)));
    assert_eq!(apart.get(), 1);
    drop_iteratively(Without(Part(&apart)));
    assert_eq!(apart.get(), 1);
    drop_iteratively(Skips(Part(&apart), Part(&apart)));
    assert_eq!(apart.get(), 2);
}

mod renamed {
    use portcullis as gate;

    #[derive(gate::TakeApart)]
    #[take_apart(crate = gate)]
    struct Node(Option<Box<Node>>);

    #[test]
    fn by_another_name() {
        gate::drop_iteratively(Node(Some(Box::new(Node(None)))));
    }
}

#[test]
fn the_list_can_be_seen() {
    let mut parts = Parts::default();
    parts.add(vec![Unit, Unit]);
    parts.add(Vec::<Unit>::new());
    parts.add(Box::new(Unit));
    assert_eq!(format!("{parts:?}"), "Parts { waiting: 2 }");
}

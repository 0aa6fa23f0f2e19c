//! Random trees of calls in every shape, compared with a model that only counts: nothing is entered beyond its bound, and
//! nothing is refused below it.

use std::pin::Pin;
use std::sync::Mutex;
use std::task::Poll;
use std::thread;

use futures_util::future::join_all;
use portcullis::{RecursionGroup, Violation, bounded_recursion, carry, carry_call, recursion_group};
use proptest::prelude::*;

use crate::common::{Later, run};

/// Of the group that most of the shapes share.
const SHARED: u32 = 6;
/// Of the shape that has a count of its own.
const PRIVATE: u32 = 3;

recursion_group!(GROUP);

/// How a node is called.
#[derive(Clone, Copy, Debug)]
enum Shape {
    Function,
    Method,
    Closure,
    Object,
    /// Awaited, its children all at once.
    Future,
    /// Made here, polled on another thread.
    FutureElsewhere,
    /// A plain block on another thread, carried.
    BlockElsewhere,
    /// A closure on another thread, carried.
    CallElsewhere,
    /// With a count of its own.
    Private,
    /// A future of that count, polled on another thread.
    PrivateElsewhere,
}

#[derive(Clone, Debug)]
struct Node {
    shape: Shape,
    children: Vec<Node>,
}

/// For each node that was called: its shared depth, and whether it was entered.
type Log = Vec<(u32, bool)>;

/// What has to happen.
fn model(node: &Node, mut shared: u32, mut private: u32, log: &mut Log) {
    let own = matches!(node.shape, Shape::Private | Shape::PrivateElsewhere);
    let (depth, max) = if own { (&mut private, PRIVATE) } else { (&mut shared, SHARED) };
    let entered = *depth < max;
    *depth += u32::from(entered);
    log.push((shared, entered));
    if entered {
        node.children.iter().for_each(|child| model(child, shared, private, log));
    }
}

type Boxed<'a> = Pin<Box<dyn Future<Output = Result<(), Violation>> + Send + 'a>>;

/// What happens.
struct Run(Mutex<Log>);

trait Enter: Sync {
    fn object(&self, node: &Node) -> Result<(), Violation>;
}

impl Run {
    fn log(&self, entered: bool) {
        self.0.lock().unwrap().push((GROUP.with(RecursionGroup::depth), entered));
    }

    /// Of a node that was entered.
    fn children(&self, node: &Node) -> Result<(), Violation> {
        self.log(true);
        node.children.iter().for_each(|child| self.call(child));
        Ok(())
    }

    async fn children_at_once(&self, node: &Node) -> Result<(), Violation> {
        self.log(true);
        Later::default().await;
        join_all(node.children.iter().map(|child| async {
            Later::default().await;
            if matches!(child.shape, Shape::Future) {
                self.note(shared_future(self, child).await);
            } else {
                self.call(child);
            }
        }))
        .await;
        Ok(())
    }

    fn note(&self, outcome: Result<(), Violation>) {
        if let Err(violation) = outcome {
            assert_eq!(violation.code(), "recursion.depth");
            self.log(false);
        }
    }

    fn call(&self, node: &Node) {
        self.note(match node.shape {
            Shape::Function => function(self, node),
            Shape::Method => self.method(node),
            Shape::Closure => closure(self, node),
            Shape::Object => (self as &dyn Enter).object(node),
            Shape::Future => run(shared_future(self, node)),
            Shape::FutureElsewhere => elsewhere(shared_future(self, node)),
            Shape::BlockElsewhere => elsewhere(Box::pin(carry(async move { function(self, node) }))),
            Shape::CallElsewhere => {
                let call = carry_call(move || function(self, node));
                thread::scope(|scope| scope.spawn(call).join().unwrap())
            }
            Shape::Private => private(self, node, false),
            Shape::PrivateElsewhere => private(self, node, true),
        });
    }

    #[bounded_recursion(max = SHARED, group = GROUP)]
    fn method(&self, node: &Node) -> Result<(), Violation> {
        self.children(node)
    }
}

impl Enter for Run {
    #[bounded_recursion(max = SHARED, group = GROUP)]
    fn object(&self, node: &Node) -> Result<(), Violation> {
        self.children(node)
    }
}

#[bounded_recursion(max = SHARED, group = GROUP)]
fn function(run: &Run, node: &Node) -> Result<(), Violation> {
    run.children(node)
}

#[bounded_recursion(max = SHARED, group = GROUP)]
fn closure(run: &Run, node: &Node) -> Result<(), Violation> {
    let children = |node: &Node| run.children(node);
    children(node)
}

fn shared_future<'a>(run: &'a Run, node: &'a Node) -> Boxed<'a> {
    #[bounded_recursion(max = SHARED, group = GROUP)]
    async fn future(run: &Run, node: &Node) -> Result<(), Violation> {
        run.children_at_once(node).await
    }
    Box::pin(future(run, node))
}

/// One count, whether it is entered here or elsewhere.
fn private(run: &Run, node: &Node, away: bool) -> Result<(), Violation> {
    #[bounded_recursion(max = PRIVATE)]
    async fn counted(run: &Run, node: &Node) -> Result<(), Violation> {
        Later::default().await;
        run.children(node)
    }
    if away { elsewhere(Box::pin(counted(run, node))) } else { crate::common::run(counted(run, node)) }
}

/// On a thread whose counts are all zero, and after the first poll on yet another one.
fn elsewhere(mut future: Boxed<'_>) -> Result<(), Violation> {
    let polled = thread::scope(|scope| scope.spawn(|| crate::common::poll(future.as_mut())).join().unwrap());
    match polled {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => thread::scope(|scope| scope.spawn(|| run(future)).join().unwrap()),
    }
}

fn node() -> impl Strategy<Value = Node> {
    let shape = || {
        prop_oneof![
            Just(Shape::Function),
            Just(Shape::Method),
            Just(Shape::Closure),
            Just(Shape::Object),
            Just(Shape::Future),
            Just(Shape::FutureElsewhere),
            Just(Shape::BlockElsewhere),
            Just(Shape::CallElsewhere),
            Just(Shape::Private),
            Just(Shape::PrivateElsewhere),
        ]
    };
    // Each node hangs from one of the few before it, so that the trees are deep rather than wide.
    prop::collection::vec((shape(), 1..4_usize), 1..40).prop_map(|nodes| {
        let mut later: Vec<Vec<Node>> = nodes.iter().map(|_| Vec::new()).collect();
        for (at, (shape, up)) in nodes.into_iter().enumerate().rev() {
            let children = later.pop().unwrap();
            let node = Node { shape, children };
            match at.checked_sub(up).or(at.checked_sub(1)) {
                Some(parent) => later[parent].push(node),
                None => return node,
            }
        }
        unreachable!("there is a first")
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_entered_and_what_is_refused(root in node()) {
        let mut expected = Log::new();
        model(&root, 0, 0, &mut expected);
        let run = Run(Mutex::default());
        run.call(&root);
        let mut seen = run.0.into_inner().unwrap();
        // Children that run at once have no order.
        expected.sort_unstable();
        seen.sort_unstable();
        prop_assert_eq!(seen, expected);
        prop_assert_eq!(GROUP.with(RecursionGroup::depth), 0);
    }
}

/// The trees are deep enough for the bounds to matter.
#[test]
fn the_trees_reach_the_bounds() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut entered, mut refused) = (0, 0);
    for _ in 0..300 {
        let mut log = Log::new();
        model(&node().new_tree(&mut runner).unwrap().current(), 0, 0, &mut log);
        entered += log.iter().filter(|(_, entered)| *entered).count();
        refused += log.iter().filter(|(_, entered)| !entered).count();
    }
    assert!(entered > 1_000 && refused > 100, "{entered} entered, {refused} refused");
}

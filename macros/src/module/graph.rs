//! A graph of numbers: what leads where, and which cycles there are. It knows nothing of Rust.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

type Node = usize;

#[derive(Clone, Default)]
pub(crate) struct Graph {
    next: BTreeMap<Node, BTreeSet<Node>>,
}

impl Graph {
    pub(crate) fn add(&mut self, from: Node, to: Node) {
        self.next.entry(from).or_default().insert(to);
    }

    /// With some of the edges.
    pub(crate) fn with_edges(&self, stays: impl Fn(Node, Node) -> bool) -> Self {
        let mut left = Self::default();
        for (from, to) in self.edges().filter(|(from, to)| stays(*from, *to)) {
            left.add(from, to);
        }
        left
    }

    pub(crate) fn edges(&self) -> impl Iterator<Item = (Node, Node)> {
        self.next.iter().flat_map(|(from, to)| to.iter().map(|to| (*from, *to)))
    }

    /// What is left when some nodes are gone.
    pub(crate) fn without(&self, is_gone: impl Fn(Node) -> bool) -> Self {
        self.with_edges(|from, to| !is_gone(from) && !is_gone(to))
    }

    /// The nodes that one or more steps lead to. A loop: a graph of a client's shape must not decide about our stack.
    pub(crate) fn reached_from(&self, node: Node) -> BTreeSet<Node> {
        let mut reached = BTreeSet::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            open.extend(self.after(node).filter(|next| reached.insert(*next)));
        }
        reached
    }

    /// The strongly connected components that hold a cycle, in the order of their least nodes.
    pub(crate) fn components(&self) -> Vec<BTreeSet<Node>> {
        let mut found: Vec<BTreeSet<Node>> = Vec::new();
        for node in self.next.keys() {
            if found.iter().any(|component| component.contains(node)) {
                continue;
            }
            let reached = self.reached_from(*node);
            if reached.contains(node) {
                found.push(reached.into_iter().filter(|other| self.reached_from(*other).contains(node)).collect());
            }
        }
        found
    }

    /// The shortest cycle of a component; among several, the one with the least first node. The first is not named again.
    pub(crate) fn shortest_cycle(&self, component: &BTreeSet<Node>) -> Vec<Node> {
        component.iter().filter_map(|node| self.shortest_way_back(*node)).min_by_key(Vec::len).unwrap_or_default()
    }

    fn shortest_way_back(&self, start: Node) -> Option<Vec<Node>> {
        let mut came_from = BTreeMap::new();
        let mut open = VecDeque::from([start]);
        while let Some(node) = open.pop_front() {
            for next in self.after(node) {
                if next == start {
                    let mut way = vec![node];
                    way.extend(std::iter::successors(came_from.get(&node), |node| came_from.get(*node)));
                    way.reverse();
                    return Some(way);
                }
                if let std::collections::btree_map::Entry::Vacant(entry) = came_from.entry(next) {
                    entry.insert(node);
                    open.push_back(next);
                }
            }
        }
        None
    }

    fn after(&self, node: Node) -> impl Iterator<Item = Node> {
        self.next.get(&node).into_iter().flatten().copied()
    }
}

/// From each node of a cycle to the next, and from the last to the first.
pub(crate) fn steps(cycle: &[Node]) -> impl Iterator<Item = (&Node, &Node)> {
    cycle.iter().zip(cycle.iter().cycle().skip(1))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Graph, steps};

    fn graph(edges: &[(usize, usize)]) -> Graph {
        let mut graph = Graph::default();
        for (from, to) in edges {
            graph.add(*from, *to);
        }
        graph
    }

    fn cycles(edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
        let graph = graph(edges);
        graph.components().iter().map(|component| graph.shortest_cycle(component)).collect()
    }

    #[test]
    fn what_leads_nowhere_is_no_cycle() {
        assert!(cycles(&[(0, 1), (0, 2), (1, 3), (2, 3)]).is_empty());
        assert!(cycles(&[]).is_empty());
    }

    #[test]
    fn a_component_gives_its_shortest_cycle() {
        assert_eq!(cycles(&[(0, 0)]), [vec![0]]);
        assert_eq!(cycles(&[(0, 1), (1, 2), (2, 0), (2, 1)]), [vec![1, 2]]);
        assert_eq!(cycles(&[(5, 1), (1, 5), (0, 1), (7, 8), (8, 9), (9, 7)]), [vec![1, 5], vec![7, 8, 9]]);
    }

    #[test]
    fn a_bound_breaks_the_cycles_through_it_and_no_other() {
        let both = graph(&[(0, 1), (1, 0), (1, 2), (2, 1)]);
        assert!(both.without(|node| node == 1).components().is_empty());
        assert_eq!(both.without(|node| node == 0).components(), [BTreeSet::from([1, 2])]);
    }

    /// A second way to say what a component is: two nodes that lead to each other.
    #[test]
    fn components_of_every_graph_of_three_nodes() {
        for bits in 0_u16..512 {
            let all = (0..3).flat_map(|from| (0..3).map(move |to| (from, to)));
            let edges: Vec<_> = all.enumerate().filter(|(bit, _)| bits >> bit & 1 == 1).map(|(_, edge)| edge).collect();
            let mut closure = edges.iter().copied().collect::<BTreeSet<_>>();
            for middle in 0..3 {
                for from in 0..3 {
                    for to in 0..3 {
                        if closure.contains(&(from, middle)) && closure.contains(&(middle, to)) {
                            closure.insert((from, to));
                        }
                    }
                }
            }
            let expected: BTreeSet<BTreeSet<usize>> = (0..3)
                .filter(|node| closure.contains(&(*node, *node)))
                .map(|node| {
                    (0..3).filter(|to| closure.contains(&(node, *to)) && closure.contains(&(*to, node))).collect()
                })
                .collect();
            let graph = graph(&edges);
            assert_eq!(graph.components().into_iter().collect::<BTreeSet<_>>(), expected, "{edges:?}");
            for component in graph.components() {
                let cycle = graph.shortest_cycle(&component);
                assert!(!cycle.is_empty());
                assert!(steps(&cycle).all(|(from, to)| edges.contains(&(*from, *to))), "{cycle:?} of {edges:?}");
            }
        }
    }
}

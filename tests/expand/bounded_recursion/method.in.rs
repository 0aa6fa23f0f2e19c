#[bounded_recursion(max = LIMIT, or(panic))]
fn walk(&self, node: &Node) -> u64 {
    node.children().map(|child| self.walk(child)).sum()
}

#[bounded_recursion(mode = stack)]
fn depth(node: &Node, left: u32) -> Result<u32, Error> {
    match node {
        Node::Leaf => Ok(0),
        Node::Gone(_) | Node::Error { .. } => Err(Error::Gone),
        _ if left == 0 => Err(Error::Deep),
        Node::Inner(inner) => depth(inner, left - 1),
    }
}

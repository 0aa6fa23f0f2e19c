#[bounded_recursion(mode = stack)]
fn sum(node: &Node, left: u32, signed: bool) -> Result<u32, Error> {
    if left == 0 {
        Err(Error::Deep)
    } else if !(signed || left > 100) {
        return Ok(0);
    } else if node.is_leaf() {
        Ok(1)
    } else {
        sum(node.inner(), left - 1, signed)
    }
}

#[bounded_recursion(mode = both, max = 200, key = player)]
fn parse(text: &[u8], player: u32) -> Result<Value, Violation> {
    nested(text, player)
}

#[bounded_recursion(max = 16, group = crate::IDLE, key = player.id)]
async fn settle(player: &Player, mut left: u32, (a, _): (u8, Db)) -> Result<u32, Violation> {
    left -= 1;
    Box::pin(settle(player, left, (a, db()))).await
}

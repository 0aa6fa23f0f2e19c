#[zero_trust(observe)]
fn collect(#[check(range(min = 1, max = 86_400))] secs: i32, slot: usize, cards: &mut [u8]) -> u8 {
    let until = secs * 1_000;
    cards[slot] = (until + 1) as u8;
    cards[slot]
}

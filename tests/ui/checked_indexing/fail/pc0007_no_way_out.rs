//! A return type that can carry nothing, and no return type.

use portcullis::checked_indexing;

#[checked_indexing]
fn third(list: &[u8]) -> u8 {
    list[2]
}

#[checked_indexing]
fn clear(list: &mut [u8]) {
    list[2] = 0;
}

fn main() {
    third(&[]);
    clear(&mut []);
}

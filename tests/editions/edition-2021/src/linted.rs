//! What clippy, pedantic too, has nothing to say about in the user's source, it has nothing to say about when rewritten.

#![deny(clippy::all, clippy::pedantic)]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what a plain cast is told")]

use std::collections::HashMap;

use portcullis::{checked_arithmetic, checked_indexing, Violation};

fn same(number: u32) -> u32 {
    number
}

#[checked_arithmetic(casts = on)]
#[checked_indexing]
fn all(list: &[u32], rows: &mut Vec<Vec<u8>>, map: &HashMap<u8, u32>, at: usize, far: i64) -> Result<u32, Violation> {
    let sum = same(list[at]) + same(list[at + 1].pow(2)) + same(far as u32) + same(list.iter().sum()) + same(map[&3]);
    rows[at][0] = far as u8;
    rows[at].push(at as u8);
    rows[at].swap(0, 1);
    let removed = rows.remove(same(0) as usize);
    let (left, right) = list.split_at(at);
    let shifted: Vec<u32> = list.iter().map(|number| same(number + list[at])).collect();
    #[portcullis::allow(cast, reason = "the low byte on purpose")]
    let low = sum as u8;
    let total = same(far.abs() as u32) + u32::from(low) + left[0] + right[0] + shifted[0] + u32::from(removed[0]);
    let row = &mut rows[at - 1];
    row[0] += 1;
    for place in (0..2).step_by(at) {
        same(list[place]);
    }
    if list[at] > 3 && same(list[at]) == same(total) {
        return Ok(same(list[at]));
    }
    Ok(u32::pow(total, 1))
}

#[test]
fn it_does_what_it_says() {
    let mut rows = vec![vec![9], vec![7]];
    let map = HashMap::from([(3, 4)]);
    assert_eq!(all(&[1, 2, 3], &mut rows, &map, 1, 5).unwrap(), 46);
    assert_eq!(rows, [[2, 5]]);
    assert_eq!(all(&[1, 2, 3], &mut rows, &map, 1, -5).unwrap_err().code(), "cast.lossy");
}

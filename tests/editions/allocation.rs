//! What asks for memory, in editions before 2024.

use portcullis::{bounded_allocation, Violation};
use std::collections::HashMap;
use std::io::Read;

fn words() -> String {
    "some words".to_owned()
}

#[bounded_allocation(max = 200)]
fn ask(n: usize, map: &mut HashMap<u8, Vec<u8>>, mut reader: &[u8]) -> Result<Vec<u8>, Violation> {
    let mut list = vec![1; n];
    list.reserve(n);
    for text in vec![&words(); 2] {
        list.extend(text.bytes().take(n));
    }
    map.entry(1).or_default().extend(list.iter());
    let text: String = words().chars().filter(|letter| *letter != ' ').collect();
    list.extend_from_slice(text.repeat(n).as_bytes());
    let mut rest = Vec::with_capacity(n);
    reader.read_to_end(&mut rest).expect("a slice");
    rest.resize(n, 7);
    Ok(list.into_iter().chain(rest).collect())
}

#[test]
fn asks() {
    let (mut map, tail) = (HashMap::new(), b"tail");
    assert_eq!(ask(3, &mut map, tail).unwrap().len(), 3 + 6 + 27 + 3);
    assert_eq!(map[&1].len(), 9);
    assert_eq!(ask(201, &mut map, tail).unwrap_err().code(), "allocation");
    assert_eq!(ask(23, &mut map, tail).unwrap_err().code(), "allocation");
}

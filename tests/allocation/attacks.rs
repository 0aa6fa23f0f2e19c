//! Published shapes of requests that ask for more than they send.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fmt::Debug;
use std::io::{self, Read};

use portcullis::{Violation, bounded_allocation};

use crate::{OF_A_REFUSAL, asked};

/// It is refused, by that operator, before anything was asked for.
#[track_caller]
fn nothing<T: Debug>(operator: &str, attack: impl FnOnce() -> Result<T, Violation>) {
    at_most(OF_A_REFUSAL, operator, attack);
}

#[track_caller]
fn at_most<T: Debug>(bytes: u64, operator: &str, attack: impl FnOnce() -> Result<T, Violation>) {
    let (answer, asked) = asked(attack);
    let violation = answer.expect_err("a refusal");
    assert_eq!((violation.code(), violation.kind()), ("allocation", portcullis::Kind::Allocation));
    assert_eq!(violation.internal().operator(), Some(operator));
    assert!(asked <= bytes, "{asked} bytes");
}

/// Four bytes of length, and then what they announce.
#[bounded_allocation(max = "1MiB")]
fn prefixed(mut frame: &[u8]) -> Result<Vec<u8>, Violation> {
    let mut length = [0; 4];
    let _ = frame.read_exact(&mut length);
    let mut body = vec![0; u32::from_le_bytes(length) as usize];
    let _ = frame.read(&mut body);
    Ok(body)
}

#[test]
fn a_length_prefix_of_four_gigabytes() {
    nothing("vec!", || prefixed(&[0xff; 8]));
    assert_eq!(prefixed(&[3, 0, 0, 0, 7, 8, 9]).unwrap(), [7, 8, 9]);
}

#[test]
fn a_capacity_that_is_multiplied() {
    #[bounded_allocation(max = "1MiB")]
    fn read(count: usize) -> Result<Vec<[u64; 4]>, Violation> {
        Ok(Vec::with_capacity(count * 2))
    }
    nothing("with_capacity", || read(16_385));
    assert_eq!(read(16_384).unwrap().capacity(), 32_768);
    // More than there is memory for, and more than a size can say.
    nothing("with_capacity", || read(1 << 60));
}

#[test]
fn a_hint_of_a_length_that_a_map_is_made_for() {
    #[bounded_allocation(max = "1MiB")]
    fn visit(hint: usize) -> Result<HashMap<u64, String>, Violation> {
        Ok(HashMap::with_capacity(hint))
    }
    nothing("with_capacity", || visit(usize::MAX));
    nothing("with_capacity", || visit(1 << 24));
    assert!(visit(1_000).unwrap().is_empty());
}

#[test]
fn an_image_of_any_width_and_height() {
    #[bounded_allocation(max = "1MiB")]
    fn pixels(width: usize, height: usize) -> Result<Vec<Vec<[u8; 3]>>, Violation> {
        Ok(vec![vec![[0; 3]; width]; height])
    }
    // The rows alone are small, and so is each of them. One row exists before the others are asked for.
    at_most(100_000, "vec!", || pixels(30_000, 30_000));
    nothing("vec!", || pixels(usize::MAX, 1));
    assert_eq!(pixels(300, 200).unwrap().len(), 200);
}

#[test]
fn a_text_that_is_repeated() {
    #[bounded_allocation(max = "1MiB")]
    fn pad(text: &str, width: usize) -> Result<String, Violation> {
        Ok(text.repeat(width))
    }
    nothing("repeat", || pad("ab", 1 << 40));
    nothing("repeat", || pad("ab", usize::MAX));
    assert_eq!(pad("ab", 3).unwrap(), "ababab");
}

#[test]
fn a_seat_number_that_a_list_grows_to() {
    #[bounded_allocation(max = "1MiB")]
    fn seat(seats: &mut Vec<u64>, number: usize) -> Result<(), Violation> {
        if number >= seats.len() {
            seats.resize(number + 1, 0);
        }
        seats[number] += 1;
        Ok(())
    }
    let mut seats = vec![1, 2];
    nothing("resize", || seat(&mut seats, 1 << 32));
    assert_eq!(seats, [1, 2], "nothing changed");
    seat(&mut seats, 2).unwrap();
    assert_eq!(seats, [1, 2, 1]);
}

#[test]
fn room_for_a_window_of_a_stream() {
    #[bounded_allocation(max = "1MiB")]
    fn window(buffer: &mut VecDeque<u8>, announced: usize) -> Result<(), Violation> {
        buffer.reserve(announced);
        Ok(())
    }
    nothing("reserve", || window(&mut VecDeque::new(), u32::MAX as usize));
    window(&mut VecDeque::new(), 1 << 16).unwrap();
}

/// One byte that stands for as many as one likes, as in an archive.
struct Bomb(u64);

impl Read for Bomb {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.0.try_into().unwrap_or(usize::MAX));
        buffer[..count].fill(b'0');
        self.0 -= count as u64;
        Ok(count)
    }
}

#[bounded_allocation(max = "1MiB")]
fn unpacked(mut archive: impl Read) -> Result<io::Result<Vec<u8>>, Violation> {
    let mut whole = Vec::new();
    Ok(archive.read_to_end(&mut whole).map(|_| whole))
}

#[bounded_allocation(max = "1MiB")]
fn unpacked_text(archive: Bomb) -> Result<io::Result<String>, Violation> {
    let mut whole = String::new();
    let mut archive = io::BufReader::new(archive);
    Ok(archive.read_to_string(&mut whole).map(|_| whole))
}

#[test]
fn an_archive_that_unpacks_to_terabytes() {
    // What has been read grew by doubling.
    at_most(4 << 20, "read_to_end", || unpacked(Bomb(1 << 40)));
    at_most(4 << 20, "read_to_string", || unpacked_text(Bomb(1 << 40)));
    assert_eq!(unpacked(Bomb(1 << 20)).unwrap().unwrap().len(), 1 << 20);
    assert_eq!(unpacked_text(Bomb(1 << 20)).unwrap().unwrap().len(), 1 << 20);
}

#[test]
fn ids_of_a_range_that_a_client_chose() {
    #[bounded_allocation(max = "1MiB")]
    fn ids(from: u64, to: u64) -> Result<Vec<u64>, Violation> {
        Ok((from..to).collect())
    }
    nothing("collect", || ids(0, 1 << 40));
    nothing("collect", || ids(0, u64::MAX));
    assert_eq!(ids(3, 6).unwrap(), [3, 4, 5]);
}

#[test]
fn items_that_never_end() {
    #[bounded_allocation(max = "1MiB")]
    fn all<T>(items: impl Iterator<Item = T>) -> Result<Vec<T>, Violation> {
        Ok(items.filter(|_| true).collect())
    }
    at_most(4 << 20, "collect", || all(std::iter::repeat(7_u64)));
    #[bounded_allocation(max = "1MiB")]
    fn joined(word: &'static str) -> Result<String, Violation> {
        Ok(std::iter::repeat(word).collect())
    }
    at_most(4 << 20, "collect", || joined("spam, spam, spam, "));
    #[bounded_allocation(max = "1MiB")]
    fn into(map: &mut BTreeMap<u64, u64>) -> Result<(), Violation> {
        map.extend((0..).map(|n| (n, n)).filter(|_| true));
        Ok(())
    }
    let mut map = BTreeMap::new();
    at_most(8 << 20, "extend", || into(&mut map));
    assert_eq!(map.len(), (1 << 20) / 16, "those before the limit are in it");
}

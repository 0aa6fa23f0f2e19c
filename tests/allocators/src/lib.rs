//! Unpublished: the counting allocator over those of other crates, which take minutes to build.
//!
//! The workload is work of the kind that a server does: texts are taken apart, put into maps, changed, and written again.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::hint::black_box;

/// Does it as often as the program's argument says.
///
/// # Panics
/// Without a number there.
pub fn main() {
    let rounds: u32 = std::env::args().nth(1).and_then(|rounds| rounds.parse().ok()).expect("a number of rounds");
    for _ in 0..rounds {
        black_box(document(black_box(100)));
    }
}

/// One document: about ten calls of the allocator an entry.
fn document(entries: u64) -> String {
    let text: Vec<String> =
        (0..entries).map(|n| format!("player_{n};guild_{};{},{},{}", n % 7, n, n ^ 3, n ^ 5)).collect();
    let mut players: HashMap<String, Vec<u64>> = HashMap::new();
    let mut guilds: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in &text {
        let mut parts = line.split(';');
        let (Some(player), Some(guild), Some(numbers)) = (parts.next(), parts.next(), parts.next()) else { continue };
        let numbers = numbers.split(',').filter_map(|number| number.parse().ok()).collect();
        players.insert(player.to_owned(), numbers);
        guilds.entry(guild.to_owned()).or_default().push(player.to_uppercase());
    }
    let mut written = String::new();
    for (guild, members) in guilds {
        let of_member =
            |member: &String| players.get(&member.to_lowercase()).map(|numbers| format!("{member}: {numbers:?}"));
        let lines: Vec<String> = members.iter().filter_map(of_member).collect();
        let _ = writeln!(written, "{guild} {}", lines.join(", "));
    }
    written
}

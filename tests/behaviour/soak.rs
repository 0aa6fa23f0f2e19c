//! A short soak (`src/bin/soak/`), of other requests each time. The long one: `cargo run -p portcullis-tests --bin soak 1000000`.

use std::hash::{BuildHasher as _, RandomState};
use std::process::Command;

#[test]
#[allow(clippy::unwrap_used, reason = "a test")]
fn nothing_is_left_of_requests_at_random() {
    let seed = RandomState::new().hash_one(0_u8).to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_soak")).args(["20000", &seed]).output().unwrap();
    let [said, warned] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    assert!(output.status.success(), "seed {seed}: {:?}\n{said}\n{warned}", output.status);
    assert!(said.contains("every gauge at zero after each tenth"), "{said}");
}

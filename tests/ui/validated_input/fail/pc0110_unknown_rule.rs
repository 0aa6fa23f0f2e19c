//! Rules that do not exist, or are not written so.

use portcullis::{Violation, validated_input};

#[validated_input]
fn unknown(
    #[check(rnge(max = 1))] a: u8,
    #[check(range)] b: u8,
    #[check(email())] c: &str,
    #[check(custom(path))] d: u8,
    #[check = "range"] e: u8,
    #[check(regex = "^[a-z$")] f: &str,
    #[check(length(max = 3, unit = words))] g: &str,
    #[check(via(get_ref))] h: &str,
    #[check(field = -1)] i: (u8,),
    #[check(trusted(reason = "not here"))] j: u8,
    #[check(length(max = 3), each)] k: Vec<String>,
) -> Result<(), Violation> {
    drop((a, b, c, d, e, f, g, h, i, j, k));
    Ok(())
}

fn main() {
    let _ = unknown(1, 1, "", 1, 1, "", "", "", (1,), 1, Vec::new());
}

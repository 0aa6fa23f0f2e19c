use portcullis::{Violation, zero_trust};

#[zero_trust(strict)]
fn stop(#[trusted(reason = "the server's own")] armed: bool) -> Result<(), Violation> {
    use std::process::exit as end;
    if armed {
        end(1)
    }
    std::process::abort()
}

fn main() {
    let _ = stop(false);
}

//! A gate demands `route` of what it lets through.

use portcullis::{Violation, gated, rules_of, zero_trust};

mod handlers {
    pub fn bare() {}
}

#[zero_trust]
fn not_routed() -> Result<(), Violation> {
    Ok(())
}

struct Server;

impl Server {
    fn method() {}
}

fn main() {
    let local = not_routed;
    let _ = (gated!(handlers::bare), gated!(not_routed), rules_of!(not_routed));
    let _ = portcullis::axum::route!(get(not_routed), post(handlers::bare));
    let _ = gated!(missing);
    let _ = gated!(local);
    let _ = gated!(Server::method);
}

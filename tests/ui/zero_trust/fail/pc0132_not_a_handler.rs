//! A gate takes a function by its name.

use portcullis::{axum, gated, rocket, rules_of, unprotected};

fn make() -> fn() {
    || {}
}

struct Server;

impl Server {
    fn method(&self) {
        let _ = gated!(Self::method);
    }
}

fn main() {
    Server.method();
    let _ = (gated!(|| 1), gated!(make()), gated!(<Server>::method), gated!(Vec::<u8>::new));
    let _ = rules_of!(unprotected!(make, reason = "takes nothing from the client"));
    let _: () = rocket::routes![make()];
    let _: () = axum::get!();
    let _: () = axum::get!(|| 1);
}

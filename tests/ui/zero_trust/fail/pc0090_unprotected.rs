//! What passes a gate without protection says why.

use portcullis::{axum, gated, rocket, unprotected};

fn health() -> u8 {
    1
}

fn main() {
    let _: u8 = unprotected!(health)();
    let _: u8 = gated!(unprotected!(health, reason = "short"))();
    let _: u8 = unprotected!(health, because = "takes nothing from the client")();
    let _: () = rocket::routes![unprotected!(health)];
    let _: () = axum::get!(unprotected!());
}

use portcullis::{Violation, zero_trust};

#[zero_trust(strict)]
fn name(#[check(length(max = 9))] name: String) -> Result<&'static str, Violation> {
    std::mem::forget(name.clone());
    let _: &'static mut u8 = Box::leak(Box::new(1));
    Ok(name.leak())
}

fn main() {
    let _ = name("a".to_owned());
}

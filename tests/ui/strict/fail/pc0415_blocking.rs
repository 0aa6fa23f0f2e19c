use portcullis::{Violation, zero_trust};

#[zero_trust(strict)]
async fn page() -> Result<String, Violation> {
    use std::fs as files;
    std::thread::sleep(std::time::Duration::from_millis(1));
    Ok(files::read_to_string("page.html").unwrap_or_default())
}

fn main() {
    let _ = page();
}

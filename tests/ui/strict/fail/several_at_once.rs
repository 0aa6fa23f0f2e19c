//! All mistakes of a function in one build, those of other protections among them.

use portcullis::zero_trust;

#[zero_trust(strict = 1)]
fn wrong_value() -> Result<u8, portcullis::Violation> {
    Ok(1)
}

#[zero_trust(strict)]
mod jobs {
    use std::sync::Mutex;

    use portcullis::Violation;

    pub async fn run(state: &Mutex<Vec<u8>>, n: usize) -> Result<usize, Violation> {
        let list = vec![0_u8; n];
        let Ok(guard) = state.lock() else { panic!("poisoned") };
        tokio::spawn(async {});
        std::fs::write("list", &list).unwrap();
        loop {
            wait().await;
        }
    }

    async fn wait() {}
}

fn main() {
    let _ = wrong_value();
    let _ = jobs::run(&std::sync::Mutex::new(Vec::new()), 1);
}

use portcullis::zero_trust;

#[zero_trust(strict)]
mod jobs {
    use portcullis::Violation;
    use tokio::spawn as start;

    pub async fn run() -> Result<(), Violation> {
        start(async {});
        let _task = tokio::task::spawn_blocking(|| 1);
        std::thread::spawn(|| 1);
        std::thread::Builder::new().name("one".into()).spawn(|| 1).ok();
        Ok(())
    }
}

fn main() {
    let _ = jobs::run();
}

use portcullis::{Violation, deadline};

struct Pool(String);

impl Pool {
    #[deadline("1s", or(return Ok(self.0.len())))]
    async fn owned(self) -> Result<usize, Violation> {
        Ok(self.0.len())
    }

    #[deadline("1s", or(return Ok(self.0.len())))]
    async fn shared(&self) -> Result<usize, Violation> {
        Ok(self.0.len())
    }
}

fn main() {}

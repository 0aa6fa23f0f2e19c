//! A type that holds itself, where a client chooses the value.

use portcullis::zero_trust;

struct Json<T>(T);

#[zero_trust]
mod handlers {
    use super::Json;
    use portcullis::Violation;
    use portcullis::validator::{Validate, ValidationErrors};

    pub struct Tree {
        pub name: String,
        pub children: Vec<Tree>,
    }
    pub enum Left {
        End,
        Right(Box<Right>),
    }
    pub struct Right(Option<Left>);
    pub struct Request {
        pub way: Left,
    }

    #[zero_trust(skip, reason = "what a client chose is checked here")]
    impl Validate for Tree {
        fn validate(&self) -> Result<(), ValidationErrors> {
            Ok(())
        }
    }
    #[zero_trust(skip, reason = "what a client chose is checked here")]
    impl Validate for Request {
        fn validate(&self) -> Result<(), ValidationErrors> {
            Ok(())
        }
    }

    pub fn plant(Json(tree): Json<Tree>) -> Result<usize, Violation> {
        Ok(tree.children.len())
    }
    pub async fn walk(request: &Request) -> Result<bool, Violation> {
        Ok(matches!(request.way, Left::End))
    }
    use super::zero_trust;
}

fn main() {}

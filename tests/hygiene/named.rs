//! Beside `no_prelude`, since the derive of `validator` needs the prelude.

use portcullis::validator::Validate;

#[derive(Validate)]
#[validate(crate = "portcullis::validator")]
pub(crate) struct Named {
    #[validate(length(min = 1))]
    pub(crate) name: String,
}

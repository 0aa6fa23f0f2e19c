//! `checked_indexing`: every index, range and index-taking method of the body is checked before it runs. The walk over the
//! body is `rewrite`'s.

use crate::passes::Pass;
use crate::refusal::Or;
use crate::report::Report;
use crate::rewrite::Rewrites;
use crate::route::Told;
use crate::subject::Subject;

pub(crate) struct CheckedIndexing {
    pub(crate) or: Or,
}

impl Pass for CheckedIndexing {
    fn ensure(&self, _: &Subject, _: &mut Report) {}

    fn rewrites(&self, rewrites: &mut Rewrites) {
        rewrites.indexing = Some(self.or.clone());
    }

    fn tell(&self, _: &Subject, told: &mut Told) {
        told.protections.push("checked_indexing".to_owned());
    }
}

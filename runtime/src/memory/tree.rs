//! The files in which the system tells its memory, or a test's in their place.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use std::fs::File;

/// Where files are.
pub(super) trait Tree {
    /// One that is open.
    type Text: Text;

    /// None when there is none, or none that we may read.
    fn open(&self, path: &str) -> Option<Self::Text>;
}

/// A file that is kept open: to open one anew takes six times as long as to read it.
pub(super) trait Text {
    /// All that it says now.
    fn fetch(&mut self, into: &mut Vec<u8>) -> Option<()>;
}

/// A file that is opened when it is first read, and again after it could not be read.
pub(super) struct Kept<F> {
    path: String,
    file: Option<F>,
}

impl<F: Text> Kept<F> {
    pub(super) fn new(path: impl Into<String>) -> Self {
        Self { path: path.into(), file: None }
    }

    /// What it says, written to `into`.
    pub(super) fn bytes<'a, T: Tree<Text = F>>(&mut self, tree: &T, into: &'a mut Vec<u8>) -> Option<&'a [u8]> {
        if self.file.is_none() {
            self.file = tree.open(&self.path);
        }
        let read = self.file.as_mut()?.fetch(into);
        if read.is_none() {
            self.file = None;
        }
        read.map(|()| into.as_slice())
    }

    /// The same, as text: a path in it may be none.
    pub(super) fn text<'a, T: Tree<Text = F>>(&mut self, tree: &T, into: &'a mut Vec<u8>) -> Option<Cow<'a, str>> {
        self.bytes(tree, into).map(String::from_utf8_lossy)
    }
}

/// The files of the system.
pub(super) struct System;

impl Tree for System {
    type Text = File;

    fn open(&self, path: &str) -> Option<File> {
        File::open(path).ok()
    }
}

/// More than any of them holds.
#[cfg(unix)]
const MOST: usize = 4 << 20;

impl Text for File {
    /// By `pread`, which leaves the offset alone: a program that closes descriptors which are not its own may have put a file
    /// of its own in the place of ours.
    #[cfg(unix)]
    fn fetch(&mut self, into: &mut Vec<u8>) -> Option<()> {
        use std::os::unix::fs::FileExt as _;

        into.clear();
        let mut part = [0; 2_048];
        loop {
            let at = u64::try_from(into.len()).ok()?;
            match self.read_at(&mut part, at) {
                Ok(0) => return Some(()),
                Ok(read) => into.extend_from_slice(part.get(..read)?),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => return None,
            }
            if into.len() > MOST {
                return None;
            }
        }
    }

    #[cfg(not(unix))]
    fn fetch(&mut self, _: &mut Vec<u8>) -> Option<()> {
        None
    }
}

/// Files that a test writes, takes away and forbids.
#[cfg(test)]
pub(super) mod fake {
    use alloc::collections::BTreeMap;
    use alloc::rc::Rc;
    use alloc::string::{String, ToString as _};
    use alloc::vec::Vec;
    use core::cell::RefCell;

    use super::{Text, Tree};

    #[derive(Clone, Default)]
    pub(in super::super) struct Fake(Rc<RefCell<BTreeMap<String, Vec<u8>>>>);

    impl Fake {
        pub(in super::super) fn of(files: &[(&str, &str)]) -> Self {
            let fake = Self::default();
            for (path, text) in files {
                fake.write(path, text);
            }
            fake
        }

        pub(in super::super) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
            self.0.borrow_mut().insert(path.to_string(), text.as_ref().to_vec());
        }

        /// Gone, or no longer permitted: to a reader the same.
        pub(in super::super) fn remove(&self, path: &str) {
            self.0.borrow_mut().remove(path);
        }

        pub(in super::super) fn paths(&self) -> Vec<String> {
            self.0.borrow().keys().cloned().collect()
        }
    }

    impl Tree for Fake {
        type Text = (Self, String);

        fn open(&self, path: &str) -> Option<Self::Text> {
            self.0.borrow().contains_key(path).then(|| (self.clone(), path.to_string()))
        }
    }

    impl Text for (Fake, String) {
        fn fetch(&mut self, into: &mut Vec<u8>) -> Option<()> {
            let files = self.0.0.borrow();
            into.clear();
            into.extend_from_slice(files.get(&self.1)?);
            Some(())
        }
    }
}

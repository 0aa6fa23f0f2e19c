//! The annotated copy of a crate: which functions carry the attribute, and which cannot.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::annotate::{Function, Insertion, LeftOut, functions, insert, original};
use crate::cargo::{Build, Built, Cargo, Diagnostic, Span, TestProgram};
use crate::source::rust_files;

/// How often functions that do not compile are let go. The compiler shows some errors only once others are gone.
const ROUNDS: usize = 20;

/// A file, and a function in it.
pub(crate) type Id = (usize, usize);

struct SourceFile {
    /// From the package's folder.
    path: PathBuf,
    text: String,
    functions: Vec<Function>,
}

pub(crate) struct Annotated {
    folder: PathBuf,
    files: Vec<SourceFile>,
    pub(crate) left_out: LeftOut,
    attributes: String,
    /// The functions that do not compile with the attribute, each with the compiler's first error.
    pub(crate) broken: BTreeMap<Id, String>,
}

impl Annotated {
    pub(crate) fn read(folder: PathBuf, attributes: String) -> anyhow::Result<Self> {
        let mut left_out = LeftOut::default();
        let mut files = Vec::new();
        for path in rust_files(&folder.join("src"))? {
            let text = fs::read_to_string(&path)?;
            let (functions, others) = functions(&text).with_context(|| format!("cannot parse {}", path.display()))?;
            left_out.add(others);
            files.push(SourceFile { path: path.strip_prefix(&folder)?.to_path_buf(), text, functions });
        }
        Ok(Self { folder, files, left_out, attributes, broken: BTreeMap::new() })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn functions(&self) -> impl Iterator<Item = (Id, &Function)> {
        let files = self.files.iter().enumerate();
        files.flat_map(|(file, source)| {
            source.functions.iter().enumerate().map(move |(index, function)| ((file, index), function))
        })
    }

    /// Where a person finds it.
    pub(crate) fn place(&self, (file, index): Id) -> String {
        let source = self.files.get(file);
        let function = source.and_then(|source| source.functions.get(index));
        source.zip(function).map_or_else(String::new, |(source, function)| {
            format!("{}:{} fn {}", source.path.display(), function.line, function.name)
        })
    }

    /// Each function has what `mark` says of it before the attributes.
    pub(crate) fn write(&self, mark: impl Fn(Id) -> String) -> anyhow::Result<()> {
        for (file, source) in self.files.iter().enumerate() {
            let annotated = insert(&source.text, &self.insertions(file, &mark));
            fs::write(self.folder.join(&source.path), annotated)?;
        }
        Ok(())
    }

    /// Takes the attributes off functions that do not compile until the rest does.
    pub(crate) fn build(&mut self, cargo: &Cargo, build: Build) -> anyhow::Result<Vec<TestProgram>> {
        for _ in 0..ROUNDS {
            self.write(|_| String::new())?;
            let errors = match cargo.build_tests(&self.folder, build)? {
                Built::Tests(programs) => return Ok(programs),
                Built::Errors(errors) => errors,
            };
            let before = self.broken.len();
            for error in &errors {
                if let Some(id) = self.blamed(error).filter(|id| !self.broken.contains_key(id)) {
                    self.broken.insert(id, error.text().to_owned());
                }
            }
            if self.broken.len() == before {
                let shown: Vec<&str> = errors.iter().map(Diagnostic::text).collect();
                bail!("errors at no annotated function:\n{}", shown.join("\n"));
            }
        }
        bail!("does not build after {ROUNDS} rounds")
    }

    /// The annotated function that an error is about.
    fn blamed(&self, error: &Diagnostic) -> Option<Id> {
        let (primary, others): (Vec<&Span>, Vec<&Span>) = error.spans.iter().partition(|span| span.is_primary);
        primary.into_iter().chain(others).find_map(|span| {
            let mut uses =
                std::iter::successors(Some(span), |span| span.expansion.as_ref().map(|expansion| &expansion.span));
            uses.find_map(|span| self.function_at(&span.file_name, span.byte_start))
        })
    }

    fn function_at(&self, path: &Path, offset: usize) -> Option<Id> {
        let (file, source) = self.files.iter().enumerate().find(|(_, source)| source.path == path)?;
        let offset = original(offset, &self.insertions(file, &|_| String::new()));
        let around = source.functions.iter().enumerate().filter(|(_, function)| function.range.contains(&offset));
        around.map(|(index, _)| (file, index)).rfind(|id| !self.broken.contains_key(id))
    }

    fn insertions(&self, file: usize, mark: &dyn Fn(Id) -> String) -> Vec<Insertion> {
        let functions = self.files.get(file).map(|source| &source.functions).into_iter().flatten().enumerate();
        functions
            .map(|(index, function)| {
                let attributes = if self.broken.contains_key(&(file, index)) { "" } else { &self.attributes };
                Insertion { at: function.range.start, text: format!("{}{attributes}", mark((file, index))) }
            })
            .collect()
    }
}

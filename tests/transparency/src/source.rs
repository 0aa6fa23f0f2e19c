//! A crate's source, as cargo fetches it, in a folder where it can be changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, ensure};
use serde::Deserialize;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table};

use crate::cargo::Cargo;
use crate::crates::Crate;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    manifest_path: PathBuf,
}

/// The two copies, which are the same so far.
pub(crate) struct Copies {
    pub(crate) plain: PathBuf,
    pub(crate) annotated: PathBuf,
}

/// The copies of a crate in this folder. `features` are those of portcullis.
pub(crate) fn copies(of: Crate, folder: &Path, features: &[String], cargo: &Cargo) -> anyhow::Result<Copies> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let source = fetched(of, &folder.join("fetch"), cargo)?;
    let (plain, annotated) = (folder.join("plain"), folder.join("annotated"));
    copy_folder(&source, &plain)?;
    make_own_workspace(&plain.join("Cargo.toml"), features)?;
    let status = cargo.command(&plain, "generate-lockfile").stderr(Stdio::null()).status()?;
    ensure!(status.success(), "cargo cannot resolve the dependencies of {}", of.name);
    copy_folder(&plain, &annotated)?;
    Ok(Copies { plain, annotated })
}

/// Where cargo keeps the source.
pub(crate) fn fetched(of: Crate, package: &Path, cargo: &Cargo) -> anyhow::Result<PathBuf> {
    fs::create_dir_all(package.join("src"))?;
    fs::write(package.join("src/lib.rs"), "")?;
    let manifest = format!(
        "[package]\nname = \"fetch\"\nedition = \"2024\"\n\n[dependencies]\n{} = \"={}\"\nanyhow = \"1\"\n\n[workspace]\n",
        of.name, of.version
    );
    fs::write(package.join("Cargo.toml"), manifest)?;
    let output = cargo.command(package, "metadata").args(["--format-version", "1"]).output()?;
    ensure!(output.status.success(), "cargo cannot fetch {}: {}", of.name, String::from_utf8_lossy(&output.stderr));
    let metadata: Metadata = serde_json::from_slice(&output.stdout)?;
    let folder = |package: &Package| package.manifest_path.parent().map(Path::to_path_buf);
    let is_wanted = |package: &&Package| package.name == of.name && package.version == of.version;
    if let Some(package) = metadata.packages.iter().find(is_wanted) {
        return folder(package).context("a manifest without a folder");
    }
    // A program without a library is fetched and not told of: it stands beside the library that is.
    let known = metadata.packages.iter().find(|package| package.name == "anyhow").and_then(folder);
    let beside = known.as_deref().and_then(Path::parent).context("cargo fetched nothing")?;
    let program = beside.join(format!("{}-{}", of.name, of.version));
    ensure!(program.exists(), "cargo fetched something else than {}", program.display());
    Ok(program)
}

fn make_own_workspace(manifest: &Path, features: &[String]) -> anyhow::Result<()> {
    let mut document: DocumentMut = fs::read_to_string(manifest)?.parse()?;
    document.entry("workspace").or_insert_with(|| Item::Table(Table::new()));
    let mut portcullis = InlineTable::new();
    portcullis.insert("path", concat!(env!("CARGO_MANIFEST_DIR"), "/../../runtime").into());
    portcullis.insert("default-features", false.into());
    portcullis.insert("features", features.iter().collect::<Array>().into());
    let dependencies = document.entry("dependencies").or_insert_with(|| Item::Table(Table::new()));
    let dependencies = dependencies.as_table_like_mut().context("`dependencies` is no table")?;
    dependencies.insert("portcullis", Item::Value(portcullis.into()));
    fs::write(manifest, document.to_string())?;
    Ok(())
}

/// The text and not the file, whose permissions may forbid to write to it.
fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::write(&target, fs::read(entry.path())?)?;
        }
    }
    Ok(())
}

/// The Rust files under a folder, in the order of their names.
pub(crate) fn rust_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

//! Real code, to begin from.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use proc_macro2::TokenStream;
use proptest::sample::Index;
use quote::ToTokens as _;
use syn::visit::Visit;

/// Items as text: tokens do not cross threads.
#[derive(Default)]
pub(super) struct Corpus {
    /// Functions, and blocks of them.
    items: Vec<String>,
    /// Structs, enums and unions.
    declarations: Vec<String>,
}

impl Corpus {
    pub(super) fn of_this_repository() -> &'static Self {
        static CORPUS: OnceLock<Corpus> = OnceLock::new();
        CORPUS.get_or_init(|| {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
            Self::read(["macros", "runtime", "tests", "examples"].map(|folder| root.join(folder)))
        })
    }

    /// The crates that cargo has fetched for this workspace.
    pub(super) fn of_other_crates() -> &'static Self {
        static CORPUS: OnceLock<Corpus> = OnceLock::new();
        CORPUS.get_or_init(|| {
            let output = Command::new(env!("CARGO"))
                .args(["metadata", "--format-version", "1", "--manifest-path"])
                .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
                .output()
                .expect("cargo runs");
            let metadata = String::from_utf8(output.stdout).expect("text");
            let manifests = metadata.split("\"manifest_path\":\"").skip(1).filter_map(|rest| rest.split('"').next());
            let folders = manifests
                .filter(|manifest| manifest.contains("registry"))
                .filter_map(|manifest| Path::new(manifest).parent());
            Self::read(folders.map(|folder| folder.join("src")))
        })
    }

    fn read(folders: impl IntoIterator<Item = PathBuf>) -> Self {
        let mut corpus = Self::default();
        for file in folders.into_iter().flat_map(|folder| sources(&folder)) {
            // Some are templates, or of a later edition.
            let source = fs::read_to_string(file).unwrap_or_default();
            if let Ok(file) = syn::parse_file(&source) {
                corpus.visit_file(&file);
            }
        }
        assert!(corpus.items.len() > 100 && corpus.declarations.len() > 100, "real code");
        corpus
    }

    pub(super) fn item(&self, at: Index) -> TokenStream {
        tokens(at.get::<String>(&self.items))
    }

    pub(super) fn declaration(&self, at: Index) -> TokenStream {
        tokens(at.get::<String>(&self.declarations))
    }

    pub(super) fn items(&self) -> impl Iterator<Item = TokenStream> {
        self.items.iter().map(|text| tokens(text))
    }

    pub(super) fn declarations(&self) -> impl Iterator<Item = TokenStream> {
        self.declarations.iter().map(|text| tokens(text))
    }
}

fn tokens(text: &str) -> TokenStream {
    text.parse().expect("it was tokens before")
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("target") {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("pc0015_too_deep.rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

impl Visit<'_> for Corpus {
    fn visit_item_fn(&mut self, item: &syn::ItemFn) {
        self.items.push(item.to_token_stream().to_string());
        syn::visit::visit_item_fn(self, item);
    }
    /// As a function alone too: the attribute of a block is handed on to it.
    fn visit_impl_item_fn(&mut self, item: &syn::ImplItemFn) {
        self.items.push(item.to_token_stream().to_string());
        syn::visit::visit_impl_item_fn(self, item);
    }
    fn visit_item_impl(&mut self, item: &syn::ItemImpl) {
        self.items.push(item.to_token_stream().to_string());
        syn::visit::visit_item_impl(self, item);
    }
    fn visit_item_mod(&mut self, item: &syn::ItemMod) {
        self.items.push(item.to_token_stream().to_string());
        syn::visit::visit_item_mod(self, item);
    }
    fn visit_item_struct(&mut self, item: &syn::ItemStruct) {
        self.declarations.push(item.to_token_stream().to_string());
    }
    fn visit_item_enum(&mut self, item: &syn::ItemEnum) {
        self.declarations.push(item.to_token_stream().to_string());
    }
    fn visit_item_union(&mut self, item: &syn::ItemUnion) {
        self.declarations.push(item.to_token_stream().to_string());
    }
}

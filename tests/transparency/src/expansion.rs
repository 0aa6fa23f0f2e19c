//! What the attributes made of the functions, as the compiler sees it.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context as _, ensure};
use syn::visit::{self, Visit};
use syn::{Attribute, Block, Expr, ExprLit, ImplItemFn, ItemFn, Lit, Meta, TraitItemFn};

use crate::annotated::{Annotated, Id};
use crate::arithmetic::operators;
use crate::cargo::{Build, Cargo, Mode};
use crate::crates::Crate;

const MARK: &str = "portcullis-transparency";
const IN_PLACE_OF_RUSTC: &str = "PORTCULLIS_TRANSPARENCY_IN_PLACE_OF_RUSTC";

#[derive(Default)]
pub(crate) struct Expansion {
    /// The functions that the configuration leaves in.
    pub(crate) reached: BTreeSet<Id>,
    pub(crate) checked: usize,
    pub(crate) raw: Vec<(Id, String)>,
}

/// Of the library with its unit tests.
pub(crate) fn expand(annotated: &Annotated, cargo: &Cargo, subject: Crate) -> anyhow::Result<Expansion> {
    annotated.write(|(file, function)| format!("#[doc = \"{MARK} {file} {function}\"] "))?;
    let mut command = cargo.build_command(annotated.folder(), "rustc", Build { subject, mode: Mode::Debug });
    // The unstable option is for this crate alone: what it depends on stays built as it is.
    command.env("RUSTC_WORKSPACE_WRAPPER", std::env::current_exe()?).env(IN_PLACE_OF_RUSTC, "1");
    let output = command.args(["--lib", "--profile=test", "--", "-Zunpretty=expanded"]).output()?;
    ensure!(output.status.success(), "cannot expand: {}", String::from_utf8_lossy(&output.stderr));
    let expanded: syn::File = syn::parse_str(str::from_utf8(&output.stdout)?).context("cannot parse the expansion")?;
    let mut expansion = Expansion::default();
    expansion.visit_file(&expanded);
    annotated.write(|_| String::new())?;
    Ok(expansion)
}

/// Runs the compiler, and lets it take unstable options, where cargo started this program in its place.
pub(crate) fn in_place_of_rustc() -> Option<anyhow::Result<ExitCode>> {
    std::env::var_os(IN_PLACE_OF_RUSTC)?;
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let (rustc, arguments) = arguments.split_first()?;
    let status = Command::new(rustc).args(arguments).env("RUSTC_BOOTSTRAP", "1").stdin(Stdio::inherit()).status();
    Some(status.map(|status| if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }).map_err(Into::into))
}

impl Expansion {
    fn function(&mut self, attributes: &[Attribute], body: &Block) {
        let Some(id) = attributes.iter().find_map(marked) else { return };
        let found = operators(body);
        self.reached.insert(id);
        self.checked = self.checked.saturating_add(found.checked);
        self.raw.extend(found.raw.into_iter().map(|operator| (id, operator)));
    }
}

impl Visit<'_> for Expansion {
    fn visit_item_fn(&mut self, item: &ItemFn) {
        self.function(&item.attrs, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &ImplItemFn) {
        self.function(&item.attrs, &item.block);
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &TraitItemFn) {
        if let Some(body) = &item.default {
            self.function(&item.attrs, body);
        }
        visit::visit_trait_item_fn(self, item);
    }
}

fn marked(attribute: &Attribute) -> Option<Id> {
    let Meta::NameValue(meta) = &attribute.meta else { return None };
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &meta.value else { return None };
    let text = text.value();
    let (file, function) = text.strip_prefix(MARK)?.trim().split_once(' ')?;
    Some((file.parse().ok()?, function.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::marked;

    #[test]
    fn a_mark_is_read_back() {
        assert_eq!(marked(&parse_quote!(#[doc = "portcullis-transparency 3 17"])), Some((3, 17)));
        assert_eq!(marked(&parse_quote!(#[doc = "portcullis"])), None);
        assert_eq!(marked(&parse_quote!(#[inline])), None);
    }
}

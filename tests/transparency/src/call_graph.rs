//! The call graph of `zero_trust` over whole servers: every cycle that it is certain of is listed, for a person to judge, and
//! every cycle that is planted has to be found.
//!
//! A macro sees inline modules only, so that the files of a crate are put into one another here, as `mod x { .. }`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use syn::visit::Visit;
use syn::{Item, ItemMod};

use crate::analysis::calls::{Calls, calls};
use crate::analysis::graph::{Graph, steps};
use crate::analysis::seen::{Function, FunctionId, Seen};
use crate::analysis::{path_from_crate, trait_of};
use crate::cargo::Cargo;
use crate::crates::{Crate, SERVERS};
use crate::source::fetched;

/// Cycles that were read, and are there: `crate`, path. What else is found has to be read, and to go in here or to be mended.
const TRUE_CYCLES: &[(&str, &str)] = &[
    ("static-web-server", "helpers::stringify -> helpers::stringify"),
    ("sccache", "compiler::args::bsearch -> compiler::args::bsearch"),
    (
        "sccache",
        "compiler::compiler::CompilerHasher::get_cached_or_compile -> compiler::compiler::CompilerHasher::get_cached_or_compile",
    ),
    (
        "sccache",
        "cache::lazy_disk_cache::LazyDiskCache::get_or_init -> cache::lazy_disk_cache::LazyDiskCache::get_or_init",
    ),
    (
        "sccache",
        "compiler::compiler::CCompilerHasher::get_cached_or_compile -> compiler::compiler::CCompilerHasher::get_cached_or_compile",
    ),
    (
        "sccache",
        "compiler::compiler::RustHasher::get_cached_or_compile -> compiler::compiler::RustHasher::get_cached_or_compile",
    ),
    ("sccache", "dist::http::server::ErrJson::from_err -> dist::http::server::ErrJson::from_err"),
    ("sccache", "dist::pkg::SimplifyPath::simplify -> dist::pkg::SimplifyPath::simplify"),
    ("sccache", "util::Digest::collect_dir_entries -> util::Digest::collect_dir_entries"),
    ("rustypaste", "util::get_dir_size -> util::get_dir_size"),
    ("microbin", "util::db_json::load_from_file -> util::db_json::load_from_file"),
    ("hickory-server", "zone_handler::catalog::Catalog::find -> zone_handler::catalog::Catalog::find"),
    (
        "hickory-server",
        "store::in_memory::inner::InnerInMemory::inner_lookup -> store::in_memory::inner::InnerInMemory::inner_lookup_wildcard -> store::in_memory::inner::InnerInMemory::inner_lookup",
    ),
    ("axum", "extract::multipart::status_code_from_multer_error -> extract::multipart::status_code_from_multer_error"),
    ("axum", "extract::multipart::is_body_limit_error -> extract::multipart::is_body_limit_error"),
    ("actix-web", "rmap::ResourceMap::_tree -> rmap::ResourceMap::_tree"),
    ("actix-web", "rmap::ResourceMap::finish -> rmap::ResourceMap::finish"),
    ("actix-web", "rmap::ResourceMap::_find_matching_node -> rmap::ResourceMap::_find_matching_node"),
    ("actix-web", "introspection::apply_reachability::apply -> introspection::apply_reachability::apply"),
    (
        "actix-web",
        "introspection::has_conflicting_methods::guard_possible_methods -> introspection::has_conflicting_methods::guard_possible_methods",
    ),
    ("actix-web", "introspection::from::collect_report_items -> introspection::from::collect_report_items"),
    ("actix-http", "header::map::Iter::next -> header::map::Iter::next"),
    ("actix-http", "header::map::Drain::next -> header::map::Drain::next"),
    ("actix-http", "header::map::IntoIter::next -> header::map::IntoIter::next"),
    ("warp", "reject::Rejections::status -> reject::Rejections::status"),
    ("warp", "reject::Rejections::into_response -> reject::Rejections::into_response"),
    ("salvo_core", "http::request::is_length_limit_error -> http::request::is_length_limit_error"),
    ("salvo_core", "fs::ChunkedFile::poll_next -> fs::ChunkedFile::poll_next"),
    (
        "salvo_core",
        "extract::metadata::Metadata::has_body_required -> extract::metadata::Field::has_body_required -> extract::metadata::Metadata::has_body_required",
    ),
    ("salvo_core", "routing::router::fmt::print -> routing::router::fmt::print"),
    (
        "poem",
        "route::internal::radix_tree::Node::insert_static_child -> route::internal::radix_tree::Node::insert_static_child",
    ),
    ("poem", "route::internal::radix_tree::Node::matches -> route::internal::radix_tree::Node::matches"),
    ("poem", "route::internal::trie::Trie::internal_add -> route::internal::trie::Trie::internal_add"),
    ("poem", "route::internal::trie::Trie::internal_matches -> route::internal::trie::Trie::internal_matches"),
    ("poem", "route::router_method::RouteMethod::call -> route::router_method::RouteMethod::call"),
    (
        "poem",
        "route::internal::radix_tree::Node::insert_child -> route::internal::radix_tree::Node::insert_static_child -> route::internal::radix_tree::Node::insert_child",
    ),
    ("async-graphql", "look_ahead::filter -> look_ahead::filter"),
    ("async-graphql", "schema::remove_skipped_selection -> schema::remove_skipped_selection"),
    (
        "async-graphql",
        "validation::utils::referenced_variables_to_vec -> validation::utils::referenced_variables_to_vec",
    ),
    ("async-graphql", "validation::utils::is_valid_input_value -> validation::utils::is_valid_input_value"),
    ("async-graphql", "validation::visitor::visit_input_value -> validation::visitor::visit_input_value"),
    ("async-graphql", "dynamic::resolve::collect_fields -> dynamic::resolve::collect_fields"),
    ("async-graphql", "dynamic::resolve::resolve -> dynamic::resolve::resolve"),
    ("async-graphql", "resolver_utils::container::insert_value -> resolver_utils::container::insert_value"),
    (
        "async-graphql",
        "validation::rules::no_fragment_cycles::CycleDetector::detect_from -> validation::rules::no_fragment_cycles::CycleDetector::detect_from",
    ),
    (
        "async-graphql",
        "validation::rules::no_undefined_variables::NoUndefinedVariables::find_undef_vars -> validation::rules::no_undefined_variables::NoUndefinedVariables::find_undef_vars",
    ),
    (
        "async-graphql",
        "validation::rules::no_unused_fragments::NoUnusedFragments::find_reachable_fragments -> validation::rules::no_unused_fragments::NoUnusedFragments::find_reachable_fragments",
    ),
    (
        "async-graphql",
        "validation::rules::no_unused_variables::NoUnusedVariables::find_used_vars -> validation::rules::no_unused_variables::NoUnusedVariables::find_used_vars",
    ),
    (
        "async-graphql",
        "validation::rules::overlapping_fields_can_be_merged::FindConflicts::find -> validation::rules::overlapping_fields_can_be_merged::FindConflicts::find",
    ),
    (
        "async-graphql",
        "validation::rules::variables_in_allowed_position::VariableInAllowedPosition::collect_incorrect_usages -> validation::rules::variables_in_allowed_position::VariableInAllowedPosition::collect_incorrect_usages",
    ),
    ("async-graphql", "context::QueryPathNode::try_for_each_ref -> context::QueryPathNode::try_for_each_ref"),
    (
        "async-graphql",
        "context::ContextBase::resolve_input_value_inner -> context::ContextBase::resolve_input_value_inner",
    ),
    (
        "async-graphql",
        "dynamic::check::SchemaInner::check_input_object_reference -> dynamic::check::SchemaInner::check_input_object_reference",
    ),
    ("async-graphql", "resolver_utils::container::Fields::add_set -> resolver_utils::container::Fields::add_set"),
    (
        "async-graphql",
        "registry::stringify_exec_doc::Registry::stringify_input_value -> registry::stringify_exec_doc::Registry::stringify_input_value",
    ),
    (
        "async-graphql",
        "registry::stringify_exec_doc::Registry::stringify_selection_set -> registry::stringify_exec_doc::Registry::stringify_selection_set",
    ),
    ("async-graphql", "registry::MetaTypeName::concrete_typename -> registry::MetaTypeName::concrete_typename"),
    ("async-graphql", "registry::MetaTypeName::is_subtype -> registry::MetaTypeName::is_subtype"),
    ("async-graphql", "registry::MetaTypeName::is_list -> registry::MetaTypeName::is_list"),
    (
        "async-graphql",
        "registry::Registry::concrete_type_by_parsed_type -> registry::Registry::concrete_type_by_parsed_type",
    ),
    (
        "async-graphql",
        "schema::check_max_directives::check_selection_set -> schema::check_max_directives::check_selection_set",
    ),
    (
        "async-graphql",
        "schema::check_alias_count::check_selection_set -> schema::check_alias_count::check_selection_set",
    ),
    (
        "async-graphql",
        "schema::check_recursive_depth::check_selection_set -> schema::check_recursive_depth::check_selection_set",
    ),
    ("async-graphql", "dynamic::type_ref::is_subtype::is_subtype -> dynamic::type_ref::is_subtype::is_subtype"),
    ("async-graphql", "registry::remove_unused_types::traverse_type -> registry::remove_unused_types::traverse_type"),
    ("async-graphql", "registry::find_visible_types::traverse_type -> registry::find_visible_types::traverse_type"),
    (
        "async-graphql",
        "validation::visitor::visit_selection_set -> validation::visitor::visit_selection -> validation::visitor::visit_field -> validation::visitor::visit_selection_set",
    ),
    ("async-graphql", "dynamic::resolve::resolve -> dynamic::resolve::resolve_list -> dynamic::resolve::resolve"),
    (
        "async-graphql",
        "registry::remove_unused_types::traverse_field -> registry::remove_unused_types::traverse_type -> registry::remove_unused_types::traverse_field",
    ),
    (
        "async-graphql",
        "registry::find_visible_types::traverse_field -> registry::find_visible_types::traverse_type -> registry::find_visible_types::traverse_field",
    ),
];

/// A crate as one text, and what the graph says about it.
struct Analysed {
    took: Duration,
    text: String,
    seen: Seen,
    calls: Calls,
}

/// Whether the bar is met.
pub(crate) fn all(names: &[String], scratch: &Path) -> anyhow::Result<bool> {
    if let Some(unknown) = names.iter().find(|name| SERVERS.iter().all(|known| known.name != **name)) {
        bail!("no server of the table is called {unknown}");
    }
    let cargo = Cargo { target: scratch.join("target"), jobs: None };
    let (mut strange, mut planted, mut missed) = (0_usize, 0_usize, 0_usize);
    for server in SERVERS.iter().filter(|known| names.is_empty() || names.iter().any(|name| name == known.name)) {
        for root in roots(*server, scratch, &cargo)? {
            let analysed = analyse(whole(&root)?)?;
            strange = strange.saturating_add(show(*server, &root, &analysed));
            let (all, lost) = plant(&analysed)?;
            planted = planted.saturating_add(all);
            missed = missed.saturating_add(lost);
        }
    }
    let met = strange == 0 && missed == 0 && planted > 0;
    println!(
        "\n{strange} cycles are not among those that were read (bar: 0); {missed} of {planted} planted cycles not found \
         (bar: 0): {}",
        if met { "the bar is met" } else { "the bar is MISSED" }
    );
    Ok(met)
}

/// The files that a crate begins with.
pub(crate) fn roots(server: Crate, scratch: &Path, cargo: &Cargo) -> anyhow::Result<Vec<PathBuf>> {
    let source = fetched(server, &scratch.join("call-graph").join(server.name), cargo)?.join("src");
    let known = ["lib.rs", "main.rs"].map(|name| source.join(name));
    Ok(known.into_iter().filter(|file| file.exists()).collect())
}

fn analyse(text: String) -> anyhow::Result<Analysed> {
    let file = syn::parse_file(&text)?;
    let module: ItemMod = syn::parse_quote!(
        mod root {}
    );
    let content = module.content.map(|(brace, _)| (brace, file.items));
    let start = Instant::now();
    let mut seen = Seen::block(&Item::Mod(ItemMod { content, ..module }), true);
    let calls = calls(&mut seen);
    Ok(Analysed { took: start.elapsed(), text, seen, calls })
}

/// Prints the cycles, and counts those that nobody has read.
fn show(server: Crate, root: &Path, analysed: &Analysed) -> usize {
    let Analysed { took, text, seen, calls } = analysed;
    let lines: Vec<&str> = text.lines().collect();
    let own: Vec<Vec<FunctionId>> =
        calls.certain.edges().filter(|(from, to)| from == to).map(|(from, _)| vec![from]).collect();
    let others = calls.certain.with_edges(|from, to| from != to);
    let several: Vec<Vec<FunctionId>> =
        others.components().iter().map(|component| others.shortest_cycle(component)).collect();
    println!(
        "{} {} ({}): {} lines, {} functions in {} ms, {} certain calls between them, {} functions that call themselves, {} cycles of several",
        server.name,
        server.version,
        root.file_name().map(|name| name.to_string_lossy()).unwrap_or_default(),
        lines.len(),
        seen.functions.len(),
        took.as_millis(),
        calls.certain.edges().count(),
        own.len(),
        several.len(),
    );
    let mut strange = 0_usize;
    for cycle in own.iter().chain(&several) {
        let path = seen.path_of(cycle);
        let is_read = TRUE_CYCLES.contains(&(server.name, &path));
        println!("  {}: {path}", if is_read { "read" } else { "NOT READ" });
        for (from, to) in steps(cycle) {
            let line = calls.places.get(&(*from, *to)).map_or(0, |place| place.start().line);
            let source = line.checked_sub(1).and_then(|at| lines.get(at)).map_or("", |line| line.trim());
            println!("    {line}: {source}");
        }
        strange = strange.saturating_add(usize::from(!is_read));
    }
    for cycle in perhaps(calls, &others) {
        let how = steps(&cycle).find_map(|(from, to)| calls.indirect.get(&(*from, *to)));
        println!("  PERHAPS, through {}: {}", how.map_or("", |(_, how)| how), seen.path_of(&cycle));
    }
    strange
}

/// The cycles of several that a `dyn` or a pointer closes: PC0202 under `strict`.
fn perhaps(calls: &Calls, certain: &Graph) -> Vec<Vec<FunctionId>> {
    let told: BTreeSet<FunctionId> = certain.components().into_iter().flatten().collect();
    let mut all = certain.clone();
    calls.indirect.keys().filter(|(from, to)| from != to).for_each(|(from, to)| all.add(*from, *to));
    let left = all.without(|id| told.contains(&id));
    left.components().iter().map(|component| left.shortest_cycle(component)).collect()
}

/// Plants a cycle through each two functions that stand one after the other, and gives how many there are and how many of them
/// are not found.
fn plant(analysed: &Analysed) -> anyhow::Result<(usize, usize)> {
    let Analysed { text, seen, calls, .. } = analysed;
    let edges: BTreeSet<_> = calls.certain.edges().collect();
    let written: Vec<(FunctionId, &Function)> = seen
        .functions
        .iter()
        .enumerate()
        .filter(|(id, function)| function.written == *id && !function.is_nested)
        .collect();
    let mut insertions: Vec<(usize, String)> = Vec::new();
    let mut pairs = Vec::new();
    for (nth, pair) in written.chunks_exact(2).enumerate() {
        let [one, other] = pair else { continue };
        let (Some(there), Some(back)) = (mention(seen, one.1, other.1, nth), mention(seen, other.1, one.1, nth)) else {
            continue;
        };
        if edges.contains(&(one.0, other.0)) || edges.contains(&(other.0, one.0)) {
            continue;
        }
        insertions.push((one.1.body.brace_token.span.open().byte_range().end, there));
        insertions.push((other.1.body.brace_token.span.open().byte_range().end, back));
        pairs.push((one.0, other.0));
    }
    insertions.sort();
    let mut planted = String::with_capacity(text.len());
    let mut at = 0;
    for (place, insertion) in &insertions {
        planted.push_str(text.get(at..*place).context("a place between two letters")?);
        planted.push_str(insertion);
        at = *place;
    }
    planted.push_str(text.get(at..).context("a place between two letters")?);
    let Analysed { seen: after, calls, .. } = analyse(planted)?;
    let edges: BTreeSet<_> = calls.certain.edges().collect();
    let mut missed = 0_usize;
    for (one, other) in &pairs {
        if !edges.contains(&(*one, *other)) || !edges.contains(&(*other, *one)) {
            missed = missed.saturating_add(1);
            println!("  NOT FOUND: {}", after.path_of(&[*one, *other]));
        }
    }
    println!("  {} cycles planted in {} functions, {missed} not found", pairs.len(), written.len());
    Ok((pairs.len(), missed))
}

/// Text that has one function call the other, each time in another form. None where no path leads there.
fn mention(seen: &Seen, from: &Function, to: &Function, nth: usize) -> Option<String> {
    let has_self = |function: &Function| function.sig.receiver().is_some();
    let name = &to.sig.ident;
    let is_neighbour = from.owner == to.owner && to.owner.is_some();
    let path = match (is_neighbour, trait_of(seen, to)) {
        // A type may have another function of that name.
        (true, Some(of_trait)) => format!("<Self as {of_trait}>::{name}"),
        (true, None) if has_self(from) && has_self(to) && nth.is_multiple_of(2) => {
            return Some(format!(" self.{name}(); "));
        }
        (true, None) => format!("Self::{name}"),
        (false, _) => path_from_crate(seen, to)?,
    };
    Some(match nth % 7 {
        0 => format!(" {path}(); "),
        1 => format!(" let _ = [1].iter().map({path}); "),
        2 => format!(" let planted = |x: u8| {path}(x); "),
        3 => format!(" println!(\"{{}}\", {path}(1)); "),
        4 => format!(" unknown_macro!{{ a => {path}(1); b }} "),
        5 => format!(" let planted = async move {{ {path}(1).await }}; "),
        _ => format!(" if let Some(planted) = {path}(1) {{ return; }} "),
    })
}

/// A crate's files in one text.
pub(crate) fn whole(root: &Path) -> anyhow::Result<String> {
    let folder = root.parent().context("a file stands in a folder")?;
    inlined(root, folder)
}

/// A file with the files of its modules in it. `folder`: where they are.
fn inlined(file: &Path, folder: &Path) -> anyhow::Result<String> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let parsed = syn::parse_file(&text).with_context(|| format!("cannot parse {}", file.display()))?;
    let mut modules =
        Modules { folder: folder.to_path_buf(), own: file.parent().unwrap_or(folder).to_path_buf(), found: Vec::new() };
    modules.visit_file(&parsed);
    let (mut whole, mut at) = (String::new(), 0);
    for (place, file, folder) in modules.found {
        whole.push_str(text.get(at..place).context("a place between two letters")?);
        whole.extend(["{\n", &inlined(&file, &folder)?, "\n}"]);
        at = place.saturating_add(1);
    }
    whole.push_str(text.get(at..).context("a place between two letters")?);
    Ok(whole)
}

/// The modules with a file: where their semicolon stands, the file, and the folder of the modules inside.
struct Modules {
    folder: PathBuf,
    own: PathBuf,
    found: Vec<(usize, PathBuf, PathBuf)>,
}

impl Visit<'_> for Modules {
    fn visit_item_mod(&mut self, module: &ItemMod) {
        let name = module.ident.to_string();
        let Some(semi) = module.semi else {
            let inner = self.folder.join(&name);
            let outer = std::mem::replace(&mut self.folder, inner);
            syn::visit::visit_item_mod(self, module);
            self.folder = outer;
            return;
        };
        let by_path = module.attrs.iter().find(|attribute| attribute.path().is_ident("path")).and_then(|attribute| {
            let syn::Meta::NameValue(of) = &attribute.meta else { return None };
            let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(path), .. }) = &of.value else { return None };
            Some(self.own.join(path.value()))
        });
        let folder = self.folder.join(&name);
        let known = [self.folder.join(format!("{name}.rs")), folder.join("mod.rs")];
        let file = by_path.into_iter().chain(known).find(|file| file.exists());
        // Of another platform, or generated: it stays empty.
        if let Some(file) = file {
            self.found.push((semi.span.byte_range().start, file, folder));
        }
    }
}

//! `escapes!()`: every place of a crate where somebody wrote down why a rule does not hold.
//!
//! The sources are read as text: tokens that a macro parses itself have no lines, and the list needs none of their meaning.

mod words;

use std::path::{Path, PathBuf};
use std::{env, fs};

use proc_macro2::{Span, TokenStream};
use quote::quote;

use words::{Kind, Word, words};

/// One of them.
#[derive(Debug, PartialEq, Eq)]
struct Escape {
    line: usize,
    rule: String,
    reason: String,
}

/// The list, as an expression. The input names the runtime.
pub(crate) fn all(runtime: &TokenStream) -> TokenStream {
    let Some(root) = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from) else {
        let message = "`escapes!()` reads the sources of the package that cargo builds, and cargo does not build this";
        return syn::Error::new(Span::call_site(), message).to_compile_error();
    };
    let mut files = Vec::new();
    rust_files(&root.join("src"), &mut files);
    files.sort();
    let (mut rows, mut read) = (Vec::new(), Vec::new());
    for path in files {
        let (Ok(text), Some(whole)) = (fs::read_to_string(&path), path.to_str()) else { continue };
        // By this the compiler knows when to ask again.
        read.push(quote!(#runtime::__private::include_bytes!(#whole)));
        let shown = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        for Escape { line, rule, reason } in found(&text) {
            let line = u32::try_from(line).unwrap_or(u32::MAX);
            rows.push(quote!(#runtime::__private::escape(#shown, #line, #rule, #reason)));
        }
    }
    quote! {{
        const _: &[&[u8]] = &[#(#read),*];
        const __PORTCULLIS_ESCAPES: &[#runtime::Escape] = &[#(#rows),*];
        __PORTCULLIS_ESCAPES
    }}
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => rust_files(&path, found),
            Ok(kind) if kind.is_file() && path.extension().is_some_and(|extension| extension == "rs") => {
                found.push(path);
            }
            // A link may lead round in a circle.
            _ => {}
        }
    }
}

/// In the order of their places.
fn found(text: &str) -> Vec<Escape> {
    let words = words(text);
    (0..words.len()).filter_map(|at| escape(&words, at)).collect()
}

/// The escape whose name stands there.
fn escape(words: &[Word], at: usize) -> Option<Escape> {
    let word = words.get(at)?;
    let rest = words.get(at.checked_add(1)?..)?;
    let before = |back: usize| at.checked_sub(back).and_then(|at| words.get(at)).map(|word| &word.kind);
    let of = |rule: &str, inside: &[Word]| {
        let reason = reason(inside)?;
        Some(Escape { line: word.line, rule: rule.to_owned(), reason })
    };
    match name(&word.kind)? {
        // The compiler's own has no path.
        "allow" if before(1) == Some(&Kind::Sign(':')) && before(2) == Some(&Kind::Sign(':')) => {
            let inside = group(rest)?;
            of(name(&inside.first()?.kind)?, inside)
        }
        "trusted" => of("trusted", group(rest)?),
        "zero_trust" => {
            let inside = group(rest)?;
            inside.iter().any(|word| name(&word.kind) == Some("skip")).then(|| of("skip", inside))?
        }
        "unprotected" if rest.first()?.kind == Kind::Sign('!') => of("unprotected", group(rest.get(1..)?)?),
        _ => None,
    }
}

fn name(kind: &Kind) -> Option<&str> {
    match kind {
        Kind::Name(name) => Some(name),
        _ => None,
    }
}

/// What stands in the parentheses that come next.
fn group(words: &[Word]) -> Option<&[Word]> {
    let mut depth = 0_usize;
    for (at, word) in words.iter().enumerate() {
        match word.kind {
            Kind::Sign('(' | '[' | '{') => depth = depth.checked_add(1)?,
            Kind::Sign(')' | ']' | '}') => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return words.get(1..at);
        }
    }
    None
}

/// `reason = ".."`, of the group itself.
fn reason(inside: &[Word]) -> Option<String> {
    let mut depth = 0_usize;
    for (at, word) in inside.iter().enumerate() {
        match &word.kind {
            Kind::Sign('(' | '[' | '{') => depth = depth.checked_add(1)?,
            Kind::Sign(')' | ']' | '}') => depth = depth.checked_sub(1)?,
            Kind::Name(name) if name == "reason" && depth == 0 => {
                let [equals, text, ..] = inside.get(at.checked_add(1)?..)? else { return None };
                return match (&equals.kind, &text.kind) {
                    (Kind::Sign('='), Kind::Text(text)) => Some(text.clone()),
                    _ => None,
                };
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::found;

    #[track_caller]
    fn rows(text: &str, expected: &[(usize, &str, &str)]) {
        let all = found(text);
        let rows: Vec<_> = all.iter().map(|row| (row.line, &*row.rule, &*row.reason)).collect();
        assert_eq!(rows, expected, "{text}");
    }

    #[test]
    fn every_form_is_found() {
        rows("#[portcullis::allow(unwrap, reason = \"why\")] x", &[(1, "unwrap", "why")]);
        rows("\n\n#[guard::allow(r#loop, reason = r#\"a \"b\" c\"#)]", &[(3, "loop", "a \"b\" c")]);
        rows("f(#[trusted(reason = \"own\")] a: u8)", &[(1, "trusted", "own")]);
        rows(
            "#[check(a(trusted(reason = \"x\")), b(trusted(reason = \"y\")))]",
            &[(1, "trusted", "x"), (1, "trusted", "y")],
        );
        rows("#[zero_trust(skip, reason = \"not called\")]", &[(1, "skip", "not called")]);
        rows("#[portcullis::zero_trust(skip,\n reason = \"a \\\n  b\")]", &[(1, "skip", "a b")]);
        rows("unprotected!(a(1, reason), reason = \"of all\")", &[(1, "unprotected", "of all")]);
        rows("#[cfg_attr(unix, portcullis::allow(cast, reason = \"low\"))]", &[(1, "cast", "low")]);
    }

    #[test]
    fn what_is_no_escape_is_not() {
        rows("#[allow(unused, reason = \"the compiler's own\")]", &[]);
        rows("// #[portcullis::allow(unwrap, reason = \"a\")]\n/* /* */ #[trusted(reason = \"b\")] */", &[]);
        rows(
            "/// #[trusted(reason = \"b\")]\nfn f() { \"#[trusted(reason = \\\"c\\\")]\"; r#\"trusted(reason = \"d\")\"# }",
            &[],
        );
        rows(
            "'\"'; '\\''; 'a: loop {} b'x'; trusted(reason = 1); trusted(reason); trusted(; zero_trust(reason = \"x\")",
            &[],
        );
        rows("unprotected(reason = \"a function\"); allow(", &[]);
    }

    #[test]
    fn lines_are_counted_through_texts_and_comments() {
        rows("/*\n*/ \"\n\\n\\\n\" '\n' // \n#[trusted(reason = \"x\")]", &[(6, "trusted", "x")]);
    }
}

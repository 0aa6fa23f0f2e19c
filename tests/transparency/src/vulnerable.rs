//! Published versions with an advisory: what crashes a program that uses them as they are is refused once one attribute stands on
//! their functions, and the request after it is served.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context as _, bail, ensure};
use toml_edit::DocumentMut;

use crate::annotate::{Insertion, functions, insert};
use crate::cargo::Cargo;
use crate::crates::{Crate, published};
use crate::source::{copies, rust_files};

struct Vulnerable {
    advisory: &'static str,
    subject: Crate,
    attribute: &'static str,
    /// The functions that carry it.
    on: &'static [&'static str],
    /// What else the program's manifest says of the crate.
    features: &'static str,
    /// Further dependencies of the program, as lines of its manifest.
    with: &'static str,
    /// `fn parse(input: &[u8]) -> String`, which hands the input to the crate.
    parse: &'static str,
    honest: &'static str,
    /// An expression: the bytes that a client sends.
    attack: &'static str,
    /// What it is refused with.
    code: &'static str,
}

const VULNERABLE: &[Vulnerable] = &[
    Vulnerable {
        advisory: "RUSTSEC-2018-0006",
        subject: published("yaml-rust", "0.4.0"),
        attribute: "bounded_recursion(max = 128, or(panic))",
        on: &["load_node"],
        features: "",
        with: "",
        parse: "fn parse(input: &[u8]) -> String {
            let text = std::str::from_utf8(input).unwrap();
            format!(\"{:?}\", yaml_rust::YamlLoader::load_from_str(text))
        }",
        honest: "b\"[[1, 2], {a: 3}]\".to_vec()",
        attack: "b\"[\".repeat(200_000)",
        code: "recursion.depth",
    },
    Vulnerable {
        advisory: "RUSTSEC-2024-0012",
        subject: published("serde-json-wasm", "1.0.0"),
        attribute: "bounded_recursion(max = 128, or(panic))",
        on: &["deserialize_ignored_any"],
        features: "",
        with: "serde = \"1\"",
        parse: "fn parse(input: &[u8]) -> String {
            format!(\"{:?}\", serde_json_wasm::from_slice::<serde::de::IgnoredAny>(input))
        }",
        honest: "b\"[[1, 2], {\\\"a\\\": 3}]\".to_vec()",
        attack: "b\"[\".repeat(1_000_000)",
        code: "recursion.depth",
    },
    Vulnerable {
        advisory: "RUSTSEC-2024-0437",
        subject: published("protobuf", "3.7.1"),
        attribute: "bounded_recursion(max = 100, or(panic))",
        on: &["skip_group"],
        features: "",
        with: "",
        parse: "fn parse(input: &[u8]) -> String {
            let mut stream = protobuf::CodedInputStream::from_bytes(input);
            format!(\"{:?}\", stream.skip_field(protobuf::rt::WireType::StartGroup).map_err(|error| error.to_string()))
        }",
        honest: "vec![0x0b, 0x0c, 0x0c]",
        attack: "vec![0x0b; 1_000_000]",
        code: "recursion.depth",
    },
    Vulnerable {
        advisory: "RUSTSEC-2019-0007",
        subject: published("asn1_der", "0.6.1"),
        attribute: "bounded_allocation(max = \"1MiB\", or(panic))",
        on: &["deserialize"],
        features: "",
        with: "",
        parse: "fn parse(input: &[u8]) -> String {
            format!(\"{:?}\", asn1_der::DerObject::deserialize(input.iter()))
        }",
        honest: "vec![0x04, 2, 7, 7]",
        attack: "vec![0x04, 0x87, 0x3f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]",
        code: "allocation",
    },
    Vulnerable {
        advisory: "RUSTSEC-2023-0080",
        subject: published("transpose", "0.2.2"),
        attribute: "checked_arithmetic(or(panic))",
        on: &["transpose"],
        features: "",
        with: "",
        // Width and height come with the image.
        parse: "fn parse(input: &[u8]) -> String {
            let (size, image) = input.split_at(16);
            let part = |at| usize::from_le_bytes(size[at..at + 8].try_into().unwrap());
            let mut turned = vec![0; image.len()];
            transpose::transpose(image, &mut turned, part(0), part(8));
            format!(\"{turned:?}\")
        }",
        honest: "[2_u64.to_le_bytes().as_slice(), &2_u64.to_le_bytes(), b\"abcd\"].concat()",
        attack: "[(1_u64 << 63).to_le_bytes().as_slice(), &2_u64.to_le_bytes()].concat()",
        code: "arithmetic.overflow",
    },
    Vulnerable {
        advisory: "RUSTSEC-2019-0033",
        subject: published("http", "0.1.19"),
        attribute: "checked_arithmetic(or(panic))",
        on: &["reserve"],
        features: "",
        with: "",
        // As many as a client says that it will send.
        parse: "fn parse(input: &[u8]) -> String {
            let mut headers = http::HeaderMap::<u32>::with_capacity(1);
            headers.insert(\"host\", 1);
            headers.reserve(usize::from_le_bytes(input.try_into().unwrap()));
            format!(\"{headers:?}\")
        }",
        honest: "9_u64.to_le_bytes().to_vec()",
        attack: "(u64::MAX / 2 + 2).to_le_bytes().to_vec()",
        code: "arithmetic.overflow",
    },
    Vulnerable {
        advisory: "RUSTSEC-2022-0035",
        subject: published("websocket-base", "0.26.2"),
        attribute: "bounded_allocation(max = \"1MiB\", or(panic))",
        on: &["read_dataframe"],
        features: ", default-features = false, features = [\"sync\"]",
        with: "",
        parse: "fn parse(mut input: &[u8]) -> String {
            let frame = websocket_base::dataframe::DataFrame::read_dataframe(&mut input, false);
            format!(\"{:?}\", frame.map_err(|error| error.to_string()))
        }",
        honest: "vec![0x82, 2, 7, 7]",
        attack: "vec![0x82, 127, 0, 0, 0x0f, 0xff, 0xff, 0xff, 0xff, 0xff]",
        code: "allocation",
    },
];

/// Whether each crashes as it was published, and is refused with the attribute.
pub(crate) fn all(named: &[String], scratch: &Path) -> bool {
    let cargo = Cargo { target: scratch.join("target"), jobs: None };
    println!("| crate | advisory | attribute | as published | with it |\n|---|---|---|---|---|");
    let mut met = true;
    for vulnerable in
        VULNERABLE.iter().filter(|one| named.is_empty() || named.iter().any(|name| name == one.subject.name))
    {
        let shown = format!("{} {}", vulnerable.subject.name, vulnerable.subject.version);
        match one(vulnerable, &scratch.join("vulnerable").join(vulnerable.subject.name), &cargo) {
            Ok(crash) => println!(
                "| {shown} | {} | `{}` | {crash} | refused, `{}` |",
                vulnerable.advisory, vulnerable.attribute, vulnerable.code
            ),
            Err(error) => {
                println!("| {shown} | {} | `{}` | {error:#} | |", vulnerable.advisory, vulnerable.attribute);
                met = false;
            }
        }
    }
    println!("\n{}", if met { "bar met" } else { "bar missed" });
    met
}

/// How it crashes as it was published.
fn one(vulnerable: &Vulnerable, folder: &Path, cargo: &Cargo) -> anyhow::Result<String> {
    let copies = copies(vulnerable.subject, folder, &["std".to_owned()], cargo)?;
    annotate(&copies.annotated, vulnerable)?;
    let honest = |output: &Output| {
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines().filter(|line| line.starts_with("honest: ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let plain = run(&program(vulnerable, &copies.plain, &folder.join("program-plain"), cargo)?)?;
    ensure!(!plain.status.success(), "nothing crashes as it was published: {}", String::from_utf8_lossy(&plain.stdout));
    let [answer] = &*honest(&plain) else { bail!("an honest request is not served as it was published") };
    let annotated = run(&program(vulnerable, &copies.annotated, &folder.join("program-annotated"), cargo)?)?;
    let said = [annotated.stdout.as_slice(), &annotated.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    ensure!(annotated.status.success(), "with the attribute it crashes too: {}", annotated.status);
    let refusal = format!("portcullis: {}: ", vulnerable.code);
    ensure!(said.contains(&refusal) && said.contains("refused: panic\n"), "with the attribute it says {said}");
    ensure!(honest(&annotated) == [answer.clone(), answer.clone()], "honest requests are answered otherwise: {said}");
    Ok(plain.status.to_string())
}

fn annotate(package: &Path, vulnerable: &Vulnerable) -> anyhow::Result<()> {
    let mut found = false;
    for path in rust_files(&package.join("src"))? {
        let text = fs::read_to_string(&path)?;
        let (functions, _) = functions(&text).with_context(|| format!("cannot parse {}", path.display()))?;
        let named = functions.iter().filter(|function| vulnerable.on.contains(&&*function.name));
        let insertions: Vec<Insertion> = named
            .map(|function| Insertion {
                at: function.range.start,
                text: format!("#[::portcullis::{}] ", vulnerable.attribute),
            })
            .collect();
        found |= !insertions.is_empty();
        fs::write(&path, insert(&text, &insertions))?;
    }
    ensure!(found, "no function is called {:?}", vulnerable.on);
    // What the editions before 2018 find a dependency by.
    let manifest: DocumentMut = fs::read_to_string(package.join("Cargo.toml"))?.parse()?;
    if manifest
        .get("package")
        .and_then(|package| package.get("edition"))
        .is_none_or(|edition| edition.as_str() == Some("2015"))
    {
        let root = package.join("src/lib.rs");
        fs::write(&root, fs::read_to_string(&root)? + "\nextern crate portcullis;\n")?;
    }
    Ok(())
}

/// A program that serves an honest request, the attack, and the honest one once more, and tells of each.
fn program(vulnerable: &Vulnerable, package: &Path, folder: &Path, cargo: &Cargo) -> anyhow::Result<PathBuf> {
    fs::create_dir_all(folder.join("src"))?;
    let name = folder.file_name().and_then(|name| name.to_str()).context("a folder without a name")?;
    let portcullis = concat!(env!("CARGO_MANIFEST_DIR"), "/../../runtime");
    let Vulnerable { subject, features, with, parse, honest, attack, .. } = vulnerable;
    let manifest = format!(
        "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[dependencies]\n{} = {{ path = '{}'{features} }}\nportcullis = {{ path = '{portcullis}', \
         default-features = false, features = [\"std\"] }}\n{with}\n\n[workspace]\n",
        subject.name,
        package.display(),
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    let main = format!(
        "#[portcullis::catch_panic]
        fn handler(input: &[u8]) -> Result<String, portcullis::Violation> {{ Ok(parse(input)) }}
        fn serve(whose: &str, input: &[u8]) {{
            match handler(input) {{
                Ok(answer) => println!(\"{{whose}}: {{}}\", answer.replace('\\n', \" \")),
                Err(violation) => println!(\"refused: {{}}\", violation.code()),
            }}
        }}
        fn main() {{
            let (honest, attack): (Vec<u8>, Vec<u8>) = ({honest}, {attack});
            serve(\"honest\", &honest);
            serve(\"attack\", &attack);
            serve(\"honest\", &honest);
        }}
        {parse}\n"
    );
    fs::write(folder.join("src/main.rs"), main)?;
    // As of a dependency from a registry, which these are everywhere else.
    let output =
        cargo.command(folder, "build").args(["--release", "--quiet"]).env("RUSTFLAGS", "--cap-lints=warn").output()?;
    ensure!(output.status.success(), "it does not build: {}", first_error(&output));
    Ok(cargo.target.join("release").join(name))
}

fn first_error(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    said.lines().skip_while(|line| !line.starts_with("error")).take(12).collect::<Vec<_>>().join("\n")
}

/// Under limits, as some of them take all memory or never end.
fn run(program: &Path) -> anyhow::Result<Output> {
    let limited = "ulimit -c 0; ulimit -v 4194304; ulimit -t 20; exec \"$0\"";
    Ok(Command::new("sh").args(["-c", limited]).arg(program).output()?)
}

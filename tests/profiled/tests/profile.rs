//! The heap profile in a report says who holds the heap, in the format of pprof.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::fs::{self, File};
use std::io::Read as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Output};

use flate2::read::GzDecoder;
use prost::Message;

/// What is read here of `profile.proto`.
#[derive(Message)]
struct Profile {
    #[prost(message, repeated, tag = "1")]
    sample_type: Vec<ValueType>,
    #[prost(message, repeated, tag = "2")]
    sample: Vec<Sample>,
    #[prost(string, repeated, tag = "6")]
    string_table: Vec<String>,
}

#[derive(Message)]
struct ValueType {
    #[prost(int64, tag = "1")]
    of: i64,
    #[prost(int64, tag = "2")]
    unit: i64,
}

#[derive(Message)]
struct Sample {
    #[prost(uint64, repeated, tag = "1")]
    location_id: Vec<u64>,
    #[prost(int64, repeated, tag = "2")]
    value: Vec<i64>,
}

fn run(folder: &std::path::Path, mib: u32, configuration: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_portcullis-profiled"))
        .arg(folder)
        .arg(mib.to_string())
        .env("_RJEM_MALLOC_CONF", configuration)
        .output()
        .unwrap()
}

fn report(output: &Output) -> PathBuf {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    PathBuf::from(String::from_utf8(output.stdout.clone()).unwrap().trim())
}

#[test]
fn the_profile_holds_what_the_program_keeps() {
    let folder = tempfile::tempdir().unwrap();
    let mib = 48;
    let output = run(folder.path(), mib, "prof:true,prof_active:true,lg_prof_sample:17");
    let file = report(&output).join("heap.pb.gz");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let mut bytes = Vec::new();
    GzDecoder::new(File::open(file).unwrap()).read_to_end(&mut bytes).unwrap();
    let profile = Profile::decode(&*bytes).unwrap();
    let text = |at: i64| profile.string_table[usize::try_from(at).unwrap()].as_str();
    let types: Vec<_> = profile.sample_type.iter().map(|of| (text(of.of), text(of.unit))).collect();
    let space = types.iter().position(|(_, unit)| *unit == "bytes").unwrap();
    let kept: i64 = profile.sample.iter().map(|sample| sample.value[space]).sum();
    let expected = i64::from(mib) << 20;
    assert!((expected / 2..expected * 2).contains(&kept), "{kept} bytes of {expected}, {types:?}");
    assert!(profile.sample.iter().all(|sample| !sample.location_id.is_empty()));
}

#[test]
fn without_samples_there_is_a_report_that_says_why_it_has_no_profile() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), 1, "prof:false");
    let report = report(&output);
    assert!(report.join("report.json").exists() && !report.join("heap.pb.gz").exists());
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("no heap profile: the program's allocator is not jemalloc with `prof:true`"), "{said}");
}

//! The heap profile in a report says who holds the heap, in the format of pprof.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, Output};

use prost::Message;

/// What is read here of `profile.proto`.
#[derive(Message)]
struct Profile {
    #[prost(message, repeated, tag = "1")]
    sample_type: Vec<ValueType>,
    #[prost(message, repeated, tag = "2")]
    sample: Vec<Sample>,
    #[prost(message, repeated, tag = "3")]
    mapping: Vec<Mapping>,
    #[prost(message, repeated, tag = "4")]
    location: Vec<Location>,
    #[prost(string, repeated, tag = "6")]
    string_table: Vec<String>,
    #[prost(int64, tag = "9")]
    time_nanos: i64,
    #[prost(message, tag = "11")]
    period_type: Option<ValueType>,
    #[prost(int64, tag = "12")]
    period: i64,
    #[prost(int64, tag = "14")]
    default_sample_type: i64,
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

#[derive(Message)]
struct Mapping {
    #[prost(uint64, tag = "1")]
    id: u64,
    #[prost(uint64, tag = "2")]
    start: u64,
    #[prost(uint64, tag = "3")]
    limit: u64,
    #[prost(uint64, tag = "4")]
    offset: u64,
    #[prost(int64, tag = "5")]
    file: i64,
}

#[derive(Message)]
struct Location {
    #[prost(uint64, tag = "1")]
    id: u64,
    #[prost(uint64, tag = "2")]
    mapping_id: u64,
    #[prost(uint64, tag = "3")]
    address: u64,
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
    let report = report(&output);
    let file = report.join("heap.pb");
    assert!(!report.join("heap.txt").exists(), "jemalloc's own dump is removed");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let profile = Profile::decode(&*fs::read(file).unwrap()).unwrap();
    let text = |at: i64| profile.string_table[usize::try_from(at).unwrap()].as_str();
    let types: Vec<_> = profile.sample_type.iter().map(|of| (text(of.of), text(of.unit))).collect();
    assert_eq!(types, [("inuse_objects", "count"), ("inuse_space", "bytes")]);
    assert_eq!(text(profile.default_sample_type), "inuse_space");
    let period = profile.period_type.as_ref().unwrap();
    assert_eq!((text(period.of), text(period.unit), profile.period), ("space", "bytes", 1 << 17));
    assert!(profile.time_nanos > 0);
    let largest = profile.sample.iter().max_by_key(|sample| sample.value[1]).unwrap();
    // `keep` asks for 16 pieces of 64 KiB for each. Of others the objects are small: one that is sampled stands for thousands.
    for (of, expected) in [i64::from(mib) * 16, i64::from(mib) << 20].into_iter().enumerate() {
        let kept = largest.value[of];
        assert!((expected / 2..expected * 2).contains(&kept), "{kept} of {expected}, {:?}", types[of]);
    }

    let program = fs::canonicalize(env!("CARGO_BIN_EXE_portcullis-profiled")).unwrap();
    assert!(profile.sample.iter().all(|sample| !sample.location_id.is_empty()));
    for id in profile.sample.iter().flat_map(|sample| &sample.location_id) {
        let location = profile.location.iter().find(|location| location.id == *id).unwrap();
        let mapping = profile.mapping.iter().find(|mapping| mapping.id == location.mapping_id).unwrap();
        assert!((mapping.start..mapping.limit).contains(&location.address));
        assert!(
            mapping.limit - mapping.start + mapping.offset <= fs::metadata(text(mapping.file)).unwrap().len() + 0x1000
        );
        // The stack that holds most begins in the program, wherever it ends.
        if largest.location_id.first() == Some(id) {
            assert_eq!(text(mapping.file), program.to_str().unwrap());
        }
    }
}

#[test]
fn without_samples_there_is_a_report_that_says_why_it_has_no_profile() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), 1, "prof:false");
    let report = report(&output);
    assert!(
        report.join("report.json").exists() && !report.join("heap.pb").exists() && !report.join("heap.txt").exists()
    );
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("no heap profile: the program's allocator is not jemalloc with `prof:true`"), "{said}");
}

use alloc::string::String;
use alloc::vec::Vec;
use alloc::{format, vec};
use std::fs;
use std::io::{self, ErrorKind};

use proptest::prelude::{any, prop_oneof, proptest};
use proptest::strategy::{Just, Strategy};

use super::dump::{Dump, Entry};
use super::{convert, profile};

/// As jemalloc 5.3 writes it.
const DUMP: &str = "heap_v2/524288
  t*: 24: 68943872 [0: 0]
  t0: 24: 68943872 [0: 0]

@ 0x5581e011 0x5581e023 0x7f0000001001
  t*: 3: 3145728 [0: 0]
  t0: 3: 3145728 [0: 0]
@ 0x5581e023
  t*: 0: 0 [12: 800]
@
  t*: 2: 1024 [0: 0]

MAPPED_LIBRARIES:
5581d000-5581e000 r--p 00000000 fd:01 2762                               /usr/bin/idle game
5581e000-5582f000 r-xp 00001000 fd:01 2762                               /usr/bin/idle game
7f0000000000-7f0000002000 r-xp 00000000 00:00 0
7ffd00000000-7ffd00001000 r-xp 00000000 00:00 0                          [vdso]
";

/// The stacks, and the mappings.
type Read = (Vec<(Vec<u64>, i64, i64)>, Vec<(u64, u64, u64, String)>);

fn read(dump: &[u8]) -> io::Result<Read> {
    let (mut stacks, mut mappings) = (Vec::new(), Vec::new());
    Dump::begin(dump)?.each(|entry| {
        match entry {
            Entry::Stack { addresses, objects, bytes } => stacks.push((addresses.to_vec(), objects, bytes)),
            Entry::Mapping(of) => {
                mappings.push((of.start, of.end, of.offset, String::from_utf8_lossy(of.file).into_owned()));
            }
        }
        Ok(())
    })?;
    Ok((stacks, mappings))
}

#[test]
fn a_dump_is_read_and_what_was_not_sampled_is_added() {
    let (stacks, mappings) = read(DUMP.as_bytes()).unwrap();
    // An object of 1 MiB is sampled with 1 - exp(-2), one of 512 bytes with 1 - exp(-1/1024).
    let large = (vec![0x5581_e011, 0x5581_e023, 0x7f00_0000_1001], 3, 3_638_090);
    assert_eq!(stacks, [large, (vec![], 2049, 1_049_088)]);
    assert_eq!(mappings, [(0x5581_e000, 0x5582_f000, 0x1000, "/usr/bin/idle game".into())]);
}

#[test]
fn a_dump_that_is_cut_off_or_is_none_is_an_error() {
    let long = format!("heap_v2/1\n@ {}", "0x1 ".repeat(1 << 16));
    for dump in [
        "",
        "heap_v2/",
        "heap_v2/0\n",
        "heap_v1/1\n",
        "heap_v2/1\n@ 0x1",
        "heap_v2/1\n@ 0x1\n@ 0x2\n  t*: 1: 1 [0: 0]\n",
        "heap_v2/1\n@ 0x1 nil\n  t*: 1: 1 [0: 0]\n",
        "heap_v2/1\n@ 0x1\n  t*: 1 1\n",
        "heap_v2/1\n@ 0x1\n  t*: 1:\n",
        &long,
    ] {
        assert_eq!(read(dump.as_bytes()).unwrap_err().kind(), ErrorKind::InvalidData, "{dump:.80}");
    }
    assert_eq!(read(b"heap_v2/1").unwrap(), (vec![], vec![]));
}

#[test]
fn numbers_of_any_size_end_at_the_largest() {
    let most = u64::MAX;
    let dump = format!("heap_v2/{most}\n@ 0x0 0x{most:x}\n  t*: {most}: 1 [0: 0]\n@\n  t*: 1: {most} [0: 0]\n");
    let (stacks, _) = read(dump.as_bytes()).unwrap();
    assert_eq!(stacks, [(vec![0, most], i64::MAX, i64::MAX), (vec![], 2, i64::MAX)]);
    convert(dump.as_bytes(), io::sink()).unwrap();
}

/// `0x12, 12` is field 2, of 12 bytes.
#[test]
fn the_profile_is_this_message() {
    let mut to = Vec::new();
    convert(DUMP.as_bytes(), &mut to).unwrap();
    let has = |part: &[u8]| to.windows(part.len()).any(|window| window == part);
    assert!(has(&[0x12, 12, 0x0a, 3, 1, 2, 3, 0x12, 5, 3, 0xca, 0x86, 0xde, 0x01]), "the first stack");
    assert!(has(&[0x22, 10, 0x08, 1, 0x10, 1, 0x18, 0x90, 0xc0, 0x87, 0xac, 0x05]), "the first address less one");
    assert!(has(b"\x32\x12/usr/bin/idle game"));
}

#[test]
fn a_profile_larger_than_its_room_leaves_nothing() {
    let folder = std::env::temp_dir().join(format!("portcullis-heap-{}", std::process::id()));
    super::folder::open(&folder).unwrap();
    let path = folder.join("heap.pb");
    let (large, small) = (profile(DUMP.as_bytes(), &path, 100), path.exists());
    let (fits, length) = (profile(DUMP.as_bytes(), &path, 1000), fs::metadata(&path).map(|file| file.len()));
    let again = profile(DUMP.as_bytes(), &path, 1000);
    let kept = path.exists();
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!((large.unwrap_err().kind(), small), (ErrorKind::QuotaExceeded, false));
    assert!(fits.is_ok() && (101..1000).contains(&length.unwrap()));
    assert_eq!((again.unwrap_err().kind(), kept), (ErrorKind::AlreadyExists, true));
}

fn garbage() -> impl Strategy<Value = Vec<u8>> {
    let cut = (any::<usize>(), any::<usize>(), any::<u8>()).prop_map(|(at, from, byte)| {
        let mut dump = DUMP.as_bytes().to_vec();
        let (at, from) = (at % dump.len(), from % dump.len());
        dump[at] = byte;
        dump.rotate_left(from);
        dump
    });
    let tokens = [
        "heap_v2/",
        "524288",
        "\n",
        "@",
        " ",
        "0x",
        "t*:",
        "MAPPED_LIBRARIES:\n",
        "-",
        "/",
        "r-xp",
        "18446744073709551615",
    ];
    let tokens = tokens.map(|token| Just(token.as_bytes().to_vec()).boxed());
    let token = proptest::strategy::Union::new(tokens).boxed();
    let mixed = proptest::collection::vec(prop_oneof![token, proptest::collection::vec(any::<u8>(), 0..4)], 0..60);
    let headed = mixed.prop_map(|parts| [b"heap_v2/7\n".as_slice(), &parts.concat()].concat());
    prop_oneof![cut, headed]
}

proptest! {
    #[test]
    fn garbage_is_never_a_panic(dump in garbage()) {
        let _ = convert(&*dump, io::sink());
    }
}

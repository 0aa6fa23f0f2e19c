//! A profile as pprof reads it: the message `perftools.profiles.Profile` of its `profile.proto`, not compressed.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use std::io::{self, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use super::dump::Mapping;

/// The strings that each profile has; the names of files follow. The first has to be empty.
const STRINGS: [&str; 6] = ["", "inuse_objects", "count", "inuse_space", "bytes", "space"];
const INUSE_OBJECTS: u64 = 1;
const COUNT: u64 = 2;
const INUSE_SPACE: u64 = 3;
const BYTES: u64 = 4;
const SPACE: u64 = 5;

/// Fields of the profile.
const SAMPLE_TYPE: u64 = 1;
const SAMPLE: u64 = 2;
const MAPPING: u64 = 3;
const LOCATION: u64 = 4;
const STRING_TABLE: u64 = 6;
const TIME_NANOS: u64 = 9;
const PERIOD_TYPE: u64 = 11;
const PERIOD: u64 = 12;
const DEFAULT_SAMPLE_TYPE: u64 = 14;

/// Fields may come in any order, so that each is written as soon as it is known.
pub(super) struct Profile<W> {
    to: W,
    /// The numbers of the addresses.
    locations: BTreeMap<u64, u64>,
    /// From, to.
    mappings: Vec<(u64, u64)>,
}

impl<W: Write> Profile<W> {
    /// `rate`: one of so many bytes was sampled.
    pub(super) fn begin(to: W, rate: u64) -> io::Result<Self> {
        let mut profile = Self { to, locations: BTreeMap::new(), mappings: Vec::new() };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let message = STRINGS
            .iter()
            .fold(Message::default(), |message, string| message.bytes(STRING_TABLE, string.as_bytes()))
            .message(SAMPLE_TYPE, &Message::default().number(1, INUSE_OBJECTS).number(2, COUNT))
            .message(SAMPLE_TYPE, &Message::default().number(1, INUSE_SPACE).number(2, BYTES))
            .message(PERIOD_TYPE, &Message::default().number(1, SPACE).number(2, BYTES))
            .number(PERIOD, rate)
            .number(TIME_NANOS, u64::try_from(now.as_nanos()).unwrap_or(0))
            .number(DEFAULT_SAMPLE_TYPE, INUSE_SPACE);
        profile.write(&message)?;
        Ok(profile)
    }

    /// The innermost address is the first.
    pub(super) fn sample(&mut self, addresses: &[u64], objects: i64, bytes: i64) -> io::Result<()> {
        let mut stack = Message::default();
        for address in addresses {
            // Where a call returns to is behind it, and may be another line or function.
            let address = address.saturating_sub(1);
            let next = after(self.locations.len());
            stack = stack.varint(*self.locations.entry(address).or_insert(next));
        }
        let values = Message::default().varint(objects.cast_unsigned()).varint(bytes.cast_unsigned());
        let sample = Message::default().message(1, &stack).message(2, &values);
        self.write(&Message::default().message(SAMPLE, &sample))
    }

    pub(super) fn mapping(&mut self, mapping: &Mapping<'_>) -> io::Result<()> {
        // Each has one string, after those that every profile has.
        let name = wide(STRINGS.len().saturating_add(self.mappings.len()));
        let message = Message::default()
            .number(1, after(self.mappings.len()))
            .number(2, mapping.start)
            .number(3, mapping.end)
            .number(4, mapping.offset)
            .number(5, name);
        self.mappings.push((mapping.start, mapping.end));
        let file = String::from_utf8_lossy(mapping.file);
        self.write(&Message::default().message(MAPPING, &message).bytes(STRING_TABLE, file.as_bytes()))
    }

    /// The addresses, which need the mappings.
    pub(super) fn end(mut self) -> io::Result<()> {
        for (address, location) in core::mem::take(&mut self.locations) {
            let mapping = self.mappings.iter().position(|(start, end)| (*start..*end).contains(&address));
            let message = Message::default().number(1, location).number(2, mapping.map_or(0, after)).number(3, address);
            self.write(&Message::default().message(LOCATION, &message))?;
        }
        self.to.flush()
    }

    fn write(&mut self, message: &Message) -> io::Result<()> {
        self.to.write_all(&message.0)
    }
}

fn wide(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// The number of what comes after so many: 0 is none.
fn after(count: usize) -> u64 {
    wide(count).saturating_add(1)
}

/// Fields, one after the other.
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    /// Seven bits a byte, the lowest first; the eighth says that there are more.
    fn varint(mut self, mut value: u64) -> Self {
        loop {
            let [low, ..] = value.to_le_bytes();
            value >>= 7;
            if value == 0 {
                self.0.push(low);
                return self;
            }
            self.0.push(low | 0x80);
        }
    }

    fn number(self, field: u64, value: u64) -> Self {
        self.varint(field << 3).varint(value)
    }

    fn bytes(self, field: u64, bytes: &[u8]) -> Self {
        let mut message = self.varint(field << 3 | 2).varint(wide(bytes.len()));
        message.0.extend_from_slice(bytes);
        message
    }

    /// Numbers in a row have the form of a message.
    fn message(self, field: u64, message: &Self) -> Self {
        self.bytes(field, &message.0)
    }
}

//! `read_to_end` and `read_to_string`.

use std::cell::RefCell;
use std::io::{self, BufReader, Cursor, ErrorKind, Read};
use std::sync::Mutex;

use portcullis::{Violation, bounded_allocation};

use super::refused;

#[bounded_allocation(max = 100)]
fn bytes(mut reader: impl Read, buffer: &mut Vec<u8>) -> Result<io::Result<usize>, Violation> {
    Ok(reader.read_to_end(buffer))
}

#[bounded_allocation(max = 100)]
fn text(reader: &mut dyn Read, buffer: &mut String) -> Result<io::Result<usize>, Violation> {
    Ok(reader.read_to_string(buffer))
}

#[test]
fn the_last_byte_that_fits() {
    let mut buffer = Vec::new();
    assert_eq!(bytes(&[7; 100][..], &mut buffer).unwrap().unwrap(), 100);
    assert_eq!(buffer, [7; 100]);
    refused(bytes(&[7; 101][..], &mut Vec::new()), "read_to_end");
    refused(bytes(io::repeat(7), &mut Vec::new()), "read_to_end");
    let mut buffer = String::new();
    assert_eq!(text(&mut &[b'x'; 100][..], &mut buffer).unwrap().unwrap(), 100);
    refused(text(&mut io::repeat(b'x'), &mut String::new()), "read_to_string");
}

#[test]
fn what_the_buffer_has_counts() {
    let mut buffer = vec![1; 40];
    assert_eq!(bytes(&[7; 60][..], &mut buffer).unwrap().unwrap(), 60);
    let mut buffer = vec![1; 41];
    refused(bytes(&[7; 60][..], &mut buffer), "read_to_end");
    assert!(buffer.starts_with(&[1; 41]) && buffer.len() <= 100, "what was read is in it");
}

/// A letter of two bytes, again and again, by `at_once` bytes.
struct Letters {
    left: usize,
    at_once: usize,
}

impl Read for Letters {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.at_once.min(buffer.len()).min(self.left);
        for byte in &mut buffer[..count] {
            *byte = if self.left % 2 == 0 { 0xc3 } else { 0xa4 };
            self.left -= 1;
        }
        Ok(count)
    }
}

#[test]
fn a_limit_in_the_middle_of_a_letter() {
    for at_once in [1, 3, 1_000] {
        let letters = |left| Letters { left, at_once };
        #[bounded_allocation(max = 99)]
        fn odd(mut reader: Letters) -> Result<io::Result<String>, Violation> {
            let mut buffer = String::new();
            Ok(reader.read_to_string(&mut buffer).map(|_| buffer))
        }
        assert_eq!(odd(letters(98)).unwrap().unwrap(), "ä".repeat(49));
        refused(odd(letters(100)), "read_to_string");
        // A text that ends there is no text.
        assert_eq!(odd(letters(99)).unwrap().unwrap_err().kind(), ErrorKind::InvalidData);
    }
}

/// Fails after so many bytes; once it says that it was interrupted.
struct Failing(usize, bool);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(if self.1 {
                ErrorKind::ConnectionReset
            } else {
                self.1 = true;
                ErrorKind::Interrupted
            }
            .into());
        }
        let count = self.0.min(buffer.len());
        self.0 -= count;
        Ok(count)
    }
}

#[test]
fn errors_of_the_reader_are_its_own() {
    for before in [0, 50, 99, 100] {
        let mut buffer = Vec::new();
        let error = bytes(Failing(before, false), &mut buffer).unwrap().unwrap_err();
        assert_eq!((error.kind(), buffer.len()), (ErrorKind::ConnectionReset, before));
    }
    refused(bytes(Failing(101, false), &mut Vec::new()), "read_to_end");
}

#[test]
fn readers_and_buffers_of_many_kinds() {
    struct Connection {
        reader: BufReader<Cursor<Vec<u8>>>,
        buffer: Vec<u8>,
        readers: Vec<Box<dyn Read>>,
    }
    twin! {
        fn plain, protected(connection: &mut Connection, shared: &Mutex<Cursor<Vec<u8>>>, cell: &RefCell<Cursor<Vec<u8>>>) -> io::Result<(usize, String)> {
            let mut count = connection.reader.read_to_end(&mut connection.buffer)?;
            let mut text = String::new();
            let mut boxed = Box::new(Vec::new());
            count += connection.readers[0].read_to_end(&mut boxed)?;
            count += (&mut connection.readers[1]).take(3).read_to_string(&mut text)?;
            count += shared.lock().unwrap().read_to_end(&mut boxed)?;
            let mut guard = cell.borrow_mut();
            count += guard.read_to_string(&mut text)?;
            count += io::empty().chain(&b"tail"[..]).read_to_string(&mut text)?;
            let mut slice = &b"slice"[..];
            count += slice.read_to_end(&mut boxed)?;
            let mut read = |buffer: &mut Vec<u8>| connection.reader.read_to_end(buffer);
            count += read(&mut connection.buffer)?;
            Ok((count, text))
        }
    }
    let run = |read: fn(
        &mut Connection,
        &Mutex<Cursor<Vec<u8>>>,
        &RefCell<Cursor<Vec<u8>>>,
    ) -> io::Result<(usize, String)>| {
        let cursor = || Cursor::new(b"in the middle".to_vec());
        let mut connection = Connection {
            reader: BufReader::new(cursor()),
            buffer: vec![],
            readers: vec![Box::new(cursor()), Box::new(cursor())],
        };
        read(&mut connection, &Mutex::new(cursor()), &RefCell::new(cursor())).unwrap()
    };
    assert_eq!(run(plain), run(protected));
}

//! A library on `core` and `alloc`: beside `std` a panic handler of its own would not compile.

#![no_std]
#![forbid(unsafe_code)]
#![deny(warnings)]

extern crate alloc;

use alloc::boxed::Box;
use alloc::string::String;

use portcullis::{Violation, checked_arithmetic, validated_input};

#[cfg(not(test))]
#[panic_handler]
fn stop(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

#[validated_input]
pub fn checked(
    #[check(range(min = 1, max = 60))] secs: u32,
    #[check(one_of("gold", "wood"), ascii)] of: String,
) -> Result<u32, Violation> {
    drop(of);
    Ok(secs)
}

#[checked_arithmetic]
pub fn boxed(a: u8, b: u8) -> Result<u8, Box<dyn core::error::Error + Send + Sync>> {
    Ok(a - b)
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use portcullis::{Bounded, kept};

    use super::*;

    #[test]
    fn the_fields_are_listed() {
        assert_eq!(checked(60, "gold".into()).unwrap(), 60);
        let refused = checked(0, "é".into()).unwrap_err();
        assert_eq!(refused.code(), "input.ascii");
        let codes: alloc::vec::Vec<&str> = refused.fields().iter().map(|field| &*field.code).collect();
        assert_eq!(codes, ["ascii", "one_of", "range"]);
        assert_eq!(refused.fields()[2].to_string(), "secs must be between 1 and 60");
        assert_eq!(Violation::field("name", "taken", "is taken").fields().len(), 1);
        assert_eq!(size_of::<Violation>(), size_of::<usize>());
    }

    #[test]
    fn the_values_are_kept() {
        let refused = boxed(1, 2).unwrap_err().downcast::<Violation>().unwrap();
        assert!(refused.internal().to_string().starts_with("arithmetic.overflow: `-` of u8 would be -1 in "));
    }

    #[test]
    fn collections_are_bounded() {
        let mut map = Bounded::<alloc::collections::BTreeMap<u8, String>>::new(1);
        map.entry(7).or_default().unwrap().push_str("gold");
        assert_eq!(map.insert(8, String::new()).unwrap_err().code(), "capacity");
        assert_eq!((map.len(), map[&7].as_str()), (1, "gold"));
        let mut names = Bounded::<alloc::vec::Vec<String>>::new(1);
        names.push(kept(String::with_capacity(1_000))).unwrap();
        assert_eq!((names[0].capacity(), names.push(String::new()).is_err()), (0, true));
    }
}

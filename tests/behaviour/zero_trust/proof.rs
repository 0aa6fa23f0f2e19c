//! `prove_no_panic` in a build that proves nothing: the body is as it was. What a build shows that does: `tests/proof.rs`.

use std::cell::RefCell;

use portcullis::{Violation, zero_trust};

#[derive(Default)]
struct Table {
    seats: [u8; 4],
}

#[zero_trust(prove_no_panic)]
impl Table {
    fn sit(
        &mut self,
        #[check(range(max = 9))] seat: usize,
        #[check(range(max = 9))] player: u8,
    ) -> Result<&mut u8, Violation> {
        self.seats[seat] = player;
        Ok(&mut self.seats[seat])
    }

    fn leave(self, #[check(range(max = 9))] seat: usize) -> Result<(Self, u8), Refused> {
        let left = self.seats[seat].to_string();
        let parsed = left.parse::<u8>().map_err(|_| Refused("text"))?;
        Ok((self, parsed))
    }
}

impl From<Violation> for Refused {
    fn from(violation: Violation) -> Self {
        Self(violation.code())
    }
}

#[derive(Debug, PartialEq)]
struct Refused(&'static str);

#[test]
fn the_body_borrows_returns_and_refuses_as_it_did() {
    let mut table = Table::default();
    *table.sit(1, 7).unwrap() += 1;
    assert_eq!(table.seats, [0, 8, 0, 0]);
    assert_eq!(table.sit(4, 7).unwrap_err().code(), "index.bounds");
    let (table, left) = table.leave(1).unwrap();
    assert_eq!(left, 8);
    assert!(matches!(table.leave(5), Err(Refused("index.bounds"))));
}

thread_local! {
    static DROPS: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

struct Told(&'static str);

impl Drop for Told {
    fn drop(&mut self) {
        DROPS.with_borrow_mut(|drops| drops.push(self.0));
    }
}

macro_rules! twin {
    ($(#[$attribute:meta])* $name:ident) => {
        $(#[$attribute])*
        fn $name(
            first: Told,
            _second: Told,
            mut last: Told,
            early: bool,
        ) -> Result<&'static str, Violation> {
            let _inner = Told("inner");
            if early {
                return Ok(first.0);
            }
            last.0 = "changed";
            Ok(last.0)
        }
    };
}
twin!(plain);
twin!(
    #[zero_trust(prove_no_panic, without(validated_input, catch_panic))]
    proved
);

#[test]
fn what_the_function_owns_drops_in_its_order() {
    for early in [true, false] {
        let run = |function: fn(Told, Told, Told, bool) -> Result<&'static str, Violation>| {
            let value = function(Told("first"), Told("second"), Told("last"), early).unwrap();
            (value, DROPS.take())
        };
        assert_eq!(run(plain), run(proved));
    }
}

//! Each rule with an escape, where it can stand: a statement, a block, an expression in parentheses, a function, one inside another.

#![deny(warnings)]

use portcullis::{Violation, zero_trust};

#[zero_trust(strict)]
fn excused(#[trusted(reason = "the server's own table")] table: &[u8]) -> Result<u8, Violation> {
    #[portcullis::allow(unwrap, reason = "the table is never empty")]
    let first = table.first().unwrap();
    #[portcullis::allow(panic, reason = "the table is never empty")]
    {
        assert!(!table.is_empty());
    }
    let last = *#[portcullis::allow(unwrap, reason = "the table is never empty")]
    (table.last().unwrap());
    #[portcullis::allow(indexing, reason = "the table is never empty")]
    fn inside(table: &[u8]) -> u8 {
        table[0]
    }
    #[portcullis::allow(cast, reason = "the low byte is meant")]
    let low = (u16::from(*first) * 3) as u8;
    Ok(first & last & inside(table) & low)
}

#[zero_trust(strict)]
#[portcullis::allow(loop, reason = "the table is of this server, and ends")]
#[portcullis::allow(cast, reason = "the low byte is meant, everywhere")]
fn all_of_it(#[trusted(reason = "the server's own table")] table: &[u16]) -> Result<u8, Violation> {
    let mut at = 0;
    loop {
        let Some(next) = table.get(at) else { return Ok(0) };
        if *next > 255 {
            return Ok(*next as u8);
        }
        at = after(at);
    }
}

fn after(at: usize) -> usize {
    at.saturating_add(1)
}

struct Purse {
    coins: u32,
    spent: u32,
}

#[zero_trust(strict)]
impl Purse {
    #[portcullis::allow(partial, reason = "the purse is thrown away with the session")]
    fn pay(&mut self, #[check(range(max = 9_999))] price: u32) -> Result<(), Violation> {
        self.coins -= price;
        self.spent += price;
        Ok(())
    }
}

// Without `strict` too, where casts are checked.
#[zero_trust]
#[portcullis::allow(cast, reason = "the low byte is meant, everywhere")]
fn default_level(#[check(range(max = 999))] n: u16) -> Result<u8, Violation> {
    Ok(n as u8)
}

fn main() {
    assert_eq!(excused(&[1, 3]).unwrap(), 1);
    assert_eq!(all_of_it(&[1, 0x0102]).unwrap(), 2);
    let mut purse = Purse { coins: 5, spent: u32::MAX };
    assert!(purse.pay(1).is_err());
    assert_eq!((purse.coins, purse.spent), (4, u32::MAX));
    assert_eq!(default_level(256 + 7).unwrap(), 7);
}

//! What ranges must say nothing of: values that fit, are widened, are looked at by what is not seen, or have another type than it
//! seems.

#![deny(warnings)]
#![allow(dead_code, unused_variables, non_camel_case_types, clippy::all)]

use std::num::Wrapping;
use std::ops::{Add, Mul};

use portcullis::{Violation, checked_arithmetic, validated_input, zero_trust};

#[derive(Clone, Copy)]
struct Money(i64);

impl Mul<Money> for i32 {
    type Output = Money;
    fn mul(self, by: Money) -> Money {
        Money(i64::from(self) * by.0)
    }
}

impl Add<i32> for Money {
    type Output = Money;
    fn add(self, by: i32) -> Money {
        Money(self.0 + i64::from(by))
    }
}

const LIMIT: i32 = 2_000;

fn refuse(secs: i32) -> Result<(), Violation> {
    if secs > LIMIT { Err(portcullis::Violation::from(refused(9).unwrap_err())) } else { Ok(()) }
}

#[validated_input]
fn refused(#[check(range(max = 3))] n: u32) -> Result<u32, Violation> {
    Ok(n)
}

macro_rules! guard {
    ($value:expr) => {
        if $value > 2_000 {
            return Ok(0);
        }
    };
}

struct World {
    cap: i32,
    heard: i32,
}

#[zero_trust]
impl World {
    fn fits(&self, #[check(range(min = 1, max = 2_000))] secs: i32) -> Result<i32, Violation> {
        Ok(secs * 1_000_000)
    }

    fn widened(&self, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i64, Violation> {
        Ok(i64::from(secs) * 1_000_000)
    }

    fn guarded(&self, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
        if secs > 2_000 {
            return Ok(0);
        }
        Ok(secs * 1_000_000)
    }

    fn guarded_by_a_field(&self, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
        if secs > self.cap {
            return Ok(0);
        }
        Ok(secs * 1_000_000)
    }

    fn guarded_by_a_constant(&self, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
        if secs > LIMIT {
            return Ok(0);
        }
        Ok(secs * 1_000_000)
    }

    fn guarded_by_a_call(&self, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
        refuse(secs)?;
        Ok(secs * 1_000_000)
    }

    fn guarded_by_what_was_told(
        &mut self,
        #[check(range(min = 1, max = 86_400))] secs: i32,
    ) -> Result<i32, Violation> {
        self.heard = secs;
        if self.heard > self.cap {
            return Ok(0);
        }
        Ok(secs * 1_000_000)
    }

    fn guarded_by_what_was_done(
        &mut self,
        #[check(range(min = 1, max = 86_400))] secs: i32,
    ) -> Result<i32, Violation> {
        if secs > 2_000 {
            self.cap = 0;
        }
        if self.cap == 0 {
            return Ok(0);
        }
        Ok(secs * 1_000_000)
    }

    fn guarded_by_a_macro(&self, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
        guard!(secs);
        Ok(secs * 1_000_000)
    }

    fn guarded_in_a_loop(
        &self,
        #[check(range(min = 1, max = 86_400))] secs: i32,
        #[check(length(max = 9), each(range(max = 100_000)))] caps: Vec<i32>,
    ) -> Result<i32, Violation> {
        for cap in caps {
            if secs < cap {
                break;
            }
            refuse(secs)?;
        }
        Ok(secs.wrapping_mul(1_000_000))
    }

    fn refused_by_a_closure(&self, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
        let mut ok = true;
        let mut look = || ok = secs < 2_000;
        look();
        if !ok {
            return Ok(0);
        }
        Ok(secs * 1_000_000)
    }

    fn changed_behind_a_reference(&self, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
        let mut part = secs;
        let place = &mut part;
        *place /= 1_000;
        Ok(part * 1_000_000)
    }

    fn shadowed(&self, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
        let Some(secs) = Some(secs % 60) else { return Ok(0) };
        Ok(secs * 1_000_000)
    }

    fn of_another_type(&self, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i64, Violation> {
        let price = Money(7_000_000);
        let wrapped = Wrapping(secs) * Wrapping(1_000_000);
        let sum = price + secs;
        Ok((secs * price).0 + sum.0 + i64::from(wrapped.0))
    }

    fn of_no_type(&self, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i64, Violation> {
        let factor = 1_000_000;
        Ok(i64::from(secs) * factor)
    }

    fn with_its_own_number_type(&self, #[check(range(min = 1, max = 200))] n: u32) -> Result<u64, Violation> {
        type u8 = u64;
        let wide: u8 = u64::from(n);
        Ok(wide * 2 % 100)
    }

    fn wide_index(&self, #[check(range(max = 5_000_000_000))] at: u64) -> Result<usize, Violation> {
        Ok(at as usize)
    }

    fn empty_or_not(&self, #[check(length(max = 8))] bytes: Vec<u8>) -> Result<u8, Violation> {
        if bytes.is_empty() {
            return Ok(0);
        }
        Ok(bytes[0] / 2 + bytes[bytes.len() - 1] / 2)
    }

    fn in_code_for_others(&self, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
        if cfg!(target_pointer_width = "16") {
            return Ok(secs * 1_000_000);
        }
        if size_of::<usize>() == 2 {
            return Ok(secs * 1_000_000);
        }
        Ok(secs)
    }

    fn on_purpose(&self, #[check(range(max = 256))] n: u32) -> Result<u8, Violation> {
        #[portcullis::allow(cast, reason = "the low byte on purpose")]
        let low = n as u8;
        Ok(low)
    }

    fn checked_by_hand(&self, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<Option<i32>, Violation> {
        Ok(secs.checked_mul(1_000_000).and_then(|long| long.checked_div(secs - 1)))
    }

    fn later_in_a_closure(&self, #[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i32, Violation> {
        Ok([0_i32].iter().filter(|none| **none > 0).map(|none| secs * 1_000_000 + none).sum())
    }
}

#[zero_trust(checked_arithmetic(or(wrap)))]
fn wraps(#[check(range(max = 250))] n: u8) -> Result<u8, Violation> {
    Ok(n + 100)
}

#[zero_trust(checked_arithmetic(or(saturate)))]
fn saturates(#[check(range(max = 250))] n: u8) -> Result<u8, Violation> {
    Ok(n + 100)
}

#[zero_trust(require(b <= a))]
fn related(#[check(range(max = 100))] a: u32, #[check(range(max = 100))] b: u32) -> Result<u32, Violation> {
    Ok(a - b)
}

#[validated_input]
#[checked_arithmetic]
fn casts_are_not_asked_for(#[check(range(max = 256))] n: u32) -> Result<u8, Violation> {
    Ok(n as u8)
}

macro_rules! made {
    ($name:ident, $secs:ident, $value:expr) => {
        #[zero_trust]
        fn $name(#[check(range(min = 1, max = 86_400))] $secs: i32) -> Result<i32, Violation> {
            let $secs = $secs % 60;
            Ok($value)
        }
    };
}
made!(made, secs, secs * 1_000_000);

#[zero_trust]
fn generic<i32: Copy + Mul<Output = i32>>(
    #[check(custom = any)] secs: i32,
    #[check(range(max = 9))] times: u8,
) -> Result<i32, Violation> {
    Ok(secs * secs)
}

fn any<T>(_: &T) -> Result<(), portcullis::validator::ValidationError> {
    Ok(())
}

fn main() {
    let world = World { cap: 9, heard: 0 };
    assert_eq!(world.fits(2_000).unwrap(), 2_000_000_000);
    assert_eq!(world.guarded_by_a_constant(86_400).unwrap(), 0);
    assert_eq!(world.guarded_by_a_macro(86_400).unwrap(), 0);
    assert_eq!(world.refused_by_a_closure(86_400).unwrap(), 0);
    assert_eq!(world.changed_behind_a_reference(2_000).unwrap(), 2_000_000);
    assert_eq!(related(5, 3).unwrap(), 2);
}

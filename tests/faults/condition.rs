//! A condition that the rules decide: the guard that was meant is never reached, or never passed.

#[cfg(faulty)]
pub mod faulty {
    use crate::shared::Error;
    use portcullis::zero_trust;

    // CVE-2014-1266 (Apple, goto fail): the check of the signature stood where nothing came to.
    #[zero_trust(strict)]
    pub fn verified(#[check(range(min = 1, max = 3))] step: u8) -> Result<bool, Error> {
        if step > 3 { //~ PC0306
            return Err(Error::Malformed);
        }
        Ok(true)
    }

    // CVE-2010-5139 (Bitcoin): outputs whose sum was negative; here a guard against that, which can never speak.
    #[zero_trust(strict)]
    pub fn withdraw(#[check(range(min = 0, max = 100))] amount: i64) -> Result<i64, Error> {
        if amount < 0 { //~ PC0306
            return Err(Error::Conflict);
        }
        Ok(100 - amount)
    }

    // Post-mortem: Azure, 29 February 2012: a day that no rule spoke of; here one that the rule leaves out.
    #[zero_trust(strict)]
    pub async fn valid_until(
        #[check(range(min = 2_012, max = 2_100))] year: u32,
        #[check(range(min = 1, max = 28))] day: u32,
    ) -> Result<u32, Error> {
        let end = year + 1;
        if day == 29 { //~ PC0306
            return Err(Error::Malformed);
        }
        Ok(end)
    }

    // CVE-2012-2122 (MySQL): a comparison that came out true for values that were not the same.
    #[zero_trust(strict)]
    pub fn accepted(#[check(range(max = 255))] difference: u32) -> Result<&'static str, Error> {
        Ok(match difference {
            n if n <= 255 => "accepted", //~ PC0306
            _ => "refused",
        })
    }
}

#[cfg(mended)]
pub mod mended {
    use crate::shared::Error;
    use portcullis::zero_trust;

    #[zero_trust(strict)]
    pub fn verified(#[check(range(min = 1, max = 9))] step: u8) -> Result<bool, Error> {
        if step > 3 {
            return Err(Error::Malformed);
        }
        Ok(true)
    }

    #[zero_trust(strict)]
    pub fn withdraw(#[check(range(min = -100, max = 100))] amount: i64) -> Result<i64, Error> {
        if amount < 0 {
            return Err(Error::Conflict);
        }
        Ok(100 - amount)
    }

    #[zero_trust(strict)]
    pub async fn valid_until(
        #[check(range(min = 2_012, max = 2_100))] year: u32,
        #[check(range(min = 1, max = 31))] day: u32,
    ) -> Result<u32, Error> {
        let end = year + 1;
        if day == 29 {
            return Err(Error::Malformed);
        }
        Ok(end)
    }

    #[zero_trust(strict)]
    pub fn accepted(#[check(range(max = 255))] difference: u32) -> Result<&'static str, Error> {
        Ok(match difference {
            n if n == 0 => "accepted",
            _ => "refused",
        })
    }
}

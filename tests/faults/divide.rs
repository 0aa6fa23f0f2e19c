//! A divisor that the rules let be zero.

#[cfg(faulty)]
pub mod faulty {
    use portcullis::{Violation, zero_trust};

    // Post-mortem: USS Yorktown, September 1997: a zero was typed into a field, and the ship was dead in the water.
    #[zero_trust(strict)]
    pub fn fuel_a_valve(
        #[check(range(max = 50_000))] fuel: u32,
        #[check(range(max = 100))] valves: u32,
    ) -> Result<u32, Violation> {
        Ok(fuel / valves) //~ PC0302
    }

    // CVE-2017-11332 (SoX): a WAV header with no channels.
    #[zero_trust(strict)]
    pub async fn frames(
        #[check(range(max = 1_000_000))] samples: u64,
        #[check(range(max = 32))] channels: u64,
    ) -> Result<u64, Violation> {
        let mut frames = samples;
        frames /= channels; //~ PC0302
        Ok(frames)
    }

    // CVE-2021-20243 (ImageMagick): a resize to nothing divided by the new size.
    #[zero_trust(strict)]
    pub fn rows_left(
        #[check(range(max = 10_000))] rows: u16,
        #[check(range(max = 512))] tile: u16,
    ) -> Result<u16, Violation> {
        if rows == 0 {
            return Ok(0);
        }
        Ok(rows % tile) //~ PC0302
    }

    // CVE-2022-2056 (LibTIFF, tiffcrop): a zone of no rows.
    #[zero_trust(strict)]
    pub fn zones(
        #[check(range(min = 1, max = 20_000))] length: i64,
        #[check(range(min = -64, max = 64))] zone: i64,
    ) -> Result<i64, Violation> {
        Ok(length.div_euclid(zone)) //~ PC0302
    }

    // CVE-2019-14981 (ImageMagick): the mean of a window that held no pixel.
    #[zero_trust(strict)]
    pub fn mean(
        #[check(each(range(max = 255)))] window: [u32; 4],
        #[check(range(max = 4))] count: u32,
    ) -> Result<u32, Violation> {
        let [a, b, c, d] = window;
        let sum: u32 = a + b + c + d;
        Ok(sum / count) //~ PC0302
    }
}

#[cfg(mended)]
pub mod mended {
    use portcullis::{Violation, zero_trust};

    #[zero_trust(strict)]
    pub fn fuel_a_valve(
        #[check(range(max = 50_000))] fuel: u32,
        #[check(range(min = 1, max = 100))] valves: u32,
    ) -> Result<u32, Violation> {
        Ok(fuel / valves)
    }

    #[zero_trust(strict)]
    pub async fn frames(
        #[check(range(max = 1_000_000))] samples: u64,
        #[check(range(min = 1, max = 32))] channels: u64,
    ) -> Result<u64, Violation> {
        let mut frames = samples;
        frames /= channels;
        Ok(frames)
    }

    #[zero_trust(strict)]
    pub fn rows_left(
        #[check(range(max = 10_000))] rows: u16,
        #[check(range(max = 512))] tile: u16,
    ) -> Result<u16, Violation> {
        if rows == 0 || tile == 0 {
            return Ok(0);
        }
        Ok(rows % tile)
    }

    #[zero_trust(strict)]
    pub fn zones(
        #[check(range(min = 1, max = 20_000))] length: i64,
        #[check(range(min = -64, max = 64))] zone: i64,
    ) -> Result<Option<i64>, Violation> {
        Ok(length.checked_div_euclid(zone))
    }

    #[zero_trust(strict)]
    pub fn mean(
        #[check(each(range(max = 255)))] window: [u32; 4],
        #[check(range(max = 4))] count: u32,
    ) -> Result<u32, Violation> {
        let [a, b, c, d] = window;
        let sum: u32 = a + b + c + d;
        Ok(if count > 0 { sum / count } else { 0 })
    }
}

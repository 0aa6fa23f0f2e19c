//! Each kernel twice, plain and protected. How far a loop goes is told from outside, so that the plain one has its bounds to
//! check; `user_crate.rs` shows in the assembly that the protected one has that check only once.

/// The same source twice.
macro_rules! kernels {
    ($(fn $name:ident($($parameters:tt)*) $body:block)*) => {
        pub mod plain {
            use portcullis::Violation;
            $(
                #[inline(never)]
                pub fn $name($($parameters)*) -> Result<u32, Violation> $body
            )*
        }
        pub mod protected {
            use portcullis::Violation;
            $(
                #[inline(never)]
                #[portcullis::checked_indexing]
                pub fn $name($($parameters)*) -> Result<u32, Violation> $body
            )*
        }
    };
}

kernels! {
    fn sum(list: &[u32], count: usize) {
        let mut sum = 0;
        for i in 0..count {
            sum ^= list[i];
        }
        Ok(sum)
    }

    fn gather(list: &[u32], places: &[u32]) {
        let mut sum = 0u32;
        for place in places {
            sum = sum.wrapping_add(list[*place as usize]);
        }
        Ok(sum)
    }

    fn matrix(a: &[Vec<u32>], b: &[Vec<u32>], out: &mut [Vec<u32>], side: usize) {
        for i in 0..side {
            for j in 0..side {
                out[i][j] = 0;
                for k in 0..side {
                    out[i][j] = out[i][j].wrapping_add(a[i][k].wrapping_mul(b[k][j]));
                }
            }
        }
        Ok(out[side / 2][side / 2])
    }

    fn prefix(list: &mut [u32], count: usize) {
        for i in 1..count {
            list[i] = list[i].wrapping_add(list[i - 1]);
        }
        Ok(list[count / 2])
    }

    fn windows(list: &[u32], count: usize) {
        let mut sum = 0u32;
        for i in 0..count {
            let window = &list[i..i + 4];
            sum = sum.wrapping_add(window[0] ^ window[3]);
        }
        Ok(sum)
    }

    fn histogram(bytes: &[u8], counts: &mut [u32]) {
        for &byte in bytes {
            counts[byte as usize] += 1;
        }
        Ok(counts[7])
    }

    fn deque(list: &std::collections::VecDeque<u32>, count: usize) {
        let mut sum = 0;
        for i in 0..count {
            sum ^= list[i];
        }
        Ok(sum)
    }

    fn scan(text: &str, count: usize) {
        let mut found = 0;
        let mut i = 0;
        while i < count {
            if text.as_bytes()[i] == b'=' {
                found += 1;
            }
            i += 1;
        }
        Ok(found)
    }

    fn words(text: &str, ends: &[usize]) {
        let mut longest = 0;
        let mut start = 0;
        for &end in ends {
            longest = longest.max(text[start..end].len() as u32);
            start = end;
        }
        Ok(longest)
    }

    fn lookups(map: &std::collections::HashMap<u32, u32>, keys: &[u32]) {
        let mut sum = 0u32;
        for key in keys {
            sum = sum.wrapping_add(map[&(key / 2)]);
        }
        Ok(sum)
    }

    fn lookups_by_variable(map: &std::collections::HashMap<u32, u32>, keys: &[u32]) {
        let mut sum = 0u32;
        for key in keys {
            sum = sum.wrapping_add(map[key]);
        }
        Ok(sum)
    }

    fn swaps(list: &mut [u32], places: &[u32]) {
        for place in places {
            list.swap(0, *place as usize);
        }
        Ok(list[0])
    }
}

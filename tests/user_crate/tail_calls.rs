//! The same functions under no bound and two: for the assembly.

macro_rules! tails {
    ($module:ident $(, #[$attribute:meta])?) => {
        pub mod $module {
            #[inline(never)]
            $(#[$attribute])?
            pub fn last(list: &[u64], sum: u64) -> u64 {
                match list {
                    [] => sum,
                    [first, rest @ ..] => last(rest, sum.rotate_left(3) ^ first),
                }
            }

            #[inline(never)]
            $(#[$attribute])?
            pub fn even(list: &[u64], sum: u64) -> u64 {
                match list {
                    [] => sum,
                    [first, rest @ ..] => odd(rest, sum.rotate_left(3) ^ first),
                }
            }

            #[inline(never)]
            $(#[$attribute])?
            pub fn odd(list: &[u64], sum: u64) -> u64 {
                match list {
                    [] => !sum,
                    [first, rest @ ..] => even(rest, sum.rotate_left(5) ^ first),
                }
            }
        }
    };
}

tails!(plain);
tails!(stack, #[portcullis::bounded_recursion(mode = stack, or(return 0))]);
tails!(count, #[portcullis::bounded_recursion(max = 64, or(return 0))]);

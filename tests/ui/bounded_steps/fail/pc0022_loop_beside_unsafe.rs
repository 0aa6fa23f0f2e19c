use portcullis::{Violation, zero_trust};

#[zero_trust(bounded_steps(max = 9))]
fn sum(#[check(length(max = 9), each(range(max = 9)))] numbers: &[u32]) -> Result<u32, Violation> {
    let mut sum = 0;
    for at in 0..numbers.len() {
        // SAFETY: `at` is below the length.
        sum += unsafe { *numbers.as_ptr().add(at) };
    }
    'again: while sum > 9 {
        loop {
            sum -= 1;
            continue 'again;
        }
    }
    Ok(sum)
}

#[zero_trust(deadline("1s"), without(validated_input))]
async unsafe fn wait(n: u32) -> Result<u32, Violation> {
    for _ in 0..n {
        std::future::ready(()).await;
    }
    Ok(n)
}

// No loop, and so nothing that is passed over.
#[zero_trust(deadline("1s"), without(validated_input))]
async unsafe fn wait_once(n: u32) -> Result<u32, Violation> {
    std::future::ready(()).await;
    Ok(n)
}

fn main() {}

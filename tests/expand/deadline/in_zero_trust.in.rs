#[zero_trust(deadline(TIMEOUT, or(panic)), bounded_steps(max = 100), without(checked_arithmetic, checked_indexing, catch_panic))]
fn sum(#[check(length(max = 100), each(range(max = 9)))] numbers: &[u32]) -> Result<u32, Violation> {
    let mut sum = 0;
    for number in numbers {
        sum += number;
    }
    Ok(sum)
}

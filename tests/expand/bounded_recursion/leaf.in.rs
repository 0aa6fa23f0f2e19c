#[bounded_recursion(max = 64, or(return 0))]
fn fib(n: u64) -> u64 {
    if n == 0 {
        return 0;
    }
    if n < 3 && n != 0 { 1 } else { fib(n - 1) + fib(n - 2) }
}

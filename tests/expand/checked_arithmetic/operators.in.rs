#[checked_arithmetic]
fn price(lines: &[Line], mut total: u64) -> Result<u64, Violation> {
    for line in lines {
        total += line.price;
    }
    assert!(total - 1 > 0);
    Ok(-total)
}

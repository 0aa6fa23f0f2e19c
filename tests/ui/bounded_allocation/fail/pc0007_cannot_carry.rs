use portcullis::bounded_allocation;

#[bounded_allocation(max = "1KiB")]
fn nothing(list: &mut Vec<u8>, n: usize) {
    list.reserve(n);
}

#[bounded_allocation(max = "1KiB")]
fn a_list(n: usize) -> Vec<u8> {
    let mut list = Vec::with_capacity(n);
    list.extend((0..n).map(|_| 1));
    list
}

// Nothing here asks for memory, and nothing is refused.
#[bounded_allocation(max = "1KiB")]
fn sum(list: &[u8]) -> u8 {
    list.iter().sum()
}

fn main() {}

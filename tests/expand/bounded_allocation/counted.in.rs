#[bounded_allocation(max = LIMIT, or(panic))]
fn gather(&mut self, mut reader: impl Read, ids: Range<u64>) -> String {
    self.ids.extend(ids.clone());
    self.of(0).extend(ids);
    let mut bytes = Vec::new();
    let _ = reader.read_to_end(&mut bytes);
    let _ = reader.take(9).read_to_end(&mut bytes);
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

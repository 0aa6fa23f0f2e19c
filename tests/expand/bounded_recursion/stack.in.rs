#[bounded_recursion(mode = stack, or(return None))]
fn last(list: &List) -> Option<&List> {
    list.rest.as_deref().map_or(Some(list), last)
}

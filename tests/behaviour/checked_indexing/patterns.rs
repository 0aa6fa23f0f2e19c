//! Elements that are matched with a pattern.

#[derive(Clone, Debug, PartialEq)]
enum Slot {
    Empty,
    Full { n: u32, tags: Vec<u8> },
}

fn slots() -> Vec<Slot> {
    vec![Slot::Empty, Slot::Full { n: 3, tags: vec![1] }]
}

const PLACES: [usize; 4] = [0, 1, 2, usize::MAX];

agreeing! {
    a_match "[]" (list: Vec<Slot> = slots(), i: usize = PLACES) {
        match list[i] {
            Slot::Empty => 0,
            Slot::Full { n, .. } => n,
        }
    }
    a_match_that_borrows "[]" (list: Vec<Slot> = slots(), i: usize = PLACES) {
        match list[i] {
            Slot::Full { ref tags, .. } if tags.len() == 1 => tags[0],
            _ => 0,
        }
    }
    a_match_that_borrows_to_write "[]" (list: Vec<Slot> = slots(), i: usize = PLACES) {
        match list[i] {
            Slot::Full { ref mut n, ref mut tags } => {
                *n += 1;
                tags.push(7);
            }
            Slot::Empty => {}
        }
    }
    a_match_that_borrows_a_field_to_write "[]" (list: Vec<(u8, Slot)> = vec![(1, slots().remove(1))], i: usize = PLACES) {
        match list[i].1 {
            Slot::Full { ref mut n, .. } => *n += 1,
            Slot::Empty => {}
        }
    }
    a_match_of_a_reference "[]" (list: Vec<Slot> = slots(), i: usize = PLACES) {
        match &list[i] {
            Slot::Full { tags, .. } => tags.clone(),
            Slot::Empty => vec![],
        }
    }
    a_match_of_a_mutable_reference "[]" (list: Vec<Slot> = slots(), i: usize = PLACES) {
        match &mut list[i] {
            Slot::Full { tags, .. } => tags.push(9),
            slot => *slot = Slot::Full { n: 0, tags: vec![] },
        }
    }
    if_let "[]" (list: Vec<Option<String>> = vec![None, Some("a".into())], i: usize = PLACES) {
        if let Some(text) = &list[i] { text.len() } else { 0 }
    }
    if_let_to_write "[]" (list: Vec<Option<String>> = vec![None, Some("a".into())], i: usize = PLACES) {
        if let Some(ref mut text) = list[i] {
            text.push('b');
        }
    }
    if_let_of_a_method "[]" (list: Vec<Option<String>> = vec![None, Some("a".into())], i: usize = PLACES) {
        if let Some(text) = list[i].as_mut()
            && !text.is_empty()
        {
            text.push('b');
        }
    }
    while_let "[]" (list: Vec<Vec<u8>> = vec![vec![], vec![1, 2]], i: usize = PLACES) {
        let mut sum = 0;
        while let Some(x) = list[i].pop() {
            sum += x;
        }
        sum
    }
    while_let_to_write "[]" (list: Vec<Option<u8>> = vec![None, Some(3)], i: usize = PLACES) {
        while let Some(ref mut x) = list[i] {
            *x -= 1;
            if *x == 0 {
                list[i] = None;
            }
        }
    }
    let_else "[]" (list: Vec<Option<u8>> = vec![Some(1), Some(2)], i: usize = PLACES) {
        let Some(ref mut x) = list[i] else { unreachable!() };
        *x += 1;
    }
    a_let_that_takes_apart "[]" (list: Vec<(u8, u8)> = vec![(1, 2), (3, 4)], i: usize = PLACES) {
        let (a, b) = list[i];
        a + b
    }
    a_let_that_borrows_to_write "[]" (list: Vec<(u8, String)> = vec![(1, "a".into()), (2, "b".into())], i: usize = PLACES) {
        let (ref mut a, ref b) = list[i];
        *a += b.len() as u8;
    }
    a_reference_bound_by_the_pattern "[]" (list: Vec<String> = vec!["a".into(), "b".into()], i: usize = PLACES) {
        let ref text = list[i];
        text.clone()
    }
    matches_macro "[]" (list: Vec<Slot> = slots(), i: usize = PLACES) { matches!(list[i], Slot::Full { n: 3, .. }) }
    a_slice_pattern "[]" (list: &[u8] = &[1, 2, 3], i: usize = [0, 2, 3, 4]) {
        match &list[i..] {
            [first, .., last] => first + last,
            [only] => *only,
            [] => 0,
        }
    }
    a_guard "[]" (list: &[u8] = &[1, 2], i: usize = PLACES) {
        match i {
            n if list[n] == 2 => "two",
            _ => "other",
        }
    }
}

#[test]
fn nothing_is_moved_out_by_a_pattern_that_binds_nothing() {
    twin! {
        fn plain, protected(list: &[String], i: usize) -> bool {
            let _ = list[i];
            match list[i] {
                _ => true,
            }
        }
    }
    let list = ["a".to_owned()];
    assert_eq!(plain(&list, 0), protected(&list, 0));
}

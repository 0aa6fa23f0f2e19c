//! An index as a part of what is looked at itself: arguments, roots, several places at once.

const PLACES: [usize; 3] = [0, 2, 3];

struct Named {
    first: usize,
    second: usize,
}

struct Both(usize, usize);

agreeing! {
    argument_of_a_method "[]" (list: Vec<usize> = vec![0, 1, 2], i: usize = PLACES) { vec![7, 8, 9].remove(list[i]) }
    last_argument_of_a_method "[]" (list: Vec<usize> = vec![0, 1, 2], i: usize = PLACES) {
        let mut other = vec![7];
        other.insert(0, list[i]);
        other
    }
    argument_of_an_elements_method "[]" (list: Vec<usize> = vec![0, 1, 2], i: usize = PLACES) {
        let mut rows = vec![vec![7]];
        rows[0].push(list[i]);
        rows
    }
    argument_of_a_called_element "[]" (list: Vec<usize> = vec![0, 1, 2], i: usize = PLACES) {
        let calls: [fn(usize) -> usize; 1] = [std::convert::identity];
        calls[0](list[i])
    }
    root_of_an_index "[]" (list: Vec<usize> = vec![0, 1, 2], i: usize = PLACES) { [list[i], 7][0] }
    places_in_a_struct "[]" (list: Vec<usize> = vec![0, 1, 2], i: usize = PLACES) {
        Named { first: list[i], second: list[1] } = Named { first: 7, second: 8 };
    }
    places_in_a_constructor "[]" (list: Vec<usize> = vec![0, 1, 2], i: usize = PLACES) {
        Both(list[i], list[1]) = Both(7, 8);
    }
}

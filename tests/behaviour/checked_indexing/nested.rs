//! Places through several indices, fields and stars.

use super::{at, refused};
use portcullis::{Violation, checked_indexing};

#[derive(Clone, Debug, PartialEq)]
struct Cell {
    b: u32,
    tags: Vec<(u8, [u8; 2])>,
}

#[derive(Clone, Debug, PartialEq)]
struct Row {
    cells: Vec<Cell>,
}

#[derive(Clone, Debug, PartialEq)]
struct Grid {
    rows: Vec<Row>,
    cursor: usize,
}

fn grid() -> Grid {
    let cell = |b| Cell { b, tags: vec![(1, [2, 3]), (4, [5, 6])] };
    Grid { rows: vec![Row { cells: vec![cell(1), cell(2)] }, Row { cells: vec![cell(3)] }], cursor: 1 }
}

const PAIRS: [(usize, usize); 6] = [(0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (2, 0)];

agreeing! {
    a_read "[]" (list: Vec<Vec<u8>> = vec![vec![1, 2], vec![3]], p: (usize, usize) = PAIRS) { list[p.0][p.1] }
    a_write "[]" (list: Vec<Vec<u8>> = vec![vec![1, 2], vec![3]], p: (usize, usize) = PAIRS) { list[p.0][p.1] = 9 }
    a_sum "[]" (list: Vec<Vec<u8>> = vec![vec![1, 2], vec![3]], p: (usize, usize) = PAIRS) { list[p.0][p.1] += 9 }
    arrays "[]" (list: [[u8; 2]; 2] = [[1, 2], [3, 4]], p: (usize, usize) = PAIRS) { list[p.0][p.1] += 9 }
    a_field_at_the_end "[]" (list: Grid = grid(), p: (usize, usize) = PAIRS) { list.rows[p.0].cells[p.1].b += 5 }
    a_field_from_another "[]" (list: Grid = grid(), p: (usize, usize) = PAIRS) {
        list.rows[0].cells[0].b += list.rows[p.0].cells[p.1].b
    }
    four_deep "[]" (list: Grid = grid(), p: (usize, usize) = PAIRS) { list.rows[p.0].cells[p.1].tags[1].1[p.0] = 9 }
    four_deep_to_read "[]" (list: Grid = grid(), p: (usize, usize) = PAIRS) { list.rows[p.0].cells[p.1].tags[p.1].1[1] }
    a_method_at_the_end "[]" (list: Grid = grid(), p: (usize, usize) = PAIRS) {
        list.rows[p.0].cells[p.1].tags.push((0, [0, 0]))
    }
    a_mutable_reference "[]" (list: Grid = grid(), p: (usize, usize) = PAIRS) {
        let tag = &mut list.rows[p.0].cells[p.1].tags[0];
        tag.0 = 9
    }
    an_index_from_an_element "[]" (list: Vec<usize> = vec![1, 2, 9], i: usize = [0, 1, 2, 3]) { list[list[i]] }
    an_index_from_an_element_to_write "[]" (list: [usize; 3] = [1, 2, 9], i: usize = [0, 1, 2, 3]) { list[list[i]] = 7 }
    three_deep_in_the_index "[]" (list: [usize; 3] = [1, 2, 9], i: usize = [0, 1, 2, 3]) { list[list[list[i]]] }
    an_index_that_reads_the_array_to_write "[]" (list: [[usize; 2]; 2] = [[1, 5], [0, 2]], p: (usize, usize) = PAIRS) {
        list[p.0][list[1][p.1]] = 7
    }
    an_index_that_reads_the_array_to_add "[]" (list: [[usize; 2]; 2] = [[1, 5], [0, 2]], p: (usize, usize) = PAIRS) {
        list[list[1][0]][list[p.0][p.1]] += 7
    }
    an_index_that_reads_the_array_to_lend "[]" (list: [[usize; 2]; 2] = [[1, 5], [0, 2]], p: (usize, usize) = PAIRS) {
        let lent = &mut list[p.0][list[1][p.1]];
        *lent = 9
    }
    an_index_that_reads_a_field_beside "[]" (list: Grid = grid(), i: usize = [0, 1, 2]) {
        list.rows[i].cells[list.cursor].b = 8
    }
    parentheses "[]" (list: Grid = grid(), p: (usize, usize) = PAIRS) { ((list.rows)[p.0]).cells[p.1].b = 1 }
    a_tuple "[]" (list: (u8, Vec<(u8, [u8; 2])>) = (0, vec![(1, [2, 3])]), p: (usize, usize) = PAIRS) { list.1[p.0].1[p.1] }
    boxes "[]" (list: Vec<Box<[Box<[u8]>]>> = vec![Box::new([Box::new([1])])], p: (usize, usize) = PAIRS) { list[p.0][0][p.1] = 3 }
}

impl Grid {
    #[checked_indexing]
    fn under_the_cursor(&mut self, j: usize) -> Result<u32, Violation> {
        self.rows[self.cursor].cells[j].b += 1;
        self.rows[self.cursor].cells[j].tags.clear();
        let cell = &mut self.rows[self.cursor].cells[j];
        cell.b *= 2;
        Ok(self.rows[self.cursor].cells[j].b)
    }

    #[checked_indexing]
    fn row(&mut self) -> Result<&mut Row, Violation> {
        Ok(&mut self.rows[self.cursor])
    }

    #[checked_indexing]
    fn cells(&self) -> Result<&[Cell], Violation> {
        Ok(&self.rows[self.cursor].cells[1..])
    }
}

#[test]
fn an_index_from_another_field_of_self() {
    let mut grid = grid();
    assert_eq!(grid.under_the_cursor(0).unwrap(), 8);
    assert!(grid.rows[1].cells[0].tags.is_empty());
    refused(grid.under_the_cursor(1), "[]", at(1, 1));
    grid.cursor = 2;
    refused(grid.under_the_cursor(0), "[]", at(2, 2));
}

#[test]
fn references_out_of_self() {
    let mut grid = grid();
    grid.row().unwrap().cells.clear();
    assert!(grid.rows[1].cells.is_empty());
    refused(grid.cells(), "[]", super::part(1, 0, 0));
    grid.cursor = 0;
    assert_eq!(grid.cells().unwrap().len(), 1);
    grid.cursor = usize::MAX;
    refused(grid.row(), "[]", at(usize::MAX, 2));
}

/// Each index is looked at once: a variable that nobody assigns has no type.
#[test]
fn an_element_of_a_made_list_inside_a_borrowed_range() {
    #[checked_indexing]
    fn protected(list: &[u8], from: usize) -> Result<&[u8], Violation> {
        Ok(&list[[from, 1].map(|at| at)[0]..][..1])
    }
    assert_eq!(protected(&[1, 2, 3], 2).unwrap(), [3]);
    assert_eq!(protected(&[1, 2, 3], 3).unwrap_err().code(), "index.bounds");
    assert_eq!(protected(&[1, 2, 3], 4).unwrap_err().code(), "index.bounds");
}

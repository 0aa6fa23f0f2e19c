//! Parameters and variables: the boundary takes them along, and the user's closures capture what they captured.

use portcullis::{Violation, checked_arithmetic};

use crate::common::code;

#[test]
fn parameters_with_patterns_mut_and_shadowing() {
    #[checked_arithmetic]
    fn protected((a, mut b): (u8, u8), [first, ..]: [u8; 3], mut v: Vec<u8>, _: u8) -> Result<Vec<u8>, Violation> {
        let add = |x: u8| x + a;
        b = add(b);
        v.push(first);
        v.iter_mut().for_each(|x| *x += b);
        let a = v.len() as u8;
        v.push(a);
        Ok(v)
    }
    assert_eq!(protected((1, 2), [3, 4, 5], vec![6], 0).unwrap(), [9, 6, 2]);
    assert_eq!(code(protected((1, 2), [3, 4, 5], vec![254], 0)), "arithmetic.overflow");
}

#[test]
fn disjoint_captures_of_the_users_closures() {
    #[derive(Default)]
    struct State {
        count: u8,
        names: Vec<String>,
    }
    #[checked_arithmetic]
    fn protected(state: &mut State, mut own: State) -> Result<u8, Violation> {
        let mut bump = || state.count += 100;
        state.names.push("a".to_owned());
        let names = own.names;
        bump();
        let mut own_bump = || own.count += names.len() as u8;
        own_bump();
        bump();
        Ok(own.count + state.names.len() as u8)
    }
    let mut state = State::default();
    assert_eq!(protected(&mut state, State { count: 1, names: vec![String::new()] }).unwrap(), 3);
    assert_eq!(code(protected(&mut state, State::default())), "arithmetic.overflow");
    assert_eq!((state.count, state.names.len()), (200, 2));
}

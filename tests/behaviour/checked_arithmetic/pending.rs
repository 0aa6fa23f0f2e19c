//! What compiles plain and does not under the attribute. Each case is left out of the build until it does.

use portcullis::checked_arithmetic;

#[test]
fn a_mutable_reference_on_the_right_is_reborrowed() {
    struct Level(u8);
    impl Shl<&mut Vec<u8>> for Level {
        type Output = Level;
        fn shl(self, out: &mut Vec<u8>) -> Level {
            out.push(self.0);
            self
        }
    }
    #[checked_arithmetic(or(panic))]
    fn protected(out: &mut Vec<u8>) {
        let _ = Level(1) << out << out;
        out.push(9);
    }
    let mut out = Vec::new();
    protected(&mut out);
    assert_eq!(out, [1, 1, 9]);
}

#[test]
fn an_untyped_closure_whose_result_only_fallback_types() {
    #[checked_arithmetic(or(panic))]
    fn protected() -> String {
        let after = |a| 1 + a;
        let two = after(1);
        format!("{two}")
    }
    assert_eq!(protected(), "2");
}

//! `route`: the function is what it was, and beside it stands a type that has its table and opens the gates.

use portcullis::{Judged, Rule, Violation, gated, protections_of, rules_of, unprotected, zero_trust};

mod handlers {
    use portcullis::{Violation, zero_trust};

    #[zero_trust(route)]
    pub(super) fn collect(#[check(range(min = 1, max = 86_400))] secs: u32) -> Result<u32, Violation> {
        Ok(secs * std::hint::black_box(50_000_u32))
    }

    #[zero_trust(route)]
    pub(super) async fn later(#[check(range(max = 9))] number: u8) -> Result<u8, Violation> {
        Ok(number)
    }

    #[zero_trust(route)]
    pub(super) fn listed<T: Default, const N: usize>(_: ()) -> Result<[T; N], Violation>
    where
        [T; N]: Default,
    {
        Ok(Default::default())
    }

    #[zero_trust(route, bounded_recursion(max = 4))]
    pub(super) fn down(#[check(range(max = 9))] levels: u32) -> Result<u32, Violation> {
        if levels == 0 { Ok(0) } else { Ok(down(levels - 1)? + 1) }
    }

    #[cfg(any())]
    #[zero_trust(route)]
    pub(super) fn left_out() {}

    #[zero_trust(route)]
    #[cfg(any())]
    pub(super) fn left_out_below() {}

    #[zero_trust(route, or(return))]
    pub(super) fn r#match(#[check(range(max = 9))] r#type: u32) {
        let _ = r#type;
    }

    #[cfg(test)]
    mod tests {
        #[test]
        fn a_test_beside_a_handler_calls_it_as_ever() {
            assert_eq!(super::collect(2).unwrap(), 100_000);
            assert_eq!(super::collect(0).unwrap_err().code(), "input.range");
        }
    }
}

use handlers::{collect, down};

/// As it comes to a router.
fn twice(collect: impl Fn(u32) -> Result<u32, Violation>) -> Result<u32, Violation> {
    collect(1)?;
    collect(2)
}

#[test]
fn a_routed_function_is_called_as_ever() -> Result<(), Violation> {
    assert_eq!(collect(3)?, 150_000);
    assert_eq!(collect(86_400).unwrap_err().code(), "arithmetic.overflow");
    assert_eq!([1, 2].map(collect).map(Result::unwrap), [50_000, 100_000]);
    let pointer: fn(u32) -> Result<u32, Violation> = collect;
    assert_eq!(pointer(1)?, 50_000);
    assert_eq!(down(3)?, 3);
    assert_eq!(down(4).unwrap_err().code(), "recursion.depth");
    assert_eq!(futures_util::FutureExt::now_or_never(handlers::later(3)).unwrap()?, 3);
    handlers::r#match(1);
    Ok(())
}

#[test]
fn the_gate_is_the_function() -> Result<(), Violation> {
    assert_eq!(twice(gated!(collect))?, 100_000);
    assert_eq!(twice(gated!(handlers::collect))?, 100_000);
    assert_eq!(twice(gated!(self::handlers::collect))?, 100_000);
    assert_eq!(twice(gated!(crate::zero_trust::routes::handlers::collect))?, 100_000);
    assert_eq!(size_of_val(&gated!(collect)), 0);
    assert_eq!(gated!(handlers::listed::<u8, 3>)(())?, [0; 3]);
    let inferred: [u16; 2] = gated!(handlers::listed)(())?;
    assert_eq!(inferred, [0; 2]);
    assert_eq!(futures_util::FutureExt::now_or_never(gated!(handlers::later)(3)).unwrap()?, 3);
    gated!(handlers::r#match)(1);
    Ok(())
}

#[test]
fn a_function_may_stand_in_a_function_and_have_another_name() {
    use handlers::collect as renamed;

    #[zero_trust(route)]
    fn inner(#[check(range(max = 9))] number: u8) -> Result<u8, Violation> {
        Ok(number)
    }

    assert_eq!(gated!(inner)(3).unwrap(), 3);
    assert_eq!(twice(gated!(renamed)).unwrap(), 100_000);
    assert_eq!(rules_of!(inner).len(), 1);
}

#[test]
fn what_is_unprotected_passes_for_a_reason() {
    fn health() -> &'static str {
        "ok"
    }
    assert_eq!(gated!(portcullis::unprotected!(health, reason = "takes nothing from the client"))(), "ok");
    let closure = gated!(unprotected!(|number: u8| number, reason = "any number is as good as another"));
    assert_eq!(closure(3), 3);
    assert_eq!(unprotected!(health, reason = "takes nothing from the client",)(), "ok");
}

/// The one way in which a name leads to two things: a glob's type, under a function that shadows the glob's function.
mod shadowed {
    use super::handlers::*;

    fn collect(secs: u32) -> u32 {
        secs
    }

    #[test]
    #[should_panic(expected = "nothing says that it is protected: the type of that name is that of")]
    fn a_gate_does_not_take_the_type_of_another_function() {
        assert_eq!(portcullis::gated!(collect)(1), 1);
    }

    #[test]
    fn a_glob_takes_both_along() {
        assert_eq!(portcullis::gated!(down)(1).unwrap(), 1);
    }
}

#[zero_trust(route, require(start <= end, end - start <= 31), without(catch_panic))]
#[allow(clippy::too_many_arguments, reason = "one of each kind")]
fn report(
    #[trusted(reason = "made at start-up")] limit: &std::collections::HashMap<u16, Vec<u16>>,
    #[check(range(max = 366))] start: u16,
    #[check(range(max = 366))] end: u16,
    #[check(length(max = 8), each(length(max = 20), regex = "^[a-z]+$"))] words: Vec<String>,
    #[check(length(max = 8), each(trusted(reason = "any number will do")))] numbers: &[u16],
    #[check(a(range(max = 9)), c(trusted(reason = "checked by the proxy")))] (a, b, c): (u8, Option<bool>, u64),
    verbose: bool,
    (): (),
    order: Option<Order>,
    #[cfg(any())]
    #[check(range(max = 9))]
    gone: u8,
) -> Result<u16, Violation> {
    let _ = (limit, words, numbers, a, b, c, verbose, order);
    Ok(end - start)
}

#[derive(portcullis::validator::Validate)]
#[validate(crate = "portcullis::validator")]
struct Order {
    #[validate(length(min = 1))]
    item: String,
}

const REPORT: &[Rule] = rules_of!(report);

#[test]
fn the_table_tells_each_value_in_its_order() {
    let _ = report;
    let rows: Vec<_> = REPORT.iter().map(|rule| (rule.parameter, rule.ty, rule.rule, rule.judged)).collect();
    assert_eq!(
        rows,
        [
            ("limit", "&std::collections::HashMap<u16, Vec<u16>>", "", Judged::Trusted),
            ("start", "u16", "range(max = 366)", Judged::ByRules),
            ("end", "u16", "range(max = 366)", Judged::ByRules),
            ("words", "Vec<String>", "length(max = 8), each(length(max = 20), regex = \"^[a-z]+$\")", Judged::ByRules),
            ("numbers", "&[u16]", "length(max = 8), each(trusted(reason = \"any number will do\"))", Judged::ByRules),
            ("a", "u8", "range(max = 9)", Judged::ByRules),
            ("b", "Option<bool>", "", Judged::Any),
            ("c", "u64", "trusted(reason = \"checked by the proxy\")", Judged::Trusted),
            ("verbose", "bool", "", Judged::Any),
            ("()", "()", "", Judged::Not),
            ("order", "Option<Order>", "", Judged::ByType),
            ("start, end", "", "require(start <= end)", Judged::ByRules),
            ("end, start", "", "require(end - start <= 31)", Judged::ByRules),
        ]
    );
}

#[test]
fn the_table_has_every_reason() {
    let reasons: Vec<_> =
        REPORT.iter().flat_map(|rule| rule.trusted.iter().map(|reason| (rule.parameter, *reason))).collect();
    assert_eq!(
        reasons,
        [("limit", "made at start-up"), ("numbers", "any number will do"), ("c", "checked by the proxy")]
    );
}

#[test]
fn the_protections_have_their_limits() {
    const PROTECTIONS: &[&str] = protections_of!(handlers::down);
    assert_eq!(
        PROTECTIONS,
        [
            "catch_panic",
            "bounded_recursion(max = 4)",
            "validated_input",
            "checked_indexing",
            "checked_arithmetic(casts = on, methods = on)"
        ]
    );
    assert!(!protections_of!(report).contains(&"catch_panic"));
    // An `async fn` that does not name itself has no bound.
    assert!(!protections_of!(handlers::later).iter().any(|text| text.starts_with("bounded")));
}

#[zero_trust(route, without(validated_input), checked_arithmetic(methods = off), bounded_recursion(mode = both, max = 3))]
fn unchecked((number, _): (u8, u8)) -> Result<u8, Violation> {
    Ok(number + 1)
}

#[test]
fn what_nobody_judges_is_told_too() {
    assert_eq!(gated!(unchecked)((1, 2)).unwrap(), 2);
    let [rule] = rules_of!(unchecked) else { panic!("one parameter") };
    assert_eq!((rule.parameter, rule.ty, rule.judged), ("(number, _)", "(u8, u8)", Judged::Not));
    assert_eq!(protections_of!(unchecked)[1], "bounded_recursion(mode = both, max = 3)");
    assert_eq!(protections_of!(unchecked)[3], "checked_arithmetic(casts = on, methods = off)");
}

#[zero_trust(route)]
mod block {
    use portcullis::Violation;

    pub(super) fn inside(#[check(range(max = 9))] number: u8) -> Result<u8, Violation> {
        Ok(Server.method(number)?.max(number))
    }

    struct Server;

    impl Server {
        fn method(&self, #[check(range(max = 9))] number: u8) -> Result<u8, Violation> {
            let Self = self;
            Ok(number)
        }
    }
}

#[test]
fn on_a_module_it_is_for_each_free_function() {
    assert_eq!(gated!(block::inside)(3).unwrap(), 3);
    assert_eq!(rules_of!(block::inside)[0].rule, "range(max = 9)");
}

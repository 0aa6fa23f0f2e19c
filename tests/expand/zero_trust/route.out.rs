#[cfg(feature = "coins")]
pub async fn collect(
    State(db): State<Db>,
    Path(secs): Path<u32>,
    order: Json<Order>,
) -> Result<u32, Violation> {
    #[allow(unused_imports, clippy::pedantic)]
    use ::portcullis::__private::{
        self as __portcullis, ByBits as _, ByCall as _, ByCast as _, ByContent as _,
        ByCovered as _, ByDeref as _, ByDerefOwn as _, ByDerefTwice as _, ByFactors as _,
        ByIndex as _, ByInteger as _, ByItems as _, ByIterator as _, ByKept as _,
        ByLent as _, ByList as _, ByLoan as _, ByLossy as _, ByMethod as _, ByName as _,
        ByNothing as _, ByNumber as _, ByOperator as _, ByAdded as _, ByAdder as _,
        ByGathered as _, ByGatherer as _, ByGuard as _, ByHeld as _, ByHolder as _,
        ByMade as _, ByMadeWith as _, ByMaker as _, ByMut as _, ByReader as _,
        BySource as _, ByUnheld as _, ByOwn as _, ByPlace as _, BySign as _,
        BySlice as _, ByTotal as _, ByValidate as _, Lend as _,
    };
    const __PORTCULLIS_FUNCTION: &str = __portcullis::concat!(
        __portcullis::module_path!(), "::", "collect"
    );
    let mut __portcullis_input = __portcullis::Input::new();
    __portcullis_input
        .rule(
            "secs",
            __portcullis::rules::range(
                &secs,
                __portcullis::Some(1),
                __portcullis::Some(86_400),
            ),
        );
    (&&&&&__portcullis::Probe(&**&order))
        .__portcullis_check(__portcullis_input.lend(), "order");
    if let __portcullis::Err(__portcullis_violation) = __portcullis_input.finish() {
        return __portcullis::refuse::<
            Result<u32, Violation>,
        >(__portcullis_violation, __PORTCULLIS_FUNCTION);
    }
    Ok(secs)
}
#[cfg(feature = "coins")]
#[doc(hidden)]
#[allow(non_camel_case_types, dead_code, clippy::all, clippy::pedantic)]
pub enum collect {}
#[cfg(feature = "coins")]
impl ::portcullis::__private::Routed for collect {
    const RULES: ::portcullis::__private::Rules = &[
        ::portcullis::__private::rule(
            "State(db)",
            "State<Db>",
            "",
            ::portcullis::Judged::Trusted,
            &["made at start-up"],
        ),
        ::portcullis::__private::rule(
            "secs",
            "u32",
            "range(min = 1, max = 86_400)",
            ::portcullis::Judged::ByRules,
            &[],
        ),
        ::portcullis::__private::rule(
            "order",
            "Json<Order>",
            "",
            ::portcullis::Judged::ByType,
            &[],
        ),
    ];
    const PROTECTIONS: ::portcullis::__private::Texts = &[
        "validated_input",
        "checked_indexing",
    ];
}

#[checked_arithmetic]
fn until(Json(order): Json<Order>, days: i32, part: i64) -> Result<i64, Violation> {
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
        __portcullis::module_path!(), "::", "until"
    );
    {
        #[allow(unused_imports, clippy::pedantic)]
        use ::portcullis::__private::judged::{
            self as __portcullis_judged, ByBounded as _, ByOtherwise as _,
            ByPointer as _, ByWhole as _,
        };
        __portcullis_judged::unasked(|| async {
            if const {
                let __portcullis_fields_0 = __portcullis_judged::fields(
                    &|| {
                        let Json(order): Json<Order> = __portcullis_judged::none();
                        (&&&__portcullis_judged::Named(&order)).__portcullis_fields()
                    },
                );
                let __portcullis_leaves = &[
                    __portcullis_judged::Leaf::Range(
                        "days",
                        __portcullis_judged::Bounds::between(
                            __portcullis_judged::exactly(
                                __portcullis_judged::I32,
                                __portcullis_judged::minus(1),
                            ),
                            false,
                            __portcullis_judged::slot(
                                    &|| {
                                        (&&__portcullis_judged::Named(&limits::DAYS))
                                            .__portcullis_whole()
                                    },
                                )
                                .number(limits::DAYS),
                            false,
                        ),
                    ),
                    __portcullis_judged::Leaf::Range(
                        "order.secs",
                        __portcullis_judged::bounds(__portcullis_fields_0, "secs"),
                    ),
                    __portcullis_judged::Leaf::Constant(
                        "Self::SECS",
                        __portcullis_judged::slot(
                                &|| {
                                    (&&__portcullis_judged::Named(&Self::SECS))
                                        .__portcullis_whole()
                                },
                            )
                            .number(Self::SECS),
                    ),
                    __portcullis_judged::Leaf::Constant(
                        "limits::PARTS",
                        __portcullis_judged::slot(
                                &|| {
                                    (&&__portcullis_judged::Named(&limits::PARTS))
                                        .__portcullis_whole()
                                },
                            )
                            .number(limits::PARTS),
                    ),
                ];
                let __portcullis_sites = &[
                    __portcullis_judged::Site {
                        shown: "this",
                        help: "widen the operands first, or mend the rule",
                        ways: "|#1;#2;*_0,1,2;#0;fi3,3,8;-_2,4,10;\n",
                    },
                    __portcullis_judged::Site {
                        shown: "`order.secs * Self::SECS`",
                        help: "widen the operands first, or mend the rule",
                        ways: "|#1;#2;*_0,1,2;\n",
                    },
                    __portcullis_judged::Site {
                        shown: "`secs / (part + limits::PARTS)`",
                        help: "divide with `checked_div`, or mend the rule",
                        ways: "part = 9|#1;#2;*_0,1,2;#0;fi3,3,8;-_2,4,10;=i9,9;#3;+_6,7,1;/_5,8,11;\npart = -9_223_372_036_854_775_808|#1;#2;*_0,1,2;#0;fi3,3,8;-_2,4,10;=i-9223372036854775808,-9223372036854775808;#3;+_6,7,1;/_5,8,11;\npart = 0|#1;#2;*_0,1,2;#0;fi3,3,8;-_2,4,10;=i0,0;#3;+_6,7,1;/_5,8,11;\npart = 1|#1;#2;*_0,1,2;#0;fi3,3,8;-_2,4,10;=i1,1;#3;+_6,7,1;/_5,8,11;\n",
                    },
                    __portcullis_judged::Site {
                        shown: "`part + limits::PARTS`",
                        help: "widen the operands first, or mend the rule",
                        ways: "part = 9|#1;#2;*_0,1,2;#0;fi3,3,8;-_2,4,10;=i9,9;#3;+_6,7,1;\npart = -9_223_372_036_854_775_808|#1;#2;*_0,1,2;#0;fi3,3,8;-_2,4,10;=i-9223372036854775808,-9223372036854775808;#3;+_6,7,1;\npart = 0|#1;#2;*_0,1,2;#0;fi3,3,8;-_2,4,10;=i0,0;#3;+_6,7,1;\npart = 1|#1;#2;*_0,1,2;#0;fi3,3,8;-_2,4,10;=i1,1;#3;+_6,7,1;\n",
                    },
                ];
                __portcullis_judged::ensure(
                    __portcullis_leaves,
                    __portcullis_sites,
                    0usize,
                );
                __portcullis_judged::ensure(
                    __portcullis_leaves,
                    __portcullis_sites,
                    1usize,
                );
                __portcullis_judged::ensure(
                    __portcullis_leaves,
                    __portcullis_sites,
                    2usize,
                );
                __portcullis_judged::ensure(
                    __portcullis_leaves,
                    __portcullis_sites,
                    3usize,
                );
                false
            } {}
        });
    }
    let mut __portcullis_input = __portcullis::Input::new();
    (&&&&&__portcullis::Probe(&order))
        .__portcullis_check(__portcullis_input.lend(), "order");
    __portcullis_input
        .rule(
            "days",
            __portcullis::rules::range(
                &days,
                __portcullis::Some(-1),
                __portcullis::Some(limits::DAYS),
            ),
        );
    __portcullis_input
        .rule(
            "part",
            __portcullis::rules::range(&part, __portcullis::None, __portcullis::Some(9)),
        );
    if let __portcullis::Err(__portcullis_violation) = __portcullis_input.finish() {
        return __portcullis::refuse::<
            Result<i64, Violation>,
        >(__portcullis_violation, __PORTCULLIS_FUNCTION);
    }
    let secs = order.secs * Self::SECS - i64::from(days);
    Ok(secs / (part + limits::PARTS))
}

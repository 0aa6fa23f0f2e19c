fn collect(db: &Db, Json(req): Json<Collect>, secs: i32) -> Result<i32, Violation> {
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
    const _: &str = __portcullis::needs_std!(
        "[PC0013] `catch_panic` and `bounded_recursion` need the feature `std` of\n         portcullis, which is off\nhelp: enable it (`features = [\"std\"]`), or go without:\n      `without(catch_panic, bounded_recursion)`\nsee: https://docs.rs/portcullis/latest/portcullis/errors/PC0013/"
    );
    #[cfg(panic = "abort")]
    const _: &str = __portcullis::needs_unwinding!(
        "[PC0011] `catch_panic` catches nothing under `panic = \"abort\"`\nhelp: remove `panic = \"abort\"` from the profile, or accept that a panic\n      ends the server: `without(catch_panic)`\nsee: https://docs.rs/portcullis/latest/portcullis/errors/PC0011/"
    );
    match __portcullis::catch(move || -> Result<i32, Violation> {
        #[allow(clippy::pedantic)]
        let db = db;
        #[allow(clippy::pedantic)]
        let req = req;
        #[allow(clippy::pedantic)]
        let secs = secs;
        let __portcullis_depth = match {
            __portcullis::thread_local! {
                static __PORTCULLIS_DEPTH : __portcullis::RecursionGroup = const {
                __portcullis::RecursionGroup::new() };
            }
            __portcullis::Depth::admit(
                &__PORTCULLIS_DEPTH,
                64u32,
                __portcullis::Some(__PORTCULLIS_FUNCTION),
            )
        } {
            __portcullis::Ok(__portcullis_depth) => __portcullis_depth,
            __portcullis::Err(__portcullis_violation) => {
                return __portcullis::refuse::<
                    Result<i32, Violation>,
                >(__portcullis_violation, __PORTCULLIS_FUNCTION);
            }
        };
        let __portcullis_depth = __portcullis_depth.descend();
        let mut __portcullis_input = __portcullis::Input::new();
        (&&&&&__portcullis::Probe(&req))
            .__portcullis_check(__portcullis_input.lend(), "req");
        __portcullis_input
            .rule(
                "secs",
                __portcullis::rules::range(
                    &secs,
                    __portcullis::Some(1),
                    __portcullis::Some(86_400),
                ),
            );
        if let __portcullis::Err(__portcullis_violation) = __portcullis_input.finish() {
            return __portcullis::refuse::<
                Result<i32, Violation>,
            >(__portcullis_violation, __PORTCULLIS_FUNCTION);
        }
        Ok(
            (match (db.now(), secs) {
                (__portcullis_l, __portcullis_r) => {
                    match if false {
                        __portcullis_l + __portcullis_r
                    } else {
                        match (&__portcullis::Operands(&__portcullis_l, &__portcullis_r))
                            .__portcullis_add()
                        {
                            __portcullis::Ok(__portcullis_done) => {
                                if __portcullis_done.as_written() {
                                    __portcullis_l + __portcullis_r
                                } else {
                                    __portcullis_done.value()
                                }
                            }
                            #[allow(unreachable_code)]
                            __portcullis::Err(__portcullis_violation) => {
                                __portcullis::instead(
                                    return __portcullis::refuse::<
                                        Result<i32, Violation>,
                                    >(__portcullis_violation, __PORTCULLIS_FUNCTION),
                                )
                            }
                        }
                    } {
                        __portcullis_value => __portcullis_value,
                    }
                }
            }),
        )
    }) {
        __portcullis::Ok(__portcullis_value) => __portcullis_value,
        __portcullis::Err(__portcullis_violation) => {
            return __portcullis::refuse::<
                Result<i32, Violation>,
            >(__portcullis_violation, __PORTCULLIS_FUNCTION);
        }
    }
}

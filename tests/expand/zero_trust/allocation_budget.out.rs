async fn handle(n: u32) -> Result<u32, Violation> {
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
        __portcullis::module_path!(), "::", "handle"
    );
    const _: &str = __portcullis::needs_counting!(
        "[PC0016] `allocation_budget` needs the feature `alloc-count` of\n         portcullis, which is off\nhelp: enable it (`features = [\"alloc-count\"]`), and make\n      `portcullis::counting::Counting` the program's global allocator\nsee: https://docs.rs/portcullis/latest/portcullis/errors/PC0016/"
    );
    let __portcullis_handler = {
        static __PORTCULLIS_HANDLER: __portcullis::Handler = __portcullis::Handler::new(
            __PORTCULLIS_FUNCTION,
        );
        &__PORTCULLIS_HANDLER
    };
    __portcullis::budgeted(
            67108864u64,
            __portcullis::in_request(
                __portcullis_handler,
                async move {
                    #[allow(unreachable_code, clippy::all, clippy::pedantic)]
                    if false {
                        return __portcullis::never::<Result<u32, Violation>>();
                    }
                    #[allow(clippy::pedantic)]
                    let n = n;
                    let mut __portcullis_input = __portcullis::Input::new();
                    __portcullis_input
                        .rule(
                            "n",
                            __portcullis::rules::range(
                                &n,
                                __portcullis::None,
                                __portcullis::Some(9),
                            ),
                        );
                    if let __portcullis::Err(__portcullis_violation) = __portcullis_input
                        .finish()
                    {
                        return __portcullis::refuse::<
                            Result<u32, Violation>,
                        >(__portcullis_violation, __PORTCULLIS_FUNCTION);
                    }
                    if let __portcullis::Err(__portcullis_violation) = __portcullis::checkpoint() {
                        return __portcullis::refuse::<
                            Result<u32, Violation>,
                        >(__portcullis_violation, __PORTCULLIS_FUNCTION);
                    }
                    for _ in 0..n {
                        if let __portcullis::Err(__portcullis_violation) = __portcullis::checkpoint() {
                            return __portcullis::refuse::<
                                Result<u32, Violation>,
                            >(__portcullis_violation, __PORTCULLIS_FUNCTION);
                        }
                        step().await;
                    }
                    Ok(n)
                },
            ),
        )
        .await
}

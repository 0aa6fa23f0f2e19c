fn search(
    least: u64,
    most: u64,
    words: Vec<String>,
) -> impl ::portcullis::__private::Future<Output = usize> {
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
        __portcullis::module_path!(), "::", "search"
    );
    const _: &str = __portcullis::needs_std!(
        "[PC0013] `observe` and `bounded_recursion` and `shed_load` and `deadline`\n         and `bounded_concurrency` and `bounded_steps` need the feature\n         `std` of portcullis, which is off\nhelp: enable it (`features = [\"std\"]`), or go without:\n      `without(bounded_recursion, shed_load, deadline, bounded_concurrency, bounded_steps)`\nsee: https://docs.rs/portcullis/latest/portcullis/errors/PC0013/"
    );
    let (__portcullis_scope, __portcullis_group) = {
        __portcullis::thread_local! {
            static __PORTCULLIS_DEPTH : __portcullis::RecursionGroup = const {
            __portcullis::RecursionGroup::new() };
        }
        __portcullis::observed_scope(|| &__PORTCULLIS_DEPTH)
    };
    __portcullis::observed_scoped(
        __portcullis_scope,
        async move {
            #[allow(unreachable_code, clippy::all, clippy::pedantic)]
            if false {
                return __portcullis::never::<usize>();
            }
            #[allow(clippy::pedantic)]
            let least = least;
            #[allow(clippy::pedantic)]
            let most = most;
            #[allow(clippy::pedantic)]
            let words = words;
            __portcullis::watched(
                    __portcullis::Watch::new(__PORTCULLIS_FUNCTION)
                        .steps(most)
                        .deadline(__portcullis::Duration::from_millis(2000u64))
                        .requests(
                            {
                                static __PORTCULLIS_HANDLER: __portcullis::Handler = __portcullis::Handler::new(
                                    __PORTCULLIS_FUNCTION,
                                );
                                &__PORTCULLIS_HANDLER
                            },
                            {
                                __portcullis::thread_local! {
                                    static __PORTCULLIS_ENTRIES : __portcullis::Entries = const
                                    { __portcullis::Entries::new() };
                                }
                                &__PORTCULLIS_ENTRIES
                            },
                            8,
                        ),
                    async move {
                        #[allow(unreachable_code, clippy::all, clippy::pedantic)]
                        if false {
                            return __portcullis::never::<usize>();
                        }
                        #[allow(unused_variables)]
                        #[allow(clippy::pedantic)]
                        let least = least;
                        #[allow(unused_variables)]
                        #[allow(clippy::pedantic)]
                        let most = most;
                        #[allow(unused_variables)]
                        #[allow(clippy::pedantic)]
                        let words = words;
                        let (__portcullis_deep, __portcullis_passed) = __portcullis::observed_admit(
                            __portcullis_group,
                            64u32,
                        );
                        if let __portcullis::Some(__portcullis_violation) = __portcullis_passed {
                            __portcullis::observed(
                                __portcullis_violation,
                                __PORTCULLIS_FUNCTION,
                            );
                        }
                        if let __portcullis::Some(__portcullis_deep) = __portcullis_deep {
                            __portcullis::mark(__portcullis_deep, __PORTCULLIS_FUNCTION)
                        }
                        if let __portcullis::Err(__portcullis_violation) = {
                            static __PORTCULLIS_GATE: __portcullis::Gate = __portcullis::Gate::percent(
                                85u8,
                            );
                            __portcullis::Gate::observe(&__PORTCULLIS_GATE)
                        } {
                            __portcullis::observed(
                                __portcullis_violation,
                                __PORTCULLIS_FUNCTION,
                            );
                        }
                        let __portcullis_met = match __portcullis::judged(|| {
                            let mut __portcullis_input = __portcullis::Input::new();
                            (&&&&&__portcullis::Probe(&least))
                                .__portcullis_observe(__portcullis_input.lend(), "least");
                            (&&&&&__portcullis::Probe(&most))
                                .__portcullis_observe(__portcullis_input.lend(), "most");
                            (&&&&&__portcullis::Probe(&words))
                                .__portcullis_observe(__portcullis_input.lend(), "words");
                            __portcullis_input.finish()
                        }) {
                            __portcullis::Ok(()) => true,
                            __portcullis::Err(__portcullis_violation) => {
                                __portcullis::observed(
                                    __portcullis_violation,
                                    __PORTCULLIS_FUNCTION,
                                );
                                false
                            }
                        };
                        if let __portcullis::Err(__portcullis_violation) = __portcullis::step() {
                            __portcullis::observed(
                                __portcullis_violation,
                                __PORTCULLIS_FUNCTION,
                            );
                        }
                        {
                            if __portcullis_met {
                                let _ = match __portcullis::judged(|| {
                                    let mut __portcullis_input = __portcullis::Input::new();
                                    if __portcullis_input
                                        .require("least", "most", least <= most)
                                    {}
                                    __portcullis_input.finish()
                                }) {
                                    __portcullis::Ok(()) => true,
                                    __portcullis::Err(__portcullis_violation) => {
                                        __portcullis::observed(
                                            __portcullis_violation,
                                            __PORTCULLIS_FUNCTION,
                                        );
                                        false
                                    }
                                };
                            }
                        }
                        let mut found = 0;
                        for word in words {
                            if let __portcullis::Err(__portcullis_violation) = __portcullis::step() {
                                __portcullis::observed(
                                    __portcullis_violation,
                                    __PORTCULLIS_FUNCTION,
                                );
                            }
                            found += search(least, most, vec![word]).await;
                        }
                        found
                    },
                )
                .await
        },
    )
}

fn sum(numbers: &[u32]) -> Result<u32, Violation> {
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
        __portcullis::module_path!(), "::", "sum"
    );
    const _: &str = __portcullis::needs_std!(
        "[PC0013] `bounded_recursion` and `deadline` and `bounded_steps` need the\n         feature `std` of portcullis, which is off\nhelp: enable it (`features = [\"std\"]`), or go without:\n      `without(bounded_recursion, deadline, bounded_steps)`\nsee: https://docs.rs/portcullis/latest/portcullis/errors/PC0013/"
    );
    let __portcullis_handler = {
        static __PORTCULLIS_HANDLER: __portcullis::Handler = __portcullis::Handler::new(
            __PORTCULLIS_FUNCTION,
        );
        &__PORTCULLIS_HANDLER
    };
    let __portcullis_request = __portcullis::Entered::new(__portcullis_handler);
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
                Result<u32, Violation>,
            >(__portcullis_violation, __PORTCULLIS_FUNCTION);
        }
    };
    let __portcullis_depth = __portcullis_depth.descend();
    let __portcullis_deadline = __portcullis::Deadline::enter(TIMEOUT);
    let mut __portcullis_input = __portcullis::Input::new();
    if __portcullis_input
        .rule(
            "numbers",
            __portcullis::rules::length(
                &**&numbers,
                __portcullis::None,
                __portcullis::Some(100),
                __portcullis::None,
            ),
        )
    {
        __portcullis_input
            .each(
                "numbers",
                &**&numbers,
                |__portcullis_input, __portcullis_item| {
                    __portcullis_input
                        .rule(
                            "numbers",
                            __portcullis::rules::range(
                                __portcullis_item,
                                __portcullis::None,
                                __portcullis::Some(9),
                            ),
                        );
                },
            );
    }
    if let __portcullis::Err(__portcullis_violation) = __portcullis_input.finish() {
        return __portcullis::refuse::<
            Result<u32, Violation>,
        >(__portcullis_violation, __PORTCULLIS_FUNCTION);
    }
    let __portcullis_steps = __portcullis::Steps::enter(100);
    if let __portcullis::Err(__portcullis_violation) = __portcullis::checkpoint() {
        if __portcullis::is_steps(&__portcullis_violation) {
            return __portcullis::refuse::<
                Result<u32, Violation>,
            >(__portcullis_violation, __PORTCULLIS_FUNCTION)
        } else {
            __portcullis::panic(__portcullis_violation, __PORTCULLIS_FUNCTION)
        };
    }
    let mut sum = 0;
    for number in numbers {
        if let __portcullis::Err(__portcullis_violation) = __portcullis::checkpoint() {
            if __portcullis::is_steps(&__portcullis_violation) {
                return __portcullis::refuse::<
                    Result<u32, Violation>,
                >(__portcullis_violation, __PORTCULLIS_FUNCTION)
            } else {
                __portcullis::panic(__portcullis_violation, __PORTCULLIS_FUNCTION)
            };
        }
        sum += number;
    }
    Ok(sum)
}

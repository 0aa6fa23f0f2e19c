fn count(rows: &[Vec<u32>], limit: u32) -> u32 {
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
        __portcullis::module_path!(), "::", "count"
    );
    const _: &str = __portcullis::needs_std!(
        "[PC0013] `bounded_steps` needs the feature `std` of portcullis, which is\n         off\nhelp: enable it (`features = [\"std\"]`), or go without:\n      `without(bounded_steps)`\nsee: https://docs.rs/portcullis/latest/portcullis/errors/PC0013/"
    );
    #[cfg(panic = "abort")]
    const _: &str = __portcullis::needs_unwinding!(
        "[PC0014] a violation in a closure of this function has to unwind out of\n         it, and `panic = \"abort\"` forbids that\nhelp: remove `panic = \"abort\"` from the profile, or write the closure as\n      a loop\nhelp: or say that a violation may end the server: `or(panic)`\nsee: https://docs.rs/portcullis/latest/portcullis/errors/PC0014/"
    );
    match __portcullis::catch_violation(move || -> u32 {
        let __portcullis_handler = {
            static __PORTCULLIS_HANDLER: __portcullis::Handler = __portcullis::Handler::new(
                __PORTCULLIS_FUNCTION,
            );
            &__PORTCULLIS_HANDLER
        };
        let __portcullis_request = __portcullis::Entered::new(__portcullis_handler);
        #[allow(unused_variables)]
        #[allow(clippy::pedantic)]
        let rows = rows;
        #[allow(unused_variables)]
        #[allow(clippy::pedantic)]
        let limit = limit;
        let __portcullis_steps = __portcullis::Steps::enter(1_000);
        if let __portcullis::Err(__portcullis_violation) = __portcullis::checkpoint() {
            {
                #[allow(unused_variables)]
                let violation = __portcullis::within(
                    __portcullis_violation,
                    __PORTCULLIS_FUNCTION,
                );
                #[allow(unreachable_code)] return 0;
            };
        }
        let mut count = 0;
        'rows: for row in rows {
            if let __portcullis::Err(__portcullis_violation) = __portcullis::checkpoint() {
                {
                    #[allow(unused_variables)]
                    let violation = __portcullis::within(
                        __portcullis_violation,
                        __PORTCULLIS_FUNCTION,
                    );
                    #[allow(unreachable_code)] return 0;
                };
            }
            while count < limit {
                if let __portcullis::Err(__portcullis_violation) = __portcullis::checkpoint() {
                    {
                        #[allow(unused_variables)]
                        let violation = __portcullis::within(
                            __portcullis_violation,
                            __PORTCULLIS_FUNCTION,
                        );
                        #[allow(unreachable_code)] return 0;
                    };
                }
                count += 1;
                if row.is_empty() {
                    continue 'rows;
                }
            }
            let mut each = || {
                loop {
                    if let __portcullis::Err(__portcullis_violation) = __portcullis::checkpoint() {
                        __portcullis::unwind(
                            __portcullis_violation,
                            __PORTCULLIS_FUNCTION,
                        );
                    }
                    break;
                }
            };
            each();
        }
        count
    }) {
        __portcullis::Ok(__portcullis_value) => __portcullis_value,
        __portcullis::Err(__portcullis_violation) => {
            let __portcullis_violation = __portcullis::pass_on(
                __portcullis_violation,
                __portcullis::is_arithmetic,
                __PORTCULLIS_FUNCTION,
            );
            let __portcullis_violation = __portcullis::pass_on(
                __portcullis_violation,
                __portcullis::is_index,
                __PORTCULLIS_FUNCTION,
            );
            {
                #[allow(unused_variables)]
                let violation = __portcullis::within(
                    __portcullis_violation,
                    __PORTCULLIS_FUNCTION,
                );
                #[allow(unreachable_code)] return 0;
            }
        }
    }
}

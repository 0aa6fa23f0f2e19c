fn collect(id: u64) -> Result<u64, Violation> {
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
        "[PC0013] `shed_load` needs the feature `std` of portcullis, which is off\nhelp: enable it (`features = [\"std\"]`), or go without:\n      `without(shed_load)`\nsee: https://docs.rs/portcullis/latest/portcullis/errors/PC0013/"
    );
    let __portcullis_handler = {
        static __PORTCULLIS_HANDLER: __portcullis::Handler = __portcullis::Handler::new(
            __PORTCULLIS_FUNCTION,
        );
        &__PORTCULLIS_HANDLER
    };
    let __portcullis_request = match {
        static __PORTCULLIS_GATE: __portcullis::Gate = __portcullis::Gate::percent(85u8);
        __portcullis::Entered::through(__portcullis_handler, &__PORTCULLIS_GATE)
    } {
        __portcullis::Ok(__portcullis_request) => __portcullis_request,
        __portcullis::Err(__portcullis_violation) => {
            return __portcullis::refuse::<
                Result<u64, Violation>,
            >(__portcullis_violation, __PORTCULLIS_FUNCTION);
        }
    };
    lookup(id)
}

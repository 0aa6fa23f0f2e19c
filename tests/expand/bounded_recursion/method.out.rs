fn walk(&self, node: &Node) -> u64 {
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
        __portcullis::module_path!(), "::", "walk"
    );
    const _: &str = __portcullis::needs_std!(
        "[PC0013] `bounded_recursion` needs the feature `std` of portcullis, which\n         is off\nhelp: enable it (`features = [\"std\"]`), or go without:\n      `without(bounded_recursion)`\nsee: https://docs.rs/portcullis/latest/portcullis/errors/PC0013/"
    );
    let __portcullis_depth = match {
        __portcullis::thread_local! {
            static __PORTCULLIS_DEPTH : __portcullis::RecursionGroup = const {
            __portcullis::RecursionGroup::new() };
        }
        __portcullis::Depth::admit(
            &__PORTCULLIS_DEPTH,
            LIMIT,
            __portcullis::Some(__PORTCULLIS_FUNCTION),
        )
    } {
        __portcullis::Ok(__portcullis_depth) => __portcullis_depth,
        __portcullis::Err(__portcullis_violation) => {
            __portcullis::panic(__portcullis_violation, __PORTCULLIS_FUNCTION)
        }
    };
    let __portcullis_depth = __portcullis_depth.descend();
    node.children().map(|child| self.walk(child)).sum()
}

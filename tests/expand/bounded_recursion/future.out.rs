fn settle(
    player: &Player,
    left: u32,
    __portcullis_parameter_2: (u8, Db),
) -> impl ::portcullis::__private::Future<Output = Result<u32, Violation>> {
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
        __portcullis::module_path!(), "::", "settle"
    );
    const _: &str = __portcullis::needs_std!(
        "[PC0013] `bounded_recursion` needs the feature `std` of portcullis, which\n         is off\nhelp: enable it (`features = [\"std\"]`), or go without:\n      `without(bounded_recursion)`\nsee: https://docs.rs/portcullis/latest/portcullis/errors/PC0013/"
    );
    let (__portcullis_scope, __portcullis_group) = __portcullis::scope(|| &crate::IDLE);
    __portcullis::scoped(
        __portcullis_scope,
        async move {
            #[allow(unreachable_code, clippy::all, clippy::pedantic)]
            if false {
                return __portcullis::never::<Result<u32, Violation>>();
            }
            #[allow(clippy::pedantic)]
            let player = player;
            #[allow(clippy::pedantic)]
            let mut left = left;
            let __portcullis_parameter_2 = __portcullis_parameter_2;
            let (a, _) = __portcullis_parameter_2;
            match __portcullis::admit_keyed(__portcullis_group, 16) {
                __portcullis::Ok(__portcullis::Some(__portcullis_deep)) => {
                    #[allow(unused_parens)]
                    match player.id {
                        ref __portcullis_key => {
                            __portcullis::mark_keyed(
                                __portcullis_deep,
                                __PORTCULLIS_FUNCTION,
                                __portcullis_key,
                            )
                        }
                    }
                }
                __portcullis::Ok(__portcullis::None) => {}
                __portcullis::Err(__portcullis_violation) => {
                    {
                        #[allow(unused_parens)]
                        let __portcullis_violation = match player.id {
                            ref __portcullis_key => {
                                __portcullis::keyed(
                                    __portcullis_violation,
                                    __portcullis_key,
                                )
                            }
                        };
                        return __portcullis::refuse::<
                            Result<u32, Violation>,
                        >(__portcullis_violation, __PORTCULLIS_FUNCTION);
                    };
                }
            }
            left -= 1;
            Box::pin(settle(player, left, (a, db()))).await
        },
    )
}

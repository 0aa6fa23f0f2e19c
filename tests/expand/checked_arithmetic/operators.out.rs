fn price(lines: &[Line], mut total: u64) -> Result<u64, Violation> {
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
        __portcullis::module_path!(), "::", "price"
    );
    for line in lines {
        match (line.price, &mut total) {
            (__portcullis_r, __portcullis_l) => {
                if false {
                    *__portcullis_l += __portcullis_r
                } else {
                    match (&__portcullis::Operands(&*__portcullis_l, &__portcullis_r))
                        .__portcullis_add_assign()
                    {
                        __portcullis::Ok(__portcullis_done) => {
                            if __portcullis_done.as_written() {
                                *__portcullis_l += __portcullis_r
                            } else {
                                __portcullis_done.store(__portcullis_l)
                            }
                        }
                        #[allow(unreachable_code)]
                        __portcullis::Err(__portcullis_violation) => {
                            return __portcullis::refuse::<
                                Result<u64, Violation>,
                            >(__portcullis_violation, __PORTCULLIS_FUNCTION);
                        }
                    }
                }
            }
        };
    }
    assert!(
        (match (total, 1) { (__portcullis_l, __portcullis_r) => match if false {
        __portcullis_l - __portcullis_r } else { match (& __portcullis::Operands(&
        __portcullis_l, & __portcullis_r)).__portcullis_sub() {
        __portcullis::Ok(__portcullis_done) => if __portcullis_done.as_written() {
        __portcullis_l - __portcullis_r } else { __portcullis_done.value() },
        #[allow(unreachable_code)] __portcullis::Err(__portcullis_violation) =>
        __portcullis::instead(return __portcullis::refuse:: < Result < u64, Violation > >
        (__portcullis_violation, __PORTCULLIS_FUNCTION)), } } { __portcullis_value =>
        __portcullis_value } }) > 0, "{}", "assertion failed: total - 1 > 0"
    );
    Ok(
        (match (total,) {
            (__portcullis_r,) => {
                match if false {
                    -__portcullis_r
                } else {
                    match (&__portcullis::Negated(&__portcullis_r)).__portcullis_neg() {
                        __portcullis::Ok(__portcullis_done) => {
                            if __portcullis_done.as_written() {
                                -__portcullis_r
                            } else {
                                __portcullis_done.value()
                            }
                        }
                        #[allow(unreachable_code)]
                        __portcullis::Err(__portcullis_violation) => {
                            __portcullis::instead(
                                return __portcullis::refuse::<
                                    Result<u64, Violation>,
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
}

fn read(&mut self, count: usize) -> Result<Vec<u8>, Violation> {
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
        __portcullis::module_path!(), "::", "read"
    );
    const _: &str = __portcullis::needs_std!(
        "[PC0013] `bounded_allocation` needs the feature `std` of portcullis,\n         which is off\nhelp: enable it (`features = [\"std\"]`), or go without:\n      `without(bounded_allocation)`\nsee: https://docs.rs/portcullis/latest/portcullis/errors/PC0013/"
    );
    #[allow(unused_mut)]
    let mut __portcullis_slot_1;
    #[allow(unused_mut)]
    let mut __portcullis_slot_2;
    #[allow(unused_mut)]
    let mut __portcullis_slot_3;
    #[allow(unused_mut)]
    let mut __portcullis_slot_4;
    (match (0, count * 2) {
        (__portcullis_index_1, __portcullis_argument) => {
            match (&&&__portcullis::Growing(
                &self.rows[__portcullis::copied(&__portcullis_index_1)],
                __portcullis::More,
            ))
                .__portcullis_admit(&__portcullis_argument, 16777216u64, "reserve")
            {
                __portcullis::Ok(()) => {}
                __portcullis::Err(__portcullis_violation) => {
                    return __portcullis::refuse::<
                        Result<Vec<u8>, Violation>,
                    >(__portcullis_violation, __PORTCULLIS_FUNCTION);
                }
            }
            self.rows[__portcullis_index_1].reserve(__portcullis_argument)
        }
    });
    let mut list = ({
        __portcullis_slot_1 = Vec::with_capacity;
        __portcullis_slot_1
    })(
        match (&&&__portcullis::Capacity(&__portcullis_slot_1))
            .__portcullis_admit(count, 16777216u64, "with_capacity")
        {
            __portcullis::Ok(__portcullis_granted) => __portcullis_granted,
            #[allow(unreachable_code)]
            __portcullis::Err(__portcullis_violation) => {
                if false {
                    __portcullis::never()
                } else {
                    __portcullis::instead(
                        return __portcullis::refuse::<
                            Result<Vec<u8>, Violation>,
                        >(__portcullis_violation, __PORTCULLIS_FUNCTION),
                    )
                }
            }
        },
    );
    (match () {
        () => {
            match (&&&__portcullis::Growing(&list, __portcullis::Whole))
                .__portcullis_admit(&count, 16777216u64, "resize")
            {
                __portcullis::Ok(()) => {}
                __portcullis::Err(__portcullis_violation) => {
                    return __portcullis::refuse::<
                        Result<Vec<u8>, Violation>,
                    >(__portcullis_violation, __PORTCULLIS_FUNCTION);
                }
            }
            list.resize(count, 0)
        }
    });
    (match (self.buffer(), count + 1) {
        (__portcullis_base, __portcullis_argument) => {
            match (&&&__portcullis::Growing(&__portcullis_base, __portcullis::More))
                .__portcullis_admit(&__portcullis_argument, 16777216u64, "reserve")
            {
                __portcullis::Ok(()) => {}
                __portcullis::Err(__portcullis_violation) => {
                    return __portcullis::refuse::<
                        Result<Vec<u8>, Violation>,
                    >(__portcullis_violation, __PORTCULLIS_FUNCTION);
                }
            }
            __portcullis_slot_2 = __portcullis_argument;
            __portcullis_base
        }
    })
        .reserve(__portcullis_slot_2);
    Ok(
        vec![
            __portcullis::element({ __portcullis_slot_3 = __portcullis::Elements::new();
            __portcullis_slot_4 = 0; __portcullis_slot_3 }, list); match
            __portcullis_slot_3.admit(count, 0, & mut __portcullis_slot_4, 16777216u64) {
            __portcullis::Ok(__portcullis_granted) => __portcullis_granted,
            #[allow(unreachable_code)] __portcullis::Err(__portcullis_violation) => if
            false { __portcullis::never() } else { __portcullis::instead(return
            __portcullis::refuse:: < Result < Vec < u8 >, Violation > >
            (__portcullis_violation, __PORTCULLIS_FUNCTION)) }, }
        ],
    )
}

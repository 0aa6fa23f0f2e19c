fn collect(secs: i32, slot: usize, cards: &mut [u8]) -> u8 {
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
        "[PC0013] `observe` and `catch_panic` and `bounded_recursion` need the\n         feature `std` of portcullis, which is off\nhelp: enable it (`features = [\"std\"]`), or go without:\n      `without(catch_panic, bounded_recursion)`\nsee: https://docs.rs/portcullis/latest/portcullis/errors/PC0013/"
    );
    let __portcullis_panics = __portcullis::Panics::watch(__PORTCULLIS_FUNCTION);
    let (__portcullis_depth, __portcullis_passed) = {
        __portcullis::thread_local! {
            static __PORTCULLIS_DEPTH : __portcullis::RecursionGroup = const {
            __portcullis::RecursionGroup::new() };
        }
        __portcullis::Descent::enter(&__PORTCULLIS_DEPTH, 64u32)
    };
    if let __portcullis::Some(__portcullis_violation) = __portcullis_passed {
        __portcullis::observed(__portcullis_violation, __PORTCULLIS_FUNCTION);
    }
    if let __portcullis::Some(__portcullis_deep) = __portcullis_depth.deep() {
        __portcullis::mark(__portcullis_deep, __PORTCULLIS_FUNCTION)
    }
    let _ = match __portcullis::judged(|| {
        let mut __portcullis_input = __portcullis::Input::new();
        __portcullis_input
            .rule(
                "secs",
                __portcullis::rules::range(
                    &secs,
                    __portcullis::Some(1),
                    __portcullis::Some(86_400),
                ),
            );
        (&&&&&__portcullis::Probe(&slot))
            .__portcullis_observe(__portcullis_input.lend(), "slot");
        (&&&&&__portcullis::Probe(&**&cards))
            .__portcullis_observe(__portcullis_input.lend(), "cards");
        __portcullis_input.finish()
    }) {
        __portcullis::Ok(()) => true,
        __portcullis::Err(__portcullis_violation) => {
            __portcullis::observed(__portcullis_violation, __PORTCULLIS_FUNCTION);
            false
        }
    };
    let until = (match (secs, 1_000) {
        (__portcullis_l, __portcullis_r) => {
            match if false {
                __portcullis_l * __portcullis_r
            } else {
                match (&__portcullis::Operands(&__portcullis_l, &__portcullis_r))
                    .__portcullis_mul()
                {
                    __portcullis::Ok(__portcullis_done) => {
                        if __portcullis_done.as_written() {
                            __portcullis_l * __portcullis_r
                        } else {
                            __portcullis_done.value()
                        }
                    }
                    #[allow(unreachable_code)]
                    __portcullis::Err(__portcullis_violation) => {
                        __portcullis::observed(
                            __portcullis_violation,
                            __PORTCULLIS_FUNCTION,
                        );
                        match __portcullis::Foreseen::new() {
                            __portcullis_foreseen => __portcullis_l * __portcullis_r,
                        }
                    }
                }
            } {
                __portcullis_value => __portcullis_value,
            }
        }
    });
    (*match (slot,) {
        #[allow(static_mut_refs)]
        (__portcullis_index_0,) => {
            match (&&&&&__portcullis::Indexed(&cards, &__portcullis_index_0))
                .__portcullis_find()
            {
                __portcullis::Ok(_) => {}
                __portcullis::Err(__portcullis_violation) => {
                    __portcullis::observed(__portcullis_violation, __PORTCULLIS_FUNCTION)
                }
            }
            &mut cards[__portcullis_index_0]
        }
    }) = (match (
        ((match (until, 1) {
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
                            __portcullis::observed(
                                __portcullis_violation,
                                __PORTCULLIS_FUNCTION,
                            );
                            match __portcullis::Foreseen::new() {
                                __portcullis_foreseen => __portcullis_l + __portcullis_r,
                            }
                        }
                    }
                } {
                    __portcullis_value => __portcullis_value,
                }
            }
        })),
        __portcullis::Target::new(),
    ) {
        (__portcullis_value, __portcullis_target) => {
            if false {
                __portcullis_target.of(__portcullis_value as u8)
            } else {
                match (&__portcullis::Cast(&__portcullis_value, &__portcullis_target))
                    .__portcullis_cast()
                {
                    __portcullis::Ok(__portcullis_done) => {
                        if __portcullis_done.as_written() {
                            __portcullis_value as u8
                        } else {
                            __portcullis_done.value()
                        }
                    }
                    #[allow(unreachable_code)]
                    __portcullis::Err(__portcullis_violation) => {
                        __portcullis::observed(
                            __portcullis_violation,
                            __PORTCULLIS_FUNCTION,
                        );
                        match __portcullis::Foreseen::new() {
                            __portcullis_foreseen => __portcullis_value as u8,
                        }
                    }
                }
            }
        }
    });
    cards[match (slot,) {
        (__portcullis_index_0,) => {
            match (&&&&&__portcullis::Indexed(&cards, &__portcullis_index_0))
                .__portcullis_find()
            {
                __portcullis::Ok(_) => {}
                __portcullis::Err(__portcullis_violation) => {
                    __portcullis::observed(__portcullis_violation, __PORTCULLIS_FUNCTION)
                }
            }
            __portcullis_index_0
        }
    }]
}

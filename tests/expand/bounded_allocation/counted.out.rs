fn gather(&mut self, mut reader: impl Read, ids: Range<u64>) -> String {
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
        __portcullis::module_path!(), "::", "gather"
    );
    const _: &str = __portcullis::needs_std!(
        "[PC0013] `bounded_allocation` needs the feature `std` of portcullis,\n         which is off\nhelp: enable it (`features = [\"std\"]`), or go without:\n      `without(bounded_allocation)`\nsee: https://docs.rs/portcullis/latest/portcullis/errors/PC0013/"
    );
    #[allow(unused_mut)]
    let mut __portcullis_slot_1;
    #[allow(unused_mut)]
    let mut __portcullis_slot_2;
    (match (ids.clone(),) {
        (__portcullis_items,) => {
            match (&&__portcullis::Added(&self.ids))
                .__portcullis_extend(__portcullis::bytes(LIMIT))
                .begin(__portcullis_items)
            {
                __portcullis_begun => {
                    if __portcullis_begun.as_written() {
                        self.ids.extend(__portcullis_begun.items())
                    } else {
                        match match __portcullis_begun.counted() {
                            __portcullis::Ok(__portcullis_granted) => {
                                __portcullis_granted
                            }
                            #[allow(unreachable_code)]
                            __portcullis::Err(__portcullis_violation) => {
                                if false {
                                    __portcullis::never()
                                } else {
                                    __portcullis::instead(
                                        __portcullis::panic(
                                            __portcullis_violation,
                                            __PORTCULLIS_FUNCTION,
                                        ),
                                    )
                                }
                            }
                        } {
                            mut __portcullis_lent => {
                                match self.ids.extend(__portcullis_lent.lend()) {
                                    __portcullis_done => {
                                        match match __portcullis_lent.verdict() {
                                            __portcullis::Ok(__portcullis_granted) => {
                                                __portcullis_granted
                                            }
                                            #[allow(unreachable_code)]
                                            __portcullis::Err(__portcullis_violation) => {
                                                if false {
                                                    __portcullis::never()
                                                } else {
                                                    __portcullis::instead(
                                                        __portcullis::panic(
                                                            __portcullis_violation,
                                                            __PORTCULLIS_FUNCTION,
                                                        ),
                                                    )
                                                }
                                            }
                                        } {
                                            () => __portcullis_done,
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    });
    (match (match (self.of(0),) {
        (__portcullis_base,) => {
            match (&&__portcullis::Added(&__portcullis_base))
                .__portcullis_extend(__portcullis::bytes(LIMIT))
            {
                __portcullis_how => {
                    __portcullis_slot_1 = __portcullis_how;
                    __portcullis_slot_1.flow(__portcullis_base)
                }
            }
        }
    })
        .extend(ids)
    {
        __portcullis_done => {
            match __portcullis_slot_1.settle(__portcullis_done) {
                __portcullis::Ok(__portcullis_granted) => __portcullis_granted,
                #[allow(unreachable_code)]
                __portcullis::Err(__portcullis_violation) => {
                    if false {
                        __portcullis::never()
                    } else {
                        __portcullis::instead(
                            __portcullis::panic(
                                __portcullis_violation,
                                __PORTCULLIS_FUNCTION,
                            ),
                        )
                    }
                }
            }
        }
    });
    let mut bytes = Vec::new();
    let _ = (match (&mut bytes, __portcullis::Target::new()) {
        (__portcullis_argument, __portcullis_target) => {
            if false {
                __portcullis_target.of(reader.read_to_end(__portcullis_argument))
            } else {
                match (&&&__portcullis::ReadFrom(&reader, &__portcullis_target))
                    .__portcullis_read(__portcullis::bytes(LIMIT))
                {
                    #[allow(unreachable_code)]
                    __portcullis_how => {
                        if __portcullis_how.as_written() {
                            reader.read_to_end(__portcullis_argument)
                        } else {
                            match __portcullis_how
                                .counted()
                                .read_to_end(
                                    reader.__portcullis_mut(),
                                    __portcullis_argument,
                                )
                            {
                                __portcullis::Ok(__portcullis_granted) => {
                                    __portcullis_granted
                                }
                                #[allow(unreachable_code)]
                                __portcullis::Err(__portcullis_violation) => {
                                    if false {
                                        __portcullis::never()
                                    } else {
                                        __portcullis::instead(
                                            __portcullis::panic(
                                                __portcullis_violation,
                                                __PORTCULLIS_FUNCTION,
                                            ),
                                        )
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    });
    let _ = (match (match (reader.take(9), __portcullis::Target::new()) {
        #[allow(unreachable_code)]
        (mut __portcullis_base, __portcullis_target) => {
            if false {
                let _ = __portcullis_target
                    .of(__portcullis_base.read_to_end(&mut bytes));
                __portcullis::instead(__portcullis::never())
            } else {
                match (&&&__portcullis::ReadFrom(
                    &__portcullis_base,
                    &__portcullis_target,
                ))
                    .__portcullis_read(__portcullis::bytes(LIMIT))
                {
                    __portcullis_how => {
                        __portcullis_slot_2 = __portcullis_how;
                        __portcullis_slot_2.flow(__portcullis_base)
                    }
                }
            }
        }
    })
        .read_to_end(&mut bytes)
    {
        __portcullis_done => {
            match __portcullis_slot_2.settle(__portcullis_done) {
                __portcullis::Ok(__portcullis_granted) => __portcullis_granted,
                #[allow(unreachable_code)]
                __portcullis::Err(__portcullis_violation) => {
                    if false {
                        __portcullis::never()
                    } else {
                        __portcullis::instead(
                            __portcullis::panic(
                                __portcullis_violation,
                                __PORTCULLIS_FUNCTION,
                            ),
                        )
                    }
                }
            }
        }
    });
    (match (bytes.iter().map(|byte| char::from(*byte)), __portcullis::Target::new()) {
        (mut __portcullis_receiver, __portcullis_target) => {
            if false {
                __portcullis_target.of(__portcullis_receiver.collect())
            } else {
                match (&&__portcullis::Gathered(
                    &__portcullis_receiver,
                    &__portcullis_target,
                ))
                    .__portcullis_collect(__portcullis::bytes(LIMIT))
                {
                    __portcullis_how => {
                        if __portcullis_how.as_written() {
                            __portcullis_receiver.collect()
                        } else {
                            match __portcullis_receiver
                                .__portcullis_run(__portcullis_how)
                            {
                                __portcullis::Ok(__portcullis_granted) => {
                                    __portcullis_granted
                                }
                                #[allow(unreachable_code)]
                                __portcullis::Err(__portcullis_violation) => {
                                    if false {
                                        __portcullis::never()
                                    } else {
                                        __portcullis::instead(
                                            __portcullis::panic(
                                                __portcullis_violation,
                                                __PORTCULLIS_FUNCTION,
                                            ),
                                        )
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    })
}

async fn collect(&self, name: String) -> Reply {
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
        "[PC0013] `catch_panic` needs the feature `std` of portcullis, which is\n         off\nhelp: enable it (`features = [\"std\"]`), or go without:\n      `without(catch_panic)`\nsee: https://docs.rs/portcullis/latest/portcullis/errors/PC0013/"
    );
    #[cfg(panic = "abort")]
    const _: &str = __portcullis::needs_unwinding!(
        "[PC0011] `catch_panic` catches nothing under `panic = \"abort\"`\nhelp: remove `panic = \"abort\"` from the profile, or accept that a panic\n      ends the server: `without(catch_panic)`\nsee: https://docs.rs/portcullis/latest/portcullis/errors/PC0011/"
    );
    match __portcullis::catch_future(async move {
            #[allow(unreachable_code, clippy::all, clippy::pedantic)]
            if false {
                return __portcullis::never::<Reply>();
            }
            #[allow(unused_variables)]
            #[allow(clippy::pedantic)]
            let mut name = name;
            let mut __portcullis_input = __portcullis::Input::new();
            __portcullis_input
                .rule(
                    "name",
                    __portcullis::rules::length(
                        &name,
                        __portcullis::None,
                        __portcullis::Some(64),
                        __portcullis::None,
                    ),
                );
            __portcullis_input.rule("name", __portcullis::rules::ascii(&name));
            if let __portcullis::Err(__portcullis_violation) = __portcullis_input
                .finish()
            {
                {
                    #[allow(unused_variables)]
                    let violation = __portcullis::within(
                        __portcullis_violation,
                        __PORTCULLIS_FUNCTION,
                    );
                    #[allow(unreachable_code)] return Reply::Refused(violation.code());
                };
            }
            name.push('!');
            self.find(name).await
        })
        .await
    {
        __portcullis::Ok(__portcullis_value) => __portcullis_value,
        __portcullis::Err(__portcullis_violation) => {
            let __portcullis_violation = __portcullis::pass_on(
                __portcullis_violation,
                __portcullis::is_arithmetic,
                __PORTCULLIS_FUNCTION,
            );
            {
                #[allow(unused_variables)]
                let violation = __portcullis::within(
                    __portcullis_violation,
                    __PORTCULLIS_FUNCTION,
                );
                #[allow(unreachable_code)] return Reply::Refused(violation.code());
            }
        }
    }
}

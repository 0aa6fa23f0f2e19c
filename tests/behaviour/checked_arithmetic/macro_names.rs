//! Each macro of another crate by its name: a sum in its arguments is checked.

use portcullis::{Violation, checked_arithmetic};

use super::macros_of_other_crates::recorded;

macro_rules! refuses {
    ($($name:ident: $a:ident => { $($body:tt)* })*) => {$(
        #[test]
        fn $name() {
            #[checked_arithmetic]
            fn protected($a: u8) -> Result<(), Violation> {
                let _ = { $($body)* };
                Ok(())
            }
            log::set_max_level(log::LevelFilter::Trace);
            assert!(recorded(|| protected(254)).0.is_ok());
            assert_eq!(recorded(|| protected(255)).0.unwrap_err().code(), "arithmetic.overflow");
        }
    )*};
}

refuses! {
    anyhow: a => { anyhow::anyhow!("{}", a + 1) }
    trace: a => { tracing::trace!("{}", a + 1) }
    debug: a => { tracing::debug!("{}", a + 1) }
    info: a => { tracing::info!("{}", a + 1) }
    warn: a => { tracing::warn!("{}", a + 1) }
    error: a => { tracing::error!("{}", a + 1) }
    event: a => { tracing::event!(tracing::Level::INFO, count = a + 1) }
    span: a => { tracing::span!(tracing::Level::INFO, "name", count = a + 1) }
    trace_span: a => { tracing::trace_span!("name", count = a + 1) }
    debug_span: a => { tracing::debug_span!("name", count = a + 1) }
    info_span: a => { tracing::info_span!("name", count = a + 1) }
    warn_span: a => { tracing::warn_span!("name", count = a + 1) }
    error_span: a => { tracing::error_span!("name", count = a + 1) }
    fields_in_braces: a => { tracing::warn!({ count = a + 1 }, "dealt {}", a) }
    block_behind_a_message: a => { tracing::info!("{}", { a + 1 }) }
    log_target: a => { log::info!(target: &(a + 1).to_string(), "text") }
    log_field: a => { log::info!(count = a + 1; "text") }
    log_message_behind_fields: a => { log::info!(count = a; "{}", a + 1) }
}

#[test]
fn handler_of_a_select() {
    use futures_util::FutureExt as _;
    #[checked_arithmetic]
    async fn protected(a: u8) -> Result<u8, Violation> {
        Ok(tokio::select! { b = std::future::ready(a) => b + 1 })
    }
    assert_eq!(protected(254).now_or_never().unwrap().unwrap(), 255);
    assert_eq!(protected(255).now_or_never().unwrap().unwrap_err().code(), "arithmetic.overflow");
}

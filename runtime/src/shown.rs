//! `dbg!` whose arguments are not what they print: it shows the user's text, and evaluates what was made of it.

/// As in `std`, with a text for each argument.
#[doc(hidden)]
#[macro_export]
macro_rules! __portcullis_dbg {
    ($text:expr => $value:expr) => {
        // No `let`: the temporaries of the argument live as long as the statement.
        match $value {
            value => {
                ::std::eprintln!(
                    "[{}:{}:{}] {} = {:#?}",
                    ::core::file!(),
                    ::core::line!(),
                    ::core::column!(),
                    $text,
                    &value,
                );
                value
            }
        }
    };
    ($($text:expr => $value:expr),+) => {
        ($($crate::__portcullis_dbg!($text => $value)),+,)
    };
}

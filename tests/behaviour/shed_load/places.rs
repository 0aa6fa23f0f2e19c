//! Wherever the attribute stands.

use std::fmt::Display;
use std::panic::catch_unwind;
use std::pin::Pin;

use async_trait::async_trait;
use portcullis::{
    Violation, bounded_recursion, catch_panic, checked_arithmetic, checked_indexing, shed_load, validated_input,
    zero_trust,
};

use super::shut;
use crate::common::{Later, code, run};

/// Twice the same code: once before a gate that is open, once before one that is shut.
macro_rules! twice {
    ($open:ident, $shut:ident: $($code:tt)*) => {
        mod $open {
            use super::*;
            macro_rules! gated { ($function:item) => { #[shed_load(memory = "85%")] $function }; }
            macro_rules! guarded { ($block:item) => { #[zero_trust(shed_load(memory = "85%"))] $block }; }
            $($code)*
        }
        mod $shut {
            use super::*;
            macro_rules! gated { ($function:item) => { #[shed_load(memory = "16MiB")] $function }; }
            macro_rules! guarded { ($block:item) => { #[zero_trust(shed_load(memory = "16MiB"))] $block }; }
            $($code)*
        }
    };
}

twice! { open, closed:
    pub(super) struct Server<T>(pub(super) T);

    impl<T: Display> Server<T> {
        #[allow(unused_macros, reason = "the twin uses both")]
        pub(super) fn shown(&self) -> Result<String, Violation> {
            gated! { fn shown<T: Display>(of: &T) -> Result<String, Violation> { Ok(of.to_string()) } }
            shown(&self.0)
        }
    }

    gated! { pub(super) async fn later(text: &str) -> Result<&str, Violation> {
        Later::default().await;
        Ok(text)
    } }

    gated! { pub(super) fn boxed<'a>(text: &'a str) -> Pin<Box<dyn Future<Output = Result<String, Violation>> + Send + 'a>> {
        Box::pin(async move {
            Later::default().await;
            Ok(text.to_owned())
        })
    } }

    guarded! { pub(super) mod block {
        use super::Violation;

        pub(in super::super) fn double(#[check(range(max = 100))] number: u8) -> Result<u8, Violation> {
            Ok(number * 2)
        }
    } }

    pub(super) struct Idle;

    guarded! { impl Idle {
        pub(super) fn collect(&self, #[check(range(max = 100))] secs: u8) -> Result<u8, Violation> {
            Ok(secs + 1)
        }
        pub(super) async fn collect_later(&mut self, #[check(range(max = 100))] secs: u8) -> Result<u8, Violation> {
            Later::default().await;
            Ok(secs + 1)
        }
    } }
}

#[test]
fn functions_methods_generics_futures_and_blocks() {
    shut();
    assert_eq!(open::Server(7).shown().unwrap(), "7");
    assert_eq!(code(closed::Server(7).shown()), "memory");
    assert_eq!(run(open::later("a")).unwrap(), "a");
    assert_eq!(code(run(closed::later("a"))), "memory");
    assert_eq!(run(open::boxed("a")).unwrap(), "a");
    assert_eq!(code(run(closed::boxed("a"))), "memory");
    assert_eq!(open::block::double(4).unwrap(), 8);
    assert_eq!(code(closed::block::double(4)), "memory");
    assert_eq!(open::Idle.collect(4).unwrap(), 5);
    assert_eq!(code(closed::Idle.collect(4)), "memory");
    assert_eq!(run(open::Idle.collect_later(4)).unwrap(), 5);
    assert_eq!(code(run(closed::Idle.collect_later(4))), "memory");
}

#[test]
fn async_traits_above_and_below() {
    #[async_trait]
    trait Handler {
        async fn handle(&self, number: u8) -> Result<u8, Violation>;
    }
    struct Open;
    struct Shut;
    #[async_trait]
    impl Handler for Open {
        #[shed_load(memory = "85%")]
        async fn handle(&self, number: u8) -> Result<u8, Violation> {
            Later::default().await;
            Ok(number)
        }
    }
    #[async_trait]
    impl Handler for Shut {
        #[shed_load(memory = "16MiB")]
        async fn handle(&self, number: u8) -> Result<u8, Violation> {
            Later::default().await;
            Ok(number)
        }
    }
    shut();
    assert_eq!(run(Open.handle(7)).unwrap(), 7);
    assert_eq!(code(run(Shut.handle(7))), "memory");
}

#[test]
fn a_method_with_self_of_every_kind_and_a_type_parameter() {
    struct Own<T>(Vec<T>);
    impl<T: Clone> Own<T> {
        #[shed_load(memory = "16MiB", or(return self.0))]
        fn shut(self) -> Vec<T> {
            Vec::new()
        }
        #[shed_load(memory = "85%")]
        fn open(&mut self, item: T) -> Result<&mut T, Violation> {
            self.0.push(item);
            Ok(self.0.last_mut().unwrap())
        }
    }
    shut();
    let mut own = Own(vec![1]);
    *own.open(2).unwrap() += 1;
    assert_eq!(own.shut(), [1, 3]);
}

/// Each order of the attributes: the gate refuses, and where it is open every other protection does what it did.
macro_rules! stacked {
    ($($name:ident: $($attribute:ident $(($($key:tt)*))?)*; $last:expr)*) => {$(
        #[test]
        fn $name() {
            #[shed_load(memory = "16MiB")]
            $(#[$attribute $(($($key)*))?])*
            fn above(number: u8) -> Result<u8, Violation> {
                Ok(number + [1, 2][usize::from(number)])
            }
            $(#[$attribute $(($($key)*))?])*
            #[shed_load(memory = "16MiB")]
            fn below(number: u8) -> Result<u8, Violation> {
                Ok(number + [1, 2][usize::from(number)])
            }
            $(#[$attribute $(($($key)*))?])*
            #[shed_load(memory = "85%")]
            fn open(number: u8) -> Result<u8, Violation> {
                Ok(number + [1, 2][usize::from(number)])
            }
            shut();
            for _ in 0..2 {
                assert_eq!((code(above(1)), code(below(1))), ("memory", "memory"));
                assert_eq!(open(1).unwrap(), 3);
                // The index.
                let last = catch_unwind(|| open(2).map_err(|refused| refused.code()));
                assert_eq!(last.ok(), $last);
            }
        }
    )*};
}
stacked! {
    with_a_boundary: catch_panic; Some(Err("panic"))
    with_arithmetic: checked_arithmetic; None
    with_indices: checked_indexing; Some(Err("index.bounds"))
    with_a_depth: bounded_recursion(max = 3); None
    with_all_of_them: catch_panic bounded_recursion(max = 3) checked_indexing checked_arithmetic; Some(Err("index.bounds"))
    with_all_of_them_turned: checked_arithmetic checked_indexing bounded_recursion(max = 3) catch_panic; Some(Err("index.bounds"))
}

#[test]
fn with_rules_of_parameters() {
    #[shed_load(memory = "85%")]
    #[validated_input]
    fn above(#[check(range(max = 9))] number: u8) -> Result<u8, Violation> {
        Ok(number)
    }
    #[validated_input]
    #[shed_load(memory = "85%")]
    async fn below(#[check(range(max = 9))] number: u8) -> Result<u8, Violation> {
        Ok(number)
    }
    assert_eq!((above(9).unwrap(), code(above(10))), (9, "input.range"));
    assert_eq!((run(below(9)).unwrap(), code(run(below(10)))), (9, "input.range"));
}

/// Where a closure of ours takes them along (a violation may unwind to it), as where none does.
#[test]
fn parameters_drop_within_the_request_that_takes_them() {
    struct Asks(std::sync::mpsc::Sender<bool>);

    impl Drop for Asks {
        fn drop(&mut self) {
            self.0.send(nested().is_ok()).unwrap();
        }
    }

    #[shed_load(memory = "16MiB")]
    fn nested() -> Result<(), Violation> {
        Ok(())
    }

    #[zero_trust(shed_load(memory = "85%"), or(panic))]
    fn taken(
        #[trusted(reason = "made by this test")] asks: Asks,
        #[trusted(reason = "made by this test")] list: &[u32],
    ) -> u32 {
        let _ = &asks;
        list.iter().map(|number| number + 1).max().unwrap_or(0)
    }

    assert_eq!(nested().unwrap_err().code(), "memory");
    let (sender, heard) = std::sync::mpsc::channel();
    assert_eq!(taken(Asks(sender), &[3]), 4);
    assert!(heard.recv().unwrap());
}

//! PC0406 to PC0408: what ends the process, what the compiler takes at its word, and what is never freed.

use quote::ToTokens;
use syn::{ExprCall, ExprMethodCall};

use super::paths::Meaning;
use super::walk::{Walk, function_name};
use crate::rules::Rule;

const EXITS: [&str; 8] = [
    "std::process/exit",
    "std::process/abort",
    "std/process::exit",
    "std/intrinsics::abort",
    "libc/exit",
    "libc/_exit",
    "libc/abort",
    "nix::unistd/_exit",
];

const LEAKS: [&str; 17] = [
    "std::mem/forget",
    "std::boxed/Box::leak",
    "std::boxed/Box::into_raw",
    "std::boxed/Box::into_non_null",
    "std::vec/Vec::leak",
    "std::string/String::leak",
    "std::sync/Arc::into_raw",
    "std::sync/Arc::increment_strong_count",
    "std::rc/Rc::into_raw",
    "std::ffi/CString::into_raw",
    "std::sync/Weak::into_raw",
    "std::mem/ManuallyDrop::new",
    "std::cell/RefMut::leak",
    "std::cell/Ref::leak",
    "std::sync/MutexGuard::leak",
    "parking_lot/MutexGuard::leak",
    "tokio::sync/SemaphorePermit::forget",
];

impl Walk {
    pub(super) fn process_call(&mut self, call: &ExprCall, meaning: &Meaning) {
        let shown = || function_name(&call.func);
        if meaning.among(&EXITS).is_some() {
            let message =
                format!("`{}` ends the server for all its clients\nhelp: return a refusal: `return Err(..)`", shown());
            self.hit(Rule::ProcessExit, &call.func, &message);
        }
        // What is taken back in the same function is on its way.
        let comes_back = |entry: &str| entry.ends_with("into_raw") && self.memory.takes_back;
        if meaning.among(&LEAKS).is_some_and(|entry| !comes_back(entry)) {
            let message = format!(
                "`{}` frees nothing: each request leaves memory behind\n\
                 help: let the value be owned, or share it: `std::sync::Arc::new(value)`; for the whole process, a `static` `LazyLock`",
                shown()
            );
            self.hit(Rule::Leak, &call.func, &message);
        }
    }

    pub(super) fn process_method(&mut self, call: &ExprMethodCall) {
        if call.method != "leak" || !call.args.is_empty() {
            return;
        }
        let ty = self.scopes.ty(&call.receiver);
        if ty.is_none_or(|ty| !ty.is_certain || ["Vec", "String", "slice", "str"].contains(&ty.last())) {
            let message = "`.leak()` frees nothing: each request leaves memory behind\n\
                help: let the value be owned, or share it: `std::sync::Arc::new(value)`";
            self.hit(Rule::Leak, &call.method, message);
        }
    }

    pub(super) fn unsafe_word(&mut self, word: impl ToTokens) {
        let message = "`unsafe` in a function that faces a client: an input that its author did not think of is undefined behaviour\n\
            help: move it into a function of its own that is safe to call, with a test under Miri, and call that";
        self.hit(Rule::UnsafeCode, word, message);
    }
}

//! PC0415: calls that hold up a worker.

use syn::{Expr, ExprCall, ExprMethodCall};

use super::paths::Meaning;
use super::walk::{Use, Walk, function_name};
use crate::rules::Rule;

/// Each with what to write in its place.
const BLOCKING: [(&str, &str); 17] = [
    ("std::thread/thread::sleep", "`tokio::time::sleep(..).await`"),
    ("std/thread::sleep", "`tokio::time::sleep(..).await`"),
    ("std/fs::*", "`tokio::fs`, or `tokio::task::spawn_blocking(move || ..).await`"),
    ("std/fs::File::*", "`tokio::fs::File`, or `tokio::task::spawn_blocking(move || ..).await`"),
    ("std::fs/File::open", "`tokio::fs::File::open(..).await`"),
    ("std::fs/File::create", "`tokio::fs::File::create(..).await`"),
    ("std::net/TcpStream::connect", "`tokio::net::TcpStream::connect(..).await`"),
    ("std::net/TcpStream::connect_timeout", "`tokio::net::TcpStream::connect(..).await`"),
    ("std/io::stdin", "`tokio::io::stdin()`"),
    ("futures::executor/block_on", "`.await`"),
    ("futures_executor/block_on", "`.await`"),
    ("pollster/block_on", "`.await`"),
    ("async_std::task/block_on", "`.await`"),
    ("smol/block_on", "`.await`"),
    ("reqwest/blocking::get", "`reqwest::get(..).await`"),
    ("reqwest::blocking/Client::new", "`reqwest::Client`"),
    ("std/thread::park", "`tokio::sync::Notify`"),
];

/// Methods that wait, by the types that have them, with what to write in their place. Those of a runtime have the same names, and give
/// futures.
const WAITING: [(&str, &[&str], &str); 8] = [
    ("Receiver", &["recv", "recv_timeout"], "the channel of your runtime: `tokio::sync::mpsc`"),
    ("SyncSender", &["send"], "the channel of your runtime: `tokio::sync::mpsc`"),
    ("Condvar", &["wait", "wait_while", "wait_timeout", "wait_timeout_while"], "`tokio::sync::Notify`"),
    ("Barrier", &["wait"], "`tokio::sync::Barrier`"),
    ("JoinHandle", &["join"], "`tokio::task::spawn_blocking(move || ..).await`"),
    ("Child", &["wait", "wait_with_output"], "`tokio::process`"),
    ("Command", &["status", "output"], "`tokio::process::Command`"),
    ("TcpListener", &["accept"], "`tokio::net::TcpListener`"),
];

impl Walk {
    pub(super) fn blocking_call(&mut self, call: &ExprCall, meaning: &Meaning, used: Use) {
        let shown = || function_name(&call.func);
        if let Some((entry, instead)) = BLOCKING.iter().find(|(entry, _)| meaning.is(entry)) {
            let is_future = used == Use::Awaited || used == Use::Argument && !meaning.is_certain(entry);
            // A type: `fs::File::open` is by its last two names, `fs::Permissions(..)` is no call that blocks.
            let is_function = meaning.last().is_some_and(|last| !last.starts_with(char::is_uppercase));
            if self.place.is_async && is_function && !is_future {
                let message = format!(
                    "`{}` blocks the worker that runs this future, and all tasks on it\nhelp: {instead}",
                    shown()
                );
                self.hit(Rule::Blocking, &call.func, &message);
            }
        }
    }

    pub(super) fn blocking_method(&mut self, call: &ExprMethodCall, used: Use) {
        if !self.place.is_async {
            return;
        }
        let ty = || self.scopes.ty(&call.receiver);
        let name = call.method.to_string();
        match name.as_str() {
            "block_on" if ty().is_none_or(|ty| !ty.is_certain || ["Handle", "Runtime"].contains(&ty.last())) => {
                let message =
                    "`.block_on(..)` blocks the worker that runs this future, or panics there\nhelp: `.await`";
                self.hit(Rule::Blocking, &call.method, message);
            }
            "blocking_recv" | "blocking_send" | "blocking_lock" | "blocking_read" | "blocking_write"
                if ty().is_none_or(|ty| !self.scopes.is_own(&ty)) =>
            {
                let plain = name.trim_start_matches("blocking_");
                let message =
                    format!("`.{name}(..)` panics on the worker that runs this future\nhelp: `.{plain}(..).await`");
                self.hit(Rule::Blocking, &call.method, &message);
            }
            _ if used != Use::Awaited => self.waiting(call, &name, used),
            _ => {}
        }
    }

    /// `receiver.recv()?`: what is not awaited, and looked at as no future is, waits.
    fn waiting(&mut self, call: &ExprMethodCall, name: &str, used: Use) {
        let mut entries = WAITING.iter().filter(|(_, methods, _)| methods.contains(&name));
        let Some(first) = entries.next() else { return };
        let ty = self.scopes.ty(start(&call.receiver));
        if ty.as_ref().is_some_and(|ty| self.scopes.is_own(ty)) {
            return;
        }
        let found = ty.as_ref().and_then(|ty| [first].into_iter().chain(entries).find(|(of, ..)| *of == ty.last()));
        let is_of_std = ty.as_ref().is_some_and(|ty| ty.path.first().is_some_and(|root| root == "std"));
        let guarded = call.args.first().is_some_and(|argument| match argument {
            Expr::Path(path) => path.path.get_ident().is_some_and(|name| self.guards.holds(&name.to_string())),
            _ => false,
        });
        let entry = match found {
            Some(entry) if is_of_std || used == Use::Looked => entry,
            // Nothing else has these names, without an argument, and gives a `Result`; nothing else takes a guard.
            None if used == Use::Looked && matches!(name, "recv" | "join") && call.args.is_empty() => first,
            None if name.starts_with("wait") && guarded => first,
            _ => return,
        };
        let message =
            format!("`.{name}(..)` blocks the worker that runs this future, and all tasks on it\nhelp: {}", entry.2);
        self.hit(Rule::Blocking, &call.method, &message);
    }
}

/// Where a chain of calls begins: what a builder is made by.
pub(super) fn start(expr: &Expr) -> &Expr {
    match expr {
        Expr::MethodCall(call) => start(&call.receiver),
        Expr::Paren(inner) => start(&inner.expr),
        other => other,
    }
}

//! PC0409 and PC0410: channels without a bound, and tasks that nobody waits for.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;
use syn::{Expr, ExprCall, ExprMethodCall, Local, Pat, Stmt};

use super::paths::Meaning;
use super::walk::{Use, Walk, function_name};
use crate::rules::Rule;

const CHANNELS: [&str; 14] = [
    "tokio::sync::mpsc/unbounded_channel",
    "std::sync/mpsc::channel",
    "crossbeam_channel/unbounded",
    "crossbeam::channel/unbounded",
    "flume/unbounded",
    "async_channel/unbounded",
    "async_std::channel/unbounded",
    "smol::channel/unbounded",
    "futures::channel::mpsc/unbounded",
    "futures_channel::mpsc/unbounded",
    "kanal/unbounded",
    "kanal/unbounded_async",
    "loole/unbounded",
    "tokio::sync/mpsc::UnboundedSender::new",
];

const SPAWNS: [&str; 22] = [
    "tokio/spawn",
    "tokio::task/spawn",
    "tokio::task/spawn_blocking",
    "tokio::task/spawn_local",
    "std::thread/thread::spawn",
    "std/thread::spawn",
    "async_std::task/spawn",
    "async_std::task/spawn_blocking",
    "smol/spawn",
    "rayon/spawn",
    "actix_web::rt/spawn",
    "actix_rt/spawn",
    "actix_web::rt::task/spawn_blocking",
    "actix/spawn",
    "wasm_bindgen_futures/spawn_local",
    "ntex::rt/spawn",
    "tokio_uring/spawn",
    "glommio/spawn_local",
    "monoio/spawn",
    "portcullis/spawn",
    "rocket::tokio/spawn",
    "rocket::tokio::task/spawn",
];

impl Walk {
    pub(super) fn task_call(&mut self, call: &ExprCall, meaning: &Meaning, used: Use) {
        let shown = || function_name(&call.func);
        if let Some(entry) = meaning.among(&CHANNELS) {
            // The bounded ones of other crates take their bound: `mpsc::channel(64)`.
            let is_std = entry.ends_with("mpsc::channel");
            if call.args.is_empty() || !is_std && !entry.contains("UnboundedSender") {
                let bounded =
                    if is_std { "std::sync::mpsc::sync_channel(64)" } else { "tokio::sync::mpsc::channel(64)" };
                let message = format!(
                    "`{}()` has no bound: a client that sends faster than it is served fills the memory\n\
                     help: a channel with one, and `try_send` to refuse: `{bounded}`",
                    shown()
                );
                self.hit(Rule::UnboundedChannel, &call.func, &message);
            }
        }
        if used == Use::Dropped && meaning.among(&SPAWNS).is_some() && !call.args.is_empty() {
            let shown = shown();
            self.detached(&call.func, &shown);
        }
    }

    pub(super) fn task_method(&mut self, call: &ExprMethodCall, used: Use) {
        let ty = || self.scopes.ty(super::blocking::start(&call.receiver));
        let of = |names: &[&str]| ty().is_some_and(|ty| names.contains(&ty.last()));
        let name = call.method.to_string();
        match name.as_str() {
            "spawn" | "spawn_blocking" | "spawn_local"
                if used == Use::Dropped
                    && call.args.len() == 1
                    && (of(&["Handle", "Runtime", "LocalSet", "Builder"]) || is_current_handle(&call.receiver)) =>
            {
                self.detached(&call.method, &format!(".{name}"));
            }
            _ => {}
        }
    }

    fn detached(&mut self, at: &dyn quote::ToTokens, shown: &str) {
        let message = format!(
            "nothing here waits for this task of `{shown}`: it goes on when the request is gone, its panic is not heard, and nothing \
             here limits how many there are\n\
             help: keep its handle and await it: `let task = portcullis::spawn(..); task.await`\n\
             help: or have a set that ends with its owner, `tokio::task::JoinSet`, and `bounded_concurrency(max = N)` on the function"
        );
        self.hit(Rule::DetachedSpawn, at.to_token_stream(), &message);
    }

    /// Before a `let`: a handle that nothing names afterwards, in its block or behind that, is dropped.
    pub(super) fn note_handle(&mut self, local: &Local, after: &[Stmt], behind: &TokenStream) {
        let is_call = local.init.as_ref().is_some_and(|init| matches!(*init.expr, Expr::Call(_) | Expr::MethodCall(_)));
        let name = match &local.pat {
            Pat::Ident(name) => name.ident.to_string(),
            Pat::Type(typed) => match &*typed.pat {
                Pat::Ident(name) => name.ident.to_string(),
                _ => return,
            },
            _ => return,
        };
        // Only of what may spawn: each of these looks reads the rest of the block.
        let may_spawn = |init: &syn::LocalInit| match &*init.expr {
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) => self.scopes.meaning(&path.path).among(&SPAWNS).is_some(),
                _ => false,
            },
            Expr::MethodCall(call) => call.method.to_string().starts_with("spawn"),
            _ => false,
        };
        self.drops_next = is_call
            && local.init.as_ref().is_some_and(may_spawn)
            && !mentions(&quote!(#(#after)*), &name)
            && !mentions(behind, &name);
    }
}

fn is_current_handle(receiver: &Expr) -> bool {
    let Expr::Call(call) = receiver else { return false };
    let Expr::Path(path) = &*call.func else { return false };
    let names: Vec<String> = path.path.segments.iter().rev().take(2).map(|name| name.ident.to_string()).collect();
    names == ["current", "Handle"]
}

pub(super) fn mentions(tokens: &TokenStream, name: &str) -> bool {
    tokens.clone().into_iter().any(|tree| match tree {
        TokenTree::Ident(word) => word == name,
        TokenTree::Group(group) => mentions(&group.stream(), name),
        // `format!("{task:?}")`.
        TokenTree::Literal(text) => text.to_string().contains(&format!("{{{name}")),
        TokenTree::Punct(_) => false,
    })
}

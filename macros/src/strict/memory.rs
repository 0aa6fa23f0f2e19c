//! PC0413: memory whose size a client chose.

use std::collections::BTreeSet;

use quote::ToTokens as _;
use syn::{BinOp, Block, Expr, ExprCall, ExprMethodCall, Macro, Pat, Stmt, Type, TypePath};

use super::sites::is_literal;
use super::types::Ty;
use super::walk::{Walk, function_name, is_adaptor};
use crate::known_macros;
use crate::rules::Rule;
use crate::text;

#[derive(Default)]
pub(super) struct Memory {
    /// Places that were compared with a limit.
    compared: BTreeSet<String>,
    /// Variables and statics out of which something is taken, or whose length is looked at.
    pub(super) ended: BTreeSet<String>,
    /// `Box::from_raw(..)` stands somewhere.
    pub(super) takes_back: bool,
}

/// What `bounded_allocation` knows by its type.
const TESTED: [&str; 14] = [
    "Vec",
    "VecDeque",
    "String",
    "BinaryHeap",
    "HashMap",
    "HashSet",
    "OsString",
    "PathBuf",
    "BufReader",
    "BufWriter",
    "LineWriter",
    "str",
    "slice",
    "[]",
];

/// What is seen of the type that takes the memory.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    Std,
    Other,
    Unknown,
}

/// Give a number that stands in what a client sent.
fn is_reading(method: &str) -> bool {
    let of_integer = |rest: &str| {
        let rest = rest.trim_end_matches("_le").trim_end_matches("_ne");
        ["u8", "u16", "u24", "u32", "u64", "u128", "i8", "i16", "i32", "i64", "i128", "uint", "int", "varint"]
            .contains(&rest)
    };
    ["read_", "get_"].iter().any(|start| method.strip_prefix(start).is_some_and(of_integer))
}

impl Walk {
    /// Whether the number comes from a parameter that has no rule of its own, or is read from what a client sent, and nothing
    /// has bounded it on the way.
    pub(super) fn is_from_client(&self, expr: &Expr) -> bool {
        if self.memory.compared.contains(&place_of(expr)) || self.is_small(expr) {
            return false;
        }
        match expr {
            Expr::Path(path) => path
                .path
                .get_ident()
                .and_then(|name| self.scopes.local(&name.to_string()))
                .is_some_and(|local| local.is_from_client),
            Expr::Field(field) => !is_size_hint(&field.base) && self.is_from_client(&field.base),
            Expr::Paren(inner) => self.is_from_client(&inner.expr),
            Expr::Group(inner) => self.is_from_client(&inner.expr),
            Expr::Reference(inner) => self.is_from_client(&inner.expr),
            Expr::Unary(inner) => self.is_from_client(&inner.expr),
            Expr::Cast(inner) => self.is_from_client(&inner.expr),
            Expr::Try(inner) => self.is_from_client(&inner.expr),
            Expr::Await(inner) => self.is_from_client(&inner.base),
            Expr::Binary(binary) => match binary.op {
                // No more than either side, or than the divisor.
                BinOp::BitAnd(_) => self.is_from_client(&binary.left) && self.is_from_client(&binary.right),
                BinOp::Rem(_) => self.is_from_client(&binary.right),
                // A number that is put together from its bytes.
                BinOp::BitOr(_) | BinOp::BitXor(_) | BinOp::Add(_)
                    if is_high_part(&binary.left) || is_high_part(&binary.right) =>
                {
                    true
                }
                _ => self.is_from_client(&binary.left) || self.is_from_client(&binary.right),
            },
            Expr::MethodCall(call) => self.is_method_from_client(call),
            Expr::Call(call) => {
                let Expr::Path(path) = &*call.func else { return false };
                let name = path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
                match name.as_str() {
                    "from_be_bytes" | "from_le_bytes" | "from_ne_bytes" | "from_str_radix" => true,
                    "from" | "try_from" | "Some" | "Ok" => call.args.first().is_some_and(|of| self.is_from_client(of)),
                    "min" => call.args.iter().all(|of| self.is_from_client(of)),
                    "max" => call.args.iter().any(|of| self.is_from_client(of)),
                    _ => false,
                }
            }
            Expr::If(of) => {
                let tail = |block: &Block| match block.stmts.last() {
                    Some(Stmt::Expr(tail, None)) => self.is_from_client(tail),
                    _ => false,
                };
                tail(&of.then_branch) || of.else_branch.as_ref().is_some_and(|(_, other)| self.is_from_client(other))
            }
            Expr::Block(block) => match block.block.stmts.last() {
                Some(Stmt::Expr(tail, None)) => self.is_from_client(tail),
                _ => false,
            },
            _ => false,
        }
    }

    /// What a pattern takes of such a number.
    pub(super) fn binds_from_client(&self, pattern: &Pat, value: &Expr) -> bool {
        !(matches!(pattern, Pat::Tuple(_)) && is_size_hint(value)) && self.is_from_client(value)
    }

    /// A place whose type has no large number. Below zero a cast that nobody checks makes one.
    fn is_small(&self, place: &Expr) -> bool {
        matches!(place, Expr::Path(_) | Expr::Field(_))
            && self.scopes.ty(place).is_some_and(|ty| {
                ty.is_certain && (matches!(ty.last(), "u8" | "bool") || ty.last() == "i8" && self.coverage.casts)
            })
    }

    fn is_method_from_client(&self, call: &ExprMethodCall) -> bool {
        let name = call.method.to_string();
        match name.as_str() {
            "len" | "count" | "capacity" | "is_empty" | "clamp" | "leading_zeros" | "trailing_zeros" | "ilog2"
            | "remaining" => false,
            "min" => self.is_from_client(&call.receiver) && call.args.iter().all(|of| self.is_from_client(of)),
            "parse" => !is_literal(&call.receiver),
            // Below zero comes out as the largest there is.
            "wrapping_sub" | "wrapping_neg" => true,
            _ if is_reading(&name) => true,
            _ if call.args.is_empty() => self.is_from_client(&call.receiver),
            // What its closure gives.
            _ if is_adaptor(&name) && call.args.iter().any(|of| self.gives_from_client(of)) => true,
            "unwrap_or" | "ok_or" | "ok_or_else" | "map_err" | "expect" | "unwrap_or_else" | "max" | "pow" => {
                self.is_from_client(&call.receiver)
            }
            _ if ["checked_", "saturating_", "wrapping_"].iter().any(|start| name.starts_with(start)) => {
                self.is_from_client(&call.receiver) || call.args.iter().any(|of| self.is_from_client(of))
            }
            _ => false,
        }
    }

    fn gives_from_client(&self, closure: &Expr) -> bool {
        matches!(closure, Expr::Closure(closure) if self.is_from_client(&closure.body))
    }

    fn size(&mut self, size: &Expr, of: &str, seen: Seen) {
        let is_tested = self.coverage.allocation && seen == Seen::Std;
        if is_tested || !self.is_from_client(size) {
            return;
        }
        let shown = text::of_code(size.to_token_stream());
        let last = if !self.coverage.allocation {
            "or `bounded_allocation(max = \"16MiB\")` in the attribute"
        } else if seen == Seen::Unknown {
            "or, of a collection of `std`, write its type, which `bounded_allocation` tests: `let list: Vec<_> = ..`"
        } else {
            "`bounded_allocation` tests the collections of `std`, and this is none"
        };
        let message = format!(
            "{of} takes as much memory as `{shown}` says, which a client chose and nothing here bounds\n\
             help: bound it: `({shown}).min(MAX)`, or give the parameter a rule, `#[check(range(max = ..))]`\n\
             help: {last}"
        );
        self.hit(Rule::SizeFromInput, size, &message);
    }

    fn seen(&self, ty: Option<Ty>) -> Seen {
        match ty {
            None => Seen::Unknown,
            Some(ty) if TESTED.contains(&ty.last()) && !self.scopes.is_own(&ty) => Seen::Std,
            Some(_) => Seen::Other,
        }
    }

    pub(super) fn size_of_call(&mut self, call: &ExprCall) {
        let Expr::Path(path) = &*call.func else { return };
        let Some(last) = path.path.segments.last() else { return };
        if last.ident == "repeat_n"
            && let Some(size) = call.args.get(1)
        {
            // It takes nothing by itself; what collects it is tested.
            return self.size(size, "`repeat_n`", Seen::Std);
        }
        let of = ["with_capacity", "with_capacity_and_hasher", "zeroed", "new_zeroed_slice", "new_uninit_slice"];
        if path.path.segments.len() > 1
            && of.iter().any(|name| last.ident == name)
            && let Some(size) = call.args.first()
        {
            let mut owner = path.clone();
            owner.path.segments.pop();
            owner.path.segments.pop_punct();
            let seen = if last.ident.to_string().starts_with("with_capacity") {
                self.seen(self.scopes.written(&Type::Path(TypePath {
                    attrs: Vec::new(),
                    qself: None,
                    path: owner.path,
                })))
            } else {
                Seen::Other
            };
            self.size(size, &format!("`{}`", function_name(&call.func)), seen);
        }
    }

    pub(super) fn size_of_method(&mut self, call: &ExprMethodCall) {
        let name = call.method.to_string();
        let takes_size = matches!(
            (name.as_str(), call.args.len()),
            ("reserve" | "reserve_exact" | "repeat", 1) | ("resize" | "resize_with", 2)
        );
        if let (true, Some(size)) = (takes_size, call.args.first()) {
            let seen = self.seen(self.scopes.ty(&call.receiver));
            self.size(size, &format!("`.{name}(..)`"), seen);
        }
    }

    /// `vec![value; size]`.
    pub(super) fn size_of_macro(&mut self, call: &Macro) {
        if call.path.segments.last().is_none_or(|last| last.ident != "vec") {
            return;
        }
        let repeat = |input: syn::parse::ParseStream<'_>| {
            input.parse::<Expr>()?;
            input.parse::<syn::Token![;]>()?;
            input.parse::<Expr>()
        };
        if let Ok(size) = syn::parse::Parser::parse2(repeat, call.tokens.clone()) {
            self.size(&size, "`vec![..]`", Seen::Std);
        }
    }
}

impl Memory {
    /// What the condition compares, and was not compared before.
    pub(super) fn compared(&mut self, condition: &Expr) -> Vec<String> {
        let mut found = Vec::new();
        places(condition, &mut found);
        found.retain(|place| self.compared.insert(place.clone()));
        found
    }

    pub(super) fn compared_by_macro(&mut self, call: &Macro) {
        if call.path.segments.last().is_some_and(|last| last.ident == "ensure" || last.ident == "assert") {
            let mut found = Vec::new();
            known_macros::rewrite(call, |argument| places(argument, &mut found));
            self.compared.extend(found);
        }
    }

    pub(super) fn forget(&mut self, places: Vec<String>) {
        for place in places {
            self.compared.remove(&place);
        }
    }
}

/// The two numbers of an iterator, which knows its length as `len` does. What `serde` calls so is one number, as a client wrote it.
fn is_size_hint(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(inner) => is_size_hint(&inner.expr),
        Expr::MethodCall(call) => call.method == "size_hint" && call.args.is_empty(),
        _ => false,
    }
}

/// `byte << 8`, of something that is not written there.
fn is_high_part(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(inner) => is_high_part(&inner.expr),
        Expr::Binary(binary) => matches!(binary.op, BinOp::Shl(_)) && !is_literal(&binary.left),
        _ => false,
    }
}

fn places(condition: &Expr, found: &mut Vec<String>) {
    match condition {
        Expr::Paren(inner) => places(&inner.expr, found),
        Expr::Unary(inner) => places(&inner.expr, found),
        Expr::Binary(binary) => match binary.op {
            BinOp::And(_) | BinOp::Or(_) => {
                places(&binary.left, found);
                places(&binary.right, found);
            }
            BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) | BinOp::Eq(_) => {
                found.extend([&binary.left, &binary.right].map(|side| place_of(side)));
            }
            _ => {}
        },
        // `(1..=MAX).contains(&n)`
        Expr::MethodCall(call) if call.method == "contains" => found.extend(call.args.first().map(place_of)),
        _ => {}
    }
}

/// The place, without what only lends or converts it.
fn place_of(expr: &Expr) -> String {
    match expr {
        Expr::Paren(inner) => place_of(&inner.expr),
        Expr::Reference(inner) => place_of(&inner.expr),
        Expr::Cast(inner) => place_of(&inner.expr),
        Expr::Path(_) | Expr::Field(_) => expr.to_token_stream().to_string(),
        _ => String::from("_"),
    }
}

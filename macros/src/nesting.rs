//! How deep code nests. The compiler, the parser and every walk go down by recursion on one stack, and what they overflow ends the
//! compiler without a word of where: what is too deep is refused before it is walked.
//!
//! The costs are kilobytes of stack, measured in a build without optimisation, which is how cargo builds macros. The compiler's
//! thread has 8 MB, and overflows it by itself soon after: 1,000 blocks, 10,000 parentheses, terms or calls in one another.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Punct, Spacing, TokenStream, TokenTree, token_stream};
use quote::ToTokens;
use syn::visit::Visit;
use syn::{BinOp, Block, Expr, UnOp};

use crate::rewrite::method;
use crate::rules::Rule;

/// The rest is for what is on the stack already, and for what another compiler needs more.
pub(crate) const BUDGET: usize = 6_000;

/// What a bracket costs, and the reference of a type.
const GROUP: usize = 28;
/// What a sign, or a word, that can put one expression into another costs.
const SIGN: usize = 4;
/// What a sign costs behind which the parser begins anew: of a closure, an assignment.
const OPENING_SIGN: usize = 10;
/// What the arguments of a type cost.
const ARGUMENTS: usize = 48;
/// What an operator costs that is rewritten, with what comes to stand around it.
const REWRITTEN: usize = 24;

/// Refuses tokens that nothing can parse safely.
pub(crate) fn ensure_shallow(tokens: &TokenStream) -> syn::Result<()> {
    walk(tokens, 0, SIGN)
}

/// Without recursion.
fn walk(tokens: &TokenStream, outside: usize, operator: usize) -> syn::Result<()> {
    let mut open = vec![Level::new(outside, tokens.clone())];
    while let Some(level) = open.last_mut() {
        let Some(tree) = level.rest.next() else {
            open.pop();
            continue;
        };
        let cost = level.enter(&tree, operator);
        if cost > BUDGET {
            return Err(too_deep(tree));
        }
        if let TokenTree::Group(group) = tree {
            open.push(Level::new(cost, group.stream()));
        }
    }
    Ok(())
}

/// Refuses operators in one another that would be too many once they are rewritten.
pub(crate) fn ensure_rewritable(body: &Block) -> syn::Result<()> {
    let mut walk = Walk { cost: 0, found: None };
    walk.visit_block(body);
    walk.found.map_or(Ok(()), Err)
}

/// At the first token: that a whole expression is underlined helps nobody when it fills the screen.
fn too_deep(at: impl ToTokens) -> syn::Error {
    let first = at.into_token_stream().into_iter().next().map(|tree| match tree {
        TokenTree::Group(group) => {
            let mut bracket = Punct::new('#', Spacing::Alone);
            bracket.set_span(group.span_open());
            bracket.into()
        }
        other => other,
    });
    let message = "this nests so deep that the compiler's stack would overflow\n\
        help: give a part of it a name with `let`, or make it a function of its own";
    Rule::TooDeep.error(first, message)
}

/// The inside of a bracket.
struct Level {
    rest: Peekable<token_stream::IntoIter>,
    /// What is around it.
    outside: usize,
    /// What stands before the next token in the same expression, as far as the tokens tell: `a + b + c`, `else if`.
    chain: usize,
    /// What the `else`s cost that are in it: a condition ends at its block, and the next does not stand in it.
    links: usize,
    behind_brace: bool,
    /// An attribute stands before an expression, and is not around it: a text of a thousand lines before a function is flat.
    attribute: bool,
    /// The operator of two signs that has just begun, or ended.
    pair: Option<Pair>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Pair {
    first: char,
    has_ended: bool,
}

impl Level {
    fn new(outside: usize, tokens: TokenStream) -> Self {
        let rest = tokens.into_iter().peekable();
        Self { rest, outside, chain: 0, links: 0, behind_brace: false, attribute: false, pair: None }
    }

    /// What code behind the sign costs.
    fn cost(&mut self, sign: &Punct, operator: usize) -> usize {
        let first = sign.as_char();
        let before = self.pair.take();
        if let Some(Pair { first, has_ended: false }) = before {
            self.pair = Some(Pair { first, has_ended: true });
            return 0;
        }
        let is_arithmetic = matches!(first, '+' | '-' | '*' | '/' | '%');
        let second = self.rest.peek().and_then(|next| match next {
            TokenTree::Punct(next) if sign.spacing() == Spacing::Joint => Some(next.as_char()),
            _ => None,
        });
        // `&&&&u8` is no operator.
        let goes_on = before.is_some_and(|before| before.first == first);
        if second.is_some_and(|second| second == '=' || (second == first && matches!(first, '&' | '<'))) && !goes_on {
            self.pair = Some(Pair { first, has_ended: false });
            return if is_arithmetic { operator } else { SIGN };
        }
        if goes_on {
            self.pair = before;
        }
        match first {
            '<' => ARGUMENTS,
            '&' => GROUP,
            '|' | '=' => OPENING_SIGN,
            _ if is_arithmetic => operator,
            _ => SIGN,
        }
    }

    /// Another expression.
    fn begin(&mut self) {
        (self.chain, self.links) = (0, 0);
    }

    /// The cost of what is around the token and inside it.
    fn enter(&mut self, tree: &TokenTree, operator: usize) -> usize {
        let goes_on = match tree {
            TokenTree::Punct(sign) => !matches!(sign.as_char(), '#' | '\'' | '$'),
            TokenTree::Ident(word) => word == "else" || word == "as",
            _ => false,
        };
        if self.behind_brace && matches!(tree, TokenTree::Ident(word) if word == "else") {
            self.links = self.links.saturating_add(SIGN);
            self.chain = self.links;
        } else if self.behind_brace && !goes_on {
            self.begin();
        }
        self.behind_brace = matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        if !matches!(tree, TokenTree::Punct(_)) {
            self.pair = None;
        }
        match tree {
            TokenTree::Punct(sign) if sign.as_char() == '#' => self.attribute = true,
            TokenTree::Punct(sign) if matches!(sign.as_char(), ',' | ';') => self.begin(),
            TokenTree::Punct(sign) => {
                let cost = self.cost(sign, operator);
                self.chain = self.chain.saturating_add(cost);
            }
            TokenTree::Ident(word) if OPENING.iter().any(|opening| word == opening) => {
                self.chain = self.chain.saturating_add(GROUP);
            }
            TokenTree::Ident(word) if NESTING.iter().any(|nesting| word == nesting) => {
                self.chain = self.chain.saturating_add(SIGN);
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket && self.attribute => {
                self.attribute = false;
                return self.outside.saturating_add(self.chain).saturating_add(GROUP);
            }
            TokenTree::Group(_) => {
                // `a[0][0]`, `f()()`.
                self.chain = self.chain.saturating_add(SIGN);
                return self.outside.saturating_add(self.chain).saturating_add(GROUP);
            }
            _ => {}
        }
        self.outside.saturating_add(self.chain)
    }
}

/// Words behind which code stands in other code, where no sign tells of it.
const NESTING: [&str; 5] = ["else", "as", "move", "async", "dyn"];
/// Those behind which as much can stand as in a bracket.
const OPENING: [&str; 5] = ["fn", "impl", "return", "break", "yield"];

struct Walk {
    cost: usize,
    found: Option<syn::Error>,
}

impl Walk {
    fn inside(&mut self, cost: usize, at: impl ToTokens, walk: impl FnOnce(&mut Self)) {
        if self.found.is_some() {
            return;
        }
        let outside = self.cost;
        self.cost = self.cost.saturating_add(cost);
        if self.cost > BUDGET {
            self.found = Some(too_deep(at));
        } else {
            walk(self);
        }
        self.cost = outside;
    }
}

impl Visit<'_> for Walk {
    fn visit_expr(&mut self, expr: &Expr) {
        let cost = match expr {
            Expr::Binary(binary) if is_rewritten(binary.op) => REWRITTEN,
            Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => REWRITTEN,
            Expr::MethodCall(call) if method::is_rewritten(call) => REWRITTEN,
            Expr::Cast(_) => REWRITTEN,
            Expr::Index(_) => REWRITTEN.saturating_add(GROUP),
            Expr::Paren(_) | Expr::Call(_) | Expr::Array(_) | Expr::Tuple(_) => GROUP,
            _ => SIGN,
        };
        self.inside(cost, expr, |walk| syn::visit::visit_expr(walk, expr));
    }
    fn visit_block(&mut self, block: &Block) {
        self.inside(GROUP, block, |walk| syn::visit::visit_block(walk, block));
    }
    /// Its arguments may be expressions, and are rewritten then.
    fn visit_macro(&mut self, of: &syn::Macro) {
        if self.found.is_none() {
            self.found = walk(&of.tokens, self.cost, REWRITTEN).err();
        }
    }
}

fn is_rewritten(operator: BinOp) -> bool {
    use BinOp::{And, Eq, Ge, Gt, Le, Lt, Ne, Or};
    !matches!(operator, And(_) | Or(_) | Eq(_) | Ne(_) | Lt(_) | Le(_) | Gt(_) | Ge(_))
}

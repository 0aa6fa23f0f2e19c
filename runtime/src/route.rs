//! Routed handlers: the tables of their rules, and the gates that demand them.

pub mod axum;
pub mod rocket;

use core::any::type_name;

/// One value that a client sends to a handler, and what is asked of it: a row of [`rules_of!`](crate::rules_of).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// The name that the body has for it. Of `require(..)` the names that the condition is about, of a trusted parameter and of one
    /// that binds nothing its pattern.
    pub parameter: &'static str,
    /// Its type as it is written, where the signature shows it; else nothing.
    pub ty: &'static str,
    /// The rules as they are written in `check(..)`; nothing where none are.
    pub rule: &'static str,
    /// Who judges the value.
    pub judged: Judged,
    /// The reasons of each `trusted(reason = "..")`, of the value or of a part of it.
    pub trusted: &'static [&'static str],
}

/// Who judges a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Judged {
    /// The rules that stand before it.
    ByRules,
    /// Its type, or what that holds: by `Covered`, or `Validate`.
    ByType,
    /// Nobody has to: of a `bool` and of `()` any value is as good as another.
    Any,
    /// Nobody: it is trusted, for a reason.
    Trusted,
    /// Nobody: `validated_input` is left out, the parameter binds nothing, or it has no rule and `observe` passes it over.
    Not,
}

/// What a gate demands of a handler. It has no method to call and is not to be implemented by hand: `#[zero_trust(route)]` does.
#[diagnostic::on_unimplemented(
    message = "[PC0131] nothing says that this routed handler is protected",
    label = "no `#[zero_trust(route)]` stands on it",
    note = "write `#[zero_trust(route)]` above the function, and above its\n\
            other attributes",
    note = "or, if no client's value needs a check:\n\
            `portcullis::unprotected!(handler, reason = \"..\")` in its place",
    note = "see https://docs.rs/portcullis/latest/portcullis/errors/PC0131/"
)]
pub trait Protected {
    /// See `rules_of!`.
    const RULES: Rules;
    /// See `protections_of!`.
    const PROTECTIONS: Texts;

    /// The handler, which has to be the function that this type stands beside.
    ///
    /// # Panics
    /// When it is another: a function shadows what a glob import brings, but leaves the type of that name.
    #[track_caller]
    fn gated<F>(handler: F) -> F;
}

/// What expanded code implements. Apart from `Protected`, so that an error does not list all handlers of the program.
pub trait Routed {
    /// See `rules_of!`.
    const RULES: Rules;
    /// See `protections_of!`.
    const PROTECTIONS: Texts;
}

#[diagnostic::do_not_recommend]
impl<H: Routed> Protected for H {
    const RULES: Rules = H::RULES;
    const PROTECTIONS: Texts = H::PROTECTIONS;

    #[track_caller]
    fn gated<F>(handler: F) -> F {
        let (of_type, of_handler) = (type_name::<H>(), type_name::<F>());
        // Behind the name stand the type arguments of the function, which the type has none of.
        let rest = of_handler.strip_prefix(of_type);
        assert!(
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('<')),
            "portcullis: [PC0131] `{of_handler}` is routed, and nothing says that it is protected: the type of that name is that of `{of_type}`\n\
             see https://docs.rs/portcullis/latest/portcullis/errors/PC0131/"
        );
        handler
    }
}

/// A table.
pub type Rules = &'static [Rule];
/// A list.
pub type Texts = &'static [&'static str];

/// A row of it.
#[must_use]
pub const fn rule(
    parameter: &'static str,
    ty: &'static str,
    rule: &'static str,
    judged: Judged,
    trusted: &'static [&'static str],
) -> Rule {
    Rule { parameter, ty, rule, judged, trusted }
}

/// What a gate finds where a handler's path leads to no type.
pub mod not_protected {
    /// No handler at all.
    #[allow(non_camel_case_types, reason = "a name that no user has")]
    #[derive(Debug)]
    pub enum __portcullis_handler {}
}

/// A handler that `#[zero_trust(route)]` stands on; any other does not compile.
///
/// ```
/// use portcullis::Violation;
///
/// mod handlers {
///     use portcullis::{Violation, zero_trust};
///
///     #[zero_trust(route)]
///     pub fn collect(#[check(range(min = 1, max = 86_400))] secs: u32) -> Result<u32, Violation> {
///         Ok(secs * 50)
///     }
/// }
/// use handlers::collect;
///
/// // What a router of any framework does: it takes a function.
/// fn route<F: Fn(u32) -> Result<u32, Violation>>(handler: F) -> F {
///     handler
/// }
///
/// let routed = route(portcullis::gated!(collect));
/// assert_eq!(routed(60).unwrap(), 3_000);
/// // The function is what it was.
/// assert_eq!(collect(60).unwrap(), 3_000);
/// ```
///
/// ```compile_fail
/// fn bare() {}
/// portcullis::gated!(bare)();
/// ```
///
/// It takes the path of a function, also with type arguments (`list::<Card>`), or `unprotected!(..)`, and is that function: for
/// `web::post().to(gated!(handler))` of actix, `.then(gated!(handler))` of warp, and every other router that takes a function.
/// See [`zero_trust`](crate::zero_trust#routes) for what it demands, and what it cannot see.
#[macro_export]
macro_rules! gated {
    ($($handler:tt)*) => { $crate::__private::gates::gated!($crate; $($handler)*) };
}

/// A handler without protection, where a gate wants one: the exception that can be searched for.
///
/// ```
/// fn health() -> &'static str {
///     "ok"
/// }
///
/// let route = portcullis::gated!(portcullis::unprotected!(health, reason = "takes nothing from the client"));
/// assert_eq!(route(), "ok");
/// ```
///
/// The reason has at least 10 characters (PC0090). It also takes what a gate does not: a closure, a method, a service.
#[macro_export]
macro_rules! unprotected {
    ($($handler:tt)*) => { $crate::__private::gates::unprotected!($crate; $($handler)*) };
}

/// The table of a handler's rules, a constant: `&'static [`[`Rule`]`]`.
///
/// ```
/// use portcullis::{Judged, Rule, Violation, rules_of, zero_trust};
///
/// #[zero_trust(route)]
/// fn buy(
///     #[trusted(reason = "the server's own price list")] price: u32,
///     #[check(range(min = 1, max = 1_000_000))] count: u32,
/// ) -> Result<u32, Violation> {
///     Ok(price * count)
/// }
///
/// const RULES: &[Rule] = rules_of!(buy);
/// assert_eq!((RULES[0].parameter, RULES[0].judged), ("price", Judged::Trusted));
/// assert_eq!(RULES[0].trusted, ["the server's own price list"]);
/// assert_eq!(buy(3, 2).unwrap(), 6);
/// assert_eq!((RULES[1].parameter, RULES[1].ty, RULES[1].rule), ("count", "u32", "range(min = 1, max = 1_000_000)"));
/// ```
///
/// One row for each value that a parameter brings, in their order, and one for each condition of `require`. The function needs
/// `#[zero_trust(route)]`: the table stands beside it, and costs nothing at run time where nobody asks for it. The rules of a
/// type stand in the type, and are not to be seen here.
#[macro_export]
macro_rules! rules_of {
    ($($handler:tt)*) => { $crate::__private::gates::rules_of!($crate; $($handler)*) };
}

/// What `zero_trust` put on a handler, with its limits, outermost first: `&'static [&'static str]`, a constant.
///
/// ```
/// use portcullis::{Violation, protections_of, zero_trust};
///
/// #[zero_trust(route, bounded_recursion(max = 8), without(catch_panic))]
/// fn level(#[check(range(max = 9))] number: u8) -> Result<u8, Violation> {
///     Ok(number + 1)
/// }
///
/// const PROTECTIONS: &[&str] = protections_of!(level);
/// assert_eq!(PROTECTIONS[0], "bounded_recursion(max = 8)");
/// assert_eq!((PROTECTIONS.len(), level(1).unwrap()), (4, 2));
/// ```
#[macro_export]
macro_rules! protections_of {
    ($($handler:tt)*) => { $crate::__private::gates::protections_of!($crate; $($handler)*) };
}

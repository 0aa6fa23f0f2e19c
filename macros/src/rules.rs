//! Every compile-time rule. `ERRORS.md` explains each, and `tests/ui/` holds a case for each; `tests/house.rs` compares
//! the three.

use quote::ToTokens;

/// The rules that the macros enforce themselves. PC0007, PC0020, PC0102, PC0122, PC0131 and in part PC0006 and PC0103 are enforced by
/// traits of the runtime, where the compiler knows the types.
#[derive(Clone, Copy)]
pub(crate) enum Rule {
    /// On something that is not a function with a body.
    WrongItem,
    /// A module whose file a macro does not see.
    FileModule,
    /// A key that the attribute does not have, or that has no such form.
    UnknownKey,
    /// `const fn`, variadic function.
    WrongFunction,
    /// A key given twice.
    KeyTwice,
    /// A value that the key does not take.
    WrongValue,
    /// The return type can carry nothing.
    NoWayOut,
    /// A protection of a future that the function does not hold, or of more than its future.
    UnseenFuture,
    /// `or(return ..)` names a parameter that the body binds again.
    ShadowedInOr,
    /// `#[track_caller]` and a boundary.
    TrackCaller,
    /// A protection beside `zero_trust` that is already in it.
    ProtectionTwice,
    /// A cast in a function that holds `unsafe`, where `zero_trust` would have to pass over it.
    CastBesideUnsafe,
    /// A loop in a function that holds `unsafe`, which `zero_trust` would have to leave without a checkpoint.
    LoopBesideUnsafe,
    /// An escape without a reason.
    NoReason,
    /// An escape that names nothing, or stands where it covers less than it seems to.
    WrongEscape,
    /// An escape with nothing under it to excuse.
    EscapesNothing,
    /// A parameter with no rule.
    NoCheck,
    /// A rule that does not fit the type.
    MisfitCheck,
    /// A rule that admits nothing.
    EmptyCheck,
    /// A bound outside the type.
    OutsideType,
    /// A rule without a bound.
    UnboundedCheck,
    /// A rule that no binding of the pattern has the name for.
    UnknownBinding,
    /// A rule that does not exist, or is not written so.
    UnknownCheck,
    /// A field of a covered type with no rule.
    NotCovered,
    /// A list of nested values that may have any length.
    EndlessList,
    /// A rule of `validator` that the walk over a covered type cannot ask.
    Unasked,
    /// A gate before something that is not a function's name.
    NotAHandler,
    /// `route` on a method.
    NoRouteHere,
    /// Functions that call each other, and none of them has a bound.
    UnboundedRecursion,
    /// A type that holds itself, where a client chooses the value.
    NestedInput,
}

impl Rule {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::WrongItem => "PC0001",
            Self::FileModule => "PC0002",
            Self::UnknownKey => "PC0003",
            Self::WrongFunction => "PC0004",
            Self::KeyTwice => "PC0005",
            Self::WrongValue => "PC0006",
            Self::NoWayOut => "PC0007",
            Self::UnseenFuture => "PC0008",
            Self::ShadowedInOr => "PC0009",
            Self::TrackCaller => "PC0010",
            Self::ProtectionTwice => "PC0012",
            Self::CastBesideUnsafe => "PC0021",
            Self::LoopBesideUnsafe => "PC0022",
            Self::NoReason => "PC0090",
            Self::WrongEscape => "PC0091",
            Self::EscapesNothing => "PC0092",
            Self::NoCheck => "PC0101",
            Self::MisfitCheck => "PC0103",
            Self::EmptyCheck => "PC0104",
            Self::OutsideType => "PC0105",
            Self::UnboundedCheck => "PC0106",
            Self::UnknownBinding => "PC0108",
            Self::UnknownCheck => "PC0110",
            Self::NotCovered => "PC0121",
            Self::EndlessList => "PC0123",
            Self::Unasked => "PC0124",
            Self::NotAHandler => "PC0132",
            Self::NoRouteHere => "PC0133",
            Self::UnboundedRecursion => "PC0201",
            Self::NestedInput => "PC0204",
        }
    }

    /// The error under `tokens`. `new_spanned`, since `new(span)` underlines only the first token on stable.
    pub(crate) fn error(self, tokens: impl ToTokens, message: &str) -> syn::Error {
        syn::Error::new_spanned(tokens, format!("[{}] {message}", self.code()))
    }
}

/// PC0013, which the runtime judges: a macro does not see its features.
pub(crate) fn needs_std(protections: &[&str]) -> String {
    let names: Vec<String> = protections.iter().map(|name| format!("`{name}`")).collect();
    let verb = if names.len() == 1 { "needs" } else { "need" };
    format!(
        "[PC0013] {} {verb} the feature `std` of portcullis, which is off\n\
         help: enable it (`features = [\"std\"]`), or go without: `without({})`",
        names.join(" and "),
        protections.join(", ")
    )
}

/// PC0016, judged there too.
pub(crate) const NEEDS_COUNTING: &str = "[PC0016] `allocation_budget` needs the feature `alloc-count` of portcullis, which is off\n\
     help: enable it (`features = [\"alloc-count\"]`), and make `portcullis::counting::Counting` the program's global allocator";

/// PC0011, which only the user's own crate can judge: a macro does not see the target's panic strategy.
pub(crate) const PANIC_ABORT: &str = "[PC0011] `catch_panic` catches nothing under `panic = \"abort\"`\n\
     help: remove `panic = \"abort\"` from the profile, or accept that a panic ends the server: `without(catch_panic)`";

/// PC0014, judged in the user's crate for the same reason.
pub(crate) const UNWIND_ABORT: &str = "[PC0014] a violation in a closure of this function has to unwind out of it, and `panic = \"abort\"` forbids that\n\
     help: remove `panic = \"abort\"` from the profile, or write the closure as a loop\n\
     help: or say that a violation may end the server: `or(panic)`";

/// PC0203, which is a warning: what it finds is superfluous, and not wrong.
pub(crate) fn idle_bound(name: &str) -> String {
    format!(
        "[PC0203] nothing leads from `{name}` back to it, so this bound on recursion does nothing\n\
         help: remove it"
    )
}

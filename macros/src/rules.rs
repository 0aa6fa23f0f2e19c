//! Every compile-time rule. `runtime/src/errors/` holds a page on each, and `tests/ui/` a case for each; `tests/house.rs`
//! compares the three.

use proc_macro2::Span;
use quote::ToTokens;

use crate::text;

/// The rules that the macros enforce themselves. PC0007, PC0020, PC0102, PC0122, PC0131 and in part PC0006 and PC0103 are enforced by
/// traits of the runtime, where the compiler knows the types.
#[derive(Clone, Copy, PartialEq, Eq)]
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
    /// Code that would overflow the compiler's stack.
    TooDeep,
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
    /// A proof of a function that the linker does not see as one.
    Unprovable,
    /// Functions that call each other, and none of them has a bound.
    UnboundedRecursion,
    IndirectRecursion,
    /// A type that holds itself, where a client chooses the value.
    NestedInput,
    /// The rest is `strict`'s. `unwrap`, `expect`.
    Unwrap,
    /// An index that no pass replaces.
    UncheckedIndex,
    /// A cast that no pass replaces.
    UncheckedCast,
    /// `panic!`, `assert!` and the like.
    PanickingMacro,
    /// A loop that only its input ends.
    UnboundedLoop,
    ProcessExit,
    UnsafeCode,
    /// Memory that is never freed.
    Leak,
    UnboundedChannel,
    /// A task that nobody waits for.
    DetachedSpawn,
    /// A guard of a synchronous lock, held across `.await`.
    GuardAcrossAwait,
    /// A macro whose arguments hold what a protection would look at.
    OpaqueMacro,
    /// An allocation as large as a client says.
    SizeFromInput,
    /// A static that only grows.
    GrowingStatic,
    /// A call that blocks, in async code.
    Blocking,
    /// A check that unwinds while a guard of `std` is held.
    CheckBesideGuard,
    /// A place where the call may end, behind a write that others see.
    PartialWrite,
    /// Arithmetic whose result is outside its type for a value that the rules admit.
    SurelyOverflows,
    /// A divisor that the rules admit is zero.
    DividesByZero,
    /// An index that the rules admit is outside.
    OutsideList,
    /// A shift that the rules admit is as wide as the type.
    ShiftsTooFar,
    /// A cast that loses a value that the rules admit.
    LosesValue,
    /// A condition that the rules decide.
    DecidedByRules,
    /// The answer to `explain`.
    Explained,
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
            Self::TooDeep => "PC0015",
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
            Self::Unprovable => "PC0603",
            Self::UnboundedRecursion => "PC0201",
            Self::IndirectRecursion => "PC0202",
            Self::NestedInput => "PC0204",
            Self::Unwrap => "PC0401",
            Self::UncheckedIndex => "PC0402",
            Self::UncheckedCast => "PC0403",
            Self::PanickingMacro => "PC0404",
            Self::UnboundedLoop => "PC0405",
            Self::ProcessExit => "PC0406",
            Self::UnsafeCode => "PC0407",
            Self::Leak => "PC0408",
            Self::UnboundedChannel => "PC0409",
            Self::DetachedSpawn => "PC0410",
            Self::GuardAcrossAwait => "PC0411",
            Self::OpaqueMacro => "PC0412",
            Self::SizeFromInput => "PC0413",
            Self::GrowingStatic => "PC0414",
            Self::Blocking => "PC0415",
            Self::CheckBesideGuard => "PC0416",
            Self::PartialWrite => "PC0417",
            Self::SurelyOverflows => "PC0301",
            Self::DividesByZero => "PC0302",
            Self::OutsideList => "PC0303",
            Self::ShiftsTooFar => "PC0304",
            Self::LosesValue => "PC0305",
            Self::DecidedByRules => "PC0306",
            Self::Explained => "PC0307",
        }
    }

    /// The error at a place that the parser tells.
    pub(crate) fn at(self, span: Span, message: &str) -> syn::Error {
        syn::Error::new(span, worded(self.code(), message))
    }

    /// The error under `tokens`. `new_spanned`, since `new(span)` underlines only the first token on stable.
    pub(crate) fn error(self, tokens: impl ToTokens, message: &str) -> syn::Error {
        syn::Error::new_spanned(tokens, worded(self.code(), message))
    }
}

/// A message as every rule prints it: its code, lines that a terminal shows whole, and the page that explains it. The traits
/// of the runtime name that page in a note.
fn worded(code: &str, message: &str) -> String {
    // `error: `, under which the compiler sets the other lines too.
    const WIDTH: usize = 80 - 7;
    let message = text::wrapped(&format!("[{code}] {message}"), WIDTH).replace('\u{a0}', " ");
    format!("{message}\nsee: https://docs.rs/portcullis/latest/portcullis/errors/{code}/")
}

/// PC0013, which the runtime judges: a macro does not see its features.
pub(crate) fn needs_std(protections: &[&str]) -> String {
    let names: Vec<String> = protections.iter().map(|name| format!("`{name}`")).collect();
    let verb = if names.len() == 1 { "needs" } else { "need" };
    // A key, which `without` does not take.
    let left_out: Vec<&str> = protections.iter().copied().filter(|name| *name != "observe").collect();
    let without = if left_out.is_empty() { String::new() } else { format!(": `without({})`", left_out.join(", ")) };
    let message = format!(
        "{} {verb} the feature `std` of portcullis, which is off\n\
         help: enable it (`features = [\"std\"]`), or go without{without}",
        names.join(" and ")
    );
    worded("PC0013", &message)
}

/// PC0016, judged there too.
pub(crate) fn needs_counting() -> String {
    worded(
        "PC0016",
        "`allocation_budget` needs the feature `alloc-count` of portcullis, which is off\n\
         help: enable it (`features = [\"alloc-count\"]`), and make `portcullis::counting::Counting` the program's global allocator",
    )
}

/// PC0011, which only the user's own crate can judge: a macro does not see the target's panic strategy.
pub(crate) fn panic_abort() -> String {
    worded(
        "PC0011",
        "`catch_panic` catches nothing under `panic = \"abort\"`\n\
         help: remove `panic = \"abort\"` from the profile, or accept that a panic ends the server: `without(catch_panic)`",
    )
}

/// PC0602, judged in the user's crate too, and only while it proves.
pub(crate) fn proof_abort() -> String {
    worded(
        "PC0602",
        "the proof shows nothing under `panic = \"abort\"`: no panic unwinds there\n\
         help: prove in a profile with `panic = \"unwind\"`",
    )
}

/// PC0014, judged in the user's crate for the same reason.
pub(crate) fn unwind_abort() -> String {
    worded(
        "PC0014",
        "a violation in a closure of this function has to unwind out of it, and `panic = \"abort\"` forbids that\n\
         help: remove `panic = \"abort\"` from the profile, or write the closure as a loop\n\
         help: or say that a violation may end the server: `or(panic)`",
    )
}

/// PC0203, which is a warning: what it finds is superfluous, and not wrong. On a line of its own, behind the compiler's words.
pub(crate) fn idle_bound(name: &str) -> String {
    let message = format!(
        "nothing leads from `{name}` back to it, so this bound on recursion does nothing\n\
         help: remove it"
    );
    format!("\n{}", worded("PC0203", &message))
}

//! Attributes that harden the functions of a server that face its clients.
//!
//! ```
//! use portcullis::{Violation, zero_trust};
//!
//! #[zero_trust]
//! fn collect_idle(
//!     #[trusted(reason = "the server's own clock")] now: i32,
//!     #[check(range(min = 1, max = 86_400))] secs: i32,
//! ) -> Result<i32, Violation> {
//!     Ok(now + secs * 1_000)
//! }
//!
//! assert_eq!(collect_idle(0, 60).unwrap(), 60_000);
//! assert_eq!(collect_idle(0, 0).unwrap_err().code(), "input.range");
//! assert_eq!(collect_idle(i32::MAX, 1).unwrap_err().code(), "arithmetic.overflow");
//! ```
//!
//! | attribute | promise | cost |
//! |---|---|---|
//! | [`validated_input`] | no parameter reaches the body without a rule, a `Validate`, or a reason | that of the same checks by hand |
//! | [`checked_arithmetic`] | integer operators, methods and casts refuse where they would wrap, truncate or panic | that of `checked_*` by hand |
//! | [`checked_indexing`] | an index, a range or a key refuses where it would panic | none, but for some maps |
//! | [`bounded_recursion`] | the function, or a group of them, is entered at most `max` deep, also across tasks; or no deeper than the stack allows | one thread-local count; or four instructions |
//! | [`shed_load`] | no request begins while memory is critical | one relaxed load, and a thread that samples |
//! | [`bounded_concurrency`] | no more than `max` requests are in the function at once, and it refuses the next | two atomic operations |
//! | [`catch_panic`] | a panic becomes a refusal | one `catch_unwind` |
//! | [`bounded_steps`] | a request takes at most `max` loop iterations and protected calls | six instructions an iteration |
//! | [`deadline`] | a future is dropped at its deadline; other code stops at its next iteration or protected call | the same; a call reads the clock |
//! | [`bounded_allocation`] | no call of the body asks for more memory than `max`, and nothing that never ends is collected | that of the same tests by hand |
//! | `allocation_budget`, in [`zero_trust`] | a request asks for no more than that in all | none at a checkpoint; that of `counting::Counting` |
//! | [`zero_trust`] | all of them; those that need a limit of yours where it is given | their sum |
//! | `observe`, in [`zero_trust`] | nothing is refused, and what would be is counted and told | see [Levels](zero_trust#levels) |
//!
//! A broken limit is a [`Violation`]. The function returns it through [`FromViolation`], unless the attribute says
//! otherwise: `or(panic)`, whose message ends with the words of the language's own panic for an operator of integers and an index that is no
//! range, or `or(return <expr>)`, in which the expression sees `violation`, `self` and the parameters.
//! With the feature of a framework it is that framework's response, of which the client hears the public half.
//! Mistakes in the use of an attribute are compile errors with a code, `[PC####]`, and the address of the page that explains it:
//! [`errors`].
//!
//! **Features.** None switches a protection off: code that needs one which is off does not compile.
//!
//! | feature | on by default | without it |
//! |---|---|---|
//! | `alloc-count`, with `std` | no | no `counting`; `allocation_budget` is the compile error PC0016 |
//! | `graphemes` | no | no `length(.., unit = graphemes)` |
//! | `heap-profile`, with `incident` | no | no heap profile in a report |
//! | `incident`, with `std` | no | no `portcullis::incident`: reports of who is to blame when memory runs out, a status page, gauges for Prometheus; with `axum`, handlers for both |
//! | `metrics`, with `std` | no | no counters, histograms and gauges of `metrics` |
//! | `tracing`, with `std` | no | no events of `tracing` |
//! | `axum`, `actix`, `poem`, `rocket`, `warp`, each with `problem-json` | no | a [`Violation`] is no response of that framework |
//! | `tonic`, with `std` | no | a [`Violation`] becomes no `tonic::Status` |
//! | `problem-json`, with `std` | no | no `Answer`: a [`Violation`] as `application/problem+json` (RFC 9457); no `portcullis::set_answer` |
//! | `stream`, with `validator` | no | no `portcullis::checked_items`, `checked_iter`, `checked_bytes`: what a client sends after the handler has begun |
//! | `tokio`, with `std` | no | no `portcullis::spawn`, no `Tasks`, `channel`, `interval`, `sleep`: tasks, messages and timers that are bounded and counted |
//! | `bytes`, with `alloc` | no | no `portcullis::kept_slice`, and no [`kept`] of a `Bytes` |
//! | `validator`, with `std` | yes | no types that derive `Validate`; no rules `length` in characters, `email`, `url`, `regex`, `non_control`, `custom` |
//! | `std`, with `alloc` | yes | [`catch_panic`], [`bounded_recursion`], [`bounded_steps`], [`deadline`], [`shed_load`], [`bounded_concurrency`], [`bounded_allocation`], and a [`zero_trust`] that has them, are the compile error PC0013; no [`memory`] |
//! | `alloc` | yes | a [`Violation`] has its code and its place, no operands and no fields |
//!
//! With `default-features = false` the crate is `no_std` and needs `core` only: [`checked_arithmetic`] and
//! [`checked_indexing`] are whole but for violations in closures, which are panics there, and [`validated_input`] has the rules `range`, `one_of`, `finite`, `ascii`, `each`, `keys`, `values`, and `length` in bytes.
//!
//! **Seen from outside.** [`set_observer`] has a function of yours hear of each refusal. With `tracing` each is an event of the target
//! `portcullis`: `DEBUG` for input, `ERROR` for a panic, else `WARN`, with the fields `handler`, `kind`, `code`, `param`, `count`,
//! `location`, and of one function at most ten a second, the next of which says how many were `suppressed`; so are changes of the
//! memory's state. With `metrics` it is counted in `portcullis.violations` {`handler`, `kind`, `code`}, what [`zero_trust(observe)`](zero_trust#levels) would
//! refuse in `portcullis.observed`, depths in the histogram
//! `portcullis.depth` {`handler`}, and the gauges `portcullis.memory.state`, `.used`, `.limit`, `portcullis.in_flight` {`handler`} are set
//! at each sample of the memory. No label is what a client sent.
//!
//! **A refusal undoes nothing.** An operator in mid-body, an iteration too many, a deadline at an `.await` leave the writes made before them. Input is therefore checked
//! before the body, and all of it.
#![doc(test(attr(deny(warnings))))]
#![no_std]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

// The examples, and what the derive of `validator` prints, name this crate as a user does.
extern crate self as portcullis;

mod allocation;
#[cfg(any(feature = "problem-json", feature = "tonic"))]
mod answer;
mod arithmetic;
#[cfg(feature = "std")]
mod boundary;
#[cfg(feature = "alloc")]
mod bounded;
#[cfg(feature = "tokio")]
mod channel;
#[cfg(feature = "std")]
mod checkpoint;
#[cfg(feature = "std")]
mod concurrency;
#[cfg(feature = "alloc-count")]
pub mod counting;
#[cfg(all(feature = "std", not(feature = "alloc-count")))]
#[path = "counting/off.rs"]
mod counting;
#[cfg(feature = "std")]
mod deadline;
#[cfg(feature = "std")]
mod depth;
#[cfg(any(doc, doctest))]
pub mod errors;
mod escapes;
#[cfg(feature = "std")]
#[cfg_attr(
    not(feature = "incident"),
    allow(dead_code, reason = "the tables are kept all the same, and `incident` reads them")
)]
mod evidence;
#[cfg(feature = "tokio")]
mod gauge;
#[cfg(feature = "incident")]
pub mod incident;
mod indexing;
mod input;
mod judged;
#[cfg(feature = "alloc")]
mod kept;
mod late;
#[cfg(feature = "std")]
pub mod memory;
#[cfg(feature = "std")]
mod observe;
mod proof;
mod refusal;
#[cfg(feature = "std")]
mod request;
mod route;
mod shown;
#[cfg(feature = "std")]
mod stack;
#[cfg(not(feature = "std"))]
mod stand_in;
#[cfg(feature = "std")]
mod steps;
#[cfg(feature = "alloc")]
mod take_apart;
#[cfg(feature = "tokio")]
mod task;
pub mod testing;
#[cfg(feature = "tokio")]
mod timer;
mod total;
mod violation;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

/// Refuses the call that would enter the function more than `max` deep.
///
/// ```
/// use portcullis::{Violation, bounded_recursion};
///
/// struct Tree(Vec<Tree>);
///
/// impl Tree {
///     #[bounded_recursion(max = 32)]
///     fn count(&self) -> Result<u32, Violation> {
///         let mut count = 1;
///         for child in &self.0 {
///             count += child.count()?;
///         }
///         Ok(count)
///     }
/// }
///
/// let mut tree = Tree(Vec::new());
/// for _ in 1..32 {
///     tree = Tree(vec![tree]);
/// }
/// assert_eq!(tree.count().unwrap(), 32);
///
/// let tree = Tree(vec![tree]);
/// assert_eq!(tree.count().unwrap_err().code(), "recursion.depth");
/// ```
///
/// **Keys.**
///
/// | key | |
/// |---|---|
/// | `max = <expr>` | any integer, asked at each call; 64 when not given |
/// | `mode = count`, `stack` or `both` | whether levels are counted, the bytes of the stack that are left are looked at, or both; `count` when not given. `max` and `group` are for levels: PC0006 beside `stack` |
/// | `group = <path>` | one count for functions that call each other: a group that [`recursion_group!`] declares. Each function tests its own `max` against it |
/// | `key = <expr>` | who calls, with `Display`: evaluated for a refusal, where it is kept in [`Internal::key`] beside the count, and at each 1,024th level, for who looks at a deep recursion while it runs; so it moves nothing |
/// | `or(..)` | |
///
/// **What is counted**: the entries of this function, or of the group, that have not returned, over all instances of a
/// generic function. Each call is tested. One that ends before it can call anything, as at `if n == 0 { return Ok(0); }`, is not counted
/// further down, as there is nothing further down, and with `mode = stack` it is not asked. The count is restored however the function is left: return, `?`, panic. Two functions without a group
/// that call each other have two counts, and are bounded when either is.
///
/// **Futures.** An `async fn` takes the depth where it is called, and each poll runs under it: on whichever thread, in
/// `join!` and `select!`, after `tokio::spawn`. It is refused when it is first polled, before its body. The counts of other
/// functions that are entered are taken along too. A plain `async` block or a closure that runs elsewhere takes nothing
/// along unless it is wrapped in [`carry`] or [`carry_call`], or spawned by `portcullis::spawn` (feature `tokio`).
///
/// For this an `async fn` becomes `fn(..) -> impl Future<Output = ..>`, as the language itself has it: parameters, lifetimes,
/// drops and `Send` stay what they were. A function that spawns itself has to be written so that the compiler can tell that
/// its future is `Send`, with or without the attribute: `fn(..) -> impl Future<Output = ..> + Send` or
/// `-> Pin<Box<dyn Future<Output = ..> + Send>>`, ending with `async move { .. }` or `Box::pin(async move { .. })`. Of a
/// function that returns a future made elsewhere nothing can be seen: PC0008.
///
/// **The stack.** With `mode = stack` or `both` a call is refused, with the code `recursion.stack`, where only a reserve of the
/// thread's stack is left: 128 KiB, which hold any error, a panic with its backtrace (22 KiB), and callees that do not ask.
/// That is so much whatever the frames are like, so `both` is the mode for a parser of what a client sent.
///
/// ```
/// use portcullis::{Violation, bounded_recursion};
///
/// #[bounded_recursion(mode = both, max = 1_000_000)]
/// fn depth(text: &[u8]) -> Result<usize, Violation> {
///     match text {
///         [b'[', inner @ ..] => Ok(depth(inner)? + 1),
///         _ => Ok(0),
///     }
/// }
///
/// assert_eq!(depth(b"[[[]]]").unwrap(), 3);
/// assert_eq!(depth(&[b'['; 900_000]).unwrap_err().code(), "recursion.stack");
/// ```
///
/// | stack | |
/// |---|---|
/// | of a thread of `std`, of a worker or the blocking pool of tokio, of `main` | watched whole, but for the reserve |
/// | of a thread under 256 KiB | a quarter is the reserve: of 128 KiB enough for a backtrace, of 64 KiB for an error only |
/// | of a thread under 64 KiB | not watched: calls are let through, and a line on standard error says so once |
/// | of `main` without a limit (`ulimit -s unlimited`) | watched as 8 MiB. A limit that is changed later is not seen |
/// | that another allocated: a segment of `stacker` or `recursive`, a coroutine | not watched: calls are let through, never refused, and a line on standard error says so once. `both` counts them |
/// | on other systems than Linux, Android and Apple's; of `main` where `/proc` is not there | from where the thread's first such call came, 512 KiB are assumed. So a larger stack is not used up, and a smaller one not watched. The bounds on Apple's systems are not tested |
/// | under Miri | has no end, and nothing is refused |
///
/// The stack pointer is looked at where the function begins, or past such an end. A frame, or a callee without the attribute, that needs more than
/// the reserve is not seen, nor a loop that the compiler made of a recursion: it uses no stack, and ends when it ends. An
/// `async fn` is asked at its first poll, of the stack of whoever polls.
///
/// **Cost.** Of a count: one load, comparison and store of a `const` thread-local, and one store at the end; of a call that ends before
/// it can call anything the load and the comparison. The guard has a destructor, so a call in tail position is no jump any more. An empty function that recurses feels it; a parser does not.
/// From 1,023 levels on an entry is admitted by a call of its own, 2 ns more, and what goes beyond a 1,024th leaves a mark: 40 ns.
/// Of the stack: four instructions, in a library some more, and a call in tail position stays one where it was (`tests/user_crate.rs` looks at the
/// assembly), on x86-64 and 64-bit ARM; elsewhere the address of a local is taken, which costs about what a count does. The first
/// call of a thread asks the system where its stack is: 2 µs, and 50 µs on `main`.
/// A future grows by two words; its call and its poll cost 5 ns together, of the 15 that an empty boxed call takes, and behind a `dyn`
/// less than 1 of 21. When other functions are entered
/// where it is made, an allocation more. `tests/benches/recursion.rs` measures all of it.
///
/// **What it cannot see.** A count knows nothing of bytes: choose `max` by the size of the function's frames, which are
/// larger in a debug build, or add `mode = both`. What the compiler derives recurses through a deep value without asking anyone: `Drop`, `Clone`,
/// `Debug`, `PartialEq`, `Hash`, `Serialize`. So bound the depth where the value is made, at one that all of them can take, or
/// have it dropped by [`drop_iteratively`] and let nothing else loose on it.
pub use portcullis_macros::bounded_recursion;

/// Makes a type one that [`drop_iteratively`] can take apart: a struct or an enum.
///
/// ```
/// # #![allow(dead_code)]
/// use std::collections::HashMap;
///
/// use portcullis::{TakeApart, drop_iteratively};
///
/// #[derive(TakeApart)]
/// enum Value {
///     Number(f64),
///     Text(String),
///     List(Vec<Value>),
///     Map(HashMap<String, Value>),
/// }
///
/// let deep = (0..1_000_000).fold(Value::Number(1.0), |inner, _| Value::List(vec![inner]));
/// drop_iteratively(deep);
/// ```
///
/// A field whose type can be taken apart waits in the list; any other drops with the node that holds it. So of a deep type
/// that does not derive `TakeApart`, such as one of another crate, and of a type parameter without that bound, nothing is
/// seen. Types that hold each other have to derive it both.
///
/// `#[take_apart(skip)]` on a field has it drop with the node. `#[take_apart(crate = path)]` on the type says where
/// `portcullis` is.
///
/// `#[take_apart(drop)]` on the type adds an `impl Drop` which does the same, so that every drop of a value is flat, wherever
/// it happens. Then its parts can only be taken by reference: each has to be in an `Option`, a `Vec` or a map of `std`, in
/// the place of which an empty one is left (PC0206), and nobody can move out of a field of the type any more (E0509: use
/// `Option::take`). A drop then allocates, and a list that cannot grow ends the process.
#[cfg(feature = "alloc")]
pub use portcullis_macros::TakeApart;

/// Every field of a request type has a rule or a reason, or it does not compile; and the rules are asked by a bounded walk.
///
/// ```
/// use portcullis::{Covered, Violation, validated_input};
///
/// #[derive(Covered)]
/// struct Order {
///     #[check(length(min = 1, max = 20))]
///     item: String,
///     #[check(range(min = 0.0, max = 1.0))]
///     discount: Option<f64>,
///     #[check(length(max = 8), nested)]
///     steps: Vec<Step>,
///     #[trusted(reason = "set from the session, not from the body")]
///     customer: u64,
///     express: bool,
/// }
///
/// #[derive(Covered)]
/// enum Step {
///     Wrap,
///     Engrave(#[check(length(max = 12), ascii)] String),
/// }
///
/// #[validated_input]
/// fn order(order: Order) -> Result<String, Violation> {
///     Ok(format!("{} for {}, {}", order.item, order.customer, order.express))
/// }
///
/// let pen = |discount, steps| Order { item: "pen".into(), discount, steps, customer: 7, express: false };
/// assert!(order(pen(Some(0.1), vec![Step::Wrap])).is_ok());
/// assert_eq!(order(pen(Some(f64::NAN), vec![])).unwrap_err().fields()[0].path, "order.discount");
/// let refused = order(pen(None, vec![Step::Wrap, Step::Engrave("hunter2-hunter2".into())])).unwrap_err();
/// assert_eq!(refused.fields()[0].to_string(), "order.steps[1].Engrave must have a length that is at most 12");
/// ```
///
/// **Where the rules stand.** `#[check(..)]` as before a parameter; `nested` goes on into the field's type, which has to be covered too
/// (PC0122). In an `Option` they are for the value, if there is one. `#[check(custom = path)]` before the type is asked of the
/// whole value, when its fields broke no rule. `bool`, `()`, `PhantomData`, and what serde skips when it deserialises need nothing.
///
/// **Beside the derive of `validator`.** Where `#[validate(..)]` stands, the walk asks these rules, by `validator`'s own traits; the type keeps
/// the `Validate` that `validator` derives. Where none stands, `Covered` makes the `Validate` itself, by the walk: remove `Validate`
/// from the derives, or there are two of them (E0119).
///
/// ```
/// # #![allow(dead_code)]
/// use portcullis::Covered;
/// use portcullis::validator::Validate;
///
/// #[derive(Validate, Covered)]
/// #[validate(crate = "portcullis::validator")]
/// struct Price {
///     #[validate(range(min = 0.0, max = 1.0))]
///     price: f64,
/// }
///
/// let price = Price { price: f64::NAN };
/// assert!(price.validate().is_ok());
/// assert_eq!(price.ensure("body").unwrap_err().code(), "input.range");
/// ```
///
/// **What you get over `validate()`**
///
/// | | `validate()` of `validator` | a covered type, as a parameter or in [`ensure`](Covered::ensure()) |
/// |---|---|---|
/// | a field without a rule | passes | does not compile (PC0121) |
/// | NaN in a `range` | passes | `range` |
/// | the rejected value | in the error, its `Display`, `Debug` and JSON | is not copied |
/// | a value a million levels deep | overflows the stack | `input.depth` at 64 levels, or at `#[covered(depth = 16)]`; the levels of all types count together, with those of [`Level`] |
/// | a list that is too long | in the error; its elements are visited where they are nested and have no `length` | `length`, and no element is visited; `nested` without `length(max = ..)` does not compile (PC0123) |
/// | errors | one for each element | the walk ends at 256; 16 are shown, and the others of the 256 counted |
/// | names | those of the source, `_tmp_validator`, `__all__` | the client's: `rename`, `rename_all`, `flatten`, `transparent`, and the tags of enums |
/// | enums, tuple structs, unit structs | not derived | derived; a type parameter in a nested field has to be `Covered` |
///
/// **At compile time.** A function under [`zero_trust`] that takes the type does not compile when it overflows, divides by zero, indexes or casts
/// beyond what the `range` of a field admits: see "What the compiler judges" there.
///
/// **Cost.** The rules themselves, and for each nested value one thread-local count. Needs the feature `validator`.
///
/// **What it cannot see.** `validate()` called by others, such as an extractor that validates: where `validator` derived it, it is as it was;
/// so it is for a covered type in a type that only derives `Validate`, or beside one in a tuple parameter. Keys of maps under
/// `nested` without `keys(..)`. The length of lists in lists, or behind an alias of your own. Under `range` of `validator`
/// a number type of your own without `PartialOrd`. What a `custom` rule admits, and what it writes in its message: do not repeat the value there. What comes
/// before: parsing, and the drop of a deep value ([`drop_iteratively`]). Names that serde gets from `remote`, `from` or `with`.
///
/// `#[covered(crate = path)]` on the type says where `portcullis` is.
#[cfg(feature = "validator")]
pub use portcullis_macros::Covered;

/// Turns a panic of the body into a refusal with the code `panic`.
///
/// ```
/// use portcullis::{Violation, catch_panic};
///
/// #[catch_panic]
/// fn card(hand: &[u8], slot: usize) -> Result<u8, Violation> {
///     Ok(hand[slot])
/// }
///
/// assert_eq!(card(&[7, 8], 1).unwrap(), 8);
/// let refused = card(&[7, 8], 2).unwrap_err();
/// assert_eq!(refused.code(), "panic");
/// assert!(refused.internal().to_string().contains("the len is 2 but the index is 2"));
/// ```
///
/// **Keys.** `or(..)`.
///
/// **What you get.** The boundary is outermost: guards inside are released by the unwinding. On an `async fn` each poll is
/// caught; after a panic the body is dropped, inside the catch, and never polled again. The panic's message is in
/// [`Violation::internal`] only.
///
/// **Cost.** One `catch_unwind` for a call, or for a poll. A panic itself costs what the panic hook costs: with
/// `RUST_BACKTRACE=1` the default hook resolves symbols, so a client that can cause panics at will is still a burden.
///
/// **What it cannot do.** What the body shares with its caller stays as the panic left it, as after an early return, and
/// a `std` lock that was held is poisoned. What a parameter's pattern does not bind (`_`, `..`) drops after everything else,
/// and not in its turn. A stack overflow, an out-of-memory kill and a panic while panicking end the
/// process all the same. Under `panic = "abort"` nothing can be caught: the attribute is then the compile error PC0011.
/// `#[track_caller]` would see the boundary as its caller: PC0010.
pub use portcullis_macros::catch_panic;

/// Refuses the arithmetic that would wrap, or panic.
///
/// ```
/// use portcullis::{Violation, checked_arithmetic};
///
/// #[checked_arithmetic]
/// fn price(units: &[u32], discount: u32) -> Result<u32, Violation> {
///     let mut total = 0;
///     for unit in units {
///         total += unit * 19 / 10;
///     }
///     Ok(total - discount)
/// }
///
/// assert_eq!(price(&[10, 20], 7).unwrap(), 50);
/// let refused = price(&[10], 20).unwrap_err();
/// assert_eq!(refused.code(), "arithmetic.overflow");
/// assert!(refused.internal().to_string().starts_with("arithmetic.overflow: `-` of u32 would be -1 in "));
/// ```
///
/// **Keys.** `methods = off` leaves the methods below alone; `casts = on` checks `as` too (alone it is off, in [`zero_trust`]
/// on). `or(..)`; here also `or(saturate)`, the nearest value of the type, and `or(wrap)`, what a release build does by itself:
/// both panic where there is no value at all, as for a quotient by zero.
///
/// **What is checked**, in the body, its closures and async blocks, guards of arms, and the arguments of the macros below:
///
/// | | refused | code |
/// |---|---|---|
/// | `+ - * / % << >>`, compound or not, unary `-`, of integers and references to them | a result outside the type; a shift by its width or more; division by zero | `arithmetic.overflow`, `arithmetic.division` |
/// | the same of `Duration`, `Instant`, `SystemTime` | what would panic | the same |
/// | `pow`, `abs`, `neg`, `next_power_of_two`, `next_multiple_of`, `div_euclid`, `rem_euclid`, `div_ceil`, `ilog`, `ilog2`, `ilog10`, `isqrt` of integers, also as `u32::pow(a, b)` | what would wrap or panic | the same |
/// | `sum`, `product` of an iterator of integers or durations | a sum whose total does not fit, whatever it was on the way; a product at the first step that does not | `arithmetic.overflow` |
/// | `as` between integers, from a float, from an integer to a float, with `casts = on` | a value that would come out another; a fraction may go | `cast.lossy` |
///
/// Everything else is left as it is written: strings, sets, floats, your own types with operators or methods of these names, and
/// casts of enums, `char`, `bool`, pointers, functions. A cast that visibly fits (`(x & 0xFF) as u8`) has no check, and
/// `#[portcullis::allow(cast, reason = "..")]` before a statement, a block or an expression in parentheses says that a cast is
/// meant. A function that holds `unsafe` keeps its casts unchecked, which [`zero_trust`] refuses to do quietly (PC0021).
///
/// The macros: `format!` and its family, `assert!` and its family, `vec!`, `matches!`, `dbg!`, `panic!` and its family; `tracing`
/// and `log`; `anyhow!`, `bail!`, and `ensure!` with a message; `join!`, `try_join!`, `select!`; `params!` with a list, as `rusqlite`
/// has it. What they print stays the same.
///
/// **From a closure or an async block** a `return` would leave only that. A violation there unwinds, with no panic message, to
/// a boundary around the body, and the function returns it from there, as itself. The closure keeps its own return type, also
/// a written `Result`; panics pass through as they are. Only a function with such a check has a boundary, and none with
/// `or(panic)`, `or(saturate)` or `or(wrap)`. It costs one `catch_unwind` and one thread-local count for a call, or for a poll.
///
/// The innermost boundary around the call answers: of a closure that was handed to another protected function, that one. Where
/// none is around, because the closure or the lazy iterator outlived its function or runs on another thread, the violation is a
/// panic whose message begins with `portcullis: `. A `std` lock that is held on the way is poisoned, as by a panic; a `return`
/// poisons nothing. A `catch_unwind` on the way sees the [`Violation`]. The boundary takes `&mut self` and the parameters along:
/// `or(return ..)` names those that are shared references or `Copy` (else PC0009, or E0382). A closure that is returned
/// as `impl Fn` needs the types of its parameters written. `#[track_caller]` is PC0010 there, and `panic = "abort"` PC0014.
///
/// **Cost.** As many instructions as the same checks by hand (`tests/benches/arithmetic.rs`). `iter().sum()` over a slice stays
/// vectorised: 1.1 to 1.8 times the unchecked sum for 32 and 64 bits from 1,024 elements on, where `checked_add` by hand costs 3 to
/// 8 times (`tests/benches/sum.rs`). `cargo check` takes 0.3 ms longer for each operator.
///
/// Operands of a generic type `T: Add` are checked where they turn out to be integers, in each instance of the function: the same
/// refusals, the same policies, and no instruction where `T` is no integer. A build without optimisation asks on each call, in about
/// 20 ns for a type of your own and 150 for an integer.
///
/// **What it cannot see.** The total of a generic `sum` or `product`, generic times, the arguments of other macros, what called functions do (a
/// method of a type parameter among them), what is evaluated at compile time, `&` of names in upper case (`&(MAX - 1)`, which the
/// compiler may evaluate), and the expressions in attributes. A method of an integer behind a pointer of
/// your own is yours.
///
/// **What does not compile under it.** A compound operator or a method on a packed field is E0793: write `p.x = p.x + 1`. A closure
/// whose parameter types only its later calls tell, and which are no numbers, needs them written: PC0020. A trait of your own
/// with a method `neg` on an integer, or one of the names above on a reference to one, is E0308: `methods = off`.
///
/// **What differs.** In `or(return ..)` the temporaries of the statement are still alive, lock guards among them. `a[f()] += g()`
/// evaluates `g()` first, as the language does for integers, also for an overloaded operator. An operand of type `&mut T`, of an
/// operator of your own, is moved and not reborrowed.
pub use portcullis_macros::checked_arithmetic;

/// Refuses the index that would panic.
///
/// ```
/// use portcullis::{Violation, checked_indexing};
///
/// #[checked_indexing]
/// fn play(hands: &mut [Vec<u8>], seat: usize, slot: usize) -> Result<u8, Violation> {
///     let card = hands[seat].remove(slot);
///     hands[seat].push(0);
///     Ok(card)
/// }
///
/// let mut hands = [vec![7, 8]];
/// assert_eq!(play(&mut hands, 0, 1).unwrap(), 8);
/// let refused = play(&mut hands, 0, 2).unwrap_err();
/// assert_eq!(refused.code(), "index.bounds");
/// assert!(refused.internal().to_string().starts_with("index.bounds: `remove` at 2 of 2 in "));
/// assert!(play(&mut hands, 1, 0).is_err());
/// ```
///
/// **Keys.** `or(..)`.
///
/// **What is checked**: an index or a range into an array, a slice, a `Vec`, a `VecDeque`, a `str` or `String` (also that it cuts
/// no character), and a key of a map, wherever the place stands: read, written, borrowed, nested (`a[i][j].b += c[k]`), behind
/// references, boxes, counted pointers, guards, and types of your own that lead to one by `Deref`. And these methods of the types
/// of `std`: `split_at`, `split_at_mut`, `copy_from_slice`, `clone_from_slice`, `swap`, `remove`, `swap_remove`, `insert`, `insert_str`,
/// `drain`, `replace_range`, `splice`, `extend_from_within`, `split_off`, `truncate`, `chunks` and its family, `windows`, `step_by`,
/// `copy_within`, `rotate_left`, `rotate_right`, `select_nth_unstable`, `range`. Closures, async blocks and macros are as in
/// [`checked_arithmetic`]. Your own types with an index operator or such methods keep them.
///
/// The check of a place stands before the native operation, which stays. So a place stays a place, and what a refused statement would have
/// changed is unchanged; a lock that a `return` gives back is not poisoned.
///
/// **Cost.** None in instructions, for slices and lists: the language tests the same bounds, and the optimiser drops its test behind
/// ours (`tests/benches/indexing.rs`; `tests/user_crate.rs` looks at the assembly). Where a value is read (an operand, what a `let`
/// or a cast takes) and where an element is lent by `&`, what the check finds is what is used: a map is searched once. Elsewhere, as an argument,
/// in a pattern and before a method, a map is searched twice, unless its key is written `&key` or `"key"`.
///
/// **What it cannot see.** Collections of other crates with an operator of their own, calls by path (`Vec::remove(&mut v, i)`),
/// `swap_with_slice`, `BTreeMap::range`, an index behind a raw pointer, and `&mut` of an element of a constant.
///
/// **What does not compile under it.** An element of a list of `&mut` that is reborrowed on its way into a call
/// (`f(v[i])`: write `f(&mut *v[i])`), `&raw mut v[i]` of a `Vec`, and an array in a packed field (E0793). A closure that leaves the function and
/// indexes what a parameter refers to (`move` helps, E0373), and a field of one element while that of another is borrowed as mutable (E0502).
pub use portcullis_macros::checked_indexing;

/// Refuses requests while memory is critical, so that those that are being served have what is left.
///
/// ```
/// use portcullis::{Violation, shed_load};
///
/// #[shed_load(memory = "85%")]
/// fn collect(player: u64) -> Result<u64, Violation> {
///     Ok(player * 50)
/// }
///
/// #[shed_load(priority = probe)]
/// fn health() -> &'static str {
///     "alive"
/// }
///
/// match collect(7) {
///     Ok(coins) => assert_eq!(coins, 350),
///     Err(refused) => assert_eq!(refused.code(), "memory"),
/// }
/// assert_eq!(health(), "alive");
/// ```
///
/// **Keys.**
///
/// | key | |
/// |---|---|
/// | `memory = "85%"` | a whole percentage of each limit, from 1 to 90. More leaves no room to refuse in (PC0006): growth by 3.5 GB/s fills the last tenth of 8 GB in 0.2 s |
/// | `memory = "512MiB"` | a size (B, KiB, MiB, GiB, TiB), of the process's own memory; and 90 % of each limit, so that a size above a limit is no hole |
/// | `priority = normal` or `probe` | a probe is always admitted, and what it calls with it. It needs no `memory`. For the health checks by which an orchestrator decides to kill the server |
/// | `or(..)` | |
///
/// **What is admitted.** A request is asked once, at the first gate that it comes to: what it calls, awaits or spawns (by `portcullis::spawn`,
/// [`carry`], [`carry_call`]) is not asked again. An `async fn` is asked when it is first polled. Functions with the same threshold open and shut together; each other
/// threshold has its own gate, so that a lower one can shed what can wait. Of a function that returns a future made elsewhere nothing
/// can be seen: PC0008. A refusal is answered with 503 and `Retry-After`, in gRPC with `UNAVAILABLE`; the client does not hear why.
///
/// **What is measured**, each against its own limit, and the worst of them counts:
///
/// | | used | limit |
/// |---|---|---|
/// | each control group of the process, from its own to the top, version 2 or 1, hybrid and nested | what the kernel counts in it, without inactive files | `memory.max`, `memory.limit_in_bytes`; none where that is more than the machine has |
/// | the process's own memory | what is resident, without files and what is shared | the smallest of those limits; where there is none, that and what is free in the machine (`MemAvailable`, `SwapFree`) |
/// | the address space | all that is mapped | `ulimit -v` |
///
/// One thread, `portcullis-memory`, samples for all gates. It starts with the first call, which waits for the first sample. The time to the next is a quarter of that which memory takes to
/// the next line at the speed at which it grows; and half of that in which 8 GiB/s would fill what is left; from 5 to 250 ms. Limits are read again every 5 s.
///
/// | state | entered | left |
/// |---|---|---|
/// | normal | | |
/// | elevated | within 10 points of the threshold | when it is 15 points under the threshold for 1 s |
/// | critical: refused | at the threshold; from 20 points under it on, when growth that has lasted for 0.1 s would fill the limit within 0.5 s | when it is 10 points under the threshold for 1 s; then a growing part of the requests is admitted, after 2 s more all of them |
///
/// [`memory::status`] shows it, [`memory::set_purge`] has your allocator give back what it keeps, [`memory::sample_inline`] is for where there may be no thread. A line
/// on standard error says when the first gate shuts and when the last one opens.
///
/// **Cost.** A relaxed load: 0.5 ns for a call within a request, and 0.6 ns for one that begins and ends a request. The feature `incident` has something
/// to do at both, which makes that 0.9 ns, `alloc-count` 1.4 ns, and these two with `tokio` 2.4 ns (`cargo bench -p portcullis --bench gate`, with features). A sample takes its thread some 75 µs, most of it to wake: 0.03 % of
/// a core while memory is far from its limits. A refusal allocates its [`Violation`].
///
/// **Work in flight.** What a gate has admitted goes on while memory is critical. It is refused, as `memory`, at its next checkpoint (those of
/// [`bounded_steps`], [`deadline`] and `allocation_budget`), but not a probe, when half of what the most generous threshold leaves is gone, or
/// the limit is less than 0.2 s away.
///
/// **What it cannot see.** Work in flight without a checkpoint. A recursion is for [`bounded_recursion`]. A single step: what asks for the rest of the memory at once is past the limit before the next sample; in an address space, which
/// need not be touched, it can be terabytes in a millisecond. Memory that the allocator keeps: the gate stays shut while the system
/// counts it, which a hook at [`memory::set_purge`] is for. Active file cache counts as used in a control group, as for Kubernetes; `memory.high`
/// and a machine's other processes are no limits. A sampler that gets no time: the gates keep what they last answered, and
/// [`Status::stale`](memory::Status::stale) says so. If nothing can be read for 5 s, and on systems other than Linux and Android, where nothing is read, the gates are open; a line on standard
/// error says so once. After a `fork` no thread samples in the child.
pub use portcullis_macros::shed_load;

/// Checks every parameter before the body, and does not compile while one has no rule.
///
/// ```
/// use portcullis::validator::Validate;
/// use portcullis::{Violation, validated_input};
///
/// #[derive(Validate)]
/// #[validate(crate = "portcullis::validator")]
/// struct Order {
///     #[validate(length(min = 1, max = 20))]
///     item: String,
///     #[validate(range(min = 1, max = 99))]
///     count: u8,
/// }
///
/// #[validated_input]
/// fn order(
///     #[trusted(reason = "made at start-up")] prices: &[u32],
///     #[check(range(min = 1, max = 9_999))] customer: u32,
///     order: Order,
/// ) -> Result<String, Violation> {
///     Ok(format!("{customer} takes {} of {} at {}", order.count, order.item, prices[0]))
/// }
///
/// assert!(order(&[5], 7, Order { item: "pen".into(), count: 2 }).is_ok());
///
/// let refused = order(&[5], 0, Order { item: String::new(), count: 2 }).unwrap_err();
/// let broken: Vec<String> = refused.fields().iter().map(|field| field.to_string()).collect();
/// assert_eq!(broken, ["customer must be between 1 and 9999", "order.item must have a length that is at least 1 and at most 20"]);
/// ```
///
/// **What happens to a parameter**
///
/// | before it stands | |
/// |---|---|
/// | nothing | its type has to be [`Validate`](validator::Validate), or hold such a value: in an `Option`, a `Result`, a reference, `Box`, `Rc`, `Arc`, `Cow`, a tuple, a list, or an extractor by the name of `Json`, `Query`, `Path`, `Form`, `Valid`, `TypedHeader` that lends it, or, with the feature `tonic`, a `tonic::Request`, of which nothing else is looked at. `bool` and `()` need nothing. Anything else does not compile: PC0101, PC0102 |
/// | `#[check(rule, ..)]` | each rule is asked, of what the type shows that the parameter holds: `#[check(range(max = 9))] n: Option<Json<u32>>` |
/// | `#[trusted(reason = "..")]` | nothing. The reason is for whoever audits the code |
///
/// `self` is the server's own. In a pattern each name that it binds is looked at, and rules stand under the name:
/// `#[check(a(range(max = 9)), b(email), c(trusted(reason = "..")))] (a, b, c): (u8, String, Uuid)`.
///
/// **Rules**
///
/// | rule | for |
/// |---|---|
/// | `range(min = .., max = ..)`, both inclusive; `exclusive_min`, `exclusive_max` | integers and those that are not zero, floats (NaN is in no range), `char` |
/// | `length(max = ..)`, also with `min = ..`; `length(equal = ..)` | collections, in elements; strings, in characters, or by `unit = bytes`, or `unit = graphemes` (feature `graphemes`): what a reader takes for one character |
/// | `one_of(a, b, ..)` | strings, and whatever compares with them |
/// | `finite` | floats |
/// | `ascii`, `non_control`, `email`, `url` | strings |
/// | `regex = "^..$"`, read when the macro runs and compiled once, when it is first asked; `regex = path` of a `Regex` or a `LazyLock` of one | strings |
/// | `each(rule, ..)` | the elements of a list, of which a `length` says how many there may be |
/// | `keys(rule, ..)`, `values(rule, ..)` | a map, the same |
/// | `nested` | a `Validate` value: what a list or a map holds is found without it |
/// | `args = expr` | a type that is `validator::ValidateArgs`, since its rules have a context |
/// | `custom = path` | any type: `fn(&T) -> Result<(), validator::ValidationError>` |
///
/// A rule that does not fit the type, has no bound, admits nothing or everything, or has a bound outside the type does not
/// compile; nor does a pattern that is not anchored at both ends.
///
/// ```
/// use std::collections::HashMap;
///
/// use portcullis::{Violation, validated_input};
///
/// #[validated_input]
/// fn order(
///     #[check(length(max = 8), each(length(max = 20), regex = "^[a-z]+$"))] items: Vec<String>,
///     #[check(length(max = 8), keys(length(max = 20)), values(range(min = 1, max = 99)))] counts: HashMap<String, u8>,
/// ) -> Result<usize, Violation> {
///     Ok(items.len() + counts.len())
/// }
///
/// assert!(order(vec!["pen".into()], HashMap::new()).is_ok());
/// let refused = order(vec!["pen".into(), "<script>".into()], HashMap::new()).unwrap_err();
/// assert_eq!(refused.fields()[0].path, "items[1]");
/// ```
///
/// **Steps** lead from the parameter to the value, where its type does not show the way. They stand before the rules, or alone
/// before a `Validate` value: `via = get_ref` calls a method, `field = payload` looks at one field, `deref` at what is lent.
/// What else the parameter holds is not looked at.
///
/// ```
/// # use portcullis::{Violation, validated_input};
/// /// As in `tonic`.
/// struct Request<T>(T);
///
/// impl<T> Request<T> {
///     fn get_ref(&self) -> &T {
///         &self.0
///     }
/// }
///
/// #[validated_input]
/// fn secs(#[check(via = get_ref, range(max = 60))] request: Request<u32>) -> Result<u32, Violation> {
///     Ok(request.0)
/// }
///
/// assert_eq!(secs(Request(61)).unwrap_err().code(), "input.range");
/// ```
///
/// **What is not there yet** when the handler begins, such as a stream, a body, a socket, does not compile either: it is trusted, and
/// `portcullis::checked_items` or `portcullis::checked_bytes` (feature `stream`) checks what is pulled from it.
///
/// **What you get.** All parameters are checked and all broken rules are in one violation, sorted by path, the first 16 of
/// them; no rejected value is kept or shown, unless a message that you write holds it. Of a list that is longer than its
/// `length` no element is looked at, and of one with 256 errors no further one.
///
/// **What it cannot see.** The body of the request was read and parsed before: limits on its size and nesting belong to
/// the parser. A type that derives `Validate` and has no rules passes, unless it is [`Covered`] too. A rule on a parameter of a
/// type that tells nothing (an alias, a type of your own) is all that is asked of it. An extractor is known by its name: of a
/// type of your own that is called `Form`, only the value that it lends is looked at. `validate()` of a type that contains itself
/// recurses: see [`Level`]. A pattern that becomes too large to compile admits nothing.
///
/// **Keys.** `or(..)`, and `require(..)`: conditions between the parameters, asked in their order when each rule is kept, and
/// each only where those before it hold. What a condition
/// says is not told to the client; the names that it is about are. Under [`checked_arithmetic`] or [`zero_trust`] its operators
/// are checked, as those of the body.
///
/// ```
/// use portcullis::{Violation, zero_trust};
///
/// #[zero_trust(require(start <= end, end - start <= 31))]
/// fn report(
///     #[check(range(max = 366))] start: u16,
///     #[check(range(max = 366))] end: u16,
/// ) -> Result<u16, Violation> {
///     Ok(end - start)
/// }
///
/// assert_eq!(report(1, 31).unwrap(), 30);
/// assert_eq!(report(31, 1).unwrap_err().code(), "input.require");
/// ```
pub use portcullis_macros::validated_input;

/// Refuses the iteration that would be one too many: what a request may cost, counted.
///
/// ```
/// use portcullis::{Violation, bounded_steps};
///
/// #[bounded_steps(max = 1_000)]
/// fn settle(pools: &[u64], step: u64) -> Result<u64, Violation> {
///     let mut settled = 0;
///     for pool in pools {
///         let mut left = *pool;
///         while left > 0 {
///             left -= step.min(left);
///             settled += 1;
///         }
///     }
///     Ok(settled)
/// }
///
/// assert_eq!(settle(&[500, 20], 10).unwrap(), 52);
/// // The client sent a zero.
/// assert_eq!(settle(&[500, 20], 0).unwrap_err().code(), "steps");
/// ```
///
/// **Keys.** `max = <expr>`, any integer, asked at each call; there is no default. `or(..)`.
///
/// **What is a step.** Each iteration of a `for`, `while`, `while let` or `loop` of a function that has this attribute or a [`deadline`],
/// in its closures and `async` blocks too, and each call of such a function. The limit is of one call: everything that the
/// call leads to takes from it, its own call does not. A function inside with a limit of its own takes from both, so the lesser of what is left
/// refuses; what has no limit of its own counts all the same. The count is exact, and the same in each run: iteration `max + 1` does not begin.
///
/// ```
/// use portcullis::{Violation, bounded_steps};
///
/// #[bounded_steps(max = 10)]
/// fn row(cells: u32) -> Result<(), Violation> {
///     for _ in 0..cells {}
///     Ok(())
/// }
///
/// #[bounded_steps(max = 24)]
/// fn table(rows: u32, cells: u32) -> Result<(), Violation> {
///     for _ in 0..rows {
///         row(cells)?;
///     }
///     Ok(())
/// }
///
/// // Each row is an iteration, a call, and its cells.
/// assert!(table(2, 10).is_ok());
/// assert!(table(2, 11).is_err());
/// assert!(table(3, 7).is_err());
/// ```
///
/// **One budget for a request.** It follows a future across `.await`, whichever thread polls it, and what [`carry`], [`carry_call`] and
/// `portcullis::spawn` take along: tasks and threads of one request take from one count, exactly, and go on to do so when the function
/// that started them is over. What is spawned without these has no limit but its own. Futures that are joined take turns, and
/// each has its own limit to itself.
///
/// **From a closure or an async block** the violation unwinds to a boundary, as [that of arithmetic](checked_arithmetic) does, with the same limits.
///
/// **Cost.** Six instructions in each iteration, two of them jumps that are not taken: 1.01 times the plain ones where an iteration splits a line
/// and reads three numbers or formats a row, 1.05 times where it is 120 instructions, 2.4 times where there is next to nothing in the loop
/// (`tests/benches/request.rs`). A call costs 12 ns, a future that is polled twice 100 ns. From the first [`carry`] on, each step of the request is also one
/// atomic operation on a count that its threads share.
///
/// **What it cannot see.** Adaptors of iterators (`map`, `for_each`), and loops in macros that are not [known](checked_arithmetic), in functions
/// without such an attribute, and in libraries. In a function that holds `unsafe` no loop is counted, which [`zero_trust`] refuses to do quietly
/// (PC0022). What a future returned by a function does that was made elsewhere: PC0008. A function that is given to be called, and is
/// called within another request, takes from that one's limit. What a step costs: bound sizes with [`validated_input`].
pub use portcullis_macros::bounded_steps;

/// Ends what takes too long.
///
/// ```
/// use portcullis::{Violation, deadline};
///
/// #[deadline("20ms")]
/// async fn answer() -> Result<u32, Violation> {
///     // Nobody will ever wake it.
///     std::future::pending().await
/// }
///
/// # fn main() {
/// # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
/// # runtime.block_on(async {
/// assert_eq!(answer().await.unwrap_err().code(), "deadline");
/// # });
/// # }
/// ```
///
/// **Keys.** How long the call may take: `"250ms"`, `"2s"`, `"1m"`, `"1h"`, or an expression that is a `Duration`, asked at each call. `or(..)`.
///
/// **An `async fn`** is dropped when its time is over, counted from its first poll, also where nothing else would wake it; then the function returns the violation.
/// A future that is ready at that very moment is over too. What it has written until then stays, so put the writes behind the last `.await` that may take long.
/// In `or(return ..)` parameters can be named that are shared references or `Copy` (else PC0009, or E0382).
///
/// **Code that does not wait**, in a `fn` or between two `.await`s, is asked at its checkpoints: the iterations and calls that
/// [`bounded_steps`] counts. A call that blocks goes on until it returns.
///
/// ```
/// use portcullis::testing::Clock;
/// use portcullis::{Violation, deadline};
/// use std::time::Duration;
///
/// #[deadline("2s")]
/// fn collect(pages: u32, page: impl Fn(u32)) -> Result<u32, Violation> {
///     for number in 0..pages {
///         page(number);
///     }
///     Ok(pages)
/// }
///
/// let clock = Clock::new();
/// clock.hold(|| {
///     let page = |_| clock.advance(Duration::from_millis(150));
///     assert_eq!(collect(10, page).unwrap(), 10);
///     assert_eq!(collect(100, page).unwrap_err().code(), "deadline");
/// });
/// ```
///
/// **Within another deadline** the nearer one is in force. A shorter one inside ends only its own function. [`time_left`] tells what is left, for
/// what takes a timeout. It goes along as the [budget of steps](bounded_steps) does.
///
/// **Whose clock.** That of the system, read by the call; one thread of our own, begun with the first alarm, wakes what waits and brings the news to
/// those that do not. So it is the same under tokio, with its timers or without, actix, smol, and no runtime at all. A paused clock of tokio is not seen: a
/// test has its own, [`testing::Clock`]. Where no thread can be started the checkpoints read the clock, and a future that nothing wakes is not ended.
///
/// **Cost.** A checkpoint reads no clock: it costs what a [step](bounded_steps) does. A call reads it twice: 110 ns on a machine whose clock takes 35.
/// With its second checkpoint, or when it has to wait, it sets an alarm in a list that all threads share: 210 ns for such a call, 260 ns for a
/// future that waits once (`tests/benches/request.rs`).
///
/// **What it cannot see.** Code without checkpoints: libraries, adaptors of iterators, blocking calls; in a function that holds `unsafe` its loops, which
/// [`zero_trust`] refuses to do quietly (PC0022). Tasks that the future has spawned by other means than `portcullis::spawn` go on.
pub use portcullis_macros::deadline;

/// Refuses the call that would ask for too much memory, before it asks.
///
/// ```
/// use portcullis::{Violation, bounded_allocation};
///
/// #[bounded_allocation(max = "16MiB")]
/// fn frame(announced: u32) -> Result<Vec<u8>, Violation> {
///     // The client says how long its message will be.
///     Ok(vec![0; announced as usize])
/// }
///
/// assert_eq!(frame(1_024).unwrap().len(), 1_024);
/// assert_eq!(frame(u32::MAX).unwrap_err().code(), "allocation");
/// ```
///
/// **Keys.** `max` is a size as text (`B`, `KiB`, `MiB`, `GiB`, `TiB`), or any integer. An expression is evaluated at each call that asks for
/// memory, in the place of the call: it names constants, statics and functions, or parameters that are still there. There is no
/// default. `or(..)`.
///
/// **What is tested**, of the types of `std`, in the body, in its closures and `async` blocks, and in [known macros](checked_arithmetic):
///
/// | | what is compared with `max` |
/// |---|---|
/// | `vec![x; n]` | `n` times the size of an element; of a `vec![vec![..; m]; n]` with what each holds |
/// | `Vec::with_capacity(n)`, and that of `String`, `VecDeque`, `BinaryHeap`, `HashMap`, `HashSet` (also `with_capacity_and_hasher`), `OsString`, `PathBuf`, `BufReader`, `BufWriter`, `LineWriter` | the same, whatever name or alias the type has |
/// | `reserve`, `reserve_exact`, `try_reserve`, `try_reserve_exact` | what is there and what is asked for, unless there is room |
/// | `resize`, `resize_with`, `repeat` | the whole |
/// | `collect`, `extend` | what the iterator says of its length, before the first item; else each item as it comes, with what is there |
/// | `read_to_end`, `read_to_string` of `std::io::Read` | what is there and what is read |
///
/// An element counts by its own size, also where the compiler finds out later what it is; an entry of a map by those of its key and its value. Of a `char` or a
/// string that goes into a text the bytes count. What an element holds elsewhere on the heap was asked for by another call.
///
/// ```
/// use portcullis::{Violation, bounded_allocation};
///
/// #[bounded_allocation(max = "1KiB")]
/// fn words(text: &str, times: usize) -> Result<String, Violation> {
///     let mut all = text.repeat(times);
///     all.extend(std::iter::repeat("!").take_while(|_| times > 9));
///     Ok(all.chars().filter(|letter| !letter.is_whitespace()).collect())
/// }
///
/// assert_eq!(words("a b ", 2).unwrap(), "abab");
/// assert_eq!(words("a b ", 257).unwrap_err().code(), "allocation");
/// // Nothing ends it but the limit.
/// assert_eq!(words("a b ", 10).unwrap_err().code(), "allocation");
/// ```
///
/// **A refusal** comes before anything is asked for where the size is known. Of what is counted, `collect` has dropped what it had; `extend` leaves what came
/// before the limit in the collection, and a reader's bytes are in the buffer, as after an error: a refusal undoes nothing. What grows by
/// itself may ask for up to twice what is counted.
///
/// **Methods of the same name** that are not those of `std` are called as they are written: of your own types, of other crates (`BytesMut`,
/// `SmallVec`), of traits, of `tokio`'s readers. What leads to a collection of `std` by `Deref`, such as the guards of other crates, is tested
/// where a number is given, and not where something is counted.
///
/// **Cost.** That of the same tests by hand, in instructions between 0.88 and 1.12 of it; a `collect` whose iterator says that it is short enough, and an `extend` by
/// one, run as they are written (`tests/benches/allocation.rs`).
///
/// **What it cannot see.** Calls by path (`Vec::reserve(&mut list, n)`, `Vec::from_iter`, `fs::read`); `push` and `insert` in a loop, `to_vec`, `clone`,
/// `concat`, `join`, `format!`: for the sum of them there is `allocation_budget` of [`zero_trust`]. What functions that are called ask for. Lines that are read
/// by `read_line` and `lines`. Iterators that say a wrong length. Of items that are `Result`s or `Option`s the whole counts, and of texts in them only that, however
/// long they are. Of a set or a map each item that is given counts, also one that is there already. An iterator with a method `collect` of its own, a reader with one
/// of these two, have those of `std` instead, and a place behind a raw pointer is left alone.
pub use portcullis_macros::bounded_allocation;

/// All protections on one function: [`catch_panic`], [`bounded_recursion`], [`validated_input`],
/// [`checked_indexing`], [`checked_arithmetic`] with its casts.
///
/// ```
/// use portcullis::{Violation, zero_trust};
///
/// #[zero_trust(bounded_recursion(max = 8))]
/// fn idle_pool(#[check(range(min = 0, max = 1_000))] ms: i32, #[check(range(min = 1, max = 50))] step: i32) -> Result<i32, Violation> {
///     if ms < step { Ok(0) } else { Ok(idle_pool(ms - step, step)? + 1) }
/// }
///
/// assert_eq!(idle_pool(70, 10).unwrap(), 7);
/// assert_eq!(idle_pool(70, 0).unwrap_err().code(), "input.range");
/// assert_eq!(idle_pool(700, 1).unwrap_err().code(), "recursion.depth");
/// ```
///
/// It goes **above** the other attributes of the function. The order is fixed, outside in: a panic is caught around
/// everything, then the depth is counted, then the parameters are checked, then the body runs with its indices and operators checked.
///
/// **Keys.** Each protection by its name, with its own keys: `bounded_recursion(max = 8)`. `without(name, ..)` leaves some
/// out. `or(..)` is for all of them; one inside a protection comes before it. `crate = path` says where `portcullis` is,
/// when it is not `::portcullis`. `route` lets the function through the gates of a router: see [Routes](#routes). `observe` refuses nothing,
/// and tells what it would refuse: see [Levels](#levels). `strict` refuses
/// to compile what must not face a client: see [Strict](#strict). `prove_no_panic` has the linker judge the body: see [Proof](#proof).
///
/// **`allocation_budget = "64MiB"`** (a size, or any integer) bounds what a request asks the allocator for in all, whether or not it is given back in
/// between: it refuses (`allocation`) at the first checkpoint, an iteration or a call as [`bounded_steps`] counts them, after the limit is passed. What runs for the
/// request counts, libraries too: across `.await`, and on the threads and in the tasks that [`carry`], [`carry_call`] and `portcullis::spawn` take along. A function
/// inside with a budget of its own takes from both. One thread passes the limit by what it asks for between two checkpoints; of several, each by
/// no more than an eighth of what is left beside that. It needs the feature `alloc-count`, without which it does not compile (PC0016), and
/// [`counting::Counting`](https://docs.rs/portcullis/latest/portcullis/counting/struct.Counting.html) as the program's global allocator: where that is another one, each call panics rather than count nothing.
/// `counting::ensure_installed` does so at the start of the program. A loop beside `unsafe` is PC0022.
///
/// **On an `async fn`** the bound on recursion is there by itself when the function names itself, and then the function
/// becomes one that returns its future: see [`bounded_recursion`]. The future stays `Send` when it was. The parameters and the body move into an inner future, so
/// large parameters make the outer one larger.
///
/// **On an inline module or an `impl` block** it stands on each function inside, with the same arguments: on those of inner modules,
/// of `impl` blocks, also of traits, and on what a trait has a body for. Private functions too: a helper's parameters take rules, or
/// `#[trusted(reason = "..")]`. Not on functions inside functions, on what a macro call makes, and on `#[test]` and `#[cfg(test)]`.
///
/// ```
/// use portcullis::zero_trust;
///
/// #[zero_trust]
/// mod idle {
///     use portcullis::{Violation, bounded_recursion, zero_trust};
///
///     #[bounded_recursion(max = 8)]
///     pub fn idle_pool(#[check(range(max = 100))] secs: u32) -> Result<u32, Violation> {
///         if secs == 0 { Ok(0) } else { settle(secs) }
///     }
///
///     fn settle(#[check(range(min = 1, max = 100))] secs: u32) -> Result<u32, Violation> {
///         idle_pool(secs - 1)
///     }
///
///     #[zero_trust(skip, reason = "evaluated by the compiler")]
///     pub const fn level(secs: u32) -> u32 {
///         secs / 60
///     }
/// }
///
/// assert_eq!(idle::idle_pool(7).unwrap(), 0);
/// assert_eq!(idle::idle_pool(8).unwrap_err().code(), "recursion.depth");
/// assert_eq!(idle::level(120), 2);
/// ```
///
/// | on a function or an inner block | |
/// |---|---|
/// | `#[zero_trust(..)]` | instead of the block's, with all its keys |
/// | `#[bounded_recursion(max = 8)]`, any protection | these keys, in the place of the block's for it |
/// | `#[zero_trust(skip, reason = "..")]` | none of the attributes: it stays plain, and so do its parameters |
///
/// A block is also looked at as a whole. Functions that call each other, none of which has a bound that is written, do not compile:
/// without the `bounded_recursion` above, PC0201 would say `idle_pool -> settle -> idle_pool`, with the lines. A parameter whose type
/// holds itself does not compile either (PC0204), and a bound on a function from which no way leads back is a warning (PC0203).
///
/// **Which calls are seen.** Certain, and so an error in a cycle: a path, by the block's modules and imports; `Self::f`, `Type::f`,
/// `self.f()`; a method of a value whose type is declared and has its `impl` in the block; a function's name as a value, in a closure,
/// an async block, or the arguments of any macro. Only possible: a method of a `dyn`, and a call by a function pointer, which `strict` wants a bound
/// on (PC0202); and a method that only its name tells, as of a type parameter, which is no error.
/// Not seen: what stands outside of the block, calls by a path from the crate's root unless the module is at its top, operators,
/// formatting, `Drop`, derived traits, what a macro makes by itself.
///
/// # Levels
///
/// A service that runs already goes through three of them, function by function or block by block:
///
/// | | what it does to a call | what it does to a build |
/// |---|---|---|
/// | `#[zero_trust(observe)]` | nothing: what would be refused is counted and told | a function compiles whatever it takes and returns |
/// | `#[zero_trust]` | refuses | what cannot be refused, and a parameter without a rule, do not compile |
/// | `#[zero_trust(strict)]` | the same | [what must not face a client](#strict) does not compile either |
///
/// ```
/// use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
///
/// use portcullis::{Event, set_observer, zero_trust};
///
/// static WOULD_BE: AtomicU32 = AtomicU32::new(0);
///
/// fn observe(event: &Event<'_>) {
///     if let Event::Observed(violation) = event {
///         WOULD_BE.fetch_add(1, Relaxed);
///         eprintln!("{}: {}", violation.internal().function(), violation.internal());
///     }
/// }
///
/// // It returns no `Result`, and `step` has no rule yet.
/// #[zero_trust(observe)]
/// fn collect(#[check(range(min = 1, max = 60))] secs: u32, step: u32) -> u32 {
///     secs.saturating_sub(step) as u8 as u32
/// }
///
/// set_observer(observe).unwrap();
/// assert_eq!((collect(6, 1), WOULD_BE.load(Relaxed)), (5, 0));
/// // Two things would be refused, the first of them `input.range`; the value is that of plain code.
/// assert_eq!((collect(300, 0), WOULD_BE.load(Relaxed)), (44, 2));
/// ```
///
/// **What is told**, once for each occurrence, in the ways in which a refusal is: [`Event::Observed`], which has the whole
/// [`Violation`]; an event of `tracing` at the refusal's level with the field `observed`, and with the same limit of ten a second; the counter
/// `portcullis.observed` {`handler`, `kind`, `code`} of `metrics`; `portcullis_observed_total` and the table of functions in
/// `portcullis::incident`. Never as a refusal: `portcullis.violations` stays what it is.
///
/// | | what happens | when it is told |
/// |---|---|---|
/// | rules on parameters, `require` | the body runs | before it, with all fields, as one violation. A rule that panics is told as `panic` and stays inside |
/// | operators, methods, casts | what your profile makes of them: they wrap, or panic | before that, once |
/// | `sum`, `product` | the same | when the iterator is used up |
/// | an index, a range, a key | it panics as it does | before that, and the panic is not told again |
/// | a panic | it goes on, nothing is caught | by the innermost observed function that it leaves. Its message is the panic hook's: it is not known before it is caught |
/// | [`bounded_recursion`] | the function is entered | at the first level too many, once until the outermost entry is left |
/// | [`bounded_steps`] | the loop goes on | at the first step too many, once a call |
/// | [`deadline`], `allocation_budget` | nothing is dropped, the call goes on | when it is over, by how much: also where no checkpoint would have come after it |
/// | [`shed_load`], [`bounded_concurrency`] | the request is admitted | at the entry, once a request |
/// | [`bounded_allocation`] | the memory is asked for | before that, where the size is told: `with_capacity`, `vec!`, `reserve`, `resize`, `repeat`; `collect`, and `extend` of a list that has a name, where the iterator tells how many there will be |
///
/// **What is not asked.** A return type that can carry a violation (PC0007), and `or(..)`, which may stand there and waits for the next
/// level. A rule for each parameter: those that stand there are asked, and so is what a type says by `Validate` or [`Covered`]; the rest
/// is passed over (PC0101, PC0102), since a build that breaks is no way to begin. [`rules_of!`](crate::rules_of!) lists it as [`Judged::Not`], and
/// the first build without `observe` names it all. Nor what depends on the code: a future made elsewhere, of which nothing is seen (PC0008), a
/// boundary (PC0009 to PC0011, PC0014), `unsafe` (PC0021, PC0022), cycles and nested types (PC0201, PC0204), ranges (PC0301 to PC0306). Mistakes in the attribute are
/// mistakes as ever, and `observe` beside `strict` or `prove_no_panic` is PC0005. With `route` the gates let the function through, and
/// [`protections_of!`](crate::protections_of!) says `observe` first.
///
/// **What is in force around it** is not touched: an observed function begins no request, takes no step and no permit of one, and is not
/// counted in a `group` by those that refuse. A function that it calls, with an attribute that refuses, refuses.
///
/// **Cost** (`tests/benches/observe.rs`). A call takes 76 instructions more than the plain one, where the default level takes 42; a future 47, and 54. A
/// handler with 512 products, quotients and indices takes 1.45 times the instructions of the plain one, and 1.22; with
/// [`bounded_steps`] 1.9, as at the default level. An occurrence costs what a refusal does, 2,600 instructions, and allocates its
/// [`Violation`]: a hash that wraps in each turn of a loop is slow until it is written with `wrapping_mul`. A future is 32 bytes
/// larger, and 144 with limits of a whole request.
///
/// **What it cannot see.** A `sum` or `product` that panics on its way, as where overflow is checked, is told as that: `panic`. Of [`bounded_allocation`] what is
/// counted as it comes, where nobody tells how much it will be: `read_to_end`, `read_to_string`, an iterator behind a filter. Steps that functions at the
/// default level take inside, and those of tasks and threads that it spawns; there it is another request. Who is refused at the default level ends there: what the rest of the
/// call is told of would not have come to pass. So the first occurrence of a call is the one to count, and a later one may be its consequence. A loop
/// that never ends tells of no deadline. A panic that the body has caught itself may hide the next one of the same call. What `max = ..` and `key = ..` do by themselves
/// they do. The body's frames are larger, and a call in tail position is no jump any more. What a protection says under *What differs* and *What does not compile
/// under it* holds here too. Needs the feature `std`.
///
/// # Strict
///
/// `#[zero_trust(strict)]`, on a function, an `impl` block or an inline module, also looks at what no protection replaces.
///
/// ```
/// use portcullis::{Violation, zero_trust};
///
/// #[zero_trust(strict)]
/// fn mean(#[check(length(max = 99), each(range(max = 9_999)))] prices: &[u32]) -> Result<u32, Violation> {
///     #[portcullis::allow(unwrap, reason = "99 fits every integer")]
///     let count: u32 = prices.len().try_into().unwrap();
///     Ok(prices.iter().sum::<u32>() / count)
/// }
///
/// assert_eq!(mean(&[1, 3]).unwrap(), 2);
/// assert_eq!(mean(&[]).unwrap_err().code(), "arithmetic.division");
/// ```
///
/// ```compile_fail
/// # use portcullis::{Violation, zero_trust};
/// #[zero_trust(strict)]
/// fn first(#[check(length(max = 9))] name: &str) -> Result<char, Violation> {
///     Ok(name.chars().next().unwrap()) // PC0401
/// }
/// ```
///
/// | refused | what to excuse it by | |
/// |---|---|---|
/// | `unwrap`, `expect`; macros that panic | `unwrap`; `panic` | PC0401, PC0404 |
/// | indices and casts where no protection checks them | `indexing`; `cast` | PC0402, PC0403 |
/// | loops that only their input ends | `loop` | PC0405 |
/// | `exit`, `abort`; `unsafe`; `forget`, `leak` | `exit`; `unsafe`; `leak` | PC0406, PC0407, PC0408 |
/// | channels without a bound; tasks that nobody waits for | `channel`; `spawn` | PC0409, PC0410 |
/// | guards of synchronous locks across `.await`; calls that block, in async code | `guard`; `blocking` | PC0411, PC0415 |
/// | macros that nobody sees into, where an argument would be looked at | `opaque_macro` | PC0412 |
/// | allocations as large as a client says; statics that only grow | `allocation`; `growth` | PC0413, PC0414 |
/// | a check in a closure while a guard of `std` is held, whose lock it would poison | `poison` | PC0416 |
/// | a check behind a write through `self` or a guard, which a refusal would not undo | `partial` | PC0417 |
/// | in a block: recursion through `dyn` or pointers to functions without a bound | `recursion` | PC0202 |
///
/// An escape, `#[portcullis::allow(unwrap, reason = "..")]`, stands on a statement, a block, an expression in parentheses, or the function. One without a
/// reason of 10 characters, and one under which nothing is refused, do not compile. [`escapes!`] lists all of a crate.
///
/// **Cost.** None at run time: what a function becomes is the same with and without. When it is compiled, each function is walked over once more.
///
/// **What it cannot see.** It reads names and written types, and infers none; imports of the body, and of the block that the attribute
/// stands on. What called functions and macros do is theirs. The page of each rule ([`errors`]) has its limits, with what passes.
///
/// # Proof
///
/// `#[zero_trust(prove_no_panic)]` asks the linker whether the body can panic: where the optimiser cannot show that it never
/// unwinds, a program that holds it does not link (PC0601), in a build that is asked to prove:
///
/// ```text
/// CARGO_PROFILE_RELEASE_LTO=fat CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1 \
/// RUSTFLAGS="--cfg portcullis_prove" cargo build --release
/// ```
///
/// Any other build has the body as it is, in a closure, and `#[inline(never)]` on the function, unless it has an `inline` of its
/// own: the linker names the function that it finds the panic in.
///
/// ```
/// use portcullis::{Violation, zero_trust};
///
/// #[zero_trust(prove_no_panic)]
/// fn price(
///     #[trusted(reason = "read at start-up")] prices: &[u32],
///     #[check(range(max = 9))] item: usize,
///     #[check(range(min = 1, max = 99))] count: u32,
/// ) -> Result<u32, Violation> {
///     Ok(prices[item] * count / (count + 1))
/// }
///
/// assert_eq!(price(&[10, 20], 1, 3).unwrap(), 15);
/// ```
///
/// It is for a plain `fn` with concrete types: a future's body, and a generic function that nobody instantiates, would link and show
/// nothing (PC0603). So it is under `panic = "abort"` (PC0602). **What it shows**: that the body, with all that it calls and that was
/// compiled with it, does not unwind on this target by this compiler. **What it does not show**: that it ends, that the stack or the memory
/// is enough, that a `Drop` of a parameter, a check at the entry, or the making of a refusal does not panic; nor anything of a function that the
/// program does not call. Reason enough for a **canary**: keep beside it a function that surely panics, behind a feature, and have the
/// job fail unless a build with the feature fails with PC0601 (`tests/proof.rs` does so).
///
/// # Routes
///
/// `#[zero_trust(route)]` puts a type beside the function, of the function's own name, which an import takes along. The gates ask
/// for that type, and compile for no other handler (PC0131). The function is what it was: its signature, its calls, its tests.
///
/// ```
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
/// let handler = portcullis::gated!(collect);
/// assert_eq!(handler(60).unwrap(), 3_000);
///
/// const RULES: &[portcullis::Rule] = portcullis::rules_of!(collect);
/// assert_eq!((RULES[0].parameter, RULES[0].rule), ("secs", "range(min = 1, max = 86_400)"));
/// ```
///
/// | | the gate |
/// |---|---|
/// | axum | [`axum::get!(handler)`](crate::axum), `post!` and the others; `axum::route!(get(list), post(create))` for several methods |
/// | rocket | [`rocket::routes![a, b]`](crate::rocket) |
/// | actix-web | `web::post().to(`[`gated!`]`(handler))`; of an attribute of actix, `.service(gated!(handler))` |
/// | poem | `post(gated!(handler))` |
/// | warp | `.then(gated!(handler))`, `.and_then(gated!(handler))` |
/// | tonic | none: its trait wants every method, so `#[zero_trust]` on the `impl` of the service is on each; nothing demands that it stands there |
/// | [`unprotected!(handler, reason = "..")`](crate::unprotected!) | passes every gate, and can be searched for |
/// | [`rules_of!(handler)`](crate::rules_of!), [`protections_of!(handler)`](crate::protections_of!) | constants: what is asked of each parameter, with every reason to trust; the protections, with their limits |
///
/// On a module `route` is for each free function in it. On a method, and on an `impl` block, no type can stand: PC0133.
///
/// **The constructors of the framework stay open**, and nothing in the language closes them. clippy does, for axum and rocket; the
/// repository has the whole file as `tests/frameworks/clippy.toml`, and clippy reads it there. In `clippy.toml`:
///
/// ```toml
/// disallowed-methods = [
///     { path = "axum::routing::get", reason = "use `portcullis::axum::get!`" },
///     # so too: post, put, delete, patch, head, options, trace, any, on
///     { path = "axum::routing::MethodRouter::get", reason = "use `portcullis::axum::route!`" },
///     # so too: post, put, delete, patch, head, options, trace, on
/// ]
/// disallowed-macros = [{ path = "rocket::routes", reason = "use `portcullis::rocket::routes!`" }]
/// ```
///
/// The gates are not found by it. In actix, poem and warp the handler goes to a method that takes the gate's handler too (`to`, `at`,
/// `then`), and clippy cannot tell the two apart: search for those without `gated!(`.
///
/// **What a gate cannot see.** A handler that is no function's name: a closure, a call, a local (PC0132, E0432), an associated function
/// (E0432): `unprotected!`, or a function around it. Fallbacks, services and layers of a router, unless `gated!` is written there. That `without(..)`
/// left out every protection. A person who implements the hidden trait by hand. A function that shadows the one of a glob import leaves the glob's type of
/// that name: the gate compares the two names when the router is built, and panics; `rules_of!`, a constant, shows the rules of the glob's.
///
/// **The name is taken** for types and modules too, beside the function and wherever it is imported. A type of that name is E0428 under
/// `route`; `mod health;` with `use health::health;` is E0255: write `get!(health::health)`, or rename the import. The attributes of rocket,
/// actix and poem make a type of the name themselves, and `zero_trust` above them uses that; it knows them by their last word (`get`, `post`,
/// .., `handler`), and is E0425 where an attribute of such a name makes no type. Below them it is E0428 (rocket), or the gate does not see it (PC0131).
///
/// # Ranges at compile time
///
/// The function is followed with what its rules admit, and what surely fails for an admitted value does not compile:
///
/// ```text
/// error: [PC0301] `secs * 1_000_000` overflows i32: at secs = 86_400 the result is
///                 86_400_000_000; every secs >= 2_148 overflows
///        i32 holds -2_147_483_648..=2_147_483_647
///        help: widen first: `i64::from(secs) * 1_000_000`
///        help: or lower the rule of `secs`: `range(max = 2_147)`
///        see: https://docs.rs/portcullis/latest/portcullis/errors/PC0301/
/// ```
///
/// ```
/// use portcullis::{Violation, zero_trust};
///
/// #[zero_trust]
/// fn micros(#[check(range(min = 1, max = 86_400))] secs: i32) -> Result<i64, Violation> {
///     Ok(i64::from(secs) * 1_000_000)
/// }
///
/// assert_eq!(micros(86_400).unwrap(), 86_400_000_000);
/// ```
///
/// | | code |
/// |---|---|
/// | `+ - * / % -`, compound or not, `pow`, `abs`, `div_euclid`, `rem_euclid` outside the type (not under `or(wrap)`, `or(saturate)`) | PC0301 |
/// | a divisor that is zero | PC0302 |
/// | an index outside an array, or a `Vec` or slice with a `length` rule | PC0303 |
/// | a shift by the width or more | PC0304 |
/// | a cast that loses the value, where casts are checked | PC0305 |
/// | a comparison in an `if` or a guard that the rules decide | PC0306 |
///
/// **When it speaks.** For one value of each parameter, all of them admitted, the function comes to the place and fails there, with
/// any other value of what is not named. What leaves the function earlier without looking at that value (a failing database, a `?`
/// on something else) is no excuse; anything that may have looked at it and is not followed is one: a condition with a field or a
/// constant in it, a function or macro that was given the value, or was called after one that was given it. A condition of constants
/// only is one too, as for another platform, or with other settings. "Every `secs >= 2_148`" and the limit to paste have been shown for each such value.
///
/// **What it knows.** `range`, `one_of`, `length`, `each(range(..))` and `require(..)` with numbers that are written there (`60 * 60` and `i32::MAX`
/// too); primitive integers, `bool`, arrays, and `Vec` and slices that stay; literals, constants of the function, `let` with a type,
/// assignments, branches, `match` on integers, and up to 300 turns of a loop, one by one. `usize` may be 32 or 64 bits wide.
///
/// **What the compiler judges for it.** A macro sees no constant from elsewhere (`MAX_SECS`, `Self::LIMIT`, `limits::MAX`), and no type. Where such
/// a number, or a field of a parameter whose type derives [`Covered`], meets an operator, a cast or an index, a constant that holds
/// the steps up to there is left to the compiler, in `cargo check` too. It takes a field at both ends of its range and at zero,
/// and the message stands under the expression, for all such places of one function under the first of them:
///
/// ```text
/// error[E0080]: evaluation panicked: [PC0301] an overflow:
///               `order.secs * limits::FACTOR` is 86_400_000_000
///               i32 holds -2_147_483_648..=2_147_483_647
///               at order.secs = 86_400
///               at limits::FACTOR = 1_000_000
///               help: widen the operands first, or mend the rule
///               see: https://docs.rs/portcullis/latest/portcullis/errors/PC0301/
/// ```
///
/// ```
/// use portcullis::{Covered, Violation, zero_trust};
///
/// mod limits {
///     pub const MAX_SECS: i32 = 86_400;
///     pub const FACTOR: i64 = 1_000_000;
/// }
///
/// #[derive(Covered)]
/// struct Order {
///     #[check(range(min = 1, max = limits::MAX_SECS))]
///     secs: i32,
/// }
///
/// #[zero_trust]
/// fn micros(order: &Order) -> Result<i64, Violation> {
///     Ok(i64::from(order.secs) * limits::FACTOR)
/// }
///
/// assert_eq!(micros(&Order { secs: 86_400 }).unwrap(), 86_400_000_000);
/// ```
///
/// A constant is what is written in capitals; a `range` of a parameter may lie between constants too. A field counts when `range` is its one rule,
/// of `#[check(..)]` or `#[validate(..)]`, its bounds are numbers or constants, its type is a primitive integer by its name, and no rule
/// stands before the whole type; the parameter has no rule of its own, is not `mut`, and is the value or a `&` of it, also in a
/// pattern: `Json(order): Json<Order>`. It costs about 10 ms of the compiler's time for a function that has such places (`cargo check` of 100
/// such handlers took 3.3 s instead of 2.4 s), and nothing at run time. Nothing is judged in code whose constants depend on type
/// parameters, since one instance may be meant and not the other, and of `or(wrap)` and `or(saturate)`.
///
/// **What it does not know,** and says nothing of: fields of a type that derives only `validator`'s `Validate` (its derive writes nothing that
/// could be read: derive [`Covered`] beside it), fields in fields, in enums, and behind `Box`, `Deref` or `via`; constants under
/// another warning's `#[allow(deprecated)]`; whether a constant decides a condition; results of calls (`let n: u32 = ..` gives a type), numbers beyond 100 bits, relations between values, what a closure or an async block does.
/// A function is not followed at all that holds `unsafe`, labels, `#[cfg]`, a macro of its own, or names that a macro and its caller
/// wrote both; nor one that is too long for its fuel. A primitive type's name is taken to mean that type, as everywhere here,
/// unless the function declares another.
///
/// `#[portcullis::explain] (secs * 1_000)`, before an expression in parentheses or a `let`, shows what is known there (PC0307).
pub use portcullis_macros::zero_trust;

/// Refuses the request that would be one too many in the function at once. It never waits.
///
/// ```
/// use std::future::pending;
/// use std::pin::pin;
/// use std::task::{Context, Waker};
///
/// use portcullis::{Violation, bounded_concurrency};
///
/// #[bounded_concurrency(max = 2)]
/// async fn collect() -> Result<(), Violation> {
///     pending().await
/// }
///
/// let context = &mut Context::from_waker(Waker::noop());
/// let (mut first, mut second) = (Box::pin(collect()), Box::pin(collect()));
/// assert!(first.as_mut().poll(context).is_pending());
/// assert!(second.as_mut().poll(context).is_pending());
/// assert_eq!(pin!(collect()).poll(context).map(|refused| refused.unwrap_err().code()), std::task::Poll::Ready("busy"));
///
/// drop(first);
/// assert!(pin!(collect()).poll(context).is_pending());
/// ```
///
/// **Keys.**
///
/// | key | |
/// |---|---|
/// | `max = <expr>` | any integer, asked at each call; 0 and less admit nothing |
/// | `or(..)` | |
///
/// **What is counted**: the requests in this function, over all threads and all instances of a generic function. A request begins
/// with the first protected function that has a limit of this kind, and takes one permit of a function however often it enters it:
/// a handler that recurses, also through an `.await`, takes one. Parts of it that run on their own, as those that [`carry`],
/// [`carry_call`] and `portcullis::spawn` take along, enter under its permit as long as it is held, and keep it held until they leave; after that they
/// take one of their own. What is spawned with none of these is another request.
///
/// **What you get.** The permit is given back however the function is left: return, `?`, panic, a future that is dropped. A future that is never polled takes none.
/// The count never passes `max`, and a refused call changes nothing, so that one request that is let go lets one in. The answer is 503 with `Retry-After`.
///
/// **Cost.** One compare-and-swap and one atomic subtraction, on a word that all threads share, and a look at three places of the
/// thread: 6 ns where nobody else is at it (`tests/benches/concurrency.rs`). A future that is in a request pays about as much for it, and
/// grows by eight words. A part that runs on its own costs a lock in addition.
///
/// **What it cannot see.** What goes on after the function has returned: the body of a streamed response, a task, an iterator that is lazy.
/// A permit is then given back already. A future that is forgotten (`mem::forget`) keeps its permit for good. A request knows of three
/// functions that it has their permit; a fourth one that it is in takes a further permit for each entry. Of a function that returns a future made elsewhere nothing can
/// be seen: PC0008.
pub use portcullis_macros::bounded_concurrency;

#[cfg(any(feature = "problem-json", feature = "tonic"))]
pub use answer::AlreadySet;
#[cfg(feature = "warp")]
pub use answer::answer_rejection;
#[cfg(feature = "tonic")]
pub use answer::set_status;
#[cfg(feature = "problem-json")]
pub use answer::{Answer, set_answer};
#[cfg(feature = "alloc")]
pub use bounded::{Bounded, BoundedEntry};
#[cfg(feature = "tokio")]
pub use channel::{Receiver, SendError, Sender, channel, live_messages};
#[cfg(feature = "std")]
pub use deadline::time_left;
#[cfg(feature = "std")]
pub use depth::RecursionGroup;
#[cfg(feature = "std")]
pub use depth::carried::{Carry, carry, carry_call};
pub use escapes::Escape;
#[cfg(feature = "std")]
pub use evidence::observer::{AlreadyObserved, Event, set_observer};
#[cfg(feature = "stream")]
pub use input::{CheckedBytes, CheckedItems, checked_bytes, checked_items, checked_iter};
#[cfg(feature = "validator")]
pub use input::{Covered, Level};
#[cfg(feature = "bytes")]
pub use kept::kept_slice;
#[cfg(feature = "alloc")]
pub use kept::{Keep, kept};
pub use refusal::FromViolation;
pub use route::{Judged, Rule, axum, rocket};
#[cfg(not(feature = "std"))]
#[doc(hidden)]
pub use stand_in::RecursionGroup;
#[cfg(feature = "alloc")]
pub use take_apart::{Parts, TakeApart, drop_iteratively};
#[cfg(feature = "tokio")]
pub use task::{Tasks, live_tasks, spawn};
#[cfg(feature = "tokio")]
pub use timer::{Interval, RequestOver, interval, live_timers, sleep};
#[cfg(feature = "validator")]
pub use validator;
#[cfg(feature = "alloc")]
pub use violation::FieldError;
pub use violation::{Integer, Internal, Kind, Values, Violation};

/// The README's example compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

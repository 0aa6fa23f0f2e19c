//! What a protection says when a limit is broken at run time.

#[cfg(feature = "alloc")]
mod field;
pub(crate) mod native;

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
#[cfg(feature = "std")]
use alloc::string::String;
use core::error::Error;
use core::fmt;
use core::panic::Location;
#[cfg(feature = "std")]
use core::time::Duration;

#[cfg(feature = "alloc")]
use crate::proof::refusing;

#[cfg(feature = "alloc")]
pub use self::field::FieldError;
#[cfg(feature = "alloc")]
use self::field::Fields;
#[cfg(feature = "std")]
use crate::memory::{Status, Threshold};

/// A limit that a request broke.
///
/// One pointer wide, `Send + Sync + 'static`. Without the feature `alloc` it is ten pointers wide, and has neither
/// [`fields`](Self::fields) nor values. It has two halves that never mix:
///
/// * the **public** half, which may be sent to the client: [`code`](Self::code), [`kind`](Self::kind),
///   [`fields`](Self::fields). `Display` and `Debug` show this half only;
/// * the **internal** half, for the server's own log: [`internal`](Self::internal), with the function, the place in the
///   source, the operator and the values.
///
/// ```
/// use portcullis::{Violation, checked_arithmetic};
///
/// #[checked_arithmetic]
/// fn until(now: i32, secs: i32) -> Result<i32, Violation> {
///     Ok(now + secs * 1_000)
/// }
///
/// let refused = until(7, 86_400_000).unwrap_err();
/// assert_eq!(refused.code(), "arithmetic.overflow");
/// assert_eq!(refused.to_string(), "the request is refused: arithmetic.overflow");
/// assert!(refused.internal().to_string().starts_with("arithmetic.overflow: `*` of i32 in "));
/// ```
pub struct Violation(Held);

#[cfg(feature = "alloc")]
type Held = Box<Halves>;
#[cfg(not(feature = "alloc"))]
type Held = Halves;

struct Halves {
    #[cfg(feature = "alloc")]
    fields: Fields,
    internal: Internal,
}

/// Which protection refused. Coarser than the code: enough to choose a status for the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A parameter or a field broke its rule; [`Violation::fields`] says which.
    Input,
    /// An arithmetic operation or a cast left the range of its type, or divided by zero.
    Arithmetic,
    /// An index outside of what it was to lead into.
    Index,
    /// A function was entered more deeply than its bound, or than the stack allows.
    Recursion,
    /// The request took more steps than its limit: loop iterations and protected calls.
    Steps,
    /// The request was not over at its deadline.
    Deadline,
    /// Memory was critical when the request came.
    Memory,
    /// As many as may be are at it already: requests in a function, tasks, messages in a channel. It passes by itself.
    Busy,
    /// A collection is as large as it may become.
    Capacity,
    /// The other end of a channel is gone.
    Closed,
    /// More memory was asked for than its limit.
    Allocation,
    /// The handler panicked and the panic was stopped at its boundary.
    Panic,
}

/// The half that stays on the server.
///
/// `Display` prints all of it on one line.
#[derive(Debug)]
pub struct Internal {
    code: &'static str,
    function: &'static str,
    location: Option<&'static Location<'static>>,
    cause: Cause,
}

#[derive(Debug)]
pub(crate) enum Cause {
    Input,
    Arithmetic {
        operator: &'static str,
        of: &'static str,
        values: Kept,
    },
    Cast {
        from: &'static str,
        to: &'static str,
        values: Kept,
    },
    Index {
        operator: &'static str,
        values: Kept,
    },
    #[cfg(feature = "std")]
    Depth {
        max: u32,
        /// Of futures, whose frames stand in the heap.
        future: bool,
        key: Option<String>,
    },
    #[cfg(feature = "std")]
    Stack {
        /// Bytes down to the end of the stack.
        left: usize,
        /// How many of them are kept back.
        reserve: usize,
        key: Option<String>,
    },
    #[cfg(feature = "std")]
    Steps {
        /// The limit that leaves the fewest.
        max: u64,
    },
    #[cfg(feature = "std")]
    Deadline {
        /// By how much it was found to have passed.
        late: Duration,
    },
    Allocation {
        /// The method, function or macro that asked.
        operator: &'static str,
        /// How many bytes. None where they were counted until the limit came.
        asked: Option<u64>,
        max: u64,
    },
    #[cfg(feature = "alloc-count")]
    Budget {
        /// How many bytes the request may ask for in all.
        max: u64,
        /// How many it had asked for when that was seen.
        spent: u64,
    },
    #[cfg(feature = "std")]
    Memory {
        /// Of the gate. None where a checkpoint refused.
        threshold: Option<Threshold>,
        /// As it was then.
        status: Option<Status>,
    },
    #[cfg(feature = "std")]
    Busy {
        max: usize,
    },
    #[cfg(feature = "alloc")]
    Capacity {
        max: usize,
    },
    #[cfg(feature = "tokio")]
    Closed {
        /// Who is gone.
        end: &'static str,
    },
    #[cfg(feature = "std")]
    Panic {
        message: String,
    },
}

/// The values of a violation in the body, as far as keeping them costs the calls that succeed nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Values {
    /// Left and right of the operator: shifts, and the one quotient that overflows.
    Operands(Integer, Integer),
    /// Of a unary operator, or a cast.
    Operand(Integer),
    /// What a sum or a difference would have been.
    Result(Integer),
    /// An index, or the length of what was to be copied, and the length of the collection.
    Index {
        /// What was asked for.
        index: usize,
        /// How many elements there are; bytes of a string.
        length: usize,
    },
    /// A range of indices, and the length of the collection.
    Range {
        /// The first.
        start: usize,
        /// One behind the last.
        end: usize,
        /// How many elements there are; bytes of a string.
        length: usize,
    },
    /// None could be kept: products, division by zero, sums of the 128-bit types, keys of maps, floats.
    None,
}

/// The values, where there is a heap to keep them on: they are six words.
pub(crate) struct Kept(#[cfg(feature = "alloc")] Values);

impl Kept {
    #[cfg_attr(not(feature = "alloc"), expect(unused_variables, reason = "left out"))]
    pub(crate) fn new(values: Values) -> Self {
        Self(
            #[cfg(feature = "alloc")]
            values,
        )
    }

    #[cfg_attr(not(feature = "alloc"), expect(clippy::unused_self, reason = "left out"))]
    fn values(&self) -> Values {
        #[cfg(feature = "alloc")]
        return self.0;
        #[cfg(not(feature = "alloc"))]
        Values::None
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.values().fmt(f)
    }
}

/// A value of any integer type, kept for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Integer {
    /// Of a signed type, or the result of an operation.
    Signed(i128),
    /// Of an unsigned type.
    Unsigned(u128),
}

impl Violation {
    #[track_caller]
    #[cold]
    pub(crate) fn new(code: &'static str, cause: Cause) -> Self {
        Self::without_place(code, cause).here()
    }

    #[track_caller]
    #[cold]
    #[must_use]
    pub(crate) fn here(mut self) -> Self {
        self.0.internal.location = Some(Location::caller());
        self
    }

    /// Where it is said to be, instead of where it was made.
    #[cfg(feature = "std")]
    #[must_use]
    pub(crate) fn at(mut self, place: &'static Location<'static>) -> Self {
        self.0.internal.location = Some(place);
        self
    }

    #[cold]
    pub(crate) fn without_place(code: &'static str, cause: Cause) -> Self {
        let internal = Internal { code, function: "", location: None, cause };
        #[cfg(feature = "alloc")]
        return refusing(|| Self(Box::new(Halves { fields: Fields::default(), internal })));
        #[cfg(not(feature = "alloc"))]
        Self(Halves { internal })
    }

    #[must_use]
    pub(crate) fn within(mut self, function: &'static str) -> Self {
        // The innermost function that refused is the one to name; an outer boundary only passes the violation on.
        if self.0.internal.function.is_empty() {
            self.0.internal.function = function;
            #[cfg(feature = "std")]
            crate::evidence::refused(&self, function);
        }
        self
    }

    /// Of a function that does not refuse with it.
    #[cfg(feature = "std")]
    #[must_use]
    pub(crate) fn named(mut self, function: &'static str) -> Self {
        self.0.internal.function = function;
        self
    }

    /// Who did it.
    #[cfg(feature = "std")]
    #[must_use]
    pub(crate) fn with_key(mut self, key: String) -> Self {
        if let Cause::Depth { key: kept, .. } | Cause::Stack { key: kept, .. } = &mut self.0.internal.cause {
            *kept = Some(key);
        }
        self
    }

    /// The stable name of what was broken, such as `input.range`, `arithmetic.overflow`, `arithmetic.division`,
    /// `cast.lossy`, `index.bounds`, `recursion.depth`, `recursion.stack`, `steps`, `deadline`, `allocation`, `memory`, `busy`, `capacity`, `channel.closed`, `panic`. Safe to send, to count and to match on.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.internal.code
    }

    /// Whether it is of what a whole request asks for, and not of one call.
    pub(crate) fn is_of_budget(&self) -> bool {
        match self.0.internal.cause {
            #[cfg(feature = "alloc-count")]
            Cause::Budget { .. } => true,
            _ => false,
        }
    }

    /// Which protection refused.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.0.internal.cause {
            Cause::Input => Kind::Input,
            Cause::Arithmetic { .. } | Cause::Cast { .. } => Kind::Arithmetic,
            Cause::Index { .. } => Kind::Index,
            #[cfg(feature = "std")]
            Cause::Depth { .. } | Cause::Stack { .. } => Kind::Recursion,
            #[cfg(feature = "std")]
            Cause::Steps { .. } => Kind::Steps,
            #[cfg(feature = "std")]
            Cause::Deadline { .. } => Kind::Deadline,
            Cause::Allocation { .. } => Kind::Allocation,
            #[cfg(feature = "alloc-count")]
            Cause::Budget { .. } => Kind::Allocation,
            #[cfg(feature = "std")]
            Cause::Memory { .. } => Kind::Memory,
            #[cfg(feature = "std")]
            Cause::Busy { .. } => Kind::Busy,
            #[cfg(feature = "alloc")]
            Cause::Capacity { .. } => Kind::Capacity,
            #[cfg(feature = "tokio")]
            Cause::Closed { .. } => Kind::Closed,
            #[cfg(feature = "std")]
            Cause::Panic { .. } => Kind::Panic,
        }
    }

    pub(crate) fn cause(&self) -> &Cause {
        &self.0.internal.cause
    }

    /// The half for the server's own log. **Not for the client**: it names functions, files, lines and values.
    #[must_use]
    pub fn internal(&self) -> &Internal {
        &self.0.internal
    }
}

pub(crate) fn input_code(rule: &str) -> &'static str {
    match rule {
        "range" => "input.range",
        "length" => "input.length",
        "finite" => "input.finite",
        "one_of" => "input.one_of",
        "ascii" => "input.ascii",
        "non_control" | "non_control_character" => "input.non_control",
        "email" => "input.email",
        "url" => "input.url",
        "regex" => "input.regex",
        "require" => "input.require",
        "required" => "input.required",
        "depth" => "input.depth",
        _ => "input.custom",
    }
}

#[allow(clippy::match_wildcard_for_single_variants, reason = "`Cause` has more of them with `std`")]
impl Internal {
    /// The path of the protected function that refused. Empty for a violation that [`Violation::field`] or an adapter of a
    /// stream made.
    #[must_use]
    pub fn function(&self) -> &'static str {
        self.function
    }

    /// Where in the source: the operator, or the function's name for what is decided at its entry, or the call that made an
    /// adapter of a stream. `None` for a panic, whose place the panic hook prints.
    #[must_use]
    pub fn location(&self) -> Option<&'static Location<'static>> {
        self.location
    }

    /// The operator or method that left its range, as written: `+`, `-=`, `<<`, `pow`, `as`, `[]`, `remove`; what asked for
    /// too much memory: `with_capacity`, `vec!`, `collect`.
    #[must_use]
    pub fn operator(&self) -> Option<&'static str> {
        match self.cause {
            Cause::Arithmetic { operator, .. } | Cause::Index { operator, .. } | Cause::Allocation { operator, .. } => {
                Some(operator)
            }
            Cause::Cast { .. } => Some("as"),
            _ => None,
        }
    }

    /// What `key = <expr>` of a [`bounded_recursion`](crate::bounded_recursion) was, as text.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        match &self.cause {
            #[cfg(feature = "std")]
            Cause::Depth { key, .. } | Cause::Stack { key, .. } => key.as_deref(),
            _ => None,
        }
    }

    /// The values of the operation. Always [`Values::None`] without the feature `alloc`.
    #[must_use]
    pub fn values(&self) -> Values {
        match &self.cause {
            Cause::Arithmetic { values, .. } | Cause::Cast { values, .. } | Cause::Index { values, .. } => {
                values.values()
            }
            _ => Values::None,
        }
    }
}

impl fmt::Display for Internal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)?;
        match &self.cause {
            Cause::Input => {}
            Cause::Arithmetic { operator, of, values } => match values.values() {
                Values::Operands(left, right) => write!(f, ": {left} {operator} {right} of {of}")?,
                Values::Operand(operand) => write!(f, ": {operator}({operand}) of {of}")?,
                Values::Result(result) => write!(f, ": `{operator}` of {of} would be {result}")?,
                _ => write!(f, ": `{operator}` of {of}")?,
            },
            Cause::Cast { from, to, values } => match values.values() {
                Values::Operand(value) => write!(f, ": {value} of {from} as {to}")?,
                _ => write!(f, ": {from} as {to}")?,
            },
            Cause::Index { operator, values } => {
                write!(f, ": `{operator}`")?;
                match values.values() {
                    Values::Index { index, length } => write!(f, " at {index} of {length}")?,
                    Values::Range { start, end, length } => write!(f, " at {start}..{end} of {length}")?,
                    _ => {}
                }
            }
            #[cfg(feature = "std")]
            Cause::Depth { max, key, .. } => {
                write!(f, ": entered more than {max} deep{}", Keyed(key.as_deref()))?;
            }
            #[cfg(feature = "std")]
            Cause::Stack { left, reserve, key } => {
                write!(f, ": {left} bytes of the stack left, {reserve} in reserve{}", Keyed(key.as_deref()))?;
            }
            #[cfg(feature = "std")]
            Cause::Steps { max } => write!(f, ": more than {max} steps")?,
            #[cfg(feature = "std")]
            Cause::Deadline { late } => write!(f, ": not over, {late:?} after it")?,
            #[cfg(feature = "std")]
            Cause::Memory { threshold, status } => {
                match threshold {
                    Some(threshold) => write!(f, ": at {threshold}")?,
                    None => write!(f, ": nearly gone")?,
                }
                if let Some(status) = status {
                    write!(f, ", with {status}")?;
                }
            }
            #[cfg(feature = "std")]
            Cause::Busy { max } => write!(f, ": all {max} are taken")?,
            #[cfg(feature = "alloc")]
            Cause::Capacity { max } => write!(f, ": no room for more than {max}")?,
            #[cfg(feature = "tokio")]
            Cause::Closed { end } => write!(f, ": no {end}")?,
            #[cfg(feature = "alloc-count")]
            Cause::Budget { max, spent } => write!(f, ": {spent} bytes in all, where {max} are the limit")?,
            Cause::Allocation { operator, asked: Some(asked), max } => {
                write!(f, ": `{operator}` of {asked} bytes, where {max} are the limit")?;
            }
            Cause::Allocation { operator, asked: None, max } => {
                write!(f, ": `{operator}` of more than {max} bytes, which are the limit")?;
            }
            // The message of a panic may hold what the client sent: no raw control characters in a log line.
            #[cfg(feature = "std")]
            Cause::Panic { message } => write!(f, ": {}", message.escape_debug())?,
        }
        if !self.function.is_empty() {
            write!(f, " in {}", self.function)?;
        }
        match self.location {
            Some(place) => write!(f, " at {place}"),
            None => Ok(()),
        }
    }
}

/// `key = <expr>`, where there is one.
#[cfg(feature = "std")]
struct Keyed<'a>(Option<&'a str>);

#[cfg(feature = "std")]
impl fmt::Display for Keyed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It may be what the client sent: no raw control characters in a log line.
        self.0.map_or(Ok(()), |key| write!(f, ", key {}", key.escape_debug()))
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Signed(value) => value.fmt(f),
            Self::Unsigned(value) => value.fmt(f),
        }
    }
}

/// The public half.
impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the request is refused: {}", self.code())?;
        #[cfg(feature = "alloc")]
        self.0.fields.fmt(f)?;
        Ok(())
    }
}

/// The public half.
impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Violation");
        shown.field("code", &self.code());
        #[cfg(feature = "alloc")]
        shown.field("fields", &self.fields()).field("fields_omitted", &self.fields_omitted());
        shown.finish_non_exhaustive()
    }
}

impl Error for Violation {}

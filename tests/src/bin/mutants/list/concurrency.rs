//! Permits: `runtime/src/concurrency.rs`, what a request knows of them, and when it is over.

use super::{Mutant, takes_out};

const CONCURRENCY: &str = "runtime/src/concurrency.rs";
const TIES: &str = "runtime/src/request/ties.rs";
const REQUEST: &str = "runtime/src/request.rs";

pub(super) const MUTANTS: &[Mutant] = &[
    takes_out("one permit more", CONCURRENCY, "if taken >= max {", "if taken > max {"),
    takes_out(
        "a permit is not given back",
        CONCURRENCY,
        "Lane::Free | Lane::Own(_) => handler.permits().give_back(),",
        "Lane::Free | Lane::Own(_) => {}",
    ),
    takes_out(
        "a permit that is not noted is not given back",
        CONCURRENCY,
        "Taken::Unnoted(handler) => handler.permits().give_back(),",
        "Taken::Unnoted(_) => {}",
    ),
    takes_out("a part does not leave", CONCURRENCY, "Taken::Kept(shared) => shared.leave(),", "Taken::Kept(_) => {}"),
    takes_out(
        "a request takes a permit for each entry",
        CONCURRENCY,
        "Some(_) => return Ok(Self(Taken::Within)),",
        "Some(_) => {}",
    ),
    takes_out(
        "a part joins a permit of an earlier use",
        CONCURRENCY,
        "(now, keepers) if now == generation && keepers > 0 => {",
        "(_, keepers) if keepers > 0 => {",
    ),
    takes_out(
        "a part joins a permit that is given back",
        CONCURRENCY,
        "(now, keepers) if now == generation && keepers > 0 => {",
        "(now, keepers) if now == generation || keepers > 0 => {",
    ),
    takes_out("the first one gives it back", CONCURRENCY, "if keepers == 1 {", "if keepers >= 1 {"),
    takes_out("a copy does not share", TIES, "lane.set(Shared::of(handler));", "let _ = handler;"),
    takes_out("places of permits that are over stay taken", TIES, ".or_else(|| over(held))?", "?"),
    takes_out(
        "a request does not take its permits along",
        TIES,
        "self.lanes = held.lanes.replace(self.lanes)",
        "drop(held.lanes.get())",
    ),
    takes_out(
        "a body is dropped in another's places",
        REQUEST,
        "        kept.ties.exchange_permits();\n        Self(kept)",
        "        Self(kept)",
    ),
];

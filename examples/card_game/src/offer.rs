//! What a player offers in a trade. Compiled twice, as the handlers are.

use std::cell::Cell;

use portcullis::Violation;
use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize};

use super::gate::bounded_recursion;

/// A card, or a bundle of offers: as deep as the sender likes, for postcard has no limit of its own.
#[derive(Serialize, Deserialize)]
pub(crate) enum Offer {
    Card(u16),
    Bundle(#[serde(deserialize_with = "bundle")] Vec<Offer>),
}

thread_local! {
    /// Postcard keeps nothing of a custom error, so the violation waits here while its error passes through.
    static REFUSED: Cell<Option<Violation>> = const { Cell::new(None) };
}

impl Offer {
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, Violation> {
        postcard::from_bytes(bytes)
            .map_err(|_| REFUSED.take().unwrap_or_else(|| Violation::field("offer", "postcard", "is not an offer")))
    }

    /// No deeper than [`bundle`] let it become.
    pub(crate) fn cards(&self) -> u32 {
        match self {
            Self::Card(_) => 1,
            Self::Bundle(offers) => offers.iter().fold(0, |cards, offer| offer.cards().saturating_add(cards)),
        }
    }
}

#[bounded_recursion(max = 64, or(return Err(refused(violation))))]
fn bundle<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Offer>, D::Error> {
    Vec::deserialize(deserializer)
}

fn refused<E: Error>(violation: Violation) -> E {
    let error = E::custom(&violation);
    REFUSED.set(Some(violation));
    error
}

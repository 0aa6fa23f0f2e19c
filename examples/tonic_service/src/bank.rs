//! The service itself: what a user of portcullis writes.

#![allow(clippy::indexing_slicing, reason = "the lint sees the index as it is written, and not that it is checked")]

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use portcullis::{validated_input, zero_trust};
use tonic::{Request, Response, Status};

use crate::server::Bank;
use crate::wire::{Account, Number, Opening, Order, Rate};

#[derive(Clone, Default)]
pub(crate) struct Vault(Arc<Mutex<Vec<Account>>>);

impl Vault {
    /// An account is changed by single stores, so what a panic left behind may be read.
    fn accounts(&self) -> MutexGuard<'_, Vec<Account>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The account's place in the list.
#[zero_trust]
fn place(
    #[trusted(reason = "the server's own state")] accounts: &[Account],
    #[check(range(min = 1, max = 999_999))] number: u64,
) -> Result<usize, Status> {
    let place = (number - 1) as usize;
    if place < accounts.len() { Ok(place) } else { Err(Status::not_found("there is no such account")) }
}

/// On the whole block, so that no method is forgotten. A `Request` lends what it holds by a method: `via = get_ref` leads there.
#[zero_trust]
#[tonic::async_trait]
impl Bank for Vault {
    /// A message whose rules stand with its fields.
    async fn open(&self, #[check(via = get_ref)] request: Request<Opening>) -> Result<Response<Account>, Status> {
        let Opening { owner, coins } = request.into_inner();
        let mut accounts = self.accounts();
        let account = Account { number: accounts.len() as u64 + 1, owner, coins };
        accounts.push(account.clone());
        Ok(Response::new(account))
    }

    /// A message that has none: one more step, and the rule.
    async fn find(
        &self,
        #[check(via = get_ref, field = number, range(min = 1, max = 999_999))] request: Request<Number>,
    ) -> Result<Response<Account>, Status> {
        let accounts = self.accounts();
        let place = place(&accounts, request.get_ref().number)?;
        Ok(Response::new(accounts[place].clone()))
    }

    /// A condition between two fields. Both sums are there before either account is touched: a refusal undoes nothing.
    #[validated_input(require(request.get_ref().payer != request.get_ref().payee))]
    async fn transfer(&self, #[check(via = get_ref)] request: Request<Order>) -> Result<Response<Account>, Status> {
        let Order { payer, payee, coins } = request.into_inner();
        let mut accounts = self.accounts();
        let (from, to) = (place(&accounts, payer)?, place(&accounts, payee)?);
        let left = accounts[from].coins - coins;
        let gained = accounts[to].coins + coins;
        accounts[from].coins = left;
        accounts[to].coins = gained;
        Ok(Response::new(accounts[from].clone()))
    }

    /// The cast is checked too: of a float that is larger than any `u32` it would make the largest.
    async fn interest(&self, #[check(via = get_ref)] request: Request<Rate>) -> Result<Response<Account>, Status> {
        let Rate { number, percent } = request.into_inner();
        let mut accounts = self.accounts();
        let place = place(&accounts, number)?;
        let gained = (f64::from(accounts[place].coins) * percent / 100.0) as u32;
        accounts[place].coins += gained;
        Ok(Response::new(accounts[place].clone()))
    }
}

//! An upload that said a key: who asks again with it gets the same answer.

use sea_orm::entity::prelude::*;

use crate::{Moment, Verdict};

/// An upload that said a key.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "upload")]
pub struct Model {
    /// Identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Who sent it: the token's subject.
    pub subject: String,
    /// The organisation that they acted for; empty where it is none.
    pub organisation: String,
    /// The key as they said it; a caller's own.
    pub idempotency_key: String,
    /// SHA-256 over the file's and everything that was said about it.
    pub fingerprint: String,
    /// The submission that it became, or that was there already.
    pub submission_id: i64,
    /// What came of it.
    pub verdict: Verdict,
    /// The instant that the answer is of.
    pub at: Moment,
}

impl ActiveModelBehavior for ActiveModel {}

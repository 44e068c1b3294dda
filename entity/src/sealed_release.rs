//! A sealed release (fryst datauttag): a dataset that was frozen for a report, and is never changed.

use sea_orm::entity::prelude::*;

use crate::{DeliverableKind, Moment, RegistryNumber};

/// A sealed release.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sealed_release")]
pub struct Model {
    /// Identity, in the order of sealing.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// What it is asked for by: assignment, kind, and which one of them.
    #[sea_orm(unique)]
    pub name: String,
    /// The assignment whose report it is sealed for.
    pub assignment: RegistryNumber,
    /// What the report is.
    pub deliverable_kind: DeliverableKind,
    /// The report's last day.
    pub due_on: Option<Date>,
    /// The version of the dataset.
    pub version: i64,
    /// The instant of the dataset.
    pub as_of: Moment,
    /// The day that is today in it.
    pub today: Date,
    /// When it was sealed.
    pub sealed_at: Moment,
    /// Who sealed it: the token's subject.
    pub sealed_by: String,
    /// Hidden until then from all but those who prepare it; never hidden where empty.
    pub embargo_until: Option<Moment>,
    /// SHA-256 of its manifest, hexadecimal.
    pub sha256: String,
    /// Thumbprint of the key that signed it; empty where nobody did.
    pub key_id: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}

//! The kinds of rows, one file a kind: columns, what a row becomes, what the rules ask of it, how it is kept.

mod administrative_cost;
mod allocation;
mod application;
mod claimed;
mod payment;
mod population;
mod recipient;
mod reference;
mod repayment;
mod repayment_claim;
mod requisition;
mod reversal;
mod round;
mod support_event;
mod usage_report;

pub(crate) use administrative_cost::AdministrativeCosts;
pub(crate) use allocation::Allocations;
pub(crate) use application::Applications;
pub(crate) use payment::Payments;
pub(crate) use population::Populations;
pub(crate) use recipient::Recipients;
pub(crate) use reference::*;
pub(crate) use repayment::Repayments;
pub(crate) use repayment_claim::RepaymentClaims;
pub(crate) use requisition::Requisitions;
pub(crate) use round::Rounds;
pub(crate) use support_event::SupportEvents;
pub(crate) use usage_report::UsageReports;

use std::future::Future;

use sea_orm::DbErr;

use super::basis::{Basis, MoneyAsked};
use super::batch::Form;
use super::finding::Findings;
use super::row::Row;
use crate::store::Writer;

/// What a kind asks of its rows, and how it keeps them.
pub trait Intake: Form {
    /// How much of the money of the rounds its rules look at.
    const MONEY: MoneyAsked = MoneyAsked::Whole;

    /// Fills what the store knows and the row leaves out.
    fn settle(_rows: &mut [Row<Self::Fact>], _basis: &Basis) {}

    /// Checks rows without faults of form against what counts.
    fn check(rows: &[Row<Self::Fact>], basis: &Basis, findings: &mut Findings);

    /// Keeps facts under the ids of their rows.
    fn keep(
        writer: &Writer,
        facts: Vec<(i64, Self::Fact)>,
    ) -> impl Future<Output = Result<(), DbErr>> + Send;
}

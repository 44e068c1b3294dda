//! The kinds of rows, one file a kind: columns, what a row becomes, what the rules ask of it, how it is kept.

mod activity_plan;
mod activity_report;
mod administrative_cost;
mod allocation;
mod application;
mod claimed;
mod delivery;
mod deviation_decision;
mod indicator_definition;
mod indicator_value;
mod narrative;
mod payment;
mod population;
mod recipient;
mod recipient_link;
mod reference;
mod repayment;
mod repayment_claim;
mod requisition;
mod reversal;
mod round;
mod support_event;
mod usage_report;

pub(crate) use activity_plan::ActivityPlan;
pub(crate) use activity_report::ActivityReports;
pub(crate) use administrative_cost::AdministrativeCosts;
pub(crate) use allocation::Allocations;
pub(crate) use application::Applications;
pub(crate) use delivery::Deliveries;
pub(crate) use deviation_decision::DeviationDecisions;
pub(crate) use indicator_definition::IndicatorDefinitions;
pub(crate) use indicator_value::{IndicatorValues, SentValue};
pub(in crate::intake) use indicator_value::{REASONS, SEXES};
pub(crate) use narrative::Narratives;
pub(crate) use payment::Payments;
pub(crate) use population::Populations;
pub(crate) use recipient::Recipients;
pub(crate) use recipient_link::RecipientLinks;
pub(crate) use reference::*;
pub(crate) use repayment::Repayments;
pub(crate) use repayment_claim::RepaymentClaims;
pub(crate) use requisition::Requisitions;
pub(crate) use round::Rounds;
pub(crate) use support_event::SupportEvents;
pub(crate) use usage_report::UsageReports;

use std::future::Future;

use entity::{Kind, RegistryNumber};
use sea_orm::DbErr;

use super::basis::{Basis, MoneyAsked};
use super::batch::Form;
use super::column::Column;
use super::finding::Findings;
use super::row::Row;
use crate::store::Writer;

/// The columns of a kind's files.
pub(super) fn columns(kind: Kind) -> &'static [Column] {
    macro_rules! each {
        ($($kind:ident),+ $(,)?) => {
            match kind {
                $(Kind::$kind => <$kind as Form>::COLUMNS,)+
            }
        };
    }
    each!(
        Assignments,
        Decisions,
        Appropriations,
        Programmes,
        Organisations,
        Roles,
        Goals,
        MainActivities,
        Deliverables,
        SupportForms,
        KnowledgeProducts,
        ReportContents,
        AllocationKeys,
        AllocationRules,
        PublishedFigures,
        CodeLists,
        SourceDocuments,
        SourceConflicts,
        Counties,
        RecipientLinks,
        Recipients,
        Populations,
        Rounds,
        Allocations,
        Requisitions,
        Applications,
        Payments,
        UsageReports,
        Repayments,
        RepaymentClaims,
        AdministrativeCosts,
        Deliveries,
        SupportEvents,
        ActivityPlan,
        ActivityReports,
        DeviationDecisions,
        Narratives,
        IndicatorDefinitions,
        IndicatorValues,
    )
}

/// What a kind asks of its rows, and how it keeps them.
pub trait Intake: Form {
    /// How much of the money of the rounds its rules look at.
    const MONEY: MoneyAsked = MoneyAsked::Whole;

    /// The assignment that a row names in a column of its own; kinds whose rows have none say nothing.
    fn assignment_of(_fact: &Self::Fact) -> Option<&RegistryNumber> {
        None
    }

    /// Fills what the store knows and the row leaves out.
    fn settle(_rows: &mut [Row<Self::Fact>], _basis: &Basis) {}

    /// Checks rows without faults of form against what counts.
    fn check(rows: &[Row<Self::Fact>], basis: &Basis, findings: &mut Findings);

    /// Keeps facts under the ids of their rows; called for one portion of a file after the other.
    fn keep(
        writer: &Writer,
        facts: Vec<(i64, Self::Fact)>,
    ) -> impl Future<Output = Result<(), DbErr>> + Send;
}

//! The kinds that organisations send, with their columns: what a template is made of.

use entity::Kind;

use super::batch::Form;
use super::column::{ACTION, Column};
use super::kinds;

/// The columns of a kind that organisations send, `action` last; none for reference data.
#[must_use]
pub fn columns_sent(kind: Kind) -> Option<Vec<&'static Column>> {
    let own = match kind {
        Kind::Recipients => kinds::Recipients::COLUMNS,
        Kind::Populations => kinds::Populations::COLUMNS,
        Kind::Rounds => kinds::Rounds::COLUMNS,
        Kind::Allocations => kinds::Allocations::COLUMNS,
        Kind::Requisitions => kinds::Requisitions::COLUMNS,
        Kind::Applications => kinds::Applications::COLUMNS,
        Kind::Payments => kinds::Payments::COLUMNS,
        Kind::UsageReports => kinds::UsageReports::COLUMNS,
        Kind::Repayments => kinds::Repayments::COLUMNS,
        Kind::RepaymentClaims => kinds::RepaymentClaims::COLUMNS,
        Kind::AdministrativeCosts => kinds::AdministrativeCosts::COLUMNS,
        Kind::Deliveries => kinds::Deliveries::COLUMNS,
        Kind::SupportEvents => kinds::SupportEvents::COLUMNS,
        Kind::RecipientLinks => kinds::RecipientLinks::COLUMNS,
        Kind::ActivityPlan => kinds::ActivityPlan::COLUMNS,
        Kind::ActivityReports => kinds::ActivityReports::COLUMNS,
        Kind::DeviationDecisions => kinds::DeviationDecisions::COLUMNS,
        Kind::Narratives => kinds::Narratives::COLUMNS,
        Kind::IndicatorDefinitions => kinds::IndicatorDefinitions::COLUMNS,
        Kind::IndicatorValues => kinds::IndicatorValues::COLUMNS,
        _ => return None,
    };
    Some(own.iter().chain([&ACTION]).collect())
}

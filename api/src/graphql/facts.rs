//! The reading fields of a dataset, room by room; the root has the same for the present one.
//!
//! In rooms, whose names no other type of the schema has, since each field's future holds those of all fields beside it in one object.

use async_graphql::MergedObject;

use super::activity_plan::ActivityPlanQuery;
use super::administrative_cost::AdministrativeCostQuery;
use super::allocation_key::AllocationKeyQuery;
use super::assignment::AssignmentQuery;
use super::calendar::CalendarQuery;
use super::county::CountyQuery;
use super::coverage::CoverageQuery;
use super::deliverable::DeliverableQuery;
use super::deviation::DeviationQuery;
use super::equality::EqualityQuery;
use super::figure::FigureQueries;
use super::fund_ledger::FundLedgerQuery;
use super::fund_row::FundRowQuery;
use super::fund_usage::FundUsageQuery;
use super::indicator::IndicatorQuery;
use super::indicator_comparison::IndicatorComparisonQuery;
use super::indicator_group_value::IndicatorGroupValueQuery;
use super::indicator_shift::IndicatorShiftQuery;
use super::indicator_value::IndicatorValueQuery;
use super::knowledge_product::KnowledgeProductQuery;
use super::missing_report::MissingReportQuery;
use super::narrative::NarrativeQuery;
use super::organisation::OrganisationQuery;
use super::person_table::PersonTableQuery;
use super::reading::Reading;
use super::recipient::RecipientQuery;
use super::recipient_funds::RecipientFundsQuery;
use super::redistribution::RedistributionQuery;
use super::report::ReportQuery;
use super::round::RoundQuery;
use super::submission::SubmissionQuery;
use super::support_event::SupportEventQuery;

/// All reading fields of a dataset.
#[derive(MergedObject, Default)]
pub struct Facts(
    RegisterFacts,
    MoneyFacts,
    SupportFacts,
    PlanFacts,
    FollowUpFacts,
    ReportFacts,
    SubmissionQuery,
);

/// Assignments, recipients, counties, organisations, rounds.
#[derive(MergedObject, Default)]
pub struct RegisterFacts(
    AssignmentQuery,
    RecipientQuery,
    CountyQuery,
    OrganisationQuery,
    RoundQuery,
);

/// Where the money went.
#[derive(MergedObject, Default)]
pub struct MoneyFacts(
    AllocationKeyQuery,
    FundUsageQuery,
    RecipientFundsQuery,
    FundRowQuery,
    FundLedgerQuery,
    RedistributionQuery,
    MissingReportQuery,
    AdministrativeCostQuery,
    EqualityQuery,
);

/// Whom the support reached.
#[derive(MergedObject, Default)]
pub struct SupportFacts(CoverageQuery, SupportEventQuery);

/// What was planned, and how it went.
#[derive(MergedObject, Default)]
pub struct PlanFacts(
    ActivityPlanQuery,
    DeviationQuery,
    DeliverableQuery,
    CalendarQuery,
    KnowledgeProductQuery,
);
/// What is measured of how it went.
#[derive(MergedObject, Default)]
pub struct FollowUpFacts(
    IndicatorQuery,
    IndicatorValueQuery,
    PersonTableQuery,
    IndicatorShiftQuery,
    IndicatorGroupValueQuery,
    IndicatorComparisonQuery,
);

/// What reports to the Government say, number by number.
#[derive(MergedObject, Default)]
pub struct ReportFacts(FigureQueries, ReportQuery, NarrativeQuery);

impl Facts {
    /// The reading fields of a dataset.
    pub(super) fn of(reading: Reading) -> Self {
        Self(
            RegisterFacts(
                AssignmentQuery(reading),
                RecipientQuery(reading),
                CountyQuery(reading),
                OrganisationQuery(reading),
                RoundQuery(reading),
            ),
            MoneyFacts(
                AllocationKeyQuery(reading),
                FundUsageQuery(reading),
                RecipientFundsQuery(reading),
                FundRowQuery(reading),
                FundLedgerQuery(reading),
                RedistributionQuery(reading),
                MissingReportQuery(reading),
                AdministrativeCostQuery(reading),
                EqualityQuery(reading),
            ),
            SupportFacts(CoverageQuery(reading), SupportEventQuery(reading)),
            PlanFacts(
                ActivityPlanQuery(reading),
                DeviationQuery(reading),
                DeliverableQuery(reading),
                CalendarQuery(reading),
                KnowledgeProductQuery(reading),
            ),
            FollowUpFacts(
                IndicatorQuery(reading),
                IndicatorValueQuery(reading),
                PersonTableQuery(reading),
                IndicatorShiftQuery(reading),
                IndicatorGroupValueQuery(reading),
                IndicatorComparisonQuery(reading),
            ),
            ReportFacts(
                FigureQueries(reading),
                ReportQuery(reading),
                NarrativeQuery(reading),
            ),
            SubmissionQuery(reading),
        )
    }
}

//! The kinds of rows there are, each with its table and the owner of its keys.

use sea_orm::entity::prelude::*;

use crate::vocabulary::vocabulary;

/// A table of facts, keyed by the received row.
pub trait Fact: EntityTrait {
    /// The kind whose rows it holds.
    const KIND: Kind;

    /// The received row of a fact.
    fn row_id_of(model: &Self::Model) -> i64;
}

/// With what a natural key begins, so that nobody corrects another owner's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyOwner {
    /// A register that any coordinator keeps.
    Register,
    /// The key begins with a code that is unique in the store (a round).
    Itself,
    /// The key begins with the assignment.
    Assignment,
    /// The key begins with a code that belongs to whoever sent it first (an indicator).
    FirstSender,
}

vocabulary!(
    /// What the rows of a submission are. The code is the name in file names and manifests.
    Kind {
        /// Assignments (reference data).
        Assignments = "assignments",
        /// Decisions (reference data).
        Decisions = "decisions",
        /// Appropriations (reference data).
        Appropriations = "appropriations",
        /// Programmes (reference data).
        Programmes = "programmes",
        /// Organisations (reference data).
        Organisations = "organisations",
        /// Roles (reference data).
        Roles = "roles",
        /// Goals (reference data).
        Goals = "goals",
        /// Main activities (reference data).
        MainActivities = "main_activities",
        /// Deliverables (reference data).
        Deliverables = "deliverables",
        /// Support forms (reference data).
        SupportForms = "support_forms",
        /// Knowledge products (reference data).
        KnowledgeProducts = "knowledge_products",
        /// What documents say of the contents of reports (reference data).
        ReportContents = "report_contents",
        /// Allocation keys (reference data).
        AllocationKeys = "allocation_keys",
        /// Rules behind allocation keys (reference data).
        AllocationRules = "allocation_rules",
        /// Published figures (reference data).
        PublishedFigures = "published_figures",
        /// Code lists (reference data).
        CodeLists = "code_lists",
        /// Source documents (reference data).
        SourceDocuments = "source_documents",
        /// Statements that contradict each other (reference data).
        SourceConflicts = "source_conflicts",
        /// Counties (reference data).
        Counties = "counties",
        /// Links between recipients' codes.
        RecipientLinks = "recipient_links",
        /// Recipients.
        Recipients = "recipients",
        /// Populations.
        Populations = "populations",
        /// Rounds.
        Rounds = "rounds",
        /// Allocations.
        Allocations = "allocations",
        /// Requisitions.
        Requisitions = "requisitions",
        /// Applications.
        Applications = "applications",
        /// Payments.
        Payments = "payments",
        /// Usage reports.
        UsageReports = "usage_reports",
        /// Repayments.
        Repayments = "repayments",
        /// Claims for repayment.
        RepaymentClaims = "repayment_claims",
        /// Administrative costs.
        AdministrativeCosts = "administrative_costs",
        /// Deliveries of what decisions ask for.
        Deliveries = "deliveries",
        /// Support events.
        SupportEvents = "support_events",
        /// Activity plans.
        ActivityPlan = "activity_plan",
        /// Activity reports.
        ActivityReports = "activity_reports",
        /// Decisions on the deviations that activity reports tell of.
        DeviationDecisions = "deviation_decisions",
        /// Texts that organisations write for reports.
        Narratives = "narratives",
        /// Indicator definitions.
        IndicatorDefinitions = "indicator_definitions",
        /// Indicator values.
        IndicatorValues = "indicator_values",
    }
);

impl Kind {
    /// With what the kind's natural keys begin.
    #[must_use]
    pub const fn key_owner(self) -> KeyOwner {
        match self {
            Self::AdministrativeCosts
            | Self::Deliveries
            | Self::SupportEvents
            | Self::ActivityPlan
            | Self::ActivityReports
            | Self::DeviationDecisions
            | Self::Narratives => KeyOwner::Assignment,
            Self::Rounds
            | Self::Allocations
            | Self::Requisitions
            | Self::Applications
            | Self::Payments
            | Self::UsageReports
            | Self::Repayments
            | Self::RepaymentClaims => KeyOwner::Itself,
            Self::IndicatorDefinitions | Self::IndicatorValues => KeyOwner::FirstSender,
            Self::Assignments
            | Self::Decisions
            | Self::Appropriations
            | Self::Programmes
            | Self::Organisations
            | Self::Roles
            | Self::Goals
            | Self::MainActivities
            | Self::Deliverables
            | Self::SupportForms
            | Self::KnowledgeProducts
            | Self::ReportContents
            | Self::AllocationKeys
            | Self::AllocationRules
            | Self::PublishedFigures
            | Self::CodeLists
            | Self::SourceDocuments
            | Self::SourceConflicts
            | Self::Counties
            | Self::RecipientLinks
            | Self::Recipients
            | Self::Populations => KeyOwner::Register,
        }
    }

    /// Whether its rows are a register that belongs to no assignment, and that any coordinator keeps.
    #[must_use]
    pub const fn is_register(self) -> bool {
        matches!(self.key_owner(), KeyOwner::Register)
    }

    /// The kinds that are registers.
    pub fn registers() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|kind| kind.is_register())
    }
}

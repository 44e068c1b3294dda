//! The sections that every report has, and the part in which each stands.

use sea_orm::entity::prelude::*;

use crate::vocabulary::vocabulary;

vocabulary!(
    /// A section of a report (avsnitt), in the order in which they stand.
    ReportSection {
        /// The assignment and the decisions (uppdraget och besluten).
        Assignment = "assignment",
        /// Whom the support has reached (vilka stödet har nått).
        SupportCoverage = "support.coverage",
        /// How far the plan has come (genomförandeplanen).
        SupportPlan = "support.plan",
        /// The funds by year and kind of recipient (medlen per år och mottagartyp).
        FundsByYear = "funds.by_year",
        /// The funds by county (medlen per län).
        FundsByCounty = "funds.by_county",
        /// The funds by population group (medlen per befolkningsgrupp).
        FundsByPopulationGroup = "funds.by_population_group",
        /// What the money was used for (vad medlen har använts till).
        FundsUseAreas = "funds.use_areas",
        /// Applications, granted and declined (ansökningar).
        FundsApplications = "funds.applications",
        /// Repayments (återbetalningar).
        FundsRepayments = "funds.repayments",
        /// Administrative costs (administrativa kostnader).
        FundsAdministration = "funds.administration",
        /// The allocation key (fördelningsnyckeln).
        FundsAllocationKey = "funds.allocation_key",
        /// How the use of the money has developed (utvecklingen).
        DevelopmentUse = "development.use",
        /// Equality over the country (likvärdighet).
        DevelopmentEquality = "development.equality",
        /// Shift of follow-up indicators (förflyttning).
        DevelopmentIndicators = "development.indicators",
        /// Published figures (publicerade uppgifter).
        DevelopmentPublished = "development.published",
        /// Summary (sammanfattning).
        ConclusionsSummary = "conclusions.summary",
        /// Findings of earlier documents (iakttagelser).
        ConclusionsFindings = "conclusions.findings",
        /// What the agencies conclude (slutsatser).
        ConclusionsDrawn = "conclusions.drawn",
    }
);

impl ReportSection {
    /// Number of the part in which it stands, from 1.
    #[must_use]
    pub const fn part(self) -> i64 {
        match self {
            Self::Assignment | Self::SupportCoverage | Self::SupportPlan => 1,
            Self::FundsByYear
            | Self::FundsByCounty
            | Self::FundsByPopulationGroup
            | Self::FundsUseAreas
            | Self::FundsApplications
            | Self::FundsRepayments
            | Self::FundsAdministration
            | Self::FundsAllocationKey => 2,
            Self::DevelopmentUse
            | Self::DevelopmentEquality
            | Self::DevelopmentIndicators
            | Self::DevelopmentPublished => 3,
            Self::ConclusionsSummary | Self::ConclusionsFindings | Self::ConclusionsDrawn => 4,
        }
    }
}

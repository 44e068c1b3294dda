//! What decisions say: how money is handed out, what is to be reported.

use async_graphql::Enum;

/// How an appropriation is handed out (fördelningssätt).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::DistributionMethod", name = "DistributionMethod")]
pub enum DistributionMethod {
    /// On requisition (rekvisition).
    Requisition,
    /// After application (ansökan).
    Application,
    /// Directly (direkt).
    Direct,
}

/// What a decision asks for (redovisning).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "entity::DeliverableKind", name = "DeliverableKind")]
pub enum DeliverableKind {
    /// Joint implementation plan (genomförandeplan).
    JointPlan,
    /// Supplementary plan (kompletterande plan).
    SupplementaryPlan,
    /// Account of how the assignment will be carried out (redogörelse).
    AccountOfImplementation,
    /// Annual report (årlig redovisning).
    AnnualReport,
    /// A county's annual report (länsstyrelsernas årliga rapport).
    CountyAnnualReport,
    /// Interim report (delredovisning).
    InterimReport,
    /// Final report (slutredovisning).
    FinalReport,
    /// Evaluation (utvärdering).
    Evaluation,
}

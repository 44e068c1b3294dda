//! Between two versions: the dataset of the later one with a part of what changed, so that a difference can be said by its
//! causes.

use entity::Kind;

/// A dataset between an earlier version and its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Mixture {
    /// The earlier version.
    pub(crate) from: i64,
    /// How much of what changed since is in it.
    pub(crate) step: Step,
}

/// How much of what changed is in a mixture; each has what the ones before have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Step {
    /// Nothing: the earlier version itself.
    Nothing,
    /// Facts of keys that nothing was known of: late reports.
    Late,
    /// Facts that were corrected or removed.
    Corrected,
    /// Who there is: recipients, their codes, counties and populations.
    Populated,
}

/// Which of the two versions the rows of a kind are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// The earlier one's.
    Earlier,
    /// The earlier one's, and the later one's of new keys.
    WithNewKeys,
    /// The later one's.
    Later,
}

/// To which cause a change of a kind's rows belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cause {
    Fact,
    Population,
    Rule,
}

impl Mixture {
    /// Which of the two versions the rows of a kind are of.
    pub(crate) fn taken(self, kind: Kind) -> Taken {
        match (cause(kind), self.step) {
            (_, Step::Nothing) | (Cause::Rule, _) => Taken::Earlier,
            (Cause::Fact, Step::Late) => Taken::WithNewKeys,
            (Cause::Fact, Step::Corrected | Step::Populated) => Taken::Later,
            (Cause::Population, Step::Populated) => Taken::Later,
            (Cause::Population, Step::Late | Step::Corrected) => Taken::Earlier,
        }
    }
}

/// The cause that a change of a kind's rows is said by. A round is a fact that an agency reports; what decisions and
/// definitions say is a rule.
const fn cause(kind: Kind) -> Cause {
    match kind {
        Kind::Counties | Kind::RecipientLinks | Kind::Recipients | Kind::Populations => {
            Cause::Population
        }
        Kind::Rounds
        | Kind::Allocations
        | Kind::Requisitions
        | Kind::Applications
        | Kind::Payments
        | Kind::UsageReports
        | Kind::Repayments
        | Kind::RepaymentClaims
        | Kind::AdministrativeCosts
        | Kind::Deliveries
        | Kind::SupportEvents
        | Kind::ActivityPlan
        | Kind::ActivityReports
        | Kind::DeviationDecisions
        | Kind::Narratives
        | Kind::IndicatorValues
        | Kind::PublishedFigures => Cause::Fact,
        Kind::Assignments
        | Kind::Decisions
        | Kind::Appropriations
        | Kind::Programmes
        | Kind::Organisations
        | Kind::Roles
        | Kind::Goals
        | Kind::MainActivities
        | Kind::Deliverables
        | Kind::SupportForms
        | Kind::KnowledgeProducts
        | Kind::ReportContents
        | Kind::AllocationKeys
        | Kind::AllocationRules
        | Kind::CodeLists
        | Kind::SourceDocuments
        | Kind::SourceConflicts
        | Kind::IndicatorDefinitions => Cause::Rule,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_adds_one_cause_to_the_one_before() {
        let taken = |kind| {
            [Step::Nothing, Step::Late, Step::Corrected, Step::Populated]
                .map(|step| Mixture { from: 1, step }.taken(kind))
        };
        use Taken::{Earlier, Later, WithNewKeys};
        assert_eq!(taken(Kind::Payments), [Earlier, WithNewKeys, Later, Later]);
        assert_eq!(taken(Kind::Populations), [Earlier, Earlier, Earlier, Later]);
        assert_eq!(taken(Kind::Decisions), [Earlier; 4]);
    }
}

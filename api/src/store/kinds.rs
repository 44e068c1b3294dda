//! Sets of kinds: what an answer rests on. What changes of other kinds leaves it as it is.

use entity::Kind;

/// A set of kinds of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kinds(u64);

impl Kinds {
    /// Registers and decisions: what a [`Catalogue`](super::Catalogue) holds. Every answer rests on them.
    pub(crate) const REGISTERS: Self = Self::of(&[
        Kind::Assignments,
        Kind::Decisions,
        Kind::Appropriations,
        Kind::Programmes,
        Kind::Organisations,
        Kind::Roles,
        Kind::Goals,
        Kind::MainActivities,
        Kind::Deliverables,
        Kind::Deliveries,
        Kind::SupportForms,
        Kind::KnowledgeProducts,
        Kind::ReportContents,
        Kind::AllocationKeys,
        Kind::AllocationRules,
        Kind::PublishedFigures,
        Kind::CodeLists,
        Kind::SourceDocuments,
        Kind::SourceConflicts,
        Kind::Counties,
        Kind::RecipientLinks,
        Kind::Recipients,
        Kind::Populations,
        Kind::Rounds,
        Kind::IndicatorDefinitions,
    ]);

    /// The money of rounds, and what it costs to hand it out.
    pub(crate) const FUNDS: Self = Self::REGISTERS.and(&[
        Kind::Allocations,
        Kind::Requisitions,
        Kind::Applications,
        Kind::Payments,
        Kind::UsageReports,
        Kind::Repayments,
        Kind::RepaymentClaims,
        Kind::AdministrativeCosts,
    ]);

    /// Support events, and whom they reached.
    pub(crate) const SUPPORT: Self = Self::REGISTERS.and(&[Kind::SupportEvents]);

    /// Values of indicators.
    pub(crate) const INDICATORS: Self = Self::REGISTERS.and(&[Kind::IndicatorValues]);

    /// Plans, what is reported on them, and what is decided on that.
    pub(crate) const PLANS: Self = Self::REGISTERS.and(&[
        Kind::ActivityPlan,
        Kind::ActivityReports,
        Kind::DeviationDecisions,
    ]);

    /// Plans beside the events that were held.
    pub(crate) const PLANS_AND_SUPPORT: Self = Self::PLANS.and(&[Kind::SupportEvents]);

    /// Texts that are written for reports.
    pub(crate) const NARRATIVES: Self = Self::REGISTERS.and(&[Kind::Narratives]);

    const fn of(kinds: &[Kind]) -> Self {
        Self(0).and(kinds)
    }

    const fn and(self, kinds: &[Kind]) -> Self {
        let (mut set, mut place) = (self.0, 0);
        while place < kinds.len() {
            set |= 1 << kinds[place] as u32;
            place += 1;
        }
        Self(set)
    }

    /// Whether a kind is one of them.
    pub(crate) const fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u32) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_of_one_subject() {
        let subjects = [
            Kinds::REGISTERS,
            Kinds::FUNDS,
            Kinds::SUPPORT,
            Kinds::INDICATORS,
            Kinds::PLANS,
            Kinds::NARRATIVES,
        ];
        for kind in Kind::ALL {
            let own = subjects.iter().filter(|one| one.has(*kind)).count();
            let expected = if Kinds::REGISTERS.has(*kind) {
                subjects.len()
            } else {
                1
            };
            assert_eq!(own, expected, "{kind:?}");
        }
    }
}

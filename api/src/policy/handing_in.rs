//! Who hands in which kind of file: one table of kinds, by what a sender is to the assignment. Whose each row is says the
//! row itself; intake looks at that.

use entity::Kind;

/// What a sender is, as the registers say that count. It may be several of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// It coordinates the assignment; for a register, any.
    pub coordinates: bool,
    /// It is an organisation of the register.
    pub is_organisation: bool,
    /// It has a part in the assignment: a role that is more than a copy of the decision.
    pub has_part: bool,
    /// It is a recipient that reports for itself.
    pub is_recipient: bool,
}

/// Whether somebody who does not coordinate the assignment hands in a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Own {
    /// Not at all.
    Nothing,
    /// What is its own.
    Own,
    /// What is its own, where it has a part in the assignment.
    OwnInPart,
    /// What is its own and asked for: no decision on it, but that it is withdrawn.
    OwnUndecided,
}

/// A line of the table: what an organisation and what a recipient hand in of a kind. The coordinator hands in every kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hands {
    /// An agency, a county board, a university or another organisation of the register.
    pub organisation: Own,
    /// A municipality, a region, an association, or whoever else receives money.
    pub recipient: Own,
}

const NOBODY: Hands = Hands {
    organisation: Own::Nothing,
    recipient: Own::Nothing,
};

/// Who hands in a kind beside the coordinator: the table.
#[must_use]
pub const fn hands(kind: Kind) -> Hands {
    match kind {
        // Registers, what is decided, and what is paid are the coordinator's.
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
        | Kind::PublishedFigures
        | Kind::CodeLists
        | Kind::SourceDocuments
        | Kind::SourceConflicts
        | Kind::Counties
        | Kind::RecipientLinks
        | Kind::Recipients
        | Kind::Populations
        | Kind::Rounds
        | Kind::Allocations
        | Kind::Payments
        | Kind::RepaymentClaims
        | Kind::ActivityPlan
        | Kind::DeviationDecisions => NOBODY,
        // What a recipient asks for, and how it used and gave back what it had.
        Kind::Requisitions | Kind::UsageReports | Kind::Repayments => Hands {
            recipient: Own::Own,
            ..NOBODY
        },
        Kind::Applications => Hands {
            recipient: Own::OwnUndecided,
            ..NOBODY
        },
        // What those do that have a part in the assignment.
        Kind::AdministrativeCosts | Kind::SupportEvents | Kind::Narratives => Hands {
            organisation: Own::OwnInPart,
            ..NOBODY
        },
        // Whom the decision or the plan names, says the row.
        Kind::Deliveries | Kind::ActivityReports | Kind::IndicatorDefinitions => Hands {
            organisation: Own::Own,
            ..NOBODY
        },
        Kind::IndicatorValues => Hands {
            organisation: Own::Own,
            recipient: Own::Own,
        },
    }
}

/// Whether a sender hands in a kind.
#[must_use]
pub const fn may_hand_in(kind: Kind, sender: Standing) -> bool {
    let Hands {
        organisation,
        recipient,
    } = hands(kind);
    let as_organisation = match organisation {
        Own::Nothing => false,
        Own::Own | Own::OwnUndecided => sender.is_organisation,
        Own::OwnInPart => sender.is_organisation && sender.has_part,
    };
    let as_recipient = match recipient {
        Own::Nothing => false,
        Own::Own | Own::OwnUndecided => sender.is_recipient,
        Own::OwnInPart => sender.is_recipient && sender.has_part,
    };
    sender.coordinates || as_organisation || as_recipient
}

/// The table as a document has it.
pub(super) fn table() -> String {
    let said = |own: Own| match own {
        Own::Nothing => "–",
        Own::Own => "its own",
        Own::OwnInPart => "its own, with a part in the assignment",
        Own::OwnUndecided => "its own, without a decision on it",
    };
    let mut text =
        "\n| kind | coordinator | organisation | recipient |\n|---|---|---|---|\n".to_owned();
    for kind in Kind::ALL.iter().copied() {
        let Hands {
            organisation,
            recipient,
        } = hands(kind);
        let coordinator = if kind.is_register() {
            "of any assignment"
        } else {
            "of the assignment"
        };
        text.push_str(&format!(
            "| `{}` | {coordinator} | {} | {} |\n",
            kind.code(),
            said(organisation),
            said(recipient)
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECIPIENT: Standing = Standing {
        coordinates: false,
        is_organisation: false,
        has_part: false,
        is_recipient: true,
    };

    #[test]
    fn a_register_is_kept_by_coordinators_alone() {
        for kind in Kind::registers() {
            assert_eq!(hands(kind), NOBODY, "{kind:?}");
        }
    }

    #[test]
    fn whoever_receives_money_decides_on_none_of_it() {
        for kind in [
            Kind::Rounds,
            Kind::Allocations,
            Kind::Payments,
            Kind::RepaymentClaims,
            Kind::Recipients,
        ] {
            assert!(!may_hand_in(kind, RECIPIENT), "{kind:?}");
            let everything = Standing {
                coordinates: false,
                is_organisation: true,
                has_part: true,
                is_recipient: true,
            };
            assert!(!may_hand_in(kind, everything), "{kind:?}");
        }
        for kind in [Kind::Requisitions, Kind::Applications, Kind::UsageReports] {
            assert!(may_hand_in(kind, RECIPIENT), "{kind:?}");
        }
        assert_eq!(hands(Kind::Applications).recipient, Own::OwnUndecided);
    }

    #[test]
    fn the_coordinator_hands_in_every_kind_and_a_stranger_none() {
        let coordinator = Standing {
            coordinates: true,
            ..Standing::default()
        };
        for kind in Kind::ALL.iter().copied() {
            assert!(may_hand_in(kind, coordinator), "{kind:?}");
            assert!(!may_hand_in(kind, Standing::default()), "{kind:?}");
        }
    }

    #[test]
    fn whoever_has_a_copy_of_the_decision_alone_has_held_no_support() {
        let with_a_copy = Standing {
            is_organisation: true,
            ..Standing::default()
        };
        let with_a_part = Standing {
            has_part: true,
            ..with_a_copy
        };
        for kind in [
            Kind::SupportEvents,
            Kind::AdministrativeCosts,
            Kind::Narratives,
        ] {
            assert!(!may_hand_in(kind, with_a_copy), "{kind:?}");
            assert!(may_hand_in(kind, with_a_part), "{kind:?}");
        }
    }
}

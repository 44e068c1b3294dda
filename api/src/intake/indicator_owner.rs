//! Whose an indicator is: who sent its code first, and who coordinates that assignment.

use super::basis::Basis;
use super::check::{indicator_of, part, place};
use super::finding::Findings;
use super::row::RowHead;
use super::rule::Rule;

/// Notes rows of an indicator that belongs to somebody else; gives whether the row is the sender's.
pub(super) fn indicator_is_own(basis: &Basis, head: &RowHead, findings: &mut Findings) -> bool {
    let own = owns_indicator(basis, head);
    if !own {
        findings.row(
            place(head),
            Rule::NotYourData,
            Some("indicator"),
            part(head, 0).unwrap_or_default(),
        );
    }
    let elsewhere = own && belongs_elsewhere(basis, head);
    if elsewhere {
        findings.row(
            place(head),
            Rule::UnknownCode,
            Some("indicator"),
            part(head, 0).unwrap_or_default(),
        );
    }
    own && !elsewhere
}

/// Whether a row's indicator belongs to another assignment than the file was sent for.
pub(super) fn belongs_elsewhere(basis: &Basis, head: &RowHead) -> bool {
    let owner = indicator_of(head).and_then(|code| basis.indicators.owners.get(&code));
    let own = owner.and_then(|owner| owner.assignment.as_ref());
    own.zip(basis.assignment.as_ref())
        .is_some_and(|(own, said)| own != said)
}

/// Whether the sender may send for a row's indicator; for one that nobody owns yet everybody may.
pub(super) fn owns_indicator(basis: &Basis, head: &RowHead) -> bool {
    let owner = indicator_of(head).and_then(|code| basis.indicators.owners.get(&code));
    owner.is_none_or(|owner| {
        basis.sender.is(&owner.organisation)
            || owner
                .assignment
                .as_ref()
                .is_some_and(|assignment| basis.sender.coordinates(assignment))
    })
}

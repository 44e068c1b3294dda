//! Protected places: which files tell where a protected recipient is, and who is told what stands in them.
//!
//! No answer tells the county of a protected location, nor whom support reached there (`store::support::Reached`): the
//! figures are the same for everybody. What is left are the files themselves, and hashes of their rows, which can be
//! guessed where there are 21 counties to guess among.

use entity::Kind;

use super::{Role, Sent, Viewer};

/// Whether rows of a kind tell where recipients are, or whom an event reached.
#[must_use]
pub const fn tells_places(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Recipients | Kind::RecipientLinks | Kind::SupportEvents
    )
}

/// Whether a file of a kind tells by its sender where those are whom it names: a county's board sends values of the
/// recipients in its county, and such values of a protected one are in no answer.
const fn tells_by_its_sender(kind: Kind) -> bool {
    matches!(kind, Kind::IndicatorValues)
}

/// Whether a viewer within whose reach a file lies is also told what it says of places, in its rows, their number and the
/// findings on them: whoever sent it, and the coordinators, who keep the registers.
#[must_use]
pub fn may_be_told(viewer: &Viewer, file: Sent<'_>) -> bool {
    !(tells_places(file.kind) || tells_by_its_sender(file.kind))
        || match viewer.role {
            Role::Public | Role::Evaluator => false,
            Role::Coordinator => true,
            Role::Reporter => viewer.organisation.as_ref() == Some(file.sender),
        }
}

#[cfg(test)]
mod tests {
    use entity::OrganisationCode;

    use super::*;

    #[test]
    fn a_file_that_tells_places_is_for_its_sender_and_the_coordinators() {
        let code = |code: &str| OrganisationCode::parse(code).ok();
        let viewer = |role, organisation| Viewer {
            subject: "anna".to_owned(),
            role,
            organisation,
        };
        let sender = code("lansstyrelsen_skane").expect("a code");
        let told = |viewer: &Viewer, kind| {
            let (assignment, sender) = (None, &sender);
            may_be_told(
                viewer,
                Sent {
                    kind,
                    assignment,
                    sender,
                },
            )
        };
        for (who, is_told) in [
            (Viewer::public(), false),
            (viewer(Role::Evaluator, None), false),
            (viewer(Role::Reporter, code("nck")), false),
            (viewer(Role::Reporter, code("lansstyrelsen_skane")), true),
            (viewer(Role::Coordinator, code("socialstyrelsen")), true),
        ] {
            for kind in [
                Kind::Recipients,
                Kind::RecipientLinks,
                Kind::SupportEvents,
                Kind::IndicatorValues,
            ] {
                assert_eq!(told(&who, kind), is_told, "{who:?} {kind:?}");
            }
            assert!(told(&who, Kind::UsageReports), "which tell no place");
        }
    }
}

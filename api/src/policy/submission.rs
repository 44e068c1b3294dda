//! Who may do what to a submission: the two-person rule, and who withdraws what. Whose rows it is says the scope.

use entity::{SubmissionEvent, SubmissionState, submission};

use super::{Action, Reach, Role, Viewer};

/// Why something may not be done, for the one who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Denial {
    /// Swedish.
    pub sv: &'static str,
    /// English.
    pub en: &'static str,
}

/// The submission is not within the viewer's reach in this action.
pub const OUT_OF_REACH: Denial = Denial {
    sv: "Inleveransen ligger utanför det du får besluta om.",
    en: "The submission is not within your reach in this.",
};
const ROLE: Denial = Denial {
    sv: "Din roll får inte göra detta.",
    en: "Your role may not do this.",
};
const OWN_FILE: Denial = Denial {
    sv: "Två personer krävs: en samordnare vid en annan organisation än avsändarens beslutar.",
    en: "Two persons are needed: a coordinator of another organisation than the sender's decides.",
};
const COUNTS: Denial = Denial {
    sv: "Det som räknas återkallas av uppdragets samordnare. Be samordnaren, eller skicka en rättelse.",
    en: "What counts is withdrawn by the assignment's coordinator. Ask the coordinator, or send a correction.",
};
const STATE: Denial = Denial {
    sv: "Inleveransen är inte i ett läge där detta kan göras.",
    en: "The submission is not in a state in which this can be done.",
};

/// Whether a viewer may make something happen to a submission within its reach.
///
/// # Errors
/// It may not; the denial says why.
pub fn may(
    viewer: &Viewer,
    event: SubmissionEvent,
    submission: &submission::Model,
    state: SubmissionState,
) -> Result<(), Denial> {
    let action = match event {
        SubmissionEvent::Accepted | SubmissionEvent::Returned => Action::Decide,
        SubmissionEvent::Withdrawn => Action::Withdraw,
        SubmissionEvent::Received | SubmissionEvent::Refused => return Err(STATE),
    };
    if viewer.reach(action) == Reach::Nothing {
        return Err(ROLE);
    }
    SubmissionState::after(Some(state), event).map_err(|_| STATE)?;
    match event {
        SubmissionEvent::Accepted if is_own(viewer, submission) => Err(OWN_FILE),
        SubmissionEvent::Withdrawn
            if state == SubmissionState::Accepted && viewer.role != Role::Coordinator =>
        {
            Err(COUNTS)
        }
        SubmissionEvent::Withdrawn
            if viewer.role == Role::Reporter
                && viewer.organisation.as_ref() != Some(&submission.organisation_code) =>
        {
            Err(ROLE)
        }
        _ => Ok(()),
    }
}

/// Whether the submission is of the viewer's own organisation, or handed in by the viewer.
fn is_own(viewer: &Viewer, submission: &submission::Model) -> bool {
    viewer.organisation.as_ref() == Some(&submission.organisation_code)
        || viewer.subject == submission.actor
}

//! The life of a submission: which event may follow which, in one match.

use crate::SubmissionEvent;

/// Where a submission is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubmissionState {
    /// Received: it waits for a decision, and does not count.
    Received,
    /// Accepted: it counts.
    Accepted,
    /// Refused by the rules on receipt; none of its rows was kept.
    Refused,
    /// Returned for completion; a new file follows or not.
    Returned,
    /// Withdrawn: it counts no longer, and what it had replaced counts again.
    Withdrawn,
}

/// An event that cannot follow in a life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a submission that is {} cannot be {}", .state.map_or("not received", SubmissionState::word), .event.code().to_lowercase())]
pub struct IllegalEvent {
    /// Where it is; none before its receipt.
    pub state: Option<SubmissionState>,
    /// What was to happen.
    pub event: SubmissionEvent,
}

impl SubmissionState {
    /// Every state.
    pub const ALL: &'static [Self] = &[
        Self::Received,
        Self::Accepted,
        Self::Refused,
        Self::Returned,
        Self::Withdrawn,
    ];

    /// The state after an event.
    ///
    /// # Errors
    /// The event cannot follow.
    pub const fn after(state: Option<Self>, event: SubmissionEvent) -> Result<Self, IllegalEvent> {
        use SubmissionEvent as Event;
        match (state, event) {
            (None, Event::Received) => Ok(Self::Received),
            (None | Some(Self::Received), Event::Accepted) => Ok(Self::Accepted),
            (None, Event::Refused) => Ok(Self::Refused),
            (Some(Self::Received), Event::Returned) => Ok(Self::Returned),
            (Some(Self::Received | Self::Accepted), Event::Withdrawn) => Ok(Self::Withdrawn),
            (state, event) => Err(IllegalEvent { state, event }),
        }
    }

    /// The state after events in their order; none where there are none, or they cannot follow each other.
    #[must_use]
    pub fn of(events: impl IntoIterator<Item = SubmissionEvent>) -> Option<Self> {
        let mut state = None;
        for event in events {
            state = Some(Self::after(state, event).ok()?);
        }
        state
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Received => "waiting",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Returned => "returned",
            Self::Withdrawn => "withdrawn",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lives_that_a_submission_can_have() {
        let mut table = String::new();
        let states = std::iter::once(None).chain(SubmissionState::ALL.iter().copied().map(Some));
        for state in states {
            for event in SubmissionEvent::ALL {
                if let Ok(after) = SubmissionState::after(state, *event) {
                    let before = state.map_or("nothing", SubmissionState::word);
                    table += &format!("{before} {} {}\n", event.code(), after.word());
                }
            }
        }
        assert_eq!(
            table,
            "nothing RECEIVED waiting\nnothing ACCEPTED accepted\nnothing REFUSED refused\n\
             waiting ACCEPTED accepted\nwaiting RETURNED returned\nwaiting WITHDRAWN withdrawn\n\
             accepted WITHDRAWN withdrawn\n"
        );
    }
}

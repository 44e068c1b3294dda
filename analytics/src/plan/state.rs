//! How far an activity has come, and which of several organisations' states is the activity's.

/// How far an activity has come on a day. The order is that of advance, and a cancelled one is apart from it: last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActivityState {
    /// No report by the day.
    NotReported,
    /// Not started.
    NotStarted,
    /// Delayed.
    Delayed,
    /// Ongoing.
    Ongoing,
    /// Completed.
    Completed,
    /// Cancelled.
    Cancelled,
}

impl ActivityState {
    /// Every state, in the order of advance.
    pub const ALL: [Self; 6] = [
        Self::NotReported,
        Self::NotStarted,
        Self::Delayed,
        Self::Ongoing,
        Self::Completed,
        Self::Cancelled,
    ];

    /// The least advanced of the states of those responsible: a cancelled one decides only where all are.
    pub(super) fn least_advanced(states: impl IntoIterator<Item = Self>) -> Self {
        states.into_iter().min().unwrap_or(Self::NotReported)
    }
}

#[cfg(test)]
mod tests {
    use super::ActivityState::{self, *};

    #[test]
    fn the_least_advanced_decides_and_cancelled_is_apart() {
        for (states, expected) in [
            (vec![Completed, NotReported], NotReported),
            (vec![Delayed, NotStarted, Ongoing], NotStarted),
            (vec![Ongoing, Delayed], Delayed),
            (vec![Cancelled, Completed], Completed),
            (vec![Cancelled, Cancelled], Cancelled),
            (vec![], NotReported),
        ] {
            assert_eq!(ActivityState::least_advanced(states), expected);
        }
    }
}

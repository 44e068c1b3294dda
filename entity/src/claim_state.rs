//! Where a claim for repayment stands, and which change of it is legal: one exhaustive match.

use chrono::NaiveDate;

use crate::{ClaimStep, Sek};

/// Where a claim stands (läge). Whether it is overdue depends on the day: see [`ClaimState::is_overdue`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ClaimState {
    /// Nothing is demanded yet.
    #[default]
    Unmade,
    /// To be paid by a day.
    Demanded {
        /// What is left to pay; above 0.
        left: Sek,
        /// The last day to pay.
        due_on: NaiveDate,
    },
    /// To be paid by a later day than was demanded.
    Deferred {
        /// What is left to pay; above 0.
        left: Sek,
        /// The last day to pay.
        due_on: NaiveDate,
    },
    /// Nothing is left: all is paid or waived.
    Settled,
    /// Taken back by the one who made it.
    Withdrawn,
}

/// What may happen to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimChange {
    /// It is made.
    Demand {
        /// What is to be paid back.
        amount: Sek,
        /// By which day.
        due_on: NaiveDate,
    },
    /// Some of it, or all, is paid.
    Pay {
        /// How much.
        amount: Sek,
    },
    /// What is left may be paid later.
    Defer {
        /// By which day.
        due_on: NaiveDate,
    },
    /// Some of what is left, or all, need not be paid.
    Waive {
        /// How much.
        amount: Sek,
    },
    /// It is taken back.
    Withdraw,
}

/// Why a change of a claim is not legal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IllegalChange {
    /// Nothing is demanded.
    #[error("nothing is demanded yet")]
    NotDemanded,
    /// It is demanded already.
    #[error("it is demanded already")]
    AlreadyDemanded,
    /// Nothing is left of it.
    #[error("all of it is paid or waived")]
    Settled,
    /// It is withdrawn.
    #[error("it is withdrawn")]
    Withdrawn,
    /// More than is left.
    #[error("no more than {left} is left of it")]
    MoreThanLeft {
        /// What is left.
        left: Sek,
    },
    /// A deferral to a day that is no later.
    #[error("it is due on {due_on} already")]
    NoLater {
        /// The last day to pay as it is.
        due_on: NaiveDate,
    },
    /// An amount of 0.
    #[error("the amount is 0")]
    Nothing,
}

impl ClaimState {
    /// The state after a change.
    ///
    /// # Errors
    /// The change is not legal in this state.
    pub fn after(self, change: ClaimChange) -> Result<Self, IllegalChange> {
        use ClaimChange::{Defer, Demand, Pay, Waive, Withdraw};
        match (self, change) {
            (_, Demand { amount, .. } | Pay { amount } | Waive { amount })
                if amount <= Sek::ZERO =>
            {
                Err(IllegalChange::Nothing)
            }
            (Self::Unmade, Demand { amount, due_on }) => Ok(Self::Demanded {
                left: amount,
                due_on,
            }),
            (Self::Unmade, Pay { .. } | Defer { .. } | Waive { .. } | Withdraw) => {
                Err(IllegalChange::NotDemanded)
            }
            (Self::Demanded { .. } | Self::Deferred { .. }, Demand { .. }) => {
                Err(IllegalChange::AlreadyDemanded)
            }
            (
                Self::Demanded { left, .. } | Self::Deferred { left, .. },
                Pay { amount } | Waive { amount },
            ) if amount > left => Err(IllegalChange::MoreThanLeft { left }),
            (
                Self::Demanded { left, .. } | Self::Deferred { left, .. },
                Pay { amount } | Waive { amount },
            ) if amount == left => Ok(Self::Settled),
            (Self::Demanded { left, due_on }, Pay { amount } | Waive { amount }) => {
                Ok(Self::Demanded {
                    left: less(left, amount),
                    due_on,
                })
            }
            (Self::Deferred { left, due_on }, Pay { amount } | Waive { amount }) => {
                Ok(Self::Deferred {
                    left: less(left, amount),
                    due_on,
                })
            }
            (
                Self::Demanded { left, due_on } | Self::Deferred { left, due_on },
                Defer { due_on: later },
            ) => {
                if later > due_on {
                    Ok(Self::Deferred {
                        left,
                        due_on: later,
                    })
                } else {
                    Err(IllegalChange::NoLater { due_on })
                }
            }
            (Self::Demanded { .. } | Self::Deferred { .. }, Withdraw) => Ok(Self::Withdrawn),
            (
                Self::Settled,
                Demand { .. } | Pay { .. } | Defer { .. } | Waive { .. } | Withdraw,
            ) => Err(IllegalChange::Settled),
            (
                Self::Withdrawn,
                Demand { .. } | Pay { .. } | Defer { .. } | Waive { .. } | Withdraw,
            ) => Err(IllegalChange::Withdrawn),
        }
    }

    /// The steps that may be decided in this state.
    #[must_use]
    pub const fn legal(self) -> &'static [ClaimStep] {
        match self {
            Self::Unmade => &[ClaimStep::Demanded],
            Self::Demanded { .. } | Self::Deferred { .. } => {
                &[ClaimStep::Deferred, ClaimStep::Waived, ClaimStep::Withdrawn]
            }
            Self::Settled | Self::Withdrawn => &[],
        }
    }

    /// What is left to pay.
    #[must_use]
    pub const fn left(self) -> Sek {
        match self {
            Self::Demanded { left, .. } | Self::Deferred { left, .. } => left,
            Self::Unmade | Self::Settled | Self::Withdrawn => Sek::ZERO,
        }
    }

    /// The last day to pay, where something is left.
    #[must_use]
    pub const fn due_on(self) -> Option<NaiveDate> {
        match self {
            Self::Demanded { due_on, .. } | Self::Deferred { due_on, .. } => Some(due_on),
            Self::Unmade | Self::Settled | Self::Withdrawn => None,
        }
    }

    /// Whether the last day to pay has passed on a day, and something is left.
    #[must_use]
    pub fn is_overdue(self, day: NaiveDate) -> bool {
        self.due_on().is_some_and(|due_on| due_on < day)
    }
}

fn less(left: Sek, amount: Sek) -> Sek {
    Sek::from_ore(left.ore() - amount.ore())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2018, 5, day).unwrap()
    }

    fn demand(ore: i64) -> ClaimChange {
        ClaimChange::Demand {
            amount: Sek::from_ore(ore),
            due_on: day(10),
        }
    }

    fn pay(ore: i64) -> ClaimChange {
        ClaimChange::Pay {
            amount: Sek::from_ore(ore),
        }
    }

    fn waive(ore: i64) -> ClaimChange {
        ClaimChange::Waive {
            amount: Sek::from_ore(ore),
        }
    }

    fn after(changes: &[ClaimChange]) -> Result<ClaimState, IllegalChange> {
        let none = ClaimState::default();
        changes
            .iter()
            .try_fold(none, |state, one| state.after(*one))
    }

    #[test]
    fn what_is_demanded_may_be_deferred_paid_and_waived_until_nothing_is_left() {
        let defer = ClaimChange::Defer { due_on: day(20) };
        let open = after(&[demand(100), pay(30), defer, waive(50)]).unwrap();
        let left = Sek::from_ore(20);
        assert_eq!(
            open,
            ClaimState::Deferred {
                left,
                due_on: day(20)
            }
        );
        assert!(!open.is_overdue(day(20)) && open.is_overdue(day(21)));
        assert_eq!(open.after(pay(20)), Ok(ClaimState::Settled));
        assert_eq!(open.after(waive(20)), Ok(ClaimState::Settled));
        assert_eq!(
            open.after(waive(21)),
            Err(IllegalChange::MoreThanLeft { left })
        );
        assert_eq!(open.after(ClaimChange::Withdraw), Ok(ClaimState::Withdrawn));
    }

    #[test]
    fn nothing_is_legal_before_a_demand_or_after_the_end() {
        let defer = ClaimChange::Defer { due_on: day(30) };
        for change in [pay(1), defer, waive(1), ClaimChange::Withdraw] {
            assert_eq!(after(&[change]), Err(IllegalChange::NotDemanded));
            let settled = after(&[demand(1), pay(1), change]);
            assert_eq!(settled, Err(IllegalChange::Settled));
            let withdrawn = after(&[demand(1), ClaimChange::Withdraw, change]);
            assert_eq!(withdrawn, Err(IllegalChange::Withdrawn));
        }
        assert_eq!(
            after(&[demand(1), demand(1)]),
            Err(IllegalChange::AlreadyDemanded)
        );
        assert_eq!(after(&[demand(0)]), Err(IllegalChange::Nothing));
        let no_later = ClaimChange::Defer { due_on: day(10) };
        let due_on = day(10);
        assert_eq!(
            after(&[demand(1), no_later]),
            Err(IllegalChange::NoLater { due_on })
        );
    }

    #[test]
    fn the_legal_steps_are_those_that_succeed() {
        let steps = [
            (ClaimStep::Demanded, demand(1)),
            (ClaimStep::Deferred, ClaimChange::Defer { due_on: day(30) }),
            (ClaimStep::Waived, waive(1)),
            (ClaimStep::Withdrawn, ClaimChange::Withdraw),
        ];
        let left = Sek::from_ore(5);
        let due_on = day(10);
        for state in [
            ClaimState::Unmade,
            ClaimState::Demanded { left, due_on },
            ClaimState::Deferred { left, due_on },
            ClaimState::Settled,
            ClaimState::Withdrawn,
        ] {
            for (step, change) in steps {
                assert_eq!(
                    state.legal().contains(&step),
                    state.after(change).is_ok(),
                    "{state:?} {step:?}"
                );
            }
        }
    }
}

//! Through a day: the facts whose own date lies on or before it, reports also by the day their document was registered.

use chrono::{Datelike, NaiveDate};
use entity::round;

use crate::store::Submissions;
use crate::store::funds::RoundFunds;

/// Through which day facts are counted; none = all of them.
pub(super) type Through = Option<NaiveDate>;

/// Whether a round has begun by a day: it has opened, or where that is not said, its year has begun.
pub(super) fn has_begun(round: &round::Model, through: Through) -> bool {
    through.is_none_or(|day| match round.opens_on {
        Some(opens) => opens <= day,
        None => round.year <= i64::from(day.year()),
    })
}

/// The day that is today for what is due: never after the day through which is counted.
pub(super) fn today(today: NaiveDate, through: Through) -> NaiveDate {
    through.map_or(today, |day| day.min(today))
}

/// What of a round's money had happened by a day. Allocations have no date of their own: they come with their round.
pub(super) fn cut(money: &RoundFunds, submissions: &Submissions, day: NaiveDate) -> RoundFunds {
    let mut money = money.clone();
    money.requisitions.retain(|one| one.requisitioned_on <= day);
    money.applications.retain(|one| one.applied_on <= day);
    for one in &mut money.applications {
        // Applied by then, and decided later: undecided by then.
        if one.decided_on.is_some_and(|decided| decided > day) {
            (one.decision, one.granted_amount) = (None, None);
        }
    }
    money.payments.retain(|one| one.paid_on <= day);
    money.repayments.retain(|one| one.repaid_on <= day);
    money.usage_reports.retain(|one| {
        let came = submissions
            .registered_on(one.row_id)
            .unwrap_or(one.reported_on);
        one.reported_on <= day && came <= day
    });
    money
}

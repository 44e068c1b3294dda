//! States of deliverables: one on each day, in their order.

use analytics::deliverable::{Deadline, DeliverableState};
use chrono::NaiveDate;
use proptest::prelude::*;

use crate::fund_balance::today;
use crate::fund_rows::day;

#[test]
fn a_last_day_is_due_on_itself_and_overdue_from_the_day_after() {
    use DeliverableState::{Delivered, Due, Overdue, Undated, Upcoming};
    let due_on = Some(day(2020, 9, 1));
    let never = Deadline {
        due_on,
        delivered_on: None,
    };
    let late = Deadline {
        due_on,
        delivered_on: Some(day(2020, 9, 3)),
    };
    let undated = Deadline {
        due_on: None,
        delivered_on: Some(day(2020, 9, 1)),
    };
    let states = |on| [never, late, undated].map(|one: Deadline| one.state(on));
    let days = |on| [never, late, undated].map(|one: Deadline| one.days_late(on));
    assert_eq!(states(day(2020, 8, 31)), [Upcoming, Upcoming, Undated]);
    assert_eq!(states(day(2020, 9, 1)), [Due, Due, Delivered]);
    assert_eq!(states(day(2020, 9, 2)), [Overdue, Overdue, Delivered]);
    assert_eq!(states(day(2020, 9, 3)), [Overdue, Delivered, Delivered]);
    assert_eq!(days(day(2020, 9, 1)), [None, None, None]);
    assert_eq!(days(day(2020, 9, 2)), [Some(1), Some(1), None]);
    assert_eq!(days(day(2020, 10, 1)), [Some(30), Some(2), None]);
}

proptest! {
    #[test]
    fn states_follow_one_another(
        due_on in prop::option::of(today()),
        delivered_on in prop::option::of(today()),
        on in today(),
    ) {
        use DeliverableState::{Delivered, Due, Overdue, Undated, Upcoming};
        let deadline = Deadline { due_on, delivered_on };
        let state = deadline.state(on);
        let next = deadline.state(on.succ_opt().expect("a day"));
        let follows: &[DeliverableState] = match state {
            Upcoming => &[Upcoming, Due, Delivered],
            Due => &[Overdue, Delivered],
            Overdue => &[Overdue, Delivered],
            Undated => &[Undated, Delivered],
            Delivered => &[Delivered],
        };
        prop_assert!(follows.contains(&next), "{state:?} {next:?}");
        prop_assert_eq!(state == Delivered, delivered_on.is_some_and(|day: NaiveDate| day <= on));
        prop_assert_eq!(deadline.days_late(on).is_some() && state != Delivered, state == Overdue);
    }
}

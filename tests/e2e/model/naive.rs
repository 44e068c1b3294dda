//! The naive model: every submission in memory, and what counts worked out anew each time from all of them.

use std::collections::BTreeMap;

use entity::Verdict;

/// Year and kind of cost.
pub(crate) type Key = (i64, &'static str);

/// What counts: an amount for each key.
pub(crate) type Counts = BTreeMap<Key, i64>;

/// Rows of a file: an amount sets, none removes.
pub(crate) type Rows = Vec<(Key, Option<i64>)>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Waiting,
    Accepted,
    Ended,
}

#[derive(Clone, Debug)]
pub(crate) struct Submission {
    pub(crate) rows: Rows,
    pub(crate) text: String,
    pub(crate) state: State,
    /// How many events its life has.
    pub(crate) version: i64,
    /// Its place among all acceptances.
    accepted_as: usize,
}

/// All submissions, in order of receipt.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    pub(crate) submissions: Vec<Submission>,
    acceptances: usize,
}

fn lay(counts: &mut Counts, rows: &Rows) {
    for (key, amount) in rows {
        match amount {
            Some(amount) => counts.insert(*key, *amount),
            None => counts.remove(key),
        };
    }
}

impl Model {
    /// What counts: the accepted files laid one upon the other, in the order of acceptance.
    pub(crate) fn accepted(&self) -> Counts {
        let mut accepted: Vec<&Submission> = self.in_state(State::Accepted).collect();
        accepted.sort_by_key(|one| one.accepted_as);
        let mut counts = Counts::new();
        accepted.iter().for_each(|one| lay(&mut counts, &one.rows));
        counts
    }

    /// The waiting files laid upon it, in the order of receipt.
    pub(crate) fn all_received(&self) -> Counts {
        let mut counts = self.accepted();
        self.in_state(State::Waiting)
            .for_each(|one| lay(&mut counts, &one.rows));
        counts
    }

    fn in_state(&self, state: State) -> impl Iterator<Item = &Submission> {
        self.submissions
            .iter()
            .filter(move |one| one.state == state)
    }

    /// What comes of a file: the very same as the latest with effect is unchanged; removing what is not there is refused.
    pub(crate) fn receive(&mut self, text: &str, rows: &Rows, waits: bool) -> Verdict {
        let with_effect = self.submissions.iter().rev();
        let mut with_effect = with_effect.filter(|one| one.state != State::Ended);
        if with_effect.next().is_some_and(|latest| latest.text == text) {
            return Verdict::Unchanged;
        }
        let against = if waits {
            self.all_received()
        } else {
            self.accepted()
        };
        if !removes_what_is_there(rows, &against) {
            return Verdict::Rejected;
        }
        let mut one = Submission {
            rows: rows.clone(),
            text: text.to_owned(),
            state: State::Waiting,
            version: 1,
            accepted_as: 0,
        };
        if !waits {
            one.state = State::Accepted;
            one.accepted_as = self.next_acceptance();
        }
        self.submissions.push(one);
        if waits {
            Verdict::Received
        } else {
            Verdict::Accepted
        }
    }

    /// Accepts a waiting one; gives whether the rules let it.
    pub(crate) fn accept(&mut self, index: usize) -> bool {
        let sound = removes_what_is_there(&self.submissions[index].rows, &self.accepted());
        if sound {
            let place = self.next_acceptance();
            let one = &mut self.submissions[index];
            (one.state, one.accepted_as) = (State::Accepted, place);
            one.version += 1;
        }
        sound
    }

    /// Returns or withdraws one.
    pub(crate) fn end(&mut self, index: usize) {
        let one = &mut self.submissions[index];
        one.state = State::Ended;
        one.version += 1;
    }

    fn next_acceptance(&mut self) -> usize {
        self.acceptances += 1;
        self.acceptances
    }
}

fn removes_what_is_there(rows: &Rows, counts: &Counts) -> bool {
    let removed = rows.iter().filter(|(_, amount)| amount.is_none());
    removed.into_iter().all(|(key, _)| counts.contains_key(key))
}

//! The frames that coverage questions are asked of: events, and whom they reached.

use std::borrow::Cow;
use std::collections::BTreeSet;

use polars::frame::DataFrame;
use polars::prelude::{IntoLazy, LazyFrame};

use super::activity::{is_part_of, main_number};
use super::{CoverageFilter, CoverageRows, Event};
use crate::Error;
use crate::figure::RecipientKind;
use crate::frame::{check_sum, integers, texts};
use crate::key::{EVERYTHING, KeyColumn};
use crate::register::{Population, RecipientPeriod, Register, Succession};

pub(super) const YEAR: KeyColumn = KeyColumn::number("year");
pub(super) const FORM: KeyColumn = KeyColumn::text("form");
pub(super) const ORGANISATION: KeyColumn = KeyColumn::text("organisation");
/// The main activity as it stands, and its number alone.
pub(super) const ACTIVITY: KeyColumn = KeyColumn::text("activity");
pub(super) const MAIN_ACTIVITY: KeyColumn = KeyColumn::text("main_activity");
/// The event's position among the rows.
pub(super) const EVENT: &str = "event";
pub(super) const PARTICIPANTS: &str = "participants";
/// The code of a recipient reached.
pub(super) const RECIPIENT: &str = "recipient";

/// Events and recipients, ready for many questions.
#[derive(Debug, Clone)]
pub struct CoverageFrame {
    events: DataFrame,
    reached: DataFrame,
    recipients: Vec<RecipientPeriod>,
    populations: Vec<Population>,
    succession: Option<Succession>,
    divided: Vec<String>,
    main_activities: BTreeSet<String>,
    /// The main activities that events carry.
    seen_activities: BTreeSet<String>,
    /// Which main activity has reached whom.
    reached_by_activity: BTreeSet<(String, String)>,
}

/// What a period of a recipient, and a population, take with their texts.
const BYTES_OF_A_RECIPIENT: usize = 200;

impl CoverageFrame {
    /// The memory that it takes, in bytes, roughly.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let registers = self.recipients.len() + self.populations.len();
        self.events.estimated_size()
            + self.reached.estimated_size()
            + (registers + self.reached_by_activity.len()) * BYTES_OF_A_RECIPIENT
    }

    /// Puts the rows together. A recipient reached that the register does not know is no
    /// recipient of any kind.
    ///
    /// # Errors
    ///
    /// [`Error::AmountsTooLarge`] where participants or populations could not be summed in i64,
    /// [`Error::Frame`] where the engine fails.
    pub fn build(rows: &CoverageRows) -> Result<Self, Error> {
        check_sum(rows.events.iter().map(|event| event.participants))?;
        check_sum(rows.populations.iter().map(|population| population.count))?;
        let (events, divided) = classified(rows);
        let activities = events.iter().map(|event| event.main_activity.clone());
        let reached = events.iter().flat_map(|event| {
            let activity = &event.main_activity;
            event
                .reached
                .iter()
                .map(move |code| (activity.clone(), code.clone()))
        });
        Ok(Self {
            events: event_frame(&events)?,
            reached: reached_frame(&events)?,
            recipients: rows.recipients.clone(),
            populations: rows.populations.clone(),
            succession: rows.succession.clone(),
            divided,
            main_activities: rows.main_activities.iter().cloned().collect(),
            seen_activities: activities.collect(),
            reached_by_activity: reached.collect(),
        })
    }

    /// Recipients that events have reached and that were divided since; they are reached as nobody. Sorted.
    pub(super) fn divided(&self) -> &[String] {
        &self.divided
    }

    /// The recipients that should be reached in a year: those valid at its end, or on the day of
    /// the succession.
    pub(super) fn should_be_reached<'a>(
        &self,
        register: &Register<'a>,
        year: i32,
        kind: RecipientKind,
    ) -> Vec<&'a RecipientPeriod> {
        match &self.succession {
            None => register.valid_at_end_of(year, kind).collect(),
            Some(succession) => register.valid_on(succession.day(), kind).collect(),
        }
    }

    /// Whether no event was received at all.
    pub(super) fn is_without_events(&self) -> bool {
        self.events.height() == 0
    }

    /// The planned main activities (with their parts) of which no event has reached any recipient
    /// of the kind in a county: pairs (county, main activity), sorted. Recipients are those valid
    /// on 31 December of the year; a protected county is none.
    #[must_use]
    pub fn planned_and_unreached(
        &self,
        recipient_kind: RecipientKind,
        planned: &[String],
        year: i32,
    ) -> Vec<(String, String)> {
        let register = self.register();
        let recipients = self.should_be_reached(&register, year, recipient_kind);
        let counties: BTreeSet<&String> = recipients
            .iter()
            .filter_map(|recipient| recipient.county.as_ref())
            .collect();
        let planned: BTreeSet<&String> = planned.iter().collect();
        let mut unreached = BTreeSet::new();
        for activity in planned {
            let reached: BTreeSet<&str> = self.reached_by(activity).collect();
            let reached: BTreeSet<&String> = recipients
                .iter()
                .filter(|recipient| reached.contains(recipient.code.as_str()))
                .filter_map(|recipient| recipient.county.as_ref())
                .collect();
            let missed = counties.difference(&reached);
            unreached.extend(missed.map(|county| ((*county).clone(), activity.clone())));
        }
        unreached.into_iter().collect()
    }

    /// The events that pass the filter on events.
    pub(super) fn events(&self, filter: &CoverageFilter) -> LazyFrame {
        let condition = filter.condition(self.seen_activities.iter());
        self.events.clone().lazy().filter(condition)
    }

    /// Pairs of event and recipient reached.
    pub(super) fn reached(&self) -> LazyFrame {
        self.reached.clone().lazy()
    }

    pub(super) fn register(&self) -> Register<'_> {
        Register::new(&self.recipients, &self.populations)
    }

    /// The plan's main activities.
    pub(super) const fn main_activities(&self) -> &BTreeSet<String> {
        &self.main_activities
    }

    fn reached_by<'a>(&'a self, activity: &'a str) -> impl Iterator<Item = &'a str> {
        self.reached_by_activity
            .iter()
            .filter(move |(seen, _)| is_part_of(seen, activity))
            .map(|(_, recipient)| recipient.as_str())
    }
}

/// The events with the recipients that they reached under the codes that they stand under, and those
/// of them that were divided.
fn classified(rows: &CoverageRows) -> (Cow<'_, [Event]>, Vec<String>) {
    let Some(succession) = &rows.succession else {
        return (Cow::Borrowed(&rows.events), Vec::new());
    };
    let register = Register::new(&rows.recipients, &rows.populations);
    let mut divided = BTreeSet::new();
    let mut events = rows.events.clone();
    for event in &mut events {
        let year = event.year;
        event.reached.retain_mut(|code| {
            let found = succession.of(code, register.known_since(code, year));
            if !found.parts.is_empty() {
                divided.insert(found.code.to_owned());
                return false;
            }
            *code = found.code.to_owned();
            true
        });
    }
    (Cow::Owned(events), divided.into_iter().collect())
}

fn event_frame(events: &[Event]) -> Result<DataFrame, Error> {
    let numbers = events.iter().map(|event| main_number(&event.main_activity));
    Ok(DataFrame::new_infer_height(vec![
        integers(EVERYTHING, events.iter().map(|_| 0)),
        integers(EVENT, (0..).take(events.len())),
        integers(YEAR.name, events.iter().map(|event| event.year.into())),
        texts(FORM.name, events.iter().map(|event| event.form.as_str())),
        texts(
            ORGANISATION.name,
            events.iter().map(|event| event.organisation.as_str()),
        ),
        texts(
            ACTIVITY.name,
            events.iter().map(|event| event.main_activity.as_str()),
        ),
        texts(MAIN_ACTIVITY.name, numbers),
        integers(PARTICIPANTS, events.iter().map(|event| event.participants)),
    ])?)
}

fn reached_frame(events: &[Event]) -> Result<DataFrame, Error> {
    let pairs: BTreeSet<(i64, &str)> = (0..)
        .zip(events)
        .flat_map(|(index, event)| {
            let reached = event.reached.iter();
            reached.map(move |recipient| (index, recipient.as_str()))
        })
        .collect();
    Ok(DataFrame::new_infer_height(vec![
        integers(EVENT, pairs.iter().map(|(event, _)| *event)),
        texts(RECIPIENT, pairs.iter().map(|(_, recipient)| *recipient)),
    ])?)
}

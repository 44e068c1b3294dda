//! Releasing tables of persons: the first by itself when counts first count, each later one as a coordinator decides.
//!
//! A release is written with what it hides, never changed, and taken into account by every later one: see decision 17.

use std::collections::BTreeSet;

use analytics::person_table::{Counts, Pattern, Series, TieKey, Unprotectable};
use entity::{
    CountyCode, IndicatorCode, IndicatorUnit, Kind, Moment, Sex, indicator_definition,
    person_table_release,
};
use sea_orm::DbErr;

use crate::clock::Clock;
use crate::policy::Scope;
use crate::reports;
use crate::service::audit;
use crate::store::person_table as stored;
use crate::store::{Dataset, Store, Writer, facts};

/// A release that somebody decides.
#[derive(Clone, Debug)]
pub struct Order {
    /// Of which indicator.
    pub indicator: IndicatorCode,
    /// Who decides.
    pub actor: String,
    /// Whose indicators they reach in deciding.
    pub scope: Scope,
    /// Counts from 1 up to this are hidden.
    pub hidden_up_to: i64,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is released.
    Released,
    /// The last release shows the same counts.
    Unchanged,
}

/// Why there is no release.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such indicator that counts persons is within reach.
    #[error("there is no count of persons {0} within reach")]
    NotFound(IndicatorCode),
    /// Nobody has reported.
    #[error("nothing is reported of {0}")]
    Empty(IndicatorCode),
    /// It would give something away.
    #[error(transparent)]
    Unprotectable(#[from] Unprotectable),
    /// The counts could not be computed.
    #[error(transparent)]
    Report(#[from] reports::Error),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Self::Report(error.into())
    }
}

/// The first releases of the tables that a version brings: of each count of persons that has values and no release.
/// Written within the version's own transaction, and vouched for by its audit event.
pub(crate) async fn first(
    writer: &Writer,
    kind: Kind,
    (version, at): (i64, Moment),
    actor: &str,
    hidden_up_to: i64,
) -> Result<(), DbErr> {
    if kind != Kind::IndicatorValues {
        return Ok(());
    }
    let db = writer.transaction();
    let dataset = Dataset::of_version(version, at);
    let definitions = facts::all::<indicator_definition::Entity>(db, &dataset).await?;
    let persons = definitions
        .into_iter()
        .filter(|one| one.concerns_persons && one.unit == IndicatorUnit::Count);
    for indicator in persons
        .map(|one| one.indicator)
        .collect::<BTreeSet<IndicatorCode>>()
    {
        if stored::last(db, &indicator, None).await?.is_some() {
            continue;
        }
        let counted = reports::person_counts(db, &dataset, &indicator).await;
        // Counts that cannot be added up have no table; the file is none the worse.
        let Ok((counts, _)) = counted else {
            continue;
        };
        if counts.is_empty() {
            continue;
        }
        if let Ok(pattern) = pattern(Vec::new(), counts, hidden_up_to).await? {
            let model = release(indicator, version, at, actor, &pattern);
            stored::keep(writer, model, hidden(&pattern)).await?;
        }
    }
    Ok(())
}

/// Releases a table as the present dataset has it.
///
/// # Errors
/// Nothing is within reach or reported, it would give something away, or the database fails; then nothing was released.
pub async fn publish(store: &Store, clock: &Clock, order: &Order) -> Result<Outcome, Error> {
    let writer = store.begin_write().await?;
    let outcome = publish_in(&writer, clock, order).await;
    match outcome {
        Ok(Outcome::Released) => writer.commit().await?,
        _ => writer.roll_back().await,
    }
    outcome
}

async fn publish_in(writer: &Writer, clock: &Clock, order: &Order) -> Result<Outcome, Error> {
    let db = writer.transaction();
    let indicator = &order.indicator;
    let dataset = Dataset::present_on(db, clock).await?;
    let definitions = facts::all::<indicator_definition::Entity>(db, &dataset).await?;
    let own = definitions
        .iter()
        .filter(|one| one.indicator == *indicator && one.concerns_persons);
    if !own.clone().any(|one| order.reaches(one)) {
        return Err(Error::NotFound(indicator.clone()));
    }
    let (counts, _) = reports::person_counts(db, &dataset, indicator).await?;
    if counts.is_empty() {
        return Err(Error::Empty(indicator.clone()));
    }
    let mut before = Vec::new();
    for release in stored::all(db, indicator).await? {
        let model = &release.model;
        let then = Dataset::of_version(model.version, model.at);
        let (counts, _) = reports::person_counts(db, &then, indicator).await?;
        before.push((counts, reports::person_pattern(model, &release.hidden)));
    }
    let shows_the_same = |(shown, pattern): &(Counts, Pattern)| {
        *shown == counts && pattern.threshold == order.hidden_up_to
    };
    if before.last().is_some_and(shows_the_same) {
        return Ok(Outcome::Unchanged);
    }
    let pattern = pattern(before, counts, order.hidden_up_to).await??;
    let at = writer.take_time(clock, Moment::from(dataset.as_of)).await?;
    let model = release(
        indicator.clone(),
        dataset.version,
        at,
        &order.actor,
        &pattern,
    );
    let id = stored::keep(writer, model, hidden(&pattern)).await?;
    let event = audit::Event {
        actor: &order.actor,
        action: "person_table.released",
        subject: format!("person_table {id}"),
        detail: format!(
            "{indicator} version {} hidden up to {}",
            dataset.version, order.hidden_up_to
        ),
    };
    audit::append(writer, at, event).await?;
    Ok(Outcome::Released)
}

impl Order {
    /// Whether the indicator that a definition is of is theirs to decide of.
    fn reaches(&self, one: &indicator_definition::Model) -> bool {
        match &self.scope {
            Scope::Everything => true,
            Scope::Assignments(codes) => one
                .assignment
                .as_ref()
                .is_some_and(|code| codes.contains(code)),
            Scope::Nothing | Scope::Organisation(..) => false,
        }
    }
}

/// What the next release hides: computed apart from the runtime's workers, within the writer's turn.
async fn pattern(
    before: Vec<(Counts, Pattern)>,
    counts: Counts,
    hidden_up_to: i64,
) -> Result<Result<Pattern, Unprotectable>, DbErr> {
    let failed = || DbErr::Custom("the pattern of a table could not be computed".to_owned());
    // Made for this release and kept nowhere: what was chosen is stored, and nobody can ask how.
    let mut key = [0; 16];
    aws_lc_rs::rand::fill(&mut key).map_err(|_| failed())?;
    let work = move || Series::of(&before).next(&counts, hidden_up_to, TieKey::new(key));
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| failed())
}

fn release(
    indicator: IndicatorCode,
    version: i64,
    at: Moment,
    actor: &str,
    pattern: &Pattern,
) -> person_table_release::Model {
    person_table_release::Model {
        id: 0,
        indicator,
        version,
        at,
        actor: actor.to_owned(),
        threshold: pattern.threshold,
        by_sex: pattern.by_sex,
        whole: pattern.whole,
    }
}

fn hidden(pattern: &Pattern) -> Vec<stored::HiddenPlace> {
    let place = |place: &analytics::person_table::Place| {
        let sex = match place.sex {
            analytics::person_table::Sex::Total => Sex::Total,
            analytics::person_table::Sex::Women => Sex::Women,
            analytics::person_table::Sex::Men => Sex::Men,
        };
        let county = place.county.as_ref();
        let county = county.map(|code| {
            CountyCode::parse(code).expect("the counts are of counties that the register knows")
        });
        (sex, county, place.year.map(i64::from))
    };
    pattern.hidden.iter().map(place).collect()
}

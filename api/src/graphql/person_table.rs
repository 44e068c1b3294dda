//! Tables of persons in the schema: the only form in which counts of persons are given to everybody.

use std::sync::Arc;

use analytics::figure;
use analytics::person_table::{PersonLine, PersonTable as Shown};
use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};

use super::county::County;
use super::error::{self, Code};
use super::fund_usage::whole_or_refused;
use super::guard::Require;
use super::indicator::Indicator;
use super::reading::{Reading, Shelf};
use super::scalars::IndicatorCode;
use super::vocabulary::{Absent, PersonTableColumns, PersonTableRows, Sex};
use crate::policy::Action;
use crate::reports::PersonRelease;

/// A fixed table of counts of persons (antal personer). Counts from 1 up to the threshold are hidden, totals too, and
/// beside them others, so that no hidden one follows from what is shown; 0 is shown. It has no sources: a file and a row
/// would say whose count it is.
pub struct PersonTable {
    shelf: Shelf,
    indicator: entity::IndicatorCode,
    sex: entity::Sex,
    release: Option<Arc<PersonRelease>>,
}

/// A count of persons, or a total (antal).
#[derive(Clone, Copy, Debug, SimpleObject)]
pub struct PersonCount {
    /// How many (antal).
    value: Option<i64>,
    /// Why there is no number (orsak till att antal saknas).
    absent: Option<Absent>,
}

/// A count in a row (cell).
#[derive(Clone, Debug, SimpleObject)]
pub struct PersonCell {
    /// Key of its column (kolumn).
    column: String,
    /// How many (antal).
    value: Option<i64>,
    /// Why there is no number (orsak till att antal saknas).
    absent: Option<Absent>,
}

/// A column (kolumn).
#[derive(Clone, Debug, SimpleObject)]
pub struct PersonColumn {
    /// The year (år).
    key: String,
    /// Its total (kolumnsumma).
    total: PersonCount,
}

/// A row (rad).
#[derive(Clone, Debug, SimpleObject)]
pub struct PersonRow {
    /// Code of the county (länskod).
    key: String,
    /// Its name (benämning).
    title: String,
    /// Its counts, in the order of the columns (celler).
    cells: Vec<PersonCell>,
    /// Its total (radsumma).
    total: PersonCount,
}

/// A release of a table (publicering).
#[derive(Clone, Debug, SimpleObject)]
pub struct PersonTableRelease {
    /// The version of the dataset whose counts it shows; later corrections are in none before the next release (version).
    version: i64,
    /// When it was released (publicerad).
    released_at: DateTime<Utc>,
}

impl From<&PersonRelease> for PersonTableRelease {
    fn from(release: &PersonRelease) -> Self {
        Self {
            version: release.version,
            released_at: release.at.utc(),
        }
    }
}

impl From<Result<i64, figure::Absent>> for PersonCount {
    fn from(count: Result<i64, figure::Absent>) -> Self {
        Self {
            value: count.ok(),
            absent: count.err().map(Absent::from),
        }
    }
}

/// A fixed table of counts of persons (antal personer).
#[Object]
impl PersonTable {
    /// The indicator (indikator).
    async fn indicator(&self) -> Option<Indicator> {
        Indicator::of(&self.shelf, &self.indicator)
    }

    /// Whose counts (kön).
    async fn sex(&self) -> Sex {
        self.sex.into()
    }

    /// Counts from 1 up to this are hidden (gräns för små tal).
    async fn threshold(&self) -> i64 {
        let own = self.release.as_ref().map(|release| release.threshold);
        own.unwrap_or(self.shelf.request.limits.hidden_up_to)
    }

    /// Which release it is; null where there is none yet (publicering).
    async fn release(&self) -> Option<PersonTableRelease> {
        self.release.as_deref().map(PersonTableRelease::from)
    }

    /// The columns with their totals, in order (kolumner).
    async fn columns(&self) -> Vec<PersonColumn> {
        let Some(shown) = self.shown() else {
            return Vec::new();
        };
        let columns = shown.years.iter().zip(&shown.year_totals);
        columns
            .map(|(year, total)| PersonColumn {
                key: year.to_string(),
                total: (*total).into(),
            })
            .collect()
    }

    /// The rows, by code (rader).
    async fn rows(&self) -> Vec<PersonRow> {
        let Some(shown) = self.shown() else {
            return Vec::new();
        };
        shown
            .rows
            .iter()
            .map(|line| self.row(shown, line))
            .collect()
    }

    /// Everybody in the table (totalt).
    async fn total(&self) -> PersonCount {
        let nothing = Err(figure::Absent::NotAvailable);
        self.shown().map_or(nothing, |shown| shown.total).into()
    }
}

impl PersonTable {
    fn shown(&self) -> Option<&Shown> {
        self.release.as_ref().map(|release| release.table(self.sex))
    }

    fn row(&self, shown: &Shown, line: &PersonLine) -> PersonRow {
        let cell = |(year, count): (&i32, &Result<i64, figure::Absent>)| {
            let PersonCount { value, absent } = (*count).into();
            PersonCell {
                column: year.to_string(),
                value,
                absent,
            }
        };
        let county = County::of(&self.shelf, &line.county);
        PersonRow {
            key: line.county.clone(),
            title: county.map_or_else(|| line.county.clone(), |county| county.named().to_owned()),
            cells: shown.years.iter().zip(&line.cells).map(cell).collect(),
            total: line.total.into(),
        }
    }
}

/// Whether an indicator counts persons, one by one.
fn counts_persons(shelf: &Shelf, code: &entity::IndicatorCode) -> bool {
    let mut definitions = shelf.catalogue.indicator(code);
    let counts = definitions.any(|one| one.unit == entity::IndicatorUnit::Count);
    counts && shelf.catalogue.counts_persons(code)
}

/// Reading tables of persons.
#[derive(Default)]
pub struct PersonTableQuery(pub Reading);

/// Reading tables of persons.
#[Object(guard = "Require(Action::ReadFigures)")]
impl PersonTableQuery {
    /// The table of an indicator that counts persons, as it was last released by the dataset's time (tabell över antal
    /// personer).
    async fn person_table(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which indicator (indikator).")] indicator: IndicatorCode,
        #[graphql(desc = "What the rows are (rader).")] rows: PersonTableRows,
        #[graphql(desc = "What the columns are (kolumner).")] columns: PersonTableColumns,
        #[graphql(desc = "Whose counts (kön).", default)] sex: Sex,
    ) -> Result<Option<PersonTable>> {
        let (PersonTableRows::County, PersonTableColumns::Year) = (rows, columns);
        let shelf = self.0.open(ctx).await?;
        Indicator::known(&shelf, &indicator, "indicator")?;
        let code = indicator.0;
        if !counts_persons(&shelf, &code) {
            let said =
                "tables are of indicators that count persons: concernsPersons and the unit COUNT";
            return Err(error::argument(Code::BadUserInput, "indicator", said));
        }
        let reports = &shelf.request.reports;
        let release = reports.person_table(&shelf.dataset, &code).await;
        let release = release.map_err(error::report)?;
        let table = PersonTable {
            sex: sex.into(),
            indicator: code,
            release,
            shelf,
        };
        if let Some(shown) = table.shown() {
            let cells = (shown.rows.len() + 1).saturating_mul(shown.years.len() + 1);
            whole_or_refused(&table.shelf, cells)?;
        }
        let synthetic = table.release.as_ref().is_some_and(|one| one.synthetic);
        table.shelf.request.used(synthetic);
        Ok(Some(table))
    }
}

//! Figures of coverage: fields of a line of coverage.

use std::sync::Arc;

use analytics::coverage::{CoverageDimension, CoverageFilter, CoverageLine, CoverageQuestion};
use entity::RegistryNumber;

use super::definition::{Basis, Definition, Of, Takes};
use super::key::{FigureKey, GroupKind};
use super::query::absent_code;
use super::value::{Unit, Value};
use super::{Found, Place};
use crate::reports::{CoverageMeasure, Error, Extent, Reports};
use crate::store::{Dataset, Passage};

/// A field of a line of coverage.
#[derive(Debug)]
pub(super) struct CoverageFigure {
    pub(super) field: &'static str,
    measure: CoverageMeasure,
    value: fn(&CoverageLine) -> Value,
}

const TAKES: Takes = Takes {
    year: true,
    all_years: true,
    kind: true,
    all_kinds: false,
    must: &[],
    groups: &[
        GroupKind::County,
        GroupKind::PopulationGroup,
        GroupKind::MainActivity,
        GroupKind::Form,
        GroupKind::Organisation,
    ],
};

const fn figure(
    code: &'static str,
    title: [&'static str; 2],
    formula: [&'static str; 2],
    unit: Unit,
    (field, measure): (&'static str, CoverageMeasure),
    value: fn(&CoverageLine) -> Value,
) -> Definition {
    Definition {
        code,
        title,
        formula,
        unit,
        takes: TAKES,
        basis: Basis::Support,
        of: Of::Coverage(CoverageFigure {
            field,
            measure,
            value,
        }),
    }
}

/// The definitions of coverage.
#[rustfmt::skip]
pub(super) const DEFINITIONS: &[Definition] = &[
    figure("coverage.rate", ["Täckning", "Coverage"], ["Mottagare som minst en insats har nått / mottagare av slaget; skyddade platser ingår i ingetdera.", "Recipients reached by at least one support event / recipients of the kind; protected locations are in neither."],
        Unit::Share, ("coverage", CoverageMeasure::Reached), |line| Value::Rate(line.coverage.clone())),
    figure("coverage.rate_by_population", ["Täckning efter befolkning", "Coverage by population"], ["Befolkning i nådda mottagare / befolkning i mottagare av slaget; skyddade platser ingår i ingetdera.", "Population of recipients reached / population of recipients of the kind; protected locations are in neither."],
        Unit::Share, ("coverageByPopulation", CoverageMeasure::Reached), |line| Value::Rate(line.coverage_by_population.clone())),
    figure("coverage.events_per_recipient", ["Insatser per mottagare", "Support events per recipient"], ["Par av insats och nådd mottagare / mottagare av slaget; skyddade platser ingår i ingetdera.", "Pairs of event and recipient reached / recipients of the kind; protected locations are in neither."],
        Unit::PerRecipient, ("eventsPerRecipient", CoverageMeasure::Reached), |line| Value::Rate(line.events_per_recipient.clone())),
    figure("coverage.events", ["Antal insatser", "Support events"], ["Insatser; efter län eller befolkningsgrupp de som nådde en mottagare där, så att raderna inte kan läggas ihop.", "Events; by county or population group those that reached a recipient there, so that lines do not add up."],
        Unit::Count, ("eventCount", CoverageMeasure::Events), |line| Value::count(line.event_count)),
    figure("coverage.unreached", ["Antal ej nådda", "Recipients not reached"], ["Mottagare av slaget som ingen insats har nått; skyddade platser ingår inte.", "Recipients of the kind that no event has reached; no protected location."],
        Unit::Count, ("unreachedCount", CoverageMeasure::Reached), |line| Value::count(line.unreached.len() as u64)),
];

impl Reports {
    /// The value of a figure of coverage.
    pub(super) async fn coverage_figure(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
        figure: &CoverageFigure,
    ) -> Result<Option<Found>, Error> {
        let Some(question) = self.coverage_question(dataset, assignment, key).await? else {
            return Ok(None);
        };
        let has_dimensions = !question.group_by.is_empty();
        let found = self
            .coverage(dataset, assignment, question, Extent::default())
            .await?;
        let mut lines = found.answer.lines.iter();
        let line = lines.position(|line| is_of(line, key));
        if has_dimensions && line.is_none() {
            return Ok(None);
        }
        let line = line.filter(|_| has_dimensions);
        let own = line.and_then(|line| found.answer.lines.get(line));
        Ok(Some(Found {
            value: (figure.value)(own.unwrap_or(&found.answer.total)),
            place: Place { line, part: None },
            synthetic: found.synthetic,
        }))
    }

    /// The events behind a figure of coverage.
    pub(super) async fn coverage_figure_sources(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        (key, place): (&FigureKey, Place),
        figure: &CoverageFigure,
    ) -> Result<Arc<[Passage]>, Error> {
        let Some(question) = self.coverage_question(dataset, assignment, key).await? else {
            return Ok(Arc::default());
        };
        let extent = Extent::default();
        let found = self
            .coverage(dataset, assignment, question.clone(), extent)
            .await?;
        let line = place.line.and_then(|line| found.answer.lines.get(line));
        let behind = self
            .coverage_sources(
                dataset,
                assignment,
                (question, extent),
                Some(figure.measure),
            )
            .await?;
        Ok(behind.of(line.map(|line| &line.key)).into())
    }

    async fn coverage_question(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
    ) -> Result<Option<CoverageQuestion>, Error> {
        let catalogue = self.catalogue(dataset).await?;
        let last_year = catalogue
            .assignment(assignment)
            .map(|one| one.period_end_year);
        let (Some(recipient_kind), Some(last_year)) = (key.kind, last_year) else {
            return Ok(None);
        };
        Ok(Some(CoverageQuestion {
            recipient_kind,
            group_by: dimensions(key),
            filter: CoverageFilter::default(),
            reference_year: i32::try_from(last_year).unwrap_or(i32::MAX),
        }))
    }
}

/// The dimensions of a key, in the order of the key.
pub(super) fn dimensions(key: &FigureKey) -> Vec<CoverageDimension> {
    let year = key.year.map(|_| CoverageDimension::EventYear);
    let groups = key.groups.iter().filter_map(|(kind, _)| match kind {
        GroupKind::County => Some(CoverageDimension::County),
        GroupKind::PopulationGroup => Some(CoverageDimension::PopulationGroup),
        GroupKind::MainActivity => Some(CoverageDimension::MainActivity),
        GroupKind::Form => Some(CoverageDimension::Form),
        GroupKind::Organisation => Some(CoverageDimension::Organisation),
        _ => None,
    });
    year.into_iter().chain(groups).collect()
}

fn is_of(line: &CoverageLine, key: &FigureKey) -> bool {
    let year = key.year.map(|year| year.to_string());
    let groups = key.groups.iter().map(|(_, code)| code.clone());
    let parts = line.key.parts.iter();
    let codes = parts.map(|part| match (&part.code, part.absent) {
        (Some(code), _) => code.clone(),
        (None, absent) => absent.map_or("", absent_code).to_owned(),
    });
    codes.eq(year.into_iter().chain(groups))
}

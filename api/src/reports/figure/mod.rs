//! The figure register: every number of a report by its code, from the same analyses that answer the schema's fields.

mod administration;
mod allocation_key;
mod code;
mod coverage;
mod definition;
mod equality;
mod fund;
mod indicator;
mod key;
mod plan;
mod published;
mod query;
mod register;
mod source;
mod title;
mod value;

use std::sync::Arc;

use entity::{RegistryNumber, TextLanguage};

pub use code::{FigureCode, NoFigureCode};
pub use definition::{Basis, Definition, Takes, definition, definitions};
pub use key::{FigureKey, GroupKind};
pub use published::computed_code;
pub use query::{FigureQuery, absent_code, absent_of};
pub use register::register;
pub use value::{Unit, Value};

pub(crate) use plan::STATES;
pub(crate) use title::{absent_label, kind_label, label};

use super::{Error, Reports};
use crate::store::{Dataset, Passage};
use definition::Of;

/// The language of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// Swedish.
    #[default]
    Swedish,
    /// English.
    English,
}

impl Language {
    /// The text of the language, of a pair of both.
    #[must_use]
    pub const fn of<T: Copy>(self, both: [T; 2]) -> T {
        match self {
            Self::Swedish => both[0],
            Self::English => both[1],
        }
    }

    /// The language that texts are written in.
    #[must_use]
    pub const fn of_texts(self) -> TextLanguage {
        match self {
            Self::Swedish => TextLanguage::Swedish,
            Self::English => TextLanguage::English,
        }
    }
}

/// A figure of a dataset.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its code.
    pub code: FigureCode,
    /// What it is.
    pub definition: &'static Definition,
    /// The assignment.
    pub assignment: RegistryNumber,
    /// What it is of.
    pub key: FigureKey,
    /// Swedish and English title.
    pub title: [String; 2],
    /// Its unit: the definition's, but for published figures, which bring their own.
    pub unit: Unit,
    /// Its value.
    pub value: Value,
    /// Whether synthetic rows are behind it.
    pub synthetic: bool,
    place: Place,
}

/// Where a value stands in the answer that it was found in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Which line; none for the total, and where there are no lines.
    line: Option<usize>,
    /// Which part of the line: a use area, a kind of cost, a state.
    part: Option<usize>,
}

/// A value as an analysis gives it.
struct Found {
    value: Value,
    place: Place,
    synthetic: bool,
}

impl Figure {
    /// What it says in one sentence.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        title::sentence(self, language)
    }

    /// The question that gives it, of a dataset.
    #[must_use]
    pub fn query(&self, dataset: &Dataset) -> FigureQuery {
        FigureQuery::of(self, dataset)
    }
}

impl Reports {
    /// The code of a figure of an assignment.
    #[must_use]
    pub fn figure_code(
        definition: &Definition,
        assignment: &RegistryNumber,
        key: &FigureKey,
    ) -> FigureCode {
        FigureCode::of(
            definition.code,
            assignment.as_str(),
            &key.parts(&definition.takes),
        )
    }

    /// The figure with a code; none where the register or the dataset has no such figure.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn figure(
        &self,
        dataset: &Dataset,
        code: &FigureCode,
    ) -> Result<Option<Figure>, Error> {
        let Some((definition, assignment, key)) = read(code) else {
            return Ok(None);
        };
        let catalogue = self.catalogue(dataset).await?;
        // A code has one way of being written: by the assignment's main number.
        let is_main = catalogue
            .assignments
            .iter()
            .any(|one| one.code == assignment);
        if !is_main || Self::figure_code(definition, &assignment, &key) != *code {
            return Ok(None);
        }
        let found = match &definition.of {
            Of::Fund(figure) => self.fund_figure(dataset, &assignment, &key, figure).await?,
            Of::UseArea(figure) => {
                self.use_area_figure(dataset, &assignment, &key, figure)
                    .await?
            }
            Of::Equality(figure) => {
                self.equality_figure(dataset, &assignment, &key, figure)
                    .await?
            }
            Of::Administration(figure) => {
                self.administration_figure(dataset, &assignment, &key, figure)
                    .await?
            }
            Of::Coverage(figure) => {
                self.coverage_figure(dataset, &assignment, &key, figure)
                    .await?
            }
            Of::Plan(figure) => self.plan_figure(dataset, &assignment, &key, figure).await?,
            Of::Indicator(figure) => {
                self.indicator_figure(dataset, &assignment, &key, figure)
                    .await?
            }
            Of::AllocationKey(figure) => {
                self.allocation_key_figure(dataset, &assignment, &key, figure)
                    .await?
            }
            Of::Published(measure) => {
                self.published_value(dataset, &assignment, &key, *measure)
                    .await?
            }
        };
        let unit = match definition.of {
            Of::Published(measure) => published::published(&catalogue, &assignment, &key)
                .map_or(definition.unit, |model| published::unit(model, measure)),
            Of::Indicator(_) => indicator::unit(&catalogue, &key, definition),
            _ => definition.unit,
        };
        let title = [Language::Swedish, Language::English]
            .map(|language| title::title(&catalogue, definition, &assignment, &key, language));
        Ok(found.map(|found| Figure {
            code: code.clone(),
            definition,
            assignment,
            key,
            title,
            unit,
            value: found.value,
            synthetic: found.synthetic,
            place: found.place,
        }))
    }

    /// The passages of the rows behind a figure.
    ///
    /// # Errors
    /// The database or the computation fails.
    pub async fn figure_sources(
        &self,
        dataset: &Dataset,
        figure: &Figure,
    ) -> Result<Arc<[Passage]>, Error> {
        let (assignment, key) = (&figure.assignment, &figure.key);
        let at = (key, figure.place);
        match &figure.definition.of {
            Of::Fund(of) => {
                self.fund_figure_sources(dataset, assignment, at, of.measure())
                    .await
            }
            Of::UseArea(_) => {
                let measure = Some(super::FundMeasure::Used);
                self.fund_figure_sources(dataset, assignment, at, measure)
                    .await
            }
            Of::Equality(of) => {
                self.equality_figure_sources(dataset, assignment, key, of)
                    .await
            }
            Of::Administration(_) => {
                self.administration_figure_sources(dataset, assignment, key)
                    .await
            }
            Of::Coverage(of) => {
                self.coverage_figure_sources(dataset, assignment, at, of)
                    .await
            }
            Of::Plan(_) => self.plan_figure_sources(dataset, assignment, key).await,
            Of::Indicator(_) => {
                self.indicator_figure_sources(dataset, assignment, key)
                    .await
            }
            Of::AllocationKey(_) => {
                self.allocation_key_figure_sources(dataset, assignment, key)
                    .await
            }
            Of::Published(measure) => {
                self.published_sources(dataset, assignment, key, *measure)
                    .await
            }
        }
    }
}

/// Definition, assignment and key of a code.
fn read(code: &FigureCode) -> Option<(&'static Definition, RegistryNumber, FigureKey)> {
    let (definition, assignment, key) = code.parts()?;
    let definition = definition::definition(definition)?;
    let assignment = RegistryNumber::parse(assignment).ok()?;
    let key = FigureKey::read(&definition.takes, &key)?;
    let complete = definition.takes.is_satisfied(&key);
    complete.then_some((definition, assignment, key))
}

//! Figures of the register in the schema: a number of a report by its code, with everything that stands behind it.

use async_graphql::{Context, Json, Object, Result, SimpleObject};

use super::dataset::DatasetInfo;
use super::error;
use super::guard::Require;
use super::page::{self, SourceConnection};
use super::rate::Rate;
use super::reading::{Reading, Shelf};
use super::scalars::{Decimal, FigureCode, RegistryNumber};
use super::source::{Source, source};
use super::vocabulary::{Absent, FigureUnit};
use crate::policy::Action;
use crate::reports;
use crate::reports::Language;
use crate::reports::figure::Value;

/// A figure of a report (siffra): one number, its definition, the question that gives it, and the rows behind it.
pub struct Figure {
    shelf: Shelf,
    found: reports::Figure,
}

/// A bare number with its unit (storhet).
#[derive(SimpleObject)]
#[graphql(name = "FigureQuantity")]
pub struct Quantity {
    /// The exact number (värde).
    value: Option<Decimal>,
    /// Its unit (enhet).
    unit: FigureUnit,
    /// Why there is no number (orsak till att värde saknas).
    absent: Option<Absent>,
}

/// What a figure is, whatever it is of (definition).
pub struct FigureDefinition {
    shelf: Shelf,
    found: reports::Figure,
}

/// The question that gives a figure, for whoever wants to ask it again (fråga).
#[derive(SimpleObject)]
pub struct FigureQuery {
    /// The document (frågans text). It names the dataset, so that it gives the same number for ever.
    graphql: String,
    /// Its variables (variabler).
    variables: Json<serde_json::Value>,
    /// Where the figure stands in the answer's `data`, as a JSON pointer (plats i svaret).
    path: String,
    /// Both as the address of a GET request to this service (adress).
    url: String,
}

impl Figure {
    /// A figure that was found.
    pub(crate) fn new(shelf: &Shelf, found: reports::Figure) -> Self {
        shelf.request.used(found.synthetic);
        Self {
            shelf: shelf.clone(),
            found,
        }
    }
}

/// A figure of a report (siffra): one number, its definition, the question that gives it, and the rows behind it.
#[Object]
impl Figure {
    /// Its code: the same from report to report (kod).
    async fn code(&self) -> FigureCode {
        FigureCode(self.found.code.clone())
    }

    /// The assignment (uppdrag).
    async fn assignment(&self) -> RegistryNumber {
        RegistryNumber(self.found.assignment.clone())
    }

    /// Swedish title, with what the figure is of (titel).
    async fn title(&self) -> &str {
        &self.found.title[0]
    }

    /// English title (engelsk titel).
    async fn title_en(&self) -> Option<&str> {
        Some(&self.found.title[1])
    }

    /// What it says in a Swedish sentence, rounded as it is printed (text).
    async fn text(&self) -> String {
        self.found.text(Language::Swedish)
    }

    /// The same in English (engelsk text).
    async fn text_en(&self) -> String {
        self.found.text(Language::English)
    }

    /// The number, where the figure is a bare one (storhet).
    async fn quantity(&self) -> Option<Quantity> {
        let Value::Quantity(value) = &self.found.value else {
            return None;
        };
        Some(Quantity {
            value: value.ok().map(Decimal),
            unit: self.found.unit.into(),
            absent: value.err().map(Absent::from),
        })
    }

    /// The rate, where the figure is one (kvot).
    async fn rate(&self) -> Option<Rate> {
        match &self.found.value {
            Value::Rate(rate) => Some(rate.into()),
            Value::Quantity(_) => None,
        }
    }

    /// Its unit (enhet).
    async fn unit(&self) -> FigureUnit {
        self.found.unit.into()
    }

    /// What it is (definition).
    async fn definition(&self) -> FigureDefinition {
        FigureDefinition {
            shelf: self.shelf.clone(),
            found: self.found.clone(),
        }
    }

    /// The question that gives it (fråga).
    async fn query(&self) -> FigureQuery {
        let query = self.found.query(&self.shelf.dataset);
        FigureQuery {
            graphql: query.graphql,
            variables: Json(query.variables),
            path: query.path,
            url: query.url,
        }
    }

    /// The dataset that it is of (datauttag).
    async fn dataset(&self) -> Result<DatasetInfo> {
        DatasetInfo::of(&self.shelf).await
    }

    /// The rows behind it, by submission and row (källor).
    #[graphql(complexity = "page::cost(first, None, child_complexity)")]
    async fn sources(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
    ) -> Result<SourceConnection> {
        let (shelf, found) = (&self.shelf, &self.found);
        let behind = shelf.request.reports.figure_sources(&shelf.dataset, found);
        let behind = behind.await.map_err(error::report)?;
        page::sources(ctx, shelf, &found.assignment, &behind, first, after).await
    }
}

/// What a figure is, whatever it is of (definition).
#[Object]
impl FigureDefinition {
    /// Its code, the first part of the figure's (kod).
    async fn code(&self) -> &'static str {
        self.found.definition.code
    }

    /// Swedish title (titel).
    async fn title(&self) -> &'static str {
        self.found.definition.title[0]
    }

    /// English title (engelsk titel).
    async fn title_en(&self) -> Option<&'static str> {
        Some(self.found.definition.title[1])
    }

    /// How it is computed, in Swedish (formel).
    async fn formula(&self) -> &'static str {
        self.found.definition.formula[0]
    }

    /// The same in English (engelsk formel).
    async fn formula_en(&self) -> &'static str {
        self.found.definition.formula[1]
    }

    /// How it is rounded, in Swedish (avrundning).
    async fn rounding(&self) -> &'static str {
        self.found.unit.rounding(Language::Swedish)
    }

    /// The same in English (engelsk avrundning).
    async fn rounding_en(&self) -> &'static str {
        self.found.unit.rounding(Language::English)
    }

    /// What in the decisions it rests on (källa).
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<Source>> {
        let Some(row) = self.found.basis_row(&self.shelf.catalogue) else {
            return Ok(None);
        };
        source(ctx, &self.shelf, row, Some(&self.found.assignment)).await
    }
}

/// Reading figures.
#[derive(Default)]
pub struct FigureQueries(pub Reading);

/// Reading figures.
#[Object(guard = "Require(Action::ReadFigures)")]
impl FigureQueries {
    /// A figure of the register by its code (siffra).
    async fn figure(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Its code: definition, assignment and key, such as `fund.usage_rate|S2016/00633/FST|2018|MUNICIPALITY` (kod)."
        )]
        code: FigureCode,
    ) -> Result<Option<Figure>> {
        let shelf = self.0.open(ctx).await?;
        let found = shelf.request.reports.figure(&shelf.dataset, &code.0).await;
        let found = found.map_err(error::report)?;
        let found = found.ok_or_else(|| error::unknown("code", code.0.as_str()))?;
        Ok(Some(Figure::new(&shelf, found)))
    }
}

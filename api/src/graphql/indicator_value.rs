//! Values of indicators in the schema. Single counts of persons are shown as `policy::persons` says, here as elsewhere.

use std::collections::BTreeSet;

use async_graphql::{Context, Object, Result, SimpleObject};
use entity::indicator_value;

use super::county::County;
use super::error;
use super::fund_filter::{known, years};
use super::guard::Require;
use super::indicator::{self, Indicator, IndicatorDefinition};
use super::page::{self, PageOf, Place};
use super::reading::{Reading, Shelf};
use super::recipient::Recipient;
use super::scalars::{AreaCode, Decimal, IndicatorCode};
use super::source::{self, Source};
use super::vocabulary::{Absent, AreaKind, IndicatorUnit, Sex};
use crate::policy::{Action, Persons, Sight, persons};
use crate::reports::absent_of;

/// The connection of values in its cursors.
const CONNECTION: &str = "indicatorValues";

/// The area code of the whole country.
const COUNTRY: &str = "SE";

/// A value of an indicator (indikatorvärde): of an area, a year and a sex, as it was sent.
pub struct IndicatorValue {
    shelf: Shelf,
    model: indicator_value::Model,
    sight: Sight,
}

/// A value with its unit (värde).
#[derive(Clone, Debug, SimpleObject)]
pub struct Quantity {
    /// The value, with the decimals it was sent with (värde).
    value: Option<Decimal>,
    /// Its unit, as the definition says; null where the definition does not count any more (enhet).
    unit: Option<IndicatorUnit>,
    /// Why there is no value; `SUPPRESSED` also where there may be none to hide (orsak till att värde saknas).
    absent: Option<Absent>,
}

/// What a value is of (område): the country, a county, or a recipient.
pub struct IndicatorArea {
    shelf: Shelf,
    code: String,
    year: i32,
}

impl IndicatorValue {
    /// A value that counts, shown as far as the viewer may see it.
    pub(crate) fn new(shelf: &Shelf, model: &indicator_value::Model) -> Self {
        shelf.used_row(model.row_id);
        let persons = Persons::of(&shelf.request.viewer, &shelf.catalogue, &shelf.registers);
        let sight = persons.sight(&model.indicator, model.row_id);
        if sight == Sight::Restricted {
            let what = persons::what(&model.indicator);
            shelf.request.note_read(Action::ReadPersons, what);
        }
        Self {
            shelf: shelf.clone(),
            model: model.clone(),
            sight,
        }
    }

    fn is_shown(&self) -> bool {
        self.sight != Sight::Hidden
    }

    fn definition_model(&self) -> Option<&entity::indicator_definition::Model> {
        let mut versions = self.shelf.catalogue.indicator(&self.model.indicator);
        versions.find(|one| one.definition_version == self.model.definition_version)
    }

    /// A number of the row, unless it is hidden.
    fn number(&self, text: Option<&String>) -> Option<Decimal> {
        let text = text.filter(|_| self.is_shown())?;
        text.parse().ok().map(Decimal)
    }
}

/// Where a value stands: by indicator, area, year and sex.
fn place(model: &indicator_value::Model) -> Place {
    let (area, sex) = (&model.area_code, model.sex.code());
    Place {
        connection: CONNECTION.into(),
        sort_key: Vec::new(),
        code: format!("{}|{area}|{:04}|{sex}", model.indicator, model.year),
    }
}

fn year(model: &indicator_value::Model) -> i32 {
    i32::try_from(model.year).unwrap_or(i32::MAX)
}

/// A value of an indicator (indikatorvärde): of an area, a year and a sex, as it was sent.
#[Object]
impl IndicatorValue {
    /// What is measured (indikator).
    async fn indicator(&self) -> Option<Indicator> {
        Indicator::of(&self.shelf, &self.model.indicator)
    }

    /// Version of the definition that it was measured by (definitionsversion).
    async fn definition_version(&self) -> i64 {
        self.model.definition_version
    }

    /// That version (definition).
    async fn definition(&self) -> Option<IndicatorDefinition> {
        let model = self.definition_model()?;
        Some(IndicatorDefinition::new(&self.shelf, model))
    }

    /// Year (år).
    async fn year(&self) -> i32 {
        year(&self.model)
    }

    /// Whose value it is (kön).
    async fn sex(&self) -> Sex {
        self.model.sex.into()
    }

    /// What it is of (område).
    async fn area(&self) -> IndicatorArea {
        IndicatorArea {
            shelf: self.shelf.clone(),
            code: self.model.area_code.clone(),
            year: year(&self.model),
        }
    }

    /// The value with its unit, or why there is none (värde).
    async fn quantity(&self) -> Quantity {
        let value = self.number(self.model.value.as_ref());
        let said = self.model.missing_reason.map(absent_of);
        let absent = match (self.is_shown(), value) {
            (false, _) => Some(analytics::figure::Absent::Suppressed),
            (true, Some(_)) => None,
            (true, None) => said.or(Some(analytics::figure::Absent::NotAvailable)),
        };
        Quantity {
            value,
            unit: self.definition_model().map(|one| one.unit.into()),
            absent: absent.map(Absent::from),
        }
    }

    /// What the value divides, where it was sent (täljare).
    async fn numerator(&self) -> Option<Decimal> {
        self.number(self.model.numerator.as_ref())
    }

    /// By what, where it was sent (nämnare).
    async fn denominator(&self) -> Option<Decimal> {
        self.number(self.model.denominator.as_ref())
    }

    /// Where its sender has it from, in the sender's words (angiven källa).
    async fn stated_source(&self) -> Option<&str> {
        let stated = self.model.source.as_deref();
        stated.filter(|_| self.is_shown())
    }

    /// Whether it is a single count of persons that the viewer sees and the public does not (begränsad).
    async fn is_restricted(&self) -> bool {
        self.sight == Sight::Restricted
    }

    /// Where it is known from; null where the value is hidden (källa).
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<Source>> {
        if !self.is_shown() {
            return Ok(None);
        }
        let submissions = self.shelf.catalogue.submissions.now();
        let sent = submissions.sent(self.model.row_id);
        let assignment = sent.and_then(|sent| sent.assignment);
        source::source(ctx, &self.shelf, self.model.row_id, assignment).await
    }
}

/// What a value is of (område): the country, a county, or a recipient.
#[Object]
impl IndicatorArea {
    /// Code: `SE`, a county's or a recipient's (kod).
    async fn code(&self) -> AreaCode {
        AreaCode(self.code.clone())
    }

    /// What kind it is (områdestyp).
    async fn kind(&self) -> AreaKind {
        if self.code == COUNTRY {
            AreaKind::Country
        } else if self.shelf.catalogue.county(&self.code).is_some() {
            AreaKind::County
        } else {
            AreaKind::Recipient
        }
    }

    /// Name, Swedish (namn).
    async fn name(&self) -> Option<String> {
        if self.code == COUNTRY {
            return Some("Riket".to_owned());
        }
        let county = self.shelf.catalogue.county(&self.code);
        let recipient = Recipient::in_year(&self.shelf, &self.code, Some(self.year));
        let recipient = recipient.map(|one| one.name_text().to_owned());
        county.map(|one| one.name.clone()).or(recipient)
    }

    /// The county, where it is one (län).
    async fn county(&self) -> Option<County> {
        County::of(&self.shelf, &self.code)
    }

    /// The recipient on the last day of the year, where it is one (mottagare).
    async fn recipient(&self) -> Option<Recipient> {
        Recipient::in_year(&self.shelf, &self.code, Some(self.year))
    }
}

/// Whether an area exists in the dataset.
fn is_area(shelf: &Shelf, code: &AreaCode) -> bool {
    let recipient = entity::RecipientCode::parse(&code.0);
    code.0 == COUNTRY
        || shelf.catalogue.county(&code.0).is_some()
        || recipient.is_ok_and(|code| shelf.catalogue.periods(&code).next().is_some())
}

/// Reading values of indicators.
#[derive(Default)]
pub struct IndicatorValueQuery(pub Reading);

/// Reading values of indicators.
#[Object(guard = "Require(Action::ReadFigures)")]
impl IndicatorValueQuery {
    /// Values of indicators by indicator, area, year and sex (indikatorvärden). A page holds 500 at most. An indicator
    /// that counts persons and is asked for by name is refused with the code `DISCLOSURE`, unless the viewer may see
    /// every value asked for; beside others its values are `SUPPRESSED`.
    #[expect(clippy::too_many_arguments, reason = "arguments of the field")]
    #[graphql(complexity = "super::page::cost(first, last, child_complexity)")]
    async fn indicator_values(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which indicators; all where left out (indikatorer).")] indicators: Option<
            Vec<IndicatorCode>,
        >,
        #[graphql(desc = "Areas: `SE`, counties, recipients (områden).")] areas: Option<
            Vec<AreaCode>,
        >,
        #[graphql(desc = "Years (år).")] years: Option<Vec<i32>>,
        #[graphql(desc = "Whose; all three where left out (kön).")] sex: Option<Sex>,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<PageOf<IndicatorValue>>> {
        let shelf = self.0.open(ctx).await?;
        let named = indicators.clone();
        let codes = indicator::codes(&shelf, indicators, "indicators")?;
        let known_area = |code: &AreaCode| is_area(&shelf, code);
        let areas = known(areas, "areas", known_area, |code| code.0.clone())?;
        let areas: Option<BTreeSet<String>> = areas.map(|areas| areas.into_iter().collect());
        let years = self::years(years, "years")?;
        let reports = &shelf.request.reports;
        let values = reports.indicator_values(&shelf.dataset, &codes);
        let values = values.await.map_err(error::report)?;
        let takes = |model: &&indicator_value::Model| {
            (areas.as_ref()).is_none_or(|areas| areas.contains(&model.area_code))
                && (years.as_ref()).is_none_or(|years| years.contains(&year(model)))
                && sex.is_none_or(|sex| entity::Sex::from(sex) == model.sex)
        };
        let persons = Persons::of(&shelf.request.viewer, &shelf.catalogue, &shelf.registers);
        for (index, code) in named.iter().flatten().enumerate() {
            let rows = values.get(&code.0).into_iter().flat_map(|own| own.iter());
            let rows = rows.filter(takes).map(|model| model.row_id);
            if persons.sight_of_all(&code.0, rows) == Sight::Hidden {
                let path = format!("indicators[{index}]");
                return Err(error::disclosure(&path, code.0.as_str()));
            }
        }
        let all = values.values().flat_map(|own| own.iter());
        let mut keys: Vec<&indicator_value::Model> = all.filter(takes).collect();
        keys.sort_by_cached_key(|model| place(model));
        let load = async |models: &[&indicator_value::Model]| {
            let node = |model: &&indicator_value::Model| IndicatorValue::new(&shelf, model);
            Ok(models.iter().map(node).collect())
        };
        let paging = (first, after, last, before);
        let place = |model: &&indicator_value::Model| place(model);
        let page = page::loaded(CONNECTION, &keys, place, paging, load).await?;
        Ok(Some(page))
    }
}

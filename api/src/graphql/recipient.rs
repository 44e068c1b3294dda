//! Recipients in the schema. No field gives an NGO's municipality, and a protected location has no county.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject};
use chrono::NaiveDate;
use entity::recipient;

use super::county::County;
use super::error;
use super::guard::Require;
use super::page::{Place, RECIPIENTS, RecipientConnection};
use super::reading::{Reading, Shelf};
use super::recipient_link::RecipientLink;
use super::scalars::{CountyCode, Date, RecipientCode};
use super::source::{Source, sources};
use super::vocabulary::{Absent, RecipientKind};
use crate::policy::Action;

/// A recipient (mottagare) as it is on a day: a municipality, a region, an NGO or an agency.
pub struct Recipient {
    shelf: Shelf,
    model: recipient::Model,
}

/// Inhabitants on a day (befolkning).
#[derive(Clone, Debug, SimpleObject)]
pub struct Population {
    /// The day (datum).
    date: Date,
    /// Inhabitants (antal).
    count: i64,
}

/// Which recipients (urval av mottagare).
#[derive(Clone, Debug, Default, InputObject)]
pub struct RecipientFilter {
    /// Kinds (mottagartyper).
    kinds: Option<Vec<RecipientKind>>,
    /// Counties; a protected location is in none (län).
    counties: Option<Vec<CountyCode>>,
    /// Population groups of the decision's key (befolkningsgrupper).
    population_groups: Option<Vec<i32>>,
    /// A part of the name, whatever the case (del av namnet).
    name_contains: Option<String>,
    /// Those valid on this day (giltiga denna dag).
    valid_on: Option<Date>,
}

impl Recipient {
    /// The recipient with a code, as it is on a day.
    pub(crate) fn of(shelf: &Shelf, code: &entity::RecipientCode, day: NaiveDate) -> Option<Self> {
        let model = shelf.catalogue.recipient(code, day)?.clone();
        shelf.used_row(model.row_id);
        Some(Self {
            shelf: shelf.clone(),
            model,
        })
    }

    /// The recipient with a code as text, as it is on the last day of a year, or today.
    pub(crate) fn in_year(shelf: &Shelf, code: &str, year: Option<i32>) -> Option<Self> {
        let last_day = year.and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31));
        Self::on(shelf, code, last_day.unwrap_or(shelf.dataset.today))
    }

    /// The recipient with a code as text, as it is on a day.
    pub(crate) fn on(shelf: &Shelf, code: &str, day: NaiveDate) -> Option<Self> {
        Self::of(shelf, &entity::RecipientCode::parse(code).ok()?, day)
    }

    pub(crate) fn name_text(&self) -> &str {
        &self.model.name
    }

    pub(crate) fn place(&self) -> Place {
        Place {
            connection: RECIPIENTS,
            sort_key: self.model.sort_key.clone(),
            code: self.model.code.to_string(),
        }
    }

    fn is_protected(&self) -> bool {
        self.shelf.catalogue.is_protected(&self.model.code)
    }

    fn open_county(&self) -> Option<&entity::CountyCode> {
        self.model
            .county_code
            .as_ref()
            .filter(|_| !self.is_protected())
    }
}

/// A recipient (mottagare) as it is on a day: a municipality, a region, an NGO or an agency.
#[Object]
impl Recipient {
    /// Code (mottagarkod).
    async fn code(&self) -> RecipientCode {
        RecipientCode(self.model.code.clone())
    }

    /// Name (namn).
    async fn name(&self) -> &str {
        &self.model.name
    }

    /// Kind (mottagartyp).
    async fn kind(&self) -> RecipientKind {
        self.model.kind.into()
    }

    /// County (län); null where the location is protected or there is none.
    async fn county(&self) -> Option<County> {
        County::of(&self.shelf, self.open_county()?.as_str())
    }

    /// Why there is no county: `PROTECTED` or `NOT_APPLICABLE` (orsak till att län saknas).
    async fn county_absent(&self) -> Option<Absent> {
        match (self.open_county(), self.is_protected()) {
            (Some(_), _) => None,
            (None, true) => Some(Absent::Protected),
            (None, false) => Some(Absent::NotApplicable),
        }
    }

    /// Population group of the decision's key, 1 to 5 (befolkningsgrupp).
    async fn population_group(&self) -> Option<u8> {
        self.shelf.catalogue.population_group(&self.model.code)
    }

    /// Inhabitants by day; none for kinds without inhabitants (befolkning).
    async fn populations(&self) -> Vec<Population> {
        let own = self.shelf.catalogue.populations_of(&self.model.code);
        let mut all: Vec<_> = own
            .map(|one| {
                self.shelf.used_row(one.row_id);
                Population {
                    date: Date(one.date),
                    count: one.count,
                }
            })
            .collect();
        all.sort_by_key(|one| one.date.0);
        all
    }

    /// First day of this period; null = from the beginning (giltig från).
    async fn valid_from(&self) -> Option<Date> {
        self.model.valid_from.map(Date)
    }

    /// Last day of this period; null = still valid (giltig till).
    async fn valid_to(&self) -> Option<Date> {
        self.model.valid_to.map(Date)
    }

    /// What happened to its code, before and after, in order of time; nothing of protected locations (kodändringar).
    async fn links(&self) -> Vec<RecipientLink> {
        RecipientLink::of(&self.shelf, &self.model.code)
    }

    /// Where it is known from (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        sources(ctx, &self.shelf, self.model.row_id, None).await
    }
}

/// Reading recipients.
#[derive(Default)]
pub struct RecipientQuery(pub Reading);

/// Reading recipients.
#[Object(guard = "Require(Action::ReadFigures)")]
impl RecipientQuery {
    /// A recipient by its code, as it is today (mottagare).
    async fn recipient(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Code (mottagarkod).")] code: RecipientCode,
    ) -> Result<Option<Recipient>> {
        let shelf = self.0.open(ctx).await?;
        let found = Recipient::of(&shelf, &code.0, shelf.dataset.today);
        found
            .map(Some)
            .ok_or_else(|| error::unknown("code", code.0.as_str()))
    }

    /// Recipients in Swedish alphabetical order (mottagare). A page holds 500 at most.
    #[graphql(complexity = "super::page::cost(first, last, child_complexity)")]
    async fn recipients(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Which recipients (urval).")] filter: Option<
            RecipientFilter,
        >,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<RecipientConnection>> {
        let shelf = self.0.open(ctx).await?;
        let found = select(&shelf, &filter.unwrap_or_default())?;
        super::page::recipients(found, first, after, last, before)
            .await
            .map(Some)
    }
}

/// The recipients that pass a filter, each once, by name.
fn select(shelf: &Shelf, filter: &RecipientFilter) -> Result<Vec<Recipient>> {
    for (index, county) in filter.counties.iter().flatten().enumerate() {
        if shelf.catalogue.county(county.0.as_str()).is_none() {
            return Err(error::unknown(
                &format!("where.counties[{index}]"),
                county.0.as_str(),
            ));
        }
    }
    let groups =
        super::fund_filter::groups(filter.population_groups.clone(), "where.populationGroups")?;
    let day = filter.valid_on.map_or(shelf.dataset.today, |day| day.0);
    let part = filter
        .name_contains
        .as_ref()
        .map(|part| part.to_lowercase());
    let mut found: Vec<Recipient> = Vec::new();
    let mut codes: Vec<_> = shelf
        .catalogue
        .recipients
        .iter()
        .map(|one| &one.code)
        .collect();
    codes.sort();
    codes.dedup();
    for code in codes {
        let Some(model) = shelf.catalogue.recipient(code, day) else {
            continue;
        };
        let valid = model.valid_from.is_none_or(|from| from <= day)
            && model.valid_to.is_none_or(|to| to >= day);
        let one = Recipient {
            shelf: shelf.clone(),
            model: model.clone(),
        };
        let group = shelf.catalogue.population_group(code);
        let passes = (filter.valid_on.is_none() || valid)
            && filter
                .kinds
                .as_ref()
                .is_none_or(|kinds| kinds.contains(&model.kind.into()))
            && part
                .as_ref()
                .is_none_or(|part| model.name.to_lowercase().contains(part.as_str()))
            && groups
                .as_ref()
                .is_none_or(|groups| group.is_some_and(|group| groups.contains(&group)))
            && filter.counties.as_ref().is_none_or(|counties| {
                one.open_county()
                    .is_some_and(|own| counties.iter().any(|county| county.0 == *own))
            });
        if passes {
            shelf.used_row(model.row_id);
            found.push(one);
        }
    }
    found.sort_by_key(Recipient::place);
    Ok(found)
}

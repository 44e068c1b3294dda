//! Recipients in the schema. No field gives an NGO's municipality, and a protected location has no county.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::NaiveDate;
use entity::recipient;

use super::assignment;
use super::county::County;
use super::error;
use super::fund_usage::whole_or_refused;
use super::guard::Require;
use super::indicator_value::IndicatorValue;
use super::page::{Node, PageOf, Place};
use super::reading::{Reading, Shelf};
use super::recipient_filter::RecipientFilter;
use super::recipient_funds::RecipientFunds;
use super::recipient_link::RecipientLink;
use super::recipient_loads::RecipientLoads;
use super::scalars::{Date, RecipientCode, RegistryNumber};
use super::source::{Source, sources};
use super::support_event::SupportEvent;
use super::vocabulary::{Absent, RecipientKind};
use crate::policy::Action;
use crate::reports::Extent;

/// Figures of a value.
const CELLS_A_VALUE: usize = 4;

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

    /// A recipient as a row of the register says.
    pub(crate) fn new(shelf: &Shelf, model: &recipient::Model) -> Self {
        Self {
            shelf: shelf.clone(),
            model: model.clone(),
        }
    }

    fn is_protected(&self) -> bool {
        self.shelf.catalogue.is_protected(&self.model.code)
    }

    /// Its county, where that may be told.
    pub(crate) fn open_county(&self) -> Option<&entity::CountyCode> {
        self.model
            .county_code
            .as_ref()
            .filter(|_| !self.is_protected())
    }
}

impl Node for Recipient {
    const CONNECTION: &'static str = "recipients";

    fn place(&self) -> Place {
        Place {
            connection: Self::CONNECTION.into(),
            sort_key: self.model.sort_key.clone(),
            code: self.model.code.to_string(),
        }
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

    /// Its money in an assignment, round by round; rounds of which it has no row are left out (medel).
    #[graphql(complexity = "10 * child_complexity + 1")]
    async fn funds(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(
            desc = "Facts whose own date lies on or before this day, reports also by the day their document was registered; null = all (till och med)."
        )]
        through: Option<Date>,
    ) -> Result<Option<Vec<RecipientFunds>>> {
        let code = assignment::code(&self.shelf, &assignment, "assignment")?;
        let extent = Extent {
            through: through.map(|day| day.0),
            current_on: None,
        };
        let loads = ctx.data::<RecipientLoads>()?;
        let rounds = loads.funds(&self.shelf, &code, &self.model.code, extent);
        let rounds = rounds.await.map_err(error::report)?;
        Ok(Some(RecipientFunds::all(&self.shelf, &code, &rounds)))
    }

    /// The support events of an assignment that reached it, by day; none of a protected location, since who held one
    /// tells where those are that it reached (insatser som nått mottagaren).
    #[graphql(complexity = "super::page::cost(first, last, child_complexity)")]
    async fn support_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<PageOf<SupportEvent>>> {
        let code = assignment::code(&self.shelf, &assignment, "assignment")?;
        let mut nodes = Vec::new();
        if !self.is_protected() {
            let loads = ctx.data::<RecipientLoads>()?;
            let events = loads.events(&self.shelf, &code, &self.model.code);
            let events = events.await.map_err(error::report)?;
            nodes.extend(events.iter().map(|one| SupportEvent::new(&self.shelf, one)));
            nodes.sort_by_cached_key(SupportEvent::place);
        }
        super::page::of(nodes, first, after, last, before)
            .await
            .map(Some)
    }

    /// Its values of indicators, by indicator, year and sex; single counts of persons are `SUPPRESSED` for those who may
    /// not see them (indikatorvärden).
    #[graphql(complexity = "30 * child_complexity + 1")]
    async fn indicator_values(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Years; all where left out (år).")] years: Option<Vec<i32>>,
    ) -> Result<Option<Vec<IndicatorValue>>> {
        let years = super::fund_filter::years(years, "years")?;
        let loads = ctx.data::<RecipientLoads>()?;
        let values = loads.values(&self.shelf, &self.model.code);
        let values = values.await.map_err(error::report)?;
        let takes = |year: i64| {
            let is_asked = |years: &Vec<i32>| years.iter().any(|asked| i64::from(*asked) == year);
            years.as_ref().is_none_or(is_asked)
        };
        let own = values.iter().filter(|one| takes(one.year));
        let own: Vec<IndicatorValue> = own
            .map(|one| IndicatorValue::new(&self.shelf, one))
            .collect();
        whole_or_refused(&self.shelf, own.len().saturating_mul(CELLS_A_VALUE))?;
        Ok(Some(own))
    }

    /// What happened to its code, before and after, in order of time; nothing of protected locations (kodändringar).
    async fn links(&self) -> Vec<RecipientLink> {
        RecipientLink::of(&self.shelf, &self.model.code)
    }

    /// Where it is known from; nothing of a protected location, since a register that is sorted by place tells it by the
    /// row (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        if self.is_protected() {
            return Ok(Vec::new());
        }
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
    ) -> Result<Option<PageOf<Recipient>>> {
        let shelf = self.0.open(ctx).await?;
        let found = filter.unwrap_or_default().select(&shelf).await?;
        super::page::of(found, first, after, last, before)
            .await
            .map(Some)
    }
}

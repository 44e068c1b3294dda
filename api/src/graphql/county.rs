//! Counties in the schema: the money, the support and the recipients of one county.

use analytics::coverage::CoverageQuestion;
use analytics::fund_usage::FundQuestion;
use async_graphql::{Context, Object, Result};
use entity::county;

use super::assignment;
use super::coverage::Coverage;
use super::coverage_filter::CoverageFilter;
use super::error;
use super::fund_filter::FundFilter;
use super::fund_usage::FundUsage;
use super::guard::Require;
use super::page::PageOf;
use super::reading::{Reading, Shelf};
use super::recipient::Recipient;
use super::recipient_filter::RecipientFilter;
use super::scalars::{CountyCode, RegistryNumber};
use super::source::{Source, sources};
use super::vocabulary::{CoverageDimension, FundDimension, RecipientKind};
use crate::intake::sort_key;
use crate::policy::Action;
use crate::reports::{Extent, analysed};

/// A county (län).
pub struct County {
    shelf: Shelf,
    model: county::Model,
}

impl County {
    /// The county with a code.
    pub(crate) fn of(shelf: &Shelf, code: &str) -> Option<Self> {
        Some(Self {
            model: shelf.catalogue.county(code)?.clone(),
            shelf: shelf.clone(),
        })
    }

    /// Its name.
    pub(crate) fn named(&self) -> &str {
        &self.model.name
    }
}

/// A county (län).
#[Object]
impl County {
    /// Code (länskod).
    async fn code(&self) -> CountyCode {
        CountyCode(self.model.code.clone())
    }

    /// Name (namn).
    async fn name(&self) -> &str {
        &self.model.name
    }

    /// ISO 3166-2 code (ISO-kod).
    async fn iso_code(&self) -> &str {
        &self.model.iso_code
    }

    /// Name of its region (regionens namn).
    async fn region_name(&self) -> &str {
        &self.model.region_name
    }

    /// The recipients in it, in Swedish alphabetical order; no protected location (mottagare). A page holds 500 at most.
    #[graphql(complexity = "super::page::cost(first, last, child_complexity)")]
    async fn recipients(
        &self,
        #[graphql(name = "where", desc = "Which recipients (urval).")] filter: Option<
            RecipientFilter,
        >,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<PageOf<Recipient>>> {
        let mut found = filter.unwrap_or_default().select(&self.shelf).await?;
        found.retain(|one| one.open_county() == Some(&self.model.code));
        super::page::of(found, first, after, last, before)
            .await
            .map(Some)
    }

    /// Where the money of an assignment went in the county, by group (medelsanvändning).
    #[graphql(complexity = "10 * child_complexity + 1")]
    async fn fund_usage(
        &self,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(desc = "What to group by, in this order (indelning).", default)] group_by: Vec<
            FundDimension,
        >,
        #[graphql(desc = "What is counted, in the county (urval).")] filter: Option<FundFilter>,
    ) -> Result<Option<FundUsage>> {
        let shelf = self.shelf.clone();
        let code = assignment::code(&shelf, &assignment, "assignment")?;
        let mut filter = filter.unwrap_or_default().checked(&shelf, &code)?;
        filter.counties = Some(self.within(filter.counties));
        let question = FundQuestion {
            group_by: group_by.into_iter().map(Into::into).collect(),
            filter,
            today: shelf.dataset.today,
        };
        let answer = FundUsage::answer(shelf, code, question, Extent::default());
        answer.await.map(Some)
    }

    /// Whom the support of an assignment has reached in the county, by group (täckning).
    #[graphql(complexity = "10 * child_complexity + 1")]
    async fn coverage(
        &self,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(desc = "Kind of recipient that should be reached (mottagartyp).")] recipient_kind: RecipientKind,
        #[graphql(desc = "What to group by, in this order (indelning).", default)] group_by: Vec<
            CoverageDimension,
        >,
        #[graphql(desc = "What is counted, in the county (urval).")] filter: Option<CoverageFilter>,
    ) -> Result<Option<Coverage>> {
        let shelf = self.shelf.clone();
        let code = assignment::code(&shelf, &assignment, "assignment")?;
        let mut filter = filter.unwrap_or_default().checked(&shelf, &code)?;
        filter.counties = Some(self.within(filter.counties));
        let question = CoverageQuestion {
            recipient_kind: analysed(recipient_kind.into()),
            group_by: group_by.into_iter().map(Into::into).collect(),
            filter,
            reference_year: assignment::last_year(&shelf, &code),
        };
        let answer = Coverage::answer(shelf, code, question, Extent::default());
        answer.await.map(Some)
    }

    /// Where it is known from (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        sources(ctx, &self.shelf, self.model.row_id, None).await
    }
}

impl County {
    /// The county alone, of the counties that a filter asks for.
    fn within(&self, asked: Option<Vec<String>>) -> Vec<String> {
        let own = self.model.code.to_string();
        let wanted = asked.is_none_or(|asked| asked.contains(&own));
        wanted.then_some(own).into_iter().collect()
    }
}

/// Reading counties.
#[derive(Default)]
pub struct CountyQuery(pub Reading);

/// Reading counties.
#[Object(guard = "Require(Action::ReadFigures)")]
impl CountyQuery {
    /// A county by its code (län).
    async fn county(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Code (länskod).")] code: CountyCode,
    ) -> Result<Option<County>> {
        let shelf = self.0.open(ctx).await?;
        let found = County::of(&shelf, code.0.as_str());
        found
            .map(Some)
            .ok_or_else(|| error::unknown("code", code.0.as_str()))
    }

    /// Every county, in Swedish alphabetical order (län).
    #[graphql(complexity = "21 * child_complexity + 1")]
    async fn counties(&self, ctx: &Context<'_>) -> Result<Option<Vec<County>>> {
        let shelf = self.0.open(ctx).await?;
        let codes = shelf.catalogue.counties().map(|one| one.code.as_str());
        let mut found: Vec<County> = codes.filter_map(|code| County::of(&shelf, code)).collect();
        found.sort_by_cached_key(|one| sort_key(&one.model.name));
        Ok(Some(found))
    }
}

//! Indicators in the schema: what is measured, by which definitions, and who owns it.

use async_graphql::{Context, InputObject, Object, Result};
use entity::indicator_definition;

use super::error;
use super::fund_filter::known;
use super::goal::Goal;
use super::guard::Require;
use super::indicator_comparison_text::Words;
use super::organisation::Organisation;
use super::page::{Node, PageOf, Place};
use super::reading::{Reading, Shelf};
use super::scalars::{IndicatorCode, OrganisationCode};
use super::source::{Source, of_rows, sources};
use super::vocabulary::{IndicatorDirection, IndicatorUnit};
use crate::intake::sort_key;
use crate::policy::Action;

/// An indicator (indikator): something that is measured from year to year, by one or more versions of a definition.
pub struct Indicator {
    shelf: Shelf,
    /// By version; never empty.
    definitions: Vec<indicator_definition::Model>,
}

/// A version of an indicator's definition (definition).
pub struct IndicatorDefinition {
    shelf: Shelf,
    model: indicator_definition::Model,
}

impl Indicator {
    /// The indicator with a code; none where the dataset has no definition of it.
    pub(crate) fn of(shelf: &Shelf, code: &entity::IndicatorCode) -> Option<Self> {
        let definitions: Vec<_> = shelf.catalogue.indicator(code).cloned().collect();
        definitions.first()?;
        definitions
            .iter()
            .for_each(|one| shelf.used_row(one.row_id));
        Some(Self {
            shelf: shelf.clone(),
            definitions,
        })
    }

    /// The indicator with a code, or an error about the argument that named it.
    pub(crate) fn known(shelf: &Shelf, code: &IndicatorCode, path: &str) -> Result<Self> {
        Self::of(shelf, &code.0).ok_or_else(|| error::unknown(path, code.0.as_str()))
    }

    fn latest(&self) -> &indicator_definition::Model {
        self.definitions
            .last()
            .expect("an indicator has a definition")
    }

    /// The definition that was sent first: its sender owns the indicator.
    fn first_sent(&self) -> &indicator_definition::Model {
        let mut definitions = self.definitions.iter();
        let first = definitions.next().expect("an indicator has a definition");
        definitions.fold(first, |first, one| {
            if one.row_id < first.row_id {
                one
            } else {
                first
            }
        })
    }
}

/// Every code of an indicator in the dataset that a filter names, or all of them.
pub(crate) fn codes(
    shelf: &Shelf,
    asked: Option<Vec<IndicatorCode>>,
    path: &str,
) -> Result<std::collections::BTreeSet<entity::IndicatorCode>> {
    let exists = |code: &IndicatorCode| shelf.catalogue.indicator(&code.0).next().is_some();
    let text = |code: &IndicatorCode| code.0.to_string();
    let asked = known(asked, path, exists, text)?;
    let all = shelf.catalogue.indicator_definitions.iter();
    let wanted = |code: &&entity::IndicatorCode| {
        let own = code.as_str();
        asked
            .as_ref()
            .is_none_or(|asked| asked.iter().any(|one| one == own))
    };
    Ok(all
        .map(|one| &one.indicator)
        .filter(wanted)
        .cloned()
        .collect())
}

impl IndicatorDefinition {
    /// A definition that counts.
    pub(crate) fn new(shelf: &Shelf, model: &indicator_definition::Model) -> Self {
        Self {
            shelf: shelf.clone(),
            model: model.clone(),
        }
    }
}

impl Node for Indicator {
    const CONNECTION: &'static str = "indicators";

    /// By title.
    fn place(&self) -> Place {
        let latest = self.latest();
        Place {
            connection: Self::CONNECTION.into(),
            sort_key: sort_key(&latest.name_sv),
            code: latest.indicator.to_string(),
        }
    }
}

impl Indicator {
    /// Its code.
    pub(crate) fn own_code(&self) -> &entity::IndicatorCode {
        &self.latest().indicator
    }

    /// What texts about its change between two years are made of.
    pub(crate) fn words(&self, years: (i32, i32)) -> Words {
        let latest = self.latest();
        Words {
            title: latest.name_sv.clone(),
            title_en: latest.name_en.clone(),
            unit: latest.unit,
            years,
        }
    }

    /// The assignment that it was sent for first.
    pub(crate) fn assignment(&self) -> Option<&entity::RegistryNumber> {
        self.first_sent().assignment.as_ref()
    }
}

fn goal(shelf: &Shelf, model: &indicator_definition::Model) -> Option<Goal> {
    let code = model.goal.as_ref()?;
    let of = |one: &&entity::goal::Model| {
        let assignment = model.assignment.as_ref();
        one.code == *code && assignment.is_none_or(|own| one.assignment == *own)
    };
    Some(Goal {
        shelf: shelf.clone(),
        model: shelf.catalogue.goals.iter().find(of)?.clone(),
    })
}

fn year(year: i64) -> i32 {
    i32::try_from(year).unwrap_or(i32::MAX)
}

/// An indicator (indikator): something that is measured from year to year, by one or more versions of a definition.
/// Title, unit, direction and goal are those of the last version.
#[Object]
impl Indicator {
    /// Code (indikatorkod).
    async fn code(&self) -> IndicatorCode {
        IndicatorCode(self.latest().indicator.clone())
    }

    /// Title, Swedish (titel).
    async fn title(&self) -> &str {
        &self.latest().name_sv
    }

    /// Title, English (engelsk titel).
    async fn title_en(&self) -> Option<&str> {
        self.latest().name_en.as_deref()
    }

    /// Unit of the values (enhet).
    async fn unit(&self) -> IndicatorUnit {
        self.latest().unit.into()
    }

    /// Which way it gets better (riktning).
    async fn direction(&self) -> IndicatorDirection {
        self.latest().direction.into()
    }

    /// What it follows up (mål).
    async fn goal(&self) -> Option<Goal> {
        goal(&self.shelf, self.latest())
    }

    /// Whether it counts persons: then single values are given to few, and `personTable` to everybody (avser personer).
    async fn concerns_persons(&self) -> bool {
        self.shelf
            .catalogue
            .counts_persons(&self.latest().indicator)
    }

    /// Who sent its code first, and owns it (ägare).
    async fn owner(&self) -> Option<Organisation> {
        Organisation::of(&self.shelf, self.first_sent().organisation_code.as_str())
    }

    /// Its definitions, by version (definitioner).
    async fn definitions(&self) -> Vec<IndicatorDefinition> {
        let each = self.definitions.iter();
        each.map(|one| IndicatorDefinition::new(&self.shelf, one))
            .collect()
    }

    /// The rows of its definitions (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let rows: Vec<i64> = self.definitions.iter().map(|one| one.row_id).collect();
        let assignment = self.first_sent().assignment.as_ref();
        of_rows(ctx, &self.shelf, &rows, assignment).await
    }
}

/// A version of an indicator's definition (definition).
#[Object]
impl IndicatorDefinition {
    /// Number of the version (definitionsversion).
    async fn version(&self) -> i64 {
        self.model.definition_version
    }

    /// Title, Swedish (titel).
    async fn title(&self) -> &str {
        &self.model.name_sv
    }

    /// Title, English (engelsk titel).
    async fn title_en(&self) -> Option<&str> {
        self.model.name_en.as_deref()
    }

    /// The definition in words, Swedish (definition).
    async fn description(&self) -> Option<&str> {
        self.model.definition_sv.as_deref()
    }

    /// Unit (enhet).
    async fn unit(&self) -> IndicatorUnit {
        self.model.unit.into()
    }

    /// Which way it gets better (riktning).
    async fn direction(&self) -> IndicatorDirection {
        self.model.direction.into()
    }

    /// What it follows up (mål).
    async fn goal(&self) -> Option<Goal> {
        goal(&self.shelf, &self.model)
    }

    /// Whether this version says that it counts persons (avser personer).
    async fn concerns_persons(&self) -> bool {
        self.model.concerns_persons
    }

    /// Organisation that the values come from (källa).
    async fn source_organisation(&self) -> Option<Organisation> {
        let code = self.model.source_organisation.as_ref()?;
        Organisation::of(&self.shelf, code.as_str())
    }

    /// First year (giltig från och med år).
    async fn valid_from_year(&self) -> i32 {
        year(self.model.valid_from_year)
    }

    /// Last year; null = still valid (giltig till och med år).
    async fn valid_to_year(&self) -> Option<i32> {
        self.model.valid_to_year.map(year)
    }

    /// Whether values compare with those of the version before. Null where it was not said: then those of every version
    /// but the first do not (jämförbar med föregående).
    async fn comparable_with_previous(&self) -> Option<bool> {
        self.model.comparable_with_previous
    }

    /// Where it is known from (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        let assignment = self.model.assignment.as_ref();
        sources(ctx, &self.shelf, self.model.row_id, assignment).await
    }
}

/// Which indicators (urval av indikatorer). All that is said must hold.
#[derive(Clone, Debug, Default, InputObject)]
pub struct IndicatorFilter {
    /// Codes (indikatorkoder).
    codes: Option<Vec<IndicatorCode>>,
    /// Owners (ägare).
    owners: Option<Vec<OrganisationCode>>,
    /// Whether they count persons (avser personer).
    concerns_persons: Option<bool>,
}

impl IndicatorFilter {
    fn select(self, shelf: &Shelf) -> Result<Vec<Indicator>> {
        let is_organisation =
            |code: &OrganisationCode| Organisation::of(shelf, code.0.as_str()).is_some();
        let owners = known(self.owners, "where.owners", is_organisation, |code| {
            code.0.to_string()
        })?;
        let passes = |one: &Indicator| {
            let owner = one.first_sent().organisation_code.as_str();
            (owners.as_ref()).is_none_or(|owners| owners.iter().any(|code| code == owner))
                && self.concerns_persons.is_none_or(|asked| {
                    shelf.catalogue.counts_persons(&one.latest().indicator) == asked
                })
        };
        let codes = codes(shelf, self.codes, "where.codes")?;
        let found = codes.iter().filter_map(|code| Indicator::of(shelf, code));
        let mut found: Vec<Indicator> = found.filter(passes).collect();
        found.sort_by_cached_key(Indicator::place);
        Ok(found)
    }
}

/// Reading indicators.
#[derive(Default)]
pub struct IndicatorQuery(pub Reading);

/// Reading indicators.
#[Object(guard = "Require(Action::ReadFigures)")]
impl IndicatorQuery {
    /// An indicator by its code (indikator).
    async fn indicator(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Code (indikatorkod).")] code: IndicatorCode,
    ) -> Result<Option<Indicator>> {
        let shelf = self.0.open(ctx).await?;
        Indicator::known(&shelf, &code, "code").map(Some)
    }

    /// Indicators in Swedish alphabetical order (indikatorer). A page holds 500 at most.
    #[graphql(complexity = "super::page::cost(first, last, child_complexity)")]
    async fn indicators(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "where", desc = "Which indicators (urval).")] filter: Option<
            IndicatorFilter,
        >,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<PageOf<Indicator>>> {
        let shelf = self.0.open(ctx).await?;
        let found = filter.unwrap_or_default().select(&shelf)?;
        super::page::of(found, first, after, last, before)
            .await
            .map(Some)
    }
}

//! Equality over the country in the schema: how even a figure is, and how far apart groups are.

use std::sync::Arc;

use analytics::fund_usage as analysed;
use async_graphql::{ComplexObject, Context, Enum, Object, Result, SimpleObject};

use super::assignment;
use super::classification::Classification;
use super::error::{self, Code};
use super::fund_key::FundKey;
use super::fund_sources::AskedLine;
use super::guard::Require;
use super::indicator_equality::IndicatorAsked;
use super::indicator_persons::RowsBehind;
use super::page::SourceConnection;
use super::rate::{Distribution, Rate};
use super::reading::{Reading, Shelf};
use super::scalars::{Date, Decimal, IndicatorCode, RegistryNumber};
use super::vocabulary::{Absent, EqualityMeasure, RecipientKind};
use crate::policy::Action;
use crate::reports::{Extent, FundMeasure};

/// What groups a gap is between (indelning av likvärdighet).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum EqualityDimension {
    /// County (län).
    County,
    /// Population group of the decision's key (befolkningsgrupp).
    PopulationGroup,
}

/// How even a figure is over the country (likvärdighet).
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct Equality {
    #[graphql(skip)]
    behind: BehindFigure,
    /// Single recipients' values, unweighted (fördelning över mottagare).
    distribution: Distribution,
    /// Gini coefficient, unweighted (Ginikoefficient).
    gini: Option<Decimal>,
    /// Theil's T, unweighted (Theils T).
    theil: Option<Decimal>,
    /// Population standard deviation / mean (variationskoefficient).
    coefficient_of_variation: Option<Decimal>,
    /// Ninetieth by tenth percentile (kvot mellan nittionde och tionde percentilen).
    p90_to_p10: Option<Decimal>,
    /// Why one of these measures is null (orsak till att mått saknas).
    absent: Option<Absent>,
    /// The groups furthest apart (skillnad mellan grupper).
    gap: Option<EqualityGap>,
    /// Why there is no gap (orsak till att skillnad saknas).
    gap_absent: Option<Absent>,
    /// Every group by its own weighted figure (grupper).
    groups: Vec<EqualityGroup>,
    /// Groups without a value; they have no part in the gap (grupper utan värde).
    groups_without_value_count: u64,
    /// Recipients with rows of the assignment that were divided since, by their former codes; by the present
    /// classification alone (delade mottagare).
    divided: Vec<String>,
}

/// The distance between the highest group and the lowest (skillnad).
#[derive(SimpleObject)]
pub struct EqualityGap {
    /// Highest − lowest, 12 decimals (skillnad).
    difference: Decimal,
    /// The highest group (högsta).
    highest: EqualityGroup,
    /// The lowest group (lägsta).
    lowest: EqualityGroup,
}

/// A group with its own weighted figure (grupp).
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct EqualityGroup {
    #[graphql(skip)]
    behind: BehindFigure,
    /// Which group (nyckel).
    key: FundKey,
    /// Its figure: Σ numerator / Σ denominator (vägt värde).
    rate: Rate,
}

#[ComplexObject]
impl Equality {
    /// The rows behind the members' figures, by submission and row (källor).
    #[graphql(complexity = "super::page::cost(first, None, child_complexity)")]
    async fn sources(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
    ) -> Result<SourceConnection> {
        self.behind.sources(ctx, first, after).await
    }
}

#[ComplexObject]
impl EqualityGroup {
    /// The rows behind the group's figure, by submission and row (källor).
    #[graphql(complexity = "super::page::cost(first, None, child_complexity)")]
    async fn sources(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
    ) -> Result<SourceConnection> {
        self.behind.sources(ctx, first, after).await
    }
}

impl Equality {
    /// A figure whose rows are asked for by line: none of the whole, a group by its place.
    pub(crate) fn new(
        (shelf, extent): (&Shelf, Extent),
        found: &analysed::Equality,
        behind: impl Fn(Option<usize>) -> BehindFigure,
    ) -> Self {
        let at = |index: usize, group: &analysed::EqualityGroup| EqualityGroup {
            key: FundKey::new(shelf, &group.key, extent),
            rate: (&group.rate).into(),
            behind: behind(Some(index)),
        };
        let group = |group: &analysed::EqualityGroup| {
            let place = found.groups.iter().position(|one| one.key == group.key);
            at(place.expect("the gap is between two of the groups"), group)
        };
        let gap = found.gap.as_ref().map(|gap| EqualityGap {
            difference: Decimal(gap.difference),
            highest: group(&gap.highest),
            lowest: group(&gap.lowest),
        });
        Self {
            distribution: (&found.distribution).into(),
            gini: found.inequality.gini.map(Decimal),
            theil: found.inequality.theil.map(Decimal),
            coefficient_of_variation: found.inequality.coefficient_of_variation.map(Decimal),
            p90_to_p10: found.inequality.p90_to_p10.map(Decimal),
            absent: found.inequality.absent.map(Absent::from),
            gap,
            gap_absent: found.gap_absent.map(Absent::from),
            groups: (0..)
                .zip(&found.groups)
                .map(|(index, group)| at(index, group))
                .collect(),
            groups_without_value_count: found.groups_without_value,
            divided: found.divided.clone(),
            behind: behind(None),
        }
    }
}

/// The rows behind a figure or a group of it.
#[derive(Clone)]
pub(crate) enum BehindFigure {
    /// Of money: those that a measure rests on.
    Money(Box<AskedLine>, FundMeasure),
    /// Of an indicator.
    Indicator(Box<RowsBehind>),
}

impl BehindFigure {
    async fn sources(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<SourceConnection> {
        match self {
            Self::Money(asked, measure) => asked.sources(ctx, Some(*measure), first, after).await,
            Self::Indicator(rows) => rows.sources(ctx, first, after).await,
        }
    }
}

/// Reading equality.
#[derive(Default)]
pub struct EqualityQuery(pub Reading);

/// Reading equality.
#[Object(guard = "Require(Action::ReadFigures)")]
impl EqualityQuery {
    /// How even a figure is over recipients and groups (likvärdighet över landet).
    #[expect(
        clippy::too_many_arguments,
        reason = "each is an argument of the field"
    )]
    async fn equality(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(desc = "Which figure (mått).")] measure: EqualityMeasure,
        #[graphql(
            desc = "Grant year, all where left out; for INDICATOR the year of the values (bidragsår, värdets år)."
        )]
        grant_year: Option<i32>,
        #[graphql(desc = "Which indicator, for INDICATOR and then needed (indikator).")] indicator: Option<
            IndicatorCode,
        >,
        #[graphql(desc = "Kind of recipient (mottagartyp).")] recipient_kind: RecipientKind,
        #[graphql(desc = "Groups that the gap is between (indelning).", default)] group_by: Vec<
            EqualityDimension,
        >,
        #[graphql(
            desc = "Facts whose own date lies on or before this day, reports also by the day their document was registered; null = all (till och med)."
        )]
        through: Option<Date>,
        #[graphql(
            desc = "Under which codes and where recipients stand (mottagarindelning).",
            default
        )]
        classification: Classification,
    ) -> Result<Option<Equality>> {
        let shelf = self.0.open(ctx).await?;
        let code = assignment::code(&shelf, &assignment, "assignment")?;
        let extent = classification.extent(&shelf, through);
        let measure = match money_measure(measure) {
            Some(measure) => {
                if indicator.is_some() {
                    let message = "an indicator is asked for with the measure INDICATOR";
                    return Err(error::argument(Code::BadUserInput, "indicator", message));
                }
                measure
            }
            None => {
                let asked = IndicatorAsked {
                    indicator,
                    year: grant_year,
                    kind: recipient_kind,
                    group_by,
                };
                return asked.answer(&shelf, extent).await.map(Some);
            }
        };
        let question = analysed::EqualityQuestion {
            measure,
            filter: analysed::FundFilter {
                grant_years: grant_year.map(|year| vec![year]),
                recipient_kinds: Some(vec![crate::reports::analysed(recipient_kind.into())]),
                ..analysed::FundFilter::default()
            },
            group_by: group_by.into_iter().map(dimension).collect(),
            today: shelf.dataset.today,
        };
        let computed = shelf
            .request
            .reports
            .equality(&shelf.dataset, &code, question.clone(), extent)
            .await;
        let computed = computed.map_err(error::report)?;
        shelf.request.used(computed.synthetic);
        let rests_on = match question.measure {
            analysed::EqualityMeasure::UsageRate => FundMeasure::UsageRate,
            analysed::EqualityMeasure::PaidPerInhabitant => FundMeasure::PaidPerInhabitant,
            analysed::EqualityMeasure::PaidPerInhabitantAllEligible => {
                FundMeasure::PaidPerInhabitantAllEligible
            }
        };
        let total = AskedLine {
            shelf: shelf.clone(),
            assignment: code,
            question: Arc::new(analysed::FundQuestion {
                group_by: question.group_by,
                filter: question.filter,
                today: question.today,
            }),
            extent,
            line: None,
        };
        let behind = |line: Option<usize>| {
            let line = line.map_or_else(|| total.clone(), |line| total.at(line));
            BehindFigure::Money(Box::new(line), rests_on)
        };
        Ok(Some(Equality::new(
            (&shelf, extent),
            &computed.answer,
            behind,
        )))
    }
}

/// The measure of money; none where an indicator is asked for.
const fn money_measure(measure: EqualityMeasure) -> Option<analysed::EqualityMeasure> {
    Some(match measure {
        EqualityMeasure::UsageRate => analysed::EqualityMeasure::UsageRate,
        EqualityMeasure::PaidPerInhabitant => analysed::EqualityMeasure::PaidPerInhabitant,
        EqualityMeasure::PaidPerInhabitantAllEligible => {
            analysed::EqualityMeasure::PaidPerInhabitantAllEligible
        }
        EqualityMeasure::Indicator => return None,
    })
}

const fn dimension(dimension: EqualityDimension) -> analysed::FundDimension {
    match dimension {
        EqualityDimension::County => analysed::FundDimension::County,
        EqualityDimension::PopulationGroup => analysed::FundDimension::PopulationGroup,
    }
}

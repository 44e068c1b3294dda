//! Values of groups in the schema: an indicator by year and group, weighted and unweighted, with who is missing.

use analytics::indicators as analysed;
use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};

use super::error;
use super::fund_filter;
use super::fund_usage::whole_or_refused;
use super::guard::Require;
use super::indicator::{self, Indicator};
use super::indicator_key::IndicatorKey;
use super::indicator_persons::{RowsBehind, absent, number, rate, sight};
use super::page::SourceConnection;
use super::rate::{Distribution, Rate};
use super::reading::{Reading, Shelf};
use super::scalars::{Decimal, IndicatorCode};
use super::vocabulary::{Absent, IndicatorDimension, RecipientKind, Sex};
use crate::policy::{Action, Sight};

/// Figures of a line.
const CELLS_A_LINE: usize = 25;

/// The values of an indicator by year and group (gruppvärden).
#[derive(SimpleObject)]
pub struct IndicatorGroupValues {
    /// What is measured (indikator).
    indicator: Indicator,
    /// By year, and within it by the keys (rader).
    rows: Vec<IndicatorGroupValue>,
}

/// The value of a group in a year (gruppvärde).
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct IndicatorGroupValue {
    #[graphql(skip)]
    behind: RowsBehind,
    /// Which group (nyckel).
    key: IndicatorKey,
    /// Year (år).
    year: i32,
    /// The version of the definition that holds in the year (definitionsversion).
    definition_version: Option<i64>,
    /// Members that answered / members: who is missing, and why (svarande).
    answered: Rate,
    /// Σ numerator / Σ denominator over the members that answered; a share between 0 and 1 for percent, the share of yes
    /// for yes and no (vägt värde).
    weighted: Rate,
    /// The weighted value in the indicator's unit: times 100 for percent (vägt värde i indikatorns enhet).
    weighted_value: Option<Decimal>,
    /// The members' values as they were sent, unweighted, in the indicator's unit (ovägda värden).
    unweighted: Distribution,
    /// Σ of the values, where the unit is a count (summa).
    sum: Option<Decimal>,
    /// Why the unweighted values are null (orsak till att värden saknas).
    absent: Option<Absent>,
    /// Whether it rests on single counts of persons that the viewer sees and the public does not (begränsad).
    is_restricted: bool,
}

#[ComplexObject]
impl IndicatorGroupValue {
    /// The rows behind the line, by submission and row; none where counts of persons are hidden (källor).
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

impl IndicatorGroupValue {
    fn new(
        shelf: &Shelf,
        indicator: &Indicator,
        line: &analysed::GroupValue,
        sight: Sight,
    ) -> Self {
        use analytics::figure;
        let is_shown = sight != Sight::Hidden;
        let hidden = figure::Distribution::absent(figure::Absent::Suppressed, line.answered.of);
        let unweighted = if is_shown {
            &line.distribution
        } else {
            &hidden
        };
        Self {
            key: IndicatorKey::new(shelf, &line.key),
            year: line.year,
            definition_version: line.definition_version,
            answered: rate(&line.answered, is_shown),
            weighted: rate(&line.weighted, is_shown),
            weighted_value: number(line.weighted_value, is_shown),
            unweighted: unweighted.into(),
            sum: number(line.sum, is_shown),
            absent: absent(line.absent(), is_shown),
            is_restricted: sight == Sight::Restricted,
            behind: RowsBehind::new(shelf, indicator, &line.rows, is_shown),
        }
    }
}

/// Reading values of groups.
#[derive(Default)]
pub struct IndicatorGroupValueQuery(pub Reading);

/// Reading values of groups.
#[Object(guard = "Require(Action::ReadFigures)")]
impl IndicatorGroupValueQuery {
    /// Values of indicators by year and group (gruppvärden av indikatorer). Members are the recipients of the kind that
    /// are valid on 31 December of each year. An indicator that counts persons is given in `personTable`: here it is
    /// `SUPPRESSED` beside others, and refused with the code `DISCLOSURE` where it was asked for by name.
    async fn indicator_group_values(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which indicators; all where left out (indikatorer).")] indicators: Option<
            Vec<IndicatorCode>,
        >,
        #[graphql(desc = "Years; those with anything sent where left out (år).")] years: Option<
            Vec<i32>,
        >,
        #[graphql(
            desc = "What to group by within a year, in this order (indelning).",
            default
        )]
        group_by: Vec<IndicatorDimension>,
        #[graphql(
            desc = "Kind of recipient (mottagartyp).",
            default_with = "RecipientKind::Municipality"
        )]
        recipient_kind: RecipientKind,
        #[graphql(desc = "Whose values (kön).", default_with = "Sex::Total")] sex: Sex,
    ) -> Result<Option<Vec<IndicatorGroupValues>>> {
        let shelf = self.0.open(ctx).await?;
        let named = indicators.clone().unwrap_or_default();
        let codes = indicator::codes(&shelf, indicators, "indicators")?;
        let question = analysed::GroupValueQuestion {
            years: fund_filter::years(years, "years")?,
            kind: crate::reports::analysed(recipient_kind.into()),
            group_by: group_by.into_iter().map(Into::into).collect(),
            today: shelf.dataset.today,
        };
        let reports = &shelf.request.reports;
        // All values in one statement, before they are asked for one by one.
        let values = reports.indicator_values(&shelf.dataset, &codes);
        values.await.map_err(error::report)?;
        let mut groups = Vec::new();
        for code in codes {
            let Some(indicator) = Indicator::of(&shelf, &code) else {
                continue;
            };
            let of = (code.clone(), sex.into());
            let found = reports.indicator_group_values(&shelf.dataset, &of, &question);
            let found = found.await.map_err(error::report)?;
            let lines = &found.answer;
            whole_or_refused(&shelf, lines.len().saturating_mul(CELLS_A_LINE))?;
            shelf.request.used(found.synthetic);
            let rows = lines.iter().flat_map(|line| line.rows.iter().copied());
            let sight = sight(&shelf, &indicator, rows);
            let place = named.iter().position(|one| one.0 == code);
            if let (Sight::Hidden, Some(place)) = (sight, place) {
                return Err(error::disclosure(
                    &format!("indicators[{place}]"),
                    code.as_str(),
                ));
            }
            let row = |line: &analysed::GroupValue| {
                IndicatorGroupValue::new(&shelf, &indicator, line, sight)
            };
            groups.push(IndicatorGroupValues {
                rows: lines.iter().map(row).collect(),
                indicator,
            });
        }
        Ok(Some(groups))
    }
}

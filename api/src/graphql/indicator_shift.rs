//! The change of indicators between two years in the schema: paired, by group, with what does not compare.

use analytics::indicators as analysed;
use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};

use super::error::{self, Code};
use super::fund_usage::whole_or_refused;
use super::guard::Require;
use super::indicator::{self, Indicator};
use super::indicator_key::IndicatorKey;
use super::indicator_persons::{RowsBehind, absent, number, rate, sight};
use super::page::SourceConnection;
use super::rate::{Missing, Rate};
use super::reading::{Reading, Shelf};
use super::scalars::{Decimal, IndicatorCode};
use super::vocabulary::{Absent, IndicatorDimension, RecipientKind, Sex};
use crate::policy::{Action, Sight};

/// Figures of a line.
const CELLS_A_LINE: usize = 40;

/// The change of an indicator from a baseline year to a follow-up year (förändring). A difference between the years, never
/// an effect.
#[derive(SimpleObject)]
pub struct IndicatorShift {
    /// What is measured (indikator).
    indicator: Indicator,
    /// The baseline year (basår).
    from_year: i32,
    /// The follow-up year (uppföljningsår).
    to_year: i32,
    /// One line a group, sorted by the keys; without dimensions one line (rader).
    rows: Vec<IndicatorShiftRow>,
    /// Definitions between the years that do not compare with the one before: with any there is no change
    /// (ej jämförbara definitioner).
    not_comparable: Vec<DefinitionBreak>,
}

/// A version of a definition that does not compare with the one before (brott i definitionen).
#[derive(SimpleObject)]
pub struct DefinitionBreak {
    /// Why, in words (orsak).
    reason: String,
    /// The version that breaks (definitionsversion).
    definition_version: i64,
    /// Its first year (första år).
    year: i32,
}

/// The change of one group (rad). Pairs are recipients with a value in both years. Numbers are null where a count of
/// persons is hidden, and `absent` says so.
#[derive(SimpleObject)]
#[graphql(complex)]
pub struct IndicatorShiftRow {
    #[graphql(skip)]
    behind: RowsBehind,
    /// Which group (nyckel).
    key: IndicatorKey,
    /// Recipients with a value in both years (antal par).
    pair_count: Option<u64>,
    /// Σ numerator / Σ denominator of the baseline year over the pairs; a share between 0 and 1 for percent, the share of
    /// yes for yes and no (basår, vägt).
    baseline: Rate,
    /// The same of the follow-up year, over the same pairs (uppföljningsår, vägt).
    follow_up: Rate,
    /// Mean of the baseline year, unweighted, in the indicator's unit (basår, medelvärde).
    baseline_mean: Option<Decimal>,
    /// Mean of the follow-up year, unweighted (uppföljningsår, medelvärde).
    follow_up_mean: Option<Decimal>,
    /// Mean of the changes, in the indicator's unit; percentage points for percent (förändring, medelvärde).
    mean_change: Option<Decimal>,
    /// Median of the changes (förändring, median).
    median_change: Option<Decimal>,
    /// Why one of the means or the median is null (orsak till att värde saknas).
    absent: Option<Absent>,
    /// Pairs whose value rose (ökat).
    increased_count: Option<u64>,
    /// Pairs whose value stayed (oförändrat).
    unchanged_count: Option<u64>,
    /// Pairs whose value fell (minskat).
    decreased_count: Option<u64>,
    /// Improved / pairs, by the indicator's direction; `NOT_APPLICABLE` where neither way is better (andel förbättrade).
    improved: Rate,
    /// Unchanged / pairs (andel oförändrade).
    unchanged: Rate,
    /// Worse / pairs, by the indicator's direction (andel försämrade).
    worse: Rate,
    /// Members without a pair, by the reason in the baseline year, or where there is a value then, in the follow-up year
    /// (bortfall).
    missing: Vec<Missing>,
    /// Whether it rests on single counts of persons that the viewer sees and the public does not (begränsad).
    is_restricted: bool,
}

#[ComplexObject]
impl IndicatorShiftRow {
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

/// How much of a line is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Shown {
    /// Changes, and how many there are of each sort.
    changes: bool,
    /// Levels of each year, and the rows.
    levels: bool,
    is_restricted: bool,
}

impl Shown {
    /// Of a line: the whole country's change in counts of persons is told as far as that is safe under the threshold of a
    /// release; without one, as for groups, it is not.
    fn of(sight: Sight, line: &analysed::ShiftLine, threshold: Option<u64>) -> Self {
        let told = threshold.is_some_and(|threshold| line.may_be_told(threshold));
        Self {
            changes: sight != Sight::Hidden || told,
            levels: sight != Sight::Hidden,
            is_restricted: sight == Sight::Restricted,
        }
    }
}

impl IndicatorShiftRow {
    /// A line that the viewer sees whole, or not at all.
    pub(crate) fn seen(
        shelf: &Shelf,
        indicator: &Indicator,
        line: &analysed::ShiftLine,
        sight: Sight,
    ) -> Self {
        Self::new(shelf, indicator, line, Shown::of(sight, line, None))
    }

    fn new(shelf: &Shelf, indicator: &Indicator, line: &analysed::ShiftLine, shown: Shown) -> Self {
        let Shown {
            changes, levels, ..
        } = shown;
        let count = |count: u64| changes.then_some(count);
        let missing = figure_missing(&line.missing, line.of, changes);
        Self {
            key: IndicatorKey::new(shelf, &line.key),
            pair_count: count(line.pair_count),
            baseline: rate(&line.baseline, levels),
            follow_up: rate(&line.follow_up, levels),
            baseline_mean: number(line.baseline_mean, levels),
            follow_up_mean: number(line.follow_up_mean, levels),
            mean_change: number(line.mean_change, changes),
            median_change: number(line.median_change, changes),
            absent: absent(line.absent, levels),
            increased_count: count(line.increased),
            unchanged_count: count(line.unchanged),
            decreased_count: count(line.decreased),
            improved: rate(&line.improved_share, changes),
            unchanged: rate(&line.unchanged_share, changes),
            worse: rate(&line.worse_share, changes),
            missing,
            is_restricted: shown.is_restricted,
            behind: RowsBehind::new(shelf, indicator, &line.rows, levels),
        }
    }
}

fn figure_missing(missing: &[analytics::figure::Missing], of: u64, is_shown: bool) -> Vec<Missing> {
    if is_shown {
        return missing.iter().map(Missing::from).collect();
    }
    let hidden = analytics::figure::Rate::absent(analytics::figure::Absent::Suppressed, of);
    hidden.missing.iter().map(Missing::from).collect()
}

/// Reading changes of indicators.
#[derive(Default)]
pub struct IndicatorShiftQuery(pub Reading);

/// Reading changes of indicators.
#[Object(guard = "Require(Action::ReadFigures)")]
impl IndicatorShiftQuery {
    /// The change of indicators from a baseline year to a follow-up year, recipient by recipient (förändring av
    /// indikatorer). Members are the recipients of the kind that are valid on 31 December of the follow-up year. Of an
    /// indicator that counts persons everybody is told the whole country's change, as far as that tells no single count;
    /// grouped or by sex it is `SUPPRESSED` beside others, and refused with the code `DISCLOSURE` where it was asked for by
    /// name.
    #[expect(clippy::too_many_arguments, reason = "arguments of the field")]
    async fn indicator_shift(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which indicators; all where left out (indikatorer).")] indicators: Option<
            Vec<IndicatorCode>,
        >,
        #[graphql(desc = "Baseline year (basår).")] from_year: i32,
        #[graphql(desc = "Follow-up year, after it (uppföljningsår).")] to_year: i32,
        #[graphql(desc = "What to group by, in this order (indelning).", default)] group_by: Vec<
            IndicatorDimension,
        >,
        #[graphql(
            desc = "Kind of recipient (mottagartyp).",
            default_with = "RecipientKind::Municipality"
        )]
        recipient_kind: RecipientKind,
        #[graphql(desc = "Whose values (kön).", default_with = "Sex::Total")] sex: Sex,
    ) -> Result<Option<Vec<IndicatorShift>>> {
        let shelf = self.0.open(ctx).await?;
        check_years(from_year, to_year, "toYear")?;
        let named = indicators.clone().unwrap_or_default();
        let codes = indicator::codes(&shelf, indicators, "indicators")?;
        let question = analysed::ShiftQuestion {
            from: from_year,
            to: to_year,
            kind: crate::reports::analysed(recipient_kind.into()),
            group_by: group_by.into_iter().map(Into::into).collect(),
            today: shelf.dataset.today,
        };
        let is_whole_country = question.group_by.is_empty() && sex == Sex::Total;
        let reports = &shelf.request.reports;
        // All values in one statement, before they are asked for one by one.
        let values = reports.indicator_values(&shelf.dataset, &codes);
        values.await.map_err(error::report)?;
        let mut shifts = Vec::new();
        for code in codes {
            let Some(indicator) = Indicator::of(&shelf, &code) else {
                continue;
            };
            let of = (code.clone(), sex.into());
            let found = reports.indicator_shift(&shelf.dataset, &of, &question);
            let mut found = found.await.map_err(error::report)?;
            let rows = found.answer.lines.iter();
            let sight = sight(
                &shelf,
                &indicator,
                rows.flat_map(|line| line.rows.iter().copied()),
            );
            let mut threshold = None;
            if sight == Sight::Hidden && is_whole_country {
                let released = reports.released_shift(&shelf.dataset, &of, &question);
                if let Some(released) = released.await.map_err(error::report)? {
                    (found, threshold) = (released.0, Some(released.1));
                }
            }
            let lines = &found.answer.lines;
            whole_or_refused(&shelf, lines.len().saturating_mul(CELLS_A_LINE))?;
            shelf.request.used(found.synthetic);
            let place = named.iter().position(|one| one.0 == code);
            if let (Sight::Hidden, false, Some(place)) = (sight, is_whole_country, place) {
                return Err(error::disclosure(
                    &format!("indicators[{place}]"),
                    code.as_str(),
                ));
            }
            let row = |line: &analysed::ShiftLine| {
                let shown = Shown::of(sight, line, threshold);
                IndicatorShiftRow::new(&shelf, &indicator, line, shown)
            };
            shifts.push(IndicatorShift {
                rows: lines.iter().map(row).collect(),
                not_comparable: found
                    .answer
                    .breaks
                    .iter()
                    .map(DefinitionBreak::of)
                    .collect(),
                from_year,
                to_year,
                indicator,
            });
        }
        Ok(Some(shifts))
    }
}

/// A follow-up lies after its baseline.
pub(crate) fn check_years(from: i32, to: i32, path: &str) -> Result<()> {
    if from < to {
        return Ok(());
    }
    let message = "the follow-up year must lie after the baseline year";
    Err(error::argument(Code::BadUserInput, path, message))
}

impl DefinitionBreak {
    /// A break, as the figures say.
    pub(crate) fn of(one: &analysed::Break) -> Self {
        Self {
            reason: one.reason.clone(),
            definition_version: one.version,
            year: one.year,
        }
    }
}

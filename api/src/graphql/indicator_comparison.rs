//! Before and after, fairly, in the schema: the change of recipients by what they received, with exact and drawn tests.

use analytics::indicators as analysed;
use async_graphql::{Context, Object, Result, SimpleObject};

use super::assignment;
use super::coverage_filter::CoverageFilter;
use super::error::{self, Code};
use super::guard::Require;
use super::indicator::Indicator;
use super::indicator_comparison_text::{Both, Words, labels};
use super::indicator_persons::sight;
use super::indicator_shift::{DefinitionBreak, IndicatorShiftRow, check_years};
use super::reading::{Reading, Shelf};
use super::scalars::{Decimal, IndicatorCode, RegistryNumber};
use super::vocabulary::{ReceivedDimension, RecipientKind, Sex};
use crate::policy::{Action, Sight};
use crate::reports::{Received, ReceivedQuestion};

/// How random numbers are made.
const GENERATOR: &str = "SplitMix64";

/// Rounds of chance at least and at most.
const ROUNDS: std::ops::RangeInclusive<i32> = 99..=20_000;

/// What drawing chance so many times costs beside the fields: four times the most is all that one question may ask.
fn drawing(rounds: i32) -> usize {
    usize::try_from(rounds).unwrap_or_default() / 4
}

/// The change of an indicator for recipients by what they received (jämförelse). It tells differences, and not what they
/// are due to.
#[derive(SimpleObject)]
pub struct IndicatorComparison {
    /// What is measured (indikator).
    indicator: Indicator,
    /// The baseline year (basår).
    from_year: i32,
    /// The follow-up year (uppföljningsår).
    to_year: i32,
    /// What recipients are told apart by (indelning).
    by: ReceivedDimension,
    /// In words, Swedish (text).
    text: String,
    /// In words, English (engelsk text).
    text_en: String,
    /// Recipients with a protected location that are in nothing of it, since it is told apart whom support reached; 0 where
    /// something else tells recipients apart (skyddade platser).
    protected_count: usize,
    /// Everybody (alla).
    all: ComparedGroup,
    /// Each group, those without members too (grupper).
    groups: Vec<ComparedGroup>,
    /// Between each two groups (skillnader).
    differences: Vec<ComparedDifference>,
    /// Definitions between the years that do not compare: with any there are no figures (ej jämförbara definitioner).
    not_comparable: Vec<DefinitionBreak>,
    /// How chance was drawn in the permutation tests (slumpdragning).
    chance: ChanceDrawn,
}

/// How chance was drawn: the same gives the same answer again (slumpdragning).
#[derive(Clone, Copy, SimpleObject)]
pub struct ChanceDrawn {
    /// Where the random numbers of every test begin (frö).
    seed: i32,
    /// How many times chance was drawn (omgångar).
    rounds: i32,
    /// How random numbers are made (generator).
    generator: &'static str,
}

/// The change of a group of recipients (grupp).
#[derive(SimpleObject)]
pub struct ComparedGroup {
    /// Code, such as `REACHED`; null for everybody (kod).
    code: Option<String>,
    /// Name, Swedish (benämning).
    title: &'static str,
    /// Name, English (engelsk benämning).
    title_en: &'static str,
    /// Members (antal mottagare).
    member_count: u64,
    /// The paired change (parad förändring).
    change: IndicatorShiftRow,
    /// Exact paired sign test, two-sided; null where there are no pairs (teckentest).
    sign_test: Option<SignTest>,
    /// Permutation test on the median change, signs by chance, two-sided; null where there are no pairs (permutationstest).
    permutation_test: Option<PermutationTest>,
    /// In words, Swedish (text).
    text: String,
    /// In words, English (engelsk text).
    text_en: String,
}

/// The difference between the changes of two groups: of the one less of the other (skillnad).
#[derive(SimpleObject)]
pub struct ComparedDifference {
    /// Code of the one (grupp).
    group: String,
    /// Code of the other (jämförd grupp).
    other: String,
    /// Pairs of the one (antal par).
    group_pair_count: u64,
    /// Pairs of the other (antal par i jämförd grupp).
    other_pair_count: u64,
    /// Between the mean changes, in the indicator's unit; null where one has no pairs (skillnad i medelvärde).
    mean_difference: Option<Decimal>,
    /// Between the median changes; likewise (skillnad i median).
    median_difference: Option<Decimal>,
    /// Permutation test on the difference between the medians, members dealt out by chance, two-sided (permutationstest).
    permutation_test: Option<PermutationTest>,
    /// In words, Swedish (text).
    text: String,
    /// In words, English (engelsk text).
    text_en: String,
}

/// An exact paired sign test, two-sided (teckentest).
#[derive(SimpleObject)]
pub struct SignTest {
    /// Pairs whose value rose (ökade).
    increased_count: u64,
    /// Pairs whose value fell (minskade).
    decreased_count: u64,
    /// Pairs whose value stayed, which take no part (oförändrade).
    tie_count: u64,
    /// Twice the smaller tail of the binomial distribution with 1/2, 1 at most, at 12 decimals (p-värde).
    p_value: Decimal,
    /// The same exactly, as a fraction in lowest terms (exakt p-värde).
    p_value_exact: String,
}

/// A permutation test, two-sided (permutationstest).
#[derive(SimpleObject)]
pub struct PermutationTest {
    /// Rounds at least as extreme as what was observed (minst lika extrema omgångar).
    as_extreme_count: u64,
    /// (as extreme + 1) / (rounds + 1), at 12 decimals (p-värde).
    p_value: Decimal,
}

impl From<&analysed::PermutationTest> for PermutationTest {
    fn from(test: &analysed::PermutationTest) -> Self {
        Self {
            as_extreme_count: test.as_extreme,
            p_value: Decimal(test.p_value),
        }
    }
}

impl ComparedGroup {
    fn new(
        shelf: &Shelf,
        indicator: &Indicator,
        group: &analysed::GroupChange,
        (sight, words): (Sight, &Words),
    ) -> Self {
        let (title, title_en) = labels(&group.code);
        let (text, text_en) = words.group(group);
        Self {
            code: (!group.code.is_empty()).then(|| group.code.clone()),
            title,
            title_en,
            member_count: group.line.of,
            change: IndicatorShiftRow::seen(shelf, indicator, &group.line, sight),
            sign_test: group.sign_test.as_ref().map(|test| SignTest {
                increased_count: test.increased,
                decreased_count: test.decreased,
                tie_count: test.ties,
                p_value: Decimal(test.p_value),
                p_value_exact: test.exact.clone(),
            }),
            permutation_test: group.permutation_test.as_ref().map(PermutationTest::from),
            text,
            text_en,
        }
    }
}

impl ComparedDifference {
    fn new(one: &analysed::GroupDifference, (text, text_en): Both) -> Self {
        Self {
            group: one.group.clone(),
            other: one.other.clone(),
            group_pair_count: one.n,
            other_pair_count: one.other_n,
            mean_difference: one.mean.map(Decimal),
            median_difference: one.median.map(Decimal),
            permutation_test: one.permutation_test.as_ref().map(PermutationTest::from),
            text,
            text_en,
        }
    }
}

/// Reading comparisons by what recipients received.
#[derive(Default)]
pub struct IndicatorComparisonQuery(pub Reading);

/// Reading comparisons by what recipients received.
#[Object(guard = "Require(Action::ReadFigures)")]
impl IndicatorComparisonQuery {
    /// The change of an indicator between two years for recipients by what they received of an assignment's money and
    /// support, with tests (före och efter). It tells differences, and not what they are due to. An indicator that counts
    /// persons is refused with the code `DISCLOSURE`.
    #[expect(clippy::too_many_arguments, reason = "arguments of the field")]
    #[graphql(complexity = "drawing(rounds).saturating_add(child_complexity)")]
    async fn indicator_comparison(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which indicator (indikator).")] indicator: IndicatorCode,
        #[graphql(desc = "Baseline year (basår).")] from_year: i32,
        #[graphql(desc = "Follow-up year, after it (uppföljningsår).")] to_year: i32,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(desc = "What recipients are told apart by (indelning).")] by: ReceivedDimension,
        #[graphql(
            desc = "Grant year; all years where left out, needed for kronor per inhabitant (bidragsår)."
        )]
        grant_year: Option<i32>,
        #[graphql(desc = "Which support, for REACHED (urval av insatser).")] support: Option<
            CoverageFilter,
        >,
        #[graphql(
            desc = "Kind of recipient (mottagartyp).",
            default_with = "RecipientKind::Municipality"
        )]
        recipient_kind: RecipientKind,
        #[graphql(desc = "Whose values (kön).", default_with = "Sex::Total")] sex: Sex,
        #[graphql(desc = "Where random numbers begin (frö).", default = 1)] seed: i32,
        #[graphql(
            desc = "How many times chance is drawn, 99 to 20,000 (omgångar).",
            default = 1999
        )]
        rounds: i32,
    ) -> Result<Option<IndicatorComparison>> {
        let shelf = self.0.open(ctx).await?;
        let indicator = Indicator::known(&shelf, &indicator, "indicator")?;
        check_years(from_year, to_year, "toYear")?;
        let number = assignment::code(&shelf, &assignment, "assignment")?;
        if !ROUNDS.contains(&rounds) {
            let message = "chance is drawn 99 to 20,000 times";
            return Err(error::argument(Code::BadUserInput, "rounds", message));
        }
        let kind: entity::RecipientKind = recipient_kind.into();
        let received = received(&shelf, &number, (by, grant_year, kind), support)?;
        let reports = &shelf.request.reports;
        if by == ReceivedDimension::Reached {
            let events = reports.support_events(&shelf.dataset, &number);
            if events.await.map_err(error::report)?.is_empty() {
                let message =
                    "the assignment has no support events: nothing is known of whom it reached";
                return Err(error::argument(Code::NotAvailable, "assignment", message));
            }
        }
        let shift = analysed::ShiftQuestion {
            from: from_year,
            to: to_year,
            kind: crate::reports::analysed(kind),
            group_by: Vec::new(),
            today: shelf.dataset.today,
        };
        let question = ReceivedQuestion {
            received: received.clone(),
            shift,
            chance: analysed::Chance {
                seed: u64::from(seed.cast_unsigned()),
                rounds: rounds.unsigned_abs(),
            },
            reference_year: assignment::last_year(&shelf, &number),
            assignment: number,
        };
        let of = (indicator.own_code().clone(), sex.into());
        let found = reports.indicator_comparison(&shelf.dataset, &of, question);
        let found = found.await.map_err(error::report)?;
        let sight = sight(
            &shelf,
            &indicator,
            found.answer.all.line.rows.iter().copied(),
        );
        if sight == Sight::Hidden {
            return Err(error::disclosure("indicator", of.0.as_str()));
        }
        shelf.request.used(found.synthetic);
        let words = indicator.words((from_year, to_year));
        let group = |one: &analysed::GroupChange| {
            ComparedGroup::new(&shelf, &indicator, one, (sight, &words))
        };
        let difference =
            |one: &analysed::GroupDifference| ComparedDifference::new(one, words.difference(one));
        let (text, text_en) = words.whole(&received, &found.answer.breaks);
        let protected_count = match by {
            ReceivedDimension::Reached => shelf.catalogue.protected_of(kind).len(),
            ReceivedDimension::Requisitioned | ReceivedDimension::PaidPerInhabitantQuartile => 0,
        };
        Ok(Some(IndicatorComparison {
            from_year,
            to_year,
            by,
            text,
            text_en,
            protected_count,
            all: group(&found.answer.all),
            groups: found.answer.groups.iter().map(group).collect(),
            differences: found.answer.differences.iter().map(difference).collect(),
            not_comparable: found
                .answer
                .breaks
                .iter()
                .map(DefinitionBreak::of)
                .collect(),
            chance: ChanceDrawn {
                seed,
                rounds,
                generator: GENERATOR,
            },
            indicator,
        }))
    }
}

/// What recipients are told apart by, where the assignment can tell it.
fn received(
    shelf: &Shelf,
    assignment: &entity::RegistryNumber,
    (by, year, kind): (ReceivedDimension, Option<i32>, entity::RecipientKind),
    support: Option<CoverageFilter>,
) -> Result<Received> {
    let has_round = || {
        let mut rounds = shelf.catalogue.rounds.iter();
        rounds.any(|one| {
            one.assignment == *assignment
                && one.recipient_kind == kind
                && year.is_none_or(|year| i64::from(year) == one.year)
        })
    };
    let no_round = || {
        let message = "the assignment has no round of that kind of recipient and year";
        let path = if year.is_some() {
            "grantYear"
        } else {
            "recipientKind"
        };
        error::argument(Code::Unknown, path, message)
    };
    match by {
        ReceivedDimension::Reached => {
            let filter = support.unwrap_or_default().checked(shelf, assignment)?;
            Ok(Received::Reached(filter))
        }
        _ if !has_round() => Err(no_round()),
        ReceivedDimension::Requisitioned => Ok(Received::Requisitioned(year)),
        ReceivedDimension::PaidPerInhabitantQuartile => {
            let message = "kronor per inhabitant are of one year: say which";
            let year =
                year.ok_or_else(|| error::argument(Code::BadUserInput, "grantYear", message))?;
            Ok(Received::PaidPerInhabitant(year))
        }
    }
}

//! Figures of money: every one a field of a line of fund usage.

use std::sync::Arc;

use analytics::figure::Absent;
use analytics::fund_usage::{FundDimension, FundFilter, FundLine, FundQuestion, FundUsage};
use entity::RegistryNumber;

use super::definition::{Basis, Definition, Of, Takes};
use super::key::{FigureKey, GroupKind};
use super::query::absent_code;
use super::value::{Unit, Value};
use super::{Found, Place};
use crate::reports::{Computed, Error, Extent, FundMeasure, Reports};
use crate::store::{Dataset, Passage};

/// A field of a line of fund usage.
#[derive(Debug)]
pub(super) struct FundFigure {
    /// The field in the schema, from the line inwards.
    pub(super) fields: &'static [&'static str],
    /// The measure whose rows stand behind it; all rows of the line where none is said.
    measure: Option<FundMeasure>,
    value: fn(&FundLine) -> Value,
}

/// A field of a use area in a line of fund usage.
#[derive(Debug)]
pub(super) struct UseAreaFigure {
    pub(super) field: &'static str,
    value: fn(&analytics::fund_usage::UseArea) -> Value,
}

const GROUPS: &[GroupKind] = &[
    GroupKind::Round,
    GroupKind::County,
    GroupKind::PopulationGroup,
    GroupKind::Recipient,
];

const TAKES: Takes = Takes {
    year: true,
    all_years: true,
    kind: true,
    all_kinds: true,
    must: &[],
    groups: GROUPS,
};

const TAKES_AREA: Takes = Takes {
    must: &[GroupKind::UseArea],
    groups: &[
        GroupKind::Round,
        GroupKind::County,
        GroupKind::PopulationGroup,
        GroupKind::Recipient,
        GroupKind::UseArea,
    ],
    ..TAKES
};

const fn figure(
    code: &'static str,
    title: [&'static str; 2],
    formula: [&'static str; 2],
    unit: Unit,
    (fields, measure): (&'static [&'static str], Option<FundMeasure>),
    value: fn(&FundLine) -> Value,
) -> Definition {
    Definition {
        code,
        title,
        formula,
        unit,
        takes: TAKES,
        basis: Basis::Appropriation,
        of: Of::Fund(FundFigure {
            fields,
            measure,
            value,
        }),
    }
}

fn spread(line: &FundLine, value: Option<rust_decimal::Decimal>) -> Value {
    Value::or_absent(value, line.usage_rate_distribution.absent)
}

/// The definitions of money.
#[rustfmt::skip]
pub(super) const DEFINITIONS: &[Definition] = &[
    figure("fund.eligible", ["Berättigade", "Eligible"],
        ["Mottagare av omgångens slag som gäller den 31 december; i omgångar med ansökan: de som har ansökt.", "Recipients of the round's kind valid on 31 December; in rounds by application: those that applied."],
        Unit::Count, (&["eligibleCount"], Some(FundMeasure::Eligible)), |line| Value::Quantity(line.eligible_count.map(Into::into).ok_or(Absent::NotApplicable))),
    figure("fund.requisitioning", ["Deltagande (rekvirerande eller beviljade)", "Taking part (requisitioning or granted)"],
        ["Berättigade med rekvisition över 0; i omgångar med ansökan: med beviljat belopp över 0.", "Eligible with a requisition above 0; in rounds by application: with a granted amount above 0."],
        Unit::Count, (&["requisitioningCount"], None), |line| Value::count(line.requisitioning_count)),
    figure("fund.participation_rate", ["Deltagandegrad", "Participation rate"],
        ["Deltagande / berättigade.", "Taking part / eligible."],
        Unit::Share, (&["participationRate"], None), |line| Value::Rate(line.participation_rate.clone())),
    figure("fund.allocated", ["Tilldelat", "Allocated"], ["Σ tilldelningar.", "Σ allocations."],
        Unit::Kronor, (&["allocatedAmount"], Some(FundMeasure::Allocated)), |line| Value::some(line.allocated)),
    figure("fund.requisitioned", ["Rekvirerat", "Requisitioned"], ["Σ rekvisitioner.", "Σ requisitions."],
        Unit::Kronor, (&["requisitionedAmount"], Some(FundMeasure::Requisitioned)), |line| Value::some(line.requisitioned)),
    figure("fund.granted", ["Beviljat", "Granted"], ["Σ beviljade belopp i ansökningar som har beviljats helt eller delvis.", "Σ granted amounts of applications granted wholly or in part."],
        Unit::Kronor, (&["grantedAmount"], Some(FundMeasure::Granted)), |line| Value::some(line.granted)),
    figure("fund.redistributed", ["Omfördelat", "Redistributed"], ["Σ max(utbetalt − rekvirerat, 0) per mottagare och omgång.", "Σ max(paid − requisitioned, 0) per recipient and round."],
        Unit::Kronor, (&["redistributedAmount"], Some(FundMeasure::Redistributed)), |line| Value::some(line.redistributed)),
    figure("fund.paid", ["Utbetalt", "Paid"], ["Σ utbetalningar, återförda avdragna.", "Σ payments, less those reversed."],
        Unit::Kronor, (&["paidAmount"], Some(FundMeasure::Paid)), |line| Value::some(line.paid)),
    figure("fund.used", ["Använt", "Used"], ["Σ använt över alla användningsområden i återrapporteringar.", "Σ used over all use areas of usage reports."],
        Unit::Kronor, (&["usedAmount"], Some(FundMeasure::Used)), |line| Value::some(line.used)),
    figure("fund.reported_unused", ["Redovisat ej använt", "Reported unused"], ["Σ ej använt i återrapporteringar.", "Σ unused of usage reports."],
        Unit::Kronor, (&["reportedUnusedAmount"], Some(FundMeasure::Unused)), |line| Value::some(line.reported_unused)),
    figure("fund.repaid", ["Återbetalt", "Repaid"], ["Σ återbetalningar.", "Σ repayments."],
        Unit::Kronor, (&["repaidAmount"], Some(FundMeasure::Repaid)), |line| Value::some(line.repaid)),
    figure("fund.outstanding", ["Kvarstår att återbetala", "Outstanding"], ["Redovisat ej använt − återbetalt.", "Reported unused − repaid."],
        Unit::Kronor, (&["outstandingAmount"], Some(FundMeasure::Outstanding)), |line| Value::some(line.outstanding)),
    figure("fund.unreported", ["Ej redovisat", "Unreported"], ["Σ utbetalt till mottagare (per omgång) utan återrapportering.", "Σ paid to recipients (per round) without a usage report."],
        Unit::Kronor, (&["unreportedAmount"], Some(FundMeasure::Unreported)), |line| Value::some(line.unreported)),
    figure("fund.unexplained", ["Oförklarat", "Unexplained"], ["Σ utbetalt − använt − ej använt för dem som har redovisat.", "Σ paid − used − unused of those that have reported."],
        Unit::Kronor, (&["unexplainedAmount"], Some(FundMeasure::Unexplained)), |line| Value::some(line.unexplained)),
    figure("fund.paid_reported", ["Utbetalt till dem som har redovisat", "Paid to those that have reported"], ["Σ utbetalt till mottagare (per omgång) med återrapportering: nyttjandegradens nämnare.", "Σ paid to recipients (per round) with a usage report: the denominator of the usage rate."],
        Unit::Kronor, (&["usageRate", "denominator"], Some(FundMeasure::UsageRate)), |line| Value::or_absent(line.usage_rate.denominator, line.usage_rate.absent)),
    figure("fund.usage_rate", ["Nyttjandegrad", "Usage rate"], ["Använt / utbetalt till dem som har redovisat.", "Used / paid to those that have reported."],
        Unit::Share, (&["usageRate"], Some(FundMeasure::UsageRate)), |line| Value::Rate(line.usage_rate.clone())),
    figure("fund.usage_rate_lowest", ["Nyttjandegrad, lägsta möjliga", "Usage rate, lowest possible"], ["Använt / utbetalt, om de som inte har redovisat inget har använt.", "Used / paid, if those that have not reported used nothing."],
        Unit::Share, (&["usageRateBounds", "lowest"], Some(FundMeasure::UsageRate)), |line| Value::Rate(line.usage_rate_lowest.clone())),
    figure("fund.usage_rate_highest", ["Nyttjandegrad, högsta möjliga", "Usage rate, highest possible"], ["(Använt + ej redovisat) / utbetalt.", "(Used + unreported) / paid."],
        Unit::Share, (&["usageRateBounds", "highest"], Some(FundMeasure::UsageRate)), |line| Value::Rate(line.usage_rate_highest.clone())),
    figure("fund.usage_rate_mean", ["Nyttjandegrad, ovägt medelvärde", "Usage rate, unweighted mean"], ["Medelvärdet av mottagarnas egna nyttjandegrader.", "Mean of the recipients' own usage rates."],
        Unit::Share, (&["usageRateDistribution", "mean"], Some(FundMeasure::UsageRate)), |line| spread(line, line.usage_rate_distribution.mean)),
    figure("fund.usage_rate_median", ["Nyttjandegrad, median", "Usage rate, median"], ["Medianen av mottagarnas egna nyttjandegrader.", "Median of the recipients' own usage rates."],
        Unit::Share, (&["usageRateDistribution", "median"], Some(FundMeasure::UsageRate)), |line| spread(line, line.usage_rate_distribution.median)),
    figure("fund.paid_per_inhabitant", ["Utbetalt per invånare", "Paid per inhabitant"], ["Utbetalt / Σ befolkning i mottagarna som har fått utbetalt; ett år och ett slag i taget.", "Paid / Σ population of the recipients paid; one year and one kind at a time."],
        Unit::KronorPerInhabitant, (&["paidPerInhabitant"], Some(FundMeasure::PaidPerInhabitant)), |line| Value::Rate(line.paid_per_inhabitant.clone())),
    figure("fund.reports_expected", ["Förväntade återrapporteringar", "Usage reports expected"], ["Mottagare och omgångar med utbetalt över 0.", "Recipients and rounds with paid above 0."],
        Unit::Count, (&["reporting", "expectedCount"], Some(FundMeasure::Paid)), |line| Value::count(line.reporting.expected)),
    figure("fund.reports_received", ["Inkomna återrapporteringar", "Usage reports received"], ["Förväntade med en återrapportering.", "Those expected with a usage report."],
        Unit::Count, (&["reporting", "receivedCount"], Some(FundMeasure::UsageRate)), |line| Value::count(line.reporting.received)),
    figure("fund.reports_on_time", ["Återrapporteringar i tid", "Usage reports on time"], ["Inkomna senast omgångens sista dag.", "Received by the round's last day."],
        Unit::Count, (&["reporting", "onTimeCount"], Some(FundMeasure::UsageRate)), |line| Value::count(line.reporting.on_time)),
    figure("fund.reporting_rate", ["Svarsfrekvens", "Reporting rate"], ["Inkomna / förväntade.", "Received / expected."],
        Unit::Share, (&["reporting", "rate"], Some(FundMeasure::UsageRate)), |line| Value::Rate(line.reporting.rate.clone())),
    figure("fund.reporting_rate_by_amount", ["Svarsfrekvens efter belopp", "Reporting rate by amount"], ["Utbetalt till dem som har redovisat / utbetalt till dem som ska.", "Paid to those that have reported / paid to those that should."],
        Unit::Share, (&["reporting", "rateByAmount"], Some(FundMeasure::UsageRate)), |line| Value::Rate(line.reporting.rate_by_amount.clone())),
    figure("fund.reporting_rate_by_population", ["Svarsfrekvens efter befolkning", "Reporting rate by population"], ["Befolkning hos dem som har redovisat / hos dem som ska; inom ett slag.", "Population of those that have reported / of those that should; within one kind."],
        Unit::Share, (&["reporting", "rateByPopulation"], None), |line| Value::Rate(line.reporting.rate_by_population.clone())),
    Definition {
        code: "fund.used_in_area",
        title: ["Använt i området", "Used in the area"],
        formula: ["Σ använt i användningsområdet.", "Σ used in the use area."],
        unit: Unit::Kronor, takes: TAKES_AREA, basis: Basis::Appropriation,
        of: Of::UseArea(UseAreaFigure { field: "amount", value: |area| Value::some(area.amount) }),
    },
    Definition {
        code: "fund.share_of_use",
        title: ["Andel av använt", "Share of used"],
        formula: ["Använt i området / använt.", "Used in the area / used."],
        unit: Unit::Share, takes: TAKES_AREA, basis: Basis::Appropriation,
        of: Of::UseArea(UseAreaFigure { field: "share", value: |area| Value::Rate(area.share.clone()) }),
    },
    figure("application.received", ["Inkomna ansökningar", "Applications received"], ["Ansökningar, vad som än beslutades.", "Applications, whatever was decided."],
        Unit::Count, (&["applications", "receivedCount"], Some(FundMeasure::Applied)), |line| Value::count(line.applications.received)),
    figure("application.granted", ["Beviljade ansökningar", "Applications granted"], ["Ansökningar som beviljades helt.", "Applications granted wholly."],
        Unit::Count, (&["applications", "grantedCount"], Some(FundMeasure::Applied)), |line| Value::count(line.applications.granted)),
    figure("application.partly_granted", ["Delvis beviljade ansökningar", "Applications partly granted"], ["Ansökningar som beviljades delvis.", "Applications granted in part."],
        Unit::Count, (&["applications", "partlyGrantedCount"], Some(FundMeasure::Applied)), |line| Value::count(line.applications.partly_granted)),
    figure("application.declined", ["Avslagna ansökningar", "Applications declined"], ["Ansökningar som avslogs.", "Applications declined."],
        Unit::Count, (&["applications", "declinedCount"], Some(FundMeasure::Applied)), |line| Value::count(line.applications.declined)),
    figure("application.withdrawn", ["Återtagna ansökningar", "Applications withdrawn"], ["Ansökningar som sökanden tog tillbaka.", "Applications that the applicant withdrew."],
        Unit::Count, (&["applications", "withdrawnCount"], Some(FundMeasure::Applied)), |line| Value::count(line.applications.withdrawn)),
    figure("application.undecided", ["Ej avgjorda ansökningar", "Applications not decided"], ["Ansökningar utan beslut.", "Applications without a decision."],
        Unit::Count, (&["applications", "undecidedCount"], Some(FundMeasure::Applied)), |line| Value::count(line.applications.undecided)),
    figure("application.applied", ["Ansökt", "Applied for"], ["Σ ansökta belopp, vad som än beslutades.", "Σ amounts applied for, whatever was decided."],
        Unit::Kronor, (&["applications", "appliedAmount"], Some(FundMeasure::Applied)), |line| Value::some(line.applications.applied)),
];

impl Reports {
    /// The line of fund usage that a key is of; its place in the answer to the key's own question.
    async fn fund_line(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
    ) -> Result<Option<(Arc<Computed<FundUsage>>, Option<usize>)>, Error> {
        let question = question(dataset, key);
        let usage = self
            .fund_usage(dataset, assignment, question, Extent::default())
            .await?;
        let wanted = wanted(key);
        if wanted.is_empty() {
            // Without a round there is no figure of money.
            let catalogue = self.catalogue(dataset).await?;
            let has_rounds = !catalogue.kinds_of(assignment).is_empty();
            return Ok(has_rounds.then_some((usage, None)));
        }
        let is_it = |line: &FundLine| {
            let parts = line.key.parts.iter();
            let codes = parts.map(|part| match (&part.code, part.absent) {
                (Some(code), _) => code.as_str(),
                (None, absent) => absent.map_or("", absent_code),
            });
            codes.eq(wanted.iter().map(String::as_str))
        };
        let place = usage.answer.lines.iter().position(is_it);
        Ok(place.map(|place| (usage, Some(place))))
    }

    /// The value of a figure of money.
    pub(super) async fn fund_figure(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
        figure: &FundFigure,
    ) -> Result<Option<Found>, Error> {
        let found = self.fund_line(dataset, assignment, key).await?;
        Ok(found.map(|(usage, place)| Found {
            value: (figure.value)(line(&usage.answer, place)),
            place: Place {
                line: place,
                part: None,
            },
            synthetic: usage.synthetic,
        }))
    }

    /// The value of a figure of a use area.
    pub(super) async fn use_area_figure(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        key: &FigureKey,
        figure: &UseAreaFigure,
    ) -> Result<Option<Found>, Error> {
        let Some((usage, place)) = self.fund_line(dataset, assignment, key).await? else {
            return Ok(None);
        };
        let line = line(&usage.answer, place);
        let wanted = key.of(GroupKind::UseArea);
        let mut areas = line.use_areas.iter();
        let part = areas.position(|area| Some(area.area.as_str()) == wanted);
        Ok(part.and_then(|part| {
            Some(Found {
                value: (figure.value)(line.use_areas.get(part)?),
                place: Place {
                    line: place,
                    part: Some(part),
                },
                synthetic: usage.synthetic,
            })
        }))
    }

    /// The rows behind a figure of money.
    pub(super) async fn fund_figure_sources(
        &self,
        dataset: &Dataset,
        assignment: &RegistryNumber,
        (key, place): (&FigureKey, Place),
        measure: Option<FundMeasure>,
    ) -> Result<Arc<[Passage]>, Error> {
        let question = (question(dataset, key), Extent::default());
        let behind = self
            .fund_sources(dataset, assignment, question, measure)
            .await?;
        Ok(behind.of(place.line).into())
    }
}

impl FundFigure {
    pub(super) const fn measure(&self) -> Option<FundMeasure> {
        self.measure
    }
}

fn line(usage: &FundUsage, place: Option<usize>) -> &FundLine {
    place
        .and_then(|place| usage.lines.get(place))
        .unwrap_or(&usage.total)
}

/// The dimensions of a key, in the order of the key.
pub(super) fn dimensions(key: &FigureKey) -> Vec<FundDimension> {
    let year = key.year.map(|_| FundDimension::GrantYear);
    let kind = key.kind.map(|_| FundDimension::RecipientKind);
    let groups = key.groups.iter().filter_map(|(kind, _)| match kind {
        GroupKind::Round => Some(FundDimension::Round),
        GroupKind::County => Some(FundDimension::County),
        GroupKind::PopulationGroup => Some(FundDimension::PopulationGroup),
        GroupKind::Recipient => Some(FundDimension::Recipient),
        _ => None,
    });
    year.into_iter().chain(kind).chain(groups).collect()
}

fn question(dataset: &Dataset, key: &FigureKey) -> FundQuestion {
    FundQuestion {
        group_by: dimensions(key),
        filter: FundFilter::default(),
        today: dataset.today,
    }
}

/// The codes that the line of a key has, dimension by dimension.
fn wanted(key: &FigureKey) -> Vec<String> {
    let year = key.year.map(|year| year.to_string());
    let kind = key
        .kind
        .map(|kind| crate::reports::stored(kind).code().to_owned());
    let groups = key.groups.iter().filter(|(kind, _)| GROUPS.contains(kind));
    let groups = groups.map(|(_, code)| code.clone());
    year.into_iter().chain(kind).chain(groups).collect()
}

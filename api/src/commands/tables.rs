//! The demo's tables: usage rate by year and kind of recipient, coverage by county; marked synthetic.

use analytics::coverage::{CoverageDimension, CoverageFilter, CoverageQuestion};
use analytics::figure::{Rate, RecipientKind};
use analytics::fund_usage::{FundDimension, FundFilter, FundLine, FundQuestion};
use entity::RegistryNumber;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::clock::Clock;
use crate::reports::{Extent, Reports, label_sv, stored};
use crate::store::{Catalogue, Dataset};

/// The assignment whose money the demo shows.
const FUNDS: &str = "S2016/00633/FST";

/// The assignment whose support the demo shows.
const SUPPORT: &str = "S2020/01591/SOF";

const SYNTHETIC: &str = "SYNTHETIC – SYNTETISKA EXEMPELDATA: påhittade siffror, inte utfall / invented figures, not outcomes";

/// Both tables as text.
pub(super) async fn text(reports: &Reports, clock: &Clock) -> anyhow::Result<String> {
    let dataset = Dataset::present(reports.store(), clock).await?;
    let catalogue = reports.catalogue(&dataset).await?;
    Ok(format!(
        "{}\n{}\n",
        usage(reports, &dataset).await?,
        coverage(reports, &dataset, &catalogue).await?
    ))
}

async fn usage(reports: &Reports, dataset: &Dataset) -> anyhow::Result<String> {
    let question = FundQuestion {
        group_by: vec![FundDimension::GrantYear, FundDimension::RecipientKind],
        filter: FundFilter::default(),
        today: dataset.today,
    };
    let found = reports
        .fund_usage(
            dataset,
            &RegistryNumber::parse(FUNDS)?,
            question,
            Extent::default(),
        )
        .await?;
    let mut text = format!(
        "{SYNTHETIC}\nNyttjandegrad / Usage rate, {FUNDS}\n{:<6}{:<20}{:>17}{:>17}{:>20}{:>9}{:>11}\n",
        "år", "mottagare", "utbetalt kr", "använt kr", "utb. till redovis.", "andel %", "redovisat"
    );
    for line in &found.answer.lines {
        let year = line
            .key
            .grant_year
            .map(|year| year.to_string())
            .unwrap_or_default();
        let kind = line
            .key
            .recipient_kind
            .map(|kind| label_sv(stored(kind), line.key.grant_year))
            .unwrap_or_default();
        text.push_str(&usage_line(&year, kind, line));
    }
    text.push_str(&usage_line("alla", "", &found.answer.total));
    text.push_str(
        "andel % = använt / utbetalt till dem som har redovisat\n\
         share = used / paid to those that have reported (utb. till redovis.)\n",
    );
    Ok(text)
}

fn usage_line(year: &str, kind: &str, line: &FundLine) -> String {
    let reported = format!("{}/{}", line.reporting.received, line.reporting.expected);
    format!(
        "{year:<6}{kind:<20}{:>17}{:>17}{:>20}{:>9}{reported:>11}\n",
        kronor(line.paid),
        kronor(line.used),
        line.usage_rate
            .denominator
            .map_or_else(|| "–".to_owned(), kronor),
        percent(&line.usage_rate)
    )
}

async fn coverage(
    reports: &Reports,
    dataset: &Dataset,
    catalogue: &Catalogue,
) -> anyhow::Result<String> {
    let question = CoverageQuestion {
        recipient_kind: RecipientKind::Municipality,
        group_by: vec![CoverageDimension::County],
        filter: CoverageFilter::default(),
        reference_year: 2022,
    };
    let found = reports
        .coverage(
            dataset,
            &RegistryNumber::parse(SUPPORT)?,
            question,
            Extent::default(),
        )
        .await?;
    let mut text = format!(
        "{SYNTHETIC}\nTäckning av kommuner / Coverage of municipalities, {SUPPORT}\n{:<24}{:>10}{:>10}{:>14}{:>10}\n",
        "län", "nådda", "andel %", "befolkning %", "insatser"
    );
    let total = std::iter::once(&found.answer.total);
    for line in found.answer.lines.iter().chain(total) {
        let county = line.key.county.as_deref();
        let name = county
            .and_then(|code| catalogue.county(code))
            .map_or("hela landet", |county| county.name.as_str());
        let reached = |rate: &Rate| match (rate.numerator, rate.denominator) {
            (Some(numerator), Some(denominator)) => format!("{numerator}/{denominator}"),
            _ => "–".to_owned(),
        };
        text.push_str(&format!(
            "{name:<24}{:>10}{:>10}{:>14}{:>10}\n",
            reached(&line.coverage),
            percent(&line.coverage),
            percent(&line.coverage_by_population),
            line.event_count
        ));
    }
    Ok(text)
}

/// Percent with one decimal, half away from zero, decimal comma; a dash where there is no rate.
fn percent(rate: &Rate) -> String {
    let shown = |value: Decimal| {
        let percent = (value * Decimal::ONE_HUNDRED)
            .round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero);
        format!("{percent:.1}").replace('.', ",")
    };
    rate.value.map_or_else(|| "–".to_owned(), shown)
}

/// Kronor with blanks between thousands and a decimal comma.
fn kronor(amount: Decimal) -> String {
    let text = format!("{amount:.2}");
    let (whole, ore) = text.split_once('.').unwrap_or((text.as_str(), "00"));
    let (sign, digits) = whole
        .strip_prefix('-')
        .map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped},{ore}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kronor_are_grouped_by_thousands() {
        assert_eq!(kronor(Decimal::new(5_000_000_050, 2)), "50 000 000,50");
        assert_eq!(kronor(Decimal::new(-12_345, 2)), "-123,45");
    }
}

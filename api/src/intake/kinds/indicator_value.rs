//! Indicator values: what was measured, of an area, a year and a sex.

use entity::{IndicatorCode, IndicatorUnit, Kind, MissingReason, Sex, indicator_value};
use rust_decimal::Decimal;
use sea_orm::DbErr;

use super::Intake;
use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::check::{facts, place};
use crate::intake::column::{COUNTRY, CodeOf, Column, DEFINITION_VERSION, Holds, YEAR};
use crate::intake::finding::{Findings, Place};
use crate::intake::indicator_owner::{belongs_elsewhere, indicator_is_own, owns_indicator};
use crate::intake::kolada;
use crate::intake::outlier;
use crate::intake::row::{Misread, Row, RowHead, Values};
use crate::intake::rule::Rule;
use crate::intake::values::Value;
use crate::store::Writer;

/// The kind `indicator_values`.
pub(crate) struct IndicatorValues;

/// Whose values there are, with the Swedish words for them.
pub(in crate::intake) const SEXES: &[(&str, &str)] = &[
    (Sex::Total.code(), "totalt"),
    (Sex::Women.code(), "kvinnor"),
    (Sex::Men.code(), "män"),
];

/// Why a value can be missing, with the Swedish words for it.
pub(in crate::intake) const REASONS: &[(&str, &str)] = &[
    (MissingReason::NotDue.code(), "ej aktuellt än"),
    (MissingReason::NotReported.code(), "ej redovisat"),
    (MissingReason::NotApplicable.code(), "ej tillämpligt"),
    (MissingReason::NotAvailable.code(), "ej tillgängligt"),
];

/// A value with its numbers.
pub(crate) struct SentValue {
    pub(crate) model: indicator_value::Model,
    pub(crate) figures: Figures,
}

/// The numbers of a value, with the decimals they were written with.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Figures {
    pub(crate) value: Option<Decimal>,
    numerator: Option<Decimal>,
    denominator: Option<Decimal>,
    /// Whether the value was said by yes or no.
    answered: bool,
}

/// That a value was said by yes or no: no column, and no part of the content.
const ANSWERED: &str = "answered";

impl Form for IndicatorValues {
    type Fact = SentValue;
    const KIND: Kind = Kind::IndicatorValues;
    const COLUMNS: &'static [Column] = &[
        Column::required("indicator", &["indikator"], Holds::Code(CodeOf::Indicator)).key(),
        DEFINITION_VERSION.key(),
        Column::required("area_code", &["område"], Holds::Code(CodeOf::Area)).key(),
        YEAR.key(),
        Column::optional("sex", &["kön"], Holds::Choice(SEXES)).key(),
        Column::optional("value", &["värde"], Holds::Answer),
        Column::optional("numerator", &["täljare"], Holds::Quantity),
        Column::optional("denominator", &["nämnare"], Holds::Quantity),
        Column::optional(
            "missing_reason",
            &["bortfallsorsak"],
            Holds::Choice(REASONS),
        ),
        Column::optional("source", &["källa"], Holds::Text),
    ];

    /// A file of Kolada's has columns of its own.
    fn columns(header: &[String]) -> &'static [Column] {
        if kolada::is_it(header.iter().map(String::as_str)) {
            kolada::COLUMNS
        } else {
            Self::COLUMNS
        }
    }

    /// Where no sex is said, the value is everybody's; yes is 1 and no is 0. A file of Kolada's says no reason for what it
    /// does not give.
    fn complete(values: &mut Values<'_>) {
        values.default("sex", Value::Text(Sex::Total.code().into()));
        if values.yes_is_one("value") {
            values.add(ANSWERED, Value::Flag(true));
        }
        if values.is_blank(DEFINITION_VERSION.name) && values.is_blank("value") {
            let reason = MissingReason::NotAvailable.code();
            values.default("missing_reason", Value::Text(reason.into()));
        }
    }

    fn fact(values: &Values<'_>) -> Result<SentValue, Misread> {
        let figures = Figures {
            value: values.decimal_or_none("value")?,
            numerator: values.decimal_or_none("numerator")?,
            denominator: values.decimal_or_none("denominator")?,
            answered: values.flag(ANSWERED)?.is_some(),
        };
        let text = |number: Option<Decimal>| number.map(|number| number.to_string());
        let model = indicator_value::Model {
            row_id: 0,
            indicator: values.code("indicator", IndicatorCode::parse)?,
            definition_version: (values.whole_or_none(DEFINITION_VERSION.name)?)
                .unwrap_or(NO_VERSION),
            area_code: values.text("area_code")?,
            year: values.whole("year")?,
            sex: values.choice("sex", Sex::of)?,
            value: text(figures.value),
            numerator: text(figures.numerator),
            denominator: text(figures.denominator),
            missing_reason: values.choice_or_none("missing_reason", MissingReason::of)?,
            source: values.text_or_none("source")?,
        };
        Ok(SentValue { model, figures })
    }
}

/// Stands for the version that a file does not say, until it is found by the year.
const NO_VERSION: i64 = 0;

impl Intake for IndicatorValues {
    /// Rows that say no version of the definition have the one that holds in their year.
    fn settle(rows: &mut [Row<SentValue>], basis: &Basis) {
        for row in rows {
            let parts: Vec<&str> = row.head.key.split('|').collect();
            let [indicator, "", area, year, sex] = parts[..] else {
                continue;
            };
            let Some(version) = version_in(basis, indicator, year) else {
                continue;
            };
            let key = format!("{indicator}|{version}|{area}|{year}|{sex}");
            row.head.key = key;
            if let Some(fact) = &mut row.fact {
                fact.model.definition_version = version;
            }
        }
    }

    fn check(rows: &[Row<SentValue>], basis: &Basis, findings: &mut Findings) {
        for row in rows.iter().filter(|row| row.fact.is_none()) {
            is_own(basis, &row.head, findings);
        }
        for (head, fact) in facts(rows) {
            check_row(basis, head, fact, findings);
        }
        // What is far from its history tells of it: only to those whose it is.
        if rows.iter().all(|row| may_send(basis, &row.head)) {
            outlier::check(rows, basis, findings);
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, SentValue)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| indicator_value::Model {
                row_id,
                ..fact.model
            })
            .collect();
        writer
            .insert_all::<indicator_value::Entity, _>(models)
            .await
    }
}

/// The version of an indicator's definition that holds in a year; of several the last.
fn version_in(basis: &Basis, indicator: &str, year: &str) -> Option<i64> {
    let indicator = IndicatorCode::parse(indicator).ok()?;
    let year: i64 = year.parse().ok()?;
    let definitions = basis.indicators.definitions.values();
    let holding = definitions.filter(|one| {
        one.indicator == indicator
            && one.valid_from_year <= year
            && one.valid_to_year.is_none_or(|last| year <= last)
    });
    holding.map(|one| one.definition_version).max()
}

/// Whether the file says no version, and none holds in the year.
fn has_no_version(head: &RowHead) -> bool {
    head.key.split('|').nth(1) == Some("")
}

/// Whether a row is the sender's to send: the owner's, the coordinator's, or the area's own.
fn is_own(basis: &Basis, head: &RowHead, findings: &mut Findings) -> bool {
    let of_area = is_of_area(basis, head) && !belongs_elsewhere(basis, head);
    of_area || indicator_is_own(basis, head, findings)
}

/// The same, without a note.
fn may_send(basis: &Basis, head: &RowHead) -> bool {
    (is_of_area(basis, head) || owns_indicator(basis, head)) && !belongs_elsewhere(basis, head)
}

fn is_of_area(basis: &Basis, head: &RowHead) -> bool {
    let area = head.key.split('|').nth(2);
    area.is_some_and(|area| basis.sender.organisation().as_str() == area)
}

fn check_row(basis: &Basis, head: &RowHead, fact: &SentValue, findings: &mut Findings) {
    let (at, model) = (place(head), &fact.model);
    check_area(basis, model, at, findings);
    let present = fact.figures.value.is_some();
    if !present && model.missing_reason.is_none() {
        findings.row(
            at,
            Rule::MissingValue,
            Some("value"),
            "value / missing_reason",
        );
    }
    if present && model.missing_reason.is_some() {
        let detail = (
            "Ett värde har ingen bortfallsorsak: ta bort det ena.",
            "A value has no missing reason: take one away.",
        );
        let rule = Rule::UnknownValue;
        findings.detailed(at, rule, rule.severity(), Some("missing_reason"), detail);
    }
    if !basis.indicators.owners.contains_key(&model.indicator) {
        let code = model.indicator.as_str();
        findings.row(at, Rule::UnknownCode, Some("indicator"), code);
        return;
    }
    if !is_own(basis, head, findings) {
        return;
    }
    if model.definition_version == NO_VERSION && has_no_version(head) {
        let year = model.year.to_string();
        findings.row(at, Rule::UnknownCode, Some("year"), &year);
        return;
    }
    let key = (model.indicator.clone(), model.definition_version);
    let definition = basis.indicators.definitions.get(&key).filter(|one| {
        one.valid_from_year <= model.year && one.valid_to_year.is_none_or(|last| model.year <= last)
    });
    let Some(definition) = definition else {
        let version = model.definition_version.to_string();
        findings.row(at, Rule::UnknownCode, Some("definition_version"), &version);
        return;
    };
    let unit = definition.unit;
    if fact.figures.answered && unit != IndicatorUnit::YesNo {
        findings.row(at, Rule::NotANumber, Some("value"), "");
    } else if fact
        .figures
        .value
        .is_some_and(|value| !in_range(unit, value))
    {
        findings.row(at, Rule::ValueOutOfRange, Some("value"), unit.code());
    } else if let Some(ratio) = fact.figures.differs_from(unit) {
        findings.row(at, Rule::ValueNotRatio, Some("value"), &ratio);
    }
}

/// The area is the country, a county, or a recipient that is valid in the year.
fn check_area(
    basis: &Basis,
    model: &indicator_value::Model,
    at: Place<'_>,
    findings: &mut Findings,
) {
    let year = i32::try_from(model.year).unwrap_or(i32::MAX);
    if model.area_code != COUNTRY && basis.register.area(&model.area_code, year).is_none() {
        findings.row(at, Rule::UnknownCode, Some("area_code"), &model.area_code);
    }
}

/// Whether a value is possible in a unit.
pub(super) fn in_range(unit: IndicatorUnit, value: Decimal) -> bool {
    let (zero, one) = (Decimal::ZERO, Decimal::ONE);
    match unit {
        IndicatorUnit::Percent => value >= zero && value <= Decimal::ONE_HUNDRED,
        IndicatorUnit::Count => value >= zero && value.normalize().scale() == 0,
        IndicatorUnit::YesNo => value == zero || value == one,
        IndicatorUnit::Per10000 | IndicatorUnit::Index => true,
    }
}

/// Decimals past which the last digit of a value says nothing of how exactly it was rounded: a workbook's number cell
/// holds a value it computed with up to 15 digits, and the last of them are not always right.
const MOST_DECIMALS: u32 = 9;

impl Figures {
    /// The numbers of a stored value.
    pub(super) fn stored(model: &indicator_value::Model) -> Self {
        let number = |text: &Option<String>| text.as_ref().and_then(|text| text.parse().ok());
        Self {
            value: number(&model.value),
            numerator: number(&model.numerator),
            denominator: number(&model.denominator),
            answered: false,
        }
    }

    /// What numerator and denominator make in a unit, where the value is further from it than half a unit of its last
    /// digit; none where it is not, or where one of the three is missing.
    pub(super) fn differs_from(&self, unit: IndicatorUnit) -> Option<String> {
        let (value, numerator, denominator) = (self.value?, self.numerator?, self.denominator?);
        let times = match unit {
            IndicatorUnit::Percent => Decimal::ONE_HUNDRED,
            IndicatorUnit::Per10000 => Decimal::from(10_000),
            IndicatorUnit::Count | IndicatorUnit::YesNo | IndicatorUnit::Index => Decimal::ONE,
        };
        let ratio = numerator
            .checked_mul(times)
            .and_then(|product| product.checked_div(denominator));
        let Some(ratio) = ratio else {
            return Some(format!("{numerator} / {denominator}"));
        };
        let decimals = value.scale().min(MOST_DECIMALS);
        let half = Decimal::new(5, decimals + 1);
        let far = ratio
            .checked_sub(value)
            .is_none_or(|difference| difference.abs() > half);
        far.then(|| ratio.round_dp(decimals + 2).normalize().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(value: &str, numerator: &str, denominator: &str) -> Figures {
        let number = |text: &str| text.parse().ok();
        Figures {
            value: number(value),
            numerator: number(numerator),
            denominator: number(denominator),
            answered: false,
        }
    }

    #[test]
    fn half_a_unit_of_the_last_digit_is_allowed_and_no_more() {
        let differs = |value, numerator, denominator, unit| {
            figures(value, numerator, denominator).differs_from(unit)
        };
        let (percent, per) = (IndicatorUnit::Percent, IndicatorUnit::Per10000);
        // 160 of 20 000 is 80 of 10 000.
        assert_eq!(differs("80.0", "160", "20000", per), None);
        assert_eq!(differs("80.1", "160", "20000", per).as_deref(), Some("80"));
        // 1 of 8 is 12.5 percent: both 12 and 13 are rounded so by somebody, 12.4 by nobody.
        assert_eq!(differs("12", "1", "8", percent), None);
        assert_eq!(differs("13", "1", "8", percent), None);
        assert_eq!(differs("12.4", "1", "8", percent).as_deref(), Some("12.5"));
        // 2 of 3 is 66.666… percent.
        assert_eq!(differs("66.7", "2", "3", percent), None);
        assert_eq!(
            differs("66.6", "2", "3", percent).as_deref(),
            Some("66.667")
        );
        assert_eq!(differs("66.6666666666667", "2", "3", percent), None);
        assert_eq!(differs("1", "3", "3", IndicatorUnit::YesNo), None);
        assert!(
            differs("5", "5", "0", percent).is_some(),
            "nothing to divide by"
        );
        assert!(differs("1", "999999999999999", "0.00000000000000000001", per).is_some());
        assert_eq!(figures("5", "", "3").differs_from(percent), None);
    }

    #[test]
    fn units_have_their_ranges() {
        let fits = |unit, value: &str| in_range(unit, value.parse().expect("a number"));
        use IndicatorUnit::{Count, Index, Percent, YesNo};
        for (unit, value) in [
            (Percent, "0"),
            (Percent, "100.0"),
            (Count, "2.0"),
            (YesNo, "1"),
            (Index, "-3.5"),
        ] {
            assert!(fits(unit, value), "{value}");
        }
        for (unit, value) in [
            (Percent, "100.1"),
            (Percent, "-0.1"),
            (Count, "2.5"),
            (Count, "-1"),
            (YesNo, "0.5"),
        ] {
            assert!(!fits(unit, value), "{value}");
        }
    }
}

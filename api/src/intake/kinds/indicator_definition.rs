//! Indicator definitions: what is measured, in which unit, and from when to when a definition holds.

use std::collections::HashMap;

use chrono::NaiveDate;
use entity::{
    IndicatorCode, IndicatorDirection, IndicatorUnit, Kind, OrganisationCode, indicator_definition,
};
use sea_orm::DbErr;

use super::Intake;
use super::indicator_value::{Figures, in_range};
use crate::intake::basis::{Basis, Validity};
use crate::intake::batch::Form;
use crate::intake::check::{self, facts, indicator_of, part, place};
use crate::intake::column::{CodeOf, Column, DEFINITION_VERSION, Holds, SENDER};
use crate::intake::finding::{Findings, Place};
use crate::intake::indicator_owner::indicator_is_own;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::store::Writer;

/// The kind `indicator_definitions`.
pub(crate) struct IndicatorDefinitions;

/// Units, with the Swedish words for them.
const UNITS: &[(&str, &str)] = &[
    (IndicatorUnit::Percent.code(), "procent"),
    (IndicatorUnit::Count.code(), "antal"),
    (IndicatorUnit::Per10000.code(), "per 10 000"),
    (IndicatorUnit::YesNo.code(), "ja/nej"),
    (IndicatorUnit::Index.code(), "index"),
];

/// Directions, with the Swedish words for them.
const DIRECTIONS: &[(&str, &str)] = &[
    (IndicatorDirection::HigherIsBetter.code(), "högre är bättre"),
    (IndicatorDirection::LowerIsBetter.code(), "lägre är bättre"),
    (IndicatorDirection::Neutral.code(), "neutral"),
];

impl Form for IndicatorDefinitions {
    type Fact = indicator_definition::Model;
    const KIND: Kind = Kind::IndicatorDefinitions;
    const COLUMNS: &'static [Column] = &[
        Column::required(
            "indicator",
            &["indikator"],
            Holds::Code(CodeOf::NewIndicator),
        )
        .key(),
        DEFINITION_VERSION.key(),
        Column::required("name_sv", &[], Holds::Text),
        Column::optional("name_en", &[], Holds::Text),
        Column::required("unit", &["enhet"], Holds::Choice(UNITS)),
        Column::required("direction", &["riktning"], Holds::Choice(DIRECTIONS)),
        Column::optional("goal", &["mål"], Holds::PlainCode),
        Column::required("concerns_persons", &["avser_personer"], Holds::Flag),
        Column::optional(
            "source_organisation",
            &["källa"],
            Holds::Code(CodeOf::Organisation),
        ),
        Column::required("valid_from_year", &[], Holds::Year),
        Column::optional("valid_to_year", &[], Holds::Year),
        Column::optional(
            "comparable_with_previous",
            &["jämförbar_med_föregående"],
            Holds::Flag,
        ),
        Column::optional("definition_sv", &[], Holds::Text),
    ];

    fn fact(values: &Values<'_>) -> Result<indicator_definition::Model, Misread> {
        Ok(indicator_definition::Model {
            row_id: 0,
            indicator: values.code("indicator", IndicatorCode::parse)?,
            definition_version: values.whole("definition_version")?,
            organisation_code: values.code(SENDER, OrganisationCode::parse)?,
            assignment: None,
            name_sv: values.text("name_sv")?,
            name_en: values.text_or_none("name_en")?,
            unit: values.choice("unit", IndicatorUnit::of)?,
            direction: values.choice("direction", IndicatorDirection::of)?,
            goal: values.text_or_none("goal")?,
            concerns_persons: values.flag("concerns_persons")?.unwrap_or(true),
            source_organisation: values
                .code_or_none("source_organisation", OrganisationCode::parse)?,
            valid_from_year: values.whole("valid_from_year")?,
            valid_to_year: values.whole_or_none("valid_to_year")?,
            comparable_with_previous: values.flag("comparable_with_previous")?,
            definition_sv: values.text_or_none("definition_sv")?,
        })
    }
}

impl Intake for IndicatorDefinitions {
    /// An indicator stays with whoever sent it first, whoever corrects it.
    fn settle(rows: &mut [Row<indicator_definition::Model>], basis: &Basis) {
        for model in rows.iter_mut().filter_map(|row| row.fact.as_mut()) {
            match basis.indicators.owners.get(&model.indicator) {
                Some(owner) => {
                    model.organisation_code = owner.organisation.clone();
                    model.assignment = owner.assignment.clone();
                }
                None => model.assignment = basis.assignment.clone(),
            }
        }
    }

    fn check(rows: &[Row<indicator_definition::Model>], basis: &Basis, findings: &mut Findings) {
        let periods = periods_after(rows, basis);
        for row in rows {
            let at = place(&row.head);
            if !indicator_is_own(basis, &row.head, findings) {
                continue;
            }
            check_values(row, basis, at, findings);
        }
        for (head, fact) in facts(rows) {
            let at = place(head);
            let periods = periods.get(&fact.indicator).into_iter().flatten();
            let columns = ["valid_from_year", "valid_to_year"];
            check::validity(at, validity(fact), periods, columns, findings);
            if let Some(goal) = &fact.goal
                && !has_goal(basis, goal)
            {
                findings.row(at, Rule::UnknownCode, Some("goal"), goal);
            }
            let (from, to) = years(fact);
            if let Some(source) = &fact.source_organisation
                && !basis.register.has_organisation_within(source, from, to)
            {
                let column = Some("source_organisation");
                findings.row(at, Rule::UnknownCode, column, source.as_str());
            }
        }
    }

    async fn keep(
        writer: &Writer,
        facts: Vec<(i64, indicator_definition::Model)>,
    ) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| indicator_definition::Model { row_id, ..fact })
            .collect();
        writer
            .insert_all::<indicator_definition::Entity, _>(models)
            .await
    }
}

/// First and last year of a definition.
fn years(fact: &indicator_definition::Model) -> (i32, i32) {
    let year = |year: i64| i32::try_from(year).unwrap_or(i32::MAX);
    (
        year(fact.valid_from_year),
        fact.valid_to_year.map_or(i32::MAX, year),
    )
}

/// The years of a definition in days.
fn validity(fact: &indicator_definition::Model) -> Validity {
    let (from, to) = years(fact);
    Validity {
        from: NaiveDate::from_ymd_opt(from, 1, 1),
        to: NaiveDate::from_ymd_opt(to, 12, 31),
    }
}

/// The periods of each indicator's definitions as they will count once the rows do.
fn periods_after(
    rows: &[Row<indicator_definition::Model>],
    basis: &Basis,
) -> HashMap<IndicatorCode, Vec<(String, Validity)>> {
    let key = |fact: &indicator_definition::Model| {
        format!("{}|{}", fact.indicator, fact.definition_version)
    };
    let mut after: HashMap<String, &indicator_definition::Model> = basis
        .indicators
        .definitions
        .values()
        .map(|fact| (key(fact), fact))
        .collect();
    for row in rows {
        match &row.fact {
            Some(fact) => after.insert(row.head.key.clone(), fact),
            None => after.remove(&row.head.key),
        };
    }
    let mut periods: HashMap<IndicatorCode, Vec<(String, Validity)>> = HashMap::new();
    for (key, fact) in after {
        let of = periods.entry(fact.indicator.clone()).or_default();
        of.push((key, validity(fact)));
    }
    periods
}

fn has_goal(basis: &Basis, goal: &str) -> bool {
    basis.indicators.goals.iter().any(|(assignment, code)| {
        code == goal
            && basis
                .assignment
                .as_ref()
                .is_none_or(|asked| asked == assignment)
    })
}

/// Stored values that no longer fit their definition are a warning on the file that changed it, one for each rule.
fn check_values(
    row: &Row<indicator_definition::Model>,
    basis: &Basis,
    at: Place<'_>,
    findings: &mut Findings,
) {
    let version = part(&row.head, 1).and_then(|text| text.parse::<i64>().ok());
    let Some((code, version)) = indicator_of(&row.head).zip(version) else {
        return;
    };
    let mut values = basis
        .indicators
        .values
        .iter()
        .filter(|one| one.indicator == code && one.definition_version == version);
    let Some(fact) = &row.fact else {
        if values.next().is_some() {
            findings.knock_on(at, Rule::UnknownCode, None, (code.as_str(), code.as_str()));
        }
        return;
    };
    let (from, to) = years(fact);
    let outside = |year: i64| year < i64::from(from) || year > i64::from(to);
    let (mut year, mut range, mut ratio) = (None, false, None);
    for one in values {
        if outside(one.year) {
            year = year.or(Some(one.year));
        }
        let figures = Figures::stored(one);
        range |= figures
            .value
            .is_some_and(|value| !in_range(fact.unit, value));
        ratio = ratio.or_else(|| figures.differs_from(fact.unit));
    }
    if let Some(year) = year {
        let text = year.to_string();
        let column = match year < i64::from(from) {
            true => "valid_from_year",
            false => "valid_to_year",
        };
        findings.knock_on(at, Rule::UnknownCode, Some(column), (&text, &text));
    }
    if range {
        let unit = fact.unit.code();
        findings.knock_on(at, Rule::ValueOutOfRange, Some("unit"), (unit, unit));
    }
    if let Some(ratio) = ratio {
        findings.knock_on(at, Rule::ValueNotRatio, Some("unit"), (&ratio, &ratio));
    }
}

//! Activity plans: a file is a whole version, and what it leaves out is dropped from that version.

use std::collections::HashSet;

use entity::{CodeList, Kind, OrganisationCode, activity_plan};
use sea_orm::DbErr;

use super::Intake;
use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::check::{facts, part, place};
use crate::intake::column::{Column, DECIDED_ON, Holds, MAIN_ACTIVITY, PLAN_ROW, PLAN_VERSION};
use crate::intake::finding::{Findings, Place};
use crate::intake::keeper::plan_keeper;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::intake::unknown;
use crate::store::Writer;

/// The kind `activity_plan`.
pub(crate) struct ActivityPlan;

/// A row of a plan with what it says of the change, which is kept apart.
pub(crate) struct SentActivity {
    model: activity_plan::Model,
    change_note: Option<String>,
}

impl Form for ActivityPlan {
    type Fact = SentActivity;
    const KIND: Kind = Kind::ActivityPlan;
    const BESIDE: &'static [Column] = &[
        Column::required(PLAN_VERSION, &[], Holds::Whole).key(),
        Column::optional(DECIDED_ON, &[], Holds::Date),
    ];
    const COLUMNS: &'static [Column] = &[
        PLAN_ROW.key(),
        Column::required("title", &["delaktivitet", "titel"], Holds::Text),
        Column::required("responsible", &["ansvarig"], Holds::Codes),
        Column::required("start_year", &["startår"], Holds::Year),
        Column::required("end_year", &["slutår"], Holds::Year),
        MAIN_ACTIVITY,
        Column::optional("change_note", &["ändring_avser"], Holds::FreeText),
    ];

    fn fact(values: &Values<'_>) -> Result<SentActivity, Misread> {
        let model = activity_plan::Model {
            row_id: 0,
            assignment: values.owner()?,
            plan_version: values.whole(PLAN_VERSION)?,
            decided_on: values.date_or_none(DECIDED_ON)?,
            number: values.whole("row")?,
            title: values.text("title")?,
            responsible: values.list("responsible")?.iter().collect::<CodeList>(),
            start_year: values.whole("start_year")?,
            end_year: values.whole("end_year")?,
            main_activity: values.text("main_activity")?,
            change_note_id: None,
        };
        Ok(SentActivity {
            model,
            change_note: values.text_or_none("change_note")?,
        })
    }
}

impl Intake for ActivityPlan {
    fn check(rows: &[Row<SentActivity>], basis: &Basis, findings: &mut Findings) {
        if !plan_keeper(rows, basis, findings) {
            return;
        }
        for (head, SentActivity { model, .. }) in facts(rows) {
            let at = place(head);
            check_responsible(basis, model, at, findings);
            let activity = (&model.assignment, model.main_activity.as_str());
            unknown::main_activity(basis, at, activity, findings);
            if model.end_year < model.start_year {
                let detail = (
                    "Slutåret är före startåret.",
                    "The end year is before the start year.",
                );
                let rule = Rule::UnknownValue;
                findings.detailed(at, rule, rule.severity(), Some("end_year"), detail);
            }
        }
        check_reports(rows, basis, findings);
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, SentActivity)>) -> Result<(), DbErr> {
        let (mut models, mut texts) = (Vec::with_capacity(facts.len()), Vec::new());
        for (row_id, fact) in facts {
            models.push(activity_plan::Model {
                row_id,
                ..fact.model
            });
            texts.push(fact.change_note);
        }
        for (model, id) in models.iter_mut().zip(writer.keep_texts(texts).await?) {
            model.change_note_id = id;
        }
        writer.insert_all::<activity_plan::Entity, _>(models).await
    }
}

/// Every responsible organisation exists in a year of the activity.
fn check_responsible(
    basis: &Basis,
    model: &activity_plan::Model,
    at: Place<'_>,
    findings: &mut Findings,
) {
    let year = |year: i64| i32::try_from(year).unwrap_or(i32::MAX);
    let known = |code: &&str| {
        OrganisationCode::parse(code).is_ok_and(|code| {
            basis.register.has_organisation_within(
                &code,
                year(model.start_year),
                year(model.end_year),
            )
        })
    };
    let unknown: Vec<&str> = model
        .responsible
        .iter()
        .filter(|code| !known(code))
        .collect();
    if !unknown.is_empty() {
        findings.row(
            at,
            Rule::UnknownCode,
            Some("responsible"),
            &unknown.join(", "),
        );
    }
}

/// Reports that a new version of their plan leaves behind are a warning on the file that leaves them.
fn check_reports(rows: &[Row<SentActivity>], basis: &Basis, findings: &mut Findings) {
    let mut sent = HashSet::new();
    let mut version = None;
    for row in rows {
        let number = |at| part(&row.head, at).and_then(|text| text.parse::<i64>().ok());
        let Some(key) = number(1).zip(number(2)) else {
            continue;
        };
        version = Some(key.0);
        sent.insert(key.1);
        let reports = basis.plan.reports.get(&key).into_iter().flatten();
        let mut organisations: Vec<&str> = reports
            .map(|report| report.organisation_code.as_str())
            .filter(|code| {
                row.fact
                    .as_ref()
                    .is_none_or(|fact| fact.model.responsible.iter().all(|own| own != *code))
            })
            .collect();
        organisations.sort_unstable();
        organisations.dedup();
        if !organisations.is_empty() {
            let codes = organisations.join(", ");
            let rule = Rule::UnknownCode;
            let column = row.fact.is_some().then_some("responsible");
            findings.knock_on(place(&row.head), rule, column, (&codes, &codes));
        }
    }
    let Some(version) = version else { return };
    let mut dropped: Vec<_> = basis
        .plan
        .activities
        .values()
        .filter(|one| one.plan_version == version && !sent.contains(&one.number))
        .filter(|one| basis.plan.reports.contains_key(&(version, one.number)))
        .collect();
    dropped.sort_by_key(|one| one.number);
    for one in dropped {
        let key = format!("{}|{version}|{}", one.assignment, one.number);
        findings.left_out(&key, Rule::UnknownCode, &one.number.to_string());
    }
}

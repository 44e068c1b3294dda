//! Activity reports: how far the activities of a plan have come, by organisation and day.

use entity::{ActivityStatus, Kind, OrganisationCode, activity_report};
use sea_orm::DbErr;

use super::Intake;
use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::check::{facts, organisation, owned_removals, place, year_of_day};
use crate::intake::column::{Column, Holds, ORGANISATION_CODE, PER_DATE, PLAN_ROW, PLAN_VERSION};
use crate::intake::finding::Findings;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::store::Writer;

/// The kind `activity_reports`.
pub(crate) struct ActivityReports;

/// How far an activity can have come, with the Swedish words for it.
const STATUSES: &[(&str, &str)] = &[
    (ActivityStatus::NotStarted.code(), "ej påbörjad"),
    (ActivityStatus::Ongoing.code(), "pågår"),
    (ActivityStatus::Completed.code(), "klar"),
    (ActivityStatus::Delayed.code(), "försenad"),
    (ActivityStatus::Cancelled.code(), "utgår"),
];

/// A report with its texts, which are kept apart.
pub(crate) struct SentActivityReport {
    model: activity_report::Model,
    deviation: Option<String>,
    proposed_action: Option<String>,
}

impl Form for ActivityReports {
    type Fact = SentActivityReport;
    const KIND: Kind = Kind::ActivityReports;
    const COLUMNS: &'static [Column] = &[
        Column::required(PLAN_VERSION, &["planversion"], Holds::Whole).key(),
        PLAN_ROW.key(),
        ORGANISATION_CODE.key(),
        PER_DATE.key(),
        Column::required("status", &["läge"], Holds::Choice(STATUSES)),
        Column::optional("completed_on", &["klar_datum"], Holds::Date),
        Column::optional("deviation", &["avvikelse"], Holds::FreeText),
        Column::optional("proposed_action", &["förslag_till_åtgärd"], Holds::FreeText),
    ];

    fn fact(values: &Values<'_>) -> Result<SentActivityReport, Misread> {
        let model = activity_report::Model {
            row_id: 0,
            assignment: values.owner()?,
            plan_version: values.whole(PLAN_VERSION)?,
            number: values.whole("row")?,
            organisation_code: values.code("organisation_code", OrganisationCode::parse)?,
            per_date: values.date("per_date")?,
            status: values.choice("status", ActivityStatus::of)?,
            completed_on: values.date_or_none("completed_on")?,
            deviation_id: None,
            proposed_action_id: None,
        };
        Ok(SentActivityReport {
            model,
            deviation: values.text_or_none("deviation")?,
            proposed_action: values.text_or_none("proposed_action")?,
        })
    }
}

impl Intake for ActivityReports {
    fn check(rows: &[Row<SentActivityReport>], basis: &Basis, findings: &mut Findings) {
        owned_removals(rows, basis, 3, findings);
        check_decided(rows, basis, findings);
        for (head, SentActivityReport { model, .. }) in facts(rows) {
            let at = place(head);
            let code = &model.organisation_code;
            let year = year_of_day(model.per_date);
            let known = organisation(basis, at, code, year, findings);
            let key = (model.plan_version, model.number);
            let Some(activity) = basis.plan.activities.get(&key) else {
                let (column, value) = if basis.plan.has_version(model.plan_version) {
                    ("row", model.number)
                } else {
                    (PLAN_VERSION, model.plan_version)
                };
                findings.row(at, Rule::UnknownCode, Some(column), &value.to_string());
                continue;
            };
            if known && activity.responsible.iter().all(|own| own != code.as_str()) {
                let responsible: Vec<&str> = activity.responsible.iter().collect();
                let responsible = responsible.join(", ");
                let sv = format!("{code} (planens rad {} nämner {responsible})", model.number);
                let en = format!(
                    "{code} (row {} of the plan names {responsible})",
                    model.number
                );
                let rule = Rule::UnknownCode;
                let column = Some("organisation_code");
                findings.detailed(at, rule, rule.severity(), column, (&sv, &en));
            }
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, SentActivityReport)>) -> Result<(), DbErr> {
        let mut models = Vec::with_capacity(facts.len());
        let (mut deviations, mut proposals) = (Vec::new(), Vec::new());
        for (row_id, fact) in facts {
            models.push(activity_report::Model {
                row_id,
                ..fact.model
            });
            deviations.push(fact.deviation);
            proposals.push(fact.proposed_action);
        }
        for (model, id) in models.iter_mut().zip(writer.keep_texts(deviations).await?) {
            model.deviation_id = id;
        }
        for (model, id) in models.iter_mut().zip(writer.keep_texts(proposals).await?) {
            model.proposed_action_id = id;
        }
        writer
            .insert_all::<activity_report::Entity, _>(models)
            .await
    }
}

/// A decision that loses its deviation is a warning on the file that takes the deviation away.
fn check_decided(rows: &[Row<SentActivityReport>], basis: &Basis, findings: &mut Findings) {
    for row in rows {
        let deviates = row
            .fact
            .as_ref()
            .is_some_and(|fact| fact.deviation.is_some());
        if !deviates && basis.plan.decided.contains(&row.head.key) {
            let detail = (
                "Avvikelsen är beslutad, och beslutet står kvar.",
                "The deviation was decided on, and the decision stays.",
            );
            findings.knock_on(
                place(&row.head),
                Rule::UnknownValue,
                Some("deviation"),
                detail,
            );
        }
    }
}

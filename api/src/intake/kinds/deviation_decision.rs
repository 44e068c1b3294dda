//! Decisions on deviations: what the coordination group decided of what an activity report tells.

use entity::{DeviationOutcome, Kind, OrganisationCode, deviation_decision};
use sea_orm::DbErr;

use super::Intake;
use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::check::{facts, place};
use crate::intake::column::{
    Column, DECIDED_ON, Holds, ORGANISATION_CODE, PER_DATE, PLAN_ROW, PLAN_VERSION,
};
use crate::intake::finding::{Findings, Place};
use crate::intake::keeper::plan_keeper;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::store::Writer;

/// The kind `deviation_decisions`.
pub(crate) struct DeviationDecisions;

/// What can be decided, with the Swedish words for it.
const OUTCOMES: &[(&str, &str)] = &[
    (DeviationOutcome::Accepted.code(), "godtagen"),
    (DeviationOutcome::PlanRevised.code(), "plan reviderad"),
    (DeviationOutcome::OtherMeasure.code(), "annan åtgärd"),
];

/// The version of the plan that a decision led to.
const NEW_PLAN_VERSION: &str = "new_plan_version";

/// A decision with its note, which is kept apart.
pub(crate) struct SentDecision {
    model: deviation_decision::Model,
    note: Option<String>,
}

impl Form for DeviationDecisions {
    type Fact = SentDecision;
    const KIND: Kind = Kind::DeviationDecisions;
    const COLUMNS: &'static [Column] = &[
        Column::required(PLAN_VERSION, &["planversion"], Holds::Whole).key(),
        PLAN_ROW.key(),
        ORGANISATION_CODE.key(),
        PER_DATE.key(),
        Column::required("decision", &["beslut"], Holds::Choice(OUTCOMES)),
        Column::required(DECIDED_ON, &["beslutsdatum"], Holds::Date),
        Column::optional("note", &["anteckning"], Holds::FreeText),
        Column::optional(NEW_PLAN_VERSION, &["ny_planversion"], Holds::Whole),
    ];

    fn fact(values: &Values<'_>) -> Result<SentDecision, Misread> {
        let model = deviation_decision::Model {
            row_id: 0,
            assignment: values.owner()?,
            plan_version: values.whole(PLAN_VERSION)?,
            number: values.whole("row")?,
            organisation_code: values.code("organisation_code", OrganisationCode::parse)?,
            per_date: values.date("per_date")?,
            decision: values.choice("decision", DeviationOutcome::of)?,
            decided_on: values.date(DECIDED_ON)?,
            note_id: None,
            new_plan_version: values.whole_or_none(NEW_PLAN_VERSION)?,
        };
        Ok(SentDecision {
            model,
            note: values.text_or_none("note")?,
        })
    }
}

impl Intake for DeviationDecisions {
    fn check(rows: &[Row<SentDecision>], basis: &Basis, findings: &mut Findings) {
        if !plan_keeper(rows, basis, findings) {
            return;
        }
        for (head, SentDecision { model, .. }) in facts(rows) {
            check_report(basis, model, place(head), findings);
            check_version(basis, model, place(head), findings);
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, SentDecision)>) -> Result<(), DbErr> {
        let (mut models, mut notes) = (Vec::with_capacity(facts.len()), Vec::new());
        for (row_id, fact) in facts {
            models.push(deviation_decision::Model {
                row_id,
                ..fact.model
            });
            notes.push(fact.note);
        }
        for (model, id) in models.iter_mut().zip(writer.keep_texts(notes).await?) {
            model.note_id = id;
        }
        writer
            .insert_all::<deviation_decision::Entity, _>(models)
            .await
    }
}

/// There is such a report, and it tells of a deviation.
fn check_report(
    basis: &Basis,
    model: &deviation_decision::Model,
    at: Place<'_>,
    findings: &mut Findings,
) {
    let plan = &basis.plan;
    let mut unknown =
        |column: &str, value: &str| findings.row(at, Rule::UnknownCode, Some(column), value);
    if !plan.has_version(model.plan_version) {
        return unknown(PLAN_VERSION, &model.plan_version.to_string());
    }
    let Some(reports) = plan.reports.get(&(model.plan_version, model.number)) else {
        return unknown("row", &model.number.to_string());
    };
    let own = reports.iter();
    let mut own = own
        .filter(|one| one.organisation_code == model.organisation_code)
        .peekable();
    if own.peek().is_none() {
        return unknown("organisation_code", model.organisation_code.as_str());
    }
    let Some(report) = own.find(|one| one.per_date == model.per_date) else {
        return unknown(PER_DATE.name, &model.per_date.to_string());
    };
    if report.deviation_id.is_none() {
        let detail = (
            "Lägesrapporten den dagen har ingen avvikelse att besluta om.",
            "The report of that day tells of no deviation to decide on.",
        );
        let rule = Rule::UnknownValue;
        findings.detailed(at, rule, rule.severity(), Some(PER_DATE.name), detail);
    }
}

/// A new version goes with a revised plan alone, exists, and comes after the one reported on.
fn check_version(
    basis: &Basis,
    model: &deviation_decision::Model,
    at: Place<'_>,
    findings: &mut Findings,
) {
    let Some(version) = model.new_plan_version else {
        return;
    };
    let column = Some(NEW_PLAN_VERSION);
    let detail = if model.decision != DeviationOutcome::PlanRevised {
        (
            "En ny planversion hör till beslutet plan reviderad.",
            "A new version of the plan goes with the decision PLAN_REVISED.",
        )
    } else if version <= model.plan_version {
        (
            "Den nya planversionen kommer efter den som rapporten gäller.",
            "The new version of the plan comes after the one that the report is on.",
        )
    } else {
        if !basis.plan.has_version(version) {
            findings.row(at, Rule::UnknownCode, column, &version.to_string());
        }
        return;
    };
    let rule = Rule::UnknownValue;
    findings.detailed(at, rule, rule.severity(), column, detail);
}

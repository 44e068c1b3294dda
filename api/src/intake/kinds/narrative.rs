//! Narratives: what agencies write for the sections of reports, in Markdown.

use chrono::Datelike;
use entity::{
    DeliverableKind, Kind, OrganisationCode, ReportSection, TextLanguage, assignment, narrative,
};
use sea_orm::DbErr;

use super::Intake;
use super::reference::DELIVERABLES;
use crate::intake::asked_for::asked_for;
use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::check::{facts, owned_removals, place};
use crate::intake::column::{Column, DELIVERABLE_DUE_ON, Holds, ORGANISATION_CODE};
use crate::intake::finding::{Findings, Place};
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::prose;
use crate::store::Writer;

/// The kind `narratives`.
pub(crate) struct Narratives;

/// The parts of a report.
const PARTS: &[(&str, &str)] = &[("1", "1"), ("2", "2"), ("3", "3"), ("4", "4")];

/// The sections with their Swedish titles.
const SECTIONS: &[(&str, &str)] = &[
    (ReportSection::Assignment.code(), "uppdraget och besluten"),
    (
        ReportSection::SupportCoverage.code(),
        "stödinsatser och täckning",
    ),
    (ReportSection::SupportPlan.code(), "genomförandeplanen"),
    (
        ReportSection::FundsByYear.code(),
        "medlen per år och mottagartyp",
    ),
    (ReportSection::FundsByCounty.code(), "medlen per län"),
    (
        ReportSection::FundsByPopulationGroup.code(),
        "medlen per befolkningsgrupp",
    ),
    (
        ReportSection::FundsUseAreas.code(),
        "vad medlen har använts till",
    ),
    (
        ReportSection::FundsApplications.code(),
        "ansökningar, bifall och avslag",
    ),
    (ReportSection::FundsRepayments.code(), "återbetalningar"),
    (
        ReportSection::FundsAdministration.code(),
        "administrativa kostnader",
    ),
    (
        ReportSection::FundsAllocationKey.code(),
        "fördelningsnyckeln",
    ),
    (
        ReportSection::DevelopmentUse.code(),
        "utvecklingen av hur medlen har använts",
    ),
    (
        ReportSection::DevelopmentEquality.code(),
        "likvärdighet över landet",
    ),
    (
        ReportSection::DevelopmentIndicators.code(),
        "förflyttning i uppföljningsindikatorer",
    ),
    (
        ReportSection::DevelopmentPublished.code(),
        "publicerade uppgifter",
    ),
    (ReportSection::ConclusionsSummary.code(), "sammanfattning"),
    (
        ReportSection::ConclusionsFindings.code(),
        "iakttagelser i tidigare dokument",
    ),
    (ReportSection::ConclusionsDrawn.code(), "slutsatser"),
];

/// Languages that a text can be in.
const LANGUAGES: &[(&str, &str)] = &[
    (TextLanguage::Swedish.code(), "svenska"),
    (TextLanguage::English.code(), "engelska"),
];

/// In which part of the key the organisation stands: after assignment, deliverable, last day, part and section.
const ORGANISATION_AT: usize = 5;

/// A narrative with its text, which is kept apart.
pub(crate) struct SentNarrative {
    model: narrative::Model,
    text: String,
}

impl Form for Narratives {
    type Fact = SentNarrative;
    const KIND: Kind = Kind::Narratives;
    const COLUMNS: &'static [Column] = &[
        Column::required("deliverable", &["redovisning"], Holds::Choice(DELIVERABLES)).key(),
        DELIVERABLE_DUE_ON.key(),
        Column::required("part", &["del"], Holds::Choice(PARTS)).key(),
        Column::required("section", &["avsnitt"], Holds::Choice(SECTIONS)).key(),
        ORGANISATION_CODE.key(),
        Column::required("language", &["språk"], Holds::Choice(LANGUAGES)).key(),
        Column::required("text", &[], Holds::FreeText),
    ];

    fn fact(values: &Values<'_>) -> Result<SentNarrative, Misread> {
        let model = narrative::Model {
            row_id: 0,
            assignment: values.owner()?,
            deliverable: values.choice("deliverable", DeliverableKind::of)?,
            due_on: values.date_or_none("due_on")?,
            part: values.choice("part", |code| code.parse().ok())?,
            section: values.choice("section", ReportSection::of)?,
            organisation_code: values.code("organisation_code", OrganisationCode::parse)?,
            language: values.choice("language", TextLanguage::of)?,
            text_id: 0,
        };
        Ok(SentNarrative {
            model,
            text: values.text("text")?,
        })
    }
}

impl Intake for Narratives {
    fn check(rows: &[Row<SentNarrative>], basis: &Basis, findings: &mut Findings) {
        owned_removals(rows, basis, ORGANISATION_AT, findings);
        for (head, SentNarrative { model, text }) in facts(rows) {
            let at = place(head);
            check_writer(basis, at, model, findings);
            let which = (&model.assignment, model.deliverable, model.due_on);
            asked_for(basis, at, which, findings);
            check_section(at, model, findings);
            for unfit in prose::unfit(text) {
                let rule = Rule::UnfitText;
                let [sv, en] = unfit.words();
                findings.detailed(at, rule, rule.severity(), Some("text"), (sv, en));
            }
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, SentNarrative)>) -> Result<(), DbErr> {
        let (mut models, mut texts) = (Vec::with_capacity(facts.len()), Vec::new());
        for (row_id, fact) in facts {
            models.push(narrative::Model {
                row_id,
                ..fact.model
            });
            texts.push(Some(fact.text));
        }
        let ids = writer.keep_texts(texts).await?.into_iter().flatten();
        for (model, id) in models.iter_mut().zip(ids) {
            model.text_id = id;
        }
        writer.insert_all::<narrative::Entity, _>(models).await
    }
}

/// The organisation existed in the years of the assignment up to the report's last day, and the sender may write for it.
fn check_writer(basis: &Basis, at: Place<'_>, model: &narrative::Model, findings: &mut Findings) {
    let code = &model.organisation_code;
    let year = |year: i64| i32::try_from(year).unwrap_or(i32::MAX);
    let period = |one: &assignment::Model| {
        let due = model.due_on.map_or(i32::MIN, |day| day.year());
        (
            year(one.period_start_year),
            year(one.period_end_year).max(due),
        )
    };
    let known = basis.register.assignments.get(&model.assignment);
    let exists = known.map(period).is_some_and(|(first, last)| {
        let register = &basis.register;
        register.has_organisation_within(code, first, last)
    });
    let column = Some("organisation_code");
    if !exists {
        findings.row(at, Rule::UnknownCode, column, code.as_str());
    } else if !basis
        .sender
        .may_report_for(basis.assignment.as_ref(), code.as_str())
    {
        findings.row(at, Rule::NotYourData, column, code.as_str());
    }
}

/// The section stands in the part that is named; else those that do are.
fn check_section(at: Place<'_>, model: &narrative::Model, findings: &mut Findings) {
    let part = model.part;
    if model.section.part() == part {
        return;
    }
    let own = ReportSection::ALL.iter().filter(|one| one.part() == part);
    let own: Vec<&str> = own.map(|one| one.code()).collect();
    let own = own.join(", ");
    let of = model.section.part();
    let sv = format!("Avsnittet står i del {of}. I del {part} finns {own}.");
    let en = format!("The section stands in part {of}. Part {part} has {own}.");
    let rule = Rule::UnknownValue;
    findings.detailed(at, rule, rule.severity(), Some("section"), (&sv, &en));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_and_part_has_its_word() {
        let codes: Vec<&str> = SECTIONS.iter().map(|(code, _)| *code).collect();
        let all: Vec<&str> = ReportSection::ALL.iter().map(|one| one.code()).collect();
        assert_eq!(codes, all);
        for section in ReportSection::ALL {
            let part = section.part().to_string();
            assert!(PARTS.iter().any(|(code, _)| *code == part));
        }
    }
}

//! Support events: what competence support was given, and whom it reached.

use entity::{Kind, OrganisationCode, RecipientCode, support_event, support_event_reach};
use sea_orm::DbErr;

use super::Intake;
use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::check::{facts, organisation, owned_removals, place, year_of_day};
use crate::intake::column::{Column, Holds, MAIN_ACTIVITY, ORGANISATION_CODE};
use crate::intake::finding::Findings;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::intake::{unknown, unlikely};
use crate::store::Writer;

/// The kind `support_events`.
pub(crate) struct SupportEvents;

/// Audiences with their Swedish aliases; their titles are in the code list AUDIENCE.
const AUDIENCES: &[(&str, &str)] = &[
    ("SOCIAL_SERVICES", "socialtjänst"),
    ("HEALTHCARE", "hälso- och sjukvård"),
    ("DENTAL_CARE", "tandvård"),
    ("CIVIL_SOCIETY", "civilsamhälle"),
    ("MANAGERS", "chefer"),
    ("POLITICIANS", "politiker"),
    ("OTHER", "övriga"),
];

/// An event with the codes of those it reached.
pub(crate) struct SentEvent {
    model: support_event::Model,
    reached: Vec<String>,
}

impl Form for SupportEvents {
    type Fact = SentEvent;
    const KIND: Kind = Kind::SupportEvents;
    const COLUMNS: &'static [Column] = &[
        ORGANISATION_CODE.key(),
        Column::required("event_code", &["insats_id"], Holds::PlainCode).key(),
        Column::required("held_on", &["datum"], Holds::Date),
        Column::required("form", &[], Holds::PlainCode),
        MAIN_ACTIVITY,
        Column::required("title", &["titel", "delaktivitet"], Holds::Text),
        Column::required("audience", &["målgrupp"], Holds::Choice(AUDIENCES)),
        Column::required("participants", &["deltagare"], Holds::Whole),
        Column::required("reached", &["nådda"], Holds::Codes),
        Column::optional("digital", &["digitalt"], Holds::Flag),
    ];

    fn fact(values: &Values) -> Result<SentEvent, Misread> {
        let model = support_event::Model {
            row_id: 0,
            assignment: values.owner()?,
            code: values.text("event_code")?,
            organisation_code: values.code("organisation_code", OrganisationCode::parse)?,
            held_on: values.date("held_on")?,
            form: values.text("form")?,
            main_activity: values.text("main_activity")?,
            title: values.text("title")?,
            audience: values.text("audience")?,
            participants: values.whole("participants")?,
            digital: values.flag("digital")?,
        };
        Ok(SentEvent {
            model,
            reached: values.list("reached")?,
        })
    }
}

impl Intake for SupportEvents {
    fn check(rows: &[Row<SentEvent>], basis: &Basis, findings: &mut Findings) {
        owned_removals(rows, basis, 1, findings);
        for (head, SentEvent { model, reached }) in facts(rows) {
            let at = place(head);
            let year = year_of_day(model.held_on);
            unlikely::ahead(basis, at, "held_on", model.held_on, findings);
            organisation(basis, at, &model.organisation_code, year, findings);
            if !basis.register.forms.contains_key(&model.form) {
                let known = basis.register.forms.iter();
                let known = known.map(|(code, title)| format!("{code} ({title})"));
                unknown::note(at, ("form", &model.form), known, findings);
            }
            let activity = (&model.assignment, model.main_activity.as_str());
            unknown::main_activity(basis, at, activity, findings);
            let strangers: Vec<&str> = reached
                .iter()
                .map(String::as_str)
                .filter(|code| !exists(basis, code, year))
                .collect();
            if !strangers.is_empty() {
                findings.row(
                    at,
                    Rule::UnknownCode,
                    Some("reached"),
                    &strangers.join(", "),
                );
            }
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, SentEvent)>) -> Result<(), DbErr> {
        let (mut models, mut reach) = (Vec::with_capacity(facts.len()), Vec::new());
        for (row_id, fact) in facts {
            models.push(support_event::Model {
                row_id,
                ..fact.model
            });
            let codes = fact
                .reached
                .iter()
                .filter_map(|code| RecipientCode::parse(code).ok());
            reach.extend(codes.map(|recipient_code| support_event_reach::Model {
                row_id,
                recipient_code,
            }));
        }
        writer
            .insert_all::<support_event::Entity, _>(models)
            .await?;
        writer
            .insert_all::<support_event_reach::Entity, _>(reach)
            .await
    }
}

fn exists(basis: &Basis, code: &str, year: i32) -> bool {
    RecipientCode::parse(code)
        .is_ok_and(|code| basis.register.recipient_kind(&code, year).is_some())
}

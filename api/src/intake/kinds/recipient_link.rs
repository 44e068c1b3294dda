//! Links between recipients' codes: renamed, merged, split, moved to another county.

use chrono::{Datelike, Days};
use entity::{Kind, LinkKind, RecipientCode, recipient_link};
use sea_orm::DbErr;

use super::Intake;
use crate::intake::basis::Basis;
use crate::intake::batch::Form;
use crate::intake::check::{facts, place};
use crate::intake::column::{CodeOf, Column, Holds};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::store::Writer;

/// The kind `recipient_links`.
pub(crate) struct RecipientLinks;

/// What happens to codes, with the Swedish words for it.
const LINKS: &[(&str, &str)] = &[
    (LinkKind::Renamed.code(), "namnbyte"),
    (LinkKind::Merged.code(), "sammanslagning"),
    (LinkKind::Split.code(), "delning"),
    (LinkKind::MovedCounty.code(), "länsbyte"),
];

impl Form for RecipientLinks {
    type Fact = recipient_link::Model;
    const KIND: Kind = Kind::RecipientLinks;
    const COLUMNS: &'static [Column] = &[
        Column::required("link", &["händelse"], Holds::Choice(LINKS)),
        Column::required("from_code", &["från_kod"], Holds::Code(CodeOf::Recipient)).key(),
        Column::required("to_code", &["till_kod"], Holds::Code(CodeOf::Recipient)).key(),
        Column::required("date", &["datum"], Holds::Date).key(),
    ];

    fn fact(values: &Values<'_>) -> Result<recipient_link::Model, Misread> {
        Ok(recipient_link::Model {
            row_id: 0,
            link: values.choice("link", LinkKind::of)?,
            from_code: values.code("from_code", RecipientCode::parse)?,
            to_code: values.code("to_code", RecipientCode::parse)?,
            date: values.date("date")?,
        })
    }
}

impl Intake for RecipientLinks {
    fn check(rows: &[Row<recipient_link::Model>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
        for (head, fact) in facts(rows) {
            let at = place(head);
            // The old code may have ended the day before the new one begins.
            let eve = fact
                .date
                .checked_sub_days(Days::new(1))
                .unwrap_or(fact.date);
            let before = basis.register.recipient_kind(&fact.from_code, eve.year());
            let after = basis
                .register
                .recipient_kind(&fact.to_code, fact.date.year());
            if before.is_none() {
                let code = fact.from_code.as_str();
                findings.row(at, Rule::UnknownCode, Some("from_code"), code);
            }
            if after.is_none() {
                let code = fact.to_code.as_str();
                findings.row(at, Rule::UnknownCode, Some("to_code"), code);
            }
            let keeps_code = matches!(fact.link, LinkKind::Renamed | LinkKind::MovedCounty);
            let detail = if before
                .zip(after)
                .is_some_and(|(before, after)| before != after)
            {
                (
                    "De två koderna är mottagare av olika slag.",
                    "The two codes are recipients of different kinds.",
                )
            } else if fact.from_code == fact.to_code && !keeps_code {
                (
                    "En sammanslagning eller delning går till en annan kod.",
                    "A merger or a split leads to another code.",
                )
            } else {
                continue;
            };
            let rule = Rule::UnknownValue;
            findings.detailed(at, rule, rule.severity(), Some("to_code"), detail);
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, recipient_link::Model)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, fact)| recipient_link::Model { row_id, ..fact })
            .collect();
        writer.insert_all::<recipient_link::Entity, _>(models).await
    }
}

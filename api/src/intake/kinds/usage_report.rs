//! Usage reports: what the money was used for, and what was left.

use entity::{
    Kind, RecipientCode, RecipientKind, RoundCode, Sek, Severity, usage_line, usage_report,
};
use sea_orm::DbErr;

use super::Intake;
use super::claimed::check_claimed;
use crate::intake::basis::{Basis, Ledger, MoneyAsked, Reported};
use crate::intake::batch::Form;
use crate::intake::check::{
    Remover, facts, names_forbidden_cost, place, removals, round_and_recipient,
};
use crate::intake::column::{Column, Holds, RECIPIENT_CODE, ROUND};
use crate::intake::finding::Findings;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::intake::unlikely;
use crate::store::Writer;

/// The kind `usage_reports`.
pub(crate) struct UsageReports;

/// The wide columns of the form and the use areas that they are.
const AREAS: &[(&str, &str)] = &[
    ("used_coordination", "COORDINATION"),
    ("used_competence_development", "COMPETENCE_DEVELOPMENT"),
    ("used_new_working_methods", "NEW_WORKING_METHODS"),
    ("used_other", "OTHER"),
];

/// A report with what was used by area and its comment, which are kept apart.
pub(crate) struct SentReport {
    model: usage_report::Model,
    used: [Sek; AREAS.len()],
    comment: Option<String>,
}

impl Form for UsageReports {
    type Fact = SentReport;
    const KIND: Kind = Kind::UsageReports;
    const COLUMNS: &'static [Column] = &[
        ROUND.key(),
        RECIPIENT_CODE.key(),
        Column::required("reported_on", &["redovisat_datum"], Holds::Date),
        Column::optional("used_coordination", &["använt_samordning"], Holds::Money),
        Column::optional(
            "used_competence_development",
            &["använt_kompetensutveckling"],
            Holds::Money,
        ),
        Column::optional(
            "used_new_working_methods",
            &["använt_nya_arbetssätt"],
            Holds::Money,
        ),
        Column::optional("used_other", &["använt_övrigt"], Holds::Money),
        Column::required("unused", &["ej_använt"], Holds::Money),
        Column::optional("comment", &["kommentar"], Holds::FreeText),
    ];

    /// A blank area is nothing used.
    fn complete(values: &mut Values) {
        for (column, _) in AREAS {
            values.default(column, crate::intake::values::Value::Money(Sek::ZERO));
        }
    }

    fn fact(values: &Values) -> Result<SentReport, Misread> {
        let model = usage_report::Model {
            row_id: 0,
            round: values.code("round", RoundCode::parse)?,
            recipient_code: values.code("recipient_code", RecipientCode::parse)?,
            reported_on: values.date("reported_on")?,
            unused_amount: values.money("unused")?,
            comment_id: None,
        };
        let mut used = [Sek::ZERO; AREAS.len()];
        for (amount, (column, _)) in used.iter_mut().zip(AREAS) {
            *amount = values.money_or_none(column)?.unwrap_or_default();
        }
        Ok(SentReport {
            model,
            used,
            comment: values.text_or_none("comment")?,
        })
    }
}

impl Intake for UsageReports {
    const MONEY: MoneyAsked = MoneyAsked::Sums;

    fn check(rows: &[Row<SentReport>], basis: &Basis, findings: &mut Findings) {
        removals(rows, basis, Remover::Recipient, findings);
        let (paid, repaid) = (&basis.sums.paid, &basis.sums.repaid);
        for row in rows.iter().filter(|row| row.fact.is_none()) {
            let over = repaid.get(&row.head.key).copied().unwrap_or(0);
            if over > 0 {
                let rule = Rule::RepaymentOverUnused;
                findings.amount(place(&row.head), rule, Severity::Warning, None, over);
            }
        }
        for (
            head,
            SentReport {
                model,
                used,
                comment,
            },
        ) in facts(rows)
        {
            let at = place(head);
            let Some(round) =
                round_and_recipient(basis, at, &model.round, &model.recipient_code, findings)
            else {
                continue;
            };
            let reported = (model.reported_on, round);
            unlikely::day(basis, at, "reported_on", reported, findings);
            let paid = paid.get(&head.key).copied().unwrap_or(0);
            let used: i128 = used.iter().map(|amount| i128::from(amount.ore())).sum();
            let unused = i128::from(model.unused_amount.ore());
            if paid == 0 {
                findings.row(at, Rule::UsageWithoutPayment, None, "");
            } else if used + unused != paid {
                let rule = Rule::UsageNotBalanced;
                findings.amount(at, rule, rule.severity(), None, paid - used - unused);
            }
            if model.reported_on > round.report_by {
                findings.row(
                    at,
                    Rule::UsageLate,
                    Some("reported_on"),
                    &round.report_by.to_string(),
                );
            }
            let over = repaid.get(&head.key).copied().unwrap_or(0) - unused;
            if over > 0 {
                let (rule, column) = (Rule::RepaymentOverUnused, Some("unused"));
                findings.amount(at, rule, Severity::Warning, column, over);
            }
            if round.recipient_kind == RecipientKind::Ngo
                && comment.as_deref().is_some_and(names_forbidden_cost)
            {
                findings.row(at, Rule::ForbiddenCost, Some("comment"), "");
            }
        }
        if !basis.ledger.claims.is_empty() {
            let after = after(rows, &basis.ledger);
            let places = rows
                .iter()
                .map(|row| (place(&row.head), row.head.key.clone()));
            check_claimed(places, &basis.ledger, &after, findings);
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, SentReport)>) -> Result<(), DbErr> {
        let (mut models, mut lines, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        for (row_id, fact) in facts {
            let used = AREAS.iter().zip(fact.used);
            let used = used.filter(|(_, amount)| *amount != Sek::ZERO);
            lines.extend(used.map(|((_, area), amount)| usage_line::Model {
                row_id,
                area: (*area).to_owned(),
                amount,
            }));
            models.push(usage_report::Model {
                row_id,
                ..fact.model
            });
            texts.push(fact.comment);
        }
        for (model, id) in models.iter_mut().zip(writer.keep_texts(texts).await?) {
            model.comment_id = id;
        }
        writer.insert_all::<usage_report::Entity, _>(models).await?;
        writer.insert_all::<usage_line::Entity, _>(lines).await
    }
}

/// The ledger as it will be once the reports count.
fn after(rows: &[Row<SentReport>], before: &Ledger) -> Ledger {
    let mut after = before.clone();
    for row in rows {
        match &row.fact {
            Some(report) => {
                let used = report.used.iter().map(|amount| i128::from(amount.ore()));
                let reported = Reported {
                    used: used.sum(),
                    unused: report.model.unused_amount,
                };
                after.reports.insert(row.head.key.clone(), reported)
            }
            None => after.reports.remove(&row.head.key),
        };
    }
    after
}

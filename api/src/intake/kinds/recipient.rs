//! Recipients: who can receive money, with validity in time.

use std::collections::{HashMap, HashSet};

use entity::{CountyCode, Kind, RecipientCode, RecipientKind, recipient};
use sea_orm::DbErr;

use super::Intake;
use crate::intake::basis::{Basis, Validity};
use crate::intake::batch::Form;
use crate::intake::check::{self, facts, place};
use crate::intake::collation::sort_key;
use crate::intake::column::{CodeOf, Column, Holds, RECIPIENT_KINDS};
use crate::intake::finding::Findings;
use crate::intake::keeper::register_keeper;
use crate::intake::row::{Misread, Row, Values};
use crate::intake::rule::Rule;
use crate::intake::values::Value;
use crate::store::Writer;

/// The kind `recipients`.
pub(crate) struct Recipients;

/// A recipient as a row tells it.
pub(crate) struct Told {
    model: recipient::Model,
    /// Whether the row says if the location is protected.
    says_location: bool,
}

impl Form for Recipients {
    type Fact = Told;
    const KIND: Kind = Kind::Recipients;
    const COLUMNS: &'static [Column] = &[
        Column::required("code", &["kod"], Holds::Code(CodeOf::NewRecipient)).key(),
        Column::optional("valid_from", &["giltig_från"], Holds::Date).key(),
        Column::required("kind", &["typ"], Holds::Choice(RECIPIENT_KINDS)),
        Column::required("name", &["namn"], Holds::Text),
        Column::optional("county_code", &["länskod"], Holds::Code(CodeOf::County)),
        Column::optional(
            "municipality_code",
            &["kommunkod"],
            Holds::Code(CodeOf::Any),
        ),
        Column::optional(
            "organisation_number",
            &["organisationsnummer"],
            Holds::Code(CodeOf::OrganisationNumber),
        ),
        Column::optional("valid_to", &["giltig_till"], Holds::Date),
        Column::optional("protected_location", &["skyddad_plats"], Holds::Flag),
    ];

    /// A municipality lies in itself, and a location is not protected unless the file says so.
    fn complete(values: &mut Values) {
        values.default("protected_location", Value::Flag(false));
        if values
            .text("kind")
            .is_ok_and(|kind| kind == RecipientKind::Municipality.code())
            && let Ok(code) = values.text("code")
        {
            values.default("municipality_code", Value::Text(code.into()));
        }
    }

    fn fact(values: &Values) -> Result<Told, Misread> {
        let name = values.text("name")?;
        let model = recipient::Model {
            row_id: 0,
            code: values.code("code", RecipientCode::parse)?,
            valid_from: values.date_or_none("valid_from")?,
            valid_to: values.date_or_none("valid_to")?,
            kind: values.choice("kind", RecipientKind::of)?,
            sort_key: sort_key(&name),
            name,
            county_code: values.code_or_none("county_code", CountyCode::parse)?,
            municipality_code: values.text_or_none("municipality_code")?,
            organisation_number: values.text_or_none("organisation_number")?,
            protected_location: values.flag("protected_location")?.unwrap_or(false),
        };
        Ok(Told {
            model,
            says_location: !values.is_filled("protected_location"),
        })
    }
}

impl Intake for Recipients {
    fn check(rows: &[Row<Told>], basis: &Basis, findings: &mut Findings) {
        register_keeper(rows, basis, findings);
        let after = after(rows, basis);
        protection(rows, basis, &after, findings);
        let periods = periods_of(after);
        for (head, Told { model: fact, .. }) in facts(rows) {
            let at = place(head);
            if !form_fits(fact.kind, &fact.code) {
                let detail = (
                    "Koden passar inte mottagartypen.",
                    "The code does not fit the kind of recipient.",
                );
                findings.detailed(
                    at,
                    Rule::UnknownValue,
                    Rule::UnknownValue.severity(),
                    Some("code"),
                    detail,
                );
            }
            if let Some(county) = &fact.county_code
                && !basis.register.counties.contains(county)
            {
                findings.row(at, Rule::UnknownCode, Some("county_code"), county.as_str());
            }
            if let Some(code) = &fact.municipality_code
                && !is_municipality(code, rows, basis)
            {
                findings.row(at, Rule::UnknownCode, Some("municipality_code"), code);
            }
            let own = validity(fact);
            let periods = periods.get(&fact.code).into_iter().flatten();
            check::validity(at, own, periods, ["valid_from", "valid_to"], findings);
        }
    }

    async fn keep(writer: &Writer, facts: Vec<(i64, Told)>) -> Result<(), DbErr> {
        let models = facts
            .into_iter()
            .map(|(row_id, told)| recipient::Model {
                row_id,
                ..told.model
            })
            .collect();
        writer.insert_all::<recipient::Entity, _>(models).await
    }
}

fn validity(fact: &recipient::Model) -> Validity {
    Validity {
        from: fact.valid_from,
        to: fact.valid_to,
    }
}

/// The natural key of a period.
fn key_of(fact: &recipient::Model) -> String {
    format!(
        "{}|{}",
        fact.code,
        fact.valid_from
            .map(|day| day.to_string())
            .unwrap_or_default()
    )
}

/// What counts by natural key once the rows do.
fn after<'a>(rows: &'a [Row<Told>], basis: &'a Basis) -> HashMap<String, &'a recipient::Model> {
    let mut after: HashMap<String, &recipient::Model> = HashMap::new();
    for fact in basis.register.recipients.values().flatten() {
        after.insert(key_of(fact), fact);
    }
    for row in rows {
        match &row.fact {
            Some(told) => after.insert(row.head.key.clone(), &told.model),
            None => after.remove(&row.head.key),
        };
    }
    after
}

/// The periods of each code.
fn periods_of(
    after: HashMap<String, &recipient::Model>,
) -> HashMap<RecipientCode, Vec<(String, Validity)>> {
    let mut periods: HashMap<RecipientCode, Vec<(String, Validity)>> = HashMap::new();
    for (key, fact) in after {
        periods
            .entry(fact.code.clone())
            .or_default()
            .push((key, validity(fact)));
    }
    periods
}

/// Notes on rows that would open a protected location: without a word, or because they say so.
fn protection(
    rows: &[Row<Told>],
    basis: &Basis,
    after: &HashMap<String, &recipient::Model>,
    findings: &mut Findings,
) {
    let counting = || basis.register.recipients.values().flatten();
    let is_protected = |one: &&recipient::Model| one.protected_location;
    let before: HashSet<&RecipientCode> = counting()
        .filter(is_protected)
        .map(|one| &one.code)
        .collect();
    if before.is_empty() {
        return;
    }
    let still: HashSet<&RecipientCode> = after
        .values()
        .copied()
        .filter(is_protected)
        .map(|one| &one.code)
        .collect();
    let by_key: HashMap<String, &RecipientCode> =
        counting().map(|one| (key_of(one), &one.code)).collect();
    for row in rows {
        let told = row.fact.as_ref();
        let code = told.map(|told| &told.model.code);
        let Some(code) = code.or_else(|| by_key.get(&row.head.key).copied()) else {
            continue;
        };
        if !before.contains(code) {
            continue;
        }
        let rule = match told {
            Some(told) if !told.says_location => Rule::ProtectionLeftOut,
            _ if !still.contains(code) => Rule::ProtectionEnds,
            _ => continue,
        };
        findings.row(place(&row.head), rule, Some("protected_location"), "");
    }
}

fn is_municipality(code: &str, rows: &[Row<Told>], basis: &Basis) -> bool {
    let is = |fact: &recipient::Model| {
        fact.kind == RecipientKind::Municipality && fact.code.as_str() == code
    };
    basis.register.recipients.values().flatten().any(is)
        || facts(rows).any(|(_, told)| is(&told.model))
}

/// Whether a code has the form of its kind: four digits, `R` and two digits, ten digits, or an organisation's code.
fn form_fits(kind: RecipientKind, code: &RecipientCode) -> bool {
    let text = code.as_str();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match kind {
        RecipientKind::Municipality => digits && text.len() == 4,
        RecipientKind::Region => text.starts_with('R'),
        RecipientKind::Ngo => digits && text.len() == 10,
        RecipientKind::CountyBoard | RecipientKind::University | RecipientKind::Agency => {
            text.starts_with(|c: char| c.is_ascii_lowercase())
        }
    }
}

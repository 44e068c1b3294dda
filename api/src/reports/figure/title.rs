//! Titles and sentences of figures in both languages, with the names of their groups.

use analytics::figure::{Absent, Rate, RecipientKind};
use chrono::NaiveDate;
use entity::RegistryNumber;

use super::definition::Definition;
use super::key::{FigureKey, GroupKind};
use super::plan::STATES;
use super::query::absent_code;
use super::value::Value;
use super::{Figure, Language};
use crate::reports::{label_sv, stored};
use crate::store::Catalogue;

/// The title of a figure: its definition's, and what it is of.
pub(super) fn title(
    catalogue: &Catalogue,
    definition: &Definition,
    assignment: &RegistryNumber,
    key: &FigureKey,
    language: Language,
) -> String {
    let mut parts = vec![language.of(definition.title).to_owned()];
    if let Some(kind) = key.kind {
        parts.push(kind_label(kind, key.year, language).to_lowercase());
    }
    if definition.takes.year {
        let all = language.of(["alla år", "all years"]);
        parts.push(key.year.map_or(all.to_owned(), |year| year.to_string()));
    }
    let groups = key.groups.iter();
    parts.extend(groups.map(|group| label(catalogue, assignment, group, language)));
    parts.join(", ")
}

/// The name of a kind of recipient in a year.
pub(crate) fn kind_label(
    kind: RecipientKind,
    year: Option<i32>,
    language: Language,
) -> &'static str {
    match (language, kind) {
        (Language::Swedish, kind) => label_sv(stored(kind), year),
        (_, RecipientKind::Municipality) => "Municipalities",
        (_, RecipientKind::Region) if matches!(year, Some(..2019)) => "County councils",
        (_, RecipientKind::Region) => "Regions",
        (_, RecipientKind::Ngo) => "Non-profit organisations",
        (_, RecipientKind::CountyBoard) => "County administrative boards",
        (_, RecipientKind::University) => "Universities",
        (_, RecipientKind::Agency) => "Agencies",
    }
}

/// The name of a group; the decisions' own words are Swedish in both languages.
pub(crate) fn label(
    catalogue: &Catalogue,
    assignment: &RegistryNumber,
    (kind, code): &(GroupKind, String),
    language: Language,
) -> String {
    let item = |list: &str| {
        let found = catalogue.item(list, code)?;
        let english = found
            .title_en
            .as_ref()
            .filter(|_| language == Language::English);
        Some(english.unwrap_or(&found.title).clone())
    };
    let absent = Absent::ALL.into_iter();
    let mut absent = absent.filter(|absent| absent_code(*absent) == code);
    let found = match kind {
        GroupKind::Version => Some(format!(
            "{} {code}",
            language.of(["planversion", "plan version"])
        )),
        GroupKind::Round => None,
        GroupKind::County => match absent.next() {
            Some(Absent::Protected) => Some(
                language
                    .of(["skyddad plats", "protected location"])
                    .to_owned(),
            ),
            Some(_) => Some(language.of(["utan län", "without county"]).to_owned()),
            None => catalogue.county(code).map(|one| one.name.clone()),
        },
        GroupKind::PopulationGroup => Some(match absent.next() {
            Some(_) => language
                .of(["utan befolkningsgrupp", "without population group"])
                .to_owned(),
            None => format!(
                "{} {code}",
                language.of(["befolkningsgrupp", "population group"])
            ),
        }),
        GroupKind::Recipient => {
            let code = entity::RecipientCode::parse(code).ok();
            let found = code.and_then(|code| catalogue.recipient(&code, NaiveDate::MAX));
            found.map(|one| one.name.clone())
        }
        GroupKind::UseArea => item("USE_AREA"),
        GroupKind::CostKind => item("COST_KIND"),
        GroupKind::MainActivity => {
            let mut own = catalogue.main_activities.iter();
            let found = own.find(|one| one.assignment == *assignment && one.number == *code);
            let word = language.of(["huvudaktivitet", "main activity"]);
            Some(found.map_or_else(
                || format!("{word} {code}"),
                |one| format!("{word} {code} {}", one.title),
            ))
        }
        GroupKind::Form => catalogue.form(code).map(|one| one.title.clone()),
        GroupKind::Organisation => catalogue.organisation(code).map(|one| one.name.clone()),
        GroupKind::DevelopmentArea => {
            let mut own = catalogue.goals.iter();
            let found = own.find(|one| one.assignment == *assignment && one.code == *code);
            found.map(|one| one.title.clone())
        }
        GroupKind::State => {
            let found = STATES.iter().find(|(_, word, _)| *word == code);
            found.map(|(_, _, titles)| language.of(*titles).to_owned())
        }
        GroupKind::FromYear => Some(format!("{} {code}", language.of(["från", "from"]))),
        GroupKind::Indicator => {
            let code = entity::IndicatorCode::parse(code).ok();
            let found = code.and_then(|code| catalogue.indicator(&code).last());
            found.map(|one| {
                let english = one
                    .name_en
                    .as_ref()
                    .filter(|_| language == Language::English);
                english.unwrap_or(&one.name_sv).clone()
            })
        }
        GroupKind::Measure => measure_label(code, language).map(str::to_owned),
    };
    found.unwrap_or_else(|| code.clone())
}

/// The name of a published measure that we know.
fn measure_label(measure: &str, language: Language) -> Option<&'static str> {
    let both = match measure {
        "municipalities_requisitioned" => [
            "kommuner som har rekvirerat",
            "municipalities that requisitioned",
        ],
        "municipal_fund_usage_rate" => [
            "kommunernas nyttjandegrad",
            "usage rate of the municipalities",
        ],
        "municipalities_total" => ["kommuner", "municipalities"],
        "population_total" => ["befolkning", "population"],
        "municipality_minimum_amount" => [
            "lägsta belopp till en kommun",
            "lowest amount of a municipality",
        ],
        "web_course_users" => ["användare av webbkursen", "users of the web course"],
        _ => return None,
    };
    Some(language.of(both))
}

/// Why there is no value, in words.
pub(crate) const fn absent_label(absent: Absent, language: Language) -> &'static str {
    match (absent, language) {
        (Absent::NotDue, Language::Swedish) => "inte förfallen ännu",
        (Absent::NotDue, Language::English) => "not due yet",
        (Absent::NotReported, Language::Swedish) => "inte redovisad",
        (Absent::NotReported, Language::English) => "not reported",
        (Absent::NotApplicable, Language::Swedish) => "inte tillämplig",
        (Absent::NotApplicable, Language::English) => "not applicable",
        (Absent::NotAvailable, Language::Swedish) => "inte tillgänglig",
        (Absent::NotAvailable, Language::English) => "not available",
        (Absent::NothingToDivide, Language::Swedish) => "inget att dela med",
        (Absent::NothingToDivide, Language::English) => "nothing to divide by",
        (Absent::NotComparable, Language::Swedish) => "inte jämförbar",
        (Absent::NotComparable, Language::English) => "not comparable",
        (Absent::Suppressed, Language::Swedish) => "undertryckt, litet antal",
        (Absent::Suppressed, Language::English) => "suppressed, small number",
        (Absent::Protected, Language::Swedish) => "skyddad plats",
        (Absent::Protected, Language::English) => "protected location",
    }
}

/// A figure in one sentence: title, value, and what stands behind a rate.
pub(super) fn sentence(figure: &Figure, language: Language) -> String {
    let title = language.of([&figure.title[0], &figure.title[1]]);
    let value = match figure.value.number() {
        Ok(value) => {
            let label = figure.unit.label(language);
            let label = if label == language.of(["antal", "count"])
                || label == language.of(["tal", "number"])
            {
                String::new()
            } else {
                format!(" {label}")
            };
            format!("{}{label}", figure.unit.shown(value, language))
        }
        Err(absent) => absent_label(absent, language).to_owned(),
    };
    let behind = match &figure.value {
        Value::Rate(rate) => behind(rate, language),
        Value::Quantity(_) => String::new(),
    };
    format!("{title}: {value}{behind}.")
}

fn behind(rate: &Rate, language: Language) -> String {
    let mut parts = Vec::new();
    if let (Some(numerator), Some(denominator)) = (rate.numerator, rate.denominator) {
        parts.push(format!(
            "{} / {}",
            exact(numerator, language),
            exact(denominator, language)
        ));
    }
    let of = language.of(["bakom värdet:", "behind the value:"]);
    let between = language.of(["av", "of"]);
    parts.push(format!("{of} {} {between} {}", rate.n, rate.of));
    for missing in &rate.missing {
        let reason = absent_label(missing.reason, language);
        parts.push(format!("{reason}: {}", missing.count));
    }
    format!(" ({})", parts.join("; "))
}

/// An exact number with all its decimals.
fn exact(value: rust_decimal::Decimal, language: Language) -> String {
    let unit = super::Unit::Count;
    if value.scale() == 0 {
        return unit.shown(value, language);
    }
    let text = value.to_string();
    let (_, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let whole = unit.shown(value.trunc(), language);
    let sign = if value.is_sign_negative() && value.trunc().is_zero() {
        "\u{2212}"
    } else {
        ""
    };
    format!("{sign}{whole}{}{fraction}", language.of([",", "."]))
}

//! The question in the schema's language that gives a figure: its text, its variables, its address, and where the figure
//! stands in the answer.

use analytics::figure::Absent;
use analytics::fund_usage::{EqualityMeasure, FundDimension};
use chrono::SecondsFormat;
use serde_json::{Map, Value as Json, json};

use super::administration::AdministrationFigure;
use super::allocation_key::KeyPath;
use super::definition::Of;
use super::key::{FigureKey, GroupKind};
use super::published::PublishedMeasure;
use super::value::Value;
use super::{Figure, Place, coverage, fund};
use crate::reports::stored;
use crate::store::{Basis, Dataset};

/// The question that gives a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureQuery {
    /// The document.
    pub graphql: String,
    /// Its variables.
    pub variables: Json,
    /// Where the figure stands in the answer's data, as a JSON pointer.
    pub path: String,
    /// Both as the address of a GET request to the service.
    pub url: String,
}

/// What is selected of a rate.
const RATE: &str = " { value absent numerator denominator n of missing { reason count } }";

/// A question while it is put together: fields from the root inwards, and the variables that they use.
#[derive(Default)]
struct Asked {
    fields: Vec<(String, Option<usize>)>,
    declared: Vec<&'static str>,
    variables: Map<String, Json>,
}

impl Asked {
    fn field(mut self, text: impl Into<String>) -> Self {
        self.fields.push((text.into(), None));
        self
    }

    /// A field that is a list, of which one item is meant.
    fn item(mut self, text: impl Into<String>, place: Option<usize>) -> Self {
        self.fields.push((text.into(), Some(place.unwrap_or(0))));
        self
    }

    fn variable(mut self, name: &str, declared: &'static str, value: Json) -> Self {
        self.declared.push(declared);
        self.variables.insert(name.to_owned(), value);
        self
    }
}

impl FigureQuery {
    pub(super) fn of(figure: &Figure, dataset: &Dataset) -> Self {
        let asked = match dataset.release_name() {
            // What is sealed is asked where it is sealed, whatever the store says of that time later.
            Some(release) => Asked::default()
                .field("dataset(release: $release, today: $today)")
                .variable("release", "$release: String!", json!(release)),
            None => Asked::default()
                .field("dataset(asOf: $asOf, today: $today, basis: $basis)")
                .variable(
                    "asOf",
                    "$asOf: DateTime!",
                    json!(dataset.as_of.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
                )
                .variable(
                    "basis",
                    "$basis: DatasetBasis!",
                    json!(match dataset.basis {
                        Basis::Accepted => "ACCEPTED",
                        Basis::AllReceived => "ALL_RECEIVED",
                    }),
                ),
        };
        let asked = asked.variable("today", "$today: Date!", json!(dataset.today.to_string()));
        let asked = match figure.definition.of {
            // Indicators are found by their own code.
            Of::Indicator(_) => asked,
            _ => asked.variable(
                "assignment",
                "$assignment: RegistryNumber!",
                json!(figure.assignment.as_str()),
            ),
        };
        let (key, place) = (&figure.key, figure.place);
        let asked = match &figure.definition.of {
            Of::Fund(of) => fields(fund_line(asked, key, place), of.fields),
            Of::UseArea(of) => fund_line(asked, key, place)
                .item("useAreas", place.part)
                .field(of.field),
            Of::Equality(of) => fields(equality(asked, key, of.measure), of.fields),
            Of::Administration(of) => administration(asked, of, place),
            Of::Coverage(of) => coverage_line(asked, key, place).field(of.field),
            Of::Plan(of) => plan(asked, key, place, of.field),
            Of::Indicator(of) => indicator(asked, key).field(of.field),
            Of::AllocationKey(of) => allocation_key(asked, key, of.path),
            Of::Published(measure) => asked
                .field("assignment(registryNumber: $assignment)")
                .item("publishedFigures", place.line)
                .field(match measure {
                    PublishedMeasure::Value => "value",
                    PublishedMeasure::Difference => "difference",
                }),
        };
        Self::written(asked, matches!(figure.value, Value::Rate(_)))
    }

    fn written(asked: Asked, is_rate: bool) -> Self {
        let leaf = if is_rate { RATE } else { "" };
        let (mut body, mut path) = (String::new(), String::new());
        let last = asked.fields.len().saturating_sub(1);
        for (depth, (field, item)) in asked.fields.iter().enumerate() {
            let name = field.split(['(', ' ']).next().unwrap_or_default();
            path.push('/');
            path.push_str(name);
            if let Some(item) = item {
                path.push_str(&format!("/{item}"));
            }
            body.push_str(&format!("{}{field}", "  ".repeat(depth + 1)));
            body.push_str(if depth == last { leaf } else { " {" });
            body.push('\n');
        }
        for depth in (0..last).rev() {
            body.push_str(&format!("{}}}\n", "  ".repeat(depth + 1)));
        }
        let graphql = format!("query Figure({}) {{\n{body}}}\n", asked.declared.join(", "));
        let variables = Json::Object(asked.variables);
        let url = format!(
            "/graphql?query={}&variables={}",
            encoded(&graphql),
            encoded(&variables.to_string())
        );
        Self {
            graphql,
            variables,
            path,
            url,
        }
    }
}

fn fields(asked: Asked, fields: &[&str]) -> Asked {
    fields
        .iter()
        .fold(asked, |asked, field| asked.field(*field))
}

/// A line of fund usage: the total of a filter, or, where a group has no code, the line itself.
fn fund_line(asked: Asked, key: &FigureKey, place: Place) -> Asked {
    let has_code = |(kind, code): &(GroupKind, String)| match kind {
        GroupKind::County | GroupKind::PopulationGroup => absent_of(code).is_none(),
        _ => true,
    };
    if key.groups.iter().all(has_code) {
        let mut filter = Map::new();
        if let Some(year) = key.year {
            filter.insert("grantYears".to_owned(), json!([year]));
        }
        if let Some(kind) = key.kind {
            filter.insert("recipientKinds".to_owned(), json!([stored(kind).code()]));
        }
        for (kind, code) in &key.groups {
            match kind {
                GroupKind::Round => filter.insert("rounds".to_owned(), json!([code])),
                GroupKind::County => filter.insert("counties".to_owned(), json!([code])),
                GroupKind::PopulationGroup => {
                    let group: i32 = code.parse().unwrap_or_default();
                    filter.insert("populationGroups".to_owned(), json!([group]))
                }
                GroupKind::Recipient => filter.insert("recipients".to_owned(), json!([code])),
                _ => None,
            };
        }
        return asked
            .variable("filter", "$filter: FundFilter", Json::Object(filter))
            .field("fundUsage(assignment: $assignment, filter: $filter)")
            .field("total");
    }
    let words = fund::dimensions(key).into_iter().map(|one| match one {
        FundDimension::GrantYear => "GRANT_YEAR",
        FundDimension::RecipientKind => "RECIPIENT_KIND",
        FundDimension::Round => "ROUND",
        FundDimension::County => "COUNTY",
        FundDimension::PopulationGroup => "POPULATION_GROUP",
        FundDimension::Recipient => "RECIPIENT",
    });
    let words: Vec<&str> = words.collect();
    asked
        .field(format!(
            "fundUsage(assignment: $assignment, groupBy: [{}])",
            words.join(", ")
        ))
        .item("rows", place.line)
}

fn equality(asked: Asked, key: &FigureKey, measure: EqualityMeasure) -> Asked {
    let measure = match measure {
        EqualityMeasure::UsageRate => "USAGE_RATE",
        EqualityMeasure::PaidPerInhabitant => "PAID_PER_INHABITANT",
        EqualityMeasure::PaidPerInhabitantAllEligible => "PAID_PER_INHABITANT_ALL_ELIGIBLE",
    };
    of_year_and_kind(asked, key).field(format!(
        "equality(assignment: $assignment, measure: {measure}, grantYear: $year, recipientKind: $kind, groupBy: [COUNTY])"
    ))
}

fn of_year_and_kind(asked: Asked, key: &FigureKey) -> Asked {
    let kind = key.kind.map(|kind| stored(kind).code());
    asked
        .variable("year", "$year: Int!", json!(key.year))
        .variable("kind", "$kind: RecipientKind!", json!(kind))
}

fn administration(asked: Asked, of: &AdministrationFigure, place: Place) -> Asked {
    let asked = asked
        .field("administrativeCosts(assignment: $assignment)")
        .item("years", place.line);
    match of {
        AdministrationFigure::Year(field, _) => asked.field(*field),
        AdministrationFigure::CostKind => asked.item("byCostKind", place.part).field("amount"),
        AdministrationFigure::Organisation => {
            asked.item("byOrganisation", place.part).field("amount")
        }
    }
}

fn coverage_line(asked: Asked, key: &FigureKey, place: Place) -> Asked {
    use analytics::coverage::CoverageDimension as Dimension;
    let words = coverage::dimensions(key).into_iter().map(|one| match one {
        Dimension::County => "COUNTY",
        Dimension::MainActivity => "MAIN_ACTIVITY",
        Dimension::MainActivityCode => "MAIN_ACTIVITY_CODE",
        Dimension::Form => "FORM",
        Dimension::Organisation => "ORGANISATION",
        Dimension::EventYear => "EVENT_YEAR",
        Dimension::PopulationGroup => "POPULATION_GROUP",
    });
    let words: Vec<&str> = words.collect();
    let kind = key.kind.map(|kind| stored(kind).code());
    let asked = asked
        .variable("kind", "$kind: RecipientKind!", json!(kind))
        .field(format!(
            "coverage(assignment: $assignment, recipientKind: $kind, groupBy: [{}])",
            words.join(", ")
        ));
    if words.is_empty() {
        asked.field("total")
    } else {
        asked.item("rows", place.line)
    }
}

fn plan(asked: Asked, key: &FigureKey, place: Place, field: &str) -> Asked {
    let version: Option<i64> = key
        .of(GroupKind::Version)
        .and_then(|code| code.parse().ok());
    let asked = asked
        .variable("version", "$version: Int!", json!(version))
        .field("activityPlan(assignment: $assignment, version: $version)");
    let dimension = key.groups.iter().find_map(|(kind, _)| match kind {
        GroupKind::Organisation => Some("ORGANISATION"),
        GroupKind::MainActivity => Some("MAIN_ACTIVITY"),
        GroupKind::DevelopmentArea => Some("DEVELOPMENT_AREA"),
        _ => None,
    });
    let asked = match dimension {
        None => asked.field("totalProgress"),
        Some(dimension) => asked
            .item(format!("progressBy(dimension: {dimension})"), place.line)
            .field("progress"),
    };
    match place.part {
        None => asked.field(field),
        state => asked.item("states", state).field(field),
    }
}

/// The change of one indicator over the whole country.
fn indicator(asked: Asked, key: &FigureKey) -> Asked {
    let from: Option<i32> = key
        .of(GroupKind::FromYear)
        .and_then(|year| year.parse().ok());
    of_year_and_kind(asked, key)
        .variable("from", "$from: Int!", json!(from))
        .variable(
            "indicator",
            "$indicator: IndicatorCode!",
            json!(key.of(GroupKind::Indicator)),
        )
        .item(
            "indicatorShift(indicators: [$indicator], fromYear: $from, toYear: $year, recipientKind: $kind)",
            None,
        )
        .item("rows", None)
}

fn allocation_key(asked: Asked, key: &FigureKey, path: KeyPath) -> Asked {
    let asked = of_year_and_kind(asked, key)
        .field("allocationKey(assignment: $assignment, recipientKind: $kind, year: $year)");
    match path {
        KeyPath::Field(field) => asked.field(field),
        KeyPath::Gini(place) => asked.item("equality", Some(place)).field("gini"),
    }
}

/// The code of a reason, as the schema has it.
#[must_use]
pub const fn absent_code(absent: Absent) -> &'static str {
    match absent {
        Absent::NotDue => "NOT_DUE",
        Absent::NotReported => "NOT_REPORTED",
        Absent::NotApplicable => "NOT_APPLICABLE",
        Absent::NotAvailable => "NOT_AVAILABLE",
        Absent::NothingToDivide => "NOTHING_TO_DIVIDE",
        Absent::NotComparable => "NOT_COMPARABLE",
        Absent::Suppressed => "SUPPRESSED",
        Absent::Protected => "PROTECTED",
    }
}

/// The reason with a code.
#[must_use]
pub fn absent_of(code: &str) -> Option<Absent> {
    Absent::ALL
        .into_iter()
        .find(|absent| absent_code(*absent) == code)
}

/// A text as part of an address.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

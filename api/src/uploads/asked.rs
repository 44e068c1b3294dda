//! What an upload's address says about the file; a parameter that is not known is refused by its name.

use axum::http::StatusCode;
use chrono::NaiveDate;
use entity::{Kind, Nature, OrganisationCode, RegistryNumber};
use serde_json::json;

use crate::http::{Code, Given, Problem};
use crate::service::submission::Mode;

/// The parameters, as docs/INTAKE.md lists them.
const NAMES: [&str; 9] = [
    "kind",
    "assignment",
    "organisation",
    "nature",
    "registeredOn",
    "planVersion",
    "decidedOn",
    "dryRun",
    "fileName",
];

/// Characters of a file's name, at most.
const LONGEST_NAME: usize = 200;

/// What is said about a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) kind: Kind,
    pub(super) assignment: Option<RegistryNumber>,
    pub(super) organisation: Option<OrganisationCode>,
    pub(super) nature: Nature,
    pub(super) registered_on: Option<NaiveDate>,
    pub(super) plan_version: Option<i64>,
    pub(super) decided_on: Option<NaiveDate>,
    pub(super) mode: Mode,
    pub(super) file_name: Option<String>,
}

impl Asked {
    /// Reads the part of an address behind the question mark.
    pub(super) fn read(query: &str) -> Result<Self, Problem> {
        let given = Given::read(query, &NAMES)?;
        let kind = given.text("kind").ok_or_else(|| {
            let message =
                "The parameter kind is missing: say what the rows are, such as kind=usage_reports.";
            Problem::new(StatusCode::BAD_REQUEST, Code::BadUserInput, message).about("kind")
        })?;
        Ok(Self {
            kind: Kind::of(kind).ok_or_else(|| {
                unknown(
                    "kind",
                    &format!("There is no kind {kind}: see docs/INTAKE.md."),
                )
            })?,
            assignment: given.parsed("assignment", "a registry number", |text| {
                RegistryNumber::parse(text).ok()
            })?,
            organisation: given.parsed("organisation", "the code of an organisation", |text| {
                OrganisationCode::parse(text).ok()
            })?,
            nature: given
                .parsed("nature", "REAL, SYNTHETIC or MIXED", |text| {
                    Nature::of(&text.to_uppercase())
                })?
                .unwrap_or(Nature::Real),
            registered_on: given.date("registeredOn")?,
            plan_version: given
                .parsed("planVersion", "a whole number", |text| text.parse().ok())?,
            decided_on: given.date("decidedOn")?,
            mode: given
                .parsed("dryRun", "true or false", mode)?
                .unwrap_or(Mode::Receive),
            file_name: given.parsed(
                "fileName",
                "a file's name without folders, of 200 characters at most, that are all seen and hold no personal identity number",
                name,
            )?,
        })
    }

    /// Everything that is said, in one form: two uploads are the same only if this and the bytes are.
    pub(super) fn canonical(&self) -> String {
        json!([
            self.kind.code(),
            self.assignment.as_ref().map(RegistryNumber::as_str),
            self.organisation.as_ref().map(OrganisationCode::as_str),
            self.nature.code(),
            self.registered_on.map(|day| day.to_string()),
            self.plan_version,
            self.decided_on.map(|day| day.to_string()),
            self.file_name,
        ])
        .to_string()
    }
}

/// A code that does not exist.
pub(super) fn unknown(parameter: &str, message: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, Code::UnknownCode, message).about(parameter)
}

fn mode(text: &str) -> Option<Mode> {
    match text {
        "true" => Some(Mode::DryRun),
        "false" => Some(Mode::Receive),
        _ => None,
    }
}

fn name(text: &str) -> Option<String> {
    let fits = !text.trim().is_empty()
        && text.chars().count() <= LONGEST_NAME
        && !text.contains(['/', '\\'])
        && entity::invisible(text).is_none()
        && !entity::file_name_holds_personal_number(text);
    fits.then(|| entity::file_name(text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_read_and_what_is_not_known_is_named() {
        let asked = Asked::read(
            "kind=usage_reports&assignment=S2016%2F00633%2FFST&registeredOn=2017-03-31&dryRun=true&fileName=a+b.csv",
        );
        let asked = asked.expect("an address");
        assert_eq!((asked.kind, asked.mode), (Kind::UsageReports, Mode::DryRun));
        assert_eq!(asked.file_name.as_deref(), Some("a b.csv"));
        assert_eq!(asked.nature, Nature::Real);
        for (query, parameter) in [
            ("kind=usage_reports&dryrun=true", "dryrun"),
            ("", "kind"),
            ("kind=usage", "kind"),
            ("kind=usage_reports&nature=fake", "nature"),
            ("kind=usage_reports&registeredOn=2017-3-31", "registeredOn"),
            ("kind=usage_reports&planVersion=one", "planVersion"),
            ("kind=usage_reports&dryRun=yes", "dryRun"),
            ("kind=usage_reports&fileName=..%2Fa.csv", "fileName"),
            ("kind=usage_reports&fileName=121212_1212.csv", "fileName"),
            (
                "kind=usage_reports&fileName=akt+1912.12.12-1212.csv",
                "fileName",
            ),
            ("kind=usage_reports&fileName=a%E2%80%AEvsc.csv", "fileName"),
            ("kind=usage_reports&fileName=a%C2%AD.csv", "fileName"),
            ("kind=usage_reports&organisation=Not+A+Code", "organisation"),
        ] {
            let refused = Asked::read(query).expect_err(query);
            assert_eq!(refused.argument(), Some(parameter), "{query}");
            assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
        }
    }
}

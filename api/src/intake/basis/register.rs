//! Codes that rows refer to, and when they are valid.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};
use entity::{
    COUNTY_BOARDS, CountyCode, OrganisationCode, RecipientCode, RecipientKind, RegistryNumber,
    RoundCode, assignment, county, main_activity, organisation, programme, recipient, role, round,
    support_form,
};
use sea_orm::{ConnectionTrait, DbErr};

use crate::kept::Weighed;
use crate::store::{Dataset, facts};

/// A period in which a code is valid; no day = without bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

impl Validity {
    /// Whether it holds on some day of a year.
    #[must_use]
    pub fn touches(self, year: i32) -> bool {
        self.from.is_none_or(|from| from.year() <= year)
            && self.to.is_none_or(|to| to.year() >= year)
    }

    /// Whether two periods share a day.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let starts_before_end = |a: Self, b: Self| match (a.from, b.to) {
            (Some(from), Some(to)) => from <= to,
            _ => true,
        };
        starts_before_end(self, other) && starts_before_end(other, self)
    }
}

/// The role of those who are sent a copy of the decision, and have nothing to do.
const COPY_RECIPIENT: &str = "COPY_RECIPIENT";

/// All registers as they count.
#[derive(Debug, Default)]
pub struct Register {
    /// Assignments by main number.
    pub assignments: HashMap<RegistryNumber, assignment::Model>,
    /// Organisations by code, every period.
    pub organisations: HashMap<OrganisationCode, Vec<organisation::Model>>,
    /// County codes.
    pub counties: HashSet<CountyCode>,
    /// Recipients by code, every period.
    pub recipients: HashMap<RecipientCode, Vec<recipient::Model>>,
    /// Programmes.
    pub programmes: Vec<programme::Model>,
    /// Rounds by code.
    pub rounds: HashMap<RoundCode, round::Model>,
    /// Forms of support: their Swedish titles by code.
    pub forms: HashMap<String, String>,
    /// Main activities: assignment and number.
    pub main_activities: HashSet<(RegistryNumber, String)>,
    /// Who has a part in which assignment: a role that is more than a copy of the decision.
    pub parts: HashSet<(RegistryNumber, OrganisationCode)>,
}

/// Bytes of a recipient, an organisation or a round with its texts, roughly.
const BYTES_OF_ONE: usize = 600;

impl Weighed for Register {
    fn bytes(&self) -> usize {
        let periods = self.recipients.values().map(Vec::len).sum::<usize>();
        (periods + self.organisations.len() + self.rounds.len()) * BYTES_OF_ONE
    }
}

impl Register {
    /// Reads the registers of a dataset.
    pub(crate) async fn load(db: &impl ConnectionTrait, dataset: &Dataset) -> Result<Self, DbErr> {
        let mut recipients: HashMap<RecipientCode, Vec<recipient::Model>> = HashMap::new();
        for one in facts::all::<recipient::Entity>(db, dataset).await? {
            recipients.entry(one.code.clone()).or_default().push(one);
        }
        let assignments = facts::all::<assignment::Entity>(db, dataset).await?;
        let organisations = facts::all::<organisation::Entity>(db, dataset).await?;
        let counties = facts::all::<county::Entity>(db, dataset).await?;
        let rounds = facts::all::<round::Entity>(db, dataset).await?;
        let forms = facts::all::<support_form::Entity>(db, dataset).await?;
        let main_activities = facts::all::<main_activity::Entity>(db, dataset).await?;
        let mut roles = facts::all::<role::Entity>(db, dataset).await?;
        roles.retain(|one| one.role != COPY_RECIPIENT);
        Ok(Self {
            assignments: assignments
                .into_iter()
                .map(|one| (one.code.clone(), one))
                .collect(),
            organisations: organisations
                .into_iter()
                .fold(HashMap::new(), |mut all, one| {
                    all.entry(one.code.clone())
                        .or_insert_with(Vec::new)
                        .push(one);
                    all
                }),
            counties: counties.into_iter().map(|one| one.code).collect(),
            recipients,
            programmes: facts::all::<programme::Entity>(db, dataset).await?,
            rounds: rounds
                .into_iter()
                .map(|one| (one.code.clone(), one))
                .collect(),
            forms: forms.into_iter().map(|one| (one.code, one.title)).collect(),
            main_activities: main_activities
                .into_iter()
                .map(|one| (one.assignment, one.number))
                .collect(),
            parts: roles
                .into_iter()
                .map(|one| (one.assignment, one.organisation_code))
                .collect(),
        })
    }

    /// The kind of a recipient that is valid on some day of a year.
    #[must_use]
    pub fn recipient_kind(&self, code: &RecipientCode, year: i32) -> Option<RecipientKind> {
        let periods = self.recipients.get(code)?;
        let valid = |one: &&recipient::Model| {
            Validity {
                from: one.valid_from,
                to: one.valid_to,
            }
            .touches(year)
        };
        periods.iter().find(valid).map(|one| one.kind)
    }

    /// What kind of area a county or a recipient is that is valid on some day of a year.
    #[must_use]
    pub fn area(&self, code: &str, year: i32) -> Option<&'static str> {
        if CountyCode::parse(code).is_ok_and(|county| self.counties.contains(&county)) {
            return Some("COUNTY");
        }
        let code = RecipientCode::parse(code).ok()?;
        self.recipient_kind(&code, year).map(RecipientKind::code)
    }

    /// Whether an organisation is a county administrative board.
    #[must_use]
    pub fn is_county_board(&self, code: &OrganisationCode) -> bool {
        let known = self.organisations.get(code);
        let latest = known.and_then(|periods| periods.last());
        latest.is_some_and(|one| one.kind == "COUNTY_BOARD")
    }

    /// Whether an organisation has a part in an assignment: by a role of its own or of the county boards together, or as
    /// its evaluator.
    #[must_use]
    pub fn has_part(&self, code: &OrganisationCode, assignment: &RegistryNumber) -> bool {
        let has = |one: OrganisationCode| self.parts.contains(&(assignment.clone(), one));
        let together = || OrganisationCode::parse(COUNTY_BOARDS).is_ok_and(has);
        let evaluates = || {
            let found = self.assignments.get(assignment);
            found.is_some_and(|one| one.evaluator.as_ref() == Some(code))
        };
        has(code.clone()) || (self.is_county_board(code) && together()) || evaluates()
    }

    /// Whether an organisation is valid on some day of some years.
    #[must_use]
    pub fn has_organisation_within(&self, code: &OrganisationCode, first: i32, last: i32) -> bool {
        let valid = |one: &organisation::Model| {
            one.valid_from.is_none_or(|from| from.year() <= last)
                && one.valid_to.is_none_or(|to| to.year() >= first)
        };
        self.organisations
            .get(code)
            .is_some_and(|periods| periods.iter().any(valid))
    }

    /// Whether an organisation is valid on some day of a year.
    #[must_use]
    pub fn has_organisation(&self, code: &OrganisationCode, year: i32) -> bool {
        let valid = |one: &organisation::Model| {
            Validity {
                from: one.valid_from,
                to: one.valid_to,
            }
            .touches(year)
        };
        self.organisations
            .get(code)
            .is_some_and(|periods| periods.iter().any(valid))
    }
}

//! A template before it is written: columns, prepared rows, lists, for one kind, one round and one viewer.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use entity::{Kind, OrganisationCode, RecipientCode, RoundCode, round};
use rust_xlsxwriter::XlsxError;

use super::lists::{List, Shelf};
use super::position::{Position, positions};
use super::rows::{self, Filled, Shown};
use crate::intake::{CodeOf, Holds, Sender, columns_sent};
use crate::policy::{Action, Reach, Role, Viewer};
use crate::reports::{self, Reports};
use crate::store::funds::Funds;
use crate::store::{Catalogue, Dataset, committed_at};

/// Why there is no template.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such kind, or no organisation sends it.
    #[error("there is no template {0}: see docs/INTAKE.md for the kinds that organisations send")]
    UnknownKind(String),
    /// There is no such round.
    #[error("the round {0} does not exist")]
    UnknownRound(String),
    /// The kind's rows belong to no round.
    #[error("{0} belong to no round: leave it out")]
    NoRounds(&'static str),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] reports::Error),
    /// The workbook could not be written: a mistake in the program.
    #[error("the workbook could not be written")]
    Written(#[from] XlsxError),
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// What a template holds.
#[derive(Debug)]
pub struct Template {
    pub(super) kind: Kind,
    pub(super) shown: Vec<Shown>,
    pub(super) rows: Vec<Vec<Filled>>,
    pub(super) lists: Vec<List>,
    pub(super) round: Option<RoundShown>,
    /// Name of the organisation whose rows are prepared.
    pub(super) organisation: Option<String>,
    /// Whether a synthetic row is behind what stands beside the rows.
    pub(super) synthetic: bool,
    /// When the dataset was committed; none where nothing counts yet.
    pub(super) made: Option<entity::Moment>,
}

/// A round with its names.
#[derive(Debug)]
pub(super) struct RoundShown {
    pub(super) round: round::Model,
    pub(super) programme: String,
    pub(super) assignment: String,
}

impl Template {
    /// The template of a kind for a viewer, as the registers and the money of a dataset say.
    ///
    /// # Errors
    /// The kind or the round does not exist, or the database fails.
    pub async fn of(
        reports: &Reports,
        dataset: &Dataset,
        kind: &str,
        round: Option<&str>,
        viewer: &Viewer,
    ) -> Result<Self, Error> {
        let unknown = || Error::UnknownKind(kind.to_owned());
        let kind = Kind::of(kind).ok_or_else(unknown)?;
        let asked = columns_sent(kind).ok_or_else(unknown)?;
        let catalogue = reports.catalogue(dataset).await?;
        let has_rounds = asked
            .iter()
            .any(|column| matches!(column.holds, Holds::Code(CodeOf::Round)));
        let round = match round {
            Some(_) if !has_rounds => return Err(Error::NoRounds(kind.code())),
            Some(code) => Some(round_of(&catalogue, code)?),
            None => None,
        };
        let sender = sender(viewer, &catalogue);
        let shelf = Shelf {
            kind,
            catalogue: &catalogue,
            round,
            sender: sender.as_ref(),
            today: dataset.today,
        };
        let shown = rows::columns(kind, &shelf, &asked);
        let (rows, synthetic) = match (round, &sender) {
            (Some(round), Some(_)) => {
                let codes = std::slice::from_ref(&round.code);
                let funds = Funds::load(reports.store(), dataset, codes, None).await?;
                let money = funds.round(&round.code).cloned().unwrap_or_default();
                let positions = positions(&money, &catalogue);
                let recipients = rows::recipients(kind, &shelf, &positions);
                let synthetic = is_synthetic(&recipients, &positions);
                (
                    rows::of_recipients(&shelf, &shown, &recipients, &positions),
                    synthetic,
                )
            }
            (None, Some(_)) if kind == Kind::AdministrativeCosts => {
                (rows::of_costs(&shelf, &shown), false)
            }
            _ => (Vec::new(), false),
        };
        let lists = asked.iter().filter_map(|column| shelf.list(column));
        let round = round.map(|round| RoundShown {
            programme: shelf.programme(&round.programme),
            assignment: catalogue
                .assignment(&round.assignment)
                .map(|assignment| assignment.title.clone())
                .unwrap_or_default(),
            round: round.clone(),
        });
        let organisation = viewer.organisation.as_ref().filter(|_| sender.is_some());
        Ok(Self {
            kind,
            lists: lists.filter(|list| !list.items.is_empty()).collect(),
            shown,
            rows,
            round,
            organisation: organisation.map(|code| name_of(&catalogue, code, dataset.today)),
            synthetic,
            made: committed_at(reports.store(), dataset.version).await?,
        })
    }

    /// The name of the file.
    #[must_use]
    pub fn file_name(&self) -> String {
        let plain = |code: &RoundCode| -> String {
            let fits = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
            let kept = code.as_str().chars();
            kept.map(|letter| if fits(letter) { letter } else { '_' })
                .collect()
        };
        match &self.round {
            Some(shown) => format!("{}-{}.xlsx", self.kind.code(), plain(&shown.round.code)),
            None => format!("{}.xlsx", self.kind.code()),
        }
    }
}

fn round_of<'a>(catalogue: &'a Catalogue, code: &str) -> Result<&'a round::Model, Error> {
    let parsed = RoundCode::parse(code).ok();
    parsed
        .and_then(|code| catalogue.round(&code))
        .ok_or_else(|| Error::UnknownRound(code.to_owned()))
}

/// Whose rows the viewer may send; none for those who send nothing.
fn sender(viewer: &Viewer, catalogue: &Catalogue) -> Option<Sender> {
    let organisation = viewer.organisation.clone()?;
    if viewer.reach(Action::Submit) == Reach::Nothing {
        return None;
    }
    let coordinated: HashSet<_> = match viewer.role {
        Role::Coordinator => {
            let assignments = catalogue.assignments.iter();
            let own = assignments.filter(|one| one.coordinator == organisation);
            own.map(|one| one.code.clone()).collect()
        }
        _ => HashSet::new(),
    };
    let known = catalogue.organisation(organisation.as_str());
    let is_county_board = known.is_some_and(|one| one.kind == "COUNTY_BOARD");
    Some(Sender::new(organisation, coordinated, is_county_board))
}

/// The name of an organisation, or of a recipient that reports for itself.
fn name_of(catalogue: &Catalogue, code: &OrganisationCode, today: NaiveDate) -> String {
    if let Some(organisation) = catalogue.organisation(code.as_str()) {
        return organisation.name.clone();
    }
    let recipient = RecipientCode::parse(code.as_str()).ok();
    let recipient = recipient.and_then(|code| catalogue.recipient(&code, today));
    recipient.map_or_else(|| code.to_string(), |one| one.name.clone())
}

fn is_synthetic(
    recipients: &[(String, String)],
    positions: &BTreeMap<RecipientCode, Position>,
) -> bool {
    let of = |code: &String| {
        let code = RecipientCode::parse(code).ok()?;
        positions.get(&code)
    };
    recipients
        .iter()
        .filter_map(|(code, _)| of(code))
        .any(|position| position.synthetic)
}

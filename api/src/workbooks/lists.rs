//! Codes that a column may refer to, with their names: what drop-down lists offer.

use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};
use entity::{Kind, RecipientKind, round};

use super::write::allowed;
use crate::intake::{CodeOf, Column, Holds, Sender, Validity};
use crate::store::Catalogue;

/// The role of those who receive requisitions and pay: a code of the list ROLE.
const FUND_DISTRIBUTOR: &str = "FUND_DISTRIBUTOR";

/// Codes with their names, in the order of a reader.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct List {
    /// The canonical name of the column that it is for.
    pub(super) column: &'static str,
    /// Code and name.
    pub(super) items: Vec<(String, String)>,
}

/// What lists are made from.
pub(super) struct Shelf<'a> {
    pub(super) kind: Kind,
    pub(super) catalogue: &'a Catalogue,
    pub(super) round: Option<&'a round::Model>,
    /// Whose rows are filled in; none for the public.
    pub(super) sender: Option<&'a Sender>,
    pub(super) today: NaiveDate,
}

/// Whether the words of a closed list are few enough to stand in the rule of a cell, and none would be cut there.
fn within_a_rule(choices: &[(&'static str, &'static str)]) -> bool {
    const MOST: usize = 255;
    let words = allowed(choices);
    let letters = words.iter().map(|word| word.chars().count() + 1);
    letters.sum::<usize>() <= MOST && !words.iter().any(|word| word.contains(','))
}

impl Shelf<'_> {
    /// The list of a column; none where any value may stand there.
    pub(super) fn list(&self, column: &Column) -> Option<List> {
        let items = match (column.holds, column.name) {
            (Holds::Code(CodeOf::Recipient), _) => self.own_recipients(),
            (Holds::Code(CodeOf::Round), _) => self.rounds(),
            (Holds::Code(CodeOf::County), _) => self.counties(),
            (Holds::Code(CodeOf::Organisation), _) => self.own_organisations(),
            (Holds::Code(CodeOf::Assignment), _) => self.assignments(),
            (_, "municipality_code") => self.recipients(&[RecipientKind::Municipality], None),
            (_, "programme") => self.programmes(),
            (_, "form") => self.forms(),
            (_, "main_activity") => self.main_activities(),
            (_, "goal") => self.goals(),
            (Holds::Codes, "reached") => self.recipients(RecipientKind::ALL, None),
            (Holds::Codes, "responsible") => self.organisations(),
            (Holds::Choice(choices), _) if !within_a_rule(choices) => {
                let words = allowed(choices).into_iter().zip(choices);
                let item = |(word, (code, _)): (&str, &(&str, &str))| {
                    (word.to_owned(), (*code).to_owned())
                };
                words.map(item).collect()
            }
            _ => return None,
        };
        Some(List {
            column: column.name,
            items,
        })
    }

    fn year(&self) -> i32 {
        let of_round = self.round.and_then(|round| i32::try_from(round.year).ok());
        of_round.unwrap_or_else(|| self.today.year())
    }

    /// Recipients of some kinds that are valid on a day of the year, by name; once a code.
    pub(super) fn recipients(
        &self,
        kinds: &[RecipientKind],
        only: Option<&dyn Fn(&str) -> bool>,
    ) -> Vec<(String, String)> {
        let year = self.year();
        let mut seen = HashSet::new();
        let valid = self.catalogue.recipients.iter().filter(|one| {
            let validity = Validity {
                from: one.valid_from,
                to: one.valid_to,
            };
            kinds.contains(&one.kind)
                && validity.touches(year)
                && only.is_none_or(|only| only(one.code.as_str()))
        });
        let mut items = Vec::new();
        for one in valid {
            if seen.insert(&one.code) {
                items.push((one.code.to_string(), one.name.clone()));
            }
        }
        items
    }

    /// The recipients of the round that the sender may report for; everybody's for the public.
    pub(super) fn own_recipients(&self) -> Vec<(String, String)> {
        let own = |code: &str| {
            self.sender.is_none_or(|sender| match self.round {
                Some(round) => sender.may_report_for(Some(&round.assignment), code),
                None => sender.keeps_registers() || sender.may_report_for(None, code),
            })
        };
        match self.round {
            Some(round) => self.recipients(&[round.recipient_kind], Some(&own)),
            None if self.kind == Kind::Populations => {
                let with_inhabitants: Vec<_> = RecipientKind::ALL
                    .iter()
                    .copied()
                    .filter(|kind| kind.has_population())
                    .collect();
                self.recipients(&with_inhabitants, None)
            }
            None => self.recipients(RecipientKind::ALL, Some(&own)),
        }
    }

    /// Whether the sender coordinates the round's assignment.
    pub(super) fn coordinates(&self) -> bool {
        let round = self.round.zip(self.sender);
        round.is_some_and(|(round, sender)| sender.coordinates(&round.assignment))
    }

    fn rounds(&self) -> Vec<(String, String)> {
        let rounds = self.catalogue.rounds.iter();
        let rounds = rounds.filter(|one| self.round.is_none_or(|round| round.code == one.code));
        sorted(rounds.map(|one| (one.code.to_string(), self.programme(&one.programme))))
    }

    /// The title of a programme; its code where it is unknown.
    pub(super) fn programme(&self, code: &str) -> String {
        let programmes = &self.catalogue.programmes;
        let found = programmes.iter().find(|one| one.code == code);
        found.map_or_else(|| code.to_owned(), |one| one.title.clone())
    }

    fn organisations(&self) -> Vec<(String, String)> {
        let organisations = self.catalogue.organisations();
        sorted(organisations.map(|one| (one.code.to_string(), one.name.clone())))
    }

    /// The organisations that the sender may report for; everybody's for coordinators and the public.
    pub(super) fn own_organisations(&self) -> Vec<(String, String)> {
        let mut all = self.organisations();
        all.retain(|(code, _)| {
            self.sender
                .is_none_or(|sender| sender.keeps_registers() || sender.may_report_for(None, code))
        });
        all
    }

    /// The organisations whose costs are reported: the sender itself, and whoever hands out money in what it coordinates.
    pub(super) fn reporting_organisations(&self) -> Vec<(String, String)> {
        let Some(sender) = self.sender else {
            return Vec::new();
        };
        let hands_out = |code: &str| {
            let roles = self.catalogue.roles.iter();
            let mut own = roles.filter(|role| {
                role.organisation_code.as_str() == code && role.role == FUND_DISTRIBUTOR
            });
            own.any(|role| sender.coordinates(&role.assignment))
        };
        let mut all = self.organisations();
        all.retain(|(code, _)| sender.may_report_for(None, code) || hands_out(code));
        all
    }

    fn counties(&self) -> Vec<(String, String)> {
        let counties = self.catalogue.counties();
        sorted(counties.map(|one| (one.code.to_string(), one.name.clone())))
    }

    fn assignments(&self) -> Vec<(String, String)> {
        let assignments = self.catalogue.assignments.iter();
        sorted(assignments.map(|one| (one.code.to_string(), one.title.clone())))
    }

    fn programmes(&self) -> Vec<(String, String)> {
        let programmes = self.catalogue.programmes.iter();
        sorted(programmes.map(|one| (one.code.clone(), one.title.clone())))
    }

    fn forms(&self) -> Vec<(String, String)> {
        let forms = self.catalogue.forms();
        sorted(forms.map(|one| (one.code.clone(), one.title.clone())))
    }

    fn main_activities(&self) -> Vec<(String, String)> {
        let activities = self.catalogue.main_activities.iter();
        sorted(activities.map(|one| (one.number.clone(), one.title.clone())))
    }

    fn goals(&self) -> Vec<(String, String)> {
        let goals = self.catalogue.goals.iter();
        sorted(goals.map(|one| (one.code.clone(), one.title.clone())))
    }
}

/// By code, each once.
fn sorted(items: impl Iterator<Item = (String, String)>) -> Vec<(String, String)> {
    let mut items: Vec<_> = items.collect();
    items.sort();
    items.dedup_by(|a, b| a.0 == b.0);
    items
}

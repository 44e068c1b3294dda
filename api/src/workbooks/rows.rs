//! The columns and rows of a template: which own columns stand beside the kind's, and what is filled in already.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use entity::{ApplicationDecision, Kind, RecipientCode, RecipientKind, Sek};

use super::lists::Shelf;
use super::position::Position;
use crate::intake::{Column, Holds};

/// A column of a template.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shown {
    /// One of the kind's.
    Asked(&'static Column),
    /// A column beside them that intake passes over: its header begins with `flex_`.
    Beside(Beside),
}

/// What stands beside the kind's columns, to help the person who fills them in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beside {
    Name,
    Allocated,
    Requisitioned,
    WantsRedistribution,
    Applied,
    Decision,
    Granted,
    Paid,
    ReportedOn,
    Unused,
    Repaid,
}

/// What is filled into a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Filled {
    Blank,
    Text(String),
    Money(Sek),
    Date(NaiveDate),
}

impl Shown {
    /// The header: the first Swedish name, else the canonical one.
    pub(super) fn header(self) -> &'static str {
        match self {
            Self::Asked(column) => column.aliases.first().copied().unwrap_or(column.name),
            Self::Beside(beside) => beside.header(),
        }
    }
}

impl Beside {
    const fn header(self) -> &'static str {
        match self {
            Self::Name => "flex_namn",
            Self::Allocated => "flex_tilldelat",
            Self::Requisitioned => "flex_rekvirerat",
            Self::WantsRedistribution => "flex_önskar_omfördelning",
            Self::Applied => "flex_sökt",
            Self::Decision => "flex_beslut",
            Self::Granted => "flex_beviljat",
            Self::Paid => "flex_utbetalt",
            Self::ReportedOn => "flex_redovisat",
            Self::Unused => "flex_ej_använt",
            Self::Repaid => "flex_återbetalt",
        }
    }

    /// What it tells: Swedish, English.
    pub(super) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Name => (
                "Namn på mottagaren eller myndigheten",
                "Name of the recipient or organisation",
            ),
            Self::Allocated => (
                "Tilldelat enligt vad som gäller nu",
                "Allocated, as it counts now",
            ),
            Self::Requisitioned => ("Redan rekvirerat", "Requisitioned already"),
            Self::WantsRedistribution => (
                "Om mottagaren har önskat omfördelning",
                "Whether redistribution is wanted",
            ),
            Self::Applied => ("Redan sökt", "Applied for already"),
            Self::Decision => ("Beslut om ansökan", "Decision on the application"),
            Self::Granted => ("Beviljat", "Granted"),
            Self::Paid => ("Redan utbetalt", "Paid already"),
            Self::ReportedOn => (
                "Dagen för redovisningen, om den finns redan",
                "Day of the report, if there is one",
            ),
            Self::Unused => ("Redovisat som ej använt", "Reported as unused"),
            Self::Repaid => ("Redan återbetalt", "Repaid already"),
        }
    }

    /// How a number in it is shown; none for texts.
    pub(super) const fn number_format(self) -> Option<&'static str> {
        match self {
            Self::Name | Self::WantsRedistribution | Self::Decision => None,
            Self::ReportedOn => Some("yyyy-mm-dd"),
            _ => Some("#,##0.00"),
        }
    }

    /// What a recipient's cell says.
    fn of(self, name: &str, position: &Position) -> Filled {
        let money = |amount: Option<Sek>| amount.map_or(Filled::Blank, Filled::Money);
        match self {
            Self::Name => Filled::Text(name.to_owned()),
            Self::Allocated => money(position.allocated),
            Self::Requisitioned => money(position.requisitioned),
            Self::WantsRedistribution => position
                .wants_redistribution
                .map_or(Filled::Blank, |wants| {
                    Filled::Text(if wants { "ja" } else { "nej" }.to_owned())
                }),
            Self::Applied => money(position.applied),
            Self::Decision => position.decision.map_or(Filled::Blank, |decision| {
                let word = match decision {
                    ApplicationDecision::Granted => "beviljad",
                    ApplicationDecision::PartlyGranted => "delvis beviljad",
                    ApplicationDecision::Declined => "avslag",
                    ApplicationDecision::Withdrawn => "återtagen",
                };
                Filled::Text(word.to_owned())
            }),
            Self::Granted => money(position.granted),
            Self::Paid => money(position.paid),
            Self::ReportedOn => position.reported_on.map_or(Filled::Blank, Filled::Date),
            Self::Unused => money(position.unused),
            Self::Repaid => money(position.repaid),
        }
    }
}

/// The columns of a template: the kind's, and beside the one that names whose row it is those that help.
pub(super) fn columns(kind: Kind, shelf: &Shelf<'_>, asked: &[&'static Column]) -> Vec<Shown> {
    let applies = shelf
        .round
        .is_some_and(|round| round.recipient_kind.applies());
    let beside: &[Beside] = match kind {
        Kind::Allocations => &[Beside::Allocated],
        Kind::Requisitions => &[Beside::Allocated, Beside::Requisitioned],
        Kind::Applications => &[Beside::Applied, Beside::Decision, Beside::Granted],
        Kind::Payments if applies => &[Beside::Granted, Beside::Paid],
        Kind::Payments => &[
            Beside::Allocated,
            Beside::Requisitioned,
            Beside::WantsRedistribution,
            Beside::Paid,
        ],
        Kind::UsageReports => &[Beside::Paid, Beside::ReportedOn],
        Kind::Repayments | Kind::RepaymentClaims => &[Beside::Paid, Beside::Unused, Beside::Repaid],
        _ => &[],
    };
    let beside = if shelf.round.is_some() { beside } else { &[] };
    let mut shown = Vec::new();
    for column in asked {
        shown.push(Shown::Asked(column));
        let names_whom = matches!(column.name, "recipient_code" | "organisation_code");
        if names_whom && shelf.sender.is_some() {
            shown.push(Shown::Beside(Beside::Name));
            shown.extend(beside.iter().copied().map(Shown::Beside));
        }
    }
    shown
}

/// The recipients whose rows are prepared, with their names: those with a basis for the kind, else all of the round.
pub(super) fn recipients(
    kind: Kind,
    shelf: &Shelf<'_>,
    positions: &BTreeMap<RecipientCode, Position>,
) -> Vec<(String, String)> {
    // Claims are the coordinator's alone.
    if kind == Kind::RepaymentClaims && !shelf.coordinates() {
        return Vec::new();
    }
    let mut own = shelf.own_recipients();
    let directly = shelf
        .round
        .is_some_and(|round| is_paid_directly(round.recipient_kind));
    let due = |one: &Position| match kind {
        Kind::Requisitions => one.allocated.is_some(),
        Kind::Applications => one.applied.is_some(),
        Kind::Payments => one.is_due(directly),
        Kind::UsageReports => one.is_paid(),
        Kind::Repayments | Kind::RepaymentClaims => one.has_unused(),
        _ => true,
    };
    // Nobody in the whole round has a basis yet: every recipient of it is offered.
    if positions.values().any(&due) {
        own.retain(|(code, _)| {
            let position = RecipientCode::parse(code).ok();
            let position = position.and_then(|code| positions.get(&code));
            due(position.unwrap_or(&Position::default()))
        });
    }
    own
}

/// County boards, universities and agencies are paid by what they were allotted, without asking for it.
const fn is_paid_directly(kind: RecipientKind) -> bool {
    matches!(
        kind,
        RecipientKind::CountyBoard | RecipientKind::University | RecipientKind::Agency
    )
}

/// One row for each recipient of the round.
pub(super) fn of_recipients(
    shelf: &Shelf<'_>,
    shown: &[Shown],
    recipients: &[(String, String)],
    positions: &BTreeMap<RecipientCode, Position>,
) -> Vec<Vec<Filled>> {
    let round = shelf.round.map(|round| round.code.to_string());
    let none = Position::default();
    let row = |(code, name): &(String, String)| {
        let position = RecipientCode::parse(code).ok();
        let position = position
            .and_then(|code| positions.get(&code))
            .unwrap_or(&none);
        let cell = |shown: &Shown| match shown {
            Shown::Asked(column) => match column.name {
                "round" => round.clone().map_or(Filled::Blank, Filled::Text),
                "recipient_code" => Filled::Text(code.clone()),
                _ => Filled::Blank,
            },
            Shown::Beside(beside) => beside.of(name, position),
        };
        shown.iter().map(cell).collect()
    };
    recipients.iter().map(row).collect()
}

/// One row for each organisation and cost kind.
pub(super) fn of_costs(shelf: &Shelf<'_>, shown: &[Shown]) -> Vec<Vec<Filled>> {
    let kinds = shown.iter().find_map(|shown| match shown {
        Shown::Asked(Column {
            name: "cost_kind",
            holds: Holds::Choice(kinds),
            ..
        }) => Some(*kinds),
        _ => None,
    });
    let mut rows = Vec::new();
    for (code, name) in shelf.reporting_organisations() {
        for (_, alias) in kinds.unwrap_or_default() {
            let cell = |shown: &Shown| match shown {
                Shown::Asked(Column {
                    name: "organisation_code",
                    ..
                }) => Filled::Text(code.clone()),
                Shown::Asked(Column {
                    name: "cost_kind", ..
                }) => Filled::Text((*alias).to_owned()),
                Shown::Beside(Beside::Name) => Filled::Text(name.clone()),
                _ => Filled::Blank,
            };
            rows.push(shown.iter().map(cell).collect());
        }
    }
    rows
}

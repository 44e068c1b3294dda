//! Loads what a file is checked against, under the write lock, so that nobody changes it before the file counts.

use entity::{Kind, RecipientCode, deliverable};

use super::Error;
use super::delivery::{Actor, Delivery};
use super::registers::registers;
use crate::intake::{
    Basis, Indicators, Ledger, MoneyAsked, Named, PairSums, Plan, Register, Sender, claimed_rounds,
};
use crate::policy::Standing;
use crate::store::{Dataset, Writer, facts};

pub(super) async fn load(
    writer: &Writer,
    dataset: &Dataset,
    delivery: &Delivery,
    named: Named,
    asked: MoneyAsked,
) -> Result<Basis, Error> {
    let register = registers(writer, dataset).await?;
    let sender = sender(&register, delivery)?;
    if let Some(assignment) = &delivery.assignment
        && !register.assignments.contains_key(assignment)
    {
        return Err(Error::UnknownAssignment(assignment.clone()));
    }
    let mut rounds = named.rounds;
    // Of a round that does not exist there is no money to look at.
    rounds.retain(|round| register.rounds.contains_key(round));
    let rounds = &rounds;
    let db = writer.transaction();
    let (mut ledger, mut sums) = (Ledger::default(), PairSums::default());
    match asked {
        _ if rounds.is_empty() => {}
        MoneyAsked::Whole => ledger = Ledger::load(db, dataset, rounds).await?,
        MoneyAsked::Sums => {
            sums = PairSums::load(db, dataset, rounds).await?;
            let claimed = claimed_rounds(db, dataset, rounds).await?;
            if !claimed.is_empty() {
                ledger = Ledger::load(db, dataset, &claimed).await?;
            }
        }
    }
    let plan = match (delivery.kind, &delivery.assignment) {
        (
            Kind::ActivityPlan | Kind::ActivityReports | Kind::DeviationDecisions,
            Some(assignment),
        ) => Plan::load(db, dataset, assignment).await?,
        _ => Plan::default(),
    };
    let deliverables = match delivery.kind {
        Kind::Deliveries | Kind::Narratives => {
            facts::all::<deliverable::Entity>(db, dataset).await?
        }
        _ => Vec::new(),
    };
    let indicators = match delivery.kind {
        Kind::IndicatorDefinitions | Kind::IndicatorValues => {
            Indicators::load(db, dataset, &named.indicators).await?
        }
        _ => Indicators::default(),
    };
    Ok(Basis {
        sender,
        assignment: delivery.assignment.clone(),
        today: dataset.today,
        register,
        ledger,
        sums,
        plan,
        deliverables,
        indicators,
    })
}

/// What the sender is to the assignment, as the registers say that count.
pub(super) fn standing(basis: &Basis, kind: Kind) -> Standing {
    let (sender, register) = (&basis.sender, &basis.register);
    let code = sender.organisation();
    let assignment = basis.assignment.as_ref().filter(|_| !kind.is_register());
    let coordinates = match assignment {
        Some(assignment) => sender.coordinates(assignment),
        None => sender.keeps_registers(),
    };
    let recipient = RecipientCode::parse(code.as_str());
    Standing {
        coordinates: coordinates || sender.is_reference(),
        is_organisation: register.organisations.contains_key(code),
        has_part: assignment.is_some_and(|assignment| register.has_part(code, assignment)),
        is_recipient: recipient.is_ok_and(|code| register.recipients.contains_key(&code)),
    }
}

fn sender(register: &Register, delivery: &Delivery) -> Result<Sender, Error> {
    let organisation = delivery.organisation.clone();
    if delivery.actor == Actor::Reference {
        return Ok(Sender::reference(organisation));
    }
    let known = register
        .organisations
        .get(&organisation)
        .and_then(|periods| periods.last());
    // A municipality, a region or an association reports for itself under its recipient code.
    let receives = RecipientCode::parse(organisation.as_str())
        .is_ok_and(|code| register.recipients.contains_key(&code));
    if known.is_none() && !receives {
        return Err(Error::UnknownOrganisation(organisation));
    }
    let coordinated = register
        .assignments
        .values()
        .filter(|assignment| assignment.coordinator == organisation);
    Ok(Sender::new(
        organisation.clone(),
        coordinated
            .map(|assignment| assignment.code.clone())
            .collect(),
        register.is_county_board(&organisation),
    ))
}

//! To which assignment a file belongs when nobody said it: the one that its rows name.

use std::collections::BTreeSet;

use entity::{RegistryNumber, indicator_definition};
use sea_orm::{ConnectionTrait, DbErr};

use super::Error;
use super::delivery::{Actor, Delivery};
use super::registers::registers;
use crate::intake::{Named, Register};
use crate::policy::Role;
use crate::store::{Dataset, Writer, facts};

/// The assignment of a file that was sent without one: the only one that its rows name, by a column of their own, by their
/// rounds, or by their indicators. None where it was said, where the kind is a register, and where the rows name none or
/// several.
///
/// # Errors
/// A coordinator sends for an assignment of somebody else, or the database fails.
pub(super) async fn named(
    writer: &Writer,
    dataset: &Dataset,
    delivery: &Delivery,
    named: Named,
    mut assignments: BTreeSet<RegistryNumber>,
) -> Result<Option<RegistryNumber>, Error> {
    if delivery.assignment.is_some() || delivery.kind.is_register() {
        return Ok(None);
    }
    let registers = registers(writer, dataset).await?;
    assignments.extend(of_rounds(&registers, &named));
    assignments.extend(of_indicators(writer.transaction(), dataset, &named).await?);
    for found in &assignments {
        check(&registers, delivery, found)?;
    }
    let mut assignments = assignments.into_iter();
    let (Some(found), None) = (assignments.next(), assignments.next()) else {
        return Ok(None);
    };
    Ok(Some(found))
}

/// Whether a person sent what belongs to an assignment, and none is known. The command line keeps such files: they lie in no
/// coordinator's scope.
pub(super) fn is_missing(delivery: &Delivery) -> bool {
    matches!(delivery.actor, Actor::Person(_))
        && delivery.assignment.is_none()
        && !delivery.kind.is_register()
}

/// A coordinator hands in files for the assignments that its organisation coordinates.
fn check(registers: &Register, delivery: &Delivery, found: &RegistryNumber) -> Result<(), Error> {
    let Actor::Person(viewer) = &delivery.actor else {
        return Ok(());
    };
    if viewer.role != Role::Coordinator {
        return Ok(());
    }
    let known = registers.assignments.get(found);
    if known.is_some_and(|one| viewer.organisation.as_ref() == Some(&one.coordinator)) {
        return Ok(());
    }
    let said = format!("the rows belong to {found}, which your organisation does not coordinate");
    Err(Error::NotAllowed(said))
}

fn of_rounds<'a>(
    registers: &'a Register,
    named: &'a Named,
) -> impl Iterator<Item = RegistryNumber> + 'a {
    let known = named
        .rounds
        .iter()
        .filter_map(|code| registers.rounds.get(code));
    known.map(|one| one.assignment.clone())
}

/// Of the first definition of each: an indicator stays with whoever sent it first.
async fn of_indicators(
    db: &impl ConnectionTrait,
    dataset: &Dataset,
    named: &Named,
) -> Result<Vec<RegistryNumber>, DbErr> {
    if named.indicators.is_empty() {
        return Ok(Vec::new());
    }
    let definitions = facts::all::<indicator_definition::Entity>(db, dataset).await?;
    let definitions = definitions.into_iter();
    let definitions = definitions.filter(|one| named.indicators.contains(&one.indicator));
    Ok(definitions.filter_map(|one| one.assignment).collect())
}

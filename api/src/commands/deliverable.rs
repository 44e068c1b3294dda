//! The report that the options of a command name.

use std::collections::BTreeSet;

use anyhow::Context;
use entity::{DeliverableKind, RegistryNumber};

use crate::config::DeliverableOptions;
use crate::store::Catalogue;

/// The assignment's main number, and the kind of report.
///
/// # Errors
/// There is no such assignment, or no such kind.
pub(super) fn named(
    options: &DeliverableOptions,
    catalogue: &Catalogue,
) -> anyhow::Result<(RegistryNumber, DeliverableKind)> {
    let assignment = RegistryNumber::parse(&options.assignment)
        .ok()
        .and_then(|number| catalogue.assignment(&number).map(|one| one.code.clone()))
        .with_context(|| {
            let known = catalogue.assignments.iter().map(|one| one.code.as_str());
            let known: BTreeSet<&str> = known.collect();
            let known = known.into_iter().collect::<Vec<_>>().join(", ");
            let asked = &options.assignment;
            if known.is_empty() {
                return format!("there is no assignment {asked}: nothing was known at that time");
            }
            format!("there is no assignment {asked}: there are {known}")
        })?;
    let kind = DeliverableKind::of(&options.kind.to_uppercase()).with_context(|| {
        let known = DeliverableKind::ALL.iter().map(|one| one.code());
        let known = known.collect::<Vec<_>>().join(", ");
        format!(
            "there is no kind of report {}: there are {known}",
            options.kind
        )
    })?;
    Ok((assignment, kind))
}

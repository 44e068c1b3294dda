//! Recipients and populations as the analytics takes them. A protected location has no county there.

use analytics::figure::Absent;
use analytics::register::{Population, RecipientLink, RecipientPeriod};
use entity::LinkKind;

use super::analysed;
use crate::store::Catalogue;

/// Every period of every recipient.
pub(super) fn recipients(catalogue: &Catalogue) -> Vec<RecipientPeriod> {
    catalogue
        .recipients
        .iter()
        .map(|one| {
            let protected = catalogue.is_protected(&one.code);
            let county = one
                .county_code
                .as_ref()
                .filter(|_| !protected)
                .map(ToString::to_string);
            let why = if protected {
                Absent::Protected
            } else {
                Absent::NotApplicable
            };
            RecipientPeriod {
                code: one.code.to_string(),
                kind: analysed(one.kind),
                county_absent: county.is_none().then_some(why),
                county,
                population_group: catalogue.population_group(&one.code),
                valid_from: one.valid_from,
                valid_to: one.valid_to,
            }
        })
        .collect()
}

/// Every period of the recipients whose location is open: those of whom it is told whether support reached them.
pub(super) fn open_recipients(catalogue: &Catalogue) -> Vec<RecipientPeriod> {
    let mut recipients = recipients(catalogue);
    recipients.retain(|one| one.county_absent != Some(Absent::Protected));
    recipients
}

/// Every population.
pub(super) fn populations(catalogue: &Catalogue) -> Vec<Population> {
    catalogue
        .populations
        .iter()
        .map(|one| Population {
            recipient: one.recipient_code.to_string(),
            date: one.date,
            count: one.count,
        })
        .collect()
}

/// Every link between recipients' codes. One from or to a protected location would tell where it is: it is left out.
pub(super) fn links(catalogue: &Catalogue) -> impl Iterator<Item = RecipientLink> {
    catalogue.open_links().map(|one| RecipientLink {
        row_id: one.row_id,
        from: one.from_code.to_string(),
        to: one.to_code.to_string(),
        date: one.date,
        is_split: one.link == LinkKind::Split,
    })
}

//! `samsyn template`: the template of a kind into a file.

use anyhow::Context;
use entity::{OrganisationCode, RecipientCode};

use super::{Outcome, open};
use crate::clock::Clock;
use crate::config::TemplateOptions;
use crate::policy::{Role, Viewer};
use crate::reports::Reports;
use crate::store::{Catalogue, Dataset};
use crate::workbooks::Template;

pub(super) async fn run(options: TemplateOptions) -> anyhow::Result<Outcome> {
    let clock = Clock::system();
    let store = open(&options.store.database_url, &clock).await?;
    let reports = Reports::new(store.clone());
    let dataset = Dataset::present(&store, &clock).await?;
    let catalogue = reports.catalogue(&dataset).await?;
    let viewer = viewer(&catalogue, &options)?;
    let round = options.round.as_deref();
    let template = Template::of(&reports, &dataset, &options.kind, round, &viewer).await?;
    let bytes = template.write()?;
    std::fs::write(&options.out, bytes)
        .with_context(|| format!("{} cannot be written", options.out.display()))?;
    store.close().await?;
    Ok(Outcome::Done)
}

/// For whom: the organisation that was said; else the coordinator of the round's assignment, or the only one there is.
fn viewer(catalogue: &Catalogue, options: &TemplateOptions) -> anyhow::Result<Viewer> {
    if let Some(code) = &options.organisation {
        let organisation = OrganisationCode::parse(code)
            .ok()
            .filter(|organisation| is_known(catalogue, organisation))
            .with_context(|| format!("the organisation {code} does not exist"))?;
        let coordinates = |one: &entity::assignment::Model| one.coordinator == organisation;
        let role = if catalogue.assignments.iter().any(coordinates) {
            Role::Coordinator
        } else {
            Role::Reporter
        };
        return Ok(acting(role, organisation));
    }
    let round = options.round.as_deref();
    let round = round.and_then(|code| {
        catalogue
            .rounds
            .iter()
            .find(|one| one.code.as_str() == code)
    });
    let assignments = catalogue.assignments.iter();
    let mut coordinators: Vec<_> = assignments
        .filter(|one| round.is_none_or(|round| round.assignment == one.code))
        .map(|one| one.coordinator.clone())
        .collect();
    coordinators.sort();
    coordinators.dedup();
    Ok(match coordinators.as_slice() {
        [only] => acting(Role::Coordinator, only.clone()),
        _ => Viewer::public(),
    })
}

/// Whether it is in the register of organisations, or a recipient, which reports for itself.
fn is_known(catalogue: &Catalogue, code: &OrganisationCode) -> bool {
    let recipient = RecipientCode::parse(code.as_str());
    catalogue.organisation(code.as_str()).is_some()
        || recipient.is_ok_and(|recipient| catalogue.periods(&recipient).next().is_some())
}

fn acting(role: Role, organisation: OrganisationCode) -> Viewer {
    Viewer {
        subject: "command line".to_owned(),
        role,
        organisation: Some(organisation),
    }
}

//! `samsyn seal`: the dataset of a report frozen, in the store and in a folder.

use anyhow::Context;

use super::{Outcome, deliverable, open_existing, print};
use crate::clock::Clock;
use crate::config::SealOptions;
use crate::releases::SigningKey;
use crate::reports::Reports;
use crate::service::release::{Order, seal};
use crate::store::Dataset;

pub(super) async fn run(options: SealOptions) -> anyhow::Result<Outcome> {
    let key = options.signing.seal_key.as_deref();
    let key = key.map(SigningKey::read).transpose()?;
    // Before anything is sealed: afterwards the release could not be written.
    if options
        .out
        .read_dir()
        .is_ok_and(|mut files| files.next().is_some())
    {
        anyhow::bail!(
            "{} is not empty: a release is written into a folder of its own",
            options.out.display()
        );
    }
    let clock = Clock::system();
    let store = open_existing(&options.store.database_url, &clock).await?;
    let reports = Reports::new(store.clone());
    let present = Dataset::present(&store, &clock).await?;
    let catalogue = reports.catalogue(&present).await?;
    let (assignment, kind) = deliverable::named(&options.deliverable, &catalogue)?;
    let order = Order {
        assignment,
        kind,
        due_on: options.deliverable.due_on,
        as_of: options.as_of,
        embargo_until: options.embargo_until,
        actor: options.by,
    };
    let (release, package) = seal(&reports, &clock, &order, key.as_ref()).await?;
    package.write(&options.out).with_context(|| {
        let name = &release.name;
        format!(
            "{name} is sealed and kept in the store; `samsyn release {name} --out DIR` writes it"
        )
    })?;
    let files = package.files().count();
    print(&format!(
        "{}: {files} files in {}, version {} of the dataset\nsha256 of the manifest {}\n{}\n",
        release.name,
        options.out.display(),
        release.version,
        release.sha256,
        match &release.key_id {
            Some(id) => format!("signed by the key {id}"),
            None => "not signed: --seal-key names the key that signs".to_owned(),
        }
    ))?;
    store.close().await?;
    Ok(Outcome::Done)
}

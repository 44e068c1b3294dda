//! The example submissions: synthetic files that travel in the program, for `samsyn demo` and the tests.

use entity::{Kind, Nature, OrganisationCode, RegistryNumber};

use super::submission::{Actor, Delivery};
use crate::intake::{Manifest, ManifestEntry};

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        /// Name and bytes of each file, in file-name order.
        const FILES: &[(&str, &[u8])] = &[$(($name, include_bytes!(concat!("../../example/", $name)))),+];
    };
}

files!(
    "01-recipients.csv",
    "02-recipients.csv",
    "03-recipients.csv",
    "04-populations.csv",
    "05-rounds.csv",
    "06-allocations.csv",
    "07-allocations.xlsx",
    "08-requisitions.xlsx",
    "09-requisitions.csv",
    "10-requisitions.csv",
    "11-applications.csv",
    "12-payments.xlsx",
    "13-payments.xlsx",
    "14-payments.csv",
    "15-usage_reports.csv",
    "16-usage_reports.csv",
    "17-usage_reports.xlsx",
    "18-usage_reports.xlsx",
    "19-usage_reports.csv",
    "20-repayments.csv",
    "21-repayments.csv",
    "22-administrative_costs.csv",
    "23-administrative_costs.csv",
    "24-activity_reports.csv",
    "25-activity_plan.csv",
    "26-activity_reports.csv",
    "27-support_events.csv",
    "28-support_events.csv",
    "29-support_events.csv",
    "30-support_events.xlsx",
    "31-support_events.xlsx",
    "32-support_events.csv",
    "33-support_events.csv",
    "34-support_events.csv",
    "35-indicator_definitions.xlsx",
    "36-indicator_values.xlsx",
    "37-indicator_values.csv",
    "38-indicator_values.csv",
    "39-indicator_definitions.csv",
    "40-indicator_values.csv",
);

/// What the manifest says of them.
const MANIFEST: &str = include_str!("../../example/manifest.json");

/// The example files as deliveries of their senders, each marked synthetic, real or mixed.
///
/// # Errors
/// The manifest does not fit the files: a mistake in the program.
pub fn deliveries() -> anyhow::Result<Vec<Delivery>> {
    let manifest: Manifest = serde_json::from_str(MANIFEST)?;
    let of = |(name, bytes): &(&str, &[u8])| {
        let entry = manifest.entry(name).cloned();
        let delivery = entry.as_ref().and_then(|entry| delivery(entry, bytes));
        delivery.ok_or_else(|| anyhow::anyhow!("the manifest says too little of {name}"))
    };
    FILES.iter().map(of).collect()
}

fn delivery(entry: &ManifestEntry, bytes: &[u8]) -> Option<Delivery> {
    Some(Delivery {
        file_name: entry.file.clone(),
        bytes: bytes.to_vec(),
        kind: Kind::of(entry.kind.as_deref()?)?,
        assignment: match entry.assignment.as_deref() {
            Some(number) => Some(RegistryNumber::parse(number).ok()?),
            None => None,
        },
        organisation: OrganisationCode::parse(entry.organisation.as_deref()?).ok()?,
        actor: Actor::Coordinator,
        nature: Nature::of(entry.nature.as_deref()?)?,
        registered_on: entry.registered_on,
        plan_version: entry.plan_version,
        decided_on: entry.decided_on,
    })
}

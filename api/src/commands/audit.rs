//! `samsyn audit verify`: says whether the store is what its audit chain says, or what was found.

use serde_json::{Value, json};

use super::{Outcome, print};
use crate::config::{AuditCommand, ReportFormat};
use crate::service::audit::{Head, Verification, verify};
use crate::store::Store;

pub(super) async fn run(command: AuditCommand) -> anyhow::Result<Outcome> {
    let AuditCommand::Verify(options) = command;
    let store = Store::open_as_it_is(&options.store.database_url).await?;
    let found = verify(&store, &options.head).await?;
    store.close().await?;
    match options.format {
        ReportFormat::Json => print(&format!("{:#}\n", as_json(&found)))?,
        ReportFormat::Text => print(&as_text(&found))?,
    }
    Ok(if found.faults.count() == 0 {
        Outcome::Done
    } else {
        Outcome::Refused
    })
}

fn as_text(found: &Verification) -> String {
    let mut text = format!(
        "{} event(s), {} read(s), {} row(s)\n",
        found.events, found.reads, found.rows
    );
    for (chain, head) in [("events", &found.head), ("reads", &found.head_of_reads)] {
        if let Some(head) = head {
            let at = head.at.utc().to_rfc3339();
            text.push_str(&format!(
                "head of {chain}: {} at {at} {}\n",
                head.id, head.hash
            ));
        }
    }
    text.push_str(
        "Keep the heads elsewhere: `--head HASH` proves later that they are still there.\n",
    );
    match found.faults.count() {
        0 => text.push_str("all well: the store is what its audit chain says\n"),
        count => {
            text.push_str(&format!("{count} fault(s); the first:\n"));
            for fault in found.faults.first() {
                text.push_str(&format!("  {}: {}\n", fault.place, fault.what));
            }
        }
    }
    text
}

fn as_json(found: &Verification) -> Value {
    let faults: Vec<Value> = found
        .faults
        .first()
        .iter()
        .map(|fault| json!({ "place": fault.place, "what": fault.what }))
        .collect();
    json!({
        "verified": found.faults.count() == 0,
        "events": found.events,
        "reads": found.reads,
        "rows": found.rows,
        "head": found.head.as_ref().map(head),
        "headOfReads": found.head_of_reads.as_ref().map(head),
        "faultCount": found.faults.count(),
        "faults": faults,
    })
}

fn head(head: &Head) -> Value {
    json!({ "id": head.id, "hash": head.hash, "at": head.at.utc().to_rfc3339() })
}

//! Whether the triggers that keep stored facts are in place: whoever changed something past them took them away first.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, FromQueryResult, Statement};

use super::fault::Faults;

#[derive(FromQueryResult)]
struct Named {
    name: String,
}

/// Notes each guard that is missing or put out of action.
pub(super) async fn check(db: &impl ConnectionTrait, faults: &mut Faults) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let (present, last): (_, &[&str]) = match backend {
        DbBackend::Postgres => (
            "SELECT tgname::text AS name FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')",
            &["no_truncate"],
        ),
        _ => (
            "SELECT name FROM sqlite_master WHERE type = 'trigger'",
            &["no_replace"],
        ),
    };
    let statement = Statement::from_string(backend, present);
    let present: BTreeSet<String> = Named::find_by_statement(statement)
        .all(db)
        .await?
        .into_iter()
        .map(|trigger| trigger.name)
        .collect();
    for table in migration::guarded() {
        for verb in ["no_update", "no_delete"].iter().chain(last) {
            let name = format!("{table}_{verb}");
            if !present.contains(&name) {
                let what = "it is not in place: the table is not kept from being changed";
                faults.note(format!("guard {name}"), what.to_owned());
            }
        }
    }
    Ok(())
}

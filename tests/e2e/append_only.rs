//! Stored facts stay: every way to change or delete a row is tried on every table, by a program that is not the service.

use std::collections::{BTreeMap, BTreeSet};

use ::migration::{CLOSED_ONCE, IMMUTABLE, REDACTED_ONCE, guarded};
use entity::Kind;

use crate::database::{Column, Raw};
use crate::harness::{Sent, on_both_engines};

/// What the triggers say; anything else would be another rule that happened to stand in the way.
const REFUSALS: [&str; 3] = [
    "a stored fact cannot be",
    "what counted in a past version cannot be changed",
    "a row that has counted takes no more parts",
];

/// Every way to change, replace or delete a row of a table.
fn attempts(raw: &Raw, table: &str, columns: &[Column]) -> Vec<String> {
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let key: Vec<&str> = columns
        .iter()
        .filter(|column| column.key)
        .map(|column| column.name.as_str())
        .collect();
    assert!(!key.is_empty(), "{table} has no key");
    let one_row = format!("SELECT {} FROM {table} LIMIT 1", names.join(", "));
    let mut attempts = vec![format!("DELETE FROM {table}")];
    for name in &names {
        attempts.push(format!("UPDATE {table} SET {name} = {name}"));
        attempts.push(format!("UPDATE {table} SET {name} = NULL"));
        let upsert = format!(
            "ON CONFLICT ({}) DO UPDATE SET {name} = excluded.{name}",
            key.join(", ")
        );
        // SQLite reads ON after a bare SELECT as a join.
        attempts.push(format!(
            "INSERT INTO {table} ({}) SELECT * FROM ({one_row}) AS one WHERE true {upsert}",
            names.join(", ")
        ));
    }
    if raw.is_postgres() {
        attempts.push(format!("TRUNCATE {table} CASCADE"));
    } else {
        attempts.push(format!(
            "INSERT OR REPLACE INTO {table} ({}) {one_row}",
            names.join(", ")
        ));
        attempts.push(format!(
            "UPDATE OR REPLACE {table} SET {} = {}",
            key[0], key[0]
        ));
    }
    attempts
}

async fn assert_refused(raw: &Raw, sql: &str) {
    match raw.run(sql).await {
        Ok(rows) => panic!("{rows} row(s) were touched by: {sql}"),
        Err(error) => assert!(
            REFUSALS.iter().any(|said| error.to_string().contains(said)),
            "refused by another rule: {sql}: {error}"
        ),
    }
}

fn named() -> BTreeSet<&'static str> {
    guarded().collect()
}

/// All tables with what they hold.
async fn contents(
    raw: &Raw,
    tables: &BTreeMap<String, Vec<Column>>,
) -> BTreeMap<String, Vec<String>> {
    let mut contents = BTreeMap::new();
    for (table, columns) in tables {
        contents.insert(table.clone(), raw.content(table, columns).await);
    }
    contents
}

/// Tables that no kind of file of the example fills.
const EMPTY: &[&str] = &["recipient_link", "upload"];

on_both_engines! {
    async fn every_table_is_named_in_the_lists_of_what_may_change(app: Empty) {
        let raw = Raw::of(&app).await;
        let tables = raw.tables().await;
        let present: BTreeSet<&str> = tables.keys().map(String::as_str).collect();
        assert_eq!(present, named());
        assert_eq!(IMMUTABLE.iter().map(|list| list.len()).sum::<usize>() + CLOSED_ONCE.len() + REDACTED_ONCE.len(), present.len(), "each is named once");
    }

    async fn no_row_of_any_table_can_be_changed_replaced_or_deleted(app: Example) {
        crate::reads::one(&app).await;
        crate::redaction::one(&app).await;
        let claim = "round;reference;recipient_code;step;decided_on;amount;due_on\nKOM-2016;C1;0117;DEMANDED;2017-12-01;22139;2018-01-31\n";
        let report = app.send(&Sent::csv(Kind::RepaymentClaims, claim).assignment("S2016/00633/FST")).await;
        assert_eq!((report.new, report.findings.len()), (1, 0), "{report:?}");
        let delivery = "deliverable;due_on;organisation_code;delivered_on\nFINAL_REPORT;2019-09-30;socialstyrelsen;2019-09-27\n";
        let report = app.send(&Sent::csv(Kind::Deliveries, delivery).assignment("S2016/00633/FST")).await;
        assert_eq!((report.new, report.findings.len()), (1, 0), "{report:?}");
        crate::plan::deviations::decide(&app).await;
        crate::report::narratives::one(&app).await;
        crate::release::sealed(&app).await;
        let path = crate::exports::saved(&app, "{ rounds { totalCount } }").await;
        crate::open_data::publish(&app, &crate::harness::Persona::evaluator(), &path, true).await;
        let raw = Raw::of(&app).await;
        let tables = raw.tables().await;
        let before = contents(&raw, &tables).await;
        let empty: Vec<&str> = before.iter().filter(|(_, rows)| rows.is_empty()).map(|(table, _)| table.as_str()).collect();
        assert_eq!(empty, EMPTY, "a table without rows proves nothing");
        for (table, columns) in tables.iter().filter(|(table, _)| !EMPTY.contains(&table.as_str())) {
            for sql in attempts(&raw, table, columns) {
                assert_refused(&raw, &sql).await;
            }
        }
        assert_eq!(before, contents(&raw, &tables).await);
    }

    async fn a_row_cannot_be_replaced_by_way_of_another_unique_column(app: Example) {
        let raw = Raw::of(&app).await;
        if raw.is_postgres() {
            for (table, unique) in [("dataset_version", "committed_at"), ("audit_event", "hash")] {
                let sql = format!("INSERT INTO {table} SELECT * FROM {table} LIMIT 1 ON CONFLICT ({unique}) DO UPDATE SET {unique} = excluded.{unique}");
                assert_refused(&raw, &sql).await;
            }
            return;
        }
        for replacing in [
            "counted (id, kind, natural_key, row_id, opened_version) SELECT -1, kind, natural_key, row_id, opened_version FROM counted WHERE closed_version IS NULL AND opened_version = (SELECT max(version) FROM dataset_version) LIMIT 1",
            "dataset_version (version, committed_at, submission_event_id) SELECT -1, committed_at, submission_event_id FROM dataset_version LIMIT 1",
            "audit_event (id, at, actor, action, subject, detail, previous_hash, hash) SELECT -1, at, actor, action, subject, 'x', previous_hash, hash FROM audit_event LIMIT 1",
        ] {
            assert_refused(&raw, &format!("INSERT OR REPLACE INTO {replacing}")).await;
        }
    }

    async fn an_interval_is_closed_once_and_nothing_else_of_it_changes(app: Example) {
        let raw = Raw::of(&app).await;
        let last = raw.number("SELECT max(version) FROM dataset_version").await;
        let open = format!("closed_version IS NULL AND opened_version < {}", last - 1);
        let id = raw.number(&format!("SELECT min(id) FROM counted WHERE {open}")).await;
        let close = |more: &str| format!("UPDATE counted SET closed_version = {last}{more} WHERE id = {id}");
        for more in ["id = -1", "kind = 'x'", "natural_key = 'x'", "row_id = row_id + 1", "opened_version = opened_version - 1"] {
            assert_refused(&raw, &close(&format!(", {more}"))).await;
            let (column, _) = more.split_once(' ').expect("a column");
            assert_refused(&raw, &close(&format!(", {column} = NULL"))).await;
        }
        assert_eq!(raw.run(&close("")).await.expect("an open interval is closed"), 1);
        assert_refused(&raw, &close("")).await;
        assert_refused(&raw, &format!("UPDATE counted SET closed_version = {} WHERE id = {id}", last - 1)).await;
        assert_refused(&raw, &format!("UPDATE counted SET closed_version = NULL WHERE id = {id}")).await;
        assert_refused(&raw, &format!("DELETE FROM counted WHERE id = {id}")).await;
        assert_eq!(raw.number(&format!("SELECT closed_version FROM counted WHERE id = {id}")).await, last);
    }

    async fn a_content_is_redacted_once_and_its_hash_stays(app: Example) {
        let raw = Raw::of(&app).await;
        let bytes = if raw.is_postgres() { "'\\x00'::bytea" } else { "x'00'" };
        for (table, key, content, other, kept) in
            [("free_text", "id", "body", "'x'", vec!["id", "sha256"]), ("file_content", "sha256", "bytes", bytes, vec!["sha256", "byte_count"])]
        {
            let chosen = format!("WHERE {key} = (SELECT min({key}) FROM {table})");
            let redact = |more: &str| format!("UPDATE {table} SET {content} = NULL, redacted_at = 1{more} {chosen}");
            assert_refused(&raw, &format!("UPDATE {table} SET {content} = {other} {chosen}")).await;
            assert_refused(&raw, &format!("UPDATE {table} SET {content} = {other}, redacted_at = 1 {chosen}")).await;
            for column in kept {
                let value = if column == "sha256" { "'x'" } else { "-1" };
                assert_refused(&raw, &redact(&format!(", {column} = {value}"))).await;
                assert_refused(&raw, &redact(&format!(", {column} = NULL"))).await;
            }
            assert_eq!(raw.run(&redact("")).await.expect("a content is redacted"), 1);
            assert_refused(&raw, &redact("")).await;
            assert_refused(&raw, &format!("UPDATE {table} SET redacted_at = 2 {chosen}")).await;
            assert_refused(&raw, &format!("UPDATE {table} SET {content} = {other}, redacted_at = NULL {chosen}")).await;
            assert_refused(&raw, &format!("DELETE FROM {table} {chosen}")).await;
            let tombstones = format!("SELECT count(*) FROM {table} WHERE {content} IS NULL AND redacted_at = 1 AND sha256 <> ''");
            assert_eq!(raw.number(&tombstones).await, 1, "{table}");
        }
    }
}

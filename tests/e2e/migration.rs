//! Migrations can be taken back and applied again, and the entities read the tables as the database has them.

use std::collections::BTreeSet;

use ::migration::{Migrator, MigratorTrait};
use sea_orm::{ColumnTrait, EntityName, EntityTrait, IdenStatic, Iterable, QuerySelect};

use crate::database::{Column, Raw};
use crate::harness::on_both_engines;

/// Every part of the schema as the engine itself prints it.
async fn schema(raw: &Raw) -> Vec<String> {
    let parts: &[&str] = if raw.is_postgres() {
        &[
            "SELECT concat_ws(' ', table_name, ordinal_position, column_name, data_type, is_nullable, column_default)
                FROM information_schema.columns WHERE table_schema = 'public'",
            "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
            "SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
            "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
        ]
    } else {
        &[
            "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_master",
        ]
    };
    let mut all = Vec::new();
    for part in parts {
        all.extend(raw.texts(part).await);
    }
    all.retain(|part| !part.contains("seaql_migrations"));
    all.sort();
    all
}

/// Whether the columns of an entity are those of its table, in order, and are read from it.
#[expect(
    clippy::disallowed_methods,
    reason = "no fact is read: the question has the limit 0"
)]
async fn check<E: EntityTrait>(raw: &Raw, columns: &[Column], table: &str) {
    let entity: Vec<&str> = E::Column::iter().map(|column| column.as_str()).collect();
    let present: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(entity, present, "columns of {table}");
    for (own, column) in E::Column::iter().zip(columns) {
        // SQLite lets NULL stand in a primary key that is no rowid; the entity never writes one.
        let nullable = column.nullable && !column.key;
        assert_eq!(
            own.def().is_null(),
            nullable,
            "{table}.{} may be empty in one of the two",
            column.name
        );
    }
    let none = E::find().limit(0).all(&raw.0).await;
    assert_eq!(
        none.map(|rows| rows.len())
            .map_err(|error| error.to_string()),
        Ok(0),
        "{table} is read"
    );
}

macro_rules! each_entity {
    ($raw:ident, $tables:ident: $($name:ident),+ $(,)?) => {{
        let mut seen = BTreeSet::new();
        $(
            let table = entity::$name::Entity.table_name().to_owned();
            let columns = $tables.get(&table).unwrap_or_else(|| panic!("there is no table {table}"));
            check::<entity::$name::Entity>(&$raw, columns, &table).await;
            seen.insert(table);
        )+
        seen
    }};
}

on_both_engines! {
    async fn the_tables_go_down_and_come_up_again_the_same(app: Reference) {
        let raw = Raw::of(&app).await;
        let before = schema(&raw).await;
        assert!(before.len() > 100, "{} parts are not the whole schema", before.len());
        Migrator::down(&raw.0, None).await.expect("every migration can be taken back");
        assert_eq!(schema(&raw).await, Vec::<String>::new(), "nothing is left behind");
        assert!(raw.tables().await.is_empty());
        Migrator::up(&raw.0, None).await.expect("every migration applies again");
        assert_eq!(schema(&raw).await, before);
        assert!(Migrator::get_pending_migrations(&raw.0).await.expect("a list").is_empty());
    }

    async fn entities_and_tables_have_the_same_columns(app: Empty) {
        let raw = Raw::of(&app).await;
        let tables = raw.tables().await;
        let seen = each_entity!(raw, tables:
            activity_plan, activity_report, administrative_cost, allocation, allocation_key, allocation_rule, answered, application, appropriation, assignment,
            audit_event, citation, code_list_item, counted, county, dataset_version, decision, deliverable, delivery, deviation_decision,
            file_content, finding, free_text, goal, indicator_definition, indicator_value, knowledge_product, main_activity, narrative, organisation, payment, person_table_hidden, person_table_release, population, programme,
            read_event, redaction,
            published_figure, published_query, received_row, recipient, recipient_link, repayment, repayment_claim, report_content, requisition, role, round,
            saved_query, sealed_file, sealed_release, source_conflict, source_document, submission, submission_event, support_event, support_event_reach,
            support_form, upload, usage_line, usage_report,
        );
        assert_eq!(seen, tables.keys().cloned().collect(), "every table has its entity");
    }
}

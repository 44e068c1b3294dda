//! Every table whose rows an audit event vouches for: all but the chains themselves.

/// Calls a macro with the names of the tables' entities.
macro_rules! tables {
    ($each:ident) => {
        crate::store::fact_tables::fact_tables!(
            $each,
            submission,
            submission_event,
            finding,
            received_row,
            citation,
            dataset_version,
            counted,
            redaction,
            upload,
            free_text,
            file_content,
            person_table_release,
            person_table_hidden,
            published_query,
            saved_query,
            sealed_release,
            sealed_file,
        )
    };
}
pub(super) use tables;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use sea_orm::EntityName;

    use crate::store::evidence::APART;

    macro_rules! names {
        ($($name:ident),+ $(,)?) => { [$(entity::$name::Entity.table_name().to_owned()),+] };
    }

    #[test]
    fn every_guarded_table_is_vouched_for() {
        let named: BTreeSet<String> = tables!(names).into_iter().collect();
        let guarded = migration::guarded()
            .filter(|table| !APART.contains(table))
            .map(str::to_owned);
        assert_eq!(named, guarded.collect());
    }
}

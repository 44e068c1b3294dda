//! Every table whose rows an audit event vouches for: all but the chains themselves.

/// Calls a macro with the names of the tables' entities.
macro_rules! tables {
    ($each:ident) => {
        $each!(
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
            assignment,
            decision,
            appropriation,
            programme,
            organisation,
            role,
            goal,
            main_activity,
            deliverable,
            delivery,
            support_form,
            knowledge_product,
            report_content,
            allocation_key,
            allocation_rule,
            published_figure,
            code_list_item,
            source_document,
            source_conflict,
            county,
            recipient,
            population,
            recipient_link,
            round,
            allocation,
            requisition,
            application,
            payment,
            usage_report,
            usage_line,
            repayment,
            repayment_claim,
            administrative_cost,
            activity_plan,
            activity_report,
            deviation_decision,
            narrative,
            indicator_definition,
            indicator_value,
            support_event,
            support_event_reach,
            person_table_release,
            person_table_hidden,
            published_query,
            saved_query,
            sealed_release,
            sealed_file,
            upload,
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
        let guarded = migration::IMMUTABLE
            .iter()
            .copied()
            .flatten()
            .chain(migration::CLOSED_ONCE)
            .copied()
            .chain(migration::REDACTED_ONCE.iter().map(|(table, _)| *table))
            .filter(|table| !APART.contains(table))
            .map(str::to_owned);
        assert_eq!(named, guarded.collect());
    }
}

//! The tables of facts and of their parts: each of their rows is, or belongs to, a received row.

/// Calls a macro with the names of entities, and after them those of the tables of facts.
macro_rules! fact_tables {
    ($each:ident $(, $more:ident)* $(,)?) => {
        $each!(
            $($more,)*
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
            narrative,
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
            indicator_definition,
            indicator_value,
            support_event,
            support_event_reach,
        )
    };
}
pub(crate) use fact_tables;

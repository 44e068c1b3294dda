//! How it is asked: the only part of the crate that knows async-graphql. One file a noun.

mod activity;
mod activity_plan;
mod activity_status;
mod administrative_cost;
mod allocation_key;
mod answering;
mod appropriation;
mod assignment;
mod calendar;
mod classification;
mod code_list_item;
pub mod conformity;
mod county;
mod coverage;
mod coverage_filter;
mod dataset;
mod decision;
mod deliverable;
mod deliverable_missing;
mod deviation;
mod equality;
mod error;
pub mod exported;
mod facts;
mod figure;
mod figure_change;
mod fund_filter;
mod fund_key;
mod fund_ledger;
mod fund_row;
mod fund_sources;
mod fund_usage;
mod gathered;
mod goal;
mod guard;
mod indicator;
mod indicator_comparison;
mod indicator_comparison_text;
mod indicator_equality;
mod indicator_group_value;
mod indicator_key;
mod indicator_persons;
mod indicator_shift;
mod indicator_value;
mod indicator_where;
mod knowledge_product;
mod ledger_entry;
pub mod limits;
mod missing_report;
mod narrative;
mod organisation;
mod orphan;
pub mod over_http;
mod page;
mod per_request;
mod person_release;
mod person_table;
mod plan_change;
mod plan_progress;
mod plan_shelf;
mod problem;
mod published_figure;
mod published_query;
mod question_scope;
pub mod questions;
mod rate;
mod read_log;
mod reading;
mod recipient;
mod recipient_filter;
mod recipient_funds;
mod recipient_link;
mod recipient_loads;
mod recipient_where;
mod redaction;
mod redistribution;
mod release;
mod release_sealing;
mod report;
mod report_demand;
mod report_table;
mod role;
mod round;
mod saved_query;
mod scalars;
mod service_limits;
mod source;
mod source_conflict;
mod submission;
mod support_event;
mod synthetic;
mod vocabulary;

use std::sync::{Arc, OnceLock};

use async_graphql::{
    Data, EmptySubscription, Executor, MergedObject, Request, Response, SDLExportOptions, Schema,
    SchemaBuilder,
};
use futures::stream::BoxStream;
use tower_http::request_id::RequestId;

use answering::{Answering, find};
use dataset::DatasetQuery;
use facts::Facts;
use figure_change::FigureChangeQuery;
use person_release::PersonReleaseMutation;
use published_query::PublishQueryMutation;
use questions::{Language, Reader};
use redaction::RedactionMutation;
use release::ReleaseQuery;
use release_sealing::SealReleaseMutation;
use saved_query::SaveQueryMutation;
use service_limits::ServiceLimitsQuery;
use submission::SubmissionMutation;

use crate::context::RequestContext;

pub use guard::root_fields;
pub use per_request::PerRequest;
pub use submission::{NotWritten, Written, judged};

/// Samsyn: money, activities and coverage of joint government assignments (gemensamma regeringsuppdrag), exact and
/// traceable to the row that somebody sent. The root's fields read the present dataset.
#[derive(MergedObject, Default)]
pub struct Query(
    DatasetQuery,
    ServiceLimitsQuery,
    ReleaseQuery,
    FigureChangeQuery,
    Facts,
);

/// Changes (ändringar): what could not be done comes as problems in the answer.
#[derive(MergedObject, Default)]
pub struct Mutation(
    SubmissionMutation,
    RedactionMutation,
    PersonReleaseMutation,
    SaveQueryMutation,
    SealReleaseMutation,
    PublishQueryMutation,
);

/// The schema as it is asked. What an answer has read of what is not open is noted before it leaves, and it says whether it
/// used synthetic rows.
#[derive(Clone)]
pub struct SamsynSchema(Answering<Query, Mutation, EmptySubscription>);

impl SamsynSchema {
    /// Answers a request.
    pub async fn execute(&self, request: impl Into<Request>) -> Response {
        let request = request.into();
        let context = find::<RequestContext>(&request.data).cloned();
        let id = find::<RequestId>(&request.data).cloned();
        let mut response = self.0.execute(request).await;
        let Some(context) = context else {
            return response;
        };
        synthetic::mark(&context, &mut response);
        read_log::noted(&context, id.as_ref(), response).await
    }
}

impl Executor for SamsynSchema {
    async fn execute(&self, request: Request) -> Response {
        Self::execute(self, request).await
    }

    fn execute_stream(
        &self,
        request: Request,
        session_data: Option<Arc<Data>>,
    ) -> BoxStream<'static, Response> {
        self.0.execute_stream(request, session_data)
    }
}

fn builder() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
}

/// The schema with its limits.
#[must_use]
pub fn schema(limits: &limits::Limits) -> SamsynSchema {
    SamsynSchema(Answering::new(builder(), reader(limits)))
}

/// What reads the questions that are asked of the schema.
#[must_use]
pub fn reader(limits: &limits::Limits) -> Reader {
    static LANGUAGE: OnceLock<Arc<Language>> = OnceLock::new();
    let language = LANGUAGE.get_or_init(|| {
        let language = Language::read(&schema_text());
        Arc::new(language.expect("the schema's own text is a schema"))
    });
    Reader::new(*limits, Arc::clone(language))
}

/// What the schema says of itself. The library has no place for it, neither in its own language nor in introspection.
pub(crate) const DESCRIPTION: &str = "Samsyn: cross-agency reporting on joint government assignments \
    (gemensamma regeringsuppdrag): money, activities and indicators, each figure traceable to the rows that were sent.";

/// The schema in its own language, as `api/schema.graphql` holds it; it says what introspection says.
#[must_use]
pub fn schema_text() -> String {
    const ROOTS: &str = "\nschema {";
    let text = plain_schema_text();
    let described = format!("\n\"\"\"\n{DESCRIPTION}\n\"\"\"{ROOTS}");
    text.replacen(ROOTS, &described, 1)
}

/// The same without what the schema says of itself, which the executing library's parser does not take.
fn plain_schema_text() -> String {
    let options = SDLExportOptions::new().include_specified_by();
    builder().finish().sdl_with_options(options)
}

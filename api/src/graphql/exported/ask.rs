//! Asking for a whole table: page after page of the same dataset, and all of it or nothing.

use async_graphql::{Data, Request, ServerError, Variables};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use tower_http::request_id::RequestId;

use super::columns::Layout;
use super::rows::Table;
use crate::context::RequestContext;
use crate::graphql::{PerRequest, SamsynSchema};
use crate::policy::Viewer;
use crate::reports::Error;
use crate::store::Dataset;

/// Rows of a table at most.
pub const MOST_ROWS: usize = 200_000;

/// Asks questions for tables.
#[derive(Clone)]
pub struct Exported {
    schema: SamsynSchema,
    per_request: PerRequest,
}

/// A question that is asked for a table.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Who asks.
    pub viewer: Viewer,
    /// The document.
    pub document: String,
    /// Its variables.
    pub variables: Map<String, Value>,
    /// As it was at this instant; now where none is said.
    pub as_of: Option<DateTime<Utc>>,
    /// The id under which reads are noted.
    pub request: Option<RequestId>,
}

/// Why there is no table.
#[derive(Debug, thiserror::Error)]
pub enum NotExported {
    /// The schema answers with errors; the first of them.
    #[error("{message}")]
    Refused {
        /// Its code.
        code: String,
        /// What it says.
        message: String,
        /// The argument that it is about.
        argument: Option<String>,
    },
    /// The answer is a page, and the document cannot be asked for the next.
    #[error(
        "the answer is one page of several: declare $after, pass it on, and select pageInfo {{ hasNextPage endCursor }}"
    )]
    OnePage,
    /// More rows than are written.
    #[error("the answer has more than {MOST_ROWS} rows: ask for less at a time")]
    TooManyRows,
    /// There is no dataset of the time.
    #[error(transparent)]
    Dataset(#[from] Error),
}

impl Exported {
    /// Asks a schema.
    #[must_use]
    pub const fn new(schema: SamsynSchema, per_request: PerRequest) -> Self {
        Self {
            schema,
            per_request,
        }
    }

    /// The whole answer as a table, the dataset it is of, and whether synthetic rows are behind it.
    ///
    /// # Errors
    /// The question is refused, its answer is not whole, or there is no dataset of the time.
    pub async fn table(
        &self,
        asked: &Asked,
        layout: Layout,
    ) -> Result<(Table, Dataset, bool), NotExported> {
        let mut data = Data::default();
        let context = self.per_request.fill(asked.viewer.clone(), &mut data);
        // Later pages are of the dataset of the first, whatever is written meanwhile.
        let instant = asked.as_of.unwrap_or_else(|| context.clock().now());
        let dataset = context.dataset_at(Some(instant)).await?;
        let (mut rows, mut after, mut synthetic) = (Vec::new(), Value::Null, false);
        loop {
            let (answer, context) = self.page(asked, instant, &after).await?;
            synthetic |= context.used_synthetic();
            rows.extend(layout.rows(&answer));
            if rows.len() > MOST_ROWS {
                return Err(NotExported::TooManyRows);
            }
            let Some(next) = next(&layout, &answer, rows.len())? else {
                break;
            };
            after = next;
        }
        let table = Table {
            columns: layout.columns,
            rows,
            left_out: layout.left_out,
        };
        Ok((table, dataset, synthetic))
    }

    async fn page(
        &self,
        asked: &Asked,
        instant: DateTime<Utc>,
        after: &Value,
    ) -> Result<(Value, RequestContext), NotExported> {
        let mut data = Data::default();
        let context = self.per_request.fill(asked.viewer.clone(), &mut data);
        let context = context.with_present(instant);
        data.insert(context.clone());
        if let Some(id) = &asked.request {
            data.insert(id.clone());
        }
        let mut variables = asked.variables.clone();
        if !after.is_null() {
            variables.insert("after".to_owned(), after.clone());
        }
        let variables = Variables::from_json(Value::Object(variables));
        let mut request = Request::new(asked.document.clone()).variables(variables);
        request.data = data;
        let response = self.schema.execute(request).await;
        if let Some(error) = response.errors.first() {
            return Err(refused(error));
        }
        let answer = response.data.into_json().unwrap_or_default();
        Ok((answer, context))
    }
}

fn refused(error: &ServerError) -> NotExported {
    let said = |name: &str| {
        let found = error.extensions.as_ref()?.get(name)?;
        match found {
            async_graphql::Value::String(text) => Some(text.clone()),
            _ => None,
        }
    };
    NotExported::Refused {
        code: said("code").unwrap_or_else(|| "GRAPHQL_VALIDATION_FAILED".to_owned()),
        message: error.message.clone(),
        argument: said("argument"),
    }
}

/// The cursor of the next page; none where the rows are whole.
fn next(layout: &Layout, answer: &Value, rows: usize) -> Result<Option<Value>, NotExported> {
    let Some(connection) = layout.connection(answer) else {
        return Ok(None);
    };
    let info = &connection["pageInfo"];
    match (&info["hasNextPage"], &info["endCursor"]) {
        (Value::Bool(false), _) => Ok(None),
        (Value::Bool(true), Value::String(cursor)) if layout.turns => {
            Ok(Some(Value::String(cursor.clone())))
        }
        (Value::Null, _) if connection.is_null() => Ok(None),
        (Value::Null, _) if connection["totalCount"].as_u64() == u64::try_from(rows).ok() => {
            Ok(None)
        }
        _ => Err(NotExported::OnePage),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graphql::exported::layout;
    use serde_json::json;

    #[test]
    fn a_table_is_whole_or_refused() {
        let turning = layout(
            "query ($after: String) { rounds(after: $after) { pageInfo { hasNextPage endCursor } nodes { code } } }",
            None,
        )
        .expect("a table");
        let page = |more: bool| json!({ "rounds": { "pageInfo": { "hasNextPage": more, "endCursor": "c" }, "nodes": [] } });
        assert_eq!(
            next(&turning, &page(true), 0).expect("whole"),
            Some(json!("c"))
        );
        assert_eq!(next(&turning, &page(false), 0).expect("whole"), None);
        let still = layout("{ rounds { totalCount nodes { code } } }", None).expect("a table");
        let counted = |count: u64| json!({ "rounds": { "totalCount": count, "nodes": [] } });
        assert_eq!(next(&still, &counted(2), 2).expect("whole"), None);
        assert!(matches!(
            next(&still, &counted(3), 2),
            Err(NotExported::OnePage)
        ));
        let blind = layout("{ rounds { nodes { code } } }", None).expect("a table");
        let page = json!({ "rounds": { "nodes": [] } });
        assert!(matches!(next(&blind, &page, 0), Err(NotExported::OnePage)));
    }
}

//! Asking for a whole answer: page after page of the same dataset, so that no more than one is held at a time.

use async_graphql::{Data, Request, ServerError, Variables};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use tower_http::request_id::RequestId;

use super::columns::Layout;
use super::rows::Row;
use crate::context::RequestContext;
use crate::graphql::{PerRequest, SamsynSchema, release};
use crate::policy::Viewer;
use crate::reports::Error;
use crate::store::{Choice, Dataset};

/// Asks questions page by page.
#[derive(Clone)]
pub struct Exported {
    schema: SamsynSchema,
    per_request: PerRequest,
}

/// Which dataset a question is asked of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// The present one.
    Present,
    /// As it was at an instant.
    AsOf(DateTime<Utc>),
    /// What is sealed in the release of this name.
    Release(String),
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
    /// Of which dataset.
    pub of: Of,
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
    /// There is no release of the name that the viewer sees.
    #[error("there is no {0} here")]
    NoRelease(String),
    /// There is no dataset of the time.
    #[error(transparent)]
    Dataset(#[from] Error),
}

/// The pages of an answer, one after the other.
pub struct Pages<'a> {
    exported: &'a Exported,
    asked: &'a Asked,
    layout: &'a Layout,
    fixed: Fixed,
    dataset: Dataset,
    /// The cursor that the next page begins after, null for the first page; none where the rows are whole.
    after: Option<Value>,
    rows: u64,
    synthetic: bool,
}

/// What all pages are of, whatever is written meanwhile.
#[derive(Clone, Copy)]
enum Fixed {
    Instant(DateTime<Utc>),
    Release(i64),
}

impl Pages<'_> {
    /// The rows of the next page; none where all have been given.
    ///
    /// # Errors
    /// The question is refused, or its answer is not whole.
    pub async fn next(&mut self) -> Result<Option<Vec<Row>>, NotExported> {
        let Some(after) = self.after.take() else {
            return Ok(None);
        };
        let page = self.exported.page(self.asked, self.fixed, &after).await?;
        let (answer, context) = page;
        self.synthetic |= context.used_synthetic();
        let rows = self.layout.rows(&answer);
        self.rows = self.rows.saturating_add(rows.len() as u64);
        self.after = next(self.layout, &answer, self.rows)?;
        if self.after.as_ref() == Some(&after) {
            // A page that ends where it began would be asked for without end.
            return Err(NotExported::OnePage);
        }
        Ok(Some(rows))
    }

    /// The dataset that is asked.
    #[must_use]
    pub const fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    /// Whether synthetic rows are behind what has been given.
    #[must_use]
    pub const fn synthetic(&self) -> bool {
        self.synthetic
    }
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

    /// Begins to ask a question, page after page, of the dataset of its time.
    ///
    /// # Errors
    /// There is no dataset of the time.
    pub async fn begin<'a>(
        &'a self,
        asked: &'a Asked,
        layout: &'a Layout,
    ) -> Result<Pages<'a>, NotExported> {
        let mut data = Data::default();
        let context = self.per_request.fill(asked.viewer.clone(), &mut data);
        let fixed = match &asked.of {
            Of::Present => Fixed::Instant(context.clock().now()),
            Of::AsOf(instant) => Fixed::Instant(*instant),
            Of::Release(name) => {
                let found = release::seen(&context, name).await?;
                let found = found.ok_or_else(|| NotExported::NoRelease(name.clone()))?;
                Fixed::Release(found.id)
            }
        };
        let dataset = match fixed {
            Fixed::Instant(instant) => context.dataset_at(Some(instant)).await?,
            Fixed::Release(id) => {
                let choice = Choice {
                    release: Some(id),
                    ..Choice::default()
                };
                context.reading(choice).await?.1
            }
        };
        Ok(Pages {
            exported: self,
            asked,
            layout,
            fixed,
            dataset,
            after: Some(Value::Null),
            rows: 0,
            synthetic: false,
        })
    }

    async fn page(
        &self,
        asked: &Asked,
        fixed: Fixed,
        after: &Value,
    ) -> Result<(Value, RequestContext), NotExported> {
        let mut data = Data::default();
        let context = self.per_request.fill(asked.viewer.clone(), &mut data);
        let context = match fixed {
            Fixed::Instant(instant) => context.with_present(instant),
            Fixed::Release(id) => context.with_release(id),
        };
        let context = context.for_a_whole();
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
fn next(layout: &Layout, answer: &Value, rows: u64) -> Result<Option<Value>, NotExported> {
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
        (Value::Null, _) if connection["totalCount"].as_u64() == Some(rows) => Ok(None),
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

//! Asking for a whole answer: page after page of the same dataset, so that no more than one is held at a time.

use std::collections::BTreeSet;

use async_graphql::{Data, Request, Variables};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use tower_http::request_id::RequestId;

use super::layout::Layout;
use super::not_exported::{NotExported, refused};
use super::rows::Row;
use super::whole::Asking;
use crate::context::RequestContext;
use crate::graphql::{PerRequest, SamsynSchema, release};
use crate::policy::Viewer;
use crate::store::{Choice, Dataset};

/// The code of an answer that would weigh more than one may.
const TOO_COMPLEX: &str = "TOO_COMPLEX";

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

/// A dataset that was read.
#[derive(Clone, Debug)]
pub struct ReadDataset {
    /// The dataset.
    pub dataset: Dataset,
    /// The instant that was asked for; none for the present, and of a release.
    pub as_of: Option<DateTime<Utc>>,
}

impl ReadDataset {
    /// Whether a reader is told the same of both. What is withheld of a dataset makes no other of it.
    fn is_told_as(&self, other: &Self) -> bool {
        let told = |one: &Self| {
            let (dataset, release) = (&one.dataset, one.dataset.release.as_deref());
            let release = release.map(|release| release.id);
            (
                dataset.version,
                one.as_of,
                dataset.today,
                dataset.basis,
                release,
            )
        };
        told(self) == told(other)
    }
}

/// The pages of an answer, one after the other.
pub struct Pages<'a> {
    exported: &'a Exported,
    asked: &'a Asked,
    layout: &'a Layout,
    asking: Asking,
    fixed: Fixed,
    /// What the registers of now say, for all pages alike: whatever is accepted meanwhile.
    present: RequestContext,
    dataset: Dataset,
    /// The datasets that were read, in the order in which they were opened first.
    read: Vec<ReadDataset>,
    /// Lists some of whose members are in no row.
    told: BTreeSet<String>,
    /// The cursor that the next page begins after, null for the first page; none where the rows are whole.
    after: Option<Value>,
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
        let (answer, context) = self.whole(&after).await?;
        self.synthetic |= context.used_synthetic();
        self.note(&context);
        let rows = self.layout.rows(&answer, &mut self.told);
        self.after = next(self.layout, &self.asking, &answer, after.is_null())?;
        if self.after.as_ref() == Some(&after) {
            // A page that ends where it began would be asked for without end.
            return Err(NotExported::OnePage);
        }
        Ok(Some(rows))
    }

    /// A page whose lists within rows are whole. Where the document does not say how many a list gives, it is asked again
    /// for as many as there can be.
    async fn whole(&mut self, after: &Value) -> Result<(Value, RequestContext), NotExported> {
        let mut wanted: Option<String> = None;
        loop {
            let of = (self.fixed, &self.present);
            let page = self.exported.page(self.asked, &self.asking, of, after);
            let page = page.await;
            let (mut answer, context) = match (page, wanted) {
                // What the lists would weigh with all that they hold is more than one page may.
                (Err(NotExported::Refused { code, .. }), Some(list)) if code == TOO_COMPLEX => {
                    return Err(NotExported::Cut { list });
                }
                (page, _) => page?,
            };
            let checked = self
                .layout
                .checked(&self.asking, &self.asked.variables, &mut answer);
            let Err(cut) = checked else {
                return Ok((answer, context));
            };
            let list = cut.list;
            if !cut.is_open {
                return Err(NotExported::Cut { list });
            }
            self.asking.grow(self.layout, &cut.at);
            wanted = Some(list);
        }
    }

    /// Notes which datasets a page has read.
    fn note(&mut self, context: &RequestContext) {
        for (choice, dataset) in context.datasets_read() {
            let of_address = match self.asked.of {
                Of::AsOf(instant) => Some(instant),
                Of::Present | Of::Release(_) => None,
            };
            let as_of = choice.as_of.or(of_address);
            let as_of = as_of.filter(|_| dataset.release.is_none());
            let read = ReadDataset { dataset, as_of };
            if !self.read.iter().any(|known| known.is_told_as(&read)) {
                self.read.push(read);
            }
        }
    }

    /// The datasets that were read, in the order in which they were opened; that of the address where none was.
    #[must_use]
    pub fn datasets(&self) -> Vec<ReadDataset> {
        if !self.read.is_empty() {
            return self.read.clone();
        }
        let as_of = match self.asked.of {
            Of::AsOf(instant) => Some(instant),
            Of::Present | Of::Release(_) => None,
        };
        let dataset = self.dataset.clone();
        vec![ReadDataset { dataset, as_of }]
    }

    /// The lists that are in no column, or some of whose members are in no row.
    #[must_use]
    pub fn left_out(&self) -> Vec<String> {
        let own = self.layout.left_out.iter();
        let told = self
            .told
            .iter()
            .filter(|one| !self.layout.left_out.contains(one));
        own.chain(told).cloned().collect()
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
            asking: layout.asking(&asked.document),
            fixed,
            present: context,
            dataset,
            read: Vec::new(),
            told: BTreeSet::new(),
            after: Some(Value::Null),
            synthetic: false,
        })
    }

    async fn page(
        &self,
        asked: &Asked,
        asking: &Asking,
        (fixed, present): (Fixed, &RequestContext),
        after: &Value,
    ) -> Result<(Value, RequestContext), NotExported> {
        let mut data = Data::default();
        let context = self.per_request.fill(asked.viewer.clone(), &mut data);
        let context = match fixed {
            Fixed::Instant(instant) => context.with_present(instant),
            Fixed::Release(id) => context.with_release(id),
        };
        let context = context.for_a_whole().with_now_of(present);
        data.insert(context.clone());
        if let Some(id) = &asked.request {
            data.insert(id.clone());
        }
        let mut variables = asked.variables.clone();
        if let (Some(turn), false) = (&asking.turn, after.is_null()) {
            variables.insert(turn.clone(), after.clone());
        }
        let variables = Variables::from_json(Value::Object(variables));
        let mut request = Request::new(asking.text.clone()).variables(variables);
        request.data = data;
        let response = self.schema.execute(request).await;
        if let Some(error) = response.errors.first() {
            return Err(refused(error));
        }
        let answer = response.data.into_json().unwrap_or_default();
        Ok((answer, context))
    }
}

/// The cursor of the next page; none where the rows are whole.
fn next(
    layout: &Layout,
    asking: &Asking,
    answer: &Value,
    is_first: bool,
) -> Result<Option<Value>, NotExported> {
    let connection = layout.connection(answer);
    let Some(connection) = connection.filter(|connection| !connection.is_null()) else {
        return Ok(None);
    };
    let page = asking.page(connection);
    if is_first && page["hasPreviousPage"] != false {
        return Err(NotExported::Begun);
    }
    match (&page["hasNextPage"], &page["endCursor"]) {
        (Value::Bool(false), _) => Ok(None),
        (Value::Bool(true), Value::String(cursor)) if asking.turn.is_some() => {
            Ok(Some(Value::String(cursor.clone())))
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
        let page = |before: bool, more: bool| {
            let page = json!({ "hasPreviousPage": before, "hasNextPage": more, "endCursor": "c" });
            json!({ "rounds": { "samsyn_whole": page, "nodes": [] } })
        };
        let next = |document: &str, answer: &Value, is_first: bool| {
            let layout = layout(document, None).expect("a table");
            super::next(&layout, &layout.asking(document), answer, is_first)
        };
        let turning = "query ($from: String) { rounds(after: $from) { nodes { code } } }";
        let whole = next(turning, &page(false, true), true).expect("whole");
        assert_eq!(whole, Some(json!("c")));
        let whole = next(turning, &page(true, true), false).expect("whole");
        assert_eq!(whole, Some(json!("c")));
        assert_eq!(
            next(turning, &page(true, false), false).expect("whole"),
            None
        );
        assert!(matches!(
            next(turning, &page(true, false), true),
            Err(NotExported::Begun)
        ));
        // Declared and not passed on turns nothing, and neither does another list's.
        for still in [
            "{ rounds { totalCount nodes { code } } }",
            "query ($after: String) { rounds { nodes { code } } }",
            "query ($after: String) { rounds { nodes { code } } recipients(after: $after) { totalCount } }",
        ] {
            assert_eq!(next(still, &page(false, false), true).expect("whole"), None);
            assert!(matches!(
                next(still, &page(false, true), true),
                Err(NotExported::OnePage)
            ));
        }
        let blind = json!({ "rounds": { "nodes": [] } });
        assert!(
            next(turning, &blind, true).is_err(),
            "what says nothing is not whole"
        );
        assert_eq!(
            next(turning, &json!({ "rounds": null }), true).expect("whole"),
            None
        );
    }
}

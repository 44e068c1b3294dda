//! Which saved questions are listed: those that somebody listed, and that the public is answered. What cannot be answered
//! without variables, or to whom one has to be somebody, is not.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use moka::future::Cache;
use serde_json::Map;

use crate::app::App;
use crate::graphql::exported::{Asked, Column, Exported, NotExported, Of, layout};
use crate::policy::Viewer;
use crate::reports::Error;
use crate::store::{Dataset, committed_at, published_query};

/// Listings kept: the present one, and the one before it.
const KEPT: u64 = 2;

/// Codes of errors that say nothing of the question.
const FAILED: [&str; 3] = ["INTERNAL", "TIMEOUT", "AUDIT_UNAVAILABLE"];

/// A question that is listed.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) sha256: String,
    /// Its title, Swedish and English.
    pub(super) title: [String; 2],
    /// What it holds, Swedish and English.
    pub(super) description: [String; 2],
    pub(super) columns: Vec<Column>,
    /// Whether synthetic rows are behind it.
    pub(super) synthetic: bool,
    pub(super) published_at: DateTime<Utc>,
}

/// All that is listed of a version.
#[derive(Clone, Debug)]
pub(super) struct Listing {
    pub(super) version: i64,
    /// When the version was made.
    pub(super) made: DateTime<Utc>,
    pub(super) questions: Vec<Listed>,
}

/// Makes listings, once for each version and each change of what is listed.
#[derive(Clone)]
pub(super) struct Listings {
    app: App,
    exported: Exported,
    kept: Cache<(i64, i64), Arc<Listing>>,
}

impl Listings {
    pub(super) fn new(app: App, exported: Exported) -> Self {
        let kept = Cache::builder().max_capacity(KEPT).build();
        Self {
            app,
            exported,
            kept,
        }
    }

    /// What is listed now.
    pub(super) async fn present(&self) -> Result<Arc<Listing>, Arc<Error>> {
        let context = self.app.request(Viewer::public());
        let store = context.reports.store();
        let failed = |error: sea_orm::DbErr| Arc::new(Error::from(error));
        let dataset = Dataset::present(store, context.clock()).await;
        let dataset = dataset.map_err(|error| Arc::new(Error::from(error)))?;
        let last = published_query::last(store.connection()).await;
        let key = (dataset.version, last.map_err(failed)?);
        let make = Box::pin(self.make(&dataset));
        self.kept.try_get_with(key, make).await
    }

    async fn make(&self, dataset: &Dataset) -> Result<Arc<Listing>, Error> {
        let context = self.app.request(Viewer::public());
        let store = context.reports.store();
        let mut questions = Vec::new();
        for (question, said) in published_query::listed(store.connection()).await? {
            let Some((columns, synthetic)) = self.answered(&question.document).await? else {
                let sha256 = &question.sha256;
                tracing::info!(%sha256, "a question is not listed: the public is not answered");
                continue;
            };
            questions.push(Listed {
                sha256: question.sha256,
                title: [said.title_sv, said.title_en],
                description: [said.description_sv, said.description_en],
                columns,
                synthetic,
                published_at: said.published_at.utc(),
            });
        }
        let made = committed_at(store, dataset.version).await?;
        Ok(Arc::new(Listing {
            version: dataset.version,
            made: made.map(entity::Moment::utc).unwrap_or_default(),
            questions,
        }))
    }

    /// The columns of an answer and whether synthetic rows are behind it, where the public is answered. That it could not
    /// be asked is no answer: the listing fails, and is made anew.
    async fn answered(&self, document: &str) -> Result<Option<(Vec<Column>, bool)>, Error> {
        let Ok(layout) = layout(document, None) else {
            return Ok(None);
        };
        let asked = Asked {
            viewer: Viewer::public(),
            document: document.to_owned(),
            variables: Map::new(),
            of: Of::Present,
            request: None,
        };
        let mut pages = match self.exported.begin(&asked, &layout).await {
            Ok(pages) => pages,
            Err(error) => return refused(error),
        };
        if let Err(error) = pages.next().await {
            return refused(error);
        }
        let synthetic = pages.synthetic();
        drop(pages);
        Ok(Some((layout.columns, synthetic)))
    }
}

/// A question that the public is not answered is not listed; what failed inside is an error.
fn refused<T>(error: NotExported) -> Result<Option<T>, Error> {
    match error {
        NotExported::Dataset(error) => Err(error),
        NotExported::Refused { code, message, .. } if FAILED.contains(&code.as_str()) => {
            tracing::warn!(%code, %message, "what is listed cannot be told now");
            Err(Error::Ended)
        }
        NotExported::Refused { .. }
        | NotExported::OnePage
        | NotExported::Begun
        | NotExported::Cut { .. }
        | NotExported::NoRelease(_) => Ok(None),
    }
}

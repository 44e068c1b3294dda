//! Sealed releases in the schema: which there are, and which an answer is of.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use entity::{Moment, sealed_release};

use super::error;
use super::guard::Require;
use super::page::{self, Node, PageOf, Place};
use super::scalars::{Date, RegistryNumber};
use super::vocabulary::DeliverableKind;
use crate::context::RequestContext;
use crate::policy::{Action, Scope};
use crate::reports::Error;

/// A sealed release (fryst datauttag): the dataset of a report, frozen and never changed.
#[derive(Clone, Debug, SimpleObject)]
pub struct Release {
    /// Its name: what `dataset(release:)` and `?release=` take (beteckning).
    id: String,
    /// SHA-256 of its manifest, in hexadecimal digits (kontrollsumma).
    sha256: String,
    /// The assignment whose report it is sealed for (uppdrag).
    assignment: RegistryNumber,
    /// What the report is (slag).
    kind: DeliverableKind,
    /// The report's last day (sista dag).
    due_on: Option<Date>,
    /// Version of the dataset (version).
    version: i64,
    /// The instant of the dataset (tidpunkt).
    as_of: DateTime<Utc>,
    /// The day that is today in it (dagens datum).
    today: Date,
    /// When it was sealed (fryst).
    sealed_at: DateTime<Utc>,
    /// Until then the release is there for nobody but those who prepare it; null where it never was hidden. Its figures are
    /// not hidden: what is accepted is open, as of the same instant too (embargo till).
    embargo_until: Option<DateTime<Utc>>,
    /// Thumbprint of the key that signed it; null where nobody did (signerande nyckel).
    key_id: Option<String>,
}

impl Release {
    /// A release as it is kept.
    pub(crate) fn of(model: &sealed_release::Model) -> Self {
        Self {
            id: model.name.clone(),
            sha256: model.sha256.clone(),
            assignment: RegistryNumber(model.assignment.clone()),
            kind: model.deliverable_kind.into(),
            due_on: model.due_on.map(Date),
            version: model.version,
            as_of: model.as_of.utc(),
            today: Date(model.today),
            sealed_at: model.sealed_at.utc(),
            embargo_until: model.embargo_until.map(Moment::utc),
            key_id: model.key_id.clone(),
        }
    }
}

impl Node for Release {
    const CONNECTION: &'static str = "releases";

    /// By the instant of sealing, then name.
    fn place(&self) -> Place {
        let sealed = self.sealed_at.timestamp_micros();
        Place {
            connection: Self::CONNECTION.into(),
            sort_key: sealed.to_be_bytes().to_vec(),
            code: self.id.clone(),
        }
    }
}

/// Whether a viewer sees that there is a release: its embargo has ended, or they prepare it.
async fn is_visible(
    request: &RequestContext,
    release: &sealed_release::Model,
) -> Result<bool, Error> {
    let now = Moment::from(request.clock().now());
    if release.embargo_until.is_none_or(|until| until <= now) {
        return Ok(true);
    }
    let registers = request.registers().await?;
    let scope = Scope::of(&request.viewer, Action::SealReleases, &registers);
    Ok(scope.holds_assignment(&release.assignment))
}

/// The release of a name, where the viewer sees it: what they must not see equals what there is not.
pub(crate) async fn seen(
    request: &RequestContext,
    name: &str,
) -> Result<Option<sealed_release::Model>, Error> {
    let Some(found) = request.releases.named(name).await? else {
        return Ok(None);
    };
    Ok(is_visible(request, &found).await?.then_some(found))
}

/// The release of a name, or an error of the argument.
pub(crate) async fn visible(
    ctx: &Context<'_>,
    name: &str,
    argument: &str,
) -> Result<sealed_release::Model, async_graphql::Error> {
    let found = seen(ctx.data::<RequestContext>()?, name).await;
    let found = found.map_err(error::report)?;
    found.ok_or_else(|| error::unknown(argument, name))
}

/// Reading which releases there are.
#[derive(Default)]
pub struct ReleaseQuery;

/// Reading which releases there are.
#[Object(guard = "Require(Action::ReadFigures)")]
impl ReleaseQuery {
    /// Sealed releases, in the order of sealing (frysta datauttag).
    #[graphql(complexity = "page::cost(first, last, child_complexity)")]
    async fn releases(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of this assignment alone (uppdrag).")] assignment: Option<RegistryNumber>,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<PageOf<Release>>> {
        let request = ctx.data::<RequestContext>()?;
        let all = request.releases.all().await;
        let mut nodes = Vec::new();
        for one in all.map_err(|failed| error::report(failed.into()))? {
            let is_asked = assignment
                .as_ref()
                .is_none_or(|asked| asked.0 == one.assignment);
            if is_asked && is_visible(request, &one).await.map_err(error::report)? {
                nodes.push(Release::of(&one));
            }
        }
        nodes.sort_by_cached_key(Node::place);
        page::of(nodes, first, after, last, before).await.map(Some)
    }
}

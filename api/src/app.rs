//! The service put together: store, reports, schema and routes. Tests call the same router in-process.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use entity::OrganisationCode;

use crate::auth::Authenticator;
use crate::calendar::calendar;
use crate::clock::Clock;
use crate::context::RequestContext;
use crate::exports::{self, exports};
use crate::graphql::exported::Exported;
use crate::graphql::limits::Limits;
use crate::graphql::over_http::{Endpoint, TimeLimits};
use crate::graphql::{self, PerRequest, Written};
use crate::heavy::Heavy;
use crate::http::{Admission, AdmissionLimits, Authentication, NotReady, Routes, Watch, router};
use crate::intake;
use crate::open_data::{self, OpenData};
use crate::policy::Viewer;
use crate::releases::SigningKey;
use crate::reports::Reports;
use crate::service::audit::ReadLog;
use crate::service::release::Releases;
use crate::store::{Dataset, Store, Trouble};
use crate::uploads;
use crate::workbooks::templates;

/// Everything that the service is made of.
#[derive(Clone)]
pub struct App {
    reports: Reports,
    clock: Clock,
    authenticator: Authenticator,
    limits: intake::Limits,
    export_limits: exports::Limits,
    publishing: open_data::Settings,
    reads: ReadLog,
    releases: Releases,
    sealing: Option<Arc<SigningKey>>,
    heavy: Heavy,
    upload_time: Duration,
    admission: Admission,
}

impl App {
    /// The service over a store. It believes no token until it is told whose.
    #[must_use]
    pub fn new(store: Store, clock: Clock) -> Self {
        Self {
            reads: ReadLog::new(store.clone(), clock.clone()),
            releases: Releases::new(store.clone()),
            sealing: None,
            heavy: Heavy::new(store.clone()),
            upload_time: uploads::LONGEST,
            admission: Admission::default(),
            reports: Reports::new(store),
            clock,
            authenticator: Authenticator::closed(),
            limits: intake::Limits::default(),
            export_limits: exports::Limits::default(),
            publishing: open_data::Settings::default(),
        }
    }

    /// The same service, believing these tokens.
    #[must_use]
    pub fn believing(self, authenticator: Authenticator) -> Self {
        Self {
            authenticator,
            ..self
        }
    }

    /// The same service, with other limits of files.
    #[must_use]
    pub fn limited(self, limits: intake::Limits) -> Self {
        Self { limits, ..self }
    }

    /// The same service, with other limits of exports.
    #[must_use]
    pub fn exporting(self, export_limits: exports::Limits) -> Self {
        Self {
            export_limits,
            ..self
        }
    }

    /// The same service, signing what it seals.
    #[must_use]
    pub fn sealing(self, key: Option<SigningKey>) -> Self {
        Self {
            sealing: key.map(Arc::new),
            ..self
        }
    }

    /// The same service, publishing open data so.
    #[must_use]
    pub fn publishing(self, publishing: open_data::Settings) -> Self {
        Self { publishing, ..self }
    }

    /// The same service, which waits so long for the whole of an upload.
    #[must_use]
    pub fn receiving(self, upload_time: Duration) -> Self {
        Self {
            upload_time,
            ..self
        }
    }

    /// The same service, with these places for requests.
    #[must_use]
    pub fn admitting(self, limits: AdmissionLimits) -> Self {
        Self {
            admission: Admission::new(limits),
            ..self
        }
    }

    /// For the whole of an upload to arrive.
    #[must_use]
    pub const fn upload_time(&self) -> Duration {
        self.upload_time
    }

    /// A context for one request of a viewer.
    #[must_use]
    pub fn request(&self, viewer: Viewer) -> RequestContext {
        let reports = self.reports.clone().asked_by(&viewer);
        let releases = self.releases.clone();
        let heavy = self.heavy.clone();
        let mut request = RequestContext::new(reports, releases, heavy, self.clock.clone(), viewer);
        request.limits = self.limits;
        request.sealing = self.sealing.clone();
        request.noted_by(self.reads.clone())
    }

    /// The routes.
    pub fn router(&self) -> Router {
        let limits = Limits::default();
        let schema = graphql::schema(&limits);
        let schema_text: Arc<str> = graphql::schema_text().into();
        let per_request = PerRequest::new(self.clone());
        let written = Written::new(schema.clone(), per_request.clone());
        let exported = Exported::new(schema.clone(), per_request.clone());
        let open = OpenData::new(self.clone(), exported.clone(), self.publishing.clone());
        let watch: Arc<dyn Watch> = Arc::new({
            let store = self.reports.store().clone();
            move || {
                let store = store.clone();
                async move { store.silence().await }
            }
        });
        let reader = graphql::reader(&limits);
        let graphql = Endpoint::new(schema, per_request, reader, TimeLimits::default())
            .admitting(self.admission.clone())
            .watching(Arc::clone(&watch))
            .into_route();
        let app = self.clone();
        let ready = move || {
            let app = app.clone();
            async move { app.ready().await }
        };
        let app = self.clone();
        let registered = move |organisation: OrganisationCode| {
            let request = app.request(Viewer::public());
            async move {
                let registers = request.registers().await;
                let registers = registers.map_err(|error| {
                    tracing::warn!(?error, "the registers could not be read");
                    NotReady("database")
                })?;
                Ok(registers.knows(&organisation))
            }
        };
        router(Routes {
            graphql,
            templates: templates(self.reports.clone(), self.clock.clone()),
            calendar: calendar(self.clone()),
            datapackage: open_data::datapackage(open.clone()),
            dcat: open_data::dcat(open),
            exports: exports(self.clone(), exported, self.export_limits),
            submissions: uploads::routes(self.clone(), written),
            schema_text,
            readiness: Arc::new(ready),
            watch: Arc::clone(&watch),
            public_url: self.publishing.public_url.as_str().into(),
            authentication: Authentication {
                authenticator: self.authenticator.clone(),
                clock: self.clock.clone(),
                registered: Arc::new(registered),
                watch: Arc::clone(&watch),
            },
            body_bytes: limits.body_bytes,
        })
    }

    /// Whether questions can be answered and files be taken: the store is read as they read it, and written.
    async fn ready(&self) -> Result<(), NotReady> {
        let store = self.reports.store();
        store.writable().await.map_err(|trouble| match trouble {
            Trouble::Unavailable => NotReady("database"),
            Trouble::Full => NotReady("storage is full"),
        })?;
        let present = Dataset::present(store, &self.clock).await;
        present.map(|_| ()).map_err(|_| NotReady("database"))
    }
}

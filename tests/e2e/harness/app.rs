//! A service under test: sends files to it and asks it questions, through the real router.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use chrono::NaiveDate;
use entity::{Kind, Nature, OrganisationCode, RegistryNumber};
use http_body_util::BodyExt;
use samsyn::app::App;
use samsyn::clock::Clock;
use samsyn::intake::{FileReport, Limits, Manifest};
use samsyn::service::submission::{Actor, Delivery, Mode, receive};
use samsyn::store::Store;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

use super::persona::{Persona, authority};

/// The service over a store of its own.
pub(crate) struct TestApp {
    /// The store.
    pub store: Store,
    /// Its URL, for a second connection or another process.
    pub url: String,
    /// The routes.
    pub router: Router,
    clock: Clock,
    /// A folder that ends with the test.
    folder: Arc<TempDir>,
}

/// A file to send. Its sender is the coordinator unless said otherwise.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    delivery: Delivery,
}

impl Sent {
    /// A text file of a kind, without an assignment.
    pub(crate) fn csv(kind: Kind, text: &str) -> Self {
        Self::file(kind, &format!("{}.csv", kind.code()), text.as_bytes())
    }

    /// A file of a kind.
    pub(crate) fn file(kind: Kind, name: &str, bytes: &[u8]) -> Self {
        Self {
            delivery: Delivery {
                file_name: name.to_owned(),
                bytes: bytes.to_vec(),
                kind,
                assignment: None,
                organisation: OrganisationCode::parse("socialstyrelsen").expect("a code"),
                actor: Actor::Coordinator,
                nature: Nature::Real,
                registered_on: None,
                plan_version: None,
                decided_on: None,
            },
        }
    }

    /// For an assignment.
    pub(crate) fn assignment(mut self, number: &str) -> Self {
        self.delivery.assignment = Some(RegistryNumber::parse(number).expect("a registry number"));
        self
    }

    /// By another sender.
    pub(crate) fn by(mut self, organisation: &str) -> Self {
        self.delivery.organisation = OrganisationCode::parse(organisation).expect("a code");
        self
    }

    /// As a version of a plan, decided on a day.
    pub(crate) fn plan(mut self, version: Option<i64>, decided_on: Option<NaiveDate>) -> Self {
        self.delivery.plan_version = version;
        self.delivery.decided_on = decided_on;
        self
    }

    /// Handed in by a person with a token; by the coordinator at the command line unless said.
    pub(crate) fn handed_in_by(mut self, who: &Persona) -> Self {
        self.delivery.actor = Actor::Person(who.viewer().clone());
        self
    }

    /// Of a document that was registered on a day.
    pub(crate) fn registered_on(mut self, day: &str) -> Self {
        self.delivery.registered_on = Some(day.parse().expect("a day"));
        self
    }

    /// Of another nature.
    pub(crate) fn nature(mut self, nature: Nature) -> Self {
        self.delivery.nature = nature;
        self
    }
}

impl TestApp {
    pub(super) fn new(store: Store, url: String, folder: TempDir) -> Self {
        Self::of(store, url, Clock::system(), Arc::new(folder))
    }

    fn of(store: Store, url: String, clock: Clock, folder: Arc<TempDir>) -> Self {
        let router = App::new(store.clone(), clock.clone())
            .believing(authority().authenticator.clone())
            .router();
        Self {
            store,
            url,
            router,
            clock,
            folder,
        }
    }

    /// The same service by another clock.
    pub(crate) fn with_clock(self, clock: Clock) -> Self {
        Self::of(self.store, self.url, clock, self.folder)
    }

    /// Another process beside this one: connections, caches and a clock of its own over the same store.
    pub(crate) async fn beside(&self, clock: Clock) -> Self {
        let store = Store::open(&self.url).await.expect("the store opens again");
        Self::of(store, self.url.clone(), clock, Arc::clone(&self.folder))
    }

    /// Ends a process that was started beside another.
    pub(crate) async fn close(self) {
        self.store.close().await.expect("the store closes");
    }

    /// Receives a file.
    pub(crate) async fn send(&self, sent: &Sent) -> FileReport {
        deliver(&self.store, &self.clock, &sent.delivery, Mode::Receive).await
    }

    /// Receives a file, or says why it cannot even be judged.
    pub(crate) async fn try_send(
        &self,
        sent: &Sent,
    ) -> Result<FileReport, samsyn::service::submission::Error> {
        let limits = Limits::default();
        receive(
            &self.store,
            &self.clock,
            limits,
            &sent.delivery,
            Mode::Receive,
        )
        .await
    }

    /// Says what would come of a file.
    pub(crate) async fn dry_run(&self, sent: &Sent) -> FileReport {
        deliver(&self.store, &self.clock, &sent.delivery, Mode::DryRun).await
    }

    /// Says what would come of a file within other limits.
    pub(crate) async fn dry_run_within(&self, limits: Limits, sent: &Sent) -> FileReport {
        let clock = Clock::system();
        receive(&self.store, &clock, limits, &sent.delivery, Mode::DryRun)
            .await
            .expect("the file is judged")
    }

    /// Asks a document with variables as the public; gives the whole answer.
    pub(crate) async fn ask_with(&self, document: &str, variables: Value) -> Value {
        self.ask_as(&Persona::public(), document, variables).await
    }

    /// Asks a document with variables as somebody; gives the whole answer.
    pub(crate) async fn ask_as(&self, who: &Persona, document: &str, variables: Value) -> Value {
        let body = json!({ "query": document, "variables": variables }).to_string();
        let mut request = Request::post("/graphql")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json")
            .body(Body::from(body))
            .expect("a request");
        who.sign(&mut request);
        self.call(request).await.1
    }

    /// Asks a document; gives its data, and fails on errors.
    pub(crate) async fn ask(&self, document: &str) -> Value {
        let mut answer = self.ask_with(document, json!({})).await;
        assert_eq!(answer.get("errors"), None, "{document}");
        answer["data"].take()
    }

    /// Calls a route; gives the status and the body as JSON, or as text where it is none.
    pub(crate) async fn call(&self, request: Request<Body>) -> (StatusCode, Value) {
        call(&self.router, request).await
    }
}

/// Calls a route of a service; gives the status and the body as JSON, or as text where it is none.
pub(crate) async fn call(router: &Router, request: Request<Body>) -> (StatusCode, Value) {
    let response = router
        .clone()
        .oneshot(request)
        .await
        .expect("the router answers");
    let status = response.status();
    let bytes = response
        .into_body()
        .collect()
        .await
        .expect("a body")
        .to_bytes();
    let body = serde_json::from_slice(&bytes)
        .unwrap_or_else(|_| String::from_utf8_lossy(&bytes).into_owned().into());
    (status, body)
}

async fn deliver(store: &Store, clock: &Clock, delivery: &Delivery, mode: Mode) -> FileReport {
    receive(store, clock, Limits::default(), delivery, mode)
        .await
        .expect("the file is judged")
}

/// The folder of the example submissions.
pub(super) fn example_folder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../api/example")
}

/// Receives the example submissions as their manifest says; gives the reports in order.
pub(super) async fn import_example(store: &Store) -> Vec<FileReport> {
    let folder = example_folder();
    let manifest = std::fs::read_to_string(folder.join("manifest.json")).expect("a manifest");
    let manifest: Manifest = serde_json::from_str(&manifest).expect("a manifest");
    let mut reports = Vec::new();
    for entry in &manifest.files {
        let kind = Kind::of(entry.kind.as_deref().expect("a kind")).expect("a known kind");
        let bytes = std::fs::read(folder.join(&entry.file)).expect("a file");
        let mut sent = Sent::file(kind, &entry.file, &bytes)
            .by(entry.organisation.as_deref().expect("a sender"));
        if let Some(number) = &entry.assignment {
            sent = sent.assignment(number);
        }
        let nature = entry
            .nature
            .as_deref()
            .and_then(Nature::of)
            .expect("a nature");
        let sent = sent.plan(entry.plan_version, entry.decided_on);
        let delivery = sent.nature(nature).delivery;
        reports.push(deliver(store, &Clock::system(), &delivery, Mode::Receive).await);
    }
    reports
}

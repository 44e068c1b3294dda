//! Throwaway stores: a template of each preparation is made once a process, each test gets a copy.

use std::future::Future;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use samsyn::clock::Clock;
use samsyn::service::reference;
use samsyn::store::Store;
use tempfile::TempDir;

use super::app::{TestApp, import_example};
use super::postgres;

/// A database engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Engine {
    /// A file.
    Sqlite,
    /// A database of the throwaway cluster.
    Postgres,
}

/// What a store holds when a test begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Prepared {
    /// Tables alone.
    Empty,
    /// The reference data.
    Reference,
    /// The reference data and the example submissions.
    Example,
}

/// Stack of a test's threads: builds without optimisation have large frames.
const STACK: usize = 16 << 20;

/// Runs a test on a runtime of its own, over a store of its own; left out, visibly, where there is no PostgreSQL.
pub(crate) fn run<F, R>(engine: Engine, prepared: Prepared, story: F)
where
    F: FnOnce(TestApp) -> R + Send + 'static,
    R: Future<Output = ()> + Send + 'static,
{
    if engine == Engine::Postgres && postgres::cluster().is_none() {
        return;
    }
    let (url, folder) = copy(engine, prepared);
    on_runtime(async move {
        let store = Store::open(&url)
            .await
            .expect("the copy of the template opens");
        let app = TestApp::new(store.clone(), url, folder);
        story(app).await;
        store.close().await.expect("the store closes");
    });
}

pub(super) fn on_runtime(work: impl Future<Output = ()> + Send + 'static) {
    let thread = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .thread_stack_size(STACK)
                .enable_all()
                .build()
                .expect("a runtime");
            runtime
                .block_on(async move { tokio::spawn(work).await })
                .expect("the test passes");
        });
    if let Err(panic) = thread.expect("a thread").join() {
        std::panic::resume_unwind(panic);
    }
}

/// A copy of the template of a preparation: its URL, and the folder that must live as long as it.
fn copy(engine: Engine, prepared: Prepared) -> (String, TempDir) {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let folder = tempfile::tempdir().expect("a temporary folder");
    match engine {
        Engine::Sqlite => {
            let file = folder.path().join("samsyn.db");
            std::fs::copy(sqlite_template(prepared), &file).expect("the template is copied");
            (format!("sqlite:{}", file.display()), folder)
        }
        Engine::Postgres => {
            let cluster = postgres::cluster().expect("asked before");
            let template = postgres_template(prepared);
            let name = format!(
                "test_{}_{}",
                std::process::id(),
                COUNT.fetch_add(1, Ordering::Relaxed)
            );
            cluster
                .create_database(&name, Some(&template))
                .expect("the template is copied");
            (cluster.url(&name), folder)
        }
    }
}

fn sqlite_template(prepared: Prepared) -> PathBuf {
    static MADE: Mutex<Vec<(Prepared, PathBuf, TempDir)>> = Mutex::new(Vec::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, path, _)) = made.iter().find(|(known, ..)| *known == prepared) {
        return path.clone();
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("template.db");
    prepare(format!("sqlite:{}", path.display()), prepared);
    made.push((prepared, path.clone(), folder));
    path
}

fn postgres_template(prepared: Prepared) -> String {
    static MADE: Mutex<Vec<Prepared>> = Mutex::new(Vec::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let name = format!("template_{}_{prepared:?}", std::process::id()).to_lowercase();
    if !made.contains(&prepared) {
        let cluster = postgres::cluster().expect("asked before");
        cluster
            .create_database(&name, None)
            .expect("a template database");
        prepare(cluster.url(&name), prepared);
        made.push(prepared);
    }
    name
}

/// Fills a new store; closed afterwards, so that it can be copied.
fn prepare(url: String, prepared: Prepared) {
    on_runtime(async move {
        let store = Store::open(&url).await.expect("a new store opens");
        if prepared != Prepared::Empty {
            reference::load_missing(&store, &Clock::system())
                .await
                .expect("the reference data load");
        }
        if prepared == Prepared::Example {
            import_example(&store).await;
        }
        store.close().await.expect("the template closes");
    });
}

//! `samsyn demo`: a new temporary store with the reference data and the example submissions, the main tables, a server.

use std::io::IsTerminal;

use anyhow::Context;
use entity::Verdict;
use indicatif::{ProgressBar, ProgressDrawTarget};

use super::{Outcome, open, print, serve, tables};
use crate::app::App;
use crate::auth::{Authenticator, Key};
use crate::clock::Clock;
use crate::config::{DemoOptions, local};
use crate::http::ServerLimits;
use crate::intake::Limits;
use crate::open_data;
use crate::reports::Reports;
use crate::service::example;
use crate::service::submission::{Mode, receive};
use crate::store::Store;

pub(super) async fn run(options: DemoOptions) -> anyhow::Result<Outcome> {
    let clock = Clock::system();
    if !options.no_serve {
        // Tried first: nobody waits for the tables to learn that the port is taken. It is opened after them.
        drop(serve::bind(options.listen).await?);
    }
    let folder = tempfile::Builder::new()
        .prefix("samsyn-demo-")
        .tempdir()
        .context("no temporary folder can be made")?;
    // The folder stays after the program: what was shown can be looked at again.
    let folder = folder.keep();
    let path = folder.join("samsyn.db");
    let url = format!("sqlite:{}", path.display());
    let store = open(&url, &clock).await?;
    receive_all(&store, &clock).await?;
    print(&format!("store: {}\n\n", path.display()))?;
    let text = tables::text(&Reports::new(store.clone()), &clock).await?;
    print(&text)?;
    if options.no_serve {
        store.close().await?;
        return Ok(Outcome::Done);
    }
    let listener = serve::bind(options.listen).await?;
    let address = listener.local_addr()?;
    print(&format!("Ask it: http://{address}/ says how\n"))?;
    let path = folder.join("samsyn.key");
    let (key, _) = Key::read_or_make(&path)?;
    print(&format!(
        "A token for it: samsyn token --key {} --role coordinator --organisation socialstyrelsen\n",
        path.display()
    ))?;
    let authenticator = Authenticator::new(Some(key), "samsyn", "samsyn");
    let publishing = open_data::Settings {
        public_url: local(address),
        ..open_data::Settings::default()
    };
    let app = App::new(store.clone(), clock)
        .believing(authenticator)
        .publishing(publishing);
    serve::listen(store, app, listener, ServerLimits::default()).await
}

async fn receive_all(store: &Store, clock: &Clock) -> anyhow::Result<()> {
    let deliveries = example::deliveries()?;
    let target = if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let bar = ProgressBar::with_draw_target(Some(deliveries.len() as u64), target);
    for delivery in deliveries {
        let report = receive(store, clock, Limits::default(), &delivery, Mode::Receive).await?;
        anyhow::ensure!(
            report.verdict != Verdict::Rejected,
            "the example file {} is refused",
            report.file
        );
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

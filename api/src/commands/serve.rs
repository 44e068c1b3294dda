//! `samsyn serve`: the GraphQL API over a store.

use std::future::Future;

use anyhow::Context;
use tokio::net::TcpListener;

use super::{Outcome, open};
use crate::app::App;
use crate::auth::{Authenticator, Key};
use crate::clock::Clock;
use crate::config::{AuthOptions, ListenOptions, ServeOptions};
use crate::http::{ServerLimits, serve};
use crate::releases::SigningKey;
use crate::store::Store;

pub(super) async fn run(options: ServeOptions) -> anyhow::Result<Outcome> {
    let clock = Clock::system();
    let authenticator = authenticator(&options.auth)?;
    let sealing = options.signing.seal_key.as_deref();
    let sealing = sealing.map(SigningKey::read).transpose()?;
    let listener = bind(options.listen).await?;
    let publishing = options.publishing.settings(listener.local_addr()?);
    let store = open(&options.store.database_url, &clock).await?;
    let store = store.keeping(options.capacity.kept_bytes());
    let app = App::new(store.clone(), clock)
        .believing(authenticator)
        .sealing(sealing)
        .limited(options.limits.intake())
        .exporting(options.exports.limits())
        .publishing(publishing)
        .receiving(options.uploads.time())
        .admitting(options.capacity.admission());
    listen(store, app, listener, options.capacity.server()).await
}

/// Believes the tokens of the key file, or none where there is no such file.
fn authenticator(options: &AuthOptions) -> anyhow::Result<Authenticator> {
    let key = Key::read(&options.key)?;
    if key.is_none() {
        let path = options.key.display();
        eprintln!(
            "samsyn: there is no key at {path}, so no token is believed; `samsyn token` makes one"
        );
    }
    Ok(Authenticator::new(key, &options.issuer, &options.audience))
}

/// Takes the address to listen on.
pub(super) async fn bind(options: ListenOptions) -> anyhow::Result<TcpListener> {
    let bound = TcpListener::bind(options.listen).await;
    bound.with_context(|| {
        let address = options.listen;
        format!("{address} cannot be listened on: say another with --listen")
    })
}

/// Serves until the process is asked to end.
pub(super) async fn listen(
    store: Store,
    app: App,
    listener: TcpListener,
    limits: ServerLimits,
) -> anyhow::Result<Outcome> {
    let address = listener.local_addr()?;
    let limits = with_files(limits);
    eprintln!("samsyn reads and writes {}", store.place());
    eprintln!("samsyn listens on http://{address}/graphql (Ctrl-C ends it)");
    serve(listener, app.router(), ended()?, limits).await;
    store.close().await?;
    Ok(Outcome::Done)
}

/// Files that a process has open beside its connections: the database's, its threads', those of exports.
const OTHER_FILES: u64 = 256;

/// As many connections as the system lets the process have files open; as many of those as it may have are asked for.
fn with_files(limits: ServerLimits) -> ServerLimits {
    let connections = u64::try_from(limits.connections).unwrap_or(u64::MAX);
    let wanted = connections.saturating_add(OTHER_FILES);
    let files = rlimit::increase_nofile_limit(wanted).unwrap_or(wanted);
    let room = usize::try_from(files.saturating_sub(OTHER_FILES)).unwrap_or(usize::MAX);
    if room < limits.connections {
        tracing::warn!(
            room,
            "fewer connections than asked for: too few files may be open"
        );
    }
    let connections = limits.connections.min(room.max(1));
    // One address never has all of them.
    let of_one = limits.connections_of_one.min(connections.div_ceil(4) * 3);
    ServerLimits {
        connections,
        connections_of_one: of_one,
        ..limits
    }
}

/// Waits for Ctrl-C, or for the signal that a service manager sends.
#[cfg(unix)]
fn ended() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
fn ended() -> anyhow::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

//! The accept loop: a client that is slow, silent or one of too many must not stop the others.
//!
//! `axum::serve` never gives up on slow headers; hence a loop of one's own on hyper.

use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::response::Response;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout_at};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// The limits of the server and of one connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerLimits {
    /// Connections at the same time; further ones are closed at once (4 096).
    pub connections: usize,
    /// Connections of one address at the same time; further ones are closed at once (3 072: behind a proxy all have one).
    pub connections_of_one: usize,
    /// How long a client may take nothing of an answer that waits for it (15 s).
    pub taking_time: Duration,
    /// For a request's head to arrive, and for the first one after connecting (10 s).
    pub head_time: Duration,
    /// How long a connection lives before it is asked to end, busy or not (10 min).
    pub connection_age: Duration,
    /// How long open requests may go on once the connection or the server ends (30 s).
    pub drain_time: Duration,
    /// Bytes of a request's head, the address with a GET's document included (64 KiB).
    pub head_bytes: usize,
    /// Requests at the same time on one HTTP/2 connection (64).
    pub streams: u32,
}

impl Default for ServerLimits {
    fn default() -> Self {
        Self {
            connections: 4096,
            connections_of_one: 3072,
            taking_time: Duration::from_secs(15),
            head_time: Duration::from_secs(10),
            connection_age: Duration::from_mins(10),
            drain_time: Duration::from_secs(30),
            head_bytes: 64 * 1024,
            streams: 64,
        }
    }
}

/// Serves the router until `shutdown` is done, then lets open requests end within `drain_time`.
///
/// Each request carries the peer's address as `ConnectInfo<SocketAddr>`.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()>,
    limits: ServerLimits,
) {
    let places = Doors::new(limits);
    let (ending, ended) = watch::channel(false);
    let mut connections = JoinSet::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let (stream, peer, place) = tokio::select! {
            () = &mut shutdown => break,
            // Finished connections are collected, or the set would grow without end.
            Some(_) = connections.join_next() => continue,
            next = next_connection(&listener, &places) => next,
        };
        let work = connection(stream, peer, router.clone(), ended.clone(), limits);
        connections.spawn(async move {
            work.await;
            drop(place);
        });
    }
    drop(listener);
    ending.send_replace(true);
    let deadline = Instant::now() + limits.drain_time;
    while let Ok(Some(_)) = timeout_at(deadline, connections.join_next()).await {}
    tracing::info!(left = connections.len(), "the server has ended");
    connections.shutdown().await;
}

/// Waits for a connection that there is a place for. An error is that connection's, or passes once others end.
async fn next_connection(
    listener: &TcpListener,
    doors: &Arc<Doors>,
) -> (TcpStream, SocketAddr, Door) {
    loop {
        match listener.accept().await {
            // One too many is closed: to wait for a place would make all others wait too.
            Ok((stream, peer)) => {
                if let Some(door) = doors.enter(peer.ip()) {
                    return (stream, peer, door);
                }
            }
            Err(error) if is_the_peers(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                // Usually too many open files: trying at once would only burn the processor.
                sleep(Duration::from_millis(200)).await;
            }
        }
    }
}

/// The places for connections, in all and of each address.
struct Doors {
    limits: ServerLimits,
    open: Mutex<HashMap<IpAddr, usize>>,
}

/// A place for a connection, for as long as it is held.
struct Door {
    doors: Arc<Doors>,
    address: IpAddr,
}

impl Doors {
    fn new(limits: ServerLimits) -> Arc<Self> {
        let open = Mutex::default();
        Arc::new(Self { limits, open })
    }

    fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Door> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let of_one = open.get(&address).copied().unwrap_or_default();
        let of_all: usize = open.values().sum();
        if of_all >= self.limits.connections || of_one >= self.limits.connections_of_one {
            return None;
        }
        open.insert(address, of_one + 1);
        Some(Door {
            doors: Arc::clone(self),
            address,
        })
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        let open = self.doors.open.lock();
        let mut open = open.unwrap_or_else(PoisonError::into_inner);
        if let Some(of_one) = open.get_mut(&self.address) {
            *of_one -= 1;
            if *of_one == 0 {
                open.remove(&self.address);
            }
        }
    }
}

fn is_the_peers(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
    )
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    mut ended: watch::Receiver<bool>,
    limits: ServerLimits,
) {
    // Answers are written whole: waiting for more to fill a packet only delays them.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "nodelay could not be set");
    }
    let asked = Arc::new(AtomicBool::new(false));
    let service = {
        let asked = Arc::clone(&asked);
        hyper::service::service_fn(move |request| {
            asked.store(true, Ordering::Relaxed);
            answer(router.clone(), peer, request)
        })
    };
    let builder = builder(limits);
    // Whoever reads nothing of what is sent would hold the connection, and the answers, for as long as it lives.
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.taking_time));
    let work = builder.serve_connection_with_upgrades(TokioIo::new(Box::pin(stream)), service);
    let mut work = std::pin::pin!(work);

    let began = Instant::now();
    // hyper's own timer starts only when it knows which HTTP is spoken; a client that sends nothing,
    // or only the beginning of HTTP/2's greeting, would stay.
    let silence = sleep_until(began + limits.head_time);
    let age = sleep_until(began + limits.connection_age);
    let mut silence = std::pin::pin!(silence);
    let mut age = std::pin::pin!(age);
    let mut waits_for_first = true;
    let result = loop {
        tokio::select! {
            result = work.as_mut() => break result,
            () = silence.as_mut(), if waits_for_first => {
                if !asked.load(Ordering::Relaxed) {
                    return;
                }
                waits_for_first = false;
            }
            () = age.as_mut() => {
                work.as_mut().graceful_shutdown();
                let Ok(result) = tokio::time::timeout(limits.drain_time, work.as_mut()).await else {
                    return;
                };
                break result;
            }
            () = ending(&mut ended) => {
                work.as_mut().graceful_shutdown();
                // The server's own deadline ends it.
                break work.as_mut().await;
            }
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, "a connection broke");
    }
}

/// A server whose sender is gone has ended as well.
async fn ending(ended: &mut watch::Receiver<bool>) {
    let _ = ended.wait_for(|ended| *ended).await;
}

async fn answer(
    router: Router,
    peer: SocketAddr,
    mut request: hyper::Request<Incoming>,
) -> Result<Response, Infallible> {
    request.extensions_mut().insert(ConnectInfo(peer));
    router.oneshot(request.map(axum::body::Body::new)).await
}

fn builder(limits: ServerLimits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head_time)
        .max_buf_size(limits.head_bytes);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(limits.streams)
        .max_header_list_size(u32::try_from(limits.head_bytes).unwrap_or(u32::MAX))
        .max_pending_accept_reset_streams(20)
        .max_local_error_reset_streams(64)
        .initial_stream_window_size(256 * 1024)
        .initial_connection_window_size(1024 * 1024)
        .max_send_buf_size(256 * 1024)
        // A peer that has gone without a word is noticed.
        .keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(limits.head_time);
    builder
}

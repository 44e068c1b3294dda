//! The routes beside GraphQL, the layers, and the server's loop on a real socket.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::routing::get;
use http_body_util::BodyExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tower::ServiceExt;

use super::{NotReady, Routes, ServerLimits, router, serve};

fn service(readiness: impl super::Readiness) -> Router {
    router(Routes {
        graphql: get(async || "graphql"),
        templates: get(async || "templates"),
        calendar: get(async || "calendar"),
        datapackage: get(async || "datapackage"),
        dcat: get(async || "dcat"),
        exports: get(async || "exports"),
        schema_text: "type Query { hello: String }\n".repeat(40).into(),
        readiness: Arc::new(readiness),
        watch: Arc::new(std::future::pending::<()>),
        public_url: "http://samsyn.example".into(),
        authentication: super::Authentication {
            authenticator: crate::auth::Authenticator::closed(),
            clock: crate::clock::Clock::system(),
            registered: Arc::new(async |_: entity::OrganisationCode| Ok(true)),
            watch: Arc::new(std::future::pending::<()>),
        },
        submissions: Router::new(),
        body_bytes: 100,
    })
}

async fn send(service: Router, request: Request<Body>) -> (StatusCode, HeaderMap, Vec<u8>) {
    let (parts, body) = service.oneshot(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    (parts.status, parts.headers, body)
}

async fn ask(path: &str) -> (StatusCode, HeaderMap, String) {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let (status, headers, body) = send(service(async || Ok(())), request).await;
    (status, headers, String::from_utf8(body).unwrap())
}

#[tokio::test]
async fn every_answer_carries_the_guarding_headers() {
    for path in ["/graphql", "/health", "/schema.graphql", "/nothing"] {
        let (_, headers, _) = ask(path).await;
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(headers[header::REFERRER_POLICY], "no-referrer");
        let policy = "default-src 'none'; frame-ancestors 'none'";
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], policy);
        assert!(headers.contains_key("x-request-id"), "{path}");
        assert!(!headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
    }
    assert_eq!(ask("/graphql").await.1[header::CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn health_says_which_part_is_missing() {
    assert_eq!(ask("/health").await.0, StatusCode::OK);
    assert_eq!(ask("/health/ready").await.0, StatusCode::OK);
    let request = Request::get("/health/ready").body(Body::empty()).unwrap();
    let missing = service(async || Err(NotReady("database")));
    let (status, _, body) = send(missing, request).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    let text = String::from_utf8(body).unwrap();
    assert!(
        text.contains("NOT_READY") && text.contains("database"),
        "{text}"
    );
}

#[tokio::test]
async fn refusals_of_the_router_are_json_with_codes() {
    let (status, _, body) = ask("/nothing").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(body.contains("\"NOT_FOUND\""), "{body}");

    let request = Request::put("/health").body(Body::empty()).unwrap();
    let (status, headers, body) = send(service(async || Ok(())), request).await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(headers[header::ALLOW], "GET,HEAD");
    assert!(
        String::from_utf8(body)
            .unwrap()
            .contains("METHOD_NOT_ALLOWED")
    );
}

#[tokio::test]
async fn an_id_of_a_proxy_is_kept_and_any_other_text_is_not() {
    let with = async |id: &'static str| {
        let request = Request::get("/health").header("x-request-id", id);
        let request = request.body(Body::empty()).unwrap();
        let (_, headers, _) = send(service(async || Ok(())), request).await;
        headers["x-request-id"].to_str().unwrap().to_owned()
    };
    assert_eq!(with("proxy-0000-1234").await, "proxy-0000-1234");
    assert_ne!(with("short").await, "short");
    assert_ne!(
        with("a longer id with spaces").await,
        "a longer id with spaces"
    );
}

#[tokio::test]
async fn the_schema_is_text_and_packed_for_those_who_unpack() {
    let (_, headers, body) = ask("/schema.graphql").await;
    assert_eq!(headers[header::CONTENT_TYPE], "text/plain; charset=utf-8");
    assert!(body.starts_with("type Query"));
    let request = Request::get("/schema.graphql").header(header::ACCEPT_ENCODING, "gzip");
    let request = request.body(Body::empty()).unwrap();
    let (_, headers, packed) = send(service(async || Ok(())), request).await;
    assert_eq!(headers[header::CONTENT_ENCODING], "gzip");
    assert!(packed.len() < body.len() / 2);
}

#[tokio::test]
async fn a_schema_that_the_client_has_is_not_sent_again() {
    let (status, headers, _) = ask("/schema.graphql").await;
    assert_eq!(status, StatusCode::OK);
    let tag = headers[header::ETAG].clone();
    let with = async |tag: &str| {
        let request = Request::get("/schema.graphql").header(header::IF_NONE_MATCH, tag);
        let request = request.body(Body::empty()).unwrap();
        send(service(async || Ok(())), request).await
    };
    let (status, headers, body) = with(tag.to_str().unwrap()).await;
    assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(headers[header::ETAG], tag);
    assert_eq!(with("\"another\"").await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_request_says_its_host_once() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = service(async || Ok(()));
    let limits = ServerLimits::default();
    tokio::spawn(serve(listener, router, std::future::pending(), limits));
    for (hosts, status) in [
        ("Host: samsyn.example\r\n", "200"),
        ("host: [::1]:8080\r\n", "200"),
        ("", "400"),
        ("Host: a.example\r\nHost: b.example\r\n", "400"),
        ("Host: a.example\r\nhost: a.example\r\n", "400"),
        ("Host: a.example, b.example\r\n", "400"),
        ("Host: me@a.example\r\n", "400"),
        ("Host: a b\r\n", "400"),
        ("Host:\r\n", "400"),
    ] {
        let request = format!("GET /health HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n");
        let answer = exchange(address, &request).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status}")),
            "{hosts:?}: {answer}"
        );
        assert!(
            status == "200" || answer.contains("BAD_REQUEST"),
            "{hosts:?}: {answer}"
        );
    }
}

#[tokio::test]
async fn the_front_page_links_to_the_services_own_address() {
    let request = Request::get("/").header(header::HOST, "elsewhere.example");
    let request = request.body(Body::empty()).unwrap();
    let (_, _, body) = send(service(async || Ok(())), request).await;
    let page = String::from_utf8(body).unwrap();
    assert!(
        page.contains("curl http://samsyn.example/graphql"),
        "{page}"
    );
    assert!(!page.contains("elsewhere"), "{page}");
}

/// A server with short patience, and the way to end it.
async fn started(limits: ServerLimits) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let slow = async || {
        tokio::time::sleep(Duration::from_millis(300)).await;
        "done"
    };
    let peer = async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.to_string();
    let router = Router::new()
        .route("/slow", get(slow))
        .route("/large", get(async || vec![b'x'; 4 << 20]))
        .route("/peer", get(peer));
    let (end, ended) = oneshot::channel::<()>();
    let shutdown = async move {
        let _ = ended.await;
    };
    (
        address,
        end,
        tokio::spawn(serve(listener, router, shutdown, limits)),
    )
}

fn short() -> ServerLimits {
    ServerLimits {
        head_time: Duration::from_millis(100),
        ..ServerLimits::default()
    }
}

/// Sends the text and reads until the server ends the connection.
async fn exchange(address: SocketAddr, text: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    // A reset is an end, too.
    let _ = tokio::time::timeout(Duration::from_secs(20), read)
        .await
        .expect("the connection stays");
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn requests_carry_the_peers_address() {
    let (address, _end, _) = started(ServerLimits::default()).await;
    let answer = exchange(
        address,
        "GET /peer HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n",
    )
    .await;
    assert!(
        answer.ends_with(|last: char| last.is_ascii_digit()),
        "{answer}"
    );
    assert!(answer.contains("127.0.0.1:"), "{answer}");
}

#[tokio::test]
async fn silence_slow_heads_and_half_greetings_end() {
    let (address, _end, _) = started(short()).await;
    let greeting = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    for text in [
        "",
        "GET /peer HT",
        "PRI * HT",
        greeting,
        "GET /peer HTTP/1.1\r\nhost: a\r\n\r\n",
    ] {
        exchange(address, text).await;
    }
}

#[tokio::test]
async fn a_connection_too_many_is_closed_and_another_time_there_is_a_place() {
    let ask = "GET /peer HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    for limits in [
        ServerLimits {
            connections: 1,
            ..short()
        },
        ServerLimits {
            connections_of_one: 1,
            ..short()
        },
    ] {
        let (address, _end, _) = started(limits).await;
        let silent = TcpStream::connect(address).await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
        let mut second = TcpStream::connect(address).await.unwrap();
        // It may be closed before anything is sent.
        let _ = second.write_all(ask.as_bytes()).await;
        let mut answer = Vec::new();
        let _ = second.read_to_end(&mut answer).await;
        assert!(answer.is_empty(), "{}", String::from_utf8_lossy(&answer));
        drop(silent);
        tokio::time::sleep(Duration::from_millis(50)).await;
        let answer = exchange(address, ask).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

#[tokio::test]
async fn a_client_that_takes_nothing_of_its_answers_is_closed() {
    let (address, _end, _) = started(ServerLimits {
        connections: 1,
        taking_time: Duration::from_millis(100),
        ..ServerLimits::default()
    })
    .await;
    let mut deaf = TcpStream::connect(address).await.unwrap();
    let ask = "GET /large HTTP/1.1\r\nhost: a\r\n\r\n".repeat(40);
    deaf.write_all(ask.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_secs(1)).await;
    let ask = "GET /peer HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    let answer = exchange(address, ask).await;
    assert!(
        answer.starts_with("HTTP/1.1 200"),
        "its place is free: {answer}"
    );
    drop(deaf);
}

#[tokio::test]
async fn an_old_connection_ends_after_its_request() {
    let age = Duration::from_millis(50);
    let limits = ServerLimits {
        connection_age: age,
        ..ServerLimits::default()
    };
    let (address, _end, _) = started(limits).await;
    let answer = exchange(address, "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(answer.ends_with("done"), "{answer}");
}

#[tokio::test]
async fn the_end_waits_for_open_requests_but_not_for_ever() {
    let (address, end, server) = started(ServerLimits::default()).await;
    let open = tokio::spawn(exchange(address, "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n"));
    tokio::time::sleep(Duration::from_millis(100)).await;
    end.send(()).unwrap();
    assert!(open.await.unwrap().ends_with("done"));
    server.await.unwrap();

    let limits = ServerLimits {
        drain_time: Duration::from_millis(50),
        ..ServerLimits::default()
    };
    let (address, end, server) = started(limits).await;
    let open = tokio::spawn(exchange(address, "GET /slow HTTP/1.1\r\nhost: a\r\n\r\n"));
    tokio::time::sleep(Duration::from_millis(100)).await;
    end.send(()).unwrap();
    server.await.unwrap();
    assert!(!open.await.unwrap().contains("done"));
}

//! The specification's audits from npm against the dummy schema: run by hand, CI runs them against
//! the real server.

use crate::http::{ServerLimits, serve};

use super::dummy;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs node, and `npm ci` in .ci/graphql-http"]
async fn the_audits_pass() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/graphql", listener.local_addr().unwrap());
    let end = std::future::pending();
    let server = tokio::spawn(serve(
        listener,
        dummy::service(),
        end,
        ServerLimits::default(),
    ));
    let audit = concat!(env!("CARGO_MANIFEST_DIR"), "/../.ci/graphql-http/audit.mjs");
    let run = move || {
        std::process::Command::new("node")
            .args([audit, &url])
            .output()
    };
    let output = tokio::task::spawn_blocking(run).await.unwrap().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{complaints}");
    assert!(text.ends_with("61 of 61 audits passed\n"), "{text}");
    server.abort();
}

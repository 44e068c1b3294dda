//! Sealed releases: the same to the krona whatever comes later, unchanged to the byte, and hidden while they should be.

mod causes;
mod changes;
mod closed;
mod golden;
mod lives;
mod notes;
mod reproduced;
mod tampering;
mod visible;

use std::path::Path;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Parser;
use samsyn::commands::{self, Outcome};
use samsyn::config::Cli;
use serde_json::{Value, json};

use crate::harness::{Persona, TestApp};

/// The assignment of the development funds.
const FUNDS: &str = "S2016/00633/FST";

const SEAL: &str = "mutation ($input: SealReleaseInput!) { sealRelease(input: $input) {
    release { id sha256 assignment kind dueOn version asOf today sealedAt embargoUntil keyId }
    problems { code path messageSv messageEn } } }";

/// Seals the final report of the funds as somebody; gives the whole answer.
async fn sealed_by(app: &TestApp, who: &Persona, more: Value) -> Value {
    let mut input = json!({ "assignment": FUNDS, "kind": "FINAL_REPORT" });
    for (name, value) in more.as_object().expect("fields") {
        input[name] = value.clone();
    }
    app.ask_as(who, SEAL, json!({ "input": input })).await
}

/// Seals the final report of the funds as its coordinator; gives the release's name.
pub(crate) async fn sealed(app: &TestApp) -> String {
    let answer = sealed_by(app, &Persona::coordinator("socialstyrelsen"), json!({})).await;
    let id = &answer["data"]["sealRelease"]["release"]["id"];
    id.as_str()
        .unwrap_or_else(|| panic!("sealed: {answer}"))
        .to_owned()
}

/// Runs a command within this process.
pub(crate) async fn run(arguments: &[&str]) -> anyhow::Result<Outcome> {
    let cli = Cli::try_parse_from(std::iter::once("samsyn").chain(arguments.iter().copied()))?;
    Box::pin(commands::run(cli.command)).await
}

/// Seals into a folder.
pub(crate) async fn seal_into(app: &TestApp, folder: &Path, more: &[&str]) {
    let out = folder.to_string_lossy().into_owned();
    let mut arguments = vec![
        "seal",
        "--assignment",
        FUNDS,
        "--out",
        &out,
        "--database-url",
        &app.url,
    ];
    arguments.extend(more);
    let outcome = run(&arguments).await.expect("it seals");
    assert_eq!(outcome, Outcome::Done);
}

/// A key's files: the private half and the public one.
fn key(folder: &Path, name: &str) -> (String, String) {
    let pair = Ed25519KeyPair::generate().expect("a key");
    let block = |label: &str, der: &[u8]| {
        format!(
            "-----BEGIN {label}-----\n{}\n-----END {label}-----\n",
            STANDARD.encode(der)
        )
    };
    let pkcs8 = pair.to_pkcs8v1().expect("the key's text");
    // What `openssl pkey -pubout` writes before the 32 bytes (RFC 8410).
    let begin = [
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
    ];
    let public = [&begin[..], pair.public_key().as_ref()].concat();
    let files = [
        (format!("{name}.pem"), block("PRIVATE KEY", pkcs8.as_ref())),
        (format!("{name}.pub.pem"), block("PUBLIC KEY", &public)),
    ];
    let [private, public] = files.map(|(file, text)| {
        let path = folder.join(file);
        std::fs::write(&path, text).expect("the file is written");
        path.to_string_lossy().into_owned()
    });
    (private, public)
}

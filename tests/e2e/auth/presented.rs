//! Whatever is presented and not right is 401, on every route, even where everybody may ask.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use chrono::{DateTime, Utc};
use http_body_util::BodyExt;
use samsyn::app::App;
use samsyn::auth::Authenticator;
use samsyn::clock::Clock;
use serde_json::{Value, json};

use super::forged::{
    not_signed, right, send, signed, signed_by_another, signed_text, signed_with_the_public_key,
};
use crate::harness::{Authority, TestApp, authority, on_both_engines};

/// The service at noon of a day in another century: the library's own clock would say otherwise.
const NOW: i64 = 4_102_488_000;

fn service(app: &TestApp) -> Router {
    let clock = Clock::from_fn(|| DateTime::<Utc>::from_timestamp(NOW, 0).expect("an instant"));
    App::new(app.store.clone(), clock)
        .believing(authority().authenticator.clone())
        .router()
}

fn question() -> Request<Body> {
    Request::post("/graphql")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(
            json!({ "query": "{ assignments { code } }" }).to_string(),
        ))
        .expect("a request")
}

async fn is_believed(router: &Router, token: &str) -> bool {
    let response = send(router, question(), &[format!("Bearer {token}")]).await;
    match response.status() {
        StatusCode::OK => {
            let answer = body(response).await;
            assert_eq!(answer.get("errors"), None, "{answer}");
            true
        }
        StatusCode::UNAUTHORIZED => {
            refused(response).await;
            false
        }
        other => panic!("{other} is neither"),
    }
}

async fn body(response: Response<Body>) -> Value {
    let bytes = response
        .into_body()
        .collect()
        .await
        .expect("a body")
        .to_bytes();
    serde_json::from_slice(&bytes).expect("JSON")
}

/// That it is a whole refusal; gives its sentence.
async fn refused(response: Response<Body>) -> String {
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(response.headers()[header::WWW_AUTHENTICATE], "Bearer");
    let answer = body(response).await;
    assert_eq!(answer.get("data"), None);
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    answer["errors"][0]["message"]
        .as_str()
        .expect("a sentence")
        .to_owned()
}

/// A token that is right but for some members of one part; null takes a member away.
fn changed(part: &str, change: &Value) -> String {
    let (mut header, mut claims) = right(NOW);
    let changed = if part == "header" {
        &mut header
    } else {
        &mut claims
    };
    let members = changed.as_object_mut().expect("an object");
    for (name, value) in change.as_object().expect("an object") {
        if value.is_null() {
            members.remove(name);
        } else {
            members.insert(name.clone(), value.clone());
        }
    }
    signed(&header, &claims)
}

on_both_engines! {
    async fn what_is_right_is_believed(app: Reference) {
        let router = service(&app);
        for claims in [
            json!({}),
            json!({ "aud": ["another", Authority::AUDIENCE] }),
            json!({ "role": "coordinator", "organisation": "socialstyrelsen" }),
            json!({ "role": "evaluator", "organisation": null }),
            json!({ "nbf": NOW }),
            // The clocks of two machines are a little apart.
            json!({ "exp": NOW - 29 }),
            json!({ "nbf": NOW + 29 }),
        ] {
            assert!(is_believed(&router, &changed("claims", &claims)).await, "{claims}");
        }
        assert!(is_believed(&router, &changed("header", &json!({ "typ": null }))).await);
    }

    async fn a_claim_that_is_wrong_or_missing_is_refused(app: Reference) {
        let router = service(&app);
        for claims in [
            json!({ "exp": null }), json!({ "iss": null }), json!({ "aud": null }), json!({ "sub": null }), json!({ "role": null }),
            json!({ "exp": NOW - 31 }), json!({ "nbf": NOW + 31 }),
            json!({ "exp": "4102488600" }), json!({ "nbf": "4102488000" }), json!({ "exp": -1 }), json!({ "exp": i64::MAX }),
            json!({ "iss": "https://another.example" }), json!({ "iss": [Authority::ISSUER] }), json!({ "iss": "" }),
            json!({ "aud": "https://another.example" }), json!({ "aud": [] }), json!({ "aud": 7 }),
            json!({ "sub": "" }), json!({ "sub": "  " }), json!({ "sub": "a\nb" }), json!({ "sub": 7 }), json!({ "sub": "k".repeat(201) }),
            json!({ "role": "public" }), json!({ "role": "" }), json!({ "role": "Reporter" }), json!({ "role": "administrator" }),
            json!({ "role": ["reporter"] }),
            json!({ "organisation": null }), json!({ "organisation": "" }), json!({ "organisation": "Not a code" }), json!({ "organisation": 7 }),
            json!({ "role": "coordinator", "organisation": null }),
        ] {
            assert!(!is_believed(&router, &changed("claims", &claims)).await, "{claims}");
        }
    }

    async fn a_header_or_signature_that_is_wrong_is_refused(app: Reference) {
        let router = service(&app);
        for header in [
            json!({ "kid": null }), json!({ "kid": "another" }), json!({ "kid": "" }),
            json!({ "alg": null }), json!({ "alg": "none" }), json!({ "alg": "HS256" }), json!({ "alg": "ES256" }),
            json!({ "crit": ["exp"], "exp": 1 }), json!({ "crit": [] }), json!({ "b64": true }), json!({ "b64": false, "crit": ["b64"] }),
            json!({ "zip": "DEF" }), json!({ "enc": "A128GCM" }),
        ] {
            assert!(!is_believed(&router, &changed("header", &header)).await, "{header}");
        }
        let (header, claims) = right(NOW);
        let good = signed(&header, &claims);
        assert!(is_believed(&router, &good).await, "what the others are made from");
        let with = |algorithm: &str| json!({ "alg": algorithm, "typ": "JWT", "kid": authority().key_id });
        let twice = claims.to_string().replacen('{', r#"{"role":"evaluator","#, 1);
        let (message, signature) = good.rsplit_once('.').expect("three parts");
        for token in [
            signed_by_another(&header, &claims),
            signed_with_the_public_key(&with("HS256"), &claims),
            signed_with_the_public_key(&header, &claims),
            not_signed(&with("none"), &claims),
            not_signed(&header, &claims),
            signed_text(&header, &twice),
            signed_text(&header, "[]"),
            signed_text(&header, ""),
            message.to_owned(),
            format!("{good}."),
            format!("{good}.{signature}"),
            format!("{good}="),
            signature.to_owned(),
            format!("{message}.{}", signature.chars().rev().collect::<String>()),
            changed("claims", &json!({ "more": "x".repeat(4000) })),
        ] {
            assert!(!is_believed(&router, &token).await, "{token}");
        }
    }

    async fn one_bearer_header_and_no_other_is_read(app: Reference) {
        let router = service(&app);
        let (header, claims) = right(NOW);
        let good = signed(&header, &claims);
        for headers in [
            vec![format!("Bearer {good}"), format!("Bearer {good}")],
            vec![format!("Bearer {good}"), "Basic a2ltOmtpbQ==".to_owned()],
            vec!["Basic a2ltOmtpbQ==".to_owned()],
            vec![format!("Token {good}")],
            vec![format!("Bearer  {good}")],
            vec![format!("Bearer {good}, Bearer {good}")],
            vec![good.clone()],
            vec!["Bearer".to_owned()],
            vec!["Bearer ".to_owned()],
            vec![String::new()],
        ] {
            refused(send(&router, question(), &headers).await).await;
        }
        let lower = send(&router, question(), &[format!("bearer {good}")]).await;
        assert_eq!(lower.status(), StatusCode::OK, "schemes are read in any case");
        assert_eq!(send(&router, question(), &[]).await.status(), StatusCode::OK, "nobody is the public");
    }

    async fn every_route_refuses_and_says_why(app: Reference) {
        let router = service(&app);
        for path in ["/", "/health", "/health/ready", "/schema.graphql", "/graphql?query=%7B__typename%7D", "/nothing"] {
            let request = Request::get(path).body(Body::empty()).expect("a request");
            let said = refused(send(&router, request, &["Bearer a.b.c".to_owned()]).await).await;
            assert!(said.contains("JSON Web Token"), "{path}: {said}");
        }
        let late = format!("Bearer {}", changed("claims", &json!({ "exp": NOW - 100 })));
        let said = refused(send(&router, question(), &[late]).await).await;
        assert!(said.contains("expired"), "{said}");
    }

    async fn without_a_key_no_token_is_believed_and_the_open_stays_open(app: Reference) {
        let (header, claims) = right(NOW);
        let good = format!("Bearer {}", signed(&header, &claims));
        let closed = App::new(app.store.clone(), Clock::system());
        for router in [closed.clone().router(), closed.believing(Authenticator::new(None, Authority::ISSUER, Authority::AUDIENCE)).router()] {
            let said = refused(send(&router, question(), std::slice::from_ref(&good)).await).await;
            assert!(said.contains("No key is set up"), "{said}");
            assert_eq!(send(&router, question(), &[]).await.status(), StatusCode::OK);
        }
    }
}

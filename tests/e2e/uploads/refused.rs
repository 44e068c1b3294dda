//! What is refused before a file is taken, by a code and by name, and that it leaves nothing.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use samsyn::app::App;
use samsyn::clock::Clock;
use samsyn::http::{ServerLimits, serve};
use samsyn::intake::Limits;
use tokio::net::{TcpListener, TcpStream};

use super::sending::{PATH, call, coordinator, costs, file, get, post, reporter};
use crate::harness::{Persona, authority, on_both_engines};
use crate::stored::Stored;

fn said(status: StatusCode, code: &str, argument: &str) -> (StatusCode, String, String) {
    (status, code.to_owned(), argument.to_owned())
}

on_both_engines! {
    async fn who_may_not_send_is_told_why(app: Reference) {
        let stored = Stored::of(&app).await;
        let before = stored.counts().await;
        let public = post(&app, &Persona::public(), PATH, &costs("11")).await;
        assert_eq!(public.refusal(), said(StatusCode::UNAUTHORIZED, "UNAUTHENTICATED", ""));
        assert_eq!(public.header("www-authenticate"), "Bearer");
        let reader = post(&app, &Persona::evaluator(), PATH, &costs("11")).await;
        assert_eq!(reader.refusal(), said(StatusCode::FORBIDDEN, "FORBIDDEN", ""));
        let for_another = post(&app, &reporter(), &format!("{PATH}&organisation=socialstyrelsen"), &costs("11")).await;
        assert_eq!(for_another.refusal(), said(StatusCode::FORBIDDEN, "FORBIDDEN", "organisation"));
        let elsewhere = post(&app, &Persona::coordinator("lansstyrelsen_skane"), PATH, &costs("11")).await;
        assert_eq!(elsewhere.refusal(), said(StatusCode::FORBIDDEN, "FORBIDDEN", "assignment"));
        assert_eq!(stored.counts().await, before);
    }

    async fn what_is_not_known_is_named(app: Reference) {
        for (path, code, argument) in [
            ("/submissions?kind=administrative_costs&assigment=X", "UNKNOWN_PARAMETER", "assigment"),
            ("/submissions", "BAD_USER_INPUT", "kind"),
            ("/submissions?kind=costs", "UNKNOWN_CODE", "kind"),
            ("/submissions?kind=administrative_costs", "BAD_USER_INPUT", "assignment"),
            ("/submissions?kind=administrative_costs&assignment=X", "UNKNOWN_CODE", "assignment"),
            ("/submissions?kind=administrative_costs&assignment=S2016%2F00633%2FFST&registeredOn=2017", "BAD_USER_INPUT", "registeredOn"),
        ] {
            let answer = post(&app, &reporter(), path, &costs("11")).await;
            assert_eq!(answer.refusal(), said(StatusCode::BAD_REQUEST, code, argument), "{path}");
        }
        let twice = post(&app, &reporter(), "/submissions?kind=payments&kind=rounds", "").await;
        assert_eq!(twice.status, StatusCode::BAD_REQUEST);
    }

    async fn no_form_of_another_page_can_send_a_file(app: Reference) {
        for media in [None, Some("text/plain"), Some("application/x-www-form-urlencoded"), Some("multipart/form-data; boundary=x"), Some("text/html")] {
            let mut request = Request::post(PATH).body(Body::from(costs("11"))).expect("a request");
            if let Some(media) = media {
                request.headers_mut().insert(header::CONTENT_TYPE, media.parse().expect("a header"));
            }
            reporter().sign(&mut request);
            let answer = call(&app.router, request).await;
            assert_eq!(answer.refusal(), said(StatusCode::UNSUPPORTED_MEDIA_TYPE, "UNSUPPORTED_MEDIA_TYPE", ""), "{media:?}");
        }
        let mut packed = file(PATH, &costs("11"));
        packed.headers_mut().insert(header::CONTENT_ENCODING, "gzip".parse().expect("a header"));
        reporter().sign(&mut packed);
        assert_eq!(call(&app.router, packed).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        let mut other = file(PATH, &costs("11"));
        other.headers_mut().insert(header::ACCEPT, "text/html".parse().expect("a header"));
        reporter().sign(&mut other);
        assert_eq!(call(&app.router, other).await.status, StatusCode::NOT_ACCEPTABLE);
    }

    async fn a_file_past_the_limit_is_413_whether_its_length_is_said_or_not(app: Reference) {
        let stored = Stored::of(&app).await;
        let before = stored.counts().await;
        let limits = Limits { file_bytes: 60, ..Limits::default() };
        let small = App::new(app.store.clone(), Clock::system())
            .believing(authority().authenticator.clone())
            .limited(limits)
            .router();
        for announced in [true, false] {
            let text = costs("11111111111111111111111111");
            let mut request = file(PATH, &text);
            if announced {
                request.headers_mut().insert(header::CONTENT_LENGTH, text.len().into());
            }
            reporter().sign(&mut request);
            let answer = call(&small, request).await;
            assert_eq!(answer.refusal(), said(StatusCode::PAYLOAD_TOO_LARGE, "BODY_TOO_LARGE", ""));
        }
        assert_eq!(stored.counts().await, before);
        // Larger than a question may be, and a file all the same.
        let long = costs("11") + &"\n".repeat(400_000);
        assert_eq!(post(&app, &reporter(), PATH, &long).await.status, StatusCode::CREATED);
    }

    async fn an_upload_that_breaks_off_leaves_nothing(app: Reference) {
        let stored = Stored::of(&app).await;
        let before = stored.counts().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (end, ended) = tokio::sync::oneshot::channel::<()>();
        let until = async move {
            let _ = ended.await;
        };
        let server = tokio::spawn(serve(listener, app.router.clone(), until, ServerLimits::default()));
        let mut signed = file(PATH, "");
        reporter().sign(&mut signed);
        let token = signed.headers()[header::AUTHORIZATION].to_str().expect("a token").to_owned();
        let text = costs("11");
        let request = format!(
            "POST {PATH} HTTP/1.1\r\nhost: a\r\nauthorization: {token}\r\nidempotency-key: broken\r\ncontent-type: text/csv\r\ncontent-length: {}\r\n\r\n{}",
            text.len(),
            &text[..text.len() - 5]
        );
        let stream = TcpStream::connect(address).await.expect("a connection");
        stream.writable().await.expect("a socket to write to");
        assert_eq!(stream.try_write(request.as_bytes()).expect("it is written"), request.len());
        tokio::time::sleep(Duration::from_millis(200)).await;
        drop(stream);
        tokio::time::sleep(Duration::from_millis(200)).await;
        assert_eq!(stored.counts().await, before);
        assert_eq!(get(&app, &reporter(), "/submissions", Some("broken")).await.status, StatusCode::NOT_FOUND);
        end.send(()).expect("the server waits");
        server.await.expect("the server ends");
        // The same key is free for the whole file.
        let whole = crate::uploads::sending::post_with(&app, &reporter(), PATH, &text, "broken").await;
        assert_eq!(whole.status, StatusCode::CREATED);
    }

    async fn other_methods_and_paths_are_refused(app: Reference) {
        let mut request = Request::put("/submissions").body(Body::empty()).expect("a request");
        coordinator().sign(&mut request);
        assert_eq!(call(&app.router, request).await.refusal(), said(StatusCode::METHOD_NOT_ALLOWED, "METHOD_NOT_ALLOWED", ""));
        let list = get(&app, &coordinator(), "/submissions", None).await;
        assert_eq!(list.refusal(), said(StatusCode::BAD_REQUEST, "BAD_USER_INPUT", "Idempotency-Key"));
        assert_eq!(get(&app, &coordinator(), "/submissions/x", None).await.status, StatusCode::NOT_FOUND);
    }
}

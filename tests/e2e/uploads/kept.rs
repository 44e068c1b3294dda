//! What a file becomes over HTTP is what it becomes anywhere, and the answer is GraphQL's submission.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::sending::{PATH, coordinator, costs, get, post, reporter};
use crate::harness::{Persona, TestApp, on_both_engines};
use crate::stored::Stored;

/// Every field of a submission that GraphQL has, found out by asking for its type.
async fn every_field(app: &TestApp) -> String {
    let document = "{ __type(name: \"Submission\") { fields { name type { ...T } } } }
        fragment T on __Type { kind name fields { name type { kind ofType { kind } } } ofType { kind name fields { name type { kind ofType { kind } } }
            ofType { kind name fields { name type { kind ofType { kind } } } ofType { kind name fields { name type { kind ofType { kind } } } } } } }";
    let told = app.ask(document).await;
    let is_leaf = |kind: &Value| {
        let kind = if kind["kind"] == "NON_NULL" {
            &kind["ofType"]["kind"]
        } else {
            &kind["kind"]
        };
        kind == "SCALAR" || kind == "ENUM"
    };
    let mut selection = String::new();
    for field in told["__type"]["fields"].as_array().expect("fields") {
        let name = field["name"].as_str().expect("a name");
        let mut innermost = &field["type"];
        while !innermost["ofType"].is_null() {
            innermost = &innermost["ofType"];
        }
        selection.push_str(name);
        if name == "sentBy" {
            selection.push_str(" { code name }");
        } else if let Some(fields) = innermost["fields"].as_array() {
            let inner = fields.iter().filter(|field| is_leaf(&field["type"]));
            let names: Vec<&str> = inner.filter_map(|field| field["name"].as_str()).collect();
            selection.push_str(&format!(" {{ {} }}", names.join(" ")));
        }
        selection.push(' ');
    }
    selection
}

async fn in_graphql(app: &TestApp, who: &Persona, id: &Value) -> Value {
    let document = format!(
        "query ($id: ID!) {{ submission(id: $id) {{ {} }} }}",
        every_field(app).await
    );
    let mut answer = app.ask_as(who, &document, json!({ "id": id })).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    answer["data"]["submission"].take()
}

on_both_engines! {
    async fn the_answer_is_graphqls_submission(app: Reference) {
        let answer = post(&app, &reporter(), PATH, &costs("11")).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        assert_eq!(answer.header("samsyn-verdict"), "RECEIVED");
        assert_eq!(answer.header("cache-control"), "no-store");
        let submission = answer.json();
        assert_eq!(submission["state"], "RECEIVED");
        assert_eq!(submission["fileName"], "kostnader.csv");
        assert_eq!(submission["actor"], "reporter@nck");
        assert_eq!((&submission["newCount"], &submission["rowCount"]), (&json!(1), &json!(1)));
        assert_eq!(submission, in_graphql(&app, &reporter(), &submission["id"]).await);
        let place = answer.header("location").to_owned();
        assert_eq!(get(&app, &reporter(), &place, None).await.json(), submission);

        let own = post(&app, &coordinator(), &PATH.replace("kostnader", "andra"), &costs("12")).await;
        assert_eq!((own.status, own.header("samsyn-verdict")), (StatusCode::CREATED, "ACCEPTED"), "{own:?}");
        let own = own.json();
        assert_eq!((&own["state"], &own["sentBy"]["code"]), (&json!("ACCEPTED"), &json!("socialstyrelsen")));
        assert_eq!(own, in_graphql(&app, &coordinator(), &own["id"]).await);
    }

    async fn a_dry_run_keeps_nothing_and_says_the_same(app: Reference) {
        let stored = Stored::of(&app).await;
        for text in [costs("11"), costs("elva"), "year;myndighet\n".to_owned()] {
            let before = stored.counts().await;
            let dry = post(&app, &reporter(), &format!("{PATH}&dryRun=true"), &text).await;
            assert_eq!(dry.status, StatusCode::OK);
            assert_eq!(stored.counts().await, before, "{text}");
            let real = post(&app, &reporter(), PATH, &text).await;
            assert_ne!(stored.counts().await, before, "the real one leaves something");
            assert_eq!(real.header("samsyn-verdict"), dry.header("samsyn-verdict"));
            let (dry, real) = (dry.json(), real.json());
            let names = |one: &Value| one.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
            assert_eq!(names(&dry), names(&real), "the same fields in the same order");
            for (name, value) in dry.as_object().expect("an object") {
                assert!(value.is_null() || *value == real[name], "{name}: {value} is not {}", real[name]);
            }
            for name in ["verdict", "findings", "newCount", "sha256", "kind", "fileName"] {
                assert!(!dry[name].is_null(), "{name}");
            }
        }
    }

    async fn a_refused_file_is_422_with_its_findings_and_the_same_file_is_200(app: Reference) {
        let refused = post(&app, &reporter(), PATH, &costs("elva")).await;
        assert_eq!((refused.status, refused.header("samsyn-verdict")), (StatusCode::UNPROCESSABLE_ENTITY, "REJECTED"));
        let said = refused.json();
        assert_eq!(said["findings"][0]["rule"], "not_a_number");
        assert_eq!(said["findings"][0]["row"], 2);
        assert_eq!(said, in_graphql(&app, &reporter(), &said["id"]).await);

        let first = post(&app, &reporter(), PATH, &costs("11")).await;
        let stored = Stored::of(&app).await;
        let mut before = stored.counts().await;
        let again = post(&app, &reporter(), PATH, &costs("11")).await;
        assert_eq!((again.status, again.header("samsyn-verdict")), (StatusCode::OK, "UNCHANGED"));
        assert_eq!(again.json(), first.json(), "it is the submission that is there already");
        // The answer tells the submission's life, which is no open matter: that it was read is noted, and nothing else.
        *before.get_mut("read_event").expect("the chain of reads") += 1;
        assert_eq!(stored.counts().await, before);
    }

    async fn the_marked_workbook_comes_for_whoever_asks_for_one(app: Reference) {
        let xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        let mut bodies = Vec::new();
        for (path, key) in [(format!("{PATH}&dryRun=true"), None), (PATH.to_owned(), Some("one")), (PATH.to_owned(), Some("one"))] {
            let mut request = crate::uploads::sending::file(&path, &costs("elva"));
            request.headers_mut().insert("accept", xlsx.parse().expect("a header"));
            if let Some(key) = key {
                request.headers_mut().insert("idempotency-key", key.parse().expect("a header"));
            }
            reporter().sign(&mut request);
            let answer = crate::uploads::sending::call(&app.router, request).await;
            assert_eq!(answer.header("content-type"), xlsx, "{answer:?}");
            assert_eq!(answer.header("samsyn-verdict"), "REJECTED");
            assert_eq!(answer.header("content-disposition"), "attachment; filename*=UTF-8''kostnader%20granskad.xlsx");
            bodies.push((answer.status, answer.bytes));
        }
        let statuses: Vec<StatusCode> = bodies.iter().map(|(status, _)| *status).collect();
        assert_eq!(statuses, [StatusCode::OK, StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY]);
        assert!(bodies[0].1.starts_with(b"PK"), "a workbook is an archive");
        assert!(bodies.iter().all(|(_, bytes)| *bytes == bodies[0].1), "the same file and findings give the same copy");
    }

    async fn a_workbook_is_known_by_its_type_or_its_beginning(app: Reference) {
        let sheet = |sheet: &mut rust_xlsxwriter::Worksheet| -> Result<(), rust_xlsxwriter::XlsxError> {
            for (column, name) in (0..).zip(["year", "myndighet", "kostnadsslag", "belopp"]) {
                sheet.write_string(0, column, name)?;
            }
            sheet.write_string(1, 0, "2017")?.write_string(1, 1, "nck")?.write_string(1, 2, "OTHER")?.write_string(1, 3, "11")?;
            Ok(())
        };
        let mut workbook = rust_xlsxwriter::Workbook::new();
        sheet(workbook.add_worksheet()).expect("a sheet");
        let bytes = workbook.save_to_buffer().expect("a workbook");
        let path = "/submissions?kind=administrative_costs&assignment=S2016%2F00633%2FFST&dryRun=true";
        for media in ["application/octet-stream", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] {
            let request = axum::http::Request::post(path).header("content-type", media);
            let mut request = request.body(axum::body::Body::from(bytes.clone())).expect("a request");
            reporter().sign(&mut request);
            let answer = crate::uploads::sending::call(&app.router, request).await.json();
            assert_eq!(answer["fileName"], "administrative_costs.xlsx");
            assert_eq!(answer["verdict"], "RECEIVED", "{answer}");
        }
    }
}

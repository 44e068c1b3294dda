//! What is open: only what was listed and what the public is answered, each with links that answer.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};

use crate::exports::saved;
use crate::harness::{Persona, TestApp, call, on_both_engines, question};

const PUBLISH: &str = "mutation ($input: PublishQueryInput!) { publishQuery(input: $input) {
    query { path published } problems { code path } } }";

fn words(of: &str) -> Value {
    json!({ "sv": format!("{of} \"på svenska\""), "en": format!("{of} in English") })
}

pub(crate) async fn publish(app: &TestApp, who: &Persona, path: &str, published: bool) -> Value {
    let sha256 = path.trim_start_matches("/q/");
    let input = json!({ "sha256": sha256, "published": published, "title": words("Title"), "description": words("About") });
    app.ask_as(who, PUBLISH, json!({ "input": input })).await
}

async fn listed(app: &TestApp, path: &str, accept: Option<&str>) -> (StatusCode, Value) {
    // What a request says of its host is anybody's, and in no link.
    let mut request = Request::get(path).header(header::HOST, "elsewhere.example");
    if let Some(accept) = accept {
        request = request.header(header::ACCEPT, accept);
    }
    call(&app.router, request.body(Body::empty()).expect("a request")).await
}

/// The paths of a service's own addresses in a text.
fn links(text: &Value) -> Vec<String> {
    let text = text.to_string();
    let own = text.split("http://127.0.0.1:8080").skip(1);
    let ends = |rest: &str| {
        rest.split(['"', '>', '#', '\\'])
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    own.map(ends)
        .filter(|path| path.starts_with("/q/"))
        .collect()
}

on_both_engines! {
    async fn what_is_listed_is_described_and_its_links_answer(app: Example) {
        let evaluator = Persona::evaluator();
        let path = saved(&app, &question("03-fund-usage")).await;
        let hidden = saved(&app, "{ rounds { totalCount nodes { code } } }").await;
        assert_eq!(listed(&app, "/datapackage.json", None).await.1["resources"], json!([]), "saving lists nothing");
        let answer = publish(&app, &evaluator, &path, true).await;
        assert_eq!(answer["data"]["publishQuery"]["problems"], json!([]), "{answer}");
        let (status, package) = listed(&app, "/datapackage.json", None).await;
        assert_eq!(status, StatusCode::OK);
        let resource = &package["resources"][0];
        assert_eq!(resource["path"], format!("http://127.0.0.1:8080{path}.csv"));
        assert_eq!((&resource["title"], &resource["synthetic"]), (&json!("Title \"på svenska\""), &json!(true)));
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        let field = |name: &str| fields.iter().find(|field| field["name"] == name).expect("a field");
        assert_eq!(field("paidAmount")["type"], "number");
        assert_eq!(field("key.grantYear")["type"], "integer");
        assert_eq!(field("key.county.code")["type"], "string");
        assert!(field("paidAmount")["description"].as_str().expect("a text").contains("utbetalt"));
        let (_, graph) = listed(&app, "/dcat", None).await;
        let things = graph["@graph"].as_array().expect("a graph");
        let of = |kind: &str| things.iter().filter(|thing| thing["@type"] == kind).collect::<Vec<_>>();
        assert_eq!((of("dcat:Catalog").len(), of("foaf:Agent").len(), of("dcat:Dataset").len(), of("dcat:Distribution").len()), (1, 1, 1, 6));
        let dataset = of("dcat:Dataset")[0];
        for needed in ["dcterms:title", "dcterms:description", "dcterms:publisher", "dcat:theme", "dcterms:language", "dcat:distribution"] {
            assert!(dataset[needed].is_array(), "{needed}");
        }
        let languages: Vec<&Value> = dataset["dcterms:title"].as_array().expect("titles").iter().map(|title| &title["@language"]).collect();
        assert_eq!(languages, ["sv", "en"]);
        for distribution in of("dcat:Distribution") {
            assert!(distribution["dcterms:license"][0]["@id"].is_string() && distribution["dcat:mediaType"][0]["@id"].is_string());
        }
        let (_, turtle) = listed(&app, "/dcat", Some("text/turtle")).await;
        assert!(turtle.as_str().expect("a text").contains("\"Title \\\"på svenska\\\"\"@sv"), "{turtle}");
        assert_eq!(listed(&app, "/dcat?format=turtle", None).await.1, turtle);
        assert_eq!(listed(&app, "/dcat?format=x", None).await.0, StatusCode::BAD_REQUEST);
        for text in [&package, &graph, &turtle] {
            let links = links(text);
            assert!(!links.is_empty());
            for link in links {
                assert!(link.starts_with(&path) && !link.starts_with(&hidden), "{link}");
                assert_eq!(listed(&app, &link, None).await.0, StatusCode::OK, "{link}");
            }
        }
        publish(&app, &evaluator, &path, false).await;
        assert_eq!(listed(&app, "/datapackage.json", None).await.1["resources"], json!([]));
    }

    async fn nothing_is_listed_that_the_public_is_not_answered_or_that_nobody_may_list(app: Example) {
        let waiting = saved(&app, "{ dataset(basis: ALL_RECEIVED) { rounds { totalCount nodes { code } } } }").await;
        let needs = saved(&app, "query ($year: [Int!]!) { fundUsage(assignment: \"S2016/00633/FST\", groupBy: [GRANT_YEAR], filter: { grantYears: $year }) { rows { paidAmount } } }").await;
        for path in [&waiting, &needs] {
            let answer = publish(&app, &Persona::evaluator(), path, true).await;
            assert_eq!(answer["data"]["publishQuery"]["query"]["published"], true, "{answer}");
        }
        assert_eq!(listed(&app, "/datapackage.json", None).await.1["resources"], json!([]));
        let (_, graph) = listed(&app, "/dcat", None).await;
        assert!(!graph.to_string().contains("dcat:Dataset\""), "{graph}");
        let open = saved(&app, "{ rounds { totalCount nodes { code } } }").await;
        for (who, code) in [(Persona::public(), "UNAUTHENTICATED"), (Persona::reporter("0180"), "FORBIDDEN")] {
            let answer = publish(&app, &who, &open, true).await;
            assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{answer}");
        }
        let coordinator = Persona::coordinator("socialstyrelsen");
        let unknown = publish(&app, &coordinator, &"0".repeat(64), true).await;
        assert_eq!(unknown["data"]["publishQuery"]["problems"][0]["code"], "NOT_FOUND");
        let untitled = json!({ "input": { "sha256": open.trim_start_matches("/q/"), "published": true } });
        let untitled = app.ask_as(&coordinator, PUBLISH, untitled).await;
        assert_eq!(untitled["data"]["publishQuery"]["problems"][0]["path"], "input.title");
        publish(&app, &coordinator, &open, true).await;
        assert_eq!(listed(&app, "/datapackage.json", None).await.1["resources"].as_array().map(Vec::len), Some(1));
    }
}

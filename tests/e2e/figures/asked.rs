//! Figures asked for by code, and asked again by the question that each names.

use samsyn::reports::figure::{GroupKind, Takes, definitions};
use serde_json::{Value, json};

use crate::answer::data;
use crate::harness::TestApp;

const FIGURE: &str = "query($code: FigureCode!) { figure(code: $code) { code title titleEn text textEn unit
    quantity { value unit absent } rate { value absent numerator denominator n of missing { reason count } }
    definition { code formula formulaEn rounding roundingEn source { row } }
    query { graphql variables path url } dataset { version } sources(first: 3) { totalCount nodes { row } } } }";

/// A figure; none where there is no such figure.
pub(crate) async fn figure(app: &TestApp, code: &str) -> Option<Value> {
    let mut answer = app.ask_with(FIGURE, json!({ "code": code })).await;
    if let Some(errors) = answer.get("errors") {
        assert_eq!(
            errors[0]["extensions"]["code"], "UNKNOWN_CODE",
            "{code}: {errors}"
        );
        return None;
    }
    Some(answer["data"]["figure"].take())
}

/// A figure is what its own question answers, at the place that it names.
pub(crate) async fn same_as_its_question(app: &TestApp, figure: &Value) {
    let query = &figure["query"];
    let document = query["graphql"].as_str().expect("a document");
    let answer = data(app, document, query["variables"].clone()).await;
    let path = query["path"].as_str().expect("a path");
    let own = at(&answer, path);
    let code = &figure["code"];
    if figure["rate"].is_null() {
        let value = match own {
            Value::Number(number) => json!(number.to_string()),
            other => other.clone(),
        };
        assert_eq!(figure["quantity"]["value"], value, "{code}");
        assert_eq!(
            value.is_null(),
            figure["quantity"]["absent"].is_string(),
            "{code}"
        );
    } else {
        assert_eq!(figure["rate"], *own, "{code}");
    }
    let url = query["url"].as_str().expect("an address");
    let request = axum::http::Request::get(url)
        .header("accept", "application/json")
        .body(axum::body::Body::empty())
        .expect("a request");
    let (status, body) = app.call(request).await;
    assert_eq!(status.as_u16(), 200, "{code}");
    assert_eq!(at(&body["data"], path), own, "{code}");
}

/// What stands at a place of an answer; where something on the way is null, so is it.
fn at<'a>(answer: &'a Value, path: &str) -> &'a Value {
    let mut own = answer;
    for name in path.split('/').skip(1) {
        let next = match name.parse::<usize>() {
            Ok(place) => own.get(place),
            Err(_) => own.get(name),
        };
        match next {
            Some(next) => own = next,
            None => {
                assert!(own.is_null(), "{path} is not in {answer}");
                return own;
            }
        }
    }
    own
}

/// Codes of every definition, with keys of the example's years, kinds and groups; not all of them are figures.
pub(crate) async fn codes(app: &TestApp) -> Vec<String> {
    let groups = groups(app).await;
    let mut codes = Vec::new();
    for one in definitions() {
        for assignment in ["S2016/00633/FST", "S2020/01591/SOF"] {
            let heads = heads(&one.takes);
            for head in &heads {
                for tail in tails(&one.takes, &groups) {
                    let rich = !tail.is_empty() && heads.len() > 1;
                    // Groups are asked of two heads only: the others differ by no rule.
                    if !rich
                        || head.starts_with("|2018|MUNI")
                        || head.starts_with("|2016|NGO")
                        || head.starts_with("|2021|MUNI")
                        || head.starts_with("|2022|MUNI")
                        || !one.takes.kind
                    {
                        codes.push(format!("{}|{assignment}{head}{tail}", one.code));
                    }
                }
            }
        }
    }
    codes
}

fn heads(takes: &Takes) -> Vec<String> {
    let years: &[&str] = if takes.year {
        &["|2016", "|2018", "|2021", "|2022", "|ALL"]
    } else {
        &[""]
    };
    let kinds: &[&str] = if takes.kind {
        &["|MUNICIPALITY", "|NGO", "|ALL"]
    } else {
        &[""]
    };
    let heads = years
        .iter()
        .flat_map(|year| kinds.iter().map(move |kind| format!("{year}{kind}")));
    heads.collect()
}

/// Each group of a definition by itself, with those that it must have.
fn tails(takes: &Takes, groups: &[(GroupKind, Vec<String>)]) -> Vec<String> {
    let some = |kind: &GroupKind| {
        let found = groups.iter().find(|(own, _)| own == kind);
        found.map_or(&[][..], |(_, codes)| codes)
    };
    let mut tails = vec![Vec::new()];
    for kind in takes.groups {
        let mut longer: Vec<Vec<String>> = Vec::new();
        for tail in &tails {
            let is_free = !takes.must.contains(kind);
            let others = tail.iter().filter(|part: &&String| {
                !takes.must.iter().any(|must| part.starts_with(must.word()))
            });
            if is_free {
                longer.push(tail.clone());
            }
            if !is_free || others.count() == 0 {
                longer.extend(some(kind).iter().map(|code| {
                    let mut tail = tail.clone();
                    tail.push(format!("{}:{code}", kind.word()));
                    tail
                }));
            }
        }
        tails = longer;
    }
    tails
        .into_iter()
        .map(|tail| tail.iter().map(|part| format!("|{part}")).collect())
        .collect()
}

async fn groups(app: &TestApp) -> Vec<(GroupKind, Vec<String>)> {
    let found = data(
        app,
        "{ assignment(registryNumber: \"S2016/00633/FST\") { publishedFigures { measure } } }",
        json!({}),
    )
    .await;
    let measures = crate::answer::texts(&found["assignment"]["publishedFigures"], "/measure");
    let some = |kind, codes: &[&str]| (kind, codes.iter().map(|code| (*code).to_owned()).collect());
    vec![
        some(GroupKind::Version, &["1", "2"]),
        some(GroupKind::Round, &["KOM-2018"]),
        some(GroupKind::County, &["14", "PROTECTED"]),
        some(GroupKind::PopulationGroup, &["3", "NOT_APPLICABLE"]),
        some(GroupKind::Recipient, &["0180"]),
        some(GroupKind::UseArea, &["COORDINATION"]),
        some(GroupKind::CostKind, &["STAFF"]),
        some(GroupKind::MainActivity, &["4"]),
        some(GroupKind::Form, &["ADVICE", "nowhere"]),
        some(GroupKind::Organisation, &["nck"]),
        some(GroupKind::DevelopmentArea, &["g2020_d1"]),
        some(GroupKind::State, &["COMPLETED"]),
        some(GroupKind::FromYear, &["2020"]),
        some(GroupKind::Indicator, &["exempel_andel_enheter_utan_rutin"]),
        (GroupKind::Measure, measures),
    ]
}

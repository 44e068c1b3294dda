//! The figure register: question 11, every figure beside its own question, and beside `expected.json` where it has it.

pub(crate) mod asked;
mod expected;

use serde_json::{Value, json};

use crate::answer::{data, refusal, refused};
use crate::harness::{TestApp, on_both_engines, question};
use asked::{codes, figure, same_as_its_question};

const CODE: &str = "fund.usage_rate|S2016/00633/FST|2018|MUNICIPALITY";

#[test]
fn the_register_equals_the_committed_document() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/FIGURES.md");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        committed == samsyn::reports::figure::register(),
        "docs/FIGURES.md has other figures. If the change is meant, renew it with\n    \
         cargo run -p samsyn -- figures > docs/FIGURES.md\nand read the difference before committing it."
    );
}

on_both_engines! {
    async fn question_11_gives_a_number_with_all_that_stands_behind_it(app: Example) {
        let found = data(&app, &question("11-figure"), json!({})).await;
        let found = &found["figure"];
        assert_eq!(found["code"], CODE);
        assert_eq!(found["title"], "Nyttjandegrad, kommuner, 2018");
        let text = found["text"].as_str().expect("a sentence");
        assert!(text.starts_with("Nyttjandegrad, kommuner, 2018: 91,") && text.contains(" / "), "{text}");
        assert_eq!(found["quantity"], Value::Null, "a rate is no bare number");
        assert_eq!(found["definition"]["code"], "fund.usage_rate");
        let source = &found["definition"]["source"];
        assert_eq!(source["decision"]["registryNumber"], "S2016/00633/FST");
        assert!(source["citation"]["section"].is_string(), "{source}");
        assert_eq!(found["dataset"]["release"], Value::Null);
        assert_eq!(found["sources"]["totalCount"], count(&app, "usageRate", "USAGE_RATE").await);
        let first = &found["sources"]["nodes"][0];
        assert!(first["submission"]["sha256"].is_string() && first["row"].is_number(), "{first}");
    }

    async fn every_figure_is_what_its_own_question_answers(app: Example) {
        let mut seen = std::collections::BTreeSet::new();
        for code in codes(&app).await {
            let Some(found) = figure(&app, &code).await else { continue };
            same_as_its_question(&app, &found).await;
            seen.insert(found["definition"]["code"].as_str().expect("a code").to_owned());
        }
        let all = samsyn::reports::figure::definitions();
        let unseen: Vec<&str> = all.map(|one| one.code).filter(|code| !seen.contains(*code)).collect();
        assert_eq!(unseen, [""; 0], "every definition has a figure in the example");
    }

    async fn figures_are_what_is_expected(app: Example) {
        expected::compare(&app).await;
    }

    async fn what_is_no_figure_is_an_error_with_its_path(app: Example) {
        for code in [
            "no.figure|S2016/00633/FST|2018|MUNICIPALITY",
            "fund.usage_rate|S2099/00001/X|2018|MUNICIPALITY",
            "fund.usage_rate|S2016/00633/FST|2031|MUNICIPALITY",
            "fund.usage_rate|S2016/00633/FST|2018|HAMLET",
            "fund.usage_rate|S2016/00633/FST|02018|MUNICIPALITY",
            "fund.usage_rate|S2016/00633/FST|2018",
            "fund.usage_rate|S2016/00633/FST|2018|MUNICIPALITY|COUNTY:99",
            "fund.usage_rate|S2016/00633/FST|2018|MUNICIPALITY|COUNTY:14|COUNTY:14",
            "fund.usage_rate|S2016/00633/FST|2018|MUNICIPALITY|STATE:COMPLETED",
            "administration.share|S2016/00633/FST|ALL",
            "plan.activities|S2020/01591/SOF|VERSION:99",
            "",
        ] {
            let found = refusal(&app, "query($code: String!) { figure(code: $code) { code } }".replace("String", "FigureCode").as_str(), json!({ "code": code })).await;
            if code.is_empty() {
                assert_eq!(found.code, "BAD_USER_INPUT");
            } else {
                assert_eq!(found, refused("UNKNOWN_CODE", "code"), "{code}");
            }
        }
    }

    async fn a_figure_is_the_same_as_of_its_time_after_corrections(app: Example) {
        let before = figure(&app, CODE).await.expect("a figure");
        crate::time::asked::change_everything(&app, 2).await;
        let after = figure(&app, CODE).await.expect("a figure");
        assert_ne!(after["dataset"]["version"], before["dataset"]["version"]);
        same_as_its_question(&app, &before).await;
        same_as_its_question(&app, &after).await;
    }
}

/// How many rows stand behind a figure of the line by fund usage's own field.
async fn count(app: &TestApp, field: &str, of: &str) -> Value {
    let document = format!(
        "{{ fundUsage(assignment: \"S2016/00633/FST\", filter: {{ grantYears: [2018], recipientKinds: [MUNICIPALITY] }}) {{ total {{ {field} {{ value }} sources(of: {of}) {{ totalCount }} }} }} }}"
    );
    let found = data(app, &document, json!({})).await;
    found["fundUsage"]["total"]["sources"]["totalCount"].clone()
}

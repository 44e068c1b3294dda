//! Renamed, merged, split and moved recipients: figures by the codes and counties of then, or by those of now.

use entity::Kind;
use serde_json::{Value, json};

use crate::answer::ore;
use crate::harness::{TestApp, on_both_engines};
use crate::intake::files::FUNDS;
use crate::intake::world::{accepted, reported};

const LINKS: &str = "händelse;från_kod;till_kod;datum\n";

/// Vallentuna (0115, Stockholm's county) goes into a new municipality in Halland's county in 2018.
async fn merged(app: &TestApp) {
    reported(app).await;
    let period = "kod;typ;namn;länskod;giltig_från;giltig_till\n\
                  1399;kommun;Nya kommunen;13;2018-01-01;\n";
    accepted(app, Kind::Recipients, period).await;
    let link = format!("{LINKS}sammanslagning;0115;1399;2018-01-01\n");
    accepted(app, Kind::RecipientLinks, &link).await;
}

async fn usage(app: &TestApp, arguments: &str) -> Value {
    let document = format!(
        "{{ fundUsage(assignment: \"{FUNDS}\", {arguments}) {{
            divided
            rows {{ key {{ county {{ code }} recipient {{ code name }} }} paidAmount
                    sources {{ nodes {{ submission {{ kind }} }} }} }}
            total {{ eligibleCount paidAmount usedAmount unreportedAmount }} }} }}"
    );
    app.ask(&document).await["fundUsage"].take()
}

/// What was paid, by code.
fn paid(usage: &Value, group: &str) -> Vec<(String, i128)> {
    let rows = usage["rows"].as_array().expect("rows").iter();
    let rows = rows.filter(|row| ore(&row["paidAmount"]) != 0);
    rows.map(|row| {
        let code = row["key"][group]["code"].as_str().unwrap_or("-");
        (code.to_owned(), ore(&row["paidAmount"]))
    })
    .collect()
}

fn pairs<const N: usize>(expected: [(&str, i128); N]) -> Vec<(String, i128)> {
    let owned = expected.into_iter();
    owned.map(|(code, ore)| (code.to_owned(), ore)).collect()
}

on_both_engines! {
    async fn money_stands_under_the_code_of_then_or_of_now(app: Reference) {
        merged(&app).await;
        let kind = "filter: { recipientKinds: [MUNICIPALITY] }";
        let of = |group: &str, classification: &str| format!("{kind}, groupBy: [{group}], classification: {classification}");
        let then = usage(&app, &of("RECIPIENT", "AT_TIME")).await;
        let now = usage(&app, &of("RECIPIENT", "CURRENT")).await;
        assert_eq!(paid(&then, "recipient"), pairs([("0115", 10_000), ("0180", 60_000)]));
        assert_eq!(paid(&now, "recipient"), pairs([("0180", 60_000), ("1399", 10_000)]));
        assert_eq!(then["total"], now["total"], "nothing is lost and nothing counted twice");
        let at_time = usage(&app, &of("COUNTY", "AT_TIME")).await;
        assert_eq!(paid(&at_time, "county"), pairs([("01", 70_000)]));
        let current = usage(&app, &of("COUNTY", "CURRENT")).await;
        assert_eq!(paid(&current, "county"), pairs([("01", 60_000), ("13", 10_000)]));
        // Left out, it is that of then.
        assert_eq!(usage(&app, &format!("{kind}, groupBy: [COUNTY]")).await, at_time);
        // The name is the present one, and the link is one of the rows behind the line.
        let line = now["rows"].as_array().expect("rows").iter().find(|row| row["key"]["recipient"]["code"] == "1399").expect("a line");
        assert_eq!(line["key"]["recipient"]["name"], "Nya kommunen");
        let kinds: Vec<&str> = line["sources"]["nodes"].as_array().expect("nodes").iter().filter_map(|one| one["submission"]["kind"].as_str()).collect();
        assert!(kinds.contains(&"recipient_links") && kinds.contains(&"payments"), "{kinds:?}");
    }

    async fn a_day_before_the_merger_knows_nothing_of_it(app: Reference) {
        merged(&app).await;
        let of = |through: &str| format!("groupBy: [RECIPIENT], classification: CURRENT, through: \"{through}\"");
        assert_eq!(paid(&usage(&app, &of("2017-12-31")).await, "recipient"), pairs([("0115", 10_000), ("0180", 60_000)]));
        assert_eq!(paid(&usage(&app, &of("2018-01-01")).await, "recipient"), pairs([("0180", 60_000), ("1399", 10_000)]));
        let today = "{ dataset(today: \"2017-12-31\") { fundUsage(assignment: \"S2016/00633/FST\", groupBy: [RECIPIENT],
            classification: CURRENT) { rows { key { recipient { code } } paidAmount } } } }";
        let then = app.ask(today).await["dataset"]["fundUsage"].take();
        assert_eq!(paid(&then, "recipient"), pairs([("0115", 10_000), ("0180", 60_000)]));
    }

    async fn what_was_divided_is_told_and_keeps_its_code(app: Reference) {
        merged(&app).await;
        let periods = "kod;typ;namn;länskod;giltig_från;giltig_till\n1398;kommun;Andra delen;14;2018-01-01;\n";
        accepted(&app, Kind::Recipients, periods).await;
        let split = format!("{LINKS}delning;0180;1398;2018-01-01\n");
        accepted(&app, Kind::RecipientLinks, &split).await;
        let now = usage(&app, "groupBy: [RECIPIENT], classification: CURRENT").await;
        assert_eq!(now["divided"], json!(["0180"]));
        assert_eq!(paid(&now, "recipient"), pairs([("0180", 60_000), ("1399", 10_000)]));
        assert_eq!(usage(&app, "groupBy: [RECIPIENT]").await["divided"], json!([]));
    }

    async fn the_ledger_and_equality_are_filtered_and_grouped_by_the_same(app: Reference) {
        merged(&app).await;
        let document = |classification: &str| format!("{{
            fundLedger(assignment: \"{FUNDS}\", filter: {{ counties: [\"13\"] }}, classification: {classification})
                {{ divided total {{ paidAmount }} entries {{ nodes {{ recipient {{ code }} amounts {{ paidAmount }} }} }} }}
            equality(assignment: \"{FUNDS}\", measure: USAGE_RATE, recipientKind: MUNICIPALITY, groupBy: [COUNTY],
                classification: {classification}) {{ divided groups {{ key {{ county {{ code }} }} rate {{ of }} }} }} }}");
        let now = app.ask(&document("CURRENT")).await;
        assert_eq!(now["fundLedger"]["total"]["paidAmount"], "100.00");
        // An entry is a grant: it names whom it was given to.
        assert_eq!(now["fundLedger"]["entries"]["nodes"], json!([{ "recipient": { "code": "0115" }, "amounts": { "paidAmount": "100.00" } }]));
        let groups: Vec<&str> = now["equality"]["groups"].as_array().expect("groups").iter()
            .filter(|group| group["rate"]["of"] != 0).filter_map(|group| group["key"]["county"]["code"].as_str()).collect();
        assert_eq!(groups, ["01", "13"]);
        assert_eq!(app.ask(&document("AT_TIME")).await["fundLedger"]["total"]["paidAmount"], "0.00");
    }

    async fn a_recipient_tells_its_links_and_a_protected_one_none(app: Reference) {
        merged(&app).await;
        let document = "query ($code: RecipientCode!) { recipient(code: $code) { links {
            kind date fromCode toCode before { name } after { name county { code } } sources { row } } } }";
        let of = async |code: &str| app.ask_with(document, json!({ "code": code })).await["data"]["recipient"]["links"].take();
        let told = of("0115").await;
        assert_eq!(told, json!([{ "kind": "MERGED", "date": "2018-01-01", "fromCode": "0115", "toCode": "1399",
            "before": { "name": "Vallentuna" }, "after": { "name": "Nya kommunen", "county": { "code": "13" } }, "sources": [{ "row": 2 }] }]));
        assert_eq!(of("1399").await, told);
        let houses = "kod;typ;namn;länskod;skyddad_plats\n8999967212;NGO;Huset;01;ja\n8999967220;NGO;Hemmet;01;nej\n";
        accepted(&app, Kind::Recipients, &houses.replacen("8999967212;NGO;Huset;01;ja\n", "", 1)).await;
        accepted(&app, Kind::RecipientLinks, &format!("{LINKS}sammanslagning;8999967220;8999967212;2018-01-01\n")).await;
        assert_eq!(of("8999967220").await.as_array().map(Vec::len), Some(1));
        let action = "kod;typ;namn;länskod;skyddad_plats\n8999967212;NGO;Huset;01;ja\n";
        accepted(&app, Kind::Recipients, action).await;
        assert_eq!((of("8999967220").await, of("8999967212").await), (json!([]), json!([])));
    }
}

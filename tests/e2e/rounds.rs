//! Rounds as a connection: order, pages from both ends, filters, and refusals by code.

use entity::Kind;
use serde_json::json;

use crate::answer::{data, refusal, refused, texts};
use crate::harness::{Sent, TestApp, on_both_engines};
use crate::paging::Pages;

async fn filtered(app: &TestApp, filter: &str) -> Vec<String> {
    let document = format!("{{ rounds(where: {filter}) {{ nodes {{ code }} }} }}");
    texts(
        &data(app, &document, json!({})).await["rounds"]["nodes"],
        "/code",
    )
}

on_both_engines! {
    async fn pages_visit_every_round_once_from_either_end(app: Example) {
        let every = Pages { app: &app, field: "rounds", filter: "" };
        let expected = [
            "KOM-2016", "KOM-2017", "KOM-2018", "NGO-2016", "NGO-2017", "NGO-2018", "REG-2016", "REG-2017", "REG-2018",
        ];
        assert_eq!(every.whole().await, expected);
        for size in [1, 2, 4, 9] {
            every.walk(size).await;
        }
        Pages { filter: "where: { years: [2017] }", ..every }.walk(2).await;
    }

    async fn a_page_goes_on_at_its_place_when_rounds_come_between(app: Example) {
        let every = Pages { app: &app, field: "rounds", filter: "" };
        let cursor = every.page("first: 3").await["pageInfo"]["endCursor"].take();
        let header = "round;assignment;year;recipient_kind;available_amount;use_by;report_by";
        let rows = ["ALLRA-FORST", "MITT-EMELLAN"]
            .map(|code| format!("{code};S2016/00633/FST;2018;REGION;1;2018-12-31;2019-03-31"));
        let sent = Sent::csv(Kind::Rounds, &format!("{header}\n{}\n", rows.join("\n"))).assignment("S2016/00633/FST");
        let report = app.send(&sent).await;
        assert_eq!((report.new, report.findings.len()), (2, 0), "{:?}", report.findings);
        let next = every.page(&format!("first: 2 after: {cursor}")).await;
        assert_eq!(texts(&next["nodes"], "/code"), ["MITT-EMELLAN", "NGO-2016"]);
    }

    async fn filters_let_pass_what_they_say(app: Example) {
        assert_eq!(filtered(&app, "{ years: [2016] }").await, ["KOM-2016", "NGO-2016", "REG-2016"]);
        assert_eq!(filtered(&app, "{ recipientKinds: [NGO] }").await, ["NGO-2016", "NGO-2017", "NGO-2018"]);
        assert_eq!(filtered(&app, "{ years: [2018], recipientKinds: [REGION] }").await, ["REG-2018"]);
        assert_eq!(filtered(&app, "{ assignments: [\"S2016/00633/FST\"] }").await.len(), 9);
        assert_eq!(filtered(&app, "{ assignments: [\"S2020/01591/SOF\"] }").await, Vec::<String>::new());
        assert_eq!(filtered(&app, "{ years: [1999] }").await, Vec::<String>::new(), "a year is no code");
    }

    async fn what_does_not_exist_and_pages_out_of_bounds_are_refused_with_their_argument(app: Example) {
        let ask = async |document: &str| refusal(&app, document, json!({})).await;
        assert_eq!(ask("{ round(code: \"KOM-1999\") { year } }").await, refused("UNKNOWN_CODE", "code"));
        let assignment = "{ rounds(where: { assignments: [\"S2016/00633/FST\", \"S1999/1/X\"] }) { totalCount } }";
        assert_eq!(ask(assignment).await, refused("UNKNOWN_CODE", "where.assignments[1]"));
        assert_eq!(ask("{ rounds(first: -1) { totalCount } }").await, refused("BAD_USER_INPUT", "first"));
        assert_eq!(ask("{ rounds(last: 501) { totalCount } }").await, refused("PAGE_TOO_LARGE", "last"));
        assert_eq!(ask("{ rounds(first: 1, last: 1) { totalCount } }").await, refused("BAD_USER_INPUT", "last"));
        let recipients = Pages { app: &app, field: "recipients", filter: "" };
        let cursor = recipients.page("first: 1").await["pageInfo"]["endCursor"].take();
        let foreign = format!("{{ rounds(before: {cursor}) {{ totalCount }} }}");
        assert_eq!(ask(&foreign).await, refused("BAD_USER_INPUT", "before"));
    }
}

//! The limits of files are what the service is told, and shown by it.

use axum::body::Body;
use axum::http::{Request, header};
use entity::{Kind, Verdict};
use samsyn::app::App;
use samsyn::clock::Clock;
use samsyn::intake::{FileReport, Limits};
use serde_json::json;

use crate::harness::{Sent, TestApp, on_both_engines};

const SMALL: Limits = Limits {
    file_bytes: 1_000,
    unpacked_bytes: 2_000,
    row_count: 2,
    cell_characters: 14,
    hidden_up_to: 4,
};

async fn judged(app: &TestApp, text: &str) -> FileReport {
    app.dry_run_within(SMALL, &Sent::csv(Kind::Populations, text))
        .await
}

fn said(report: &FileReport) -> Vec<(&'static str, Option<i64>, bool)> {
    let found = report.findings.iter();
    found
        .map(|one| {
            (
                one.rule.code(),
                one.row,
                one.message_en.contains("14") || one.message_sv.contains('2'),
            )
        })
        .collect()
}

on_both_engines! {
    async fn rows_and_cells_past_the_limit_are_refused_with_the_limit(app: Reference) {
        let header = "recipient_code;date;population\n";
        let row = |code: &str| format!("{code};2020-12-31;7\n");
        let two = [header, &row("0114"), &row("0115")].concat();
        assert_ne!(judged(&app, &two).await.verdict, Verdict::Rejected, "as many as the limit");
        let three = two.clone() + &row("0117");
        assert_eq!(said(&judged(&app, &three).await), [("too_many_rows", None, true)]);
        let long = [header, &row("0114"), "0115;2020-12-31;123456789012345\n"].concat();
        assert_eq!(said(&judged(&app, &long).await), [("cell_too_long", Some(3), true)]);
        // Fourteen characters, seventeen bytes.
        let swedish = [header, "åäöabcdefghijk;2020-12-31;7\n"].concat();
        assert!(!said(&judged(&app, &swedish).await).iter().any(|(rule, ..)| *rule == "cell_too_long"));
        let in_header = "recipient_code;date;population;flex_0123456789\n".to_owned() + &row("0114");
        assert_eq!(said(&judged(&app, &in_header).await), [("cell_too_long", Some(1), true)]);
    }

    async fn the_limits_are_shown(app: Empty) {
        let document = "{ limits { fileBytes unpackedBytes rowCount cellCharacters pageRowCount answerCellCount documentBytes } }";
        let shown = app.ask(document).await;
        assert_eq!(shown["limits"]["rowCount"], 2_000_000);
        assert_eq!(shown["limits"]["pageRowCount"], 500);
        let router = App::new(app.store.clone(), Clock::system()).limited(SMALL).router();
        let request = Request::post("/graphql").header(header::CONTENT_TYPE, "application/json");
        let request = request.body(Body::from(json!({ "query": document }).to_string())).expect("a request");
        let (_, shown) = crate::harness::call(&router, request).await;
        assert_eq!(shown["data"]["limits"]["fileBytes"], 1_000);
        assert_eq!(shown["data"]["limits"]["unpackedBytes"], 2_000);
        assert_eq!(shown["data"]["limits"]["rowCount"], 2);
        assert_eq!(shown["data"]["limits"]["cellCharacters"], 14);
    }
}

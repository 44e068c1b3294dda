//! Reading as of a time: the same answer for ever; nothing before the first version; no time that has not come.

use serde_json::json;

use super::asked::{answer, answers, as_of, change_everything, present};
use crate::harness::on_both_engines;

on_both_engines! {
    async fn a_thousand_corrections_later_every_question_is_answered_the_same(app: Example) {
        let instant = present(&app).await;
        let given = answers(&app, "").await;
        let then = answers(&app, &as_of(&instant)).await;
        // The present dataset says when it was last changed, and as of then it is the same; but for later files in the list
        // of submissions there is nothing to tell them apart.
        assert_eq!(given, then);
        let corrections = change_everything(&app, 17).await;
        assert!(corrections >= 900, "{corrections} corrections");
        let after = answers(&app, &as_of(&instant)).await;
        assert_eq!(then, after);
        assert_ne!(answers(&app, "").await, after, "the present has changed");
    }

    async fn before_the_first_version_there_is_nothing(app: Reference) {
        let found = answer(&app, "info { version beforeFirstVersion synthetic asOf } assignments { code } recipients(first: 1) { totalCount }",
            "asOf: \"2001-01-01T00:00:00+01:00\"").await;
        assert_eq!(found, json!({ "data": { "dataset": {
            "info": { "version": 0, "beforeFirstVersion": true, "synthetic": false, "asOf": "2000-12-31T23:00:00+00:00" },
            "assignments": [], "recipients": { "totalCount": 0 } } } }));
    }

    async fn a_time_that_has_not_come_is_an_error_and_so_is_a_misspelt_parameter(app: Reference) {
        let future = answer(&app, "info { version }", "asOf: \"2999-01-01T00:00:00Z\"").await;
        let error = &future["errors"][0];
        assert_eq!((&error["extensions"]["code"], &error["extensions"]["argument"]), (&json!("BAD_USER_INPUT"), &json!("asOf")));
        for misspelt in ["as_of: \"2020-01-01T00:00:00Z\"", "asof: \"2020-01-01T00:00:00Z\"", "asOf: \"2020-01-01\"", "asOf: \"2020-01-01T00:00:00\""] {
            let found = answer(&app, "info { version }", misspelt).await;
            assert!(found["errors"].is_array() && found["data"]["dataset"].is_null(), "{misspelt}: {found}");
        }
    }

    async fn today_is_the_civil_date_at_the_instant_or_what_is_said(app: Reference) {
        let instant = present(&app).await;
        let day = &instant[..10];
        let found = answer(&app, "info { today }", &format!("{}, today: \"2019-02-01\"", as_of(&instant))).await;
        assert_eq!(found["data"]["dataset"]["info"]["today"], "2019-02-01");
        let found = answer(&app, "info { today }", &as_of(&instant)).await;
        let said = found["data"]["dataset"]["info"]["today"].as_str().expect("a day").to_owned();
        // In Stockholm it may be the day after.
        assert!(said.as_str() >= day, "{said} at {instant}");
    }
}

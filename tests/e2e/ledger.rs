//! The ledger: small figures worked out by hand, claims by the day, redistribution, and the rows behind every entry.

use entity::Kind;
use serde_json::{Value, json};

use crate::answer::{data, is_marked_synthetic, ore, refusal, refused, texts};
use crate::harness::{Sent, TestApp, on_both_engines};

const FUNDS: &str = "S2016/00633/FST";

async fn accepted(app: &TestApp, kind: Kind, text: &str) {
    let report = app.send(&Sent::csv(kind, text).assignment(FUNDS)).await;
    assert!(report.findings.is_empty(), "{text}: {:?}", report.findings);
}

/// A round of 1 000 kronor: Stockholm asks for all of its 500 and more, Vallentuna for 100 of its 300, Järfälla for all of
/// its 100 and more. Stockholm gets 50 of the 300 that are left; it has used 400 and has paid back 30 of 150.
async fn world(app: &TestApp) {
    let rounds = format!(
        "round;assignment;year;recipient_kind;available_amount;closes_on;use_by;report_by\n\
         K;{FUNDS};2016;MUNICIPALITY;1000;2016-10-01;2016-12-31;2017-03-31\n\
         N;{FUNDS};2016;NGO;500;2016-10-01;2016-12-31;2017-03-31\n"
    );
    accepted(app, Kind::Rounds, &rounds).await;
    accepted(
        app,
        Kind::Allocations,
        "round;kod;belopp\nK;0180;500\nK;0115;300\nK;0123;100\n",
    )
    .await;
    let requisitions = "round;kod;belopp;rekvirerat_datum;önskar_omfördelning\n\
         K;0180;500;2016-05-01;ja\nK;0115;100;2016-05-01;nej\nK;0123;100;2016-05-01;ja\n";
    accepted(app, Kind::Requisitions, requisitions).await;
    let payments = "reference;round;kod;belopp;utbetalt_datum\n\
         P1;K;0180;550;2016-06-01\nP2;K;0115;100;2016-06-01\nP3;K;0123;100;2016-06-01\n";
    accepted(app, Kind::Payments, payments).await;
    let reports = "round;kod;reported_on;used_other;unused\nK;0180;2017-01-01;400;150\n";
    accepted(app, Kind::UsageReports, reports).await;
    accepted(
        app,
        Kind::Repayments,
        "reference;round;kod;belopp;repaid_on\nA1;K;0180;30;2017-01-15\n",
    )
    .await;
}

/// Stockholm is asked for its 120, pays 20, has 10 waived and the rest deferred; Vallentuna is asked for what it has not
/// reported on.
async fn claims(app: &TestApp) {
    let header = "round;reference;kod;step;decided_on;amount;due_on\n";
    let demands = "K;C1;0180;DEMANDED;2017-02-01;120;2017-03-01\nK;C2;0115;DEMANDED;2017-04-10;100;2017-05-10\n";
    accepted(app, Kind::RepaymentClaims, &format!("{header}{demands}")).await;
    accepted(
        app,
        Kind::Repayments,
        "reference;round;kod;belopp;repaid_on\nA2;K;0180;20;2017-02-10\n",
    )
    .await;
    let later = "K;C1;0180;DEFERRED;2017-02-20;;2017-06-30\nK;C1;0180;WAIVED;2017-02-21;10;\n";
    accepted(app, Kind::RepaymentClaims, &format!("{header}{later}")).await;
}

const AMOUNTS: &str = "fragment Amounts on LedgerAmounts { allocatedAmount requisitionedAmount redistributedAmount paidAmount
    usedAmount reportedUnusedAmount repaidAmount outstandingAmount unreportedAmount unexplainedAmount overclaimedAmount
    outstandingParts { ...Parts } unreportedParts { ...Parts }
    claims { demandedAmount paidAmount waivedAmount withdrawnAmount leftAmount } }
    fragment Parts on OpenParts { demandedAmount deferredAmount overdueAmount waivedAmount notDemandedAmount }";

async fn ledger(app: &TestApp, on: &str, more: &str) -> Value {
    let document = format!(
        "{{ fundLedger(assignment: \"{FUNDS}\", onDate: \"{on}\") {{ onDate total {{ ...Amounts }}
            ageing {{ bucket outstandingAmount unreportedAmount unexplainedAmount entryCount }}
            entries{more} {{ totalCount nodes {{ recipientCode round {{ code }} amounts {{ ...Amounts }} ageInDays ageAbsent
                open {{ of claimReference amount since ageInDays ageAbsent bucket }}
                claims {{ reference standing dueOn amounts {{ leftAmount }} sources {{ row }} }} }} }} }} }} {AMOUNTS}"
    );
    data(app, &document, json!({})).await["fundLedger"].take()
}

fn entry<'a>(found: &'a Value, code: &str) -> &'a Value {
    let nodes = found["entries"]["nodes"].as_array().expect("entries");
    nodes
        .iter()
        .find(|one| one["recipientCode"] == code)
        .expect("an entry")
}

/// demanded, deferred, overdue, waived, not demanded.
fn parts(parts: &Value) -> Value {
    let names = ["demanded", "deferred", "overdue", "waived", "notDemanded"];
    names
        .iter()
        .map(|name| parts[format!("{name}Amount")].clone())
        .collect()
}

/// bucket, outstanding, unreported, entries; empty ones left out.
fn ageing(found: &Value) -> Vec<Value> {
    let lines = found["ageing"].as_array().expect("lines");
    assert_eq!(lines.len(), 5);
    let line = |line: &Value| {
        json!([
            line["bucket"],
            line["outstandingAmount"],
            line["unreportedAmount"],
            line["entryCount"]
        ])
    };
    lines
        .iter()
        .filter(|one| one["entryCount"] != 0)
        .map(line)
        .collect()
}

on_both_engines! {
    async fn an_entry_follows_the_money_to_the_day(app: Reference) {
        world(&app).await;
        claims(&app).await;
        let found = ledger(&app, "2017-06-30", "").await;
        let own = entry(&found, "0180");
        let amounts = &own["amounts"];
        for (name, expected) in [
            ("allocated", "500.00"), ("requisitioned", "500.00"), ("redistributed", "50.00"), ("paid", "550.00"),
            ("used", "400.00"), ("reportedUnused", "150.00"), ("repaid", "50.00"), ("outstanding", "100.00"),
            ("unreported", "0.00"), ("unexplained", "0.00"), ("overclaimed", "0.00"),
        ] {
            assert_eq!(amounts[format!("{name}Amount")], expected, "{name}");
        }
        assert_eq!(amounts["claims"], json!({ "demandedAmount": "120.00", "paidAmount": "20.00", "waivedAmount": "10.00",
            "withdrawnAmount": "0.00", "leftAmount": "90.00" }));
        assert_eq!(parts(&amounts["outstandingParts"]), json!(["0.00", "90.00", "0.00", "10.00", "0.00"]));
        assert_eq!(own["claims"], json!([{ "reference": "C1", "standing": "DEFERRED", "dueOn": "2017-06-30",
            "amounts": { "leftAmount": "90.00" }, "sources": [{ "row": 2 }, { "row": 2 }, { "row": 3 }] }]));
        assert_eq!((&own["ageInDays"], &own["ageAbsent"]), (&Value::Null, &json!("NOT_DUE")));
        // Vallentuna's claim has been overdue since 10 May: 51 days. Järfälla has not reported since 31 March: 91 days.
        let other = entry(&found, "0115");
        assert_eq!(parts(&other["amounts"]["unreportedParts"]), json!(["0.00", "0.00", "100.00", "0.00", "0.00"]));
        assert_eq!((&other["ageInDays"], &other["ageAbsent"]), (&json!(51), &Value::Null));
        assert_eq!(other["open"], json!([{ "of": "UNREPORTED", "claimReference": "C2", "amount": "100.00",
            "since": "2017-05-10", "ageInDays": 51, "ageAbsent": null, "bucket": "UP_TO_90" }]));
        assert_eq!(entry(&found, "0123")["ageInDays"], 91);
        assert_eq!(ageing(&found), [
            json!(["NOT_YET_DUE", "90.00", "0.00", 1]),
            json!(["UP_TO_90", "0.00", "100.00", 1]),
            json!(["UP_TO_365", "0.00", "100.00", 1]),
        ]);
        let next = ledger(&app, "2017-07-01", "").await;
        assert_eq!(entry(&next, "0180")["claims"][0]["standing"], "OVERDUE");
        assert_eq!(parts(&next["total"]["outstandingParts"]), json!(["0.00", "0.00", "90.00", "10.00", "0.00"]));
        assert_eq!(entry(&next, "0180")["ageInDays"], 1);
    }

    async fn through_a_day_the_ledger_is_as_it_was_then(app: Reference) {
        world(&app).await;
        claims(&app).await;
        let document = format!("query ($through: Date) {{
            fundUsage(assignment: \"{FUNDS}\", through: $through) {{ total {{ paidAmount repaidAmount outstandingAmount unreportedAmount }} }}
            fundLedger(assignment: \"{FUNDS}\", through: $through) {{ onDate total {{ paidAmount repaidAmount outstandingAmount unreportedAmount
                claims {{ demandedAmount paidAmount waivedAmount leftAmount }} outstandingParts {{ demandedAmount deferredAmount }} }} }} }}");
        for (day, claims, demanded) in [
            ("2017-01-31", ["0.00", "0.00", "0.00", "0.00"], "0.00"),
            ("2017-02-10", ["120.00", "20.00", "0.00", "100.00"], "100.00"),
            ("2017-02-21", ["120.00", "20.00", "10.00", "90.00"], "0.00"),
        ] {
            let found = data(&app, &document, json!({ "through": day })).await;
            let (ledger, usage) = (&found["fundLedger"], &found["fundUsage"]["total"]);
            assert_eq!(ledger["onDate"], day);
            for name in ["paidAmount", "repaidAmount", "outstandingAmount", "unreportedAmount"] {
                assert_eq!(ledger["total"][name], usage[name], "{day} {name}");
            }
            let own = &ledger["total"]["claims"];
            let names = ["demandedAmount", "paidAmount", "waivedAmount", "leftAmount"];
            assert_eq!(names.map(|name| own[name].as_str().expect("money")), claims, "{day}");
            assert_eq!(ledger["total"]["outstandingParts"]["demandedAmount"], demanded, "{day}");
        }
    }

    async fn entries_are_chosen_by_their_parts_and_read_in_pages(app: Reference) {
        world(&app).await;
        claims(&app).await;
        let of = async |having: &str| {
            let found = ledger(&app, "2017-07-01", &format!("(having: [{having}])")).await;
            texts(&found["entries"]["nodes"], "/recipientCode")
        };
        assert_eq!(of("OVERDUE").await, ["0180", "0115"], "Stockholm, Vallentuna");
        assert_eq!(of("WAIVED").await, ["0180"]);
        assert_eq!(of("NOT_DEMANDED, UNEXPLAINED").await, ["0123"], "Järfälla has not reported and is not asked");
        assert_eq!(of("OVERCLAIMED").await, Vec::<String>::new());
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let document = format!("{{ fundLedger(assignment: \"{FUNDS}\") {{ entries(first: 2 {after}) {{ totalCount
                pageInfo {{ hasNextPage endCursor }} nodes {{ recipient {{ name }} }} }} }} }}");
            let page = data(&app, &document, json!({})).await["fundLedger"]["entries"].take();
            assert_eq!(page["totalCount"], 3);
            seen.extend(texts(&page["nodes"], "/recipient/name"));
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = format!("after: {}", page["pageInfo"]["endCursor"]);
        }
        assert_eq!(seen, ["Järfälla", "Stockholm", "Vallentuna"]);
        let wrong = format!("{{ fundLedger(assignment: \"{FUNDS}\", filter: {{ rounds: [\"X\"] }}) {{ onDate }} }}");
        assert_eq!(refusal(&app, &wrong, json!({})).await, refused("UNKNOWN_CODE", "filter.rounds[0]"));
    }

    async fn what_others_left_is_shared_among_those_that_asked(app: Reference) {
        world(&app).await;
        let document = "query ($round: RoundCode!) { redistribution(round: $round) { round { code } absent availableAmount
            requisitionedAmount poolAmount redistributedAmount leftAmount proposalAbsent shares { recipientCode
            recipient { name } wantsRedistribution allocatedAmount requisitionedAmount paidAmount redistributedAmount
            proposedAmount proposedAbsent } } }";
        let found = data(&app, document, json!({ "round": "K" })).await["redistribution"].take();
        for (name, expected) in [("available", "1000.00"), ("requisitioned", "700.00"), ("pool", "300.00"), ("redistributed", "50.00"), ("left", "250.00")] {
            assert_eq!(found[format!("{name}Amount")], expected, "{name}");
        }
        // 250 by 100 : 500 is 41.67 and 208.33: the krona over goes to the larger remainder.
        assert_eq!(texts(&found["shares"], "/recipient/name"), ["Järfälla", "Stockholm"]);
        assert_eq!(texts(&found["shares"], "/proposedAmount"), ["42.00", "208.00"]);
        assert_eq!(texts(&found["shares"], "/redistributedAmount"), ["0.00", "50.00"]);
        let none = data(&app, document, json!({ "round": "N" })).await["redistribution"].take();
        assert_eq!((&none["absent"], &none["poolAmount"], &none["shares"]), (&json!("NOT_APPLICABLE"), &Value::Null, &json!([])));
        assert_eq!(none["proposalAbsent"], "NOT_APPLICABLE");
        assert_eq!(refusal(&app, document, json!({ "round": "X" })).await, refused("UNKNOWN_CODE", "round"));
    }

    async fn an_entry_leads_to_every_row_behind_it(app: Reference) {
        world(&app).await;
        claims(&app).await;
        let document = |sources: &str| format!("{{ fundLedger(assignment: \"{FUNDS}\", filter: {{ recipients: [\"0180\"] }}) {{
            entries {{ nodes {{ {sources} }} }} }} }}");
        let asked = data(&app, &document("sources { row submission { kind fileName } }"), json!({})).await;
        let sources = asked["fundLedger"]["entries"]["nodes"][0]["sources"].as_array().expect("sources");
        let mut found: Vec<String> = sources.iter().map(|one| format!("{} {}", one["submission"]["kind"].as_str().expect("a kind"), one["row"])).collect();
        found.sort();
        assert_eq!(found, [
            "allocations 2", "payments 2", "repayment_claims 2", "repayment_claims 2", "repayment_claims 3",
            "repayments 2", "repayments 2", "requisitions 2", "usage_reports 2",
        ]);
        assert!(sources.iter().all(|one| one["submission"]["fileName"].is_null()), "what a sender calls its files is no matter of the public's");
        let some = data(&app, &document("sources(of: [PAYMENT, USAGE_REPORT]) { submission { kind } }"), json!({})).await;
        let names = texts(&some["fundLedger"]["entries"]["nodes"][0]["sources"], "/submission/kind");
        assert_eq!(names, ["payments", "usage_reports"]);
    }

    async fn the_sums_of_the_example_are_fund_usages_whatever_is_counted(app: Example) {
        const NAMES: [&str; 10] = ["allocatedAmount", "requisitionedAmount", "grantedAmount", "redistributedAmount", "paidAmount",
            "usedAmount", "reportedUnusedAmount", "repaidAmount", "unreportedAmount", "unexplainedAmount"];
        let amounts = format!("{} outstandingAmount", NAMES.join(" "));
        let document = format!("query ($filter: FundFilter) {{
            fundUsage(assignment: \"{FUNDS}\", filter: $filter) {{ total {{ {amounts} }} }}
            fundLedger(assignment: \"{FUNDS}\", filter: $filter) {{ total {{ {amounts} }} entries(first: 1) {{ totalCount }} }} }}");
        let counties = data(&app, "{ recipients(where: { kinds: [REGION] }) { nodes { county { code } } } }", json!({})).await;
        let counties = texts(&counties["recipients"]["nodes"], "/county/code");
        for filter in [
            json!({}), json!({ "grantYears": [2017] }), json!({ "recipientKinds": ["NGO"] }),
            json!({ "recipientKinds": ["MUNICIPALITY"], "populationGroups": [1, 2] }), json!({ "counties": ["12"] }),
            json!({ "recipientKinds": ["NGO"], "counties": counties }), json!({ "rounds": ["KOM-2018"] }), json!({ "recipients": [] }),
        ] {
            let found = data(&app, &document, json!({ "filter": filter })).await;
            assert_eq!(found["fundLedger"]["total"], found["fundUsage"]["total"], "{filter}");
            let count = found["fundLedger"]["entries"]["totalCount"].as_u64().expect("a count");
            assert_eq!(count == 0, filter == json!({ "recipients": [] }), "{filter}");
        }
    }

    async fn every_entry_of_the_example_is_balanced_and_synthetic(app: Example) {
        let mut after = String::new();
        let mut entries = 0;
        loop {
            let document = format!("{{ fundLedger(assignment: \"{FUNDS}\", onDate: \"2019-12-31\") {{ entries(first: 500 {after}) {{
                pageInfo {{ hasNextPage endCursor }} nodes {{ amounts {{ ...Amounts }} open {{ amount }} }} }} }} }} {AMOUNTS}");
            let page = data(&app, &document, json!({})).await["fundLedger"]["entries"].take();
            for node in page["nodes"].as_array().expect("entries") {
                let amounts = &node["amounts"];
                let of = |name: &str| ore(&amounts[format!("{name}Amount")]);
                let open = of("outstanding") + of("unreported") + of("unexplained");
                assert_eq!(of("paid"), of("used") + of("repaid") + open, "{node}");
                let pieces: i128 = node["open"].as_array().expect("pieces").iter().map(|piece| ore(&piece["amount"])).sum();
                assert_eq!(pieces, open, "nothing is waived: {node}");
                entries += 1;
            }
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = format!("after: {}", page["pageInfo"]["endCursor"]);
        }
        assert!(entries > 800, "{entries}");
        let document = format!("{{ fundLedger(assignment: \"{FUNDS}\") {{ onDate }} }}");
        assert!(is_marked_synthetic(&app, &document).await);
    }

    async fn pages_with_their_sources_cost_the_same_however_many_entries(app: Example) {
        let mut costs = Vec::new();
        for first in [2, 200] {
            let document = format!("{{ fundLedger(assignment: \"{FUNDS}\") {{ entries(first: {first}) {{ nodes {{ sources {{ row submission {{ fileName }} }} }} }} }} }}");
            data(&app, "{ fundLedger(assignment: \"S2016/00633/FST\") { onDate } }", json!({})).await;
            let before = app.store.statements();
            let found = data(&app, &document, json!({})).await;
            assert_eq!(found["fundLedger"]["entries"]["nodes"].as_array().map(Vec::len), Some(first));
            costs.push(app.store.statements() - before);
        }
        assert_eq!(costs[0], costs[1]);
    }
}

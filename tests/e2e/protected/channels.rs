//! The answers that tell whom support reached: conditions on recipients, coverage with its lists and counts through two
//! days, comparisons, orphans, figures, sources, exports.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::Request;
use entity::{Kind, Verdict};
use serde_json::{Value, json};

use super::attacker::{Attacker, Isolation, Seen, answered};
use crate::answer::texts;
use crate::exports::saved;
use crate::harness::{Persona, Sent, TestApp};
use crate::intake::files::{FUNDS, SUPPORT};

/// Questions of one document.
const TOGETHER: usize = 20;

/// Whom the conditions `reached: true` and `reached: false` name, in a dataset.
pub(super) async fn conditions(
    app: &TestApp,
    who: &Persona,
    attacker: &Attacker,
    (dataset, each): (Option<&str>, usize),
) -> [Vec<Seen>; 2] {
    let filters: Vec<Isolation> = attacker.filters().into_iter().step_by(each).collect();
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for together in filters.chunks(TOGETHER) {
        let mut fields = String::new();
        for (place, one) in together.iter().enumerate() {
            for (name, reached) in [("with", true), ("without", false)] {
                let filter = one.filter();
                fields.push_str(&format!("{name}{place}: recipients(first: 100, where: {{ kinds: [NGO],
                    support: [{{ assignment: \"{SUPPORT}\", filter: {filter}, reached: {reached} }}] }}) {{ nodes {{ code }} }}\n"));
            }
        }
        let document = match dataset {
            None => format!("{{ {fields} }}"),
            Some(dataset) => format!("{{ dataset({dataset}) {{ {fields} }} }}"),
        };
        let mut found = answered(app, who, &document, json!({})).await;
        if dataset.is_some() {
            found = found["dataset"].take();
        }
        for (place, one) in together.iter().enumerate() {
            let codes = |name: &str| {
                texts(&found[format!("{name}{place}")]["nodes"], "/code")
                    .into_iter()
                    .collect::<BTreeSet<_>>()
            };
            let events = attacker.taken(one);
            with.push(Seen {
                events: events.clone(),
                reached: codes("with"),
            });
            let not = codes("without");
            let members = attacker.members(one.year);
            let rest = members.iter().filter(|code| !not.contains(*code));
            without.push(Seen {
                events,
                reached: rest.cloned().collect(),
            });
        }
    }
    [with, without]
}

/// Whom coverage leaves out of its list of those not reached, filter by filter and day by day; and its counts, from
/// which nobody follows whom the lists do not name.
pub(super) async fn coverage(
    app: &TestApp,
    who: &Persona,
    attacker: &Attacker,
    (most, each): (usize, usize),
) -> Vec<Seen> {
    let asked = attacker.filters_and_days(most).into_iter();
    let asked: Vec<Isolation> = asked.step_by(each).collect();
    let mut seen = Vec::new();
    let mut sizes: BTreeMap<i32, BTreeSet<(i64, String)>> = BTreeMap::new();
    for together in asked.chunks(TOGETHER) {
        let mut fields = String::new();
        for (place, one) in together.iter().enumerate() {
            let through = one
                .through
                .as_ref()
                .map_or_else(|| "null".to_owned(), |day| format!("\"{day}\""));
            let filter = one.filter();
            fields.push_str(&format!("of{place}: coverage(assignment: \"{SUPPORT}\", recipientKind: NGO, filter: {filter}, through: {through}) {{
                protectedCount total {{ unreachedCount unreached(first: 100) {{ code }} coverage {{ numerator denominator }}
                eventsPerRecipient {{ numerator }} sources(of: REACHED, first: 1) {{ totalCount }} }} }}\n"));
        }
        let found = answered(app, who, &format!("{{ {fields} }}"), json!({})).await;
        for (place, one) in together.iter().enumerate() {
            let (coverage, total) = (
                &found[format!("of{place}")],
                &found[format!("of{place}")]["total"],
            );
            let not: BTreeSet<String> = texts(&total["unreached"], "/code").into_iter().collect();
            let members = attacker.members(one.year).into_iter();
            let reached: BTreeSet<String> = members.filter(|code| !not.contains(code)).collect();
            let number = |path: &str| match total.pointer(path) {
                Some(Value::String(text)) => text.parse::<i64>().expect("a number"),
                Some(other) => other.as_i64().expect("a number"),
                None => panic!("no {path}: {total}"),
            };
            let open = i64::try_from(
                reached
                    .iter()
                    .filter(|code| attacker.everyone[*code].is_some())
                    .count(),
            )
            .expect("few");
            // What is counted beyond those that may be named would be a protected one, reached by this very event.
            assert_eq!(number("/coverage/numerator"), open, "{one:?}");
            assert_eq!(
                number("/unreachedCount"),
                i64::try_from(not.len()).expect("few"),
                "{one:?}"
            );
            assert_eq!(number("/sources/totalCount") > 0, open > 0, "{one:?}");
            assert!(number("/eventsPerRecipient/numerator") >= open, "{one:?}");
            assert!(
                open > 0 || number("/eventsPerRecipient/numerator") == 0,
                "{one:?}"
            );
            let size = number("/coverage/denominator");
            let of_year = sizes.entry(one.year).or_default();
            of_year.insert((size, coverage["protectedCount"].to_string()));
            seen.push(Seen {
                events: attacker.taken(one),
                reached,
            });
        }
    }
    for (year, sizes) in sizes {
        assert_eq!(
            sizes.len(),
            1,
            "in {year} the denominator and how many are left out tell nothing of an event: {sizes:?}"
        );
    }
    seen
}

/// How many members comparisons have: those that may be named, whatever the filter.
pub(super) async fn comparisons(
    app: &TestApp,
    who: &Persona,
    attacker: &Attacker,
    reached: &[Seen],
) {
    let filters = attacker.filters();
    let hidden = attacker.hidden();
    let mut members = attacker.members(2022);
    members.retain(|code| !hidden.contains(code));
    let open = members.len();
    for (one, seen) in filters.iter().zip(reached).step_by(15) {
        let count = seen.reached.intersection(&members).count();
        let filter = one.filter();
        let document = format!("{{ indicatorComparison(indicator: \"exempel_andel_enheter_utan_rutin\", fromYear: 2020, toYear: 2022,
            assignment: \"{SUPPORT}\", by: REACHED, support: {filter}, recipientKind: NGO, rounds: 99) {{
            protectedCount all {{ memberCount }} groups {{ code memberCount }} }} }}");
        let found = answered(app, who, &document, json!({})).await["indicatorComparison"].take();
        assert_eq!(
            found["groups"][0],
            json!({ "code": "REACHED", "memberCount": count }),
            "{one:?}"
        );
        assert_eq!(
            found["groups"][1],
            json!({ "code": "NOT_REACHED", "memberCount": open - count }),
            "{one:?}"
        );
        assert_eq!(
            (&found["all"]["memberCount"], &found["protectedCount"]),
            (&json!(open), &json!(attacker.hidden().len()))
        );
    }
}

/// Whom orphans name before and after the days of events.
pub(super) async fn orphans(app: &TestApp, who: &Persona, attacker: &Attacker) {
    let hidden = attacker.hidden();
    let mut named = BTreeSet::new();
    let days: BTreeSet<&String> = attacker
        .events
        .iter()
        .filter(|event| event.county.is_some())
        .map(|event| &event.held_on)
        .collect();
    for day in days.into_iter().step_by(60) {
        let document = format!("{{ activityPlan(assignment: \"{SUPPORT}\") {{ orphans(through: \"{day}\") {{
            recipients(kinds: [NGO], fundsOf: [\"{FUNDS}\", \"{SUPPORT}\"], first: 100) {{ totalCount nodes {{ recipient {{ code }} }} }} }} }} }}");
        let found =
            answered(app, who, &document, json!({})).await["activityPlan"]["orphans"]["recipients"]
                .take();
        let codes = texts(&found["nodes"], "/recipient/code");
        assert_eq!(found["totalCount"], json!(codes.len()));
        named.extend(codes);
    }
    assert!(
        named.len() > 5,
        "some with an open place are named: {named:?}"
    );
    assert_eq!(
        named.intersection(&hidden).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
}

/// The figures of coverage beside the lists of the same events.
pub(super) async fn figures(app: &TestApp, who: &Persona, each: usize) {
    let mut with_some = 0;
    for year in 2020..=2022 {
        for form in [
            "training",
            "network",
            "conference",
            "municipal_dialogue",
            "process_support",
        ]
        .into_iter()
        .step_by(each)
        {
            let code = format!("coverage.rate|{SUPPORT}|{year}|NGO|FORM:{form}");
            let document = format!("{{ figure(code: \"{code}\") {{ rate {{ numerator denominator }} sources(first: 1) {{ totalCount }} }}
                recipients(first: 100, where: {{ kinds: [NGO], support: [{{ assignment: \"{SUPPORT}\",
                filter: {{ eventYears: [{year}], forms: [\"{form}\"] }}, reached: true }}] }}) {{ totalCount }} }}");
            let found = answered(app, who, &document, json!({})).await;
            let count = found["recipients"]["totalCount"].as_i64().expect("a count");
            assert_eq!(
                found["figure"]["rate"]["numerator"]
                    .as_str()
                    .and_then(|text| text.parse().ok()),
                Some(count),
                "{code}"
            );
            assert_eq!(
                found["figure"]["sources"]["totalCount"].as_i64() > Some(0),
                count > 0,
                "{code}"
            );
            with_some += i32::from(count > 0);
        }
    }
    assert!(with_some > 1, "{with_some}");
    let apart = format!(
        "{{ figure(code: \"coverage.rate|{SUPPORT}|ALL|NGO|COUNTY:PROTECTED\") {{ rate {{ numerator }} }} }}"
    );
    let answer = app.ask_as(who, &apart, json!({})).await;
    assert!(
        answer["errors"][0]["extensions"]["code"].is_string(),
        "they are no group of their own: {answer}"
    );
}

/// Files of saved questions.
pub(super) async fn exports(app: &TestApp, who: &Persona, hidden: &BTreeSet<String>) {
    for reached in [true, false] {
        let document = format!(
            "{{ recipients(where: {{ kinds: [NGO], support: [{{ assignment: \"{SUPPORT}\",
            reached: {reached} }}] }}) {{ nodes {{ code name }} }} }}"
        );
        let path = saved(app, &document).await;
        for form in ["csv", "json"] {
            let mut request = Request::get(format!("{path}.{form}"))
                .body(Body::empty())
                .expect("a request");
            who.sign(&mut request);
            let (status, body) = app.call(request).await;
            let text = body.to_string();
            assert!(
                status.is_success() && text.contains("8999"),
                "{form}: {status} {text}"
            );
            assert!(
                hidden.iter().all(|code| !text.contains(code)),
                "{form} of reached: {reached} names a protected one"
            );
        }
    }
}

/// The board of a county holds an event that reaches nobody but a protected association in it.
pub(super) async fn of_a_protected_one_alone(app: &TestApp) {
    let event = "event_code,organisation_code,held_on,form,main_activity,title,audience,participants,reached\n\
        LST-AC-X,lansstyrelsen_vasterbotten,2021-06-17,training,1,Utbildning,SOCIAL_SERVICES,7,8999895041\n";
    let sent = Sent::csv(Kind::SupportEvents, event).assignment(SUPPORT);
    assert_eq!(app.send(&sent).await.verdict, Verdict::Accepted);
}

/// Every event that is listed and that a filter isolates has reached somebody who may be named: one that had not would
/// have reached a protected one, in the county of whoever held it.
pub(super) async fn reached_by_each(app: &TestApp, who: &Persona, attacker: &Attacker) {
    let alone = attacker.filters().into_iter();
    let alone: Vec<Isolation> = alone.filter(|one| attacker.taken(one).len() == 1).collect();
    assert!(alone.len() > 20, "{}", alone.len());
    for together in alone.chunks(TOGETHER) {
        let mut fields = String::new();
        for (place, one) in together.iter().enumerate() {
            let filter = one.filter();
            fields.push_str(&format!("of{place}: recipients(first: 1, where: {{
                kinds: [MUNICIPALITY, REGION, NGO, COUNTY_BOARD, UNIVERSITY, AGENCY],
                support: [{{ assignment: \"{SUPPORT}\", filter: {filter}, reached: true }}] }}) {{ totalCount }}\n"));
        }
        let found = answered(app, who, &format!("{{ {fields} }}"), json!({})).await;
        for (place, one) in together.iter().enumerate() {
            let count = found[format!("of{place}")]["totalCount"].as_u64();
            assert!(count > Some(0), "{one:?} reached nobody who may be named");
        }
    }
}

//! What is asked of a world: every list, figure, filter and grouping at every time and release, files of saved questions,
//! documents.

use std::collections::BTreeMap;
use std::path::Path;

use axum::body::Body;
use axum::http::Request;
use serde_json::json;

use super::world::{AREAS, ASSOCIATION, COUNTIES, INDICATOR, World};
use crate::exports::saved;
use crate::harness::{Persona, TestApp, program};
use crate::intake::files::{FUNDS, SUPPORT};
use crate::time::walk::everything;

/// Who asked, and what.
pub(super) type Question = (String, String);

/// To whom a question is put.
#[derive(Clone, Copy, PartialEq, Eq)]
enum To {
    /// Anybody alone: it is one of very many.
    Public,
    /// All.
    Everybody,
    /// All but those who may see single counts.
    Strangers,
    /// All who have a name: others read nothing that waits.
    Known,
}

pub(super) struct Asked {
    to: To,
    text: String,
}

/// What asks where the association is.
fn place() -> Vec<String> {
    let mut asked = vec![
        format!("recipient(code: \"{ASSOCIATION}\") {{ county {{ code }} countyAbsent sources {{ row }} supportEvents(assignment: \"{SUPPORT}\", first: 20) {{ totalCount }} funds(assignment: \"{FUNDS}\") {{ paidAmount }} }}"),
        format!("organisation(code: \"{ASSOCIATION}\") {{ county {{ code }} }}"),
        format!("fundUsage(assignment: \"{FUNDS}\", groupBy: [COUNTY, RECIPIENT], filter: {{ recipientKinds: [NGO] }}) {{ rows {{ key {{ county {{ code }} recipient {{ code }} parts {{ code absent }} }} paidAmount }} }}"),
        format!("fundUsage(assignment: \"{FUNDS}\", groupBy: [COUNTY]) {{ rows {{ key {{ county {{ code }} }} paidAmount usedAmount reporting {{ expectedCount receivedCount }} }} }}"),
        format!("equality(assignment: \"{FUNDS}\", measure: USAGE_RATE, recipientKind: NGO, groupBy: [COUNTY]) {{ groups {{ key {{ county {{ code }} }} rate {{ numerator denominator n of }} }} }}"),
        format!("coverage(assignment: \"{SUPPORT}\", recipientKind: NGO, groupBy: [COUNTY]) {{ rows {{ key {{ county {{ code }} }} coverage {{ numerator denominator }} unreached {{ code }} }} total {{ unreached {{ code }} }} }}"),
        format!("fundRows(assignment: \"{FUNDS}\", recipientKinds: [NGO], first: 200) {{ nodes {{ recipient {{ code county {{ code }} }} }} }}"),
        format!("fundLedger(assignment: \"{FUNDS}\") {{ rows: entries(first: 200) {{ nodes {{ recipient {{ code county {{ code }} }} }} }} }}"),
        "missingReports(round: \"NGO-2018\", first: 100) { nodes { recipient { code county { code } } } }".to_owned(),
    ];
    for county in COUNTIES {
        asked.extend([
            format!("recipients(first: 500, where: {{ kinds: [NGO], counties: [\"{county}\"] }}) {{ totalCount nodes {{ code county {{ code }} }} }}"),
            format!("recipients(first: 500, where: {{ counties: [\"{county}\"], funds: [{{ assignment: \"{FUNDS}\", paid: true }}] }}) {{ totalCount }}"),
            format!("recipients(first: 500, where: {{ kinds: [NGO], funds: [{{ assignment: \"{FUNDS}\", filter: {{ counties: [\"{county}\"] }}, paid: true }}] }}) {{ nodes {{ code }} }}"),
            format!("recipients(first: 500, where: {{ kinds: [NGO], support: [{{ assignment: \"{SUPPORT}\", filter: {{ counties: [\"{county}\"] }}, reached: false }}] }}) {{ nodes {{ code }} }}"),
            format!("county(code: \"{county}\") {{ recipients(first: 500) {{ totalCount nodes {{ code }} }} }}"),
            format!("organisations(where: {{ counties: [\"{county}\"] }}, first: 200) {{ totalCount nodes {{ code }} }}"),
            format!("fundUsage(assignment: \"{FUNDS}\", filter: {{ counties: [\"{county}\"], recipients: [\"{ASSOCIATION}\"] }}) {{ rowCount total {{ paidAmount }} }}"),
            format!("fundUsage(assignment: \"{FUNDS}\", groupBy: [RECIPIENT], filter: {{ counties: [\"{county}\"], recipientKinds: [NGO] }}) {{ rows {{ key {{ recipient {{ code }} }} sources(first: 5) {{ totalCount }} }} }}"),
            format!("coverage(assignment: \"{SUPPORT}\", recipientKind: NGO, filter: {{ counties: [\"{county}\"] }}) {{ total {{ unreached {{ code }} coverage {{ numerator denominator }} }} }}"),
        ]);
    }
    asked
}

/// What asks for the counts.
fn counts() -> Vec<String> {
    let mut asked = vec![
        format!("indicatorValues(indicators: [\"{INDICATOR}\"], first: 100) {{ totalCount nodes {{ area {{ code }} year quantity {{ value absent }} numerator denominator source {{ row }} }} }}"),
        format!("indicatorShift(indicators: [\"{INDICATOR}\"], fromYear: 2020, toYear: 2022) {{ rows {{ pairCount baselineMean followUpMean increasedCount decreasedCount absent }} }}"),
        "indicatorShift(fromYear: 2020, toYear: 2022, groupBy: [COUNTY]) { indicator { code } rows { pairCount baselineMean followUpMean increasedCount absent } }".to_owned(),
        format!("indicatorGroupValues(indicators: [\"{INDICATOR}\"], years: [2020, 2022], groupBy: [COUNTY]) {{ rows {{ sum unweighted {{ mean absent }} }} }}"),
        "indicatorGroupValues(years: [2020]) { indicator { code } rows { sum unweighted { n mean absent } } }".to_owned(),
        format!("indicatorComparison(indicator: \"{INDICATOR}\", fromYear: 2020, toYear: 2022, assignment: \"{FUNDS}\", by: REQUISITIONED, rounds: 99) {{ __typename }}"),
        format!("equality(assignment: \"{SUPPORT}\", measure: INDICATOR, indicator: \"{INDICATOR}\", recipientKind: MUNICIPALITY) {{ rate: groups {{ rate {{ value }} }} }}"),
        format!("recipients(first: 500, where: {{ kinds: [MUNICIPALITY], indicators: [{{ indicator: \"{INDICATOR}\", fromYear: 2020, toYear: 2022, change: WORSE }}] }}) {{ totalCount nodes {{ code }} }}"),
        format!("personTable(indicator: \"{INDICATOR}\", rows: COUNTY, columns: YEAR) {{ total {{ value absent }} }}"),
        format!("figure(code: \"indicator.mean|{INDICATOR}|2020\") {{ quantity {{ value }} }}"),
    ];
    for area in AREAS {
        asked.push(format!("indicatorValues(areas: [\"{area}\"], first: 200) {{ totalCount nodes {{ indicator {{ code }} year quantity {{ value absent }} }} }}"));
        asked.push(format!("recipient(code: \"{area}\") {{ indicatorValues {{ indicator {{ code }} year quantity {{ value absent }} numerator }} }}"));
    }
    asked
}

/// Everything that is asked of a world.
pub(super) async fn questions(app: &TestApp, world: &World) -> Vec<Asked> {
    let as_of = |instant: &str| format!("asOf: \"{instant}\"");
    let release = |name: &str| format!("release: \"{name}\"");
    let past = [as_of(&world.then), release(&world.sealed)];
    let mut asked = Vec::new();
    let mut ask = |to, text| asked.push(Asked { to, text });
    let within = |dataset: &str, one: &str| format!("{{ dataset({dataset}) {{ {one} }} }}");
    for dataset in &past {
        for one in place() {
            ask(To::Everybody, within(dataset, &one));
        }
        for one in counts() {
            ask(To::Strangers, within(dataset, &one));
        }
        // A report of each, and every field of the schema.
        let reports = [(FUNDS, "FINAL_REPORT"), (SUPPORT, "INTERIM_REPORT")];
        for (assignment, kind) in reports {
            let report = format!(
                "report(assignment: \"{assignment}\", kind: {kind}) {{ qualityDeclaration {{ text }} parts {{ sections {{ tables {{ rows {{ cells {{ text }} }} }} }} }} }}"
            );
            ask(To::Public, within(dataset, &report));
        }
        // What comes before needs no more than to be kept.
        if world.later.is_some() {
            for one in everything(app).await {
                ask(To::Public, within(dataset, &one));
            }
        }
    }
    let waiting = format!("{}, basis: ALL_RECEIVED", past[0]);
    place()
        .iter()
        .for_each(|one| ask(To::Known, within(&waiting, one)));
    if let Some((now, sealed)) = &world.later {
        for dataset in [as_of(now), release(sealed), "basis: ACCEPTED".to_owned()] {
            for one in place().into_iter().chain(counts()) {
                ask(To::Public, within(&dataset, &one));
            }
        }
        let compared = [
            (as_of(&world.then), as_of(now)),
            (release(&world.sealed), release(sealed)),
        ];
        for (from, to) in compared {
            ask(To::Public, format!(
                "{{ changes(from: {{ {from} }}, to: {{ {to} }}, report: {{ assignment: \"{FUNDS}\", kind: FINAL_REPORT }}, unchanged: true)
                    {{ compared changes {{ code from to fromAbsent toAbsent difference parts {{ lateReports corrections newPopulation changedRules }} }} }} }}"
            ));
        }
    }
    for document in [
        "{ recipients(first: 500, where: { kinds: [NGO] }) { nodes { code county { code } countyAbsent } } }".to_owned(),
        format!("{{ fundUsage(assignment: \"{FUNDS}\", groupBy: [COUNTY, RECIPIENT]) {{ rows {{ key {{ county {{ code }} recipient {{ code }} }} paidAmount }} }} }}"),
        "{ indicatorValues(years: [2020], first: 500) { nodes { indicator { code } area { code } quantity { value absent } } } }".to_owned(),
        format!("{{ indicatorValues(indicators: [\"{INDICATOR}\"], first: 500) {{ nodes {{ area {{ code }} quantity {{ value }} }} }} }}"),
    ] {
        let path = saved(app, &document).await;
        let instant = world.then.replace('+', "%2B").replace(':', "%3A");
        for of in [format!("asOf={instant}"), format!("release={}", world.sealed)] {
            for form in ["csv", "json"] {
                ask(To::Public, format!("/{}.{form}?{of}", path.trim_start_matches('/')));
            }
        }
    }
    asked
}

/// Every answer, without the sums of files: those are of what was sent and sealed.
pub(super) async fn answers(
    app: &TestApp,
    asked: &[Asked],
    strangers: &[Persona],
) -> BTreeMap<Question, String> {
    let mut found = BTreeMap::new();
    for who in strangers {
        let subject = &who.viewer().subject;
        let (is_public, sees_counts) = (*who == Persona::public(), *who == Persona::evaluator());
        for one in asked {
            let is_asked = match one.to {
                To::Public => is_public,
                To::Everybody => true,
                To::Strangers => !sees_counts,
                To::Known => !is_public,
            };
            if !is_asked {
                continue;
            }
            let answer = answer(app, who, &one.text).await;
            for fault in [
                "GRAPHQL_VALIDATION_FAILED",
                "GRAPHQL_PARSE_FAILED",
                "INTERNAL",
            ] {
                assert!(!answer.contains(fault), "{}: {answer}", one.text);
            }
            let key = (subject.clone(), one.text.clone());
            found.insert(key, without_sums(&answer));
        }
    }
    found
}

/// An answer; asked again where a busy machine had no time for it.
async fn answer(app: &TestApp, who: &Persona, text: &str) -> String {
    for _ in 0..10 {
        let answer = if text.starts_with('/') {
            let request = Request::get(text).body(Body::empty());
            let mut request = request.expect("a request");
            who.sign(&mut request);
            let (status, body) = app.call(request).await;
            format!("{status} {body}")
        } else {
            app.ask_as(who, text, json!({})).await.to_string()
        };
        let busy = ["\"TIMEOUT\"", "\"UNAVAILABLE\""];
        if !busy.iter().any(|code| answer.contains(code)) {
            return answer;
        }
    }
    panic!("{text} is never answered in time");
}

fn without_sums(answer: &str) -> String {
    let is_sum = |word: &str| word.len() == 64 && word.bytes().all(|one| one.is_ascii_hexdigit());
    let words = answer.split('"');
    let words = words.map(|word| if is_sum(word) { "SUM" } else { word });
    words.collect::<Vec<_>>().join("\"")
}

/// Documents of the past, by their names.
pub(super) async fn files(app: &TestApp, world: &World) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for (option, value) in [("--as-of", &world.then), ("--release", &world.sealed)] {
        let folder = tempfile::tempdir().expect("a folder");
        written(app, folder.path(), &[option, value]);
        for file in std::fs::read_dir(folder.path()).expect("a folder") {
            let file = file.expect("a file");
            let name = format!("{option} {}", file.file_name().to_string_lossy());
            found.insert(name, std::fs::read(file.path()).expect("its content"));
        }
    }
    found
}

fn written(app: &TestApp, folder: &Path, more: &[&str]) {
    let out = folder.to_string_lossy().into_owned();
    let mut arguments = vec!["report", "--assignment", FUNDS, "--out", &out];
    arguments.extend(["--database-url", app.url.as_str()]);
    arguments.extend(["--format", "md,csv"]);
    arguments.extend(more);
    let output = program::start(&arguments).wait_with_output();
    let output = output.expect("it ends");
    assert!(output.status.success(), "{output:?}");
}

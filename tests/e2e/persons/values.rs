//! The example's counts of persons as its file has them, corrected and sent again.

use std::collections::BTreeMap;

use entity::{Kind, Nature};
use serde_json::{Value, json};

use crate::harness::{Persona, Sent, TestApp, program};
use crate::indicators::COUNTS_PERSONS;
use crate::intake::files::{SUPPORT, folder};

/// Counts by municipality, year and sex (`T`, `K`, `M`); none where there is a reason instead.
pub(super) type Values = BTreeMap<(String, i32, char), Option<i64>>;

/// The values that the example's file has.
pub(super) fn example() -> Values {
    let bytes = std::fs::read(folder().join("37-indicator_values.csv")).expect("the file");
    // Only its first line holds other letters than ASCII.
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(';').collect();
        assert_eq!(cells[0], COUNTS_PERSONS);
        let sex = cells[4].chars().next().expect("a sex");
        (
            (cells[2].to_owned(), cells[3].parse().expect("a year"), sex),
            cells[5].parse().ok(),
        )
    };
    let values: Values = text.lines().skip(1).map(row).collect();
    assert_eq!(values.len(), 290 * 5 * 3);
    values
}

/// Sets the counts of women and men of a municipality and year, and their sum.
pub(super) fn set(values: &mut Values, municipality: &str, year: i32, women: i64, men: i64) {
    for (sex, count) in [('T', women + men), ('K', women), ('M', men)] {
        values.insert((municipality.to_owned(), year, sex), Some(count));
    }
}

/// Sends what differs from what was sent before, as the indicator's owner.
pub(super) async fn correct(app: &TestApp, before: &Values, now: &Values) {
    let mut text = "indicator;definition_version;area_code;year;sex;value\n".to_owned();
    for ((area, year, sex), value) in now {
        if before.get(&(area.clone(), *year, *sex)) != Some(value) {
            let value = value.expect("corrections are numbers");
            text.push_str(&format!("{COUNTS_PERSONS};1;{area};{year};{sex};{value}\n"));
        }
    }
    let sent = Sent::csv(Kind::IndicatorValues, &text)
        .assignment(SUPPORT)
        .nature(Nature::Synthetic);
    let report = app.send(&sent).await;
    assert_eq!(report.verdict.code(), "ACCEPTED", "{:?}", report.findings);
    assert!(report.new + report.corrected > 0);
}

/// Asks for a release as somebody; gives the whole answer.
pub(super) async fn release(app: &TestApp, who: &Persona) -> Value {
    let document =
        "mutation ($input: ReleasePersonTableInput!) { releasePersonTable(input: $input) {
        released release { version releasedAt } problems { code path messageSv messageEn } } }";
    app.ask_as(
        who,
        document,
        json!({ "input": { "indicator": COUNTS_PERSONS } }),
    )
    .await
}

/// Releases by the command line; gives whether it was allowed, and what it said.
pub(super) fn command(app: &TestApp, indicator: &str) -> (bool, String) {
    let arguments = [
        "release-person-table",
        "--indicator",
        indicator,
        "--database-url",
        &app.url,
    ];
    let output = program::start(&arguments).wait_with_output();
    let output = output.expect("it ends");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.success(), said)
}

/// Releases as the coordinator; gives whether anything was released.
pub(super) async fn is_released(app: &TestApp) -> bool {
    let answer = release(app, &Persona::coordinator("socialstyrelsen")).await;
    assert_eq!(answer.get("errors"), None, "{answer}");
    let payload = &answer["data"]["releasePersonTable"];
    let released = payload["released"] == true;
    let problems = payload["problems"].as_array().expect("problems");
    assert!(
        problems.is_empty() || (!released && problems[0]["code"] == "DISCLOSURE"),
        "{payload}"
    );
    released
}

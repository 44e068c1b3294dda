//! The states of other days, by loops over the stored rows.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::asked::plan;
use crate::harness::{Persona, TestApp, on_both_engines};
use crate::stored::{COUNTS, Stored};

/// Row, organisations, last year.
type Planned = (i64, Vec<String>, i64);

/// Organisation and row; per day: state and day of completion.
type Told = BTreeMap<(String, i64), BTreeMap<String, (String, String)>>;

async fn planned(app: &TestApp, version: i64) -> Vec<Planned> {
    let sql = format!(
        "SELECT t.number || ';' || t.responsible || ';' || t.end_year AS name FROM activity_plan t {COUNTS}
         WHERE t.plan_version = {version} ORDER BY t.number"
    );
    let number = |text: &str| text.parse().expect("a number");
    let rows = Stored::of(app).await.texts(&sql).await;
    let row = |row: &String| {
        let cells: Vec<&str> = row.split(';').collect();
        let codes = cells[1].split('|').map(str::to_owned).collect();
        (number(cells[0]), codes, number(cells[2]))
    };
    rows.iter().map(row).collect()
}

async fn told(app: &TestApp, version: i64) -> Told {
    let sql = format!(
        "SELECT t.organisation_code || ';' || t.number || ';' || CAST(t.per_date AS TEXT) || ';' || t.status || ';' ||
            COALESCE(CAST(t.completed_on AS TEXT), '') AS name
         FROM activity_report t {COUNTS} WHERE t.plan_version = {version}"
    );
    let mut told = Told::new();
    for row in Stored::of(app).await.texts(&sql).await {
        let cells: Vec<&str> = row.split(';').collect();
        let key = (cells[0].to_owned(), cells[1].parse().expect("a number"));
        let said = (cells[3].to_owned(), cells[4].to_owned());
        told.entry(key)
            .or_default()
            .insert(cells[2].to_owned(), said);
    }
    told
}

const ORDER: [&str; 6] = [
    "NOT_REPORTED",
    "NOT_STARTED",
    "DELAYED",
    "ONGOING",
    "COMPLETED",
    "CANCELLED",
];

/// State, day of completion and whether in time, of each activity.
fn states(planned: &[Planned], told: &Told, day: &str) -> Vec<Value> {
    let state = |(row, codes, end_year): &Planned| {
        let own = codes.iter().map(|code| {
            let said = told.get(&(code.clone(), *row));
            let last = said.and_then(|said| said.range(..=day.to_owned()).next_back());
            last.map_or(("NOT_REPORTED".to_owned(), String::new()), |(_, said)| {
                said.clone()
            })
        });
        let own: Vec<(String, String)> = own.collect();
        let state = ORDER
            .iter()
            .find(|state| own.iter().any(|one| one.0 == **state))
            .expect("a state");
        let mut days: Vec<&String> = own
            .iter()
            .filter(|one| one.0 == "COMPLETED")
            .map(|one| &one.1)
            .collect();
        days.sort();
        let last = days.last().filter(|_| *state == "COMPLETED");
        let on_time = last.is_some_and(|day| **day <= format!("{end_year}-12-31"));
        json!([row, state, last, on_time])
    };
    planned.iter().map(state).collect()
}

on_both_engines! {
    async fn the_states_of_any_day_follow_from_the_reports(app: Example) {
        let mut seen = Vec::new();
        for version in [1, 2] {
            let (planned, told) = (planned(&app, version).await, told(&app, version).await);
            for day in ["2019-01-01", "2020-12-30", "2020-12-31", "2021-06-30", "2021-10-29", "2021-10-30", "2022-06-29", "2022-06-30",
                "2022-12-30", "2022-12-31", "2023-02-28", "2026-11-26"]
            {
                let found = plan(&app, &Persona::public(), json!({ "version": version, "onDate": day })).await;
                let found = found["activities"].as_array().expect("activities").iter();
                let found: Vec<Value> = found.map(|one| {
                    let status = &one["status"];
                    json!([one["row"], status["state"], status["completedOn"], status["onTime"]])
                }).collect();
                assert_eq!(found, states(&planned, &told, day), "version {version} on {day}");
                seen.push(found);
            }
        }
        seen.sort_by_key(|found| format!("{found:?}"));
        seen.dedup();
        assert!(seen.len() >= 8, "the days differ: {}", seen.len());
    }
}

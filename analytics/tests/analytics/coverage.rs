//! Coverage: whom events have reached, and whom not.

use std::collections::BTreeSet;

use analytics::coverage::{
    Coverage, CoverageDimension, CoverageFilter, CoverageFrame, CoverageLine, CoverageQuestion,
    CoverageRows, Event,
};
use analytics::figure::{Absent, RecipientKind};
use analytics::register::RecipientPeriod;
use proptest::prelude::*;

use crate::fund_rows::{day, population, recipient, text};

fn event(code: &str, year: i32, activity: &str, reached: &[&str]) -> Event {
    Event {
        code: code.to_owned(),
        organisation: "nck".to_owned(),
        year,
        form: if activity == "1" {
            "network"
        } else {
            "training"
        }
        .to_owned(),
        main_activity: activity.to_owned(),
        participants: 10,
        reached: reached.iter().map(|&code| code.to_owned()).collect(),
    }
}

pub(crate) fn rows() -> CoverageRows {
    use RecipientKind::{Municipality, Ngo};
    let closed = RecipientPeriod {
        valid_to: Some(day(2020, 12, 31)),
        ..recipient("0115", Municipality, Some("01"))
    };
    CoverageRows {
        events: vec![
            event("A", 2020, "4a", &["0114", "0115", "0114"]),
            event("B", 2020, "4", &["0114", "8020000001"]),
            event("C", 2021, "1", &["1480", "0114", "9999"]),
            event("D", 2021, "1", &["8020000001"]),
        ],
        recipients: vec![
            recipient("0114", Municipality, Some("01")),
            closed,
            recipient("1480", Municipality, Some("14")),
            recipient("2580", Municipality, Some("25")),
            recipient("8020000001", Ngo, None),
        ],
        populations: vec![
            population("0114", 400),
            population("0115", 300),
            population("1480", 5_000),
        ],
        succession: None,
        main_activities: ["1", "2", "4", "4a"].map(str::to_owned).to_vec(),
    }
}

pub(crate) fn question(group_by: &[CoverageDimension], filter: CoverageFilter) -> CoverageQuestion {
    CoverageQuestion {
        recipient_kind: RecipientKind::Municipality,
        group_by: group_by.to_vec(),
        filter,
        reference_year: 2019,
    }
}

fn ask(group_by: &[CoverageDimension], filter: CoverageFilter) -> Coverage {
    let frame = CoverageFrame::build(&rows()).expect("the rows are good");
    frame
        .coverage(&question(group_by, filter))
        .expect("the question is good")
}

fn shown(line: &CoverageLine) -> String {
    let codes: Vec<&str> = line
        .key
        .parts
        .iter()
        .map(|part| part.code.as_deref().unwrap_or("-"))
        .collect();
    let rate = |rate: &analytics::figure::Rate| {
        let whole = |value: Option<rust_decimal::Decimal>| value.map(|value| value.to_string());
        format!(
            "{}/{}",
            whole(rate.numerator).unwrap_or_default(),
            whole(rate.denominator).unwrap_or_default()
        )
    };
    format!(
        "{}: {} events {} of {} not {}",
        codes.join(" "),
        rate(&line.coverage),
        rate(&line.events_per_recipient),
        line.event_count,
        line.unreached.join(" "),
    )
}

fn all(coverage: &Coverage) -> Vec<String> {
    coverage.lines.iter().map(shown).collect()
}

#[test]
fn the_country_counts_the_recipients_of_the_last_event_year() {
    let coverage = ask(&[], CoverageFilter::default());
    assert_eq!(shown(&coverage.total), ": 2/3 events 4/3 of 4 not 2580");
    assert_eq!(all(&coverage), [shown(&coverage.total)]);
    assert_eq!(text(&coverage.total.coverage), "2/3=0.666666666667 3/3");
    let by_population = text(&coverage.total.coverage_by_population);
    assert_eq!(by_population, "5400/5400=1 2/3 NotAvailable×1");
    assert_eq!(coverage.total.participant_count, 40);
}

#[test]
fn a_year_counts_its_own_recipients() {
    let coverage = ask(&[CoverageDimension::EventYear], CoverageFilter::default());
    assert_eq!(
        all(&coverage),
        [
            "2020: 2/4 events 3/4 of 2 not 1480 2580",
            "2021: 2/3 events 2/3 of 2 not 2580",
        ]
    );
    let asked = CoverageFilter {
        event_years: Some(vec![2020, 2022]),
        ..CoverageFilter::default()
    };
    let coverage = ask(&[CoverageDimension::EventYear], asked);
    assert_eq!(
        all(&coverage),
        [
            "2020: 2/4 events 3/4 of 2 not 1480 2580",
            "2022: 0/3 events 0/3 of 0 not 0114 1480 2580",
        ]
    );
}

#[test]
fn by_county_an_event_counts_where_it_reached_somebody() {
    let coverage = ask(&[CoverageDimension::County], CoverageFilter::default());
    assert_eq!(
        all(&coverage),
        [
            "01: 1/1 events 3/1 of 3 not ",
            "14: 1/1 events 1/1 of 1 not ",
            "25: 0/1 events 0/1 of 0 not 2580",
        ]
    );
    let filter = CoverageFilter {
        counties: Some(vec!["14".to_owned(), "25".to_owned()]),
        ..CoverageFilter::default()
    };
    assert_eq!(
        shown(&ask(&[], filter).total),
        ": 1/2 events 1/2 of 1 not 2580"
    );
}

#[test]
fn parts_count_under_their_main_activity() {
    let coverage = ask(
        &[CoverageDimension::MainActivity],
        CoverageFilter::default(),
    );
    assert_eq!(
        all(&coverage),
        [
            "1: 2/3 events 2/3 of 2 not 2580",
            "2: 0/3 events 0/3 of 0 not 0114 1480 2580",
            "4: 1/3 events 2/3 of 2 not 1480 2580",
        ]
    );
    let filter = CoverageFilter {
        main_activities: Some(vec!["4".to_owned()]),
        ..CoverageFilter::default()
    };
    let coverage = ask(&[CoverageDimension::MainActivityCode], filter);
    assert_eq!(
        all(&coverage),
        [
            "4: 1/4 events 1/4 of 1 not 0115 1480 2580",
            "4a: 2/4 events 2/4 of 1 not 1480 2580",
        ]
    );
}

#[test]
fn lines_are_the_full_product_in_the_order_asked() {
    let asked = [CoverageDimension::Form, CoverageDimension::County];
    let coverage = ask(&asked, CoverageFilter::default());
    assert_eq!(
        all(&coverage),
        [
            "network 01: 1/1 events 1/1 of 1 not ",
            "network 14: 1/1 events 1/1 of 1 not ",
            "network 25: 0/1 events 0/1 of 0 not 2580",
            "training 01: 1/1 events 2/1 of 2 not ",
            "training 14: 0/1 events 0/1 of 0 not 1480",
            "training 25: 0/1 events 0/1 of 0 not 2580",
        ]
    );
    let numbers = [
        CoverageDimension::MainActivity,
        CoverageDimension::MainActivityCode,
    ];
    let coverage = ask(&numbers, CoverageFilter::default());
    let codes: Vec<_> = coverage
        .lines
        .iter()
        .map(|line| line.key.main_activity.as_deref())
        .collect();
    assert_eq!(codes, [Some("1"), Some("2"), Some("4"), Some("4a")]);
}

#[test]
fn associations_have_no_inhabitants_and_may_be_protected() {
    let asked = CoverageQuestion {
        recipient_kind: RecipientKind::Ngo,
        ..question(&[CoverageDimension::County], CoverageFilter::default())
    };
    let frame = CoverageFrame::build(&rows()).unwrap();
    let coverage = frame.coverage(&asked).unwrap();
    assert_eq!(all(&coverage), ["-: 1/1 events 2/1 of 2 not "]);
    assert_eq!(
        coverage.lines[0].key.parts[0].absent,
        Some(Absent::Protected)
    );
    assert_eq!(
        coverage.lines[0].coverage_by_population.absent,
        Some(Absent::NotApplicable)
    );
}

#[test]
fn without_events_the_reference_year_says_whom_to_reach() {
    let filter = CoverageFilter {
        forms: Some(Vec::new()),
        ..CoverageFilter::default()
    };
    let coverage = ask(&[CoverageDimension::Form], filter);
    assert!(coverage.lines.is_empty());
    assert_eq!(
        shown(&coverage.total),
        ": 0/4 events 0/4 of 0 not 0114 0115 1480 2580"
    );
}

#[test]
fn planned_and_unreached_takes_parts_with_their_main_activity() {
    let frame = CoverageFrame::build(&rows()).unwrap();
    let planned = ["4", "1", "4a"].map(str::to_owned);
    let found = frame.planned_and_unreached(RecipientKind::Municipality, &planned, 2021);
    let found: Vec<String> = found
        .iter()
        .map(|(county, number)| format!("{county}/{number}"))
        .collect();
    assert_eq!(found, ["14/4", "14/4a", "25/1", "25/4", "25/4a"]);
}

fn random_events() -> impl Strategy<Value = Vec<Event>> {
    let codes =
        prop::sample::subsequence(vec!["0114", "0115", "1480", "2580", "8020000001"], 0..=5);
    let activity = prop::sample::select(vec!["1", "2", "4", "4a"]);
    let event = (2020_i32..2023, activity, codes)
        .prop_map(|(year, activity, codes)| event("", year, activity, &codes));
    prop::collection::vec(event, 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn reached_and_unreached_are_all(events in random_events()) {
        let rows = CoverageRows { events, ..rows() };
        let frame = CoverageFrame::build(&rows).expect("the rows are good");
        let asked = [CoverageDimension::County, CoverageDimension::MainActivityCode];
        let coverage = frame
            .coverage(&question(&asked, CoverageFilter::default()))
            .expect("the question is good");
        let year = rows.events.iter().map(|event| event.year).max().unwrap_or(2019);
        for line in &coverage.lines {
            let members: BTreeSet<&str> = rows.recipients.iter()
                .filter(|recipient| recipient.kind == RecipientKind::Municipality)
                .filter(|recipient| recipient.valid_to.is_none() || year <= 2020)
                .filter(|recipient| recipient.county == line.key.county)
                .map(|recipient| recipient.code.as_str())
                .collect();
            let events: Vec<&Event> = rows.events.iter()
                .filter(|event| Some(&event.main_activity) == line.key.main_activity.as_ref())
                .filter(|event| event.reached.iter().any(|code| members.contains(code.as_str())))
                .collect();
            let reached: BTreeSet<&str> = events.iter()
                .flat_map(|event| &event.reached)
                .map(String::as_str)
                .filter(|code| members.contains(code))
                .collect();
            let unreached: Vec<&str> = members.difference(&reached).copied().collect();
            prop_assert_eq!(&line.unreached, &unreached);
            prop_assert_eq!(line.coverage.of, members.len() as u64);
            // Without any event nothing is known of whom was reached.
            let known = !rows.events.is_empty();
            let expected = known.then(|| reached.len().into());
            prop_assert_eq!(line.coverage.numerator, expected);
            prop_assert_eq!(
                line.coverage.absent,
                (!known).then_some(Absent::NotAvailable)
            );
            prop_assert_eq!(line.event_count, events.len() as u64);
        }
    }
}

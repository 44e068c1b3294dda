//! The present classification: whose money stands under whom, in which county, with how many inhabitants.

use analytics::coverage::{CoverageDimension, CoverageFilter, CoverageFrame, CoverageRows};
use analytics::figure::RecipientKind;
use analytics::fund_usage::{
    FundDimension, FundFilter, FundFrame, FundLine, FundQuestion, FundRows,
};
use analytics::register::{RecipientLink, RecipientPeriod, Succession};
use rust_decimal::Decimal;

use crate::coverage;
use crate::fund_rows::{day, recipient, rows, text};

fn link(from: &str, to: &str, is_split: bool) -> RecipientLink {
    RecipientLink {
        row_id: 7,
        from: from.to_owned(),
        to: to.to_owned(),
        date: day(2019, 1, 1),
        is_split,
    }
}

/// Upplands Väsby and Göteborg have become one municipality in the county of Halland.
fn merged() -> FundRows {
    let ended = |period: RecipientPeriod| RecipientPeriod {
        valid_to: Some(day(2018, 12, 31)),
        ..period
    };
    let mut all = rows();
    all.recipients = all.recipients.into_iter().map(ended).collect();
    all.recipients.push(RecipientPeriod {
        valid_from: Some(day(2019, 1, 1)),
        ..recipient("1399", RecipientKind::Municipality, Some("13"))
    });
    let links = [link("0114", "1399", false), link("1480", "1399", false)];
    all.succession = Some(Succession::new(day(2020, 1, 1), links));
    all
}

fn lines(rows: &FundRows, group_by: FundDimension) -> (Vec<FundLine>, Vec<String>) {
    let question = FundQuestion {
        group_by: vec![group_by],
        filter: FundFilter {
            grant_years: Some(vec![2016]),
            recipient_kinds: Some(vec![RecipientKind::Municipality]),
            ..FundFilter::default()
        },
        today: day(2020, 1, 1),
    };
    let frame = FundFrame::build(rows).expect("the rows are good");
    let usage = frame.usage(&question).expect("the question is good");
    (usage.lines, usage.divided)
}

#[test]
fn two_that_are_one_now_stand_together_with_all_their_inhabitants() {
    let (found, divided) = lines(&merged(), FundDimension::Recipient);
    let codes: Vec<_> = found
        .iter()
        .map(|line| line.key.recipient.as_deref())
        .collect();
    assert_eq!(codes, [Some("0115"), Some("1399")]);
    assert!(divided.is_empty());
    let together = &found[1];
    assert_eq!(together.paid, Decimal::new(30_000, 2));
    // Two grants, whoever they are to now: one has reported.
    assert_eq!(
        (together.eligible_count, together.reporting.received),
        (Some(2), 1)
    );
    assert_eq!(together.unreported, Decimal::new(20_000, 2));
    let expected = "300.00/5400=0.055555555556 1/1";
    assert_eq!(text(&together.paid_per_inhabitant), expected);
    let (counties, _) = lines(&merged(), FundDimension::County);
    let counties: Vec<_> = counties
        .iter()
        .map(|line| line.key.county.as_deref())
        .collect();
    assert_eq!(counties, [Some("01"), Some("13")]);
}

#[test]
fn what_a_divided_municipality_had_stays_with_it() {
    let mut all = merged();
    let links = [link("0114", "1399", true), link("0114", "0115", true)];
    all.succession = Some(Succession::new(day(2020, 1, 1), links));
    let (found, divided) = lines(&all, FundDimension::Recipient);
    assert_eq!(divided, ["0114"]);
    assert_eq!(found[0].key.recipient.as_deref(), Some("0114"));
    // Its parts lie in two counties, and so it lies in none.
    let (counties, _) = lines(&all, FundDimension::County);
    let nowhere = counties.last().expect("a line without county");
    assert_eq!(
        (nowhere.key.county.as_deref(), nowhere.paid),
        (None, Decimal::new(10_000, 2))
    );
}

#[test]
fn who_was_reached_is_asked_of_those_of_today() {
    let into = RecipientLink {
        date: day(2021, 1, 1),
        ..link("0115", "1480", false)
    };
    let all = CoverageRows {
        succession: Some(Succession::new(day(2022, 1, 1), [into])),
        ..coverage::rows()
    };
    let rates = |rows: &CoverageRows| -> Vec<String> {
        let frame = CoverageFrame::build(rows).expect("the rows are good");
        let by_year = [CoverageDimension::EventYear];
        let question = coverage::question(&by_year, CoverageFilter::default());
        let found = frame.coverage(&question).expect("the question is good");
        let rates = found.lines.iter().map(|line| text(&line.coverage));
        rates.collect()
    };
    let at_time = coverage::rows();
    // At the time four, of whom Vallentuna was reached; today three, and what reached it reached Göteborg.
    assert_eq!(rates(&at_time), ["2/4=0.5 4/4", "2/3=0.666666666667 3/3"]);
    assert_eq!(
        rates(&all),
        ["2/3=0.666666666667 3/3", "2/3=0.666666666667 3/3"]
    );
}

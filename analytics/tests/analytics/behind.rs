//! What is behind lines: pairs of round and recipient, and events, counted by hand.

use analytics::coverage::{CoverageDimension, CoverageFilter, CoverageFrame, LineEvents};
use analytics::fund_usage::{FundDimension, FundFilter, FundFrame, FundQuestion};

use crate::coverage;
use crate::fund_rows::{day, rows};

/// The pairs behind each line, as `round recipient`.
fn pairs(group_by: &[FundDimension], filter: FundFilter) -> Vec<Vec<String>> {
    let question = FundQuestion {
        group_by: group_by.to_vec(),
        filter,
        today: day(2017, 4, 1),
    };
    let frame = FundFrame::build(&rows()).expect("the rows are good");
    let known = frame.line_pairs().expect("the pairs are read");
    let lines = frame.pairs_of_lines(&question).expect("a good question");
    assert_eq!(
        lines.len(),
        frame.usage(&question).expect("a good question").lines.len()
    );
    let name = |number: &usize| format!("{} {}", known[*number].round, known[*number].recipient);
    lines
        .iter()
        .map(|line| line.iter().map(name).collect())
        .collect()
}

#[test]
fn every_line_has_the_pairs_that_its_key_says() {
    let of_2016 = FundFilter {
        grant_years: Some(vec![2016]),
        ..FundFilter::default()
    };
    assert_eq!(
        pairs(&[FundDimension::County], of_2016.clone()),
        [
            vec!["KOM-2016 0114", "KOM-2016 0115"],
            vec!["KOM-2016 1480", "NGO-2016 8020000002", "REG-2016 R14"],
            vec!["NGO-2016 8020000001"],
        ],
        "the protected stands last and apart"
    );
    assert_eq!(pairs(&[], of_2016).concat().len(), 6);
    let nothing = FundFilter {
        rounds: Some(Vec::new()),
        ..FundFilter::default()
    };
    assert_eq!(pairs(&[], nothing), Vec::<Vec<String>>::new());
}

#[test]
fn a_pair_says_what_of_the_register_was_used() {
    let frame = FundFrame::build(&rows()).expect("the rows are good");
    let pairs = frame.line_pairs().expect("the pairs are read");
    let of = |recipient: &str| {
        let of = |pair: &&analytics::fund_usage::LinePair| {
            pair.recipient == recipient && pair.round.ends_with("2016")
        };
        pairs.iter().find(of).expect("the pair")
    };
    let flags = |recipient| {
        let pair = of(recipient);
        (pair.eligible, pair.is_paid, pair.is_redistributed)
    };
    assert_eq!(flags("0114"), (true, true, true));
    assert_eq!(flags("0115"), (true, false, false));
    assert_eq!(flags("R14"), (true, true, false));
    assert_eq!(of("0114").population_date, Some(day(2014, 12, 31)));
    assert_eq!(of("8020000001").population_date, None);
    assert_eq!(of("0114").valid_from, None);
}

#[test]
fn a_line_of_coverage_has_the_events_counted_and_those_that_reached() {
    let frame = CoverageFrame::build(&coverage::rows()).expect("the rows are good");
    let ask = |by: &[CoverageDimension]| {
        let question = coverage::question(by, CoverageFilter::default());
        frame.events_of_lines(&question).expect("a good question")
    };
    let whole = ask(&[]).total;
    assert_eq!(whole.counted, [0, 1, 2, 3], "all that pass");
    assert_eq!(whole.reached, [0, 1, 2]);
    let by_county = ask(&[CoverageDimension::County]);
    let of = |county: &str| {
        let mut lines = by_county.lines.iter();
        let line = lines.find(|(key, _)| key.county.as_deref() == Some(county));
        line.map(|(_, line)| line.clone())
    };
    let both = |events: &[usize]| LineEvents {
        counted: events.to_vec(),
        reached: events.to_vec(),
    };
    assert_eq!(of("01"), Some(both(&[0, 1, 2])));
    assert_eq!(of("14"), Some(both(&[2])));
    assert_eq!(of("25"), None);
}

//! What somebody concludes who wants to know where a protected place is: an event that is isolated tells the county of
//! the board that held it, and so of whom it reached. It knows answers alone.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use crate::harness::{Persona, TestApp};
use crate::intake::files::SUPPORT;

/// An event as everybody is told of it.
#[derive(Clone, Debug)]
pub(super) struct Event {
    /// The county of the board that held it; none of an agency of the whole country.
    pub county: Option<String>,
    pub held_on: String,
    pub form: String,
    pub activity: String,
}

/// Which events are asked about, and through which day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Isolation {
    pub year: i32,
    pub form: String,
    pub activity: String,
    pub through: Option<String>,
}

/// An answer that tells whom some events reached, or whom they did not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// The events, by their places in the list.
    pub events: BTreeSet<usize>,
    /// Whom it says that any of them reached; whoever else is not reached, as far as it tells.
    pub reached: BTreeSet<String>,
}

/// What is known before the first question of whom an event reached.
#[derive(Debug)]
pub(super) struct Attacker {
    pub events: Vec<Event>,
    /// Every association, with its county where that is told.
    pub everyone: BTreeMap<String, Option<String>>,
    /// The first and the last day on which each is valid, where they are said.
    valid: BTreeMap<String, [Option<String>; 2]>,
}

impl Isolation {
    /// As the filter of the schema.
    pub fn filter(&self) -> String {
        let Self {
            year,
            form,
            activity,
            ..
        } = self;
        format!("{{ eventYears: [{year}], forms: [\"{form}\"], mainActivities: [\"{activity}\"] }}")
    }

    fn takes(&self, event: &Event) -> bool {
        // A main activity without a letter takes its parts too.
        let part = event.activity.strip_prefix(self.activity.as_str());
        let is_part = part.is_some_and(|rest| rest.chars().all(char::is_alphabetic));
        event.held_on.starts_with(&self.year.to_string())
            && event.form == self.form
            && is_part
            && (self.through.as_ref()).is_none_or(|day| event.held_on <= *day)
    }
}

impl Attacker {
    /// Reads the lists of events and associations as somebody.
    pub async fn of(app: &TestApp, who: &Persona) -> Self {
        let document = "query ($of: RegistryNumber!, $after: String) { supportEvents(assignment: $of, first: 500, after: $after) {
            pageInfo { hasNextPage endCursor } nodes { heldOn form { code } mainActivity { number } organisation { county { code } } } } }";
        let mut events = Vec::new();
        let mut after = Value::Null;
        loop {
            let asked = json!({ "of": SUPPORT, "after": after });
            let page = answered(app, who, document, asked).await["supportEvents"].take();
            for node in page["nodes"].as_array().expect("nodes") {
                let text = |path: &str| node.pointer(path).and_then(Value::as_str);
                events.push(Event {
                    county: text("/organisation/county/code").map(str::to_owned),
                    held_on: text("/heldOn").expect("a day").to_owned(),
                    form: text("/form/code").expect("a form").to_owned(),
                    activity: text("/mainActivity/number").expect("a number").to_owned(),
                });
            }
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        let document = "{ recipients(first: 500, where: { kinds: [NGO] }) { nodes { code county { code } validFrom validTo } } }";
        let found = answered(app, who, document, json!({})).await;
        let nodes = found["recipients"]["nodes"].as_array().expect("nodes");
        let (mut everyone, mut valid) = (BTreeMap::new(), BTreeMap::new());
        for node in nodes {
            let text = |path: &str| {
                node.pointer(path)
                    .and_then(Value::as_str)
                    .map(str::to_owned)
            };
            let code = text("/code").expect("a code");
            valid.insert(code.clone(), [text("/validFrom"), text("/validTo")]);
            everyone.insert(code, text("/county/code"));
        }
        Self {
            events,
            everyone,
            valid,
        }
    }

    /// Those that are valid at the end of a year: whom coverage is about.
    pub fn members(&self, year: i32) -> BTreeSet<String> {
        let last = format!("{year}-12-31");
        let valid = self.valid.iter().filter(|(_, [from, to])| {
            from.as_ref().is_none_or(|from| *from <= last)
                && to.as_ref().is_none_or(|to| *to >= last)
        });
        valid.map(|(code, _)| code.clone()).collect()
    }

    /// The associations whose county is told to nobody.
    pub fn hidden(&self) -> BTreeSet<String> {
        let hidden = self.everyone.iter().filter(|(_, county)| county.is_none());
        hidden.map(|(code, _)| code.clone()).collect()
    }

    /// Every filter that takes an event of a county's board, as far as filters go.
    pub fn filters(&self) -> BTreeSet<Isolation> {
        let of_boards = self.events.iter().filter(|event| event.county.is_some());
        let isolation = |event: &Event| Isolation {
            year: event.held_on[..4].parse().expect("a year"),
            form: event.form.clone(),
            activity: event.activity.clone(),
            through: None,
        };
        of_boards.map(isolation).collect()
    }

    /// The same with every day on which an event of the filter was held, where those are not too many to ask about.
    pub fn filters_and_days(&self, most: usize) -> BTreeSet<Isolation> {
        let mut all = BTreeSet::new();
        for filter in self.filters() {
            let taken = self.taken(&filter);
            if taken.len() <= most {
                let days = taken.iter().map(|place| &self.events[*place].held_on);
                all.extend(days.map(|day| Isolation {
                    through: Some(day.clone()),
                    ..filter.clone()
                }));
            }
            all.insert(filter);
        }
        all
    }

    /// The events that are asked about, by their places.
    pub fn taken(&self, asked: &Isolation) -> BTreeSet<usize> {
        let events = self.events.iter().enumerate();
        events
            .filter(|(_, event)| asked.takes(event))
            .map(|(place, _)| place)
            .collect()
    }

    /// Whom answers place in a county. Somebody of whom the answers never change is not placed by them; of somebody else,
    /// an answer that does not name it clears its events, and one that does means one of those left.
    pub fn places(&self, seen: &[Seen]) -> BTreeMap<String, String> {
        let mut placed = BTreeMap::new();
        for code in self.everyone.keys() {
            let (named, unnamed): (Vec<&Seen>, Vec<&Seen>) =
                seen.iter().partition(|one| one.reached.contains(code));
            if named.is_empty() || unnamed.is_empty() {
                continue;
            }
            let cleared: BTreeSet<usize> = unnamed
                .iter()
                .flat_map(|one| one.events.iter().copied())
                .collect();
            let mut counties: BTreeSet<Option<&str>> = BTreeSet::new();
            for one in named {
                let left = one
                    .events
                    .difference(&cleared)
                    .map(|place| self.events[*place].county.as_deref());
                let left: BTreeSet<Option<&str>> = left.collect();
                if let (1, Some(Some(county))) = (left.len(), left.first()) {
                    counties.insert(Some(county));
                }
            }
            if let (1, Some(Some(county))) = (counties.len(), counties.first()) {
                placed.insert(code.clone(), (*county).to_owned());
            }
        }
        placed
    }

    /// Holds what was concluded against what may be known: nobody whose county is told to nobody is placed, and of those
    /// whose county is open so many are, all of them rightly, that the same would have placed a protected one. Filters
    /// alone isolate few events, filters and days many.
    pub fn places_nobody(&self, channel: &str, seen: &[Seen], least: usize) {
        let placed = self.places(seen);
        let hidden = self.hidden();
        let found: Vec<_> = placed
            .iter()
            .filter(|(code, _)| hidden.contains(*code))
            .collect();
        assert!(found.is_empty(), "{channel} places {found:?}");
        for (code, county) in &placed {
            assert_eq!(
                self.everyone[code].as_ref(),
                Some(county),
                "{channel} places {code} wrongly: the attack is blunt"
            );
        }
        assert!(
            placed.len() >= least,
            "{channel} places {} with an open county: too blunt an attack",
            placed.len()
        );
    }
}

/// Asks as somebody; gives the data, and fails on errors.
pub(super) async fn answered(
    app: &TestApp,
    who: &Persona,
    document: &str,
    variables: Value,
) -> Value {
    let mut answer = app.ask_as(who, document, variables).await;
    assert_eq!(answer.get("errors"), None, "{document}");
    answer["data"].take()
}

//! A made-up register with rounds and money: what is sent, and what is counted by hand, both come from here.

use std::collections::BTreeMap;

use crate::chance::Chance;

/// The assignment that the rounds belong to.
pub(crate) const ASSIGNMENT: &str = "S2016/00633/FST";

/// A time in which a code stands for one recipient in one county; days are ISO texts, which compare as days.
#[derive(Clone, Debug)]
pub(crate) struct Period {
    /// First day; blank from the beginning.
    pub from: &'static str,
    /// Last day; blank until further notice.
    pub to: &'static str,
    /// County, or blank.
    pub county: String,
    /// Whether its location is protected.
    pub protected: bool,
}

/// A recipient.
#[derive(Clone, Debug)]
pub(crate) struct Recipient {
    /// Kind.
    pub kind: &'static str,
    /// Periods in order.
    pub periods: Vec<Period>,
    /// Inhabitants by day.
    pub populations: BTreeMap<String, i128>,
    /// Whether the reference data hold it already.
    pub is_known: bool,
}

/// A round.
#[derive(Clone, Debug)]
pub(crate) struct Round {
    /// Code.
    pub code: &'static str,
    /// Kind of recipient.
    pub kind: &'static str,
    /// Grant year.
    pub year: i32,
    /// Last day of use.
    pub use_by: &'static str,
    /// Last day to report.
    pub report_by: &'static str,
}

/// Something that happened between a round and a recipient; amounts are öre.
#[derive(Clone, Debug)]
pub(crate) enum What {
    /// Allocated.
    Allocated(i128),
    /// Requisitioned, and whether more was wanted.
    Requisitioned(i128, bool),
    /// Applied for, with what was decided and granted.
    Applied(i128, &'static str, i128),
    /// Paid, or the reversal of a payment; late ones come after the reports.
    Paid {
        reference: String,
        ore: i128,
        reverses: String,
        late: bool,
    },
    /// Reported: the day, the four areas, and what was left.
    Reported(&'static str, [i128; 4], i128),
    /// Repaid, or the reversal of a repayment.
    Repaid {
        reference: String,
        ore: i128,
        reverses: String,
    },
}

/// A fact of a pair.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    /// The round.
    pub round: &'static str,
    /// The recipient's code.
    pub recipient: String,
    /// What happened.
    pub what: What,
}

/// Everything made up.
pub(crate) struct World {
    /// Recipients by code.
    pub recipients: BTreeMap<String, Recipient>,
    /// Rounds.
    pub rounds: Vec<Round>,
    /// Facts in the order in which they came to pass.
    pub facts: Vec<Fact>,
}

const ROUNDS: [(&str, &str, i32, &str, &str); 6] = [
    ("NK/20", "MUNICIPALITY", 2020, "2020-12-31", "2021-02-28"),
    ("NK/21", "MUNICIPALITY", 2021, "2021-12-31", "2099-03-31"),
    ("NK/21b", "MUNICIPALITY", 2021, "2022-06-30", "2022-09-30"),
    ("NR/20", "REGION", 2020, "2020-12-31", "2021-02-28"),
    ("NL/20", "COUNTY_BOARD", 2020, "2020-12-31", "2021-03-01"),
    ("NF/21", "NGO", 2021, "2021-12-31", "2022-03-31"),
];

impl World {
    /// The world of a seed.
    pub(crate) fn of(seed: u64) -> Self {
        let mut chance = Chance::seeded(seed);
        let round = |(code, kind, year, use_by, report_by)| Round {
            code,
            kind,
            year,
            use_by,
            report_by,
        };
        let rounds: Vec<Round> = ROUNDS.map(round).into();
        let recipients = super::register::recipients(&mut chance);
        let mut facts = Vec::new();
        for round in &rounds {
            let members: Vec<&String> = recipients
                .iter()
                .filter(|(_, one)| one.kind == round.kind && one.is_valid_in(round.year))
                .map(|(code, _)| code)
                .collect();
            for code in members {
                super::money::happen(&mut chance, round, code, &mut facts);
            }
        }
        Self {
            recipients,
            rounds,
            facts,
        }
    }
}

impl Recipient {
    fn is_valid_in(&self, year: i32) -> bool {
        self.valid_between(&format!("{year}-01-01"), &format!("{year}-12-31"))
            .is_some()
    }

    /// The last period that is valid on some day of a span.
    pub(crate) fn valid_between(&self, first: &str, last: &str) -> Option<&Period> {
        let overlaps = |one: &&Period| one.from <= last && (one.to.is_empty() || one.to >= first);
        self.periods.iter().rfind(overlaps)
    }
}

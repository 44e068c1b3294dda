//! How old open money is: since which day, how many days, and in which of five buckets.

use chrono::NaiveDate;

/// How long money has been open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgeBucket {
    /// The day has not come, or is the day asked about.
    NotYetDue,
    /// 0 to 30 days.
    UpTo30,
    /// 31 to 90 days.
    UpTo90,
    /// 91 to 365 days.
    UpTo365,
    /// More than 365 days.
    Over365,
}

impl AgeBucket {
    /// All buckets, in their order.
    pub const ALL: [Self; 5] = [
        Self::NotYetDue,
        Self::UpTo30,
        Self::UpTo90,
        Self::UpTo365,
        Self::Over365,
    ];

    const fn of(days: Option<i64>) -> Self {
        match days {
            None => Self::NotYetDue,
            Some(..=30) => Self::UpTo30,
            Some(..=90) => Self::UpTo90,
            Some(..=365) => Self::UpTo365,
            Some(_) => Self::Over365,
        }
    }
}

/// Which open money a piece is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgedOf {
    /// Reported unused and not repaid.
    Outstanding,
    /// Paid and not reported.
    Unreported,
    /// Paid, and neither used nor unused in the report.
    Unexplained,
}

/// A piece of open money and its age.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aged {
    /// Which money.
    pub of: AgedOf,
    /// The claim that covers it; None where none does.
    pub claim: Option<String>,
    /// How much, in öre; never 0.
    pub ore: i64,
    /// The day from which it is open: the last day to report or to pay, the day of the report, or the later of the last
    /// payment and the report.
    pub since: NaiveDate,
    /// Days since then; None where it is not due yet.
    pub days: Option<i64>,
    /// The bucket of the days.
    pub bucket: AgeBucket,
}

/// Open money of one bucket, in öre.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeingLine {
    /// The bucket.
    pub bucket: AgeBucket,
    /// Outstanding without what is waived.
    pub outstanding: i64,
    /// Unreported without what is waived.
    pub unreported: i64,
    /// Unexplained.
    pub unexplained: i64,
    /// Entries with a piece in the bucket.
    pub entry_count: u64,
}

/// From when money is open.
#[derive(Debug, Clone, Copy)]
pub(super) enum Since {
    /// From a day on: it is 0 days old that day.
    Day(NaiveDate),
    /// When a last day has passed: on that day it is not due yet.
    Deadline(NaiveDate),
}

impl Since {
    /// A piece of money on a day; None where there is none.
    pub(super) fn aged(
        self,
        of: AgedOf,
        claim: Option<&str>,
        ore: i64,
        on: NaiveDate,
    ) -> Option<Aged> {
        let (since, least) = match self {
            Self::Day(day) => (day, 0),
            Self::Deadline(day) => (day, 1),
        };
        let days = (on - since).num_days();
        let days = (days >= least).then_some(days);
        (ore != 0).then(|| Aged {
            of,
            claim: claim.map(str::to_owned),
            ore,
            since,
            days,
            bucket: AgeBucket::of(days),
        })
    }
}

impl AgeingLine {
    pub(super) const fn new(bucket: AgeBucket) -> Self {
        Self {
            bucket,
            outstanding: 0,
            unreported: 0,
            unexplained: 0,
            entry_count: 0,
        }
    }

    /// Adds the pieces of an entry that are in the bucket.
    pub(super) fn add(&mut self, pieces: &[Aged]) {
        let mut own = pieces
            .iter()
            .filter(|piece| piece.bucket == self.bucket)
            .peekable();
        if own.peek().is_some() {
            self.entry_count += 1;
        }
        for piece in own {
            match piece.of {
                AgedOf::Outstanding => self.outstanding += piece.ore,
                AgedOf::Unreported => self.unreported += piece.ore,
                AgedOf::Unexplained => self.unexplained += piece.ore,
            }
        }
    }
}

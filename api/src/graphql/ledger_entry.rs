//! One entry of the ledger in the schema: amounts, ages, claims, and the rows behind them.

use std::sync::Arc;

use analytics::fund_ledger as analysed;
use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::NaiveDate;
use futures::future::try_join_all;

use super::fund_ledger::{ClaimAmounts, LedgerAmounts, money};
use super::page::{Node, Place};
use super::reading::Shelf;
use super::recipient::Recipient;
use super::round::Round;
use super::scalars::{Date, Money, RecipientCode};
use super::source::{Source, sources};
use super::vocabulary::{Absent, AgeBucket, ClaimStanding, LedgerRows, OpenMoney};
use crate::intake::sort_key;
use crate::reports::Computed;

/// Everything of one recipient in one round (post).
pub struct LedgerEntry {
    shelf: Shelf,
    on: NaiveDate,
    computed: Arc<Computed<analysed::FundLedger>>,
    index: usize,
}

impl LedgerEntry {
    /// One of the entries of an answer.
    pub(crate) fn new(
        shelf: &Shelf,
        on: NaiveDate,
        computed: &Arc<Computed<analysed::FundLedger>>,
        index: usize,
    ) -> Self {
        Self {
            shelf: shelf.clone(),
            on,
            computed: Arc::clone(computed),
            index,
        }
    }

    fn found(&self) -> &analysed::LedgerEntry {
        &self.computed.answer.entries[self.index]
    }

    /// The sources of rows, all asked for at once.
    async fn sources_of(&self, ctx: &Context<'_>, rows: &[i64]) -> Result<Vec<Source>> {
        let code = entity::RoundCode::parse(&self.found().round).ok();
        let round = code.and_then(|code| self.shelf.catalogue.round(&code));
        let assignment = round.map(|round| &round.assignment);
        let each = rows
            .iter()
            .map(|row| sources(ctx, &self.shelf, *row, assignment));
        Ok(try_join_all(each).await?.into_iter().flatten().collect())
    }
}

impl Node for LedgerEntry {
    const CONNECTION: &'static str = "ledger";

    /// By round, then by the recipient's name.
    fn place(&self) -> Place {
        let found = self.found();
        let code = entity::RecipientCode::parse(&found.recipient).ok();
        let day = NaiveDate::from_ymd_opt(found.year, 12, 31).unwrap_or(self.on);
        let known = code.and_then(|code| self.shelf.catalogue.recipient(&code, day));
        let mut key = sort_key(&found.round);
        key.push(0);
        key.extend(known.map_or(&[][..], |model| &model.sort_key));
        Place {
            connection: Self::CONNECTION.into(),
            sort_key: key,
            code: format!("{}|{}", found.round, found.recipient),
        }
    }
}

/// Everything of one recipient in one round (post).
#[Object]
impl LedgerEntry {
    /// Round (omgång).
    async fn round(&self) -> Option<Round> {
        Round::of(&self.shelf, &self.found().round)
    }

    /// Recipient, as it was on the last day of the grant year (mottagare).
    async fn recipient(&self) -> Option<Recipient> {
        let found = self.found();
        Recipient::in_year(&self.shelf, &found.recipient, Some(found.year))
    }

    /// Code of the recipient (mottagarkod).
    async fn recipient_code(&self) -> Option<RecipientCode> {
        let code = entity::RecipientCode::parse(&self.found().recipient);
        code.ok().map(RecipientCode)
    }

    /// The amounts (belopp).
    async fn amounts(&self) -> LedgerAmounts {
        (&self.found().amounts).into()
    }

    /// Days since the oldest money that is due (ålder i dagar).
    async fn age_in_days(&self) -> Option<i64> {
        self.found().oldest_days()
    }

    /// Why there is no age: `NOT_DUE` where money is open and not due yet, `NOT_APPLICABLE` where none is open (orsak till
    /// att ålder saknas).
    async fn age_absent(&self) -> Option<Absent> {
        let found = self.found();
        match (found.oldest_days(), found.aged.is_empty()) {
            (Some(_), _) => None,
            (None, false) => Some(Absent::NotDue),
            (None, true) => Some(Absent::NotApplicable),
        }
    }

    /// What is open, piece by piece, without what is waived (öppna belopp).
    async fn open(&self) -> Vec<OpenPiece> {
        self.found().aged.iter().map(Into::into).collect()
    }

    /// Claims for repayment by reference (återkrav).
    async fn claims(&self) -> Vec<RepaymentClaim<'_>> {
        let claims = self.found().claims.iter();
        claims
            .map(|claim| RepaymentClaim { entry: self, claim })
            .collect()
    }

    /// The rows behind the amounts: where each is known from (källor).
    async fn sources(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only rows of these kinds; left out, all (rader av dessa slag).")]
        of: Option<Vec<LedgerRows>>,
    ) -> Result<Vec<Source>> {
        let of: Option<Vec<analysed::FactKind>> =
            of.map(|kinds| kinds.into_iter().map(Into::into).collect());
        let rows = self.found().rows.iter();
        let rows: Vec<i64> = rows
            .filter(|(kind, _)| of.as_ref().is_none_or(|asked| asked.contains(kind)))
            .flat_map(|(_, rows)| rows.iter().copied())
            .collect();
        self.sources_of(ctx, &rows).await
    }
}

/// A piece of open money and its age (öppet belopp).
#[derive(SimpleObject)]
pub struct OpenPiece {
    /// Which money (slag).
    of: OpenMoney,
    /// Reference of the claim that covers it; null where none does (återkravsreferens).
    claim_reference: Option<String>,
    /// How much; below 0 where more is claimed, or repaid, than there is (belopp).
    amount: Money,
    /// The day from which it is open (öppet sedan).
    since: Date,
    /// Days since then; null where it is not due yet (ålder i dagar).
    age_in_days: Option<i64>,
    /// Why there is no age: `NOT_DUE` (orsak till att ålder saknas).
    age_absent: Option<Absent>,
    /// How old it is (ålder).
    bucket: AgeBucket,
}

impl From<&analysed::Aged> for OpenPiece {
    fn from(piece: &analysed::Aged) -> Self {
        Self {
            of: piece.of.into(),
            claim_reference: piece.claim.clone(),
            amount: money(piece.ore),
            since: Date(piece.since),
            age_in_days: piece.days,
            age_absent: piece.days.is_none().then_some(Absent::NotDue),
            bucket: piece.bucket.into(),
        }
    }
}

/// A claim for repayment (återkrav) and where it stands on the day asked about.
pub struct RepaymentClaim<'a> {
    entry: &'a LedgerEntry,
    claim: &'a analysed::ClaimRow,
}

/// A claim for repayment (återkrav) and where it stands on the day asked about.
#[Object]
impl RepaymentClaim<'_> {
    /// Reference, unique in the round (återkravsreferens).
    async fn reference(&self) -> &str {
        &self.claim.reference
    }

    /// Where it stands on the day (läge).
    async fn standing(&self) -> ClaimStanding {
        self.claim.standing(self.entry.on).into()
    }

    /// Last day to pay; null where nothing is left (betalas senast).
    async fn due_on(&self) -> Option<Date> {
        self.claim.due_on.map(Date)
    }

    /// What was demanded, and what became of it (belopp).
    async fn amounts(&self) -> ClaimAmounts {
        (&analysed::ClaimSums::from(self.claim)).into()
    }

    /// The rows of its steps (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        self.entry.sources_of(ctx, &self.claim.row_ids).await
    }
}

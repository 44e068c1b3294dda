//! Redistribution in the schema: what of a round others left, who asked, who got, and how the rest could be shared.

use std::sync::Arc;

use analytics::fund_ledger as analysed;
use async_graphql::{Context, Object, Result};

use super::error;
use super::fund_ledger::money;
use super::fund_usage::whole_or_refused;
use super::guard::Require;
use super::page::Node;
use super::reading::{Reading, Shelf};
use super::recipient::Recipient;
use super::round::Round;
use super::scalars::{Money, RecipientCode, RoundCode};
use super::vocabulary::Absent;
use crate::policy::Action;
use crate::reports::Computed;

/// Figures of a share.
const CELLS_A_SHARE: usize = 8;

/// What of a round is passed on to those that asked for more (omfördelning).
pub struct Redistribution {
    shelf: Shelf,
    round: entity::RoundCode,
    year: i32,
    computed: Arc<Computed<Option<analysed::Redistribution>>>,
}

impl Redistribution {
    fn amount(&self, of: fn(&analysed::Redistribution) -> i64) -> Option<Money> {
        self.computed.answer.as_ref().map(|found| money(of(found)))
    }
}

/// What of a round is passed on to those that asked for more (omfördelning).
#[Object]
impl Redistribution {
    /// Round (omgång).
    async fn round(&self) -> Option<Round> {
        Round::of(&self.shelf, self.round.as_str())
    }

    /// Why there are no amounts: `NOT_APPLICABLE` in rounds by application and of kinds that are paid directly, which have
    /// no requisitions (orsak till att belopp saknas).
    async fn absent(&self) -> Option<Absent> {
        let none = self.computed.answer.is_none();
        none.then_some(Absent::NotApplicable)
    }

    /// What can be paid at most (tillgängligt belopp).
    async fn available_amount(&self) -> Option<Money> {
        self.amount(|found| found.available)
    }

    /// Requisitioned in all (rekvirerat).
    async fn requisitioned_amount(&self) -> Option<Money> {
        self.amount(|found| found.requisitioned)
    }

    /// Available − requisitioned: what others left (att omfördela).
    async fn pool_amount(&self) -> Option<Money> {
        self.amount(|found| found.pool)
    }

    /// Paid above requisitioned in all (omfördelat).
    async fn redistributed_amount(&self) -> Option<Money> {
        self.amount(|found| found.redistributed)
    }

    /// What is left to pass on; below 0 where more was passed on than others left (kvar att omfördela).
    async fn left_amount(&self) -> Option<Money> {
        self.amount(|found| found.left)
    }

    /// Why nothing is proposed: `NOTHING_TO_DIVIDE` where nothing is left or nobody asks (orsak till att förslag saknas).
    async fn proposal_absent(&self) -> Option<Absent> {
        match &self.computed.answer {
            Some(found) => found.proposal_absent.map(Absent::from),
            None => Some(Absent::NotApplicable),
        }
    }

    /// Those that asked for more, or got it, in Swedish alphabetical order (mottagare).
    async fn shares(&self) -> Result<Option<Vec<RedistributionShare>>> {
        let shares = self.computed.answer.iter().flat_map(|found| &found.shares);
        let mut shares: Vec<RedistributionShare> = shares
            .map(|share| RedistributionShare {
                recipient: Recipient::in_year(&self.shelf, &share.recipient, Some(self.year)),
                share: share.clone(),
                proposal_absent: self
                    .computed
                    .answer
                    .as_ref()
                    .and_then(|found| found.proposal_absent),
            })
            .collect();
        whole_or_refused(&self.shelf, shares.len().saturating_mul(CELLS_A_SHARE))?;
        shares.sort_by_cached_key(|one| {
            let place = one.recipient.as_ref().map(Recipient::place);
            (place, one.share.recipient.clone())
        });
        Ok(Some(shares))
    }
}

/// A recipient that asked for a share of what others left, or got one (mottagare av omfördelning).
pub struct RedistributionShare {
    recipient: Option<Recipient>,
    share: analysed::RedistributionShare,
    proposal_absent: Option<analytics::figure::Absent>,
}

/// A recipient that asked for a share of what others left, or got one (mottagare av omfördelning).
#[Object]
impl RedistributionShare {
    /// Recipient, as it was on the last day of the grant year (mottagare).
    async fn recipient(&self) -> Option<&Recipient> {
        self.recipient.as_ref()
    }

    /// Code of the recipient (mottagarkod).
    async fn recipient_code(&self) -> Option<RecipientCode> {
        let code = entity::RecipientCode::parse(&self.share.recipient);
        code.ok().map(RecipientCode)
    }

    /// Whether its requisition, above 0, asks for a share (önskar omfördelning).
    async fn wants_redistribution(&self) -> bool {
        self.share.asked
    }

    /// Allocated (tilldelat).
    async fn allocated_amount(&self) -> Money {
        money(self.share.allocated)
    }

    /// Requisitioned (rekvirerat).
    async fn requisitioned_amount(&self) -> Money {
        money(self.share.requisitioned)
    }

    /// Paid (utbetalt).
    async fn paid_amount(&self) -> Money {
        money(self.share.paid)
    }

    /// Paid above requisitioned (omfördelat).
    async fn redistributed_amount(&self) -> Money {
        money(self.share.redistributed)
    }

    /// A proposal, computed: what is left, shared by allocation in whole kronor; null where nothing is proposed (förslag).
    async fn proposed_amount(&self) -> Option<Money> {
        self.proposal_absent
            .is_none()
            .then(|| money(self.share.proposed))
    }

    /// Why nothing is proposed (orsak till att förslag saknas).
    async fn proposed_absent(&self) -> Option<Absent> {
        self.proposal_absent.map(Absent::from)
    }
}

/// Reading redistribution.
#[derive(Default)]
pub struct RedistributionQuery(pub Reading);

/// Reading redistribution.
#[Object(guard = "Require(Action::ReadFigures)")]
impl RedistributionQuery {
    /// What of a round others left, who asked for it, what each got, and a proposal for what is left (omfördelning).
    async fn redistribution(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Code of the round (omgångskod).")] round: RoundCode,
    ) -> Result<Option<Redistribution>> {
        let shelf = self.0.open(ctx).await?;
        let Some(known) = shelf.catalogue.round(&round.0) else {
            return Err(error::unknown("round", round.0.as_str()));
        };
        let (assignment, year) = (&known.assignment, known.year);
        let reports = &shelf.request.reports;
        let computed = reports
            .redistribution(&shelf.dataset, assignment, &round.0)
            .await;
        let computed = computed.map_err(error::report)?;
        shelf.request.used(computed.synthetic);
        Ok(Some(Redistribution {
            shelf,
            round: round.0,
            year: i32::try_from(year).unwrap_or(i32::MAX),
            computed,
        }))
    }
}

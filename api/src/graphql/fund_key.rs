//! Keys of fund figures: which group a line is about, with names as they were that year, or as they are.

use analytics::fund_usage::{FundKey as Analysed, KeyPart};
use async_graphql::SimpleObject;

use super::county::County;
use super::reading::Shelf;
use super::recipient::Recipient;
use super::round::Round;
use super::vocabulary::{Absent, FundDimension, RecipientKind};
use crate::reports::{Extent, label_sv, stored};

/// Which group a line is about (nyckel). A field is null unless the lines are grouped by it.
#[derive(SimpleObject)]
pub struct FundKey {
    /// Grant year (bidragsår).
    grant_year: Option<i32>,
    /// Kind of recipient (mottagartyp).
    recipient_kind: Option<RecipientKind>,
    /// Round (omgång).
    round: Option<Round>,
    /// County (län).
    county: Option<County>,
    /// Population group, 1 to 5 (befolkningsgrupp).
    population_group: Option<u8>,
    /// Recipient (mottagare).
    recipient: Option<Recipient>,
    /// The dimensions in the order asked, as codes and labels (nyckelns delar).
    parts: Vec<FundKeyPart>,
}

/// One dimension of a key (nyckeldel).
#[derive(SimpleObject)]
pub struct FundKeyPart {
    /// The dimension (indelning).
    dimension: FundDimension,
    /// Code of the group, numbers as text (kod).
    code: Option<String>,
    /// Name of the group, Swedish (benämning).
    label: Option<String>,
    /// Why the members have no such group (orsak till att grupp saknas).
    absent: Option<Absent>,
}

impl FundKey {
    /// A key with names.
    pub(crate) fn new(shelf: &Shelf, key: &Analysed, extent: Extent) -> Self {
        let recipient = key.recipient.as_deref().and_then(|code| {
            let current = extent.current_on;
            current.map_or_else(
                || Recipient::in_year(shelf, code, key.grant_year),
                |day| Recipient::on(shelf, code, day),
            )
        });
        let part = |part: &KeyPart| FundKeyPart {
            dimension: part.dimension.into(),
            code: part.code.clone(),
            label: label(shelf, key, part, recipient.as_ref()),
            absent: part.absent.map(Absent::from),
        };
        Self {
            parts: key.parts.iter().map(part).collect(),
            grant_year: key.grant_year,
            recipient_kind: key.recipient_kind.map(|kind| stored(kind).into()),
            round: key.round.as_deref().and_then(|code| Round::of(shelf, code)),
            county: key
                .county
                .as_deref()
                .and_then(|code| County::of(shelf, code)),
            population_group: key.population_group,
            recipient,
        }
    }
}

fn label(
    shelf: &Shelf,
    key: &Analysed,
    part: &KeyPart,
    recipient: Option<&Recipient>,
) -> Option<String> {
    use analytics::fund_usage::FundDimension as Dimension;
    let code = part.code.as_deref()?;
    match part.dimension {
        Dimension::GrantYear | Dimension::Round => Some(code.to_owned()),
        Dimension::RecipientKind => key
            .recipient_kind
            .map(|kind| label_sv(stored(kind), key.grant_year).to_owned()),
        Dimension::County => shelf
            .catalogue
            .county(code)
            .map(|county| county.name.clone()),
        Dimension::PopulationGroup => Some(format!("Befolkningsgrupp {code}")),
        Dimension::Recipient => recipient.map(|recipient| recipient.name_text().to_owned()),
    }
}

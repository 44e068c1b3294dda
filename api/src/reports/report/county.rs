//! The funds by county in part 2, and in the last year by municipality, for those who look up their own and for the map.

use std::collections::BTreeSet;

use analytics::figure::RecipientKind;
use entity::RecipientCode;

use super::compose::{Asked, Composer, Draft, same, wanted};
use crate::reports::figure::GroupKind;
use crate::reports::{Error, FigureKey, stored};

/// What the rate of a row is of: not all that was paid in it.
const RATE: [&str; 2] = [
    "Nyttjandegraden är använt genom utbetalt till dem som har redovisat.",
    "The usage rate is used by paid to those that have reported.",
];

impl Composer<'_> {
    /// The funds by county, year and kind of recipient.
    pub(super) async fn by_county(&self) -> Result<Draft, Error> {
        let mut draft = self.money("funds.by_county", ["Medlen per län", "The funds by county"]);
        let mut codes = self.counties();
        codes.extend(["PROTECTED", "NOT_AVAILABLE", "NOT_APPLICABLE"].map(str::to_owned));
        for (year, kind) in self.scope.rounds.iter().copied() {
            let of = match kind {
                RecipientKind::Municipality => "municipalities",
                RecipientKind::Region => "regions",
                RecipientKind::Ngo => "organisations",
                _ => continue,
            };
            let rows = codes.iter().map(|code| {
                let key = FigureKey::year(Some(year)).kind(Some(kind));
                (
                    vec![self.label(GroupKind::County, code)],
                    key.group(GroupKind::County, code.clone()),
                )
            });
            let [sv, en] = Self::kind(kind, Some(year));
            let asked = Asked {
                code: format!("{of}_{year}"),
                title: [
                    format!("{sv} per län, {year}"),
                    format!("{en} by county, {year}"),
                ],
                labels: vec![("county", ["Län", "County"])],
                columns: wanted(&[
                    "fund.requisitioning",
                    "fund.paid",
                    "fund.paid_reported",
                    "fund.used",
                    "fund.usage_rate",
                    "fund.reporting_rate",
                ]),
                rows: rows.collect(),
                notes: vec![
                    [
                        "Mottagare på skyddad plats står för sig, utan län.",
                        "Recipients with a protected location stand by themselves, without a county.",
                    ],
                    RATE,
                ],
            };
            self.table(&mut draft, asked).await?;
        }
        self.by_municipality(&mut draft).await?;
        Ok(draft)
    }

    /// Each municipality that the round of the last year is for.
    async fn by_municipality(&self, draft: &mut Draft) -> Result<(), Error> {
        let kind = RecipientKind::Municipality;
        let years = self.scope.rounds.iter().filter(|(_, own)| *own == kind);
        let Some(year) = years.map(|(year, _)| *year).max() else {
            return Ok(());
        };
        let all = self.catalogue.recipients.iter();
        let all = all.filter(|one| one.kind == stored(kind));
        let codes: BTreeSet<&RecipientCode> = all.map(|one| &one.code).collect();
        let rows = codes.into_iter().map(|code| {
            let name = self.label(GroupKind::Recipient, code.as_str());
            let key = FigureKey::year(Some(year)).kind(Some(kind));
            (
                vec![same(code.as_str()), name],
                key.group(GroupKind::Recipient, code.as_str()),
            )
        });
        let asked = Asked {
            code: format!("each_municipality_{year}"),
            title: [
                format!("Varje kommun, {year}"),
                format!("Each municipality, {year}"),
            ],
            labels: vec![
                ("code", ["Kod", "Code"]),
                ("recipient", ["Kommun", "Municipality"]),
            ],
            columns: wanted(&[
                "fund.paid",
                "fund.paid_reported",
                "fund.used",
                "fund.usage_rate",
            ]),
            rows: rows.collect(),
            notes: vec![
                [
                    "Kommuner som inte har del i omgången står inte i tabellen.",
                    "Municipalities without a part in the round are not in the table.",
                ],
                RATE,
            ],
        };
        self.table(draft, asked).await
    }
}

//! Part 3: how it has developed over the years, how even it is over the country, and beside published figures.

use analytics::figure::RecipientKind;

use super::compose::{Asked, Composer, Draft, both, same, wanted};
use crate::reports::figure::GroupKind;
use crate::reports::{Error, FigureKey};

impl Composer<'_> {
    /// The sections of part 3.
    pub(super) async fn development(&self) -> Result<Vec<Draft>, Error> {
        Ok(vec![
            self.over_the_years().await?,
            self.equality().await?,
            self.indicators().await?,
            self.published().await?,
        ])
    }

    async fn over_the_years(&self) -> Result<Draft, Error> {
        let mut draft = Draft::new(
            "development.use",
            [
                "Utvecklingen av hur medlen har använts",
                "How the use of the money has developed",
            ],
            self.scope.without_money(),
        );
        let mut rounds: Vec<(RecipientKind, i32)> = self
            .scope
            .rounds
            .iter()
            .map(|(year, kind)| (*kind, *year))
            .collect();
        rounds.sort_unstable();
        let rows = rounds.into_iter().map(|(kind, year)| {
            let names = vec![Self::kind(kind, Some(year)), same(&year.to_string())];
            (names, FigureKey::year(Some(year)).kind(Some(kind)))
        });
        let asked = Asked {
            code: "usage_rate".to_owned(),
            title: both([
                "Nyttjandegrad och deltagande över åren",
                "Usage rate and participation over the years",
            ]),
            labels: vec![
                ("recipient_kind", ["Mottagartyp", "Kind of recipient"]),
                ("grant_year", ["År", "Year"]),
            ],
            columns: wanted(&[
                "fund.participation_rate",
                "fund.usage_rate",
                "fund.usage_rate_mean",
                "fund.usage_rate_median",
                "fund.reporting_rate",
            ]),
            rows: rows.collect(),
            notes: vec![[
                "En skillnad mellan år är en skillnad, ingen effekt. Nyttjandegraden är vägd; medelvärde och median är ovägda.",
                "A difference between years is a difference, no effect. The usage rate is weighted; mean and median are not.",
            ]],
        };
        self.table(&mut draft, asked).await?;
        Ok(draft)
    }

    async fn equality(&self) -> Result<Draft, Error> {
        let mut draft = Draft::new(
            "development.equality",
            ["Likvärdighet över landet", "Equality over the country"],
            self.scope.without_money(),
        );
        let rows = || {
            let of = self.scope.rounds.iter();
            let own = of.filter(|(_, kind)| {
                matches!(kind, RecipientKind::Municipality | RecipientKind::Region)
            });
            let row = |(year, kind): &(i32, RecipientKind)| {
                let names = vec![same(&year.to_string()), Self::kind(*kind, Some(*year))];
                (names, FigureKey::year(Some(*year)).kind(Some(*kind)))
            };
            own.map(row).collect()
        };
        for (code, title, columns) in [
            (
                "usage_rate",
                [
                    "Nyttjandegrad över mottagare och län",
                    "Usage rate over recipients and counties",
                ],
                &[
                    "equality.usage_rate.p10",
                    "equality.usage_rate.median",
                    "equality.usage_rate.p90",
                    "equality.usage_rate.gini",
                    "equality.usage_rate.coefficient_of_variation",
                    "equality.usage_rate.county_gap",
                ],
            ),
            (
                "paid_per_inhabitant",
                [
                    "Utbetalt per invånare över mottagare och län",
                    "Paid per inhabitant over recipients and counties",
                ],
                &[
                    "equality.paid_per_inhabitant.p10",
                    "equality.paid_per_inhabitant.median",
                    "equality.paid_per_inhabitant.p90",
                    "equality.paid_per_inhabitant.gini",
                    "equality.paid_per_inhabitant.coefficient_of_variation",
                    "equality.paid_per_inhabitant.county_gap",
                ],
            ),
        ] {
            let asked = Asked {
                code: code.to_owned(),
                title: both(title),
                labels: vec![
                    ("grant_year", ["År", "Year"]),
                    ("recipient_kind", ["Mottagartyp", "Kind of recipient"]),
                ],
                columns: wanted(columns),
                rows: rows(),
                notes: vec![[
                    "Ovägt över mottagarna; skillnaden är mellan länens vägda värden.",
                    "Unweighted over recipients; the gap is between the counties' weighted values.",
                ]],
            };
            self.table(&mut draft, asked).await?;
        }
        Ok(draft)
    }

    /// The change of the assignment's own indicators from the first year of its period to the last one with values.
    async fn indicators(&self) -> Result<Draft, Error> {
        let mut draft = Draft::new(
            "development.indicators",
            [
                "Förflyttning i uppföljningsindikatorer",
                "Shift of follow-up indicators",
            ],
            [
                "Uppdraget har inga indikatorer med värden från minst två år i perioden. Antal personer visas aldrig här.",
                "The assignment has no indicators with values of two years in its period. Counts of persons are never shown here.",
            ],
        );
        let Some(assignment) = self.catalogue.assignment(&self.scope.assignment) else {
            return Ok(draft);
        };
        let due = self.scope.deliverable.due_on;
        let due = due.map_or(i64::MAX, |day| i64::from(chrono::Datelike::year(&day)));
        let period = assignment.period_start_year..=assignment.period_end_year.min(due);
        let own = self.catalogue.indicator_definitions.iter().filter(|one| {
            one.assignment.as_ref() == Some(&self.scope.assignment)
                && !self.catalogue.counts_persons(&one.indicator)
        });
        let codes: std::collections::BTreeSet<_> = own.map(|one| one.indicator.clone()).collect();
        let values = self.reports.indicator_values(self.dataset, &codes).await?;
        let mut rows = Vec::new();
        for (code, values) in &values {
            let years = values
                .iter()
                .filter(|one| one.value.is_some() && one.area_code != "SE");
            let years: std::collections::BTreeSet<i64> = years
                .map(|one| one.year)
                .filter(|year| period.contains(year))
                .collect();
            let (Some(from), Some(to)) = (years.first(), years.last()) else {
                continue;
            };
            if from == to {
                continue;
            }
            let year = i32::try_from(*to).ok();
            for kind in [RecipientKind::Municipality, RecipientKind::Region] {
                let names = vec![
                    self.label(GroupKind::Indicator, code.as_str()),
                    Self::kind(kind, year),
                    same(&format!("{from}–{to}")),
                ];
                let key = FigureKey::year(year).kind(Some(kind));
                let key = key.group(GroupKind::FromYear, from.to_string());
                let key = key.group(GroupKind::Indicator, code.as_str());
                let pairs = crate::reports::figure::definition("indicator.pairs");
                let found = match pairs {
                    None => None,
                    Some(pairs) => self.figure(pairs, &key).await?,
                };
                // A kind without any pair is not measured by the indicator.
                let has_pairs = found.and_then(|one| one.value.number().ok());
                if has_pairs.is_some_and(|count| !count.is_zero()) {
                    rows.push((names, key));
                }
            }
        }
        let asked = Asked {
            code: "shift".to_owned(),
            title: both([
                "Förflyttning mellan periodens första och sista år med värden",
                "Shift between the first and the last year with values in the period",
            ]),
            labels: vec![
                ("indicator", ["Indikator", "Indicator"]),
                ("recipient_kind", ["Mottagartyp", "Kind of recipient"]),
                ("years", ["År", "Years"]),
            ],
            columns: wanted(&[
                "indicator.pairs",
                "indicator.baseline_mean",
                "indicator.follow_up_mean",
                "indicator.mean_change",
                "indicator.improved",
                "indicator.worse",
            ]),
            rows,
            notes: vec![[
                "Parvis: bara mottagare med värde båda åren. En skillnad mellan år är en skillnad, ingen effekt. Indikatorer som räknar personer är inte med.",
                "Paired: recipients with a value in both years alone. A difference between years is a difference, no effect. Indicators that count persons are left out.",
            ]],
        };
        self.table(&mut draft, asked).await?;
        Ok(draft)
    }

    async fn published(&self) -> Result<Draft, Error> {
        let mut draft = Draft::new(
            "development.published",
            ["Publicerade uppgifter", "Published figures"],
            [
                "Inga publicerade uppgifter är kända för uppdraget.",
                "No published figures are known of the assignment.",
            ],
        );
        let years = self
            .scope
            .deliverable
            .due_on
            .map(|day| i64::from(chrono::Datelike::year(&day)));
        let own = self.catalogue.published_figures.iter().filter(|one| {
            one.assignment == self.scope.assignment && years.is_none_or(|last| one.year <= last)
        });
        let rows = own.map(|one| {
            let measure = one.measure.clone();
            let names = vec![
                self.label(GroupKind::Measure, &measure),
                same(&one.year.to_string()),
            ];
            let year = i32::try_from(one.year).ok();
            (
                names,
                FigureKey::year(year).group(GroupKind::Measure, measure),
            )
        });
        let asked = Asked {
            code: "beside_computed".to_owned(),
            title: both([
                "Publicerade uppgifter bredvid beräknade",
                "Published figures beside computed ones",
            ]),
            labels: vec![("measure", ["Mått", "Measure"]), ("year", ["År", "Year"])],
            columns: wanted(&["published.value", "published.difference"]),
            rows: rows.collect(),
            notes: vec![[
                "Skillnaden är beräknad − publicerad. En uppgift som är publicerad i hela procent kan skilja upp till 0,5 procentenheter genom avrundning. Med exempeldata är skillnader de påhittade uppgifternas.",
                "The difference is computed − published. A figure published in whole percent may differ by up to 0.5 percentage points by rounding. With example data differences are those of the invented rows.",
            ]],
        };
        self.table(&mut draft, asked).await?;
        Ok(draft)
    }
}

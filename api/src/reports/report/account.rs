//! Part 2: the account of the funds to municipalities, regions and non-profit organisations.

use analytics::figure::RecipientKind;

use super::compose::{Asked, Composer, Draft, both, same, wanted, wanted_by};
use super::model::Both;
use crate::reports::figure::GroupKind;
use crate::reports::{Error, FigureKey};

/// Rows of tables: names, and what the figures are of.
type Rows = Vec<(Vec<Both>, FigureKey)>;

pub(super) const YEAR: (&str, [&str; 2]) = ("grant_year", ["År", "Year"]);
pub(super) const KIND: (&str, [&str; 2]) = ("recipient_kind", ["Mottagartyp", "Kind of recipient"]);

impl Composer<'_> {
    /// The sections of part 2.
    pub(super) async fn account(&self) -> Result<Vec<Draft>, Error> {
        Ok(vec![
            self.by_year_and_kind().await?,
            self.by_county().await?,
            self.by_population_group().await?,
            self.use_areas().await?,
            self.applications().await?,
            self.repayments().await?,
            self.administration().await?,
            self.allocation_key().await?,
        ])
    }

    /// Every year and kind that the report accounts for; the sums over all years where it accounts for all.
    pub(super) fn years_and_kinds(&self) -> Rows {
        let of = self.scope.rounds.iter();
        let mut rows: Rows = of
            .map(|(year, kind)| {
                let names = vec![same(&year.to_string()), Self::kind(*kind, Some(*year))];
                (names, FigureKey::year(Some(*year)).kind(Some(*kind)))
            })
            .collect();
        if self.scope.is_whole && self.scope.years().len() > 1 {
            rows.extend(self.scope.kinds().into_iter().map(|kind| {
                let names = vec![
                    both(["Alla år", "All years"]),
                    Self::kind(kind, self.scope.years().last().copied()),
                ];
                (names, FigureKey::year(None).kind(Some(kind)))
            }));
        }
        rows
    }

    pub(super) fn money(&self, code: &'static str, title: [&str; 2]) -> Draft {
        Draft::new(code, title, self.scope.without_money())
    }

    async fn by_year_and_kind(&self) -> Result<Draft, Error> {
        let mut draft = self.money(
            "funds.by_year",
            [
                "Medlen per år och mottagartyp",
                "The funds by year and kind of recipient",
            ],
        );
        for (code, title, columns, notes) in [
            (
                "taking_part",
                ["Deltagande", "Taking part"],
                &[
                    "fund.eligible",
                    "fund.requisitioning",
                    "fund.participation_rate",
                ][..],
                vec![[
                    "För ideella föreningar är de berättigade de som har ansökt.",
                    "Of non-profit organisations the eligible are those that applied.",
                ]],
            ),
            (
                "amounts",
                [
                    "Tilldelat, sökt och utbetalt",
                    "Allocated, asked for and paid",
                ],
                &[
                    "fund.allocated",
                    "fund.requisitioned",
                    "fund.granted",
                    "fund.redistributed",
                    "fund.paid",
                ],
                Vec::new(),
            ),
            (
                "use",
                [
                    "Hur de utbetalda medlen har använts",
                    "How the money paid was used",
                ],
                &[
                    "fund.paid",
                    "fund.used",
                    "fund.repaid",
                    "fund.outstanding",
                    "fund.unreported",
                    "fund.unexplained",
                ],
                vec![[
                    "Utbetalt = använt + återbetalt + kvarstår att återbetala + ej redovisat + oförklarat: de exakta beloppen, som visas i hela kronor.",
                    "Paid = used + repaid + outstanding + unreported + unexplained: the exact amounts, which are shown in whole kronor.",
                ]],
            ),
            (
                "usage_rate",
                [
                    "Nyttjandegrad och svarsfrekvens",
                    "Usage rate and reporting rate",
                ],
                &[
                    "fund.paid_reported",
                    "fund.usage_rate",
                    "fund.usage_rate_lowest",
                    "fund.usage_rate_highest",
                    "fund.reporting_rate",
                    "fund.reporting_rate_by_amount",
                ],
                vec![[
                    "Lägsta och högsta: vad nyttjandegraden kan vara vad de som inte har redovisat än svarar.",
                    "Lowest and highest: what the usage rate can be, whatever those that have not reported answer.",
                ]],
            ),
        ] {
            let asked = Asked {
                code: code.to_owned(),
                title: both(title),
                labels: vec![YEAR, KIND],
                columns: wanted(columns),
                rows: self.years_and_kinds(),
                notes,
            };
            self.table(&mut draft, asked).await?;
        }
        Ok(draft)
    }

    async fn by_population_group(&self) -> Result<Draft, Error> {
        let mut draft = self.money(
            "funds.by_population_group",
            [
                "Medlen per befolkningsgrupp",
                "The funds by population group",
            ],
        );
        let mut rows = Rows::new();
        for (year, kind) in self.scope.rounds.iter().copied() {
            if kind != RecipientKind::Municipality {
                continue;
            }
            let groups = (1..=5).map(|group: u8| group.to_string());
            let groups = groups.chain(std::iter::once("NOT_AVAILABLE".to_owned()));
            rows.extend(groups.map(|group| {
                let names = vec![
                    same(&year.to_string()),
                    self.label(GroupKind::PopulationGroup, &group),
                ];
                let key = FigureKey::year(Some(year)).kind(Some(kind));
                (names, key.group(GroupKind::PopulationGroup, group))
            }));
        }
        let asked = Asked {
            code: "municipalities".to_owned(),
            title: both([
                "Kommuner per befolkningsgrupp",
                "Municipalities by population group",
            ]),
            labels: vec![
                YEAR,
                ("population_group", GroupKind::PopulationGroup.title()),
            ],
            columns: wanted(&[
                "fund.participation_rate",
                "fund.paid",
                "fund.used",
                "fund.usage_rate",
                "fund.paid_per_inhabitant",
            ]),
            rows,
            notes: vec![[
                "Befolkningsgrupperna är beslutets: 1 till 5 i fördelningsnyckeln.",
                "The population groups are the decision's: 1 to 5 in the allocation key.",
            ]],
        };
        self.table(&mut draft, asked).await?;
        Ok(draft)
    }

    async fn use_areas(&self) -> Result<Draft, Error> {
        let mut draft = self.money(
            "funds.use_areas",
            ["Vad medlen har använts till", "What the money was used for"],
        );
        let codes = self.catalogue.items("USE_AREA").into_iter();
        let codes: Vec<String> = codes.map(|one| one.code.clone()).collect();
        for (code, title, definition) in [
            (
                "amounts",
                [
                    "Använt per användningsområde, kronor",
                    "Used by use area, SEK",
                ],
                "fund.used_in_area",
            ),
            (
                "shares",
                [
                    "Andel av använt per användningsområde",
                    "Share of used by use area",
                ],
                "fund.share_of_use",
            ),
        ] {
            let asked = Asked {
                code: code.to_owned(),
                title: both(title),
                labels: vec![YEAR, KIND],
                columns: wanted_by(definition, GroupKind::UseArea, &codes),
                rows: self.years_and_kinds(),
                notes: Vec::new(),
            };
            self.table(&mut draft, asked).await?;
        }
        Ok(draft)
    }

    async fn applications(&self) -> Result<Draft, Error> {
        let mut draft = Draft::new(
            "funds.applications",
            [
                "Ansökningar, bifall och avslag",
                "Applications, granted and declined",
            ],
            [
                "Redovisningen omfattar inga omgångar med ansökan.",
                "The report accounts for no rounds by application.",
            ],
        );
        let by_application = |(_, kind): &&(i32, RecipientKind)| *kind == RecipientKind::Ngo;
        let rounds = self.scope.rounds.iter().filter(by_application);
        let rows = rounds.map(|(year, kind)| {
            let names = vec![same(&year.to_string()), Self::kind(*kind, Some(*year))];
            (names, FigureKey::year(Some(*year)).kind(Some(*kind)))
        });
        let asked = Asked {
            code: "decisions".to_owned(),
            title: both(["Ansökningar och beslut", "Applications and decisions"]),
            labels: vec![YEAR, KIND],
            columns: wanted(&[
                "application.received",
                "application.granted",
                "application.partly_granted",
                "application.declined",
                "application.withdrawn",
                "application.undecided",
                "application.applied",
                "fund.granted",
            ]),
            rows: rows.collect(),
            notes: Vec::new(),
        };
        self.table(&mut draft, asked).await?;
        Ok(draft)
    }

    async fn repayments(&self) -> Result<Draft, Error> {
        let mut draft = self.money("funds.repayments", ["Återbetalningar", "Repayments"]);
        let asked = Asked {
            code: "by_year".to_owned(),
            title: both([
                "Ej använt, återbetalt och kvar att återbetala",
                "Unused, repaid and outstanding",
            ]),
            labels: vec![YEAR, KIND],
            columns: wanted(&[
                "fund.reported_unused",
                "fund.repaid",
                "fund.outstanding",
                "fund.unreported",
            ]),
            rows: self.years_and_kinds(),
            notes: vec![[
                "Ej redovisat är utbetalt till dem som inte har lämnat återrapportering.",
                "Unreported is what was paid to those that have not handed in a usage report.",
            ]],
        };
        self.table(&mut draft, asked).await?;
        Ok(draft)
    }
}

//! Part 4: the figures that conclusions rest on, and what earlier documents found.

use super::compose::{Composer, Draft, both, same};
use super::model::{Both, Cell, Column, Row};
use crate::reports::figure::{Definition, GroupKind, definition};
use crate::reports::{Error, FigureKey};

/// The titles of the parts where the decisions' documents print none.
const PARTS: [[&str; 2]; 4] = [
    [
        "Det nationella och regionala kompetensstödet",
        "The national and regional competence support",
    ],
    [
        "Redovisning av utvecklingsmedlen",
        "Account of the development funds",
    ],
    ["Analys av utvecklingen", "Analysis of the development"],
    ["Sammanfattande slutsatser", "Conclusions"],
];

/// What the agencies conclude: a section of texts, which no figure stands for.
fn drawn() -> Draft {
    Draft::new(
        "conclusions.drawn",
        ["Slutsatser", "Conclusions"],
        [
            "De ansvariga myndigheterna har inte lämnat några slutsatser.",
            "The agencies responsible have not handed in any conclusions.",
        ],
    )
}

impl Composer<'_> {
    /// The title of a part: as the documents print it, where they do.
    pub(super) fn part_title(&self, number: usize) -> Both {
        let [sv, en] = PARTS
            .get(number.saturating_sub(1))
            .copied()
            .unwrap_or(["", ""]);
        let printed = self
            .contents("PART")
            .find(|one| usize::try_from(one.number) == Ok(number));
        let sv = printed.map_or(sv, |one| one.title.as_str());
        [sv.to_owned(), en.to_owned()]
    }

    /// The sections of part 4.
    pub(super) async fn conclusions(&self) -> Result<Vec<Draft>, Error> {
        Ok(vec![self.summary().await?, self.findings(), drawn()])
    }

    /// The last year that the report accounts for, in a few figures.
    async fn summary(&self) -> Result<Draft, Error> {
        let mut draft = Draft::new(
            "conclusions.summary",
            ["Sammanfattning i siffror", "Summary in figures"],
            [
                "Det finns inga siffror att sammanfatta i datauttaget.",
                "There are no figures to sum up in the dataset.",
            ],
        );
        let mut wanted: Vec<(&'static Definition, FigureKey)> = Vec::new();
        let mut want =
            |code: &str, key: FigureKey| wanted.extend(definition(code).map(|one| (one, key)));
        let years = self.scope.years();
        if let (Some(first), Some(last)) = (years.first(), years.last()) {
            for kind in self.scope.kinds() {
                for code in ["fund.usage_rate", "fund.participation_rate"] {
                    for year in std::collections::BTreeSet::from([first, last]) {
                        want(code, FigureKey::year(Some(*year)).kind(Some(kind)));
                    }
                }
            }
            for year in &years {
                want("administration.share", FigureKey::year(Some(*year)));
            }
            if self.scope.is_whole {
                for code in [
                    "fund.paid",
                    "fund.used",
                    "fund.repaid",
                    "fund.outstanding",
                    "fund.unreported",
                ] {
                    want(code, FigureKey::year(None));
                }
            }
        }
        if let Some(last) = self.scope.event_years.last() {
            let year = (!self.scope.has_all_events).then_some(*last);
            for kind in [
                analytics::figure::RecipientKind::Municipality,
                analytics::figure::RecipientKind::Region,
            ] {
                want("coverage.rate", FigureKey::year(year).kind(Some(kind)));
            }
        }
        if let Some(version) = self.scope.plan {
            let key = FigureKey::default().group(GroupKind::Version, version.to_string());
            want("plan.state_share", key.group(GroupKind::State, "COMPLETED"));
        }
        let mut rows = Vec::new();
        for (definition, key) in wanted {
            if let Some(figure) = self.figure(definition, &key).await? {
                let title = figure.title.clone();
                let unit = figure.unit;
                let unit = [
                    crate::reports::Language::Swedish,
                    crate::reports::Language::English,
                ]
                .map(|language| unit.label(language).to_owned());
                rows.push(Row {
                    cells: vec![Cell::Text(title), draft.cell(figure), Cell::Text(unit)],
                });
            }
        }
        if !rows.is_empty() {
            let columns = [
                ("figure", ["Siffra", "Figure"], true),
                ("value", ["Värde", "Value"], false),
                ("unit", ["Enhet", "Unit"], true),
            ];
            let columns = columns.map(|(key, title, is_label)| Column {
                key: key.to_owned(),
                title: both(title),
                unit: None,
                is_label,
            });
            draft.add(
                "figures",
                both(["Siffror i sammandrag", "Figures in short"]),
                columns.to_vec(),
                rows,
                Vec::new(),
            );
        }
        Ok(draft)
    }

    /// What the documents about the assignment found already.
    fn findings(&self) -> Draft {
        let mut draft = Draft::new(
            "conclusions.findings",
            [
                "Iakttagelser i tidigare dokument",
                "Findings of earlier documents",
            ],
            [
                "Inga iakttagelser är kända ur uppdragets dokument.",
                "No findings are known from the documents of the assignment.",
            ],
        );
        let found = self
            .contents("FINDING")
            .map(|one| (["Iakttagelse", "Finding"], one));
        let difficulties = self
            .contents("DIFFICULTY_FOUND")
            .map(|one| (["Svårighet", "Difficulty"], one));
        let rows = found.chain(difficulties).map(|(what, one)| Row {
            cells: vec![Cell::Text(both(what)), Cell::Text(same(&one.title))],
        });
        let rows: Vec<Row> = rows.collect();
        if !rows.is_empty() {
            let columns = [("what", ["Slag", "What"]), ("text", ["Text", "Text"])];
            let columns = columns.map(|(key, title)| Column {
                key: key.to_owned(),
                title: both(title),
                unit: None,
                is_label: true,
            });
            let title = both([
                "Iakttagelser och svårigheter, som de är tryckta",
                "Findings and difficulties, as printed",
            ]);
            draft.add("printed", title, columns.to_vec(), rows, Vec::new());
        }
        draft
    }

    /// What documents say of the contents of the assignment's reports, by number.
    pub(super) fn contents(
        &self,
        kind: &'static str,
    ) -> impl Iterator<Item = &entity::report_content::Model> {
        let own = self.catalogue.report_contents.iter();
        own.filter(move |one| one.assignment == self.scope.assignment && one.row_kind == kind)
    }
}

//! Part 1: the assignment, and whom the competence support has reached; the joint plan is in `plan`.

use analytics::figure::RecipientKind;

use super::compose::{Asked, Composer, Draft, both, same, wanted, wanted_by};
use super::model::{Both, Cell, Column, Row};
use crate::reports::figure::GroupKind;
use crate::reports::{Error, FigureKey};

const COVERAGE: &[&str] = &[
    "coverage.rate",
    "coverage.rate_by_population",
    "coverage.events_per_recipient",
    "coverage.unreached",
    "coverage.events",
];

/// Kinds of recipient that support is given to.
const SUPPORTED: [RecipientKind; 3] = [
    RecipientKind::Municipality,
    RecipientKind::Region,
    RecipientKind::Ngo,
];

impl Composer<'_> {
    /// The sections of part 1.
    pub(super) async fn competence(&self) -> Result<Vec<Draft>, Error> {
        Ok(vec![
            self.assignment(),
            self.coverage().await?,
            self.plan().await?,
        ])
    }

    /// What the report refers to: the decisions by their registry numbers.
    fn assignment(&self) -> Draft {
        let mut draft = Draft::new(
            "assignment",
            ["Uppdraget och besluten", "The assignment and the decisions"],
            ["Uppdraget är inte känt.", "The assignment is not known."],
        );
        let asked = &self.scope.deliverable;
        let name = |code: &str| {
            let found = self.catalogue.organisation(code);
            found.map_or_else(|| code.to_owned(), |one| one.name.clone())
        };
        let mut rows: Vec<(Both, Both)> = Vec::new();
        let mut add = |title: [&str; 2], text: Both| rows.push((both(title), text));
        let own = self.catalogue.decisions.iter();
        for one in own.filter(|one| one.assignment == self.scope.assignment) {
            let day = one
                .decided_on
                .map_or_else(String::new, |day| format!(", {day}"));
            let text = format!(
                "{}, {}{day}",
                one.registry_number,
                name(one.issuer.as_str())
            );
            add(
                ["Beslut (diarienummer)", "Decision (registry number)"],
                same(&text),
            );
        }
        if let Some(one) = self.catalogue.assignment(&self.scope.assignment) {
            add(["Uppdrag", "Assignment"], same(&one.title));
            let period = format!("{}–{}", one.period_start_year, one.period_end_year);
            add(["Period", "Period"], same(&period));
            add(
                ["Samordnare", "Coordinator"],
                same(&name(one.coordinator.as_str())),
            );
            if let Some(evaluator) = &one.evaluator {
                add(
                    ["Utvärderare", "Evaluator"],
                    same(&name(evaluator.as_str())),
                );
            }
        }
        let responsible: Vec<String> = asked.responsible.iter().map(name).collect();
        add(
            ["Ansvariga för redovisningen", "Responsible for the report"],
            same(&responsible.join(", ")),
        );
        if let Some(receiver) = &asked.receiver {
            add(["Mottagare", "Receiver"], same(receiver));
        }
        let undated = ["Inget datum anges", "No day is stated"];
        let due = asked
            .due_on
            .map_or_else(|| both(undated), |day| same(&day.to_string()));
        add(["Sista dag", "Last day"], due);
        let columns = [
            ("what", ["Uppgift", "Item"]),
            ("value", ["Innehåll", "Content"]),
        ];
        let columns = columns.map(Column::of_names);
        let rows = rows.into_iter().map(|(what, value)| Row {
            cells: vec![Cell::Text(what), Cell::Text(value)],
        });
        draft.add(
            "decisions",
            both(["Uppdraget", "The assignment"]),
            columns.to_vec(),
            rows.collect(),
            Vec::new(),
        );
        draft
    }

    async fn coverage(&self) -> Result<Draft, Error> {
        let mut draft = Draft::new(
            "support.coverage",
            ["Stödinsatser och täckning", "Support events and coverage"],
            self.scope.without_events(),
        );
        // Without all events the sums over all years are not the report's: its last year stands instead.
        let year = if self.scope.has_all_events {
            None
        } else {
            self.scope.event_years.last().copied()
        };
        let Some(_) = self.scope.event_years.last() else {
            return Ok(draft);
        };
        let whole = |kind: RecipientKind| FigureKey::year(year).kind(Some(kind));
        let title = |of: [&str; 2]| {
            let [sv, en] = of;
            match year {
                None => [sv.to_owned(), en.to_owned()],
                Some(year) => [format!("{sv}, {year}"), format!("{en}, {year}")],
            }
        };
        let by_kind = Asked {
            code: "by_kind".to_owned(),
            title: title(["Täckning per mottagartyp", "Coverage by kind of recipient"]),
            labels: vec![("recipient_kind", ["Mottagartyp", "Kind of recipient"])],
            columns: wanted(COVERAGE),
            rows: SUPPORTED
                .iter()
                .map(|kind| (vec![Self::kind(*kind, None)], whole(*kind)))
                .collect(),
            notes: vec![
                [
                    "Insatser räknas en gång var; en insats kan nå flera mottagare.",
                    "Each event is counted once; an event may reach several recipients.",
                ],
                [
                    "Mottagare på skyddad plats ingår inte i täckningen: vem som höll en insats säger var de är som den nådde.",
                    "Recipients with a protected location are not in the coverage: who held an event tells where those are that it reached.",
                ],
            ],
        };
        self.table(&mut draft, by_kind).await?;
        let by_year = self.scope.event_years.iter().flat_map(|year| {
            let row = |kind| {
                let names = vec![same(&year.to_string()), Self::kind(kind, Some(*year))];
                (names, FigureKey::year(Some(*year)).kind(Some(kind)))
            };
            [RecipientKind::Municipality, RecipientKind::Region].map(row)
        });
        let by_year = Asked {
            code: "by_year".to_owned(),
            title: both(["Täckning per år", "Coverage by year"]),
            labels: vec![
                ("event_year", ["År", "Year"]),
                ("recipient_kind", ["Mottagartyp", "Kind of recipient"]),
            ],
            columns: wanted(COVERAGE),
            rows: by_year.collect(),
            notes: Vec::new(),
        };
        self.table(&mut draft, by_year).await?;
        let of_group = |kind: GroupKind, code: String| {
            let key = whole(RecipientKind::Municipality).group(kind, code.clone());
            (vec![self.label(kind, &code)], key)
        };
        let groups: Vec<String> = (1..=5).map(|group: u8| group.to_string()).collect();
        let events = self
            .reports
            .support_events(self.dataset, &self.scope.assignment)
            .await?;
        let mut forms: Vec<String> = events.iter().map(|(event, _)| event.form.clone()).collect();
        let organisations = events.iter();
        let mut organisations: Vec<String> = organisations
            .map(|(event, _)| event.organisation_code.to_string())
            .collect();
        let mut numbers: Vec<String> = self
            .catalogue
            .main_activities
            .iter()
            .filter(|one| one.assignment == self.scope.assignment)
            .map(|one| one.number.trim_end_matches(char::is_alphabetic).to_owned())
            .collect();
        for codes in [&mut forms, &mut organisations, &mut numbers] {
            codes.sort_unstable();
            codes.dedup();
        }
        let activities = numbers.clone();
        for (code, heading, kind, codes) in [
            (
                "by_county",
                [
                    "Kommunernas täckning per län",
                    "Coverage of municipalities by county",
                ],
                GroupKind::County,
                self.counties(),
            ),
            (
                "by_population_group",
                [
                    "Kommunernas täckning per befolkningsgrupp",
                    "Coverage of municipalities by population group",
                ],
                GroupKind::PopulationGroup,
                groups,
            ),
            (
                "by_main_activity",
                [
                    "Kommunernas täckning per huvudaktivitet",
                    "Coverage of municipalities by main activity",
                ],
                GroupKind::MainActivity,
                numbers,
            ),
            (
                "by_form",
                [
                    "Kommunernas täckning per insatsform",
                    "Coverage of municipalities by form of support",
                ],
                GroupKind::Form,
                forms,
            ),
            (
                "by_organisation",
                [
                    "Kommunernas täckning per myndighet",
                    "Coverage of municipalities by organisation",
                ],
                GroupKind::Organisation,
                organisations,
            ),
        ] {
            let asked = Asked {
                code: code.to_owned(),
                title: title(heading),
                labels: vec![(kind.key(), kind.title())],
                columns: wanted(COVERAGE),
                rows: codes.into_iter().map(|code| of_group(kind, code)).collect(),
                notes: vec![[
                    "Insatser per grupp kan inte läggas ihop: en insats kan nå flera grupper.",
                    "Events by group do not add up: an event may reach several groups.",
                ]],
            };
            self.table(&mut draft, asked).await?;
        }
        let asked = Asked {
            code: "county_and_main_activity".to_owned(),
            title: title([
                "Kommunernas täckning per län och huvudaktivitet",
                "Coverage of municipalities by county and main activity",
            ]),
            labels: vec![(GroupKind::County.key(), GroupKind::County.title())],
            columns: wanted_by("coverage.rate", GroupKind::MainActivity, &activities),
            rows: self
                .counties()
                .into_iter()
                .map(|code| of_group(GroupKind::County, code))
                .collect(),
            notes: vec![[
                "Huvudaktiviteterna står med namn i tabellen per huvudaktivitet.",
                "The main activities stand by name in the table by main activity.",
            ]],
        };
        self.table(&mut draft, asked).await?;
        Ok(draft)
    }
}

impl GroupKind {
    /// What a column with such groups is called in a file.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::County => "county",
            Self::PopulationGroup => "population_group",
            Self::MainActivity => "main_activity",
            Self::Form => "form",
            Self::Organisation => "organisation",
            Self::CostKind => "cost_kind",
            _ => "group",
        }
    }

    /// The title of a column with such groups.
    pub(super) const fn title(self) -> [&'static str; 2] {
        match self {
            Self::County => ["Län", "County"],
            Self::PopulationGroup => ["Befolkningsgrupp", "Population group"],
            Self::MainActivity => ["Huvudaktivitet", "Main activity"],
            Self::Form => ["Insatsform", "Form of support"],
            Self::Organisation => ["Myndighet", "Organisation"],
            Self::CostKind => ["Kostnadsslag", "Kind of cost"],
            _ => ["Grupp", "Group"],
        }
    }
}

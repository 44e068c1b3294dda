//! The joint plan in part 1: how far it has come, by organisation, and each of its activities.

use super::compose::{Asked, Composer, Draft, both, same, wanted};
use super::model::{Cell, Column, Row};
use crate::reports::figure::{GroupKind, STATES};
use crate::reports::{Error, FigureKey};

impl Composer<'_> {
    /// How far the decided plan has come, and each of its activities.
    pub(super) async fn plan(&self) -> Result<Draft, Error> {
        let mut draft = Draft::new(
            "support.plan",
            ["Genomförandeplanen", "The joint plan"],
            [
                "Uppdraget har ingen beslutad plan i datauttaget.",
                "The assignment has no decided plan in the dataset.",
            ],
        );
        let Some(version) = self.scope.plan else {
            return Ok(draft);
        };
        let key = FigureKey::default().group(GroupKind::Version, version.to_string());
        let on = self.dataset.today;
        let states = Asked {
            code: "states".to_owned(),
            title: [
                format!("Delaktiviteternas läge den {on}, planversion {version}"),
                format!("State of the activities on {on}, plan version {version}"),
            ],
            labels: vec![("state", ["Läge", "State"])],
            columns: wanted(&["plan.activities_in_state", "plan.state_share"]),
            rows: STATES
                .iter()
                .map(|(_, word, title)| {
                    (
                        vec![both(*title)],
                        key.clone().group(GroupKind::State, *word),
                    )
                })
                .collect(),
            notes: Vec::new(),
        };
        self.table(&mut draft, states).await?;
        let plan = self
            .reports
            .plan(self.dataset, &self.scope.assignment)
            .await?;
        let activities = plan.version(version).map_or(&[][..], |one| &one.activities);
        let organisations = activities.iter().flat_map(|one| one.responsible.iter());
        let mut organisations: Vec<String> = organisations.map(str::to_owned).collect();
        organisations.sort_unstable();
        organisations.dedup();
        let rows = organisations.into_iter().map(|code| {
            let names = vec![self.label(GroupKind::Organisation, &code)];
            (names, key.clone().group(GroupKind::Organisation, code))
        });
        let whole = (vec![both(["Hela planen", "The whole plan"])], key.clone());
        let progress = Asked {
            code: "by_organisation".to_owned(),
            title: [
                format!("Delaktiviteter per ansvarig den {on}"),
                format!("Activities by organisation responsible on {on}"),
            ],
            labels: vec![("organisation", ["Ansvarig", "Responsible"])],
            columns: wanted(&["plan.activities", "plan.completed_on_time", "plan.late"]),
            rows: std::iter::once(whole).chain(rows).collect(),
            notes: vec![[
                "En delaktivitet med flera ansvariga räknas under var och en.",
                "An activity of several organisations is counted under each.",
            ]],
        };
        self.table(&mut draft, progress).await?;
        self.activities(&mut draft, version).await?;
        Ok(draft)
    }

    /// Each activity of a version: its planned years, the day it was completed, and its state.
    async fn activities(&self, draft: &mut Draft, version: i64) -> Result<(), Error> {
        let on = self.dataset.today;
        let assignment = &self.scope.assignment;
        let standing = self
            .reports
            .plan_standing(self.dataset, assignment, (version, on))
            .await?;
        let name = |code: &String| {
            let [name, _] = self.label(GroupKind::Organisation, code);
            name
        };
        let rows = standing.answer.activities.iter().map(|one| {
            let activity = &one.activity;
            let responsible: Vec<String> = activity.responsible.iter().map(name).collect();
            let planned = format!("{}–{}", activity.start_year, activity.end_year);
            let completed = one.completed_on;
            let completed = completed.map_or_else(|| "–".to_owned(), |day| day.to_string());
            let state = STATES.iter().find(|(state, ..)| *state == one.state);
            let state = state.map_or(["–", "–"], |(_, _, title)| *title);
            Row {
                cells: vec![
                    Cell::Text(same(&activity.row.to_string())),
                    Cell::Text(same(&activity.title)),
                    Cell::Text(same(&responsible.join(", "))),
                    Cell::Text(same(&planned)),
                    Cell::Text(same(&completed)),
                    Cell::Text(both(state)),
                ],
            }
        });
        let rows: Vec<Row> = rows.collect();
        if rows.is_empty() {
            return Ok(());
        }
        let columns = [
            ("row", ["Rad", "Row"]),
            ("activity", ["Delaktivitet", "Activity"]),
            ("responsible", ["Ansvariga", "Responsible"]),
            ("planned", ["Planerad", "Planned"]),
            ("completed_on", ["Klar", "Completed"]),
            ("state", ["Läge", "State"]),
        ];
        let columns = columns.map(Column::of_names);
        let title = [
            format!("Delaktiviteterna, planerade och genomförda, den {on}"),
            format!("The activities as planned and as completed, on {on}"),
        ];
        let note = both([
            "En delaktivitet är klar när alla ansvariga har slutfört den; dagen är den sistas.",
            "An activity is completed when all responsible have completed it; the day is the last one's.",
        ]);
        draft.add("activities", title, columns.to_vec(), rows, vec![note]);
        Ok(())
    }
}

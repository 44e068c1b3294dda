//! Assignments in the schema, with everything that their decisions say.

use async_graphql::{Context, Object, Result};
use entity::{assignment, programme};

use super::appropriation::{Appropriation, YearAmount, totals};
use super::decision::Decision;
use super::deliverable::Deliverable;
use super::error;
use super::goal::{Goal, MainActivity};
use super::guard::Require;
use super::organisation::Organisation;
use super::published_figure::PublishedFigure;
use super::reading::{Reading, Shelf};
use super::role::Role;
use super::round::Round;
use super::scalars::RegistryNumber;
use super::source::{Source, sources};
use super::source_conflict::{SourceConflict, conflicts};
use super::vocabulary::RecipientKind;
use crate::policy::Action;

/// An assignment of the Government (regeringsuppdrag).
pub struct Assignment {
    shelf: Shelf,
    model: assignment::Model,
}

/// The main number of an assignment that an argument names, by any number that its decisions print.
pub(crate) fn code(
    shelf: &Shelf,
    number: &RegistryNumber,
    path: &str,
) -> Result<entity::RegistryNumber> {
    let found = shelf.catalogue.assignment(&number.0);
    found
        .map(|one| one.code.clone())
        .ok_or_else(|| error::unknown(path, number.0.as_str()))
}

/// The last year of an assignment's period.
pub(crate) fn last_year(shelf: &Shelf, code: &entity::RegistryNumber) -> i32 {
    let found = shelf.catalogue.assignment(code);
    found.map_or(0, |one| {
        i32::try_from(one.period_end_year).unwrap_or(i32::MAX)
    })
}

/// The main numbers of assignments that an argument names.
pub(crate) fn codes(
    shelf: &Shelf,
    numbers: &[RegistryNumber],
    path: &str,
) -> Result<Vec<entity::RegistryNumber>> {
    let each = numbers.iter().enumerate();
    each.map(|(index, number)| code(shelf, number, &format!("{path}[{index}]")))
        .collect()
}

impl Assignment {
    fn new(shelf: &Shelf, model: &assignment::Model) -> Self {
        shelf.used_row(model.row_id);
        Self {
            shelf: shelf.clone(),
            model: model.clone(),
        }
    }

    /// The assignment with a main number.
    pub(crate) fn of_main(shelf: &Shelf, code: &str) -> Option<Self> {
        let model = shelf
            .catalogue
            .assignments
            .iter()
            .find(|one| one.code.as_str() == code)?;
        Some(Self::new(shelf, model))
    }

    /// The facts of the assignment among all of a kind.
    fn own<'a, M>(
        &'a self,
        all: &'a [M],
        of: fn(&M) -> &entity::RegistryNumber,
    ) -> impl Iterator<Item = &'a M> {
        all.iter().filter(move |one| *of(one) == self.model.code)
    }

    fn decision_numbers(&self) -> Vec<&entity::RegistryNumber> {
        self.own(&self.shelf.catalogue.decisions, |one| &one.assignment)
            .map(|one| &one.registry_number)
            .collect()
    }
}

/// An assignment of the Government (regeringsuppdrag).
#[Object]
impl Assignment {
    /// Main registry number (diarienummer).
    async fn code(&self) -> RegistryNumber {
        RegistryNumber(self.model.code.clone())
    }

    /// Swedish title, binding (titel).
    async fn title(&self) -> &str {
        &self.model.title
    }

    /// English title (engelsk titel).
    async fn title_en(&self) -> Option<&str> {
        None
    }

    /// First year (periodens första år).
    async fn period_start_year(&self) -> i64 {
        self.model.period_start_year
    }

    /// Last year (periodens sista år).
    async fn period_end_year(&self) -> i64 {
        self.model.period_end_year
    }

    /// Appropriation item that the money comes from (anslagspost).
    async fn appropriation_item(&self) -> Option<&str> {
        self.model.appropriation_item.as_deref()
    }

    /// Decisions (beslut).
    async fn decisions(&self) -> Vec<Decision> {
        let own = self.own(&self.shelf.catalogue.decisions, |one| &one.assignment);
        own.map(|model| Decision {
            shelf: self.shelf.clone(),
            model: model.clone(),
        })
        .collect()
    }

    /// Assignments before this one (föregående uppdrag).
    async fn predecessors(&self) -> Vec<Assignment> {
        self.model
            .predecessors
            .iter()
            .filter_map(|code| Self::of_main(&self.shelf, code))
            .collect()
    }

    /// Who coordinates it (samordnare).
    async fn coordinator(&self) -> Option<Organisation> {
        Organisation::of(&self.shelf, self.model.coordinator.as_str())
    }

    /// Who evaluates it (utvärderare).
    async fn evaluator(&self) -> Option<Organisation> {
        Organisation::of(&self.shelf, self.model.evaluator.as_ref()?.as_str())
    }

    /// Money set aside by its decisions, by item and year (anslag).
    async fn appropriations(&self) -> Vec<Appropriation> {
        let numbers = self.decision_numbers();
        let own = self
            .shelf
            .catalogue
            .appropriations
            .iter()
            .filter(|one| numbers.contains(&&one.decision));
        own.map(|model| Appropriation {
            shelf: self.shelf.clone(),
            model: model.clone(),
        })
        .collect()
    }

    /// The same in sum by year (anslag per år).
    async fn appropriation_totals(&self) -> Vec<YearAmount> {
        let numbers = self.decision_numbers();
        totals(
            self.shelf
                .catalogue
                .appropriations
                .iter()
                .filter(|one| numbers.contains(&&one.decision)),
        )
    }

    /// Programmes (statsbidrag).
    async fn programmes(&self) -> Vec<Programme> {
        let own = self.own(&self.shelf.catalogue.programmes, |one| &one.assignment);
        own.map(|model| Programme {
            shelf: self.shelf.clone(),
            model: model.clone(),
        })
        .collect()
    }

    /// What its decisions ask for (redovisningar och planer).
    async fn deliverables(&self) -> Vec<Deliverable> {
        let own = self.own(&self.shelf.catalogue.deliverables, |one| &one.assignment);
        own.map(|model| Deliverable {
            shelf: self.shelf.clone(),
            model: model.clone(),
        })
        .collect()
    }

    /// Goals, development areas and priorities (mål, utvecklingsområden).
    async fn goals(&self) -> Vec<Goal> {
        let own = self.own(&self.shelf.catalogue.goals, |one| &one.assignment);
        own.map(|model| Goal {
            shelf: self.shelf.clone(),
            model: model.clone(),
        })
        .collect()
    }

    /// Main activities (huvudaktiviteter).
    async fn main_activities(&self) -> Vec<MainActivity> {
        let own = self.own(&self.shelf.catalogue.main_activities, |one| &one.assignment);
        own.map(|model| MainActivity {
            shelf: self.shelf.clone(),
            model: model.clone(),
        })
        .collect()
    }

    /// Parts of organisations in it, one for each passage that says so (roller).
    async fn roles(&self) -> Vec<Role> {
        let own = self.own(&self.shelf.catalogue.roles, |one| &one.assignment);
        own.map(|model| Role {
            shelf: self.shelf.clone(),
            model: model.clone(),
        })
        .collect()
    }

    /// Figures that documents publish about it (publicerade uppgifter).
    async fn published_figures(&self) -> Vec<PublishedFigure> {
        let own = self.own(&self.shelf.catalogue.published_figures, |one| {
            &one.assignment
        });
        own.map(|model| PublishedFigure {
            shelf: self.shelf.clone(),
            model: model.clone(),
        })
        .collect()
    }

    /// Where the documents contradict each other: every statement is kept (motstridiga uppgifter).
    async fn source_conflicts(&self) -> Vec<SourceConflict> {
        conflicts(
            &self.shelf,
            self.own(&self.shelf.catalogue.source_conflicts, |one| {
                &one.assignment
            }),
        )
    }

    /// Where it is known from (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        sources(ctx, &self.shelf, self.model.row_id, Some(&self.model.code)).await
    }
}

/// A programme (statsbidrag): the unit that recurs.
pub struct Programme {
    pub(crate) shelf: Shelf,
    pub(crate) model: programme::Model,
}

/// A programme (statsbidrag): the unit that recurs.
#[Object]
impl Programme {
    /// Code (kod).
    async fn code(&self) -> &str {
        &self.model.code
    }

    /// Swedish title, binding (titel).
    async fn title(&self) -> &str {
        &self.model.title
    }

    /// English title (engelsk titel).
    async fn title_en(&self) -> Option<&str> {
        None
    }

    /// Who receives; null where two kinds share one sum (mottagartyp).
    async fn recipient_kind(&self) -> Option<RecipientKind> {
        self.model.recipient_kind.map(RecipientKind::from)
    }

    /// Rounds (omgångar).
    async fn rounds(&self) -> Vec<Round> {
        let own = self
            .shelf
            .catalogue
            .rounds
            .iter()
            .filter(|one| one.programme == self.model.code);
        own.map(|model| Round::new(&self.shelf, model)).collect()
    }

    /// Where it is known from (källor).
    async fn sources(&self, ctx: &Context<'_>) -> Result<Vec<Source>> {
        sources(
            ctx,
            &self.shelf,
            self.model.row_id,
            Some(&self.model.assignment),
        )
        .await
    }
}

/// Reading assignments.
#[derive(Default)]
pub struct AssignmentQuery(pub Reading);

/// Reading assignments.
#[Object(guard = "Require(Action::ReadFigures)")]
impl AssignmentQuery {
    /// An assignment by its main number, else by a number that one of its decisions prints (uppdrag).
    async fn assignment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Registry number (diarienummer).")] registry_number: RegistryNumber,
    ) -> Result<Option<Assignment>> {
        let shelf = self.0.open(ctx).await?;
        let found = shelf
            .catalogue
            .assignment(&registry_number.0)
            .map(|model| Assignment::new(&shelf, model));
        found
            .map(Some)
            .ok_or_else(|| error::unknown("registryNumber", registry_number.0.as_str()))
    }

    /// All assignments (uppdrag).
    async fn assignments(&self, ctx: &Context<'_>) -> Result<Option<Vec<Assignment>>> {
        let shelf = self.0.open(ctx).await?;
        Ok(Some(
            shelf
                .catalogue
                .assignments
                .iter()
                .map(|model| Assignment::new(&shelf, model))
                .collect(),
        ))
    }
}

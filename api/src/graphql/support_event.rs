//! Support events in the schema. No field tells whom one reached: that would place the protected.

use analytics::coverage::is_part_of;
use async_graphql::{Context, InputObject, Object, Result};
use chrono::Datelike;
use entity::support_event;

use super::code_list_item::CodeListItem;
use super::fund_filter::known;
use super::goal::MainActivity;
use super::guard::Require;
use super::organisation::Organisation;
use super::page::{Node, PageOf, Place};
use super::reading::{Reading, Shelf};
use super::scalars::{Date, OrganisationCode, RegistryNumber};
use super::source::{self, Source};
use super::{assignment, error};
use crate::intake::sort_key;
use crate::policy::Action;

/// A support event (insats): one occasion of competence support.
pub struct SupportEvent {
    shelf: Shelf,
    model: support_event::Model,
}

impl SupportEvent {
    /// An event that counts.
    pub(crate) fn new(shelf: &Shelf, model: &support_event::Model) -> Self {
        shelf.used_row(model.row_id);
        Self {
            shelf: shelf.clone(),
            model: model.clone(),
        }
    }

    /// Whether an organisation has held it.
    pub(crate) fn is_held_by(&self, organisation: &entity::OrganisationCode) -> bool {
        self.model.organisation_code == *organisation
    }
}

/// Every event of an assignment, by day.
pub(crate) async fn of_assignment(
    shelf: &Shelf,
    assignment: &entity::RegistryNumber,
) -> Result<Vec<SupportEvent>> {
    let reports = &shelf.request.reports;
    let events = reports.support_events(&shelf.dataset, assignment);
    let events = events.await.map_err(error::report)?;
    let mut nodes: Vec<SupportEvent> = (events.iter())
        .map(|(model, _)| SupportEvent::new(shelf, model))
        .collect();
    nodes.sort_by_cached_key(SupportEvent::place);
    Ok(nodes)
}

/// Which support events (urval av insatser).
#[derive(Clone, Debug, Default, InputObject)]
pub struct SupportEventFilter {
    /// Years of the events (insatsår).
    years: Option<Vec<i32>>,
    /// Main activities; `4` includes 4a, 4b and 4c (huvudaktiviteter).
    main_activities: Option<Vec<String>>,
    /// Forms of support (insatsformer).
    forms: Option<Vec<String>>,
    /// Organisations that held the events (myndigheter).
    organisations: Option<Vec<OrganisationCode>>,
}

/// Reading support events.
#[derive(Default)]
pub struct SupportEventQuery(pub Reading);

/// Reading support events.
#[Object(guard = "Require(Action::ReadFigures)")]
impl SupportEventQuery {
    /// The support events of an assignment by day (insatser). A page holds 500 at most.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is an argument of the field"
    )]
    #[graphql(complexity = "super::page::cost(first, last, child_complexity)")]
    async fn support_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(name = "where", desc = "Which events (urval).")] filter: Option<
            SupportEventFilter,
        >,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<PageOf<SupportEvent>>> {
        let shelf = self.0.open(ctx).await?;
        let code = assignment::code(&shelf, &assignment, "assignment")?;
        let filter = filter.unwrap_or_default();
        filter.check(&shelf, &code)?;
        let mut found = of_assignment(&shelf, &code).await?;
        found.retain(|one| filter.takes(&one.model));
        super::page::of(found, first, after, last, before)
            .await
            .map(Some)
    }
}

impl SupportEventFilter {
    fn check(&self, shelf: &Shelf, assignment: &entity::RegistryNumber) -> Result<()> {
        let catalogue = &shelf.catalogue;
        let is_activity = |number: &String| {
            let mut all = catalogue.main_activities.iter();
            all.any(|one| one.assignment == *assignment && one.number == *number)
        };
        let activities = self.main_activities.clone();
        known(
            activities,
            "where.mainActivities",
            is_activity,
            Clone::clone,
        )?;
        let is_form = |code: &String| catalogue.form(code).is_some();
        known(self.forms.clone(), "where.forms", is_form, Clone::clone)?;
        let is_organisation =
            |code: &OrganisationCode| catalogue.organisation(code.0.as_str()).is_some();
        let organisations = self.organisations.clone();
        known(
            organisations,
            "where.organisations",
            is_organisation,
            |code| code.0.to_string(),
        )?;
        Ok(())
    }

    fn takes(&self, model: &support_event::Model) -> bool {
        let is_part = |asked: &String| is_part_of(&model.main_activity, asked);
        (self.years.as_ref()).is_none_or(|years| years.contains(&model.held_on.year()))
            && (self.main_activities.as_ref()).is_none_or(|asked| asked.iter().any(is_part))
            && (self.forms.as_ref()).is_none_or(|forms| forms.contains(&model.form))
            && self
                .organisations
                .as_ref()
                .is_none_or(|asked| asked.iter().any(|code| code.0 == model.organisation_code))
    }
}

impl Node for SupportEvent {
    const CONNECTION: &'static str = "supportEvents";

    /// By day, then by organisation and code.
    fn place(&self) -> Place {
        Place {
            connection: Self::CONNECTION.into(),
            sort_key: sort_key(&self.model.held_on.to_string()),
            code: format!("{}|{}", self.model.organisation_code, self.model.code),
        }
    }
}

/// A support event (insats): one occasion of competence support.
#[Object]
impl SupportEvent {
    /// Code, unique within the organisation (insats-id).
    async fn code(&self) -> &str {
        &self.model.code
    }

    /// Title, Swedish (titel).
    async fn title(&self) -> &str {
        &self.model.title
    }

    /// Day (datum).
    async fn held_on(&self) -> Date {
        Date(self.model.held_on)
    }

    /// Form of support (insatsform).
    async fn form(&self) -> CodeListItem {
        CodeListItem::form(&self.shelf, &self.model.form)
    }

    /// Main activity (huvudaktivitet).
    async fn main_activity(&self) -> Option<MainActivity> {
        MainActivity::of(
            &self.shelf,
            &self.model.assignment,
            &self.model.main_activity,
        )
    }

    /// Organisation that held it (myndighet).
    async fn organisation(&self) -> Option<Organisation> {
        Organisation::of(&self.shelf, self.model.organisation_code.as_str())
    }

    /// Audience (målgrupp).
    async fn audience(&self) -> CodeListItem {
        CodeListItem::of(&self.shelf, "AUDIENCE", &self.model.audience)
    }

    /// Participants (antal deltagare).
    async fn participant_count(&self) -> i64 {
        self.model.participants
    }

    /// Whether it was digital; null where not said (digitalt).
    async fn is_digital(&self) -> Option<bool> {
        self.model.digital
    }

    /// Where it is known from (källa).
    async fn source(&self, ctx: &Context<'_>) -> Result<Option<Source>> {
        let assignment = Some(&self.model.assignment);
        source::source(ctx, &self.shelf, self.model.row_id, assignment).await
    }
}

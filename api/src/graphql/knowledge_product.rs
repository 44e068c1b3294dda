//! Knowledge products in the schema.

use async_graphql::{Context, Object, Result};
use entity::knowledge_product;

use super::assignment::Assignment;
use super::error;
use super::fund_usage::whole_or_refused;
use super::goal::MainActivity;
use super::guard::Require;
use super::organisation::Organisation;
use super::page::{Node, PageOf, Place};
use super::reading::{Reading, Shelf};
use super::scalars::OrganisationCode;
use super::source::{Source, sources};
use super::vocabulary::Absent;
use crate::intake::sort_key;
use crate::policy::Action;

/// Cells of a knowledge product.
const CELLS_A_PRODUCT: usize = 8;

/// A knowledge product of an agency (kunskapsstöd): regulations, handbooks, courses, web support.
pub struct KnowledgeProduct {
    shelf: Shelf,
    model: knowledge_product::Model,
}

impl Node for KnowledgeProduct {
    const CONNECTION: &'static str = "knowledge";

    /// In Swedish alphabetical order of titles; equal titles by organisation.
    fn place(&self) -> Place {
        let (code, title) = (&self.model.organisation_code, &self.model.title);
        Place {
            connection: Self::CONNECTION.into(),
            sort_key: sort_key(title),
            code: format!("{}|{code}|{title}", self.model.assignment),
        }
    }
}

/// A knowledge product of an agency (kunskapsstöd): regulations, handbooks, courses, web support.
#[Object]
impl KnowledgeProduct {
    /// Assignment whose documents list it (uppdrag).
    async fn assignment(&self) -> Option<Assignment> {
        Assignment::of_main(&self.shelf, self.model.assignment.as_str())
    }

    /// Whose it is (ansvarig myndighet).
    async fn organisation(&self) -> Option<Organisation> {
        Organisation::of(&self.shelf, self.model.organisation_code.as_str())
    }

    /// Swedish title, as printed (titel).
    async fn title(&self) -> &str {
        &self.model.title
    }

    /// English title (engelsk titel).
    async fn title_en(&self) -> Option<&str> {
        None
    }

    /// The heading that it stands under, as printed (kategori).
    async fn category(&self) -> &str {
        &self.model.category
    }

    /// When it came out; null where no source says (år).
    async fn year(&self) -> Option<i64> {
        self.model.year
    }

    /// Whether and when it is revised or comes out, as printed; null where no source says (revideringsläge).
    async fn status(&self) -> Option<&str> {
        self.model.status.as_deref()
    }

    /// Where it is found; null where no source says (webbadress).
    async fn url(&self) -> Option<&str> {
        self.model.url.as_deref()
    }

    /// What it is, as printed (beskrivning).
    async fn description(&self) -> Option<&str> {
        self.model.description.as_deref()
    }

    /// Main activities that it belongs to (huvudaktiviteter).
    async fn main_activities(&self) -> Vec<MainActivity> {
        let numbers = self.model.main_activities.iter();
        numbers
            .filter_map(|number| MainActivity::of(&self.shelf, &self.model.assignment, number))
            .collect()
    }

    /// Why it has no main activity: `NOT_AVAILABLE` where no source says (orsak till att huvudaktivitet saknas).
    async fn main_activities_absent(&self) -> Option<Absent> {
        let none = self.model.main_activities.iter().next().is_none();
        none.then_some(Absent::NotAvailable)
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

/// Reading knowledge products.
#[derive(Default)]
pub struct KnowledgeProductQuery(pub Reading);

/// Reading knowledge products.
#[Object(guard = "Require(Action::ReadFigures)")]
impl KnowledgeProductQuery {
    /// Knowledge products of the agencies, in Swedish alphabetical order of titles (kunskapsstöd). A page holds 500 at most.
    #[graphql(complexity = "super::page::cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "arguments of the field")]
    async fn knowledge_products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of this organisation alone (myndighet).")] organisation: Option<
            OrganisationCode,
        >,
        #[graphql(desc = "Under this heading alone, as printed (kategori).")] category: Option<
            String,
        >,
        #[graphql(desc = "Of this main activity alone, by its number (huvudaktivitet).")]
        main_activity: Option<String>,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
        #[graphql(desc = "How many from the end (antal från slutet).")] last: Option<i32>,
        #[graphql(desc = "Before this cursor (före markören).")] before: Option<String>,
    ) -> Result<Option<PageOf<KnowledgeProduct>>> {
        let shelf = self.0.open(ctx).await?;
        let catalogue = &shelf.catalogue;
        if let Some(code) = &organisation
            && catalogue.organisation(code.0.as_str()).is_none()
        {
            return Err(error::unknown("organisation", code.0.as_str()));
        }
        let all = &catalogue.knowledge_products;
        if let Some(heading) = &category
            && all.iter().all(|one| one.category != *heading)
        {
            return Err(error::unknown("category", heading));
        }
        let activities = &catalogue.main_activities;
        if let Some(number) = &main_activity
            && activities.iter().all(|one| one.number != *number)
        {
            return Err(error::unknown("mainActivity", number));
        }
        let passes = |one: &&knowledge_product::Model| {
            let is = |asked: &Option<String>, has: &dyn Fn(&str) -> bool| {
                asked.as_deref().is_none_or(has)
            };
            let owner = organisation.as_ref();
            owner.is_none_or(|code| code.0 == one.organisation_code)
                && is(&category, &|heading| one.category == heading)
                && is(&main_activity, &|number| {
                    one.main_activities.iter().any(|own| own == number)
                })
        };
        let found = all.iter().filter(passes);
        let mut nodes: Vec<KnowledgeProduct> = found
            .map(|model| KnowledgeProduct {
                shelf: shelf.clone(),
                model: model.clone(),
            })
            .collect();
        nodes.sort_by_cached_key(KnowledgeProduct::place);
        let page = super::page::of(nodes, first, after, last, before).await?;
        whole_or_refused(&shelf, page.edges.len().saturating_mul(CELLS_A_PRODUCT))?;
        for edge in &page.edges {
            shelf.used_row(edge.node.model.row_id);
        }
        Ok(Some(page))
    }
}

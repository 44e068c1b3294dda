//! The catalogue of a dataset: everything that decisions and registers say, read once a version and kept in memory.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use entity::{
    CountyCode, IndicatorCode, OrganisationCode, RecipientCode, RecipientKind, RegistryNumber,
    RoundCode, allocation_key, allocation_rule, appropriation, assignment, code_list_item, county,
    decision, deliverable, delivery, goal, indicator_definition, knowledge_product, main_activity,
    organisation, population, programme, published_figure, recipient, recipient_link,
    report_content, role, round, source_conflict, source_document, support_form,
};
use sea_orm::DbErr;

use super::{Dataset, Known, Store, Withheld, facts, indicators};

/// Registers and decisions as they count in a dataset.
#[derive(Debug, Default)]
pub struct Catalogue {
    /// Whose and of what nature rows are, of later versions too.
    pub(crate) submissions: Known,
    /// Assignments.
    pub assignments: Vec<assignment::Model>,
    /// Decisions.
    pub decisions: Vec<decision::Model>,
    /// Appropriations.
    pub appropriations: Vec<appropriation::Model>,
    /// Programmes.
    pub programmes: Vec<programme::Model>,
    /// Roles.
    pub roles: Vec<role::Model>,
    /// Goals.
    pub goals: Vec<goal::Model>,
    /// Main activities.
    pub main_activities: Vec<main_activity::Model>,
    /// Deliverables.
    pub deliverables: Vec<deliverable::Model>,
    /// What was delivered of them, in order of delivery.
    pub deliveries: Vec<delivery::Model>,
    /// Knowledge products of the agencies.
    pub knowledge_products: Vec<knowledge_product::Model>,
    /// What documents say of the contents of reports, by kind and number.
    pub report_contents: Vec<report_content::Model>,
    /// Published figures.
    pub published_figures: Vec<published_figure::Model>,
    /// Statements that contradict each other.
    pub source_conflicts: Vec<source_conflict::Model>,
    /// Documents that facts are taken from.
    pub source_documents: Vec<source_document::Model>,
    /// Rows of allocation keys.
    pub allocation_keys: Vec<allocation_key::Model>,
    /// Rules behind allocation keys.
    pub allocation_rules: Vec<allocation_rule::Model>,
    /// Rounds.
    pub rounds: Vec<round::Model>,
    /// Recipients, every period, in Swedish alphabetical order.
    pub recipients: Vec<recipient::Model>,
    /// Definitions of indicators, by code and version.
    pub indicator_definitions: Vec<indicator_definition::Model>,
    /// Links between recipients' codes, in order of time.
    recipient_links: Vec<recipient_link::Model>,
    /// Populations.
    pub populations: Vec<population::Model>,
    organisations: HashMap<OrganisationCode, organisation::Model>,
    counties: HashMap<CountyCode, county::Model>,
    forms: HashMap<String, support_form::Model>,
    lists: HashMap<(String, String), code_list_item::Model>,
    rounds_by_code: HashMap<RoundCode, usize>,
    pub(super) by_code: HashMap<RecipientCode, Vec<usize>>,
    groups: HashMap<RecipientCode, u8>,
    populations_by_code: HashMap<RecipientCode, Vec<usize>>,
    pub(super) withheld: Arc<Withheld>,
}

impl Catalogue {
    /// Reads the catalogue of a dataset.
    pub(crate) async fn load(store: &Store, dataset: &Dataset) -> Result<Self, DbErr> {
        let db = store.connection();
        let mut recipients = facts::all::<recipient::Entity>(db, dataset).await?;
        recipients.sort_by(|a, b| {
            (&a.sort_key, &a.code, a.valid_from).cmp(&(&b.sort_key, &b.code, b.valid_from))
        });
        let mut by_code: HashMap<RecipientCode, Vec<usize>> = HashMap::new();
        for (index, one) in recipients.iter().enumerate() {
            by_code.entry(one.code.clone()).or_default().push(index);
        }
        let populations = facts::all::<population::Entity>(db, dataset).await?;
        let mut populations_by_code: HashMap<RecipientCode, Vec<usize>> = HashMap::new();
        for (index, one) in populations.iter().enumerate() {
            let of = populations_by_code.entry(one.recipient_code.clone());
            of.or_default().push(index);
        }
        let mut indicator_definitions =
            facts::all::<indicator_definition::Entity>(db, dataset).await?;
        indicator_definitions.sort_by(|a, b| {
            (&a.indicator, a.definition_version).cmp(&(&b.indicator, b.definition_version))
        });
        let mut recipient_links = facts::all::<recipient_link::Entity>(db, dataset).await?;
        recipient_links.sort_by_key(|one| (one.date, one.row_id));
        let mut deliveries = facts::all::<delivery::Entity>(db, dataset).await?;
        deliveries.sort_by_key(|one| (one.delivered_on, one.row_id));
        let mut report_contents = facts::all::<report_content::Entity>(db, dataset).await?;
        report_contents.sort_by(|a, b| (&a.row_kind, a.number).cmp(&(&b.row_kind, b.number)));
        let allocation_keys = facts::all::<allocation_key::Entity>(db, dataset).await?;
        let groups = groups(&allocation_keys);
        let rounds = facts::all::<round::Entity>(db, dataset).await?;
        // Of equal codes the first, as it was received.
        let places = rounds.iter().enumerate().rev();
        let rounds_by_code = places
            .map(|(place, one)| (one.code.clone(), place))
            .collect();
        let organisations = facts::all::<organisation::Entity>(db, dataset).await?;
        let counties = facts::all::<county::Entity>(db, dataset).await?;
        let forms = facts::all::<support_form::Entity>(db, dataset).await?;
        let lists = facts::all::<code_list_item::Entity>(db, dataset).await?;
        let own = Withheld::own(
            &recipients,
            indicators::counting_persons(store, dataset).await?,
            &indicator_definitions,
        );
        Ok(Self {
            withheld: Arc::new(own.and(&dataset.withheld)),
            submissions: store.known(dataset).await?.clone(),
            assignments: facts::all::<assignment::Entity>(db, dataset).await?,
            decisions: facts::all::<decision::Entity>(db, dataset).await?,
            appropriations: facts::all::<appropriation::Entity>(db, dataset).await?,
            programmes: facts::all::<programme::Entity>(db, dataset).await?,
            roles: facts::all::<role::Entity>(db, dataset).await?,
            goals: facts::all::<goal::Entity>(db, dataset).await?,
            main_activities: facts::all::<main_activity::Entity>(db, dataset).await?,
            deliverables: facts::all::<deliverable::Entity>(db, dataset).await?,
            deliveries,
            knowledge_products: facts::all::<knowledge_product::Entity>(db, dataset).await?,
            report_contents,
            published_figures: facts::all::<published_figure::Entity>(db, dataset).await?,
            source_conflicts: facts::all::<source_conflict::Entity>(db, dataset).await?,
            source_documents: facts::all::<source_document::Entity>(db, dataset).await?,
            allocation_keys,
            allocation_rules: facts::all::<allocation_rule::Entity>(db, dataset).await?,
            rounds,
            rounds_by_code,
            recipients,
            indicator_definitions,
            recipient_links,
            populations,
            populations_by_code,
            organisations: organisations
                .into_iter()
                .map(|one| (one.code.clone(), one))
                .collect(),
            counties: counties
                .into_iter()
                .map(|one| (one.code.clone(), one))
                .collect(),
            forms: forms
                .into_iter()
                .map(|one| (one.code.clone(), one))
                .collect(),
            lists: lists
                .into_iter()
                .map(|one| ((one.list.clone(), one.code.clone()), one))
                .collect(),
            by_code,
            groups,
        })
    }

    /// The assignment with a main number; else the one of which a decision prints the number.
    #[must_use]
    pub fn assignment(&self, number: &RegistryNumber) -> Option<&assignment::Model> {
        let main = |code: &RegistryNumber| self.assignments.iter().find(|one| one.code == *code);
        main(number).or_else(|| {
            let prints = |decision: &&decision::Model| {
                decision.registry_number == *number
                    || decision
                        .printed_numbers
                        .iter()
                        .any(|one| one == number.as_str())
            };
            main(&self.decisions.iter().find(prints)?.assignment)
        })
    }

    /// An organisation.
    #[must_use]
    pub fn organisation(&self, code: &str) -> Option<&organisation::Model> {
        self.organisations.get(&OrganisationCode::parse(code).ok()?)
    }

    /// Whether an organisation is known: as one of the register, or as a recipient that reports for itself.
    #[must_use]
    pub fn knows(&self, organisation: &OrganisationCode) -> bool {
        let recipient = RecipientCode::parse(organisation.as_str());
        self.organisation(organisation.as_str()).is_some()
            || recipient.is_ok_and(|code| self.periods(&code).next().is_some())
    }

    /// The county administrative boards, in no order.
    pub fn county_boards(&self) -> impl Iterator<Item = &organisation::Model> {
        self.organisations()
            .filter(|one| one.kind == "COUNTY_BOARD")
    }

    /// Every organisation, in no order.
    pub fn organisations(&self) -> impl Iterator<Item = &organisation::Model> {
        self.organisations.values()
    }

    /// Every county, in no order.
    pub fn counties(&self) -> impl Iterator<Item = &county::Model> {
        self.counties.values()
    }

    /// Every form of support, in no order.
    pub fn forms(&self) -> impl Iterator<Item = &support_form::Model> {
        self.forms.values()
    }

    /// A county.
    #[must_use]
    pub fn county(&self, code: &str) -> Option<&county::Model> {
        self.counties.get(&CountyCode::parse(code).ok()?)
    }

    /// A form of support.
    #[must_use]
    pub fn form(&self, code: &str) -> Option<&support_form::Model> {
        self.forms.get(code)
    }

    /// An item of a code list.
    #[must_use]
    pub fn item(&self, list: &str, code: &str) -> Option<&code_list_item::Model> {
        self.lists.get(&(list.to_owned(), code.to_owned()))
    }

    /// The items of a code list in their order.
    #[must_use]
    pub fn items(&self, list: &str) -> Vec<&code_list_item::Model> {
        let mut items: Vec<_> = self.lists.values().filter(|one| one.list == list).collect();
        items.sort_by_key(|one| one.position);
        items
    }

    /// A round.
    #[must_use]
    pub fn round(&self, code: &RoundCode) -> Option<&round::Model> {
        let place = self.rounds_by_code.get(code)?;
        self.rounds.get(*place)
    }

    /// The populations of a recipient.
    pub fn populations_of(&self, code: &RecipientCode) -> impl Iterator<Item = &population::Model> {
        let places = self.populations_by_code.get(code).into_iter().flatten();
        places.filter_map(|index| self.populations.get(*index))
    }

    /// The definitions of an indicator, by version.
    pub fn indicator(
        &self,
        code: &IndicatorCode,
    ) -> impl Iterator<Item = &indicator_definition::Model> {
        let all = self.indicator_definitions.iter();
        all.filter(move |one| one.indicator == *code)
    }

    /// Whether a synthetic recipient of one of the kinds, or a synthetic population of one, is in the registers.
    #[must_use]
    pub fn is_synthetic_kind(&self, kinds: &[RecipientKind]) -> bool {
        let of_kind = self
            .recipients
            .iter()
            .filter(|one| kinds.contains(&one.kind));
        of_kind.into_iter().any(|one| {
            self.submissions.is_synthetic(one.row_id)
                || self
                    .populations_of(&one.code)
                    .any(|one| self.submissions.is_synthetic(one.row_id))
        })
    }

    /// The links between recipients whose location is open, in order of time. A link tells that both were in one place.
    pub fn open_links(&self) -> impl Iterator<Item = &recipient_link::Model> {
        self.recipient_links
            .iter()
            .filter(|one| !self.is_protected(&one.from_code) && !self.is_protected(&one.to_code))
    }

    /// Every period of a recipient.
    pub fn periods(&self, code: &RecipientCode) -> impl Iterator<Item = &recipient::Model> {
        self.by_code
            .get(code)
            .into_iter()
            .flatten()
            .filter_map(|index| self.recipients.get(*index))
    }

    /// The period of a recipient that is valid on a day; else the latest that began before it; else the earliest.
    #[must_use]
    pub fn recipient(&self, code: &RecipientCode, day: NaiveDate) -> Option<&recipient::Model> {
        let begun = |one: &&recipient::Model| one.valid_from.is_none_or(|from| from <= day);
        let valid = |one: &&recipient::Model| begun(one) && one.valid_to.is_none_or(|to| to >= day);
        self.periods(code)
            .find(valid)
            .or_else(|| {
                self.periods(code)
                    .filter(begun)
                    .max_by_key(|one| one.valid_from)
            })
            .or_else(|| self.periods(code).min_by_key(|one| one.valid_from))
    }

    /// The population group of a recipient, as the latest key prints it.
    #[must_use]
    pub fn population_group(&self, code: &RecipientCode) -> Option<u8> {
        self.groups.get(code).copied()
    }

    /// The main number of a decision's assignment.
    #[must_use]
    pub fn assignment_of_decision(&self, number: &RegistryNumber) -> Option<&RegistryNumber> {
        self.decisions
            .iter()
            .find(|one| one.registry_number == *number)
            .map(|one| &one.assignment)
    }

    /// Kinds of recipient that have rounds in an assignment.
    #[must_use]
    pub fn kinds_of(&self, assignment: &RegistryNumber) -> Vec<RecipientKind> {
        let mut kinds: Vec<_> = self
            .rounds
            .iter()
            .filter(|one| one.assignment == *assignment)
            .map(|one| one.recipient_kind)
            .collect();
        kinds.sort();
        kinds.dedup();
        kinds
    }
}

/// The group of each recipient in the key of the latest year.
fn groups(keys: &[allocation_key::Model]) -> HashMap<RecipientCode, u8> {
    let mut sorted: Vec<_> = keys.iter().collect();
    sorted.sort_by_key(|key| key.year);
    let group = |key: &allocation_key::Model| {
        Some((
            key.recipient_code.clone(),
            u8::try_from(key.population_group).ok()?,
        ))
    };
    sorted.into_iter().filter_map(group).collect()
}

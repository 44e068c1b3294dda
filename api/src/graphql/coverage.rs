//! Coverage in the schema: whom the competence support has reached.

use std::sync::Arc;

use analytics::coverage as analysed;
use async_graphql::{Context, Object, Result, SimpleObject};

use super::assignment;
use super::classification::Classification;
use super::code_list_item::CodeListItem;
use super::county::County;
use super::coverage_filter::CoverageFilter;
use super::error::{self, Code};
use super::fund_usage::whole_or_refused;
use super::goal::MainActivity;
use super::guard::Require;
use super::organisation::Organisation;
use super::page::{self, MOST, SourceConnection};
use super::rate::Rate;
use super::reading::{Reading, Shelf};
use super::recipient::Recipient;
use super::scalars::{Date, RegistryNumber};
use super::vocabulary::{Absent, CoverageDimension, CoverageMeasure, RecipientKind};
use crate::policy::Action;
use crate::reports::{Computed, Extent};

/// Figures of a line.
const CELLS_A_LINE: usize = 12;

/// What a recipient in a list counts.
const CELLS_A_NAME: usize = 2;

/// Coverage by group (täckning).
pub struct Coverage {
    shelf: Shelf,
    assignment: entity::RegistryNumber,
    question: Arc<analysed::CoverageQuestion>,
    extent: Extent,
    computed: Arc<Computed<analysed::Coverage>>,
}

/// Coverage by group (täckning).
#[Object]
impl Coverage {
    /// The dimensions, without repetitions (indelning).
    async fn grouped_by(&self) -> Vec<CoverageDimension> {
        self.computed
            .answer
            .grouped_by
            .iter()
            .map(|one| (*one).into())
            .collect()
    }

    /// Recipients with rows of the assignment that were divided since, by their former codes; by the present
    /// classification alone (delade mottagare). They are reached as nobody.
    async fn divided(&self) -> &[String] {
        &self.computed.answer.divided
    }

    /// Recipients of the kind with a protected location, in all. They are in no numerator, denominator, count or list of
    /// coverage, whoever asks: who held an event tells where those are that it reached (skyddade platser).
    async fn protected_count(&self) -> usize {
        let kind = crate::reports::stored(self.question.recipient_kind);
        self.shelf.catalogue.protected_of(kind).len()
    }

    /// Number of lines (antal rader).
    async fn row_count(&self) -> usize {
        self.computed.answer.lines.len()
    }

    /// Every group of recipients by every value of events, sorted by the keys (rader).
    async fn rows(&self) -> Vec<CoverageLine> {
        (0..self.computed.answer.lines.len())
            .map(|index| self.line(Some(index)))
            .collect()
    }

    /// Everything that passes the filter (totalt). Counts of events are not additive over counties.
    async fn total(&self) -> CoverageLine {
        self.line(None)
    }
}

impl Coverage {
    /// The answer to a question, whole or refused.
    pub(crate) async fn answer(
        shelf: Shelf,
        assignment: entity::RegistryNumber,
        question: analysed::CoverageQuestion,
        extent: Extent,
    ) -> Result<Self> {
        let reports = &shelf.request.reports;
        let computed = reports.coverage(&shelf.dataset, &assignment, question.clone(), extent);
        let computed = computed.await.map_err(error::report)?;
        let lines = computed.answer.lines.len();
        whole_or_refused(&shelf, lines.saturating_mul(CELLS_A_LINE))?;
        shelf.request.used(computed.synthetic);
        Ok(Self {
            shelf,
            assignment,
            question: Arc::new(question),
            extent,
            computed,
        })
    }

    fn line(&self, index: Option<usize>) -> CoverageLine {
        CoverageLine {
            shelf: self.shelf.clone(),
            assignment: self.assignment.clone(),
            question: Arc::clone(&self.question),
            extent: self.extent,
            computed: Arc::clone(&self.computed),
            index,
        }
    }
}

/// The coverage of one group (rad).
pub struct CoverageLine {
    shelf: Shelf,
    assignment: entity::RegistryNumber,
    question: Arc<analysed::CoverageQuestion>,
    extent: Extent,
    computed: Arc<Computed<analysed::Coverage>>,
    /// Which line of the answer; none for the total.
    index: Option<usize>,
}

impl CoverageLine {
    fn found(&self) -> &analysed::CoverageLine {
        let answer = &self.computed.answer;
        self.index
            .and_then(|index| answer.lines.get(index))
            .unwrap_or(&answer.total)
    }
}

/// The coverage of one group (rad).
#[Object]
impl CoverageLine {
    /// Which group (nyckel).
    async fn key(&self) -> CoverageKey {
        CoverageKey::new(&self.shelf, &self.assignment, &self.found().key)
    }

    /// Recipients reached by at least one event / recipients of the kind; no protected location (täckning).
    async fn coverage(&self) -> Rate {
        (&self.found().coverage).into()
    }

    /// The same by population (täckning efter befolkning).
    async fn coverage_by_population(&self) -> Rate {
        (&self.found().coverage_by_population).into()
    }

    /// Pairs of event and recipient reached / recipients of the kind (insatser per mottagare).
    async fn events_per_recipient(&self) -> Rate {
        (&self.found().events_per_recipient).into()
    }

    /// Events; by county those that reached a recipient there (antal insatser).
    async fn event_count(&self) -> u64 {
        self.found().event_count
    }

    /// Participants of those events (antal deltagare).
    async fn participant_count(&self) -> i64 {
        self.found().participant_count
    }

    /// Recipients that no event has reached; no protected location (antal ej nådda).
    async fn unreached_count(&self) -> usize {
        self.found().unreached.len()
    }

    /// The recipients that no event has reached, by code; no protected location (ej nådda).
    #[graphql(complexity = "super::page::cost(Some(first), None, child_complexity)")]
    async fn unreached(
        &self,
        #[graphql(desc = "How many at most, up to 500 (antal).", default = 500)] first: i32,
        #[graphql(desc = "After this code (efter koden).")] after: Option<
            super::scalars::RecipientCode,
        >,
    ) -> Result<Option<Vec<Recipient>>> {
        let Some(most) = usize::try_from(first).ok().filter(|most| *most <= MOST) else {
            return Err(error::argument(
                Code::PageTooLarge,
                "first",
                "from 0 to 500 at a time",
            ));
        };
        let line = self.found();
        let year = line.key.event_year;
        let left = line.unreached.iter().filter(|code| {
            after
                .as_ref()
                .is_none_or(|after| code.as_str() > after.0.as_str())
        });
        let left: Vec<&String> = left.take(most).collect();
        whole_or_refused(&self.shelf, left.len().saturating_mul(CELLS_A_NAME))?;
        Ok(Some(
            left.into_iter()
                .filter_map(|code| match self.extent.current_on {
                    Some(day) => Recipient::on(&self.shelf, code, day),
                    None => Recipient::in_year(&self.shelf, code, year),
                })
                .collect(),
        ))
    }

    /// The events behind the line, by submission and row: those counted and those that reached its recipients, or one
    /// of the two. What reached protected locations alone is not told by recipients (källor).
    #[graphql(complexity = "page::cost(first, None, child_complexity)")]
    async fn sources(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which figure; both where left out (mått).")] of: Option<CoverageMeasure>,
        #[graphql(desc = "How many from the start (antal från början).")] first: Option<i32>,
        #[graphql(desc = "After this cursor (efter markören).")] after: Option<String>,
    ) -> Result<SourceConnection> {
        let question = analysed::CoverageQuestion::clone(&self.question);
        let question = (question, self.extent);
        let (shelf, assignment) = (&self.shelf, &self.assignment);
        let reports = &shelf.request.reports;
        let of = of.map(Into::into);
        let behind = reports.coverage_sources(&shelf.dataset, assignment, question, of);
        let behind = behind.await.map_err(error::report)?;
        let line = self.index.map(|_| &self.found().key);
        page::sources(ctx, shelf, assignment, behind.of(line), first, after).await
    }
}

/// Which group a line is about (nyckel). A field is null unless the lines are grouped by it.
#[derive(SimpleObject)]
pub struct CoverageKey {
    /// County (län).
    county: Option<County>,
    /// Main activity (huvudaktivitet).
    main_activity: Option<MainActivity>,
    /// Form of support (insatsform).
    form: Option<CodeListItem>,
    /// Organisation that held the event (myndighet).
    organisation: Option<Organisation>,
    /// Year of the event (insatsår).
    event_year: Option<i32>,
    /// Population group, 1 to 5 (befolkningsgrupp).
    population_group: Option<u8>,
    /// The dimensions in the order asked, as codes and labels (nyckelns delar).
    parts: Vec<CoverageKeyPart>,
}

/// One dimension of a key (nyckeldel).
#[derive(SimpleObject)]
pub struct CoverageKeyPart {
    /// The dimension (indelning).
    dimension: CoverageDimension,
    /// Code of the group, numbers as text (kod).
    code: Option<String>,
    /// Name of the group, Swedish (benämning).
    label: Option<String>,
    /// Why the members have no such group (orsak till att grupp saknas).
    absent: Option<Absent>,
}

impl CoverageKey {
    fn new(
        shelf: &Shelf,
        assignment: &entity::RegistryNumber,
        key: &analysed::CoverageKey,
    ) -> Self {
        let part = |part: &analysed::CoverageKeyPart| CoverageKeyPart {
            dimension: part.dimension.into(),
            code: part.code.clone(),
            label: part
                .code
                .as_deref()
                .map(|code| label(shelf, assignment, part.dimension, code)),
            absent: part.absent.map(Absent::from),
        };
        let activity = |number: &str| MainActivity::of(shelf, assignment, number);
        Self {
            county: key
                .county
                .as_deref()
                .and_then(|code| County::of(shelf, code)),
            main_activity: key.main_activity.as_deref().and_then(activity),
            form: key
                .form
                .as_deref()
                .map(|code| CodeListItem::form(shelf, code)),
            organisation: key
                .organisation
                .as_deref()
                .and_then(|code| Organisation::of(shelf, code)),
            event_year: key.event_year,
            population_group: key.population_group,
            parts: key.parts.iter().map(part).collect(),
        }
    }
}

fn label(
    shelf: &Shelf,
    assignment: &entity::RegistryNumber,
    dimension: analysed::CoverageDimension,
    code: &str,
) -> String {
    use analysed::CoverageDimension as Dimension;
    let name = match dimension {
        Dimension::County => shelf.catalogue.county(code).map(|one| one.name.clone()),
        Dimension::MainActivity | Dimension::MainActivityCode => {
            MainActivity::of(shelf, assignment, code).map(|one| one.title_text().to_owned())
        }
        Dimension::Form => shelf.catalogue.form(code).map(|one| one.title.clone()),
        Dimension::Organisation => shelf
            .catalogue
            .organisation(code)
            .map(|one| one.name.clone()),
        Dimension::EventYear => None,
        Dimension::PopulationGroup => Some(format!("Befolkningsgrupp {code}")),
    };
    name.unwrap_or_else(|| code.to_owned())
}

/// Reading coverage.
#[derive(Default)]
pub struct CoverageQuery(pub Reading);

/// Reading coverage.
#[Object(guard = "Require(Action::ReadFigures)")]
impl CoverageQuery {
    /// Whom the support events of an assignment have reached, by group (täckning).
    #[expect(
        clippy::too_many_arguments,
        reason = "each is an argument of the field"
    )]
    async fn coverage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Registry number of the assignment (uppdrag).")]
        assignment: RegistryNumber,
        #[graphql(desc = "Kind of recipient that should be reached (mottagartyp).")] recipient_kind: RecipientKind,
        #[graphql(desc = "What to group by, in this order (indelning).", default)] group_by: Vec<
            CoverageDimension,
        >,
        #[graphql(desc = "What is counted (urval).")] filter: Option<CoverageFilter>,
        #[graphql(
            desc = "Facts whose own date lies on or before this day, reports also by the day their document was registered; null = all (till och med)."
        )]
        through: Option<Date>,
        #[graphql(
            desc = "Under which codes and where recipients stand (mottagarindelning).",
            default
        )]
        classification: Classification,
    ) -> Result<Option<Coverage>> {
        let shelf = self.0.open(ctx).await?;
        let code = assignment::code(&shelf, &assignment, "assignment")?;
        let extent = classification.extent(&shelf, through);
        let question = analysed::CoverageQuestion {
            recipient_kind: crate::reports::analysed(recipient_kind.into()),
            group_by: group_by.into_iter().map(Into::into).collect(),
            filter: filter.unwrap_or_default().checked(&shelf, &code)?,
            reference_year: assignment::last_year(&shelf, &code),
        };
        Coverage::answer(shelf, code, question, extent)
            .await
            .map(Some)
    }
}

//! What the decision demands of a report, which sections meet it, and what is missing.

use entity::DeliverableKind;

use super::compose::Composer;
use super::model::{Both, Part, Requirement, Section};

const REGISTRY_NUMBER: &str = "diarienummer";

/// Words of a demand, and the sections that answer to it. It is our reading: no decision names sections.
const ANSWERS: &[(&str, &[&str])] = &[
    (REGISTRY_NUMBER, &["assignment"]),
    (
        "administrativ",
        &["funds.administration", "conclusions.summary"],
    ),
    (
        "ekonomisk redovisning",
        &[
            "funds.by_year",
            "funds.by_county",
            "funds.use_areas",
            "funds.applications",
            "funds.repayments",
            "funds.administration",
        ],
    ),
    (
        "medlen",
        &[
            "funds.by_year",
            "funds.by_county",
            "funds.by_population_group",
            "funds.use_areas",
            "funds.applications",
            "funds.repayments",
        ],
    ),
    (
        "fördelats",
        &["funds.by_year", "funds.by_county", "funds.allocation_key"],
    ),
    ("sammanfattning", &["conclusions.summary"]),
    (
        "analys",
        &[
            "development.use",
            "development.equality",
            "development.indicators",
            "development.published",
        ],
    ),
    (
        "utveckling",
        &[
            "development.use",
            "development.equality",
            "development.indicators",
        ],
    ),
    (
        "förflyttning",
        &["development.indicators", "development.use"],
    ),
    ("mål", &["development.indicators", "conclusions.summary"]),
    ("kompetensstöd", &["support.coverage", "support.plan"]),
    ("plan", &["support.plan"]),
    ("genomför", &["support.plan", "support.coverage"]),
];

/// Between passages of one demand, as the deliverables print them.
const CUT: &str = "[…]";

impl Composer<'_> {
    /// The demands: of a final report those that its documents list, else the passages that the deliverable must hold.
    pub(super) fn required(&self, parts: &[Part]) -> Vec<Requirement> {
        let asked = &self.scope.deliverable;
        let listed: Vec<(String, i64)> = self
            .contents("REQUIRED_CONTENT")
            .filter(|_| asked.kind == DeliverableKind::FinalReport)
            .map(|one| (one.title.clone(), one.row_id))
            .collect();
        let demands = if listed.is_empty() {
            let passages = asked.must_contain.iter().flat_map(|text| text.split(CUT));
            let passages = passages.map(str::trim).filter(|text| !text.is_empty());
            passages
                .map(|text| (text.to_owned(), asked.row_id))
                .collect()
        } else {
            listed
        };
        let demands = demands.into_iter();
        demands
            .map(|(text, row_id)| requirement(text, row_id, parts))
            .collect()
    }
}

fn requirement(text: String, row_id: i64, parts: &[Part]) -> Requirement {
    let words = text.to_lowercase();
    // A demand to name the registry number names the plan and the report that it is to stand in.
    let answers = if words.contains(REGISTRY_NUMBER) {
        ANSWERS.get(..1).unwrap_or(ANSWERS)
    } else {
        ANSWERS
    };
    let codes = answers.iter().filter(|(word, _)| words.contains(word));
    let codes: Vec<&str> = codes.flat_map(|(_, codes)| codes.iter().copied()).collect();
    let sections = parts.iter().flat_map(|part| &part.sections);
    let sections = sections.filter(|section| codes.contains(&section.code));
    let (held, empty): (Vec<&Section>, Vec<&Section>) =
        sections.partition(|section| section.empty.is_none());
    let mut missing: Vec<Both> = empty
        .into_iter()
        .filter_map(|section| {
            let why = section.empty.as_ref()?;
            let of = |language: usize| {
                format!(
                    "{} {}: {}",
                    section.number, section.title[language], why[language]
                )
            };
            Some([of(0), of(1)])
        })
        .collect();
    if codes.is_empty() {
        missing.push([
            "Inget avsnitt svarar mot kravet; det behöver en text av de ansvariga.".to_owned(),
            "No section answers to the demand; it needs a text by those responsible.".to_owned(),
        ]);
    }
    Requirement {
        text,
        row_id,
        satisfied_by: held.into_iter().map(|section| section.code).collect(),
        missing,
    }
}

//! What the decision demands of a report, which sections meet it, and what is missing.

use entity::{DeliverableKind, deliverable};

use super::model::{Both, Part, Requirement, Section};
use crate::reports::Texts;
use crate::store::Catalogue;

const REGISTRY_NUMBER: &str = "diarienummer";

/// Words of a demand, and the sections whose tables answer to it. It is our reading: no decision names sections.
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

/// Words of a demand that figures alone do not meet, and the sections of which one at least must hold a text of the agencies.
const WRITTEN: &[(&str, &[&str])] = &[
    ("sammanfattning", &["conclusions.summary"]),
    ("analys", DEVELOPMENT),
    ("bedöma", &["conclusions.drawn"]),
    ("erfarenhet", &["support.plan", "conclusions.drawn"]),
    ("synpunkter", &["support.plan"]),
    ("förslag", &["support.plan"]),
];

/// The sections of part 3.
const DEVELOPMENT: &[&str] = &[
    "development.use",
    "development.equality",
    "development.indicators",
    "development.published",
];

/// Where a text stands that a demand asks for in no words that we know.
const ANYTHING_ELSE: &[&str] = &["conclusions.drawn"];

/// Between passages of one demand, as the deliverables print them.
const CUT: &str = "[…]";

/// A demand, and the row of the reference data that says it.
pub(super) type Demand = (String, i64);

/// The demands: of a final report those that its documents list, else the passages that the deliverable must hold.
pub(super) fn demands(catalogue: &Catalogue, asked: &deliverable::Model) -> Vec<Demand> {
    let own = catalogue.report_contents.iter().filter(|one| {
        one.assignment == asked.assignment
            && one.row_kind == "REQUIRED_CONTENT"
            && asked.kind == DeliverableKind::FinalReport
    });
    let listed: Vec<Demand> = own.map(|one| (one.title.clone(), one.row_id)).collect();
    if !listed.is_empty() {
        return listed;
    }
    let passages = asked.must_contain.iter().flat_map(|text| text.split(CUT));
    let passages = passages.map(str::trim).filter(|text| !text.is_empty());
    passages
        .map(|text| (text.to_owned(), asked.row_id))
        .collect()
}

/// Which sections meet each demand, and what is missing for it.
pub(super) fn required(demands: Vec<Demand>, parts: &[Part], texts: &Texts) -> Vec<Requirement> {
    let sections: Vec<&Section> = parts.iter().flat_map(|part| &part.sections).collect();
    let demands = demands.into_iter();
    demands
        .map(|demand| requirement(demand, &sections, texts))
        .collect()
}

fn requirement((text, row_id): Demand, sections: &[&Section], texts: &Texts) -> Requirement {
    let words = text.to_lowercase();
    // A demand to name the registry number names the plan and the report that it is to stand in.
    let of_number = words.contains(REGISTRY_NUMBER);
    let answers = match of_number {
        true => ANSWERS.get(..1).unwrap_or(ANSWERS),
        false => ANSWERS,
    };
    let codes = answers.iter().filter(|(word, _)| words.contains(word));
    let tabled: Vec<&str> = codes.flat_map(|(_, codes)| codes.iter().copied()).collect();
    let asks = WRITTEN.iter().filter(|(word, _)| words.contains(word));
    let mut written: Vec<&[&str]> = asks.map(|(_, codes)| *codes).collect();
    if of_number {
        written.clear();
    } else if tabled.is_empty() && written.is_empty() {
        written.push(ANYTHING_ELSE);
    }
    let has_text = |section: &Section| {
        let mut own = section.narratives.iter();
        own.any(|one| one.text(texts).is_there())
    };
    let is_met = |section: &Section| {
        let is_written = || written.iter().any(|codes| codes.contains(&section.code));
        (tabled.contains(&section.code) && section.without_tables.is_none())
            || (is_written() && has_text(section))
    };
    let of_tables = sections.iter().filter_map(|section| {
        let why = section.without_tables.as_ref()?;
        let of = |language: usize| {
            format!(
                "{} {}: {}",
                section.number, section.title[language], why[language]
            )
        };
        tabled.contains(&section.code).then(|| [of(0), of(1)])
    });
    let of_texts = written.iter().filter_map(|codes| {
        let own = sections.iter().filter(|one| codes.contains(&one.code));
        let own: Vec<&Section> = own.copied().collect();
        (!own.iter().any(|one| has_text(one))).then(|| text_missing(&own))
    });
    let met = sections.iter().filter(|section| is_met(section));
    Requirement {
        satisfied_by: met.map(|section| section.code).collect(),
        missing: of_tables.chain(of_texts).collect(),
        text,
        row_id,
    }
}

/// That a text is missing, in one of some sections.
fn text_missing(sections: &[&Section]) -> Both {
    let named = |language: usize| {
        let each = sections.iter();
        let each = each.map(|one| format!("{} {}", one.number, one.title[language]));
        each.collect::<Vec<_>>()
    };
    [
        format!(
            "Det behövs en text av de ansvariga i {}.",
            named(0).join(", eller i ")
        ),
        format!(
            "It needs a text by those responsible in {}.",
            named(1).join(", or in ")
        ),
    ]
}

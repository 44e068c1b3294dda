//! The register of figures as a document: `docs/FIGURES.md` is what this prints.

use super::definition::{Basis, Definition, Takes, definitions};
use super::{GroupKind, Language};

const HEAD: &str = "\
# The register of figures

<!-- Printed by `samsyn figures`; a test compares them. Change the definitions in `api/src/reports/figure`, not this file. -->

Every number of a report has a code: the definition, the assignment, and a key, with `|` between them.
`fund.usage_rate|S2016/00633/FST|2018|MUNICIPALITY` is the usage rate of the municipalities in 2018.
A code stays the same from report to report; the printed number (`2.1-07`) is a report's own.

- A year is four digits, or `ALL` where the figure can be of all years.
- A kind of recipient is its word in the schema, or `ALL` where the figure can be of all kinds.
- A group is its word, a colon and its code: `COUNTY:14`, `POPULATION_GROUP:3`, `USE_AREA:COORDINATION`, `ROUND:KOM-2018`.
  Members without such a group stand under the reason: `COUNTY:PROTECTED`.
- Groups stand in the order that the definition names them; what stands in brackets may be left out.

`figure(code:)` gives value, numerator, denominator, n, what is missing, the rows behind it, and the GraphQL question that gives the same value.
What the words mean is in [STATISTICS.md](STATISTICS.md).
";

/// The register as text.
#[must_use]
pub fn register() -> String {
    let mut text = HEAD.to_owned();
    let mut family = "";
    for one in definitions() {
        let own = one.code.split('.').next().unwrap_or_default();
        if own != family {
            family = own;
            text.push_str(&format!("\n## {}\n\n", heading(family)));
            text.push_str("| code | key | title | formula | unit and rounding | rests on |\n|---|---|---|---|---|---|\n");
        }
        text.push_str(&line(one));
    }
    text
}

fn heading(family: &str) -> &str {
    match family {
        "fund" => "Money (medel)",
        "application" => "Applications (ansökningar)",
        "equality" => "Equality over the country (likvärdighet)",
        "administration" => "Administration",
        "allocation_key" => "Allocation key (fördelningsnyckel)",
        "coverage" => "Coverage (täckning)",
        "plan" => "Plan (genomförandeplan)",
        "indicator" => "Indicators (indikatorer)",
        "published" => "Published figures (publicerade uppgifter)",
        other => other,
    }
}

fn line(one: &Definition) -> String {
    let both = |[sv, en]: [&str; 2]| format!("{sv} / {en}");
    format!(
        "| `{}` | {} | {} | {} {} | {}: {} | {} |\n",
        one.code,
        key(&one.takes),
        both(one.title),
        one.formula[0],
        one.formula[1],
        one.unit.label(Language::English),
        one.unit.rounding(Language::English),
        basis(one.basis)
    )
    .replace("|xᵢ − xⱼ|", "\\|xᵢ − xⱼ\\|")
}

fn key(takes: &Takes) -> String {
    let mut parts = Vec::new();
    if takes.year {
        parts.push(
            if takes.all_years {
                "year or ALL"
            } else {
                "year"
            }
            .to_owned(),
        );
    }
    if takes.kind {
        parts.push(
            if takes.all_kinds {
                "kind or ALL"
            } else {
                "kind"
            }
            .to_owned(),
        );
    }
    let group = |group: &GroupKind| {
        let word = group.word();
        if takes.must.contains(group) {
            word.to_owned()
        } else {
            format!("[{word}]")
        }
    };
    parts.extend(takes.groups.iter().map(group));
    parts.join(", ")
}

const fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Appropriation => "the decisions' appropriations",
        Basis::Deliverable => "what the decisions ask to be accounted for",
        Basis::AllocationRule => "the decision's allocation rule",
        Basis::Support => "the decisions' main activities or goals",
        Basis::Plan => "the decision on the joint plan",
        Basis::Indicator => "the definition of the indicator",
        Basis::Published => "the document that publishes it",
    }
}

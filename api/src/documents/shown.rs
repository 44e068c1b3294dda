//! What documents show of a report: cells, numbers of figures, and the words round them.

use chrono_tz::Europe::Stockholm;

use crate::reports::Language;
use crate::reports::figure::absent_label;
use crate::reports::report::{
    Both, Cell, Column, Numbered, Report, Requirement, Row, Section, Table,
};

/// A text in a language.
pub(super) fn text(both: &Both, language: Language) -> &str {
    language.of([both[0].as_str(), both[1].as_str()])
}

/// A cell as it is printed; a dash where there is no value.
pub(super) fn cell(section: &Section, cell: &Cell, language: Language) -> String {
    match cell {
        Cell::Text(both) => text(both, language).to_owned(),
        Cell::Absent(_) => "–".to_owned(),
        Cell::Figure(place) => section.figures.get(*place).map_or_else(String::new, |one| {
            one.figure.value.shown(one.figure.unit, language)
        }),
    }
}

/// The figure of a cell.
pub(super) fn figure<'a>(section: &'a Section, cell: &Cell) -> Option<&'a Numbered> {
    match cell {
        Cell::Figure(place) => section.figures.get(*place),
        Cell::Text(_) | Cell::Absent(_) => None,
    }
}

/// The numbers of a row's figures: `2.1-07`, or the first and the last of them.
pub(super) fn numbers(section: &Section, row: &Row) -> String {
    let mut own = row.cells.iter().filter_map(|cell| figure(section, cell));
    let Some(first) = own.next() else {
        return String::new();
    };
    match own.next_back() {
        None => first.number.clone(),
        Some(last) => {
            let last = last.number.rsplit('-').next().unwrap_or_default();
            format!("{}–{last}", first.number)
        }
    }
}

/// The header of a column with its unit.
pub(super) fn header(column: &Column, language: Language) -> String {
    let title = text(&column.title, language);
    match column.unit {
        Some(unit) => format!("{title} ({})", unit.label(language)),
        None => title.to_owned(),
    }
}

/// A table as it is printed: each row ends with the numbers of its figures, where there are any.
pub(super) struct Printed {
    pub(super) headers: Vec<String>,
    /// Columns whose texts stand to the right.
    pub(super) right: Vec<bool>,
    pub(super) rows: Vec<Vec<String>>,
}

/// A table as it is printed.
pub(super) fn printed(section: &Section, table: &Table, language: Language) -> Printed {
    let columns = table.columns.iter();
    let mut headers: Vec<String> = columns.map(|one| header(one, language)).collect();
    let mut right: Vec<bool> = table.columns.iter().map(|one| !one.is_label).collect();
    let mut cells = table.rows.iter().flat_map(|row| &row.cells);
    let has_figures = cells.any(|one| figure(section, one).is_some());
    if has_figures {
        headers.push(language.of(["Nr", "No."]).to_owned());
        right.push(false);
    }
    let rows = table.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|one| cell(section, one, language));
        cells
            .chain(has_figures.then(|| numbers(section, row)))
            .collect()
    });
    Printed {
        headers,
        right,
        rows: rows.collect(),
    }
}

/// Why cells of a table have no value, each reason once.
fn reasons(section: &Section, rows: &[Row], language: Language) -> Vec<&'static str> {
    let cells = rows.iter().flat_map(|row| &row.cells);
    let absent = cells.filter_map(|cell| match cell {
        Cell::Absent(reason) => Some(*reason),
        Cell::Figure(place) => section.figures.get(*place)?.figure.value.why(),
        Cell::Text(_) => None,
    });
    let mut reasons: Vec<_> = absent.collect();
    reasons.sort_unstable();
    reasons.dedup();
    let label = |reason| absent_label(reason, language);
    reasons.into_iter().map(label).collect()
}

/// Title, registry number and dataset: what stands on the first page.
pub(super) fn head(report: &Report, language: Language) -> Vec<(&'static str, String)> {
    let mut head = vec![(
        language.of(["Diarienummer", "Registry number"]),
        report.registry_number.to_string(),
    )];
    if let Some(due) = report.due_on {
        head.push((language.of(["Sista dag", "Last day"]), due.to_string()));
    }
    let as_of = report.as_of.with_timezone(&Stockholm);
    let as_of = as_of.format("%Y-%m-%d %H:%M:%S");
    let time = language.of(["svensk tid", "Swedish time"]);
    let dataset = format!("version {}, {as_of} {time}", report.version);
    head.push((language.of(["Datauttag", "Dataset"]), dataset));
    if language == Language::English {
        let kept = "Names, and what the decisions say, are in Swedish, as the documents have them.";
        head.push(("Language", kept.to_owned()));
    }
    head
}

/// The mark of a report that rests on synthetic rows.
pub(super) const fn synthetic(language: Language) -> &'static str {
    match language {
        Language::Swedish => "SYNTETISKA EXEMPELDATA: siffrorna är påhittade och inga utfall.",
        Language::English => "SYNTHETIC EXAMPLE DATA: the figures are invented, not outcomes.",
    }
}

/// What a reader must know of a table: its notes, and what a dash means in it.
pub(super) fn remarks(section: &Section, table: &Table, language: Language) -> Vec<String> {
    let notes = section.notes(table);
    let notes = notes.iter().map(|note| text(note, language));
    let mut remarks: Vec<String> = notes.map(str::to_owned).collect();
    let reasons = reasons(section, &table.rows, language);
    if !reasons.is_empty() {
        remarks.push(format!("–: {}.", reasons.join(", ")));
    }
    remarks
}

/// Which sections meet a demand of the decision.
pub(super) fn met_by(report: &Report, demand: &Requirement, language: Language) -> String {
    let codes = demand.satisfied_by.iter();
    let sections = codes.filter_map(|code| report.section(code));
    let numbers: Vec<&str> = sections.map(|section| section.number.as_str()).collect();
    let met = language.of(["Uppfylls av avsnitt", "Met by sections"]);
    if numbers.is_empty() {
        format!("{met}: –.")
    } else {
        format!("{met}: {}.", numbers.join(", "))
    }
}

/// What is missing for a demand.
pub(super) fn missing(what: &Both, language: Language) -> String {
    let word = language.of(["Saknas", "Missing"]);
    format!("{word}: {}", text(what, language))
}

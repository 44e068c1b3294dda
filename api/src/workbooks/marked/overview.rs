//! The first sheet of a marked workbook: what was found, by rule, the most frequent first, with links to the cells.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use entity::Severity;

use super::cells::{Cell, address, letters};
use super::styles::{Look, Styles};
use super::xml::text;
use crate::intake::{Finding, Rule, rule_text};

/// The columns: header and width.
const COLUMNS: [(&str, u8); 9] = [
    ("Antal", 8),
    ("Allvar", 10),
    ("Regel", 28),
    ("Cell", 24),
    ("Rad", 7),
    ("Kolumn", 24),
    ("Nyckel", 28),
    ("Vad som ska göras", 80),
    ("What to do", 80),
];

/// A finding and the cell it is marked in: the sheet's name and the place there.
pub(super) type Placed<'a> = (&'a Finding, Option<(&'a str, Cell)>);

/// What the sheet says, line by line.
pub(super) struct Overview {
    lines: Vec<Line>,
    /// Lines that stay in sight.
    still: usize,
}

#[derive(Default)]
struct Line {
    /// Column from 0, look and text.
    cells: Vec<(usize, Look, String)>,
    /// Where the fourth column leads to.
    link: Option<String>,
}

impl Line {
    fn of(cells: impl IntoIterator<Item = (usize, Look, String)>) -> Self {
        Self {
            cells: cells.into_iter().collect(),
            link: None,
        }
    }
}

impl Overview {
    /// The overview of a file's findings.
    pub(super) fn of(file_name: &str, findings: &[Placed<'_>]) -> Self {
        let first = |look: Look, text: String| Line::of([(0, look, text)]);
        let mut lines = vec![first(Look::Title, format!("Fynd i {file_name}"))];
        let errors = findings
            .iter()
            .filter(|(one, _)| one.severity == Severity::Error)
            .count();
        let warnings = findings.len() - errors;
        let many = |count: usize, one: &'static str, more: &'static str| {
            if count == 1 { one } else { more }
        };
        let word_sv = many(warnings, "varning", "varningar");
        let error_en = many(errors, "error", "errors");
        let warning_en = many(warnings, "warning", "warnings");
        if findings.is_empty() {
            lines.push(first(
                Look::Plain,
                "Inga anmärkningar. / No findings.".to_owned(),
            ));
        } else {
            lines.push(first(Look::Plain, format!(
                "{errors} fel och {warnings} {word_sv}. Fel måste rättas för att filen ska tas emot; varningar hindrar inte. \
                 Rätta i bladen, spara och skicka arbetsboken igen: det här bladet läses inte."
            )));
            lines.push(first(Look::Plain, format!(
                "{errors} {error_en} and {warnings} {warning_en}. Errors must be corrected before the file is received; warnings do not block. \
                 Correct the sheets, save, and send the workbook again: this sheet is not read."
            )));
            lines.push(Line::default());
            let headers = COLUMNS.iter().enumerate();
            lines.push(Line::of(
                headers.map(|(at, (name, _))| (at, Look::Bold, (*name).to_owned())),
            ));
        }
        let still = lines.len();
        for group in groups(findings) {
            lines.extend(group_lines(&group));
        }
        Self { lines, still }
    }

    /// The sheet as a part of a workbook.
    pub(super) fn sheet(&self, styles: &mut Styles) -> String {
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
             <sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews>\
             <sheetView tabSelected=\"1\" workbookViewId=\"0\">",
        );
        xml.push_str(&format!(
            "<pane ySplit=\"{0}\" topLeftCell=\"A{1}\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>",
            self.still,
            self.still + 1
        ));
        for (at, (_, width)) in (1..).zip(COLUMNS) {
            xml.push_str(&format!(
                "<col min=\"{at}\" max=\"{at}\" width=\"{width}\" customWidth=\"1\"/>"
            ));
        }
        xml.push_str("</cols><sheetData>");
        let mut links = String::new();
        for (row, line) in (1_usize..).zip(&self.lines) {
            let height = if row == 1 {
                " ht=\"24\" customHeight=\"1\""
            } else {
                ""
            };
            xml.push_str(&format!("<row r=\"{row}\"{height}>"));
            for (column, look, words) in &line.cells {
                let column = letters(u32::try_from(column + 1).unwrap_or(1));
                xml.push_str(&format!(
                    "<c r=\"{column}{row}\" s=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    styles.look(*look),
                    text(words)
                ));
            }
            xml.push_str("</row>");
            if let Some(link) = &line.link {
                links.push_str(&format!(
                    "<hyperlink ref=\"D{row}\" location=\"{}\"/>",
                    text(link)
                ));
            }
        }
        xml.push_str("</sheetData>");
        if !links.is_empty() {
            xml.push_str(&format!("<hyperlinks>{links}</hyperlinks>"));
        }
        xml.push_str("<pageSetup orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>");
        xml
    }
}

/// The findings by rule and severity: the most frequent first, of equals errors first.
fn groups<'a, 'f>(findings: &'a [Placed<'f>]) -> Vec<Vec<&'a Placed<'f>>> {
    let mut by_rule: BTreeMap<(Rule, bool), Vec<&Placed<'_>>> = BTreeMap::new();
    for placed in findings {
        let key = (placed.0.rule, placed.0.severity == Severity::Warning);
        by_rule.entry(key).or_default().push(placed);
    }
    let mut groups: Vec<_> = by_rule.into_iter().collect();
    groups.sort_by_key(|((rule, warning), group)| (Reverse(group.len()), *warning, rule.code()));
    groups.into_iter().map(|(_, group)| group).collect()
}

fn group_lines(group: &[&Placed<'_>]) -> Vec<Line> {
    let Some((first, _)) = group.first() else {
        return Vec::new();
    };
    let (word, look) = match first.severity {
        Severity::Error => ("Fel", Look::Error),
        Severity::Warning => ("Varning", Look::Warning),
    };
    // Messages begin with the place: of several only what the rule says is the same.
    let general =
        rule_text(first.rule.code()).map(|texts| texts.map(|text| text.replace("{}", "…")));
    let (swedish, english) = match general {
        Some([swedish, english]) if group.len() > 1 => (swedish, english),
        _ => (first.message_sv.clone(), first.message_en.clone()),
    };
    let mut lines = vec![Line::of([
        (0, Look::Bold, group.len().to_string()),
        (1, look, word.to_owned()),
        (2, Look::Bold, first.rule.code().to_owned()),
        (7, Look::Bold, swedish),
        (8, Look::Bold, english),
    ])];
    for (finding, place) in group {
        let mut line = Line::of([
            (1, Look::Plain, word.to_owned()),
            (2, Look::Plain, finding.rule.code().to_owned()),
            (7, Look::Plain, finding.message_sv.clone()),
            (8, Look::Plain, finding.message_en.clone()),
        ]);
        if let Some((sheet, at)) = place {
            line.cells
                .push((3, Look::Link, format!("{sheet}!{}", address(*at))));
            line.link = Some(format!("'{}'!{}", sheet.replace('\'', "''"), address(*at)));
        }
        let told = [
            (4, finding.row.map(|row| row.to_string())),
            (5, finding.column.clone()),
            (6, finding.key.clone()),
        ];
        let told = told
            .into_iter()
            .filter_map(|(at, text)| Some((at, Look::Plain, text?)));
        line.cells.extend(told);
        line.cells.sort_by_key(|(at, _, _)| *at);
        lines.push(line);
    }
    lines
}

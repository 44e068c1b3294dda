//! A report as Markdown.

use super::chart::Chart;
use super::narrative::told;
use super::prose;
use super::shown::{
    cell, figure, head, header, met_by, missing, numbers, remarks, synthetic, text,
};
use crate::reports::Language;
use crate::reports::report::{Report, Section, Table};

/// The report as Markdown.
pub(super) fn write(report: &Report, charts: &[Chart], stem: &str, language: Language) -> String {
    let mut out = format!("# {}\n\n", escaped(&report.title));
    for (what, value) in head(report, language) {
        out.push_str(&format!("- {what}: {}\n", escaped(&value)));
    }
    out.push('\n');
    if report.synthetic {
        out.push_str(&format!("**{}**\n\n", synthetic(language)));
    }
    for part in &report.parts {
        out.push_str(&format!(
            "## {}. {}\n\n",
            part.number,
            escaped(text(&part.title, language))
        ));
        for one in &part.sections {
            section(&mut out, report, one, language);
            let own = charts.iter().filter(|chart| chart.section == one.code);
            for chart in own {
                let (words, file) = (escaped(&chart.alternative), chart.file(stem));
                out.push_str(&format!(
                    "![{words}]({file})\n\n*{}* {}\n\n",
                    escaped(&chart.title),
                    escaped(&chart.source)
                ));
            }
        }
    }
    demands(&mut out, report, language);
    let heading = language.of(["Kvalitetsdeklaration", "Quality declaration"]);
    out.push_str(&format!("## {heading}\n\n"));
    for one in &report.quality {
        out.push_str(&format!(
            "### {}\n\n",
            escaped(text(&one.heading, language))
        ));
        for line in text(&one.text, language).lines() {
            out.push_str(&format!("{}  \n", escaped(line)));
        }
        out.push('\n');
    }
    register(&mut out, report, language);
    out
}

fn section(out: &mut String, report: &Report, section: &Section, language: Language) {
    let title = escaped(text(&section.title, language));
    out.push_str(&format!("### {} {title}\n\n", section.number));
    if let Some(why) = &section.empty {
        out.push_str(&format!("*{}*\n\n", escaped(text(why, language))));
    }
    prose::markdown::write(out, &told(report, section, language));
    for one in &section.tables {
        table(out, section, one, language);
    }
}

fn table(out: &mut String, section: &Section, table: &Table, language: Language) {
    let word = language.of(["Tabell", "Table"]);
    let title = escaped(text(&table.title, language));
    out.push_str(&format!("**{word} {}. {title}**\n\n", table.number));
    let mut headers: Vec<String> = table
        .columns
        .iter()
        .map(|column| escaped(&header(column, language)))
        .collect();
    let has_figures = table.columns.iter().any(|column| !column.is_label);
    if has_figures {
        headers.push(language.of(["Nr", "No."]).to_owned());
    }
    out.push_str(&format!("| {} |\n|", headers.join(" | ")));
    for column in &table.columns {
        out.push_str(if column.is_label { "---|" } else { "---:|" });
    }
    out.push_str(if has_figures { "---|\n" } else { "\n" });
    for row in &table.rows {
        let cells = row
            .cells
            .iter()
            .map(|one| escaped(&cell(section, one, language)));
        let mut cells: Vec<String> = cells.collect();
        if has_figures {
            cells.push(numbers(section, row));
        }
        out.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    out.push('\n');
    for remark in remarks(section, table, language) {
        out.push_str(&format!("{}  \n", escaped(&remark)));
    }
    out.push('\n');
}

fn demands(out: &mut String, report: &Report, language: Language) {
    let heading = language.of(["Beslutets krav på innehåll", "What the decision demands"]);
    out.push_str(&format!("## {heading}\n\n"));
    for one in &report.required {
        let met = met_by(report, one, language);
        let demand = escaped(one.text.trim_end_matches('.'));
        out.push_str(&format!("- {demand}. {met}\n"));
        for what in &one.missing {
            let what = escaped(&missing(what, language));
            out.push_str(&format!("  - {what}\n"));
        }
    }
    out.push('\n');
}

fn register(out: &mut String, report: &Report, language: Language) {
    let heading = language.of(["Siffrorna med sina koder", "The figures with their codes"]);
    out.push_str(&format!("## {heading}\n\n"));
    let columns = language.of([
        ["Nr", "Kod", "Siffra", "Värde"],
        ["No.", "Code", "Figure", "Value"],
    ]);
    out.push_str(&format!(
        "| {} |\n|---|---|---|---:|\n",
        columns.join(" | ")
    ));
    let sections = report.parts.iter().flat_map(|part| &part.sections);
    for section in sections {
        for one in &section.figures {
            let figure = &one.figure;
            out.push_str(&format!(
                "| {} | {} | {} | {} |\n",
                one.number,
                escaped(figure.code.as_str()),
                escaped(text(&figure.title, language)),
                figure.value.shown(figure.unit, language)
            ));
        }
    }
    debug_assert!(
        report
            .parts
            .iter()
            .flat_map(|part| &part.sections)
            .all(|section| section
                .tables
                .iter()
                .flat_map(|table| &table.rows)
                .flat_map(|row| &row.cells)
                .filter_map(|cell| figure(section, cell))
                .count()
                == section.figures.len()),
        "every figure stands in a table once"
    );
}

/// A text that means nothing to Markdown.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        if "\\`*_{}[]<>#|".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(if letter == '\n' { ' ' } else { letter });
    }
    escaped
}

//! The sheet "Anvisningar" of a template: what the round is, how to fill in, and what each column takes.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::rows::Shown;
use super::template::Template;
use super::wording;
use super::write::allowed;
use crate::intake::{Column, Holds, OWN_SHEETS};

/// The columns of the table: header and width.
const TABLE: [(&str, u8); 7] = [
    ("Rubrik", 28),
    ("Engelskt namn", 28),
    ("Krävs", 8),
    ("Vad det är", 48),
    ("Hur det skrivs", 40),
    ("Tillåtna värden", 48),
    ("In English", 80),
];

/// The sheet.
pub(super) fn sheet(template: &Template) -> Result<Worksheet, XlsxError> {
    let mut sheet = Worksheet::new();
    sheet.set_name(OWN_SHEETS[0])?.set_landscape();
    sheet.set_print_fit_to_pages(1, 0);
    let title = Format::new().set_bold().set_font_size(16);
    let bold = Format::new().set_bold();
    let heading = Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0xD9_E2F3))
        .set_border_bottom(FormatBorder::Thin);
    let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    for (at, (_, width)) in (0..).zip(TABLE) {
        sheet.set_column_width(at, width)?;
    }
    let (swedish, english) = wording::kind(template.kind);
    sheet.write_string_with_format(0, 0, format!("Mall: {swedish}"), &title)?;
    sheet.write_string(
        1,
        0,
        format!("Template: {english} ({})", template.kind.code()),
    )?;
    let mut row = 3;
    for (label, value) in facts(template) {
        sheet.write_string_with_format(row, 0, label, &bold)?;
        sheet.write_string(row, 1, value)?;
        row += 1;
    }
    row += 1;
    for (heading, lines) in [
        ("Så här gör ni", how(template)),
        ("In English", how_english()),
    ] {
        sheet.write_string_with_format(row, 0, heading, &bold)?;
        row += 1;
        for line in lines {
            sheet.write_string(row, 0, line)?;
            row += 1;
        }
        row += 1;
    }
    for (at, (name, _)) in (0..).zip(TABLE) {
        sheet.write_string_with_format(row, at, name, &heading)?;
    }
    for shown in &template.shown {
        row += 1;
        let mut lines = 1;
        for (at, (text, (_, width))) in
            (0..).zip(described(template, *shown).into_iter().zip(TABLE))
        {
            lines = lines.max(text.chars().count().div_ceil(usize::from(width)));
            sheet.write_string_with_format(row, at, text, &cell)?;
        }
        // Not every program fits a row's height to wrapped text on its own.
        sheet.set_row_height(row, u32::try_from(15 * lines).unwrap_or(15))?;
    }
    sheet.protect();
    Ok(sheet)
}

/// What the template is for, line by line.
fn facts(template: &Template) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if let Some(shown) = &template.round {
        let round = &shown.round;
        let day = |day: Option<chrono::NaiveDate>| {
            day.map_or_else(|| "inget datum satt".to_owned(), |day| day.to_string())
        };
        facts.extend([
            ("Omgång", round.code.to_string()),
            ("Statsbidrag", shown.programme.clone()),
            (
                "Uppdrag",
                format!("{} ({})", shown.assignment, round.assignment),
            ),
            ("År", round.year.to_string()),
            (
                "Mottagare",
                wording::recipient_kind(round.recipient_kind).to_owned(),
            ),
            ("Tillgängligt belopp", kronor(round.available_amount)),
            ("Öppnar", day(round.opens_on)),
            ("Stänger", day(round.closes_on)),
            ("Används senast", day(Some(round.use_by))),
            ("Redovisas senast", day(Some(round.report_by))),
        ]);
    }
    facts.push((
        "Förberedd för",
        match &template.organisation {
            Some(name) if template.rows.is_empty() => format!("{name} (inga rader att förbereda)"),
            Some(name) if template.rows.len() == 1 => format!("{name}, 1 rad"),
            Some(name) => format!("{name}, {} rader", template.rows.len()),
            None => "alla; utan förberedda rader".to_owned(),
        },
    ));
    if template.synthetic {
        facts.push((
            "Obs",
            "Det som står i flex_-kolumnerna bygger helt eller delvis på syntetiska uppgifter."
                .to_owned(),
        ));
    }
    facts
}

/// Kronor as people read them: blanks between thousands, a decimal comma.
fn kronor(amount: entity::Sek) -> String {
    let text = amount.to_string();
    let (whole, ore) = text.split_once('.').unwrap_or((&text, "00"));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    format!("{grouped},{ore} kr")
}

fn how(template: &Template) -> Vec<String> {
    let mut lines = vec![
        format!(
            "1. Fyll i bladet {}. Mörkblå rubriker krävs på varje rad, ljusblå får vara tomma.",
            template.kind.code()
        ),
        "2. Ta bort de rader som ni inte ska lämna uppgifter på, och lägg till rader under de förberedda om det behövs.".to_owned(),
        "3. Koder är text: inledande nollor ska stå kvar (0114, inte 114). Skriv inga formler i kolumner som läses.".to_owned(),
        "4. Kolumner som börjar med flex_ är till hjälp för er och läses inte. Egna kolumner får heta något på flex_.".to_owned(),
        "5. Rubrikraden är låst, utan lösenord. Ändra inte bladets namn.".to_owned(),
        "6. Spara som .xlsx och skicka arbetsboken som den är: ladda upp den i Samsyn eller lämna den till samordnaren.".to_owned(),
        "7. En fil tas emot helt eller inte alls. Är något fel får ni tillbaka er egen arbetsbok med cellerna markerade.".to_owned(),
    ];
    if !template.lists.is_empty() {
        lines.push("Koderna med namn står i det dolda bladet Listor (högerklicka på en flik och välj Ta fram).".to_owned());
    }
    lines
}

fn how_english() -> Vec<String> {
    [
        "Fill in the first sheet; dark blue headers are required on every row. Delete prepared rows that you do not report.",
        "Codes are text and keep their leading zeros. Columns that begin with flex_ are for your help and are not read.",
        "Save as .xlsx and send the workbook as it is. A file is received wholly or not at all.",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// The cells of a column's line in the table.
fn described(template: &Template, shown: Shown) -> [String; 7] {
    let header = shown.header().to_owned();
    match shown {
        Shown::Asked(column) => {
            let (swedish, english) =
                wording::column(template.kind, column.name).unwrap_or_default();
            let (format, format_english) = wording::format(column.holds);
            [
                header,
                column.name.to_owned(),
                if column.required { "ja" } else { "nej" }.to_owned(),
                swedish.to_owned(),
                format.to_owned(),
                values(template, column),
                format!("{english}. {format_english}."),
            ]
        }
        Shown::Beside(beside) => {
            let (swedish, english) = beside.words();
            let [blank, none] = [String::new(), "nej".to_owned()];
            let note = "läses inte".to_owned();
            [
                header,
                blank.clone(),
                none,
                swedish.to_owned(),
                note,
                blank,
                format!("{english}. Not read."),
            ]
        }
    }
}

/// What may stand in a column, told in words.
fn values(template: &Template, column: &Column) -> String {
    match column.holds {
        Holds::Choice(choices) => allowed(choices).join(", "),
        Holds::Flag => "ja, nej".to_owned(),
        _ => match template
            .lists
            .iter()
            .find(|list| list.column == column.name)
        {
            Some(list) if list.items.len() <= 12 => {
                let items = list.items.iter();
                let told = items.map(|(code, name)| format!("{code} ({name})"));
                told.collect::<Vec<_>>().join(", ")
            }
            Some(list) => format!("{} koder i bladet Listor", list.items.len()),
            None => String::new(),
        },
    }
}

//! How cells of a report's workbook look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use crate::reports::figure::Unit;

pub(super) fn bold() -> Format {
    Format::new().set_bold()
}

pub(super) fn header_format() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0xD9_E2F3))
        .set_border_bottom(FormatBorder::Thin)
}

/// Writes the headers of a sheet into its first row, and makes its columns so wide, in letters.
pub(super) fn headers<const COLUMNS: usize>(
    sheet: &mut Worksheet,
    titles: [&str; COLUMNS],
    widths: [u16; COLUMNS],
) -> Result<(), XlsxError> {
    for ((at, title), width) in (0..).zip(titles).zip(widths) {
        sheet.write_string_with_format(0, at, title, &header_format())?;
        sheet.set_column_width(at, width)?;
    }
    Ok(())
}

pub(super) fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

pub(super) fn to_the_left() -> Format {
    wrapped().set_align(FormatAlign::Left)
}

/// Numbers of figures, apart from the figures before them.
pub(super) fn apart() -> Format {
    Format::new().set_indent(1)
}

pub(super) fn to_the_right() -> Format {
    Format::new().set_align(FormatAlign::Right)
}

/// How a number is shown; Excel puts the reader's own separators, Swedish ones in a Swedish Excel.
pub(super) fn number_format(unit: Unit) -> Format {
    Format::new().set_num_format(match unit {
        Unit::Kronor | Unit::Count => "#,##0",
        // Excel shows percentage points as it shows percent: times a hundred.
        Unit::Share | Unit::ShareDifference => "0.0%",
        Unit::Percent | Unit::PercentagePoints => "0.0",
        Unit::KronorPerInhabitant | Unit::PerRecipient => "#,##0.00",
        Unit::Number => "0.000",
    })
}

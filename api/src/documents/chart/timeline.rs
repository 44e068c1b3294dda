//! The activities of the plan over time: their planned years, and the day that they were completed.

use chrono::{Datelike, NaiveDate};

use super::svg::{INK, Side, Stroke, Svg, shortened};
use super::{Chart, Of, Words};
use crate::reports::Language;
use crate::reports::report::Report;

/// How many activities stand in one chart: more do not fit on a page.
const MOST: usize = 40;

const LEFT: i64 = 300;
const RIGHT: i64 = 620;
const TOP: i64 = 46;
const ROW: i64 = 18;

const PLANNED: Stroke = stroke("#0072B2", "");
const OPEN: Stroke = stroke("#7F7F7F", "4 3");
const TODAY: Stroke = stroke("#D55E00", "6 3");

const fn stroke(colour: &'static str, dash: &'static str) -> Stroke {
    Stroke {
        colour,
        width: 12,
        dash,
    }
}

/// An activity as the table says it.
struct Activity {
    name: String,
    planned: (i32, i32),
    completed: Option<NaiveDate>,
    state: String,
}

/// Years as the axis has them.
struct Axis {
    first: i32,
    last: i32,
}

impl Axis {
    /// The place of a day, of 366 parts of a year.
    fn at(&self, day: NaiveDate) -> i64 {
        let years = i64::from(self.last - self.first + 1);
        let days = i64::from(day.year() - self.first) * 366 + i64::from(day.ordinal0());
        LEFT + (RIGHT - LEFT) * days / (366 * years)
    }

    /// The place where a year begins.
    fn begin(&self, year: i32) -> i64 {
        let years = i64::from(self.last - self.first + 1);
        LEFT + (RIGHT - LEFT) * i64::from(year - self.first) / years
    }
}

/// The charts: several where there are more activities than fit on a page.
pub(super) fn plan(report: &Report, language: Language) -> Vec<Chart> {
    let of = Of::table(
        report,
        language,
        ("support.plan", "support.plan.activities"),
    );
    let Some((of, all)) = of.and_then(|of| Some((of, activities(&of)?))) else {
        return Vec::new();
    };
    let parts = all.len().div_ceil(MOST).max(1);
    // Parts of even length: the last is no remnant.
    let size = all.len().div_ceil(parts).max(1);
    let each = all.chunks(size).zip(1..);
    each.filter_map(|(own, part)| chart(of, own, (part, parts)))
        .collect()
}

fn activities(of: &Of) -> Option<Vec<Activity>> {
    let places = ["row", "activity", "planned", "completed_on", "state"];
    let mut at = Vec::new();
    for key in places {
        at.push(of.column(key)?);
    }
    let rows = of.table.rows.iter().filter_map(|row| {
        let names = of.names(row);
        let text = |place: usize| names.get(*at.get(place)?).map(String::as_str);
        let (first, last) = text(2)?.split_once('–')?;
        Some(Activity {
            name: format!("{}. {}", text(0)?, text(1)?),
            planned: (first.parse().ok()?, last.parse().ok()?),
            completed: text(3)?.parse().ok(),
            state: text(4)?.to_owned(),
        })
    });
    let rows: Vec<Activity> = rows.collect();
    (!rows.is_empty()).then_some(rows)
}

fn chart(of: Of, own: &[Activity], part: (usize, usize)) -> Option<Chart> {
    let language = of.language;
    let today = of.report.today;
    let last = own.iter().map(|one| {
        let completed = one.completed.map_or(i32::MIN, |day| day.year());
        one.planned.1.max(completed)
    });
    let axis = Axis {
        first: own.iter().map(|one| one.planned.0).min()?,
        last: last.max()?,
    };
    let rows = i64::try_from(own.len()).unwrap_or(0);
    let bottom = TOP + rows * ROW;
    let mut svg = Svg::new(720, bottom + 12);
    let is_within = (axis.first..=axis.last).contains(&today.year());
    legend(&mut svg, is_within, language);
    for year in axis.first..=axis.last {
        let (from, to) = (axis.begin(year), axis.begin(year + 1));
        svg.guide((from, TOP - 6), (from, bottom));
        svg.label(
            (i64::midpoint(from, to), TOP - 8),
            Side::Middle,
            &year.to_string(),
        );
    }
    svg.guide((RIGHT, TOP - 6), (RIGHT, bottom));
    if is_within {
        let at = axis.at(today);
        svg.line(&[(at, TOP - 4), (at, bottom)], TODAY);
    }
    let mut said = Vec::new();
    for (one, top) in own.iter().zip((0..).map(|row| TOP + row * ROW)) {
        let middle = top + ROW / 2;
        let name = shortened(&one.name, 50);
        svg.words((LEFT - 8, middle + 4), Side::End, (&name, 12, INK));
        let from = axis.begin(one.planned.0);
        let size = (axis.begin(one.planned.1 + 1) - from, ROW - 6);
        match one.completed {
            Some(day) => {
                svg.edged((from, top + 3), size, "#B3D0E8", PLANNED);
                svg.diamond((axis.at(day), middle), 7, INK);
            }
            None => svg.edged((from, top + 3), size, "#FFFFFF", OPEN),
        }
        svg.words((RIGHT + 8, middle + 4), Side::Start, (&one.state, 12, INK));
        let (first, last) = one.planned;
        let when = one
            .completed
            .map_or_else(String::new, |day| format!(" {day}"));
        said.push(format!("{name}, {first}–{last}: {}{when}", one.state));
    }
    let title = language.of([
        "Delaktiviteternas planerade år och dag de blev klara",
        "Planned years of the activities, and the day they were completed",
    ]);
    let words = Words {
        name: "plan_timeline".to_owned(),
        title: title.to_owned(),
        said,
    };
    Some(of.chart(words.of_part(part), svg))
}

fn legend(svg: &mut Svg, has_today: bool, language: Language) {
    let [open, completed, today] = language.of([
        ["planerad", "klar: planerade år och dag", "datauttagets dag"],
        [
            "planned",
            "completed: planned years and day",
            "the dataset's day",
        ],
    ]);
    svg.edged((LEFT - 200, 4), (26, 12), "#FFFFFF", OPEN);
    svg.label((LEFT - 168, 15), Side::Start, open);
    svg.edged((LEFT - 80, 4), (26, 12), "#B3D0E8", PLANNED);
    svg.diamond((LEFT - 60, 10), 7, INK);
    svg.label((LEFT - 46, 15), Side::Start, completed);
    if has_today {
        svg.line(&[(LEFT + 170, 2), (LEFT + 170, 18)], TODAY);
        svg.label((LEFT + 178, 15), Side::Start, today);
    }
}

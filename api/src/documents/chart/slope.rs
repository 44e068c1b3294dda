//! How indicators shifted between a first and a last year: a small picture each, with a scale of its own from 0.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::colour::SERIES;
use super::picked::Picked;
use super::svg::{At, INK, Side, Svg, wrapped};
use super::{Chart, Of, Words};
use crate::reports::Language;
use crate::reports::report::Report;

/// How many stand beside each other, and in one chart: more do not fit on a page.
const ACROSS: usize = 3;
const MOST: usize = 15;

const SIZE: At = (240, 150);

/// The change of one indicator.
struct Shift<'a> {
    before: Picked<'a>,
    after: Picked<'a>,
}

/// The charts: several where there are more indicators than fit on a page.
pub(super) fn indicators(report: &Report, language: Language) -> Vec<Chart> {
    let of = Of::table(
        report,
        language,
        ("development.indicators", "development.indicators.shift"),
    );
    let Some(of) = of else {
        return Vec::new();
    };
    let columns = (
        of.column("indicator.baseline_mean"),
        of.column("indicator.follow_up_mean"),
    );
    let (Some(before), Some(after)) = columns else {
        return Vec::new();
    };
    let rows = of.table.rows.iter().map(|row| Shift {
        before: of.pick(row, before),
        after: of.pick(row, after),
    });
    let all: Vec<Shift> = rows
        .filter(|one| one.before.value.is_some() && one.after.value.is_some())
        .collect();
    let parts = all.len().div_ceil(MOST);
    let each = all.chunks(MOST).zip(1..);
    each.map(|(own, part)| chart(of, own, (part, parts)))
        .collect()
}

fn chart(of: Of, own: &[Shift], part: (usize, usize)) -> Chart {
    let rows = i64::try_from(own.len().div_ceil(ACROSS)).unwrap_or(0);
    let mut svg = Svg::new(720, rows * SIZE.1 + 4);
    let mut said = Vec::new();
    let places =
        (0..rows).flat_map(|row| (0..3).map(move |column| (column * SIZE.0, row * SIZE.1)));
    for (one, at) in own.iter().zip(places) {
        panel(&mut svg, at, one);
        let names = one.before.names.join(", ");
        said.push(format!(
            "{names}: {} → {}",
            one.before.shown, one.after.shown
        ));
    }
    let title = of
        .language
        .of([
            "Indikatorernas medelvärde första och sista året, var och en med egen skala från noll",
            "Mean of the indicators in the first and the last year, each with a scale of its own from zero",
        ]);
    let words = Words {
        name: "indicator_slope".to_owned(),
        title: title.to_owned(),
        said,
    };
    of.chart(words.of_part(part), svg)
}

/// One indicator: its name, its two values, and the line between them.
fn panel(svg: &mut Svg, (x, y): At, one: &Shift) {
    let name = |place: usize| one.before.names.get(place).map_or("", String::as_str);
    for (line, words) in (0..).zip(wrapped(name(0), 38, 2)) {
        svg.words((x + 4, y + 14 + line * 14), Side::Start, (&words, 12, INK));
    }
    svg.words((x + 4, y + 42), Side::Start, (name(1), 11, "#5A5A5A"));
    let (left, right, top, bottom) = (x + 62, x + 170, y + 54, y + 122);
    let highest = one.before.value.max(one.after.value).unwrap_or_default();
    let height = |value: Option<Decimal>| {
        let value = value.unwrap_or_default().max(Decimal::ZERO);
        let share = value.checked_div(highest).unwrap_or_default();
        let thousandths = share.checked_mul(Decimal::ONE_THOUSAND).unwrap_or_default();
        let thousandths = thousandths.round().to_i64().unwrap_or(0).clamp(0, 1000);
        bottom - (bottom - top) * thousandths / 1000
    };
    let ends = [
        (left, height(one.before.value)),
        (right, height(one.after.value)),
    ];
    svg.guide((left - 6, bottom), (right + 6, bottom));
    svg.guide((left, top), (left, bottom));
    svg.guide((right, top), (right, bottom));
    svg.line(&ends, SERIES[0]);
    for end in ends {
        svg.dot(end, 4, SERIES[0].colour);
    }
    svg.label((left - 8, ends[0].1 + 4), Side::End, &one.before.shown);
    svg.label((right + 8, ends[1].1 + 4), Side::Start, &one.after.shown);
    if let Some((first, last)) = name(2).split_once('–') {
        svg.words((left, bottom + 15), Side::Middle, (first, 11, INK));
        svg.words((right, bottom + 15), Side::Middle, (last, 11, INK));
    }
}

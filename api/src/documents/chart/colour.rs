//! Colours that are told apart by the colour-blind, and in grey on paper.

use super::svg::{At, INK, Side, Stroke, Svg};
use crate::reports::Language;

/// Colours of Okabe and Ito, with dashes of their own.
pub(super) const SERIES: [Stroke; 4] = [
    series("#0072B2", ""),
    series("#D55E00", "8 4"),
    series("#009E73", "2 4"),
    series("#7F7F7F", "12 4 2 4"),
];

const fn series(colour: &'static str, dash: &'static str) -> Stroke {
    Stroke {
        colour,
        width: 25,
        dash,
    }
}

/// One hue from light to dark: the order is seen in grey too.
const STEPS: [&str; 5] = ["#E3EEF9", "#B3D0E8", "#6BAED6", "#2B7BBA", "#08437F"];

/// Classes of a share, each with a colour: five of equal width, in whole percent. The first holds all that is less and the
/// last all that is more.
pub(super) struct Scale {
    /// The lower bound of the first class, in percent.
    from: i64,
    /// The width of a class, in percentage points.
    step: i64,
    /// Whether there are values below the first class.
    is_open: bool,
}

impl Scale {
    /// The scale of values in thousandths; of none from 0 to 100.
    pub(super) fn of(values: impl Iterator<Item = i64> + Clone) -> Self {
        let lowest = values.clone().min().unwrap_or(0) / 10;
        let highest = (values.max().unwrap_or(1000) + 9) / 10;
        // Bounds that are read at a glance: steps of 1, 2, 5, 10 or 20 points from a multiple of the step.
        let steps = [1, 2, 5, 10, 20];
        let fits = |step: &i64| lowest / step * step + 5 * step >= highest;
        let step = steps.into_iter().find(fits).unwrap_or(20);
        let from = (lowest / step * step).min(100 - 5 * step).max(0);
        Self {
            from,
            step,
            is_open: false,
        }
    }

    /// The scale of many values, some of them far below all others: they do not take the classes from the rest.
    pub(super) fn of_many(values: impl Iterator<Item = i64>) -> Self {
        let mut values: Vec<i64> = values.collect();
        values.sort_unstable();
        let few = values.len() / 10;
        let most = values.get(few..).unwrap_or_default();
        let scale = Self::of(most.iter().copied());
        let lowest = values.first().copied().unwrap_or(0);
        Self {
            is_open: lowest < scale.from * 10,
            ..scale
        }
    }

    /// The classes with their bounds in percent.
    pub(super) fn classes(&self, language: Language) -> Vec<(usize, String)> {
        let bounds = |class: usize| {
            let from = self.from + i64::try_from(class).unwrap_or(0) * self.step;
            let to = from + self.step;
            if class == 0 && self.is_open {
                format!("{} {to}", language.of(["under", "below"]))
            } else {
                format!("{from}–{to}")
            }
        };
        (0..STEPS.len())
            .map(|class| (class, bounds(class)))
            .collect()
    }

    /// The class of a value in thousandths.
    pub(super) fn class(&self, value: i64) -> usize {
        let class = (value - self.from * 10).max(0) / (self.step * 10);
        usize::try_from(class).unwrap_or(0).min(STEPS.len() - 1)
    }

    /// The colour of a value in thousandths, and that of words on it.
    pub(super) fn colours(&self, value: i64) -> (&'static str, &'static str) {
        let class = self.class(value);
        (STEPS[class], if class >= 3 { "#FFFFFF" } else { INK })
    }

    /// What the colours mean, from a place downwards.
    pub(super) fn legend(&self, svg: &mut Svg, (x, y): At, language: Language) {
        let mut top = y;
        for ((_, words), colour) in self.classes(language).into_iter().zip(STEPS) {
            let stroke = Stroke {
                colour: "#7F7F7F",
                width: 7,
                dash: "",
            };
            svg.edged((x, top), (22, 16), colour, stroke);
            svg.label((x + 30, top + 13), Side::Start, &words);
            top += 22;
        }
        svg.hatched((x, top), (22, 16));
        let missing = language.of(["– uppgift saknas", "– no value"]);
        svg.label((x + 30, top + 13), Side::Start, missing);
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;
    use crate::reports::Language;

    #[test]
    fn every_value_has_a_class_and_bounds_are_whole() {
        for lowest in (0..1000).step_by(37) {
            for highest in (lowest..=1000).step_by(41) {
                let scale = Scale::of([lowest, highest].into_iter());
                assert!(scale.from * 10 <= lowest, "{lowest} {highest}");
                assert!((scale.from + 5 * scale.step) * 10 >= highest);
                assert!(scale.from >= 0 && scale.class(highest) >= scale.class(lowest));
            }
        }
    }

    #[test]
    fn a_few_values_far_below_do_not_take_the_classes_from_the_rest() {
        let values = (800..1000).step_by(2).chain([0, 10, 20]);
        let scale = Scale::of_many(values);
        assert_eq!((scale.from, scale.step), (75, 5));
        let words: Vec<String> = scale
            .classes(Language::English)
            .into_iter()
            .map(|(_, words)| words)
            .collect();
        assert_eq!(words[..2], ["below 80", "80–85"]);
        assert_eq!(
            (scale.class(0), scale.class(849), scale.class(1000)),
            (0, 1, 4)
        );
    }
}

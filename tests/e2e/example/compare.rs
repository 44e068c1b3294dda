//! Compares answers with `expected.json`, and tells every difference at once.

use serde_json::Value;

use super::exact;

/// Comparisons made, and those that failed.
#[derive(Default)]
pub(crate) struct Comparison {
    made: usize,
    differences: Vec<String>,
}

impl Comparison {
    /// Two values are the same.
    pub(crate) fn same(&mut self, what: &str, found: &Value, expected: &Value) {
        self.holds(found == expected, || {
            format!("{what}: {found} instead of {expected}")
        });
    }

    /// Something is so.
    pub(crate) fn holds(&mut self, so: bool, otherwise: impl FnOnce() -> String) {
        self.made += 1;
        if !so {
            self.differences.push(otherwise());
        }
    }

    /// A rate has the exact value, numerator, denominator, members and missing ones that are expected.
    pub(crate) fn rate(&mut self, what: &str, found: &Value, expected: &Value) {
        match expected.get("fraction") {
            Some(fraction) => {
                self.same(&format!("{what} absent"), &found["absent"], &Value::Null);
                self.value(&format!("{what} value"), &found["value"], fraction, 12);
                let parts = (text(&found["numerator"]), text(&found["denominator"]));
                let same = exact::same_ratio(parts, (text(&fraction[0]), text(&fraction[1])));
                self.holds(same, || format!("{what}: {parts:?} instead of {fraction}"));
            }
            None => self.absent(what, &found["value"], &found["absent"], expected),
        }
        for part in ["numerator", "denominator", "n"] {
            if let Some(expected) = expected.get(part) {
                self.same(&format!("{what} {part}"), &found[part], expected);
            }
        }
        if let Some(expected) = expected.get("missingCount").and_then(Value::as_object) {
            let counts: serde_json::Map<String, Value> = list(&found["missing"])
                .iter()
                .map(|one| (text(&one["reason"]).to_owned(), one["count"].clone()))
                .collect();
            let some: serde_json::Map<String, Value> = expected
                .iter()
                .filter(|(_, count)| **count != 0)
                .map(|(reason, count)| (reason.clone(), count.clone()))
                .collect();
            self.same(&format!("{what} missing"), &counts.into(), &some.into());
        }
    }

    /// A bare number is the exact fraction at 12 decimals, or the decimal at six; or absent for the reason expected.
    pub(crate) fn number(&mut self, what: &str, found: &Value, absent: &Value, expected: &Value) {
        match (expected.get("fraction"), expected.get("decimal")) {
            (Some(fraction), _) => self.value(what, found, fraction, 12),
            (None, Some(decimal)) => {
                let found = found.as_str().map_or_else(String::new, |found| {
                    let (whole, decimals) = found.split_once('.').unwrap_or((found, ""));
                    let unit = format!("1{}", "0".repeat(decimals.len()));
                    exact::quotient(&format!("{whole}{decimals}"), &unit, 6)
                });
                let expected = exact::plain(text(decimal));
                self.holds(found == expected, || {
                    format!("{what}: {found} instead of {expected}")
                });
            }
            (None, None) => self.absent(what, found, absent, expected),
        }
    }

    fn value(&mut self, what: &str, found: &Value, fraction: &Value, places: usize) {
        let expected = exact::quotient(text(&fraction[0]), text(&fraction[1]), places);
        let found = found.as_str().map(exact::plain);
        self.holds(found.as_deref() == Some(&expected), || {
            format!("{what}: {found:?} instead of {expected}")
        });
    }

    fn absent(&mut self, what: &str, value: &Value, absent: &Value, expected: &Value) {
        self.same(&format!("{what} value"), value, &Value::Null);
        self.same(&format!("{what} absent"), absent, &expected["missing"]);
        self.holds(expected["missing"].is_string(), || {
            format!("{what}: nothing is expected")
        });
    }

    /// Fails with the differences; and if fewer comparisons were made than there should be.
    pub(crate) fn done(self, at_least: usize) {
        let differences = self.differences.len();
        let first = self
            .differences
            .iter()
            .take(20)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n");
        assert_eq!(differences, 0, "of {} comparisons:\n{first}", self.made);
        assert!(
            self.made >= at_least,
            "only {} comparisons were made",
            self.made
        );
    }
}

/// A text that must be one.
pub(crate) fn text(value: &Value) -> &str {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"))
}

/// A list that must be one.
pub(crate) fn list(value: &Value) -> &[Value] {
    value
        .as_array()
        .unwrap_or_else(|| panic!("{value} is no list"))
}

/// Öre of an amount.
pub(crate) fn ore(value: &Value) -> i128 {
    exact::scaled(text(value), 2)
}

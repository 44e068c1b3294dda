//! A section of a number format: what it shows of a number that it is for.

use rust_decimal::{Decimal, RoundingStrategy};

/// What a format shows a number as.
#[derive(Debug, PartialEq)]
pub(super) enum Shows {
    /// The number as it is stored.
    Itself,
    /// The same number with zeros before it.
    Padded(String),
    /// The number rounded, as a fraction, or not at all.
    Rounded(String),
    /// Another number, or one of another unit.
    Other(String),
    /// A day; whether it shows year, month and day.
    Day { whole: bool },
    /// A length of time, or a time without a day.
    Time,
}

/// A section, with what its code says.
#[derive(Debug, Default)]
pub(super) struct Section {
    pub(super) condition: Option<(Compare, Decimal)>,
    /// Digits that are always shown before the decimal mark.
    pub(super) whole: usize,
    pub(super) decimals: usize,
    pub(super) placeholders: usize,
    pub(super) percents: u32,
    pub(super) thousands: u32,
    pub(super) exponent: bool,
    pub(super) fraction: bool,
    pub(super) general: bool,
    pub(super) text: bool,
    elapsed: bool,
    before: String,
    after: String,
    /// Letters of dates and times, each run once, in their order.
    pub(super) moments: Vec<(char, usize)>,
}

/// How a condition compares.
#[derive(Clone, Copy, Debug)]
pub(super) enum Compare {
    Below,
    AtMost,
    Above,
    AtLeast,
    Equal,
    Other,
}

/// What letters beside a number may mean without changing it for anybody; whatever changes the unit is told.
const OTHER_UNITS: [&str; 22] = [
    "‰", "promille", "tkr", "tusen", "tsek", "ksek", "mkr", "mnkr", "msek", "mdkr", "milj",
    "mnsek", "miljard", "eur", "€", "$", "usd", "£", "gbp", "dkk", "nok", "procent",
];

/// Single letters that mean thousands and millions.
const OTHER_LETTERS: [&str; 4] = ["k", "t", "m", "mn"];

impl Section {
    /// Whether it shows every number as it is stored, and nothing beside it.
    pub(super) fn is_general(&self) -> bool {
        let plain = self.general || self.text;
        let alone = self.before.is_empty() && self.after.is_empty() && self.moments.is_empty();
        plain && alone && self.placeholders == 0 && self.condition.is_none() && !self.elapsed
    }

    pub(super) fn literal(&mut self, words: &str) {
        if self.placeholders == 0 && !self.general {
            self.before.push_str(words);
        } else {
            self.after.push_str(words);
        }
    }

    pub(super) fn placeholder(&mut self, letter: char) {
        self.placeholders += 1;
        if letter == '0' {
            self.whole += 1;
        }
    }

    /// A condition, a currency, a length of time, or a colour.
    pub(super) fn bracket(&mut self, words: &str) {
        if let Some(currency) = words.strip_prefix('$') {
            let sign = currency.rsplit_once('-').map_or(currency, |(sign, _)| sign);
            self.literal(sign);
            return;
        }
        let compared = [
            ("<=", Compare::AtMost),
            (">=", Compare::AtLeast),
            ("<>", Compare::Other),
            ("<", Compare::Below),
            (">", Compare::Above),
            ("=", Compare::Equal),
        ];
        for (sign, compare) in compared {
            if let Some(with) = words.strip_prefix(sign) {
                self.condition = with.trim().parse().ok().map(|with| (compare, with));
                return;
            }
        }
        let letters = words.to_ascii_lowercase();
        if !letters.is_empty() && letters.chars().all(|one| matches!(one, 'h' | 'm' | 's')) {
            self.elapsed = true;
        }
    }

    pub(super) fn moment(&mut self, letter: char) {
        match self.moments.last_mut() {
            Some((last, count)) if *last == letter => *count += 1,
            _ => self.moments.push((letter, 1)),
        }
    }

    pub(super) fn shows(&self, number: Decimal, signed: bool) -> Shows {
        if self.elapsed {
            return Shows::Time;
        }
        if !self.moments.is_empty() {
            return self.day();
        }
        if self.general || (self.text && self.placeholders == 0) {
            return self.in_unit(number, &number.to_string(), Shows::Itself);
        }
        if self.placeholders == 0 {
            let words = format!("{}{}", self.before, self.after);
            // A dash is how accounts write nothing.
            let dash = matches!(words.trim(), "-" | "–" | "—") || words.contains('-');
            return if number.is_zero() && dash {
                Shows::Itself
            } else {
                Shows::Rounded(words.trim().to_owned())
            };
        }
        if self.fraction {
            return if number.is_integer() {
                Shows::Itself
            } else {
                Shows::Rounded("1/2, 1/3 …".to_owned())
            };
        }
        let Some((text, shown)) = self.written(number, signed) else {
            return Shows::Other("…".to_owned());
        };
        let scaled = self.percents > 0 || self.thousands > 0;
        let text = format!("{}{text}{}", self.before, self.after);
        let text = text.trim();
        if shown == number {
            let kept = if self.whole > 1 && padded(text) {
                Shows::Padded(text.to_owned())
            } else {
                Shows::Itself
            };
            return self.in_unit(number, text, kept);
        }
        // What is rounded has the same sign, but where it is rounded to nothing.
        let turned = !shown.is_zero() && shown.is_sign_negative() != number.is_sign_negative();
        if scaled || turned {
            return Shows::Other(text.to_owned());
        }
        self.in_unit(number, text, Shows::Rounded(text.to_owned()))
    }

    /// What is shown, unless letters beside the number make another of it.
    fn in_unit(&self, number: Decimal, text: &str, otherwise: Shows) -> Shows {
        let words = format!("{} {}", self.before, self.after).to_lowercase();
        let other = OTHER_UNITS.iter().any(|unit| words.contains(unit))
            || words
                .split(|letter: char| !letter.is_alphabetic())
                .any(|word| OTHER_LETTERS.contains(&word));
        if other && !number.is_zero() {
            let text = if self.general {
                format!("{}{text}{}", self.before, self.after)
            } else {
                text.to_owned()
            };
            return Shows::Other(text);
        }
        otherwise
    }

    /// The digits that are shown, and the number that they are.
    fn written(&self, number: Decimal, signed: bool) -> Option<(String, Decimal)> {
        let mut shown = number.abs();
        for _ in 0..self.percents.min(4) {
            shown = shown.checked_mul(Decimal::ONE_HUNDRED)?;
        }
        for _ in 0..self.thousands.min(6) {
            shown = shown.checked_div(Decimal::ONE_THOUSAND)?;
        }
        let away = RoundingStrategy::MidpointAwayFromZero;
        let decimals = u32::try_from(self.decimals).unwrap_or(u32::MAX).min(28);
        let digits = if self.exponent {
            shown = shown.round_sf_with_strategy(decimals + 1, away)?;
            shown.normalize().to_string()
        } else {
            shown = shown.round_dp_with_strategy(decimals, away);
            let whole = shown.trunc().to_string();
            let zeros = "0".repeat(self.whole.min(40).saturating_sub(whole.len()));
            let fraction = format!("{:.*}", decimals as usize, shown.fract());
            let fraction = fraction.split_once('.').map_or("", |(_, digits)| digits);
            let mark = if fraction.is_empty() { "" } else { "." };
            format!("{zeros}{whole}{mark}{fraction}")
        };
        let negative = number.is_sign_negative() && !number.is_zero();
        let said = self.before.contains(['-', '−', '(']) || self.after.contains(['-', '−', ')']);
        let minus = if negative && signed { "-" } else { "" };
        let number = if negative && (signed || said) {
            -shown
        } else {
            shown
        };
        Some((format!("{minus}{digits}"), number))
    }

    fn day(&self) -> Shows {
        let has = |letter: char| self.moments.iter().any(|(one, _)| *one == letter);
        // Minutes are written with the letter of months, beside hours or seconds.
        let is_month = |at: usize| {
            let (_, count) = self.moments[at];
            let before = at.checked_sub(1).map(|before| self.moments[before].0);
            let after = self.moments.get(at + 1).map(|(letter, _)| *letter);
            count > 2 || !(before == Some('h') || after == Some('s'))
        };
        let month = (0..self.moments.len()).any(|at| self.moments[at].0 == 'm' && is_month(at));
        let year = has('y') || has('e') || has('g') || has('b');
        // The name of a weekday is no day of a month.
        let day = self
            .moments
            .iter()
            .any(|(one, count)| *one == 'd' && *count <= 2);
        if !month && !year && !has('d') {
            return Shows::Time;
        }
        Shows::Day {
            whole: month && year && day,
        }
    }
}

/// Whether digits begin with a zero that says nothing.
fn padded(text: &str) -> bool {
    let digits: Vec<u8> = text
        .bytes()
        .filter(|one| one.is_ascii_digit() || *one == b'.')
        .collect();
    digits.len() > 1 && digits[0] == b'0' && digits[1] != b'.'
}

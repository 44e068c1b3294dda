//! iCalendar (RFC 5545) as text: escaped, folded at 75 octets, lines ended by CRLF.
//!
//! Every event is a whole day, which has no time and no zone. The zone stands in the calendar because one without any
//! component would be none, and because it says whose days they are.

use chrono::{DateTime, Days, NaiveDate, Utc};

/// Octets of a line at most, its end not counted.
const LINE: usize = 75;

/// Central European time by the rule that holds since 1996.
const ZONE: &[&str] = &[
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Stockholm",
    "BEGIN:DAYLIGHT",
    "DTSTART:19960331T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZNAME:CEST",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZNAME:CET",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// An event of a whole day.
#[derive(Clone, Debug)]
pub(super) struct DayEvent {
    pub(super) uid: String,
    pub(super) day: NaiveDate,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) category: &'static str,
    /// Whether invented example data are behind it.
    pub(super) synthetic: bool,
}

/// A calendar of a name, as it was known at an instant.
pub(super) fn calendar(name: &str, at: DateTime<Utc>, events: &[DayEvent]) -> String {
    let mut lines = Lines::default();
    lines.plain("BEGIN:VCALENDAR");
    lines.plain("VERSION:2.0");
    lines.plain("PRODID:-//Samsyn//Uppdragskalender//SV");
    lines.plain("CALSCALE:GREGORIAN");
    lines.text("NAME", name);
    lines.text("X-WR-CALNAME", name);
    lines.plain("X-WR-TIMEZONE:Europe/Stockholm");
    ZONE.iter().for_each(|line| lines.plain(line));
    for event in events {
        lines.event(event, at);
    }
    lines.plain("END:VCALENDAR");
    lines.0
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn event(&mut self, event: &DayEvent, at: DateTime<Utc>) {
        // The end of a whole day is the next one.
        let next = event.day.checked_add_days(Days::new(1));
        let next = next.unwrap_or(event.day);
        self.plain("BEGIN:VEVENT");
        self.text("UID", &event.uid);
        self.plain(&format!("DTSTAMP:{}", at.format("%Y%m%dT%H%M%SZ")));
        let day = event.day.format("%Y%m%d");
        self.plain(&format!("DTSTART;VALUE=DATE:{day}"));
        self.plain(&format!("DTEND;VALUE=DATE:{}", next.format("%Y%m%d")));
        self.text("SUMMARY", &event.summary);
        if !event.description.is_empty() {
            self.text("DESCRIPTION", &event.description);
        }
        self.text("CATEGORIES", event.category);
        self.plain("TRANSP:TRANSPARENT");
        if event.synthetic {
            self.plain("X-SAMSYN-SYNTHETIC:TRUE");
        }
        self.plain("END:VEVENT");
    }

    fn text(&mut self, name: &str, value: &str) {
        self.plain(&format!("{name}:{}", escaped(value)));
    }

    /// One line, folded between characters: a continuation begins with a space.
    fn plain(&mut self, line: &str) {
        let mut octets = 0;
        for letter in line.chars() {
            if octets + letter.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(letter);
            octets += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text as a value: backslash, semicolon, comma and line break are written with a backslash, other control characters
/// not at all.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            '\n' => escaped.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters_at_75_octets() {
        let mut lines = Lines::default();
        let text = format!("SUMMARY:{}", "åäö".repeat(60));
        lines.plain(&text);
        let folded = lines.0.strip_suffix("\r\n").expect("an end");
        let parts: Vec<&str> = folded.split("\r\n").collect();
        assert!(parts.len() > 4, "{parts:?}");
        assert!(parts.iter().all(|part| part.len() <= LINE));
        assert!(parts[1..].iter().all(|part| part.starts_with(' ')));
        assert_eq!(folded.replace("\r\n ", ""), text);
        for (length, count) in [(75, 1), (76, 2), (149, 2), (150, 3)] {
            let mut lines = Lines::default();
            lines.plain(&"a".repeat(length));
            assert_eq!(lines.0.matches("\r\n").count(), count, "{length}");
        }
    }

    #[test]
    fn what_means_something_in_a_value_is_escaped() {
        assert_eq!(
            escaped("a\\b;c,d\r\ne\nf\tg:h"),
            "a\\\\b\\;c\\,d\\ne\\nfg:h"
        );
    }
}

//! Days and times of a workbook: numbers of days since its epoch, or texts in ISO 8601.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::intake::table::Cell;

/// Days between the epochs that workbooks have.
const FROM_1904: i64 = 1462;

/// The cell of a number of days; those before 1901 are none, since the epoch of 1900 counts a day that never was.
pub(super) fn of_number(days: Decimal, from_1904: bool) -> Option<NaiveDateTime> {
    // A time is kept as a part of a day, rarely exactly: it is as exact as the second.
    let seconds = days.checked_mul(Decimal::from(86_400))?.round().to_i64()?;
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?.and_time(NaiveTime::MIN);
    let later = if from_1904 { FROM_1904 * 86_400 } else { 0 };
    let moment = epoch.checked_add_signed(TimeDelta::try_seconds(seconds.checked_add(later)?)?)?;
    (moment.year() > 1900).then_some(moment)
}

/// The moment of a cell that holds one in ISO 8601: a day, perhaps with a time and its place.
pub(super) fn of_text(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    let day = NaiveDate::parse_from_str(text.get(..10)?, "%Y-%m-%d").ok()?;
    let Some(time) = text.get(10..).filter(|time| !time.is_empty()) else {
        return Some(day.and_time(NaiveTime::MIN));
    };
    let time = time.strip_prefix(['T', 't', ' '])?;
    let offset = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let time = &time[..offset];
    let formats = ["%H:%M:%S%.f", "%H:%M"];
    let read = formats
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(time, format).ok());
    read.map(|time| day.and_time(time))
}

/// A moment as a cell: at midnight it is a day.
pub(super) fn cell<T>(moment: NaiveDateTime) -> Cell<T> {
    if moment.num_seconds_from_midnight() == 0 && moment.nanosecond() == 0 {
        Cell::Date(Some(moment.date()))
    } else {
        Cell::Moment(moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(days: &str, from_1904: bool) -> Option<String> {
        let days = days.parse().expect("a number");
        of_number(days, from_1904).map(|moment| moment.to_string())
    }

    #[test]
    fn numbers_of_days_are_moments() {
        assert_eq!(
            number("42887", false).as_deref(),
            Some("2017-06-01 00:00:00")
        );
        assert_eq!(
            number("41425", true).as_deref(),
            Some("2017-06-01 00:00:00")
        );
        assert_eq!(
            number("42887.6055555556", false).as_deref(),
            Some("2017-06-01 14:32:00")
        );
        assert_eq!(
            number("42886.9999999999", false).as_deref(),
            Some("2017-06-01 00:00:00")
        );
        assert_eq!(
            number("2958465", false).as_deref(),
            Some("9999-12-31 00:00:00")
        );
        assert_eq!(number("59", false), None);
        assert_eq!(number("-1", false), None);
        assert_eq!(number("79228162514264337593543950335", false), None);
    }

    #[test]
    fn iso_days_with_a_time_of_midnight_are_days() {
        let day: Cell<()> = Cell::Date(NaiveDate::from_ymd_opt(2017, 6, 1));
        for text in [
            "2017-06-01",
            "2017-06-01T00:00:00",
            "2017-06-01T00:00:00.000Z",
            "2017-06-01T00:00",
            "2017-06-01T00:00:00+02:00",
            " 2017-06-01 00:00:00 ",
        ] {
            assert_eq!(of_text(text).map(cell), Some(day), "{text}");
        }
        // A program that writes Swedish midnight by Greenwich's clock says the day before.
        assert!(matches!(
            of_text("2017-05-31T22:00:00.000Z").map(cell::<()>),
            Some(Cell::Moment(_))
        ));
        for text in [
            "",
            "2017-6-1",
            "2017-02-30",
            "2017-06-01X",
            "2017-06-01T25:00:00",
            "åäö-06-01-2",
        ] {
            assert_eq!(of_text(text), None, "{text}");
        }
    }
}

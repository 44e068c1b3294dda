//! The seam to the frame engine: building and reading columns, conditions, checks against wrapping.
//!
//! All numbers in frames are i64, so that a sum has the width that the check has promised.

use polars::frame::DataFrame;
use polars::frame::column::Column;
use polars::prelude::{Expr, NamedFrom, Series, col, lit};

use crate::Error;
use crate::figure::Absent;
use crate::key::KeyColumn;

/// Refuses numbers whose absolute values add up to more than i64 holds: the engine's integer sum
/// wraps silently.
pub(crate) fn check_sum(values: impl IntoIterator<Item = i64>) -> Result<(), Error> {
    absolute_sum(values).map(|_| ())
}

/// What the absolute values of numbers add up to; refused where i64 does not hold it.
pub(crate) fn absolute_sum(values: impl IntoIterator<Item = i64>) -> Result<i64, Error> {
    let sum: i128 = values
        .into_iter()
        .map(|value| i128::from(value).abs())
        .sum();
    i64::try_from(sum).map_err(|_| Error::AmountsTooLarge)
}

/// The rows of frames of the same columns, one frame after the other. No row is copied: the frames' own are shared.
pub(crate) fn one_after_the_other(
    frames: impl IntoIterator<Item = DataFrame>,
) -> Result<DataFrame, Error> {
    let mut frames = frames.into_iter();
    let mut all = frames.next().unwrap_or_default();
    for frame in frames {
        all.vstack_mut(&frame)?;
    }
    Ok(all)
}

/// A count from a sum of zeros and ones.
pub(crate) fn count(sum: i64) -> u64 {
    u64::try_from(sum).unwrap_or(0)
}

pub(crate) fn integers(name: &str, values: impl Iterator<Item = i64>) -> Column {
    Column::new(name.into(), values.collect::<Vec<i64>>())
}

pub(crate) fn optional_integers(name: &str, values: impl Iterator<Item = Option<i64>>) -> Column {
    Column::new(name.into(), values.collect::<Vec<Option<i64>>>())
}

pub(crate) fn texts<'a>(name: &str, values: impl Iterator<Item = &'a str>) -> Column {
    Column::new(name.into(), values.collect::<Vec<&str>>())
}

/// A column of texts and the column of reasons why one is null.
pub(crate) fn texts_or_absent(
    column: KeyColumn,
    values: impl Iterator<Item = Result<String, Absent>> + Clone,
) -> [Column; 2] {
    let reasons = reasons(column, values.clone().map(Result::err));
    let values: Vec<Option<String>> = values.map(Result::ok).collect();
    [Column::new(column.name.into(), values), reasons]
}

/// A column of integers and the column of reasons why one is null.
pub(crate) fn integers_or_absent(
    column: KeyColumn,
    values: impl Iterator<Item = Result<i64, Absent>> + Clone,
) -> [Column; 2] {
    let reasons = reasons(column, values.clone().map(Result::err));
    [
        optional_integers(column.name, values.map(Result::ok)),
        reasons,
    ]
}

pub(crate) fn read_integers(frame: &DataFrame, name: &str) -> Result<Vec<Option<i64>>, Error> {
    Ok(frame.column(name)?.i64()?.iter().collect())
}

/// A column of sums, which is never null.
pub(crate) fn read_sums(frame: &DataFrame, name: &str) -> Result<Vec<i64>, Error> {
    let sums = read_integers(frame, name)?;
    Ok(sums.into_iter().map(|sum| sum.unwrap_or(0)).collect())
}

pub(crate) fn read_texts(frame: &DataFrame, name: &str) -> Result<Vec<Option<String>>, Error> {
    let texts = frame.column(name)?.str()?.iter();
    Ok(texts.map(|text| text.map(str::to_owned)).collect())
}

/// The column holds one of the integers. A null passes no condition.
pub(crate) fn is_one_of(name: &str, values: impl Iterator<Item = i64>) -> Expr {
    is_in(name, Series::new("".into(), values.collect::<Vec<i64>>()))
}

/// The column holds one of the texts. A null passes no condition.
pub(crate) fn is_text_of(name: &str, values: &[String]) -> Expr {
    is_in(name, Series::new("".into(), values))
}

/// All conditions at once; without any, everything passes.
pub(crate) fn all_of(conditions: impl IntoIterator<Item = Expr>) -> Expr {
    conditions
        .into_iter()
        .reduce(Expr::and)
        .unwrap_or_else(|| lit(true))
}

fn is_in(name: &str, values: Series) -> Expr {
    col(name).is_in(lit(values).implode(true), false)
}

fn reasons(column: KeyColumn, reasons: impl Iterator<Item = Option<Absent>>) -> Column {
    let name = column.absent.unwrap_or_default();
    optional_integers(
        name,
        reasons.map(|reason| reason.map(|reason| reason as i64)),
    )
}

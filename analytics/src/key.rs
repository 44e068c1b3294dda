//! Group keys: how the values of a dimension are stored in a frame, read back, and ordered.

use polars::frame::DataFrame;
use polars::prelude::{Expr, col};

use crate::Error;
use crate::figure::{Absent, RecipientKind};
use crate::frame;

/// The same value in every row: what a question without dimensions groups by.
pub(crate) const EVERYTHING: &str = "everything";

/// One value of a dimension. The order is the order of lines: a group that does not exist is last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum KeyValue {
    Number(i64),
    Kind(RecipientKind),
    Text(String),
    Absent(Absent),
}

/// The values of a line's dimensions, in order.
pub(crate) type Key = Vec<KeyValue>;

impl KeyValue {
    /// The code of the value, or why there is none.
    pub(crate) fn code(&self) -> Result<String, Absent> {
        match self {
            Self::Number(number) => Ok(number.to_string()),
            Self::Kind(kind) => Ok(kind.code().to_owned()),
            Self::Text(text) => Ok(text.clone()),
            Self::Absent(reason) => Err(*reason),
        }
    }
}

/// The column of a dimension, and beside it, where values may be null, the column that says why.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KeyColumn {
    pub(crate) name: &'static str,
    pub(crate) absent: Option<&'static str>,
    shape: Shape,
}

#[derive(Debug, Clone, Copy)]
enum Shape {
    Number,
    Kind,
    Text,
}

impl KeyColumn {
    pub(crate) const fn number(name: &'static str) -> Self {
        Self::new(name, Shape::Number)
    }

    pub(crate) const fn kind(name: &'static str) -> Self {
        Self::new(name, Shape::Kind)
    }

    pub(crate) const fn text(name: &'static str) -> Self {
        Self::new(name, Shape::Text)
    }

    /// The same column, with nulls that another column gives the reason for.
    pub(crate) const fn or_absent(self, absent: &'static str) -> Self {
        Self {
            absent: Some(absent),
            ..self
        }
    }

    const fn new(name: &'static str, shape: Shape) -> Self {
        Self {
            name,
            absent: None,
            shape,
        }
    }

    fn read(self, frame: &DataFrame) -> Result<Vec<KeyValue>, Error> {
        let reasons = match self.absent {
            Some(name) => frame::read_integers(frame, name)?,
            None => vec![None; frame.height()],
        };
        let reason = |rank: Option<i64>| KeyValue::Absent(ranked(&Absent::ALL, rank));
        if matches!(self.shape, Shape::Text) {
            let texts = frame::read_texts(frame, self.name)?.into_iter();
            return Ok(texts
                .zip(reasons)
                .map(|(text, rank)| text.map_or_else(|| reason(rank), KeyValue::Text))
                .collect());
        }
        let value = |number| match self.shape {
            Shape::Kind => KeyValue::Kind(ranked(&RecipientKind::ALL, Some(number))),
            Shape::Number | Shape::Text => KeyValue::Number(number),
        };
        let numbers = frame::read_integers(frame, self.name)?.into_iter();
        Ok(numbers
            .zip(reasons)
            .map(|(number, rank)| number.map_or_else(|| reason(rank), value))
            .collect())
    }
}

/// What to group by: everything, and within it the dimensions.
pub(crate) fn expressions(columns: &[KeyColumn]) -> Vec<Expr> {
    let dimensions = columns
        .iter()
        .flat_map(|column| [Some(column.name), column.absent])
        .flatten();
    std::iter::once(EVERYTHING)
        .chain(dimensions)
        .map(col)
        .collect()
}

/// The key of each row of a frame that was grouped by [`expressions`].
pub(crate) fn read(frame: &DataFrame, columns: &[KeyColumn]) -> Result<Vec<Key>, Error> {
    let mut keys = vec![Vec::with_capacity(columns.len()); frame.height()];
    for column in columns {
        for (key, value) in keys.iter_mut().zip(column.read(frame)?) {
            key.push(value);
        }
    }
    Ok(keys)
}

/// A list without its repetitions, in the order of first mention.
pub(crate) fn distinct<T: Copy + PartialEq>(values: &[T]) -> Vec<T> {
    let mut distinct = Vec::with_capacity(values.len());
    for value in values {
        if !distinct.contains(value) {
            distinct.push(*value);
        }
    }
    distinct
}

/// The member of a closed list that a stored rank stands for.
fn ranked<T: Copy>(all: &[T], rank: Option<i64>) -> T {
    let index = rank.and_then(|rank| usize::try_from(rank).ok());
    *index
        .and_then(|index| all.get(index))
        .expect("frames hold the ranks of the closed lists only")
}

//! A table in the form that is asked for, in a temporary file; and why it is not written.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek};

use entity::Moment;
use sha2::{Digest, Sha256};

use super::csv::Dialect;
use super::form::Form;
use super::proof::Proof;
use super::table::Table;
use super::{arrow, csv, json, package, parquet, workbook};
use crate::graphql::exported::Column;
use crate::intake::hex;

/// Why a table is not written.
#[derive(Debug, thiserror::Error)]
pub enum NotWritten {
    /// More rows than are written.
    #[error("the answer has more than {most} rows: ask for less at a time")]
    TooManyRows {
        /// How many are.
        most: u64,
    },
    /// More rows than a sheet holds.
    #[error(
        "the answer has {rows} rows, and a sheet of a workbook holds {most}: take .csv, .zip, .json, .parquet or .arrow"
    )]
    TooManyForASheet {
        /// How many there are.
        rows: u64,
        /// How many a sheet holds.
        most: u64,
    },
    /// A text longer than a cell of a workbook holds.
    #[error(
        "a text in {column} is longer than a cell of a workbook holds: take .csv, .zip, .json, .parquet or .arrow"
    )]
    TooLongForACell {
        /// The column's name.
        column: String,
    },
    /// A number that the column's type does not hold: it is not rounded.
    #[error("a number in {column} has more digits than its type holds: take .csv, .zip or .json")]
    NotHeld {
        /// The column's name.
        column: String,
    },
    /// CSV: a mistake in the program, or no room.
    #[error(transparent)]
    Csv(#[from] ::csv::Error),
    /// XLSX.
    #[error(transparent)]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A package.
    #[error(transparent)]
    Package(#[from] zip::result::ZipError),
    /// Parquet.
    #[error(transparent)]
    Parquet(#[from] ::parquet::errors::ParquetError),
    /// Arrow.
    #[error(transparent)]
    Arrow(#[from] arrow_schema::ArrowError),
    /// The temporary file.
    #[error(transparent)]
    File(#[from] io::Error),
}

impl NotWritten {
    pub(super) fn not_held(column: &Column) -> Self {
        let column = column.name.clone();
        Self::NotHeld { column }
    }
}

/// A file that is whole.
pub(super) struct Written {
    pub(super) file: File,
    pub(super) length: u64,
    /// SHA-256 of its bytes.
    pub(super) sha256: String,
}

/// Writes a table.
///
/// # Errors
/// It is more than the form holds, or there is no room for it.
pub(super) fn write(
    table: &Table,
    proof: &Proof,
    form: Form,
    (dialect, made): (Dialect, Option<Moment>),
) -> Result<Written, NotWritten> {
    let mut out = BufWriter::new(tempfile::tempfile()?);
    match form {
        Form::Csv => {
            csv::write(table, dialect, &mut out)?;
        }
        Form::Xlsx => workbook::write(table, proof, made, &mut out)?,
        Form::Json => json::write(table, proof, &mut out)?,
        Form::Zip => package::write(table, proof, dialect, &mut out)?,
        Form::Parquet => parquet::write(table, proof, &mut out)?,
        Form::Arrow => arrow::write(table, proof, &mut out)?,
    }
    let mut file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.rewind()?;
    let mut hash = Sha256::new();
    let length = io::copy(&mut BufReader::new(&file), &mut hash)?;
    file.rewind()?;
    let sha256 = hex(&hash.finalize());
    Ok(Written {
        file,
        length,
        sha256,
    })
}

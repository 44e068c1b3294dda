//! CSV, workbook, Parquet and Arrow of one question, read back by readers that Samsyn does not write with, hold equal
//! cells: those that GraphQL answers.

use std::collections::BTreeMap;
use std::io::Cursor;

use arrow_array::{
    Array, BooleanArray, Date32Array, Decimal128Array, Int64Array, RecordBatch, StringArray,
};
use arrow_ipc::reader::FileReader;
use axum::body::Bytes;
use calamine::{Data, Reader, Xlsx};
use chrono::{NaiveDate, TimeDelta};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::{cells, get, saved};
use crate::harness::{Persona, TestApp, on_both_engines, question};

/// A cell as every form is read: numbers without needless zeros, days as text, nothing as none.
type Read = Option<String>;

fn number(text: &str) -> Read {
    let number: Decimal = text.parse().unwrap_or_else(|_| panic!("no number: {text}"));
    Some(number.normalize().to_string())
}

/// The columns of batches by name: their types, and their cells.
fn columns(batches: &[RecordBatch]) -> BTreeMap<String, (String, Vec<Read>)> {
    let mut columns: BTreeMap<String, (String, Vec<Read>)> = BTreeMap::new();
    for batch in batches {
        for (field, array) in batch.schema().fields().iter().zip(batch.columns()) {
            let column = columns.entry(field.name().clone()).or_default();
            column.0 = array.data_type().to_string();
            let read = |at: usize| {
                array
                    .is_valid(at)
                    .then(|| read(array.as_ref(), at))
                    .flatten()
            };
            column.1.extend((0..array.len()).map(read));
        }
    }
    columns
}

fn read(array: &dyn Array, at: usize) -> Read {
    let any = array.as_any();
    if let Some(array) = any.downcast_ref::<Decimal128Array>() {
        return number(&array.value_as_string(at));
    }
    if let Some(array) = any.downcast_ref::<Int64Array>() {
        return number(&array.value(at).to_string());
    }
    if let Some(array) = any.downcast_ref::<BooleanArray>() {
        return Some(array.value(at).to_string());
    }
    if let Some(array) = any.downcast_ref::<Date32Array>() {
        let days = TimeDelta::days(array.value(at).into());
        return Some((NaiveDate::default() + days).to_string());
    }
    let array = any.downcast_ref::<StringArray>().expect("a known type");
    Some(array.value(at).to_owned())
}

fn parquet(bytes: &[u8]) -> (BTreeMap<String, String>, Vec<RecordBatch>) {
    let bytes = Bytes::copy_from_slice(bytes);
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes).expect("Parquet");
    let said = reader.metadata().file_metadata();
    let said = said.key_value_metadata().expect("metadata").iter();
    let said = said.map(|one| (one.key.clone(), one.value.clone().unwrap_or_default()));
    let said = said.collect();
    let batches = reader.build().expect("batches");
    (said, batches.map(|batch| batch.expect("a batch")).collect())
}

fn arrow(bytes: &[u8]) -> (BTreeMap<String, String>, Vec<RecordBatch>) {
    let reader = FileReader::try_new(Cursor::new(bytes), None).expect("Arrow");
    let schema = reader.schema();
    let said = schema.metadata().iter();
    let said = said.map(|(name, value)| (name.clone(), value.clone()));
    (
        said.collect(),
        reader.map(|batch| batch.expect("a batch")).collect(),
    )
}

/// What a workbook's cell holds, where its column holds numbers or not.
fn workbook(cell: &Data, of_numbers: bool) -> Read {
    match cell {
        Data::Empty => None,
        // The shortest digits that give the number again: the cell held no more than fifteen.
        Data::Float(held) => number(&held.to_string()),
        Data::Int(held) => number(&held.to_string()),
        Data::Bool(flag) => Some(flag.to_string()),
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            Some(format!("{year:04}-{month:02}-{day:02}"))
        }
        Data::String(text) if of_numbers => number(text),
        other => Some(other.to_string()),
    }
}

/// What GraphQL answers in a column: of the row, or beside the rows.
fn answered(answer: &Value, row: &Value, name: &str) -> Value {
    let at = |from: &Value| {
        name.split('.')
            .fold(from.clone(), |value, key| value[key].clone())
    };
    let first = name.split('.').next().unwrap_or_default();
    at(if row.get(first).is_some() {
        row
    } else {
        answer
    })
}

fn shown(value: &Value, of_numbers: bool) -> Read {
    match value {
        Value::Null => None,
        Value::String(text) if of_numbers => number(text),
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

struct Forms {
    csv: Vec<Vec<(String, String)>>,
    sheet: calamine::Range<Data>,
    parquet: BTreeMap<String, (String, Vec<Read>)>,
    arrow: BTreeMap<String, (String, Vec<Read>)>,
}

impl Forms {
    async fn of(app: &TestApp, path: &str) -> Self {
        let public = Persona::public();
        let book = get(app, &public, &format!("{path}.xlsx"), None).await;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book.bytes)).expect("a workbook");
        let columnar = get(app, &public, &format!("{path}.parquet"), None).await;
        let ipc = get(app, &public, &format!("{path}.arrow"), None).await;
        for (one, media) in [(&columnar, "parquet"), (&ipc, "arrow.file")] {
            assert_eq!(
                one.header("content-type"),
                format!("application/vnd.apache.{media}")
            );
            assert_eq!(one.header("content-length"), one.bytes.len().to_string());
        }
        Self {
            csv: cells(
                &get(app, &public, &format!("{path}.csv"), None).await.bytes,
                b',',
            ),
            sheet: book.worksheet_range("Rader").expect("the rows"),
            parquet: columns(&parquet(&columnar.bytes).1),
            arrow: columns(&arrow(&ipc.bytes).1),
        }
    }

    /// Holds every cell of every form against what GraphQL answers.
    fn are(&self, answer: &Value, rows: &[Value]) {
        assert_eq!(
            (self.csv.len(), self.sheet.height()),
            (rows.len(), rows.len() + 1)
        );
        assert_eq!(self.parquet, self.arrow);
        let names: Vec<String> = self.csv[0].iter().map(|(name, _)| name.clone()).collect();
        assert_eq!(names.len(), self.parquet.len());
        for (place, name) in names.iter().enumerate() {
            let (of, held) = &self.parquet[name];
            let of_numbers = of.starts_with("Decimal128") || of == "Int64";
            assert_eq!(held.len(), rows.len());
            for (at, row) in rows.iter().enumerate() {
                let expected = shown(&answered(answer, row, name), of_numbers);
                assert_eq!(held[at], expected, "{name} of row {at}");
                let text = &self.csv[at][place].1;
                let text = match text.as_str() {
                    "" => None,
                    text if of_numbers => number(text),
                    text => Some(text.to_owned()),
                };
                assert_eq!(text, expected, "{name} of row {at}");
                let cell = self.sheet.get((at + 1, place)).unwrap_or(&Data::Empty);
                assert_eq!(workbook(cell, of_numbers), expected, "{name} of row {at}");
            }
        }
    }
}

on_both_engines! {
    async fn four_forms_of_question_3_hold_what_graphql_answers(app: Example) {
        let path = saved(&app, &question("03-fund-usage")).await;
        let answer = app.ask_with(&question("03-fund-usage"), json!({})).await["data"].take();
        let rows = answer["fundUsage"]["rows"].as_array().expect("rows");
        let forms = Forms::of(&app, &path).await;
        forms.are(&answer, rows);
        let of = |name: &str| forms.parquet[name].0.as_str();
        assert_eq!(of("paidAmount"), "Decimal128(18, 2)");
        // So few digits that the product of two rates has no more than DuckDB's 38.
        assert_eq!(of("usageRate.value"), "Decimal128(18, 12)");
        assert_eq!(of("participationRate.numerator"), "Int64");
        assert_eq!(of("usageRate.numerator"), "Decimal128(18, 2)");
        assert_eq!(of("usageRateDistribution.mean"), "Decimal128(38, 12)");
        assert_eq!(of("key.grantYear"), "Int64");
        assert_eq!(of("usageRate.missing"), "Utf8");
    }

    async fn codes_stay_text_and_days_are_days(app: Example) {
        let document = "query ($after: String) { recipients(first: 200, after: $after) { pageInfo { hasNextPage endCursor } nodes { code name validFrom validTo } } }";
        let path = saved(&app, document).await;
        let forms = Forms::of(&app, &path).await;
        let mut rows = Vec::new();
        let mut after = Value::Null;
        loop {
            let page = app.ask_with(document, json!({ "after": after })).await["data"]["recipients"].take();
            rows.extend(page["nodes"].as_array().expect("nodes").clone());
            if page["pageInfo"]["hasNextPage"] == false { break; }
            after = page["pageInfo"]["endCursor"].clone();
        }
        forms.are(&json!({}), &rows);
        let of = |name: &str| forms.parquet[name].0.as_str();
        assert_eq!((of("code"), of("validFrom")), ("Utf8", "Date32"));
        assert!(forms.arrow["code"].1.contains(&Some("0114".to_owned())));
    }

    async fn columnar_files_prove_themselves_and_keep_their_types_without_rows(app: Example) {
        let document = "query ($years: [Int!]) { fundUsage(assignment: \"S2016/00633/FST\", groupBy: [GRANT_YEAR], filter: { grantYears: $years }) { rows { paidAmount key { grantYear } } } }";
        let path = saved(&app, document).await;
        let public = Persona::public();
        let whole = get(&app, &public, &format!("{path}.json"), None).await.json();
        for (form, read) in [("parquet", parquet as fn(&[u8]) -> _), ("arrow", arrow)] {
            let file = get(&app, &public, &format!("{path}.{form}"), None).await;
            let (said, _) = read(&file.bytes);
            assert_eq!(said["samsyn.row_count"], whole["rowCount"].to_string());
            let totals: Value = serde_json::from_str(&said["samsyn.control_totals"]).expect("JSON");
            assert_eq!(totals, whole["controlTotals"]);
            assert_eq!(said["samsyn.rows_sha256"], whole["sha256"]);
            assert_eq!(said["samsyn.dataset_version"], whole["dataset"]["version"].to_string());
            assert_eq!(said["samsyn.synthetic"], "true");
            assert_eq!(format!("/q/{}", said["samsyn.query_sha256"]), path);
            assert!(said["samsyn.query"].starts_with("query"));
            assert_eq!(file.header("samsyn-row-count"), said["samsyn.row_count"]);
        }
        let none = format!("{path}.parquet?variables=%7B%22years%22%3A%5B1990%5D%7D");
        let none = get(&app, &public, &none, None).await;
        let bytes = Bytes::copy_from_slice(&none.bytes);
        let reader = ParquetRecordBatchReaderBuilder::try_new(bytes).expect("Parquet");
        let fields = reader.schema().fields();
        let types: Vec<String> = fields.iter().map(|field| field.data_type().to_string()).collect();
        assert_eq!((types, none.header("samsyn-row-count")), (vec!["Decimal128(18, 2)".to_owned(), "Int64".to_owned()], "0"));
    }
}

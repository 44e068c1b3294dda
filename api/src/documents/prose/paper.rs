//! Blocks as data for the template of a report on paper: kinds, numbers and strings, never markup.

use serde_json::{Value, json};

use super::super::narrative::Told;
use crate::prose::{Block, Inline};

/// Numbers that a list can begin with on paper.
const MOST: u64 = 999_999_999;

/// The texts of a section.
pub(in crate::documents) fn texts(told: &[Told]) -> Value {
    let each = told.iter().map(
        |one| json!({ "heading": one.heading, "blocks": blocks(&one.blocks), "note": one.note }),
    );
    each.collect()
}

fn blocks(all: &[Block]) -> Value {
    all.iter().map(block).collect()
}

fn block(block: &Block) -> Value {
    match block {
        Block::Heading { depth, words } => {
            json!({ "kind": "heading", "depth": depth, "words": inlines(words) })
        }
        Block::Paragraph(words) => json!({ "kind": "paragraph", "words": inlines(words) }),
        Block::List { first, items } => {
            let items: Value = items.iter().map(|item| blocks(item)).collect();
            let first = first.map(|first| first.min(MOST));
            json!({ "kind": "list", "first": first, "items": items })
        }
        Block::Quote(inner) => json!({ "kind": "quote", "blocks": blocks(inner) }),
        Block::Code(text) => {
            let lines: Vec<&str> = text.lines().collect();
            json!({ "kind": "code", "lines": lines })
        }
        Block::Table { header, rows } => {
            let cells = |cells: &[Vec<Inline>]| -> Value {
                cells.iter().map(|cell| inlines(cell)).collect()
            };
            let rows: Value = rows.iter().map(|row| cells(row)).collect();
            json!({ "kind": "table", "header": cells(header), "rows": rows })
        }
        Block::Rule => json!({ "kind": "rule" }),
    }
}

fn inlines(words: &[Inline]) -> Value {
    let each = words.iter().map(|word| match word {
        Inline::Text(text) => json!({ "kind": "text", "text": text }),
        Inline::Emphasis(words) => json!({ "kind": "emphasis", "words": inlines(words) }),
        Inline::Strong(words) => json!({ "kind": "strong", "words": inlines(words) }),
        Inline::Code(text) => json!({ "kind": "code", "text": text }),
        Inline::Link { to, words } => {
            json!({ "kind": "link", "to": to, "words": inlines(words) })
        }
        Inline::Break => json!({ "kind": "break" }),
    });
    each.collect()
}

//! Statements about things with addresses, and their two texts: JSON-LD and Turtle.

use std::fmt::Write;

use serde_json::{Map, Value, json};

/// The vocabularies by their prefixes.
const PREFIXES: [(&str, &str); 7] = [
    ("adms", "http://www.w3.org/ns/adms#"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("spdx", "http://spdx.org/rdf/terms#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// What is said.
#[derive(Clone, Debug)]
pub(super) enum Said {
    /// A thing with an address.
    Thing(String),
    /// A text without a language.
    Text(String),
    /// A text in a language.
    Words(String, &'static str),
    /// A value of a type, by the type's prefixed name.
    Typed(String, &'static str),
}

/// A thing, what it is, and what is said of it, by prefixed names.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    address: String,
    is: &'static str,
    said: Vec<(&'static str, Said)>,
}

impl Thing {
    pub(super) fn new(address: impl Into<String>, is: &'static str) -> Self {
        Self {
            address: address.into(),
            is,
            said: Vec::new(),
        }
    }

    pub(super) fn said(mut self, name: &'static str, said: Said) -> Self {
        self.said.push((name, said));
        self
    }

    pub(super) fn thing(self, name: &'static str, address: impl Into<String>) -> Self {
        self.said(name, Said::Thing(address.into()))
    }

    /// The same in Swedish and English.
    pub(super) fn words(self, name: &'static str, [sv, en]: [&str; 2]) -> Self {
        self.said(name, Said::Words(sv.to_owned(), "sv"))
            .said(name, Said::Words(en.to_owned(), "en"))
    }
}

/// The statements as JSON-LD.
pub(super) fn json_ld(things: &[Thing]) -> String {
    let context = PREFIXES.iter();
    let context: Map<_, _> = context
        .map(|(prefix, address)| ((*prefix).to_owned(), Value::from(*address)))
        .collect();
    let node = |thing: &Thing| {
        let mut node = Map::new();
        node.insert("@id".to_owned(), Value::from(thing.address.clone()));
        node.insert("@type".to_owned(), Value::from(thing.is));
        for (name, said) in &thing.said {
            let value = match said {
                Said::Thing(address) => json!({ "@id": address }),
                Said::Text(text) => json!({ "@value": text }),
                Said::Words(text, language) => json!({ "@value": text, "@language": language }),
                Said::Typed(text, of) => json!({ "@value": text, "@type": of }),
            };
            let values = node.entry(*name).or_insert_with(|| json!([]));
            if let Value::Array(values) = values {
                values.push(value);
            }
        }
        Value::Object(node)
    };
    let graph: Vec<Value> = things.iter().map(node).collect();
    format!("{:#}\n", json!({ "@context": context, "@graph": graph }))
}

/// The statements as Turtle.
pub(super) fn turtle(things: &[Thing]) -> String {
    let mut out = String::new();
    for (prefix, address) in PREFIXES {
        let _ = writeln!(out, "@prefix {prefix}: <{address}> .");
    }
    for thing in things {
        let _ = write!(out, "\n<{}> a {}", address(&thing.address), thing.is);
        for (name, said) in &thing.said {
            let _ = write!(out, " ;\n    {name} ");
            let _ = match said {
                Said::Thing(thing) => write!(out, "<{}>", address(thing)),
                Said::Text(text) => write!(out, "\"{}\"", escaped(text)),
                Said::Words(text, language) => write!(out, "\"{}\"@{language}", escaped(text)),
                Said::Typed(text, of) => write!(out, "\"{}\"^^{of}", escaped(text)),
            };
        }
        out.push_str(" .\n");
    }
    out
}

/// An address without what ends one in Turtle.
fn address(text: &str) -> String {
    let harmless = |one: &char| !one.is_control() && !" <>\"{}|^`\\".contains(*one);
    text.chars().filter(harmless).collect()
}

/// A text as it stands between quotation marks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            one if one.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(one));
            }
            one => out.push(one),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_leaves_its_quotation_marks() {
        let thing = Thing::new("http://a/> .", "dcat:Dataset")
            .words("dcterms:title", ["\" . \\\n", "b"])
            .thing("dcterms:license", "http://l/");
        let text = turtle(std::slice::from_ref(&thing));
        let said = "<http://a/.> a dcat:Dataset ;\n    dcterms:title \"\\\" . \\\\\\n\"@sv ;\n    dcterms:title \"b\"@en ;\n    dcterms:license <http://l/> .\n";
        assert!(text.ends_with(said), "{text}");
        let json: Value = serde_json::from_str(&json_ld(&[thing])).expect("JSON");
        assert_eq!(json["@graph"][0]["dcterms:title"][0]["@value"], "\" . \\\n");
    }
}

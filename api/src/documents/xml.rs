//! Texts within XML: of Word documents, and of drawings.

/// A text as XML holds it, in an element or an attribute. Letters that XML does not have would make the whole document
/// unreadable: a space stands for each.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push(' '),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_xml_does_not_have_is_a_space() {
        assert_eq!(escaped("a\u{fffe}b\u{ffff}c\u{0}d\ne"), "a b c d e");
        assert_eq!(escaped("<\"&\">"), "&lt;&quot;&amp;&quot;&gt;");
    }
}

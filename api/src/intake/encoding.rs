//! Which letters the bytes of a text file are; an encoding is believed where its letters could stand in Swedish.

use std::borrow::Cow;

use super::finding::Fault;
use super::rule::Rule;
use super::separator;

/// A doubt about letters, to tell in Swedish and English.
pub(super) type Doubt = (String, String);

/// The text of a file: UTF-8 with or without byte order mark, else Windows-1252.
///
/// # Errors
/// `bad_encoding`, with the row where one is known: neither of the two, both in one file, or letters that stand in no
/// Swedish word, as those of Mac OS Roman or MS-DOS do when they are read as Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(bad(
            None,
            "filen är sparad som UTF-16",
            "the file is saved as UTF-16",
        ));
    }
    let marked = bytes.strip_prefix(b"\xEF\xBB\xBF");
    let bytes = marked.unwrap_or(bytes);
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let row = row_at(bytes, at);
        let sv = format!("filen har ett nolltecken (rad {row})");
        return Err(bad(
            None,
            &sv,
            &format!("the file holds a NUL byte (row {row})"),
        ));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    if marked.is_some() {
        let at = bytes
            .utf8_chunks()
            .next()
            .map_or(0, |chunk| chunk.valid().len());
        return Err(bad(
            Some(row_at(bytes, at)),
            "filen börjar som UTF-8, och raden är det inte",
            "the file begins as UTF-8, and the row is not",
        ));
    }
    one_encoding(bytes)?;
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
    of_swedish(bytes, &text)?;
    // The five bytes that Windows-1252 leaves unassigned; encoding_rs lets them pass as control characters.
    let unassigned = |byte: &u8| matches!(byte, 0x81 | 0x8D | 0x8F | 0x90 | 0x9D);
    if let Some(at) = bytes.iter().position(unassigned) {
        let (row, byte) = (row_at(bytes, at), bytes[at]);
        let sv = format!("filen är varken UTF-8 eller Windows-1252 (byte {byte:02X} på rad {row})");
        let en =
            format!("the file is neither UTF-8 nor Windows-1252 (byte {byte:02X} in row {row})");
        return Err(bad(None, &sv, &en));
    }
    Ok(text)
}

/// What is doubtful in a text that has been read, short and without what was written: a sign of letters that were lost
/// or turned into others before the file was written.
pub(super) fn doubt(text: &str) -> Option<Doubt> {
    if text.is_ascii() && !text.contains('?') {
        return None;
    }
    with_neighbours(text).find_map(|(before, here, after)| {
        let small = |letter: Option<char>| letter.is_some_and(char::is_lowercase);
        let beside = small(before) && small(after);
        let told = match here {
            '\u{fffd}' => "U+FFFD".to_owned(),
            '\u{80}'..='\u{9f}' => format!("U+{:04X}", u32::from(here)),
            // UTF-8 that was read as Windows-1252, Mac OS Roman or MS-DOS, and written as UTF-8 again.
            'Ã' | 'Â' if after.is_some_and(continues) => format!("{here}{}", after?),
            'â' if after == Some('€') => "â€".to_owned(),
            'ï' if after == Some('»') => "ï»".to_owned(),
            '√' if after.is_some_and(|next| "•§∂ÖÑÅ©".contains(next)) => {
                format!("√{}", after?)
            }
            '├' | '┬' => here.to_string(),
            'Œ' | 'Š' | 'Ž' if small(before) => here.to_string(),
            'š' | 'ž' | 'œ'
                if beside && !before.is_some_and(is_vowel) && !after.is_some_and(is_vowel) =>
            {
                here.to_string()
            }
            '†' | '‡' | '„' | '”' | '‰' | '™' | '€' if beside => here.to_string(),
            '?' if beside && !text.contains("://") => "?".to_owned(),
            _ => return None,
        };
        Some((
            format!("tecknet {told} står där en bokstav kan ha gått förlorad"),
            format!("{told} stands where a letter may have been lost"),
        ))
    })
}

/// Whether a text holds controls that no encoding of texts has (C1): its letters were read wrongly.
pub(super) fn is_misread(text: &str) -> bool {
    !text.is_ascii()
        && text
            .chars()
            .any(|letter| matches!(letter, '\u{80}'..='\u{9f}'))
}

fn bad(row: Option<i64>, sv: &str, en: &str) -> Fault {
    Fault {
        row,
        detail: (sv.to_owned(), en.to_owned()),
        ..Fault::file(Rule::BadEncoding)
    }
}

/// Notes a file that is UTF-8 in one place and single bytes in another.
fn one_encoding(bytes: &[u8]) -> Result<(), Fault> {
    // Where the first of each stands, and how many there are.
    let (mut longer, mut single) = ((None, 0_usize), (None, 0_usize));
    let note = |(first, count): &mut (Option<usize>, usize), at: usize| {
        first.get_or_insert(at);
        *count += 1;
    };
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        for (place, letter) in chunk.valid().char_indices() {
            // Letters of Latin, and the signs that programs put into texts: in Windows-1252 each would begin with Ã, Â, â or ï.
            if matches!(letter, '\u{a0}'..='\u{ff}' | '\u{2010}'..='\u{2026}' | '€' | '−' | '\u{feff}' | '\u{fffd}')
            {
                note(&mut longer, at + place);
            }
        }
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            note(&mut single, at);
        }
        at += chunk.invalid().len();
    }
    let ((Some(first_longer), longer), (Some(first_single), single)) = (longer, single) else {
        return Ok(());
    };
    let (in_longer, in_single) = (row_at(bytes, first_longer), row_at(bytes, first_single));
    let row = if longer < single {
        in_longer
    } else {
        in_single
    };
    let sv = format!("rad {in_longer} är UTF-8, och rad {in_single} är det inte");
    let en = format!("row {in_longer} is UTF-8, and row {in_single} is not");
    Err(bad(Some(row), &sv, &en))
}

/// Notes a text that was read as Windows-1252 and has letters which no Swedish word has beside letters.
fn of_swedish(bytes: &[u8], text: &str) -> Result<(), Fault> {
    let has_swedish = text.contains(['å', 'ä', 'ö', 'Å', 'Ä', 'Ö']);
    // A name or a quote may have one of them; an encoding that was not meant has them in word after word.
    let mut first = None;
    let mut word_is_over = false;
    // One byte is one letter.
    let strange = with_neighbours(text).enumerate().find_map(|(at, letters)| {
        let (_, here, _) = letters;
        word_is_over |= first.is_some() && (here.is_whitespace() || matches!(here, ';' | ','));
        if !is_strange(letters, has_swedish) {
            return None;
        }
        let begun = *first.get_or_insert((at, here));
        word_is_over.then_some(begun)
    });
    let Some((at, letter)) = strange else {
        return Ok(());
    };
    let sv = format!(
        "bokstaven {letter} står inne i ett ord, som om filen var sparad med teckenkodningen för Macintosh eller MS-DOS"
    );
    let en = format!(
        "the letter {letter} stands within a word, as if the file was saved in the encoding of Macintosh or MS-DOS"
    );
    Err(bad(Some(row_at(bytes, at)), &sv, &en))
}

/// A letter between those beside it.
type Letters = (Option<char>, char, Option<char>);

/// The letters of a text, each between those beside it: a text may be long, and is not copied.
fn with_neighbours(text: &str) -> impl Iterator<Item = Letters> + '_ {
    let mut letters = text.chars().peekable();
    let mut last = None;
    std::iter::from_fn(move || {
        let here = letters.next()?;
        Some((last.replace(here), here, letters.peek().copied()))
    })
}

fn is_strange((before, here, after): Letters, has_swedish: bool) -> bool {
    let letter = |one: Option<char>| one.is_some_and(char::is_alphabetic);
    let (left, right) = (letter(before), letter(after));
    match here {
        // Letters of names, such as Škoda: in a file that has Swedish letters besides, they stand by a vowel.
        'š' | 'ž' | 'œ' | 'Ÿ' if has_swedish => {
            left && right && ![before, after].into_iter().flatten().any(is_vowel)
        }
        'Š' | 'Ž' | 'Œ' if has_swedish => before.is_some_and(char::is_lowercase),
        'š' | 'ž' | 'œ' | 'Ÿ' | 'Š' | 'Ž' | 'Œ' | 'ƒ' | 'ˆ' | '˜' => left || right,
        '‚' | '„' | '‹' | '›' | '”' | '“' | '•' => left && right,
        '€' | '†' | '‡' | '‰' | '™' if has_swedish => left && right,
        '€' | '†' | '‡' | '‰' | '™' => left || right,
        '…' => !has_swedish && !left && after.is_some_and(char::is_lowercase),
        _ => false,
    }
}

fn is_vowel(letter: char) -> bool {
    "aeiouyåäöéAEIOUYÅÄÖÉ".contains(letter)
}

/// Whether a letter is what a later byte of a letter in UTF-8 looks like in Windows-1252.
fn continues(letter: char) -> bool {
    matches!(letter, '\u{80}'..='\u{bf}') || "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ".contains(letter)
}

/// The number of the record in which a byte stands; the header is 1.
fn row_at(bytes: &[u8], at: usize) -> i64 {
    let blank = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let below = separator::said(bytes).map_or(0, |(_, length)| length);
    let begin = bytes[below..].iter().position(|byte| !blank(byte));
    let begin = below + begin.unwrap_or(0);
    let (mut row, mut quoted) = (1, false);
    for index in begin..at.min(bytes.len()) {
        match bytes[index] {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => row += 1,
            b'\r' if !quoted && bytes.get(index + 1) != Some(&b'\n') => row += 1,
            _ => {}
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of bytes: the text, or the row of the fault.
    fn read(bytes: &[u8]) -> Result<String, Option<i64>> {
        decode(bytes)
            .map(Cow::into_owned)
            .map_err(|fault| fault.row)
    }

    #[test]
    fn both_encodings_are_read() {
        assert_eq!(read(b"k\xF6n").as_deref(), Ok("kön"));
        assert_eq!(read("\u{feff}kön".as_bytes()).as_deref(), Ok("kön"));
        for sound in [
            "Škoda på väg",
            "Nišić och Åsa",
            "möte – “kurs” … 10 € å 5 ‰",
            "kommuner Å–Ö",
            "d’Arc är här",
            "…och så vidare",
            "”Kvinnofrid” år 2016",
            "Projektet ”Våga fråga”s uppföljning",
            "Krško",
            "Anžlovar",
        ] {
            let (bytes, _, lost) = encoding_rs::WINDOWS_1252.encode(sound);
            // A text with letters of its own alphabet is written in UTF-8.
            let bytes = if lost { sound.as_bytes() } else { &bytes };
            assert_eq!(read(bytes).as_deref(), Ok(sound));
            assert_eq!(read(sound.as_bytes()).as_deref(), Ok(sound));
        }
    }

    #[test]
    fn bytes_outside_both_encodings_are_refused() {
        for bytes in [
            b"k\x81n".as_slice(),
            b"a\0b",
            b"\xFF\xFEa\0",
            b"S\xF6k \x81\x8D 7",
        ] {
            assert!(read(bytes).is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn other_encodings_of_swedish_are_refused_with_the_row() {
        let words = [
            "stöd",
            "våldsutsatta",
            "även på kvällar",
            "möten",
            "år",
            "Även",
            "Örebro på",
            "ÅTGÄRD",
        ];
        // Å, Ä, Ö, å, ä, ö in Mac OS Roman and in MS-DOS (437 and 850).
        let mac = [0x81, 0x80, 0x85, 0x8C, 0x8A, 0x9A];
        let dos = [0x8F, 0x8E, 0x99, 0x86, 0x84, 0x94];
        for code in [mac, dos] {
            for word in words {
                // One word alone may be a name; more of them are none.
                let text = format!("{word} möten och åtgärder");
                let letters = text.chars().map(|letter| {
                    match "ÅÄÖåäö".chars().position(|one| one == letter) {
                        Some(at) => code[at],
                        None => u8::try_from(letter).expect("ASCII"),
                    }
                });
                let mut bytes = b"round;comment\nK;".to_vec();
                bytes.extend(letters);
                bytes.push(b'\n');
                assert!(
                    matches!(read(&bytes), Err(Some(2) | None)),
                    "{word} as {code:x?}: {:?}",
                    read(&bytes)
                );
            }
        }
        // A row of another program in a file that is otherwise sound.
        assert_eq!(read(b"a;b\nf\xF6r;1\nst\x9Ad f\x9Ar;2\n"), Err(Some(3)));
        let alone = read(b"a;b\nf\xF6r;1\nst\x9Ad;2\n");
        assert!(alone.is_ok_and(|text| text.lines().any(|line| doubt(line).is_some())));
    }

    #[test]
    fn two_encodings_in_one_file_are_refused_with_the_row() {
        assert_eq!(read(b"a\nm\xC3\xB6ten\nf\xF6r\n"), Err(Some(3)));
        assert_eq!(
            read(b"a\nf\xF6r\nf\xF6r\n\"x\ny\"\nm\xC3\xB6ten\n"),
            Err(Some(5))
        );
        assert_eq!(read(b"a\n\xE2\x80\x93 f\xF6r\n"), Err(Some(2)));
        assert_eq!(read(b"\xEF\xBB\xBFa\nx\nf\xF6r\n"), Err(Some(3)));
    }

    #[test]
    fn letters_that_were_lost_are_doubted() {
        for text in [
            "f\u{fffd}r",
            "fÃ¶r",
            "pÃ¥",
            "Ã…tgÃ¤rd",
            "10 â€“ 12",
            "f√∂r",
            "f├Âr",
            "kvŠllar",
            "stšd",
            "f?r",
            "h\u{9a}r",
            "Â§ 5",
        ] {
            assert!(doubt(text).is_some(), "{text}");
        }
        for text in [
            "för",
            "Škoda",
            "Bošnjak och Nišlović",
            "São Paulo",
            "Vad? Nu",
            "https://x.se/a?b=1",
            "”ord”",
            "√2",
            "Château",
            "10 €",
        ] {
            assert!(doubt(text).is_none(), "{text}");
        }
        assert!(is_misread("h\u{9a}r") && !is_misread("här"));
    }
}

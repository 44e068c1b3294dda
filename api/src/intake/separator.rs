//! A first line that says what parts the cells (`sep=;`): it is for programs and no record.

/// What a first line says, and how many bytes it has with its end; none where the first line says nothing of it.
pub(super) fn said(bytes: &[u8]) -> Option<(u8, usize)> {
    let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let end = bytes.iter().position(is_end).unwrap_or(bytes.len());
    let mut line = &bytes[..end];
    while let [b'"', rest @ ..] | [rest @ .., b'"'] = line {
        line = rest;
    }
    let (name, sign) = line.split_at_checked(4)?;
    let sign = match sign {
        [b'\\', b't', ..] => b'\t',
        [one, rest @ ..] if rest.iter().all(|byte| byte == one || *byte == b'"') => *one,
        _ => return None,
    };
    let fits = sign.is_ascii() && !sign.is_ascii_alphanumeric() && sign != b'"';
    let ends = match &bytes[end..] {
        [b'\r', b'\n', ..] => 2,
        rest => rest.len().min(1),
    };
    (name.eq_ignore_ascii_case(b"sep=") && fits).then_some((sign, end + ends))
}

//! Web pages that were saved as one file (MHT): the page is one of several parts, coded for mail.

use super::text::decode;
use encoding_rs::Encoding;

/// Parts inside of parts.
const DEEPEST: usize = 4;
/// Parts of one file: pictures, style sheets, frames.
const MAX_PARTS: usize = 2_000;

/// The page in such a file; `None` if this is none.
pub(super) fn page(bytes: &[u8]) -> Option<String> {
    const LOOK_AT: usize = 4096;
    let start = bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(bytes)
        .trim_ascii_start();
    let beginning =
        String::from_utf8_lossy(&start[..start.len().min(LOOK_AT)]).to_ascii_lowercase();
    let first = beginning.lines().next()?;
    let is_header = first
        .split_once(':')
        .is_some_and(|(name, _)| name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-'));
    if !is_header || !beginning.contains("content-type:") {
        return None;
    }
    page_in(start, 0)
}

fn page_in(part: &[u8], depth: usize) -> Option<String> {
    let (head, body) = parted(part);
    let kind = field(&head, "content-type")?;
    let lower = kind.to_ascii_lowercase();
    if lower.starts_with("multipart/") && depth < DEEPEST {
        let boundary = parameter(&kind, "boundary")?;
        let mark = format!("--{boundary}");
        return split(body, mark.as_bytes())
            .into_iter()
            .find_map(|part| page_in(part, depth + 1));
    }
    if !lower.starts_with("text/html") {
        return None;
    }
    let coding = field(&head, "content-transfer-encoding").unwrap_or_default();
    let bytes = match coding.trim().to_ascii_lowercase().as_str() {
        "quoted-printable" => quoted_printable(body),
        "base64" => base64(body),
        _ => body.to_vec(),
    };
    let named = parameter(&kind, "charset");
    let encoding = named.and_then(|name| Encoding::for_label(name.as_bytes()));
    // What is no UTF-8 is not that, whatever is said.
    Some(match encoding {
        Some(encoding) if std::str::from_utf8(&bytes).is_err() => {
            let (text, _, is_wrong) = encoding.decode(&bytes);
            match is_wrong {
                false => text.into_owned(),
                true => decode(&bytes),
            }
        }
        _ => decode(&bytes),
    })
}

/// The lines above the first blank one, those that go on joined, and what stands below.
fn parted(part: &[u8]) -> (String, &[u8]) {
    let blank = [b"\r\n\r\n".as_slice(), b"\n\n"]
        .into_iter()
        .filter_map(|blank| Some((find(part, blank, 0)?, blank.len())))
        .min();
    let (end, length) = blank.unwrap_or((part.len(), 0));
    let head = String::from_utf8_lossy(&part[..end]).replace("\r\n", "\n");
    let head = head.replace("\n ", " ").replace("\n\t", " ");
    (head, &part[end + length..])
}

fn find(bytes: &[u8], word: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let found = rest.windows(word.len()).position(|window| window == word);
    found.map(|found| from + found)
}

/// What lies between the marks that stand at the beginnings of lines.
fn split<'a>(body: &'a [u8], mark: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let mut from = None;
    let mut at = 0;
    while let Some(found) = find(body, mark, at) {
        at = found + mark.len();
        if found > 0 && body[found - 1] != b'\n' {
            continue;
        }
        if let Some(from) = from {
            parts.push(&body[from..found]);
        }
        if parts.len() >= MAX_PARTS || body[at..].starts_with(b"--") {
            return parts;
        }
        let line = body[at..].iter().position(|byte| *byte == b'\n');
        from = line.map(|line| at + line + 1);
    }
    // The end of the file may be missing.
    parts.extend(from.map(|from| &body[from..]));
    parts
}

fn field(head: &str, name: &str) -> Option<String> {
    let mut lines = head.lines();
    lines.find_map(|line| {
        let (other, value) = line.split_once(':')?;
        other
            .trim()
            .eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    })
}

/// A parameter of a field, in quotes or without.
fn parameter(value: &str, name: &str) -> Option<String> {
    value.split(';').skip(1).find_map(|parameter| {
        let (other, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"');
        (other.trim().eq_ignore_ascii_case(name) && !value.is_empty()).then(|| value.to_owned())
    })
}

fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let digit = |at: usize| body.get(at).and_then(|byte| (*byte as char).to_digit(16));
    let mut out = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'=', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            // A line that goes on.
            (b'=', ..) => {
                let rest = &body[at + 1..];
                let blanks = rest
                    .iter()
                    .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
                at += 1 + blanks.count();
                at += usize::from(body.get(at) == Some(&b'\n'));
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for &byte in body {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(six);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn a_page_is_found_among_the_parts() {
        let mail = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--x\"\r\n\r\n\r\n----x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBOR\r\n----x\r\nContent-Type: text/html; charset=gbk\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+xOq2yDwv\r\ncD4=\r\n----x--\r\n";
        assert_eq!(page(mail.as_bytes()).as_deref(), Some("<p>年度</p>"));
        let quoted = "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n<p>=E5=B9=\n=B4</p>";
        assert_eq!(page(quoted.as_bytes()).as_deref(), Some("<p>年</p>"));
        assert_eq!(
            page("名称: x\nContent-Type: text/html\n\nx".as_bytes()),
            None
        );
        assert_eq!(page(b"Content-Type: text/plain\n\nx"), None);
    }
}

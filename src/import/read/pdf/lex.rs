//! The small language in which pages, forms and code maps are written: values, then an operator.
//!
//! Read piece by piece: as a list of operations, a page that was made to do harm would take a hundred times its size.

/// A value before an operator.
#[derive(Clone, Debug)]
pub(in crate::import::read) enum Value {
    Number(f64),
    Text(Vec<u8>),
    Name(Vec<u8>),
    List(Vec<Value>),
    Dictionary(Vec<(Vec<u8>, Value)>),
}

impl Value {
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&[u8]> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// What comes next.
#[derive(Debug)]
pub(super) enum Token<'a> {
    Value(Value),
    Operator(&'a [u8]),
}

const MAX_DEPTH: usize = 32;
const MAX_ITEMS: usize = 100_000;

/// Walks through a stream.
pub(super) struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

impl<'a> Lexer<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'%' => {
                    while self
                        .peek()
                        .is_some_and(|byte| !matches!(byte, b'\n' | b'\r'))
                    {
                        self.at += 1;
                    }
                }
                byte if is_blank(byte) => self.at += 1,
                _ => break,
            }
        }
    }

    /// What comes next; `None` at the end. What is no token is left out.
    pub fn next(&mut self) -> Option<Token<'a>> {
        loop {
            self.skip_blanks();
            let byte = self.peek()?;
            if let Some(value) = self.value(0) {
                return Some(Token::Value(value));
            }
            let word = self.word();
            if !word.is_empty() {
                return Some(Token::Operator(word));
            }
            // A closing bracket without an opening one, or the like.
            if self.peek() == Some(byte) {
                self.at += 1;
            }
        }
    }

    fn word(&mut self) -> &'a [u8] {
        let from = self.at;
        while self
            .peek()
            .is_some_and(|byte| !is_blank(byte) && !is_delimiter(byte))
        {
            self.at += 1;
        }
        &self.bytes[from..self.at]
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        match self.peek()? {
            b'/' => {
                self.at += 1;
                Some(Value::Name(unescaped(self.word())))
            }
            b'(' => Some(Value::Text(self.literal())),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.at += 2;
                Some(self.dictionary(depth))
            }
            b'<' => Some(Value::Text(self.hexadecimal())),
            b'[' if depth < MAX_DEPTH => {
                self.at += 1;
                Some(self.list(depth))
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => {
                let word = self.word();
                Some(Value::Number(number(word)))
            }
            _ => None,
        }
    }

    fn list(&mut self, depth: usize) -> Value {
        let mut items = Vec::new();
        loop {
            self.skip_blanks();
            match self.peek() {
                None => break,
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                Some(_) => match self.value(depth + 1) {
                    Some(value) if items.len() < MAX_ITEMS => items.push(value),
                    Some(_) => {}
                    None if self.word().is_empty() => self.at += 1,
                    None => {}
                },
            }
        }
        Value::List(items)
    }

    fn dictionary(&mut self, depth: usize) -> Value {
        let mut entries = Vec::new();
        let mut key = None;
        loop {
            self.skip_blanks();
            match self.peek() {
                None => break,
                Some(b'>') => {
                    self.at += 1 + usize::from(self.bytes.get(self.at + 1) == Some(&b'>'));
                    break;
                }
                Some(_) if depth >= MAX_DEPTH => self.at += 1,
                Some(_) => match (self.value(depth + 1), key.take()) {
                    (Some(value), Some(name)) if entries.len() < MAX_ITEMS => {
                        entries.push((name, value));
                    }
                    (Some(Value::Name(name)), None) => key = Some(name),
                    (Some(_), _) => {}
                    (None, _) if self.word().is_empty() => self.at += 1,
                    (None, _) => {}
                },
            }
        }
        Value::Dictionary(entries)
    }

    fn literal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        break;
                    }
                }
                b'\\' => {
                    self.escape(&mut text);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'\r' if self.peek() == Some(b'\n') => self.at += 1,
            b'\r' | b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    match self.peek() {
                        Some(digit @ b'0'..=b'7') => {
                            self.at += 1;
                            code = code * 8 + u32::from(digit - b'0');
                        }
                        _ => break,
                    }
                }
                text.push(code as u8);
            }
            byte => text.push(byte),
        }
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut digits = Vec::new();
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'>' => break,
                byte => digits.extend((byte as char).to_digit(16).map(|digit| digit as u8)),
            }
        }
        digits
            .chunks(2)
            .map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0))
            .collect()
    }

    /// Leaves out the bytes of a picture that stands in the stream itself, after its `BI`.
    pub fn skip_picture(&mut self) {
        while let Some(token) = self.next() {
            if matches!(token, Token::Operator(b"ID")) {
                break;
            }
        }
        self.at += 1;
        while self.at + 2 < self.bytes.len() {
            let ends = is_blank(self.bytes[self.at])
                && &self.bytes[self.at + 1..self.at + 3] == b"EI"
                && self
                    .bytes
                    .get(self.at + 3)
                    .is_none_or(|&byte| is_blank(byte));
            self.at += 1;
            if ends {
                self.at += 2;
                return;
            }
        }
        self.at = self.bytes.len();
    }
}

/// A number, as lenient as other programs are.
fn number(word: &[u8]) -> f64 {
    let text = std::str::from_utf8(word).unwrap_or_default();
    text.parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
        .unwrap_or_else(|| {
            // As in `--5` and `12.3-4`.
            let text = text.trim_start_matches('-');
            let end = text.rfind('-').unwrap_or(text.len());
            text[..end]
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite())
                .unwrap_or(0.0)
        })
}

/// A name with its `#41` resolved.
fn unescaped(word: &[u8]) -> Vec<u8> {
    let mut name = Vec::with_capacity(word.len());
    let mut at = 0;
    while at < word.len() {
        let digits = word
            .get(at + 1..at + 3)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        match (
            word[at],
            digits.and_then(|pair| u8::from_str_radix(pair, 16).ok()),
        ) {
            (b'#', Some(byte)) => {
                name.push(byte);
                at += 3;
            }
            (byte, _) => {
                name.push(byte);
                at += 1;
            }
        }
    }
    name
}

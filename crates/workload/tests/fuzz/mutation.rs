//! Changes to a file: bytes, tokens, lines, and pieces of another file.

use rand_chacha::ChaCha8Rng;
use rand_core::Rng;

/// Most bytes of an input.
const BYTES_MAX: usize = 8_192;
/// Numbers at the borders of what types, formats and readers take.
const NUMBERS: [&str; 32] = [
    "0",
    "-0",
    "-1",
    "1",
    "00",
    "1.5",
    "-1.5",
    "0.1e1",
    "1e-400",
    "1e400",
    "-1e400",
    "1e19",
    "9e307",
    "NaN",
    "inf",
    "-inf",
    "255",
    "65536",
    "2147483647",
    "2147483648",
    "-2147483649",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "18446744073709551616",
    "99999999999999999999999999",
    "320000000000000",
    "100000000000",
    "253402300800",
    "0x10",
];
/// Words and marks that mean something to one format or another.
const WORDS: [&str; 20] = [
    "",
    "\"",
    "\"\"",
    "null",
    "true",
    "[]",
    "{}",
    "|",
    ";",
    ",",
    "\t",
    "\r\n",
    "\n\n",
    "\u{feff}",
    "é",
    "\0",
    "9999-99-99 99:99:99",
    "2023-02-30 24:00:60",
    "-",
    ">24",
];
/// Whole numbers for binary fields.
const BINARY: [u64; 10] = [
    0,
    1,
    0x7f,
    0xff,
    0x7fff,
    0xffff,
    0x7fff_ffff,
    0xffff_ffff,
    0x7fff_ffff_ffff_ffff,
    u64::MAX,
];

/// A number below `most`; zero where there is none.
pub(crate) fn below(random: &mut ChaCha8Rng, most: usize) -> usize {
    ((u128::from(random.next_u64()) * most as u128) >> 64) as usize
}

/// A changed copy of a file; pieces may come from another one.
pub(crate) fn mutate(file: &[u8], other: &[u8], random: &mut ChaCha8Rng) -> Vec<u8> {
    let mut bytes = file.to_vec();
    // One change in half of the cases, two in a quarter, and so on.
    loop {
        change(&mut bytes, other, random);
        bytes.truncate(BYTES_MAX);
        if below(random, 2) == 0 {
            return bytes;
        }
    }
}

fn change(bytes: &mut Vec<u8>, other: &[u8], random: &mut ChaCha8Rng) {
    let place = below(random, bytes.len());
    let piece = |bytes: &[u8], random: &mut ChaCha8Rng| {
        let from = below(random, bytes.len() + 1);
        from..from + below(random, (bytes.len() - from + 1).min(200))
    };
    match below(random, 13) {
        0 if place < bytes.len() => bytes[place] ^= 1 << below(random, 8),
        1 if place < bytes.len() => bytes[place] = random.next_u32() as u8,
        2 => bytes.insert(place, random.next_u32() as u8),
        3 => bytes.truncate(place),
        4 => {
            let gone = piece(bytes, random);
            bytes.drain(gone);
        }
        5 => {
            let copied = piece(bytes, random);
            let copy = bytes[copied].to_vec();
            bytes.splice(place..place, copy);
        }
        6 => {
            // The beginning of one file and the end of the other.
            let from = below(random, other.len() + 1);
            bytes.truncate(place);
            bytes.extend_from_slice(&other[from..]);
        }
        7 => {
            let taken = piece(other, random);
            bytes.splice(place..place, other[taken].iter().copied());
        }
        8 | 9 => {
            let number = NUMBERS[below(random, NUMBERS.len())];
            replace_token(bytes, place, number, random);
        }
        10 => {
            let word = WORDS[below(random, WORDS.len())];
            replace_token(bytes, place, word, random);
        }
        11 => repeat_line(bytes, place, random),
        _ => {
            let width = [1, 2, 4, 8][below(random, 4)];
            let value = BINARY[below(random, BINARY.len())].to_le_bytes();
            let room = bytes.len().saturating_sub(place).min(width);
            bytes[place..place + room].copy_from_slice(&value[..room]);
        }
    }
}

/// Puts a text in place of the number or word around a place.
fn replace_token(bytes: &mut Vec<u8>, place: usize, text: &str, random: &mut ChaCha8Rng) {
    let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b".+-_".contains(byte);
    let first = bytes[..place].iter().rposition(|byte| !is_token(byte));
    let from = first.map_or(0, |first| first + 1);
    let length = bytes[place..].iter().position(|byte| !is_token(byte));
    let to = length.map_or(bytes.len(), |length| place + length);
    let repeats = if below(random, 50) == 0 { 100 } else { 1 };
    bytes.splice(from.min(to)..to, text.repeat(repeats).into_bytes());
}

/// Repeats, moves or removes the line around a place.
fn repeat_line(bytes: &mut Vec<u8>, place: usize, random: &mut ChaCha8Rng) {
    let from = bytes[..place].iter().rposition(|byte| *byte == b'\n');
    let from = from.map_or(0, |from| from + 1);
    let length = bytes[place..].iter().position(|byte| *byte == b'\n');
    let to = length.map_or(bytes.len(), |length| place + length + 1);
    let line = bytes[from..to].to_vec();
    match below(random, 3) {
        0 => {
            let repeats = 1 + below(random, 60);
            let lines = line.repeat(repeats);
            bytes.splice(to..to, lines);
        }
        1 => {
            bytes.drain(from..to);
        }
        _ => {
            bytes.drain(from..to);
            let target = below(random, bytes.len() + 1);
            bytes.splice(target..target, line);
        }
    }
}

//! A plan of the siting laboratory with its proof, as text.
//!
//! One fact per line, a keyword and its values, sites and clients counted from 0; after the line `proof` follows the
//! proof in the form of the library.

use std::fmt::Write as _;
use std::str::{FromStr, Lines};

use angara_siting::certificate::Proof;

/// First line of the text.
pub(crate) const HEAD: &str = "angara-siting-plan 1";
/// Most open sites and most flows.
const ROWS_MAX: usize = 50_000_000;

/// What a proof is about, and what it claims.
#[derive(Debug)]
pub(crate) struct Stated {
    pub(crate) problem: String,
    pub(crate) count: Option<usize>,
    pub(crate) radius: Option<f64>,
    pub(crate) capacity: Option<f64>,
    pub(crate) objective: f64,
    pub(crate) bound: f64,
    /// Sites, rising.
    pub(crate) open: Vec<usize>,
    /// Site, client, amount; rising.
    pub(crate) flows: Vec<(usize, usize, i64)>,
    pub(crate) proof: Proof,
}

impl Stated {
    /// The text; `data` is the file's name without folders.
    pub(super) fn text(&self, data: &str, sha256: &str) -> String {
        fn or_none<T: std::fmt::Debug>(value: Option<T>) -> String {
            value.map_or("-".to_owned(), |value| format!("{value:?}"))
        }
        let mut text = format!("{HEAD}\n# Sites and clients are counted from 0.\n");
        let open: Vec<String> = self.open.iter().map(ToString::to_string).collect();
        for (keyword, value) in [
            ("problem", self.problem.clone()),
            ("data", data.to_owned()),
            ("sha256", sha256.to_owned()),
            ("p", or_none(self.count)),
            ("radius", or_none(self.radius)),
            ("capacity", or_none(self.capacity)),
            ("objective", format!("{:?}", self.objective)),
            ("bound", format!("{:?}", self.bound)),
            ("open", open.join(" ")),
            ("flows", self.flows.len().to_string()),
        ] {
            let _ = writeln!(text, "{keyword} {value}");
        }
        for (site, client, amount) in &self.flows {
            let _ = writeln!(text, "flow {site} {client} {amount}");
        }
        text + "proof\n" + &self.proof.to_text()
    }
}

/// A proof and the file it is about: name and hash.
pub(crate) struct Read {
    pub(crate) data: String,
    pub(crate) sha256: String,
    pub(crate) stated: Stated,
}

/// Reads the text; all that is wrong with it otherwise.
pub(crate) fn read(text: &str) -> Result<Read, Vec<String>> {
    let mut reader = Reader {
        lines: text.lines(),
        line: 0,
        problems: Vec::new(),
    };
    let read = reader.all(text);
    match read {
        Some(read) if reader.problems.is_empty() => Ok(read),
        _ => Err(reader.problems),
    }
}

/// A line is missing or another one.
struct Stop;

struct Reader<'t> {
    lines: Lines<'t>,
    line: usize,
    problems: Vec<String>,
}

impl<'t> Reader<'t> {
    fn all(&mut self, text: &str) -> Option<Read> {
        self.named(HEAD.split_once(' ')?.0, |rest| rest == "1", "1")?;
        let problem = self.named(
            "problem",
            |word| PROBLEMS.contains(&word),
            &PROBLEMS.join(", "),
        )?;
        let named = |name: &str| {
            !name.is_empty() && name != "." && name != ".." && !name.contains(['/', '\\', '\0'])
        };
        let data = self.named("data", named, "the name of a file, without folders")?;
        let hexadecimal =
            |hash: &str| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        let sha256 = self.named("sha256", hexadecimal, "64 hexadecimal digits")?;
        let count = self
            .optional("p", |_: &usize| true, "a whole number or `-`")
            .ok()?;
        let positive = |number: &f64| (0.0..=1e12).contains(number);
        let radius = self
            .optional("radius", positive, "a number from 0 to 1e12, or `-`")
            .ok()?;
        let capacity = self
            .optional("capacity", positive, "a number from 0 to 1e12, or `-`")
            .ok()?;
        let objective = self.number("objective")?;
        let bound = self.number("bound")?;
        let open = self.open()?;
        let flows = self.flows()?;
        self.named("proof", str::is_empty, "nothing more on this line")?;
        let offset = self.lines.next()?.as_ptr() as usize - text.as_ptr() as usize;
        let proof = Proof::from_text(&text[offset..]);
        if proof.is_none() {
            self.line += 1;
            self.tell(
                "proof",
                "the rest of the file",
                "the text of a proof, whole",
            );
        }
        Some(Read {
            data: data.to_owned(),
            sha256: sha256.to_ascii_lowercase(),
            stated: Stated {
                problem: problem.to_owned(),
                count,
                radius,
                capacity,
                objective,
                bound,
                open,
                flows,
                proof: proof?,
            },
        })
    }

    fn tell(&mut self, field: &str, value: &str, expected: &str) {
        let value: String = value.chars().take(60).collect();
        self.problems.push(format!(
            "line {}: {field} is `{value}`, expected {expected}",
            self.line
        ));
    }

    /// What follows a keyword. A value that is not `valid` is told; a line that is another ends the reading.
    fn named(
        &mut self,
        keyword: &str,
        valid: impl Fn(&str) -> bool,
        expected: &str,
    ) -> Option<&'t str> {
        let line = loop {
            self.line += 1;
            match self.lines.next().map(str::trim) {
                Some(line) if line.is_empty() || line.starts_with('#') => {}
                Some(line) => break line,
                None => {
                    self.tell(keyword, "end of text", &format!("a line `{keyword} …`"));
                    return None;
                }
            }
        };
        let (first, rest) = line.split_once(' ').unwrap_or((line, ""));
        if first != keyword {
            self.tell("keyword", first, &format!("`{keyword}`"));
            return None;
        }
        if !valid(rest) {
            self.tell(keyword, rest, expected);
        }
        Some(rest)
    }

    fn optional<T: FromStr>(
        &mut self,
        keyword: &str,
        valid: impl Fn(&T) -> bool,
        expected: &str,
    ) -> Result<Option<T>, Stop> {
        let parse = |word: &str| word.parse().ok().filter(|value| valid(value));
        let word = self.named(
            keyword,
            |word| word == "-" || parse(word).is_some(),
            expected,
        );
        word.map(parse).ok_or(Stop)
    }

    fn number(&mut self, keyword: &str) -> Option<f64> {
        let parse = |word: &str| word.parse().ok().filter(|number: &f64| number.is_finite());
        let word = self.named(keyword, |word| parse(word).is_some(), "a finite number")?;
        Some(parse(word).unwrap_or(f64::NAN))
    }

    fn open(&mut self) -> Option<Vec<usize>> {
        let parse = |rest: &str| -> Option<Vec<usize>> {
            let sites: Option<Vec<usize>> = rest
                .split_whitespace()
                .map(|word| word.parse().ok())
                .collect();
            sites.filter(|sites| sites.windows(2).all(|pair| pair[0] < pair[1]))
        };
        let rest = self.named(
            "open",
            |rest| parse(rest).is_some(),
            "rising numbers of sites",
        )?;
        Some(parse(rest).unwrap_or_default())
    }

    fn flows(&mut self) -> Option<Vec<(usize, usize, i64)>> {
        let parse = |rest: &str| rest.parse().ok().filter(|count: &usize| *count <= ROWS_MAX);
        let rest = self.named("flows", |rest| parse(rest).is_some(), "a number of lines")?;
        let mut flows: Vec<(usize, usize, i64)> = Vec::new();
        for _ in 0..parse(rest).unwrap_or(0) {
            let parse = |rest: &str| {
                let mut words = rest.split_whitespace();
                let site = words.next()?.parse().ok()?;
                let client = words.next()?.parse().ok()?;
                let amount = words.next()?.parse().ok()?;
                words.next().is_none().then_some((site, client, amount))
            };
            let rest = self.named("flow", |rest| parse(rest).is_some(), "site, client, amount")?;
            let Some(flow) = parse(rest) else { break };
            if flows
                .last()
                .is_some_and(|last| (last.0, last.1) >= (flow.0, flow.1))
            {
                self.tell("flow", rest, "pairs of site and client in rising order");
                break;
            }
            flows.push(flow);
        }
        Some(flows)
    }
}

/// Problems with a proof.
const PROBLEMS: [&str; 6] = ["p-median", "p-center", "lscp", "mclp", "uflp", "cflp"];

#[cfg(test)]
mod tests {
    use super::*;

    fn stated() -> Stated {
        Stated {
            problem: "cflp".to_owned(),
            count: None,
            radius: None,
            capacity: Some(7.5),
            objective: 12.25,
            bound: 12.0,
            open: vec![1, 4],
            flows: vec![(1, 0, 5), (4, 0, 2)],
            proof: Proof::default(),
        }
    }

    #[test]
    fn a_stated_proof_survives_its_text() {
        let text = stated().text("towns.csv", &"a".repeat(64));
        let again = read(&text).map_err(|problems| problems.join("\n"));
        let again = again.expect("own text is readable");
        assert_eq!(again.stated.text(&again.data, &again.sha256), text);
        assert_eq!(again.stated.flows, stated().flows);
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once_with_its_line() {
        let text = stated()
            .text("../towns.csv", "beef")
            .replace("open 1 4", "open 4 1");
        let problems = read(&text).err().expect("wrong");
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert!(
            problems[0].starts_with("line 4: data is `../towns.csv`"),
            "{problems:?}"
        );
        let whole = stated().text("towns.csv", &"a".repeat(64));
        for end in 0..whole.len() - 1 {
            if whole.is_char_boundary(end) {
                assert!(read(&whole[..end]).is_err(), "cut at {end}");
            }
        }
    }
}

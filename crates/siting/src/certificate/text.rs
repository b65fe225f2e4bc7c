//! Proofs as text: one line per set of multipliers and per step, numbers apart by blanks.

use super::{Block, Multipliers, Proof, Step};

/// First line of the text.
const HEAD: &str = "angara siting proof 1";

/// Words of a text as numbers.
struct Numbers<'a>(std::str::SplitWhitespace<'a>);

impl Numbers<'_> {
    fn word(&mut self) -> Option<&str> {
        self.0.next()
    }

    fn long(&mut self) -> Option<i64> {
        self.0.next()?.parse().ok()
    }

    fn short(&mut self) -> Option<u32> {
        self.0.next()?.parse().ok()
    }

    /// As many items as the next number says; the text itself limits how many there can be.
    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.short()?;
        (0..count).map(|_| item(self)).collect()
    }

    fn decision(&mut self) -> Option<(u32, bool)> {
        Some((self.short()?, self.short()? == 1))
    }
}

impl Proof {
    /// The proof as text.
    pub fn to_text(&self) -> String {
        let mut lines = vec![
            HEAD.to_owned(),
            format!("{} {}", self.multipliers.len(), self.steps.len()),
        ];
        for multipliers in &self.multipliers {
            let pairs = multipliers.clients.iter().zip(&multipliers.values);
            let words: Vec<String> = pairs
                .map(|(client, value)| format!("{client} {value}"))
                .collect();
            lines.push(format!("{} {}", words.len(), words.join(" ")));
        }
        lines.extend(self.steps.iter().map(line));
        lines.join("\n") + "\n"
    }

    /// A proof from text; none where it is not one.
    pub fn from_text(text: &str) -> Option<Self> {
        let text = text.strip_prefix(HEAD)?;
        let mut numbers = Numbers(text.split_whitespace());
        let (multipliers, steps) = (numbers.short()?, numbers.short()?);
        let mut proof = Self::default();
        for _ in 0..multipliers {
            let pairs = numbers.list(|numbers| Some((numbers.short()?, numbers.long()?)))?;
            let (clients, values) = pairs.into_iter().unzip();
            proof.multipliers.push(Multipliers { clients, values });
        }
        for _ in 0..steps {
            proof.steps.push(step(&mut numbers)?);
        }
        numbers.word().is_none().then_some(proof)
    }
}

fn decisions(list: &[(u32, bool)]) -> String {
    let words: Vec<String> = list
        .iter()
        .map(|&(site, open)| format!(" {site} {}", u8::from(open)))
        .collect();
    format!("{}{}", words.len(), words.concat())
}

fn line(step: &Step) -> String {
    match step {
        Step::Bound { multipliers } => format!("bound {multipliers}"),
        Step::Enumerate => "enumerate".to_owned(),
        Step::Branch { site, open, closed } => format!("branch {site} {open} {closed}"),
        Step::Reach {
            client,
            most,
            near,
            far,
        } => format!("reach {client} {most} {near} {far}"),
        Step::Shorten {
            multipliers,
            slack,
            then,
        } => format!("shorten {multipliers} {slack} {then}"),
        Step::Decide {
            multipliers,
            decisions: list,
            then,
        } => format!("decide {multipliers} {then} {}", decisions(list)),
        Step::Strengthen {
            multipliers,
            price,
            blocks,
            decisions: list,
            then,
        } => {
            let mut line = format!(
                "strengthen {multipliers} {price} {then} {} {}",
                decisions(list),
                blocks.len()
            );
            for block in blocks {
                line.extend([format!(" {} {}", block.step, block.clients.len())]);
                for (client, most) in block.clients.iter().zip(&block.most) {
                    line.extend([format!(" {client} {most}")]);
                }
            }
            line
        }
        Step::Divide { multipliers, parts } => {
            let mut line = format!("divide {multipliers} {}", parts.len());
            for part in parts {
                line.extend([format!(" {}", part.len())]);
                for (count, step) in part {
                    line.extend([format!(" {count} {step}")]);
                }
            }
            line
        }
    }
}

fn step(numbers: &mut Numbers<'_>) -> Option<Step> {
    let word = numbers.word()?.to_owned();
    Some(match word.as_str() {
        "bound" => Step::Bound {
            multipliers: numbers.short()?,
        },
        "enumerate" => Step::Enumerate,
        "branch" => Step::Branch {
            site: numbers.short()?,
            open: numbers.short()?,
            closed: numbers.short()?,
        },
        "reach" => Step::Reach {
            client: numbers.short()?,
            most: numbers.long()?,
            near: numbers.short()?,
            far: numbers.short()?,
        },
        "shorten" => Step::Shorten {
            multipliers: numbers.short()?,
            slack: numbers.long()?,
            then: numbers.short()?,
        },
        "decide" => Step::Decide {
            multipliers: numbers.short()?,
            then: numbers.short()?,
            decisions: numbers.list(Numbers::decision)?,
        },
        "strengthen" => Step::Strengthen {
            multipliers: numbers.short()?,
            price: numbers.long()?,
            then: numbers.short()?,
            decisions: numbers.list(Numbers::decision)?,
            blocks: numbers.list(block)?,
        },
        "divide" => Step::Divide {
            multipliers: numbers.short()?,
            parts: numbers.list(|numbers| {
                numbers.list(|numbers| Some((numbers.short()?, numbers.short()?)))
            })?,
        },
        _ => return None,
    })
}

fn block(numbers: &mut Numbers<'_>) -> Option<Block> {
    let step = numbers.short()?;
    let pairs = numbers.list(|numbers| Some((numbers.short()?, numbers.long()?)))?;
    let (clients, most) = pairs.into_iter().unzip();
    Some(Block {
        clients,
        most,
        step,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_survives_its_text() {
        let proof = Proof {
            multipliers: vec![Multipliers {
                clients: vec![0, 3],
                values: vec![-5, 1 << 40],
            }],
            steps: vec![
                Step::Strengthen {
                    multipliers: 0,
                    price: -7,
                    blocks: vec![Block {
                        clients: vec![3],
                        most: vec![99],
                        step: 4,
                    }],
                    decisions: vec![(2, true), (1, false)],
                    then: 1,
                },
                Step::Decide {
                    multipliers: 0,
                    decisions: vec![(4, false)],
                    then: 2,
                },
                Step::Branch {
                    site: 5,
                    open: 3,
                    closed: 4,
                },
                Step::Reach {
                    client: 3,
                    most: 17,
                    near: 3,
                    far: 4,
                },
                Step::Shorten {
                    multipliers: 0,
                    slack: 1 << 21,
                    then: 2,
                },
                Step::Divide {
                    multipliers: 0,
                    parts: vec![vec![(0, 4)], Vec::new()],
                },
                Step::Enumerate,
                Step::Bound { multipliers: 0 },
            ],
        };
        let text = proof.to_text();
        assert_eq!(Proof::from_text(&text), Some(proof));
        for end in 1..text.len() - 1 {
            assert_eq!(Proof::from_text(&text[..end]), None, "cut at {end}");
        }
    }
}

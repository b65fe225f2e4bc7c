//! Certificates as text.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::lines::{ReadError, Reader, Stop, numbers};
use crate::certificate::{CUTS_MAX, Certificate, Cut, Flow, Multipliers, Node, Plan};
use crate::instance::{CELLS_MAX, LEVELS_MAX, PERIODS_MAX, PLACES_MAX, SITES_MAX};

/// Most sets of multipliers and nodes of a proof.
const NODES_MAX: usize = 10_000_000;
/// Places on one line.
const PLACES_PER_LINE: usize = 20;

/// The file that holds the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its name, without folders.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// The certificate as text; reading it gives the same certificate again.
pub fn write_certificate(source: &Source, certificate: &Certificate) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_to(source, certificate, &mut text);
    text
}

fn write_to(source: &Source, certificate: &Certificate, text: &mut String) -> std::fmt::Result {
    let plan = &certificate.plan;
    let periods = plan.levels.first().map_or(0, Vec::len);
    writeln!(text, "angara-expansion-plan 1")?;
    text.push_str("# Money in minor units, powers in kW; everything is counted from 0.\n");
    writeln!(text, "data {}", source.file)?;
    writeln!(text, "sha256 {}", source.sha256)?;
    writeln!(text, "bound {}", certificate.bound)?;
    writeln!(text, "cost {}", certificate.cost)?;
    writeln!(text, "periods {periods}")?;
    text.push_str("# The level of each site by period.\n");
    writeln!(text, "sites {}", plan.levels.len())?;
    for levels in &plan.levels {
        writeln!(text, "levels{}", numbers(levels))?;
    }
    write_flows(&plan.flows, text)?;
    text.push_str("# Prices of demand by period and place, of supply and budget by period, divided by scale.\n");
    writeln!(text, "scale {}", certificate.scale)?;
    text.push_str(
        "# Capacity of all sites in a period, rounded up to whole halls: period, hall; see the price of each cut below.\n",
    );
    writeln!(text, "cuts {}", certificate.cuts.len())?;
    for cut in &certificate.cuts {
        writeln!(text, "cut {} {}", cut.period, cut.hall_kw)?;
    }
    writeln!(text, "multipliers {}", certificate.multipliers.len())?;
    for set in &certificate.multipliers {
        writeln!(text, "places {}", set.demand.first().map_or(0, Vec::len))?;
        for row in &set.demand {
            writeln!(text, "demand{}", numbers(row))?;
        }
        writeln!(text, "supply{}", numbers(&set.supply))?;
        writeln!(text, "budget{}", numbers(&set.budget))?;
        writeln!(text, "cuts{}", numbers(&set.cuts))?;
    }
    text.push_str("# Nodes from 0: `leaf multipliers`, or `branch site period level low high`: up to level, above it.\n");
    writeln!(text, "tree {}", certificate.tree.len())?;
    for node in &certificate.tree {
        match node {
            Node::Leaf { multipliers } => writeln!(text, "node leaf {multipliers}")?,
            Node::Branch {
                site,
                period,
                level,
                low,
                high,
            } => writeln!(text, "node branch {site} {period} {level} {low} {high}")?,
        }
    }
    writeln!(text, "end")
}

fn write_flows(flows: &[Flow], text: &mut String) -> std::fmt::Result {
    let mut whole: BTreeMap<(u32, u32), Vec<u32>> = BTreeMap::new();
    let mut parts = Vec::new();
    for flow in flows {
        match flow.power_kw {
            None => whole
                .entry((flow.period, flow.site))
                .or_default()
                .push(flow.place),
            Some(power_kw) => parts.push((flow, power_kw)),
        }
    }
    text.push_str("# Who serves all that some places demand: period, site, places.\n");
    let lines = |places: &Vec<u32>| places.len().div_ceil(PLACES_PER_LINE);
    writeln!(text, "whole {}", whole.values().map(lines).sum::<usize>())?;
    for ((period, site), places) in &whole {
        for some in places.chunks(PLACES_PER_LINE) {
            writeln!(text, "serve {period} {site}{}", numbers(some))?;
        }
    }
    text.push_str("# Who serves a part: period, site, place, power.\n");
    writeln!(text, "parts {}", parts.len())?;
    for (flow, power_kw) in parts {
        writeln!(
            text,
            "part {} {} {} {power_kw}",
            flow.period, flow.site, flow.place
        )?;
    }
    Ok(())
}

/// Reads a certificate; whether it holds is for [`crate::check()`] to say.
///
/// # Errors
/// Everything that is not as expected, up to the first line that makes no sense.
pub fn read_certificate(text: &str) -> Result<(Source, Certificate), Vec<ReadError>> {
    Reader::read(text, read)
}

fn read(reader: &mut Reader) -> Result<(Source, Certificate), Stop> {
    reader.count("angara-expansion-plan", 1, 1)?;
    let source = read_source(reader)?;
    let bound = reader.single("bound")?;
    let cost = reader.single("cost")?;
    let periods = reader.count("periods", 1, PERIODS_MAX)?;
    let mut levels = Vec::new();
    for _ in 0..reader.count("sites", 1, SITES_MAX)? {
        let values = reader.named("levels")?;
        let (line, rest) = (values.line, values.rest);
        let row: Vec<u8> = reader.all(values, periods)?;
        if row.iter().any(|&level| usize::from(level) > LEVELS_MAX) {
            let expected = format!("levels up to {LEVELS_MAX}");
            reader.note(line, "levels", rest, &expected)?;
        }
        levels.push(row);
    }
    let flows = read_flows(reader)?;
    let scale = reader.single("scale")?;
    let mut cuts = Vec::new();
    for _ in 0..reader.count("cuts", 0, CUTS_MAX)? {
        let mut values = reader.named("cut")?;
        cuts.push(Cut {
            period: reader.number(&mut values, "period and hall")?,
            hall_kw: reader.number(&mut values, "period and hall")?,
        });
        reader.finish(values)?;
    }
    let mut multipliers = Vec::new();
    for _ in 0..reader.count("multipliers", 1, NODES_MAX)? {
        multipliers.push(read_multipliers(reader, periods, cuts.len())?);
    }
    let mut tree = Vec::new();
    for _ in 0..reader.count("tree", 1, NODES_MAX)? {
        tree.push(read_node(reader)?);
    }
    reader.end()?;
    let certificate = Certificate {
        bound,
        cost,
        scale,
        cuts,
        multipliers,
        tree,
        plan: Plan { levels, flows },
    };
    Ok((source, certificate))
}

fn read_source(reader: &mut Reader) -> Result<Source, Stop> {
    let data = reader.named("data")?;
    let file = data.rest;
    // A file beside this one and nowhere else.
    if file.is_empty() || file == "." || file == ".." || file.contains(['/', '\\', '\0']) {
        reader.note(
            data.line,
            "data",
            file,
            "the name of a file, without folders",
        )?;
    }
    let hash = reader.named("sha256")?;
    let sha256 = hash.rest;
    if sha256.len() != 64 || !sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        reader.note(hash.line, "sha256", sha256, "64 hexadecimal digits")?;
    }
    Ok(Source {
        file: file.to_owned(),
        sha256: sha256.to_ascii_lowercase(),
    })
}

fn read_flows(reader: &mut Reader) -> Result<Vec<Flow>, Stop> {
    let mut flows = Vec::new();
    for _ in 0..reader.count("whole", 0, CELLS_MAX)? {
        let mut values = reader.named("serve")?;
        let expected = "period, site and places";
        let period = reader.number(&mut values, expected)?;
        let site = reader.number(&mut values, expected)?;
        while let Some(word) = values.word() {
            flows.push(Flow {
                period,
                site,
                place: reader.parse(&values, word, expected)?,
                power_kw: None,
            });
        }
    }
    for _ in 0..reader.count("parts", 0, CELLS_MAX)? {
        let mut values = reader.named("part")?;
        let expected = "period, site, place and power";
        flows.push(Flow {
            period: reader.number(&mut values, expected)?,
            site: reader.number(&mut values, expected)?,
            place: reader.number(&mut values, expected)?,
            power_kw: Some(reader.number(&mut values, expected)?),
        });
        reader.finish(values)?;
    }
    flows.sort_unstable();
    Ok(flows)
}

fn read_multipliers(reader: &mut Reader, periods: usize, cuts: usize) -> Result<Multipliers, Stop> {
    let places = reader.count("places", 1, PLACES_MAX)?;
    let mut demand = Vec::new();
    for _ in 0..periods {
        demand.push(reader.series("demand", places)?);
    }
    Ok(Multipliers {
        demand,
        supply: reader.series("supply", periods)?,
        budget: reader.series("budget", periods)?,
        cuts: reader.series("cuts", cuts)?,
    })
}

fn read_node(reader: &mut Reader) -> Result<Node, Stop> {
    let mut values = reader.named("node")?;
    let expected = "leaf and its multipliers, or branch, site, period, level, low, high";
    let node = match values.word() {
        Some("leaf") => Node::Leaf {
            multipliers: reader.number(&mut values, expected)?,
        },
        Some("branch") => Node::Branch {
            site: reader.number(&mut values, expected)?,
            period: reader.number(&mut values, expected)?,
            level: reader.number(&mut values, expected)?,
            low: reader.number(&mut values, expected)?,
            high: reader.number(&mut values, expected)?,
        },
        other => {
            let _ = reader.note(values.line, "node", other.unwrap_or(""), expected);
            return Err(Stop);
        }
    };
    reader.finish(values)?;
    Ok(node)
}

//! Certificates as text.

use std::fmt::Write;

use super::instance::numbers;
use super::lines::{ReadError, Reader, error};
use crate::certificate::{Certificate, Flow, Multipliers, Node, Plan};
use crate::instance::{LEVELS_MAX, PERIODS_MAX, PLACES_MAX, SITES_MAX};

/// Most sets of multipliers and nodes of a proof.
const NODES_MAX: usize = 10_000_000;

/// The certificate as text; reading it gives the same certificate again.
pub fn write_certificate(certificate: &Certificate) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write_to(certificate, &mut text);
    text
}

fn write_to(certificate: &Certificate, text: &mut String) -> std::fmt::Result {
    let plan = &certificate.plan;
    let periods = plan.levels.first().map_or(0, Vec::len);
    writeln!(text, "angara-expansion-certificate 1")?;
    writeln!(
        text,
        "# Multipliers are divided by scale; money in minor units, powers in kW."
    )?;
    writeln!(text, "bound {}", certificate.bound)?;
    writeln!(text, "cost {}", certificate.cost)?;
    writeln!(text, "scale {}", certificate.scale)?;
    writeln!(text, "periods {periods}")?;
    writeln!(text, "multipliers {}", certificate.multipliers.len())?;
    for set in &certificate.multipliers {
        writeln!(text, "places {}", set.demand.first().map_or(0, Vec::len))?;
        for row in &set.demand {
            writeln!(text, "demand{}", numbers(row))?;
        }
        writeln!(text, "supply{}", numbers(&set.supply))?;
        writeln!(text, "budget{}", numbers(&set.budget))?;
    }
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
    writeln!(text, "sites {}", plan.levels.len())?;
    for levels in &plan.levels {
        writeln!(text, "levels{}", numbers(levels))?;
    }
    writeln!(text, "# period site place kW")?;
    writeln!(text, "flows {}", plan.flows.len())?;
    for flow in &plan.flows {
        let (period, site, place) = (flow.period, flow.site, flow.place);
        writeln!(text, "flow {period} {site} {place} {}", flow.power_kw)?;
    }
    writeln!(text, "end")
}

/// Reads a certificate; whether it holds is for [`crate::check()`] to say.
///
/// # Errors
/// The first thing that is not as expected.
pub fn read_certificate(text: &str) -> Result<Certificate, ReadError> {
    let mut reader = Reader::new(text)?;
    reader.named("angara-expansion-certificate")?.within(1, 1)?;
    let bound = reader.named("bound")?.number("a whole number")?;
    let cost = reader.named("cost")?.number("a whole number")?;
    let scale = reader.named("scale")?.number("a whole number")?;
    let periods = reader.named("periods")?.within(1, PERIODS_MAX)?;
    let mut multipliers = Vec::new();
    for _ in 0..reader.named("multipliers")?.within(1, NODES_MAX)? {
        let places = reader.named("places")?.within(1, PLACES_MAX)?;
        let mut demand = Vec::new();
        for _ in 0..periods {
            demand.push(reader.named("demand")?.series(places)?);
        }
        multipliers.push(Multipliers {
            demand,
            supply: reader.named("supply")?.series(periods)?,
            budget: reader.named("budget")?.series(periods)?,
        });
    }
    let mut tree = Vec::new();
    for _ in 0..reader.named("tree")?.within(1, NODES_MAX)? {
        tree.push(read_node(&mut reader)?);
    }
    let mut levels = Vec::new();
    for _ in 0..reader.named("sites")?.within(1, SITES_MAX)? {
        let values = reader.named("levels")?;
        let line = values.line;
        let row: Vec<u8> = values.series(periods)?;
        if let Some(level) = row.iter().find(|&&level| usize::from(level) > LEVELS_MAX) {
            return Err(error(line, "levels", &level.to_string(), "levels"));
        }
        levels.push(row);
    }
    let mut flows = Vec::new();
    for _ in 0..reader.named("flows")?.within(0, usize::MAX)? {
        let mut values = reader.named("flow")?;
        let expected = "period, site, place and power";
        flows.push(Flow {
            period: values.number(expected)?,
            site: values.number(expected)?,
            place: values.number(expected)?,
            power_kw: values.number(expected)?,
        });
        values.finish()?;
    }
    reader.named("end")?.finish()?;
    reader.end()?;
    Ok(Certificate {
        bound,
        cost,
        scale,
        multipliers,
        tree,
        plan: Plan { levels, flows },
    })
}

fn read_node(reader: &mut Reader) -> Result<Node, ReadError> {
    let mut values = reader.named("node")?;
    let expected = "leaf and its multipliers, or branch, site, period, level, low, high";
    let node = match values.word(expected)? {
        "leaf" => Node::Leaf {
            multipliers: values.number(expected)?,
        },
        "branch" => Node::Branch {
            site: values.number(expected)?,
            period: values.number(expected)?,
            level: values.number(expected)?,
            low: values.number(expected)?,
            high: values.number(expected)?,
        },
        other => return Err(error(values.line, "node", other, expected)),
    };
    values.finish()?;
    Ok(node)
}

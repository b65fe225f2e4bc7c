//! SIPLIB's stochastic server location: an SMPS program whose structure is recognised from its coefficients.
//!
//! Columns of the first stage are servers: cost, -1 in the row that limits their number, capacity in a row of their own.
//! Columns of the second stage are whole (client at server: -revenue, -demand in the server's row, 1 in the client's
//! row) or real (overflow of a server: penalty, 1 in the server's row).

use std::collections::BTreeMap;

use super::smps::{self, Column, Smps};
use crate::finding::{Finding, Findings};
use crate::server::{Scenario, ServerLocation};

/// Reads core, time and stochastic file.
pub fn read(core: &str, time: &str, stochastic: &str) -> (Option<ServerLocation>, Vec<Finding>) {
    let mut findings = Findings::default();
    let smps = smps::read(core, time, stochastic, &mut findings);
    let location = if findings.is_empty() {
        recognise(&smps, &mut findings)
    } else {
        None
    };
    (
        location.filter(|_| findings.is_empty()),
        findings.into_list(),
    )
}

fn recognise(smps: &Smps, findings: &mut Findings) -> Option<ServerLocation> {
    let first = smps
        .columns
        .iter()
        .position(|column| column.name == smps.second_column);
    let Some(servers) = first.filter(|&first| first > 0) else {
        findings.add(
            0,
            "time: first column of stage 2",
            &smps.second_column,
            "a column after the servers",
        );
        return None;
    };
    let limit = smps.rows.first()?.0.clone();
    let mut rows: BTreeMap<&str, usize> = BTreeMap::new();
    let mut location = ServerLocation {
        opening: Vec::new(),
        capacities: Vec::new(),
        penalties: vec![0; servers],
        most: whole(-smps.right.get(&limit).copied().unwrap_or(0.0), 0, findings).max(0) as usize,
        revenues: Vec::new(),
        demands: Vec::new(),
        scenarios: Vec::new(),
    };
    for column in &smps.columns[..servers] {
        let own = column
            .entries
            .iter()
            .find(|(row, _)| *row != smps.objective && *row != limit);
        let Some((row, capacity)) = own else {
            findings.add(
                column.line,
                "core: server",
                &column.name,
                "a capacity in a row of its own",
            );
            return None;
        };
        rows.insert(row, location.opening.len());
        location.opening.push(whole(
            coefficient(column, &smps.objective),
            column.line,
            findings,
        ));
        location
            .capacities
            .push(whole(*capacity, column.line, findings));
    }
    let mut clients: BTreeMap<&str, usize> = BTreeMap::new();
    for (row, sense) in smps.rows.iter().skip(1) {
        if *sense == 'E' {
            clients.insert(row, clients.len());
        }
    }
    location.revenues = vec![vec![0; servers]; clients.len()];
    location.demands = vec![vec![0; servers]; clients.len()];
    second_stage(smps, servers, &rows, &clients, &mut location, findings);
    for (probability, changes) in &smps.scenarios {
        let present = clients.iter().filter(|(row, _)| {
            let value = changes.get(**row).or_else(|| smps.right.get(**row));
            value.copied().unwrap_or(0.0) > 0.5
        });
        let mut present: Vec<usize> = present.map(|(_, &client)| client).collect();
        present.sort_unstable();
        location.scenarios.push(Scenario {
            probability: *probability,
            present,
        });
    }
    Some(location)
}

fn second_stage(
    smps: &Smps,
    servers: usize,
    rows: &BTreeMap<&str, usize>,
    clients: &BTreeMap<&str, usize>,
    location: &mut ServerLocation,
    findings: &mut Findings,
) {
    let mut seen = vec![0; clients.len()];
    for column in &smps.columns[servers..] {
        let server = column
            .entries
            .iter()
            .find_map(|(row, _)| rows.get(row.as_str()));
        if !column.whole {
            let Some(&server) = server else {
                findings.add(
                    column.line,
                    "core: overflow",
                    &column.name,
                    "an entry in a server's row",
                );
                continue;
            };
            location.penalties[server] =
                whole(coefficient(column, &smps.objective), column.line, findings);
            continue;
        }
        let Some(&client) = column
            .entries
            .iter()
            .find_map(|(row, _)| clients.get(row.as_str()))
        else {
            findings.add(
                column.line,
                "core: assignment",
                &column.name,
                "an entry in a client's row",
            );
            continue;
        };
        // A client that needs nothing of a server has no entry in its row: its place tells which it is.
        let place = server.copied().unwrap_or(seen[client]);
        seen[client] += 1;
        if place >= servers {
            findings.add(
                column.line,
                "core: assignment",
                &column.name,
                "one column per server",
            );
            continue;
        }
        location.revenues[client][place] =
            whole(-coefficient(column, &smps.objective), column.line, findings);
        let needed = column
            .entries
            .iter()
            .find(|(row, _)| rows.contains_key(row.as_str()));
        location.demands[client][place] =
            whole(-needed.map_or(0.0, |entry| entry.1), column.line, findings);
    }
    for (client, &count) in seen.iter().enumerate() {
        if count != servers {
            let value = format!("{count} for client {}", client + 1);
            findings.add(
                0,
                "core: assignments",
                &value,
                format!("{servers}, one per server"),
            );
        }
    }
}

fn coefficient(column: &Column, row: &str) -> f64 {
    let entry = column.entries.iter().find(|entry| entry.0 == row);
    entry.map_or(0.0, |entry| entry.1)
}

fn whole(value: f64, line: usize, findings: &mut Findings) -> i64 {
    let rounded = value.round();
    if (value - rounded).abs() > 1e-9 || !(0.0..=1e9).contains(&rounded) {
        findings.add(
            line,
            "core: coefficient",
            &value.to_string(),
            "a whole number, not negative, at most 1e9",
        );
    }
    rounded as i64
}

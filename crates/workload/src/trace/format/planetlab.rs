//! `PlanetLab` CPU utilisation.
//!
//! # Format
//! One file per virtual machine and day, one integer per line: the CPU utilisation [%] of five minutes; 288 lines a
//! day. The trace knows neither cores nor speeds: each machine counts as one core. Where the folder is named by a day
//! (`20110303`), that day at 00:00 UTC is the start of the trace.
//!
//! # References
//! Park, Pai, `CoMon`: a mostly-scalable monitoring system for `PlanetLab`, OSR 2006. Beloglazov, Buyya, Optimal online
//! deterministic algorithms and adaptive heuristics for dynamic VM consolidation, CCPE 24(13), 2012.

use super::super::input::{Members, Source, time_stamp_us};
use super::super::model::{Clock, FragmentBlock, TaskRow, Trace};
use super::super::{Findings, Format};
use super::Reading;

/// Length of a sample [ms].
const SAMPLE_MS: i64 = 300_000;

pub(super) fn read(files: Vec<Source>, reading: &mut Reading<'_>) -> Option<Trace> {
    let name = files.first()?.name().to_owned();
    let mut trace = Trace::empty(Format::PlanetLab, Clock::Relative { start_ms: None });
    let mut members = match Members::open(files, reading.limits) {
        Ok(members) => members,
        Err(fault) => {
            reading.findings.unreadable(&name, &fault);
            return None;
        }
    };
    let (mut samples, mut sum, mut square_sum) = (0_u64, 0_u64, 0_u64);
    loop {
        let member = match members.next(&mut reading.findings) {
            Ok(Some(member)) => member,
            Ok(None) => break,
            Err(fault) => {
                reading.findings.unreadable(&name, &fault);
                break;
            }
        };
        let percents = percents(&member.name, &member.bytes, &mut reading.findings);
        samples += percents.len() as u64;
        if samples > reading.limits.fragments_max || !reading.has_room(&name, trace.tasks.len()) {
            break;
        }
        if let Clock::Relative { start_ms } = &mut trace.clock {
            *start_ms = start_ms.or_else(|| day_ms(&member.name));
        }
        sum += percents
            .iter()
            .map(|percent| u64::from(*percent))
            .sum::<u64>();
        square_sum += percents
            .iter()
            .map(|percent| u64::from(*percent) * u64::from(*percent))
            .sum::<u64>();
        let row = TaskRow {
            duration_ms: percents.len() as i64 * SAMPLE_MS,
            cpu_milli: 1_000,
            ..TaskRow::default()
        };
        trace.tasks.push_named(label(&member.name), row);
        let demand: Vec<f64> = percents.iter().map(|percent| f64::from(*percent)).collect();
        let block = FragmentBlock {
            task: trace.tasks.len() - 1,
            duration_ms: &vec![SAMPLE_MS; demand.len()],
            demand: &demand,
            gpu_demand: None,
        };
        reading.sink.take(&trace.tasks, block);
    }
    if samples > reading.limits.fragments_max {
        let most = reading.limits.fragments_max;
        reading
            .findings
            .error(&name, None, "samples", "", format!("at most {most}"));
    }
    let mean = sum as f64 / samples as f64;
    let variance = square_sum as f64 / samples as f64 - mean * mean;
    trace.utilisation = (samples > 0).then_some(mean / 100.0);
    trace.add_measure("mean utilisation", "%", mean);
    trace.add_measure("standard deviation", "%", variance.max(0.0).sqrt());
    Some(trace)
}

/// The samples of one machine.
fn percents(name: &str, bytes: &[u8], findings: &mut Findings) -> Vec<u8> {
    let mut percents = Vec::with_capacity(288);
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let text = std::str::from_utf8(line).unwrap_or("\u{fffd}").trim();
        if text.is_empty() {
            continue;
        }
        match text.parse::<u8>() {
            Ok(percent) if percent <= 100 => percents.push(percent),
            _ => findings.error(
                name,
                Some(index as u64 + 1),
                "CPU utilisation [%]",
                text,
                "a whole number from 0 to 100",
            ),
        }
    }
    if percents.is_empty() {
        findings.error(name, None, "samples", "0", "at least one sample");
    }
    percents
}

fn label(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The day that the folder of a member is named by [ms since 1970].
fn day_ms(name: &str) -> Option<i64> {
    let folder = name.rsplit('/').nth(1)?;
    if folder.len() != 8 || !folder.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let midnight = format!(
        "{}-{}-{} 00:00:00",
        &folder[..4],
        &folder[4..6],
        &folder[6..]
    );
    time_stamp_us(&midnight).map(|instant_us| instant_us / 1_000)
}

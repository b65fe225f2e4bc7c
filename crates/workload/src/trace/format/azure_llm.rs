//! Azure inference requests.
//!
//! # Format
//! CSV with `TIMESTAMP`, `ContextTokens`, `GeneratedTokens`; the time stamp has a fraction of 100 ns and no zone (UTC
//! here), later editions an offset. A request becomes a task that reserves nothing and whose duration is unknown: how
//! long tokens take is a property of the accelerator, not of the trace.
//!
//! # References
//! Patel et al., Splitwise: efficient generative LLM inference using phase splitting, ISCA 2024.

use super::super::Format;
use super::super::input::{Source, Table, time_stamp_us};
use super::super::model::{Clock, Detail, Requests, TaskRow, Trace};
use super::Reading;

pub(super) fn read(source: &Source, reading: &mut Reading<'_>) -> Option<Trace> {
    let mut trace = Trace::empty(Format::AzureLlm, Clock::Epoch);
    let mut requests = Requests::default();
    let limits = *reading.limits;
    let (mut table, [time, context, generated]) = Table::with_header(
        source,
        ["TIMESTAMP", "ContextTokens", "GeneratedTokens"],
        &limits,
        &mut reading.findings,
    )?;
    let mut full = false;
    while table.next_row() {
        if requests.arrival_us.len() as u64 >= limits.tasks_max {
            full = true;
            break;
        }
        let arrival_us = table.cell(
            time,
            "TIMESTAMP",
            "a time like 2023-11-16 18:17:03.9799600",
            time_stamp_us,
        );
        let tokens = |text: &str| text.parse::<u32>().ok();
        let context = table.cell(context, "ContextTokens", "a count of tokens", tokens);
        let generated = table.cell(generated, "GeneratedTokens", "a count of tokens", tokens);
        if let (Some(arrival_us), Some(context), Some(generated)) = (arrival_us, context, generated)
        {
            requests.arrival_us.push(arrival_us);
            requests.context_tokens.push(context);
            requests.generated_tokens.push(generated);
            let row = TaskRow {
                submission_ms: arrival_us.div_euclid(1_000),
                ..TaskRow::default()
            };
            trace.tasks.push_numbered(trace.tasks.len() as i64, row);
        }
    }
    if full {
        reading.has_room(source.name(), requests.arrival_us.len());
    }
    let mean = |tokens: &[u32]| {
        tokens.iter().map(|count| f64::from(*count)).sum::<f64>() / tokens.len() as f64
    };
    trace.add_measure("mean context", "tokens", mean(&requests.context_tokens));
    trace.add_measure("mean generated", "tokens", mean(&requests.generated_tokens));
    trace.detail = Detail::Requests(requests);
    Some(trace)
}

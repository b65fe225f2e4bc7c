//! What holds for every outcome of a reader.

use angara_series::Severity;
use angara_workload::trace::{Detail, Findings, Limits, Machines, Trace, TraceSummary};

pub(crate) fn check(outcome: &Result<(Trace, Findings), Findings>, limits: &Limits) {
    match outcome {
        Ok((trace, findings)) => {
            assert!(!findings.has_errors(), "a trace with errors is refused");
            tasks_are_columns_of_one_length(trace, limits);
            fragments_lie_within_their_columns(trace, limits);
            details_stand_beside_the_tasks(trace, limits);
            let summary = TraceSummary::of(trace);
            assert_eq!(summary.tasks, trace.tasks.len() as u64);
            assert_eq!(summary.fragments, trace.fragments.len() as u64);
            assert!(summary.timeline.points().count() <= 128);
        }
        Err(findings) => assert!(findings.count(Severity::Error) > 0, "a refusal says why"),
    }
}

fn tasks_are_columns_of_one_length(trace: &Trace, limits: &Limits) {
    let tasks = &trace.tasks;
    let rows = tasks.len();
    assert!(rows as u64 <= limits.tasks_max);
    for length in [
        tasks.id.len(),
        tasks.duration_ms.len(),
        tasks.cpu_milli.len(),
        tasks.cpu_capacity_mhz.len(),
        tasks.memory_bytes.len(),
        tasks.gpu_count.len(),
        tasks.gpu_share_milli.len(),
        tasks.gpu_capacity_mhz.len(),
        tasks.deferrable.len(),
        tasks.deadline_ms.len(),
    ] {
        assert_eq!(length, rows);
    }
    for task in 0..rows {
        let _ = tasks.id.text(task);
        let parents = tasks.parents.of(task);
        assert!(parents.iter().all(|parent| (*parent as usize) < rows));
        assert!(trace.run_ms(task).is_none_or(|run_ms| run_ms >= 0));
        let speeds = [tasks.cpu_capacity_mhz[task], tasks.gpu_capacity_mhz[task]];
        let is_speed = |speed: &f64| speed.is_finite() && *speed >= 0.0;
        assert!(speeds.iter().all(is_speed), "{speeds:?}");
    }
}

fn fragments_lie_within_their_columns(trace: &Trace, limits: &Limits) {
    let fragments = &trace.fragments;
    let rows = fragments.end_ms.len();
    assert_eq!(fragments.demand.len(), rows);
    assert!(fragments.gpu_demand.is_empty() || fragments.gpu_demand.len() == rows);
    assert!(fragments.len() as u64 <= limits.fragments_max);
    let mut reached = 0;
    for task in 0..trace.tasks.len() {
        let of_task = fragments.of(task);
        assert!(of_task.start <= of_task.end && of_task.end <= rows);
        reached += of_task.len();
        let mut before_ms = 0;
        for row in of_task {
            assert!(fragments.end_ms[row] >= before_ms, "ends ascend");
            before_ms = fragments.end_ms[row];
            let demand = fragments.demand[row];
            assert!(demand.is_finite() && demand >= 0.0, "{demand}");
            let _ = trace.fragment_milli_cores(task, row, 2_000.0);
        }
    }
    assert_eq!(reached, fragments.len(), "every fragment belongs to a task");
}

fn details_stand_beside_the_tasks(trace: &Trace, limits: &Limits) {
    let rows = trace.tasks.len();
    let same = |lengths: &[usize]| assert!(lengths.iter().all(|length| *length == rows));
    match &trace.detail {
        Detail::None => {}
        Detail::BatchJobs(jobs) => same(&[
            jobs.len(),
            jobs.submit_s.len(),
            jobs.wait_s.len(),
            jobs.run_s.len(),
            jobs.processors_allocated.len(),
            jobs.processors_requested.len(),
            jobs.think_time_s.len(),
        ]),
        Detail::Machines(machines) => {
            assert!(machines.len() as u64 <= limits.tasks_max);
            machines_are_columns_of_one_length(machines);
        }
        Detail::Pods(pods) => same(&[
            pods.gpu_models.len(),
            pods.service_class.len(),
            pods.phase.len(),
            pods.scheduled_ms.len(),
        ]),
        Detail::Queues(queues) => same(&[queues.len()]),
        Detail::Requests(requests) => same(&[
            requests.arrival_us.len(),
            requests.context_tokens.len(),
            requests.generated_tokens.len(),
        ]),
        Detail::VirtualMachines(machines) => {
            for length in [
                machines.subscription.len(),
                machines.deployment.len(),
                machines.category.len(),
                machines.cpu_max_percent.len(),
                machines.cpu_mean_percent.len(),
                machines.cpu_p95_percent.len(),
                machines.batch.len(),
                machines.flavour.len(),
                machines.lifetime_bin.len(),
                machines.lifetime_s.len(),
                machines.censored.len(),
            ] {
                assert!(length == 0 || length == rows, "{length} of {rows}");
            }
        }
        Detail::Workflow(workflow) => {
            same(&[workflow.cpu_percent.len()]);
            machines_are_columns_of_one_length(&workflow.machines);
        }
    }
}

fn machines_are_columns_of_one_length(machines: &Machines) {
    for length in [
        machines.name.len(),
        machines.memory_bytes.len(),
        machines.gpu_count.len(),
        machines.gpu_model.len(),
    ] {
        assert_eq!(length, machines.len());
    }
}

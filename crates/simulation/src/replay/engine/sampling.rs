//! Samples: what is seen of everything at one instant.

use super::super::TaskState;
use super::super::sample::{ServiceSample, TaskSample};
use super::run::Run;
use super::running::Running;

impl Run<'_> {
    /// Hands a sample of everything to the sink.
    ///
    /// Power is that up to the sample; loads are those that begin with it. Only where the run ends at this very
    /// instant, the sample on time shows the loads up to it, and the closing one hosts at rest.
    pub(super) fn sample(&mut self, is_closing: bool) {
        let of_the_past = self.is_over() && !is_closing;
        for cluster in 0..self.sources.len() {
            self.advance_cluster(cluster);
        }
        let now_ms = self.now_ms;
        self.sink.begin(now_ms);
        let mut hosts_w = vec![0.0; self.sources.len()];
        let mut gpus = Vec::new();
        let mut hosts_up = 0;
        for (row, host) in self.hosts.iter_mut().enumerate() {
            hosts_w[host.cluster] += host.power_until_w(now_ms);
            hosts_up += u64::from(host.is_up());
            let mut sample = host.sample(row, now_ms, of_the_past, &mut gpus);
            if self.sink.wants_hosts() {
                sample.gpus = &gpus;
                self.sink.host(&sample);
            }
        }
        for (cluster, source) in self.sources.iter_mut().enumerate() {
            self.sink.source(&source.sample(cluster, hosts_w[cluster]));
            if let Some(sample) = source.battery_sample(cluster, now_ms) {
                self.sink.battery(&sample);
            }
        }
        if self.sink.wants_tasks() {
            self.sample_tasks();
        }
        self.sink.service(&ServiceSample {
            hosts_up,
            hosts_down: self.hosts.len() as u64 - hosts_up,
            submitted: self.submitted as u64,
            pending: self.pending(),
            running: self.running,
            completed: self.completed,
            terminated: self.terminated,
        });
    }
}

impl Run<'_> {
    /// Samples of the tasks that were submitted and have not been seen at their end.
    fn sample_tasks(&mut self) {
        for place in self.seen..self.submitted {
            self.open.push(self.order[place]);
        }
        self.seen = self.submitted;
        let open = std::mem::take(&mut self.open);
        for task in &open {
            let row = *task as usize;
            let results = &self.results;
            let running = results.host[row]
                .filter(|_| results.state[row] == TaskState::Running)
                .and_then(|host| {
                    let tasks = &self.hosts[host as usize].running;
                    tasks.iter().find(|running| running.task == *task)
                })
                .or_else(|| self.moves.stopped(*task));
            let done = results.cpu_done[row] + running.map_or(0, |running| running.done);
            let lost = results.cpu_lost[row] + running.map_or(0, |running| running.lost);
            let before = self
                .sampled_work
                .insert(*task, (done, lost))
                .unwrap_or_default();
            self.sink.task(&TaskSample {
                task: row,
                host: results.host[row],
                state: results.state[row],
                cpu_demand_hz: running.map_or(0, Running::cpu_demand_hz),
                cpu_supply_hz: running.map_or(0, |running| running.cpu_supply_hz),
                gpu_demand_hz: running.map_or(0, Running::gpu_demand_hz),
                gpu_supply_hz: running.map_or(0, |running| running.gpu_supply_hz),
                done: done - before.0,
                lost: lost - before.1,
                start_ms: results.start_ms[row],
                end_ms: results.end_ms[row],
                failures: results.failures[row],
                checkpoint_ms: results.checkpoint_ms[row]
                    + running.map_or(0, |running| running.checkpoint_ms),
                wait_ms: results.wait_ms[row],
            });
        }
        self.open = open;
        let (results, sampled_work) = (&self.results, &mut self.sampled_work);
        self.open.retain(|task| {
            let goes_on = !results.state[*task as usize].is_final();
            if !goes_on {
                sampled_work.remove(task);
            }
            goes_on
        });
    }
}

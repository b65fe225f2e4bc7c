//! The books of one site: what its schedule means for hosts, services and queues.

use angara_workload::{Demand, DemandForm, Fragment, LoadKind};

use crate::outcome::UnplacedTasks;
use crate::play::HostTask;
use crate::schedule::{Fate, SiteHosts, mean_counts, schedule};
use crate::{Clock, Placement, SiteInput};

/// One site between scheduling and playing.
#[derive(Debug)]
pub(crate) struct SiteBook {
    /// Tasks that started, by host and then by submission.
    tasks: Vec<HostTask>,
    /// Where the tasks of each host begin; one entry more than hosts.
    offsets: Vec<usize>,
    /// Tasks on the grid of steps that found no host, with their resources.
    pub(crate) unplaced: Vec<(HostTask, usize)>,
    pub(crate) unplaced_tasks: UnplacedTasks,
    /// By service.
    pub(crate) ledgers: Vec<Ledger>,
    pub(crate) queued_tasks: Vec<f64>,
    pub(crate) running_tasks: Vec<f64>,
}

/// What the schedule alone says of a service; work of fragments only [milli-unit·ms].
#[derive(Debug, Clone, Default)]
pub(crate) struct Ledger {
    pub(crate) tasks: u64,
    pub(crate) submitted: u128,
    pub(crate) unplaced: u128,
    pub(crate) waiting: u128,
    pub(crate) running_on: u128,
    pub(crate) waits_ms: Vec<i64>,
}

impl SiteBook {
    /// Schedules a site and enters the result.
    pub(crate) fn open(
        site: &SiteInput<'_>,
        hosts: &SiteHosts<'_>,
        services: usize,
        clock: Clock,
        placement: Placement,
    ) -> Self {
        let fates = schedule(site.tasks, hosts, clock, placement).fates;
        let mut order: Vec<u32> = (0..fates.len() as u32).collect();
        order.sort_by_key(|row| (site.tasks.submission_ms[*row as usize], *row));
        let mut book = Self {
            tasks: Vec::new(),
            offsets: Vec::new(),
            unplaced: Vec::new(),
            unplaced_tasks: UnplacedTasks::default(),
            ledgers: vec![Ledger::default(); services],
            queued_tasks: Vec::new(),
            running_tasks: Vec::new(),
        };
        let mut placed: Vec<(u32, HostTask)> = Vec::new();
        let mut waiting_ms: Vec<(i64, i64)> = Vec::new();
        let mut fragments = Vec::new();
        for row in order {
            let task = host_task(site, row);
            let fate = fates[row as usize];
            if fate == Fate::Beyond {
                continue;
            }
            let work = |from_ms| fragment_work(site.demand, &task, from_ms, &mut fragments);
            match book.enter(site, task, fate, clock, work) {
                Entry::Placed { host, start_ms } => {
                    let running = HostTask {
                        start_ms,
                        end_ms: start_ms.saturating_add(task.end_ms - task.start_ms),
                        ..task
                    };
                    waiting_ms.push((task.start_ms, start_ms));
                    placed.push((host, running));
                }
                Entry::Waiting => waiting_ms.push((task.start_ms, clock.end_ms())),
                Entry::Unplaced => {}
            }
        }
        book.queued_tasks = mean_counts(waiting_ms.into_iter(), clock);
        let running = placed.iter().map(|(_, task)| (task.start_ms, task.end_ms));
        book.running_tasks = mean_counts(running, clock);
        book.sort_by_host(&placed, hosts.len());
        book
    }

    /// Tasks of each host.
    pub(crate) fn by_host(&self) -> Vec<&[HostTask]> {
        self.offsets
            .windows(2)
            .map(|pair| &self.tasks[pair[0]..pair[1]])
            .collect()
    }

    /// Enters one task; `work` is what its fragments demand from an instant of the task on.
    fn enter(
        &mut self,
        site: &SiteInput<'_>,
        task: HostTask,
        fate: Fate,
        clock: Clock,
        mut work: impl FnMut(i64) -> u128,
    ) -> Entry {
        let row = task.row as usize;
        let ledger = &mut self.ledgers[task.service as usize];
        let submitted = work(0);
        ledger.tasks += 1;
        ledger.submitted += submitted;
        let is_job = site.tasks.kind[row] == LoadKind::Batch;
        match fate {
            Fate::Started { host, start_ms } => {
                if is_job {
                    ledger.waits_ms.push(start_ms - task.start_ms);
                }
                ledger.running_on += work(clock.end_ms() - start_ms);
                return Entry::Placed { host, start_ms };
            }
            Fate::Waiting | Fate::Beyond => {
                ledger.waits_ms.push(clock.end_ms() - task.start_ms);
                ledger.waiting += submitted;
                return Entry::Waiting;
            }
            Fate::NoPlatform => self.unplaced_tasks.no_platform += 1,
            Fate::TooLarge => self.unplaced_tasks.too_large += 1,
            Fate::NoRoom => self.unplaced_tasks.no_room += 1,
        }
        ledger.unplaced += submitted;
        if site.demand.form(row) == DemandForm::Steps {
            self.unplaced
                .push((task, site.tasks.resource[row] as usize));
        }
        Entry::Unplaced
    }

    fn sort_by_host(&mut self, placed: &[(u32, HostTask)], hosts: usize) {
        self.offsets = vec![0; hosts + 1];
        for (host, _) in placed {
            self.offsets[*host as usize + 1] += 1;
        }
        for host in 0..hosts {
            self.offsets[host + 1] += self.offsets[host];
        }
        let mut by_host: Vec<(u32, HostTask)> = placed.to_vec();
        // A stable sort: the tasks of a host stay in order of submission.
        by_host.sort_by_key(|(host, _)| *host);
        self.tasks = by_host.into_iter().map(|(_, task)| task).collect();
    }
}

/// Where a task went.
enum Entry {
    Placed { host: u32, start_ms: i64 },
    Waiting,
    Unplaced,
}

/// A task as submitted, before it is known when it starts.
fn host_task(site: &SiteInput<'_>, row: u32) -> HostTask {
    let task = row as usize;
    let start_ms = site.tasks.submission_ms[task];
    HostTask {
        row,
        service: site.tasks.service[task],
        start_ms,
        end_ms: start_ms.saturating_add(site.tasks.duration_ms[task]),
    }
}

/// Work that the fragments of a task demand from an instant after its start to its end [milli-unit·ms]; zero for
/// tasks on the grid, whose work depends on the calendar.
fn fragment_work(
    demand: &dyn Demand,
    task: &HostTask,
    from_ms: i64,
    fragments: &mut Vec<Fragment>,
) -> u128 {
    let length_ms = task.end_ms - task.start_ms;
    if demand.form(task.row as usize) == DemandForm::Steps || from_ms >= length_ms {
        return 0;
    }
    fragments.clear();
    demand.fragments(task.row as usize, from_ms, length_ms, fragments);
    let mut begin_ms = from_ms;
    let mut work = 0;
    for fragment in fragments.iter() {
        let end_ms = fragment.end_ms.min(length_ms);
        if end_ms > begin_ms {
            work += (end_ms - begin_ms) as u128 * u128::from(fragment.demand_milli);
            begin_ms = end_ms;
        }
    }
    work
}

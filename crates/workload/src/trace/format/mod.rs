//! One reader per trace format.

mod azure_llm;
mod azure_packing;
mod azure_vm;
mod bitbrains;
mod openb;
mod opendc;
mod philly;
mod planetlab;
mod standard_workload;
mod wfcommons;

use super::finding::Findings;
use super::input::Source;
use super::model::{FragmentSink, Trace};
use super::{FileKind, Format, Limits};

pub use opendc::{FragmentGroups, RunPart};
pub(super) use opendc::{columns_of, read_tasks};

/// What every reader works with.
pub(super) struct Reading<'a> {
    /// Bounds.
    pub(super) limits: &'a Limits,
    /// What was noticed so far.
    pub(super) findings: Findings,
    /// Who takes the fragments.
    pub(super) sink: &'a mut dyn FragmentSink,
}

impl Reading<'_> {
    /// Whether one more row fits beside `rows`; refuses the file where it does not.
    fn has_room(&mut self, file: &str, rows: usize) -> bool {
        let most = self.limits.tasks_max.min(u64::from(u32::MAX));
        let fits = (rows as u64) < most;
        if !fits {
            self.findings.error(
                file,
                None,
                "rows",
                &rows.to_string(),
                format!("at most {most} tasks or machines"),
            );
        }
        fits
    }
}

/// Files of one trace by kind, in their order.
pub(super) struct TraceFiles(pub(super) Vec<(FileKind, Source)>);

impl TraceFiles {
    fn all(&self, kind: FileKind) -> Vec<Source> {
        self.0
            .iter()
            .filter(|(of, _)| *of == kind)
            .map(|(_, source)| source.clone())
            .collect()
    }

    /// The one file of a kind; a second one is an error.
    fn one(&self, kind: FileKind, findings: &mut Findings) -> Option<Source> {
        let mut files = self.all(kind).into_iter();
        let first = files.next();
        for other in files {
            findings.error(
                other.name(),
                None,
                "file",
                other.name(),
                "one file of this kind per trace",
            );
        }
        first
    }
}

/// Reads the files with the reader of their format.
pub(super) fn read(format: Format, files: &TraceFiles, reading: &mut Reading<'_>) -> Option<Trace> {
    let single = |kind: FileKind, reading: &mut Reading<'_>| files.one(kind, &mut reading.findings);
    match format {
        Format::OpenDc => {
            let tasks = single(FileKind::OpenDcTasks, reading);
            let fragments = single(FileKind::OpenDcFragments, reading);
            opendc::read(tasks.as_ref(), fragments.as_ref(), reading)
        }
        Format::Bitbrains => bitbrains::read(files.all(FileKind::Bitbrains), reading),
        Format::PlanetLab => planetlab::read(files.all(FileKind::PlanetLab), reading),
        Format::StandardWorkload => {
            standard_workload::read(&single(FileKind::StandardWorkload, reading)?, reading)
        }
        Format::AzurePacking => {
            let Some(flavours) = single(FileKind::AzureFlavours, reading) else {
                let name = files.0.first().map_or("", |(_, source)| source.name());
                reading.findings.error(
                    name,
                    None,
                    "file",
                    name,
                    "a file of flavours beside the lifetimes and the maps",
                );
                return None;
            };
            let companions = azure_packing::Companions {
                lifetimes: single(FileKind::AzureLifetimes, reading),
                flavour_map: single(FileKind::AzureFlavourMap, reading),
                interval_map: single(FileKind::AzureIntervalMap, reading),
            };
            azure_packing::read(&flavours, &companions, reading)
        }
        Format::AzureVm => {
            let table = single(FileKind::AzureMachineTable, reading);
            azure_vm::read(table.as_ref(), &files.all(FileKind::AzureReadings), reading)
        }
        Format::OpenbNodes => openb::read_nodes(&single(FileKind::OpenbNodes, reading)?, reading),
        Format::OpenbPods => openb::read_pods(&single(FileKind::OpenbPods, reading)?, reading),
        Format::PhillyJobs => philly::read_jobs(&single(FileKind::PhillyJobs, reading)?, reading),
        Format::PhillyMachines => {
            philly::read_machines(&single(FileKind::PhillyMachines, reading)?, reading)
        }
        Format::WfCommons => wfcommons::read(&single(FileKind::WfCommons, reading)?, reading),
        Format::AzureLlm => azure_llm::read(&single(FileKind::AzureLlm, reading)?, reading),
    }
}

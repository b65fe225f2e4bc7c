//! Every reader against mutated files: no panic, no hang, bounded memory, and a trace that is read is sound.
//!
//! An ordinary run makes a few thousand executions per kind of file; `ANGARA_FUZZ_EXECUTIONS` raises the number.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may fail")]

mod campaign;
mod laws;
mod mutation;
mod seeds;
#[path = "../support/mod.rs"]
mod support;

use angara_workload::trace::FileKind;
use campaign::fuzz;

macro_rules! targets {
    ($($name:ident $kind:ident),* $(,)?) => {
        $(#[test]
        fn $name() {
            fuzz(FileKind::$kind);
        })*
    };
}

targets! {
    opendc_tasks OpenDcTasks,
    opendc_fragments OpenDcFragments,
    bitbrains Bitbrains,
    standard_workload StandardWorkload,
    planetlab PlanetLab,
    azure_flavours AzureFlavours,
    azure_lifetimes AzureLifetimes,
    azure_flavour_map AzureFlavourMap,
    azure_interval_map AzureIntervalMap,
    azure_machine_table AzureMachineTable,
    azure_readings AzureReadings,
    openb_nodes OpenbNodes,
    openb_pods OpenbPods,
    philly_jobs PhillyJobs,
    philly_machines PhillyMachines,
    wfcommons WfCommons,
    azure_llm AzureLlm,
}

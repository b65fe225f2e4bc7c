//! Trace formats, and the kinds of file that make them up.

use std::fmt;

use super::model::DemandUnit;

/// A trace format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `OpenDC` workload: tasks and fragments as Parquet, first to current schema.
    OpenDc,
    /// Bitbrains (GWA-T-12): one CSV of samples per virtual machine.
    Bitbrains,
    /// Standard Workload Format of the Parallel Workloads Archive.
    StandardWorkload,
    /// `PlanetLab` CPU utilisation: one file of integers per virtual machine.
    PlanetLab,
    /// Azure V1 arrivals as sequences of flavours per five minutes, and their lifetimes.
    AzurePacking,
    /// Azure Public Dataset: table of virtual machines and CPU readings.
    AzureVm,
    /// Alibaba GPU cluster 2023 (`openb`): nodes.
    OpenbNodes,
    /// Alibaba GPU cluster 2023 (`openb`): pods.
    OpenbPods,
    /// Microsoft Philly: training jobs.
    PhillyJobs,
    /// Microsoft Philly: machines.
    PhillyMachines,
    /// `WfCommons` workflow instance.
    WfCommons,
    /// Azure inference requests: tokens in, tokens out.
    AzureLlm,
}

impl Format {
    /// All formats, in the order in which a user is told about them.
    pub const ALL: [Self; 12] = [
        Self::OpenDc,
        Self::Bitbrains,
        Self::PlanetLab,
        Self::AzureVm,
        Self::AzurePacking,
        Self::StandardWorkload,
        Self::WfCommons,
        Self::PhillyJobs,
        Self::PhillyMachines,
        Self::OpenbPods,
        Self::OpenbNodes,
        Self::AzureLlm,
    ];

    /// What the demand of its fragments is measured in.
    pub fn demand_unit(self) -> DemandUnit {
        match self {
            Self::OpenDc | Self::Bitbrains => DemandUnit::Megahertz,
            _ => DemandUnit::PercentOfReserved,
        }
    }

    /// Short name for messages and the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::OpenDc => "opendc",
            Self::Bitbrains => "bitbrains",
            Self::StandardWorkload => "swf",
            Self::PlanetLab => "planetlab",
            Self::AzurePacking => "azure-packing",
            Self::AzureVm => "azure-vm",
            Self::OpenbNodes => "openb-nodes",
            Self::OpenbPods => "openb-pods",
            Self::PhillyJobs => "philly-jobs",
            Self::PhillyMachines => "philly-machines",
            Self::WfCommons => "wfcommons",
            Self::AzureLlm => "azure-llm",
        }
    }

    /// What it is, in one line.
    pub fn description(self) -> &'static str {
        match self {
            Self::OpenDc => "OpenDC workload, tasks.parquet and fragments.parquet of any schema",
            Self::Bitbrains => "Bitbrains (GWA-T-12), one CSV of samples per virtual machine",
            Self::StandardWorkload => "Standard Workload Format of the Parallel Workloads Archive",
            Self::PlanetLab => "PlanetLab CPU utilisation, one file per virtual machine",
            Self::AzurePacking => "Azure V1 for packing: flavours, lifetimes and their maps",
            Self::AzureVm => "Azure Public Dataset: virtual machines and CPU readings",
            Self::OpenbNodes => "Alibaba GPU cluster 2023 (openb), nodes",
            Self::OpenbPods => "Alibaba GPU cluster 2023 (openb), pods",
            Self::PhillyJobs => "Microsoft Philly, training jobs",
            Self::PhillyMachines => "Microsoft Philly, machines",
            Self::WfCommons => "WfCommons workflow instance (JSON)",
            Self::AzureLlm => "Azure inference requests, tokens in and out",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// What one file is within its format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// `OpenDC` tasks (`tasks.parquet`, formerly `meta.parquet`).
    OpenDcTasks,
    /// `OpenDC` fragments (`fragments.parquet`, formerly `trace.parquet`).
    OpenDcFragments,
    /// Samples of Bitbrains machines: one CSV, or an archive or folder of them.
    Bitbrains,
    /// A batch log.
    StandardWorkload,
    /// CPU utilisation of `PlanetLab` machines: one file, or an archive or folder of them.
    PlanetLab,
    /// Sequence of flavours.
    AzureFlavours,
    /// Lifetimes at the same positions.
    AzureLifetimes,
    /// Flavour to cores and memory.
    AzureFlavourMap,
    /// Seconds to bin of lifetimes.
    AzureIntervalMap,
    /// Table of virtual machines.
    AzureMachineTable,
    /// CPU readings.
    AzureReadings,
    /// Nodes.
    OpenbNodes,
    /// Pods.
    OpenbPods,
    /// Jobs.
    PhillyJobs,
    /// Machines.
    PhillyMachines,
    /// A workflow instance.
    WfCommons,
    /// Requests.
    AzureLlm,
}

impl FileKind {
    /// The format this file belongs to.
    pub fn format(self) -> Format {
        match self {
            Self::OpenDcTasks | Self::OpenDcFragments => Format::OpenDc,
            Self::Bitbrains => Format::Bitbrains,
            Self::StandardWorkload => Format::StandardWorkload,
            Self::PlanetLab => Format::PlanetLab,
            Self::AzureFlavours
            | Self::AzureLifetimes
            | Self::AzureFlavourMap
            | Self::AzureIntervalMap => Format::AzurePacking,
            Self::AzureMachineTable | Self::AzureReadings => Format::AzureVm,
            Self::OpenbNodes => Format::OpenbNodes,
            Self::OpenbPods => Format::OpenbPods,
            Self::PhillyJobs => Format::PhillyJobs,
            Self::PhillyMachines => Format::PhillyMachines,
            Self::WfCommons => Format::WfCommons,
            Self::AzureLlm => Format::AzureLlm,
        }
    }
}

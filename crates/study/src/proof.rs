//! One year of the plan, played through every host and under the weather of every site.

use angara_finance::rates::carbon_tonnes_per_kwh;
use angara_fleet::{Fleet, Plan};
use angara_scenario::Scenario;
use angara_series::HourOfYear;
use angara_simulation::{
    Clock, HostOutcome, Outcome, Placement, Residuals, ServiceOutcome, SimulationInput, SiteInput,
    SiteOutcome, simulate,
};
use rayon::prelude::*;

use crate::climate::ClimateYear;
use crate::error::StudyError;
use crate::plant::plant;
use crate::progress::Progress;

const HOURS: usize = 8760;
const HOUR_MS: i64 = 3_600_000;

/// What a site drew in one month.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SiteMonth {
    /// Energy of the servers [kWh].
    pub it_kwh: f64,
    /// Energy drawn from the grid [kWh].
    pub facility_kwh: f64,
    /// Fans, pumps, compressors and towers [kWh].
    pub cooling_kwh: f64,
    /// Losses of the power chain, and lighting [kWh].
    pub losses_kwh: f64,
    /// Humidifiers [kWh].
    pub humidifier_kwh: f64,
    /// Water drawn [m³].
    pub water_m3: f64,
    /// Carbon of the energy drawn [t].
    pub carbon_tonnes: f64,
    /// Highest draw of a step [kW].
    pub peak_facility_kw: f64,
    /// Heat that the plant could not carry [kWh].
    pub unmet_cooling_kwh: f64,
    /// Mean dry bulb [°C].
    pub mean_dry_bulb_c: f64,
    /// Mean share of the cores that were busy [1].
    pub utilisation: f64,
}

/// One hour of a site.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SiteHour {
    /// Power of the servers [kW].
    pub it_kw: f64,
    /// Power drawn from the grid [kW].
    pub facility_kw: f64,
    /// Water drawn [m³].
    pub water_m3: f64,
    /// Carbon [kg].
    pub carbon_kg: f64,
    /// Share of the cores that were busy [1].
    pub utilisation: f64,
    /// Cores (and accelerators) demanded but not served [1].
    pub lost_units: f64,
    /// Waiting jobs [1].
    pub queued_tasks: f64,
}

/// One site in one year.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SiteYear {
    /// January to December.
    pub months: [SiteMonth; 12],
    /// Servers in use.
    pub servers: u64,
    /// Nameplate power of the servers in use [kW].
    pub nameplate_kw: f64,
    /// Highest power of the servers in a step [kW].
    pub peak_it_kw: f64,
    /// By service.
    pub services: Vec<ServiceOutcome>,
    /// Hours; only of the years whose hours are kept.
    pub hours: Vec<SiteHour>,
}

impl SiteYear {
    /// Sum of a figure over the months.
    pub fn sum(&self, figure: impl Fn(&SiteMonth) -> f64) -> f64 {
        self.months.iter().map(figure).sum()
    }

    /// Highest draw of the year [kW].
    pub fn peak_facility_kw(&self) -> f64 {
        self.months
            .iter()
            .fold(0.0, |peak, month| month.peak_facility_kw.max(peak))
    }
}

/// Hosts of a year whose details are kept.
#[derive(Debug, Clone, PartialEq)]
pub struct YearDetail {
    /// The machines.
    pub fleet: Fleet,
    /// What each did.
    pub hosts: HostOutcome,
}

/// One simulated year.
#[derive(Debug, Clone, PartialEq)]
pub struct YearProof {
    /// Year of the horizon.
    pub year: u32,
    /// By site of the scenario.
    pub sites: Vec<SiteYear>,
    /// By service of the scenario, over all sites.
    pub services: Vec<ServiceOutcome>,
    /// Differences of the engine that should be zero.
    pub residuals: Residuals,
    /// Demands played.
    pub samples: u64,
    /// Hosts played.
    pub hosts: u64,
    /// Hosts in detail, where the scenario asks for them.
    pub detail: Option<YearDetail>,
}

/// Share of a simulated year that is done, as steps of a stage.
struct Played<'a> {
    progress: &'a dyn Progress,
    before: u64,
    hosts: u64,
}

impl angara_simulation::Progress for Played<'_> {
    fn simulated(&self, share: f64) {
        self.progress
            .advance(self.before + (share * self.hosts as f64) as u64);
    }
}

/// Simulates one year of a plan; `played_before` is what the stage has already reported.
pub(crate) fn prove_year(
    scenario: &Scenario,
    plan: &Plan,
    fleet: Fleet,
    climates: &[ClimateYear],
    played_before: u64,
    progress: &dyn Progress,
) -> Result<YearProof, StudyError> {
    let year = fleet.year;
    let workloads = angara_workload::generate(scenario, plan, year, scenario.seed)?;
    let inputs: Vec<SiteInput<'_>> = workloads.iter().map(SiteInput::from).collect();
    let step_ms = scenario.simulation.step.milliseconds();
    let clock = Clock {
        step_ms,
        steps: (HOURS as i64 * HOUR_MS / step_ms) as usize,
    };
    let outcome = simulate(
        &SimulationInput {
            fleet: &fleet,
            sites: &inputs,
            services: scenario.services.len(),
            clock,
            placement: Placement::default(),
        },
        &Played {
            progress,
            before: played_before,
            hosts: fleet.hosts.len() as u64,
        },
    )?;
    let keep_hours = scenario.simulation.hourly_years.contains(&year);
    let sites = outcome
        .sites
        .par_iter()
        .enumerate()
        .map(|(site, result)| {
            site_year(scenario, &fleet, climates, site, result, clock, keep_hours)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let Outcome {
        services,
        hosts,
        residuals,
        samples,
        ..
    } = outcome;
    Ok(YearProof {
        year,
        sites,
        services,
        residuals,
        samples,
        hosts: fleet.hosts.len() as u64,
        detail: keep_hours.then_some(YearDetail { fleet, hosts }),
    })
}

/// Turns the IT power of a site into what its plant draws, step by step.
fn site_year(
    scenario: &Scenario,
    fleet: &Fleet,
    climates: &[ClimateYear],
    site: usize,
    result: &SiteOutcome,
    clock: Clock,
    keep_hours: bool,
) -> Result<SiteYear, StudyError> {
    let entry = &scenario.sites[site];
    let air = &climates[entry.climate].hours;
    let hosts = fleet.site_hosts[site].clone();
    let nameplate_w: f64 = hosts.clone().map(|host| fleet.model_of(host).peak_w).sum();
    let mut year = SiteYear {
        servers: hosts.len() as u64,
        nameplate_kw: nameplate_w / 1e3,
        services: result.services.clone(),
        ..SiteYear::default()
    };
    let mut months = MonthSums::default();
    for (hour, air) in air.iter().enumerate() {
        months.temperature(hour, air.dry_bulb_c);
    }
    if keep_hours {
        year.hours = vec![SiteHour::default(); HOURS];
    }
    // A hall without servers is not energised.
    let halls_in_use = (0..fleet.halls.len())
        .filter(|&hall| {
            fleet.halls.site[hall] as usize == site && fleet.halls.nameplate_w[hall] > 0.0
        })
        .count();
    if halls_in_use > 0 {
        let plant = plant(
            scenario,
            climates,
            site,
            halls_in_use as f64 * entry.hall_it_w,
        )?;
        let carbon = carbon_tonnes_per_kwh(scenario, site, fleet.year);
        let step_hours = clock.step_ms as f64 / HOUR_MS as f64;
        for (step, &it_w) in result.it_power_w.iter().enumerate() {
            let hour = (step as i64 * clock.step_ms / HOUR_MS) as usize;
            let drawn = plant.hour(&air[hour], it_w)?;
            let utilisation = result.cores.utilisation(step);
            year.peak_it_kw = year.peak_it_kw.max(it_w / 1e3);
            months.add(
                &mut year.months,
                hour,
                &drawn,
                carbon,
                utilisation,
                step_hours,
            );
            if let Some(row) = year.hours.get_mut(hour) {
                row.it_kw += it_w / 1e3 * step_hours;
                row.facility_kw += drawn.total_w / 1e3 * step_hours;
                row.water_m3 += drawn.water_m3_per_hour() * step_hours;
                row.carbon_kg += drawn.total_w / 1e3 * step_hours * carbon * 1e3;
                row.utilisation += utilisation * step_hours;
                row.lost_units += (result.cores.lost_units(step)
                    + result.accelerators.lost_units(step))
                    * step_hours;
                row.queued_tasks += result.queued_tasks[step] * step_hours;
            }
        }
    }
    months.close(&mut year.months);
    Ok(year)
}

/// Means of the months need their hours first.
#[derive(Default)]
struct MonthSums {
    temperature_c: [f64; 12],
    temperature_hours: [f64; 12],
    busy_hours: [f64; 12],
    hours: [f64; 12],
}

fn month_of(hour: usize) -> usize {
    HourOfYear::new(hour as u16).map_or(0, |hour| usize::from(hour.month()) - 1)
}

impl MonthSums {
    fn temperature(&mut self, hour: usize, dry_bulb_c: f64) {
        let month = month_of(hour);
        self.temperature_c[month] += dry_bulb_c;
        self.temperature_hours[month] += 1.0;
    }

    fn add(
        &mut self,
        months: &mut [SiteMonth; 12],
        hour: usize,
        drawn: &angara_facility::PlantHour,
        carbon_tonnes_per_kwh: f64,
        utilisation: f64,
        step_hours: f64,
    ) {
        let kwh = |power_w: f64| power_w / 1e3 * step_hours;
        let index = month_of(hour);
        let month = &mut months[index];
        let cooling_w =
            drawn.fan_w + drawn.pump_w + drawn.compressor_w + drawn.heat_rejection_fan_w;
        let losses_w = drawn.ups_loss_w + drawn.distribution_loss_w + drawn.lighting_w;
        month.it_kwh += kwh(drawn.it_w);
        month.facility_kwh += kwh(drawn.total_w);
        month.cooling_kwh += kwh(cooling_w);
        month.losses_kwh += kwh(losses_w);
        month.humidifier_kwh += kwh(drawn.humidifier_w);
        month.water_m3 += drawn.water_m3_per_hour() * step_hours;
        month.carbon_tonnes += kwh(drawn.total_w) * carbon_tonnes_per_kwh;
        month.peak_facility_kw = month.peak_facility_kw.max(drawn.total_w / 1e3);
        month.unmet_cooling_kwh += kwh(drawn.unmet_cooling_w);
        self.busy_hours[index] += utilisation * step_hours;
        self.hours[index] += step_hours;
    }

    fn close(&self, months: &mut [SiteMonth; 12]) {
        for (index, month) in months.iter_mut().enumerate() {
            if self.temperature_hours[index] > 0.0 {
                month.mean_dry_bulb_c = self.temperature_c[index] / self.temperature_hours[index];
            }
            if self.hours[index] > 0.0 {
                month.utilisation = self.busy_hours[index] / self.hours[index];
            }
        }
    }
}

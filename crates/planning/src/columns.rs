//! The decisions: columns of the program and where they are found.

use angara_scenario::{Index, Site};

use crate::facts::{Facts, WATTS_PER_KILOWATT, lead_years};
use crate::model::{Column, ColumnId, Program};
use crate::promise::Promise;

/// A share of one demand served by one site.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Share {
    /// Index into the demands of the facts.
    pub(crate) demand: usize,
    pub(crate) site: Index,
    pub(crate) column: ColumnId,
}

/// An order that can be placed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lots {
    pub(crate) equipment: Index,
    pub(crate) site: Index,
    /// Year of the order.
    pub(crate) year: u32,
    pub(crate) usable_from: u32,
    pub(crate) column: ColumnId,
}

/// Every decision.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    /// By site and year: the site is opened; `None` where it stands already or would open too late.
    pub(crate) opening: Vec<Vec<Option<ColumnId>>>,
    /// By site and year: halls decided on; `None` where they would be usable too late.
    pub(crate) halls_ordered: Vec<Vec<Option<ColumnId>>>,
    /// By site and year: halls usable.
    pub(crate) halls_usable: Vec<Vec<ColumnId>>,
    /// By year: halls usable at all sites together.
    pub(crate) halls_total: Vec<ColumnId>,
    /// By site and year: some hall stands.
    pub(crate) ready: Vec<Vec<ColumnId>>,
    /// Orders, by equipment, site and year.
    pub(crate) lots: Vec<Lots>,
    /// By equipment, site and year: units in use; `None` where none can be.
    pub(crate) units: Vec<Vec<Vec<Option<ColumnId>>>>,
    /// Shares, by demand and site.
    pub(crate) shares: Vec<Share>,
    /// By site and year: indices into the shares.
    pub(crate) shares_at: Vec<Vec<Vec<usize>>>,
}

/// Which decisions are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Those that every promise allows.
    Allowed,
    /// Also those that a promise rules out, so that giving it up has an effect.
    Barred,
}

/// Program under construction.
#[derive(Debug)]
pub(crate) struct Draft<'a, 'b> {
    pub(crate) facts: &'b Facts<'a>,
    pub(crate) program: Program,
    pub(crate) columns: Columns,
    pub(crate) layout: Layout,
    /// By year: capital spent, as terms in money of the year.
    pub(crate) capital: Vec<Vec<(ColumnId, f64)>>,
}

impl<'a, 'b> Draft<'a, 'b> {
    /// Lays out the decisions.
    pub(crate) fn new(facts: &'b Facts<'a>, layout: Layout) -> Self {
        let mut draft = Self {
            facts,
            program: Program::default(),
            columns: Columns::default(),
            layout,
            capital: vec![Vec::new(); facts.years as usize],
        };
        draft.lay_out_buildings();
        draft.lay_out_orders();
        draft.lay_out_shares();
        draft
    }

    /// Halls that no plan exceeds at a site, whether or not they fit.
    pub(crate) fn most_halls(&self, site: Index) -> f64 {
        let entry = &self.facts.scenario.sites[site];
        let fit = f64::from(entry.halls_max.max(entry.halls_existing));
        match self.layout {
            Layout::Allowed => fit,
            // More than any demand could fill: a promise that gives must not meet a second wall.
            Layout::Barred => fit + self.halls_for_everything(entry),
        }
    }

    fn halls_for_everything(&self, site: &Site) -> f64 {
        let facts = self.facts;
        let hungriest_w = facts
            .scenario
            .equipment
            .iter()
            .filter(|entry| entry.kind.is_server())
            .map(|entry| entry.peak_w / crate::facts::server_units(entry).max(1e-3))
            .fold(0.0, f64::max);
        let most_needed = (0..facts.years)
            .map(|year| {
                facts
                    .demands
                    .iter()
                    .filter(|demand| demand.year == year)
                    .map(|demand| {
                        demand.need * f64::from(facts.scenario.services[demand.service].replicas)
                    })
                    .sum()
            })
            .fold(0.0, f64::max);
        (2.0 * most_needed * hungriest_w / site.hall_it_w.max(1.0)).ceil() + 2.0
    }

    fn lay_out_buildings(&mut self) {
        let years = self.facts.years;
        for (site, entry) in self.facts.scenario.sites.iter().enumerate() {
            let most = self.most_halls(site);
            let standing = f64::from(entry.halls_existing);
            let hall_lead = lead_years(entry.hall_lead);
            let opening_lead = lead_years(entry.opening_lead);
            let mut opening = Vec::new();
            let mut ordered = Vec::new();
            let mut usable = Vec::new();
            let mut ready = Vec::new();
            for year in 0..years {
                let at = format!("at {} in year {year}", entry.id);
                let first_hall = year + hall_lead.max(opening_lead);
                opening.push(
                    (entry.halls_existing == 0 && most > 0.0 && first_hall < years)
                        .then(|| self.program.integer(format!("opening {at}"), 1.0)),
                );
                let worth = most > standing && year + hall_lead < years;
                ordered.push(worth.then(|| {
                    self.program
                        .integer(format!("halls ordered {at}"), most - standing)
                }));
                usable.push(self.program.continuous(
                    format!("halls usable {at}"),
                    0.0,
                    most.max(standing),
                ));
                ready.push(self.program.integer(format!("ready {at}"), 1.0));
            }
            self.columns.opening.push(opening);
            self.columns.halls_ordered.push(ordered);
            self.columns.halls_usable.push(usable);
            self.columns.ready.push(ready);
        }
        let most: f64 = (0..self.facts.scenario.sites.len())
            .map(|site| {
                let standing = self.facts.scenario.sites[site].halls_existing;
                self.most_halls(site).max(f64::from(standing))
            })
            .sum();
        self.columns.halls_total = (0..years)
            .map(|year| {
                self.program
                    .continuous(format!("halls in year {year}"), 0.0, most)
            })
            .collect();
    }

    fn lay_out_orders(&mut self) {
        let facts = self.facts;
        let scenario = facts.scenario;
        for (equipment, entry) in scenario.equipment.iter().enumerate() {
            let mut units_by_site = Vec::new();
            for (site, place) in scenario.sites.iter().enumerate() {
                let mut most_in_use: Vec<Option<f64>> = vec![None; facts.years as usize];
                let most = if facts.of_use(equipment, site) {
                    self.most_lots(equipment, site)
                } else {
                    0.0
                };
                for year in 0..facts.years {
                    let Some(usable_from) = facts.usable_from(equipment, year) else {
                        continue;
                    };
                    let supplied = scenario
                        .supply_limit(entry.origin, entry.kind, year)
                        .filter(|_| self.layout == Layout::Allowed)
                        .map_or(f64::INFINITY, |limit| (limit / u64::from(entry.lot)) as f64);
                    let upper = most.min(supplied);
                    if upper < 1.0 {
                        continue;
                    }
                    let column = self.program.integer(
                        format!("lots of {} at {} in year {year}", entry.id, place.id),
                        upper,
                    );
                    self.columns.lots.push(Lots {
                        equipment,
                        site,
                        year,
                        usable_from,
                        column,
                    });
                    for used in usable_from..(usable_from + entry.life_years).min(facts.years) {
                        *most_in_use[used as usize].get_or_insert(0.0) +=
                            upper * f64::from(entry.lot);
                    }
                }
                let units = (0..facts.years)
                    .map(|year| {
                        most_in_use[year as usize].map(|most| {
                            self.program.continuous(
                                format!("units of {} at {} in year {year}", entry.id, place.id),
                                0.0,
                                most,
                            )
                        })
                    })
                    .collect();
                units_by_site.push(units);
            }
            self.columns.units.push(units_by_site);
        }
    }

    /// Lots beyond which an order is of no use: they fill every hall (servers) or equip every hall (plant).
    fn most_lots(&self, equipment: Index, site: Index) -> f64 {
        let entry = &self.facts.scenario.equipment[equipment];
        let halls_w = self.most_halls(site) * self.facts.scenario.sites[site].hall_it_w;
        let lot = f64::from(entry.lot);
        if entry.kind.is_server() {
            (halls_w / (lot * entry.peak_w).max(1e-9)).floor()
        } else {
            let factor = crate::facts::plant_factor(self.facts.scenario, entry.kind);
            (factor * halls_w / (lot * entry.rating_w).max(1e-9)).ceil()
        }
    }

    fn lay_out_shares(&mut self) {
        let facts = self.facts;
        let sites = facts.scenario.sites.len();
        self.columns.shares_at = vec![vec![Vec::new(); facts.years as usize]; sites];
        for (index, demand) in facts.demands.iter().enumerate() {
            for site in 0..sites {
                let Some(barred_by) = facts.barriers(demand.service, demand.place, site) else {
                    continue;
                };
                if !barred_by.is_empty() && self.layout == Layout::Allowed {
                    continue;
                }
                let column = self.program.column(Column {
                    name: format!(
                        "share of {} at {} served by {} in year {}",
                        facts.scenario.services[demand.service].id,
                        facts.scenario.places[demand.place].id,
                        facts.scenario.sites[site].id,
                        demand.year
                    ),
                    lower: 0.0,
                    upper: 1.0,
                    cost: 0.0,
                    integer: false,
                    barred_by,
                });
                self.columns.shares_at[site][demand.year as usize].push(self.columns.shares.len());
                self.columns.shares.push(Share {
                    demand: index,
                    site,
                    column,
                });
            }
        }
    }

    /// Shares served by a site in a year, with their demand.
    pub(crate) fn shares_at(
        &self,
        site: Index,
        year: u32,
    ) -> impl Iterator<Item = (Share, &'b crate::facts::Demand)> {
        self.columns.shares_at[site][year as usize]
            .iter()
            .map(|share| {
                let share = self.columns.shares[*share];
                (share, &self.facts.demands[share.demand])
            })
    }

    /// Units in use at a site in a year of every equipment that `of` selects, as terms.
    pub(crate) fn units_at(
        &self,
        site: Index,
        year: u32,
        of: impl Fn(&angara_scenario::Equipment) -> Option<f64>,
    ) -> Vec<(ColumnId, f64)> {
        let mut terms = Vec::new();
        for (equipment, entry) in self.facts.scenario.equipment.iter().enumerate() {
            if let (Some(column), Some(coefficient)) = (
                self.columns.units[equipment][site][year as usize],
                of(entry),
            ) {
                terms.push((column, coefficient));
            }
        }
        terms
    }

    /// Energy of the servers of a site in a year, as terms [kWh].
    ///
    /// Idle power of every server in use, and the mean load that the site serves: of `replicas` full copies each
    /// takes its part of the load.
    pub(crate) fn it_energy_kwh(&self, site: Index, year: u32) -> Vec<(ColumnId, f64)> {
        let repaired = self.facts.site_year(site, year).energy * HOURS;
        let mut terms = self.units_at(site, year, |entry| {
            entry
                .kind
                .is_server()
                .then_some(entry.idle_w / WATTS_PER_KILOWATT * repaired)
        });
        for (share, demand) in self.shares_at(site, year) {
            let copies = f64::from(self.facts.scenario.services[demand.service].replicas);
            let busy_kw = self.facts.busy_kw[demand.service][year as usize];
            terms.push((share.column, demand.mean * busy_kw * repaired / copies));
        }
        terms
    }

    /// Names one promise with its rows' text.
    pub(crate) fn promise_row(
        &mut self,
        promise: Promise,
        lower: f64,
        upper: f64,
        terms: Vec<(ColumnId, f64)>,
    ) {
        let name = promise.text(self.facts.scenario);
        self.program.promise(promise, name, lower, upper, terms);
    }
}

const HOURS: f64 = crate::facts::HOURS_PER_YEAR;

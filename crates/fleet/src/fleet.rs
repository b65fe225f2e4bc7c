//! The fleet of one year.

use std::ops::Range;

use angara_scenario::Scenario;

use crate::rack::{Batch, fill_halls};
use crate::{FleetError, Halls, HostModel, Hosts, Plan, Racks};

/// Most hosts of a fleet: what an index column can number, with room to spare.
const HOST_LIMIT: u64 = 50_000_000;

/// Every machine that stands in one year, and where.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fleet {
    /// Year of the horizon.
    pub year: u32,
    /// Kinds of host, by equipment row.
    pub models: Vec<HostModel>,
    /// Hosts, by site, hall, rack.
    pub hosts: Hosts,
    /// Racks, by site, hall.
    pub racks: Racks,
    /// Halls, by site.
    pub halls: Halls,
    /// Rows of [`Self::hosts`] of each site of the scenario.
    pub site_hosts: Vec<Range<usize>>,
}

impl Fleet {
    /// The fleet that a plan has built by a year of the horizon.
    ///
    /// Servers count from the year they become usable to the end of their life. The same plan always gives the
    /// same rows. A site without usable halls or servers has an empty range of hosts.
    pub fn build(scenario: &Scenario, plan: &Plan, year: u32) -> Result<Self, FleetError> {
        check_orders(scenario, plan)?;
        let models = host_models(scenario, plan, year)?;
        let mut fleet = Self {
            year,
            models,
            ..Self::default()
        };
        for site in 0..scenario.sites.len() {
            fleet.add_site(scenario, plan, site)?;
        }
        Ok(fleet)
    }

    /// Model of a host.
    pub fn model_of(&self, host: usize) -> &HostModel {
        &self.models[self.hosts.model[host] as usize]
    }

    fn add_site(
        &mut self,
        scenario: &Scenario,
        plan: &Plan,
        site: usize,
    ) -> Result<(), FleetError> {
        let entry = &scenario.sites[site];
        let halls = plan
            .sites
            .get(site)
            .and_then(|site_plan| site_plan.halls_usable.get(self.year as usize))
            .copied()
            .unwrap_or(0);
        let batches = self.batches(scenario, plan, site);
        let servers_w: f64 = batches
            .iter()
            .map(|batch| batch.servers as f64 * batch.server_w)
            .sum();
        let halls_w = f64::from(halls) * entry.hall_it_w;
        // One part in 10^9 is the rounding of the planner's own sums.
        if servers_w > halls_w * (1.0 + 1e-9) {
            return Err(FleetError::HallPowerExceeded {
                site: entry.id.clone(),
                year: scenario.horizon.calendar_year(self.year),
                servers_kw: servers_w / 1e3,
                halls,
                halls_kw: halls_w / 1e3,
            });
        }
        let hosts: u64 = batches.iter().map(|batch| batch.servers).sum();
        let total = self.hosts.len() as u64 + hosts;
        if total > HOST_LIMIT {
            return Err(FleetError::TooManyHosts {
                hosts: total,
                year: scenario.horizon.calendar_year(self.year),
                limit: HOST_LIMIT,
            });
        }
        let first_hall = self.halls.len() as u32;
        for number in 0..halls {
            self.halls.site.push(site as u32);
            self.halls.number.push(number);
            self.halls.it_limit_w.push(entry.hall_it_w);
            self.halls.nameplate_w.push(0.0);
        }
        let first_host = self.hosts.len();
        for placed in fill_halls(&batches, halls, entry.hall_it_w) {
            let rack = self.racks.len() as u32;
            let hall = first_hall + placed.hall;
            self.racks.hall.push(hall);
            self.racks.model.push(placed.model);
            self.racks.servers.push(placed.servers);
            self.halls.nameplate_w[hall as usize] +=
                f64::from(placed.servers) * self.models[placed.model as usize].peak_w;
            for _ in 0..placed.servers {
                self.hosts.push(placed.model, site as u32, hall, rack);
            }
        }
        self.site_hosts.push(first_host..self.hosts.len());
        Ok(())
    }

    /// Servers in use at a site, the hungriest first, then by equipment.
    fn batches(&self, scenario: &Scenario, plan: &Plan, site: usize) -> Vec<Batch> {
        let mut batches: Vec<Batch> = self
            .models
            .iter()
            .enumerate()
            .map(|(model, entry)| Batch {
                model: model as u32,
                lot: scenario.equipment[entry.equipment].lot,
                servers: plan.units_in_use(scenario, entry.equipment, site, self.year),
                server_w: entry.peak_w,
            })
            .filter(|batch| batch.servers > 0)
            .collect();
        batches.sort_by(|a, b| {
            b.server_w
                .total_cmp(&a.server_w)
                .then(a.model.cmp(&b.model))
        });
        batches
    }
}

/// Every reference of an order must exist: a plan may have been read from elsewhere.
fn check_orders(scenario: &Scenario, plan: &Plan) -> Result<(), FleetError> {
    let within = |table, row, rows| {
        if row < rows {
            Ok(())
        } else {
            Err(FleetError::UnknownRow { table, row, rows })
        }
    };
    plan.orders.iter().try_for_each(|order| {
        within("equipment", order.equipment, scenario.equipment.len())?;
        within("site", order.site, scenario.sites.len())
    })
}

/// Models of the servers that are in use anywhere in the year, by equipment row.
///
/// A model takes the power curve of the year of its earliest order still in use.
fn host_models(scenario: &Scenario, plan: &Plan, year: u32) -> Result<Vec<HostModel>, FleetError> {
    let mut models = Vec::new();
    for (equipment, entry) in scenario.equipment.iter().enumerate() {
        if !entry.kind.is_server() {
            continue;
        }
        let ordered = plan
            .orders
            .iter()
            .filter(|order| {
                order.equipment == equipment
                    && order.units > 0
                    && order.usable_from <= year
                    && year < order.usable_from + entry.life_years
            })
            .map(|order| order.year)
            .min();
        if let Some(ordered) = ordered {
            let bought = scenario.horizon.calendar_year(ordered);
            models.push(HostModel::new(equipment, entry, bought)?);
        }
    }
    Ok(models)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use angara_scenario::{TEMPLATE, load_files};

    use super::*;
    use crate::{Order, Resource, SitePlan};

    const YEAR: u32 = 3;
    const X86: usize = 0;
    const ARM: usize = 1;
    const ACCELERATED: usize = 2;

    /// The example scenario: halls of 300 kW; servers of 720 W, 560 W and 6,400 W.
    fn scenario() -> Scenario {
        let files: BTreeMap<String, Vec<u8>> = TEMPLATE
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
            .collect();
        load_files(&files)
            .scenario
            .expect("the example is in order")
    }

    fn order(equipment: usize, site: usize, usable_from: u32, units: u64) -> Order {
        Order {
            equipment,
            site,
            year: usable_from - 1,
            usable_from,
            lots: units / 10,
            units,
        }
    }

    fn plan(halls: u32, orders: Vec<Order>) -> Plan {
        let site = SitePlan {
            opened: Some(0),
            halls_ordered: vec![halls],
            halls_usable: vec![halls; 6],
        };
        Plan {
            sites: vec![site.clone(), site],
            orders,
            ..Plan::default()
        }
    }

    #[test]
    fn hosts_stand_in_racks_in_halls_within_their_power() {
        let orders = vec![
            order(X86, 0, 2, 500),
            order(ACCELERATED, 0, 2, 20),
            order(ARM, 1, 3, 30),
        ];
        let fleet = Fleet::build(&scenario(), &plan(2, orders), YEAR).unwrap();
        assert_eq!(fleet.hosts.len(), 550);
        assert_eq!(fleet.site_hosts, [0..520, 520..550]);
        assert_eq!(fleet.halls.site, [0, 0, 1, 1]);
        assert_eq!(fleet.halls.number, [0, 1, 0, 1]);
        for hall in 0..fleet.halls.len() {
            let members =
                (0..fleet.hosts.len()).filter(|host| fleet.hosts.hall[*host] == hall as u32);
            let drawn_w: f64 = members.map(|host| fleet.model_of(host).peak_w).sum();
            assert!((drawn_w - fleet.halls.nameplate_w[hall]).abs() < 1e-6);
            assert!(drawn_w <= fleet.halls.it_limit_w[hall] + 1.0);
        }
        let racked: u32 = fleet.racks.servers.iter().sum();
        assert_eq!(racked as usize, fleet.hosts.len());
        assert!(fleet.hosts.site.is_sorted() && fleet.hosts.hall.is_sorted());
        for host in 0..fleet.hosts.len() {
            let rack = fleet.hosts.rack[host] as usize;
            assert_eq!(fleet.racks.hall[rack], fleet.hosts.hall[host]);
            assert_eq!(fleet.racks.model[rack], fleet.hosts.model[host]);
        }
    }

    #[test]
    fn a_model_offers_reference_cores_or_accelerators() {
        let orders = vec![order(ARM, 0, 2, 10), order(ACCELERATED, 0, 2, 1)];
        let fleet = Fleet::build(&scenario(), &plan(1, orders), YEAR).unwrap();
        let offered: Vec<(Resource, u64, u32)> = fleet
            .models
            .iter()
            .map(|model| (model.resource, model.capacity_milli, model.platform))
            .collect();
        // 96 cores of rating 0.8; eight accelerators.
        assert_eq!(
            offered,
            [
                (Resource::Cores, 76_800, 1),
                (Resource::Accelerators, 8000, 0)
            ]
        );
        assert_eq!(fleet.models[0].curve.id, "server-2022");
    }

    #[test]
    fn servers_count_from_their_first_to_their_last_year_of_use() {
        let plan = plan(1, vec![order(ACCELERATED, 0, 1, 3)]);
        let count = |year| Fleet::build(&scenario(), &plan, year).unwrap().hosts.len();
        assert_eq!([count(0), count(1), count(5)], [0, 3, 3]);
        let mut short = scenario();
        short.equipment[ACCELERATED].life_years = 2;
        assert!(Fleet::build(&short, &plan, 3).unwrap().hosts.is_empty());
    }

    #[test]
    fn servers_beyond_the_power_of_the_halls_are_refused_by_name() {
        let exact = plan(1, vec![order(X86, 1, 2, 410), order(ARM, 1, 2, 8)]);
        assert!(Fleet::build(&scenario(), &exact, YEAR).is_ok());
        let beyond = plan(1, vec![order(X86, 1, 2, 420)]);
        let error = Fleet::build(&scenario(), &beyond, YEAR).unwrap_err();
        assert_eq!(
            error.to_string(),
            "servers planned for site `upland` in 2030 draw 302.4 kW at full load; its 1 halls carry 300.0 kW"
        );
    }

    #[test]
    fn orders_that_name_nothing_are_refused() {
        let scenario = scenario();
        let unknown = plan(1, vec![order(99, 0, 2, 1)]);
        assert!(matches!(
            Fleet::build(&scenario, &unknown, YEAR),
            Err(FleetError::UnknownRow {
                table: "equipment",
                row: 99,
                ..
            })
        ));
        let mut powerless = scenario.clone();
        powerless.equipment[X86].peak_w = 0.0;
        let error = Fleet::build(&powerless, &plan(1, vec![order(X86, 0, 2, 1)]), YEAR);
        assert!(matches!(error, Err(FleetError::UnusableServer { .. })));
    }
}

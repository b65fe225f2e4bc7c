//! How long a supply chain serves on without some of its suppliers.
//!
//! What it computes: the longest time for which stock and the suppliers that are left meet every demand, and what is
//! lost, at least cost, in an outage of a given time.
//!
//! Assumptions: constant demand and capacity; a supplier feeds some products, in any mix; no probability is needed.
//!
//! Valid range: up to 16 products.
//!
//! References: Simchi-Levi and others 2015, Interfaces 45(5), 375–390; Gale 1957 and Edmonds 1970, by which both linear
//! programs are minima over sets of products.

use crate::error::{ReliabilityError, positive, within};

const PRODUCTS_MAX: usize = 16;

/// What is needed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Product {
    /// Demand [units per time].
    pub demand: f64,
    /// Stock at the beginning [units].
    pub stock: f64,
    /// Cost of a unit that is not served.
    pub loss: f64,
}

/// Who feeds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Supplier {
    /// Capacity [units per time].
    pub capacity: f64,
    /// Numbers of the products that it can make.
    pub products: Vec<usize>,
}

/// What an outage loses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutageLoss {
    /// Units not served.
    pub units: f64,
    /// Least cost of them.
    pub cost: f64,
}

fn check(products: &[Product], suppliers: &[Supplier]) -> Result<(), ReliabilityError> {
    let count = within("products", products.len(), 1, PRODUCTS_MAX)?;
    for product in products {
        positive("demand", product.demand)?;
        positive("stock and demand", product.stock + product.demand)?;
    }
    for supplier in suppliers {
        for product in &supplier.products {
            within("product", *product, 0, count - 1)?;
        }
    }
    Ok(())
}

/// Capacity of the suppliers of any product in a set.
fn capacity_of(suppliers: &[Supplier], set: u32) -> f64 {
    suppliers
        .iter()
        .filter(|supplier| {
            supplier
                .products
                .iter()
                .any(|product| set >> product & 1 == 1)
        })
        .map(|supplier| supplier.capacity)
        .sum()
}

fn sum_of(set: u32, products: &[Product], value: impl Fn(&Product) -> f64) -> f64 {
    products
        .iter()
        .enumerate()
        .filter(|(index, _)| set >> index & 1 == 1)
        .map(|(_, product)| value(product))
        .sum()
}

/// Longest time for which the suppliers given meet every demand [unit of time]; infinite when they always do.
///
/// # Errors
/// No product or more than 16, demands that are not positive, products that do not exist.
pub fn time_to_survive(
    products: &[Product],
    suppliers: &[Supplier],
) -> Result<f64, ReliabilityError> {
    check(products, suppliers)?;
    Ok((1_u32..1 << products.len())
        .map(|set| {
            let drain =
                sum_of(set, products, |product| product.demand) - capacity_of(suppliers, set);
            let stock = sum_of(set, products, |product| product.stock);
            if drain > 0.0 {
                stock / drain
            } else {
                f64::INFINITY
            }
        })
        .fold(f64::INFINITY, f64::min))
}

/// What is lost in an outage of `time`, the dearest products served first.
///
/// # Errors
/// As for the time to survive; a time that is not positive.
pub fn outage_loss(
    products: &[Product],
    suppliers: &[Supplier],
    time: f64,
) -> Result<OutageLoss, ReliabilityError> {
    check(products, suppliers)?;
    let time = positive("time of the outage", time)?;
    let need = |product: &Product| (product.demand * time - product.stock).max(0.0);
    let served = |all: u32| {
        // Every part of the set is served in full or uses up its suppliers.
        (0..=all)
            .filter(|part| part & !all == 0)
            .map(|part| capacity_of(suppliers, part) * time + sum_of(all & !part, products, need))
            .fold(f64::INFINITY, f64::min)
    };
    let mut order: Vec<usize> = (0..products.len()).collect();
    order.sort_by(|a, b| products[*b].loss.total_cmp(&products[*a].loss));
    let (mut set, mut before) = (0_u32, 0.0);
    let mut result = OutageLoss {
        units: 0.0,
        cost: 0.0,
    };
    for index in order {
        set |= 1 << index;
        let now = served(set);
        let lost = (need(&products[index]) - (now - before)).max(0.0);
        result.units += lost;
        result.cost += lost * products[index].loss;
        before = now;
    }
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::assert_close;

    fn chain(without: Option<usize>) -> (Vec<Product>, Vec<Supplier>) {
        let products = [(75.0, 20.0, 5000.0), (50.0, 25.0, 6500.0)]
            .map(|(demand, stock, loss)| Product {
                demand,
                stock,
                loss,
            })
            .to_vec();
        let suppliers = [30.0, 45.0, 60.0]
            .into_iter()
            .enumerate()
            .filter(|(index, _)| Some(*index) != without)
            .map(|(_, capacity)| Supplier {
                capacity,
                products: vec![0, 1],
            })
            .collect();
        (products, suppliers)
    }

    #[test]
    fn three_suppliers_of_two_products_survive_the_loss_of_any_for_a_while() {
        for (without, survives, units, cost) in [
            (None, f64::INFINITY, 0.0, 0.0),
            (Some(0), 2.25, 0.0, 0.0),
            (Some(1), 1.2857142857142858, 25.0, 125_000.0),
            (Some(2), 0.9, 55.0, 275_000.0),
        ] {
            let (products, suppliers) = chain(without);
            let time = time_to_survive(&products, &suppliers).unwrap();
            assert!(
                time == survives || (time - survives).abs() < 1e-12,
                "{time}"
            );
            let loss = outage_loss(&products, &suppliers, 2.0).unwrap();
            assert_close(loss.units, units, 1e-9);
            assert_close(loss.cost, cost, 1e-6);
        }
    }

    #[test]
    fn a_product_without_a_supplier_lives_on_its_stock() {
        let (products, mut suppliers) = chain(None);
        for supplier in &mut suppliers {
            supplier.products = vec![0];
        }
        assert_eq!(time_to_survive(&products, &suppliers), Ok(0.5));
        let loss = outage_loss(&products, &suppliers, 2.0).unwrap();
        assert_close(loss.units, 75.0, 1e-9);
    }

    #[test]
    fn a_product_that_does_not_exist_is_refused() {
        let (products, mut suppliers) = chain(None);
        suppliers[0].products.push(2);
        assert!(time_to_survive(&products, &suppliers).is_err());
    }
}

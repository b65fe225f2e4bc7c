use proptest::prelude::*;

use super::*;

fn round_trip(table: &Table) -> Table {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("{}.parquet", table.name()));
    fs_err::write(&path, to_parquet(table).unwrap()).unwrap();
    read_table(&path).unwrap()
}

fn finite() -> impl Strategy<Value = f64> {
    prop_oneof![
        any::<f64>().prop_filter("finite", |value| value.is_finite()),
        Just(0.0)
    ]
}

prop_compose! {
    fn tables()(rows in 0..40_usize)(
        text in prop::collection::vec(prop::option::of(".*"), rows),
        name in prop::collection::vec(".*", rows),
        real in prop::collection::vec(prop::option::of(finite()), rows),
        whole in prop::collection::vec(any::<i64>(), rows),
        small in prop::collection::vec(prop::option::of(any::<i32>()), rows),
        truth in prop::collection::vec(any::<bool>(), rows),
    ) -> Table {
        Table::new("anything")
            .text("name", "", "a name", name)
            .optional_text("note", "", "\"quotes\" & <marks>", text)
            .optional_real("power", "kW", "", real)
            .whole("cost_minor", "RUB minor (0.01)", "cost", whole)
            .optional_small("year", "calendar year", "year", small)
            .truth("holds", "", "whether", truth)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_table_comes_back_as_it_was_written(table in tables()) {
        prop_assert_eq!(round_trip(&table), table);
    }

    #[test]
    fn changed_bytes_never_panic(table in tables(), changes in prop::collection::vec((any::<usize>(), any::<u8>()), 1..4)) {
        let mut bytes = to_parquet(&table).unwrap();
        for (place, value) in changes {
            let place = place % bytes.len();
            bytes[place] = value;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("anything.parquet");
        fs_err::write(&path, bytes).unwrap();
        let limits = ReadLimits { bytes: 1 << 20, rows: 10_000, columns: 16 };
        if let Ok(read) = read_table_with(&path, limits) {
            prop_assert!(read.rows() <= 10_000);
        }
    }
}

fn small_table() -> Table {
    Table::new("t")
        .text("site", "", "site", vec!["a".to_owned(), "b".to_owned()])
        .real("it_kwh", "kWh", "energy", vec![1.5, -0.0])
}

#[test]
fn the_same_table_gives_the_same_bytes() {
    let bytes = to_parquet(&small_table()).unwrap();
    for _ in 0..8 {
        assert_eq!(to_parquet(&small_table()).unwrap(), bytes);
    }
}

#[test]
fn columns_of_different_length_are_refused() {
    let table = small_table().truth("holds", "", "", vec![true]);
    let message = to_parquet(&table).unwrap_err().to_string();
    assert_eq!(
        message,
        "table t: column holds has 1 rows, the first column 2"
    );
}

#[test]
fn a_number_that_is_not_finite_is_refused_with_its_place() {
    let table = small_table().real("pue", "1", "", vec![1.1, f64::NAN]);
    let message = to_parquet(&table).unwrap_err().to_string();
    assert_eq!(message, "table t: column pue, row 1: not a finite number");
}

#[test]
fn a_name_given_twice_is_refused() {
    let table = small_table().real("it_kwh", "kWh", "", vec![1.0, 2.0]);
    assert!(
        to_parquet(&table)
            .unwrap_err()
            .to_string()
            .contains("appears twice")
    );
}

#[test]
fn a_table_over_the_limits_is_refused_before_it_is_decoded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rows.parquet");
    let table = Table::new("rows").real("zero", "1", "", vec![0.0; 100_000]);
    fs_err::write(&path, to_parquet(&table).unwrap()).unwrap();
    let limit = |limits| read_table_with(&path, limits).unwrap_err().to_string();
    let none = ReadLimits::default();
    assert!(
        limit(ReadLimits {
            rows: 99_999,
            ..none
        })
        .contains("has 100000 rows")
    );
    assert!(limit(ReadLimits { bytes: 100, ..none }).contains("more than the limit"));
    assert!(
        limit(ReadLimits {
            bytes: 50_000,
            ..none
        })
        .contains("decodes to")
    );
    assert!(limit(ReadLimits { columns: 0, ..none }).contains("1 columns"));
}

#[test]
fn something_else_than_parquet_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.parquet");
    for content in [
        &b""[..],
        b"PAR1",
        b"PAR1PAR1",
        b"hello, world, this is text",
    ] {
        fs_err::write(&path, content).unwrap();
        let message = read_table(&path).unwrap_err().to_string();
        assert!(message.contains("x.parquet"), "{message}");
    }
}

#[test]
fn access_names_table_and_column_when_it_fails() {
    let table = small_table().optional_real("pue", "1", "", vec![None, Some(1.2)]);
    assert_eq!(table.reals("it_kwh").unwrap(), [1.5, 0.0]);
    assert_eq!(table.optional_reals("pue").unwrap(), [None, Some(1.2)]);
    let message = |error: ResultsError| error.to_string();
    assert_eq!(
        message(table.reals("pue").unwrap_err()),
        "table t: column pue, row 0: empty"
    );
    assert_eq!(
        message(table.reals("none").unwrap_err()),
        "table t: has no column none"
    );
    assert_eq!(
        message(table.texts("pue").unwrap_err()),
        "table t: column pue holds real numbers, not text"
    );
}

//! Readers on good and on hostile text.

use angara_siting::instance::Instance;
use angara_siting::read::{
    self, Format, format_of, matrix, orlib_cap, orlib_pmed, points, siplib_sslp, tsplib,
};
use angara_siting::table::CostTable;
use proptest::prelude::*;

#[test]
fn the_last_cost_of_a_repeated_edge_counts() {
    let (medians, findings) = orlib_pmed::read("3 3 1\n1 2 9\n2 3 1\n2 1 4\n");
    assert!(findings.is_empty(), "{findings:?}");
    let table = medians.expect("no findings").table;
    assert_eq!(table.cost(0, 1), 4);
    assert_eq!(table.cost(0, 2), 5);
}

#[test]
fn a_bad_edge_is_named_by_line_field_and_value() {
    let (medians, findings) = orlib_pmed::read("3 2 1\n1 7 9\n2 x 1\n");
    assert!(medians.is_none());
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "line 2: vertex is `7`, expected a whole number from 1 to 3",
            "line 3: vertex is `x`, expected a whole number from 1 to 3",
        ]
    );
}

#[test]
fn the_word_capacity_is_replaced() {
    let text = "2 1\ncapacity 10.5\ncapacity 20\n6\n1.25 3\n";
    let (facilities, findings) = orlib_cap::read(text, Some(8.0));
    assert!(findings.is_empty(), "{findings:?}");
    let facilities = facilities.expect("no findings");
    assert_eq!(facilities.scale, 100.0);
    assert_eq!(facilities.opening, [1050, 2000]);
    assert_eq!(facilities.capacities, Some(vec![8, 8]));
    assert_eq!(facilities.costs.cost(0, 0), 125);
    let (open, _) = orlib_cap::read(text, None);
    assert_eq!(open.expect("no findings").capacities, None);
}

#[test]
fn distances_of_tsplib_points_are_floored() {
    let text = "NAME : t\nDIMENSION : 2\nEDGE_WEIGHT_TYPE : EUC_2D\nNODE_COORD_SECTION\n1 0 0\n2 1 1\nEOF\n";
    let (medians, findings) = tsplib::read(text);
    assert!(findings.is_empty(), "{findings:?}");
    assert_eq!(medians.expect("no findings").table.cost(0, 1), 1);
}

#[test]
fn a_tsplib_file_with_too_few_points_is_refused() {
    let text = "DIMENSION : 3\nEDGE_WEIGHT_TYPE : GEO\nNODE_COORD_SECTION\n1 0 0\n2 1 q\n";
    let (medians, findings) = tsplib::read(text);
    assert!(medians.is_none());
    let fields: Vec<&str> = findings
        .iter()
        .map(|finding| finding.field.as_str())
        .collect();
    assert_eq!(fields, ["EDGE_WEIGHT_TYPE", "y"]);
}

#[test]
fn points_have_demand_and_metres() {
    let text = "id,latitude,longitude,demand,fixed_cost\na,0,0,1.5,10\nb,0,1,2,20\n";
    let (medians, findings) = points::read(text);
    assert!(findings.is_empty(), "{findings:?}");
    let medians = medians.expect("no findings");
    // A degree of the equator on the mean sphere.
    assert_eq!(medians.table.cost(0, 1), 15 * 111_195);
    assert_eq!(medians.scale, 10.0);
    assert_eq!(medians.opening, Some(vec![100, 200]));
    let facilities = medians.facilities().expect("small");
    assert_eq!(facilities.demands, [15, 20]);
}

#[test]
fn a_row_of_points_is_named_with_all_that_is_wrong() {
    let (_, findings) = points::read("id,latitude,longitude,demand\na,95,0,-1\nb,0,0\n");
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "line 2: latitude is `95`, expected a number from -90 to 90",
            "line 2: demand is `-1`, expected a number, not negative, at most 1e9",
            "line 3: row is `3 cells`, expected 4 cells",
        ]
    );
}

#[test]
fn a_matrix_keeps_its_decimals() {
    let (medians, findings) = matrix::read("to,s,t\na,1.5,2\nb,0,3.25\n");
    assert!(findings.is_empty(), "{findings:?}");
    let medians = medians.expect("no findings");
    assert_eq!((medians.scale, medians.table.cost(1, 1)), (100.0, 325));
    assert_eq!(medians.names, ["s", "t"]);
}

#[test]
fn formats_are_told_apart_by_content() {
    assert_eq!(format_of(" 16 50 \n 5000 7500. \n"), Some(Format::OrlibCap));
    assert_eq!(format_of(" 100 200 5 \n"), Some(Format::OrlibPmed));
    assert_eq!(
        format_of("NAME : a\nNODE_COORD_SECTION\n"),
        Some(Format::Tsplib)
    );
    assert_eq!(format_of("id,x,y\n"), Some(Format::Points));
    assert_eq!(format_of(",a,b\n"), Some(Format::Matrix));
    assert_eq!(format_of("hello\n"), None);
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let (instance, findings) = read::read(&[0xff, 0xfe, 0x00], None);
    assert!(instance.is_none());
    assert_eq!(findings[0].expected, "UTF-8 text");
}

#[test]
fn an_smps_program_of_another_kind_is_refused() {
    let core =
        "NAME t\nROWS\n N obj\n L c1\nCOLUMNS\n    x obj 1 c1 1\nRHS\n    rhs c1 1\nENDATA\n";
    let (location, findings) = siplib_sslp::read(
        core,
        "TIME t\nPERIODS\n x c1 A\n y c2 B\nENDATA\n",
        "STOCH t\n",
    );
    assert!(location.is_none());
    assert!(!findings.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_a_reader_fail(text in "[-0-9a-zA-Z,.:\n _']{0,200}") {
        let _ = read::read(text.as_bytes(), None);
        let _ = tsplib::read(&text);
        let _ = orlib_cap::read(&text, Some(1.0));
        let _ = siplib_sslp::read(&text, &text, &text);
    }

    #[test]
    fn a_damaged_file_is_read_or_refused(place in 0usize..80, byte in 0u8..128) {
        let mut bytes = b"3 3 1\n1 2 9\n2 3 1\n2 1 4\n".to_vec();
        if let Some(slot) = bytes.get_mut(place) {
            *slot = byte;
        }
        let (instance, findings) = read::read(&bytes, None);
        prop_assert_eq!(instance.is_some(), findings.is_empty());
        if let Some(Instance::Medians(medians)) = instance {
            prop_assert!(medians.table.sites() >= 1);
        }
    }
}

//! A climate from a weather file in the folder.

use std::collections::BTreeMap;

use angara_scenario::{Loaded, TEMPLATE, WeatherSource, load_files};

const DAYS: [u32; 12] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/// An EPW file of a year at 7.5 °C, 60 % and 98,000 Pa.
fn weather_file() -> String {
    let mut text = "LOCATION,Somewhere,-,FIN,TMY3,0,64.2,27.7,2.0,140.0\n\
        DESIGN CONDITIONS,0\nTYPICAL/EXTREME PERIODS,0\nGROUND TEMPERATURES,0\n\
        HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0\nCOMMENTS 1,made for a test\nCOMMENTS 2,\n\
        DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31\n"
        .to_owned();
    for (month, days) in (1..).zip(DAYS) {
        for day in 1..=days {
            text.extend(
                (1..=24).map(|hour| {
                    format!("2001,{month},{day},{hour},0,?9?9,7.5,-1.0,60,98000,0,0\n")
                }),
            );
        }
    }
    text
}

fn with_weather(epw: &str) -> Loaded {
    let mut files: BTreeMap<String, Vec<u8>> = TEMPLATE
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect();
    files.insert(
        "weather.csv".to_owned(),
        b"climate,file,source\nmeasured,weather/station.epw,test\n".to_vec(),
    );
    files.insert("weather/station.epw".to_owned(), epw.as_bytes().to_vec());
    let sites =
        String::from_utf8_lossy(&files["sites.csv"]).replace(",inland,air", ",measured,air");
    files.insert("sites.csv".to_owned(), sites.into_bytes());
    load_files(&files)
}

#[test]
fn a_weather_file_of_the_folder_becomes_the_climate_of_a_site() {
    let loaded = with_weather(&weather_file());
    let scenario = loaded.scenario.expect("no finding, so a scenario");
    let climate = &scenario.climates[scenario.sites[1].climate];
    let WeatherSource::Hourly {
        file,
        elevation_m,
        dry_bulb_c,
        relative_humidity,
        pressure_pa,
    } = &climate.weather
    else {
        panic!("{climate:?} is not hourly");
    };
    assert_eq!(
        (file.as_str(), *elevation_m),
        ("weather/station.epw", 140.0)
    );
    assert_eq!(dry_bulb_c, &vec![7.5; 8760]);
    assert_eq!(relative_humidity, &vec![0.6; 8760]);
    assert_eq!(pressure_pa, &vec![98_000.0; 8760]);
    assert!(loaded.inputs.iter().any(|input| input.path == *file));
}

#[test]
fn a_fault_in_a_weather_file_is_told_with_its_line() {
    let loaded = with_weather(&weather_file().replacen(",7.5,", ",warm,", 1));
    let finding = loaded.diagnostics.iter().next().expect("a finding");
    let location = finding.location.as_ref().expect("a place");
    assert_eq!(
        (location.file.as_str(), location.line),
        ("weather/station.epw", Some(9))
    );
}

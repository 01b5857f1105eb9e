//! Invented departments with sound returns, each of another level of government.

mod city;
mod county;
mod health;
mod large;
mod province;
mod small;
mod town;

pub(crate) use self::{
    city::water_bureau, county::education_bureau, health::health_bureau,
    large::city_management_bureau, province::environment_department, small::veterans_station,
    town::service_office,
};

/// The line that stands under every form.
const FILLED_IN_BY: &str = "填表人：王某某  联系电话：0000-0000000  填报日期：2025年1月15日";

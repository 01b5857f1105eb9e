//! The frozen types of version 1, as they stand in the text.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize};

/// A value that may be null but whose key must stand.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    Option::deserialize(from)
}

/// The schema of such a value: `null` or a `T`, under a key that is required.
fn nullable<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<Option<T>>()
}

/// One return.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnV1 {
    /// The printed title.
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<String>")]
    pub title: Option<String>,
    /// Name of the edition of the form.
    pub edition: String,
    /// Budget year.
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<i32>")]
    pub year: Option<i32>,
    /// central, province, city, county, town or null.
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<LevelV1>")]
    pub level: Option<LevelV1>,
    /// 批复单位
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<String>")]
    pub approver: Option<String>,
    /// 部门名称
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<String>")]
    pub department: Option<String>,
    /// 财政供养人员数
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<u64>")]
    pub funded_headcount: Option<u64>,
    /// 下属二级单位数
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<u64>")]
    pub subordinate_units: Option<u64>,
    /// The printed units; on input the edition's where the key is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub units: Option<UnitsV1>,
    /// Amounts of the budget block, in yuan.
    pub budget: BudgetV1,
    /// Totals, in yuan; computed, and on input compared only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totals: Option<TotalsV1>,
    /// 总体绩效目标
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<String>")]
    pub overall_objective: Option<String>,
    /// 年度重点工作任务
    pub key_tasks: Vec<KeyTaskV1>,
    /// 其他需完成的任务
    pub other_tasks: Vec<OtherTaskV1>,
    /// 绩效指标
    pub indicators: Vec<IndicatorV1>,
    /// Lines around the form.
    pub notes: Vec<String>,
    /// Texts that could not be read, under their field paths.
    #[serde(default)]
    pub unreadable: BTreeMap<String, String>,
    /// Where the return was read; left out of equality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceV1>,
}

/// Level of government.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum LevelV1 {
    Central,
    Province,
    City,
    County,
    Town,
}

/// A printed unit.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub enum UnitV1 {
    元,
    千元,
    万元,
    亿元,
}

/// The printed units.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UnitsV1 {
    /// Unit of the budget block.
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<UnitV1>")]
    pub budget: Option<UnitV1>,
    /// Unit of the tasks.
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<UnitV1>")]
    pub tasks: Option<UnitV1>,
}

/// A decimal string in yuan, or null.
pub type AmountV1 = Option<AmountText>;

/// An amount in yuan as a decimal string, two decimals at least on output.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct AmountText(#[schemars(regex(pattern = r"^-?[0-9]+(\.[0-9]+)?$"))] pub String);

/// 预算整体情况
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct BudgetV1 {
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<AmountText>")]
    pub basic_expenditure: AmountV1,
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<AmountText>")]
    pub project_expenditure: AmountV1,
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<AmountText>")]
    pub fiscal_appropriation: AmountV1,
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<AmountText>")]
    pub other_funds: AmountV1,
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<AmountText>")]
    pub special_funds: AmountV1,
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<AmountText>")]
    pub other_development: AmountV1,
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<AmountText>")]
    pub own_level: AmountV1,
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<AmountText>")]
    pub transfers: AmountV1,
}

/// Computed totals; null where a part is unreadable or the edition has no such total.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct TotalsV1 {
    pub expenditure: AmountV1,
    pub income: AmountV1,
    pub development: AmountV1,
    pub by_level: AmountV1,
    pub key_tasks: AmountV1,
    pub other_tasks: AmountV1,
    pub tasks: AmountV1,
    /// Only where the edition splits the money of a task.
    #[serde(default, deserialize_with = "some", skip_serializing_if = "Option::is_none")]
    pub fiscal_appropriation: Option<AmountV1>,
    /// Only where the edition splits the money of a task.
    #[serde(default, deserialize_with = "some", skip_serializing_if = "Option::is_none")]
    pub other_funds: Option<AmountV1>,
}

/// A key that may be missing, and null where it stands.
#[allow(clippy::option_option)] // three states: no key, null, a value
fn some<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// A key task.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct KeyTaskV1 {
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<String>")]
    pub name: Option<String>,
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<String>")]
    pub activities: Option<String>,
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<AmountText>")]
    pub funding: AmountV1,
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<String>")]
    pub outcome: Option<String>,
    #[serde(default, deserialize_with = "some", skip_serializing_if = "Option::is_none")]
    pub fiscal_appropriation: Option<AmountV1>,
    #[serde(default, deserialize_with = "some", skip_serializing_if = "Option::is_none")]
    pub other_funds: Option<AmountV1>,
}

/// Another task.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OtherTaskV1 {
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<String>")]
    pub name: Option<String>,
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<String>")]
    pub content: Option<String>,
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<AmountText>")]
    pub funding: AmountV1,
    #[serde(default, deserialize_with = "some", skip_serializing_if = "Option::is_none")]
    pub fiscal_appropriation: Option<AmountV1>,
    #[serde(default, deserialize_with = "some", skip_serializing_if = "Option::is_none")]
    pub other_funds: Option<AmountV1>,
}

/// An indicator.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct IndicatorV1 {
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<String>")]
    pub level1: Option<String>,
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<String>")]
    pub level2: Option<String>,
    pub level3: String,
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<TargetV1>")]
    pub period_target: Option<TargetV1>,
    #[serde(deserialize_with = "present")]
    #[schemars(schema_with = "nullable::<TargetV1>")]
    pub annual_target: Option<TargetV1>,
}

/// A target: its wording, and what it says. Only `text` counts on input.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct TargetV1 {
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub op: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
}

/// Where a return was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceV1 {
    /// The file as named on the command line, `-` for standard input.
    pub file: Option<String>,
    /// The worksheet's name.
    pub sheet: Option<String>,
    /// The range of the form.
    pub range: Option<String>,
}

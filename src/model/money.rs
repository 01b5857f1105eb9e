//! stub
use rust_decimal::Decimal;
use std::str::FromStr;
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit { Yuan, Thousand, TenThousand, HundredMillion }
impl Unit {
  pub fn name(self)->&'static str{match self{Self::Yuan=>"元",Self::Thousand=>"千元",Self::TenThousand=>"万元",Self::HundredMillion=>"亿元"}}
  pub fn from_name(n:&str)->Option<Self>{[Self::Yuan,Self::Thousand,Self::TenThousand,Self::HundredMillion].into_iter().find(|u|u.name()==n)}
  pub fn power(self)->u32{match self{Self::Yuan=>0,Self::Thousand=>3,Self::TenThousand=>4,Self::HundredMillion=>8}}
}
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(Decimal);
impl Money {
  pub const ZERO: Self = Self(Decimal::ZERO);
  pub fn from_yuan(d: Decimal)->Option<Self>{ Some(Self(d.normalize())) }
  pub fn in_unit(self,u:Unit)->Decimal{ (self.0 / Decimal::from(10u64.pow(u.power()))).normalize() }
  pub fn from_unit(d:Decimal,u:Unit)->Option<Self>{ d.checked_mul(Decimal::from(10u64.pow(u.power()))).and_then(Self::from_yuan) }
  pub fn yuan(self)->Decimal{self.0}
  pub fn checked_add(self,o:Self)->Option<Self>{self.0.checked_add(o.0).map(Self)}
  pub fn checked_sub(self,o:Self)->Option<Self>{self.0.checked_sub(o.0).map(Self)}
  pub fn abs(self)->Self{Self(self.0.abs())}
  pub fn is_negative(self)->bool{self.0 < Decimal::ZERO}
  pub fn printed(self,u:Unit)->String{ let d=self.in_unit(u); let d = if d.scale()<2 {let mut d=d; d.rescale(2); d} else {d}; d.to_string() }
}
impl std::fmt::Display for Money { fn fmt(&self,f:&mut std::fmt::Formatter<'_>)->std::fmt::Result{ f.write_str(&self.printed(Unit::Yuan)) } }
pub fn decimal_of(f:f64)->Option<Decimal>{ if !f.is_finite(){return None} Decimal::from_scientific(&format!("{f:.14e}")).ok() }
pub fn scaled_down(d:Decimal,p:u32)->Option<Decimal>{ d.checked_div(Decimal::from(10u64.checked_pow(p)?)) }
pub fn from_str(s:&str)->Option<Decimal>{ Decimal::from_str(s).ok() }

//! stub
use rust_decimal::Decimal;
use std::str::FromStr;
use crate::model::money::Unit;
pub(crate) enum Amount { Blank, Nil, Known{number:Decimal, own_unit:Option<Unit>, tidied:bool}, Unreadable }
pub(crate) fn read_amount(t:&str)->Amount{ if t.is_empty(){return Amount::Blank} if t=="-"{return Amount::Nil} match Decimal::from_str(&t.replace(',',"")){Ok(number)=>Amount::Known{number,own_unit:None,tidied:false},Err(_)=>Amount::Unreadable} }
pub(crate) enum Count { Blank, Nil, Known(u64), Unreadable }
pub(crate) fn read_count(t:&str)->Count{ if t.is_empty(){return Count::Blank} if t=="-"{return Count::Nil} t.parse().map(Count::Known).unwrap_or(Count::Unreadable) }

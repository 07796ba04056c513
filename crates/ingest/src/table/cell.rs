//! A cell is the value of one column in one row, as JSON has it.

use arrow_array::cast::AsArray;
use arrow_array::types::*;
use arrow_array::{Array, ArrowPrimitiveType};
use arrow_schema::{DataType, TimeUnit};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use serde_json::{Map, Value};

use crate::decode;

/// The value in a row; null for what no field of an article can be.
pub fn value(array: &dyn Array, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    let all = |values: &dyn Array| Value::Array((0..values.len()).map(|at| value(values, at)).collect());
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).into(),
        DataType::LargeUtf8 => array.as_string::<i64>().value(row).into(),
        DataType::Utf8View => array.as_string_view().value(row).into(),
        DataType::Binary => decode::lossy(array.as_binary::<i32>().value(row)).into(),
        DataType::LargeBinary => decode::lossy(array.as_binary::<i64>().value(row)).into(),
        DataType::BinaryView => decode::lossy(array.as_binary_view().value(row)).into(),
        DataType::Boolean => array.as_boolean().value(row).into(),
        DataType::Int8 => i64::from(number::<Int8Type>(array, row)).into(),
        DataType::Int16 => i64::from(number::<Int16Type>(array, row)).into(),
        DataType::Int32 => i64::from(number::<Int32Type>(array, row)).into(),
        DataType::Int64 => number::<Int64Type>(array, row).into(),
        DataType::UInt8 => u64::from(number::<UInt8Type>(array, row)).into(),
        DataType::UInt16 => u64::from(number::<UInt16Type>(array, row)).into(),
        DataType::UInt32 => u64::from(number::<UInt32Type>(array, row)).into(),
        DataType::UInt64 => number::<UInt64Type>(array, row).into(),
        DataType::Float32 => f64::from(number::<Float32Type>(array, row)).into(),
        DataType::Float64 => number::<Float64Type>(array, row).into(),
        DataType::Date32 => day(i64::from(number::<Date32Type>(array, row))),
        DataType::Date64 => day(number::<Date64Type>(array, row).div_euclid(86_400_000)),
        DataType::Timestamp(unit, zone) => {
            let at = match unit {
                TimeUnit::Second => Timestamp::from_second(number::<TimestampSecondType>(array, row)),
                TimeUnit::Millisecond => Timestamp::from_millisecond(number::<TimestampMillisecondType>(array, row)),
                TimeUnit::Microsecond => Timestamp::from_microsecond(number::<TimestampMicrosecondType>(array, row)),
                TimeUnit::Nanosecond => {
                    Timestamp::from_nanosecond(i128::from(number::<TimestampNanosecondType>(array, row)))
                }
            };
            at.map_or(Value::Null, |at| instant(at, zone.as_deref()))
        }
        DataType::List(_) => all(&array.as_list::<i32>().value(row)),
        DataType::LargeList(_) => all(&array.as_list::<i64>().value(row)),
        DataType::FixedSizeList(..) => all(&array.as_fixed_size_list().value(row)),
        DataType::Struct(fields) => {
            let cells = fields.iter().zip(array.as_struct().columns());
            Value::Object(
                cells.map(|(field, column)| (field.name().clone(), value(column, row))).collect::<Map<_, _>>(),
            )
        }
        DataType::Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            match value(dictionary.keys(), row).as_u64().and_then(|key| usize::try_from(key).ok()) {
                Some(key) if key < dictionary.values().len() => value(dictionary.values(), key),
                _ => Value::Null,
            }
        }
        _ => Value::Null,
    }
}

fn number<T: ArrowPrimitiveType>(array: &dyn Array, row: usize) -> T::Native {
    array.as_primitive::<T>().value(row)
}

/// A day counted from 1970-01-01.
fn day(days: i64) -> Value {
    let date = i32::try_from(days).ok().and_then(|days| {
        let date = Date::constant(1970, 1, 1);
        date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
    });
    date.map_or(Value::Null, |date| date.to_string().into())
}

/// An instant as the column's zone shows it, if that is a fixed one; else in UTC.
fn instant(at: Timestamp, zone: Option<&str>) -> Value {
    let minutes = zone.and_then(|zone| {
        let (hours, minutes) = zone.strip_prefix(['+', '-'])?.split_once(':')?;
        let minutes = hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?;
        Some(if zone.starts_with('-') { -minutes } else { minutes })
    });
    match minutes.and_then(|minutes| Offset::from_seconds(minutes * 60).ok()) {
        Some(offset) => format!("{}{}", offset.to_datetime(at), zone.unwrap_or_default()).into(),
        None => at.to_string().into(),
    }
}

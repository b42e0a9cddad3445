//! What a sheet watches by itself: red where something does not balance or is negative, and what may be typed.

use super::formulas::CellRefs;
use super::ranges::{Anchor, CellRef, anchor, corners, joined, range_list};
use super::style;
use crate::form::{CellIx, Demand, Form, Level, Relation};
use crate::value::{Kind, LIMIT};
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatFormula, DataValidation,
    DataValidationRule, Formula, Worksheet, XlsxError,
};
use std::collections::HashMap;

/// One condition for all cells of the relations that differ only by their column or row.
struct Alarm<'a> {
    relation: &'a Relation,
    counted: Vec<CellRef>,
    anchor: Anchor,
    cells: Vec<CellRef>,
}

/// Turns red what does not balance, and what must not be negative.
pub(super) fn alarms(
    sheet: &mut Worksheet,
    refs: &CellRefs<'_>,
    home: usize,
    table: usize,
) -> Result<(), XlsxError> {
    for alarm in relations(refs, home) {
        let condition = refs.fails(alarm.relation, &alarm.counted, home, alarm.anchor);
        let ranges = joined(alarm.cells);
        let Some((from, to)) = corners(&ranges) else {
            continue;
        };
        let rule = ConditionalFormatFormula::new()
            .set_rule(condition.as_str())
            .set_multi_range(range_list(&ranges))
            .set_format(style::alarm());
        sheet.add_conditional_format(from.row, from.col, to.row, to.col, &rule)?;
    }
    let ranges = joined(never_negative(refs, table));
    if let Some((from, to)) = corners(&ranges) {
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::LessThan(0))
            .set_multi_range(range_list(&ranges))
            .set_format(style::alarm());
        sheet.add_conditional_format(from.row, from.col, to.row, to.col, &rule)?;
    }
    Ok(())
}

/// Says what may be typed into the cells that are filled in by hand.
pub(super) fn validation(
    sheet: &mut Worksheet,
    refs: &CellRefs<'_>,
    table: usize,
) -> Result<(), XlsxError> {
    let form = &refs.document.form;
    let mut groups: Vec<(Kind, Option<&str>, Vec<CellRef>)> = Vec::new();
    for cell in form.tables[table].cells.clone().map(CellIx) {
        if let Some(cell_ref) = refs.cell_ref(cell).filter(|_| !refs.is_live(cell)) {
            let spec = form.cell(cell);
            let unit = spec.unit.as_deref().filter(|unit| !unit.is_empty());
            match groups
                .iter_mut()
                .find(|group| (group.0, group.1) == (spec.kind, unit))
            {
                Some((.., cells)) => cells.push(cell_ref),
                None => groups.push((spec.kind, unit, vec![cell_ref])),
            }
        }
    }
    for (kind, unit, cells) in groups {
        let unit = unit.map_or(String::new(), |unit| format!("（单位：{unit}）"));
        let between = |least: i64| {
            let formula = |number: i64| Formula::new(number.to_string());
            DataValidationRule::Between(formula(least), formula(LIMIT))
        };
        let rule = DataValidation::new();
        let (rule, title, message) = match kind {
            Kind::Signed => (
                rule.allow_whole_number_formula(between(-LIMIT)),
                "请填整数",
                format!("请填整数{unit}：增加的填正数，减少的前面加负号，没有增减的填 0。"),
            ),
            Kind::Amount => (
                rule.allow_decimal_number_formula(between(0)),
                "请填金额",
                format!("请填 0 或正数{unit}，只写数字，不写单位；没有发生的填 0。"),
            ),
            Kind::Count => (
                rule.allow_whole_number_formula(between(0)),
                "请填整数",
                format!("请填 0 或正整数{unit}，只写数字，不写单位；没有发生的填 0。"),
            ),
        };
        let ranges = joined(cells);
        let rule = rule
            .ignore_blank(true)
            .set_error_title(title)?
            .set_error_message(message)?
            .set_multi_range(range_list(&ranges));
        if let Some((from, to)) = corners(&ranges) {
            sheet.add_data_validation(from.row, from.col, to.row, to.col, &rule)?;
        }
    }
    Ok(())
}

/// The relations that must hold, as they concern one sheet.
fn relations<'a>(refs: &CellRefs<'a>, home: usize) -> Vec<Alarm<'a>> {
    let form: &'a Form = &refs.document.form;
    let mut alarms: Vec<Alarm<'a>> = Vec::new();
    let mut alike: HashMap<String, usize> = HashMap::new();
    for &index in &refs.document.relations {
        let relation = &form.relations[index];
        let Some(counted) = refs.counted(relation) else {
            continue;
        };
        let cells = (relation.cells.iter()).filter_map(|&cell| refs.cell_ref(cell));
        let cells: Vec<CellRef> = cells.filter(|cell_ref| cell_ref.sheet == home).collect();
        if form.rules[relation.rule].level != Level::Error || cells.is_empty() {
            continue;
        }
        let anchor = anchor(&counted);
        // Relations that read the same when moved to one column or row need only one formula.
        let moved = match anchor {
            Anchor::Column(_) => Anchor::Column(0),
            Anchor::Row(_) => Anchor::Row(0),
            anchor => anchor,
        };
        let key = refs.fails(relation, &counted, home, moved);
        let at = *alike.entry(key).or_insert(alarms.len());
        match alarms.get_mut(at) {
            None => alarms.push(Alarm {
                relation,
                counted,
                anchor,
                cells,
            }),
            Some(alarm) => {
                alarm.cells.extend(cells);
                alarm.anchor = alarm.anchor.leading(anchor);
            }
        }
    }
    alarms
}

fn never_negative(refs: &CellRefs<'_>, table: usize) -> Vec<CellRef> {
    let form = &refs.document.form;
    let demanded =
        (form.cell_rules.iter()).any(|rule| rule.table == table && rule.is == Demand::NotNegative);
    let cells = form.tables[table].cells.clone().map(CellIx);
    cells
        .filter(|&cell| demanded && form.cell(cell).kind != Kind::Signed)
        .filter_map(|cell| refs.cell_ref(cell))
        .collect()
}

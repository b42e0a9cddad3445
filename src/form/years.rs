//! What a form says about the year before: relations across years, changes that want a look, cells of earlier forms
//! that say the same, lines to draw over the years.

use super::index::{CellIx, TextIx};
use super::rules::{Comparison, Sum};
use std::collections::HashSet;

/// Cells of last year's form, by id: it may have been another form, and a cell that it lacks has no last year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LastSum {
    /// Cells added.
    pub plus: Vec<String>,
    /// Cells subtracted.
    pub minus: Vec<String>,
}

/// A relation between this year's cells and last year's (跨年关系).
#[derive(Debug)]
pub struct Across {
    /// Its rule in [`super::Form::rules`].
    pub rule: usize,
    /// The left side: this year's cells.
    pub left: Sum,
    /// How they compare.
    pub is: Comparison,
    /// This year's part of the right side.
    pub right: Sum,
    /// Last year's part of the right side.
    pub last: LastSum,
    /// The left side in the form's words.
    pub left_words: String,
    /// The right side in the form's words.
    pub right_words: String,
    /// What it is about, e.g. `表三 · 二、上年结转政府信息公开申请数量 · 自然人`.
    pub subject: String,
    /// This year's cells in it, left side first.
    pub cells: Vec<CellIx>,
    /// The cell that a new year is begun with, if the right side is known by then.
    pub fills: Option<CellIx>,
}

/// Cells whose change since last year wants a look.
#[derive(Debug)]
pub struct Swing {
    /// Its rule in [`super::Form::rules`].
    pub rule: usize,
    /// Which change.
    pub is: Jump,
    /// The cells; of several swings over one cell the first that happened counts.
    pub cells: Vec<CellIx>,
}

/// A change from one year to the next. Where neither year reaches `least`, it says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
pub enum Jump {
    /// About 10 to the power `by` times, or the same part of it: another unit (元 for 万元).
    Shifted {
        /// How many places the decimal point moved.
        by: u32,
        /// What one of the years must reach.
        least: u32,
    },
    /// One digit more than last year, and without it about the same number; or one less.
    Digit {
        /// What one of the years must reach.
        least: u32,
    },
    /// From 0 to something, or from something to 0.
    FromOrToZero {
        /// What one of the years must reach.
        least: u32,
    },
    /// More than so many times, or less than that part of it.
    Times {
        /// How many times.
        more_than: u32,
        /// What one of the years must reach.
        least: u32,
    },
}

/// Cells that together say what one cell of an earlier form said.
#[derive(Debug)]
pub struct Former {
    /// The earlier form's id.
    pub form: String,
    /// The cells of this form.
    pub these: Vec<CellIx>,
    /// The cell of that form.
    pub cell: String,
}

/// Sentences of last year's text that still name last year.
#[derive(Debug)]
pub struct StaleYear {
    /// Its rule in [`super::Form::rules`].
    pub rule: usize,
    /// The texts.
    pub texts: Vec<TextIx>,
}

/// A span of dates in a text that must lie in the report's year.
#[derive(Debug)]
pub struct Period {
    /// Its rule in [`super::Form::rules`].
    pub rule: usize,
    /// The texts.
    pub texts: Vec<TextIx>,
    /// What stands right behind the year that the span begins in.
    pub from: String,
    /// What the same sentence says further on.
    pub to: String,
}

/// Numbers to follow over the years, on one chart.
#[derive(Debug)]
pub struct Trend {
    /// What the chart shows.
    pub name: String,
    /// 件.
    pub unit: String,
    /// Whether its lines are parts of a whole, whose shares are what is looked at.
    pub shares: bool,
    /// What is drawn; the lines of other forms are joined to these by name.
    pub lines: Vec<TrendLine>,
}

/// A line of a chart.
#[derive(Debug)]
pub struct TrendLine {
    /// Its name.
    pub name: String,
    /// Its cells.
    pub sum: Sum,
    /// What it is a percentage of, if it is one.
    pub of: Option<Sum>,
}

/// Paragraphs that are nearly the same as last year's (雷同).
#[derive(Debug)]
pub struct Alike {
    /// Their rule in [`super::Form::rules`].
    pub rule: usize,
    /// The texts.
    pub texts: Vec<TextIx>,
    /// Shorter paragraphs, in characters, are not looked at.
    pub least: usize,
    /// How much of both together must be the same.
    pub percent: u32,
    /// What offices call themselves (我局), which counts as their name.
    pub selves: Vec<String>,
    /// Sentences with one of these are the law's own words, and left out.
    pub law: Vec<String>,
    /// Sentences made of these pieces alone are the form's own paragraphs ([`super::Passage`]), and left out; masked as by
    /// [`crate::prose::masked`].
    pub own: HashSet<String>,
}

//! How a table's width is shared among its columns.

/// Widens columns to what stands in them (`needs`, from the left), as far as the others have room to spare: labels give
/// first, then the other columns, none of them so much that its words no longer stand well. The sum stays the same.
pub fn shared_widths(widths: &[f32], needs: &[f32], label_cols: usize) -> Vec<f32> {
    /// Labels and heads still stand well on this share of their width.
    const LABEL: f32 = 0.62;
    const NUMBER: f32 = 0.7;
    let mut widths = widths.to_vec();
    for of_labels in [true, false] {
        let lacks: Vec<f32> = (widths.iter().zip(needs))
            .map(|(width, need)| (need - width).max(0.0))
            .collect();
        let wanted: f32 = lacks.iter().sum();
        let least = if of_labels { LABEL } else { NUMBER };
        let spare: Vec<f32> = (widths.iter().zip(needs).enumerate())
            .map(
                |(col, (width, need))| match (col < label_cols) == of_labels {
                    true => (width - need.max(width * least)).max(0.0),
                    false => 0.0,
                },
            )
            .collect();
        let all: f32 = spare.iter().sum();
        let given = wanted.min(all);
        if given <= 0.0 {
            continue;
        }
        for (col, width) in widths.iter_mut().enumerate() {
            *width += given * (lacks[col] / wanted - spare[col] / all);
        }
    }
    widths
}

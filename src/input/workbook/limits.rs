//! How much of one file is read at most. A real worksheet stays far below every one of these bounds; a file
//! that exceeds one was built by accident or to do harm, and becomes a finding.

/// Cells with a value, in all sheets of a file together.
pub const MAX_CELLS: usize = 1_000_000;

/// Bytes of text in the cells of a file together.
pub const MAX_TEXT: usize = 64 * 1024 * 1024;

/// Sheets in one workbook.
pub const MAX_SHEETS: usize = 500;

/// Rows of a sheet, as in Excel.
pub const MAX_ROWS: u32 = 1_048_576;

/// Columns of a sheet, as in Excel.
pub const MAX_COLUMNS: u32 = 16_384;

/// Bytes a zipped workbook may hold once unpacked. Text in worksheets packs about ten to one.
pub const MAX_UNPACKED: u64 = 256 * 1024 * 1024;

/// Parts in one zipped workbook.
pub const MAX_PARTS: usize = 10_000;

/// Cells of the rectangles that span the sheets of an `.xls` or `.ods` workbook, blank ones included: their
/// reader holds every cell of the rectangle in memory.
pub const MAX_DENSE: u64 = 4_000_000;

pub mod source;
pub mod value;
pub mod form;

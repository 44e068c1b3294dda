//! Who is calling: what a token must be to be believed, and that nobody is answered whose token is not.

mod forged;
mod handing_in;
mod presented;
mod reach;
mod roles;

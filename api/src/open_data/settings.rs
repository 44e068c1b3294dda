//! Who publishes, under which licence, and at which address.

/// Who publishes, under which licence, and at which address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The address that links begin with, without a slash at its end. Never the one that a request says it is for.
    pub public_url: String,
    /// The publisher's name.
    pub publisher: String,
    /// An address that names the publisher; otherwise one below the service's own.
    pub publisher_uri: Option<String>,
    /// The e-mail address of those who answer questions about the data.
    pub contact: Option<String>,
    /// The licence's address.
    pub licence: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            public_url: "http://127.0.0.1:8080".to_owned(),
            publisher: "Samsyn".to_owned(),
            publisher_uri: None,
            contact: None,
            licence: "http://creativecommons.org/publicdomain/zero/1.0/".to_owned(),
        }
    }
}

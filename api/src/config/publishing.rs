//! Who publishes open data.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use clap::Args;

use crate::open_data::Settings;

/// Who publishes open data, under which licence, and at which address: what `/datapackage.json` and `/dcat` say.
#[derive(Clone, Debug, Args)]
pub struct PublishingOptions {
    /// The address that links begin with, such as `https://samsyn.example`; otherwise the one that is listened on. What a
    /// request says of its host is never a link.
    #[arg(long, env = "SAMSYN_PUBLIC_URL")]
    pub public_url: Option<String>,
    /// The publisher's name.
    #[arg(long, env = "SAMSYN_PUBLISHER", default_value = "Samsyn")]
    pub publisher: String,
    /// An address that names the publisher.
    #[arg(long, env = "SAMSYN_PUBLISHER_URI")]
    pub publisher_uri: Option<String>,
    /// The e-mail address of those who answer questions about the data.
    #[arg(long, env = "SAMSYN_CONTACT")]
    pub contact: Option<String>,
    /// The licence's address; otherwise CC0.
    #[arg(long, env = "SAMSYN_LICENCE")]
    pub licence: Option<String>,
}

impl PublishingOptions {
    /// What is published so by a service that listens on an address.
    #[must_use]
    pub fn settings(self, listening: SocketAddr) -> Settings {
        let base = self.public_url.unwrap_or_else(|| local(listening));
        Settings {
            public_url: base.trim_end_matches('/').to_owned(),
            publisher: self.publisher,
            publisher_uri: self.publisher_uri,
            contact: self.contact,
            licence: self.licence.unwrap_or_else(|| Settings::default().licence),
        }
    }
}

/// The address that is listened on as a link; one that stands for all of a machine's is this machine's own.
#[must_use]
pub fn local(mut listening: SocketAddr) -> String {
    if listening.ip().is_unspecified() {
        listening.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    format!("http://{listening}")
}

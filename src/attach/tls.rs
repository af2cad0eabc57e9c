//! TLS, by rustls: whose word on a server's certificate counts, and what a refusal means.
//!
//! ureq's own connector trusts authorities alone. A server that signs itself is an authority to it, which may not be a
//! server; here a certificate that is byte for byte in the file of authorities is trusted as what it is.

use std::io::{self, Read as _, Write as _};
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, ClientConnection, DigitallySignedStruct, RootCertStore,
    SignatureScheme, StreamOwned,
};
use ureq::Error;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, Either, LazyBuffers, NextTimeout, Transport,
    TransportAdapter,
};

use super::{Distrust, Fault};

/// Whose word on a server's certificate counts.
pub enum Trust {
    /// The authorities this machine trusts.
    System,
    /// The certificates in this PEM file, and no others: authorities, or the server's own.
    Named(Vec<u8>),
}

/// Puts TLS on a connection to an address that begins with `https:`.
#[derive(Debug)]
pub(super) struct Tls(Arc<ClientConfig>);

impl Tls {
    /// With this trust.
    ///
    /// # Errors
    /// The file holds no certificate, or this machine's authorities cannot be had.
    pub(super) fn of(trust: &Trust) -> Result<Self, String> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier: Arc<dyn ServerCertVerifier> = match trust {
            Trust::System => {
                let system = rustls_platform_verifier::Verifier::new(provider.clone());
                Arc::new(system.map_err(|_| {
                    "the authorities this machine trusts cannot be had; name those of the server with --ca"
                })?)
            }
            Trust::Named(pem) => Arc::new(Named::of(pem, provider.clone())?),
        };
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?;
        let config = config
            .dangerous()
            .with_custom_certificate_verifier(verifier);
        Ok(Self(Arc::new(config.with_no_client_auth())))
    }
}

impl<In: Transport> Connector<In> for Tls {
    type Out = Either<In, Secured>;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        chained: Option<In>,
    ) -> Result<Option<Self::Out>, Error> {
        let Some(transport) = chained else {
            return Ok(None);
        };
        if !details.needs_tls() {
            return Ok(Some(Either::A(transport)));
        }
        let host = details.uri.host().unwrap_or_default();
        let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned());
        let name = name.map_err(|_| Error::HostNotFound)?;
        let mut connection =
            ClientConnection::new(self.0.clone(), name).map_err(io::Error::other)?;
        let mut socket = TransportAdapter::new(transport.boxed(), details.current_time.clone());
        socket.set_timeout(details.timeout);
        connection.complete_io(&mut socket)?;
        let config = details.config;
        Ok(Some(Either::B(Secured {
            buffers: LazyBuffers::new(config.input_buffer_size(), config.output_buffer_size()),
            stream: StreamOwned::new(connection, socket),
        })))
    }
}

/// A connection with TLS on it.
pub(super) struct Secured {
    buffers: LazyBuffers,
    stream: StreamOwned<ClientConnection, TransportAdapter>,
}

impl std::fmt::Debug for Secured {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secured")
    }
}

impl Transport for Secured {
    fn buffers(&mut self) -> &mut dyn Buffers {
        &mut self.buffers
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), Error> {
        self.stream.sock.set_timeout(timeout);
        self.stream.write_all(&self.buffers.output()[..amount])?;
        Ok(())
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, Error> {
        self.stream.sock.set_timeout(timeout);
        let read = self.stream.read(self.buffers.input_append_buf())?;
        self.buffers.input_appended(read);
        Ok(read > 0)
    }

    fn is_open(&mut self) -> bool {
        self.stream.sock.get_mut().is_open()
    }

    fn is_tls(&self) -> bool {
        true
    }
}

/// Trusts the certificates of a file, and what authorities among them issued.
#[derive(Debug)]
struct Named {
    certificates: Vec<CertificateDer<'static>>,
    /// `None` if none of them can be an authority.
    authorities: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<CryptoProvider>,
}

impl Named {
    fn of(pem: &[u8], provider: Arc<CryptoProvider>) -> Result<Self, String> {
        let certificates = CertificateDer::pem_slice_iter(pem);
        let certificates: Vec<_> = certificates.filter_map(Result::ok).collect();
        if certificates.is_empty() {
            return Err("it holds no certificate in PEM form".to_owned());
        }
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(certificates.iter().cloned());
        let authorities =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone());
        Ok(Self {
            certificates,
            authorities: authorities.build().ok(),
            provider,
        })
    }
}

impl ServerCertVerifier for Named {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        // The very certificate: that the server has its key is proved by its signature, below.
        if self.certificates.iter().any(|it| it == end_entity) {
            return Ok(ServerCertVerified::assertion());
        }
        match &self.authorities {
            Some(it) => it.verify_server_cert(end_entity, intermediates, name, ocsp, now),
            None => Err(CertificateError::UnknownIssuer.into()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        rustls::crypto::verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let algorithms = &self.provider.signature_verification_algorithms;
        algorithms.supported_schemes()
    }
}

/// What an error of TLS means; `None` if it is one of the connection below.
pub(super) fn fault(error: &io::Error) -> Option<Fault> {
    let tls = error.get_ref()?.downcast_ref::<rustls::Error>()?;
    Some(match tls {
        rustls::Error::InvalidCertificate(why) => Fault::Untrusted(distrust(why)),
        rustls::Error::NoCertificatesPresented => Fault::Untrusted(Distrust::Unreadable),
        rustls::Error::InvalidMessage(_) => Fault::Unsecured("what answers there speaks no TLS"),
        rustls::Error::PeerIncompatible(_) => {
            Fault::Unsecured("the server offers neither TLS 1.2 nor TLS 1.3")
        }
        rustls::Error::AlertReceived(_) => Fault::Unsecured("the server breaks it off"),
        _ => Fault::Unsecured("the two sides do not agree"),
    })
}

fn distrust(why: &CertificateError) -> Distrust {
    use CertificateError as Error;
    match why {
        Error::UnknownIssuer => Distrust::UnknownAuthority,
        Error::Expired | Error::ExpiredContext { .. } => Distrust::Expired,
        Error::NotValidYet | Error::NotValidYetContext { .. } => Distrust::NotYetValid,
        Error::NotValidForName => Distrust::OtherName(Vec::new()),
        Error::NotValidForNameContext { presented, .. } => {
            Distrust::OtherName(presented.iter().map(|it| bare(it)).collect())
        }
        Error::Revoked => Distrust::Revoked,
        Error::InvalidPurpose | Error::InvalidPurposeContext { .. } => Distrust::OtherPurpose,
        // The library has no kind of its own for it.
        other if format!("{other:?}").contains("CaUsedAsEndEntity") => Distrust::Authority,
        _ => Distrust::Unreadable,
    }
}

/// `DnsName("tickets.contoso.com")`, as the library writes a name.
fn bare(name: &str) -> String {
    name.split('"').nth(1).unwrap_or(name).to_owned()
}

/**
 * Stands in the bundle for libraries about the certificates of authenticators, which would add half to it: what an
 * authenticator says about its maker is taken out before anything is checked (`withoutAttestation.ts`).
 */
function neverAsked(): never {
  throw new TypeError("Nothing here looks at certificates");
}

export {
  neverAsked as AuthorityKeyIdentifierExtension,
  neverAsked as CRLDistributionPointsExtension,
  neverAsked as KeyDescription,
  neverAsked as SubjectKeyIdentifierExtension,
  neverAsked as X509Certificate,
  neverAsked as X509ChainBuilder,
  neverAsked as X509Crl,
  neverAsked as id_ce_keyDescription,
};

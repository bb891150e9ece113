import 'reflect-metadata' // @peculiar/x509 does not load without it, and does not bring it
import { createPrivateKey, X509Certificate as NodeCertificate } from 'node:crypto'
import { join } from 'node:path'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { findPrivateFile, writePrivateFile } from './private-file.ts'

const DAY_MS = 86_400_000
const AUTHORITY_DAYS = 3650
/** Short enough for every client's rules on certificate life. */
const LEAF_DAYS = 90
const RENEW_BEFORE_DAYS = 30
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGN = { name: 'ECDSA', hash: 'SHA-256' } as const

export type Tls = { readonly key: string; readonly cert: string }
type KeyedCertificate = { cert: string; key: string }

/**
 * The demonstration's own certificate authority (made once) and a certificate for this machine's loopback names,
 * renewed a month before its end. Workstations trust `caPath` alone and nothing else trusts it.
 */
export async function getDemoTls(folder: string, nowMs: number): Promise<Tls & { readonly caPath: string }> {
  const caPath = join(folder, 'ca.pem')
  const authority = (await findPair(folder, 'ca')) ?? (await savePair(folder, 'ca', await makeAuthority(nowMs)))
  const kept = await findPair(folder, 'server')
  if (kept !== undefined && isGood(kept, authority.cert, nowMs)) return { ...kept, caPath }
  const leaf = await savePair(folder, 'server', await makeLeaf(authority, nowMs))
  return { ...leaf, caPath }
}

function isGood(leaf: KeyedCertificate, authority: string, nowMs: number): boolean {
  const cert = new NodeCertificate(leaf.cert)
  if (!cert.checkPrivateKey(createPrivateKey(leaf.key))) return false // a renewal was cut short
  const endsMs = Date.parse(cert.validTo)
  return cert.verify(new NodeCertificate(authority).publicKey) && endsMs - nowMs > RENEW_BEFORE_DAYS * DAY_MS
}

async function makeAuthority(nowMs: number): Promise<KeyedCertificate> {
  const keys = await makeKeys()
  const cert = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Loupe demonstration authority, O=Loupe',
    ...lifetime(nowMs, AUTHORITY_DAYS),
    keys,
    signingAlgorithm: SIGN,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { cert: cert.toString('pem'), key: await pemOf(keys.privateKey) }
}

async function makeLeaf(authority: KeyedCertificate, nowMs: number): Promise<KeyedCertificate> {
  const keys = await makeKeys()
  const issuer = new X509Certificate(authority.cert)
  const cert = await X509CertificateGenerator.create({
    subject: 'CN=localhost, O=Loupe',
    issuer: issuer.subject,
    ...lifetime(nowMs, LEAF_DAYS),
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    signingAlgorithm: SIGN,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
      await AuthorityKeyIdentifierExtension.create(issuer),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { cert: cert.toString('pem'), key: await pemOf(keys.privateKey) }
}

/** Begins an hour ago: a workstation whose clock lags must still accept it. */
function lifetime(nowMs: number, days: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(nowMs - 3_600_000), notAfter: new Date(nowMs + days * DAY_MS) }
}

// The types of keys are the ambient ones: Node's and the DOM's differ, and both compile this file.
async function makeKeys() {
  return crypto.subtle.generateKey(CURVE, true, ['sign', 'verify'])
}

async function pemOf(key: Parameters<typeof crypto.subtle.exportKey>[1]): Promise<string> {
  return PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')
}

async function importKey(pem: string) {
  return crypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(pem), CURVE, false, ['sign'])
}

async function findPair(folder: string, name: string): Promise<KeyedCertificate | undefined> {
  const [cert, key] = await Promise.all([
    findPrivateFile(join(folder, `${name}.pem`)),
    findPrivateFile(join(folder, `${name}.key`)),
  ])
  return cert === undefined || key === undefined ? undefined : { cert, key }
}

/** The key first: a stop in between leaves no certificate whose key is missing. */
async function savePair(folder: string, name: string, pair: KeyedCertificate): Promise<KeyedCertificate> {
  await writePrivateFile(join(folder, `${name}.key`), pair.key)
  await writePrivateFile(join(folder, `${name}.pem`), pair.cert)
  return pair
}

import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

/** A device with passkeys, made of nothing but keys: ES256, no attestation. Web Authentication Level 3, section 6. */
export interface SoftwareAuthenticator {
  /** Answers the options of a page for a new passkey, as a browser's `toJSON()` writes it. */
  create(options: CreationOptions, origin: string): string;
  /** Signs a challenge with the latest passkey; `change` spoils the answer on purpose. */
  get(options: RequestOptions, origin: string, change?: Spoil): string;
  readonly id: string;
  /** Sets the number of uses back or forward, as a copied device would have it. */
  setCounter(counter: number): void;
}

interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id?: string };
  readonly user: { readonly id: string };
}
interface RequestOptions {
  readonly challenge: string;
  readonly rpId?: string;
}
interface Spoil {
  readonly userHandle?: string;
  readonly type?: string;
}

const USER_PRESENT_AND_VERIFIED = 0x05;
const HAS_CREDENTIAL = 0x40;

export function softwareAuthenticator(): SoftwareAuthenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let [userHandle, counter] = ['', 0];
  const data = (rpId: string, flags: number, more: readonly Uint8Array[] = []) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(++counter);
    return Buffer.concat([hash(rpId), Buffer.of(flags), count, ...more]);
  };
  return {
    id: id.toString('base64url'),
    setCounter(value) {
      counter = value;
    },
    create({ challenge, rp, user }, origin) {
      userHandle = user.id;
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const cose = map([1, 2], [3, -7], [-1, 1], [-2, bytesOf(x)], [-3, bytesOf(y)]);
      const length = Buffer.of(id.length >> 8, id.length & 255);
      const attested = [Buffer.alloc(16), length, id, cose];
      const authData = data(rp.id ?? '', USER_PRESENT_AND_VERIFIED | HAS_CREDENTIAL, attested);
      const attestation = map(['fmt', 'none'], ['attStmt', Buffer.of(0xa0)], ['authData', authData]);
      return credential(id, {
        clientDataJSON: clientData('webauthn.create', challenge, origin).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      });
    },
    get({ challenge, rpId }, origin, change = {}) {
      const client = clientData(change.type ?? 'webauthn.get', challenge, origin);
      const authData = data(rpId ?? '', USER_PRESENT_AND_VERIFIED);
      const signature = sign('sha256', Buffer.concat([authData, hash(client)]), privateKey);
      return credential(id, {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signature.toString('base64url'),
        userHandle: change.userHandle ?? userHandle,
      });
    },
  };
}

function credential(id: Buffer, response: object): string {
  const text = id.toString('base64url');
  return JSON.stringify({ id: text, rawId: text, type: 'public-key', clientExtensionResults: {}, response });
}

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

function hash(value: string | Buffer): Buffer {
  return createHash('sha256').update(value).digest();
}

function bytesOf(base64url: string): Buffer {
  return Buffer.from(base64url, 'base64url');
}

type Key = string | number;

/** The few forms of CBOR (RFC 8949) that a credential consists of; the empty map stands for itself. */
function map(...entries: readonly (readonly [Key, Key | Buffer])[]): Buffer {
  const parts = entries.flatMap(([key, value]) => [
    cbor(key),
    key === 'attStmt' ? (value as Buffer) : cbor(value),
  ]);
  return Buffer.concat([head(5, entries.length), ...parts]);
}

function cbor(value: Key | Buffer): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  return Buffer.concat([head(2, value.length), value]);
}

function head(major: number, count: number): Buffer {
  if (count < 24) return Buffer.of((major << 5) | count);
  return count < 256
    ? Buffer.of((major << 5) | 24, count)
    : Buffer.of((major << 5) | 25, count >> 8, count & 255);
}

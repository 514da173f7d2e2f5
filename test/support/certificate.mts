import { generateKeyPairSync, sign } from 'node:crypto';

const der = (tag: number, ...parts: Uint8Array[]): Buffer => {
	const content = Buffer.concat(parts);
	const { length } = content;
	const size = length < 128 ? [length] : [0x82, length >> 8, length & 255];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts);
const objectId = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const bits = (content: Uint8Array) => der(0x03, Buffer.from([0]), content);
const extension = (hex: string, value: Uint8Array) => sequence(objectId(hex), der(0x04, value));

const ecdsaWithSha256 = '2a8648ce3d040302';
const commonName = '550403';
const basicConstraints = '551d13';
const subjectAltName = '551d11';

/** A certificate for 127.0.0.1 that nobody but itself vouches for, and its key, as PEM. */
export function selfSignedCertificate(): { cert: string; key: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const algorithm = sequence(objectId(ecdsaWithSha256));
	const text = der(0x0c, Buffer.from('Test server'));
	const name = sequence(der(0x31, sequence(objectId(commonName), text)));
	const time = (text: string) => der(0x17, Buffer.from(text));
	const isAuthority = sequence(der(0x01, Buffer.from([255])));
	const address = sequence(der(0x87, Buffer.from([127, 0, 0, 1])));
	const content = sequence(
		der(0xa0, der(0x02, Buffer.from([2]))),
		der(0x02, Buffer.from([1])),
		algorithm,
		name,
		sequence(time('200101000000Z'), time('491231000000Z')),
		name,
		publicKey.export({ format: 'der', type: 'spki' }),
		der(
			0xa3,
			sequence(extension(basicConstraints, isAuthority), extension(subjectAltName, address)),
		),
	);
	const certificate = sequence(content, algorithm, bits(sign('sha256', content, privateKey)));
	const lines = certificate.toString('base64').replace(/.{64}/g, '$&\n');
	return {
		cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
		key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
	};
}

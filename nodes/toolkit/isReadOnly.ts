import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

const off: readonly unknown[] = [false, 'false', '', null, undefined];

/**
 * Whether the credential forbids writes. An expression, an import and an external secret may give
 * any text, so everything but a clear “no” counts as “yes”.
 */
export const isReadOnly = ({ readOnly }: ICredentialDataDecryptedObject): boolean =>
	!off.includes(readOnly);

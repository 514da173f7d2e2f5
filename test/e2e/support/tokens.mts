import { createRequire } from 'node:module';
import path from 'node:path';

import { n8nFolder } from '../../../scripts/n8n/paths.mts';
import { tell } from './tell.mts';

/** n8n brings it along for its own models. */
const { getEncoding } = createRequire(path.join(n8nFolder, 'node_modules', 'n8n', 'package.json'))(
	'js-tiktoken',
) as { getEncoding(name: string): { encode(text: string): number[] } };

export const tokens = (text: string): number => getEncoding('o200k_base').encode(text).length;

export const tellSize = (what: string, text: string): void =>
	tell(`${what}: ${tokens(text)} tokens, ${text.length} characters`);

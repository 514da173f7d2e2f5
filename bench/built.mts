import { createRequire } from 'node:module';
import type { ICredentialType, INodeType } from 'n8n-workflow';

const require = createRequire(import.meta.url);

function instanceOf<T>(file: string, name: string): T {
	const classes = require(`../dist/${file}`) as Record<string, (new () => T) | undefined>;
	const Class = classes[name];
	if (!Class) throw new Error(`The build has no ${name}`);
	return new Class();
}

/** Nodes and credential come from the build, because users run the build. */
export const builtNode = (name: string): INodeType =>
	instanceOf(`nodes/${name}/${name}.node.js`, name);

export const builtCredential = (): ICredentialType =>
	instanceOf('credentials/PaperlessNgxTokenApi.credentials.js', 'PaperlessNgxTokenApi');
